"""A file that is to be restored: proved to be a sound backup, or refused in words that speak of a backup."""

from __future__ import annotations

import tempfile
from pathlib import Path

from cbi.i18n import say
from cbi.store.copying import at, check_whole, copy_file
from cbi.store.database import Database
from cbi.store.document import is_document
from cbi.store.errors import (
    DamagedError,
    ForeignError,
    NewerError,
    NotAllowedError,
    NotFoundError,
    UnreachableError,
)
from cbi.store.failures import damaged
from cbi.store.migrating import bring_up_to_date, revision_of


class Checked:
    """A backup that is proved sound and brought up to date, as a copy that goes away again."""

    def __init__(self, file: Path) -> None:
        self.given = file

    def __enter__(self) -> Database:
        if not self.given.is_file():
            raise NotFoundError(say("There is no file {file}. Give the name of a backup.", file=self.given))
        _refuse_export(self.given)
        self.folder = tempfile.TemporaryDirectory(prefix="cbi-restore-")
        try:
            self.database = self._copied(Path(self.folder.name) / "backup.sqlite3")
        except BaseException as error:
            self.folder.cleanup()
            raise _about_backup(self.given, error) from error
        return self.database

    def _copied(self, copy: Path) -> Database:
        check_whole(self.given)
        copy_file(self.given, copy)
        database = Database(at(copy), called=str(self.given))
        try:
            with database.reading() as connection:
                revision = revision_of(connection, database.name)
            if revision is None:  # a sound database without a table: to restore it would empty the store
                raise damaged(database.name)
            bring_up_to_date(database)
        except BaseException:
            database.close()
            raise
        return database

    def __exit__(self, *_: object) -> None:
        self.database.close()
        self.folder.cleanup()


def _refuse_export(file: Path) -> None:
    try:
        with file.open("rb") as opened:
            head = opened.read(1_000)
    except OSError as error:
        raise _unreadable(file) from error
    if is_document(head):
        raise NotAllowedError(
            say(
                "{file} is an export of a store, not a backup. Nothing was changed: bring it in with “python -m cbi "
                "import {file}”.",
                file=file,
            )
        )


def _unreadable(file: Path) -> UnreachableError:
    return UnreachableError(say("{file} cannot be read. Give the program the right to read it.", file=file))


def _about_backup(file: Path, error: BaseException) -> BaseException:
    """Say of a backup what would otherwise be said of the database of the program."""
    if isinstance(error, DamagedError):
        sentence = say(
            "{file} is damaged or is no backup of this program. Nothing was changed: choose another backup.", file=file
        )
        return DamagedError(sentence)
    if isinstance(error, ForeignError):
        sentence = say(
            "{file} is a database of another program, no backup of this one. Nothing was changed: choose another file.",
            file=file,
        )
        return ForeignError(sentence)
    if isinstance(error, NewerError):
        sentence = say(
            "{file} was written by a newer version of this program (revision {revision}). Nothing was changed: update "
            "the program, then restore it.",
            file=file,
            revision=error.sentence.values.get("revision", ""),
        )
        return NewerError(sentence)
    return _unreadable(file) if isinstance(error, UnreachableError) else error

"""Bringing a database up to date when it is opened: whole or not at all, with a copy taken before."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, inspect, text
from sqlalchemy.exc import DBAPIError

from cbi.i18n import say
from cbi.store.database import Database, is_lost, log_of
from cbi.store.errors import (
    BusyError,
    DamagedError,
    DiskFullError,
    ForeignError,
    MigrationError,
    MissingError,
    NewerError,
    ReadOnlyError,
    StoreError,
)
from cbi.store.failures import PATIENCE, explain, unreachable

MIGRATIONS = Path(__file__).with_name("migrations")
_VERSION_TABLE = "alembic_version"
_LOCK = 4_227_004_227  # any number that nobody else takes


def revisions(folder: Path = MIGRATIONS) -> tuple[str, ...]:
    """List the revisions that this program knows, the oldest first; a file is named ``<revision>_<what>.py``."""
    return tuple(sorted(file.name.partition("_")[0] for file in (folder / "versions").glob("[0-9]*.py")))


def bring_up_to_date(database: Database, folder: Path = MIGRATIONS) -> None:
    """Create the tables of a new database, or migrate those of an older one.

    An existing SQLite file is copied to ``<name>.before-<revision>`` first. Raises
    :class:`NewerError` for a database of a newer program, :class:`ForeignError` for one of another program,
    :class:`MigrationError` when a step fails; then everything is as it was.
    """
    known = revisions(folder)
    if database.file is not None:
        _prepare_file(database, database.file)
    with database.in_words(), database.engine.connect() as connection:
        found = revision_of(connection, database.name)
    if found == known[-1]:
        return
    if found is not None and found not in known:
        raise _newer(database.name, found)
    if found is not None and database.file is not None:
        copy_file(database.file, Path(f"{database.file}.before-{known[-1]}"))
    with database.writing() as connection:
        try:
            _upgrade(connection, folder, database.name, known)
        except StoreError:
            raise
        except Exception as error:  # a step may fail in any way; the transaction takes all of it back
            raise _failed(database, known[-1], error, existed=found is not None) from error


def revision_of(connection: Connection, name: str) -> str | None:
    """Give the revision of a database; None if it is empty.

    Raises :class:`ForeignError` if it holds tables but none of ours.
    """
    tables = inspect(connection).get_table_names()
    if _VERSION_TABLE in tables:
        return connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()
    if tables:
        raise ForeignError(
            say(
                "{name} is a database of another program; it was left as it is. Give the store a database of its own.",
                name=name,
            )
        )
    return None


def _prepare_file(database: Database, file: Path) -> None:
    """Put a file into WAL mode, where readers and a writer do not wait for one another; the file keeps it.

    Raises :class:`MissingError` where the log of a file is there without it: a new file would destroy the log.
    """
    if not file.parent.is_dir():
        raise unreachable(database.name)
    if is_lost(file):
        raise MissingError(
            say(
                "The database {name} is missing, but {log} beside it holds what was saved last. Nothing was made or "
                "changed. Put the file back, or restore a backup with “python -m cbi restore FILE”. To begin with an "
                "empty store, move {log} away first.",
                name=database.name,
                log=log_of(file).name,
            )
        )
    new = not file.exists() or file.stat().st_size == 0
    with database.in_words(), closing(sqlite3.connect(file, timeout=PATIENCE / 1000)) as connection:
        if new:
            connection.execute("PRAGMA journal_mode=WAL")
        elif connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            with suppress(sqlite3.OperationalError):  # read-only or in use: it works without, only slower
                connection.execute("PRAGMA journal_mode=WAL")


def copy_file(file: Path, copy: Path) -> None:
    """Copy a SQLite database that may be in use, consistently, to one file that needs no other beside it.

    ``copy`` appears whole or not at all. Raises a :class:`cbi.store.errors.DatabaseError` when ``file`` cannot
    be read or ``copy`` cannot be written.
    """
    part = copy.with_name(copy.name + ".part")
    try:
        part.unlink(missing_ok=True)
        uri = f"{file.absolute().as_uri()}?mode=ro"
        with closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE / 1000)) as source:
            with closing(sqlite3.connect(part)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode=DELETE")
            settle(part, copy)
    except sqlite3.Error as error:
        found = explain(error, str(file))
        raise found if isinstance(found, BusyError | DamagedError) else explain(error, str(copy)) from error
    except OSError as error:
        raise unreachable(str(copy)) from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


def settle(part: Path, whole: Path) -> None:
    """Give a written file its name once its bytes are on the disk."""
    with part.open("r+b") as written:
        os.fsync(written.fileno())
    part.replace(whole)
    if os.name == "nt":
        return  # Windows keeps no handle on a folder
    folder = os.open(whole.absolute().parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _upgrade(connection: Connection, folder: Path, name: str, known: tuple[str, ...]) -> None:
    """Run the steps that are missing, in the transaction of ``connection``."""
    from alembic import command
    from alembic.config import Config

    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    found = revision_of(connection, name)  # another process may have been faster
    if found == known[-1]:
        return
    if found is not None and found not in known:
        raise _newer(name, found)
    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, known[-1])


def _newer(name: str, revision: str) -> NewerError:
    return NewerError(
        say(
            "The database {name} was written by a newer version of this program (revision {revision}). It was left "
            "as it is. Update the program, or restore an older backup.",
            name=name,
            revision=revision,
        )
    )


def _failed(database: Database, revision: str, error: Exception, *, existed: bool) -> StoreError:
    if isinstance(error, DBAPIError):
        found = explain(error.orig or error, database.name)
        if isinstance(found, BusyError | DamagedError | DiskFullError | ReadOnlyError):
            return found
    detail = " ".join(str(error).split())[:300]
    if not existed:
        return MigrationError(
            say(
                "The tables of the new database {name} could not be made: {detail}. Nothing was written.",
                name=database.name,
                detail=detail,
            )
        )
    return MigrationError(
        say(
            "Bringing the database {name} to revision {revision} failed: {detail}. The database is as it was before"
            "{copy}. Go back to the version of the program that you had, and report this.",
            name=database.name,
            revision=revision,
            detail=detail,
            copy=say(", and a copy of it is {file}", file=f"{database.file}.before-{revision}")
            if database.file
            else "",
        )
    )

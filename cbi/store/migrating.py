"""Bringing a database up to date when it is opened: whole or not at all, with a copy taken before."""

from __future__ import annotations

import re
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

from sqlalchemy import Connection, MetaData, TableClause, column, insert, inspect, select, table, text
from sqlalchemy.exc import DBAPIError

from cbi.i18n import say
from cbi.store import tables
from cbi.store.copying import copy_file, new_file
from cbi.store.database import DEFAULT_FILE, Database, is_lost, log_of
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
_MANY = 500
_LOCK = 4_227_004_227  # any number that nobody else takes


def revisions(folder: Path = MIGRATIONS) -> tuple[str, ...]:
    """List the revisions that this program knows, the oldest first; a file is named ``<revision>_<what>.py``."""
    return tuple(sorted(file.name.partition("_")[0] for file in (folder / "versions").glob("[0-9]*.py")))


def bring_up_to_date(database: Database, folder: Path = MIGRATIONS) -> None:
    """Create the tables of a new database, or migrate those of an older one.

    What is there is copied first: an SQLite file to ``<name>.before-<revision>``, what a server holds to a file in
    ``data/``, which can be restored as any backup. Raises :class:`NewerError` for a database of a newer program,
    :class:`ForeignError` for one of another program, :class:`MigrationError` when a step fails; then everything is
    as it was.
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
    copy = _name_of_copy(database, known[-1]) if found is not None else None
    if copy is not None and database.file is not None:
        copy_file(database.file, copy)
    with database.writing() as connection:
        try:
            _upgrade(connection, folder, database, known, copy)
        except StoreError:
            raise
        except Exception as error:  # a step may fail in any way; the transaction takes all of it back
            raise _failed(database, known[-1], error, copy) from error


def _name_of_copy(database: Database, revision: str) -> Path:
    if database.file is not None:
        return Path(f"{database.file}.before-{revision}")
    server = "-".join(filter(None, (database.url.host, database.url.database)))
    return DEFAULT_FILE.with_name(f"{re.sub('[^A-Za-z0-9.]+', '-', server)}.before-{revision}.sqlite3")


def revision_of(connection: Connection, name: str) -> str | None:
    """Give the revision of a database; None if it is empty.

    Raises :class:`ForeignError` if it holds tables but none of ours.
    """
    names = inspect(connection).get_table_names()
    if _VERSION_TABLE in names:
        return connection.execute(text(f"SELECT version_num FROM {_VERSION_TABLE}")).scalar()
    if names:
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
    try:
        lost = is_lost(file)
        new = not file.exists() or file.stat().st_size == 0
    except OSError as error:  # a folder that may not be looked into, a name too long
        raise unreachable(database.name) from error
    if not file.parent.is_dir():
        raise unreachable(database.name)
    if lost:
        raise MissingError(
            say(
                "The database {name} is missing, but {log} beside it holds what was saved last. Nothing was made or "
                "changed. Put the file back, or restore a backup with “python -m cbi restore FILE”. To begin with an "
                "empty store, move {log} away first.",
                name=database.name,
                log=log_of(file).name,
            )
        )
    with database.in_words(), closing(sqlite3.connect(file, timeout=PATIENCE / 1000)) as connection:
        if new:
            connection.execute("PRAGMA journal_mode=WAL")
        elif connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
            with suppress(sqlite3.OperationalError):  # read-only or in use: it works without, only slower
                connection.execute("PRAGMA journal_mode=WAL")


def _upgrade(
    connection: Connection, folder: Path, database: Database, known: tuple[str, ...], copy: Path | None
) -> None:
    """Run the steps that are missing, in the transaction of ``connection``; a server is copied before."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({_LOCK})"))
    found = revision_of(connection, database.name)  # another process may have been faster
    if found == known[-1]:
        return
    if found is not None and found not in known:
        raise _newer(database.name, found)
    if found is not None and copy is not None and database.file is None:
        _copy_server(database, copy, folder, found)
    _run_steps(connection, folder, known[-1])


def _run_steps(connection: Connection, folder: Path, revision: str) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", str(folder).replace("%", "%%"))
    config.attributes["connection"] = connection
    command.upgrade(config, revision)


def _copy_server(database: Database, copy: Path, folder: Path, revision: str) -> None:
    """Copy what a server holds into an SQLite file with the tables of the same revision, row by row."""
    copy.parent.mkdir(exist_ok=True)
    with new_file(copy) as target, database.reading() as read, target.writing() as written:
        _run_steps(written, folder, revision)
        made = MetaData()
        made.reflect(written)
        for one in made.sorted_tables:
            if one.name != _VERSION_TABLE:
                _copy_table(read, written, table(one.name, *(column(each.name) for each in one.columns)))


def _copy_table(read: Connection, written: Connection, rows_of: TableClause) -> None:
    many = 1 if rows_of.name == tables.file.name else _MANY  # files are large: one by one
    rows = read.execution_options(yield_per=many).execute(select(rows_of))
    for some in rows.mappings().partitions():
        written.execute(insert(rows_of), [dict(row) for row in some])


def _newer(name: str, revision: str) -> NewerError:
    return NewerError(
        say(
            "The database {name} was written by a newer version of this program (revision {revision}). It was left "
            "as it is. Update the program, or restore an older backup.",
            name=name,
            revision=revision,
        )
    )


def _failed(database: Database, revision: str, error: Exception, copy: Path | None) -> StoreError:
    if isinstance(error, DBAPIError):
        found = explain(error.orig or error, database.name)
        if isinstance(found, BusyError | DamagedError | DiskFullError | ReadOnlyError):
            return found
    detail = " ".join(str(error).split())[:300]
    if copy is None:
        return MigrationError(
            say(
                "The tables of the new database {name} could not be made: {detail}. Nothing was written.",
                name=database.name,
                detail=detail,
            )
        )
    return MigrationError(
        say(
            "Bringing the database {name} to revision {revision} failed: {detail}. The database is as it was before, "
            "and a copy of it is {file}. Go back to the version of the program that you had, and report this.",
            name=database.name,
            revision=revision,
            detail=detail,
            file=copy,
        )
    )

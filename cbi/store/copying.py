"""Database files: copied while they are in use, written whole or not at all, proved sound, put aside."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy.engine import URL

from cbi.store.database import Database
from cbi.store.errors import BusyError, DamagedError, DiskFullError
from cbi.store.failures import PATIENCE, damaged, explain, not_written

_ENDINGS = ("", "-wal", "-shm")
"""A database file and what SQLite keeps beside it."""


def at(file: Path) -> URL:
    """Give the address of a database file."""
    return URL.create("sqlite", database=str(file))


def stamp() -> str:
    """Give this moment as a part of a file name."""
    return f"{datetime.now(UTC):%Y%m%d-%H%M%S}"


def copy_file(file: Path, copy: Path) -> None:
    """Copy a SQLite database that may be in use, consistently, to one file that needs no other beside it.

    ``copy`` appears whole or not at all. Raises a :class:`cbi.store.errors.DatabaseError` when ``file`` cannot
    be read or ``copy`` cannot be written.
    """
    part = copy.with_name(copy.name + ".part")
    with _opened(file) as source:
        try:
            part.unlink(missing_ok=True)
            with closing(sqlite3.connect(part)) as target:
                source.backup(target)
                target.execute("PRAGMA journal_mode=DELETE")
            settle(part, copy)
        except sqlite3.Error as error:
            found = explain(error, str(file))
            raise found if isinstance(found, BusyError | DamagedError) else not_written(copy, found) from error
        except OSError as error:
            raise not_written(copy) from error
        finally:
            with suppress(OSError):
                part.unlink(missing_ok=True)


def _opened(file: Path) -> closing[sqlite3.Connection]:
    """Open a SQLite file to read it only."""
    try:
        uri = f"{file.absolute().as_uri()}?mode=ro"
        return closing(sqlite3.connect(uri, uri=True, timeout=PATIENCE / 1000))
    except sqlite3.Error as error:
        raise explain(error, str(file)) from error


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


@contextmanager
def new_file(out: Path) -> Iterator[Database]:
    """Make a database file to fill; it appears whole under its name, or not at all.

    Raises :class:`cbi.store.errors.DatabaseError` when it cannot be written.
    """
    part = out.with_name(out.name + ".part")
    try:
        _forget(part)
        part.touch()
        with closing(Database(at(part), called=str(out))) as target:
            yield target
        with closing(sqlite3.connect(part)) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
        settle(part, out)
    except DiskFullError as error:
        raise not_written(out, error) from error
    except sqlite3.Error as error:
        raise not_written(out, explain(error, str(out))) from error
    except OSError as error:
        raise not_written(out) from error
    finally:
        with suppress(OSError):
            _forget(part)


def _forget(part: Path) -> None:
    for ending in _ENDINGS:
        Path(f"{part}{ending}").unlink(missing_ok=True)


def put_aside(file: Path, why: str) -> Path:
    """Rename a database file and what SQLite keeps beside it; gives the new name."""
    kept = file.with_name(f"{file.name}.{why}-{stamp()}")
    for ending in _ENDINGS:
        with suppress(FileNotFoundError):
            Path(f"{file}{ending}").replace(f"{kept}{ending}")
    return kept


def check_whole(file: Path) -> None:
    """Read every page of a database; raises :class:`DamagedError` if one is not sound."""
    try:
        with _opened(file) as connection:
            sound = connection.execute("PRAGMA quick_check(1)").fetchone()[0] == "ok"
    except sqlite3.DatabaseError as error:
        raise explain(error, str(file)) from error
    if not sound:
        raise damaged(str(file))

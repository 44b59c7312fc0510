"""What a database reports, in words that say what to do."""

from __future__ import annotations

import sqlite3

from cbi.i18n import say
from cbi.store.errors import (
    BusyError,
    DamagedError,
    DatabaseError,
    DiskFullError,
    ReadOnlyError,
    UnreachableError,
)

VARIABLE = "CBI_DATABASE"
PATIENCE = 5_000
"""Milliseconds that a writer waits for another one."""


def busy(name: str) -> BusyError:
    """Say that another program holds the database."""
    return BusyError(
        say(
            "The database {name} is in use by another program that has not let go for {seconds} seconds. Nothing was "
            "saved. Try again; if it stays, close the other program or stop a backup that hangs.",
            name=name,
            seconds=PATIENCE // 1000,
        )
    )


def damaged(name: str) -> DamagedError:
    """Say that the file is no sound database."""
    return DamagedError(
        say(
            "The database {name} is damaged or is no database. Leave the file as it is and restore your last backup "
            "with “python -m cbi restore FILE”: the damaged file is kept beside it.",
            name=name,
        )
    )


def unreachable(name: str) -> UnreachableError:
    """Say that the database cannot be opened."""
    return UnreachableError(
        say(
            "The database {name} cannot be opened. Check that its folder exists and may be written, or that its "
            "server runs and {variable} holds the right address, user and password.",
            name=name,
            variable=VARIABLE,
        )
    )


def not_written(file: object, cause: BaseException | None = None) -> DatabaseError:
    """Say that a copy could not be written; what it is a copy of has not changed."""
    if isinstance(cause, DiskFullError):
        return DiskFullError(
            say(
                "There is no room left on the disk for {file}. Nothing was written. Free some space, or choose another "
                "disk.",
                file=file,
            )
        )
    return UnreachableError(
        say(
            "{file} cannot be written. Check that its folder exists and may be written, or choose another place.",
            file=file,
        )
    )


def explain(error: BaseException, name: str, lost: bool = False) -> DatabaseError:
    """Put a driver's error into words that say what to do."""
    if isinstance(error, sqlite3.Error):
        return _explain_sqlite(error, name)
    state = getattr(error, "sqlstate", None) or ""
    if state == "53100":
        return _disk_full(name)
    if state in ("25006", "42501"):
        return _read_only(name)
    if state in ("55P03", "40001", "40P01", "53300"):
        return busy(name)
    if lost or not state or state[:2] in ("08", "28", "57", "3D"):
        return unreachable(name)
    return _refused(error, name)


def _explain_sqlite(error: sqlite3.Error, name: str) -> DatabaseError:
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    if code in (sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED):
        return busy(name)
    if code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB):
        return damaged(name)
    if code == sqlite3.SQLITE_FULL:
        return _disk_full(name)
    if code in (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PERM):
        return _read_only(name)
    if code in (sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_AUTH):
        return unreachable(name)
    if code == sqlite3.SQLITE_IOERR:
        return DatabaseError(
            say(
                "The disk that holds the database {name} reports an error. Nothing was saved. Check the disk and its "
                "free space, copy the newest backup to another disk, then try again.",
                name=name,
            )
        )
    return _refused(error, name)


def _disk_full(name: str) -> DiskFullError:
    return DiskFullError(
        say(
            "There is no room left on the disk for the database {name}. Nothing of this change was saved, everything "
            "before it is safe. Free some space and save again.",
            name=name,
        )
    )


def _read_only(name: str) -> ReadOnlyError:
    return ReadOnlyError(
        say(
            "The database {name} may be read but not written. Give the program the right to write to it and to its "
            "folder, then save again. Nothing was saved.",
            name=name,
        )
    )


def _refused(error: BaseException, name: str) -> DatabaseError:
    return DatabaseError(
        say(
            "The database {name} refused the change, and nothing was saved: {detail}",
            name=name,
            detail=" ".join(str(error).split())[:300],
        )
    )

"""The way to the database: its address, its transactions, and its failures in words."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from random import uniform
from time import monotonic, sleep
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, InterfaceError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from sqlalchemy.pool import QueuePool

from cbi.i18n import say
from cbi.store.errors import (
    BadAddressError,
    BusyError,
    DamagedError,
    DatabaseError,
    DiskFullError,
    MissingError,
    ReadOnlyError,
    UnreachableError,
)

VARIABLE = "CBI_DATABASE"
DEFAULT_FILE = Path(__file__).resolve().parents[2] / "data" / "cbi.sqlite3"
PATIENCE = 5_000
"""Milliseconds that a writer waits for another one."""

WRITING = "cbi_writing"


def address(url: str | None = None) -> URL:
    """Give the address of the database: ``url``, else ``CBI_DATABASE``, else the file in ``data/``.

    Raises :class:`BadAddressError` for what is no address.
    """
    text = (url or os.environ.get(VARIABLE, "")).strip()
    if not text:
        DEFAULT_FILE.parent.mkdir(exist_ok=True)
        return URL.create("sqlite", database=str(DEFAULT_FILE))
    try:
        found = make_url(text)
        if found.drivername == "postgresql":
            found = found.set(drivername="postgresql+psycopg")
        found.get_dialect()
        if found.get_backend_name() != "sqlite" or file_of(found) is not None:
            return found  # a database in memory would forget everything
    except (ArgumentError, NoSuchModuleError, ImportError):
        pass
    raise BadAddressError(
        say(
            "{variable} holds no address of a database that can be used. Write one such as "
            "sqlite:////srv/cbi/cbi.sqlite3 or postgresql://user:password@host/database.",
            variable=VARIABLE,
        )
    )


def file_of(url: URL) -> Path | None:
    """Give the file of an SQLite database; None for any other, and for one in memory."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database.removeprefix("file:"))


class Database:
    """One database: connections, one-writer-at-a-time transactions, and errors that say what to do."""

    def __init__(self, url: URL) -> None:
        self.url = url
        self.file = file_of(url)
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._turn = threading.Lock() if self.is_sqlite else nullcontext()
        self._identity: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        """What messages call it: the file, or the address without the password."""
        return str(self.file) if self.file else self.url.render_as_string(hide_password=True)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """Open a transaction that sees one moment of the database from beginning to end."""
        options: dict[str, Any] = {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ"}
        with self.in_words():
            self.check_identity()
            with self.engine.connect().execution_options(**options) as connection, connection.begin():
                yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """Open a transaction that writes; it is durable when the block has ended without an error."""
        with self.in_words(), self._turn:
            self.check_identity()
            with self.engine.connect().execution_options(**{WRITING: True}) as connection, connection.begin():
                yield connection

    def remember_identity(self) -> None:
        """Remember which file this is, so that writing into a removed one is noticed."""
        self._identity = self._identity_now()

    def check_identity(self) -> None:
        """Raise :class:`MissingError` if the file was removed or replaced since it was opened.

        Without this, SQLite would go on writing into a file that nobody can find any more.
        """
        if self._identity is not None and self._identity_now() != self._identity:
            raise MissingError(
                say(
                    "The database {name} was removed or replaced while the program ran. Put the file back, or "
                    "restore a backup with “python -m cbi restore FILE”, then start the program again.",
                    name=self.name,
                )
            )

    def _identity_now(self) -> tuple[int, int] | None:
        try:
            found = self.file.stat() if self.file else None
        except OSError:
            return (0, 0)
        return (found.st_dev, found.st_ino) if found else None

    @contextmanager
    def in_words(self) -> Iterator[None]:
        """Turn what the database reports into errors of the store."""
        try:
            yield
        except NoConnectionError as error:
            raise busy(self.name) from error
        except DBAPIError as error:
            raise explain(error.orig or error, self.name, isinstance(error, InterfaceError)) from error
        except sqlite3.Error as error:
            raise explain(error, self.name) from error

    def close(self) -> None:
        """Give every connection back."""
        self.engine.dispose()


def _engine(url: URL) -> Engine:
    if url.get_backend_name() != "sqlite":
        engine = create_engine(url, pool_size=10, max_overflow=20, pool_pre_ping=True)
        if url.get_backend_name() == "postgresql":
            event.listen(engine, "connect", _prepare_postgresql)
        return engine
    engine = create_engine(url, poolclass=QueuePool, pool_size=10, max_overflow=40)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # transactions begin where we say so, table changes included
    connection.execute(f"PRAGMA busy_timeout={PATIENCE}")
    connection.execute("PRAGMA foreign_keys=ON")
    connection.execute("PRAGMA synchronous=FULL")


def _begin_sqlite(connection: Connection) -> None:
    driver: Any = connection.connection.driver_connection
    if not connection.get_execution_options().get(WRITING):
        driver.execute("BEGIN")
        return
    driver.execute("PRAGMA busy_timeout=0")
    try:
        _wait_for_turn(driver)
    finally:
        driver.execute(f"PRAGMA busy_timeout={PATIENCE}")


def _wait_for_turn(driver: Any) -> None:
    """Begin to write as soon as no other process does.

    SQLite's own waiting sleeps ever longer, so that of many busy processes some never get a turn; short
    sleeps of chance length are fair.
    """
    end = monotonic() + PATIENCE / 1000
    while True:
        try:
            driver.execute("BEGIN IMMEDIATE")
            return
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or monotonic() > end:
                raise
            sleep(uniform(0.0005, 0.004))


def _prepare_postgresql(connection: Any, _record: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET lock_timeout = {PATIENCE}")
    connection.commit()


# Failures in words


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

"""The way to the database: its address and its transactions."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext, suppress
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
from cbi.store.errors import BadAddressError, MissingError
from cbi.store.failures import PATIENCE, VARIABLE, busy, explain

DEFAULT_FILE = Path(__file__).resolve().parents[2] / "data" / "cbi.sqlite3"
PAGES_APART = 20
"""Pages (of 4 kB) that may wait in SQLite's log before they go into the file itself: two or three saves.

By default a thousand do, and a young store would be an almost empty file beside a log that holds everything.
"""

WRITING = "cbi_writing"


def address(url: str | None = None) -> URL:
    """Give the address of the database: ``url``, else ``CBI_DATABASE``, else the file in ``data/``.

    ``postgresql://`` and ``postgres://`` mean the driver that comes with this program, psycopg 3. Raises
    :class:`BadAddressError` for what is no address, and for a database whose driver is not installed.
    """
    text = (url or os.environ.get(VARIABLE, "")).strip()
    if not text:
        with suppress(OSError):  # then opening the file says what is wrong
            DEFAULT_FILE.parent.mkdir(exist_ok=True)
        return URL.create("sqlite", database=str(DEFAULT_FILE))
    try:
        found = make_url(text)
        if found.drivername in ("postgresql", "postgres"):
            found = found.set(drivername="postgresql+psycopg")
        if _is_usable(found):
            return found
    except (ArgumentError, NoSuchModuleError, ValueError):  # a port that is no number is a ValueError
        pass  # said below, with those that are no store: the library's own words would show the password
    except ImportError as error:
        raise _no_driver(error) from None
    raise BadAddressError(
        say(
            "{variable} holds no address of a database that can be used. Write one such as "
            "sqlite:////srv/cbi/cbi.sqlite3 or postgresql://user:password@host/database.",
            variable=VARIABLE,
        )
    )


def _is_usable(url: URL) -> bool:
    """Tell whether a database keeps what it is given, and can be spoken to in the way of this program.

    A database in memory would forget everything; an asynchronous driver speaks otherwise.
    """
    dialect: Any = url.get_dialect()
    if dialect.is_async or (url.get_backend_name() == "sqlite" and file_of(url) is None):
        return False
    dialect(dbapi=dialect.import_dbapi()).create_connect_args(url)  # raises what is wrong
    return True


def _no_driver(error: ImportError) -> BadAddressError:
    return BadAddressError(
        say(
            "{variable} names a database whose driver is not installed here: {driver}. Install it, or write an "
            "address such as postgresql://user:password@host/database or sqlite:////srv/cbi/cbi.sqlite3, whose "
            "drivers come with this program.",
            variable=VARIABLE,
            driver=error.name or str(error),
        )
    )


def log_of(file: Path) -> Path:
    """Give the log beside an SQLite file, which holds what was saved last."""
    return Path(f"{file}-wal")


def is_lost(file: Path) -> bool:
    """Tell whether a database file has gone away from its log; one that never was has none."""
    return log_of(file).exists() and (not file.exists() or file.stat().st_size == 0)


def file_of(url: URL) -> Path | None:
    """Give the file of an SQLite database; None for any other, and for one in memory."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database == ":memory:":
        return None
    return Path(url.database.removeprefix("file:"))


class Database:
    """One database: connections, one-writer-at-a-time transactions, and errors that say what to do."""

    def __init__(self, url: URL, called: str = "") -> None:
        self.url = url
        self._called = called
        self.file = file_of(url)
        self.engine = _engine(url)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._turn = threading.Lock() if self.is_sqlite else nullcontext()
        self._identity: tuple[int, int] | None = None

    @property
    def name(self) -> str:
        """What messages call it: the name that it was given, the file, or the address without the password."""
        return self._called or (str(self.file) if self.file else self.url.render_as_string(hide_password=True))

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
    connection.execute(f"PRAGMA wal_autocheckpoint={PAGES_APART}")


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

"""Backups: always one SQLite file, whatever the database, taken while others work; and bringing one back."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, delete, func, insert, select, text

from cbi.i18n import say
from cbi.store import tables, trail
from cbi.store.checked import Checked
from cbi.store.copying import check_whole, copy_file, new_file, put_aside, stamp
from cbi.store.database import DEFAULT_FILE, Database, address, is_lost, log_of
from cbi.store.errors import DamagedError, FileExistsAlreadyError, NotFoundError, ReadOnlyError
from cbi.store.gate import SERVER
from cbi.store.migrating import bring_up_to_date
from cbi.store.rights import Deed, Right
from cbi.store.store import Store

_MANY = 500


@dataclass(frozen=True, slots=True)
class Summary:
    """What a backup holds: how many cities and assessments, and when something was saved last (UTC)."""

    cities: int
    assessments: int
    last_change: datetime | None


def backup(store: Store, out: Path) -> None:
    """Copy the whole store as it is at this moment into a new file, while others go on working.

    It is written into the audit trail first, and so stands in the copy too.

    Raises :class:`FileExistsAlreadyError`, :class:`NotFoundError` for a missing folder, and a
    :class:`cbi.store.errors.DatabaseError` for a disk that is full or may not be written.
    """
    if out.exists():
        raise FileExistsAlreadyError(
            say("{file} is there already and was not overwritten. Choose another name.", file=out)
        )
    if not out.absolute().parent.is_dir():
        raise NotFoundError(say("The folder of {file} does not exist. Create it first.", file=out))
    with suppress(ReadOnlyError):  # a store that may only be read keeps no trail
        store.gate.write(Right.BACKUP, SERVER, "machine", lambda _: None)
    store.gate.read(Right.BACKUP, SERVER, lambda visit: _copy(store.database, visit.connection, out))


def _copy(database: Database, read: Connection, out: Path) -> None:
    if database.file is not None:
        copy_file(database.file, out)
        return
    with new_file(out) as target:
        bring_up_to_date(target)
        with target.writing() as written:
            _copy_rows(read, written)


_LAST = [
    select(func.max(table.c.time))
    for table in tables.metadata.sorted_tables
    if "time" in table.c and table is not tables.trail  # a backup itself leaves a line there
]


def look_into(file: Path) -> Summary:
    """Tell what a backup holds; raises what :func:`restore` raises for a file that cannot be restored."""
    with Checked(file) as checked, checked.reading() as connection:
        return Summary(
            connection.execute(select(func.count()).select_from(tables.city)).scalar() or 0,
            connection.execute(select(func.count()).select_from(tables.assessment)).scalar() or 0,
            max(filter(None, (connection.execute(query).scalar() for query in _LAST)), default=None),
        )


def restore(file: Path, url: str | None = None) -> Path | None:
    """Put a backup in the place of what the store holds now; returns where that was kept, if there was anything.

    A backup of an older version is brought up to date on the way; the backup itself is not touched. A
    damaged database is kept beside the restored one. Raises :class:`NotFoundError`, :class:`DamagedError`,
    :class:`ForeignError`, :class:`NewerError`, :class:`UnreachableError` or, for an exported document,
    :class:`NotAllowedError` for a file that is no usable backup; then nothing has changed.
    """
    with Checked(file) as checked, closing(Database(address(url))) as database:
        if database.file is None:
            kept = _restore_rows(checked, database)
        else:
            kept = _restore_file(checked, database, database.file)
        with database.writing() as connection:
            trail.note(connection, datetime.now(UTC), None, Deed.RESTORED)
        return kept


def restore_into(store: Store, file: Path) -> Path | None:
    """Restore a backup for a person who may; raises :class:`cbi.store.errors.NotPermittedError` and as :func:`restore`.

    The people and roles of the backup hold from then on.
    """
    store.gate.read(Right.RESTORE, SERVER, lambda _: None)
    return restore(file, store.database.url.render_as_string(hide_password=False))


def _restore_file(checked: Database, database: Database, file: Path) -> Path | None:
    kept: Path | None = None
    if is_lost(file):  # a log without its file would be taken for the log of the restored one
        kept = log_of(put_aside(file, "lost"))
    elif file.exists():
        kept = file.with_name(f"{file.name}.before-restore-{stamp()}")
        try:
            check_whole(file)
            copy_file(file, kept)
        except DamagedError:
            kept = put_aside(file, "damaged")
    with database.in_words():
        if checked.file is not None and not file.exists():
            copy_file(checked.file, file)
        elif checked.file is not None:
            with closing(sqlite3.connect(checked.file)) as source, closing(sqlite3.connect(file, timeout=5)) as target:
                source.backup(target)
    bring_up_to_date(database)
    return kept


def _restore_rows(checked: Database, database: Database) -> Path | None:
    """Restore into a server: all its rows are replaced in one transaction."""
    bring_up_to_date(database)
    kept = DEFAULT_FILE.with_name(f"before-restore-{stamp()}.sqlite3")
    kept.parent.mkdir(exist_ok=True)
    with closing(Store(database, lambda: datetime.now(UTC))) as store:
        backup(store, kept)
        with checked.reading() as read, database.writing() as written:
            for table in reversed(tables.metadata.sorted_tables):
                written.execute(delete(table))
            _copy_rows(read, written)
            if database.engine.dialect.name == "postgresql":
                _continue_counting(written)
    return kept


def _copy_rows(read: Connection, written: Connection) -> None:
    for table in tables.metadata.sorted_tables:
        rows = read.execution_options(yield_per=_MANY).execute(select(table).order_by(*table.primary_key))
        for some in rows.mappings().partitions(1 if table is tables.file else _MANY):
            written.execute(insert(table), [dict(row) for row in some])


def _continue_counting(connection: Connection) -> None:
    """Let PostgreSQL give new rows ids after those that came with the backup."""
    for table in tables.metadata.sorted_tables:
        if "id" in table.c:
            top = f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), max(id)) FROM {table.name}"
            connection.execute(text(top))

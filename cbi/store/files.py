"""The files beside sources: bytes are kept once and for good; a removed file can be brought back."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, insert, select, update

from cbi.i18n import say
from cbi.store import tables
from cbi.store.errors import NotFoundError, TooLargeError
from cbi.store.records import Attachment, FileAct, FileChange
from cbi.store.rows import By, insert_new
from cbi.store.texts import digest, file_name, one_line

LARGEST_FILE = 20 * 1024 * 1024
"""Bytes of the largest file that is taken: as many as the app lets through (``.streamlit/config.toml``)."""

_SOURCE, _FILE, _ATTACHMENT = tables.source, tables.file, tables.attachment


@dataclass(frozen=True, slots=True)
class Files:
    """The files of a source: those beside it, and those that were removed and not brought back."""

    there: tuple[Attachment, ...] = ()
    removed: tuple[Attachment, ...] = ()


NONE = Files()


def attach(connection: Connection, source_id: int, name: str, data: bytes, media_type: str, who: By) -> Attachment:
    """Keep a file beside a source; the same bytes are kept once, whoever refers to them.

    Raises :class:`TooLargeError` beyond :data:`LARGEST_FILE`, :class:`NotFoundError`.
    """
    if len(data) > LARGEST_FILE:
        raise TooLargeError(
            say(
                "The file “{name}” is {size} MB; {most} MB are the most. Keep it elsewhere and give its link as the "
                "link of the source.",
                name=name,
                size=-(-len(data) // 1024**2),
                most=LARGEST_FILE // 1024**2,
            )
        )
    if connection.execute(select(_SOURCE.c.id).where(_SOURCE.c.id == source_id)).scalar() is None:
        raise NotFoundError(say("There is no source {id} in the register. Go back to the list.", id=source_id))
    key = digest(data)
    add_bytes(connection, key, data, media_type)
    return _add(connection, source_id, key, file_name(name), who)


def _add(connection: Connection, source_id: int, key: str, name: str, who: By) -> Attachment:
    values = {"source_id": source_id, "sha256": key, "name": name, "person": who.person, "time": who.time}
    added = connection.execute(insert(_ATTACHMENT).values(**values)).inserted_primary_key
    return _attachment(connection.execute(_attachments().where(_ATTACHMENT.c.id == (added or (0,))[0])).one())


def add_bytes(connection: Connection, key: str, data: bytes, media_type: str) -> None:
    """Keep bytes under their digest; bytes that are there already stay."""
    if connection.execute(select(_FILE.c.sha256).where(_FILE.c.sha256 == key)).scalar() is not None:
        return
    values = {"sha256": key, "size": len(data), "media_type": one_line(media_type, 200), "bytes": data}
    insert_new(connection, _FILE, values)  # or another person attached the same bytes in this very moment


def detach(connection: Connection, attachment_id: int, who: By) -> None:
    """Take a file away from a source; who and when stays, and so do the bytes. Raises :class:`NotFoundError`."""
    still = _ATTACHMENT.c.id == attachment_id, _ATTACHMENT.c.removed_at.is_(None)
    removed = update(_ATTACHMENT).where(*still).values(removed_by=who.person, removed_at=who.time)
    if not connection.execute(removed).rowcount:
        raise _no_file()


def bring_back(connection: Connection, attachment_id: int, who: By) -> Attachment:
    """Put a removed file beside its source again, as a new line beside the trace of its removal.

    A file that is there gives itself. Raises :class:`NotFoundError` for one that never was, or whose bytes an
    earlier version of this program has thrown away.
    """
    row = connection.execute(_attachments().where(_ATTACHMENT.c.id == attachment_id).with_for_update(of=_ATTACHMENT))
    found = row.one_or_none()
    if found is None or found.size is None:
        raise _no_file()
    same = next((one for one in of_source(connection, found.source_id).there if _is_same(one, found)), None)
    return same or _add(connection, found.source_id, found.sha256, found.name, who)


def bytes_of(connection: Connection, sha256: str) -> bytes:
    """Give the bytes of a file; raises :class:`NotFoundError`."""
    data = connection.execute(select(_FILE.c.bytes).where(_FILE.c.sha256 == sha256)).scalar()
    if data is None:
        raise _no_file()
    return bytes(data)


def _no_file() -> NotFoundError:
    return NotFoundError(say("The file is no longer in the store. Attach it again."))


# Reading


def signers(connection: Connection, attachment_id: int) -> frozenset[str]:
    """Give who attached a file and who removed it."""
    query = select(_ATTACHMENT.c.person, _ATTACHMENT.c.removed_by).where(_ATTACHMENT.c.id == attachment_id)
    return frozenset(name for row in connection.execute(query) for name in row if name)


def cities_of(connection: Connection, sha256: str) -> frozenset[int]:
    """Give the cities beside whose sources a file is, or was."""
    query = select(_SOURCE.c.city_id).join(_ATTACHMENT, _ATTACHMENT.c.source_id == _SOURCE.c.id)
    return frozenset(connection.execute(query.where(_ATTACHMENT.c.sha256 == sha256)).scalars())


def of_city(connection: Connection, city_id: int) -> dict[int, Files]:
    """Give the files of all sources of a city, by the id of the source."""
    by_source: dict[int, list[Row[Any]]] = defaultdict(list)
    for row in connection.execute(_attachments().where(_SOURCE.c.city_id == city_id)):
        by_source[row.source_id].append(row)
    return {source_id: _files(rows) for source_id, rows in by_source.items()}


def of_source(connection: Connection, source_id: int) -> Files:
    """Give the files of one source."""
    return _files(connection.execute(_attachments().where(_ATTACHMENT.c.source_id == source_id)))


def _files(rows: Iterable[Row[Any]]) -> Files:
    """Part the files that are there from the removed ones, each of these once, as it was removed last."""
    found = [_attachment(row) for row in rows]
    there = [one for one in found if one.removed_at is None]
    gone = sorted((one for one in found if one.removed_at), key=lambda one: (one.removed_at, one.id), reverse=True)
    last: list[Attachment] = []
    for one in gone:
        if not any(_is_same(one, other) for other in (*there, *last)):
            last.append(one)
    return Files(tuple(there), tuple(last))


def _is_same(one: Attachment, other: Any) -> bool:
    return (one.sha256, one.name) == (other.sha256, other.name)


def between(connection: Connection, city_id: int, start: datetime, end: datetime) -> tuple[FileChange, ...]:
    """Tell what was done with the files of a city from ``start`` up to ``end``, the oldest first."""
    found: list[FileChange] = []
    removed: set[tuple[int, str, str]] = set()
    for row in connection.execute(_attachments().where(_SOURCE.c.city_id == city_id)):
        file, key = _attachment(row), (row.source_id, row.sha256, row.name)
        act = FileAct.BROUGHT_BACK if key in removed else FileAct.ATTACHED
        found.append(FileChange(row.source_id, row.title, file, act, row.person, row.time))
        if row.removed_at is not None:
            removed.add(key)
            gone = FileChange(row.source_id, row.title, file, FileAct.REMOVED, row.removed_by, row.removed_at)
            found.append(gone)
    return tuple(sorted((one for one in found if start <= one.time < end), key=lambda one: one.time))


def _attachments() -> Select[Any]:
    """Every file that ever was beside a source, in the order in which they came; the bytes themselves stay out."""
    return (
        select(_ATTACHMENT, _SOURCE.c.title, _FILE.c.size, _FILE.c.media_type)
        .join(_SOURCE, _SOURCE.c.id == _ATTACHMENT.c.source_id)
        .outerjoin(_FILE, _FILE.c.sha256 == _ATTACHMENT.c.sha256)
        .order_by(_ATTACHMENT.c.id)
    )


def _attachment(row: Row[Any]) -> Attachment:
    return Attachment(
        id=row.id,
        name=file_name(row.name),  # one from a document may never have been looked at
        sha256=row.sha256,
        size=row.size or 0,
        media_type=row.media_type or "",
        person=row.person,
        time=row.time,
        removed_by=row.removed_by,
        removed_at=row.removed_at,
        kept=row.size is not None,
    )

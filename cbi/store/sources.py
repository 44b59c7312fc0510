"""The register of a city's sources, and the files beside them."""

from __future__ import annotations

import re
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any

from sqlalchemy import Connection, Row, and_, delete, func, insert, select, update

from cbi.i18n import say
from cbi.store import tables
from cbi.store.errors import NotAllowedError, NotFoundError, OutdatedError, TooLargeError
from cbi.store.readable import moment
from cbi.store.records import Attachment, Source, StoredSource
from cbi.store.rows import By, insert_new
from cbi.store.texts import digest, free_text, one_line

LARGEST_FILE = 25 * 1024 * 1024
"""Bytes of the largest file that is taken."""

_SEPARATOR = re.compile(r"[;；\n]")
_SOURCE, _DETAIL, _FILE, _ATTACHMENT = tables.source, tables.source_history, tables.file, tables.attachment


def register(connection: Connection, city_id: int, text: str, who: By) -> list[int]:
    """Find the sources that a text names; titles that the register does not know are added to it.

    Several titles are joined by ``;``. Returns the ids.
    """
    whole = _find(connection, city_id, one_line(text))
    if whole is not None:
        return [whole]
    titles = dict.fromkeys(title for part in _SEPARATOR.split(text) if (title := one_line(part)))
    return [_find(connection, city_id, title) or _add(connection, city_id, Source(title), who) for title in titles]


def _find(connection: Connection, city_id: int, title: str) -> int | None:
    query = select(_SOURCE.c.id).where(_SOURCE.c.city_id == city_id, _SOURCE.c.digest == digest(title))
    return connection.execute(query).scalar()


def _add(connection: Connection, city_id: int, source: Source, who: By) -> int:
    values = {"city_id": city_id, "title": source.title, "digest": digest(source.title)}
    added: int | None = insert_new(connection, _SOURCE, values)
    if added is None:  # another saver named the same source in this very moment
        return _find(connection, city_id, source.title) or 0
    connection.execute(insert(_DETAIL).values(**_detail(added, source, 1, who)))
    return added


def _detail(source_id: int, source: Source, version: int, who: By) -> dict[str, Any]:
    return {
        "source_id": source_id,
        "version": version,
        "organisation": free_text(source.organisation),
        "year": source.year,
        "link": free_text(source.link),
        "licence": free_text(source.licence),
        "person": who.person,
        "time": who.time,
    }


def save(connection: Connection, city_id: int, source: Source, based_on: int, who: By) -> StoredSource:
    """Add a source to the register, or change what is known of one, as a new version.

    The title is the name by which answers refer to it and stays. ``based_on`` is the version that the person
    saw, 0 for a new source. Raises :class:`OutdatedError` if somebody changed it meanwhile, and
    :class:`NotAllowedError` without a title.
    """
    source = Source(one_line(source.title), source.organisation, source.year, source.link, source.licence)
    if not source.title:
        raise NotAllowedError(say("A source needs a title: answers refer to it by its title."))
    source_id = _find(connection, city_id, source.title)
    if source_id is None:
        return one(connection, _add(connection, city_id, source, who))
    now = one(connection, source_id)
    changed = _detail(source_id, source, based_on + 1, who)
    if changed | {"version": now.version} == _detail(source_id, now.source, now.version, who):
        return now
    if now.version != based_on or insert_new(connection, _DETAIL, changed) is None:
        now = one(connection, source_id)
        raise OutdatedError(
            say(
                "{person} changed the source “{title}” at {time}, after you had begun. Nothing was overwritten: look "
                "at it again and put in what is missing.",
                person=now.person,
                title=source.title,
                time=moment(now.time),
            )
        )
    return one(connection, source_id)


# Reading the register


def of_city(connection: Connection, city_id: int) -> tuple[StoredSource, ...]:
    """List the register of a city by title, each source as it stands, with its files."""
    files: dict[int, list[Attachment]] = {}
    query = _attachments().join(_SOURCE, _SOURCE.c.id == _ATTACHMENT.c.source_id).where(_SOURCE.c.city_id == city_id)
    for row in connection.execute(query):
        files.setdefault(row.source_id, []).append(_attachment(row))
    rows = connection.execute(_newest_details().where(_SOURCE.c.city_id == city_id).order_by(_SOURCE.c.title))
    return tuple(_stored(row, tuple(files.get(row.id, ()))) for row in rows)


def one(connection: Connection, source_id: int) -> StoredSource:
    """Give a source as it stands; raises :class:`NotFoundError`."""
    row = connection.execute(_newest_details().where(_SOURCE.c.id == source_id)).one_or_none()
    if row is None:
        raise NotFoundError(say("There is no source {id} in the register. Go back to the list.", id=source_id))
    files = connection.execute(_attachments().where(_ATTACHMENT.c.source_id == source_id))
    return _stored(row, tuple(map(_attachment, files)))


def versions(connection: Connection, source_id: int) -> tuple[StoredSource, ...]:
    """Give all that was ever known of a source, the oldest version first."""
    query = select(_SOURCE.c.id, _SOURCE.c.title, _DETAIL).join(_DETAIL).where(_SOURCE.c.id == source_id)
    return tuple(_stored(row, ()) for row in connection.execute(query.order_by(_DETAIL.c.version)))


def cited_by(connection: Connection, source_id: int) -> tuple[tuple[int, str], ...]:
    """List where a source is cited now: (id of the assessment, place)."""
    history = tables.history
    last = (
        select(history.c.assessment_id, history.c.place, func.max(history.c.version).label("version"))
        .group_by(history.c.assessment_id, history.c.place)
        .subquery()
    )
    query = (
        select(history.c.assessment_id, history.c.place)
        .join(tables.citation, tables.citation.c.history_id == history.c.id)
        .join(
            last,
            and_(
                last.c.assessment_id == history.c.assessment_id,
                last.c.place == history.c.place,
                last.c.version == history.c.version,
            ),
        )
        .where(tables.citation.c.source_id == source_id)
        .order_by(history.c.assessment_id, history.c.place)
    )
    return tuple((row.assessment_id, row.place) for row in connection.execute(query))


def _newest_details() -> Any:
    newer = _DETAIL.alias("newer")
    last = select(func.max(newer.c.version)).where(newer.c.source_id == _DETAIL.c.source_id).scalar_subquery()
    return select(_SOURCE.c.id, _SOURCE.c.title, _DETAIL).join(_DETAIL).where(_DETAIL.c.version == last)


def _stored(row: Row[Any], files: tuple[Attachment, ...]) -> StoredSource:
    source = Source(row.title, row.organisation, row.year, row.link, row.licence)
    return StoredSource(row.id, source, row.version, row.person, row.time, files)


# Files


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
    one(connection, source_id)
    key = digest(data)
    if connection.execute(_locked_file(key, shared=True)).scalar() is None:
        add_file(connection, key, data, media_type)
    values = {"source_id": source_id, "sha256": key, "name": _file_name(name), "person": who.person, "time": who.time}
    added = connection.execute(insert(_ATTACHMENT).values(**values)).inserted_primary_key
    row = connection.execute(_attachments().where(_ATTACHMENT.c.id == (added or (0,))[0])).one()
    return _attachment(row)


def add_file(connection: Connection, key: str, data: bytes, media_type: str) -> None:
    """Keep bytes under their digest; bytes that are there already stay."""
    values = {"sha256": key, "size": len(data), "media_type": one_line(media_type, 200), "bytes": data}
    insert_new(connection, _FILE, values)  # or another person attached the same bytes in this very moment


def detach(connection: Connection, attachment_id: int, who: By) -> None:
    """Take a file away from a source. The trace stays; the bytes go when no source refers to them any more."""
    query = select(_ATTACHMENT.c.sha256).where(_ATTACHMENT.c.id == attachment_id, _ATTACHMENT.c.removed_at.is_(None))
    key = connection.execute(query.with_for_update()).scalar()
    if key is None:
        raise _no_file()
    connection.execute(
        update(_ATTACHMENT).where(_ATTACHMENT.c.id == attachment_id).values(removed_by=who.person, removed_at=who.time)
    )
    connection.execute(_locked_file(key, shared=False))
    used = select(_ATTACHMENT.c.id).where(_ATTACHMENT.c.sha256 == key, _ATTACHMENT.c.removed_at.is_(None))
    if connection.execute(used.limit(1)).scalar() is None:
        connection.execute(delete(_FILE).where(_FILE.c.sha256 == key))


def _locked_file(key: str, *, shared: bool) -> Any:
    """Find a file and keep its bytes from being added or removed by others until the transaction ends."""
    return select(_FILE.c.sha256).where(_FILE.c.sha256 == key).with_for_update(read=shared)


def bytes_of(connection: Connection, sha256: str) -> bytes:
    """Give the bytes of a file; raises :class:`NotFoundError`."""
    data = connection.execute(select(_FILE.c.bytes).where(_FILE.c.sha256 == sha256)).scalar()
    if data is None:
        raise _no_file()
    return bytes(data)


def _no_file() -> NotFoundError:
    return NotFoundError(say("The file is no longer in the store. Attach it again."))


def _attachments() -> Any:
    return (
        select(_ATTACHMENT, _FILE.c.size, _FILE.c.media_type)
        .join(_FILE, _FILE.c.sha256 == _ATTACHMENT.c.sha256)
        .where(_ATTACHMENT.c.removed_at.is_(None))
        .order_by(_ATTACHMENT.c.id)
    )


def _attachment(row: Row[Any]) -> Attachment:
    return Attachment(row.id, row.name, row.sha256, row.size, row.media_type, row.person, row.time)


def _file_name(name: str) -> str:
    """Give the name of a file without the folders that a browser may have sent along."""
    bare = PurePosixPath(PureWindowsPath(name).as_posix()).name
    return one_line(bare, 200) or "file"

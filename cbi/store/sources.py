"""The register of a city's sources; their files are in :mod:`cbi.store.files`."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, and_, func, insert, select

from cbi.i18n import say
from cbi.store import files, tables
from cbi.store.errors import NotAllowedError, NotFoundError, OutdatedError
from cbi.store.files import Files
from cbi.store.records import Source, SourceChange, StoredSource
from cbi.store.rows import By, insert_new
from cbi.store.texts import digest, free_text, one_line

_SEPARATOR = re.compile(r"[;；\n]")
_SOURCE, _DETAIL = tables.source, tables.source_history


def register(connection: Connection, city_id: int, text: str, who: By) -> list[int]:
    """Find the sources that a text names; titles that the register does not know are added to it.

    Several titles are joined by ``;``. Returns the ids.
    """
    whole = _find(connection, city_id, one_line(text))
    if whole is not None:
        return [whole]
    found = titles_of(text)
    return [_find(connection, city_id, title) or _add(connection, city_id, Source(title), who) for title in found]


def titles_of(text: str) -> tuple[str, ...]:
    """Give the titles in a text that names several, each once."""
    return tuple(dict.fromkeys(title for part in _SEPARATOR.split(text) if (title := one_line(part))))


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
    :class:`NotAllowedError` without a title or for a new source whose title the register has already.
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
    if based_on == 0:
        raise NotAllowedError(
            say(
                "There is a source “{title}” already, and nothing was changed. Open it in the list to change it, or "
                "give the new one another title.",
                title=source.title,
            )
        )
    if now.version != based_on or insert_new(connection, _DETAIL, changed) is None:
        raise OutdatedError(
            say(
                "{person} changed the source “{title}” after you had begun. Nothing was overwritten: look at it "
                "again and put in what is missing.",
                person=one(connection, source_id).person,
                title=source.title,
            )
        )
    return one(connection, source_id)


# Reading the register


def of_city(connection: Connection, city_id: int) -> tuple[StoredSource, ...]:
    """List the register of a city by title, each source as it stands, with its files."""
    found = files.of_city(connection, city_id)
    rows = connection.execute(_newest_details().where(_SOURCE.c.city_id == city_id).order_by(_SOURCE.c.title))
    return tuple(_stored(row, found.get(row.id, files.NONE)) for row in rows)


def one(connection: Connection, source_id: int) -> StoredSource:
    """Give a source as it stands; raises :class:`NotFoundError`."""
    row = connection.execute(_newest_details().where(_SOURCE.c.id == source_id)).one_or_none()
    if row is None:
        raise NotFoundError(say("There is no source {id} in the register. Go back to the list.", id=source_id))
    return _stored(row, files.of_source(connection, source_id))


def versions(connection: Connection, source_id: int) -> tuple[StoredSource, ...]:
    """Give all that was ever known of a source, the oldest version first."""
    query = select(_SOURCE.c.id, _SOURCE.c.title, _DETAIL).join(_DETAIL).where(_SOURCE.c.id == source_id)
    return tuple(_stored(row, files.NONE) for row in connection.execute(query.order_by(_DETAIL.c.version)))


def between(connection: Connection, city_id: int, start: datetime, end: datetime) -> tuple[SourceChange, ...]:
    """Give the versions of a city's sources from ``start`` up to ``end``, each beside the one before it."""
    before = _DETAIL.alias("before")
    earlier = and_(before.c.source_id == _DETAIL.c.source_id, before.c.version == _DETAIL.c.version - 1)
    known = [before.c[name].label(f"before_{name}") for name in ("version", "organisation", "year", "link", "licence")]
    query = (
        select(_SOURCE.c.title, _DETAIL, *known)
        .join(_DETAIL)
        .outerjoin(before, earlier)
        .where(_SOURCE.c.city_id == city_id, _DETAIL.c.time >= start, _DETAIL.c.time < end)
        .order_by(_DETAIL.c.time, _DETAIL.c.source_id, _DETAIL.c.version)
    )
    return tuple(map(_change, connection.execute(query)))


def _change(row: Row[Any]) -> SourceChange:
    earlier = Source(row.title, row.before_organisation, row.before_year, row.before_link, row.before_licence)
    now = Source(row.title, row.organisation, row.year, row.link, row.licence)
    return SourceChange(row.source_id, row.version, earlier if row.before_version else None, now, row.person, row.time)


def signers(connection: Connection, city_id: int, title: str) -> frozenset[str]:
    """Give who had a hand in what is known of a source; nobody where the register does not know the title."""
    source_id = _find(connection, city_id, one_line(title))
    return frozenset(connection.execute(select(_DETAIL.c.person).where(_DETAIL.c.source_id == source_id)).scalars())


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


def _stored(row: Row[Any], found: Files) -> StoredSource:
    source = Source(row.title, row.organisation, row.year, row.link, row.licence)
    return StoredSource(row.id, source, row.version, row.person, row.time, found.there, found.removed)

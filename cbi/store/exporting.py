"""From the store to its document."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, and_, not_, select

from cbi.store import exporting_people, papers, tables
from cbi.store.document import (
    FORMAT,
    VERSION,
    AttachmentRecord,
    CityRecord,
    Document,
    EventRecord,
    FileRecord,
    LineRecord,
    PaperRecord,
    SourceRecord,
    SourceVersion,
    YearKey,
    YearRecord,
    write_document,
)
from cbi.store.papers import Owner
from cbi.store.records import Happening


def document_of(connection: Connection) -> Document:
    """Put the whole store into a document, in an order that depends on nothing but what it holds."""
    cities = connection.execute(select(tables.city).order_by(tables.city.c.name)).all()
    files = connection.execute(select(tables.file).order_by(tables.file.c.sha256))
    return Document(
        format=FORMAT,
        version=VERSION,
        accounts=exporting_people.accounts(connection),
        cities=tuple(_city(connection, row) for row in cities),
        files=tuple(map(_file, files)),
        papers=_papers(connection, Owner()),
        trail=exporting_people.trail(connection),
    )


def document_of_city(connection: Connection, city_id: int) -> Document:
    """Put one city into a document: of people only the names of those who signed something in it."""
    row = connection.execute(select(tables.city).where(tables.city.c.id == city_id)).one()
    source, attachment = tables.source, tables.attachment
    mine = select(attachment.c.sha256).join(source).where(source.c.city_id == city_id)
    files = connection.execute(select(tables.file).where(tables.file.c.sha256.in_(mine)).order_by(tables.file.c.sha256))
    city = _city(connection, row, asked=False)
    whole = Document(format=FORMAT, version=VERSION, cities=(city,), files=tuple(map(_file, files)))
    return whole.model_copy(update={"accounts": exporting_people.signers(connection, write_document(whole))})


def _file(row: Row[Any]) -> FileRecord:
    return FileRecord(sha256=row.sha256, media_type=row.media_type, bytes=row.bytes)


def _city(connection: Connection, city: Row[Any], *, asked: bool = True) -> CityRecord:
    table = tables.assessment
    years = connection.execute(select(table).where(table.c.city_id == city.id).order_by(table.c.year, table.c.edition))
    rows = years.all()
    keys = {row.id: YearKey(year=row.year, edition=row.edition) for row in rows}
    base = select(tables.baseline.c.assessment_id).where(tables.baseline.c.city_id == city.id)
    return CityRecord(
        name=city.name,
        baseline=keys.get(connection.execute(base).scalar() or 0),
        sources=_sources(connection, city.id),
        years=tuple(_year(connection, row, keys, asked=asked) for row in rows),
        events=_events(connection, city.id, keys),
        papers=_papers(connection, Owner(city.id)),
    )


def _year(connection: Connection, row: Row[Any], keys: dict[int, YearKey], *, asked: bool) -> YearRecord:
    table = tables.history
    lines = connection.execute(select(table).where(table.c.assessment_id == row.id).order_by(table.c.id))
    return YearRecord(
        year=row.year,
        edition=row.edition,
        definitions=row.definitions,
        state=row.state,
        started_from=keys.get(row.started_from),
        history=tuple(
            LineRecord(
                place=line.place,
                version=line.version,
                content=line.content,
                act=line.act,
                person=line.person,
                time=line.time,
                reason=line.reason,
                carried=line.carried,
                of_version=line.of_version,
            )
            for line in lines
        ),
        papers=_papers(connection, Owner(row.city_id, row.id)),
        assignments=exporting_people.assignments(connection, row.id) if asked else (),
    )


def _papers(connection: Connection, owner: Owner) -> tuple[PaperRecord, ...]:
    return tuple(
        PaperRecord(
            kind=one.kind,
            key=one.key,
            version=one.version,
            content=one.content,
            person=one.person,
            time=one.time,
        )
        for one in papers.all_of(connection, owner)
    )


def _events(connection: Connection, city_id: int, keys: dict[int, YearKey]) -> tuple[EventRecord, ...]:
    """List what happened to a city, except that a document brought it: that is a matter of the store it came to.

    So a store that was filled from a document gives the very same document again.
    """
    table = tables.event
    brought = and_(table.c.kind == Happening.IMPORTED.value, table.c.assessment_id.is_(None))
    query = select(table).where(table.c.city_id == city_id, not_(brought)).order_by(table.c.id)
    return tuple(
        EventRecord(kind=row.kind, of=keys.get(row.assessment_id), person=row.person, time=row.time, reason=row.reason)
        for row in connection.execute(query)
    )


def _sources(connection: Connection, city_id: int) -> tuple[SourceRecord, ...]:
    source, detail, attachment = tables.source, tables.source_history, tables.attachment
    mine = source.c.city_id == city_id
    versions: dict[int, list[SourceVersion]] = {}
    for row in connection.execute(select(detail).join(source).where(mine).order_by(detail.c.version)):
        known = {key: row._mapping[key] for key in SourceVersion.model_fields}
        versions.setdefault(row.source_id, []).append(SourceVersion(**known))
    files: dict[int, list[AttachmentRecord]] = {}
    for row in connection.execute(select(attachment).join(source).where(mine).order_by(attachment.c.id)):
        kept = {key: row._mapping[key] for key in AttachmentRecord.model_fields}
        files.setdefault(row.source_id, []).append(AttachmentRecord(**kept))
    rows = connection.execute(select(source).where(mine)).all()
    return tuple(
        SourceRecord(title=row.title, versions=tuple(versions[row.id]), attachments=tuple(files.get(row.id, ())))
        for row in sorted(rows, key=lambda row: row.title)
    )

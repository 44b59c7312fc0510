"""From the store to its document."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Row, select

from cbi.store import tables
from cbi.store.document import (
    FORMAT,
    VERSION,
    AttachmentRecord,
    CityRecord,
    Document,
    EventRecord,
    FileRecord,
    LineRecord,
    SourceRecord,
    SourceVersion,
    YearKey,
    YearRecord,
)


def document_of(connection: Connection) -> Document:
    """Put the whole store into a document, in an order that depends on nothing but what it holds."""
    cities = connection.execute(select(tables.city).order_by(tables.city.c.name)).all()
    files = connection.execute(select(tables.file).order_by(tables.file.c.sha256))
    return Document(
        format=FORMAT,
        version=VERSION,
        cities=tuple(_city(connection, row) for row in cities),
        files=tuple(FileRecord(sha256=row.sha256, media_type=row.media_type, bytes=row.bytes) for row in files),
    )


def _city(connection: Connection, city: Row[Any]) -> CityRecord:
    table = tables.assessment
    years = connection.execute(select(table).where(table.c.city_id == city.id).order_by(table.c.year, table.c.edition))
    rows = years.all()
    keys = {row.id: YearKey(year=row.year, edition=row.edition) for row in rows}
    base = select(tables.baseline.c.assessment_id).where(tables.baseline.c.city_id == city.id)
    return CityRecord(
        name=city.name,
        baseline=keys.get(connection.execute(base).scalar() or 0),
        sources=_sources(connection, city.id),
        years=tuple(_year(connection, row, keys) for row in rows),
        events=_events(connection, city.id, keys),
    )


def _year(connection: Connection, row: Row[Any], keys: dict[int, YearKey]) -> YearRecord:
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
    )


def _events(connection: Connection, city_id: int, keys: dict[int, YearKey]) -> tuple[EventRecord, ...]:
    table = tables.event
    return tuple(
        EventRecord(kind=row.kind, of=keys.get(row.assessment_id), person=row.person, time=row.time, reason=row.reason)
        for row in connection.execute(select(table).where(table.c.city_id == city_id).order_by(table.c.id))
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

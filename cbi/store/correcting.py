"""Correcting what a whole year or a source goes by: the number or edition of a year, the title of a source."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, select, update
from sqlalchemy.exc import IntegrityError

from cbi.assessment import Entry
from cbi.definitions import EDITIONS, edition
from cbi.i18n import say
from cbi.store import files, history, sources, tables, years
from cbi.store.contents import PROFILE_PREFIX, Content
from cbi.store.errors import NotAllowedError
from cbi.store.records import Act, Happening, Head, State, StoredSource
from cbi.store.rows import By, assessment_row, open_assessment
from cbi.store.texts import digest, one_line

_ASSESSMENT = tables.assessment


def correct_year(connection: Connection, assessment_id: int, year: int, edition_id: str, who: By) -> Head:
    """Give an open assessment another year or edition: it was started under a wrong one. The event tells both.

    The edition can be corrected only while no indicator is answered, because answers belong to an edition. Raises
    :class:`ClosedError` for a closed year, and :class:`NotAllowedError` for a year that is none or is there already.
    """
    open_assessment(connection, assessment_id)
    before = years.head(connection, assessment_id)
    if (before.year, before.edition) == (year, edition_id):
        return before
    if edition_id not in EDITIONS or not 1900 <= year <= 2099:
        raise NotAllowedError(say("“{year}” is not a year. Write four digits, such as 2026.", year=year))
    rows = history.newest(connection, [assessment_id])
    if edition_id != before.edition and any(not row.place.startswith(PROFILE_PREFIX) and row.content for row in rows):
        raise NotAllowedError(
            say(
                "This year has answers under the {edition} edition already, so its edition stays. Start the year again "
                "under the other edition: what can be taken over is offered there.",
                edition=before.edition,
            )
        )
    values = {"year": year, "edition": edition_id, "definitions": edition(edition_id).hash}
    try:
        connection.execute(update(_ASSESSMENT).where(_ASSESSMENT.c.id == assessment_id).values(**values))
    except IntegrityError:  # the error that follows takes the whole step back
        raise NotAllowedError(
            say(
                "{city} has {year} under the {edition} edition already. Open it, or choose another year.",
                city=before.city.name,
                year=year,
                edition=edition_id,
            )
        ) from None
    told = f"{before.year} ({before.edition}) → {year} ({edition_id})"
    years.note(connection, before.city.id, assessment_id, Happening.CORRECTED, who, told)
    return years.head(connection, assessment_id)


def correct_title(connection: Connection, source_id: int, title: str, who: By) -> StoredSource:
    """Let answers cite a source by another title, with all that is known of it and its files; gives that source.

    Each answer of an open year that cites it gets a line in its history. Closed years and earlier lines keep the old
    title, and so the register keeps the old source. Where the register knows the new title, that source is cited.
    Raises :class:`NotAllowedError` without a title, :class:`NotFoundError`.
    """
    old = sources.one(connection, source_id)
    title = one_line(title)
    if title == old.source.title:
        return old
    new = _source_of_title(connection, old, title, who)
    reason = f"{old.source.title} → {title}"
    for assessment_id, place in sources.cited_by(connection, source_id):
        assessment, row = assessment_row(connection, assessment_id), history.current(connection, assessment_id, place)
        if row is None or assessment.state != State.IN_PROGRESS.value:
            continue
        content = _citing(row.content, old.source.title, title)
        line = history.new_row(
            assessment_id, place, content, row.version + 1, who, Act.TYPED, reason, carried=row.carried
        )
        history.add_row(connection, assessment.city_id, line, who)
    return sources.one(connection, new.id)


def _source_of_title(connection: Connection, old: StoredSource, title: str, who: By) -> StoredSource:
    """Find the source of a title, or add it with what is known of the old one and its files."""
    city_id: int = connection.execute(select(tables.source.c.city_id).where(tables.source.c.id == old.id)).scalar_one()
    known = next((one for one in sources.of_city(connection, city_id) if one.source.title == title), None)
    if known is not None:
        return known
    new = sources.save(connection, city_id, replace(old.source, title=title), 0, who)
    for file in old.attachments:
        data = files.bytes_of(connection, file.sha256)
        files.attach(connection, new.id, file.name, data, file.media_type, who)
    return new


def _citing(content: Content, old: str, new: str) -> Content:
    """Give a content that cites the new title wherever it cited the old one."""
    if isinstance(content, Entry):
        return replace(content, source=_text(content.source, old, new))
    return replace(
        content,
        inputs={name: replace(one, source=_text(one.source, old, new)) for name, one in content.inputs.items()},
        finished=content.finished and replace(content.finished, source=_text(content.finished.source, old, new)),
        source=_text(content.source, old, new),
    )


def _text(text: str, old: str, new: str) -> str:
    if digest(one_line(text)) == digest(old):
        return new
    parts = sources.titles_of(text)
    return "; ".join(new if part == old else part for part in parts) if old in parts else text

"""Assessments of a plain table, brought into a store that may hold their city and year already."""

from __future__ import annotations

from sqlalchemy import Connection

from cbi.assessment import Answer, Assessment
from cbi.i18n import say
from cbi.store import history, years
from cbi.store.contents import contents_of, write_content
from cbi.store.errors import ClosedError, NotAllowedError
from cbi.store.import_plan import Notes, PlaceChange
from cbi.store.records import Act, Happening
from cbi.store.rows import By, open_assessment


def take_assessment(connection: Connection, given: Assessment, who: By, name: str, notes: Notes) -> None:
    """Take one assessment of a table; places that it does not name stay as they are."""
    where = " ".join(str(part) for part in (given.city, given.year, given.edition) if part)
    if not given.city or given.year is None:
        notes.refuse(where or name, "no_city_or_year", say("The table names no city or no year. Say which they are."))
        return
    city = years.find_city(connection, given.city)
    if city is None:
        city = years.add_city(connection, given.city, who)
        notes.new_cities.append(city.name)
    found = {(head.year, head.edition): head for head in years.heads(connection, city.id)}
    head = found.get((given.year, given.edition))
    try:
        if head is None:
            head = years.start_year(connection, city.id, given.year, given.edition, who)
            years.note(connection, city.id, head.id, Happening.IMPORTED, who, name)
            notes.new_years.append((city.name, head.year, head.edition))
        open_assessment(connection, head.id)
    except (ClosedError, NotAllowedError) as error:
        notes.refuse(where, error.code, error.sentence)
        return
    now = {row.place: row for row in history.newest(connection, [head.id])}
    for place, content in contents_of(given).items():
        row = now.get(place)
        if write_content(row.content if row else None) == write_content(content):
            continue
        if isinstance(content, Answer) and content.unreadable and row is not None and row.content is not None:
            continue  # half an answer does not take the place of a whole one; the table's problems name it
        version = (row.version if row else 0) + 1
        line = history.new_row(head.id, place, content, version, who, Act.IMPORT, name)
        history.add_row(connection, city.id, line, who)
        notes.lines += 1
        here = (row.person, row.time) if row else None
        before = row.content if row else None
        notes.changes.append(PlaceChange(city.name, head.year, head.edition, place, before, content, here))

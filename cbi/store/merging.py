"""From a document or a plain table into a store that may hold something already.

Cities are matched by name, years by year and edition, sources by title, files by their bytes. Of a history
that both sides know only the lines that are missing here are added, after those that are here. What this
does is written down in a :class:`Plan`; a preview is the same work, taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select, update

from cbi.assessment import Answer, Assessment
from cbi.i18n import Sentence, say
from cbi.problems import Problem, Severity
from cbi.store import history, sources, tables, years
from cbi.store.contents import Content, cited, contents_of, write_content
from cbi.store.document import CityRecord, Document, LineRecord, SourceRecord, YearRecord, content_of
from cbi.store.errors import ClosedError, NotAllowedError
from cbi.store.records import Act, Happening
from cbi.store.rows import By, open_assessment
from cbi.store.texts import digest

Incoming = Document | Sequence[Assessment]
"""What can be imported: an exported document, or the assessments of a plain table."""

Who = tuple[str, datetime]


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """A place whose value changes; ``here`` is who saved the present one, and when."""

    city: str
    year: int
    edition: str
    place: str
    before: Content | None
    after: Content | None
    here: Who | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import adds and changes. ``problems`` say what is left out, and why.

    ``lines`` counts the lines of history that are added in all.
    """

    new_cities: tuple[str, ...] = ()
    new_years: tuple[tuple[str, int, str], ...] = ()
    changes: tuple[PlaceChange, ...] = ()
    lines: int = 0
    sources: tuple[str, ...] = ()
    files: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the store holds all of it already."""
        return not (self.new_cities or self.new_years or self.lines or self.sources or self.files)


@dataclass(slots=True)
class _Notes:
    new_cities: list[str] = field(default_factory=list)
    new_years: list[tuple[str, int, str]] = field(default_factory=list)
    changes: list[PlaceChange] = field(default_factory=list)
    lines: int = 0
    sources: list[str] = field(default_factory=list)
    files: int = 0
    problems: list[Problem] = field(default_factory=list)

    def plan(self) -> Plan:
        return Plan(
            tuple(self.new_cities),
            tuple(self.new_years),
            tuple(self.changes),
            self.lines,
            tuple(self.sources),
            self.files,
            tuple(self.problems),
        )


def merge(connection: Connection, incoming: Incoming, who: By, name: str) -> Plan:
    """Put what comes in into the store; ``name`` is the file that it comes from."""
    notes = _Notes()
    if isinstance(incoming, Document):
        files = {file.sha256: file for file in incoming.files}
        for city in incoming.cities:
            _City(connection, who, name, notes).take(city, files)
    else:
        for assessment in incoming:
            _take_assessment(connection, assessment, who, name, notes)
    return notes.plan()


# A plain table


def _take_assessment(connection: Connection, given: Assessment, who: By, name: str, notes: _Notes) -> None:
    where = " ".join(str(part) for part in (given.city, given.year, given.edition) if part)
    if not given.city or given.year is None:
        _refuse(notes, where or name, "no_city_or_year", say("The table names no city or no year. Say which they are."))
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
            notes.new_years.append((city.name, head.year, head.edition))
        open_assessment(connection, head.id)
    except (ClosedError, NotAllowedError) as error:
        _refuse(notes, where, error.code, error.sentence)
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


def _refuse(notes: _Notes, where: str, code: str, sentence: Sentence) -> None:
    notes.problems.append(Problem(Severity.ERROR, code, where, sentence))


# A document


class _City:
    """Brings one city of a document in."""

    def __init__(self, connection: Connection, who: By, name: str, notes: _Notes) -> None:
        self.connection = connection
        self.who = who
        self.name = name
        self.notes = notes
        self.cited: dict[str, list[int]] = {}

    def take(self, given: CityRecord, files: Mapping[str, Any]) -> None:
        """Bring in its sources and files, its years, what happened to them, and its baseline."""
        city = years.find_city(self.connection, given.name)
        is_new = city is None
        if city is None:
            added = self.connection.execute(insert(tables.city).values(name=given.name)).inserted_primary_key
            self.id, self.city = (added or (0,))[0], given.name
            self.notes.new_cities.append(given.name)
        else:
            self.id, self.city = city.id, city.name
        for source in given.sources:
            self._take_source(source, files)
        known = {(head.year, head.edition): head.id for head in years.heads(self.connection, self.id)}
        fresh = {}
        for year in given.years:
            key = (year.year, year.edition)
            if key in known:
                self._merge_year(known[key], year)
            else:
                fresh[key] = known[key] = self._add_year(year)
        self._remember_starts(given.years, known, fresh)
        self._take_events(given, known, fresh, is_new)
        base = (given.baseline.year, given.baseline.edition) if given.baseline else min(known, default=None)
        if base in known and not any(head.is_baseline for head in years.heads(self.connection, self.id)):
            chosen = insert(tables.baseline).values(city_id=self.id, assessment_id=known[base])
            self.connection.execute(chosen)

    def _add_year(self, given: YearRecord) -> int:
        values = {"city_id": self.id, "year": given.year, "edition": given.edition, "state": given.state.value}
        values |= {"definitions": given.definitions}
        added = self.connection.execute(insert(tables.assessment).values(**values)).inserted_primary_key
        self.notes.new_years.append((self.city, given.year, given.edition))
        assessment_id: int = (added or (0,))[0]
        self._add_lines(assessment_id, given, {}, given.history, {})
        return assessment_id

    def _merge_year(self, assessment_id: int, given: YearRecord) -> None:
        table = tables.history
        query = select(table).where(table.c.assessment_id == assessment_id).order_by(table.c.version)
        rows = self.connection.execute(query).all()
        ours = {
            (row.place, row.act, row.person, row.time, row.reason, write_content(row.content)): row.version
            for row in rows
        }
        known: dict[tuple[str, int], int] = {}
        missing = []
        for line in given.history:
            key = (line.place, line.act, line.person, line.time, line.reason, write_content(content_of(line)))
            if key in ours:
                known[line.place, line.version] = ours[key]
            else:
                missing.append(line)
        if not missing:
            return
        try:
            open_assessment(self.connection, assessment_id)
        except ClosedError as error:
            _refuse(self.notes, f"{self.city} {given.year} {given.edition}", error.code, error.sentence)
            return
        self._add_lines(assessment_id, given, {row.place: row for row in rows}, missing, known)
        years.note(self.connection, self.id, assessment_id, Happening.IMPORTED, self.who, self.name)

    def _add_lines(
        self,
        assessment_id: int,
        given: YearRecord,
        now: Mapping[str, Any],
        lines: Sequence[LineRecord],
        known: dict[tuple[str, int], int],
    ) -> None:
        """Add lines after those that are there; versions are counted on, and references to them follow."""
        last = {place: row.version for place, row in now.items()}
        rows = []
        for line in lines:
            last[line.place] = known[line.place, line.version] = last.get(line.place, 0) + 1
            by = By(line.person, line.time)
            row = history.new_row(
                assessment_id,
                line.place,
                content_of(line),
                last[line.place],
                by,
                line.act,
                line.reason,
                carried=line.carried,
                of_version=known.get((line.place, line.of_version)) if line.of_version else None,
            )
            rows.append(row)
        if not rows:
            return
        self.connection.execute(insert(tables.history), rows)
        self._cite(assessment_id, rows)
        self.notes.lines += len(rows)
        for place, line in {line.place: line for line in lines}.items():
            old, after = now.get(place), content_of(line)
            before = old.content if old else None
            if write_content(before) != write_content(after):
                here = (old.person, old.time) if old else None
                change = PlaceChange(self.city, given.year, given.edition, place, before, after, here)
                self.notes.changes.append(change)

    def _cite(self, assessment_id: int, rows: Iterable[Mapping[str, Any]]) -> None:
        table = tables.history
        query = select(table.c.id, table.c.place, table.c.version).where(table.c.assessment_id == assessment_id)
        ids = {(row.place, row.version): row.id for row in self.connection.execute(query)}
        cites = set()
        for row in rows:
            for text in cited(row["content"]):
                if text not in self.cited:
                    by = By(row["person"], row["time"])
                    self.cited[text] = sources.register(self.connection, self.id, text, by)
                cites |= {(ids[row["place"], row["version"]], one) for one in self.cited[text]}
        if cites:
            listed = [{"history_id": line, "source_id": source} for line, source in sorted(cites)]
            self.connection.execute(insert(tables.citation), listed)

    def _remember_starts(
        self,
        given: Iterable[YearRecord],
        known: Mapping[tuple[int, str], int],
        fresh: Mapping[tuple[int, str], int],
    ) -> None:
        table = tables.assessment
        for year in given:
            start = year.started_from and known.get((year.started_from.year, year.started_from.edition))
            if start and (year.year, year.edition) in fresh:
                mine = fresh[year.year, year.edition]
                self.connection.execute(update(table).where(table.c.id == mine).values(started_from=start))

    def _take_events(
        self,
        given: CityRecord,
        known: Mapping[tuple[int, str], int],
        fresh: Mapping[tuple[int, str], int],
        is_new: bool,
    ) -> None:
        """Take the events of what is new here; of what was here before, our own events hold."""
        for event in given.events:
            key = (event.of.year, event.of.edition) if event.of else None
            if is_new or key in fresh:
                by = By(event.person, event.time)
                years.note(self.connection, self.id, known.get(key) if key else None, event.kind, by, event.reason)

    def _take_source(self, given: SourceRecord, files: Mapping[str, Any]) -> None:
        source, detail = tables.source, tables.source_history
        here = select(source.c.id).where(source.c.city_id == self.id, source.c.digest == digest(given.title))
        source_id = self.connection.execute(here).scalar()
        if source_id is None:
            values = {"city_id": self.id, "title": given.title, "digest": digest(given.title)}
            added = self.connection.execute(insert(source).values(**values)).inserted_primary_key
            source_id = (added or (0,))[0]
        known = [
            {key: value for key, value in row._mapping.items() if key not in ("source_id", "version")}
            for row in self.connection.execute(select(detail).where(detail.c.source_id == source_id))
        ]
        missing = [data for one in given.versions if (data := _bare(one)) not in known]
        for version, data in enumerate(missing, len(known) + 1):
            self.connection.execute(insert(detail).values(**data, source_id=source_id, version=version))
        if missing:
            self.notes.sources.append(given.title)
        self._take_attachments(source_id, given, files)

    def _take_attachments(self, source_id: int, given: SourceRecord, files: Mapping[str, Any]) -> None:
        table = tables.attachment
        known = {
            (row.sha256, row.name, row.person, row.time)
            for row in self.connection.execute(select(table).where(table.c.source_id == source_id))
        }
        for one in given.attachments:
            if (one.sha256, one.name, one.person, one.time) in known:
                continue
            if one.removed_at is None:
                file = files.get(one.sha256)
                if file is None:
                    sentence = say("The file “{name}” is not in the document and was left out.", name=one.name)
                    _refuse(self.notes, given.title, "no_file", sentence)
                    continue
                here = select(tables.file.c.sha256).where(tables.file.c.sha256 == one.sha256)
                if self.connection.execute(here).scalar() is None:
                    sources.add_file(self.connection, one.sha256, file.bytes, file.media_type)
            self.connection.execute(insert(table).values(**_bare(one), source_id=source_id))
            self.notes.files += 1


def _bare(one: Any) -> dict[str, Any]:
    """Give a record of the document as the columns of its table."""
    return {key: getattr(one, key) for key in type(one).model_fields}

"""From a document or a plain table into a store that may hold something already.

Cities are matched by name, years by year and edition, sources by title, files by their bytes. Of a history
that both sides know only the lines that are missing here are added, after those that are here. What this
does is written down in a :class:`Plan`; a preview is the same work, taken back.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert, select, update

from cbi.assessment import Assessment
from cbi.i18n import say
from cbi.store import files, history, merging_papers, merging_people, sources, tables, years
from cbi.store.contents import cited, write_content
from cbi.store.document import (
    CityRecord,
    Document,
    LineRecord,
    PaperRecord,
    SourceRecord,
    YearRecord,
    content_of,
    signed_by_others,
)
from cbi.store.errors import ClosedError
from cbi.store.import_plan import Notes, PlaceChange, Plan
from cbi.store.merging_tables import take_assessment
from cbi.store.papers import Owner
from cbi.store.records import ALWAYS_OPEN, Happening
from cbi.store.rows import By, open_assessment
from cbi.store.texts import digest

Incoming = Document | Sequence[Assessment]
"""What can be imported: an exported document, or the assessments of a plain table."""


def merge(connection: Connection, incoming: Incoming, who: By, name: str) -> Plan:
    """Put what comes in into the store; ``name`` is the file that it comes from."""
    notes = Notes()
    if isinstance(incoming, Document):
        others = merging_people.known_by_another_key(connection, incoming)
        incoming = signed_by_others(incoming, others) if others else incoming
        documents = {file.sha256: file for file in incoming.files}
        for city in incoming.cities:
            _City(connection, who, name, notes).take(city, documents)
        missing = merging_papers.missing(connection, Owner(), incoming.papers)
        merging_papers.add(connection, Owner(), "", missing, notes)
        merging_people.add(connection, incoming, who, notes)
    else:
        for assessment in incoming:
            take_assessment(connection, assessment, who, name, notes)
    return notes.plan()


class _City:
    """Brings one city of a document in."""

    def __init__(self, connection: Connection, who: By, name: str, notes: Notes) -> None:
        self.connection = connection
        self.who = who
        self.name = name
        self.notes = notes
        self.cited: dict[str, list[int]] = {}

    def take(self, given: CityRecord, documents: Mapping[str, Any]) -> None:
        """Bring in its sources and files, its years, what happened to them, its baseline, and its papers."""
        before = self.notes.beside()
        city = years.find_city(self.connection, given.name)
        is_new = city is None
        if city is None:
            added = self.connection.execute(insert(tables.city).values(name=given.name)).inserted_primary_key
            self.id, self.city = (added or (0,))[0], given.name
            self.notes.new_cities.append(given.name)
        else:
            self.id, self.city = city.id, city.name
        for source in given.sources:
            self._take_source(source, documents)
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
        self._take_papers(given, known, fresh)
        if is_new or fresh or self.notes.beside() != before:
            new = ", ".join(f"{year} ({edition})" for year, edition in fresh)
            reason = f"{self.name}: {new}" if new else self.name
            years.note(self.connection, self.id, None, Happening.IMPORTED, self.who, reason)

    def _take_papers(
        self,
        given: CityRecord,
        known: Mapping[tuple[int, str], int],
        fresh: Mapping[tuple[int, str], int],
    ) -> None:
        """Take the papers of the city and of its years; a closed year takes only what never closes."""
        missing = merging_papers.missing(self.connection, Owner(self.id), given.papers)
        merging_papers.add(self.connection, Owner(self.id), self.city, missing, self.notes)
        for year in given.years:
            key = (year.year, year.edition)
            owner = Owner(self.id, known[key])
            missing = merging_papers.missing(self.connection, owner, year.papers)
            if key not in fresh:
                missing = self._allowed(missing, owner, year)
            merging_papers.add(self.connection, owner, f"{self.city} {year.year} ({year.edition})", missing, self.notes)

    def _allowed(self, missing: Sequence[PaperRecord], owner: Owner, year: YearRecord) -> Sequence[PaperRecord]:
        """Leave out what a closed year does not take."""
        free = [paper for paper in missing if paper.kind in ALWAYS_OPEN]
        return missing if len(free) == len(missing) or self._is_open(owner.assessment_id or 0, year) else free

    def _is_open(self, assessment_id: int, year: YearRecord) -> bool:
        """Tell whether a year takes changes; if not, it is noted why."""
        try:
            open_assessment(self.connection, assessment_id)
        except ClosedError as error:
            self.notes.refuse(f"{self.city} {year.year} {year.edition}", error.code, error.sentence)
            return False
        return True

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
        if not missing or not self._is_open(assessment_id, given):
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

    def _take_source(self, given: SourceRecord, documents: Mapping[str, Any]) -> None:
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
        self._take_attachments(source_id, given, documents)

    def _take_attachments(self, source_id: int, given: SourceRecord, documents: Mapping[str, Any]) -> None:
        table = tables.attachment
        known = {
            (row.sha256, row.name, row.person, row.time)
            for row in self.connection.execute(select(table).where(table.c.source_id == source_id))
        }
        for one in given.attachments:
            if (one.sha256, one.name, one.person, one.time) in known:
                continue
            file = documents.get(one.sha256)
            if file is not None:
                files.add_bytes(self.connection, one.sha256, file.bytes, file.media_type)
            elif one.removed_at is None:
                sentence = say("The file “{name}” is not in the document and was left out.", name=one.name)
                self.notes.refuse(given.title, "no_file", sentence)
                continue
            self.connection.execute(insert(table).values(**_bare(one), source_id=source_id))
            self.notes.files += 1


def _bare(one: Any) -> dict[str, Any]:
    """Give a record of the document as the columns of its table."""
    return {key: getattr(one, key) for key in type(one).model_fields}

"""Lines of a file become items, problems and questions; what is wrong in one line costs nothing beside it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from cbi.assessment import LONGEST_FIGURE, LONGEST_TEXT, Entry, Quality, Reason
from cbi.definitions.edition import PROFILE
from cbi.i18n import Listing, Sentence, listed, listed_apart, say
from cbi.intake import words
from cbi.intake.asked import Asked, asked_for
from cbi.intake.cells import understand
from cbi.intake.contradictions import ALL, BOTH, FIGURE, NO_FIGURE, contradicts, reason_on, which_holds
from cbi.intake.model import REASON, WAY, Content, Item, Line, Question, Statement
from cbi.intake.understood import Figure, Manner, Nothing, Understood, Unsure, Wrong
from cbi.labels import QUALITIES, REASONS
from cbi.problems import Problem, Severity
from cbi.sheets.model import place_of
from cbi.units import plain

_YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0+|年)?")
_OTHER_FILE = re.compile(r"\[\d+\]|\.(xlsx?|xlsm|ods)\b", re.IGNORECASE)
_THREADED = re.compile(r"^\[Threaded comment\].*?\nComment:\n\s*", re.DOTALL)
"""What Excel puts before a comment of its newer kind, for older programs."""


@dataclass(frozen=True, slots=True)
class Understanding:
    """What the lines of a file say."""

    items: tuple[Item, ...]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]


def understand_lines(
    lines: Iterable[Line],
    *,
    edition_id: str,
    language: str,
    manner: Manner,
    answers: Mapping[str, str],
    reasons_apart: bool = False,
) -> Understanding:
    """Understand every line. ``answers`` are the answers to questions, by their id or group.

    With ``reasons_apart`` a reason on a line of its own stands beside figures on purpose, as our plain table
    writes it. Elsewhere a figure and a reason why there is none contradict one another, and it is asked which holds.
    """
    reader = _Reader(edition_id, language, manner, answers, reasons_apart)
    for line in lines:
        reader.take(line)
    reader.finish()
    return Understanding(tuple(reader.items), tuple(reader.problems), tuple(reader.questions))


@dataclass(slots=True)
class _Reader:
    edition_id: str
    language: str
    manner: Manner
    answers: Mapping[str, str]
    reasons_apart: bool
    items: list[Item] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    ids: set[str] = field(default_factory=set)
    of_indicators: list[tuple[int, Line]] = field(default_factory=list)
    """Lines of indicators as a whole, each with its place among the items: read when all figures are known."""

    def _is_too_long(self, line: Line) -> bool:
        """List the first cell that holds too much: notes, sources and answers in words may hold more than figures."""
        for column, cell in line.cells.items():
            asked = asked_for(self.edition_id, line.owner, line.name, self.language) if column == "value" else None
            is_text = column in ("note", "source") or (asked is not None and asked.kind == "text")
            most = LONGEST_TEXT if is_text else LONGEST_FIGURE
            if len(cell.text) > most:
                sentence = say("The cell holds more than {most} signs and was not read. Shorten it.", most=most)
                self._problem(line, Severity.ERROR, "cell_too_long", sentence, column)
                return True
        return False

    def take(self, line: Line) -> None:
        """Take one line."""
        if self._is_too_long(line):
            return
        if line.name == WAY:
            self._take_way(line)
            return
        if not line.name:
            self.of_indicators.append((len(self.items), line))
            return
        asked = asked_for(self.edition_id, line.owner, line.name, self.language)
        found = None
        if asked is not None:
            found = self._ticked(line, asked) if line.ticks else self._answered(line, asked)
            if isinstance(found, Figure):
                found = self._figure_or_reason(line, asked, found)
            if found is None:
                return  # it is asked what the line means; until then it is left out
        if not isinstance(found, Figure) or reason_on(line) is None:
            self._take_reason(line)
        if asked is None:
            return
        if isinstance(found, Wrong):
            self._problem(line, Severity.ERROR, found.code, found.sentence)
        elif isinstance(found, Figure):
            self._take_figure(line, asked, found)
        elif isinstance(found, Nothing) and found.reason is not None:
            self._take_stated(line, found.reason)
        elif isinstance(found, Nothing) and not line.text("reason"):
            self._miss_figure(line)

    def _figure_or_reason(self, line: Line, asked: Asked, found: Figure) -> Figure | Nothing | None:
        """Settle what a line means that holds a figure and a reason why there is none; None while that is asked."""
        reason = reason_on(line)
        if reason is None or not contradicts(reason):
            return found
        key = self._which_holds(line, asked.label, asked.written(Entry(found.value, found.unit)), reason)
        if key == BOTH:
            self._take_reason(line)
        return None if not key else Nothing() if key == NO_FIGURE else found

    def _which_holds(self, line: Line, label: str, figure: str | Listing, reason: Reason) -> str:
        """Ask whether a figure holds, or the reason beside it; gives the answer, empty while there is none."""
        question = which_holds(line, label, figure, reason)
        keys = (self.answers.get(name) for name in (question.id, question.group, ALL))
        key = next((key for key in keys if key in (FIGURE, NO_FIGURE, BOTH)), "")
        if not key:
            self.questions.append(question)
        return key or ""

    def finish(self) -> None:
        """Take what is said of indicators as a whole, now that their figures are known."""
        for position, line in reversed(self.of_indicators):
            taken = len(self.items)
            without_figures = self._take_indicator(line)
            told = self.items[taken:]
            del self.items[taken:]
            self.items[position:position] = told
            if without_figures:
                self.items = [item for item in self.items if not self._is_figure_of(item, line.owner)]

    def _take_indicator(self, line: Line) -> bool:
        """Take what is said of an indicator as a whole; tells whether it holds in place of the figures given for it."""
        reason = reason_on(line)
        figures = [item for item in self.items if self._is_figure_of(item, line.owner)]
        if reason is None or not figures or self.reasons_apart:
            self._take_reason(line)
            return False
        key = FIGURE
        if contradicts(reason):
            told = listed_apart(say("{label} ({figure})", label=item.label, figure=item.becomes) for item in figures)
            asked = asked_for(self.edition_id, line.owner, "=", self.language)
            key = self._which_holds(line, asked.label if asked else line.owner, told, reason)
        if key == FIGURE:
            self._take_reason(
                replace(line, cells={column: line.cells[column] for column in line.cells.keys() - {"reason"}})
            )
        elif key:
            self._take_reason(line)
        return key in ("", NO_FIGURE)

    def _is_figure_of(self, item: Item, owner: str) -> bool:
        """Tell whether an item gives a figure that an indicator is scored by, not one beside the score."""
        if item.owner != owner or not isinstance(item.content, Entry):
            return False
        asked = asked_for(self.edition_id, owner, item.input, self.language)
        return asked is not None and not any(one.optional for one in asked.inputs)

    def _answered(self, line: Line, asked: Asked) -> Understood | None:
        """Understand the value of a line; a question that is not answered yet is asked."""
        cell = line.cells.get("value")
        if cell is None:
            return Nothing()
        found = understand(cell, asked, line.text("unit") or line.usual_unit, self.manner)
        while isinstance(found, Unsure):
            if found.group == "unit" and line.hectares:
                sentence = say("The area has no unit and was read as hectares.")
                self._problem(line, Severity.WARNING, "no_unit", sentence)
                first = found.readings[0][1]
                return Figure(first.value) if isinstance(first, Figure) else None
            question = f"{line.where()}#{found.group}"
            key = self.answers.get(question) or self.answers.get(found.group)
            meant = found.answered(key) if key else None
            if meant is None:
                options = tuple(option for option, _ in found.readings)
                self.questions.append(
                    Question(
                        question,
                        found.group,
                        line.where(),
                        line.place,
                        line.name,
                        asked.label,
                        cell.text,
                        found.sentence,
                        options,
                    )
                )
                return None
            found = meant
        return found

    def _ticked(self, line: Line, asked: Asked) -> Understood:
        """Understand the yes and no of a checklist. Open items beside nothing but “no” leave the list open."""
        ticks = {name: words.tick_of(cell.text) for name, cell in line.ticks.items() if cell.text.strip()}
        for name, tick in ticks.items():
            text = plain(line.ticks[name].text)
            if tick is None and text not in words.BLANK:
                cell = line.ticks[name]
                sentence = say("“{found}” is neither yes nor no. Answer yes or no.", found=cell.text)
                where = place_of(line.sheet, cell)
                self.problems.append(Problem(Severity.ERROR, "not_a_tick", where, sentence, line.indicator, line.name))
        known = {name: tick for name, tick in ticks.items() if tick is not None}
        if not known:
            return Nothing()
        yes = tuple(item.id for item in asked.inputs[0].items if known.get(item.id))
        left = [item for item in asked.inputs[0].items if item.id not in known]
        if not yes and left:
            return Wrong(
                "incomplete",
                say(
                    "{label}: no item is answered with yes, and {count} are still open. Answer each with yes or no.",
                    label=asked.label,
                    count=len(left),
                ),
            )
        return Figure(yes)

    def _take_figure(self, line: Line, asked: Asked, found: Figure) -> None:
        entry = Entry(
            found.value,
            found.unit,
            self._year(line),
            self._quality(line),
            line.text("source"),
            self._note(line),
        )
        self._add(line, asked.label, self._found(line, asked), asked.written(entry), entry, line.name)
        cell = line.cells.get("value")
        if cell is None:
            return
        if cell.hidden:
            sentence = say("The row or column is hidden. The figure was read; check that it still holds.")
            self._problem(line, Severity.NOTE, "hidden", sentence)
        if cell.spans_rows:
            sentence = say(
                "The cells {range} are merged. The figure was taken for the first row only; "
                "the rows below it have none.",
                range=cell.merged,
            )
            self._problem(line, Severity.WARNING, "merged", sentence)
        if cell.formula.count("["):
            sentence = say(
                "The figure is taken from another file ({found}). Check that it is up to date.", found=cell.formula[:80]
            )
            self._problem(line, Severity.NOTE, "external_figure", sentence)

    def _miss_figure(self, line: Line) -> None:
        """Say that a note was left where no figure stands: it is shown here, and kept nowhere."""
        if note := self._note(line):
            sentence = say("There is a note but no figure, so nothing was taken. It says: {note}", note=note[:200])
            self._problem(line, Severity.NOTE, "note_without_figure", sentence)

    def _found(self, line: Line, asked: Asked) -> str:
        if line.ticks:
            ticked = [(item.label, line.ticks[item.id].text) for item in asked.inputs[0].items if item.id in line.ticks]
            return "; ".join(f"{label}: {text}" for label, text in ticked if text.strip())
        cell = line.cells["value"]
        shown = f"{cell.formula} → {cell.text}" if cell.formula else cell.text
        unit = line.text("unit")
        return f"{shown} {unit}".strip() if unit and unit not in shown else shown

    def _take_way(self, line: Line) -> None:
        text = line.text("value")
        if not text or plain(text) in words.BLANK:
            return
        asked = asked_for(self.edition_id, line.owner, "=", self.language)
        if asked is None:
            return
        wanted = plain(text)
        for indicator in asked.indicators:
            for way in indicator.ways:
                if wanted in (way.id, plain(way.label)):
                    label = {one.id: one.label for one in asked.indicators[0].ways}[way.id]
                    self._add(line, asked.label, text, label, way.id, WAY)
                    return
        known = listed_apart(way.label for way in asked.indicators[0].ways)
        sentence = say("“{found}” is no measure of this indicator. Use one of: {known}.", found=text, known=known)
        self._problem(line, Severity.ERROR, "unknown_way", sentence)

    def _take_reason(self, line: Line) -> None:
        """Take why there is no value; for an indicator as a whole its note and source too."""
        text = line.text("reason")
        reason = words.reason_of(text) if text else None
        if text and reason is None and plain(text) not in words.BLANK:
            sentence = say(
                "“{found}” is not a reason that is known. Use one of: {known}.",
                found=text,
                known=listed_apart(REASONS.values()),
            )
            self._problem(line, Severity.ERROR, "unknown_reason", sentence, "reason")
        note, source = self._note(line), line.text("source")
        if line.owner != PROFILE and (reason is not None or (not line.name and (note or source))):
            becomes: str | Sentence = REASONS[reason] if reason is not None else note or source
            self._add_statement(line, reason, text or note or source, becomes, "reason" if text else "note")
        elif reason is not None:
            self._no_place_for_reason(line, text, "reason")

    def _take_stated(self, line: Line, reason: Reason) -> None:
        """Take a reason that stands in the cell of the value."""
        if line.owner == PROFILE:
            self._no_place_for_reason(line, line.text("value"), "value")
        else:
            self._add_statement(line, reason, line.text("value"), REASONS[reason], "value")

    def _no_place_for_reason(self, line: Line, found: str, column: str) -> None:
        sentence = say("“{found}”: no figure was taken. What stands in the profile stays as it is.", found=found)
        self._problem(line, Severity.NOTE, "no_figure", sentence, column)

    def _add_statement(
        self, line: Line, reason: Reason | None, found: str, becomes: str | Sentence, column: str
    ) -> None:
        asked = asked_for(self.edition_id, line.owner, "=", self.language)
        label = asked.label if asked else line.owner
        statement = Statement(reason, self._note(line), line.text("source"), line.name)
        self._add(line, label, found, becomes, statement, REASON, column)

    def _add(
        self,
        line: Line,
        label: str,
        found: str,
        becomes: str | Sentence,
        content: Content,
        name: str,
        column: str = "value",
    ) -> None:
        where = line.where(column)
        key = where if where not in self.ids else f"{where}#{name}"
        while key in self.ids:
            key += "'"
        self.ids.add(key)
        self.items.append(Item(key, where, line.place, name, label, found, becomes, content))

    def _note(self, line: Line) -> str:
        """Join the note of a line with the comments on its cells; where and by what they were made is left out."""
        comments = [
            _THREADED.sub("", cell.comment).strip()
            for cell in (*line.cells.values(), *line.ticks.values())
            if cell.comment
        ]
        return "\n".join(dict.fromkeys(text for text in (line.text("note"), *comments) if text))

    def _year(self, line: Line) -> int | None:
        cell = line.cells.get("data_year")
        if cell is None or not cell.text.strip() or plain(cell.text) in words.BLANK:
            return None
        if isinstance(cell.value, date):
            return cell.value.year
        if match := _YEAR.fullmatch(cell.text.strip()):
            return int(match[1])
        sentence = say("“{found}” is not a year and was left out. Write four digits, such as 2026.", found=cell.text)
        self._problem(line, Severity.WARNING, "not_a_year", sentence, "data_year")
        return None

    def _quality(self, line: Line) -> Quality | None:
        text = line.text("quality")
        if not text or plain(text) in words.BLANK:
            return None
        quality = words.quality_of(text)
        if quality is None:
            sentence = say(
                "“{found}” is not a quality that is known, and was left out. Use one of: {known}.",
                found=text,
                known=listed(QUALITIES.values()),
            )
            self._problem(line, Severity.WARNING, "unknown_quality", sentence, "quality")
        return quality

    def _problem(self, line: Line, severity: Severity, code: str, sentence: Sentence, column: str = "value") -> None:
        self.problems.append(Problem(severity, code, line.where(column), sentence, line.indicator, line.name or None))

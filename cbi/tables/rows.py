"""Rows of the long form collected into assessments; what cannot be read is listed and costs nothing beside it."""

from __future__ import annotations

import difflib
import re
import unicodedata
from dataclasses import replace
from functools import cache

from cbi.amounts import AmountError, amount_of
from cbi.assessment import LONGEST_FIGURE, LONGEST_TEXT, Answer, Assessment, Entry, Quality, Reason
from cbi.definitions import EDITIONS, Edition, edition
from cbi.definitions.edition import PROFILE
from cbi.definitions.models import Indicator, OwnInput
from cbi.gathering import figure
from cbi.i18n import LANGUAGES, Sentence, listed, say
from cbi.labels import REASONS
from cbi.problems import Problem, Severity
from cbi.reading import ReadingError, read_finished, read_input
from cbi.tables.shapes import INDICATOR, Row
from cbi.units import plain

QUALITIES = {"高": Quality.HIGH, "中": Quality.MEDIUM, "低": Quality.LOW}

CODES = {reason.value: reason for reason in Reason}

_DATE = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")

MOST_HINTS = 100
"""Problems after which it is no longer looked for what was probably meant."""


class RowReader:
    """Collects rows into assessments, and what is wrong with them."""

    def __init__(self, edition_id: str, locale: str, language: str) -> None:
        self.edition_id = edition_id
        self.locale = locale
        self.language = language
        self.problems: list[Problem] = []
        self._found: dict[tuple[str | None, int | None, str], Assessment] = {}
        self._lines: dict[tuple[object, ...], tuple[str, Entry]] = {}
        self._contradicted: set[tuple[object, ...]] = set()

    def assessments(self) -> tuple[Assessment, ...]:
        """Give what was collected, in the order of the table."""
        return tuple(self._found.values())

    def _near(self, text: str, known: list[str]) -> list[str]:
        """Find what was probably meant; not for every row of a file that is another table altogether."""
        return difflib.get_close_matches(text[:100], known, 1) if len(self.problems) < MOST_HINTS else []

    def _wrong(self, row: Row, code: str, sentence: Sentence, severity: Severity = Severity.ERROR) -> None:
        self.problems.append(Problem(severity, code, row.where, sentence))

    def _unreadable(self, row: Row, error: ReadingError) -> None:
        """List a value that cannot be read; what a spreadsheet made of it is said in its own words."""
        found = row["value"].strip()
        if found.startswith("="):
            sentence = say(
                "The formula “{found}” was never calculated. Open the file in your spreadsheet program and save it, "
                "or type the figure itself.",
                found=found,
            )
            self._wrong(row, "formula", sentence)
        elif _DATE.fullmatch(found):
            sentence = say(
                "“{found}” is a date, not a figure. Format the cell as text or number and type the figure again.",
                found=found,
            )
            self._wrong(row, "date", sentence)
        else:
            self._wrong(row, error.code, error.sentence)

    def take(self, row: Row) -> None:
        """Take one row into its assessment."""
        if not any(text.strip() for text in row.cells.values()):
            return
        for column, text in row.cells.items():
            if len(text) > (most := self._most_signs(row, column)):
                self._wrong(
                    row,
                    "cell_too_long",
                    say(
                        "The cell under “{column}” holds {count} signs, more than {most}. Shorten it.",
                        column=column[:40],
                        count=len(text),
                        most=most,
                    ),
                )
                return
        name = row["edition"].strip() or self.edition_id
        if name not in EDITIONS:
            self._wrong(
                row,
                "unknown_edition",
                say("There is no edition “{found}”. Use one of: {known}.", found=name, known=listed(EDITIONS)),
            )
            return
        asked = edition(name, self.language)
        year = self._whole(row, "year")
        if row["year"].strip() and year is None:
            return
        key = (row["city"].strip() or None, year, name)
        before = self._found.get(key) or Assessment(name, city=key[0], year=year)
        self._found[key] = self._with_row(before, asked, row)

    def _most_signs(self, row: Row, column: str) -> int:
        """Tell how much a cell may hold: notes, sources and answers in words more than figures and names."""
        if column in ("note", "source"):
            return LONGEST_TEXT
        if column != "value":
            return LONGEST_FIGURE
        asked = edition(row["edition"].strip() if row["edition"].strip() in EDITIONS else self.edition_id)
        indicator = None if names_profile(row["indicator"].strip()) else find_indicator(asked, row["indicator"].strip())
        inputs = indicator.inputs if indicator else asked.profile_inputs
        found = inputs.get(row["input"].strip())
        return LONGEST_TEXT if getattr(found, "kind", "") == "text" else LONGEST_FIGURE

    def _whole(self, row: Row, column: str) -> int | None:
        text = row[column].strip()
        if not text:
            return None
        if match := re.fullmatch(r"((?:19|20)\d\d)(?:\.0+|年)?", text):
            return int(match[1])
        self._wrong(
            row,
            "not_a_year",
            say(
                "“{found}” in the column “{column}” is not a year. Write four digits, such as 2026.",
                found=text,
                column=column,
            ),
        )
        return None

    def _with_row(self, before: Assessment, asked: Edition, row: Row) -> Assessment:
        text = row["indicator"].strip()
        if not text:
            self._wrong(row, "no_indicator", say("The row names no indicator. Write its number or id, or “profile”."))
            return before
        if names_profile(text):
            return self._with_profile(before, asked, row)
        indicator = find_indicator(asked, text)
        if indicator is None:
            near = self._near(text.casefold(), [one.id for one in asked.indicators])
            hint = near[0] if near else f"1 … {len(asked.indicators)}"
            self._wrong(
                row,
                "unknown_indicator",
                say(
                    "There is no indicator “{found}” in the {edition} edition: {hint}?",
                    found=text,
                    edition=asked.id,
                    hint=hint,
                ),
            )
            return before
        answer = before.answers.get(indicator.id, Answer())
        return replace(
            before, answers={**before.answers, indicator.id: self._with_answer(answer, before, asked, indicator, row)}
        )

    def _with_profile(self, before: Assessment, asked: Edition, row: Row) -> Assessment:
        name = row["input"].strip()
        if name not in asked.profile_inputs:
            near = self._near(name, list(asked.profile_inputs)) or ["city_area", "population"]
            self._wrong(
                row,
                "unknown_input",
                say("The profile asks for no “{found}”: {known}?", found=name, known=listed(near)),
            )
            return before
        if not row["value"].strip():
            return before
        try:
            value, unit = read_input(row["value"], asked.profile_inputs[name], unit=row["unit"], locale=self.locale)
        except ReadingError as error:
            self._unreadable(row, error)
            return before
        entry = self._entry(row, value, unit, asked.profile_inputs[name].kind)
        if self._contradicts(row, (*_key(before), PROFILE, name), entry, asked.profile_inputs[name]):
            return replace(before, profile={key: kept for key, kept in before.profile.items() if key != name})
        return replace(before, profile={**before.profile, name: entry})

    def _with_answer(
        self, answer: Answer, before: Assessment, asked: Edition, indicator: Indicator, row: Row
    ) -> Answer:
        name = row["input"].strip()
        key = (*_key(before), indicator.id, name)
        if _named_reason(row["value"].strip()) and not row["reason"].strip():
            row = Row(
                row.where, {**row.cells, "reason": row["value"], "value": ""}
            )  # the reason stands in place of the value
        answer = self._with_reason(answer, (*_key(before), indicator.id, "reason"), row)
        if not row["value"].strip():
            return replace(
                answer, note=answer.note or row["note"].strip(), source=answer.source or row["source"].strip()
            )
        if name in ("way", "measure"):
            way = row["value"].strip()
            contradicted = self._contradicts(row, (*_key(before), indicator.id, "way"), Entry(way))
            return replace(answer, way="" if contradicted else way)
        try:
            if not name:
                finished = self._entry(
                    row, read_finished(row["value"], indicator, unit=row["unit"], locale=self.locale), "", ""
                )
                if self._contradicts(row, key, finished):
                    return replace(answer, finished=None, unreadable=True)
                return replace(answer, finished=finished)
            if name not in indicator.inputs:
                near = self._near(name, list(indicator.inputs)) or list(indicator.inputs)
                self._wrong(
                    row,
                    "unknown_input",
                    say(
                        "Indicator {number} asks for no “{found}”: {known}?",
                        number=indicator.number,
                        found=name,
                        known=listed(near),
                    ),
                )
                return replace(answer, unreadable=True)
            definition = asked.input(indicator.id, name)
            value, unit = read_input(row["value"], definition, unit=row["unit"], locale=self.locale)
        except ReadingError as error:
            self._unreadable(row, error)
            return replace(answer, unreadable=True)
        entry = self._entry(row, value, unit, definition.kind)
        if self._contradicts(row, key, entry, definition):
            kept = {other: given for other, given in answer.inputs.items() if other != name}
            return replace(answer, inputs=kept, unreadable=True)
        return replace(answer, inputs={**answer.inputs, name: entry})

    def _with_reason(self, answer: Answer, key: tuple[object, ...], row: Row) -> Answer:
        text = row["reason"].strip()
        if not text:
            return answer
        reason = _named_reason(text)
        if reason is None:
            self._wrong(
                row,
                "unknown_reason",
                say("“{found}” is not a reason that is known. Use one of: {known}.", found=text, known=listed(Reason)),
            )
            return replace(answer, unreadable=True)
        contradicted = self._contradicts(row, key, Entry(reason.value))
        return replace(
            answer,
            reason=None if contradicted else reason,
            note=answer.note or row["note"].strip(),
            source=answer.source or row["source"].strip(),
        )

    def _entry(self, row: Row, value: object, unit: str, kind: str) -> Entry:
        if kind in ("area", "list of area") and not unit:
            self._wrong(row, "no_unit", say("The area has no unit and was read as hectares."), Severity.WARNING)
        return Entry(
            value,  # type: ignore[arg-type]
            unit,
            data_year=self._whole(row, "data_year"),
            quality=self._quality(row),
            source=row["source"].strip(),
            note=row["note"].strip(),
        )

    def _quality(self, row: Row) -> Quality | None:
        text = row["quality"].strip().casefold()
        if not text:
            return None
        if text in QUALITIES:
            return QUALITIES[text]
        if text in set(Quality):
            return Quality(text)
        self._wrong(
            row,
            "unknown_quality",
            say("“{found}” is not a quality that is known. Use one of: {known}.", found=text, known=listed(Quality)),
            Severity.WARNING,
        )
        return None

    def _contradicts(self, row: Row, key: tuple[object, ...], entry: Entry, asked: OwnInput | None = None) -> bool:
        """Tell whether an earlier row gave something else for the same thing; then none of them is used."""
        where, before = self._lines.setdefault(key, (row.where, entry))
        if _same(before, entry, asked):
            return key in self._contradicted
        self._contradicted.add(key)
        sentence = say(
            "Two different entries for the same thing: {first} ({first_place}) and {second} ({second_place}). "
            "Keep the right one.",
            first=figure(before),
            first_place=where,
            second=figure(entry),
            second_place=row.where,
        )
        self._wrong(row, "two_figures", sentence)
        return True


def names_profile(text: str) -> bool:
    """Tell whether a row speaks of the profile."""
    return text.strip().casefold() in (PROFILE, "概况", "城市概况")


def _key(assessment: Assessment) -> tuple[str | None, int | None, str]:
    return assessment.city, assessment.year, assessment.edition


def _same(one: Entry, other: Entry, asked: OwnInput | None) -> bool:
    """Tell whether two entries say the same: 33.22 km² and 3 322 ha do."""
    if (one.value, one.unit) == (other.value, other.unit):
        return True
    try:
        return asked is not None and amount_of(one, asked) == amount_of(other, asked)
    except AmountError:
        return False


def _named_reason(text: str) -> Reason | None:
    """Find a reason by its code, or by what it is called in any language."""
    wanted = plain(text)
    if wanted in CODES:
        return CODES[wanted]
    if not any(sign.isalpha() for sign in wanted):  # a figure: no language needs to be opened for it
        return None
    return _reasons_by_name().get(wanted)


@cache
def _reasons_by_name() -> dict[str, Reason]:
    return {plain(called.text(language)): reason for reason, called in REASONS.items() for language in LANGUAGES}


def find_indicator(asked: Edition, text: str) -> Indicator | None:
    """Find an indicator by ``8``, ``I8``, ``8.0``, ``protected_areas`` or ``8 protected_areas``."""
    folded = unicodedata.normalize("NFKC", text).casefold().removesuffix(".0")
    match = INDICATOR.fullmatch(folded)
    first, _, rest = folded.partition(" ")
    found = asked.find(match[1].lstrip("0") if match else folded)
    if found is None and first.isdigit():
        found = asked.find(rest.strip())
    return found or _titled(asked, text)


def _titled(asked: Edition, text: str) -> Indicator | None:
    """Find an indicator by its title in any language."""
    found = _titles(asked.id).get(plain(text))
    return asked.find(found) if found else None


@cache
def _titles(edition_id: str) -> dict[str, str]:
    """Give the id of each indicator by its title, in every language."""
    indicators = (one for language in LANGUAGES for one in edition(edition_id, language).indicators)
    return {plain(one.title): one.id for one in indicators}

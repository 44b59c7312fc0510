"""The plain table: the one simple form that everything can read – CSV, JSON records or a sheet.

Columns ``city, year, edition, indicator, input, value, unit, data_year, quality, source, note, reason``;
only ``indicator`` and ``value`` (or ``reason``) are needed. Also understood: years as columns, and one row
a city and year with columns ``1 … 28`` or ``I1 … I28``. What cannot be read is listed with its line;
everything beside it is kept.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cbi.amounts import AmountError, amount_of
from cbi.assessment import Answer, Assessment, Entry, Quality, Reason
from cbi.definitions import EDITIONS, Edition, edition
from cbi.definitions.edition import PROFILE
from cbi.definitions.models import Indicator, OwnInput
from cbi.gathering import figure
from cbi.i18n import Sentence, say
from cbi.problems import Problem, Severity, has_errors
from cbi.reading import ReadingError, read_finished, read_input
from cbi.table_files import Cells, TableFileError, read_rows

COLUMNS = (
    "city",
    "year",
    "edition",
    "indicator",
    "input",
    "value",
    "unit",
    "data_year",
    "quality",
    "source",
    "note",
    "reason",
)

NAMES = {
    "城市": "city", "年份": "year", "评估年份": "year", "版本": "edition", "指标": "indicator",
    "输入项": "input", "填报项": "input", "数值": "value", "值": "value", "单位": "unit",
    "数据年份": "data_year", "质量": "quality", "数据质量": "quality", "来源": "source", "数据来源": "source",
    "备注": "note", "说明": "note", "原因": "reason", "no": "indicator", "number": "indicator",
}  # fmt: skip
"""What else a column may be called."""

QUALITIES = {"高": Quality.HIGH, "中": Quality.MEDIUM, "低": Quality.LOW}

_YEAR = re.compile(r"(19|20)\d\d")
_INDICATOR = re.compile(r"i?0?([1-9]\d?)", re.IGNORECASE)
_DATE = re.compile(r"\d{4}-\d\d-\d\d(T.*)?")

MOST_SIGNS = 5_000
"""The longest text that a cell may hold."""


@dataclass(frozen=True, slots=True)
class Table:
    """What a plain table holds: an assessment for each city, year and edition, and what could not be read."""

    assessments: tuple[Assessment, ...]
    problems: tuple[Problem, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the table in the long form, with its line."""

    where: str
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def read_table(
    source: Path | bytes, *, name: str = "", edition_id: str = EDITIONS[0], locale: str = "en", language: str = "en"
) -> Table:
    """Read a plain table from a file or its bytes.

    ``name`` is what messages call it (and its ending tells the form) when bytes are given; ``edition_id``
    holds where a row names no edition; ``locale`` says how numbers are written; ``language`` in which
    language labels may stand. Never raises for what is in the file.
    """
    name = name or (source.name if isinstance(source, Path) else "table.csv")
    try:
        head, body, found = read_rows(source, name)
    except TableFileError as error:
        return Table((), (Problem(Severity.ERROR, error.code, name, error.sentence),))
    rows, wrong = _long_rows(name, head, body)
    reader = _Reader(edition_id, locale, language)
    for row in rows:
        reader.take(row)
    if not rows and not wrong and not has_errors(found):
        sentence = say("The table names its columns but holds no figure below them. Add a row for each figure.")
        wrong.append(Problem(Severity.ERROR, "no_rows", name, sentence))
    return Table(reader.assessments(), (*found, *wrong, *reader.problems))


def _column(text: str) -> str:
    folded = text.strip().casefold().replace(" ", "_")
    return NAMES.get(folded, folded)


def _long_rows(name: str, head: Sequence[str], body: Sequence[Cells]) -> tuple[list[Row], list[Problem]]:
    """Bring the three shapes into one: a row a figure."""
    columns = [_column(text) for text in head]
    twice = sorted({column for column in columns if column and columns.count(column) > 1})
    if twice:
        return [], [
            Problem(
                Severity.ERROR,
                "repeated_column",
                f"{name}:1",
                say("The column “{names}” stands twice. Keep one.", names=", ".join(twice)),
            )
        ]
    years = [column for column in columns if _YEAR.fullmatch(column)]
    numbers = {column: match[1].lstrip("0") for column in columns if (match := _INDICATOR.fullmatch(column))}
    if "indicator" in columns and ("value" in columns or "reason" in columns):
        known = set(COLUMNS)
        rows = [Row(f"{name}:{cells.line}", dict(zip(columns, cells.texts, strict=False))) for cells in body]
    elif "indicator" in columns and years:
        known = {*COLUMNS, *years}
        rows = [row for cells in body for row in _by_year(name, columns, cells, years)]
    elif numbers:
        known = {*COLUMNS, *numbers, *_profile_columns(columns)}
        rows = [row for cells in body for row in _by_indicator(name, columns, cells, numbers)]
    else:
        sentence = say(
            "No column “indicator” with “value”, no years, and no columns 1 … 28 were found, but: {found}. "
            "The first row must name the columns.",
            found=", ".join(text for text in head if text)[:200] or "–",
        )
        return [], [Problem(Severity.ERROR, "unknown_shape", f"{name}:1", sentence)]
    unknown = [text for text, column in zip(head, columns, strict=True) if column and column not in known]
    problems = [
        Problem(
            Severity.WARNING,
            "unknown_column",
            f"{name}:1",
            say("The column “{found}” is not known and was not read.", found=text),
        )
        for text in unknown
    ]
    return rows, problems


def _by_year(name: str, columns: Sequence[str], cells: Cells, years: Sequence[str]) -> Iterator[Row]:
    given = dict(zip(columns, cells.texts, strict=False))
    rest = {column: text for column, text in given.items() if column not in years}
    for year in years:
        if given.get(year, "").strip():
            yield Row(f"{name}:{cells.line}", _value_or_reason({**rest, "year": year}, given[year]))


def _by_indicator(name: str, columns: Sequence[str], cells: Cells, numbers: Mapping[str, str]) -> Iterator[Row]:
    given = dict(zip(columns, cells.texts, strict=False))
    rest = {column: text for column, text in given.items() if column in COLUMNS}
    for column in _profile_columns(columns):
        if given.get(column, "").strip():
            yield Row(f"{name}:{cells.line}", {**rest, "indicator": PROFILE, "input": column, "value": given[column]})
    for column, number in numbers.items():
        if given.get(column, "").strip():
            yield Row(f"{name}:{cells.line}", _value_or_reason({**rest, "indicator": number}, given[column]))


def _profile_columns(columns: Sequence[str]) -> list[str]:
    return [column for column in columns if any(column in edition(name).profile_inputs for name in EDITIONS)]


def _value_or_reason(cells: dict[str, str], text: str) -> dict[str, str]:
    """A cell of a wide table may hold a reason in place of a value."""
    return {**cells, "reason": text} if text.strip() in set(Reason) else {**cells, "value": text}


class _Reader:
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
            if len(text) > MOST_SIGNS:
                self._wrong(
                    row,
                    "cell_too_long",
                    say(
                        "The cell under “{column}” holds {count} signs, more than {most}. Shorten it.",
                        column=column[:40],
                        count=len(text),
                        most=MOST_SIGNS,
                    ),
                )
                return
        name = row["edition"].strip() or self.edition_id
        if name not in EDITIONS:
            self._wrong(
                row,
                "unknown_edition",
                say("There is no edition “{found}”. Use one of: {known}.", found=name, known=", ".join(EDITIONS)),
            )
            return
        asked = edition(name, self.language)
        year = self._whole(row, "year")
        if row["year"].strip() and year is None:
            return
        key = (row["city"].strip() or None, year, name)
        before = self._found.get(key) or Assessment(name, city=key[0], year=year)
        self._found[key] = self._with_row(before, asked, row)

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
        if text.casefold() in (PROFILE, "概况", "城市概况"):
            return self._with_profile(before, asked, row)
        indicator = _find(asked, text)
        if indicator is None:
            near = difflib.get_close_matches(text.casefold(), [one.id for one in asked.indicators], 1)
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
            near = difflib.get_close_matches(name, list(asked.profile_inputs), 1) or ["city_area", "population"]
            self._wrong(
                row,
                "unknown_input",
                say("The profile asks for no “{found}”: {known}?", found=name, known=", ".join(near)),
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
                    return replace(answer, finished=None)
                return replace(answer, finished=finished)
            if name not in indicator.inputs:
                near = difflib.get_close_matches(name, list(indicator.inputs), 1) or list(indicator.inputs)
                self._wrong(
                    row,
                    "unknown_input",
                    say(
                        "Indicator {number} asks for no “{found}”: {known}?",
                        number=indicator.number,
                        found=name,
                        known=", ".join(near) or "–",
                    ),
                )
                return answer
            definition = asked.input(indicator.id, name)
            value, unit = read_input(row["value"], definition, unit=row["unit"], locale=self.locale)
        except ReadingError as error:
            self._unreadable(row, error)
            return answer
        entry = self._entry(row, value, unit, definition.kind)
        if self._contradicts(row, key, entry, definition):
            return replace(answer, inputs={kept: given for kept, given in answer.inputs.items() if kept != name})
        return replace(answer, inputs={**answer.inputs, name: entry})

    def _with_reason(self, answer: Answer, key: tuple[object, ...], row: Row) -> Answer:
        text = row["reason"].strip()
        if not text:
            return answer
        try:
            reason = Reason(text.casefold())
        except ValueError:
            self._wrong(
                row,
                "unknown_reason",
                say(
                    "“{found}” is not a reason that is known. Use one of: {known}.", found=text, known=", ".join(Reason)
                ),
            )
            return answer
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
            say("“{found}” is not a quality that is known. Use one of: {known}.", found=text, known=", ".join(Quality)),
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


def _find(asked: Edition, text: str) -> Indicator | None:
    """Find an indicator by ``8``, ``I8``, ``8.0``, ``protected_areas`` or ``8 protected_areas``."""
    folded = unicodedata.normalize("NFKC", text).casefold().removesuffix(".0")
    match = _INDICATOR.fullmatch(folded)
    first, _, rest = folded.partition(" ")
    return asked.find(match[1].lstrip("0") if match else folded) or (
        asked.find(rest.strip()) if first.isdigit() else None
    )

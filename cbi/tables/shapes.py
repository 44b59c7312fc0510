"""The shapes of a plain table brought into one: a row a figure."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from cbi.assessment import Reason
from cbi.definitions import EDITIONS, edition
from cbi.definitions.edition import PROFILE
from cbi.i18n import say
from cbi.problems import Problem, Severity
from cbi.tables.columns import COLUMNS
from cbi.tables.files import Cells

NAMES = {
    "城市": "city", "年份": "year", "评估年份": "year", "版本": "edition", "指标": "indicator",
    "输入项": "input", "填报项": "input", "数值": "value", "值": "value", "单位": "unit",
    "数据年份": "data_year", "质量": "quality", "数据质量": "quality", "来源": "source", "数据来源": "source",
    "备注": "note", "说明": "note", "原因": "reason", "no": "indicator", "number": "indicator",
}  # fmt: skip
"""What else a column may be called."""

YEAR = re.compile(r"(19|20)\d\d")
INDICATOR = re.compile(r"i?0?([1-9]\d?)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Row:
    """One figure of the table in the long form, with its line, and the column that the figure itself stands in."""

    where: str
    cells: Mapping[str, str]
    line: int = 0
    column: str = "value"

    def __getitem__(self, column: str) -> str:
        return self.cells.get(column, "")


def column_of(text: str) -> str:
    """Give the column that a heading names, whatever it is called; an unknown heading stays as it is."""
    folded = text.strip().casefold().replace(" ", "_")
    return NAMES.get(folded, folded)


def long_rows(name: str, head: Sequence[str], body: Sequence[Cells]) -> tuple[list[Row], list[Problem]]:
    """Bring the three shapes into one: a row a figure."""
    columns = [column_of(text) for text in head]
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
    years = [column for column in columns if YEAR.fullmatch(column)]
    numbers = {column: match[1].lstrip("0") for column in columns if (match := INDICATOR.fullmatch(column))}
    if "indicator" in columns and ("value" in columns or "reason" in columns):
        known = set(COLUMNS)
        rows = [
            Row(f"{name}:{cells.line}", dict(zip(columns, cells.texts, strict=False)), cells.line) for cells in body
        ]
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
            yield Row(f"{name}:{cells.line}", _value_or_reason({**rest, "year": year}, given[year]), cells.line, year)


def _by_indicator(name: str, columns: Sequence[str], cells: Cells, numbers: Mapping[str, str]) -> Iterator[Row]:
    given = dict(zip(columns, cells.texts, strict=False))
    rest = {column: text for column, text in given.items() if column in COLUMNS}
    for column in _profile_columns(columns):
        if given.get(column, "").strip():
            profile = {**rest, "indicator": PROFILE, "input": column, "value": given[column]}
            yield Row(f"{name}:{cells.line}", profile, cells.line, column)
    for column, number in numbers.items():
        if given.get(column, "").strip():
            figure = _value_or_reason({**rest, "indicator": number}, given[column])
            yield Row(f"{name}:{cells.line}", figure, cells.line, column)


def _profile_columns(columns: Sequence[str]) -> list[str]:
    return [column for column in columns if any(column in edition(name).profile_inputs for name in EDITIONS)]


def _value_or_reason(cells: dict[str, str], text: str) -> dict[str, str]:
    """A cell of a wide table may hold a reason in place of a value."""
    return {**cells, "reason": text} if text.strip() in set(Reason) else {**cells, "value": text}

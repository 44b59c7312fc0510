"""Plain tables in every shape, read cell by cell; the shapes themselves are known to :mod:`cbi.tables`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from cbi.definitions import EDITIONS, edition
from cbi.definitions.edition import PROFILE
from cbi.draft import FINISHED
from cbi.i18n import say
from cbi.intake.asked import asked_for
from cbi.intake.grids import MOST_LINES
from cbi.intake.model import WAY, Line
from cbi.problems import Problem, Severity
from cbi.sheets import Book, Cell, Sheet
from cbi.tables.columns import COLUMNS
from cbi.tables.files import Cells
from cbi.tables.rows import RowReader, find_indicator, names_profile
from cbi.tables.shapes import INDICATOR, YEAR, Row, column_of, long_rows

FURTHEST_HEAD = 12
"""The line by which the names of the columns must have come."""

_YEAR_CELL = re.compile(r"((?:19|20)\d\d)(?:\.0+|年)?")

Key = tuple[str | None, int | None, str]
"""City, year and edition of a figure."""


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a table by city, year and edition, and what no line could be made of."""

    by_year: Mapping[Key, Sequence[Line]]
    problems: tuple[Problem, ...]


def heads(book: Book) -> dict[str, int]:
    """Find the line that names the columns on each sheet that holds a plain table."""
    full = {sheet.name: 1 for sheet in book.sheets if is_full_head(sheet)}
    if full:
        return full
    found = {}
    for sheet in book.sheets:
        for row, _ in sheet.rows[:FURTHEST_HEAD]:
            if _is_head([column_of(text) for text in sheet.texts(row)]):
                found[sheet.name] = row
                break
    return found


def is_full_head(sheet: Sheet) -> bool:
    """Tell whether a sheet begins with every column of the plain table, as the years of an export do."""
    return [text.strip() for text in sheet.texts(1)] == list(COLUMNS)


def _is_head(columns: Sequence[str]) -> bool:
    if "indicator" in columns:
        return "value" in columns or "reason" in columns or any(YEAR.fullmatch(column) for column in columns)
    numbers = [column for column in columns if INDICATOR.fullmatch(column)]
    return len(numbers) >= 2 and ("city" in columns or "year" in columns or all(n.startswith("i") for n in numbers))


def table_lines(book: Book, edition_id: str, language: str) -> Lines:
    """Give the lines of every plain table in a book. ``edition_id`` holds where a row names no edition."""
    problems: list[Problem] = []
    by_year: dict[Key, list[Line]] = {}
    for name, head in heads(book).items():
        sheet = book.sheet(name)
        if sheet is not None:
            _read_sheet(sheet, head, edition_id, language, book.is_text, by_year, problems)
    return Lines(by_year, tuple(problems))


def _read_sheet(
    sheet: Sheet,
    head: int,
    edition_id: str,
    language: str,
    is_text: bool,
    by_year: dict[Key, list[Line]],
    problems: list[Problem],
) -> None:
    titles = list(sheet.texts(head))
    columns = {column_of(title): number for number, title in enumerate(titles, 1) if title.strip()}
    if len(sheet.lines) > MOST_LINES:
        sentence = say(
            "The table has more than {most} rows, more than any city fills in. Bring it in with the command line: "
            "python -m cbi import FILE",
            most=MOST_LINES,
        )
        problems.append(Problem(Severity.ERROR, "too_large", sheet.name, sentence))
        return
    width = range(1, len(titles) + 1)
    body = [Cells(row, [sheet.at(row, column).text for column in width]) for row in sheet.lines if row > head]
    rows, wrong = long_rows(sheet.name, titles, body)
    problems += wrong
    rest = RowReader(edition_id, "en", language)
    for row in rows:
        found = _line(row, sheet, columns, edition_id, is_text)
        if found is None:
            rest.take(row)  # it says what is wrong with a row that names nothing that is asked
            continue
        key, line = found
        by_year.setdefault(key, []).append(line)
    problems += rest.problems


def _line(
    row: Row, sheet: Sheet, columns: Mapping[str, int], edition_id: str, is_text: bool
) -> tuple[Key, Line] | None:
    edition_name = row["edition"].strip() or edition_id
    year = row["year"].strip()
    match = _YEAR_CELL.fullmatch(year)
    if edition_name not in EDITIONS or (year and not match):
        return None
    at = columns.get(row.column)
    has_value = at is not None and not sheet.at(row.line, at).is_blank
    target = _target(row, edition_name, has_value)
    if target is None:
        return None
    names = {name: name for name in ("unit", "data_year", "quality", "source", "note", "reason")} | {
        "value": row.column
    }
    cells = {name: sheet.at(row.line, columns[column]) for name, column in names.items() if column in columns}
    if is_text:
        cells = {name: replace(cell, column=0) for name, cell in cells.items()}
    if not cells:
        return None
    cells.setdefault("value", Cell(row.line, 0))
    key = (row["city"].strip() or None, int(match[1]) if match else None, edition_name)
    return key, Line(*target, sheet.name, cells, hectares=True)


def _target(row: Row, edition_id: str, has_value: bool) -> tuple[str, str] | None:
    """Tell what a row speaks of: ``profile`` or an indicator, and its input; None if the edition does not ask it."""
    name, text = row["input"].strip(), row["indicator"].strip()
    if names_profile(text):
        return (PROFILE, name) if asked_for(edition_id, PROFILE, name, "en") else None
    indicator = find_indicator(edition(edition_id), text) if text else None
    if indicator is None:
        return None
    if not name:
        return indicator.id, FINISHED if has_value else ""
    if name in (WAY, "measure"):
        return indicator.id, WAY
    return (indicator.id, name) if asked_for(edition_id, indicator.id, name, "en") else None

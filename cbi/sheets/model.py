"""One model of cells for every format: where a cell stands, what it holds, how people see it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from functools import cached_property

from cbi.numbers import plain_text
from cbi.problems import Problem

Value = Decimal | str | bool | date | time | None
"""What a cell holds; a moment (``datetime``) is a ``date`` too."""

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"

MOST_ROWS = 200_000
MOST_COLUMNS = 200
MOST_CELLS = 150_000
MOST_BLANK_ROWS = 2_000
"""After so many rows without anything, a sheet is taken to be at its end."""

_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')
SHOWN_DIGITS = 15
"""A spreadsheet program shows and keeps fifteen digits; what follows in a calculated number is noise."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. ``row`` and ``column`` count from 1.

    ``value`` of a formula is the result that was last calculated, None if there is none. ``error`` is what
    stands there in place of a result (``#DIV/0!``). ``merged`` is the range that the cell is merged over,
    named at its top-left cell only.
    """

    row: int
    column: int
    value: Value = None
    number_format: str = ""
    formula: str = ""
    error: str = ""
    comment: str = ""
    hidden: bool = False
    merged: str = ""

    @property
    def ref(self) -> str:
        """The address as people know it: ``E14``."""
        return f"{column_letters(self.column)}{self.row}"

    @property
    def is_percent(self) -> bool:
        """Whether a number is shown in percent, so that 0.123 means 12.3 %."""
        return isinstance(self.value, Decimal) and shows_percent(self.number_format)

    @property
    def is_uncalculated(self) -> bool:
        """Whether it is a formula without any result."""
        return bool(self.formula) and self.value is None and not self.error

    @property
    def spans_rows(self) -> bool:
        """Whether it is merged with cells of rows below it."""
        first, _, last = self.merged.partition(":")
        return first.lstrip(LETTERS) != last.lstrip(LETTERS)

    @property
    def is_blank(self) -> bool:
        """Whether nothing stands in it; a comment may."""
        return not self.error and not self.formula and (self.value is None or (self.value in ("",)))

    @property
    def text(self) -> str:
        """The cell as text: 0.123 shown in percent is ``12.3 %``, a formula without result is shown itself."""
        if self.error:
            return self.error
        if self.is_uncalculated:
            return self.formula
        if isinstance(self.value, Decimal):
            return f"{plain_text(self.value * 100)} %" if self.is_percent else plain_text(self.value)
        if isinstance(self.value, datetime | date | time):
            return self.value.isoformat().removesuffix("T00:00:00")
        return "" if self.value is None else str(self.value)


BLANK = Cell(0, 0)


@dataclass(frozen=True)
class Sheet:
    """One sheet: its cells by row and column.

    ``cut`` tells why it was not read to its end: ``blank`` after too many empty rows, ``large`` beyond the
    bounds of any table; empty if it was.
    """

    name: str
    cells: Mapping[tuple[int, int], Cell]
    hidden: bool = False
    cut: str = ""

    def at(self, row: int, column: int) -> Cell:
        """Give a cell, blank if nothing stands there."""
        found = self.cells.get((row, column))
        return found if found is not None else Cell(row, column)

    @cached_property
    def lines(self) -> Mapping[int, Sequence[Cell]]:
        """Every row that holds anything, by its number; its cells from left to right."""
        found: dict[int, list[Cell]] = {}
        for row, column in sorted(self.cells):
            found.setdefault(row, []).append(self.cells[row, column])
        return {row: cells for row, cells in found.items() if any(not cell.is_blank for cell in cells)}

    @cached_property
    def rows(self) -> Sequence[tuple[int, Sequence[Cell]]]:
        """The rows that hold anything, each with its number and its cells from left to right."""
        return tuple(self.lines.items())

    def texts(self, row: int) -> Iterator[str]:
        """Give the texts of a row from its first column to its last."""
        cells = self.lines.get(row, ())
        for column in range(1, (cells[-1].column if cells else 0) + 1):
            yield self.at(row, column).text


@dataclass(frozen=True, slots=True)
class Book:
    """A file as sheets of cells, and what the reader of it should know."""

    name: str
    sheets: Sequence[Sheet]
    problems: Sequence[Problem] = field(default=())
    is_text: bool = False
    """Whether it is a text file (CSV), in which every number is a text."""

    def sheet(self, name: str) -> Sheet | None:
        """Find a sheet by its name."""
        return next((sheet for sheet in self.sheets if sheet.name == name), None)


def shows_percent(number_format: str) -> bool:
    """Tell whether a number format shows percent; in quotation marks or brackets the sign is mere decoration."""
    return "%" in number_format and "%" in _QUOTED.sub("", number_format)


def number_of(text: str, *, calculated: bool = False) -> Decimal:
    """Give the number that a file holds in binary: 0.1 was typed where 0.1000000000000000055 is stored.

    A calculated one is cut to the fifteen digits that the program shows. Raises ValueError for no number.
    """
    number = float(text)
    return Decimal(f"{number:.{SHOWN_DIGITS}g}" if calculated else repr(number))


def column_letters(column: int) -> str:
    """Give the letters of a column: 1 is A, 27 is AA."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_REF = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")


def position_of(ref: str) -> tuple[int, int] | None:
    """Give row and column of an address such as ``E14``; None for what is none."""
    match = _REF.fullmatch(ref)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - 64
    return int(match[2]), column


def place_of(sheet: str, cell: Cell) -> str:
    """Name a cell of a sheet (``Governance!E14``), or a line of a text file, which has no columns of letters."""
    return f"{sheet}!{cell.ref}" if cell.column else f"{sheet}:{cell.row}"

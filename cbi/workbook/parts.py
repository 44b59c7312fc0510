"""The parts of a template as data: sheets, columns, rows, and the codes that rows go by.

The writer draws it, the reader looks things up in it. Every row that takes an entry has a code that is the
same in every language and version (see :func:`parse_code`):

- ``profile.city_area``, ``protected_areas.protected_area``: an input;
- ``biodiversity_strategy.=``: the finished value, or the rung of a ladder;
- ``climate_responses.responses``: a checklist; its own row takes year, quality, source and note, and
  ``climate_responses.responses:mitigation`` takes yes or no for one of its items;
- ``habitat_restoration.way``: which measure counts;
- ``protected_areas``: the indicator itself; takes the reason why there is no value, with source and note;
- ``start.city``, ``start.year``, ``start.contact``: the head of the workbook.

A row without code only shows something. Text of the index comes from the edition, so the layout speaks the
edition's language.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cbi.definitions.edition import Edition
from cbi.draft import FINISHED

VERSION = 1
"""Version of the template. It goes up when codes, or what a cell means, change."""

HIDDEN = "_cbi"
"""The hidden sheet that tells the reader what this workbook is; it also holds the lists."""

CALCULATION = "_points"
"""The hidden sheet on which the points are worked out. Nothing of it is read."""

START, WAY = "start", "way"

HEADING_LINE = 3
"""The line of a sheet that names its columns; its rows begin below."""

RECORD = ("data_year", "quality", "source", "note")


class RowKind(StrEnum):
    """What a row of a sheet is for."""

    INDICATOR = "indicator"
    INPUT = "input"
    CHECKLIST = "checklist"
    ITEM = "item"
    FINISHED = "finished"
    LADDER = "ladder"
    WAY = "way"
    SHOWN = "shown"


@dataclass(frozen=True, slots=True)
class Code:
    """A code taken apart: whose row it is, which input, which item of a checklist."""

    owner: str
    name: str = ""
    item: str = ""

    def __str__(self) -> str:
        return self.owner + (f".{self.name}" if self.name else "") + (f":{self.item}" if self.item else "")


def parse_code(text: str) -> Code:
    """Take a code apart: ``a.b:c`` is item ``c`` of input ``b`` of indicator ``a``. Any text can be taken apart."""
    rest, _, item = text.strip().partition(":")
    owner, _, name = rest.partition(".")
    return Code(owner, name, item)


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its id, its heading, its width in signs."""

    id: str
    heading: str
    width: float


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet.

    ``block`` is the indicator (or ``profile``) under which it stands, which differs from the owner of its code
    where a figure of another indicator is asked. ``asks`` is the kind of what its value cell takes (a kind of the
    definitions, or ``ladder``, ``checklist``, ``item``, ``way``, ``choice``), empty where it takes none. ``entries``
    names the columns that take entries; ``choices`` and ``units`` the lists that value and unit are chosen from;
    ``unit`` is the unit where it is fixed. ``shows`` is the code of the row whose value is shown here.
    """

    kind: RowKind
    code: str
    block: str
    number: str = ""
    title: str = ""
    asked: str = ""
    asks: str = ""
    entries: tuple[str, ...] = ()
    choices: str = ""
    units: str = ""
    unit: str = ""
    shows: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet that takes entries: its id, its name on the tab, its title, its columns and rows in order."""

    id: str
    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    @property
    def lines(self) -> Sequence[tuple[int, Row]]:
        """Every row with the line of the sheet that it is written on."""
        return tuple(enumerate(self.rows, HEADING_LINE + 1))


@dataclass(frozen=True, slots=True)
class Layout:
    """The whole template. ``lists`` are what cells are chosen from, by name; ``indicators`` the ids asked, in order."""

    edition: Edition
    sheets: tuple[Sheet, ...]
    lists: Mapping[str, tuple[str, ...]]
    indicators: tuple[str, ...]

    @property
    def language(self) -> str:
        """The language of the template."""
        return self.edition.language

    @property
    def codes(self) -> Mapping[str, tuple[Sheet, int, Row]]:
        """Every row with a code: its sheet, its line and itself."""
        return {row.code: (sheet, line, row) for sheet in self.sheets for line, row in sheet.lines if row.code}


__all__ = [
    "CALCULATION",
    "FINISHED",
    "HEADING_LINE",
    "HIDDEN",
    "RECORD",
    "START",
    "VERSION",
    "WAY",
    "Code",
    "Column",
    "Layout",
    "Row",
    "RowKind",
    "Sheet",
    "parse_code",
]

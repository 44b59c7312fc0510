"""How the cells of a workbook look: each style is made once and shared by its cells, which keeps writing fast."""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Protection, Side

from cbi.sheets.cell_text import for_cell, is_risky

GREEN, PALE_GREEN, YELLOW, GREY_TEXT, AMBER, LIGHT_GREEN = "1F5C3A", "E6EFE9", "FFF8DC", "595959", "FCE4D6", "C6E0B4"

FONTS = {"en": "Arial", "zh_Hans": "Microsoft YaHei"}
"""A font that every spreadsheet program has or knows a substitute for, by language."""


@dataclass(frozen=True, slots=True)
class Look:
    """What makes a style: font, fill, border, alignment, and whether the cell takes entries."""

    bold: bool = False
    size: float = 10
    colour: str = "000000"
    fill: str = ""
    framed: bool = True
    wrap: bool = True
    across: str = "general"
    indent: int = 0
    entry: bool = False


LOOKS = {
    "title": Look(bold=True, size=16, colour=GREEN, framed=False, wrap=False),
    "heading": Look(bold=True, size=12, colour=GREEN, framed=False, wrap=False),
    "text": Look(framed=False, wrap=False),
    "total": Look(bold=True, framed=False, wrap=False, across="right"),
    "plain": Look(),
    "plain text": Look(across="left", indent=1),
    "head": Look(bold=True, colour="FFFFFF", fill=GREEN),
    "indicator": Look(bold=True, fill=PALE_GREEN),
    "counts": Look(fill=PALE_GREEN),
    "points": Look(bold=True, fill=PALE_GREEN, across="center"),
    "sum": Look(bold=True, framed=False, wrap=False, across="center"),
    "result": Look(bold=True, fill=PALE_GREEN, across="right"),
    "number of indicator": Look(bold=True, fill=PALE_GREEN, across="center"),
    "label": Look(),
    "number": Look(across="right"),
    "shown": Look(colour=GREY_TEXT, across="right"),
    "grey": Look(colour=GREY_TEXT, wrap=False),
    "grey number": Look(colour=GREY_TEXT, across="center"),
    "quiet": Look(colour=GREY_TEXT),
    "sign": Look(across="center"),
    "code": Look(colour=GREY_TEXT, size=8, wrap=False),
    "unit": Look(colour=GREY_TEXT, across="left", indent=1),
    "result unit": Look(fill=PALE_GREEN, across="left", indent=1),
    "unit entry": Look(fill=YELLOW, entry=True, across="left", indent=1),
    "entry": Look(fill=YELLOW, entry=True),
    "year": Look(fill=YELLOW, entry=True, across="left"),
}


class Styles:
    """The styles of one workbook, and the writing of cells with them."""

    def __init__(self, book: Workbook, language: str) -> None:
        self.language = language
        self._scratch = Cell(book.active, row=1, column=1)  # belongs to no sheet
        self._font = FONTS.get(language, FONTS["en"])
        side = Side(style="thin", color="BFBFBF")
        self._frame = Border(left=side, right=side, top=side, bottom=side)
        self._made: dict[tuple[str, bool], Any] = {}

    def _style(self, name: str, quoted: bool) -> Any:
        key = (name, quoted)
        if key not in self._made:
            self._made[key] = self._make(LOOKS[name], quoted)
        return self._made[key]

    def _make(self, look: Look, quoted: bool) -> Any:
        cell = self._scratch
        before = copy(cell._style)
        cell.font = Font(name=self._font, size=look.size, bold=look.bold, color=look.colour)
        if look.fill:
            cell.fill = PatternFill("solid", fgColor=look.fill)
        if look.framed:
            cell.border = self._frame
        cell.alignment = Alignment(
            horizontal=look.across,
            vertical="top",
            wrap_text=look.wrap,
            indent=look.indent,
        )
        cell.protection = Protection(locked=not look.entry)
        made = copy(cell._style)
        cell._style = before
        if quoted:
            made.quotePrefix = 1
        return made

    def put(self, cell: Cell, value: object, look: str) -> Cell:
        """Write a number, a text or nothing into a cell. A text is never taken for a formula."""
        if isinstance(value, str):
            text = for_cell(value)
            cell.value = text or None
            if text:
                cell.data_type = "s"
            cell._style = self._style(look, is_risky(text))
            return cell
        cell.value = value
        cell._style = self._style(look, False)
        return cell

    def put_formula(self, cell: Cell, formula: str, look: str) -> Cell:
        """Write one of our own formulas into a cell."""
        cell.value = formula
        cell._style = self._style(look, False)
        return cell

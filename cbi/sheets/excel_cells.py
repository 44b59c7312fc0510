"""The cells of one sheet of a workbook, and the number formats that tell what they mean."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, time
from decimal import Decimal

from cbi.sheets.cell_text import from_cell
from cbi.sheets.model import (
    MOST_BLANK_ROWS,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Cell,
    Value,
    number_of,
    position_of,
)
from cbi.sheets.xml import Enough

BUILT_IN = {9: "0%", 10: "0.00%", 14: "mm-dd-yy", 15: "d-mmm-yy", 16: "d-mmm", 17: "mmm-yy", 18: "h:mm AM/PM",
            19: "h:mm:ss AM/PM", 20: "h:mm", 21: "h:mm:ss", 22: "m/d/yy h:mm", 45: "mm:ss", 46: "[h]:mm:ss",
            47: "mmss.0"} | dict.fromkeys((*range(27, 37), *range(50, 59)), "yyyy-mm-dd")  # fmt: skip
"""Formats that a workbook may use by number alone, as far as they tell what a number means (ECMA-376, 18.8.30)."""

DIGITS = "0123456789"

DAMAGED = "#DAMAGED!"
"""What stands for a cell that the file holds in no sound form."""

EPOCH_1900, EPOCH_1904 = date(1899, 12, 30).toordinal(), date(1904, 1, 1).toordinal()


class Styles:
    """The number format of every cell style."""

    def __init__(self, since_1904: bool) -> None:
        self.epoch = EPOCH_1904 if since_1904 else EPOCH_1900
        self._formats: dict[int, str] = {}
        self._of_style: list[int] = []
        self._in_cells = False
        self._known: dict[str, tuple[str, bool]] = {}

    def start(self, name: str, attributes: Mapping[str, str], before: str) -> None:
        """Take note of a format or a style."""
        if name == "numFmt":
            self._formats[_whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
        elif name == "cellXfs":
            self._in_cells = True
        elif name == "xf" and self._in_cells:
            self._of_style.append(_whole(attributes.get("numFmtId")))

    def end(self, name: str, text: str) -> None:
        """Leave the list of cell styles."""
        if name == "cellXfs":
            self._in_cells = False

    def format(self, style: str | None) -> tuple[str, bool]:
        """Give the number format of a style, and whether it shows a date."""
        if style is None:
            return "", False
        found = self._known.get(style)
        if found is None:
            number = _whole(style)
            key = self._of_style[number] if 0 <= number < len(self._of_style) else 0
            code = self._formats.get(key) or BUILT_IN.get(key, "")
            found = self._known[style] = (code, _shows_date(code))
        return found

    def percent(self) -> frozenset[str]:
        """List the styles whose numbers are shown in percent."""
        styles = map(str, range(len(self._of_style)))
        return frozenset(style for style in styles if "%" in self.format(style)[0])


def _shows_date(code: str) -> bool:
    if not code:
        return False
    from openpyxl.styles.numbers import is_date_format  # slow to import: only when a workbook has formats

    return bool(is_date_format(code))


def _whole(text: str | None) -> int:
    try:
        return int(text or 0)
    except ValueError:
        return 0


class SheetCells:
    """Collects the cells of a sheet while it is read, and stops at the bounds of what any form can hold."""

    def __init__(self, styles: Styles, texts: list[str]) -> None:
        self.cells: dict[tuple[int, int], Cell] = {}
        self.cut = ""
        self._styles, self._texts = styles, texts
        self._row = self._column = self._last = self._seen = 0
        self._attributes: Mapping[str, str] = {}
        self._hidden_row, self._hidden_columns = False, set[int]()
        self._value = self._formula = ""
        self._parts: list[str] = []
        self._aside = False
        self._columns: dict[str, int] = {}
        self._group = ""
        self._group_formulas: dict[str, str] = {}

    def start(self, name: str, attributes: Mapping[str, str], before: str) -> None:
        """Take note where the next cell stands."""
        if name == "c":
            self._begin(attributes)
        elif name == "row":
            self._row = _whole(attributes.get("r")) or self._row + 1
            self._column = 0
            self._hidden_row = attributes.get("hidden") in ("1", "true")
            if self._row > self._last + MOST_BLANK_ROWS:
                self._stop("blank")
            if self._row > MOST_ROWS + 1:
                self._stop("large")
        elif name == "f":
            self._group = attributes.get("si", "") if attributes.get("t") == "shared" else ""
        elif name == "rPh":
            self._aside = True
        elif name == "col" and attributes.get("hidden") in ("1", "true"):
            first, last = _whole(attributes.get("min")), _whole(attributes.get("max"))
            self._hidden_columns |= set(range(first, min(last, MOST_COLUMNS) + 1))
        elif name == "mergeCell":
            self._merge(attributes.get("ref", ""))

    def _stop(self, why: str) -> None:
        self.cut = why
        raise Enough

    def _begin(self, attributes: Mapping[str, str]) -> None:
        self._seen += 1
        if self._seen > MOST_CELLS:
            self._stop("large")
        self._attributes = attributes
        self._value = self._formula = ""
        self._parts = []
        letters = attributes.get("r", "").rstrip(DIGITS)
        if letters not in self._columns:
            position = position_of(f"{letters}1")
            self._columns[letters] = position[1] if position else 0
        self._column = self._columns[letters] or self._column + 1

    def end(self, name: str, text: str) -> None:
        """Keep what stands in the cell that ends."""
        if name == "v":
            self._value = text
        elif name == "c":
            self._keep()
        elif name == "t" and not self._aside:
            self._parts.append(text)
        elif name == "f":
            self._formula = f"={text}" if text else self._group_formulas.get(self._group, "=")
            self._group_formulas.setdefault(self._group, self._formula)
        elif name == "rPh":
            self._aside = False

    def _keep(self) -> None:
        if not (self._value or self._formula or self._parts):
            return
        if self._column > MOST_COLUMNS:
            self.cut = "large"
            return
        code, is_date = self._styles.format(self._attributes.get("s"))
        value, error = None, self._value if self._attributes.get("t") == "e" else ""
        try:
            value = self._typed(is_date)
        except (ValueError, IndexError, OverflowError, ArithmeticError):
            error = DAMAGED
        if (value is not None and value != "") or self._formula or error:
            self._last = self._row
            hidden = self._hidden_row or self._column in self._hidden_columns
            cell = Cell(self._row, self._column, value, code, self._formula, error, "", hidden)
            self.cells[self._row, self._column] = cell

    def _typed(self, is_date: bool) -> Value:
        kind, text = self._attributes.get("t", "n"), self._value
        if kind == "s":
            return self._texts[abs(int(text))] if text else None
        if kind == "inlineStr":
            return from_cell("".join(self._parts))
        if kind == "str":
            return from_cell(text)
        if not text or kind == "e":
            return None
        if kind == "b":
            return text.strip() in ("1", "true")
        if kind == "d":
            return date.fromisoformat(text[:10])
        number = number_of(text, calculated=bool(self._formula))
        return moment(number, self._styles.epoch) if is_date and number.is_finite() else number

    def _merge(self, ref: str) -> None:
        first, _, last = ref.partition(":")
        at = position_of(first)
        if at is None or not last:
            return
        self.cells[at] = replace(self.cells.get(at) or Cell(*at), merged=ref)


def moment(number: Decimal, epoch: int) -> Value:
    """Turn a number of days since ``epoch`` into the date or time that is shown.

    One that lies outside the calendar stays a number.
    """
    if 0 <= number < 1:
        minutes = round(number * 1440)
        return time(minutes // 60 % 24, minutes % 60)
    try:
        return date.fromordinal(epoch + int(number))
    except (ValueError, OverflowError):
        return number

"""Workbooks of LibreOffice (.ods) in one streaming pass: values, formulas, percent, comments, hidden and merged."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from cbi.sheets.excel_cells import DAMAGED
from cbi.sheets.guards import chunks, damaged, open_archive
from cbi.sheets.model import (
    MOST_BLANK_ROWS,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    Book,
    Cell,
    Sheet,
    Value,
    column_letters,
    number_of,
)
from cbi.sheets.xml import Enough, local, read_xml

MOST_SHEETS = 100

NUMBERS = ("float", "percentage", "currency")


def read_opendocument(data: bytes, name: str) -> Book:
    """Read a workbook. Raises :class:`cbi.sheets.guards.SheetFileError` for one that cannot be read."""
    reader = _Content()
    read_xml(chunks(open_archive(data), "content.xml"), reader.start, reader.end)
    if not reader.sheets:
        raise damaged("sheets")
    return Book(name, tuple(reader.sheets))


class _Content:
    """Collects the sheets of a document while it is read."""

    def __init__(self) -> None:
        self.sheets: list[Sheet] = []
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._line: list[str] = []
        self._seen = 0
        self._begin_sheet({})
        self._begin_cell({})

    def start(self, name: str, attributes: Mapping[str, str], before: str) -> None:
        """Take note of what begins."""
        self._line.append(before)
        given = local(attributes)
        match name:
            case "table-cell" | "covered-table-cell":
                self._begin_cell(given)
            case "table-row":
                self._begin_row(given)
            case "table-column":
                self._define_column(given)
            case "table":
                self._begin_sheet(given)
            case "annotation":
                self._in_comment = True
            case "p":
                self._line = []
            case "s":
                self._line.append(" " * min(_count(given.get("c")), 100))
            case "style":
                self._style = given.get("name", "")
            case "table-properties" if given.get("display") == "false":
                self._hidden_styles.add(self._style)

    def end(self, name: str, text: str) -> None:
        """Keep what ends."""
        match name:
            case "p":
                (self._comment if self._in_comment else self._lines).append("".join((*self._line, text)))
                self._line = []
            case "tab" | "line-break":
                self._line.append(" ")
            case "annotation":
                self._in_comment = False
            case "table-cell":
                self._keep()
            case "covered-table-cell":
                self._column += _count(self._given.get("number-columns-repeated"))
            case "table-row":
                self._row += self._rows - 1
            case "table":
                self._end_sheet()
            case _:
                self._line.append(text)

    def _begin_sheet(self, given: Mapping[str, str]) -> None:
        self._name, self._hidden = given.get("name", ""), given.get("style-name", "") in self._hidden_styles
        self._cells: dict[tuple[int, int], Cell] = {}
        self._row = self._column = self._blank_rows = self._columns_defined = 0
        self._rows = 1
        self._hidden_row, self._hidden_columns = False, set[int]()
        self._cut = ""

    def _end_sheet(self) -> None:
        self.sheets.append(Sheet(self._name, self._cells, self._hidden, self._cut))
        if len(self.sheets) >= MOST_SHEETS:
            raise Enough

    def _stop(self, why: str) -> None:
        """End with this sheet: what follows in the file lies behind more than any form holds."""
        self._cut = why
        self._end_sheet()
        raise Enough

    def _begin_row(self, given: Mapping[str, str]) -> None:
        self._rows = _count(given.get("number-rows-repeated"))
        self._hidden_row = given.get("visibility", "visible") != "visible"
        self._row, self._column = self._row + 1, 0
        self._blank_rows += 1
        if self._blank_rows > MOST_BLANK_ROWS:
            self._stop("blank")

    def _define_column(self, given: Mapping[str, str]) -> None:
        first = self._columns_defined + 1
        self._columns_defined += _count(given.get("number-columns-repeated"))
        if given.get("visibility", "visible") != "visible":
            self._hidden_columns |= set(range(first, min(self._columns_defined, MOST_COLUMNS) + 1))

    def _begin_cell(self, given: Mapping[str, str]) -> None:
        self._given = given
        self._lines: list[str] = []
        self._line = []
        self._comment: list[str] = []
        self._in_comment = False

    def _keep(self) -> None:
        count = _count(self._given.get("number-columns-repeated"))
        first = self._column + 1
        self._column += count
        kind, formula = self._given.get("value-type", ""), _formula(self._given.get("formula", ""))
        if not (kind or formula or self._comment):
            return
        self._blank_rows = 0
        try:
            value, error = self._typed(kind, bool(formula))
        except (ValueError, ArithmeticError):
            value, error = None, DAMAGED
        code = "0.0%" if kind == "percentage" else ""
        comment = "\n".join(self._comment).strip()
        merged = _merged(self._row, first, self._given)
        if first + count > MOST_COLUMNS + 1 or self._row + self._rows > MOST_ROWS + 2:
            self._cut = "large"
        columns = range(first, min(first + count, MOST_COLUMNS + 1))
        rows = range(self._row, min(self._row + self._rows, MOST_ROWS + 2))
        self._seen += len(columns) * len(rows)
        if self._seen > MOST_CELLS:
            self._stop("large")
        for column in columns:
            for row in rows:
                hidden = self._hidden_row or column in self._hidden_columns
                self._cells[row, column] = Cell(row, column, value, code, formula, error, comment, hidden, merged)

    def _typed(self, kind: str, calculated: bool) -> tuple[Value, str]:
        text = "\n".join(self._lines)
        if calculated and text.startswith(("#", "Err:")):
            return None, text
        if kind in NUMBERS:
            return number_of(self._given.get("value", ""), calculated=calculated), ""
        if kind == "date":
            return date.fromisoformat(self._given.get("date-value", "")[:10]), ""
        if kind == "boolean":
            return self._given.get("boolean-value") == "true", ""
        return (text or self._given.get("string-value", ""), "") if kind else (None, "")


def _count(text: str | None) -> int:
    try:
        return max(int(text or 1), 1)
    except ValueError:
        return 1


def _formula(text: str) -> str:
    """Give a formula without the name of its language (``of:=``)."""
    return "=" + text.partition("=")[2] if "=" in text else text


def _merged(row: int, column: int, given: Mapping[str, str]) -> str:
    down, across = _count(given.get("number-rows-spanned")), _count(given.get("number-columns-spanned"))
    if down == across == 1:
        return ""
    return f"{column_letters(column)}{row}:{column_letters(column + across - 1)}{row + down - 1}"

"""Files of every format as sheets of cells: workbooks, CSV and JSON tables."""

from __future__ import annotations

from collections.abc import Sequence

from cbi.sheets import Book, Cell, Sheet, SheetFileError, read_book
from cbi.sheets.guards import Form, form_of, not_a_workbook
from cbi.tables.files import WORKBOOKS, Cells, read_rows
from cbi.tables.sheets import is_large

MOST_LINES = 20_000
"""More rows than this are no form of a city; the command line reads such tables as a whole."""


def open_book(data: bytes, name: str) -> Book:
    """Open a file as sheets of cells; its form is told by its content, for texts also by the ending of ``name``.

    ``name`` may hold folders; only its last part is used, and nothing is looked for there. Raises
    :class:`cbi.sheets.SheetFileError` for a file that cannot be read.
    """
    book = read_book(data, name)
    if book is not None:
        return book
    ending = name.rpartition(".")[2].casefold()
    if ending in WORKBOOKS or data.lstrip()[:1] == b"<":
        raise not_a_workbook()
    head, body, problems = read_rows(data, name if ending in ("csv", "json", "tsv", "txt") else f"{name}.csv")
    first = 0 if ending == "json" else body[0].line - 1 if body else 1
    rows = [Cells(min(first, 1), head), *body]
    cells = {(row.line, column): cell for row in rows for column, cell in _cells(row.line, row.texts)}
    return Book(name, (Sheet(name, cells),), tuple(problems), is_text=True)


def _cells(line: int, texts: Sequence[str]) -> list[tuple[int, Cell]]:
    return [(column, Cell(line, column, text)) for column, text in enumerate(texts, 1) if text.strip()]


def is_beyond_cells(data: bytes) -> bool:
    """Tell whether a file has so many rows that it is no form of a city, and is read as a whole plain table."""
    try:
        if form_of(data) is not Form.TEXT:
            return is_large(data)
    except SheetFileError:
        return False
    return max(data.count(b"\n"), data.count(b"{")) > MOST_LINES


def short_name(name: str) -> str:
    """Give the name of a file without folders, as it is shown to people."""
    return name.replace("\\", "/").rpartition("/")[2] or name

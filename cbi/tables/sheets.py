"""The plain table in a workbook: which of its sheets hold it, and their rows as texts."""

from __future__ import annotations

from collections.abc import Sequence

from cbi.i18n import say
from cbi.sheets import Cell, Sheet, read_book
from cbi.sheets.guards import not_a_workbook
from cbi.sheets.large import read_large
from cbi.tables.columns import COLUMNS
from cbi.tables.files import Cells, Rows, TableFileError, too_many


def workbook_rows(data: bytes, name: str) -> Rows:
    """Read the sheets of a workbook that hold the table; raises :class:`TableFileError` for one without."""
    rows = [Cells(line, texts) for line, texts in read_large(data) or ()]
    if rows:
        return rows[0].texts, rows[1:], []
    book = read_book(data, name)
    if book is None:
        raise not_a_workbook()
    rows = joined([_rows_of(sheet) for sheet in book.sheets])
    if not rows:
        raise TableFileError("empty_file", say("The file is empty."))
    return rows[0].texts, rows[1:], list(book.problems)


def is_large(data: bytes) -> bool:
    """Tell whether a workbook is a plain sheet of so many rows that it is read as a whole, not cell by cell."""
    return read_large(data) is not None


def _rows_of(sheet: Sheet) -> list[Cells]:
    """Give the rows of a sheet as texts from its first column on."""
    if sheet.cut == "large":
        raise too_many()
    return [Cells(line, _texts(cells)) for line, cells in sheet.rows]


def _texts(cells: Sequence[Cell]) -> list[str]:
    texts = [""] * cells[-1].column
    for cell in cells:
        texts[cell.column - 1] = cell.text
    return texts


def joined(sheets: Sequence[list[Cells]]) -> list[Cells]:
    """Give the rows of the plain table in a workbook, its headings first.

    Sheets whose headings are those of the plain table in full belong together, such as the years of an export.
    Where there is none, the first sheet that holds anything is taken. Nothing for a workbook without rows.
    """
    full = [rows for rows in sheets if rows and tuple(_trimmed(rows[0].texts)) == COLUMNS]
    if full:
        return [full[0][0], *(row for rows in full for row in rows[1:])]
    return next((rows for rows in sheets if rows), [])


def _trimmed(texts: Sequence[str]) -> list[str]:
    found = [text.strip() for text in texts]
    while found and not found[-1]:
        found.pop()
    return found

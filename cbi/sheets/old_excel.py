"""Old workbooks of Excel (.xls). They tell values, formats and comments, but not which figures are calculated."""

from __future__ import annotations

from typing import Any

from cbi.i18n import say
from cbi.problems import Problem, Severity
from cbi.sheets.excel_cells import DAMAGED, EPOCH_1900, EPOCH_1904, moment
from cbi.sheets.guards import SheetFileError, damaged, encrypted
from cbi.sheets.model import MOST_CELLS, MOST_COLUMNS, Book, Cell, Sheet, Value, column_letters, number_of

MOST_OLD_BYTES = 5_000_000
"""This old form is slow to read; what is larger is asked for as .xlsx."""

_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR = 1, 2, 3, 4, 5


def read_old_excel(data: bytes, name: str) -> Book:
    """Read a workbook. Raises :class:`SheetFileError` for one that cannot be read."""
    import xlrd  # only when such a file comes

    if len(data) > MOST_OLD_BYTES:
        raise SheetFileError(
            "too_large",
            say("An .xls file of more than {most} MB is not read. Save it as .xlsx.", most=MOST_OLD_BYTES // 1_000_000),
        )
    try:
        book = xlrd.open_workbook(file_contents=data, formatting_info=True, logfile=_Silence())
        sheets = [_sheet(book, sheet) for sheet in book.sheets()]
    except SheetFileError:
        raise
    except Exception as error:  # the library raises what its parsers raise
        if "encrypted" in str(error).casefold():
            raise encrypted() from None
        raise damaged(type(error).__name__) from None
    sentence = say(
        "An .xls file does not tell which figures are calculated, nor whether they are up to date. "
        "Check the figures, or save the file as .xlsx."
    )
    return Book(name, tuple(sheets), (Problem(Severity.NOTE, "old_workbook", name, sentence),))


class _Silence:
    """Takes what the library would print."""

    def write(self, _: str) -> None:
        pass

    def flush(self) -> None:
        pass


def _sheet(book: Any, sheet: Any) -> Sheet:
    comments = {at: note.text.strip() for at, note in sheet.cell_note_map.items()}
    merged = {(top, left): (bottom, right) for top, bottom, left, right in sheet.merged_cells}
    hidden_rows = {row for row, info in sheet.rowinfo_map.items() if info.hidden}
    hidden_columns = {column for column, info in sheet.colinfo_map.items() if info.hidden}
    epoch = EPOCH_1904 if book.datemode else EPOCH_1900
    cells: dict[tuple[int, int], Cell] = {}
    cut = "large" if sheet.ncols > MOST_COLUMNS else ""
    for row in range(sheet.nrows):
        for column in range(min(sheet.row_len(row), MOST_COLUMNS)):
            if len(cells) > MOST_CELLS:
                return Sheet(sheet.name, cells, sheet.visibility != 0, "large")
            found = sheet.cell(row, column)
            if found.ctype not in (_TEXT, _NUMBER, _DATE, _BOOLEAN, _ERROR):
                continue
            value, error = _typed(found, epoch)
            at = (row + 1, column + 1)
            span = merged.get((row, column))
            cells[at] = Cell(
                *at,
                value,
                book.format_map[book.xf_list[found.xf_index].format_key].format_str,
                error=error,
                comment=comments.get((row, column), ""),
                hidden=row in hidden_rows or column in hidden_columns,
                merged=f"{column_letters(at[1])}{at[0]}:{column_letters(span[1])}{span[0]}" if span else "",
            )
    for (row, column), comment in comments.items():
        cells.setdefault((row + 1, column + 1), Cell(row + 1, column + 1, comment=comment))
    return Sheet(sheet.name, cells, sheet.visibility != 0, cut)


def _typed(found: Any, epoch: int) -> tuple[Value, str]:
    from xlrd.biffh import error_text_from_code

    if found.ctype == _ERROR:
        return None, error_text_from_code.get(found.value, DAMAGED)
    if found.ctype == _BOOLEAN:
        return bool(found.value), ""
    if found.ctype == _TEXT:
        return str(found.value), ""
    number = number_of(repr(found.value))
    return (moment(number, epoch) if found.ctype == _DATE and number.is_finite() else number), ""

"""Large plain sheets, such as exports of very many cities, read by python-calamine.

It is many times faster than any reader in Python, but drops errors, formulas without result and the percent
sign. It is therefore asked only where the sheet holds none of these, and where its cells lie close together:
one cell in the last corner of a sheet would make it reserve memory for all that lies between.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from cbi.numbers import plain_text
from cbi.sheets.excel import Excel, open_excel
from cbi.sheets.guards import Form, chunks, form_of
from cbi.sheets.model import MOST_COLUMNS, MOST_ROWS, position_of

LARGE = 4_000_000
"""Bytes of a sheet from which on it is large; the whole template of the index takes 0.3 MB."""

MOST_TOGETHER = 4_000_000
"""Rows times columns that may be held at once."""

Line = tuple[int, list[str]]

_PLAIN_CELLS = re.compile(rb'<c r="([A-Z]{1,2})\d{1,6}"')
_PLAIN_ROWS = re.compile(rb'<row r="(\d{1,6})"')
_PREFIXED = re.compile(rb"<[\w.-]+:(?:c|row)[\s/>]")
_UNTOLD = (b"<!DOCTYPE", b't="e"', b"t='e'", b"<v></v>", b"<v/>", b"<v />")
_NO_RESULT = re.compile(rb"</f>(?!<v>)|<f[^>]*/>(?!<v>)")


def read_large(data: bytes) -> Iterator[Line] | None:
    """Read the first sheet of a large plain workbook: each line that holds anything, with its texts, one by one.

    Returns None for a workbook that is small, or holds something that only the careful reader can tell.
    Raises :class:`cbi.sheets.guards.SheetFileError` for a file that is none or too large.
    """
    if form_of(data) is not Form.EXCEL:
        return None
    book = open_excel(data)
    if book.size(book.places[0].member) < LARGE or not _is_plain(book):
        return None
    from python_calamine import CalamineError, CalamineWorkbook  # only when such a file comes

    try:
        return _lines(CalamineWorkbook.from_object(io.BytesIO(data)).get_sheet_by_name(book.places[0].name))
    except CalamineError:
        return None


def _lines(sheet: Any) -> Iterator[Line]:
    top, left = sheet.start or (0, 0)
    before = [""] * left
    for line, row in enumerate(sheet.iter_rows(), top + 1):
        texts = before + [value if type(value) is str else _text(value) for value in row]
        if any(texts):
            yield line, texts


def _is_plain(book: Excel) -> bool:
    xml = b"".join(chunks(book.archive, book.places[0].member))
    _, _, data = xml.partition(b"<sheetData>")
    if any(sign in xml for sign in _UNTOLD) or (b"<f" in data and _NO_RESULT.search(data)):
        return False
    lines = [int(line) for line in _PLAIN_ROWS.findall(data)]
    columns = _PLAIN_CELLS.findall(data)
    data, _, _ = data.rpartition(b"</sheetData>")
    others = (b":c" in data or b":row" in data) and _PREFIXED.search(data)
    if others or len(columns) != data.count(b"<c") or len(lines) != data.count(b"<row") or not columns:
        return False
    widest = max((position_of(f"{letters.decode()}1") or (0, 0))[1] for letters in set(columns))
    if widest > MOST_COLUMNS or max(lines) > MOST_ROWS + 1 or widest * max(lines) > MOST_TOGETHER:
        return False
    percent = sorted(book.styles().percent())
    styled = re.compile(rb'<c [^>]*\bs="(?:' + b"|".join(style.encode() for style in percent) + rb')"')
    return not (percent and styled.search(data))


def _text(value: object) -> str:
    if type(value) is float:
        text = repr(value)
        return text.removesuffix(".0") if "e" not in text and "n" not in text else plain_text(Decimal(text))
    if isinstance(value, datetime | date):
        return value.isoformat().removesuffix("T00:00:00")
    return str(value)

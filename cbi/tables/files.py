"""Opening a plain table as rows of texts: CSV in the encodings that offices use, JSON records, a sheet.

Nothing is understood here but cells; what they mean is the matter of the rooms beside.
"""

from __future__ import annotations

import codecs
import csv
import io
import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from cbi.i18n import say
from cbi.numbers import plain_text
from cbi.problems import Problem, Severity
from cbi.sheets.guards import MOST_BYTES, SheetFileError, too_large
from cbi.sheets.model import MOST_COLUMNS, MOST_ROWS
from cbi.tables.marks import unguarded

MOST_DAMAGED = 20
LARGEST_EXPONENT = 40
WORKBOOKS = ("xlsx", "xlsm", "ods", "xls")


TableFileError = SheetFileError
"""A file that cannot be opened as a table: ``code`` for programs, ``sentence`` for people."""


@dataclass(frozen=True, slots=True)
class Cells:
    """One row of a file: the line it begins on (from 1) and its cells as texts."""

    line: int
    texts: Sequence[str]


Rows = tuple[Sequence[str], list[Cells], list[Problem]]
"""The names of the columns, the rows below, and what the reader should know of how the file was read."""


def read_rows(source: Path | bytes, name: str) -> Rows:
    """Open a table as rows of texts; the ending of ``name`` tells the form.

    A damaged line of a CSV file is listed among the problems and everything beside it is kept. Raises
    :class:`TableFileError` for a file that is missing, too large, damaged as a whole, or empty.
    """
    data = _bytes(source)
    ending = name.rpartition(".")[2].casefold()
    if ending == "json":
        return _json_rows(data, name)
    if ending in WORKBOOKS:
        from cbi.tables.sheets import workbook_rows  # the readers of workbooks: only when one comes

        return workbook_rows(data, name)
    return _csv_rows(data, name)


def _bytes(source: Path | bytes) -> bytes:
    if isinstance(source, bytes):
        data = source
    else:
        try:
            if source.stat().st_size > MOST_BYTES:
                raise too_large()
            data = source.read_bytes()
        except FileNotFoundError:
            raise TableFileError("no_file", say("There is no such file. Check the name and the folder.")) from None
        except IsADirectoryError:
            raise TableFileError("no_file", say("This is a folder. Name a file in it.")) from None
        except OSError as error:
            raise TableFileError(
                "unreadable", say("The file cannot be opened: {found}.", found=error.strerror)
            ) from None
    if len(data) > MOST_BYTES:
        raise too_large()
    if not data.strip():
        raise TableFileError("empty_file", say("The file is empty."))
    return data


def _decoded(data: bytes, name: str) -> tuple[str, list[Problem]]:
    """Decode UTF-8 (with or without BOM), UTF-16 with BOM, or GB18030, in this order."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return data.decode("utf-16", errors="replace"), []
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError:
        pass  # then it may be GB18030, which is read below and said
    try:
        note = say("The file is not UTF-8 and was read as GB18030 (Chinese Excel). Check that names look right.")
        return data.decode("gb18030"), [Problem(Severity.NOTE, "encoding", name, note)]
    except UnicodeDecodeError:
        raise TableFileError(
            "unknown_encoding", say("The file is neither UTF-8 nor GB18030. Save it as “CSV UTF-8”.")
        ) from None


def _csv_rows(data: bytes, name: str) -> Rows:
    text, problems = _decoded(data, name)
    if "\0" in text:
        raise TableFileError(
            "not_a_table", say("The file is not a text table. Save it as CSV, or name it by its real ending.")
        )
    first = next((line for line in text.splitlines() if line.strip()), "")
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(1_000_000)
    rows, damaged = _parsed(text, delimiter)
    for line, found in damaged:
        sentence = say(
            "This line is damaged and was not read ({found}). Look for a quotation mark that is not closed.",
            found=found,
        )
        problems.append(Problem(Severity.ERROR, "damaged", f"{name}:{line}", sentence))
    if len(damaged) == MOST_DAMAGED:
        sentence = say("There are too many damaged lines: nothing below this one was read.")
        problems.append(Problem(Severity.ERROR, "damaged", f"{name}:{damaged[-1][0]}", sentence))
    if damaged and (not rows or damaged[0][0] < rows[0].line):
        raise TableFileError(
            "damaged",
            say(
                "Line {line}, which should name the columns, is damaged: {found}. "
                "Look for a quotation mark that is not closed.",
                line=damaged[0][0],
                found=damaged[0][1],
            ),
        )
    if not rows:
        raise TableFileError("empty_file", say("The file is empty."))
    return rows[0].texts, rows[1:], problems


def _parsed(text: str, delimiter: str) -> tuple[list[Cells], list[tuple[int, str]]]:
    """Parse CSV line by line; a row that cannot be parsed costs its first line only, and reading goes on below it."""
    lines = io.StringIO(text, newline="").readlines()
    rows: list[Cells] = []
    damaged: list[tuple[int, str]] = []
    start = 0
    while start < len(lines) and len(damaged) < MOST_DAMAGED:
        reader = csv.reader(lines[start:], delimiter=delimiter, strict=True)
        before = start
        try:
            for cells in reader:
                if any(cell.strip() for cell in cells):
                    rows.append(Cells(before + 1, [unguarded(cell) for cell in cells]))
                if len(rows) > MOST_ROWS + 1 or len(cells) > MOST_COLUMNS:
                    raise too_many()
                before = start + reader.line_num
            break
        except csv.Error as error:
            damaged.append((before + 1, str(error)))
            start = before + 1
    return rows, damaged


def too_many() -> TableFileError:
    """The refusal of a table that is larger than any table of indicators."""
    return TableFileError(
        "too_large",
        say(
            "The table has more than {rows} rows or {columns} columns: is it the right file?",
            rows=MOST_ROWS,
            columns=MOST_COLUMNS,
        ),
    )


def _json_rows(data: bytes, name: str) -> Rows:
    text, problems = _decoded(data, name)
    try:
        records = json.loads(text, parse_float=Decimal, parse_int=Decimal, parse_constant=str)
    except (json.JSONDecodeError, RecursionError) as error:
        raise TableFileError("damaged", say("This is not JSON: {found}.", found=error)) from None
    records = [records] if isinstance(records, dict) else records
    if not isinstance(records, list) or not all(isinstance(record, dict) for record in records):
        raise TableFileError("not_a_table", say("A list of records is expected, each with “indicator” and “value”."))
    columns = list(dict.fromkeys(key for record in records for key in record))
    rows = [
        Cells(line, [_json_text(record.get(column)) for column in columns]) for line, record in enumerate(records, 1)
    ]
    if not rows:
        raise TableFileError("empty_file", say("The file is empty."))
    return columns, rows, problems


def _json_text(value: Any) -> str:
    if isinstance(value, list):
        return ";".join(_json_text(part) for part in value)
    if isinstance(value, Decimal):
        return plain_text(value) if value.is_finite() and abs(value.adjusted()) < LARGEST_EXPONENT else str(value)
    return "" if value is None else str(value)

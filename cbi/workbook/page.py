"""The workbook around its cells: sheets in order, print layout, protection, frozen headings, properties."""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from functools import cache
from math import ceil

from openpyxl import Workbook
from openpyxl.worksheet.dimensions import RowDimension
from openpyxl.worksheet.worksheet import Worksheet

from cbi.sheets.cell_text import writable
from cbi.terminal import clipped, width_of
from cbi.workbook import words
from cbi.workbook.parts import CALCULATION, HEADING_LINE, HIDDEN, Layout, Sheet
from cbi.workbook.steps import letter_of
from cbi.workbook.styles import LOOKS

PAPERS = {"A4": 9, "Letter": 1}
"""Sizes of paper by the numbers of the file format (ECMA-376, part 1, 18.3.1.63)."""


LINE_HEIGHTS = {"en": 12.5, "zh_Hans": 15.5}
"""Height of a line of ten points, in points, by language."""


HIGHEST_ROW = 400
"""The most points that a row is high; a spreadsheet program takes 409."""

SIGNS_PER_DIGIT = {"en": 1.25, "zh_Hans": 1.0}
"""How many signs of a text stand in the room of one digit, on average; a Chinese sign counts as two."""


BOLD = 0.88
"""How much less of a bold text stands there."""

_PIECES = re.compile(r"\s+|[\u2e80-\uffef]|(?:[^\s\u2e80-\uffef/-]|[-/](?!\w))+[-/]?|[-/]")
"""What a line holds together: a word up to its hyphen or stroke, a Chinese sign, a gap."""
_STROKE = re.compile(r"/(?=\w)")
_WHOLE_WORDS = re.compile(r".*(?=\s)|.*-(?=\w)")


def make_book(names: Sequence[str]) -> Workbook:
    """Make a workbook with sheets of these names."""
    book = Workbook()
    book.active.title = names[0]
    for name in names[1:]:
        book.create_sheet(name)
    return book


def to_bytes(book: Workbook) -> bytes:
    """Give a workbook as the bytes of its file."""
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def finish(book: Workbook, layout: Layout, *, paper: str, has_last_time: bool) -> None:
    """Give the sheets their page, widths and protection, and the workbook its properties."""
    start = book.worksheets[0]
    printed(start, paper, layout.language)
    start.page_setup.fitToHeight = 1
    protect(start)
    for one in layout.sheets:
        page = book[one.name]
        printed(page, paper, layout.language)
        _columns(page, one, has_last_time)
        page.print_title_rows = f"{HEADING_LINE}:{HEADING_LINE}"
        page.print_area = f"A1:{letter_of(one.columns, 'note')}{one.lines[-1][0]}"  # codes are for the program
        page.freeze_panes = f"{letter_of(one.columns, 'asked')}{HEADING_LINE + 1}"
        protect(page)
    for name in (HIDDEN, CALCULATION):
        book[name].sheet_state = "hidden"
        protect(book[name])
    describe(book, start["A1"].value or "", layout.language)
    book.calculation.fullCalcOnLoad = True


def _columns(page: Worksheet, sheet: Sheet, has_last_time: bool) -> None:
    for place, column in enumerate(sheet.columns):
        dimension = page.column_dimensions[chr(ord("A") + place)]
        dimension.width = column.width
        dimension.hidden = column.id == "last_time" and not has_last_time


class FlexibleRow(RowDimension):  # type: ignore[misc]
    """A row whose height is a first guess: a program that can measure texts adjusts it when somebody types."""

    @property
    def customHeight(self) -> bool | None:  # noqa: N802  openpyxl's name
        """Whether a person fixed the height."""
        return None


def set_height(page: Worksheet, line: int, lines: float, language: str) -> None:
    """Give a row the height of so many lines of text."""
    height = min(lines * LINE_HEIGHTS.get(language, LINE_HEIGHTS["en"]) + 4, HIGHEST_ROW)
    page.row_dimensions[line] = FlexibleRow(page, index=line, ht=height)


def room_of(width: float, language: str) -> float:
    """Estimate how many signs stand on a line of a column ``width`` digits wide."""
    return width * SIGNS_PER_DIGIT.get(language, SIGNS_PER_DIGIT["en"])


@cache  # a title stands beside each entry of its indicator
def shortened(text: str, width: float, language: str) -> str:
    """Cut a text to one line of a column, between words where it has any, with an ellipsis."""
    room = int(room_of(width, language))
    if width_of(text) <= room:
        return text
    cut = clipped(text[: room + 1], room).removesuffix("…")
    whole = _WHOLE_WORDS.match(cut) if not text[len(cut) :].startswith(" ") else None
    return f"{(whole.group() if whole else cut).rstrip(' ,:;–—-')}…"


def breakable(text: str, width: float, language: str) -> str:
    """Let a bold text break behind its strokes where a word is longer than a column; no program does by itself."""
    room = room_of(width, language) * BOLD
    longest = max((width_of(word) for word in text.split()), default=0)
    return _STROKE.sub("/ ", text) if longest > room else text


def lines_of(value: object, look: str, width: float, language: str) -> int:
    """Estimate the lines that a text takes in a column ``width`` digits wide; what does not wrap takes one.

    They are lines of the workbook's language: a Chinese text in an English workbook takes more of them than it has.
    """
    if not isinstance(value, str) or not LOOKS[look].wrap:
        return 1
    script = _script_of(value, language)
    room = room_of(width, script) * (BOLD if LOOKS[look].bold else 1)
    lines = sum(_wrapped(part, room) for part in value.split("\n"))
    return ceil(lines * LINE_HEIGHTS[script] / LINE_HEIGHTS.get(language, LINE_HEIGHTS["en"]))


def _script_of(text: str, language: str) -> str:
    """Tell in whose lines a text is set: Chinese signs are wide and high, in a workbook of any language."""
    return "zh_Hans" if language == "zh_Hans" or width_of(text) > 1.3 * len(text) else "en"


def _wrapped(text: str, room: float) -> int:
    """Count the lines of a text that breaks between words, after a hyphen or a stroke, and between Chinese signs."""
    lines, used = 1, 0.0
    for piece in _PIECES.findall(text):
        size = width_of(piece)
        if used and used + size > room and not piece.isspace():
            lines, used = lines + 1, 0.0
        if size > room:  # a word that is longer than the line is broken anywhere
            more = ceil(size / room) - 1
            lines, size = lines + more, size - int(more * room)
        used += size
    return lines


def printed(page: Worksheet, paper: str, language: str) -> None:
    """Lay a sheet out for printing: as wide as the paper, as long as it needs."""
    page.page_setup.paperSize = PAPERS[paper]
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    page.page_margins.left = page.page_margins.right = 0.4
    page.page_margins.top, page.page_margins.bottom = 0.5, 0.75
    page.page_margins.header = page.page_margins.footer = 0.3
    page.oddFooter.left.text = "&A"
    page.oddFooter.right.text = words.footer("&P", "&N").text(language)
    page.sheet_view.showGridLines = False


def protect(page: Worksheet) -> None:
    """Lock what is no entry, without a password; rows and columns may still be resized."""
    page.protection.sheet = True
    page.protection.formatRows = page.protection.formatColumns = False  # False allows it


def describe(book: Workbook, title: str, language: str) -> None:
    """Set the document's title and language, which screen readers and archives look for."""
    book.properties.title = writable(title)
    book.properties.language = language.replace("_", "-")
    book.properties.creator = "City Biodiversity Index"

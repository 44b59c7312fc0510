"""From a PDF to text with paragraphs: an empty line where the layout begins anew, a form feed between pages.

PDFium may not be used by two threads at once, so reading is done under a lock.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from cbi.citieswithnature.lines import MOST_SIGNS, PAGE_BREAK
from cbi.i18n import Sentence, say

MOST_PAGES = 400
WIDER = 1.3
"""How many times the usual distance of two lines begins a new paragraph."""

BOLD = 600
PASSWORD_NEEDED = 4
_LOCK = threading.Lock()
_HYPHEN_AT_END = ("\ufffe", "\x02")


class PdfError(ValueError):
    """A PDF that cannot be read: ``code`` for programs, ``sentence`` for people."""

    def __init__(self, code: str, sentence: Sentence) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class _Row:
    """A line as PDFium gives it: text, heights of its first and last sign, size and weight of the first.

    Now and then it gives two lines of the page as one, so that the two heights differ.
    """

    text: str
    height: float
    foot: float
    size: float
    bold: bool


def text_of(data: bytes) -> str:
    """Read the text of a PDF.

    Raises :class:`PdfError` for one that is damaged, asks for a password, has too many pages, or holds
    pictures of pages without text.
    """
    with _LOCK:
        pages = _pages(data)
    if not any(row.text.strip() for rows in pages for row in rows):
        raise PdfError(
            "no_text",
            say(
                "The PDF holds pictures of pages and no text. Download the profile once more from CitiesWithNature, "
                "or run text recognition (OCR) over it first."
            ),
        )
    usual = _usual_distances(pages)
    return PAGE_BREAK.join("\n".join(_with_gaps(rows, usual)) for rows in pages)


def _pages(data: bytes) -> list[list[_Row]]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if getattr(error, "err_code", None) == PASSWORD_NEEDED:
            raise PdfError(
                "encrypted",
                say("The PDF asks for a password. Save a copy without a password and use that."),
            ) from None
        raise _damaged() from None
    try:
        if len(document) > MOST_PAGES:
            raise PdfError(
                "too_many_pages",
                say(
                    "The PDF has {pages} pages; a city profile has at most {most}. Is it the right file?",
                    pages=len(document),
                    most=MOST_PAGES,
                ),
            )
        pages: list[list[_Row]] = []
        signs = 0
        for number in range(len(document)):
            pages.append(list(_rows(document[number], MOST_SIGNS - signs)))
            signs += sum(len(row.text) for row in pages[-1])
        return pages
    except pypdfium2.PdfiumError:
        raise _damaged() from None
    finally:
        document.close()


def _damaged() -> PdfError:
    return PdfError(
        "damaged", say("The PDF is damaged and cannot be opened. Download it once more from CitiesWithNature.")
    )


def too_long() -> Sentence:
    """Say that a text is too long for a profile."""
    return say(
        "The text is longer than {most} signs. A city profile is far shorter: is it the right file?", most=MOST_SIGNS
    )


def _rows(page: Any, most: int) -> Iterator[_Row]:
    """Give the lines of a page in the order of its text; raises :class:`PdfError` for more than ``most`` signs."""
    from pypdfium2 import raw

    textpage = page.get_textpage()
    try:
        if textpage.count_chars() > most:
            raise PdfError("too_long", too_long())
        signs: list[str] = []
        first = last = -1
        for index in range(textpage.count_chars()):
            sign = chr(raw.FPDFText_GetUnicode(textpage, index))
            if sign in "\r\n":
                if first >= 0:
                    yield _row(textpage, signs, first, last)
                signs, first = [], -1
                continue
            if not sign.isspace():
                first, last = (index if first < 0 else first), index
            signs.append("-" if sign in _HYPHEN_AT_END else sign)
        if first >= 0:
            yield _row(textpage, signs, first, last)
    finally:
        textpage.close()
        page.close()


def _row(textpage: Any, signs: Sequence[str], first: int, last: int) -> _Row:
    from pypdfium2 import raw

    return _Row(
        "".join(signs).encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", ""),
        _height(textpage, first),
        _height(textpage, last),
        round(raw.FPDFText_GetFontSize(textpage, first), 1),
        raw.FPDFText_GetFontWeight(textpage, first) >= BOLD,
    )


def _height(textpage: Any, sign: int) -> float:
    import ctypes

    from pypdfium2 import raw

    across, up = ctypes.c_double(), ctypes.c_double()
    raw.FPDFText_GetCharOrigin(textpage, sign, across, up)
    return up.value


def _usual_distances(pages: Sequence[Sequence[_Row]]) -> dict[float, float]:
    """Find for each size of type how far two lines of one paragraph stand apart: the least that occurs."""
    usual: dict[float, float] = {}
    for rows in pages:
        for above, below in pairwise(rows):
            distance = above.foot - below.height
            if above.size == below.size and distance > 0.7 * above.size:
                usual[above.size] = min(distance, usual.get(above.size, distance))
    return usual


def _with_gaps(rows: Sequence[_Row], usual: dict[float, float]) -> Iterator[str]:
    above: _Row | None = None
    for row in rows:
        if above is not None and _begins_anew(above, row, usual):
            yield ""
        yield row.text
        above = row


def _begins_anew(above: _Row, row: _Row, usual: dict[float, float]) -> bool:
    distance = above.foot - row.height
    same_style = above.size == row.size and above.bold == row.bold
    if not same_style or distance < 0:
        return True
    return distance > WIDER * min(usual.get(row.size, distance), 2.0 * (row.size or distance))

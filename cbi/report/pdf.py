"""The report as PDF: its data handed to Typst as JSON, its own fonts, tagged for reading aloud (PDF/UA-1).

The same report gives the same bytes: nothing is taken from the clock, the machine or the network. No text of the
city is ever read as markup: templates receive the data in a file of its own.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal, cast

from cbi.report.content import Note, Report
from cbi.report.telling import clipped
from cbi.terminal import width_of

if TYPE_CHECKING:
    from typst import Fonts

Form = Literal["full", "short", "page", "indicator"]
Paper = Literal["a4", "us-letter"]

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"
MAIN = {"full": "report.typ", "short": "short.typ", "page": "page.typ", "indicator": "indicator.typ"}

AS_IT_IS = frozenset(("digest", "fingerprint", "link"))
"""What people copy, so that no break may hide in it: plain signs that stand where there is room."""

MISSING_SIGN = "□"
LONGEST_WORD = 24
FOOTER_SIGNS = 80
"""How many narrow signs the line at the foot of a page holds beside the page number."""

HEADING_SIGNS = 110
"""Narrow signs of a city's name that the head of the one page holds: two lines."""

BREAK = "\u200b"
_AFTER_MARK = re.compile(r"(?<=[/_.,;:&?=#-])(?=.)")
_LONG_RUN = re.compile(rf"[^\s\u2e80-\uffef]{{{LONGEST_WORD + 1},}}")
_UNSEEN = re.compile(
    "[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]"
)
"""Control characters and marks without a shape: among them those that would turn the order of a line around."""


class NoIndicatorError(KeyError):
    """The indicator that a sheet was asked for is not one of the edition."""


def write_pdf(report: Report, *, form: Form = "full", paper: Paper = "a4", indicator: str | int | None = None) -> bytes:
    """Lay a report out and give the PDF.

    ``form`` is the full report, the short one of two pages, the one page, or the sheet of one ``indicator`` (its
    number or id). ``paper`` is A4 or Letter. Raises :class:`NoIndicatorError` if the edition has no such indicator.
    """
    pdf = _compiler(report, form, paper, indicator).compile(format="pdf", pdf_standards=["ua-1"])
    return cast("bytes", pdf)


def draw_pages(
    report: Report, *, form: Form = "full", paper: Paper = "a4", indicator: str | int | None = None, ppi: int = 96
) -> tuple[bytes, ...]:
    """Draw the pages of a report as PNG pictures of ``ppi`` pixels an inch; the rest as :func:`write_pdf`."""
    pages = _compiler(report, form, paper, indicator).compile(format="png", ppi=ppi)
    return tuple(pages) if isinstance(pages, list) else (cast("bytes", pages),)


def _compiler(report: Report, form: Form, paper: Paper, indicator: str | int | None) -> Any:
    import typst

    data = {**asdict(report), **_drawn(report)}
    if form == "indicator":
        data["sheet"] = _sheet(report, str(indicator))
    holder = Drawable()
    clean = holder.clean(data)
    clean["undrawn"] = holder.undrawn
    clean["undrawn_line"] = report.words["undrawn"].format(count=holder.undrawn)
    files = {**_templates(), "main.typ": (TEMPLATES / MAIN[form]).read_bytes(), "data.json": _json(clean)}
    return typst.Compiler(
        cast("Any", files), font_paths=_fonts(), ignore_system_fonts=True, sys_inputs={"paper": paper}
    )


def _drawn(report: Report) -> dict[str, Any]:
    """Give what the layout needs beyond the words: how large a long name is set, and the line at the foot."""
    signs = sum(2 if ord(sign) > 0x2E80 else 1 for sign in report.city)
    size = next((size for most, size in ((16, 40), (28, 32), (60, 24), (120, 18)) if signs <= most), 13)
    rest = report.heading.removeprefix(report.city)
    return {
        "cover_size": size,
        "short_city": clipped(report.city, HEADING_SIGNS),
        "footer": clipped(report.city, FOOTER_SIGNS - width_of(rest)) + rest,
    }


def _sheet(report: Report, wanted: str) -> dict[str, Any]:
    """Give one indicator for its sheet: its notes in full where the sheet holds them, and shortened where not."""
    for component in report.components:
        for part in component.indicators:
            if wanted in (part.id, str(part.number)):
                named = f"{part.number} · {part.title}"
                whole = [asdict(Note("", note.text)) for note in report.long_notes if note.about == named]
                kept = [asdict(note) for note in part.notes if not note.shortened]
                return {**asdict(part), "component": component.title, "whole_notes": [*kept, *whole]}
    raise NoIndicatorError(wanted)


@cache
def _templates() -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in TEMPLATES.glob("*.typ") if file.name not in MAIN.values()}


@cache
def _fonts() -> Fonts:
    import typst

    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(FONTS)])


_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:km²|m²|ha|%|亩)(?!\w))")
"""The space between a number and its unit, where no line may break."""


def _json(data: Any) -> bytes:
    text = _BEFORE_UNIT.sub("\u00a0", json.dumps(data, ensure_ascii=False))
    return text.encode("utf-8", "replace")


@cache
def covered() -> frozenset[int]:
    """Give the characters that the fonts of the report hold."""

    def codes() -> Iterator[int]:
        for line in (FONTS / "coverage.txt").read_text(encoding="ascii").splitlines():
            first, last = line.split("-")
            yield from range(int(first, 16), int(last, 16) + 1)

    return frozenset(codes())


class Drawable:
    """Makes texts that the fonts can draw, and counts the signs that they cannot."""

    def __init__(self) -> None:
        self.undrawn = 0

    def clean(self, data: Any) -> Any:
        """Clean every text of some data; dates become texts."""
        if isinstance(data, str):
            return self.text(data)
        if isinstance(data, dict):
            return {key: part if key in AS_IT_IS else self.clean(part) for key, part in data.items()}
        if isinstance(data, list | tuple):
            return [self.clean(part) for part in data]
        return data.isoformat() if isinstance(data, date) else data

    def text(self, text: str) -> str:
        """Clean one text: no unseen marks, no sign without a glyph, and places where a very long word may break."""
        text = _UNSEEN.sub("", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
        if not text.isascii():
            text = "".join(sign if sign == "\n" or ord(sign) in covered() else self._missing() for sign in text)
        return _LONG_RUN.sub(_breakable, text)

    def _missing(self) -> str:
        self.undrawn += 1
        return MISSING_SIGN


def _breakable(match: re.Match[str]) -> str:
    """Let a run without spaces break after its marks, else every so many signs; such a break is not seen."""
    pieces = []
    for part in _AFTER_MARK.split(match[0]):
        pieces += [part[start : start + LONGEST_WORD] for start in range(0, len(part), LONGEST_WORD)]
    return BREAK.join(pieces)

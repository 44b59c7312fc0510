"""From the text of a profile to clean lines: page breaks, bold marks and odd spaces put aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

PAGE_BREAK = "\f"
MOST_SIGNS = 300_000
"""Signs that a text may have; a long profile has a tenth of them."""

_LINE_END = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")
_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\x00-\x1f]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_BOLD = re.compile(r"(?<=\S)\*+|\*+(?=\S)|(?<!\w)_{2,}(?=\S)|(?<=\S)_{2,}(?!\w)|</?(?:b|strong|em|i)>")
_HEADING = re.compile(r"^(?:#{1,6}|>+)\s+")
_ONLY_RULE = re.compile(r"[-–—=_*·•.|\s]+")
_WIDE = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")


@dataclass(frozen=True, slots=True)
class Line:
    """A line that holds something: its number and page from 1, and whether an empty line or page break goes before."""

    number: int
    page: int
    text: str
    after_gap: bool = False
    after_break: bool = False


def clean(text: str) -> str:
    """Take bold marks, heading marks, invisible signs and odd spaces away; every other sign stays as it is."""
    text = _SPACES.sub(" ", _INVISIBLE.sub("", text)).strip()
    return _SPACES.sub(" ", _HEADING.sub("", _BOLD.sub("", text))).strip()


def lines_of(text: str) -> tuple[Line, ...]:
    """Split a text into its lines, without empty ones and rules; a form feed begins a new page."""
    found: list[Line] = []
    number, gap = 0, False
    for page, part in enumerate(text.split(PAGE_BREAK), start=1):
        broken = page > 1
        for raw in _LINE_END.split(part):
            number += 1
            cleaned = clean(raw)
            if not cleaned or _ONLY_RULE.fullmatch(cleaned):
                gap = True
                continue
            found.append(Line(number, page, cleaned, gap and not broken, broken))
            gap = broken = False
        number -= 1  # what stands behind a form feed is still on the same line of the file
    return tuple(found)


def joined(texts: Iterable[str]) -> str:
    """Join the lines of one paragraph: with a space, but not between Chinese signs."""
    whole = ""
    for text in texts:
        tight = not whole or not text or (_WIDE.match(whole[-1]) and _WIDE.match(text[0]))
        whole += text if tight else f" {text}"
    return whole


def folded(text: str) -> str:
    """Fold a text for comparison: full-width forms, ligatures, case, spaces."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).casefold().strip()

"""From the text of a profile to clean lines: page breaks, bold marks, odd spaces and page numbers put aside."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence, Set
from dataclasses import dataclass, replace

PAGE_BREAK = "\f"
MOST_SIGNS = 300_000
"""Signs that a text may have; a long profile has a tenth of them."""

MOST_EDGE_REPEATS = 3
"""On how many pages the same first or last line stands before it is taken for a running head."""

_LINE_END = re.compile(r"\r\n|[\n\r\v\x85\u2028\u2029]")
_SPACES = re.compile(r"[\s\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\x00-\x1f]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff\u202a-\u202e\u2066-\u2069]")
_BOLD = re.compile(r"(?<=\S)\*+|\*+(?=\S)|(?<!\w)_{2,}(?=\S)|(?<=\S)_{2,}(?!\w)|</?(?:b|strong|em|i)>")
_HEADING = re.compile(r"^(?:#{1,6}|>+)\s+")
_ONLY_RULE = re.compile(r"[-–—=_*·•.|\s]+")
_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—]?\s*(\d{1,4})\s*[-–—]?(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
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


def without_furniture(lines: Sequence[Line], keep: Set[str]) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Put aside page numbers and running heads; returns the other lines, and what was put aside.

    Only the first and last line of a page can be either; ``keep`` holds texts that never are.
    """
    pages = {line.page for line in lines}
    if len(pages) < 2:
        return tuple(lines), ()
    edges = [position for position, line in enumerate(lines) if _at_edge(lines, position)]
    seen = Counter((lines[position].text, lines[position].page) for position in edges)
    repeated = Counter(text for text, _ in seen)
    aside = {
        position
        for position in edges
        if _is_page_number(lines[position])
        or (repeated[lines[position].text] >= MOST_EDGE_REPEATS and lines[position].text not in keep)
    }
    kept = [
        replace(line, after_gap=False, after_break=True) if position - 1 in aside else line
        for position, line in enumerate(lines)
        if position not in aside
    ]
    return tuple(kept), tuple(lines[position].text for position in sorted(aside))


def _at_edge(lines: Sequence[Line], position: int) -> bool:
    neighbours = (position - 1, position + 1)
    return any(not 0 <= other < len(lines) or lines[other].page != lines[position].page for other in neighbours)


def _is_page_number(line: Line) -> bool:
    match = _PAGE_NUMBER.fullmatch(line.text)
    return match is not None and int(match[1]) in (line.page, line.page - 1)


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

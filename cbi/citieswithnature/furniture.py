"""What is printed at the edges of every page and belongs to no chapter: page numbers, running heads and feet."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from cbi.citieswithnature.form import Block, Form, blocks_of, read_date
from cbi.citieswithnature.lines import Line, folded

MOST_AT_EDGE = 3
"""How many lines of a page's edge may be furniture: a head or foot of two lines, and a page number."""

MOST_EDGE_REPEATS = 3
"""On how many pages the same line stands at an edge before it is taken for a running head."""

LONGEST_HEAD = 200

_PAGE_NUMBER = re.compile(r"(?:page\s*)?[-–—]?\s*(\d{1,4})\s*[-–—]?(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_NUMBER = re.compile(r"\d+")


def without_furniture(lines: Sequence[Line], form: Form) -> tuple[tuple[Line, ...], tuple[str, ...]]:
    """Put aside page numbers, running heads and feet; returns the other lines, and what was put aside.

    The edges of the pages are taken off line by line, as a page number may stand behind a head. The fixed words
    of the platform and what stands beside them on the cover – the name of the city and the day – are never
    taken off: a head may repeat them word for word.
    """
    kept, aside = list(lines), list[Line]()
    for _ in range(MOST_AT_EDGE):
        taken = _furniture(kept, form) if len({line.page for line in kept}) > 1 else set()
        if not taken:
            break
        aside.extend(kept[position] for position in taken)
        kept = [
            replace(line, after_gap=False, after_break=True) if position - 1 in taken else line
            for position, line in enumerate(kept)
            if position not in taken
        ]
    return tuple(kept), tuple(line.text for line in sorted(aside, key=lambda line: line.number))


def _furniture(lines: Sequence[Line], form: Form) -> set[int]:
    """Find the lines at the edges of pages that are page numbers, or that repeat from page to page."""
    edges = [position for position in range(len(lines)) if _at_edge(lines, position)]
    pages: dict[tuple[str, int | None], set[int]] = defaultdict(set)
    for position in edges:
        for likeness in _likenesses(lines[position]):
            pages[likeness].add(lines[position].page)
    often = {likeness for likeness, where in pages.items() if len(where) >= MOST_EDGE_REPEATS}
    found = {
        position
        for position in edges
        if _is_page_number(lines[position]) or not often.isdisjoint(_likenesses(lines[position]))
    }
    return found - _fixed(lines, form) if found else found


def _likenesses(line: Line) -> Iterator[tuple[str, int | None]]:
    """Give what a line has in common with that of another page: its text, or all but a number that counts pages."""
    text = folded(line.text)
    if len(text) > LONGEST_HEAD:
        return
    if any(sign.isalpha() for sign in text):
        yield text, None
    for number in _NUMBER.finditer(text):
        if len(number[0]) <= len("9999"):
            yield f"{text[: number.start()]}#{text[number.end() :]}", int(number[0]) - line.page


def _fixed(lines: Sequence[Line], form: Form) -> set[int]:
    """List the lines that are fixed words of the platform, pieces of them, or stand beside those of the cover."""
    blocks = blocks_of(lines, form)
    cover = _cover(blocks)
    position, fixed = 0, set[int]()
    for place, block in enumerate(blocks):
        stop = position + len(block.lines)
        if place == cover:
            fixed.update(range(position - 1, stop + 1))
        elif block.mark and block.sign != "cover":
            fixed.update(range(position, stop))
        position = stop
    return fixed | {position for position, line in enumerate(lines) if form.is_piece(line.text)}


def _cover(blocks: Sequence[Block]) -> int | None:
    """Find the fixed words of the cover, which a head may repeat: those before a day, else the first."""
    places = [place for place, block in enumerate(blocks) if block.sign == "cover"]
    dated = [place for place in places if any(read_date(block.text) for block in blocks[place + 1 : place + 2])]
    return next(iter([*dated, *places]), None)


def _at_edge(lines: Sequence[Line], position: int) -> bool:
    neighbours = (position - 1, position + 1)
    return any(not 0 <= other < len(lines) or lines[other].page != lines[position].page for other in neighbours)


def _is_page_number(line: Line) -> bool:
    match = _PAGE_NUMBER.fullmatch(line.text)
    return match is not None and int(match[1]) in (line.page, line.page - 1)

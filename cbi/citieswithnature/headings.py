"""Which paragraphs before an action are headings: area, commitment, title – also where one was lost or broken."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from cbi.citieswithnature.catalogue import LONGEST_TITLE, Catalogue
from cbi.citieswithnature.form import Block
from cbi.citieswithnature.lines import folded, joined

PIECES = 3
"""Into how many pieces a heading may be broken."""

SHORT = 80
"""Signs up to which a stray paragraph behind a title is taken for noise."""

_SENTENCE_END = re.compile(r"[.!?。！？；;:：]$")
_FULL_STOP = re.compile(r"[.!?。！？]$")
_INNER_END = re.compile(r"[。！？；]|[.!?]\s")


@dataclass(frozen=True, slots=True)
class Heads:
    """Paragraphs before an action, told apart; ``others`` could not be placed."""

    area: tuple[Block, ...] = ()
    commitment: tuple[Block, ...] = ()
    title: tuple[Block, ...] = ()
    others: tuple[Block, ...] = ()


def title_of(blocks: Sequence[Block]) -> str:
    """Join the pieces of a broken heading."""
    return joined(block.text for block in blocks)


def told_apart(blocks: Sequence[Block], after: str, known: Catalogue) -> Heads:
    """Tell area, commitment and title apart among the paragraphs before an action.

    ``after`` says which heading mark went before them: ``area``, ``commitment`` or none.
    """
    blocks = [line for block in blocks for line in _unfolded(block, known)]
    start, stop = _title(blocks, known)
    before, title, behind = tuple(blocks[:start]), tuple(blocks[start:stop]), tuple(blocks[stop:])
    if after == "commitment" and not before and not known.action(title_of(title)) and known.commitment(title_of(title)):
        return Heads((), title, (), behind)
    area, before = picked(before, known.area, or_first=after == "area")
    commitment, before = picked(before, known.commitment, or_first=after == "commitment")
    return Heads(area, commitment, title, (*before, *behind))


def picked(
    blocks: Sequence[Block], find: Callable[[str], object], *, or_first: bool
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Pick the heading that ``find`` knows, also where it is in pieces; returns it and the other paragraphs.

    With ``or_first`` the first paragraph is taken for the heading if none is known.
    """
    for size in range(1, PIECES + 1):
        for start in range(len(blocks) - size + 1):
            if find(title_of(blocks[start : start + size])):
                return tuple(blocks[start : start + size]), (*blocks[:start], *blocks[start + size :])
    return (tuple(blocks[:1]), tuple(blocks[1:])) if or_first else ((), tuple(blocks))


def _unfolded(block: Block, known: Catalogue) -> tuple[Block, ...]:
    """Take a paragraph apart into its lines where a title begins inside: a file without empty lines."""
    inside = any(
        known.action(joined(line.text for line in block.lines[start:])) for start in range(1, len(block.lines))
    )
    if known.action(block.text) or not inside:
        return (block,)
    return tuple(replace(block, lines=(line,)) for line in block.lines)


def _title(blocks: Sequence[Block], known: Catalogue) -> tuple[int, int]:
    """Find the title: a paragraph that the mapping knows, else pieces of one, else the last paragraph."""
    for position in reversed(range(len(blocks))):
        if known.action(blocks[position].text):
            return position, position + 1
    return _pieces(blocks, known) or (max(len(blocks) - 1, 0), len(blocks))


def _pieces(blocks: Sequence[Block], known: Catalogue) -> tuple[int, int] | None:
    for start in reversed(range(len(blocks) - 1)):
        for stop in range(start + 2, min(start + PIECES, len(blocks)) + 1):
            pieces = blocks[start:stop]
            headings = any(known.is_heading(block.text) for block in pieces)
            if not headings and known.action(title_of(pieces)):
                return start, stop
    return None


def split_tail(blocks: Sequence[Block], known: Catalogue) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Split free text that runs into the headings of the next action: what belongs to it, and the headings."""
    if not blocks:
        return (), ()
    for position in reversed(range(max(0, len(blocks) - 3), len(blocks))):
        behind = blocks[position + 1 :]
        known_title = known.action(blocks[position].text)
        if known_title and (not behind or (is_bare(blocks[position], known) and _all_short(behind))):
            return _from(blocks, position, known)
    if pieces := _pieces(blocks[-3:], known):
        start, stop = (edge + max(0, len(blocks) - 3) for edge in pieces)
        if stop == len(blocks):
            return _from(blocks, start, known)
    return _split_last(blocks, known)


def _all_short(blocks: Sequence[Block]) -> bool:
    return all(len(block.text) <= SHORT for block in blocks)


def _from(blocks: Sequence[Block], position: int, known: Catalogue) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Take headings without their marks along, where they stand right before a title."""
    while position and known.is_heading(blocks[position - 1].text):
        position -= 1
    return tuple(blocks[:position]), tuple(blocks[position:])


def _split_last(blocks: Sequence[Block], known: Catalogue) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Look for a title that the mapping does not know, or that stands in one paragraph with the text before it."""
    *rest, last = blocks
    lines = last.lines
    for start in reversed(range(max(0, len(lines) - 5), len(lines))):
        if start and known.action(joined(line.text for line in lines[start:])):
            return (*rest, replace(last, lines=lines[:start])), (replace(last, lines=lines[start:]),)
    if rest or len(lines) == 1:
        return (tuple(rest), (last,)) if _may_be_title(last.text) else (tuple(blocks), ())
    ends = [place for place in range(1, len(lines)) if _SENTENCE_END.search(lines[place - 1].text)]
    start = ends[-1] if ends else 0 if _may_be_title(last.text) else len(lines) - 1
    title = replace(last, lines=lines[start:])
    body = (replace(last, lines=lines[:start]),) if start else ()
    return (body, (title,)) if _may_be_title(title.text) else (tuple(blocks), ())


def split_baseline(
    blocks: Sequence[Block], title: str, known: Catalogue
) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Split a description that runs on into the baseline of its action: the two, or nothing behind.

    The baseline begins at the last paragraph or sentence from which on all of it is there. Where the title is
    lost too, the fixed sentence of any action is looked for.
    """
    ways = [
        (
            (*blocks[:place], *_lines(block, 0, cut)),
            (*_lines(block, cut, len(block.lines)), *blocks[place + 1 :]),
        )
        for place, block in enumerate(blocks)
        for cut, line in enumerate(block.lines)
        if not cut or line.after_gap or _FULL_STOP.search(block.lines[cut - 1].text)
    ]
    likeness = [known.baseline_likeness(title, title_of(behind)) for _, behind in ways]
    if not ways or not likeness[0]:
        return tuple(blocks), ()
    return ways[max(place for place, like in enumerate(likeness) if like == likeness[0])]


def _lines(block: Block, start: int, stop: int) -> tuple[Block, ...]:
    return (replace(block, lines=block.lines[start:stop]),) if start < stop else ()


def _may_be_title(text: str) -> bool:
    return len(text) <= LONGEST_TITLE and not _INNER_END.search(text[:-1])


def is_bare(block: Block, known: Catalogue) -> bool:
    """Tell whether a paragraph is a known title and little more, so that it is no sentence of the city's own."""
    found = known.action(block.text)
    return found is not None and len(folded(block.text)) <= 2.5 * sum(map(len, found.words)) + 30


def paragraphs(blocks: Sequence[Block]) -> str:
    """Write free text with a line for each paragraph; one that a page break cut is put together again."""
    text = ""
    for block in blocks:
        cut = block.lines[0].after_break and text and not _SENTENCE_END.search(text)
        text = joined((text, block.text)) if cut else f"{text}\n{block.text}" if text else block.text
    return text


def running_text(blocks: Sequence[Block]) -> str:
    """Write a fixed sentence of the platform, which no empty line ends before its full stop."""
    text = ""
    for block in blocks:
        text = f"{text}\n{block.text}" if _FULL_STOP.search(text) else joined(filter(None, (text, block.text)))
    return text

"""The fixed words of a profile: which line means what, in which chapter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from cbi.citieswithnature.lines import Line, folded, joined
from cbi.citieswithnature.records import Place
from cbi.definitions.platform import Phrase, Platform

ORDER = ("cover", "overview", "actions", "pathway", "index", "tools", "end")
LONGEST_JOIN = 3
"""Over how many lines a fixed phrase may be broken."""

FEWEST_WORDS = 3
"""From how many words on the beginning of a phrase is known by itself."""

_FIELDS = {
    "number": r"\d+",
    "points": r"\d+(?:\.\d+)?",
    "maximum": r"\d+",
    "date": r"\w{1,12}\.?[ /-]\w{1,10},?[ /.-]\w{1,5}",
    "text": r".*?",
    "more": r".*",
}
_FIELD = re.compile(r"\{(\w+)\}")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})-(?P<day>\d{1,2})")
_DATE_IN_WORDS = re.compile(
    r"(?:(?P<day>\d{1,2})(?:st|nd|rd|th)?\s+(?P<month>[a-z]+)\.?|(?P<month2>[a-z]+)\.?\s+(?P<day2>\d{1,2}))"
    r"(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
)


@dataclass(frozen=True, slots=True)
class Mark:
    """A fixed phrase that was found, and what stands in its fields."""

    phrase: Phrase
    fields: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Block:
    """Lines that belong together: a fixed phrase (``mark``), or a paragraph of free text."""

    lines: tuple[Line, ...]
    mark: Mark | None = None
    chapter: str = "cover"

    @property
    def text(self) -> str:
        """The lines joined to one paragraph."""
        return joined(line.text for line in self.lines)

    @property
    def place(self) -> Place:
        """Where it begins."""
        return Place(self.lines[0].number, self.lines[0].page)

    @property
    def sign(self) -> str:
        """What its phrase means; empty for free text."""
        return self.mark.phrase.sign if self.mark else ""


class Form:
    """The fixed phrases of a profile, ready to be looked for."""

    def __init__(self, platform: Platform) -> None:
        self.platform = platform
        forms = [(phrase, form) for phrase in platform.phrases for form in phrase.forms]
        self._open = [(phrase, _pattern(form)) for phrase, form in forms if _is_open(form)]
        self._closed = [(phrase, _pattern(form)) for phrase, form in forms if "{" in form and not _is_open(form)]
        self._plain: dict[str, list[Phrase]] = {}
        for phrase, form in forms:
            if "{" not in form:
                self._plain.setdefault(_tight(folded(form)), []).append(phrase)
        self._pieces = {piece for _, form in forms if "{" not in form for piece in _pieces(folded(form))}
        self._longest = max(len(form) for _, form in forms) + 20
        self._prose = tuple(folded(opening) for opening in platform.prose)
        self._by_number = {phrase.number: phrase.opens for phrase in platform.phrases if phrase.sign == "title"}

    def find(self, lines: Sequence[Line], chapter: str) -> tuple[Mark, int] | None:
        """Find the phrase that a run of lines begins with: the longest first; with the number of lines it takes."""
        for width in range(min(LONGEST_JOIN, len(lines)), 0, -1):
            mark = self._closed_mark(lines[:width], chapter)
            if mark is not None:
                return mark, width
        mark = self._open_mark(lines[:1], chapter)
        if mark is not None:
            return mark, 1
        goes_on = len(lines) > 1 and not lines[1].after_gap
        if goes_on and not self._closed_mark(lines[1:2], chapter) and not self._open_mark(lines[1:2], chapter):
            mark = self._open_mark(lines[:2], chapter)
        return (mark, 2) if mark else None

    def _closed_mark(self, lines: Sequence[Line], chapter: str) -> Mark | None:
        text = _folded_text(lines)
        if len(text) > self._longest:
            return None
        plain = next((phrase for phrase in self._plain.get(_tight(text), ()) if _holds(phrase, chapter)), None)
        return Mark(plain) if plain else self._first(self._closed, text, chapter)

    def _open_mark(self, lines: Sequence[Line], chapter: str) -> Mark | None:
        """Find a phrase with free words around it; these are given as they are written."""
        mark = self._first(self._open, _folded_text(lines), chapter)
        text = joined(line.text for line in lines).replace("：", ":", 1)
        if mark is None or "text" not in mark.fields or ":" not in text:
            return mark
        return Mark(mark.phrase, {**mark.fields, "text": text.partition(":")[2].strip()})

    def is_piece(self, text: str) -> bool:
        """Tell whether a text is the beginning or the end of a fixed phrase, cut off by the end of a line."""
        return (folded(text), text[:1].islower()) in self._pieces

    def is_prose(self, text: str) -> bool:
        """Tell whether a text begins like one that the platform prints in every profile."""
        return folded(text).startswith(self._prose)

    def chapter_after(self, mark: Mark, chapter: str) -> str:
        """Give the chapter that goes on after a phrase."""
        if mark.phrase.sign == "chapter":
            return self._by_number.get(int(mark.fields["number"])) or chapter
        return mark.phrase.opens or chapter

    @staticmethod
    def _first(patterns: Sequence[tuple[Phrase, re.Pattern[str]]], text: str, chapter: str) -> Mark | None:
        for phrase, pattern in patterns:
            if _holds(phrase, chapter) and (match := pattern.fullmatch(text)):
                return Mark(phrase, match.groupdict())
        return None


def _folded_text(lines: Sequence[Line]) -> str:
    return folded(joined(line.text for line in lines))


def _tight(text: str) -> str:
    """Bring what is written with more or fewer spaces, or with “and” for “&”, to one form."""
    return text.replace("&amp;", "&").replace(" and ", "&").replace(" ", "")


def _pieces(form: str) -> Iterator[tuple[str, bool]]:
    """Give the pieces that a phrase may be cut into: beginnings of several words, endings in small letters."""
    words = form.split()
    for cut in range(1, len(words)):
        if cut >= FEWEST_WORDS:
            yield " ".join(words[:cut]), False
        yield " ".join(words[cut:]), True


def _is_open(form: str) -> bool:
    return "{text}" in form or "{more}" in form


def _holds(phrase: Phrase, chapter: str) -> bool:
    if phrase.opens is not None:
        return phrase.back or ORDER.index(phrase.opens) >= ORDER.index(chapter)
    return phrase.back or phrase.chapter == chapter


def _pattern(form: str) -> re.Pattern[str]:
    parts = []
    for position, part in enumerate(_FIELD.split(form)):
        if position % 2:
            parts.append(f"(?P<{part}>{_FIELDS[part]})")
        else:
            words = re.escape(folded(part)) if part.strip() else ""
            words = words.replace(r"\ ", r"\s*").replace(":", r"\s*:\s*")
            parts.append(rf"\s*{words}\s*")
    return re.compile("".join(parts))


def blocks_of(lines: Sequence[Line], form: Form) -> tuple[Block, ...]:
    """Gather lines into blocks: each fixed phrase by itself, free lines into paragraphs, each in its chapter."""
    return tuple(_blocks(lines, form))


def _blocks(lines: Sequence[Line], form: Form) -> Iterator[Block]:
    chapter, position = "cover", 0
    free: list[Line] = []
    while position < len(lines):
        found = form.find(lines[position : position + LONGEST_JOIN], chapter)
        if found is None:
            line = lines[position]
            if free and _begins_anew(free[-1], line):
                yield Block(tuple(free), None, chapter)
                free = []
            free.append(line)
            position += 1
            continue
        if free:
            yield Block(tuple(free), None, chapter)
            free = []
        mark, width = found
        chapter = form.chapter_after(mark, chapter)
        if "more" in mark.fields:
            width += _length_of_rest(lines[position + width :], form, chapter)
        yield Block(tuple(lines[position : position + width]), mark, chapter)
        position += width
    if free:
        yield Block(tuple(free), None, chapter)


def _begins_anew(above: Line, line: Line) -> bool:
    """Tell whether a line begins a paragraph; a page break inside a sentence is none."""
    cut = (
        line.after_break
        and above.text[-1] not in ".!?。！？:："
        and (line.text[0].islower() or line.text[0] in "&-–/,(")
    )
    return line.after_gap or (line.after_break and not cut)


def _length_of_rest(lines: Sequence[Line], form: Form, chapter: str) -> int:
    """Count the lines that go on with a sentence of the platform, up to an empty line or the next phrase."""
    for count, line in enumerate(lines):
        if line.after_gap or form.find(lines[count : count + LONGEST_JOIN], chapter):
            return count
    return len(lines)


def read_date(text: str) -> date | None:
    """Read a day such as ``07 April 2026``, ``April 7, 2026`` or ``2026-04-07``; None for anything else."""
    plain = folded(text)
    if match := _DATE.fullmatch(plain):
        year, month, day = (int(match[part]) for part in ("year", "month", "day"))
    elif match := _DATE_IN_WORDS.fullmatch(plain):
        name = (match["month"] or match["month2"])[:3]
        if name not in _MONTHS:
            return None
        year, month, day = int(match["year"]), _MONTHS.index(name) + 1, int(match["day"] or match["day2"])
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None

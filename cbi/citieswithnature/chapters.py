"""Reading the other chapters: cover and overview, Nature Pathway, City Biodiversity Index, tools and resources."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal

from cbi.citieswithnature.catalogue import Catalogue
from cbi.citieswithnature.form import Block, read_date
from cbi.citieswithnature.headings import paragraphs
from cbi.citieswithnature.lines import joined
from cbi.citieswithnature.records import (
    BY_HAND,
    Achievement,
    ComponentScore,
    IndexChapter,
    IndicatorScore,
    Place,
    Step,
    Tool,
    Upload,
)
from cbi.numbers import NumberError, read_number
from cbi.units import find_unit

LONGEST_NAME = 120
LONGEST_TOOL_TITLE = 160

_LINK = re.compile(r"<?((?:https?://|www\.)[^\s<>()\]]+)>?")
_MARKDOWN_LINK = re.compile(r"\[([^\]]*)\]\(([^)\s]+)\)")
_SENTENCE = re.compile(r"[.!?。！？]$")
_BULLET = re.compile(r"^[-•·*]\s+")


@dataclass
class Cover:
    """Name and date of the profile, and the paragraphs that are neither."""

    name: str = ""
    date: datetime.date | None = None
    unread: list[Block] = field(default_factory=list)


def read_cover(blocks: Sequence[Block]) -> Cover:
    """Read the cover: the name stands before the fixed phrase, the day of the download behind it."""
    phrase = next((place for place, block in enumerate(blocks) if block.sign == "cover"), None)
    free = [block for block in blocks if block.mark is None]
    behind = [block for block in blocks[(phrase or 0) :] if block.mark is None]
    day = _day(behind)
    others = [block for block in free if block not in day]
    names = [block for block in others if len(block.text) <= LONGEST_NAME and (phrase is None or block not in behind)]
    name = (names[0] if phrase is None else names[-1]) if names else None
    return Cover(
        name.text if name else "",
        read_date(joined(block.text for block in day)),
        [block for block in others if block is not name],
    )


def _day(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Find the paragraphs that make up a day; a page break may have cut it."""
    for start in range(len(blocks)):
        for stop in range(start + 1, min(start + 3, len(blocks)) + 1):
            if read_date(joined(block.text for block in blocks[start:stop])):
                return tuple(blocks[start:stop])
    return ()


@dataclass
class Overview:
    """The first chapter."""

    about: str = ""
    about_place: Place = BY_HAND
    population: Decimal | None = None
    population_place: Place = BY_HAND
    texts: dict[str, str] = field(default_factory=dict)
    stated_actions: int | None = None
    achievements: list[Achievement] = field(default_factory=list)
    unread: list[Block] = field(default_factory=list)


_NUMBERS = ("population", "stated_actions")
_LABELS = (*_NUMBERS, "country", "region", "head_of_government")


def read_overview(blocks: Sequence[Block]) -> Overview:
    """Read the overview: each value stands before its label."""
    found = Overview()
    pending: list[Block] = []
    in_about, award, level = False, "", ""
    for block in blocks:
        if block.mark is None:
            pending.append(block)
            continue
        sign = block.sign
        value = _value(pending, sign, in_about) if sign in _LABELS else None
        if in_about:
            found.about = paragraphs(pending)
            found.about_place = pending[0].place if pending else BY_HAND
        else:
            found.unread.extend(pending)
        in_about, pending = sign == "about", []
        if sign in _LABELS:
            _take_value(found, sign, value)
        elif sign == "award":
            award, level = block.mark.phrase.id, ""
        elif sign == "level":
            level = block.mark.phrase.id
        elif sign == "percent":
            if award and level:
                found.achievements.append(Achievement(award, level, int(block.mark.fields["number"])))
            else:
                found.unread.append(block)
            level = ""
    if in_about:
        found.about = paragraphs(pending)
    else:
        found.unread.extend(pending)
    return found


def _value(pending: list[Block], sign: str, in_about: bool) -> Block | None:
    """Take the paragraph before a label that is its value: a number where one is due, else the last one."""
    if not pending:
        return None
    if sign in _NUMBERS:
        place = next((place for place in reversed(range(len(pending))) if _number(pending[place].text) is not None), -1)
        return pending.pop(place)
    value = pending.pop()
    while pending and value.lines[0].after_break and not in_about:
        before = pending.pop()
        value = replace(before, lines=(*before.lines, *value.lines))
    return value


def _take_value(found: Overview, sign: str, block: Block | None) -> None:
    if block is None:
        return
    if sign in _NUMBERS:
        number = _number(block.text)
        if number is None or (sign == "stated_actions" and number != number.to_integral_value()):
            found.unread.append(block)
        elif sign == "population":
            found.population, found.population_place = number, block.place
        else:
            found.stated_actions = int(number)
    else:
        found.texts[sign] = block.text.lstrip(",， ")


def _number(text: str) -> Decimal | None:
    """Read a number of people, which may carry a multiple such as 万."""
    match = re.fullmatch(r"(?P<number>[\d.,'’ ]*\d)\s*(?P<unit>\D*)", text)
    unit = find_unit(match["unit"], "people") if match else None
    if match is None or unit is None:
        return None
    try:
        number = read_number(match["number"]) * Decimal(unit.factor.numerator)
    except NumberError:
        return None
    return number if number.as_tuple().exponent != -3 or unit.id else None


def read_pathway(blocks: Sequence[Block], known: Catalogue) -> tuple[tuple[Step, ...], list[Block]]:
    """Read the Nature Pathway: its steps with what is linked to each, and the paragraphs that are no part of it."""
    linked: dict[str, list[Block]] = {phrase.id: [] for phrase in known.phrases("step")}
    unread: list[Block] = []
    current = ""
    for block in blocks:
        if block.sign == "step" and block.mark:
            current = block.mark.phrase.id
        elif block.sign == "no_uploads" and current:
            unread.extend(linked[current])
            linked[current], current = [], ""
        elif block.mark is None:
            (linked[current] if current else unread).append(block)
    return tuple(
        Step(phrase.id, phrase.number or 0, phrase.phase or "", _uploads(linked[phrase.id]))
        for phrase in known.phrases("step")
    ), unread


def _uploads(blocks: Sequence[Block]) -> tuple[Upload, ...]:
    uploads: tuple[Upload, ...] = ()
    for block in blocks:
        uploads = _with_upload(uploads, block)
    return uploads


def _with_upload(uploads: tuple[Upload, ...], block: Block) -> tuple[Upload, ...]:
    """Add what a paragraph links; an address by itself belongs to the title before it."""
    for line in block.lines:
        title, link = split_link(line.text)
        if link and not title and uploads and not uploads[-1].link:
            uploads = (*uploads[:-1], replace(uploads[-1], link=link))
        else:
            uploads = (*uploads, Upload(title or link, link))
    return uploads


def split_link(text: str) -> tuple[str, str]:
    """Split a line into its words and the address in it; either may be empty."""
    text = _BULLET.sub("", text)
    if match := _MARKDOWN_LINK.search(text):
        words = f"{text[: match.start()]}{match[1]}{text[match.end() :]}"
        return words.strip(), match[2]
    if match := _LINK.search(text):
        return f"{text[: match.start()]} {text[match.end() :]}".strip(" :-–—"), match[1]
    return text, ""


def read_index(blocks: Sequence[Block], known: Catalogue) -> tuple[IndexChapter, list[Block]]:
    """Read the chapter on the City Biodiversity Index: total, components with their state, scores of indicators."""
    components: list[ComponentScore] = []
    indicators: list[IndicatorScore] = []
    by_maximum = {str(maximum): name for name, maximum in known.platform.components.items()}
    unread: list[Block] = []
    pending: list[Block] = []
    total, heading, is_open = "", "", False
    for block in blocks:
        mark = block.mark
        if mark is None:
            pending.append(block)
            continue
        of_indicator = mark.phrase.sign in ("total", "state") and bool(components)
        if of_indicator and pending:
            indicators.append(IndicatorScore(pending.pop().text, "", components[-1].component))
            is_open = True
        unread.extend(pending)
        pending = []
        match mark.phrase.sign:
            case "component":
                heading = mark.phrase.id
            case "component_total":
                name = heading or by_maximum.get(mark.fields["maximum"], "")
                components.append(ComponentScore(name, mark.fields["points"], mark.fields["maximum"]))
                heading = ""
            case "not_started" if components:
                components[-1] = replace(components[-1], started=False)
            case "state" if is_open and not indicators[-1].state:
                indicators[-1] = replace(indicators[-1], state=mark.phrase.id)
            case "total" if is_open and not indicators[-1].points:
                indicators[-1] = replace(indicators[-1], points=mark.fields["points"])
            case "total" if not components and not total:
                total = mark.fields["points"]
            case "total" | "state" | "not_started":
                unread.append(block)
            case _:
                pass
        is_open = is_open and of_indicator
    return IndexChapter(total, tuple(components), tuple(indicators)), [*unread, *pending]


def read_tools(blocks: Sequence[Block], known: Catalogue) -> tuple[tuple[Tool, ...], list[Block]]:
    """Read the tools and resources: a short paragraph is a title; an address, a sentence, a long one belongs to it."""
    tools: list[Tool] = []
    unread: list[Block] = []
    none = any(block.sign == "no_tools" for block in blocks)
    for block in blocks:
        if block.mark is not None:
            continue
        if none or known.form.is_prose(block.text):
            unread.append(block)
            continue
        title, link = split_link(block.text)
        if tools and link and not title and not tools[-1].link:
            tools[-1] = replace(tools[-1], link=link)
        elif tools and (len(title) > LONGEST_TOOL_TITLE or _SENTENCE.search(title)):
            text = "\n".join(filter(None, (tools[-1].description, title)))
            tools[-1] = replace(tools[-1], description=text, link=tools[-1].link or link)
        else:
            tools.append(Tool(title or link, link))
    return tuple(tools), unread

"""Reading the chapter on the Action Platform: areas, commitments and actions, whatever page breaks did to them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import pairwise

from cbi.citieswithnature.catalogue import Catalogue
from cbi.citieswithnature.form import Block, read_date
from cbi.citieswithnature.headings import (
    is_bare,
    paragraphs,
    picked,
    running_text,
    split_baseline,
    split_tail,
    title_of,
    told_apart,
)
from cbi.citieswithnature.records import BY_HAND, Action, ActionArea, Commitment, Place, Statement


@dataclass
class _Part:
    """A description, baseline or target while it is read."""

    place: Place
    blocks: list[Block] = field(default_factory=list)
    updated: date | None = None
    heading_lost: bool = False

    def statement(self, text: str) -> Statement | None:
        return Statement(text, self.updated, self.place, self.heading_lost) if text or self.updated else None


@dataclass
class _Open:
    """An action while it is read: its title, and its parts by name."""

    title: str
    place: Place
    parts: dict[str, _Part] = field(default_factory=dict)

    def action(self) -> Action:
        description, baseline, target = (
            self.parts.get(name, _Part(BY_HAND)) for name in ("description", "baseline", "target")
        )
        return Action(
            self.title,
            paragraphs(description.blocks),
            baseline.statement(running_text(baseline.blocks)),
            target.statement(paragraphs(target.blocks)),
            description.updated,
            place=self.place,
        )


class ActionsReader:
    """Walks through the blocks of the chapter and builds its areas; what it cannot place is in ``unread``."""

    def __init__(self, known: Catalogue) -> None:
        self._known = known
        self._areas: list[ActionArea] = []
        self._after = ""
        self._pending: list[Block] = []
        self._action: _Open | None = None
        self._part = ""
        self.unread: list[Block] = []

    def take(self, block: Block) -> None:
        """Take the next block of the chapter."""
        match block.sign:
            case "":
                self._free(block)
            case "area":
                self._close()
                number = int(block.mark.fields["number"]) if block.mark else None
                self._areas.append(ActionArea(number, ""))
                self._after = "area"
            case "commitment":
                self._close()
                self._after = "commitment"
            case "description":
                self._describe(block)
            case "baseline" | "target" as name:
                self._state(name, block)
            case "updated":
                self._date(block)
            case "title" | "chapter":
                pass  # the title of the chapter, once more, or its number
            case _:
                self.unread.append(block)

    def areas(self) -> tuple[ActionArea, ...]:
        """Give the areas once every block was taken."""
        self._close()
        return tuple(self._areas)

    def _free(self, block: Block) -> None:
        if self._action is not None and self._part:
            self._action.parts[self._part].blocks.append(block)
        else:
            self._pending.append(block)

    def _describe(self, block: Block) -> None:
        """Begin an action: its headings are what went before, or the end of the text that is open."""
        if self._action is not None and self._part:
            part = self._action.parts[self._part]
            body, heads = split_tail(part.blocks, self._known)
            part.blocks = list(body)
        else:
            heads, self._pending = tuple(self._pending), []
        self._finish()
        self._begin(heads, block.place)
        self._open("description", block)

    def _state(self, name: str, block: Block) -> None:
        """Begin a baseline or target; first see whether the heading of another action's description was lost."""
        if self._pending:
            waiting, self._pending = self._pending, []
            self._finish()
            self._begin_undescribed(waiting)
        elif self._part:
            self._split_open()
        if self._action is None:
            self._begin((), block.place)
        if self._action is not None and name in self._action.parts:
            if self._part:  # the word stands in the city's own text
                self._action.parts[self._part].blocks.append(replace(block, mark=None))
                return
            self._finish()
            self._begin((), block.place)
        self._open(name, block)

    def _open(self, name: str, block: Block) -> None:
        if self._action is None:
            return
        part = self._action.parts[name] = _Part(block.place)
        self._part = name
        inline = block.mark.fields.get("text") if block.mark else None
        if inline:
            part.blocks.append(Block((replace(block.lines[0], text=inline),), None, block.chapter))

    def _date(self, block: Block) -> None:
        day = read_date(block.mark.fields["date"]) if block.mark else None
        if not self._part and self._pending:
            self._take_waiting()
        if self._part == "description":
            self._split_off_baseline()
        if self._action is None or not self._part or day is None:
            self.unread.append(block)
            return
        self._action.parts[self._part].updated = day
        self._part = ""

    # Statements whose headings are lost; what has a day of its own is one

    def _take_waiting(self) -> None:
        """Take what waits before a day for the target of the open action, or for an action without its fixed words."""
        if self._titles(self._pending):
            waiting, self._pending = self._pending, []
            self._finish()
            self._begin_undescribed(waiting)
            if self._action is not None and "description" in self._action.parts:
                self._part = "description"
        elif self._action is not None and "baseline" in self._action.parts and "target" not in self._action.parts:
            waiting, self._pending = self._pending, []
            self._action.parts["target"] = _Part(waiting[0].place, waiting, heading_lost=True)
            self._part = "target"

    def _split_off_baseline(self) -> None:
        """Part the fixed baseline sentence from the description that it runs on from."""
        if self._action is None or "baseline" in self._action.parts:
            return
        description = self._action.parts["description"]
        body, sentence = split_baseline(description.blocks, self._action.title, self._known)
        if sentence:
            description.blocks = list(body)
            self._action.parts["baseline"] = _Part(sentence[0].place, list(sentence), heading_lost=True)
            self._part = "baseline"

    # Beginning and ending actions

    def _begin(self, blocks: Sequence[Block], place: Place) -> None:
        first, blocks = self._earlier_action(blocks)
        if first:
            self._begin_undescribed(first)
            self._finish()
        heads = told_apart(blocks, self._after, self._known)
        self.unread.extend(heads.others)
        if heads.area:
            self._enter_area(title_of(heads.area))
        if heads.commitment or self._after == "commitment":
            self._enter_commitment(title_of(heads.commitment))
        self._after = ""
        self._action = _Open(title_of(heads.title), heads.title[0].place if heads.title else place)
        self._part = ""

    def _earlier_action(self, blocks: Sequence[Block]) -> tuple[Sequence[Block], Sequence[Block]]:
        """Split off an action whose description lost its heading, where another known title follows it."""
        titles = [place for place, block in enumerate(blocks) if is_bare(block, self._known)]
        if len(titles) < 2:
            return (), blocks
        stop = max(self._heads_of(titles[-1], blocks), titles[0] + 1)
        return blocks[:stop], blocks[stop:]

    def _begin_undescribed(self, blocks: Sequence[Block]) -> None:
        """Begin actions whose descriptions lost their headings: known titles, each with its description behind it."""
        titles = self._titles(blocks)
        edges = [0, *(self._heads_of(title, blocks) for title in titles[1:]), len(blocks)]
        for start, stop in pairwise(edges):
            self._finish()
            behind = next((title + 1 for title in titles if start <= title < stop), start + 1)
            self._begin(blocks[start:behind], blocks[start].place)
            if self._action is not None and behind < stop:
                self._action.parts["description"] = _Part(blocks[behind].place, list(blocks[behind:stop]))

    def _titles(self, blocks: Sequence[Block]) -> list[int]:
        """List which paragraphs are known titles; the first may be a long one, as nothing else is due there."""
        return [
            position
            for position, block in enumerate(blocks)
            if is_bare(block, self._known) or (not position and self._known.action(block.text))
        ]

    def _heads_of(self, title: int, blocks: Sequence[Block]) -> int:
        """Give where the headings begin that stand right before a title."""
        while title and self._known.is_heading(blocks[title - 1].text):
            title -= 1
        return title

    def _split_open(self) -> None:
        """Look for known titles inside the open text: each begins an action of its own."""
        if self._action is None or not self._part:
            return
        part = self._action.parts[self._part]
        inside = [place for place, block in enumerate(part.blocks) if is_bare(block, self._known)]
        if inside:
            behind, part.blocks = part.blocks[inside[0] :], part.blocks[: inside[0]]
            self._finish()
            self._begin(behind[:1], behind[0].place)
            if self._action is not None:
                self._action.parts["description"] = _Part(behind[0].place, behind[1:])
                self._part = "description"
            self._split_open()

    def _finish(self) -> None:
        """Put the open action where it belongs."""
        if self._action is None:
            return
        area = self._areas.pop() if self._areas else ActionArea(None, "")
        commitments = area.commitments or (Commitment(""),)
        last = commitments[-1]
        last = replace(last, actions=(*last.actions, self._action.action()))
        self._areas.append(replace(area, commitments=(*commitments[:-1], last)))
        self._action, self._part = None, ""

    def _close(self) -> None:
        """End what is open before the next area or commitment."""
        self._split_open()
        self._finish()
        waiting, self._pending = tuple(self._pending), []
        area, waiting = picked(waiting, self._known.area, or_first=self._after == "area")
        if area:
            self._enter_area(title_of(area))
        if self._after == "commitment" and waiting and not self._known.action(waiting[0].text):
            commitment, waiting = picked(waiting, self._known.commitment, or_first=True)
            self._enter_commitment(title_of(commitment))
            self._after = ""
        if self._titles(waiting):
            self._begin_undescribed(waiting)
            self._finish()
        else:
            self.unread.extend(waiting)
            self._after = ""

    def _enter_area(self, title: str) -> None:
        if self._areas and not self._areas[-1].title and not self._areas[-1].commitments:
            self._areas[-1] = replace(self._areas[-1], title=title)
            return
        known = self._known.area(title)
        self._areas.append(ActionArea(known.number if known else None, title))

    def _enter_commitment(self, title: str) -> None:
        if not self._areas:
            self._areas.append(ActionArea(None, ""))
        area = self._areas[-1]
        self._areas[-1] = replace(area, commitments=(*area.commitments, Commitment(title)))

"""An item beside what stands now: what it would do, in words, and the points that it changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from cbi.assessment import Assessment, Entry
from cbi.definitions import edition
from cbi.gathering import place_of
from cbi.i18n import Sentence
from cbi.intake.asked import asked_for
from cbi.intake.merging import (
    BLANK,
    content_after,
    content_now,
    figures_gone,
    figures_of,
    given_for,
    is_same_figure,
    statement_after,
)
from cbi.intake.model import Content, Item, Statement
from cbi.labels import REASONS
from cbi.scoring import Scorecard

NOTHING = "–"


class State(StrEnum):
    """What an item would do: fill an empty place, change what stands there, or nothing."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Effect:
    """Points of an indicator before and after; None where it is not scored."""

    indicator: str
    number: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Proposal:
    """An item beside what stands now.

    ``id`` names it among all files. ``now`` and ``after`` are texts for people. With ``only_record`` the figure
    stays and only its year, quality, source or note change. ``effects`` are the points of the indicators that
    it feeds, with all other proposals applied too; of two that disagree each is shown as if it were chosen.
    A reason why there is no value shows the figures that go for it as what stands now.
    """

    id: str
    file: str
    item: Item
    state: State
    now: str | Sentence
    after: str | Sentence
    only_record: bool = False
    effects: tuple[Effect, ...] = ()


def proposal_of(
    key: str,
    file: str,
    item: Item,
    now: Assessment,
    settled: Sequence[Item],
    before: Scorecard,
    after: Scorecard,
    language: str,
) -> Proposal:
    """Set an item beside what stands now.

    ``key`` names it among all files; ``settled`` are all items that do not disagree with others; ``before`` and
    ``after`` are the scorecards of now and with all of them applied.
    """
    if isinstance(item.content, Statement):
        return _statement(key, file, item, item.content, now, settled, before, after, language)
    stands = content_now(now, item)
    comes = content_after(stands, item.content)
    unchanged = stands == comes
    only_record = isinstance(stands, Entry) and isinstance(comes, Entry) and is_same_figure(stands, comes)
    return Proposal(
        key,
        file,
        item,
        State.NEW if stands is None else State.UNCHANGED if unchanged else State.CHANGED,
        content_text(stands, item, now.edition, language),
        item.becomes,
        only_record and not unchanged,
        effects_of(item.owner, (item.input,), now.edition, before, after),
    )


def _statement(
    key: str,
    file: str,
    item: Item,
    said: Statement,
    now: Assessment,
    settled: Sequence[Item],
    before: Scorecard,
    after: Scorecard,
    language: str,
) -> Proposal:
    """Set what is said of an indicator beside what stands: the figures that go for it, or what was said before."""
    answer, given = now.answers.get(item.owner, BLANK), given_for(settled, item.owner)
    stands, comes = content_now(now, item), statement_after(answer, said, given)
    gone = figures_gone(answer, said, given)
    kept = figures_of(answer) if said.reason not in (None, comes.reason) else {}
    shown = gone or kept
    unchanged = not gone and (stands == comes or (stands is None and comes == Statement()))
    text = content_text(stands, item, now.edition, language)
    if shown:
        text = figures_text(item.owner, shown, now.edition, language)
    is_new = stands is None and not shown
    return Proposal(
        key,
        file,
        item,
        State.UNCHANGED if unchanged else State.NEW if is_new else State.CHANGED,
        text,
        text if kept else item.becomes,
        bool(kept) and not unchanged,
        effects_of(item.owner, gone, now.edition, before, after),
    )


def content_text(content: Content | None, item: Item, edition_id: str, language: str) -> str | Sentence:
    """Say what stands in a place, in the words in which the item says what it becomes."""
    if isinstance(content, Statement):
        return REASONS[content.reason] if content.reason is not None else content.note or content.source
    if content is None:
        return NOTHING
    asked = asked_for(edition_id, item.owner, item.input if isinstance(content, Entry) else "=", language)
    if asked is None:
        return NOTHING
    if isinstance(content, str):
        return next((way.label for way in asked.indicators[0].ways if way.id == content), content)
    return asked.written(content)


def figures_text(owner: str, figures: Mapping[str, Entry], edition_id: str, language: str) -> str:
    """Write figures of an indicator; several are named."""
    written = []
    for name, entry in figures.items():
        asked = asked_for(edition_id, owner, name, language)
        if asked is not None:
            written.append(f"{asked.label}: {asked.written(entry)}" if len(figures) > 1 else asked.written(entry))
    return "; ".join(written) or NOTHING


def effects_of(
    owner: str, names: Iterable[str], edition_id: str, before: Scorecard, after: Scorecard
) -> tuple[Effect, ...]:
    """Give the points of an indicator, and of every other one that these inputs of it feed."""
    places = {(owner, name) for name in names}
    effects = []
    for indicator in edition(edition_id).indicators:
        if indicator.id == owner or any(place_of(indicator, name) in places for name in indicator.inputs):
            old, new = before.result(indicator.id), after.result(indicator.id)
            effects.append(Effect(indicator.id, indicator.number, old.points, new.points))
    return tuple(effects)

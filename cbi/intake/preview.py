"""What files would change: each item beside what stands now, with points before and after, and what disagrees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from cbi.assessment import Assessment, Entry
from cbi.comparison import score_years
from cbi.corrections import NO_BANDS, CityBands
from cbi.definitions import edition
from cbi.definitions.edition import PROFILE
from cbi.gathering import place_of
from cbi.i18n import Sentence, say
from cbi.intake.asked import asked_for
from cbi.intake.merging import agree, content_after, content_now, is_same_figure, why_not_carried, with_items
from cbi.intake.model import Content, Item, Question, Received, Statement
from cbi.labels import REASONS
from cbi.problems import Problem, Severity
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
    """

    id: str
    file: str
    item: Item
    state: State
    now: str | Sentence
    after: str | Sentence
    only_record: bool = False
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Proposals for the same thing that disagree, side by side. One of them is to be chosen, by its id."""

    id: str
    label: str
    now: str | Sentence
    proposals: tuple[Proposal, ...]


@dataclass(frozen=True, slots=True)
class Preview:
    """All that would change. Nothing has.

    ``before`` and ``after`` are the scorecards of now, and with everything applied that does not disagree.
    """

    now: Assessment
    proposals: tuple[Proposal, ...]
    conflicts: tuple[Conflict, ...]
    problems: tuple[Problem, ...]
    questions: tuple[Question, ...]
    before: Scorecard
    after: Scorecard

    @property
    def changes(self) -> tuple[Proposal, ...]:
        """The proposals that would change something and disagree with no other."""
        return tuple(one for one in self.proposals if one.state in (State.NEW, State.CHANGED))


def preview(
    received: Sequence[Received],
    now: Assessment,
    history: Sequence[Assessment] = (),
    *,
    baseline: int | None = None,
    bands: CityBands = NO_BANDS,
    language: str = "en",
) -> Preview:
    """Set what was received beside an assessment.

    ``history`` holds the other years of the city, for points that depend on them; ``baseline`` is the baseline
    year, by default the earliest, ``bands`` what the city says of the printed bands. ``language`` is the
    reader's. Raises :class:`cbi.comparison.UnknownBaselineError` for a baseline that was not assessed.
    """
    others = [one for one in history if (one.year, one.edition) != (now.year, now.edition)]

    def scored(assessment: Assessment) -> Scorecard:
        return score_years((*others, assessment), baseline, language, bands)[-1]

    items, problems = _usable(received, now, language)
    groups = _grouped(items)
    conflicting = {target for target, group in groups.items() if _disagree(group, now.edition)}
    settled = [item for _, _, item in items if item.target not in conflicting]
    all_applied = with_items(now, settled)
    before, after = scored(now), scored(all_applied)
    made: dict[str, Proposal] = {}
    for key, file, item in items:
        card = scored(with_items(all_applied, [item])) if item.target in conflicting else after
        made[key] = _proposal(key, file, item, now, item.target in conflicting, before, card, language)
    conflicts = tuple(
        _conflict([made[key] for key, _, _ in group]) for target, group in groups.items() if target in conflicting
    )
    return Preview(
        now,
        tuple(made.values()),
        conflicts,
        (*problems, *_consequences(before, after)),
        tuple(question for one in received for question in one.questions),
        before,
        after,
    )


def applied(
    preview: Preview, chosen: Collection[str] | None = None, choices: Mapping[str, str] | None = None
) -> Assessment:
    """Give the assessment with what was agreed to; everything else stays as it is.

    ``chosen`` are the ids of proposals, by default all. ``choices`` says for each conflict, by its id, which
    proposal holds; a conflict that is not decided changes nothing.
    """
    taken = set((choices or {}).values())
    items = [
        one.item
        for one in preview.proposals
        if (one.id in taken if one.state is State.CONFLICT else chosen is None or one.id in chosen)
    ]
    return with_items(preview.now, items)


_Keyed = tuple[str, str, Item]


def _usable(received: Sequence[Received], now: Assessment, language: str) -> tuple[list[_Keyed], list[Problem]]:
    """List the items that the edition of now can take, each with its id among all files; and what must be said."""
    items: list[_Keyed] = []
    problems: list[Problem] = []
    for number, one in enumerate(received, 1):
        problems += _located(one, several=len(received) > 1)
        problems += _mismatches(one, now)
        for item in one.items:
            if one.edition != now.edition:
                why = why_not_carried(item, one.edition, now.edition, language)
                if why is not None:
                    problems.append(_not_carried(one, item, now.edition, why))
                    continue
            items.append((f"{number}:{item.id}", one.name, item))
    return items, problems


def _located(received: Received, *, several: bool) -> Iterable[Problem]:
    for problem in received.problems:
        if several and received.name not in problem.where:
            yield replace(problem, where=f"{received.name}: {problem.where}")
        else:
            yield problem


def _mismatches(received: Received, now: Assessment) -> Iterable[Problem]:
    """Warn where a file speaks of another city, year or edition; both are named."""
    pairs = (
        (say("city"), _folded(received.city), _folded(now.city), received.city, now.city),
        (say("year"), received.year, now.year, received.year, now.year),
    )
    for what, theirs, ours, shown, wanted in pairs:
        if theirs and ours and theirs != ours:
            sentence = say(
                "The file is of another {what}: {found}, not {wanted}. Apply it only if that is meant.",
                what=what,
                found=shown,
                wanted=wanted,
            )
            yield Problem(Severity.WARNING, "other_assessment", received.name, sentence)
    if received.items and received.edition != now.edition:
        sentence = say(
            "The file is of the {found} edition, the assessment of the {wanted} edition. "
            "Only answers that mean the same in both are offered.",
            found=received.edition,
            wanted=now.edition,
        )
        yield Problem(Severity.WARNING, "other_edition", received.name, sentence)


def _folded(text: str | None) -> str:
    return " ".join((text or "").casefold().split())


def _not_carried(received: Received, item: Item, wanted: str, why: str) -> Problem:
    if why:
        sentence = say("{label}: left out. {why}", label=item.label, why=why)
    else:
        sentence = say(
            "{label}: left out, because the {edition} edition does not ask it.", label=item.label, edition=wanted
        )
    owner = None if item.owner == PROFILE else item.owner
    return Problem(Severity.NOTE, "not_carried", item.where, sentence, owner, item.input)


def _grouped(items: Sequence[_Keyed]) -> dict[tuple[str, str], list[_Keyed]]:
    groups: dict[tuple[str, str], list[_Keyed]] = {}
    for one in items:
        groups.setdefault(one[2].target, []).append(one)
    return groups


def _disagree(group: Sequence[_Keyed], edition_id: str) -> bool:
    first = group[0][2]
    return any(not agree(first, other, edition_id) for _, _, other in group[1:])


def _conflict(proposals: Sequence[Proposal]) -> Conflict:
    first = proposals[0]
    return Conflict(":".join(first.item.target), first.item.label, first.now, tuple(proposals))


def _proposal(
    key: str,
    file: str,
    item: Item,
    now: Assessment,
    in_conflict: bool,
    before: Scorecard,
    after: Scorecard,
    language: str,
) -> Proposal:
    stands = content_now(now, item)
    comes = content_after(stands, item.content)
    unchanged = stands == comes
    state = State.NEW if stands is None else State.UNCHANGED if unchanged else State.CHANGED
    only_record = isinstance(stands, Entry) and isinstance(comes, Entry) and is_same_figure(stands, comes)
    return Proposal(
        key,
        file,
        item,
        State.CONFLICT if in_conflict else state,
        _text(stands, item, now.edition, language),
        item.becomes,
        only_record and not unchanged,
        _effects(item, now.edition, before, after),
    )


def _text(content: Content | None, item: Item, edition_id: str, language: str) -> str | Sentence:
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


def _effects(item: Item, edition_id: str, before: Scorecard, after: Scorecard) -> tuple[Effect, ...]:
    """Give the points of every indicator that an item feeds."""
    place = (item.owner, item.input)
    effects = []
    for indicator in edition(edition_id).indicators:
        feeds = indicator.id == item.owner or any(place_of(indicator, name) == place for name in indicator.inputs)
        if feeds:
            old, new = before.result(indicator.id), after.result(indicator.id)
            effects.append(Effect(indicator.id, indicator.number, old.points, new.points))
    return tuple(effects)


def _consequences(before: Scorecard, after: Scorecard) -> Iterable[Problem]:
    """List what the scorecard would warn of that it does not warn of now, such as a part larger than its whole."""
    known = {(problem.code, problem.where, problem.sentence.text()) for problem in before.problems}
    for problem in after.problems:
        serious = problem.severity is not Severity.NOTE
        if serious and (problem.code, problem.where, problem.sentence.text()) not in known:
            yield problem

"""What files would change: each item beside what stands now, with points before and after, and what disagrees."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from cbi.assessment import Assessment
from cbi.comparison import score_years
from cbi.corrections import NO_BANDS, CityBands
from cbi.definitions.edition import PROFILE
from cbi.i18n import Sentence, say
from cbi.intake.merging import agree, why_not_carried, with_items
from cbi.intake.model import Item, Question, Received
from cbi.intake.proposals import NOTHING, Effect, Proposal, State, proposal_of
from cbi.problems import Problem, Severity
from cbi.scoring import Scorecard


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
    before, after = scored(now), scored(with_items(now, settled))
    made: dict[str, Proposal] = {}
    for key, file, item in items:
        in_conflict = item.target in conflicting
        card = scored(with_items(now, [*settled, item])) if in_conflict else after
        proposal = proposal_of(key, file, item, now, settled, before, card, language)
        made[key] = replace(proposal, state=State.CONFLICT) if in_conflict else proposal
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
    proposal holds; a conflict that is not decided changes nothing. What only says again what stands needs no
    agreement: it keeps a figure beside a reason that the same files give.
    """
    taken = set((choices or {}).values())

    def is_taken(one: Proposal) -> bool:
        if one.state is State.CONFLICT:
            return one.id in taken
        return chosen is None or one.id in chosen or one.state is State.UNCHANGED

    return with_items(preview.now, [one.item for one in preview.proposals if is_taken(one)])


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


def _consequences(before: Scorecard, after: Scorecard) -> Iterable[Problem]:
    """List what the scorecard would warn of that it does not warn of now, such as a part larger than its whole."""
    known = {(problem.code, problem.where, problem.sentence.text()) for problem in before.problems}
    for problem in after.problems:
        serious = problem.severity is not Severity.NOTE
        if serious and (problem.code, problem.where, problem.sentence.text()) not in known:
            yield problem


__all__ = ["NOTHING", "Conflict", "Effect", "Preview", "Proposal", "State", "applied", "preview"]

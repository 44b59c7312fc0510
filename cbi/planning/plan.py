"""A plan: a target with the steps that lead there, an owner and a year for each, and what later years achieved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from typing import Any

from cbi.planning.target import Proposal, Step, candidates_of, least_effort
from cbi.scoring import Scorecard


class Scale(StrEnum):
    """What efforts are told in: the staff's own numbers, grades from 1 (easy) to 5 (hard), or costs."""

    OWN = "own"
    GRADE = "grade"
    COST = "cost"


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """A step of a plan: an indicator from some points to others, who sees to it, and by which year.

    An indicator that was not scored when the plan was made (``scored`` False) is counted from 0, and never shown as 0.
    """

    indicator: str
    start: int
    end: int
    owner: str = ""
    year: int | None = None
    note: str = ""
    scored: bool = True


@dataclass(frozen=True, slots=True)
class Plan:
    """A plan of a city, made from its assessment of ``made_in`` under ``edition``.

    ``efforts`` names the indicators that may move, with the efforts of their further points in order; an empty list
    says that nobody gave one (:func:`cbi.planning.target.assumed_effort`). ``unit`` is a currency where ``scale`` is
    cost.
    """

    name: str
    edition: str
    made_in: int
    target: int
    by: int | None = None
    scale: Scale = Scale.OWN
    unit: str = ""
    efforts: Mapping[str, tuple[Decimal, ...]] | None = None
    steps: tuple[PlannedStep, ...] = ()
    note: str = ""


def proposed(plan: Plan, card: Scorecard) -> Proposal:
    """Propose the least effort for the target of a plan; without ``efforts`` every indicator may move, all alike."""
    efforts = plan.efforts
    if efforts is None:
        efforts = {result.indicator.id: () for result in card.results}
    return least_effort(candidates_of(card, efforts), card.total.points, plan.target)


def with_steps(plan: Plan, steps: Sequence[Step]) -> Plan:
    """Take steps over into a plan; who sees to a step, when, and what was noted stay with its indicator."""
    known = {one.indicator: one for one in plan.steps}
    taken = []
    for step in steps:
        old = known.get(step.indicator, PlannedStep(step.indicator, step.start, step.end, year=plan.by))
        taken.append(replace(old, start=step.start, end=step.end, scored=step.scored))
    return replace(plan, steps=tuple(taken))


@dataclass(frozen=True, slots=True)
class Achieved:
    """A step against what later years achieved: the points of each later year (None: not scored), the earliest first.

    ``reached`` is the first year that has the points of the step.
    """

    step: PlannedStep
    points: tuple[tuple[int, int | None], ...]
    reached: int | None

    @property
    def late(self) -> bool:
        """Whether the year of the step has been assessed and the points are not there."""
        last = max((year for year, _ in self.points), default=0)
        return self.reached is None and self.step.year is not None and last >= self.step.year


def achieved(plan: Plan, cards: Sequence[Scorecard]) -> tuple[Achieved, ...]:
    """Set the steps of a plan against the years after it was made; ``cards`` are scored under the plan's edition."""
    later = sorted((card for card in cards if (card.year or 0) > plan.made_in), key=lambda card: card.year or 0)
    found = []
    for step in plan.steps:
        points = tuple(
            (card.year or 0, card.result(step.indicator).points)
            for card in later
            if card.edition.id == plan.edition and card.edition.find(step.indicator) is not None
        )
        reached = next((year for year, got in points if got is not None and got >= step.end), None)
        found.append(Achieved(replace(step, scored=_was_scored(plan, step, cards)), points, reached))
    return tuple(found)


def _was_scored(plan: Plan, step: PlannedStep, cards: Sequence[Scorecard]) -> bool:
    """Tell whether a step began at points; a plan kept by an earlier version does not say, but its year does."""
    made = [one for one in cards if (one.year, one.edition.id) == (plan.made_in, plan.edition)]
    known = [one.result(step.indicator).is_scored for one in made if one.edition.find(step.indicator) is not None]
    return step.scored and (step.start > 0 or not known or known[0])


def plan_dict(plan: Plan, done: Sequence[Achieved]) -> dict[str, Any]:
    """Give a kept plan as ``python -m cbi plan --json`` lists it."""
    return {
        "name": plan.name,
        "edition": plan.edition,
        "made_in": plan.made_in,
        "target": plan.target,
        "by": plan.by,
        "note": plan.note,
        "steps": [
            {
                "id": one.step.indicator,
                "from": one.step.start if one.step.scored else None,
                "to": one.step.end,
                "owner": one.step.owner,
                "year": one.step.year,
                "note": one.step.note,
                "reached": one.reached,
                "late": one.late,
                "later_points": {str(year): points for year, points in one.points},
            }
            for one in done
        ],
    }

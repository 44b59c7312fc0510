"""A target: which further points reach it with the least effort. An exact optimum, by dynamic programming.

Effort is the staff's own: an estimate from 1 to 5 or a cost, for each point of each indicator. The points of one
indicator come one after the other; indicators are taken as independent of one another.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cbi.numbers import exact_text
from cbi.scoring import Result, Scorecard
from cbi.scoring.scorecard import MOST_POINTS


@dataclass(frozen=True, slots=True)
class Candidate:
    """An indicator that may move: its points today, and the effort of each further point in order (at most 4 − now).

    An indicator that is not scored yet (``scored`` False) is counted from 0, and never shown as 0. ``given`` tells that
    somebody gave its efforts.
    """

    indicator: str
    number: int
    now: int
    efforts: tuple[Fraction, ...]
    scored: bool = True
    given: bool = True


@dataclass(frozen=True, slots=True)
class Step:
    """One indicator to be lifted from some points to others, and the effort of it; ``given``: somebody gave it."""

    indicator: str
    number: int
    start: int
    end: int
    effort: Fraction
    scored: bool = True
    given: bool = True

    @property
    def gain(self) -> int:
        """Points that it brings."""
        return self.end - self.start

    @property
    def each(self) -> Fraction:
        """Effort of one of its points, on average."""
        return self.effort / self.gain

    def to_dict(self) -> dict[str, Any]:
        """Give it as ``python -m cbi plan FILE --json`` lists it."""
        return {
            "number": self.number,
            "id": self.indicator,
            "from": self.start if self.scored else None,
            "to": self.end,
            "effort": exact_text(self.effort),
            "effort_given": self.given,
        }


@dataclass(frozen=True, slots=True)
class Proposal:
    """The least effort for a target: its steps in the order of the index.

    ``start`` are today's points, ``most`` the points that all candidates together could reach. ``steps`` is None
    where the target lies beyond that, and empty where it is reached already. Where nobody gave an effort for any of
    the candidates (``efforts_given`` False) every point counts alike, and it is one choice of many.
    """

    target: int
    start: int
    most: int
    steps: tuple[Step, ...] | None
    efforts_given: bool = True

    @property
    def assumed(self) -> tuple[Step, ...]:
        """The steps whose effort nobody gave, where efforts of others were given."""
        return tuple(step for step in self.steps or () if not step.given) if self.efforts_given else ()

    @property
    def effort(self) -> Fraction:
        """Effort of all steps together."""
        return sum((step.effort for step in self.steps or ()), Fraction(0))

    @property
    def end(self) -> int:
        """The points that the steps reach."""
        return self.start + sum(step.gain for step in self.steps or ())

    def to_dict(self) -> dict[str, Any]:
        """Give it as ``python -m cbi plan FILE --json`` lists it."""
        return {
            "target": self.target,
            "reachable": self.steps is not None,
            "most": self.most,
            "efforts_given": self.efforts_given,
            "effort": None if self.steps is None else exact_text(self.effort),
            "points": None if self.steps is None else self.end,
            "effort_assumed": exact_text(self.assumed[0].each) if self.assumed else None,
            "steps": [step.to_dict() for step in self.steps or ()],
        }


def may_move(result: Result) -> bool:
    """Tell whether an indicator can gain points: scored below 4, or not scored although it could be this year."""
    return (result.points or 0) < MOST_POINTS if result.is_scored else result.in_range


ALIKE = Decimal(1)
"""The effort of every point where nobody gave any."""


def assumed_effort(efforts: Mapping[str, Sequence[Decimal]]) -> Decimal:
    """Give the effort of a point that nobody gave: the highest that was given, so that not knowing is no advantage."""
    return max((effort for given in efforts.values() for effort in given), default=ALIKE)


def candidates_of(card: Scorecard, efforts: Mapping[str, Sequence[Decimal]]) -> tuple[Candidate, ...]:
    """Give the indicators of a scorecard that may move.

    ``efforts`` holds for each indicator that may move the efforts of its further points in order; the last one holds
    for all that follow, and none stands for :func:`assumed_effort`. Indicators that it does not name stay as they are.
    """
    found, usual = [], assumed_effort(efforts)
    for result in card.results:
        if result.indicator.id in efforts and may_move(result):
            now = result.points or 0
            given = efforts[result.indicator.id]
            known = list(given) or [usual]
            each = [known[min(step, len(known) - 1)] for step in range(MOST_POINTS - now)]
            effort = tuple(Fraction(one) for one in each)
            found.append(
                Candidate(result.indicator.id, result.indicator.number, now, effort, result.is_scored, bool(given))
            )
    return tuple(found)


def least_effort(candidates: Sequence[Candidate], start: int, target: int) -> Proposal:
    """Choose the steps that lead from ``start`` points to at least ``target`` with the least effort.

    Of several choices of the same effort the one that rests on fewer efforts that nobody gave is taken, then the one
    with fewer indicators, then the one with fewer points to spare, then the one that lifts earlier indicators more.
    """
    most = start + sum(len(one.efforts) for one in candidates)
    efforts_given = any(one.given for one in candidates)
    needed = target - start
    if needed <= 0:
        return Proposal(target, start, most, (), efforts_given)
    best: dict[int, _Choice] = {0: (Fraction(0), 0, 0, 0, ())}
    for one in candidates:
        best = _with_candidate(best, one, needed)
    if needed not in best:
        return Proposal(target, start, most, None, efforts_given)
    lifted = best[needed][-1]
    steps = tuple(
        _step(one, gain) for one, gain in zip(candidates, (-fallen for fallen in lifted), strict=True) if gain
    )
    return Proposal(target, start, most, steps, efforts_given)


def _step(one: Candidate, gain: int) -> Step:
    effort = sum(one.efforts[:gain], Fraction(0))
    return Step(one.indicator, one.number, one.now, one.now + gain, effort, one.scored, one.given)


_Choice = tuple[Fraction, int, int, int, tuple[int, ...]]
"""Effort, points whose effort nobody gave, indicators that move, points gained, and the negative of what each indicator
gains: the least is the best."""


def _with_candidate(best: Mapping[int, _Choice], one: Candidate, needed: int) -> dict[int, _Choice]:
    """Extend the best choices by one indicator, for each number of points gained; ``needed`` stands for all beyond.

    Comparing choices as tuples is safe: each part adds up, so a better beginning stays better.
    """
    found: dict[int, _Choice] = {}
    for gained, (effort, assumed, moved, points, lifted) in best.items():
        for up in range(len(one.efforts) + 1):
            choice = (
                effort + sum(one.efforts[:up], Fraction(0)),
                assumed + (0 if one.given else up),
                moved + (up > 0),
                points + up,
                (*lifted, -up),
            )
            reached = min(gained + up, needed)
            if reached not in found or choice < found[reached]:
                found[reached] = choice
    return found

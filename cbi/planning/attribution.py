"""Where the change since the baseline comes from: real change, a changed denominator, what is scored, the edition.

The two totals as they were assessed are led into one another in fixed steps, so that the parts add up to the whole:

1. edition: the earlier year scored again under the newer edition, as far as its answers carry over;
2. newly scored, no longer scored: points of indicators that have points in one of the two years only;
3. denominators: the earlier year with the area and the population of the later one, and all else as it was;
4. real change: what remains of the indicators scored in both.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cbi.assessment import Assessment
from cbi.comparison import Step, carry_over, score_in_history
from cbi.corrections import NO_BANDS, CityBands
from cbi.definitions import Edition, Indicator, crosswalk
from cbi.definitions.edition import PROFILE
from cbi.gathering import Place, place_of
from cbi.measures import MEASURES
from cbi.planning.levers import way_of
from cbi.planning.scenario import Change, entry_at, overlaid
from cbi.scoring import Result, Scorecard

AREA_OR_PEOPLE = frozenset({"area", "people"})


class Part(StrEnum):
    """A part of the change since the baseline."""

    REAL = "real"
    DENOMINATOR = "denominator"
    NEWLY_SCORED = "newly_scored"
    NO_LONGER_SCORED = "no_longer_scored"
    EDITION = "edition"


@dataclass(frozen=True, slots=True)
class Share:
    """Points of the change that one indicator brings to one part. ``number`` is that of the newer edition."""

    part: Part
    indicator: str
    number: int
    component: str
    points: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """The change between two years as assessed, and its shares.

    ``unsplit`` names the indicators (by number) whose change could not be split into denominator and real change,
    because a year holds a finished value or cannot be scored with the other's denominators: theirs counts as real.
    The edition's part belongs to no single indicator, for the editions do not ask the same ones.
    """

    from_year: int
    to_year: int
    before: int
    after: int
    edition: int
    shares: tuple[Share, ...]
    unsplit: tuple[int, ...] = ()

    @property
    def change(self) -> int:
        """Points of the later year less points of the earlier one, each as it was assessed."""
        return self.after - self.before

    def points(self, part: Part) -> int:
        """Give the points of one part."""
        if part is Part.EDITION:
            return self.edition
        return sum(share.points for share in self.shares if share.part is part)

    def of(self, part: Part) -> tuple[Share, ...]:
        """List the shares of one part, in the order of the index."""
        return tuple(share for share in self.shares if share.part is part)

    def to_dict(self) -> dict[str, Any]:
        """Give it as ``python -m cbi plan FILE --json`` lists it."""
        return {
            "from": self.from_year,
            "to": self.to_year,
            "before": self.before,
            "after": self.after,
            "change": self.change,
            "parts": {part.value: self.points(part) for part in Part},
            "indicators": [
                {"number": one.number, "id": one.indicator, "part": one.part.value, "points": one.points}
                for one in self.shares
            ],
            "not_split": list(self.unsplit),
        }


def attributed(
    step: Step,
    before: Assessment,
    after: Assessment,
    before_card: Scorecard,
    after_card: Scorecard,
    history: Sequence[Assessment],
    baseline: int | None = None,
    bands: CityBands = NO_BANDS,
) -> Attribution:
    """Split the change between two years of a city.

    ``step`` sets them side by side under the newer edition; ``before_card`` and ``after_card`` are the scorecards as
    they were assessed, ``history``, ``baseline`` and ``bands`` those that the step was made with.
    """
    asked = step.edition
    then, now = (_under(one, asked) for one in (before, after))
    with_denominators = score_in_history(
        overlaid(asked, then, denominators(asked, now)), _history(history, then), baseline, asked.language, bands
    )
    shares: list[Share] = []
    unsplit = []
    for one in step.differences:
        counted = with_denominators.result(one.indicator)
        if one.compared and _is_unsplit(asked, one.before, one.after, counted):
            unsplit.append(one.number)
        for part, points in _parts(asked, one.before, one.after, counted):
            if points:
                shares.append(Share(part, one.indicator, one.number, one.component, points))
    old, new = step.before.total.points, sum(one.after.points or 0 for one in step.differences)
    edition = (old - before_card.total.points) + (after_card.total.points - new)
    return Attribution(
        step.from_year, step.to_year, before_card.total.points, after_card.total.points, edition, tuple(shares),
        tuple(unsplit),
    )  # fmt: skip


def _under(assessment: Assessment, asked: Edition) -> Assessment:
    if assessment.edition == asked.id:
        return assessment
    return carry_over(assessment, crosswalk(asked.language), asked.id)[0]


def _history(history: Sequence[Assessment], carried: Assessment) -> list[Assessment]:
    """Give the years with the earlier one as it was carried over, so that it finds its own earlier years."""
    return [carried if (one.year, one.city) == (carried.year, carried.city) else one for one in history]


def _parts(asked: Edition, before: Result, after: Result, counted: Result) -> list[tuple[Part, int]]:
    """Split the change of one indicator; ``counted`` is the earlier year with the later one's denominators."""
    old, new = before.points or 0, after.points or 0
    if not (before.is_scored and after.is_scored):
        return [(Part.NO_LONGER_SCORED if before.is_scored else Part.NEWLY_SCORED, new - old)]
    middle = counted.points if counted.is_scored and not _is_unsplit(asked, before, after, counted) else old
    middle = old if middle is None else middle
    return [(Part.DENOMINATOR, middle - old), (Part.REAL, new - middle)]


def _is_unsplit(asked: Edition, before: Result, after: Result, counted: Result) -> bool:
    """Tell whether the denominators of a share cannot be exchanged: a finished value, or one that fails with others."""
    if not _has_denominator(asked, before.indicator):
        return False
    return way_of(before) is None or way_of(after) is None or not counted.is_scored


def _has_denominator(asked: Edition, indicator: Indicator) -> bool:
    return any(True for _ in _denominators_of(asked, indicator))


def _denominators_of(asked: Edition, indicator: Indicator) -> Iterator[Place]:
    """List the areas and populations of the profile that the value of an indicator is divided by."""
    for way in indicator.ways:
        for role, name in way.of.items():
            owner, asked_name = place_of(indicator, name)
            falls = role in MEASURES[way.measure].falling
            if falls and owner == PROFILE and asked.profile_inputs[asked_name].kind in AREA_OR_PEOPLE:
                yield owner, asked_name


def denominators(asked: Edition, assessment: Assessment) -> tuple[Change, ...]:
    """Give the areas and the population of the profile that shares of an assessment are held against."""
    places = dict.fromkeys(place for one in asked.indicators for place in _denominators_of(asked, one))
    found = ((place, entry_at(assessment, asked, place)) for place in places)
    return tuple(Change(place, entry) for place, entry in found if entry is not None)

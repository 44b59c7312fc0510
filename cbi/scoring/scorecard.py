"""What comes out of scoring: a result for each indicator, and the scorecard with its totals."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from cbi.assessment import Reason
from cbi.definitions.city_bands import BandCheck, BandCorrection
from cbi.definitions.edition import Edition
from cbi.definitions.models import Indicator, TrustWord
from cbi.gathering import Known
from cbi.numbers import exact_text
from cbi.problems import Problem
from cbi.scoring.next_band import NextBand

MOST_POINTS = 4


class Status(StrEnum):
    """Whether an indicator has points; ``baseline_year`` when this year sets what later years are held against."""

    SCORED = "scored"
    NOT_SCORED = "not_scored"
    BASELINE_YEAR = "baseline_year"


@dataclass(frozen=True, slots=True)
class Result:
    """One indicator of a scorecard.

    ``value`` is the value as read (rounded half-up to the printed decimals), ``exact`` the value before.
    For a ladder ``rung`` is the id of the rung reached. ``way`` is the way by which the value was formed,
    empty for a finished value. ``used`` holds the figures that went into it. ``check`` is a city's check of the
    bands against the handbook, ``correction`` says that they are the city's own.
    """

    indicator: Indicator
    status: Status
    value: Decimal | None = None
    exact: Fraction | None = None
    points: int | None = None
    band: str | None = None
    rung: str | None = None
    reason: Reason | None = None
    way: str = ""
    next: NextBand | None = None
    used: Mapping[str, Known] = field(default_factory=dict)
    check: BandCheck | None = None
    correction: BandCorrection | None = None

    @property
    def vouched_for(self) -> bool:
        """Whether the bands need no check: quoted as printed, or compared with the handbook by a named person."""
        return self.indicator.confirmed or self.check is not None or self.correction is not None

    @property
    def is_scored(self) -> bool:
        """Whether the indicator has points."""
        return self.status is Status.SCORED

    @property
    def in_range(self) -> bool:
        """Whether points may still come: it is not scored, applies to this city, and can be scored this year."""
        return self.status is Status.NOT_SCORED and self.reason is not Reason.NOT_APPLICABLE

    @property
    def was_rounded(self) -> bool:
        """Whether rounding changed the value, so that the reader should be told how it was read."""
        return self.exact is not None and self.value is not None and self.exact != Fraction(self.value)

    def to_dict(self) -> dict[str, Any]:
        """Give the result as the scorecard's JSON lists it."""
        unit = self.indicator.value.unit if self.indicator.value else None
        return {
            "number": self.indicator.number,
            "id": self.indicator.id,
            "component": self.indicator.component,
            "status": self.status.value,
            "value": self.rung if self.value is None else f"{self.value:f}",
            "exact": None if self.exact is None else exact_text(self.exact),
            "unit": unit,
            "points": self.points,
            "band": self.band,
            "reason": self.reason.value if self.reason else None,
            "trust": {aspect: word.value for aspect, word in self.indicator.trust.items()},
            "next": self.next.to_dict() if self.next else None,
            "bands_checked": self.check.to_dict() if self.check else None,
            "bands_corrected": self.correction.to_dict() if self.correction else None,
        }


@dataclass(frozen=True, slots=True)
class Totals:
    """Points of some indicators, and what they could still become."""

    points: int
    scored: int
    maximum: int
    highest: int

    @property
    def attainable(self) -> int:
        """The most that the scored indicators could have had: 4 for each."""
        return MOST_POINTS * self.scored

    @property
    def lowest(self) -> int:
        """The least that the full total can become: today's points."""
        return self.points

    def to_dict(self) -> dict[str, Any]:
        """Give the totals as the scorecard's JSON lists them."""
        return {
            "points": self.points,
            "scored": self.scored,
            "attainable": self.attainable,
            "maximum": self.maximum,
            "possible": {"lowest": self.lowest, "highest": self.highest},
        }


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A city in a year under an edition: every result, the totals, and what a careful reader should know."""

    edition: Edition
    city: str | None
    year: int | None
    results: tuple[Result, ...]
    problems: tuple[Problem, ...]

    def result(self, indicator_id: str) -> Result:
        """Give the result of one indicator by its id; raises KeyError if the edition has none."""
        for result in self.results:
            if result.indicator.id == indicator_id:
                return result
        raise KeyError(indicator_id)

    @property
    def total(self) -> Totals:
        """The totals of the whole index."""
        return _totals(self.results, self.edition.maximum)

    @property
    def components(self) -> Mapping[str, Totals]:
        """The totals of each component, in the order of the index."""
        return {
            component.id: _totals(
                tuple(result for result in self.results if result.indicator.component == component.id),
                component.maximum,
            )
            for component in self.edition.components
        }

    @property
    def trust(self) -> Mapping[TrustWord, int]:
        """How many scored indicators stand on rules of each trust word (its weakest), strongest first."""
        counted = Counter(result.indicator.weakest_trust for result in self.results if result.is_scored)
        return {word: counted[word] for word in TrustWord if counted[word]}

    @property
    def to_be_checked(self) -> tuple[Result, ...]:
        """The scored indicators whose bands must be checked against the handbook before publishing."""
        return tuple(result for result in self.results if result.is_scored and not result.vouched_for)

    @property
    def corrected(self) -> tuple[Result, ...]:
        """The indicators that are read by the city's own bands."""
        return tuple(result for result in self.results if result.correction is not None)

    @property
    def checked(self) -> tuple[Result, ...]:
        """The indicators whose bands a named person of the city checked against the handbook."""
        return tuple(result for result in self.results if result.check is not None)

    def to_dict(self) -> dict[str, Any]:
        """Give the scorecard as ``python -m cbi score FILE --json`` prints it, in the language of the edition."""
        return {
            "city": self.city,
            "year": self.year,
            "edition": self.edition.id,
            "definitions": self.edition.hash,
            **self.total.to_dict(),
            "components": [{"id": name, **totals.to_dict()} for name, totals in self.components.items()],
            "indicators": [result.to_dict() for result in self.results],
            "problems": [problem.to_dict(self.edition.language) for problem in self.problems],
            "trust": {word.value: count for word, count in self.trust.items()},
            "corrected": [result.indicator.id for result in self.corrected],
        }


def _totals(results: tuple[Result, ...], maximum: int) -> Totals:
    points = sum(result.points or 0 for result in results)
    return Totals(
        points=points,
        scored=sum(result.is_scored for result in results),
        maximum=maximum,
        highest=points + MOST_POINTS * sum(result.in_range for result in results),
    )

"""Real change or more looking? Counts of species beside the effort of the surveys behind them.

Where the records of each species were counted, two surveys are compared at equal effort: rarefaction says how many
species a smaller number of records, drawn at random from the larger survey, would have shown on average. It is worked
out exactly from the hypergeometric distribution (Hurlbert 1971): E = Σ (1 − C(N − Nᵢ, n) ÷ C(N, n)).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise
from math import comb, exp, lgamma
from typing import Any

from cbi.numbers import round_half_up
from cbi.over_time import SpeciesCount, SpeciesGroup

MOST_RECORDS = 100_000
"""Records of the largest survey that is compared at equal effort: exact numbers beyond that take too long."""


class Effort(StrEnum):
    """What the effort of a survey is measured by."""

    OBSERVERS = "observers"
    DAYS = "days"
    RECORDS = "records"


@dataclass(frozen=True, slots=True)
class Survey:
    """The effort behind the count of a group in one year; None where it is not known.

    ``per_species`` holds the number of records of each species, where they were counted.
    """

    observers: int | None = None
    days: int | None = None
    records: int | None = None
    per_species: tuple[int, ...] = ()

    @property
    def known(self) -> Mapping[Effort, int]:
        """Give the effort as far as it is known; records are those of the species where they were counted."""
        records = sum(self.per_species) if self.per_species else self.records
        given = {Effort.OBSERVERS: self.observers, Effort.DAYS: self.days, Effort.RECORDS: records}
        return {effort: amount for effort, amount in given.items() if amount is not None}

    @property
    def seen(self) -> int:
        """How many species have records; 0 where they were not counted."""
        return sum(own > 0 for own in self.per_species)

    @property
    def empty(self) -> bool:
        """Whether nothing is known."""
        return not self.known


Surveys = Mapping[tuple[int, str], Survey]
"""Surveys of one city by (year, id of the count in the profile)."""


@dataclass(frozen=True, slots=True)
class EqualEffort:
    """Two surveys at the same number of records: the species that each would have shown on average."""

    records: int
    before: Fraction
    after: Fraction


@dataclass(frozen=True, slots=True)
class Looking:
    """Two counts of a group, one after the other, with the effort behind them.

    ``surveys`` are those behind the two counts; ``grown`` names the kinds of effort that grew, each with its amounts;
    ``equal`` compares both at equal effort, where the records of each species are known for both.
    """

    before: SpeciesCount
    after: SpeciesCount
    surveys: tuple[Survey, Survey]
    grown: Mapping[Effort, tuple[int, int]]
    equal: EqualEffort | None

    @property
    def change(self) -> int:
        """Change in the number of species."""
        return (self.after.count or 0) - (self.before.count or 0)

    @property
    def doubtful(self) -> bool:
        """Whether effort grew and the number of species with it."""
        return self.change > 0 and bool(self.grown)

    def to_dict(self) -> dict[str, Any]:
        """Give it as ``python -m cbi plan FILE --json`` lists it."""
        equal = self.equal
        return {
            "from": self.before.year,
            "to": self.after.year,
            "species": [self.before.count, self.after.count],
            "effort": [{effort.value: amount for effort, amount in one.known.items()} for one in self.surveys],
            "effort_grew": {effort.value: list(amounts) for effort, amounts in self.grown.items()},
            "doubtful": self.doubtful,
            "equal_effort": None
            if equal is None
            else {"records": equal.records, "species": [expected_text(equal.before), expected_text(equal.after)]},
        }


def rarefied(per_species: Sequence[int], records: int) -> Fraction:
    """Give the number of species that so many records, drawn at random, show on average.

    ``per_species`` holds the number of records of each species. Raises ValueError for more records than there are.
    """
    total = sum(per_species)
    if not 0 <= records <= total:
        raise ValueError(f"{records} of {total} records")
    species, draws = Counter(per_species), comb(total, records)
    seen, without = 0, draws  # ``without``: the draws that miss a species of so many records
    for own in range(max(per_species, default=0) + 1):
        if own:
            seen += species[own] * (draws - without)
        if own < total:
            without = without * (total - own - records) // (total - own)
    return Fraction(seen, draws)


def expected_text(species: Fraction) -> str:
    """Write an average number of species with one decimal."""
    return f"{round_half_up(species, 1):f}"


def looked(group: SpeciesGroup, surveys: Surveys) -> tuple[Looking, ...]:
    """Set each count of a group beside the one before it, with the effort of both surveys."""
    found = []
    for before, after in pairwise(group.known):
        earlier, later = (surveys.get((one.year, group.id), Survey()) for one in (before, after))
        grown = {
            effort: (earlier.known[effort], amount)
            for effort, amount in later.known.items()
            if effort in earlier.known and amount > earlier.known[effort]
        }
        found.append(Looking(before, after, (earlier, later), grown, _equal(earlier, later)))
    return tuple(found)


def _equal(earlier: Survey, later: Survey) -> EqualEffort | None:
    if not earlier.per_species or not later.per_species:
        return None
    if max(sum(earlier.per_species), sum(later.per_species)) > MOST_RECORDS:
        return None
    records = min(sum(earlier.per_species), sum(later.per_species))
    return EqualEffort(records, rarefied(earlier.per_species, records), rarefied(later.per_species, records))


def curve(per_species: Sequence[int], most_points: int = 25) -> tuple[tuple[int, float], ...]:
    """Give species expected against records drawn, from none to all of a survey, at most so many points.

    For drawing only: to a hundredth of a species, by logarithms.
    """
    total, species = sum(per_species), Counter(own for own in per_species if own)
    steps = min(total, most_points - 1)
    at = sorted({total * step // steps for step in range(steps + 1)}) if steps else [0]
    return tuple((records, round(_expected(species, total, records), 2)) for records in at)


def _expected(species: Mapping[int, int], total: int, records: int) -> float:
    def missed(own: int) -> float:
        if own > total - records:
            return 0.0
        return exp(lgamma(total - own + 1) - lgamma(total - own - records + 1)
                   - lgamma(total + 1) + lgamma(total - records + 1))  # fmt: skip

    return sum(count * (1 - missed(own)) for own, count in species.items())

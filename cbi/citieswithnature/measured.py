"""A figure of a profile with its exact amount, what is noticed of it, and the words for both."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

from cbi.amounts import factor_of
from cbi.assessment import Entry
from cbi.citieswithnature.catalogue import Catalogue
from cbi.citieswithnature.figures import Found
from cbi.definitions.edition import PROFILE
from cbi.definitions.platform import Figure, KnownAction
from cbi.gathering import figure as written
from cbi.gathering import where
from cbi.i18n import Listing, Sentence, listed_apart, say
from cbi.problems import Problem, Severity

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure that was found; ``id`` is that of the suggestion, ``owner`` the action of the mapping, if any.

    ``part`` is what people call the part of the profile that it stands in.
    """

    id: str
    found: Found
    entry: Entry
    part: object
    owner: KnownAction | None = None

    @property
    def figure(self) -> Figure:
        """The definition that it was found by."""
        return self.found.figure

    @property
    def input(self) -> tuple[str, str]:
        """The input that it answers."""
        return self.figure.owner, self.figure.input or ""

    @property
    def amount(self) -> Fraction:
        """The exact amount: hectares, persons, counts, percent."""
        value = Fraction(self.found.value) if self.found.value is not None else Fraction(0)
        return value * factor_of(self.entry, self.figure.kind)


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something that was noticed, and the ids of the suggestions that it concerns; ``good`` if it speaks for them."""

    problem: Problem
    concerns: frozenset[str] = frozenset()
    good: bool = False


def agree(one: Fraction, other: Fraction, known: Catalogue) -> bool:
    """Tell whether two amounts are one figure, but for rounding: the mapping says how far they may differ."""
    return abs(one - other) * HUNDRED <= Fraction(known.platform.tolerance) * max(one, other)


def label_of(one: Measured, known: Catalogue) -> str:
    """Call what a figure answers as the index calls it: the label of the input, or the title of the indicator."""
    owner, name = one.input
    return known.edition.input(owner, name).label if name else known.edition.indicator(owner).title


def named(one: Measured, known: Catalogue) -> Sentence:
    """Write a figure with what it answers."""
    return say("{figure} ({label})", figure=written(one.entry), label=label_of(one, known))


def names_of(measured: Iterable[Measured], known: Catalogue) -> Listing:
    """List figures, each with what it answers."""
    return listed_apart(named(one, known) for one in measured)


def problem_of(
    code: str, sentence: Sentence, one: Measured, known: Catalogue, severity: Severity = Severity.WARNING
) -> Problem:
    """Make a problem of a figure, at the place that it answers."""
    owner, name = one.input
    return Problem(
        severity, code, where(known.edition, owner), sentence, None if owner == PROFILE else owner, name or None
    )

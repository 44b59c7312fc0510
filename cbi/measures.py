"""The arithmetic that a definition may name: small pure functions over exact fractions.

Areas arrive in hectares, people and counts as plain amounts. Every function takes keyword arguments
only; their names are the roles that a definition fills under ``value: of:``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

HUNDRED = Fraction(100)
THOUSAND = Fraction(1000)


def percentage(*, part: Fraction, whole: Fraction) -> Fraction:
    """Share of a part in its whole, in percent; raises ZeroDivisionError for a whole of nothing."""
    return part * HUNDRED / whole


def share_of_sum(*, part: Fraction, rest: Fraction) -> Fraction:
    """Share of a part in the sum of itself and the rest, in percent: invasive among all species of a group."""
    return part * HUNDRED / (part + rest)


def per_thousand(*, amount: Fraction, people: Fraction) -> Fraction:
    """Amount for every thousand people, such as hectares of park per 1 000 persons."""
    return amount * THOUSAND / people


def per_head(*, amount: Fraction, people: Fraction) -> Fraction:
    """Amount for each person, such as visits per child and year."""
    return amount / people


def difference(*, gain: Fraction, loss: Fraction) -> Fraction:
    """What was gained less what was lost, or the count now less the count then."""
    return gain - loss


def as_given(*, amount: Fraction) -> Fraction:
    """The amount itself."""
    return amount


def number_of(*, items: Sequence[str]) -> Fraction:
    """How many items of a checklist were ticked; an item ticked twice counts once."""
    return Fraction(len(set(items)))


def effective_mesh_size(*, groups: Sequence[Fraction]) -> Fraction:
    """Effective mesh size in hectares: Σ Aᵢ² ÷ A over groups of connected patches, A their sum.

    The area that a point chosen by chance in the natural areas can reach without crossing a barrier.
    From one patch among many (near 0) to A itself (everything connected). Source: Jaeger 2000, as the
    Handbook on the Singapore Index uses it for its indicator 2.
    """
    return sum((area * area for area in groups), Fraction(0)) / sum(groups, Fraction(0))


def coherence(*, groups: Sequence[Fraction]) -> Fraction:
    """Effective mesh size as a share of the natural area, in percent: 100 when all patches are connected."""
    return percentage(part=effective_mesh_size(groups=groups), whole=sum(groups, Fraction(0)))


Inverse = Callable[[Fraction, Mapping[str, Fraction]], Fraction]
"""From a value and the amounts of the other roles to the amount of one role that gives exactly this value."""


@dataclass(frozen=True, slots=True)
class Measure:
    """A function that a definition may name, and what its reader and planner must know of it.

    ``roles`` names the arguments and the kinds of input each may be filled with. ``highest`` is the
    largest value that can be true (100 for a share). ``lever`` is the role that staff can move, and
    ``inverse`` gives for each role that is a plain amount the amount of it that gives exactly a value; it raises
    ZeroDivisionError where no amount does. ``falling`` are the roles that lower the value as they grow.
    """

    function: Callable[..., Fraction]
    roles: Mapping[str, tuple[str, ...]]
    highest: Fraction | None = None
    may_be_negative: bool = False
    same_currency: bool = False
    lever: str = ""
    inverse: Mapping[str, Inverse] = field(default_factory=dict)
    falling: frozenset[str] = frozenset()

    @property
    def needed(self) -> Inverse | None:
        """The inverse for the lever; None where the value does not hang on plain amounts."""
        return self.inverse.get(self.lever)


QUANTITIES = ("area", "people", "species", "count", "money", "percent")

MEASURES: Mapping[str, Measure] = {
    "percentage": Measure(
        percentage,
        {"part": QUANTITIES, "whole": QUANTITIES},
        highest=HUNDRED,
        same_currency=True,
        lever="part",
        inverse={
            "part": lambda target, given: target * given["whole"] / HUNDRED,
            "whole": lambda target, given: given["part"] * HUNDRED / target,
        },
        falling=frozenset({"whole"}),
    ),
    "share_of_sum": Measure(
        share_of_sum,
        {"part": QUANTITIES, "rest": QUANTITIES},
        highest=HUNDRED,
        lever="part",
        inverse={
            "part": lambda target, given: target * given["rest"] / (HUNDRED - target),
            "rest": lambda target, given: given["part"] * (HUNDRED - target) / target,
        },
        falling=frozenset({"rest"}),
    ),
    "per_thousand": Measure(
        per_thousand,
        {"amount": QUANTITIES, "people": ("people",)},
        lever="amount",
        inverse={
            "amount": lambda target, given: target * given["people"] / THOUSAND,
            "people": lambda target, given: given["amount"] * THOUSAND / target,
        },
        falling=frozenset({"people"}),
    ),
    "per_head": Measure(
        per_head,
        {"amount": QUANTITIES, "people": ("people",)},
        lever="amount",
        inverse={
            "amount": lambda target, given: target * given["people"],
            "people": lambda target, given: given["amount"] / target,
        },
        falling=frozenset({"people"}),
    ),
    "difference": Measure(
        difference,
        {"gain": QUANTITIES, "loss": QUANTITIES},
        may_be_negative=True,
        lever="gain",
        inverse={
            "gain": lambda target, given: target + given["loss"],
            "loss": lambda target, given: given["gain"] - target,
        },
        falling=frozenset({"loss"}),
    ),
    "as_given": Measure(
        as_given,
        {"amount": (*QUANTITIES, "change")},
        may_be_negative=True,
        lever="amount",
        inverse={"amount": lambda target, given: target},
    ),
    "number_of": Measure(
        number_of, {"items": ("checklist",)}, lever="items", inverse={"items": lambda target, given: target}
    ),
    "effective_mesh_size": Measure(effective_mesh_size, {"groups": ("list of area",)}),
    "coherence": Measure(coherence, {"groups": ("list of area",)}, highest=HUNDRED),
}
"""Every function that a definition may name under ``value: measure:``."""

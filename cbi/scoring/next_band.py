"""The next band: which value reaches it, and how much of an input is missing. Exact to the printed rounding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil
from typing import Any

from cbi.amounts import WHOLE_KINDS, factor_of
from cbi.definitions.models import Indicator, Value, Way
from cbi.gathering import SIGNS, Known
from cbi.measures import MEASURES
from cbi.numbers import SHOWN_DECIMALS, exact_text, plain_text, round_up

SHOWN_DIGITS = 3


@dataclass(frozen=True, slots=True)
class NextBand:
    """What lifts an indicator by a point.

    ``value`` is the printed edge to reach and ``change`` a change of the value that reaches it: the least where
    the value must rise; where it must fall there is no least one, and it is the least of a few digits.
    ``input`` and ``input_change`` say how much more (or less) of which input that takes, in ``unit``,
    where one input can be moved; the stated change is always enough.
    """

    points: int
    band: str
    value: str | None = None
    change: Fraction | None = None
    input: str | None = None
    input_change: Decimal | None = None
    unit: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Give it as the scorecard's JSON lists it."""
        moved = {"input": self.input, "change": _signed(self.input_change), "unit": self.unit or None}
        return {
            "points": self.points,
            "band": self.band,
            "value": self.value,
            "change": None if self.change is None else _enough_text(self.change),
            "inputs": [moved] if self.input else [],
        }


def _enough_text(change: Fraction) -> str:
    """Write a change in full, or rounded outwards where its decimals do not end, so that it is always enough."""
    text = exact_text(change)
    if Fraction(text) == change:
        return text
    outwards = round_up(abs(change), SHOWN_DECIMALS)
    return plain_text(outwards if change > 0 else -outwards)


def _signed(change: Decimal | None) -> str | None:
    return None if change is None else f"{'+' if change > 0 else ''}{plain_text(change)}"


def next_rung(indicator: Indicator, points: int) -> NextBand | None:
    """Give the rung above the one reached; None at the top."""
    above = [rung for rung in indicator.ladder if rung.points == points + 1]
    return NextBand(above[0].points, above[0].text) if above else None


def next_band(
    indicator: Indicator, value: Value, points: int, exact: Fraction, way: Way | None, used: Mapping[str, Known]
) -> NextBand | None:
    """Give the band above the one reached and what is missing; None at the top.

    ``way`` and ``used`` tell how the value was formed; None for a finished value, whose inputs are not known.
    """
    above = [band for band in indicator.bands if band.points == points + 1]
    if not above:
        return None
    low, high = above[0].span(value.decimals)
    half = Fraction(Decimal(1).scaleb(-value.decimals)) / 2
    rising = low is not None and Fraction(low) > exact
    edge = low if rising else high
    if edge is None:
        return None
    threshold = Fraction(edge) - half if rising else Fraction(edge) + half
    label = above[0].label(value.decimals, value.unit or "")
    gap = threshold - exact if rising else Fraction(_enough(threshold - exact, rising))
    reached = NextBand(above[0].points, label, f"{edge:f}", gap)
    if way is None:
        return reached
    measure = MEASURES[way.measure]
    if measure.needed is None:
        return reached
    name = way.of[measure.lever]
    given = {role: known.amount for role, asked in way.of.items() if (known := used.get(asked))}
    numbers = {role: amount for role, amount in given.items() if isinstance(amount, Fraction)}
    lever = given[measure.lever]
    now = lever if isinstance(lever, Fraction) else Fraction(len(set(lever)))
    needed = measure.needed(threshold, numbers)
    if not rising and needed <= 0:
        return reached
    kind = used[name].asked.kind
    if kind in WHOLE_KINDS or kind == "checklist":
        target = Fraction(ceil(needed) if rising else ceil(needed) - 1)
        return NextBand(reached.points, label, reached.value, reached.change, name, Decimal(int(target - now)))
    factor = factor_of(used[name].entry, kind)
    change = _enough((needed - now) / factor, rising)
    unit = used[name].entry.unit
    return NextBand(reached.points, label, reached.value, reached.change, name, change, SIGNS.get(unit, unit))


def _enough(change: Fraction, rising: bool) -> Decimal:
    """Round a change outwards to a few digits, so that it surely reaches the band."""
    size = abs(change)
    decimals = 0
    while decimals < 12 and size * 10**decimals < 10 ** (SHOWN_DIGITS - 1):
        decimals += 1
    outwards = round_up(size, decimals)
    if not rising and Fraction(outwards) == size:
        outwards += Decimal(1).scaleb(-decimals)
    return outwards if rising else -outwards

"""Points that hang on rounding: values that lie in the gap between two printed bands.

6.95 % reads as 7.0 % and has 2 points; 6.94 % would read as 6.9 % and have 1. A hair in the figures decides.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from cbi.planning.levers import band_edges, points_at
from cbi.scoring import Result, Scorecard


@dataclass(frozen=True, slots=True)
class OnTheEdge:
    """An indicator whose points hang on rounding: its exact value lies in the gap between two printed bands.

    ``other`` is the nearest value, two decimals finer than the bands, that would be read as ``points`` instead.
    """

    result: Result
    other: Decimal
    points: int

    def to_dict(self) -> dict[str, Any]:
        """Give it as ``python -m cbi plan FILE --json`` lists it."""
        found = self.result.to_dict()
        return {
            "number": found["number"],
            "id": found["id"],
            "exact": found["exact"],
            "value": found["value"],
            "points": found["points"],
            "other": {"value": f"{self.other:f}", "points": self.points},
        }


def on_the_edge(card: Scorecard) -> tuple[OnTheEdge, ...]:
    """List the scored indicators whose points hang on rounding, in the order of the index."""
    return tuple(found for result in card.results if (found := _on_the_edge(result)) is not None)


def _on_the_edge(result: Result) -> OnTheEdge | None:
    asked = result.indicator.value
    if not result.is_scored or result.exact is None or asked is None:
        return None
    step = Decimal(1).scaleb(-asked.decimals)
    for edge in band_edges(result.indicator):
        if edge - Fraction(step) / 2 < result.exact < edge + Fraction(step) / 2:
            at = Decimal(edge.numerator) / Decimal(edge.denominator)
            fine = step.scaleb(-1)
            other = at - fine if result.exact >= edge else at
            return OnTheEdge(result, other, points_at(result.indicator, Fraction(other)))
    return None

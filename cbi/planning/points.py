"""The points of an indicator when some of its figures have other amounts than today."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Mapping
from fractions import Fraction

from cbi.amounts import Amount
from cbi.draft import FINISHED
from cbi.gathering import Place, place_of
from cbi.measures import MEASURES
from cbi.planning.levers import band_edges, more_is_better, way_of
from cbi.scoring import Result


def places_of(result: Result) -> tuple[Place, ...]:
    """List the places of the figures that a value was formed from; the finished value has its own."""
    way = way_of(result)
    if way is None:
        return ((result.indicator.id, FINISHED),)
    return tuple(place_of(result.indicator, name) for name in way.of.values())


Reading = Callable[[Mapping[Place, Fraction]], int | None]
"""From other amounts for some figures, by their places, to points; None where the amounts cannot be true together."""


def reader_of(result: Result) -> Reading:
    """Make what reads the points of an indicator with other amounts for some figures.

    Where no value can be formed (nothing to divide by), today's points stand. A share beyond 100 percent cannot be
    true.
    """
    edges, now = band_edges(result.indicator), result.points or 0
    points = sorted((band.points for band in result.indicator.bands), reverse=not more_is_better(result.indicator))
    way = way_of(result)
    if way is None:
        return lambda amounts: points[bisect_right(edges, amounts[result.indicator.id, FINISHED])]
    function, highest = MEASURES[way.measure].function, MEASURES[way.measure].highest
    roles = [(role, place_of(result.indicator, name), result.used[name].amount) for role, name in way.of.items()]

    def read(amounts: Mapping[Place, Fraction]) -> int | None:
        try:
            value = function(**{role: _amended(known, amounts.get(place)) for role, place, known in roles})
        except ZeroDivisionError:
            return now
        if highest is not None and value > highest:
            return None
        return points[bisect_right(edges, value)]

    return read


def _amended(known: Amount, other: Fraction | None) -> object:
    """Put another amount in the place of a known one; for a list of areas it is how many times as large they are."""
    if other is None:
        return known
    if isinstance(known, tuple):
        return [area * other for area in known if isinstance(area, Fraction)]
    return other

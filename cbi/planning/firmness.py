"""How firm a score is: the chance of each number of points, and of each total, when figures are uncertain.

Every amount within a range is taken as equally likely, and figures as independent of one another; amounts that give a
share beyond 100 percent cannot be true and are left out. Indicators that
share uncertain figures are looked at together, as a knot. A knot with one uncertain figure is worked out exactly: the
range is cut where one of its values crosses the edge of a band, and each piece counts by its length (by its whole
numbers, where only these are possible). A knot with several is sampled: :data:`DRAWS` draws from a fixed seed, so that
the same figures always give the same chances. The total adds up the knots, exactly.
"""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import Any

from cbi.gathering import Place, place_of
from cbi.measures import MEASURES
from cbi.numbers import round_half_up
from cbi.planning.levers import HUNDRED, band_edges, points_at, way_of
from cbi.planning.points import Reading, places_of, reader_of
from cbi.planning.ranges import Uncertain
from cbi.scoring import Result, Scorecard

DRAWS = 4000
SEED = 20210112
"""Fixed for ever: the same figures give the same chances."""
SLICES = 1000
"""Into how many equal slices a range is cut for drawing."""

Chances = Mapping[int, Fraction]
"""For each number of points its chance, from 0 to 1; chances of nothing are left out."""


@dataclass(frozen=True, slots=True)
class Firmness:
    """The chance of each number of points of one indicator; ``exact`` tells that it was not sampled."""

    result: Result
    chances: Chances
    figures: tuple[Uncertain, ...]
    exact: bool

    @property
    def keeps(self) -> Fraction:
        """The chance of today's points or more."""
        return sum((chance for points, chance in self.chances.items() if points >= (self.result.points or 0)), _NONE)

    @property
    def less(self) -> Fraction:
        """The chance of fewer points than today."""
        return 1 - self.keeps


@dataclass(frozen=True, slots=True)
class Firm:
    """How firm a scorecard is: its uncertain indicators, and the chance of each total."""

    indicators: tuple[Firmness, ...]
    totals: Chances
    exact: bool

    @property
    def lowest(self) -> int:
        """The least total that came out."""
        return min(self.totals)

    @property
    def highest(self) -> int:
        """The largest total that came out."""
        return max(self.totals)

    def likely(self, share: Fraction = Fraction(9, 10)) -> tuple[int, int]:
        """Give the range that leaves at most (1 − ``share``) ÷ 2 of the chances on each side."""
        edge = (1 - share) / 2
        return _quantile(self.totals, edge), _quantile(self.totals, 1 - edge)

    def to_dict(self) -> dict[str, Any]:
        """Give it as ``python -m cbi plan FILE --json`` lists it; chances in percent, rounded half-up."""
        return {
            "method": "exact" if self.exact else "sampled",
            "draws": None if self.exact else DRAWS,
            "total": {"lowest": self.lowest, "highest": self.highest, "likely": list(self.likely())},
            "indicators": [
                {
                    "number": one.result.indicator.number,
                    "id": one.result.indicator.id,
                    "method": "exact" if one.exact else "sampled",
                    "chances": {str(points): percent_text(chance) for points, chance in sorted(one.chances.items())},
                }
                for one in self.indicators
            ],
        }


_NONE = Fraction(0)


def percent_text(chance: Fraction) -> str:
    """Write a chance in percent with one decimal."""
    return f"{round_half_up(chance * HUNDRED, 1):f}"


def _quantile(chances: Chances, share: Fraction) -> int:
    below = _NONE
    for points, chance in sorted(chances.items()):
        below += chance
        if below >= share:
            return points
    return max(chances)


def firmness(card: Scorecard, uncertain: Sequence[Uncertain]) -> Firm:
    """Work out how firm a scorecard is against the ranges of its figures."""
    by_place = {one.place: one for one in uncertain}
    hanging = {result.indicator.id: _hangs_on(result, by_place) for result in card.results}
    resting = sum(result.points or 0 for result in card.results if not hanging[result.indicator.id])
    totals: dict[int, Fraction] = {resting: Fraction(1)}
    indicators, exact = [], True
    for results, figures in _knots(card, hanging):
        patterns = _cut(results, figures[0]) if len(figures) == 1 else _drawn(results, figures)
        exact = exact and len(figures) == 1
        totals = _added(totals, _together(patterns))
        for position, result in enumerate(results):
            chances = _summed((pattern[position], chance) for pattern, chance in patterns.items())
            indicators.append(Firmness(result, chances, hanging[result.indicator.id], len(figures) == 1))
    indicators.sort(key=lambda one: one.result.indicator.number)
    return Firm(tuple(indicators), totals, exact)


def _hangs_on(result: Result, by_place: Mapping[Place, Uncertain]) -> tuple[Uncertain, ...]:
    """List the uncertain figures that the points of a result hang on; nothing where no range can change them."""
    if not result.is_scored or result.exact is None:
        return ()
    found = tuple(by_place[place] for place in places_of(result) if place in by_place)
    return found if found and _can_change(result, found) else ()


def _can_change(result: Result, figures: Sequence[Uncertain]) -> bool:
    """Tell whether the points differ anywhere in the ranges: a value moves in one direction with each figure."""
    way = way_of(result)
    least, most = {}, {}
    for figure in figures:
        first, last = (Fraction(figure.first), Fraction(figure.last)) if figure.whole else (figure.low, figure.high)
        roles = {} if way is None else {place_of(result.indicator, name): role for role, name in way.of.items()}
        falls = way is not None and roles[figure.place] in MEASURES[way.measure].falling
        least[figure.place], most[figure.place] = (last, first) if falls else (first, last)
    reader, highest = reader_of(result), MEASURES[way.measure].highest if way else None
    low, high = reader(least), reader(most)
    if high is None and highest is not None:
        high = points_at(result.indicator, highest)
    return low != high or low != result.points


def _knots(
    card: Scorecard, hanging: Mapping[str, tuple[Uncertain, ...]]
) -> Iterator[tuple[list[Result], list[Uncertain]]]:
    """Gather the indicators that share uncertain figures, directly or through one another."""
    waiting = [result for result in card.results if hanging[result.indicator.id]]
    while waiting:
        results = [waiting.pop(0)]
        figures = dict.fromkeys(hanging[results[0].indicator.id])
        grown = True
        while grown:
            more = [one for one in waiting if figures.keys() & set(hanging[one.indicator.id])]
            grown = bool(more)
            for one in more:
                waiting.remove(one)
                results.append(one)
                figures |= dict.fromkeys(hanging[one.indicator.id])
        yield results, list(figures)


Pattern = tuple[int, ...]
"""The points of the indicators of a knot, in their order."""


def _summed(parts: Iterable[tuple[int, Fraction]]) -> dict[int, Fraction]:
    """Add up the chances of the same number of points."""
    found: defaultdict[int, Fraction] = defaultdict(Fraction)
    for points, chance in parts:
        found[points] += chance
    return dict(found)


def _together(patterns: Mapping[Pattern, Fraction]) -> dict[int, Fraction]:
    return _summed((sum(pattern), chance) for pattern, chance in patterns.items())


def _added(one: Chances, other: Chances) -> dict[int, Fraction]:
    """Give the chances of the sum of two numbers of points that are independent of one another."""
    return _summed((a + b, chance * more) for a, chance in one.items() for b, more in other.items())


# One uncertain figure: exact


def _cut(results: Sequence[Result], figure: Uncertain) -> dict[Pattern, Fraction]:
    """Cut the range where a value crosses the edge of a band, and count each piece by its share of the range."""
    edges = {figure.low, figure.high}
    for result in results:
        edges |= {edge for edge in _crossings(result, figure) if figure.low < edge < figure.high}
    readers = [reader_of(result) for result in results]
    pieces = _whole_pieces(sorted(edges), figure) if figure.whole else _pieces(sorted(edges))
    return _chances_of(results, ((_pattern(readers, {figure.place: amount}), share) for amount, share in pieces))


def _pattern(readers: Sequence[Reading], amounts: Mapping[Place, Fraction]) -> Pattern | None:
    """Read the points of a knot; None where the amounts cannot be true for one of its indicators."""
    found = tuple(points for read in readers if (points := read(amounts)) is not None)
    return found if len(found) == len(readers) else None


def _chances_of(results: Sequence[Result], parts: Iterable[tuple[Pattern | None, Fraction]]) -> dict[Pattern, Fraction]:
    """Add up the shares of each pattern, as parts of all that can be true; today's points where nothing can."""
    found: defaultdict[Pattern, Fraction] = defaultdict(Fraction)
    for pattern, share in parts:
        if pattern is not None:
            found[pattern] += share
    whole = sum(found.values(), _NONE)
    if not whole:
        return {tuple(result.points or 0 for result in results): Fraction(1)}
    return {pattern: share / whole for pattern, share in found.items()}


def _pieces(edges: Sequence[Fraction]) -> Iterator[tuple[Fraction, Fraction]]:
    """Give the middle of each piece and its share of the whole range; the edges themselves have no length."""
    length = edges[-1] - edges[0]
    for low, high in pairwise(edges):
        yield (low + high) / 2, (high - low) / length


def _whole_pieces(edges: Sequence[Fraction], figure: Uncertain) -> Iterator[tuple[Fraction, Fraction]]:
    """Give one whole number for each stretch of alike ones (an edge, or what lies between two), and its share."""
    count = figure.last - figure.first + 1
    for edge in edges:
        if edge.denominator == 1 and figure.first <= edge <= figure.last:
            yield edge, Fraction(1, count)
    for low, high in pairwise(edges):
        first, last = low.numerator // low.denominator + 1, -((-high.numerator) // high.denominator) - 1
        if last >= first:
            yield Fraction(first), Fraction(last - first + 1, count)


def _crossings(result: Result, figure: Uncertain) -> Iterator[Fraction]:
    """Give the amounts of a figure at which the value of an indicator crosses the edge of a band."""
    way = way_of(result)
    if way is None:
        yield from band_edges(result.indicator)
        return
    measure = MEASURES[way.measure]
    for edge in (*band_edges(result.indicator), *([] if measure.highest is None else [measure.highest])):
        role = next(role for role, name in way.of.items() if place_of(result.indicator, name) == figure.place)
        if figure.scales:
            if measure.highest is None and result.exact:
                yield edge / result.exact  # all areas grow alike, and the effective mesh size with them
            continue
        amounts = {other: result.used[name].amount for other, name in way.of.items()}
        plain = {other: amount for other, amount in amounts.items() if isinstance(amount, Fraction)}
        try:
            yield measure.inverse[role](edge, plain)
        except ZeroDivisionError:
            continue


# Several: sampled


def _drawn(results: Sequence[Result], figures: Sequence[Uncertain]) -> dict[Pattern, Fraction]:
    """Draw amounts for all figures of a knot, and count the points that come out."""
    chance = random.Random(SEED)
    readers = [reader_of(result) for result in results]
    slices = [(one.place, _slices(one)) for one in figures]
    drawn: Counter[Pattern | None] = Counter()
    for _ in range(DRAWS):
        drawn[_pattern(readers, {place: chance.choice(amounts) for place, amounts in slices})] += 1
    return _chances_of(results, ((pattern, Fraction(count)) for pattern, count in drawn.items()))


def _slices(figure: Uncertain) -> Sequence[Fraction]:
    """Give the amounts that are drawn from: all whole numbers where they are few, else the middles of equal slices."""
    if figure.whole and figure.last - figure.first < SLICES:
        return [Fraction(amount) for amount in range(figure.first, figure.last + 1)]
    length = figure.high - figure.low
    middles = [figure.low + length * (2 * slice_ + 1) / (2 * SLICES) for slice_ in range(SLICES)]
    return [Fraction(round_half_up(middle, 0)) for middle in middles] if figure.whole else middles

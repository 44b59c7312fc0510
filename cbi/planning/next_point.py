"""The next point and the last one: the smallest change of each figure that moves an indicator up or down a band.

Changes are stated in the unit that staff use, on a grid of decimals fine enough for four digits; what comes one by
one is stated exactly. The stated change is enough, and one step of its grid less is not. The bands are read as
scoring reads them, so that a change is exact to the printed rounding.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from functools import partial
from itertools import combinations
from typing import Any

from cbi.amounts import factor_of
from cbi.gathering import Place, place_of
from cbi.measures import MEASURES
from cbi.numbers import plain_text
from cbi.planning.levers import Lever, areas_of, levers_of, more_is_better, points_at, way_of
from cbi.scoring import Result, Scorecard
from cbi.scoring.scorecard import MOST_POINTS

SHOWN_DIGITS = 4
MOST_DECIMALS = 12
FINEST = Decimal(1).scaleb(-MOST_DECIMALS)
"""The finest step of a grid; a change stated in it is too small to be written down."""
MOST_GROUPS = 20
"""How many of the largest groups of patches are looked at in pairs."""
FARTHEST = 10**18
"""No figure of a city lies beyond this many of its units."""


@dataclass(frozen=True, slots=True)
class Shift:
    """The smallest change of one figure that leads an indicator to ``points``.

    ``reached`` are the points that it gives: more (or, on the way down, fewer) than ``points`` where it skips a band.
    ``change`` is signed and in ``unit`` (the id of the unit that staff used, or the unit of the bands for a finished
    value), ``grid`` the step that it is stated in: one step less does not lead there. ``now`` is the figure today.
    ``others`` are the numbers of the indicators that hang on the same figure. For a ladder ``change`` is None and
    ``rung`` the id of the rung; ``text`` is its text, or the items of a checklist that may still be ticked (or could
    be lost); ``joined`` holds the areas, in ``unit``, of groups that would have to be connected.
    """

    points: int
    reached: int
    place: Place
    label: str
    kind: str
    unit: str = ""
    change: Decimal | None = None
    grid: Decimal | None = None
    now: Fraction | None = None
    others: tuple[int, ...] = ()
    rung: str = ""
    text: tuple[str, ...] = ()
    joined: tuple[Decimal, ...] = ()

    @property
    def slightest(self) -> bool:
        """Whether the figure stands at the very edge, so that any change at all is enough."""
        return self.grid == FINEST

    @property
    def share(self) -> Fraction | None:
        """The size of the change as a share of the figure today; None where that says nothing."""
        if self.change is None or not self.now:
            return None
        return abs(Fraction(self.change)) / abs(self.now)

    def to_dict(self) -> dict[str, Any]:
        """Give it as ``python -m cbi plan FILE --json`` lists it."""
        return {
            "points": self.reached,
            "at": self.place[0],
            "input": self.place[1],
            "label": self.label,
            "change": None if self.change is None else f"{self.change:+f}",
            "unit": self.unit or None,
            "rung": self.rung or None,
            "items": list(self.text) if self.kind == "checklist" else [],
            "joined": [plain_text(area) for area in self.joined],
            "also_moves": list(self.others),
        }


@dataclass(frozen=True, slots=True)
class Outlook:
    """What lifts a scored indicator by one point, and what takes one away: by each figure, the first to move first.

    There is nothing in ``up`` at the top, and nothing in ``down`` at 0 points.
    """

    result: Result
    up: tuple[Shift, ...]
    down: tuple[Shift, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give it as ``python -m cbi plan FILE --json`` lists it."""
        return {
            "number": self.result.indicator.number,
            "id": self.result.indicator.id,
            "points": self.result.points,
            "up": [shift.to_dict() for shift in self.up],
            "down": [shift.to_dict() for shift in self.down],
        }


def outlooks(card: Scorecard) -> tuple[Outlook, ...]:
    """Give the next point and the last one of every scored indicator, in the order of the index."""
    found = []
    for result in card.results:
        if result.is_scored and result.points is not None:
            up, down = (shifts(card, result, result.points + step) for step in (1, -1))
            found.append(Outlook(result, up, down))
    return tuple(found)


def shifts(card: Scorecard, result: Result, points: int) -> tuple[Shift, ...]:
    """Give the smallest changes that lead a scored indicator to ``points`` (or beyond, where a step skips a band).

    One for each figure that can do it alone, the figure that staff can move first; nothing for points that there are
    not, or that the indicator has already.
    """
    if result.points is None or points == result.points or not 0 <= points <= MOST_POINTS:
        return ()
    if result.indicator.ladder:
        return tuple(_rung(result, points))
    levers = levers_of(card.edition, result)
    found = [shift for lever in levers if (shift := _shift(card, result, lever, points)) is not None]
    if points > result.points:
        found = [*_joined(result, points), *found]
    return tuple(found)


def _rung(result: Result, points: int) -> Iterable[Shift]:
    for rung in result.indicator.ladder:
        if rung.points == points:
            place = (result.indicator.id, "=")
            yield Shift(points, points, place, result.indicator.title, "ladder", rung=rung.id, text=(rung.text,))


def _shift(card: Scorecard, result: Result, lever: Lever, points: int) -> Shift | None:
    """Find the smallest change of one figure; None if this figure alone cannot do it."""
    now = result.points or 0
    lifting = points > now
    upwards = lever.rises == (more_is_better(result.indicator) == lifting)

    def leads_there(amount: Fraction) -> bool:
        try:
            reached = points_at(result.indicator, lever.value_at(amount))
        except ZeroDivisionError:
            return False
        return reached >= points if lifting else reached <= points

    found = _smallest(lever, leads_there, upwards=upwards)
    if found is None:
        return None
    change, grid = found
    if not _possible(result, lever, change):
        return None
    return Shift(
        points=points,
        reached=points_at(result.indicator, lever.value_at(lever.now + Fraction(change))),
        place=lever.place,
        label=lever.label,
        kind=lever.kind,
        unit=lever.unit,
        change=change,
        grid=grid,
        now=lever.now,
        others=others_on(card, lever.place, result.indicator.id),
        text=_items(result, lever, lifting=lifting),
    )


def _smallest(
    lever: Lever, leads_there: Callable[[Fraction], bool], *, upwards: bool
) -> tuple[Decimal, Decimal] | None:
    """Search the smallest change on a grid: with its sign, and the step of the grid; None if there is none."""
    sign = 1 if upwards else -1
    end = lever.highest if upwards else lever.lowest
    room = Fraction(FARTHEST) if end is None else abs(end - lever.now)
    grids = [lever.step] if lever.step else [Fraction(1, 10**decimals) for decimals in range(MOST_DECIMALS + 1)]
    for grid in grids:
        there = partial(_leads_there, leads_there, lever.now, sign * grid)
        steps = _fewest(there, int(room / grid))
        if steps is not None and (lever.step or steps >= 10 ** (SHOWN_DIGITS - 1) or grid == grids[-1]):
            stated = _decimal(grid)
            return sign * steps * stated, stated
    return None


def _leads_there(leads_there: Callable[[Fraction], bool], now: Fraction, step: Fraction, count: int) -> bool:
    return leads_there(now + count * step)


def _fewest(enough: Callable[[int], bool], most: int) -> int | None:
    """Find the least count from 1 to ``most`` that is enough, where more than enough is enough; None if none is."""
    high = 1
    while high < most and not enough(high):
        high *= 2
    high = min(high, most)
    if high < 1 or not enough(high):
        return None
    low = high // 2  # not enough, or nothing at all
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle, high)
    return high


def _decimal(grid: Fraction) -> Decimal:
    """Write a step of a grid, a power of ten, as a decimal."""
    return Decimal(grid.numerator) / Decimal(grid.denominator)


def _possible(result: Result, lever: Lever, change: Decimal) -> bool:
    """Tell whether the value that a change gives can be true: no share beyond 100 percent."""
    way = way_of(result)
    highest = MEASURES[way.measure].highest if way else None
    return highest is None or lever.value_at(lever.now + Fraction(change)) <= highest


def others_on(card: Scorecard, place: Place, besides: str = "") -> tuple[int, ...]:
    """List the numbers of the scored indicators whose value hangs on the figure in a place, ``besides`` left out."""
    found = []
    for result in card.results:
        way = way_of(result)
        if way is None or not result.is_scored or result.indicator.id == besides:
            continue
        if any(place_of(result.indicator, name) == place for name in way.of.values()):
            found.append(result.indicator.number)
    return tuple(found)


def _items(result: Result, lever: Lever, *, lifting: bool) -> tuple[str, ...]:
    """List the items of a checklist that could still be ticked, or that are ticked and could be lost."""
    if lever.kind != "checklist":
        return ()
    known = result.used[lever.place[1]]
    ticked = known.amount if isinstance(known.amount, tuple) else ()
    return tuple(item.label for item in known.asked.items if (item.id in ticked) != lifting)


def _joined(result: Result, points: int) -> Iterable[Shift]:
    """Find the fewest groups of connected patches that would have to be connected; of those the smallest together."""
    way = way_of(result)
    name = way.of.get("groups") if way else None
    if way is None or name is None:
        return
    known, measure = result.used[name], MEASURES[way.measure]
    areas = areas_of(known)
    for count in range(2, len(areas) + 1):
        pairs = combinations(range(min(len(areas), MOST_GROUPS)), 2)
        candidates = pairs if count == 2 else [tuple(range(count))]
        enough = []
        for chosen in candidates:
            together = sum((areas[one] for one in chosen), Fraction(0))
            rest = [area for position, area in enumerate(areas) if position not in chosen]
            reached = points_at(result.indicator, measure.function(groups=[together, *rest]))
            if reached >= points:
                enough.append((together, chosen, reached))
        if enough:
            factor = factor_of(known.entry, "area")
            _, chosen, reached = min(enough)
            sizes = tuple(_shown(areas[one] / factor) for one in chosen)
            yield Shift(points, reached, place_of(result.indicator, name), known.asked.label, "groups joined",
                        known.entry.unit, joined=sizes)  # fmt: skip
            return


def _shown(area: Fraction) -> Decimal:
    """Write an area in the unit that it was given in: the digits that it was typed with."""
    return Decimal(area.numerator) / Decimal(area.denominator)

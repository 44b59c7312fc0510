"""The figures that the value of a scored indicator hangs on, each with the value that any other amount of it gives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import isqrt

from cbi.amounts import WHOLE_KINDS, factor_of
from cbi.definitions import Edition, Indicator
from cbi.definitions.edition import EARLIER
from cbi.definitions.models import SharedInput, Way
from cbi.draft import FINISHED
from cbi.gathering import Known, Place, place_of
from cbi.measures import MEASURES, Measure
from cbi.numbers import round_half_up
from cbi.scoring import Result
from cbi.wording import is_counted

HUNDRED = Fraction(100)
FINE = 10**6
"""How finely a square root is taken where a bound needs one: to a millionth of a hectare."""


@dataclass(frozen=True, slots=True)
class Lever:
    """One figure of a scored indicator.

    ``now`` is the figure in ``unit``, the id of the unit that staff used; a list of areas is moved by its largest
    group, a checklist by the number of its items. ``step`` is the least step of what comes one by one, None for what
    can be divided. Between ``lowest`` and ``highest`` (None: no end) the value moves in one direction, up with the
    figure where ``rises``. ``value_at`` gives the exact value for an amount of the figure in ``unit``.
    """

    place: Place
    label: str
    kind: str
    unit: str
    now: Fraction
    step: Fraction | None
    lowest: Fraction | None
    highest: Fraction | None
    rises: bool
    value_at: Callable[[Fraction], Fraction]


def way_of(result: Result) -> Way | None:
    """Give the way by which a result was formed; None for a finished value, a ladder, or no value."""
    return next((way for way in result.indicator.ways if way.id == result.way), None)


def points_at(indicator: Indicator, exact: Fraction) -> int:
    """Read the points of an exact value as scoring does: rounded half-up to the printed decimals, then by its band.

    Raises ValueError for an indicator without bands.
    """
    if indicator.value is None:
        raise ValueError(f"{indicator.id} has no bands")
    read = round_half_up(exact, indicator.value.decimals)
    return next(band.points for band in indicator.bands if band.holds(read, indicator.value.decimals))


def band_edges(indicator: Indicator) -> tuple[Fraction, ...]:
    """Give the exact values between which the points change: half a printed step beyond the printed edges."""
    if indicator.value is None:
        return ()
    half = Fraction(Decimal(1).scaleb(-indicator.value.decimals)) / 2
    lows = [band.span(indicator.value.decimals)[0] for band in indicator.bands]
    return tuple(sorted(Fraction(low) - half for low in lows if low is not None))


def more_is_better(indicator: Indicator) -> bool:
    """Tell whether points rise with the value; among the invasive species they fall."""
    best = max(indicator.bands, key=lambda band: band.points)
    return best.below is None and best.at_most is None


def levers_of(asked: Edition, result: Result) -> tuple[Lever, ...]:
    """List the figures of this year that the value of a result hangs on, the one that staff can move first.

    Counts of earlier years are left out, because nobody can change them any more; so are ladders.
    """
    if not result.is_scored or result.exact is None:
        return ()
    way = way_of(result)
    if way is None:
        return (_finished(asked, result, result.exact),)
    measure = MEASURES[way.measure]
    roles = sorted(way.of, key=lambda role: role != measure.lever)
    return tuple(found for role in roles for found in _lever(result, way, measure, role))


def _finished(asked: Edition, result: Result, exact: Fraction) -> Lever:
    """Give the finished value itself as the figure to move, in the unit of the bands."""
    unit = (result.indicator.value.unit or "") if result.indicator.value else ""
    change = any(MEASURES[way.measure].may_be_negative for way in result.indicator.ways)
    return Lever(
        place=(result.indicator.id, FINISHED),
        label=result.indicator.title,
        kind="value",
        unit=unit,
        now=exact,
        step=Fraction(1) if is_counted(asked, result.indicator) else None,
        lowest=None if change else Fraction(0),
        highest=HUNDRED if unit == "%" else None,
        rises=True,
        value_at=lambda amount: amount,
    )


def _lever(result: Result, way: Way, measure: Measure, role: str) -> Iterator[Lever]:
    name = way.of[role]
    given = result.indicator.inputs[name]
    if isinstance(given, SharedInput) and given.from_ in EARLIER:
        return
    known, place = result.used[name], place_of(result.indicator, name)
    amounts = {other: result.used[asked].amount for other, asked in way.of.items()}
    if isinstance(known.amount, Fraction):
        yield _plain(known, place, measure, role, amounts)
    elif known.asked.kind == "list of area":
        yield _largest_group(known, place, measure)
    elif known.asked.kind == "checklist":
        yield Lever(
            place, known.asked.label, "checklist", "", Fraction(len(set(known.amount))), Fraction(1), Fraction(0),
            Fraction(len(known.asked.items)), True, lambda amount: amount,
        )  # fmt: skip


def _plain(known: Known, place: Place, measure: Measure, role: str, amounts: Mapping[str, object]) -> Lever:
    factor = factor_of(known.entry, known.asked.kind)

    def value_at(figure: Fraction) -> Fraction:
        return measure.function(**{**amounts, role: figure * factor})

    whole = known.asked.kind in WHOLE_KINDS
    return Lever(
        place=place,
        label=known.asked.label,
        kind=known.asked.kind,
        unit=known.entry.unit,
        now=known.amount / factor if isinstance(known.amount, Fraction) else Fraction(0),
        step=1 / factor if whole else None,
        lowest=None if known.asked.kind == "change" else Fraction(0),
        highest=None,
        rises=role not in measure.falling,
        value_at=value_at,
    )


def areas_of(known: Known) -> tuple[Fraction, ...]:
    """Give the areas of a list in hectares, the largest first."""
    found = known.amount if isinstance(known.amount, tuple) else ()
    return tuple(sorted((area for area in found if isinstance(area, Fraction)), reverse=True))


def _largest_group(known: Known, place: Place, measure: Measure) -> Lever:
    """Move the largest group of connected patches: no other change of a single area moves the value more."""
    factor = factor_of(known.entry, "area")
    largest, *rest = areas_of(known)

    def value_at(figure: Fraction) -> Fraction:
        return measure.function(groups=[figure * factor, *rest])

    return Lever(
        place, known.asked.label, known.asked.kind, known.entry.unit, largest / factor, None,
        _turning_point(measure, rest) / factor, None, True, value_at,
    )  # fmt: skip


def _turning_point(measure: Measure, rest: list[Fraction]) -> Fraction:
    """Give the size of one group, in hectares, from which the value rises with it; beside ``rest`` in hectares.

    With R = Σ rest and Q = Σ rest²: coherence 100 (b² + Q) ÷ (b + R)² rises from b = Q ÷ R, the effective mesh size
    (b² + Q) ÷ (b + R) from b = √(R² + Q) − R, rounded up here.
    """
    total, squares = sum(rest, Fraction(0)), sum((area * area for area in rest), Fraction(0))
    if not total:
        return Fraction(0)
    if measure.highest is not None:
        return squares / total
    root = Fraction(isqrt(int((total * total + squares) * FINE * FINE)) + 1, FINE)
    return root - total

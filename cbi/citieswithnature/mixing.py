"""Suggested areas of a profile that measures within different boundaries: which go together is for a person to say."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from decimal import Decimal
from fractions import Fraction

from cbi.citieswithnature.accepting import Suggestion
from cbi.citieswithnature.boundaries import CITY_AREA, TWO_BOUNDARIES
from cbi.definitions.edition import PROFILE
from cbi.units import find_unit


def undecided(items: Sequence[Suggestion]) -> frozenset[str]:
    """List the ids of the suggested areas where a profile names several sizes of the whole city; else none.

    Nobody but a person can say within which boundary each was measured.
    """
    if not any(map(_is_bounded, items)):
        return frozenset()
    return frozenset(one.id for one in items if _hectares(one) is not None)


def across(items: Sequence[Suggestion], chosen: Collection[str]) -> tuple[Suggestion, ...]:
    """Give the chosen areas that may come from different boundaries: those that only the larger one holds, first.

    Empty where no such are chosen, or nothing beside them.
    """
    sizes = {one.id: size for one in items if (size := _hectares(one)) is not None}
    wholes = [sizes[one.id] for one in items if one.id in sizes and _is_bounded(one) and _is_whole(one)]
    if not wholes:
        return ()
    taken = [one for one in items if one.id in chosen and one.id in sizes]
    large = [one for one in taken if _is_bounded(one) and sizes[one.id] > min(wholes)]
    others = [one for one in taken if one not in large]
    return (*large, *others) if large and others else ()


def _is_bounded(one: Suggestion) -> bool:
    return any(problem.code == TWO_BOUNDARIES for problem in one.problems)


def _is_whole(one: Suggestion) -> bool:
    return one.place == f"{PROFILE}.{CITY_AREA}"


def _hectares(one: Suggestion) -> Fraction | None:
    """Give a suggested area in hectares; None for what is no area."""
    if one.entry is None or not isinstance(one.entry.value, Decimal) or not one.entry.unit:
        return None
    unit = find_unit(one.entry.unit, "area")
    return None if unit is None else Fraction(one.entry.value) * unit.factor

"""The units that a cell of the template offers, in the words of its reader, and what formulas make of them."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from typing import NamedTuple

from cbi.units import AREA_UNITS, PEOPLE_UNITS, Unit, find_unit

LISTS = {"area": "area_units", "list of area": "area_units", "people": "people_units", "money": "money_units"}
"""The list of the template that the unit of a kind is chosen from; other kinds have a fixed unit or none."""

_ENGLISH: Mapping[str, tuple[str, ...]] = {
    "area": ("km²", "ha", "m²", "acre", "sq mi", "mu", "wan mu"),
    "people": ("persons", "thousand", "million", "wan"),
    "money": tuple(
        f"{multiple}{currency}"
        for currency in ("EUR", "USD", "CNY", "GBP", "INR", "JPY", "SGD", "AUD", "BRL", "CAD", "ZAR")
        for multiple in ("", "million ")
    ),
}
_CHINESE: Mapping[str, tuple[str, ...]] = {
    "area": ("平方公里", "公顷", "平方米", "亩", "万亩", "英亩", "平方英里"),
    "people": ("人", "千人", "万人", "百万人"),
    "money": ("万元", "元", "亿元", "USD", "million USD", "EUR", "million EUR", "SGD", "million SGD"),
}
_OFFERED = {"en": _ENGLISH, "zh_Hans": _CHINESE}

_UNITS: Mapping[str, tuple[Unit, ...]] = {"area": AREA_UNITS, "people": PEOPLE_UNITS}

_FIXED = {
    "en": {"species": "species", "percent": "%"},
    "zh_Hans": {"species": "种", "percent": "%"},
}


class Factor(NamedTuple):
    """A unit as a formula looks it up: its name, the factor to the plain unit as a fraction, its currency."""

    name: str
    numerator: int
    denominator: int
    currency: str


def offered(kind: str, language: str) -> tuple[str, ...]:
    """List the units that a cell of ``kind`` offers, the usual one first."""
    return _OFFERED.get(language, _ENGLISH)[_family(kind)]


def usual(kind: str, language: str) -> str:
    """Give the unit that an empty cell is offered with: square kilometres, persons; none for money."""
    return "" if kind == "money" else offered(kind, language)[0]


def fixed(kind: str, language: str) -> str:
    """Give the unit of a kind that leaves no choice, such as species; empty where there is none."""
    return _FIXED.get(language, _FIXED["en"]).get(kind, "")


def shown(unit: str, kind: str, language: str) -> str:
    """Write the unit of a figure as the list offers it; a unit that it does not offer stays as it is.

    An area without unit counts as hectares, so it is shown with them.
    """
    wanted = find_unit(unit, kind) or (find_unit("ha", kind) if not unit else None)
    if kind == "money" and not unit:
        return ""
    for name in offered(kind, language):
        if wanted is not None and find_unit(name, kind) == wanted:
            return name
    return unit


def factors(kind: str, language: str) -> tuple[Factor, ...]:
    """List every unit that the formulas of the template understand, under each of its names."""
    family = _family(kind)
    names = dict.fromkeys(offered(kind, language))
    for lists in _OFFERED.values():
        names |= dict.fromkeys(lists[family])
        names |= dict.fromkeys(found.sign for name in lists[family] if (found := find_unit(name, kind)))
    for unit in _UNITS.get(family, ()):
        names |= dict.fromkeys((unit.sign, unit.id.replace("_", " "), *unit.aliases))
    return tuple(_factor(name, found) for name in names if name and (found := find_unit(name, kind)))


def _factor(name: str, unit: Unit) -> Factor:
    factor = Fraction(unit.factor)
    return Factor(name, factor.numerator, factor.denominator, unit.currency)


def _family(kind: str) -> str:
    return "area" if kind == "list of area" else kind

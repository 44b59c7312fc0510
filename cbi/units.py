"""Units that cities measure in: areas become hectares, people and money their plain amount.

Factors are exact fractions, because a mu is a fifteenth of a hectare and no decimal says that.
Sources: 1 mu (亩) = 1/15 ha (State Council of China, 1984); international acre = 4 046.8564224 m² and
square mile = 640 acres (international yard and pound agreement, 1959).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from fractions import Fraction

from cbi.i18n import mark

TEN_THOUSAND = 10_000
HUNDRED_MILLION = 100_000_000


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its id, the sign that people see, and how many of the plain unit it holds.

    The plain unit is the hectare for areas, one for people, species and counts, and one unit of
    ``currency`` for money.
    """

    id: str
    sign: str
    factor: Fraction
    aliases: tuple[str, ...] = ()
    currency: str = ""


ACRE = Fraction("0.40468564224")

AREA_UNITS = (
    Unit("ha", "ha", Fraction(1), ("hectare", "hectares", "公顷")),
    Unit(
        "km2",
        "km²",
        Fraction(100),
        (
            "sq km",
            "sqkm",
            "square km",
            "square kilometre",
            "square kilometres",
            "square kilometer",
            "square kilometers",
            "平方公里",
            "平方千米",
        ),
    ),
    Unit(
        "m2",
        "m²",
        Fraction(1, TEN_THOUSAND),
        ("sq m", "sqm", "square metre", "square metres", "square meter", "square meters", "平方米", "平米"),
    ),
    Unit("mu", "亩", Fraction(1, 15), ("亩", "市亩")),
    Unit("wan_mu", "万亩", Fraction(TEN_THOUSAND, 15), ("万亩", "wan mu")),
    Unit("acre", "acre", ACRE, ("acres", "ac", "英亩")),
    Unit("sq_mi", "sq mi", 640 * ACRE, ("mi2", "sqmi", "square mile", "square miles", "sq mile", "平方英里")),
)
"""Areas, in hectares."""

PEOPLE_UNITS = (
    Unit("", "", Fraction(1), ("people", "persons", "person", "inhabitants", "residents", "人", "名")),
    Unit("thousand", "thousand", Fraction(1000), ("thousands", "thousand people", "千人")),
    Unit("wan", "万", Fraction(TEN_THOUSAND), ("万人", "wan")),
    Unit("million", "million", Fraction(1_000_000), ("millions", "million people", "百万人")),
)
"""People, in persons."""

COUNT_UNITS = (Unit("", "", Fraction(1), ("species", "spp", "spp.", "种", "个", "次", "项", "家", "场", "件")),)
"""Species and other things that are counted one by one."""

CURRENCY_SIGNS = {
    "rmb": "CNY", "cny": "CNY", "元": "CNY", "人民币": "CNY", "人民币元": "CNY", "yuan": "CNY",
    "€": "EUR", "euro": "EUR", "euros": "EUR", "£": "GBP", "₹": "INR", "rs": "INR",
    "$": "$", "¥": "¥", "us$": "USD", "s$": "SGD", "a$": "AUD",
}  # fmt: skip
"""What people write for a currency. A bare ``$`` or ``¥`` is kept as it is: several countries use it."""

MONEY_MULTIPLES = {
    "": 1, "thousand": 1000, "k": 1000, "千": 1000, "万": TEN_THOUSAND, "百万": 1_000_000, "million": 1_000_000,
    "m": 1_000_000, "mio": 1_000_000, "亿": HUNDRED_MILLION, "billion": 1_000_000_000, "bn": 1_000_000_000,
}  # fmt: skip


OFFERED_MONEY = (
    mark("CNY"), mark("万 CNY"), mark("亿 CNY"), mark("EUR"), mark("million EUR"), mark("USD"), mark("million USD"),
    mark("INR"), mark("million INR"), mark("SGD"), mark("million SGD"),
)  # fmt: skip
"""Currencies, with their multiples, that the form offers first. Their words, as those of areas, are translated."""

SAID_OTHERWISE = (mark("ha"), mark("acre"), mark("sq mi"))
"""Signs that another language writes as words."""


def plain(text: str) -> str:
    """Fold a unit as people type it: full-width and superscript forms, case, spaces at the ends."""
    folded = unicodedata.normalize("NFKC", text).casefold().strip()
    return re.sub(r"\s+", " ", folded)


def _by_name(units: tuple[Unit, ...]) -> dict[str, Unit]:
    return {plain(name): unit for unit in units for name in (unit.id, unit.sign, *unit.aliases)}


_NAMES = {
    "area": _by_name(AREA_UNITS),
    "people": _by_name(PEOPLE_UNITS),
    "species": _by_name(COUNT_UNITS),
    "count": _by_name(COUNT_UNITS),
    "change": _by_name(COUNT_UNITS),
    "amount": {"": Unit("", "", Fraction(1))},
    "percent": {"": Unit("", "%", Fraction(1)), "%": Unit("", "%", Fraction(1))},
}


def find_unit(text: str, kind: str) -> Unit | None:
    """Find the unit that ``text`` names for a quantity of ``kind``; None if it names none.

    ``kind`` is a kind of the definitions (area, people, species, count, change, percent, money). A list
    of areas has the units of an area. An area without a unit has none: nothing is assumed here.
    """
    if kind == "money":
        return _find_money(plain(text))
    name = plain(text)
    return _NAMES.get("area" if kind == "list of area" else kind, {}).get(name)


def _find_money(name: str) -> Unit | None:
    """Split ``万元``, ``million EUR`` or ``CNY`` into a multiple and a currency."""
    for multiple, factor in sorted(MONEY_MULTIPLES.items(), key=lambda item: -len(item[0])):
        rest = None
        if multiple and name.startswith(multiple):
            rest = name.removeprefix(multiple).strip()
        elif multiple and name.endswith(" " + multiple):
            rest = name.removesuffix(multiple).strip()
        elif not multiple:
            rest = name
        if rest is None:
            continue
        currency = CURRENCY_SIGNS.get(rest)
        if currency is None and re.fullmatch(r"[a-z]{3}", rest):
            currency = rest.upper()
        if currency is None and rest == "":
            currency = ""
        if currency is not None:
            sign = f"{multiple} {currency}".strip()
            return Unit(sign, sign, Fraction(factor), (), currency)
    return None


def area_unit(unit_id: str) -> Unit:
    """Give the area unit with this id; raises KeyError for any other word."""
    return _NAMES["area"][unit_id]


def signs(kind: str) -> tuple[str, ...]:
    """List the signs that a quantity of ``kind`` may carry, for messages and lists of choices."""
    units = {"area": AREA_UNITS, "list of area": AREA_UNITS, "people": PEOPLE_UNITS}.get(kind, ())
    return tuple(unit.sign or unit.aliases[0] for unit in units)

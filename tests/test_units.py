"""Units: names as people write them, and factors that are exact."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbi.units import AREA_UNITS, area_unit, find_unit, signs

AREAS = {
    "ha": ["ha", "HA", "Hectare", "hectares", "公顷", " ha ", "㏊"],
    "km2": [
        "km2",
        "km²",
        "KM²",
        "sq km",
        "sq  km",
        "square kilometres",
        "square kilometers",
        "平方公里",
        "平方千米",
        "㎢",
    ],
    "m2": ["m2", "m²", "sqm", "square metres", "平方米", "㎡", "ｍ２"],
    "mu": ["mu", "Mu", "亩", "市亩"],
    "wan_mu": ["万亩", "wan mu", "wan_mu"],
    "acre": ["acre", "Acres", "ac", "英亩"],
    "sq_mi": ["sq mi", "mi²", "mi2", "Square Mile", "square miles", "平方英里"],
}


@pytest.mark.parametrize(("unit", "name"), [(unit, name) for unit, names in AREAS.items() for name in names])
def test_areas_by_name(unit, name):
    assert find_unit(name, "area").id == unit
    assert find_unit(name, "list of area").id == unit


@pytest.mark.parametrize("name", ["", "km", "m", "a", "furlong", "万", "%", "species", "ha ha"])
def test_no_area(name):
    """An area without a unit has none: nothing is assumed."""
    assert find_unit(name, "area") is None


@pytest.mark.parametrize(
    ("unit", "hectares"),
    [
        ("ha", Fraction(1)),
        ("km2", Fraction(100)),
        ("m2", Fraction(1, 10_000)),
        ("mu", Fraction(1, 15)),  # State Council of China, 1984
        ("wan_mu", Fraction(10_000, 15)),
        ("acre", Fraction("0.40468564224")),  # 4 840 square yards of 0.9144 m
        ("sq_mi", Fraction("258.9988110336")),  # 640 acres
    ],
)
def test_hectares(unit, hectares):
    assert area_unit(unit).factor == hectares


def test_well_known_equalities():
    assert 15 * area_unit("mu").factor == area_unit("ha").factor
    assert 10_000 * area_unit("mu").factor == area_unit("wan_mu").factor
    assert area_unit("sq_mi").factor == 640 * area_unit("acre").factor
    assert area_unit("acre").factor == 4840 * Fraction("0.9144") ** 2 * area_unit("m2").factor
    assert area_unit("sq_mi").factor == Fraction("1609.344") ** 2 * area_unit("m2").factor
    assert area_unit("km2").factor == 1_000_000 * area_unit("m2").factor


UNITS = st.sampled_from([unit.id for unit in AREA_UNITS])


@given(st.fractions(min_value=0, max_value=10**9), UNITS, UNITS)
def test_there_and_back_is_exact(area, one, other):
    there = area * area_unit(one).factor / area_unit(other).factor
    assert there * area_unit(other).factor / area_unit(one).factor == area


@pytest.mark.parametrize(
    ("name", "kind", "factor"),
    [
        ("", "people", 1),
        ("people", "people", 1),
        ("人", "people", 1),
        ("thousand", "people", 1000),
        ("万人", "people", 10_000),
        ("万", "people", 10_000),
        ("million", "people", 1_000_000),
        ("species", "species", 1),
        ("种", "species", 1),
        ("", "count", 1),
        ("个", "count", 1),
        ("%", "percent", 1),
        ("％", "percent", 1),
        ("", "percent", 1),
    ],
)
def test_plain_amounts(name, kind, factor):
    assert find_unit(name, kind).factor == factor


@pytest.mark.parametrize(
    ("name", "kind"), [("万", "species"), ("ha", "people"), ("‰", "percent"), ("ha", "count"), ("percent", "people")]
)
def test_units_that_do_not_fit(name, kind):
    assert find_unit(name, kind) is None


@pytest.mark.parametrize(
    ("name", "factor", "currency"),
    [
        ("EUR", 1, "EUR"),
        ("eur", 1, "EUR"),
        ("€", 1, "EUR"),
        ("million EUR", 1_000_000, "EUR"),
        ("EUR million", 1_000_000, "EUR"),
        ("mio EUR", 1_000_000, "EUR"),
        ("bn USD", 1_000_000_000, "USD"),
        ("thousand KES", 1000, "KES"),
        ("KES", 1, "KES"),
        ("MXN", 1, "MXN"),
        ("BND", 1, "BND"),
        ("元", 1, "CNY"),
        ("万元", 10_000, "CNY"),
        ("百万元", 1_000_000, "CNY"),
        ("亿元", 100_000_000, "CNY"),
        ("RMB", 1, "CNY"),
        ("$", 1, "$"),
        ("US$", 1, "USD"),
        ("万", 10_000, ""),
        ("", 1, ""),
    ],
)
def test_money(name, factor, currency):
    unit = find_unit(name, "money")
    assert (unit.factor, unit.currency) == (factor, currency)


@pytest.mark.parametrize("name", ["dollars and cents", "ha", "EURO ZONE", "E", "%"])
def test_no_money(name):
    assert find_unit(name, "money") is None


def test_signs_that_a_form_offers():
    assert signs("area") == ("ha", "km²", "m²", "亩", "万亩", "acre", "sq mi")
    assert signs("list of area") == signs("area")
    assert signs("people") == ("thousand", "万", "million")
    assert signs("species") == ()
    for kind in ("area", "people"):
        for sign in signs(kind):
            assert find_unit(sign, kind).sign == sign

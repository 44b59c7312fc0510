"""Areas, people and money in any unit that staff use."""

from fractions import Fraction

import pytest

from tests.scoring.asking import NEW, codes, message, one


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("695 ha", "100 km2"),
        ("6.95 km2", "10000 ha"),
        ("10425 mu", "100 km2"),  # 695 × 15
        ("1.0425 万亩", "100 km2"),
        ("6950000 m2", "100 km2"),
        ("695 acre", "10000 acre"),
        ("44.48 acre", "1 sq mi"),  # 640 × 0.0695
    ],
)
def test_a_share_in_any_unit(part, whole):
    result, _ = one(NEW, 1, {"natural_area": part}, {"city_area": whole})
    assert (result.exact, str(result.value), result.points) == (Fraction("6.95"), "7.0", 2)


def test_parks_per_thousand_people():
    # 3.5 km² = 350 ha for 50 万 = 500 000 people: 0.7 ha per 1 000 → 3 points.
    result, _ = one(NEW, 12, {"park_area": "3.5 km2"}, {"population": "50 万"})
    assert (result.exact, result.points) == (Fraction("0.7"), 3)


@pytest.mark.parametrize(
    ("part", "whole", "points"),
    [
        ("2 million EUR", "100 million EUR", 1),  # 2.0 %
        ("2,300 thousand EUR", "EUR 100 million", 2),  # 2.3 %
        ("300 万元", "1 亿元", 3),  # 3.0 %
        ("3.8", "100", 4),  # no currency on either side
        ("0 EUR", "100 EUR", 0),
    ],
)
def test_budgets(part, whole, points):
    result, problems = one(NEW, 16, {"biodiversity_budget": part, "city_budget": whole})
    assert result.points == points
    assert "currencies_differ" not in codes(problems)


@pytest.mark.parametrize(("part", "whole"), [("2 EUR", "100 USD"), ("2 EUR", "100"), ("2", "100 元")])
def test_budgets_in_two_currencies(part, whole):
    result, problems = one(NEW, 16, {"biodiversity_budget": part, "city_budget": whole})
    assert (result.status, result.points) == ("not_scored", None)
    assert "must be in the same currency" in message(problems, "currencies_differ")

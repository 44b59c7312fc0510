"""Figures are rounded to the printed precision before a band is looked up, and the reader is told."""

from decimal import Decimal

import pytest

from tests.scoring.asking import EVERY, NEW, OLD, one


@pytest.mark.parametrize(
    ("value", "read", "points", "rounded"),
    [
        ("6.95", "7.0", 2, True),
        ("6.94999999999999999999", "6.9", 1, True),
        ("20.04", "20.0", 3, True),
        ("20.05", "20.1", 4, True),
        ("0.95", "1.0", 1, True),
        ("0.94", "0.9", 0, True),
        ("13.9", "13.9", 2, False),
        ("13.95", "14.0", 3, True),
        ("0", "0.0", 0, False),
        ("100", "100.0", 4, False),
    ],
)
@EVERY
def test_rounding_of_natural_areas(asked, value, read, points, rounded):
    result, problems = one(asked, "natural_areas", Decimal(value))
    assert (str(result.value), result.points, result.was_rounded) == (read, points, rounded)
    assert not [problem for problem in problems if problem.indicator == "natural_areas"]


def test_a_share_that_floats_get_wrong():
    """0.7 of 5 is 14.0 % exactly, 3 points; in binary floats it is 13.999999999999998."""
    result, _ = one(NEW, 1, {"natural_area": "0.7 km2"}, {"city_area": "5 km2"})
    assert (result.exact, result.points) == (14, 3)


def test_visits_are_read_as_whole():
    # 4 000 visits of 10 000 children are 0.4, read as 0; 5 000 are 0.5, read as 1; 35 000 are 3.5, read as 4.
    for visits, points in ((4000, 0), (5000, 1), (34999, 3), (35000, 4)):
        assert one(OLD, 14, {"visits": visits, "children": 10_000})[0].points == points


def test_mesh_size_of_exactly_200_scores_nothing():
    # 2014: (20² + 40² … ) one group of 200 ha: 200² ÷ 200 = 200 ha → 0; 200.5 ha reads as 201 → 1.
    assert one(OLD, 2, {"group_areas": [200]})[0].points == 0
    assert one(OLD, 2, {"effective_mesh_size": "200.49 ha"})[0].points == 0
    assert one(OLD, 2, {"effective_mesh_size": "200.5 ha"})[0].points == 1

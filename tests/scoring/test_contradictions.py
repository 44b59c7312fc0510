"""Two figures for one thing: which is scored, and what is said of the other."""

from fractions import Fraction

from cbi import score
from tests.scoring.asking import NEW, codes, message, one


def test_two_figures_for_one_input():
    card = score(
        NEW,
        {
            "profile": {"city_area": "100 km2"},
            "natural_areas": {"natural_area": "20 km2", "city_area": "120 km2"},
            "protected_areas": {"protected_area": "5 km2"},
        },
    )
    text = message(card.problems, "two_figures")
    assert "100 km² (profile)" in text
    assert "120 km² (1 natural_areas)" in text
    assert card.result("natural_areas").points is None
    assert card.result("protected_areas").points is None
    assert card.total.scored == 0


def test_the_same_figure_in_two_units_is_one_figure():
    card = score(
        NEW,
        {"profile": {"city_area": "100 km2"}, "natural_areas": {"natural_area": "20 km2", "city_area": "10,000 ha"}},
    )
    assert card.result("natural_areas").value == 20
    assert codes(card.problems) == ["no_baseline_count"] * 3


def test_two_figures_elsewhere_leave_the_rest_alone():
    """The natural area under 1 and 2 differ; the groups of 2 do not need it."""
    card = score(
        NEW,
        {
            "profile": {"city_area": "100 km2"},
            "natural_areas": {"natural_area": "20 km2"},
            "connectivity": {"natural_area": "21 km2", "group_areas": "600; 400 ha"},
        },
    )
    assert card.result("natural_areas").points is None
    assert card.result("connectivity").points == 2
    assert "(1 natural_areas)" in message(card.problems, "two_figures")
    assert "(2 connectivity)" in message(card.problems, "two_figures")


def test_inputs_win_over_a_finished_value():
    # 20 of 100 km² are 20.0 %, 3 points; stated are 25 %, which would be 4.
    result, problems = one(NEW, 12, {"park_area": "20 ha", "value": "0.9"}, {"population": 100_000})
    assert (result.exact, result.points) == (Fraction("0.2"), 1)
    assert "finished value 0.9 differs from what the inputs give, 0.2" in message(problems, "value_differs")
    result, problems = one(NEW, 12, {"park_area": "20 ha", "value": "0.21"}, {"population": 100_000})
    assert result.exact == Fraction("0.2")
    assert "value_differs" not in codes(problems)  # both read as 0.2


def test_a_finished_value_where_inputs_are_incomplete():
    result, _ = one(NEW, 1, {"natural_area": "20 km2", "value": "20 %"})
    assert (result.points, result.way) == (3, "")


def test_incomplete_inputs_say_what_is_missing():
    result, problems = one(NEW, 1, {"natural_area": "20 km2"})
    assert (result.status, result.points, result.reason) == ("not_scored", None, None)
    assert f"{NEW.profile_inputs['city_area'].label} is missing" in message(problems, "incomplete")

"""What each suggestion does to the points: what it does alone, beside the others that a person ticked."""

from decimal import Decimal

import pytest

from cbi.assessment import Answer, Assessment, Entry
from cbi.citieswithnature import suggested
from cbi.citieswithnature.weighing import sound, weigh
from cbi.definitions import edition
from cbi.scoring import score

from .port_alder import TEXT, instead, read


@pytest.fixture(scope="module")
def items():
    return suggested(read(TEXT)).items


def effects(items, ticked, name):
    """The changed points that stand beside one suggestion: by the number of the indicator."""
    chosen = [one.id for one in items if one.id.rpartition(".")[2] in ticked]
    weighing = weigh(items, chosen, Assessment("2021"), lambda one: score(edition("2021"), one))
    [found] = [one for one in weighing.items if one.suggestion.id.rpartition(".")[2] == name]
    return {one.number: (one.before, one.after) for one in found.effects if one.before != one.after}


ALL = {"land", "natural", "converted", "population", "green_space", "people_with_access", "protected_area"}


def test_a_figure_beside_the_score_changes_no_points(items):
    assert effects(items, ALL, "converted") == {}
    assert effects(items, ALL - {"converted"}, "converted") == {}


def test_people_do_not_take_credit_for_a_finished_share(items):
    """612.5 ha ÷ 412.305 thousand = 1.5 ha: 4 points for indicator 12; the 63 % of 13 are given as they are."""
    assert effects(items, ALL, "population") == {12: (None, 4)}
    assert effects(items, ALL, "people_with_access") == {13: (None, 2)}


def test_the_whole_gives_what_needs_it(items):
    """54.25 ÷ 84.50 = 64.2 %: 4 points; 9.3 ÷ 84.50 = 11.0 %: 3 points. Without the whole there is neither."""
    assert effects(items, ALL, "land") == {1: (None, 4), 8: (None, 3)}
    assert effects(items, ALL, "natural") == {1: (None, 4)}


def test_a_figure_that_is_not_ticked_is_shown_as_if_it_were(items):
    assert effects(items, {"land"}, "natural") == {1: (None, 4)}
    assert effects(items, set(), "natural") == {}


# Held against what stands

SMALL = Entry(Decimal("5"), "km2")
LARGE = Entry(Decimal("2415.47"), "km2")


@pytest.fixture(scope="module")
def too_large():
    """A profile whose protected area (93 km²) is larger than its city (84.50 km²)."""
    text = instead("They cover 9.3 square kilometers of ground.", "They cover 93 square kilometers of ground.")
    return suggested(read(text)).items


def problems(items, name, now=None, ticked=()):
    """The problems of one suggestion beside an assessment: severity and code."""
    chosen = [one.id for one in items if one.id.rpartition(".")[2] in ticked]
    weighing = weigh(items, chosen, now or Assessment("2021"), lambda one: score(edition("2021"), one))
    [found] = [one for one in weighing.items if one.suggestion.id.rpartition(".")[2] == name]
    assert not found.suggestion.problems or found.suggestion.id not in sound(weighing.items)
    return {problem.code: (problem.severity.value, problem.sentence.text()) for problem in found.suggestion.problems}


def with_area(area):
    return Assessment("2021", profile={"city_area": area})


def test_a_figure_is_held_against_the_whole_that_stands(too_large):
    found = problems(too_large, "protected_area", with_area(LARGE))
    severity, sentence = found["in_profile_itself"]
    assert (severity, "part_exceeds_whole" in found) == ("note", False)
    assert sentence.startswith("Only in the profile itself")
    assert "84.50 km²" in sentence


def test_without_a_whole_the_profile_is_held_against_itself(too_large):
    severity, sentence = problems(too_large, "protected_area")["part_exceeds_whole"]
    assert severity == "error"
    assert "84.50 km²" in sentence


@pytest.mark.parametrize("ticked", [{"land"}, {"land", "protected_area"}])
def test_a_ticked_whole_takes_the_place_of_the_one_that_stands(too_large, ticked):
    severity, sentence = problems(too_large, "protected_area", with_area(LARGE), ticked)["part_exceeds_whole"]
    assert severity == "error"
    assert "84.50 km²" in sentence


def test_a_figure_that_the_standing_whole_has_no_room_for(items):
    severity, sentence = problems(items, "protected_area", with_area(SMALL))["part_exceeds_whole"]
    assert severity == "error"
    assert "(5 km²)" in sentence
    assert problems(items, "protected_area", with_area(LARGE)) == {}


def test_a_check_that_an_impossible_share_hides_stays():
    """60 km² protected are more than the natural 54.25 km²; beside a city of 5 km² nobody says that they fit."""
    text = instead("They cover 9.3 square kilometers of ground.", "They cover 60 square kilometers of ground.")
    items = suggested(read(text)).items
    check = "protected_area_in_natural_area"
    assert {check} <= problems(items, "protected_area").keys()
    assert {check, "part_exceeds_whole"} == problems(items, "protected_area", with_area(SMALL), {"natural"}).keys()


def test_a_finished_value_that_the_inputs_contradict(items):
    """632 of 1000 people are 63.2 %; the profile says 63 %."""
    near = {"population_near_parks": Entry(Decimal("632"))}
    now = Assessment("2021", profile={"population": Entry(Decimal("1000"))}, answers={"park_access": Answer(near)})
    expected = "The finished value 63 differs from what the inputs give, 63.2. The inputs are scored."
    assert problems(items, "people_with_access", now) == {"value_differs": ("warning", expected)}
    assert problems(items, "people_with_access", now, {"people_with_access"}) != {}
    near = {"population_near_parks": Entry(Decimal("630"))}
    agreed = Assessment("2021", profile={"population": Entry(Decimal("1000"))}, answers={"park_access": Answer(near)})
    assert problems(items, "people_with_access", agreed) == {}
    assert problems(items, "people_with_access") == {}

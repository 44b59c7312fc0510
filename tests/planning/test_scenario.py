"""What if: shared figures move all that use them, and the real answers stay as they are."""

from decimal import Decimal

import pytest

from cbi.assessment import Entry
from cbi.planning.figures import figure_at, figures_of
from cbi.planning.scenario import Change, Scenario, entry_at, overlaid, played

from .cities import assessment, card_of

ANSWERS = {
    "profile": {"city_area": "1000 ha", "population": 100000},
    "natural_areas": {"natural_area": "65 ha"},  # 6.5 %: 1 point
    "protected_areas": {"protected_area": "65 ha"},  # 6.5 %: 2 points
    "recreation": {"park_area": "40 ha"},  # 0.4 ha per 1 000: 2 points
    "urban_agriculture": 2,
    "agency_collaboration": {"agencies": 3},  # 1 point
}


def play(*changes, answers=ANSWERS, edition_id="2021", earlier=()):
    one = assessment(answers, edition_id=edition_id)
    scenario = Scenario("a try", changes=tuple(Change(place, entry) for place, entry in changes))
    return played(scenario, card_of(one, *earlier), one, [*earlier, one])


def test_a_shared_area_moves_every_indicator_that_uses_it():
    # 500 ha: natural 13.0 % (2 points), protected 13.0 % (3 points): one more each.
    found = play((("profile", "city_area"), Entry(Decimal(500), "ha")))
    assert (found.points, found.moved) == (2, ("natural_areas", "protected_areas"))


def test_the_answers_stay_as_they_are():
    one = assessment(ANSWERS)
    before = card_of(one)
    moved = overlaid(before.edition, one, [Change(("profile", "city_area"), Entry(Decimal(500), "ha"))])
    assert moved != one
    assert card_of(one).to_dict() == before.to_dict()
    assert one == assessment(ANSWERS)


def test_a_shared_figure_that_stands_under_an_indicator_is_changed_for_all():
    answers = {"natural_areas": {"natural_area": "65 ha", "city_area": "1000 ha"},
               "protected_areas": {"protected_area": "65 ha"}}  # fmt: skip
    found = play((("profile", "city_area"), Entry(Decimal(500), "ha")), answers=answers)
    assert found.points == 2
    assert "two_figures" not in [problem.code for problem in found.then.problems]


@pytest.mark.parametrize("edition_id", ["2021", "2014"])
def test_a_rung_a_count_and_an_answer_that_was_missing(edition_id):
    answers = {"public_consultation": 1, "agency_collaboration": {"agencies": 3}}
    found = play(
        (("public_consultation", "="), Entry("implemented")),  # 1 → 3
        (("agency_collaboration", "agencies"), Entry(Decimal(6))),  # 1 → 4
        (("projects", "projects"), Entry(Decimal(22))),  # none → 2
        answers=answers,
        edition_id=edition_id,
    )
    assert (found.points, found.then.total.scored) == (7, 3)


def test_a_finished_value_takes_the_place_of_figures():
    found = play((("natural_areas", "="), Entry(Decimal(21))))  # 21 %: 4 points
    assert found.then.result("natural_areas").points == 4


def test_a_figure_takes_the_place_of_a_reason():
    answers = {"projects": {"reason": "no_data", "note": "not counted"}}
    found = play((("projects", "projects"), Entry(Decimal(12))), answers=answers)
    assert found.points == 1
    assert "value_and_reason" not in [problem.code for problem in found.then.problems]


def test_the_species_of_a_scenario_are_held_against_the_real_baseline():
    then = assessment({"profile": {"bird_species": 160}}, year=2020)
    found = play((("profile", "bird_species"), Entry(Decimal(163))), answers={"profile": {"bird_species": 160}},
                 earlier=(then,))  # fmt: skip
    assert (found.today.total.points, found.then.total.points) == (0, 3)


def test_what_is_impossible_is_named_and_not_scored():
    found = play((("natural_areas", "natural_area"), Entry(Decimal(2000), "ha")))
    assert found.then.result("natural_areas").points is None
    assert "part_exceeds_whole" in [problem.code for problem in found.then.problems]


def test_what_the_edition_does_not_ask_is_left_out():
    found = play((("nothing", "at_all"), Entry(Decimal(1))), (("profile", "nothing"), Entry(Decimal(1))),
                 (("projects", "nothing"), Entry(Decimal(1))))  # fmt: skip
    assert found.points == 0


def test_later_figures_for_a_place_win():
    scenario = Scenario("x").with_change(Change(("a", "b"), Entry(Decimal(1))))
    scenario = scenario.with_change(Change(("a", "b"), Entry(Decimal(2))))
    assert [one.entry.value for one in scenario.changes] == [2]
    assert scenario.without(("a", "b")).changes == ()


def test_a_figure_of_a_scenario_is_found_when_no_value_is_formed_from_it_any_more():
    one = assessment({"park_access": 40})  # a finished value: nobody is counted for it today
    card, place = card_of(one), ("park_access", "population_near_parks")
    assert place not in {figure.place for figure in figures_of(card, one)}
    assert figure_at(card, one, place).kind == "people"
    assert figure_at(card, one, ("park_access", "=")).entry.value == 40
    assert figure_at(card, one, ("profile", "city_area")).kind == "area"
    assert [figure_at(card, one, place) for place in (("nothing", "="), ("profile", "x"), ("projects", "x"))] == [
        None
    ] * 3


def test_every_figure_that_can_be_moved_is_offered_once():
    one = assessment(ANSWERS)
    found = {figure.place: figure for figure in figures_of(card_of(one), one)}
    assert found["profile", "city_area"].indicators == (1, 8)
    assert found["urban_agriculture", "="].kind == "ladder"
    assert found["natural_areas", "natural_area"].entry == Entry(Decimal(65), "ha")
    assert ("natural_areas", "=") not in found  # it is formed from figures
    assert found["projects", "projects"].entry is None
    assert ("bird_species_change", "earlier_bird_species") not in found  # the past cannot be moved
    assert entry_at(one, card_of(one).edition, ("urban_agriculture", "=")).value in (2, "planned")

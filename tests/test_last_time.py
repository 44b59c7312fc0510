"""A figure far from last time's: a slip of unit or digit is told beside the figure, a true change is not."""

from dataclasses import replace

import pytest

from cbi.comparison import score_years
from cbi.definitions import edition
from cbi.intake import preview, receive
from cbi.reading import assessment_from
from cbi.scoring import score

RULES = ("land_and_people_like_last_time", "species_like_last_time", "sums_and_shares_like_last_time")


def _year(year, answers, edition_id="2021"):
    return replace(assessment_from(edition(edition_id), answers), city="Alder", year=year)


def _warned(before, after, edition_id="2021"):
    then, now = _year(2023, before, edition_id), _year(2026, after, edition_id)
    problems = score_years([then, now])[-1].problems
    told = [problem for problem in problems if problem.code in RULES]
    return [(problem.indicator, problem.input, problem.sentence.text()) for problem in told]


def test_hectares_typed_for_square_kilometres():
    # 33.22 km² = 3 322 ha; typed as 33.22 ha it is a hundredth
    before, after = {"profile": {"city_area": "33.22 km2"}}, {"profile": {"city_area": "33.22 ha"}}
    assert _warned(before, after) == [
        (
            None,
            "city_area",
            "“Total area of the city” is 33.22 ha, but was 33.22 km² in 2023: one is about 100 times the other. "
            "Check the unit and the digits; correct whichever year is wrong.",
        )
    ]


def test_it_is_said_in_chinese_too():
    then = _year(2023, {"profile": {"city_area": "33.22 km2"}})
    now = _year(2026, {"profile": {"city_area": "33.22 ha"}})
    [told] = [one for one in score_years([then, now], language="zh_Hans")[-1].problems if one.code in RULES]
    assert told.sentence.text("zh_Hans").startswith("“城市总面积”为33.22公顷，而2023年为33.22 km²，两者相差约100倍：")


@pytest.mark.parametrize(
    ("before", "after", "times"),
    [
        ({"recreation": {"park_area": "300 ha"}}, {"recreation": {"park_area": "300 mu"}}, 15),  # 1 ha = 15 mu
        ({"profile": {"population": 652_000}}, {"profile": {"population": 65_200}}, 10),  # a digit is missing
        ({"profile": {"population": 65_200}}, {"profile": {"population": "65.2万"}}, 10),  # 652 000 ÷ 65 200
        ({"profile": {"bird_species": 128}}, {"profile": {"bird_species": 12}}, 11),  # 128 ÷ 12 = 10.67
        ({"profile": {"plant_species": 100}}, {"profile": {"plant_species": 800}}, 8),  # just at the edge
        ({"connectivity": {"group_areas": "40 km2; 60 km2"}}, {"connectivity": {"group_areas": "40 ha; 60 ha"}}, 100),
        ({"budget": {"city_budget": "2 million EUR"}}, {"budget": {"city_budget": "2000 EUR"}}, 1000),
        ({"natural_areas": "12.3 %"}, {"natural_areas": "0.123 %"}, 100),  # a share typed for a percentage
        ({"habitat_restoration": {"restored_area": "1 ha"}}, {"habitat_restoration": {"restored_area": "50 ha"}}, 50),
    ],
)
def test_slips(before, after, times):
    [(_, _, sentence)] = _warned(before, after)
    assert f"about {times:,} times the other" in sentence


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ({"profile": {"city_area": "33.22 km2"}}, {"profile": {"city_area": "3322 ha"}}),  # the same in another unit
        ({"profile": {"city_area": "10 km2"}}, {"profile": {"city_area": "79 km2"}}),  # 7.9: a larger boundary
        ({"profile": {"plant_species": 100}}, {"profile": {"plant_species": 799}}),  # 7.99
        ({"habitat_restoration": {"restored_area": "1 ha"}}, {"habitat_restoration": {"restored_area": "49 ha"}}),
        ({"budget": {"biodiversity_budget": "2 EUR"}}, {"budget": {"biodiversity_budget": "80 EUR"}}),  # 40
        ({"invasive_alien_species": {"invasive_species": 0}}, {"invasive_alien_species": {"invasive_species": 9}}),
        ({"natural_areas": "12.3 %"}, {}),  # not answered now
        ({}, {"natural_areas": "0.123 %"}),  # not answered then
        ({"profile": {"population": "half"}}, {"profile": {"population": 65_200}}),  # not to be used then
    ],
)
def test_true_changes_and_what_cannot_be_compared(before, after):
    if before.get("profile", {}).get("population") == "half":
        before = {"profile": {"population": "0.5"}}
    assert _warned(before, after) == []


def test_the_older_edition_warns_too():
    before, after = {"education_visits": {"children": 9000}}, {"education_visits": {"children": 900}}  # a tenth
    [(owner, name, _)] = _warned(before, after, "2014")
    assert (owner, name) == ("education_visits", "children")


def test_it_is_held_against_the_year_before_not_the_baseline():
    areas = {2015: "5 km2", 2020: "50 km2", 2024: "51 km2"}  # 10 times in 2020, then hardly more
    cards = score_years([_year(year, {"profile": {"city_area": area}}) for year, area in areas.items()])
    assert [any(problem.code in RULES for problem in card.problems) for card in cards] == [False, True, False]


def test_points_stay_as_they_are():
    then = _year(2023, {"natural_areas": {"natural_area": "10 km2"}, "profile": {"city_area": "50 km2"}})
    now = _year(2026, {"natural_areas": {"natural_area": "10 ha"}, "profile": {"city_area": "50 km2"}})
    alone, beside = score(edition("2021"), now), score(edition("2021"), now, baseline=then, previous=then)
    assert alone.total.points == beside.total.points


def test_the_preview_of_a_file_warns_before_it_is_applied():
    then, now = _year(2023, {"profile": {"city_area": "33.22 km2"}}), _year(2026, {})
    file = receive(b"indicator,input,value,unit\nprofile,city_area,33.22,ha\n", "areas.csv", edition_id="2021")
    found = preview([file], now, [then, now])
    assert any("was 33.22 km² in 2023" in problem.sentence.text() for problem in found.problems)

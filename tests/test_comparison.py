"""A city with itself over the years; the arithmetic of every expected number stands beside it."""

import re
from dataclasses import replace
from decimal import Decimal
from itertools import permutations
from typing import Any

import pytest

from cbi import edition
from cbi.assessment import Assessment
from cbi.comparison import Comparison, Difference, Step, UnknownBaselineError, baseline_of, compare, score_years
from cbi.definitions import crosswalk
from cbi.printing.comparisons import comparison as comparison_text
from cbi.reading import assessment_from
from cbi.scoring import Status


def assessed(year: int | None, edition_id: str, answers: dict[str, Any], city: str = "Testville") -> Assessment:
    return replace(assessment_from(edition(edition_id), answers), city=city, year=year)


def difference(step: Step, indicator: str) -> Difference:
    return next(one for one in step.differences if one.indicator == indicator)


def only_step(*years: Assessment) -> Step:
    (step,) = compare(years).against_baseline
    return step


# ------------------------------------------------------------------------------------ like for like

FIRST = assessed(2020, "2021", {"natural_areas": 10.0, "protected_areas": 5.0, "awareness": 10})
LATER = assessed(2023, "2021", {"natural_areas": 15.0, "awareness": 100, "projects": 40})


def test_only_what_was_scored_in_both_years_is_summed() -> None:
    step = only_step(FIRST, LATER)
    # natural areas: 10.0 % is 2 points, 15.0 % is 3: +1. Events: 10 are 1 point, 100 are 2: +1. Together +2.
    # The totals went from 2 + 1 + 1 = 4 to 3 + 2 + 3 = 8: that +4 must not be said.
    assert [card.total.points for card in compare([FIRST, LATER]).scorecards] == [4, 8]
    assert step.points() == 2
    assert {one.indicator: one.points for one in step.compared} == {"natural_areas": 1, "awareness": 1}
    assert {part: step.points(part) for part in ("native_biodiversity", "ecosystem_services", "governance")} == {
        "native_biodiversity": 1,
        "ecosystem_services": 0,
        "governance": 1,
    }


def test_what_is_left_out_is_named() -> None:
    step = only_step(FIRST, LATER)
    assert len(step.compared) + len(step.left_out) == 28
    left_out = {one.indicator for one in step.left_out}
    assert {"protected_areas", "projects", "bird_species_change"} <= left_out
    protected = difference(step, "protected_areas")
    assert (protected.before.points, protected.after.points, protected.points) == (1, None, None)


def test_the_change_in_value_is_that_of_the_values_as_read() -> None:
    # 10.04 % reads as 10.0 %, 15.05 % as 15.1 %: the readers of both scorecards see a change of 5.1
    step = only_step(
        assessed(2020, "2021", {"natural_areas": 10.04}), assessed(2023, "2021", {"natural_areas": "15.05"})
    )
    assert difference(step, "natural_areas").value == Decimal("5.1")


def test_a_ladder_changes_in_points_but_has_no_value() -> None:
    step = only_step(
        assessed(2020, "2021", {"natural_capital": 3}), assessed(2023, "2021", {"natural_capital": "considered"})
    )
    assert (difference(step, "natural_capital").points, difference(step, "natural_capital").value) == (-2, None)


# ------------------------------------------------------------------------------- choice of the baseline

PLANTS = [  # year and native plant species
    assessed(2018, "2021", {"profile": {"plant_species": 800}, "natural_areas": 5}),
    assessed(2021, "2021", {"profile": {"plant_species": 803}, "natural_areas": 10}),
    assessed(2024, "2021", {"profile": {"plant_species": 802}, "natural_areas": 15}),
]


def years(comparison: Comparison) -> tuple[list[tuple[int, int]], list[tuple[int, int]]]:
    return (
        [(step.from_year, step.to_year) for step in comparison.against_baseline],
        [(step.from_year, step.to_year) for step in comparison.against_previous],
    )


def plant_points(comparison: Comparison) -> list[int | None]:
    return [card.result("plant_species_change").points for card in comparison.scorecards]


def test_the_earliest_year_is_the_baseline() -> None:
    comparison = compare(PLANTS)
    assert comparison.baseline == 2018
    assert years(comparison) == ([(2018, 2021), (2018, 2024)], [(2018, 2021), (2021, 2024)])
    # 803 − 800 = 3 species: 3 points; 802 − 800 = 2: 2 points; the baseline year itself is not scored
    assert plant_points(comparison) == [None, 3, 2]


def test_another_year_may_be_the_baseline() -> None:
    comparison = compare(PLANTS, baseline=2021)
    assert comparison.baseline == 2021
    # the year before it stands against it too, from the earlier to the later
    assert years(comparison) == ([(2018, 2021), (2021, 2024)], [(2018, 2021), (2021, 2024)])
    assert plant_points(comparison) == [None, None, 0]  # 802 − 803 = −1 species: 0 points
    assert [card.result("plant_species_change").status for card in comparison.scorecards[:2]] == [
        Status.BASELINE_YEAR,
        Status.BASELINE_YEAR,
    ]


AREAS = [  # year, share of natural areas, events
    assessed(2012, "2021", {"natural_areas": 20.0, "awareness": 10}),
    assessed(2015, "2021", {"natural_areas": 14.0, "awareness": 100}),
    assessed(2018, "2021", {"natural_areas": 5.0, "awareness": 100}),
    assessed(2024, "2021", {"natural_areas": 7.0}),
]


def test_every_other_year_stands_against_the_baseline_from_the_earlier_to_the_later() -> None:
    comparison = compare(AREAS, baseline=2018)
    # natural areas: 20.0 % and 14.0 % are 3 points, 5.0 % is 1, 7.0 % is 2. Events: 10 are 1 point, 100 are 2.
    #   2012 → 2018  1 − 3 = −2 and 2 − 1 = +1, together −1     value 5.0 − 20.0 = −15.0
    #   2015 → 2018  1 − 3 = −2 and 2 − 2 = 0, together −2      value 5.0 − 14.0 = −9.0
    #   2018 → 2024  2 − 1 = +1; events were not given in 2024  value 7.0 − 5.0 = +2.0
    assert [
        (step.from_year, step.to_year, step.points(), difference(step, "natural_areas").value, len(step.compared))
        for step in comparison.against_baseline
    ] == [
        (2012, 2018, -1, Decimal("-15.0"), 2),
        (2015, 2018, -2, Decimal("-9.0"), 2),
        (2018, 2024, 1, Decimal("2.0"), 1),
    ]
    assert [(step["from"], step["to"], step["points"]) for step in comparison.to_dict()["against_baseline"]] == [
        (2012, 2018, -1),
        (2015, 2018, -2),
        (2018, 2024, 1),
    ]
    last = compare(AREAS, baseline=2024)
    assert [(step.from_year, step.to_year) for step in last.against_baseline] == [
        (2012, 2024),
        (2015, 2024),
        (2018, 2024),
    ]
    # 2 − 3 = −1, 2 − 3 = −1, 2 − 1 = +1; the baseline has no events to compare
    assert [step.points() for step in last.against_baseline] == [-1, -1, 1]


def test_an_earlier_year_of_another_edition_is_scored_again_for_the_baseline() -> None:
    (step,) = compare([UNDER_2014, UNDER_2021], baseline=2022).against_baseline
    assert (step.from_year, step.to_year, step.rescored_year, step.older_edition) == (2016, 2022, 2016, "2014")
    assert {name: difference(step, name).points for name in CHANGES} == CHANGES
    assert step.points() == 3


def test_the_printed_titles_say_which_year_is_the_baseline() -> None:
    titles = [
        line for line in plain(comparison_text(compare(AREAS, baseline=2018), "en")).splitlines() if " against " in line
    ]
    assert titles == [
        "The baseline 2018 against the earlier year 2012",
        "The baseline 2018 against the earlier year 2015",
        "2024 against the baseline 2018",
        "2015 against 2012",  # 2018 against 2015 and 2024 against 2018 are there already
    ]


def test_one_year_under_two_editions_hides_no_step() -> None:
    both = [assessed(2016, name, {"awareness": {"events": 59}}) for name in ("2014", "2021")]
    later = assessed(2020, "2021", {"awareness": {"events": 60}})
    text = plain(comparison_text(compare([*both, later]), "en"))
    assert [line for line in text.splitlines() if " against " in line] == [
        "2016 against the baseline 2016",
        "2020 against the baseline 2016",
        "2020 against 2016",  # the other assessment of 2016: not the same step
    ]


def plain(text: str) -> str:
    """The text without the marks that make a terminal write bold."""
    return re.sub(r"\x1b\[\d*m", "", text)


def test_a_year_that_was_not_assessed_cannot_be_the_baseline() -> None:
    for attempt in (compare, score_years, baseline_of):
        with pytest.raises(UnknownBaselineError, match="2019 is not among the years 2018, 2021, 2024") as caught:
            attempt(PLANTS, 2019)  # type: ignore[operator]
        assert (caught.value.year, caught.value.years) == (2019, (2018, 2021, 2024))


@pytest.mark.parametrize("baseline", [None, 2021])
def test_years_in_any_order_compare_alike(baseline: int | None) -> None:
    expected = compare(PLANTS, baseline).to_dict()
    for order in permutations(PLANTS):
        assert compare(order, baseline).to_dict() == expected


def test_every_city_has_its_own_baseline() -> None:
    other = [replace(one, city="Elsewhere", year=(one.year or 0) + 2) for one in PLANTS[1:]]
    cards = score_years([*PLANTS, *other])
    assert [(card.city, card.year) for card in cards][:1] == [("Testville", 2018)]  # in the order given
    assert [card.result("plant_species_change").points for card in cards] == [None, 3, 2, None, 0]  # 802 − 803 = −1
    with pytest.raises(ValueError, match="one city"):
        compare([*PLANTS, *other])


def test_one_year_or_none_cannot_be_compared() -> None:
    for few in ([], PLANTS[:1], [replace(PLANTS[0], year=None), PLANTS[1]]):
        with pytest.raises(ValueError, match="at least two"):
            compare(few)


# ------------------------------------------------------------------------------------ change of species


def test_2021_counts_from_the_baseline_and_2014_from_the_survey_before() -> None:
    counts = {2010: 100, 2014: 104, 2018: 103}
    for edition_id, expected in (
        ("2021", [None, 4, 3]),  # 104 − 100 = 4: 4 points; 103 − 100 = 3: 3 points
        ("2014", [None, 4, 0]),  # 104 − 100 = 4: 4 points; 103 − 104 = −1: 0 points
    ):
        history = [assessed(year, edition_id, {"profile": {"plant_species": count}}) for year, count in counts.items()]
        for order in permutations(history):
            cards = sorted(score_years(order), key=lambda card: card.year or 0)
            assert [card.result("plant_species_change").points for card in cards] == expected


def test_a_2014_year_under_2021_is_counted_from_the_baseline() -> None:
    history = [
        assessed(2010, "2014", {"profile": {"plant_species": 100}}),
        assessed(2014, "2014", {"profile": {"plant_species": 102}}),
        assessed(2017, "2014", {"profile": {"plant_species": 103}}),
        assessed(2020, "2021", {"profile": {"plant_species": 104}}),
    ]
    comparison = compare(history)
    assert plant_points(comparison) == [None, 2, 1, 4]  # +2; 103 − 102 = +1 since the survey before; 104 − 100 = +4
    last = comparison.against_previous[-1]
    plants = difference(last, "plant_species_change")
    assert (plants.before.points, plants.after.points) == (3, 4)  # 2017 again under 2021: 103 − 100 = +3


# -------------------------------------------------------------------------------------- across editions

UNDER_2014 = assessed(
    2016,
    "2014",
    {
        "profile": {"city_area": "100 km2", "bird_species": 164, "plant_species": 800, "first_chosen_species": 14},
        "connectivity": {"group_areas": "6000; 2000; 2000 ha"},
        "built_up_birds": {"built_up_bird_species": 41},
        "protected_areas": {"protected_area": "7 km2"},
        "climate_regulation": 24.9,
        "plant_species_change": {"net_change": 3},
        "first_chosen_species_change": {"net_change": 2},
        "education_visits": {"visits": 2000, "children": 1000},
        "biodiversity_strategy": "elements",
        "awareness": {"events": 59},
    },
)
UNDER_2021 = assessed(
    2022,
    "2021",
    {
        "profile": {"city_area": "100 km2", "bird_species": 200, "plant_species": 803},
        "connectivity": {"group_areas": "8000; 2000 ha"},
        "built_up_birds": {"built_up_bird_species": 30},
        "protected_areas": {"protected_area": "11 km2"},
        "climate_regulation": 25.0,
        "biodiversity_strategy": "some_initiatives",
        "awareness": {"events": 60},
        "park_access": 40,
    },
)


def test_points_of_two_editions_are_never_subtracted() -> None:
    comparison = compare([UNDER_2014, UNDER_2021])
    old, new = comparison.scorecards
    (step,) = comparison.against_baseline
    # As assessed in 2016 under the 2014 edition:
    #   connectivity   (6000² + 2000² + 2000²) / 10 000 = 4 400 ha, over 1 500: 4 points
    #   birds          41 species, 28–46: 2          protected  7.0 %, 1.4–7.3: 1     canopy 24.9 %, 19.2–29.0: 2
    assert {name: old.result(name).points for name in CHANGES} == {
        "connectivity": 4, "built_up_birds": 2, "protected_areas": 1, "climate_regulation": 2,
        "biodiversity_strategy": 2, "awareness": 1,
    }  # fmt: skip
    # The same year again under the 2021 edition, and the newer year beside it:
    #   connectivity   4 400 / 10 000 = 44.0 %: 2          (8000² + 2000²) / 10 000² = 68.0 %: 3       +1, not 3 − 4
    #   birds          41 / 164 = 25.0 %: 4                30 / 200 = 15.0 %: 2                        −2, not 2 − 2
    #   protected      7.0 %, 6.0–10.9: 2                  11.0 %: 3                                   +1, not 3 − 1
    #   canopy         24.9 %, 10.0–24.9: 1                25.0 %: 2                                   +1, not 2 − 2
    #   strategy       rung 2                              rung 3                                      +1
    #   events         59: 1                               60: 2                                       +1
    assert {name: difference(step, name).points for name in CHANGES} == CHANGES
    assert {name: difference(step, name).before.points for name in CHANGES} == {
        "connectivity": 2, "built_up_birds": 4, "protected_areas": 2, "climate_regulation": 1,
        "biodiversity_strategy": 2, "awareness": 1,
    }  # fmt: skip
    assert step.points() == sum(CHANGES.values()) == 3
    assert new.total.points - old.total.points != step.points()
    assert difference(step, "connectivity").value == Decimal("24.0")  # 68.0 − 44.0 %, not hectares
    assert difference(step, "built_up_birds").value == Decimal("-10.0")  # 15.0 − 25.0 %, not species


CHANGES = {
    "connectivity": 1,
    "built_up_birds": -2,
    "protected_areas": 1,
    "climate_regulation": 1,
    "biodiversity_strategy": 1,
    "awareness": 1,
}


def test_it_is_said_which_year_was_scored_again_and_by_which_indicators() -> None:
    step = only_step(UNDER_2014, UNDER_2021)
    assert (step.older_edition, step.edition.id, step.rescored_year) == ("2014", "2021", 2016)
    assert set(step.rescored) == set(CHANGES)
    assert only_step(FIRST, LATER).rescored_year is None
    assert only_step(FIRST, LATER).rescored == ()


def test_what_is_not_carried_over_is_named_with_the_reason() -> None:
    step = only_step(UNDER_2014, UNDER_2021)
    whys = {pair.id: pair.why for pair in crosswalk().pairs} | {only.id: only.why for only in crosswalk().only}
    assert dict(step.not_carried or {}) == {
        # a change since the survey before is no change since the baseline year
        "plant_species_change": whys["plant_species_change"],
        # no longer asked
        "first_chosen_species_change": whys["first_chosen_species_change"],
        "education_visits": whys["education_visits"],
    }
    assert "baseline year" in whys["plant_species_change"]
    assert difference(step, "plant_species_change").before.status is Status.BASELINE_YEAR
    assert difference(step, "plant_species_change").after.points == 3  # 803 − 800


def test_a_finished_mesh_size_in_hectares_is_not_read_as_percent() -> None:
    step = only_step(assessed(2016, "2014", {"connectivity": 44, "natural_areas": 20}), UNDER_2021)
    assert "connectivity" in (step.not_carried or {})
    assert difference(step, "connectivity").before.points is None
    assert step.rescored == ("natural_areas",)


def test_a_finished_count_of_birds_is_divided_by_all_birds_of_that_year() -> None:
    before = assessed(2016, "2014", {"profile": {"bird_species": 164}, "built_up_birds": 41})
    birds = difference(only_step(before, UNDER_2021), "built_up_birds")
    assert birds.before.value == Decimal("25.0")  # 41 / 164, and not 41 %
    assert birds.before.points == 4


def test_a_finished_change_since_the_survey_before_is_left_behind() -> None:
    middle = assessed(2016, "2014", {"bird_species_change": 4})
    step = compare([assessed(2010, "2014", {"awareness": 1}), middle, UNDER_2021]).against_previous[-1]
    assert "bird_species_change" in (step.not_carried or {})
    assert difference(step, "bird_species_change").before.points is None


def test_three_years_across_editions_in_any_order() -> None:
    history = [UNDER_2014, UNDER_2021, replace(UNDER_2021, year=2025)]
    expected = compare(history).to_dict()
    for order in permutations(history):
        assert compare(order).to_dict() == expected
    assert [(step["from"], step["to"], step["rescored_year"]) for step in expected["against_previous"]] == [
        (2016, 2022, 2016),
        (2022, 2025, None),
    ]
    assert [(step["from"], step["to"], step["points"]) for step in expected["against_baseline"]] == [
        (2016, 2022, 3),
        (2016, 2025, 3),
    ]


def test_a_newer_year_under_the_older_edition_is_the_one_that_is_scored_again() -> None:
    step = only_step(replace(UNDER_2021, year=2010), UNDER_2014)
    assert (step.from_year, step.to_year, step.rescored_year) == (2010, 2016, 2016)
    assert (step.older_edition, step.edition.id) == ("2014", "2021")
    assert difference(step, "connectivity").points == -1  # from 68.0 %, 3 points, to 44.0 %, 2 points


def test_a_scored_year_does_not_change_by_being_compared() -> None:
    alone = score_years([UNDER_2014])[0].to_dict()
    assert compare([UNDER_2014, UNDER_2021]).scorecards[0].to_dict() == alone

"""Years of one city side by side: one edition for all, like for like, species; expected numbers worked out by hand."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbi import edition
from cbi.assessment import Answer, Assessment, Entry
from cbi.comparison import score_years, step_between
from cbi.over_time import followed_groups, like_for_like, species_counts, state_in, under_newest, waterfall
from cbi.reading import assessment_from
from cbi.tables import read_table

DEMO = Path(__file__).parents[1] / "data" / "demo" / "example-city.csv"


@pytest.fixture(scope="module")
def years() -> tuple[Assessment, ...]:
    return read_table(DEMO).assessments


def assessed(year: int, edition_id: str = "2021", **answers: object) -> Assessment:
    return replace(assessment_from(edition(edition_id), answers), city="Testville", year=year)


# Under one edition


def test_all_years_stand_under_the_newest_edition(years: tuple[Assessment, ...]) -> None:
    cards = under_newest(years, score_years(years))
    assert [card.edition.id for card in cards] == ["2021"] * 3
    # 2016 under the bands of 2021: 1 18.8 % 3 · 2 24.0 % 1 · 3 41/163 25.2 % 4 · 8 7.0 % 2 · 9 3 · 10 57.4 % 3 ·
    # 11 24.8 % 1 · 12 0.8 ha 3 · 15 3 · 16 0.6 % 1 · 17 2 · 22 2 · 23 2 · 24 2 · 25 1 · 26 2 · 27 2, together 37
    assert [card.total.points for card in cards] == [37, 63, 88]
    assert cards[0].result("protected_areas").points == 2  # 4 under the bands of 2014
    assert cards[0].result("park_access").points is None


def test_years_of_one_edition_stay_as_they_are() -> None:
    one = assessed(2020, "2014", awareness=59)
    both = [one, replace(one, year=2022)]
    assert under_newest(both, score_years(both)) == score_years(both)
    assert under_newest([], []) == ()


# Like for like


def test_like_for_like_of_the_demo_city(years: tuple[Assessment, ...]) -> None:
    step = step_between(years[0], years[2], years, 2016, "en")
    total = like_for_like(step)
    assert (total.before, total.after, total.change, total.compared) == (37, 55, 18, 17)
    parts = [like_for_like(step, one.id) for one in step.edition.components]
    assert [(one.before, one.after, one.compared) for one in parts] == [(13, 15, 5), (7, 9, 3), (17, 31, 9)]


def test_the_waterfall_leads_from_one_total_to_the_other(years: tuple[Assessment, ...]) -> None:
    moved = waterfall(step_between(years[0], years[2], years, 2016, "en"))
    assert [(one.indicator.number, one.change, one.start, one.end) for one in moved] == [
        (2, 1, 37, 38), (8, 1, 38, 39), (11, 1, 39, 40), (12, 1, 40, 41), (15, 1, 41, 42), (16, 1, 42, 43),
        (17, 2, 43, 45), (22, 2, 45, 47), (23, 2, 47, 49), (24, 2, 49, 51), (25, 1, 51, 52), (26, 2, 52, 54),
        (27, 1, 54, 55),
    ]  # fmt: skip


@given(
    then=st.dictionaries(st.sampled_from(["awareness", "projects", "partnerships"]), st.integers(0, 400)),
    now=st.dictionaries(st.sampled_from(["awareness", "projects", "partnerships"]), st.integers(0, 400)),
)
def test_whatever_was_answered_the_waterfall_ends_at_the_later_total(then: dict[str, int], now: dict[str, int]) -> None:
    before, after = assessed(2020, **then), assessed(2024, **now)
    step = step_between(before, after, [before, after], None, "en")
    total, moved = like_for_like(step), waterfall(step)
    assert total.compared == len(then.keys() & now.keys())
    assert total.change == step.points() == sum(one.change for one in moved)
    assert [one.start for one in moved] == [total.before, *[one.end for one in moved]][: len(moved)]
    assert all(one.change for one in moved)


def test_what_an_older_edition_never_asked_was_not_left_unstarted(years: tuple[Assessment, ...]) -> None:
    step = step_between(years[0], years[2], years, 2016, "en")
    states = {one.indicator: state_in(step, one.before, 2016).text() for one in step.differences}
    assert states["park_access"] == "not asked by the 2014 edition"
    assert states["plant_species_change"] == "sets the baseline this year"
    assert states["awareness"] == "2 of 4 points"


# Species


def test_species_counts_with_their_surveys(years: tuple[Assessment, ...]) -> None:
    plants, birds, arthropods = species_counts(years)
    assert (plants.id, plants.label) == ("plant_species", "Native vascular plant species")
    assert [(one.year, one.count) for one in plants.counts] == [(2016, 842), (2021, 845), (2024, 848)]
    assert [one.count for one in birds.counts] == [163, 162, 165]
    assert [one.count for one in arthropods.counts] == [71, 73, 75]
    # the 2014 edition asked for butterflies; the group that the city follows since stands beside the count
    assert [one.label for one in arthropods.counts][:2] == ["Native butterfly species", "Native arthropod species"]
    groups = [[entry.value for _, entry in one.beside] for one in arthropods.counts]
    assert groups == [[], ["Butterflies"], ["Butterflies"]]
    assert birds.counts[1].entry is not None
    assert birds.counts[1].entry.source == "Species survey of the nature society 2021"


def test_every_edition_names_the_groups_it_follows() -> None:
    assert followed_groups(edition("2021")) == ("plant_species", "bird_species", "arthropod_species")
    assert followed_groups(edition("2014")) == (
        "plant_species",
        "bird_species",
        "arthropod_species",
        "first_chosen_species",
        "second_chosen_species",
    )


def test_a_count_given_under_an_indicator_counts_too_and_an_unusable_one_is_none() -> None:
    under_indicator = assessed(2020, bird_species_change={"bird_species": 164, "gained": 3})
    half = replace(
        assessed(2021),
        profile={"bird_species": Entry(Decimal("160.5"))},
        answers={"bird_species_change": Answer(note="only the eastern half was surveyed")},
    )
    _, birds, _ = species_counts([under_indicator, half, assessed(2022)])
    assert [one.count for one in birds.counts] == [164, None, None]
    assert [one.year for one in birds.known] == [2020]
    assert [entry.value for _, entry in birds.counts[0].beside] == [Decimal(3)]
    assert birds.counts[1].note == "only the eastern half was surveyed"
    assert species_counts([]) == ()


def test_labels_are_in_the_readers_language(years: tuple[Assessment, ...]) -> None:
    assert [group.label for group in species_counts(years, "zh_Hans")][1] == "原生鸟类物种数"

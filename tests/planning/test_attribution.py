"""Where the change since the baseline comes from: hand-worked, and adding up to the whole whatever the years hold."""

from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from cbi.comparison import score_years
from cbi.planning.attribution import Part
from cbi.planning.findings import since_baseline
from cbi.tables import read_table
from tests.effort import examples

from .cities import assessment

DEMO = Path(__file__).parents[2] / "data" / "demo" / "example-city.csv"


def parts(then, now):
    cards = score_years([then, now])
    found = since_baseline(now, [then, now], cards[1], None)
    return found, {part: found.points(part) for part in Part if found.points(part)}


def test_a_larger_city_and_more_natural_area():
    # 2020: 65 of 1000 ha = 6.5 %: 1 point. 2026: 150 of 500 ha = 30.0 %: 4 points.
    # The old 65 ha of the new 500 ha are 13.0 %: 2 points. So 1 from the changed area, 2 real.
    then = assessment({"profile": {"city_area": "1000 ha"}, 1: {"natural_area": "65 ha"}}, year=2020)
    now = assessment({"profile": {"city_area": "500 ha"}, 1: {"natural_area": "150 ha"}})
    found, told = parts(then, now)
    assert told == {Part.DENOMINATOR: 1, Part.REAL: 2}
    assert (found.before, found.after, found.change) == (1, 4, 3)


def test_population_and_area_are_denominators_of_all_that_use_them():
    # Parks 40 ha: for 100 000 people 0.4 (2 points), for 50 000 0.8 (3 points). 30 000 near parks: 30.0 % (1), of
    # 50 000 60.0 % (2). Nothing else changed: 2 points from the population.
    def year(people, when):
        profile = {"profile": {"population": people}}
        return assessment({**profile, 12: {"park_area": "40 ha"}, 13: {"population_near_parks": 30000}}, year=when)

    _, told = parts(year(100_000, 2020), year(50_000, 2026))
    assert told == {Part.DENOMINATOR: 2}


def test_what_is_scored_in_one_year_only_is_no_change_of_the_city():
    # 2020: agriculture 2, events 74 (2 points). 2026: agriculture 3, projects 22 (2 points).
    then = assessment({"urban_agriculture": 2, "awareness": {"events": 74}}, year=2020)
    now = assessment({"urban_agriculture": 3, "projects": {"projects": 22}})
    _, told = parts(then, now)
    assert told == {Part.REAL: 1, Part.NEWLY_SCORED: 2, Part.NO_LONGER_SCORED: -2}


def test_another_edition_is_a_part_of_its_own():
    # 2014: water 65.0 % of 33.1–…: 64.3–75.0, 3 points; the same figures under 2021 (> 60.0): 4 points. So +1 from the
    # edition. 2026: 55 % (50.0–60.0): 3 points, −1 real.
    then = assessment({"profile": {"terrestrial_area": "100 ha"}, 11: {"permeable_area": "65 ha"}}, edition_id="2014",
                      year=2016)  # fmt: skip
    now = assessment({"profile": {"terrestrial_area": "100 ha"}, 10: {"permeable_area": "55 ha"}})
    found, told = parts(then, now)
    assert told == {Part.EDITION: 1, Part.REAL: -1}
    assert (found.before, found.after) == (3, 3)


def test_a_finished_value_cannot_be_split_and_is_named():
    then = assessment({"profile": {"terrestrial_area": "100 ha"}, 11: 20}, year=2020)  # 20 %: 1 point
    now = assessment({"profile": {"terrestrial_area": "50 ha"}, 11: {"canopy_area": "20 ha"}})  # 40 %: 3 points
    found, told = parts(then, now)
    assert told == {Part.REAL: 2}
    assert found.unsplit == (11,)


def test_a_denominator_that_makes_an_impossible_share_is_not_used():
    # 65 ha of then do not fit into 50 ha: the whole change counts as real, and the indicator is named.
    then = assessment({"profile": {"city_area": "1000 ha"}, 1: {"natural_area": "65 ha"}}, year=2020)
    now = assessment({"profile": {"city_area": "50 ha"}, 1: {"natural_area": "20 ha"}})
    found, told = parts(then, now)
    assert told == {Part.REAL: 3}
    assert found.unsplit == (1,)


def test_species_found_since_are_real_change_and_newly_scored():
    # The baseline year itself has no points for species; 3 more birds bring 3 points: newly scored.
    then = assessment({"profile": {"bird_species": 160}}, year=2020)
    _, told = parts(then, assessment({"profile": {"bird_species": 163}}))
    assert told == {Part.NEWLY_SCORED: 3}


def test_the_baseline_year_itself_has_no_change():
    then = assessment({"urban_agriculture": 2}, year=2020)
    assert since_baseline(then, [then], score_years([then])[0], None) is None


# Adding up


ANSWERS = st.fixed_dictionaries(
    {},
    optional={
        "natural_areas": st.integers(0, 120).map(lambda area: {"natural_area": f"{area} ha"}),
        "protected_areas": st.integers(0, 90).map(lambda area: {"protected_area": f"{area} ha"}),
        "climate_regulation": st.one_of(
            st.integers(0, 90).map(lambda area: {"canopy_area": f"{area} ha"}), st.integers(0, 100)
        ),
        "recreation": st.integers(0, 90).map(lambda area: {"park_area": f"{area} ha"}),
        "agency_collaboration": st.integers(0, 9).map(lambda count: {"agencies": count}),
        "public_consultation": st.integers(0, 4),
    },
)
PROFILES = st.fixed_dictionaries(
    {},
    optional={
        "city_area": st.integers(50, 900).map(lambda area: f"{area} ha"),
        "terrestrial_area": st.integers(50, 900).map(lambda area: f"{area} ha"),
        "population": st.integers(1, 200_000),
        "bird_species": st.integers(90, 99),
    },
)
YEARS = st.tuples(st.sampled_from(("2014", "2021")), PROFILES, ANSWERS)


@settings(max_examples=examples(80), deadline=None)
@given(YEARS, YEARS)
def test_the_parts_add_up_to_the_whole(first, second):
    then, now = (
        assessment({"profile": profile, **answers}, edition_id=edition_id, year=year)
        for year, (edition_id, profile, answers) in ((2016, first), (2026, second))
    )
    found, _ = parts(then, now)
    cards = score_years([then, now])
    assert found.change == cards[1].total.points - cards[0].total.points
    assert sum(found.points(part) for part in Part) == found.change


def test_the_example_city_adds_up():
    # Worked out in tests/test_over_time.py: 37 → 55 like for like; 38 → 88 as assessed. 37 − 38 = −1 by the edition;
    # 88 − 55 = 33 newly scored.
    years = read_table(DEMO).assessments
    found = since_baseline(years[-1], years, score_years(years)[-1], None)
    assert {part.value: found.points(part) for part in Part} == {
        "real": 18,
        "denominator": 0,
        "newly_scored": 33,
        "no_longer_scored": 0,
        "edition": -1,
    }

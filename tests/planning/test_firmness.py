"""How firm points are: exact chances worked out by hand, sampling near to them, and points that hang on rounding."""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbi.assessment import Quality
from cbi.planning import firmness as firm_room
from cbi.planning.firmness import firmness, percent_text
from cbi.planning.ranges import Coverage, Form, Spread, coverage_of, ends, uncertain_of
from cbi.planning.rounding import on_the_edge
from tests.effort import examples

from .cities import assessment, card_of, scored

NONE = {}
PROFILE = {"city_area": "1000 ha", "terrestrial_area": "1000 ha", "population": 1000}


def firm(answers, *spreads, grades=NONE, edition_id="2021", earlier=()):
    one = assessment(answers, edition_id=edition_id)
    card = card_of(one, *earlier)
    return firmness(card, uncertain_of(card, one, spreads, grades))


def plus_minus(owner, name, size):
    return Spread((owner, name), Form.PLUS_MINUS, Decimal(size))


def from_to(owner, name, low, high):
    return Spread((owner, name), Form.FROM_TO, Decimal(low), Decimal(high))


# Indicators of which nothing is known


def test_a_scored_indicator_without_a_range_is_counted_and_not_taken_for_firm():
    one = assessment({"urban_agriculture": 2, "projects": {"projects": 38}, "natural_areas": {"natural_area": "100 ha"},
                      "profile": PROFILE})  # fmt: skip
    card = card_of(one)
    nothing = coverage_of(card, one, (), NONE)
    assert nothing == Coverage(scored=3, without=3, take_none=1)  # a ladder takes no range
    assert nothing.nothing_known
    some = coverage_of(card, one, [plus_minus("projects", "projects", "2")], NONE)
    assert (some.without, some.nothing_known) == (2, False)


# One uncertain figure: exact


def test_an_area_within_a_range():
    # 60 to 160 ha of 1000 ha. 1 point below 69.5 ha: 9.5 of 100; 2 up to 139.5 ha: 70; 3 from there: 20.5.
    answers = {"profile": PROFILE, "natural_areas": {"natural_area": "100 ha"}}
    found = firm(answers, from_to("natural_areas", "natural_area", "60", "160"))
    assert found.exact
    assert found.indicators[0].chances == {1: Fraction(19, 200), 2: Fraction(7, 10), 3: Fraction(41, 200)}
    assert (found.totals, found.lowest, found.highest) == (found.indicators[0].chances, 1, 3)
    assert found.indicators[0].less == Fraction(19, 200)


def test_a_count_within_a_range():
    # 36 to 41 projects, each as likely: 36–39 have 2 points (4 of 6), 40 and 41 have 3.
    found = firm({"projects": {"projects": 38}}, from_to("projects", "projects", "36", "41"))
    assert found.indicators[0].chances == {2: Fraction(4, 6), 3: Fraction(2, 6)}


def test_a_shared_figure_moves_all_its_indicators_together():
    # City area 900 to 1100 ha; 140 ha natural: 14.0 % today (3 points), 2 points from 140 ÷ 0.1395 = 1003.58… ha.
    # 60 ha protected: 6.0 % today (2 points), 1 point from 60 ÷ 0.0595 = 1008.40… ha.
    answers = {
        "profile": PROFILE,
        "natural_areas": {"natural_area": "140 ha"},
        "protected_areas": {"protected_area": "60 ha"},
    }
    found = firm(answers, from_to("profile", "city_area", "900", "1100"))
    first = (Fraction(140) / Fraction("0.1395") - 900) / 200
    second = (Fraction(60) / Fraction("0.0595") - 900) / 200
    assert found.exact
    assert found.totals == {5: first, 4: second - first, 3: 1 - second}


def test_ranges_of_different_indicators_add_up():
    # Projects 39 or 40 (2 or 3 points), agencies 3 or 4 (1 or 2 points): totals 3, 4, 4, 5, each a quarter.
    answers = {"projects": {"projects": 39}, "agency_collaboration": {"agencies": 3}}
    found = firm(answers, from_to("projects", "projects", "39", "40"),
                 from_to("agency_collaboration", "agencies", "3", "4"))  # fmt: skip
    assert found.totals == {3: Fraction(1, 4), 4: Fraction(1, 2), 5: Fraction(1, 4)}
    assert found.exact


def test_a_finished_value_within_a_range():
    # 2021 no. 13: 40 ± 20 %: 20 to 60. Below 29.95: 9.95 of 40; below 49.95: 20; above: 10.05.
    found = firm({13: 40}, plus_minus("park_access", "=", "20"))
    assert found.indicators[0].chances == {0: Fraction(995, 4000), 1: Fraction(1, 2), 2: Fraction(1005, 4000)}


def test_a_percentage_never_lies_beyond_a_hundred():
    # 2021 no. 13: 95 ± 10 %: 85 to 100. Below 89.95: 4.95 of 15, 3 points; above: 10.05, 4 points.
    found = firm({13: 95}, plus_minus("park_access", "=", "10"))
    assert found.indicators[0].chances == {3: Fraction(495, 1500), 4: Fraction(1005, 1500)}


def test_amounts_that_cannot_be_true_together_are_left_out():
    # 900 people near parks; a population of 800 to 899 is impossible. Of the 301 from 900 to 1200, the 101 up to
    # 900 ÷ 0.8995 = 1000.55… give 4 points, the 200 others 3 (from 69.95 %: 1286.6).
    answers = {"profile": PROFILE, "park_access": {"population_near_parks": 900}}
    found = firm(answers, from_to("profile", "population", "800", "1200"))
    assert found.exact
    assert found.indicators[0].chances == {4: Fraction(101, 301), 3: Fraction(200, 301)}


def test_sampling_leaves_out_what_cannot_be_true():
    # Near parks 900 to 910, population 800 to 1100: a population below about 905 is impossible.
    answers = {"profile": PROFILE, "park_access": {"population_near_parks": 905}}
    found = firm(answers, from_to("profile", "population", "800", "1100"),
                 from_to("park_access", "population_near_parks", "900", "910"))  # fmt: skip
    assert not found.exact
    assert sum(found.totals.values()) == 1
    # 4 points up to 900 ÷ 0.8995 = 1000.6 to 910 ÷ 0.8995 = 1011.7, of about 905 to 1100: a little over half
    assert Fraction(45, 100) < found.totals[4] < Fraction(60, 100)


def test_species_since_the_baseline():
    # 160 then, 162 ± 2 now: 0, 1, 2, 3 or 4 more, a fifth each.
    then = assessment({"profile": {"bird_species": 160}}, year=2020)
    found = firm({"profile": {"bird_species": 162}}, plus_minus("profile", "bird_species", "2"), earlier=(then,))
    assert found.indicators[0].chances == {points: Fraction(1, 5) for points in range(5)}


def test_the_coherence_of_patches_does_not_hang_on_their_common_size():
    spread = Spread(("connectivity", "group_areas"), Form.PERCENT, Decimal(30))
    answers = {"connectivity": {"group_areas": "50;30;20 ha"}}
    assert firm(answers, spread).indicators == ()


def test_the_effective_mesh_size_of_2014_grows_with_all_patches():
    # 600 ha in one group, ± 50 %: 300 to 900 ha. 1 point below 500.5: 200.5 of 600; 2 points above.
    spread = Spread(("connectivity", "group_areas"), Form.PERCENT, Decimal(50))
    found = firm({"connectivity": {"group_areas": "600 ha"}}, spread, edition_id="2014")
    assert found.indicators[0].chances == {1: Fraction(2005, 6000), 2: Fraction(3995, 6000)}


def test_less_is_better_among_invasive_species():
    # 12 of 100 (12.0 %: 2 points), ± 2 → 10 to 14 of 98 to 102: 10 ÷ 98 = 10.2 % (3), 11 ÷ 99 = 11.11 % (2), …
    answers = {"invasive_alien_species": {"invasive_species": 12, "native_species": 88, "group": "birds"}}
    found = firm(answers, plus_minus("invasive_alien_species", "invasive_species", "2"))
    assert found.indicators[0].chances == {3: Fraction(1, 5), 2: Fraction(4, 5)}


# Quality grades


def of_low_quality(one):
    """The same with a natural area of low quality."""
    answer = one.answers["natural_areas"]
    entry = replace(answer.inputs["natural_area"], quality=Quality.LOW)
    return replace(one, answers={**one.answers, "natural_areas": replace(answer, inputs={"natural_area": entry})})


def test_a_quality_grade_brings_its_range():
    # Low ± 50 %: 50 to 150 ha of 1000 ha.
    answers = {"profile": PROFILE, "natural_areas": {"natural_area": "100 ha"}}
    one = of_low_quality(assessment(answers))
    card = card_of(one)
    found = firmness(card, uncertain_of(card, one, (), {Quality.LOW: Decimal(50)}))
    # below 69.5: 19.5 of 100; to 139.5: 70; above: 10.5
    assert found.indicators[0].chances == {1: Fraction(195, 1000), 2: Fraction(7, 10), 3: Fraction(105, 1000)}
    assert found.indicators[0].figures[0].grade is Quality.LOW


def test_a_range_goes_before_the_grade():
    answers = {"profile": PROFILE, "natural_areas": {"natural_area": "100 ha"}}
    one = of_low_quality(assessment(answers))
    card = card_of(one)
    spread = plus_minus("natural_areas", "natural_area", "1")
    assert firmness(card, uncertain_of(card, one, (spread,), {Quality.LOW: Decimal(50)})).indicators == ()


def test_an_area_never_falls_below_nothing():
    answers = {"profile": PROFILE, "natural_areas": {"natural_area": "10 ha"}}
    card = card_of(assessment(answers))
    found = uncertain_of(card, assessment(answers), [plus_minus("natural_areas", "natural_area", "50")], {})
    assert (found[0].low, found[0].high) == (0, 60)


@pytest.mark.parametrize(
    ("spread", "expected"),
    [
        (Spread(("a", "b"), Form.PLUS_MINUS, Decimal("0.5")), (150, 250)),  # 2 km² ± 0.5 km², in hectares
        (Spread(("a", "b"), Form.PERCENT, Decimal(10)), (180, 220)),
        (Spread(("a", "b"), Form.FROM_TO, Decimal(3), Decimal(1)), (100, 300)),
    ],
)
def test_the_ends_of_a_range_are_in_the_unit_of_the_figure(spread, expected):
    assert ends(spread, Fraction(200), Fraction(100)) == expected


# Several: sampled with a fixed seed


TWO = (from_to("natural_areas", "natural_area", "60", "160"), from_to("profile", "city_area", "900", "1100"))
BOTH = {"profile": PROFILE, "natural_areas": {"natural_area": "100 ha"}}


def test_sampling_gives_the_same_chances_every_time():
    first, second = (firm(BOTH, *TWO) for _ in range(2))
    assert not first.exact
    assert first.totals == second.totals
    assert sum(first.totals.values()) == 1


def test_sampling_comes_near_to_what_is_known_exactly():
    # The same range twice over: 36–41 projects by the exact way, and drawn as the sampling does it.
    answers = {"projects": {"projects": 38}}
    one = assessment(answers)
    card = card_of(one)
    figures = uncertain_of(card, one, [from_to("projects", "projects", "36", "41")], {})
    drawn = firm_room._drawn([card.result("projects")], figures)
    assert abs(drawn[(2,)] - Fraction(4, 6)) < Fraction(3, 100)


@settings(max_examples=examples(40), deadline=None)
@given(st.integers(1, 400), st.integers(0, 300), st.integers(0, 300))
def test_exact_chances_agree_with_counting_every_number(now, below, above):
    """All whole numbers of a range, counted one by one."""
    low, high = max(now - below, 0), now + above
    found = firm({"awareness": {"events": now}}, from_to("awareness", "events", low, high))
    counted = {}
    for events in range(low, high + 1):
        points = scored({"awareness": {"events": events}}).total.points if high - low < 12 else _points(events)
        counted[points] = counted.get(points, 0) + Fraction(1, high - low + 1)
    if found.indicators:
        assert found.indicators[0].chances == counted
    else:
        assert set(counted) == {_points(now)}


def _points(events):
    """2021 no. 27: 0; 1–59; 60–149; 150–300; over 300."""
    return sum(events >= edge for edge in (1, 60, 150, 301))


def test_the_likely_range_leaves_five_percent_on_each_side():
    # 100 equally likely counts from 1 to 100: 1–59 have 1 point, 60–100 have 2.
    found = firm({"awareness": {"events": 50}}, from_to("awareness", "events", "1", "100"))
    assert found.likely() == (1, 2)
    assert percent_text(found.totals[1]) == "59.0"


# Points that hang on rounding


def edge(answers, **more):
    return [(one.result.points, str(one.other), one.points) for one in on_the_edge(scored(answers, **more))]


@pytest.mark.parametrize(
    ("area", "expected"),
    [
        ("69.5 ha", [(2, "6.94", 1)]),  # 6.95 % reads as 7.0 %
        ("69.9 ha", [(2, "6.94", 1)]),
        ("69.4 ha", [(1, "6.95", 2)]),  # 6.94 % reads as 6.9 %
        ("70 ha", []),
        ("69 ha", []),
        ("100 ha", []),
    ],
)
def test_values_between_two_printed_bands(area, expected):
    assert edge({"profile": PROFILE, "natural_areas": {"natural_area": area}}) == expected


def test_counts_never_hang_on_rounding():
    assert edge({"projects": {"projects": 40}, "agency_collaboration": {"agencies": 3}}) == []


def test_the_2014_edition_rounds_visits_to_whole_ones():
    # 1.5 visits read as 2: 2 points; at 1.4 it would be 1.
    answers = {"education_visits": {"visits": 150, "children": 100}}
    assert edge(answers, edition_id="2014") == [(2, "1.4", 1)]

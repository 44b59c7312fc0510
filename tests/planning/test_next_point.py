"""The next point and the last one: hand-worked for every kind of indicator in both editions, and exact to the rounding.

A value is read half-up to the printed decimals: a band from 14.0 % begins at 13.95 %, one above 20.0 % at 20.05 %.
"""

from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbi.definitions import edition
from cbi.planning.levers import areas_of, levers_of, points_at, way_of
from cbi.planning.next_point import outlooks, shifts
from cbi.planning.scenario import Change, overlaid
from cbi.planning.telling import shift_text
from cbi.scoring import Scorecard
from cbi.scoring.engine import score_example
from cbi.wording import Voice
from tests.effort import examples

from .cities import assessment, card_of, scored

AREA = {"city_area": "1000 ha", "terrestrial_area": "1000 ha", "population": 100000}


def outlook(card, name):
    return next(one for one in outlooks(card) if one.result.indicator.id == name)


def told(found):
    """Each shift as (input, change, unit, points)."""
    return [(one.place[1], str(one.change) if one.change is not None else one.rung, one.unit, one.points)
            for one in found]  # fmt: skip


# Areas and percent: 2021 no. 1, bands 1.0–6.9, 7.0–13.9, 14.0–20.0, > 20.0


def test_a_share_of_areas_up_and_down():
    # 100 ÷ 1000 = 10.0 %: 2 points. Up: 13.95 % of 1000 ha = 139.5 ha, 39.5 more; or 100 ÷ 0.1395 = 716.845… ha of
    # city, so 283.2 less is enough (716.8 ha: 13.951 %) and 283.1 is not (716.9 ha: 13.9489 %).
    # Down: below 6.95 % = 69.5 ha, so 30.51 less (69.49 ha) is enough and 30.50 is not; or more than
    # 100 ÷ 0.0695 = 1438.848… ha of city: 438.9 more.
    found = outlook(scored({"profile": AREA, "natural_areas": {"natural_area": "100 ha"}}), "natural_areas")
    assert told(found.up) == [("natural_area", "39.50", "ha", 3), ("city_area", "-283.2", "ha", 3)]
    assert told(found.down) == [("natural_area", "-30.51", "ha", 1), ("city_area", "438.9", "ha", 1)]


def test_the_unit_is_the_one_that_staff_used():
    # 150 亩 = 10 ha of 100 ha: 10.0 %. Up: 13.95 ha = 209.25 亩, 59.25 more.
    answers = {"profile": {"city_area": "1 km2"}, "natural_areas": {"natural_area": "150 mu"}}
    assert told(outlook(scored(answers), "natural_areas").up)[0] == ("natural_area", "59.25", "mu", 3)


def test_at_the_top_nothing_lifts_and_at_the_foot_nothing_is_lost():
    top = scored({"profile": AREA, "natural_areas": {"natural_area": "300 ha"}, "urban_agriculture": 0})
    assert outlook(top, "natural_areas").up == ()
    assert outlook(top, "urban_agriculture").down == ()


def test_an_indicator_without_points_has_no_outlook():
    assert [one.result.indicator.id for one in outlooks(scored({"urban_agriculture": 2}))] == ["urban_agriculture"]


# What comes one by one


def test_counts_in_both_editions():
    # 2021 no. 25: 22–39 projects, so 38 + 2 = 40 lift and 38 − 17 = 21 lose. 2014 no. 16 has the same bands.
    for edition_id in ("2021", "2014"):
        found = outlook(scored({"projects": {"projects": 38}}, edition_id=edition_id), "projects")
        assert told(found.up) == [("projects", "2", "", 3)]
        assert told(found.down) == [("projects", "-17", "", 1)]


def test_agencies_need_one_more():
    found = outlook(scored({"agency_collaboration": {"agencies": 3}}), "agency_collaboration")
    assert told(found.up) == [("agencies", "1", "", 2)]
    assert told(found.down) == [("agencies", "-1", "", 0)]


def test_people_near_parks_to_one_person():
    # 69.95 % of 100 000 = 69 950 people; 60 000 live there: 9 950 more. Population falls to 60 000 ÷ 0.6995 =
    # 85 775.5…: 85 775, so 14 225 fewer. Down from 49.95 %: 49 949 people, 10 051 fewer.
    answers = {"profile": AREA, "park_access": {"population_near_parks": 60000}}
    found = outlook(scored(answers), "park_access")
    assert told(found.up) == [("population_near_parks", "9950", "", 3), ("population", "-14225", "", 3)]
    assert told(found.down)[0] == ("population_near_parks", "-10051", "", 1)


def test_people_given_in_ten_thousands_move_by_whole_persons():
    answers = {"profile": {"population": "10 万"}, "park_access": {"population_near_parks": "6 万"}}
    found = outlook(scored(answers), "park_access")
    assert told(found.up)[0] == ("population_near_parks", "0.9950", "wan", 3)  # 9 950 people


def test_fewer_invasive_species():
    # 2021 no. 9: less is better. 12 ÷ (12 + 88) = 12.0 %: 2 points. 3 points below 11.05 %: 10 ÷ 98 = 10.2 %, but
    # 11 ÷ 99 = 11.11 % is not enough: 2 fewer. More natives: 12 ÷ (12 + r) < 11.05 % from r > 96.59…: 97, 9 more.
    # Lost from 20.05 %: x ÷ (x + 88) ≥ 20.05 % from x = 22.07…: 23, 11 more.
    answers = {"invasive_alien_species": {"invasive_species": 12, "native_species": 88, "group": "birds"}}
    found = outlook(scored(answers), "invasive_alien_species")
    assert told(found.up) == [("invasive_species", "-2", "", 3), ("native_species", "9", "", 3)]
    assert told(found.down)[0] == ("invasive_species", "11", "", 1)


def test_species_since_the_baseline_leave_the_past_alone():
    # 162 species against 160 then: +2, 2 points. One more gives 3; the baseline's count cannot be moved.
    then = assessment({"profile": {"bird_species": 160}}, year=2020)
    now = assessment({"profile": {"bird_species": 162}})
    found = outlook(card_of(now, then), "bird_species_change")
    assert told(found.up) == [("bird_species", "1", "", 3)]
    assert told(found.down) == [("bird_species", "-1", "", 1)]


@pytest.mark.parametrize("edition_id", ["2021", "2014"])
def test_a_net_change_may_be_negative(edition_id):
    # −3 species: 0 points, and 1 point from +1: four more.
    card = card_of(assessment({"bird_species_change": {"net_change": -3}}, edition_id=edition_id),
                   assessment({}, edition_id=edition_id, year=2020))  # fmt: skip
    found = outlook(card, "bird_species_change")
    assert told(found.up) == [("net_change", "4", "", 1)]


def test_gains_and_losses_move_either_way():
    # 5 gained, 3 lost: +2. One more gained, or one fewer lost.
    then = assessment({}, year=2020)
    card = card_of(assessment({"bird_species_change": {"gained": 5, "lost": 3}}), then)
    assert told(outlook(card, "bird_species_change").up) == [("gained", "1", "", 3), ("lost", "-1", "", 3)]


# Per head and per thousand, money


def test_parks_for_every_thousand_people():
    # 40 ha for 100 000 people: 0.4 ha, 2 points. 3 points from 0.65: 65 ha, 25 more. Lost below 0.35: 34.99 ha.
    found = outlook(scored({"profile": AREA, "recreation": {"park_area": "40 ha"}}), "recreation")
    assert told(found.up)[0] == ("park_area", "25.00", "ha", 3)
    assert told(found.down)[0] == ("park_area", "-5.001", "ha", 1)


def test_visits_for_every_child_in_the_2014_edition():
    # 150 ÷ 100 = 1.5 visits, read as 2: 2 points. 3 from 2.5: 250 visits, 100 more; lost below 1.5: 149, one fewer.
    answers = {"education_visits": {"visits": 150, "children": 100}}
    found = outlook(scored(answers, edition_id="2014"), "education_visits")
    assert told(found.up) == [("visits", "100", "", 3), ("children", "-40", "", 3)]
    assert told(found.down) == [("visits", "-1", "", 1), ("children", "1", "", 1)]


def test_money_in_the_unit_of_the_accounts():
    # 10 of 1 000 million: 1.0 %, 1 point (0.4–2.2). 2 from 2.25 %: 22.5 million, 12.5 more.
    # Lost below 0.35 %: 3.499 million, 6.501 less.
    answers = {"budget": {"biodiversity_budget": "10 million EUR", "city_budget": "1000 million EUR"}}
    found = outlook(scored(answers), "budget")
    assert told(found.up)[0] == ("biodiversity_budget", "12.50", "million EUR", 2)
    assert told(found.down)[0] == ("biodiversity_budget", "-6.501", "million EUR", 0)


# Ladders, checklists, finished values, lists of areas


@pytest.mark.parametrize("edition_id", ["2021", "2014"])
def test_a_ladder_names_the_next_rung(edition_id):
    found = outlook(scored({"public_consultation": 2}, edition_id=edition_id), "public_consultation")
    assert [(one.points, one.rung) for one in (*found.up, *found.down)] == [(3, "implemented"), (1, "considered")]


def test_a_checklist_names_what_is_not_ticked():
    # Two of four responses: a third lifts; the two that are missing are named.
    answers = {"climate_responses": {"responses": ["adaptation_plan", "mitigation"]}}
    up, down = (getattr(outlook(scored(answers), "climate_responses"), side) for side in ("up", "down"))
    assert (up[0].change, down[0].change) == (1, -1)
    assert up[0].text == (
        "Ecological resilience of habitats and species",
        "Monitoring of the effects of climate change on biodiversity",
    )


def test_a_finished_value_moves_in_its_own_unit():
    # 40 %: 1 point of 30.0–49.9; 2 points from 49.95 %. Lost below 29.95 %: 10.06 less (29.94 %).
    found = outlook(scored({13: 40}), "park_access")
    assert told(found.up) == [("=", "9.950", "%", 2)]
    assert told(found.down) == [("=", "-10.06", "%", 0)]


def test_groups_of_patches_can_be_joined_or_grow():
    # 50, 30, 20 ha: (2500 + 900 + 400) ÷ 100² = 38.0 %, 1 point of 20.0–39.9; 2 points from 39.95 %.
    # Joining 20 and 30: (2500 + 2500) ÷ 10 000 = 50 %, the smallest pair that is enough.
    # The largest alone: (x² + 1300) ÷ (x + 50)² ≥ 0.3995 from x = 53.70…: 53.8 is too coarse, on the grid of
    # thousandths 3.709: (53.709² + 1300) ÷ 103.709² = 39.950 %, and 3.708 gives 39.949 %.
    found = outlook(scored({"connectivity": {"group_areas": "50;30;20 ha"}}), "connectivity")
    joined, grown = found.up
    assert sorted(joined.joined) == [20, 30]
    largest = Fraction(grown.change) + 50
    assert (largest**2 + 1300) / (largest + 50) ** 2 >= Fraction("0.3995")
    less = largest - Fraction(grown.grid)
    assert (less**2 + 1300) / (less + 50) ** 2 < Fraction("0.3995")


def test_the_effective_mesh_size_of_the_2014_edition():
    # 400, 100 ha: (160 000 + 10 000) ÷ 500 = 340 ha, 1 point of 201–500. Joined: 500² ÷ 500 = 500 ha, still 1 point.
    # The largest alone: (x² + 10 000) ÷ (x + 100) ≥ 500.5 from x = 567.9…
    found = outlook(scored({"connectivity": {"group_areas": "400;100 ha"}}, edition_id="2014"), "connectivity")
    assert [one.kind for one in found.up] == ["list of area"]
    largest = 400 + Fraction(found.up[0].change)
    assert (largest**2 + 10_000) / (largest + 100) >= Fraction("500.5")


def test_a_share_beyond_a_hundred_percent_is_no_way_out():
    # All 10 habitat types of 10: 100 %, 4 points; with 9 of 10 there are 4 as well. 3 of 5 (60 %) needs 4 of 5.
    answers = {"habitat_restoration": {"restored_types": 3, "habitat_types": 5}}
    assert told(outlook(scored(answers), "habitat_restoration").up) == [
        ("restored_types", "1", "", 4),
        ("habitat_types", "-2", "", 4),  # 3 of 3; 3 of 4 is 75 %
    ]


def test_at_the_very_edge_any_change_is_enough():
    # 69.5 ha of 1000 ha are 6.95 % exactly, read as 7.0 %: less of it, however little, or more of the city loses.
    found = outlook(scored({"profile": AREA, "natural_areas": {"natural_area": "69.5 ha"}}), "natural_areas")
    voice = Voice(edition("2021"), "en")
    assert [shift_text(voice, found.result.indicator, one) for one in found.down] == [
        "any less of “Natural, restored and naturalised area”, however little",
        "any more of “Total area of the city”, however little",
    ]


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "1 more of “Number of habitat types restored” (then 3 points)"), ("zh_Hans", "（届时为3分）")],
)
def test_a_change_that_skips_a_band_says_what_it_gives(language, said):
    # 1 of 3 habitat types: 33.3 %, 1 point. 2 of 3: 66.7 %, 3 points at once, for 60.0–79.9; there is nothing between.
    card = scored({"habitat_restoration": {"restored_types": 1, "habitat_types": 3}})
    one = outlook(card, "habitat_restoration")
    assert (one.up[0].points, one.up[0].reached) == (2, 3)
    voice = Voice(edition("2021", language), language)
    assert said in shift_text(voice, voice.edition.indicator("habitat_restoration"), one.up[0])


def test_shared_figures_name_the_others_that_hang_on_them():
    answers = {
        "profile": AREA,
        "natural_areas": {"natural_area": "100 ha"},
        "protected_areas": {"protected_area": "30 ha"},
    }
    found = outlook(scored(answers), "natural_areas")
    assert [one.others for one in found.up] == [(), (8,)]


# The stated change gives the point, a hair less does not


AMOUNTS = st.decimals("0.01", "5000", places=2)


@st.composite
def shares(draw):
    """Indicators of both editions that are formed from amounts, with amounts that can be true."""
    whole = draw(AMOUNTS)
    part = draw(st.decimals("0", "1", places=4)) * whole
    unit = draw(st.sampled_from(("ha", "km2", "mu", "wan_mu", "acre", "m2")))
    name, input_, place = draw(
        st.sampled_from(
            (
                ("natural_areas", "natural_area", "city_area"),
                ("protected_areas", "protected_area", "city_area"),
                ("water_regulation", "permeable_area", "terrestrial_area"),
                ("climate_regulation", "canopy_area", "terrestrial_area"),
            )
        )
    )
    edition_id = draw(st.sampled_from(("2021", "2014")))
    answers = {"profile": {place: f"{whole} {unit}"}, name: {input_: f"{part:f} {unit}"}}
    return assessment(answers, edition_id=edition_id), name


@settings(max_examples=examples(60), deadline=None)
@given(shares(), st.sampled_from((1, -1)))
def test_the_stated_change_is_enough_and_a_hair_less_is_not(found, step):
    given_, name = found
    card = card_of(given_)
    result = card.result(name)
    for shift in shifts(card, result, result.points + step):
        for change, expected in ((shift.change, True), (_less(shift), False)):
            entry = _entry(given_, shift)
            value = Fraction(entry.value) + Fraction(change)
            moved = overlaid(card.edition, given_, [Change(shift.place, replace(entry, value=_decimal(value)))])
            points = card_of(moved).result(name).points
            there = points >= shift.points if step > 0 else points <= shift.points
            assert there is expected, (shift, points)


def _less(shift):
    """The change with one step of its grid less."""
    return shift.change - shift.grid.copy_sign(shift.change)


def _entry(assessment_, shift):
    owner, name = shift.place
    return assessment_.profile[name] if owner == "profile" else assessment_.answers[owner].inputs[name]


def _decimal(value):
    return Decimal(value.numerator) / Decimal(value.denominator)


EVERY_INDICATOR = [
    pytest.param(edition_id, indicator, id=f"{edition_id}-{indicator.id}")
    for edition_id in ("2021", "2014")
    for indicator in edition(edition_id).indicators
]


def played_with(asked, indicator, example, shift, change):
    """Score an example with one figure changed; the points are None where it cannot be scored."""
    inputs, value = dict(example.inputs), example.given
    name = shift.place[1]
    if name == "=":
        value = Decimal(value) + change
    elif shift.kind == "checklist":
        items = [item.id for item in indicator.inputs[name].items]
        inputs[name] = items[: len(set(inputs[name])) + int(change)]
    elif shift.kind == "list of area":
        smaller = sorted(map(Decimal, map(str, inputs[name])))
        inputs[name] = [*smaller[:-1], smaller[-1] + change]
    else:
        inputs[name] = Decimal(str(inputs[name])) + change
    return score_example(asked, indicator, {**inputs, "way": example.way or "", "value": value})[0].points


@pytest.mark.parametrize(("edition_id", "indicator"), EVERY_INDICATOR)
def test_every_example_of_the_index_moves_exactly(edition_id, indicator):
    """The examples of the definitions hold each kind of indicator at each edge of its bands."""
    asked, seen = edition(edition_id), 0
    for example in indicator.examples:
        answers = {**example.inputs, "way": example.way or "", "value": example.given}
        result, _ = score_example(asked, indicator, answers)
        if not result.is_scored:
            continue
        for step in (1, -1):
            wanted = result.points + step
            for shift in shifts(Scorecard(asked, None, None, (result,), ()), result, wanted):
                seen += 1
                if shift.rung:
                    assert next(rung.points for rung in indicator.ladder if rung.id == shift.rung) == wanted
                    continue
                if shift.joined:
                    continue  # worked out by hand above
                points = played_with(asked, indicator, example, shift, shift.change)
                assert points >= wanted if step > 0 else points <= wanted, (example, shift)
                less = played_with(asked, indicator, example, shift, _less(shift))
                assert less is None or not (less >= wanted if step > 0 else less <= wanted), (example, shift)
    assert seen


@settings(max_examples=examples(40), deadline=None)
@given(st.lists(st.integers(1, 4000), min_size=1, max_size=6), st.sampled_from(("2021", "2014")),
       st.sampled_from((1, -1)))  # fmt: skip
def test_the_largest_group_moves_exactly(areas, edition_id, step):
    card = scored({"connectivity": {"group_areas": "; ".join(map(str, areas)) + " ha"}}, edition_id=edition_id)
    result = card.result("connectivity")
    for shift in shifts(card, result, result.points + step):
        if shift.kind == "list of area":
            lever = next(one for one in levers_of(card.edition, result) if one.kind == "list of area")
            for change, expected in ((shift.change, True), (_less(shift), False)):
                points = points_at(result.indicator, lever.value_at(lever.now + Fraction(change)))
                assert (points >= shift.points if step > 0 else points <= shift.points) is expected


def test_the_way_of_a_result_is_the_one_that_scored():
    card = scored({"connectivity": {"group_areas": "50;30;20 ha"}})
    assert way_of(card.result("connectivity")).id == "groups"
    assert areas_of(card.result("connectivity").used["group_areas"]) == (50, 30, 20)

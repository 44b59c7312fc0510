"""The real profile of Libo County, where it is present: all that a careful reader must notice in it.

The file is not part of the repository. It is looked for where ``CBI_PROFILE_LIBO`` says, or beside the repository.
"""

import os
from decimal import Decimal
from pathlib import Path

import pytest
from reportlab.lib.pagesizes import A4, A6

from cbi.assessment import Answer, Assessment, Entry
from cbi.citieswithnature import applied, catalogue, from_data, read_profile, suggested, to_data
from cbi.citieswithnature.mixing import across
from cbi.citieswithnature.weighing import sound, weigh
from cbi.definitions import edition
from cbi.scoring import score

from .paper import profile_pdf
from .port_alder import figures

NAME = "citieswithnature-profile-2026-05-16.txt"
BESIDE = Path(__file__).resolve().parents[3] / "shared" / "data" / "libo" / NAME
FILE = Path(os.environ.get("CBI_PROFILE_LIBO", BESIDE))

pytestmark = pytest.mark.skipif(not FILE.is_file(), reason="the profile of Libo County is not here (CBI_PROFILE_LIBO)")


@pytest.fixture(scope="module")
def profile():
    return read_profile(FILE.read_bytes(), NAME).profile


@pytest.fixture(scope="module")
def found(profile):
    return suggested(profile)


def test_thirty_one_actions(profile):
    actions = list(profile.actions)
    assert profile.stated_actions == len(actions) == 31
    assert len(list(profile.commitments)) == 13
    assert sum(not one.title for one in profile.commitments) == 1
    assert len([one for one in actions if one.baseline]) == 9
    assert len([one for one in actions if one.target]) == 8
    known = [catalogue().action(one.title) for one in actions]
    assert len({one.id for one in known if one}) == 31


def test_nothing_is_left_over(profile):
    assert profile.not_understood == ()
    assert (profile.name, str(profile.date), str(profile.population)) == ("Libo County", "2026-05-16", "186987")
    assert from_data(to_data(profile)) == profile
    assert len(profile.achievements) == 12


def test_the_figures(found):
    figures = {
        (one.place, one.input): (str(one.entry.value), one.entry.unit)
        for one in found.items
        if one.entry and one.id != "about_area"
    }
    assert figures == {
        ("profile.city_area", ""): ("33.22", "km2"),
        ("profile.population", ""): ("186987", ""),
        ("natural_areas", "natural_area"): ("22.49", "km2"),
        ("natural_areas", "converted_area"): ("10.73", "km2"),
        ("connectivity", "effective_mesh_size"): ("586.9", "km2"),
        ("protected_areas", "number_of_areas"): ("586.90", ""),
        ("protected_areas", "protected_area"): ("586.90", "km2"),
        ("climate_regulation", ""): ("71.97", ""),
        ("recreation", "park_area"): ("2.4", "km2"),
        ("park_access", ""): ("40", ""),
        ("institutional_capacity", "staff"): ("324", ""),
        ("awareness", "events"): ("10", ""),
    }
    assert {one.place for one in found.items if one.entry is None} == {
        "biodiversity_strategy",
        "green_blue_plans",
        "green_infrastructure",
    }


def test_what_must_be_noticed(found):
    by_id = {one.id.rpartition(".")[2]: {problem.code for problem in one.problems} for one in found.items}
    assert by_id["number_of_areas"] == {"not_whole", "same_figure"}
    assert by_id["protected_area"] == {"part_exceeds_whole", "same_figure", "two_boundaries"}
    assert by_id["mesh_size"] == {"part_exceeds_whole", "same_figure", "two_boundaries"}
    assert by_id["land"] == by_id["about_area"] == {"two_boundaries"}
    assert by_id["population"] == {"boundary_of_people"}
    sound = ("natural", "converted", "tree_cover", "green_space", "people_with_access", "campaigns", "officials")
    assert all(not by_id[name] for name in sound)
    said = {problem.code: problem.sentence.text() for problem in found.warnings}
    assert "3 different things" in said["same_figure"]
    assert "33.22 km²" in said["two_boundaries"]
    assert "2,415.47 km²" in said["two_boundaries"]
    assert "stands in one sentence with the area of 2,415.47 km²" in said["boundary_of_people"]
    assert "7 indicators (1, 2, 8, 11, 12, 13, 27)" in said["index_not_started"]


# What is ticked for a person


def ticks(found, chosen=()):
    weighing = weigh(found.items, chosen, Assessment("2021"), lambda one: score(edition("2021"), one))
    return {name.rpartition(".")[2] for name in sound(weighing.items)}


def named(found, *names):
    return [one.id for one in found.items if one.id.rpartition(".")[2] in names]


def test_no_area_is_ticked_for_a_person_where_boundaries_differ(found):
    """22.49 and 10.73 km² make the 33.22 km² of the built-up area; beside 2,415.47 km² they would be 0.9 % of it."""
    assert ticks(found) == {"tree_cover", "people_with_access", "campaigns", "officials"}


def test_ticking_areas_of_two_boundaries_is_warned_of(found):
    def mixed(*names):
        return [str(one.entry.value) for one in across(found.items, named(found, *names))]

    assert mixed("natural", "about_area") == ["2415.47", "22.49"]
    assert mixed("natural", "converted", "land", "tree_cover") == []  # all within the built-up area
    assert mixed("about_area", "tree_cover") == []  # nothing else was measured as an area
    assert mixed("protected_area", "land") == ["586.90", "33.22"]


ENTERED = Assessment(
    "2021",
    profile={"city_area": Entry(Decimal("2415.47"), "km2")},
    answers={"natural_areas": Answer({"natural_area": Entry(Decimal("1738"), "km2")})},
)


@pytest.mark.parametrize("now", [ENTERED, Assessment("2021")], ids=["entered", "ticked"])
def test_held_against_what_stands_and_what_is_ticked(found, now):
    """586.90 km² protected fit 2415.47 km², entered or ticked, whatever the 33.22 km² beside them say."""
    weighing = weigh(found.items, ["about_area"], now, lambda one: score(edition("2021"), one))
    by_id = {one.suggestion.id.rpartition(".")[2]: one.suggestion for one in weighing.items}
    codes = {name: {problem.code for problem in one.problems} for name, one in by_id.items()}
    assert codes["protected_area"] == {"in_profile_itself", "same_figure", "two_boundaries"}
    mesh = "in_profile_itself" if now is ENTERED else "part_exceeds_whole"
    assert codes["mesh_size"] == {mesh, "same_figure", "two_boundaries"}
    assert "not_whole" in codes["number_of_areas"]


def test_good_signs(found):
    said = {problem.code: problem.sentence.text() for problem in found.good_signs}
    assert "add up to 33.22 km²" in said["adds_up"]
    assert "2,415.4 km²" in said["implied_area"]  # 1 205.51 ÷ 49.91 % = 2 415.37
    assert "186,987" in said["agrees"]


@pytest.mark.parametrize("size", [A4, A6], ids=["A4", "A6"])
def test_as_a_pdf(profile, found, size):
    """Set as a PDF with large titles and page numbers, it reads the same."""
    titles = [action.title for action in profile.actions]
    lines = FILE.read_text(encoding="utf-8").splitlines()
    printed = read_profile(profile_pdf(lines, titles, size=size), "libo.pdf").profile
    assert [action.title for action in printed.actions] == titles
    assert figures(printed) == figures(profile)
    assert printed.not_understood == ()


def test_what_can_be_scored_as_it_stands(found):
    """22.49/33.22 = 67.7 %; 71.97 %; 240 ha / 186.987 thousand = 1.3; 40 %; 10 events."""
    taken = [one for one in found.items if one.id != "about_area"]
    card = score(edition("2021"), applied(taken, Assessment("2021", "Libo County", 2026)))
    scored = {
        result.indicator.number: (str(result.value), result.points) for result in card.results if result.is_scored
    }
    assert scored == {1: ("67.7", 4), 11: ("72.0", 4), 12: ("1.3", 4), 13: ("40.0", 1), 27: ("10", 1)}
    assert found.scored == ("natural_areas", "climate_regulation", "recreation", "park_access", "awareness")

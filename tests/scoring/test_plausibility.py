"""The rules of plausibility of each edition warn of what they should and of nothing else."""

import itertools
import re
from decimal import Decimal

import pytest

from cbi import score
from cbi.reading import assessment_from
from tests.scoring.asking import NEW, OLD, RAW, codes, message, one


def place(asked, figures):
    """Put figures at ``indicator.input``, ``=indicator`` or a profile input."""
    answers = {"profile": {}}
    for reference, figure in figures.items():
        if reference.startswith("="):
            answers.setdefault(reference[1:], {})["value"] = figure
        elif "." in reference:
            owner, name = reference.split(".")
            answers.setdefault(owner, {})[name] = figure
        else:
            answers["profile"][reference] = figure
    return score(asked, answers)


def typed(asked, reference, number):
    """Write a number in the unit of the input that a rule refers to."""
    if reference.startswith("="):
        return f"{number} %"
    owner, _, name = reference.rpartition(".")
    kind = asked.input(owner or "profile", name).kind
    return f"{number} " + {"area": "ha", "list of area": "ha", "money": "EUR"}.get(kind, "")


def about(card, check):
    """The problems that a rule is due to: its own warning, or the error of the impossible share that it saw."""
    owner, _, name = check.inputs[0].rpartition(".")
    return [
        problem
        for problem in card.problems
        if problem.code == check.id
        or (problem.code == "part_exceeds_whole" and (problem.indicator, problem.input) == (owner or None, name))
    ]


def rules(relation):
    return [
        pytest.param(asked, check, id=f"{asked.id}-{check.id}")
        for asked in (OLD, NEW)
        for check in asked.checks
        if check.relation == relation
    ]


@pytest.mark.parametrize(("asked", "check"), rules("at_most"))
def test_a_part_is_at_most_its_whole(asked, check):
    part, whole = check.inputs
    numbers = {part: typed(asked, part, 11), whole: typed(asked, whole, 10)}
    [problem] = about(place(asked, numbers), check)
    text = problem.sentence.text()
    assert "11" in text
    assert "10" in text
    assert not about(place(asked, {part: typed(asked, part, 10), whole: typed(asked, whole, 10)}), check)
    assert not about(place(asked, {part: typed(asked, part, 9), whole: typed(asked, whole, 10)}), check)
    for alone, number in numbers.items():
        assert not about(place(asked, {alone: number}), check)


@pytest.mark.parametrize(("asked", "check"), rules("equal"))
def test_two_figures_agree_within_a_percent(asked, check):
    first, second = check.inputs
    assert check.tolerance == 1

    def found(groups):
        return about(place(asked, {first: typed(asked, first, 100), second: typed(asked, second, groups)}), check)

    [problem] = found("50; 52")  # 2 of 102 are 1.96 %
    assert "100 ha" in problem.sentence.text()
    assert "102 ha" in problem.sentence.text()
    assert problem.severity == "warning"
    assert not found("50; 51")  # 1 of 101 is 0.99 %
    assert not found("50; 50")
    assert len(found("50; 48")) == 1  # 2 of 100 are 2 %
    assert not found("50; 49")  # 1 of 100 is 1 %, the tolerance itself


@pytest.mark.parametrize(("asked", "check"), rules("different"))
def test_the_very_same_figure_is_pointed_out_once(asked, check):
    alike = {reference: typed(asked, reference, "587") for reference in check.inputs}
    [problem] = about(place(asked, alike), check)
    assert problem.severity == "warning"
    assert "very same figure, 587," in problem.sentence.text()
    for reference in check.inputs:
        owner, _, name = reference.rpartition(".")
        assert asked.input(owner or "profile", name).label in problem.sentence.text()
    apart = {reference: typed(asked, reference, 500 + at) for at, reference in enumerate(check.inputs)}
    assert not about(place(asked, apart), check)
    for number in (0, 1):  # none, or a single one: no slip
        assert not about(
            place(asked, {reference: typed(asked, reference, number) for reference in check.inputs}), check
        )
    for pair in itertools.combinations(check.inputs, 2):
        assert len(about(place(asked, {reference: alike[reference] for reference in pair}), check)) == 1


@pytest.mark.parametrize(("asked", "check"), rules("share_of"))
def test_a_stated_share_fits_its_part_and_whole(asked, check):
    stated, part, whole = check.inputs

    def card(share, of):
        figures = {stated: f"{share} %", part: typed(asked, part, 10), whole: typed(asked, whole, of)}
        return place(asked, figures)

    # 10 are 20 % of 50; of 60 they are 16.7 %
    [problem] = about(card(20, 60), check)
    assert "20 %" in problem.sentence.text()
    assert re.search(r"\b50( ha)?\b", problem.sentence.text())
    assert not [one for one in card(20, 60).problems if one.code == "value_differs"]  # said once
    assert card(20, 60).result(stated[1:]).value == Decimal("16.7")  # the inputs are scored
    assert not about(card(20, 50), check)
    assert not about(card(20, 51), check)  # 19.6 %, within one percent of the whole
    assert not about(card("20.9", 50), check)
    assert len(about(card("21.1", 50), check)) == 1
    assert not about(place(asked, {stated: "20 %"}), check)


def test_the_rules_that_the_index_needs():
    """Part and whole of every share and, besides, what is known to go wrong."""
    pairs = {
        ("terrestrial_area", "city_area"),
        ("natural_areas.natural_area", "city_area"),
        ("protected_areas.protected_area", "city_area"),
        ("connectivity.effective_mesh_size", "natural_areas.natural_area"),
        ("built_up_birds.built_up_bird_species", "bird_species"),
        ("water_regulation.permeable_area", "terrestrial_area"),
        ("climate_regulation.canopy_area", "terrestrial_area"),
        ("budget.biodiversity_budget", "budget.city_budget"),
    }
    newer = {
        ("habitat_restoration.restored_area", "habitat_restoration.degraded_area"),
        ("habitat_restoration.restored_types", "habitat_restoration.habitat_types"),
        ("park_access.population_near_parks", "population"),
    }
    for asked, expected in ((OLD, pairs), (NEW, pairs | newer)):
        assert expected <= {check.inputs for check in asked.checks if check.relation == "at_most"}
        assert {check.relation for check in asked.checks} == {
            "at_most",
            "equal",
            "different",
            "share_of",
            "like_last_time",
        }


def test_warnings_never_stop_scoring():
    """The groups of 2 exceed the natural area of 1 by half; both are scored as they are."""
    card = score(
        NEW,
        {
            "profile": {"city_area": "100 km2"},
            "natural_areas": {"natural_area": "10 km2"},
            "connectivity": {"group_areas": "1500 ha"},
        },
    )
    assert "groups_add_up_to_natural_area" in codes(card.problems)
    assert card.result("natural_areas").points == 2  # 10.0 %
    assert card.result("connectivity").points == 4  # one group: 100 %
    assert not [problem for problem in card.problems if problem.severity == "error"]


def test_sound_answers_raise_no_warning():
    card = score(NEW, RAW, baseline=assessment_from(NEW, RAW))
    assert codes(card.problems) == []


def test_a_group_that_is_not_named_is_asked_for():
    _, problems = one(NEW, 9, {"invasive_species": 1, "native_species": 99})
    assert "Name it" in message(problems, "not_named")
    _, problems = one(NEW, 9, {"invasive_species": 1, "native_species": 99, "group": "Birds"})
    assert "not_named" not in codes(problems)

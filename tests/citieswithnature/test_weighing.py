"""What each suggestion does to the points: what it does alone, beside the others that a person ticked."""

import pytest

from cbi.assessment import Assessment
from cbi.citieswithnature import suggested
from cbi.citieswithnature.weighing import weigh
from cbi.definitions import edition
from cbi.scoring import score

from .port_alder import TEXT, read


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

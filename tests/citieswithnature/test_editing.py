"""Keeping a profile and changing it by hand: what is written comes back, and each change touches one thing only."""

import json
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbi.citieswithnature import (
    Action,
    Commitment,
    Place,
    ProfileDataError,
    Statement,
    Tool,
    Upload,
    catalogue,
    editing,
    from_data,
    suggested,
    to_data,
)
from cbi.citieswithnature.editing import UnknownItemError
from tests.effort import examples

from .port_alder import TEXT, read


@pytest.fixture(scope="module")
def profile():
    return read(TEXT)


def again(profile):
    return from_data(json.loads(json.dumps(to_data(profile))))


def test_round_trip(profile):
    assert again(profile) == profile
    assert to_data(profile)["population"] == "412305"
    assert to_data(profile)["date"] == "2026-03-03"


WORDS = st.text(st.characters(exclude_categories=("Cs",)), max_size=20)
DAYS = st.none() | st.dates(date(1990, 1, 1), date(2099, 12, 31))
STATEMENTS = st.none() | st.builds(Statement, WORDS, DAYS, st.builds(Place, st.integers(0, 999), st.integers(0, 99)))
INDICATORS = st.none() | st.lists(st.sampled_from(["projects", "budget"]), unique=True).map(tuple)
ACTIONS = st.builds(Action, WORDS, WORDS, STATEMENTS, STATEMENTS, DAYS, INDICATORS)


@settings(max_examples=examples(50))
@given(
    st.lists(st.builds(Commitment, WORDS, st.lists(ACTIONS, max_size=2).map(tuple)), max_size=3),
    st.none() | st.decimals(0, 10**9, places=4),
    WORDS,
)
def test_any_profile_comes_back(commitments, population, about):
    profile = replace(editing.blank("Anywhere", catalogue()), population=population, about=about)
    for commitment in commitments:
        profile = editing.add_commitment(profile, 1, commitment)
    assert again(profile) == profile
    assert str(again(profile).population) == str(population)


@pytest.mark.parametrize(
    "change",
    [
        lambda data: None,
        lambda data: [],
        lambda data: {**data, "form": 2},
        lambda data: {**data, "surprise": 1},
        lambda data: {**data, "date": "yesterday"},
        lambda data: {**data, "population": "many"},
        lambda data: {key: value for key, value in data.items() if key != "name"},
        lambda data: {**data, "tools": [{"title": "A", "colour": "red"}]},
    ],
)
def test_other_data_is_refused(profile, change):
    with pytest.raises(ProfileDataError):
        from_data(change(to_data(profile)))


def test_keys_are_different(profile):
    for items in (profile.actions, profile.commitments, profile.tools, profile.uploads):
        keys = [item.key for item in items]
        assert all(keys)
        assert len(set(keys)) == len(keys)


def test_a_city_without_a_profile():
    """Everything can be entered by hand, and then suggests what the same sentence in a file would suggest."""
    known = catalogue()
    profile = editing.blank("Old Quarry", known, date(2026, 5, 1))
    assert [area.number for area in profile.areas] == [1, 2, 3]
    assert len(profile.pathway) == 9
    profile = editing.add_commitment(profile, 0, Commitment("Ecosystems"))
    [commitment] = profile.commitments
    baseline = Statement("The protected areas cover 7.25 km2.", date(2026, 4, 1))
    profile = editing.add_action(profile, commitment.key, Action("Increase protected areas", baseline=baseline))
    profile = editing.add_tool(profile, Tool("Map of springs", "https://old-quarry.example"))
    profile = editing.add_upload(profile, "step_3", Upload("Survey of 2025"))
    [item] = suggested(profile).items
    assert (item.place, item.input, item.entry.value) == ("protected_areas", "protected_area", Decimal("7.25"))
    assert item.where == Place()
    assert [len(step.uploads) for step in profile.pathway] == [0, 0, 1, 0, 0, 0, 0, 0, 0]
    assert again(profile) == profile


def test_editing_an_action_touches_no_other(profile):
    second = list(profile.actions)[1]
    changed = editing.edit_action(profile, replace(second, description="Rewritten", indicators=("projects",)))
    before, after = list(profile.actions), list(changed.actions)
    assert [one.description for one in after if one.key == second.key] == ["Rewritten"]
    assert [one for one in after if one.key != second.key] == [one for one in before if one.key != second.key]
    assert catalogue().moved_by(after[1]) == ("projects",)
    assert catalogue().moved_by(second) == ("protected_areas", "natural_areas")


def test_removing_and_adding_gives_no_key_twice(profile):
    last = list(profile.actions)[-1]
    commitment = next(profile.commitments)
    smaller = editing.remove_action(profile, "a2")
    assert [one.key for one in smaller.actions] == ["a1", "a3", "a4", "a5", "a6", "a7", "a8", "a9"]
    larger = editing.add_action(smaller, commitment.key, Action("New", key="a1"))
    assert sorted(one.key for one in larger.actions)[-1] == last.key
    assert len({one.key for one in larger.actions}) == 9


def test_commitments_tools_and_uploads(profile):
    first = next(profile.commitments)
    assert next(editing.edit_commitment(profile, first.key, "Renamed").commitments).title == "Renamed"
    assert len(list(editing.remove_commitment(profile, first.key).actions)) == 6
    tool = replace(profile.tools[1], link="https://port-alder.example/seeds")
    assert editing.edit_tool(profile, tool).tools == (profile.tools[0], tool)
    assert editing.remove_tool(profile, "t1").tools == profile.tools[1:]
    upload = replace(next(profile.uploads), title="Resolution of 2024")
    assert next(editing.edit_upload(profile, upload).uploads) == upload
    assert len(list(editing.remove_upload(profile, "u1").uploads)) == 1


@pytest.mark.parametrize(
    "change",
    [
        lambda profile: editing.remove_action(profile, "a99"),
        lambda profile: editing.edit_action(profile, Action("No key")),
        lambda profile: editing.add_action(profile, "c99", Action("x")),
        lambda profile: editing.add_commitment(profile, 7, Commitment("x")),
        lambda profile: editing.add_upload(profile, "step_10", Upload("x")),
        lambda profile: editing.remove_tool(profile, ""),
    ],
)
def test_what_is_not_there_cannot_be_changed(profile, change):
    with pytest.raises(UnknownItemError):
        change(profile)

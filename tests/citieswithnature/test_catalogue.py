"""The mapping from actions to indicators: read strictly, complete in Chinese, and every fault said with its line."""

import re
import shutil
from datetime import date

import pytest

from cbi.citieswithnature.catalogue import FILE, catalogue, read_catalogue, untranslated
from cbi.citieswithnature.reported import reported_actions
from cbi.definitions import DefinitionError, edition
from cbi.report import Said

from .port_alder import TEXT, read


def test_every_action_is_found_by_its_own_words():
    known = catalogue()
    for kind, find in (("actions", known.action), ("commitments", known.commitment), ("areas", known.area)):
        for one in getattr(known.platform, kind):
            assert find(" and ".join(one.words)) is one, one.id


@pytest.mark.parametrize("title", ["", "Build a bridge", "protected areas increase", "x" * 400])
def test_other_titles_are_no_known_action(title):
    assert catalogue().action(title) is None


def test_actions_beside_an_indicator():
    titles = [action.title for action in catalogue().moving(read(TEXT), "natural_areas")]
    assert titles == [
        "Decrease conversion of natural areas and keep what is there",
        "Increase protected areas",
        "Increase connectivity between natural areas",
        "Increase the carbon stored in street trees",
    ]


def test_actions_as_reports_take_them():
    actions = reported_actions(read(TEXT), catalogue())
    assert len(actions) == 9
    assert (actions[1].title, actions[1].commitment) == (
        "Increase protected areas",
        "Protect, connect and mend ecosystems",
    )
    assert actions[1].area == "Protect and restore nature"
    assert actions[1].baseline.text.endswith("They cover 9.3 square kilometers of ground.")
    assert actions[0].baseline.updated == date(2025, 4, 7)  # "Last update: 07 April 2025" below the baseline
    assert actions[0].target == Said("Até 2030, nenhuma perda.", date(2026, 2, 1))
    assert actions[1].indicators == ("protected_areas", "natural_areas")
    assert actions[3].commitment == "Pollution"  # its heading is lost; the mapping knows where it belongs


def test_the_steps_of_the_pathway():
    steps = catalogue().phrases("step")
    assert [step.number for step in steps] == list(range(1, 10))
    assert [step.phase for step in steps] == ["analyze"] * 3 + ["act"] * 3 + ["accelerate"] * 3


def test_chinese_is_complete():
    assert untranslated("zh_Hans") == ([], [])


def test_chinese_changes_words_only():
    english, chinese = catalogue().platform, catalogue("zh_Hans").platform
    for one, other in zip(english.actions, chinese.actions, strict=True):
        assert (one.id, one.words, one.moves) == (other.id, other.words, other.moves)
        assert re.search(r"[\u4e00-\u9fff]", other.title), other.id
    assert [phrase.forms for phrase in english.phrases] == [phrase.forms for phrase in chinese.phrases]


def test_components_are_those_of_the_edition():
    components = {component.id: component.maximum for component in edition("2021").components}
    assert catalogue().platform.components == components


@pytest.fixture
def file(tmp_path):
    return shutil.copy(FILE, tmp_path / FILE.name)


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("moves: [recreation, park_access]", "moves: [recreation, parks]", "there is no “parks”"),
        ("input: effective_mesh_size", "input: mesh", "there is no “mesh”"),
        ("owner: connectivity", "owner: connections", "there is no “connections”"),
        ("whole: land,", "whole: ground,", "there is no “ground”"),
        ("commitment: fauna_and_flora\n    title: Keep", "commitment: animals\n    title: Keep", "no “animals”"),
        ("id: farming, area: use_sustainably", "id: farming, area: use", "there is no “use”"),
        ("id: plastic\n", "id: carbon\n", "the id “carbon” is repeated"),
        ("owner: green_infrastructure", "owner: infrastructure", "there is no “infrastructure”"),
        ("input: staff\n        kind: count", "input: staff\n        kind: area", "“staff” is of kind count"),
        ("        before: [tree cover]\n", "", "the figure has no words beside it"),
        ("input: park_area\n        kind: area", "kind: area", "there is no finished value in percent there"),
        ("sign: no_tools", "sign: no_uploads", "no phrase has the meaning no_tools"),
        ("tolerance: 0.5", "tolerance: 0.5\nspeed: 1", "the key “speed” is not known"),
        (
            "confidence: high\n        help: Recorded",
            "confidence: sure\n        help: Recorded",
            "“sure” is not one of",
        ),
        ("tolerance: 0.5", "tolerance: much", "“much” is not a number"),
    ],
)
def test_a_broken_mapping(file, before, after, words):
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1, before
    changed = text.replace(before, after)
    file.write_text(changed, encoding="utf-8")
    with pytest.raises(DefinitionError) as caught:
        read_catalogue(file)
    [fault] = caught.value.faults
    assert words in fault.text()
    assert 1 <= fault.line <= changed.count("\n")

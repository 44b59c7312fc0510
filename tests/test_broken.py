"""A file for every way to be wrong: the reader must say where, what, and what would be right.

The head of a broken file says which shipped file it stands in for (``replaces``), the ``line`` and ``path``
that the message must name, the words it must hold (``says``), and how many ``faults`` there are if not one.
"""

import re
import shutil
from decimal import Decimal
from pathlib import Path

import pytest

from cbi.definitions import DefinitionError
from cbi.definitions.reader import read_edition
from cbi.definitions.shipped import INDICATORS
from cbi.definitions.yaml_reader import YamlFile
from cbi.proof import failing_examples

BROKEN = sorted((Path(__file__).parent / "broken").glob("*.yaml"))


@pytest.fixture
def indicators(tmp_path):
    return shutil.copytree(INDICATORS, tmp_path / "indicators")


def _head(file, key):
    text = file.read_text(encoding="utf-8", errors="replace")
    return re.findall(rf"^# {key}: (.*)$", text, re.MULTILINE)


def _faults(folder, language="en"):
    with pytest.raises(DefinitionError) as caught:
        read_edition(folder, language)
    assert str(caught.value).count("\n") == len(caught.value.faults) - 1
    return str(caught.value).split("\n")


def _change(file, before, after):
    text = file.read_text(encoding="utf-8")
    assert text.count(before) == 1
    file.write_text(text.replace(before, after), encoding="utf-8")


@pytest.mark.parametrize("file", BROKEN, ids=lambda file: file.stem)
def test_broken(file, indicators):
    wrong = indicators / _head(file, "replaces")[0]
    shutil.copy(file, wrong)
    faults = _faults(wrong.parent)
    place = ": ".join([f"{wrong}:{_head(file, 'line')[0]}", *_head(file, "path")])
    assert any(fault.startswith(f"{place}: ") for fault in faults), faults
    for words in _head(file, "says"):
        assert any(words in fault for fault in faults), faults
    # one mistake is told once, and not again by every file that refers to it
    assert len(faults) == int((_head(file, "faults") or ["1"])[0]), faults


def test_there_are_enough_ways_to_be_wrong():
    assert len(BROKEN) >= 30


def test_the_shipped_editions_are_sound(indicators):
    for name in ("2021", "2014"):
        for language in ("en", "zh_Hans"):
            assert read_edition(indicators / name, language).id == name


def test_all_faults_of_all_files_at_once(indicators):
    folder = indicators / "2021"
    _change(folder / "08_protected_areas.yaml", "from: 6.0, to: 10.9", "from: 6.1, to: 10.9")
    _change(folder / "08_protected_areas.yaml", "held_by:", "holder:")
    _change(folder / "27_awareness.yaml", "gbf: [", "gbf: [99, ")
    faults = "\n".join(_faults(folder))
    assert re.search(r"08_protected_areas\.yaml:1: held_by: “held_by” is missing", faults)
    assert re.search(r"08_protected_areas\.yaml:\d+: holder: the key “holder” is not known", faults)
    assert re.search(r"27_awareness\.yaml:\d+: links\.gbf\.0: 99 is out of range; the limit is 23", faults)
    assert len(faults.split("\n")) == 3


def test_faults_of_meaning_in_two_files_at_once(indicators):
    folder = indicators / "2014"
    _change(folder / "09_protected_areas.yaml", "from: 7.4, to: 11.1", "from: 7.5, to: 11.1")
    _change(folder / "16_projects.yaml", "document: manual-2014", "document: manual-2041")
    _change(folder / "16_projects.yaml", "measure: as_given", "measure: as_giver")
    faults = "\n".join(_faults(folder))
    assert "there is a gap between 7.3 and 7.5: no band holds 7.4" in faults
    assert "edition.yaml has no document “manual-2041”" in faults
    assert "there is no measure “as_giver”" in faults
    assert "no example shows the edge 7.5" in faults  # the edge that the slip made
    assert len(faults.split("\n")) == 4


def test_an_input_that_the_profile_no_longer_asks(indicators):
    """Each file that uses it is named, so that all can be corrected in one go."""
    _change(indicators / "2021" / "profile.yaml", "\n      population:\n", "\n      inhabitants:\n")
    faults = _faults(indicators / "2021")
    for name in ("12_recreation.yaml", "13_park_access.yaml", "checks.yaml"):
        assert any(f"/{name}:" in fault and "“population”" in fault for fault in faults)


def test_a_missing_file(indicators):
    (indicators / "2021" / "checks.yaml").unlink()
    [fault] = _faults(indicators / "2021")
    assert fault.startswith(f"{indicators / '2021' / 'checks.yaml'}:1: the file is missing; ")


def test_a_missing_indicator(indicators):
    (indicators / "2014" / "16_projects.yaml").unlink()
    faults = "\n".join(_faults(indicators / "2014"))
    assert "number them 1 to 23 without gap or repetition" in faults
    assert "the indicators of governance add up to 32 points" in faults


def test_a_number_given_twice(indicators):
    folder = indicators / "2014"
    (folder / "16_projects.yaml").rename(folder / "15_projects.yaml")
    _change(folder / "15_projects.yaml", "number: 16", "number: 15")
    [fault] = _faults(folder)
    assert fault.startswith(f"{folder / 'edition.yaml'}:")
    assert "14, 15, 15, 17" in fault


def test_a_translation_of_the_wrong_shape(indicators):
    folder = indicators / "2021"
    (folder / "zh_Hans.yaml").write_text("indicators: 指标\n", encoding="utf-8")
    [fault] = _faults(folder, "zh_Hans")
    assert fault.startswith(f"{folder / 'zh_Hans.yaml'}:1: indicators: ")


def test_a_translation_that_is_missing(indicators):
    folder = indicators / "2021"
    (folder / "zh_Hans.yaml").unlink()
    [fault] = _faults(folder, "zh_Hans")
    assert "zh_Hans.yaml:1: the file is missing" in fault


def test_lines_that_end_as_on_windows_change_nothing(indicators):
    before = read_edition(indicators / "2021")
    for file in (indicators / "2021").glob("*.yaml"):
        file.write_bytes(file.read_bytes().replace(b"\n", b"\r\n"))
    after = read_edition(indicators / "2021")
    assert after.hash == before.hash
    assert after.indicators == before.indicators


def test_the_hash_pins_every_definition(indicators):
    before = read_edition(indicators / "2021").hash
    _change(indicators / "2021" / "27_awareness.yaml", "events\n", "happenings\n")
    assert read_edition(indicators / "2021").hash != before


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("value: 6.9, points: 1}\n  - {given: 6.95", "value: 6.8, points: 1}\n  - {given: 6.95", "but gives 6.9 and 1"),
        ("{given: 6.95, value: 7.0, points: 2}", "{given: 6.95, value: 7.0, points: 3}", "but gives 7.0 and 2"),
        ("{given: 6.95, value: 7.0, points: 2}", "{given: 101, value: 101.0, points: 4}", "An impossible share: 101 %"),
        ("{given: 6.95, value: 7.0, points: 2}", "{inputs: {nature: 1}, value: 7.0, points: 2}", "nature"),
        ("{given: 6.95, value: 7.0, points: 2}", "{inputs: {natural_area: x}, value: 7.0, points: 2}", "not a number"),
    ],
)
def test_an_example_that_does_not_come_out(indicators, before, after, words):
    folder = indicators / "2021"
    file = folder / "01_natural_areas.yaml"
    _change(file, before, after)
    text = file.read_text(encoding="utf-8")
    line = text[: text.index(after)].count("\n") + 1
    [fault] = [fault.text() for fault in failing_examples(read_edition(folder), folder)]
    assert fault.startswith(f"{file}:{line}: examples.")
    assert words in fault


def test_yaml_guesses_nothing(tmp_path):
    file = tmp_path / "words.yaml"
    file.write_text(
        "country: NO\ntime: 1:30\nday: 2021-01-01\ngrouped: 12_000\noctal: 012\nexponent: 1e3\nhalf: .5\n"
        "whole: 12\nexact: 12.50\nminus: -0.1\nquoted: '12'\nyes: true\nnothing:\n",
        encoding="utf-8",
    )
    assert YamlFile(file).data == {
        "country": "NO",
        "time": "1:30",
        "day": "2021-01-01",
        "grouped": "12_000",
        "octal": "012",
        "exponent": "1e3",
        "half": ".5",
        "whole": 12,
        "exact": Decimal("12.50"),
        "minus": Decimal("-0.1"),
        "quoted": "12",
        "yes": True,
        "nothing": None,
    }
    assert str(YamlFile(file).data["exact"]) == "12.50"

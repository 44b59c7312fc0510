"""The open-data package, judged by the frictionless library."""

from __future__ import annotations

import csv
import io
import json
import typing
import zipfile
from decimal import Decimal

import pytest
from frictionless import Package

from cbi.assessment import Answer, Assessment, Entry
from cbi.commands import reports
from cbi.comparison import score_years
from cbi.report import LICENCES, write_datapackage


@pytest.fixture
def opened(tmp_path):
    """Give a function that unpacks a package and gives its folder."""

    def unpack(data):
        zipfile.ZipFile(io.BytesIO(data)).extractall(tmp_path)
        return tmp_path

    return unpack


def rows_of(folder, name):
    with (folder / "data" / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_frictionless_finds_nothing_wrong(opened, example, libo, language):
    for years in (example, libo):
        folder = opened(write_datapackage(years, licence="CC-BY-4.0", language=language))
        report = Package(str(folder / "datapackage.json")).validate()
        assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])


def test_frictionless_would_find_a_wrong_cell(opened, example):
    """The check can fail: a text where points are due is an error."""
    folder = opened(write_datapackage(example, licence="CC-BY-4.0"))
    file = folder / "data" / "totals.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",38,", ",many,"), encoding="utf-8")
    assert not Package(str(folder / "datapackage.json")).validate().valid


def test_it_holds_what_was_scored(opened, example):
    """88 points in 2024; connectivity 42.1 %, 2 points, exact to five decimals."""
    folder = opened(write_datapackage(example, licence="ODbL-1.0"))
    totals = {(row["year"], row["component"]): row["points"] for row in rows_of(folder, "totals.csv")}
    assert totals["2024", "total"] == "88"
    assert totals["2016", "total"] == "38"
    scores = {(row["year"], row["indicator"]): row for row in rows_of(folder, "scores.csv")}
    assert len(scores) == 23 + 28 + 28
    found = scores["2024", "connectivity"]
    assert (found["value"], found["unit"], found["points"], found["exact"]) == ("42.1", "%", "2", "42.14629")
    assert scores["2016", "plant_species_change"]["points"] == ""
    cards = json.loads((folder / "data" / "scorecards.json").read_text(encoding="utf-8"))
    assert cards == [json.loads(json.dumps(card.to_dict())) for card in score_years(example)]
    about = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert about["licenses"][0]["name"] == "ODbL-1.0"
    assert all(field["title"] for one in about["resources"] if "schema" in one for field in one["schema"]["fields"])


def test_same_data_same_bytes(example):
    first, second = (write_datapackage(example, licence="CC0-1.0") for _ in range(2))
    assert first == second


def test_no_text_runs_as_a_formula(opened):
    entry = Entry(Decimal(3), note="=1+1", source="@SUM(1)")
    year = Assessment("2021", "=HYPERLINK(1)", 2026, answers={"awareness": Answer(finished=entry)})
    folder = opened(write_datapackage([year], licence="CC-BY-4.0"))
    for file in ("scores.csv", "totals.csv", "answers.csv"):
        cells = [cell for row in rows_of(folder, file) for cell in row.values() if cell]
        assert not [cell for cell in cells if cell[0] in "=@+\t" and not cell.startswith("'")]
    assert Package(str(folder / "datapackage.json")).validate().valid


def test_nothing_answered_is_a_sound_package(opened):
    folder = opened(write_datapackage([Assessment("2021")], licence="CC-BY-4.0"))
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])


def test_a_licence_that_is_not_offered():
    with pytest.raises(KeyError):
        write_datapackage([Assessment("2021")], licence="mine")


def test_the_command_offers_every_licence():
    hints = typing.get_type_hints(reports.datapackage, include_extras=True)
    offered = typing.get_args(typing.get_args(hints["licence"])[0])
    assert set(offered) == set(LICENCES)

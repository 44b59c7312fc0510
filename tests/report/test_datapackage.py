"""The open-data package, judged by the frictionless library."""

from __future__ import annotations

import csv
import io
import json
import typing
import zipfile
from datetime import date
from decimal import Decimal

import pytest
from frictionless import Package

from cbi.assessment import Answer, Assessment, Entry
from cbi.commands import reports
from cbi.comparison import score_years
from cbi.report import LICENCES, Action, Said, SourceDetail, SourceFile, write_datapackage

pytestmark = pytest.mark.long


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


RIVER = Action(
    "=Plant trees", "Restore", "Trees", Said("Along the river"), Said("10 ha", date(2026, 4, 7)),
    Said("50 ha", date(2025, 12, 23)), ("climate_regulation", "recreation"),
)  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_it_holds_what_the_report_holds(opened, example, libo, language):
    """Actions, warnings, sources and the comparison stand in tables of their own, and all are sound."""
    folder = opened(write_datapackage(libo, licence="CC-BY-4.0", language=language, actions=[RIVER]))
    report = Package(str(folder / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "type", "note"])
    [action] = rows_of(folder, "actions.csv")
    assert (action["title"], action["area"], action["commitment"]) == ("'=Plant trees", "Restore", "Trees")
    assert (action["baseline"], action["baseline_updated"]) == ("10 ha", "2026-04-07")
    assert (action["target"], action["target_updated"]) == ("50 ha", "2025-12-23")
    assert (action["description_updated"], action["indicators"]) == ("", "climate_regulation;recreation")
    assert sorted(row["place"] for row in rows_of(folder, "problems.csv") if row["severity"] == "error") == [
        "connectivity", "protected_areas", "protected_areas"
    ]  # fmt: skip
    assert not (folder / "data" / "comparison.csv").exists()  # one year only


def test_the_comparison_with_the_baseline(opened, example):
    """Connectivity: 24.0 %, 1 point, in 2016; 42.1 %, 2 points, in 2024: 18.1 and 1 more. 17 compared: +18 points."""
    folder = opened(write_datapackage(example, licence="CC-BY-4.0"))
    assert Package(str(folder / "datapackage.json")).validate().valid
    rows = {(row["year"], row["indicator"]): row for row in rows_of(folder, "comparison.csv")}
    found = rows["2024", "connectivity"]
    assert [found[name] for name in ("baseline", "baseline_value", "value", "value_change", "unit")] == [
        "2016", "24.0", "42.1", "18.1", "%"
    ]  # fmt: skip
    assert [found[name] for name in ("compared", "baseline_points", "points", "points_change")] == [
        "true",
        "1",
        "2",
        "1",
    ]
    of_2024 = [row for (year, _), row in rows.items() if year == "2024"]
    assert sum(row["compared"] == "true" for row in of_2024) == 17
    assert sum(int(row["points_change"] or 0) for row in of_2024) == 18


def test_sources_are_the_books_and_the_city_s_own(opened, example):
    detail = SourceDetail(
        "Land cover map of the city 2024", "Survey office", 2024, "https://maps.example", "CC-BY-4.0",
        (SourceFile("map.pdf", "ab" * 32, 10),),
    )  # fmt: skip
    folder = opened(write_datapackage(example, licence="CC-BY-4.0", sources=[detail]))
    about = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))["sources"]
    books = [one["title"] for one in about if one["title"].startswith("Chan")]
    assert len(books) == 2  # the handbook of 2021 and the manual of 2014
    assert not [title for title in books if "Indicator" in title]
    assert {"title": detail.title, "path": detail.link} in about
    assert {"title": "Species survey of the nature society 2024"} in about
    rows = {row["title"]: row for row in rows_of(folder, "sources.csv")}
    assert set(rows) == {one["title"] for one in about} - set(books)
    assert (rows[detail.title]["organisation"], rows[detail.title]["files"]) == (
        "Survey office",
        f"map.pdf {'ab' * 32}",
    )
    assert "natural_areas" in rows[detail.title]["cited_by"].split(";")


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

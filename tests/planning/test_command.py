"""``python -m cbi plan``: a person's table, a program's JSON, wrong usage, and what the store keeps."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cbi.assessment import Entry
from cbi.cli import command_line
from cbi.planning import keeping
from cbi.planning.scenario import Change, Scenario
from cbi.store import open_store

DEMO = Path(__file__).parents[2] / "data" / "demo"
EXAMPLE = DEMO / "example-city.csv"


def run(*arguments):
    return CliRunner().invoke(command_line(["plan"]), ["plan", *map(str, arguments)])


def data(*arguments):
    return json.loads(run(*arguments, "--json").stdout)[0]


@pytest.fixture
def table(tmp_path):
    """A small city without an error: 5 of 112 points."""
    file = tmp_path / "small.csv"
    file.write_text(
        "city,year,indicator,input,value,unit\n"
        "Small,2026,profile,city_area,1000,ha\n"
        "Small,2026,natural_areas,natural_area,69.5,ha\n"  # 6.95 % reads as 7.0 %: 2 points
        "Small,2026,urban_agriculture,,2,\n"
        "Small,2026,agency_collaboration,agencies,3,\n",  # 1 point
        encoding="utf-8",
    )
    return file


def test_a_target_is_proposed_with_the_least_effort(table):
    # Three more: agriculture 2 → 4 at 1 each, agencies 1 → 2 at 2 = 4. Natural areas cost 5 a point.
    found = data(table, "--target", 8, "--only", "1,14,22", "--effort", "22=2;9;9", "--effort", "1=5")
    assert found["points"] == 5
    assert found["proposal"] == {
        "target": 8,
        "reachable": True,
        "most": 12,
        "effort": "4",
        "points": 8,
        "steps": [
            {"number": 14, "id": "urban_agriculture", "from": 2, "to": 4, "effort": "2"},
            {"number": 22, "id": "agency_collaboration", "from": 1, "to": 2, "effort": "2"},
        ],
    }


def test_the_json_holds_every_part(table):
    found = data(table, "--range", "natural_areas.natural_area=60..79")
    assert found["near"] == ["urban_agriculture", "agency_collaboration"]
    assert found["thin_ice"] == ["natural_areas"]
    assert found["rounding"][0]["other"] == {"value": "6.94", "points": 1}
    # 60 to 79 ha: 1 point below 69.5 ha, half of the range
    assert found["firmness"]["indicators"][0]["chances"] == {"1": "50.0", "2": "50.0"}
    assert found["firmness"]["total"] == {"lowest": 4, "highest": 5, "likely": [4, 5]}
    up = found["next"][0]["up"][0]
    assert (up["input"], up["change"], up["unit"]) == ("natural_area", "+70.00", "ha")  # 139.5 ha
    assert (found["since_baseline"], found["proposal"], found["scenarios"]) == (None, None, [])


def test_the_years_of_the_example_city_add_up():
    found = data(EXAMPLE)["since_baseline"]
    assert (found["before"], found["after"], sum(found["parts"].values())) == (38, 88, 50)


def test_an_earlier_year_can_be_planned_from():
    assert data(EXAMPLE, "--year", 2021)["points"] == 63


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_a_person_reads_a_table(table, language):
    found = run(table, "--target", 7, "--language", language)
    assert found.exit_code == 0
    words = {
        "en": ("7 points with the least effort", "The next point, and the last one", "6.95 % reads as 7.0 %"),
        "zh_Hans": ("以最小投入达到7分", "再得一分与失去一分", "6.95 % 读作 7.0 %"),
    }[language]
    assert all(word in found.stdout for word in words)


def test_what_stands_in_the_way_is_said(table):
    found = run(table, "--target", 12, "--only", "14")
    assert found.exit_code == 1
    assert "lead to 7 points at most" in found.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--effort", "99=2"), "There is no indicator “99”"),
        (("--effort", "14=much"), "“much” is not a number"),
        (("--range", "profile.nothing=5"), "The profile asks for no “nothing”"),
        (("--range", "1.nothing=5"), "Indicator 1 asks for no “nothing”"),
        (("--range", "1.natural_area=9..5"), "the first figure is larger"),
        (("--year", "1999"), "The year 1999 was not assessed. Assessed: 2026."),
        (("--numbers", "klingon"), "is not a locale"),
    ],
)
def test_wrong_usage_says_what_would_be_right(table, arguments, said):
    found = run(table, "--target", 8, *arguments)
    assert found.exit_code == 2
    assert said in " ".join(found.stderr.replace("│", " ").split())


def test_the_store_brings_its_scenarios_along(tmp_path, monkeypatch):
    # Agriculture stands at 3 points in 2024 and at none in the scenario.
    url = f"sqlite:///{tmp_path / 'cbi.sqlite3'}"
    monkeypatch.setenv("CBI_DATABASE", url)
    done = CliRunner().invoke(command_line(), ["import", str(EXAMPLE), "--yes", "--person", "Mei"])
    assert done.exit_code == 0
    store = open_store(url)
    scenario = Scenario("Less", changes=(Change(("urban_agriculture", "="), Entry("none")),))
    last = store.heads(store.cities()[0].id)[-1]
    keeping.keep_scenario(store, last.id, scenario, based_on=0, person="Mei")
    store.close()
    (found,) = data()["scenarios"]
    assert (found["name"], found["change"], found["indicators"]) == ("Less", -3, {"urban_agriculture": [3, 0]})

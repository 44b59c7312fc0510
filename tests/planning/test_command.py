"""``python -m cbi plan``: a person's table, a program's JSON, wrong usage, and what the store keeps."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from cbi.assessment import Entry
from cbi.cli import command_line
from cbi.planning import keeping
from cbi.planning.plan import Plan, PlannedStep
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
    found = data(
        table, "--target", 8, "--only", "1,14,22", "--effort", "22=2;9;9", "--effort", "1=5", "--effort", "14=1"
    )
    assert found["points"] == 5
    assert found["proposal"] == {
        "target": 8,
        "reachable": True,
        "most": 12,
        "efforts_given": True,
        "effort": "4",
        "points": 8,
        "effort_assumed": None,
        "steps": [
            {"number": 14, "id": "urban_agriculture", "from": 2, "to": 4, "effort": "2", "effort_given": True},
            {"number": 22, "id": "agency_collaboration", "from": 1, "to": 2, "effort": "2", "effort_given": True},
        ],
    }


def test_an_effort_that_nobody_gave_is_no_advantage(table):
    # Agriculture counts 9 a point, the highest given: natural areas 2 → 4 at 5 each and agencies 1 → 2 at 2 = 12 are
    # less than agriculture 2 → 4 and agencies 1 → 2 = 20.
    proposal = data(table, "--target", 8, "--only", "1,14,22", "--effort", "22=2;9;9", "--effort", "1=5")["proposal"]
    assert (proposal["effort"], [step["number"] for step in proposal["steps"]]) == ("12", [1, 22])
    # Agencies alone, 1 → 4 at 2 + 9 + 9 = 20, cost the same as with agriculture, and every effort of theirs was given.
    proposal = data(table, "--target", 8, "--only", "14,22", "--effort", "22=2;9;9")["proposal"]
    assert (proposal["effort"], proposal["effort_assumed"]) == ("20", None)
    assert [step["number"] for step in proposal["steps"]] == [22]


def test_without_efforts_a_proposal_is_never_called_the_least_effort(table):
    said = run(table, "--target", 8).stdout
    assert "8 points: one choice of many" in said
    assert "Effort: not given." in said
    assert "No efforts were given" in said
    assert "least effort" not in said
    assert data(table, "--target", 8)["proposal"]["efforts_given"] is False


def test_what_is_not_scored_begins_at_nothing_and_never_at_zero(table):
    # Projects are not answered: their step begins at nothing.
    (step,) = data(table, "--target", 6, "--only", "25")["proposal"]["steps"]
    assert (step["from"], step["to"]) == (None, 1)
    assert "– → 1" in run(table, "--target", 6, "--only", "25").stdout


def test_the_json_holds_every_part(table):
    found = data(table, "--range", "natural_areas.natural_area=60..79")
    assert found["near"] == ["urban_agriculture", "agency_collaboration"]
    assert found["thin_ice"] == ["natural_areas"]
    assert found["rounding"][0]["other"] == {"value": "6.94", "points": 1}
    # 60 to 79 ha: 1 point below 69.5 ha, half of the range
    assert found["firmness"]["indicators"][0]["chances"] == {"1": "50.0", "2": "50.0"}
    assert found["firmness"]["total"] == {"lowest": 4, "highest": 5, "likely": [4, 5]}
    # of three scored indicators one has the range; of the other two one is a ladder
    assert found["firmness"]["coverage"] == {"scored": 3, "without_range": 2, "take_no_range": 1}
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
    found = run(table, "--target", 7, "--effort", "14=2", "--language", language)
    assert found.exit_code == 0
    words = {
        "en": ("7 points with the least effort", "The next point, and the last one", "6.95 % reads as 7.0 %"),
        "zh_Hans": ("以最小投入达到7分", "再得一分与失去一分", "6.95 %读作7.0 %"),
    }[language]
    assert all(word in found.stdout for word in words)


def test_what_stands_in_the_way_is_said(table):
    found = run(table, "--target", 12, "--only", "14")
    assert found.exit_code == 1
    assert "lead to 7 points at most. Let more of them move." in found.stdout
    # 112 less 4 for each of the three counts of species, which wait for an earlier one: 100
    all_of_them = " ".join(run(table, "--target", 101).stdout.split())
    assert "all indicators that can gain points lead to 100 points at most" in all_of_them
    assert "Let more of them move" not in all_of_them


def test_a_range_of_the_shared_area_holds_wherever_it_is_named(table):
    # 69.5 ha of 900 to 1100 ha: 2 points up to 69.5 ÷ 0.0695 = 1000 ha, half of the range.
    for place in ("profile.city_area", "1.city_area"):
        (found,) = data(table, "--range", f"{place}=900..1100")["firmness"]["indicators"]
        assert found["chances"] == {"1": "50.0", "2": "50.0"}


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--effort", "99=2"), "There is no indicator “99”"),
        (("--effort", "14=much"), "“much” is not a number"),
        (("--range", "profile.nothing=5"), "The profile asks for no “nothing”"),
        (("--range", "1.nothing=5"), "Indicator 1 asks for no “nothing”"),
        (("--range", "1.natural_area=9..5"), "the first figure is larger"),
        (("--range", "14=1"), "Steps of a ladder, checklists and texts take no range."),
        (("--range", "2.group_areas=5"), "For a list of areas in percent only"),
        (("--target", "113"), "between 0 and 112"),
        (("--target", "-1"), "between 0 and 112"),
        (("--only", "14", "--effort", "25=much"), "“much” is not a number"),
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
    # In 2024 there were 38 projects (2 points), and agriculture stood at 3.
    steps = (PlannedStep("projects", 1, 3, "Parks office", 2024), PlannedStep("urban_agriculture", 2, 3, year=2024))
    made = Plan("More by 2024", "2021", 2021, 66, 2024, efforts={}, steps=steps)
    keeping.keep_plan(store, last.city.id, made, based_on=0, person="Mei")
    store.close()
    (found,) = data()["scenarios"]
    assert (found["name"], found["change"], found["indicators"]) == ("Less", -3, {"urban_agriculture": [3, 0]})
    (kept,) = data()["plans"]
    assert [(one["owner"], one["reached"], one["late"]) for one in kept["steps"]] == [
        ("Parks office", None, True),
        ("", 2024, False),
    ]
    said = run().stdout
    assert "Less: 85 points (−3)" in said
    lines = [" ".join(line.split()) for line in said.splitlines()]
    assert any("Parks office 2024 1 → 3 points: overdue, 2 in 2024" in line for line in lines)
    assert any("2024 2 → 3 points: reached in 2024" in line for line in lines)

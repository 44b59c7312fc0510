"""Whole cities, each worked out by hand in ``cities/*.yaml`` with the arithmetic beside every number."""

from dataclasses import replace
from pathlib import Path

import pytest

from cbi.comparison import score_years
from cbi.definitions import edition
from cbi.definitions.yaml_reader import YamlFile
from cbi.reading import assessment_from


def _read(file):
    opened = YamlFile(file)
    assert [fault.text() for fault in opened.faults] == []
    return opened.data


CITIES = {file.stem: _read(file) for file in sorted((Path(__file__).parent / "cities").glob("*.yaml"))}
YEARS = [
    pytest.param(city, position, id=f"{name}-{year['year']}-{year['edition']}")
    for name, city in CITIES.items()
    for position, year in enumerate(city["years"])
]


def _assessment(city, year):
    read = assessment_from(edition(year["edition"]), year["answers"])
    return replace(read, city=city["city"], year=year["year"])


def _totals(totals):
    return {
        "points": totals.points,
        "scored": totals.scored,
        "attainable": totals.attainable,
        "possible": (totals.lowest, totals.highest),
    }


@pytest.mark.parametrize(("city", "position"), YEARS)
def test_city(city, position):
    expect = city["years"][position]["expect"]
    card = score_years([_assessment(city, year) for year in city["years"]])[position]
    assert (card.city, card.year) == (city["city"], city["years"][position]["year"])

    results = {result.indicator.id: result for result in card.results}
    for name, wanted in expect["indicators"].items():
        assert _found(results[name], wanted) == wanted, name
    scored = {name for name, wanted in expect["indicators"].items() if "points" in wanted}
    assert {name for name, result in results.items() if result.is_scored} == scored
    waiting = {name for name, wanted in expect["indicators"].items() if wanted.get("status") == "baseline_year"}
    assert {name for name, result in results.items() if result.status == "baseline_year"} == waiting

    assert _totals(card.total) == {key: expect[key] for key in _totals(card.total)}
    for name, wanted in expect.get("components", {}).items():
        assert _totals(card.components[name]) == wanted, name
    if "out_of" in expect:
        assert card.total.attainable + card.total.highest - card.total.points == expect["out_of"]
    problems = [problem.to_dict() for problem in card.problems]
    assert sorted(problem["code"] for problem in problems) == list(expect["problems"]), problems


def _found(result, wanted):
    """What was found of that which the file expects; a value counts with all its printed decimals."""
    found = {"points": result.points, "status": result.status.value}
    found["reason"] = result.reason.value if result.reason else None
    if "value" in wanted:
        found["value"] = result.rung or result.value
        assert result.rung or str(result.value) == str(wanted["value"])
    return {key: found[key] for key in wanted}


def test_what_the_cities_cover():
    """Five bands of many indicators, both editions, series of years, every reason, mu and square miles."""
    assert len(CITIES) >= 6
    years = [year for city in CITIES.values() for year in city["years"]]
    for name in ("2014", "2021"):
        bands = {}
        for year in years:
            if year["edition"] == name:
                for key, wanted in year["expect"]["indicators"].items():
                    bands.setdefault(key, set()).add(wanted.get("points"))
        complete = [key for key, points in bands.items() if points >= {0, 1, 2, 3, 4}]
        assert len(complete) >= 12, name

"""How fast reports are made: five pages with charts in 300 ms, twenty in a second. Nothing here asserts a time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import pypdfium2
import pytest

from cbi.assessment import Entry
from cbi.planning.effort import Survey
from cbi.planning.findings import Beside
from cbi.planning.plan import Plan, PlannedStep
from cbi.planning.ranges import Form, Spread
from cbi.planning.scenario import Change, Scenario
from cbi.report import report_content, write_datapackage, write_packet, write_pdf
from cbi.report.plain import Action, Said
from cbi.tables import read_table

EXAMPLE_CITY = Path(__file__).parents[1] / "data" / "demo" / "example-city.csv"
FRESH = count()


def fresh():
    """Give three years of a city that was never laid out before, so that nothing is remembered from last time."""
    name = f"City {next(FRESH)}"
    return tuple(replace(one, city=name) for one in read_table(EXAMPLE_CITY).assessments)


NOTE = (
    "Measured on the land cover map of the survey office and checked in the field at forty places. Two districts were "
    "mapped anew since the last assessment; the boundary of the city is that of the statistics office."
)


def noted(one):
    """Give a year in which every answer says how it was found, as a department writes it."""
    answers = {
        name: replace(answer, note=answer.note or NOTE, inputs=_each_noted(answer.inputs))
        for name, answer in one.answers.items()
    }
    return replace(one, answers=answers)


def _each_noted(inputs):
    return {name: replace(entry, note=entry.note or NOTE) for name, entry in inputs.items()}


ACTIONS = tuple(
    Action(
        title=f"{title} of district {district}",
        area=area,
        commitment=f"{area}: what the council decided",
        description=Said(f"{title} of district {district}. {NOTE}", date(2023, 5, district)),
        baseline=Said("Twelve hectares in 2016.", date(2016, 6, 1)),
        target=Said("Forty hectares by 2030.", date(2030, 12, 31)),
        indicators=(indicator,),
    )
    for area, title, indicator in (
        ("Protect nature", "New reserve in the hills", "protected_areas"),
        ("Restore nature", "Brook brought back to light", "habitat_restoration"),
        ("Green the city", "Trees along the streets", "climate_regulation"),
        ("People and nature", "Days in the open with schools", "education"),
    )
    for district in range(1, 7)
)
"""Twenty-four actions, as a city profile lists them."""

BESIDE = Beside(
    spreads=(Spread(("projects", "projects"), Form.FROM_TO, Decimal(36), Decimal(41)),),
    scenarios=(Scenario("No farms", changes=(Change(("urban_agriculture", "="), Entry("none")),)),),
    plans=(Plan("100 by 2030", "2021", 2024, 100, 2030, steps=(PlannedStep("projects", 2, 4, "Parks office", 2027),)),),
    surveys={(2021, "bird_species"): Survey(observers=12), (2024, "bird_species"): Survey(observers=20)},
)
"""What planning keeps of a city that uses it."""


def fresh_report():
    """Give the arguments of a layout: a report never laid out before, of a city that has answered and kept all."""
    years = tuple(map(noted, fresh()))
    return (report_content(years, years[-1], actions=ACTIONS, beside=BESIDE),), {}


def test_content_of_a_report(benchmark):
    """No budget of its own; three years scored, compared and worded."""
    years = fresh()
    assert benchmark(report_content, years, years[-1]).points == 88


@pytest.mark.parametrize(
    ("form", "indicator", "pages"), [("full", None, 20), ("short", None, 2), ("page", None, 1), ("indicator", 2, 1)]
)
def test_pdf(benchmark, form, indicator, pages):
    """Budget: twenty pages in 1 s, five in 300 ms; a report that was never laid out before."""
    pdf = benchmark.pedantic(
        lambda report: write_pdf(report, form=form, indicator=indicator), setup=fresh_report, rounds=8
    )
    assert len(pypdfium2.PdfDocument(pdf)) >= pages


def test_five_pages(benchmark):
    """Budget: 300 ms. Five sheets of indicators, each a page with its chart, from answers to PDF."""

    def five(years):
        report = report_content(years, years[-1])
        return [write_pdf(report, form="indicator", indicator=number) for number in (1, 8, 12, 16, 27)]

    assert len(benchmark.pedantic(five, setup=lambda: ((fresh(),), {}), rounds=8)) == 5


def test_datapackage(benchmark):
    """No budget; three years as open data."""
    assert benchmark(write_datapackage, fresh(), licence="CC-BY-4.0")


def test_packet(benchmark):
    """No budget; three years as a packet."""
    assert benchmark(write_packet, fresh())

"""How fast reports are made: five pages with charts in 300 ms, twenty in a second. Nothing here asserts a time."""

from __future__ import annotations

from dataclasses import replace
from itertools import count
from pathlib import Path

import pypdfium2
import pytest

from cbi.report import report_content, write_datapackage, write_packet, write_pdf
from cbi.tables import read_table

EXAMPLE_CITY = Path(__file__).parents[1] / "data" / "demo" / "example-city.csv"
FRESH = count()


def fresh():
    """Give three years of a city that was never laid out before, so that nothing is remembered from last time."""
    name = f"City {next(FRESH)}"
    return tuple(replace(one, city=name) for one in read_table(EXAMPLE_CITY).assessments)


def fresh_report():
    """Give the arguments of a layout: a report never laid out before."""
    years = fresh()
    return (report_content(years, years[-1]),), {}


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

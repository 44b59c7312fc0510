"""The workbooks, measured; `make bench` prints it. Nothing here asserts a time.

Budget: a template written within 150 ms.
"""

from __future__ import annotations

from pathlib import Path

import pytest

import cbi
from cbi.tables import read_table
from cbi.workbook.exports import exports
from cbi.workbook.template import write_template

EXAMPLE = read_table(Path(__file__).parents[1] / "data" / "demo" / "example-city.csv").assessments


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_write_an_empty_template(benchmark, language):
    """Budget: 150 ms for all 28 indicators."""
    edition = cbi.edition("2021", language)
    assert benchmark(write_template, edition).startswith(b"PK")


def test_write_a_filled_template(benchmark):
    """Budget: 150 ms, with this year's and last time's values."""
    edition = cbi.edition("2021")
    assert benchmark(write_template, edition, prefill=EXAMPLE[2], last_time=EXAMPLE[1], baseline=EXAMPLE[0])


def test_write_the_template_of_one_department(benchmark):
    """No budget; what finance gets."""
    assert benchmark(write_template, cbi.edition("2021"), indicators=[16])


def test_export_three_years_in_three_forms(benchmark):
    """No budget."""
    assert len(benchmark(exports, EXAMPLE)) == 3

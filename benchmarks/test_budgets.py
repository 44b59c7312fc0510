"""The budgets of the design, measured; `make bench` prints them. Nothing here asserts a time.

Groups hold what is compared as a ratio: the number in brackets is the multiple of the fastest in its group.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

import cbi
from cbi.comparison import compare, score_years
from cbi.definitions import EDITIONS, crosswalk
from cbi.definitions.reader import read_edition
from cbi.definitions.shipped import INDICATORS
from cbi.proof import failing_examples
from cbi.tables import read_table

HOME = Path(__file__).parents[1]
EXAMPLE_CITY = HOME / "data" / "demo" / "example-city.csv"
ONE_EDITION = HOME / "data" / "demo" / "libo-county-2026.csv"


def test_read_and_check_all_definition_files(benchmark):
    """Budget: 150 ms for the 51 files and what frames them."""
    editions = benchmark(lambda: [read_edition(INDICATORS / name) for name in EDITIONS])
    assert [len(edition.indicators) for edition in editions] == [28, 23]


def test_prove_all_examples(benchmark):
    """No budget; every example of both editions through the engine."""
    assert benchmark(lambda: [failing_examples(cbi.edition(name)) for name in EDITIONS]) == [[], []]


def test_score_one_assessment(benchmark):
    """Budget: 3 ms for a complete assessment, exact, with its baseline."""
    baseline, _, newest = read_table(EXAMPLE_CITY).assessments
    edition = cbi.edition(newest.edition)
    card = benchmark(cbi.score, edition, newest, baseline=baseline)
    assert card.total.scored == 28


def test_scorecard_as_json(benchmark):
    """No budget; what `--json` adds to scoring."""
    card = score_years(read_table(EXAMPLE_CITY).assessments)[-1]
    assert benchmark(card.to_dict)["maximum"] == 112


def test_read_a_table_of_three_years(benchmark):
    """No budget; 97 rows of a CSV to three assessments."""
    cbi.edition("2014")
    assert len(benchmark(read_table, EXAMPLE_CITY).assessments) == 3


def test_compare_three_years(benchmark):
    """No budget; three years, two of them against the baseline across editions."""
    crosswalk()
    assessments = read_table(EXAMPLE_CITY).assessments
    assert len(benchmark(compare, assessments).scorecards) == 3


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """A folder for compiled files, as every machine has one that does not forbid them."""
    return tmp_path_factory.mktemp("compiled")


@pytest.mark.benchmark(group="whole process: budget 3 × the import")
@pytest.mark.parametrize(
    ("arguments", "anew"),
    [
        (("-c", "import pydantic, yaml"), False),
        (("-m", "cbi", "score", str(ONE_EDITION)), False),
        (("-m", "cbi", "score", str(ONE_EDITION)), True),
        (("-m", "cbi", "--help"), False),
    ],
    ids=["import pydantic, yaml", "score FILE.csv", "score FILE.csv, edition proved anew", "--help"],
)
def test_whole_process(benchmark, compiled, arguments, anew):
    """Budget: scoring a file takes at most 3 times what importing its two main libraries takes.

    The modules of the program are compiled by the first run of all, which is not counted; ``anew`` is the first
    run after a definition file changed, when no edition is kept.
    """
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(compiled)

    def forget():
        for file in compiled.rglob("*.json") if anew else ():
            file.unlink()

    done = benchmark.pedantic(
        lambda: subprocess.run(
            [sys.executable, *arguments], cwd=HOME, env=environment, capture_output=True, check=False
        ),
        setup=forget,
        rounds=15,
        warmup_rounds=2,
    )
    assert b"Traceback" not in done.stderr

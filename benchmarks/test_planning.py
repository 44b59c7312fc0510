"""How fast planning is: every next point, a target, and how firm a year is. Nothing here asserts a time."""

from pathlib import Path

import pytest

from cbi.comparison import score_years
from cbi.planning.findings import findings_of
from cbi.planning.firmness import firmness
from cbi.planning.next_point import outlooks
from cbi.planning.ranges import USUAL_GRADES, uncertain_of
from cbi.planning.target import candidates_of, least_effort
from cbi.tables import read_table

YEARS = read_table(Path(__file__).parents[1] / "data" / "demo" / "example-city.csv").assessments


@pytest.fixture(scope="module")
def card():
    """The example city in its last year."""
    return score_years(YEARS)[-1]


def test_every_next_point(benchmark, card):
    assert len(benchmark(outlooks, card)) == 28


def test_a_target(benchmark, card):
    candidates = candidates_of(card, {one.indicator.id: () for one in card.results})
    assert benchmark(least_effort, candidates, 88, 105).end == 105


def test_how_firm(benchmark, card):
    uncertain = uncertain_of(card, YEARS[-1], (), USUAL_GRADES)
    assert not benchmark(firmness, card, uncertain).exact


def test_all_of_it(benchmark):
    assert benchmark(findings_of, YEARS[-1], YEARS).card.total.points == 88

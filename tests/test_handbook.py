"""The index as a book: finding an indicator, and examples at the edges, worked out by hand."""

from decimal import Decimal

import pytest

from cbi.corrections import CityBands, corrected
from cbi.definitions import EDITIONS, edition
from cbi.handbook import edges, formulas, found, worked_examples
from tests.corrections.given import ASKED, correction


def numbers(query, asked=ASKED):
    return [one.number for one in found(asked, query)]


def test_a_number_finds_its_indicator_and_nothing_else():
    assert numbers(" 8 ") == numbers("８") == [8]
    assert numbers("29") == []


def test_words_are_sought_in_both_languages_whatever_the_page_speaks():
    assert numbers("tree CANOPY") == [11]
    assert numbers("树冠") == [11]
    assert 11 in numbers("canopy", edition("2021", "zh_Hans"))
    assert numbers("canopy dragon") == []


def test_an_empty_search_finds_all():
    assert numbers("  ") == list(range(1, 29))


def test_values_at_the_edges_of_printed_bands():
    # printed: < 10.0, 10.0–24.9, 25.0–39.9, 40.0–55.0, > 55.0; halves are read upwards
    assert [(str(one.value), str(one.read), one.points) for one in edges(ASKED.indicator("climate_regulation"))] == [
        ("9.94", "9.9", 0),
        ("9.95", "10.0", 1),
        ("24.94", "24.9", 1),
        ("24.95", "25.0", 2),
        ("39.94", "39.9", 2),
        ("39.95", "40.0", 3),
        ("55.04", "55.0", 3),
        ("55.05", "55.1", 4),
    ]


def test_edges_follow_the_citys_own_bands():
    mine = corrected(ASKED, CityBands(corrections=(correction(),))).indicator("climate_regulation")
    assert [(one.read, one.points) for one in edges(mine)][-2:] == [(Decimal("79.9"), 3), (Decimal("80.0"), 4)]


@pytest.mark.parametrize("name", EDITIONS)
def test_every_indicator_can_be_looked_up(name):
    asked = edition(name)
    for indicator in asked.indicators:
        near, worked = edges(indicator), worked_examples(asked, indicator)
        if indicator.ladder:
            assert not near
            assert not worked
            continue
        assert len(near) == 8
        assert sorted({one.points for one in near}) == [0, 1, 2, 3, 4]
        assert [one.result.points for one in worked] == [0, 1, 2, 3, 4]
        assert list(formulas(asked, indicator, "en"))


def test_cases_are_worked_out_by_the_bands_in_force():
    mine = corrected(ASKED, CityBands(corrections=(correction(),)))
    worked = worked_examples(mine, mine.indicator("climate_regulation"))
    # by the city's own bands 4 points begin at 80.0 %; the definition has 10 000 of 10 000 ha as its only such case
    assert worked[-1].inputs == {"canopy_area": 10000, "terrestrial_area": 10000}
    assert (worked[-1].result.value, worked[-1].result.points) == (Decimal("100.0"), 4)

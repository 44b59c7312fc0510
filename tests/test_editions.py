"""The shipped editions against the facts of the index, typed by hand into ``facts.csv``."""

import re
from collections import Counter
from decimal import Decimal
from fractions import Fraction

import pytest
from facts import FACTS, LADDERS, MEASURED, holds, name_of

from cbi.definitions import EDITIONS, crosswalk, edition
from cbi.definitions.reader import untranslated
from cbi.definitions.schema import schema_text
from cbi.definitions.shipped import INDICATORS
from cbi.proof import failing_examples

EVERY = pytest.mark.parametrize("name", EDITIONS)


def _indicator(fact):
    return edition(fact["edition"]).indicator(fact["number"])


@pytest.mark.parametrize("fact", FACTS, ids=name_of)
def test_as_printed(fact):
    indicator = _indicator(fact)
    assert indicator.id == fact["id"]
    assert indicator.component == fact["component"]
    assert indicator.title == fact["title"]
    assert (indicator.trust["rule"], indicator.trust["bands"]) == (fact["rule"], fact["bands"])
    assert indicator.source.document == {"2021": "handbook-2021", "2014": "manual-2014"}[fact["edition"]]


def test_further_trust_words():
    assert edition("2021").indicator("habitat_restoration").trust["choice"] == "implemented"
    assert edition("2014").indicator("education").trust["top_rung"] == "confirmed"


@pytest.mark.parametrize("fact", LADDERS, ids=name_of)
def test_ladders(fact):
    rungs = [(rung.points, rung.id) for rung in _indicator(fact).ladder]
    assert rungs == [(points, fact[str(points)]) for points in range(5)]
    assert not _indicator(fact).bands


@pytest.mark.parametrize("fact", MEASURED, ids=name_of)
def test_bands(fact):
    """Just below, on and above every printed edge the points are those of the printed table."""
    indicator = _indicator(fact)
    assert indicator.value.unit == fact["unit"]
    assert indicator.value.decimals == int(fact["decimals"])
    step = Decimal(1).scaleb(-int(fact["decimals"]))
    edges = [Decimal(edge) for points in range(5) for edge in re.findall(r"[\d.]+", fact[str(points)])]
    grid = {edge + move * step for edge in edges for move in (-1, 0, 1)}
    lowest = min(grid) if fact["0"] == "≤0" else Decimal(0)
    highest = max(edges) if fact["4"] == "4" else max(grid)
    for value in sorted(value for value in grid if lowest <= value <= highest):
        printed = [points for points in range(5) if holds(fact[str(points)], value)]
        scored = [band.points for band in indicator.bands if band.holds(value, indicator.value.decimals)]
        assert scored == printed, value


def _number(text):
    return text.replace(" ", "")


@pytest.mark.parametrize("fact", MEASURED, ids=name_of)
def test_bands_are_shown_as_printed(fact):
    indicator = _indicator(fact)
    for band in indicator.bands:
        shown = _number(band.label(indicator.value.decimals))
        assert shown.lstrip("≤≥") == fact[str(band.points)].lstrip("≤≥")


@pytest.mark.parametrize(
    ("name", "count", "maxima", "maximum"), [("2021", 28, (36, 20, 56), 112), ("2014", 23, (40, 16, 36), 92)]
)
def test_maxima(name, count, maxima, maximum):
    found = edition(name)
    assert len(found.indicators) == count == len([fact for fact in FACTS if fact["edition"] == name])
    assert tuple(component.maximum for component in found.components) == maxima
    assert [component.id for component in found.components] == [
        "native_biodiversity",
        "ecosystem_services",
        "governance",
    ]
    assert found.maximum == maximum


@EVERY
def test_every_example_scores_as_stated(name):
    assert [fault.text() for fault in failing_examples(edition(name))] == []


HUNDREDTH = Fraction(1, 100)


@EVERY
def test_every_edge_has_its_examples(name):
    """Every printed edge is the value of an example; a share also has examples one hundredth either side of it."""
    lacking = []
    for indicator in edition(name).indicators:
        shown = [example.value for example in indicator.examples]
        shares = {share for example in indicator.examples for share in _shares(example)}
        for band in indicator.bands:
            for edge in band.span(indicator.value.decimals):
                if edge is not None and edge not in shown:
                    lacking.append(f"{indicator.id}: {edge}")
            for printed in map(Fraction, band.edges() if indicator.value.unit == "%" else ()):
                around = (printed - HUNDREDTH, printed, printed + HUNDREDTH)
                lacking += [f"{indicator.id}: {float(near)}" for near in around if near not in shares]
    assert lacking == []


def _shares(example):
    """What an example may state in percent: its finished value, its part of the whole, or its part of the sum."""
    if isinstance(example.given, Decimal):
        return {Fraction(example.given)}
    numbers = [Fraction(value) for value in example.inputs.values() if isinstance(value, int | Decimal)]
    if len(numbers) < 2 or not numbers[1]:
        return set()
    return {100 * numbers[0] / numbers[1], 100 * numbers[0] / (numbers[0] + numbers[1])}


@EVERY
def test_chinese_is_complete(name):
    missing, needless = untranslated(INDICATORS / name, "zh_Hans")
    assert missing == []
    assert needless == []


@EVERY
def test_chinese_changes_words_only(name):
    english, chinese = edition(name), edition(name, "zh_Hans")
    assert english.hash == chinese.hash
    for one, other in zip(english.indicators, chinese.indicators, strict=True):
        assert (one.id, one.number, one.bands, one.trust) == (other.id, other.number, other.bands, other.trust)
        assert [rung.id for rung in one.ladder] == [rung.id for rung in other.ladder]
        assert re.search(r"[\u4e00-\u9fff]", other.title), other.id
        assert one.title != other.title


def test_the_crosswalk_holds_every_indicator_once():
    walk = crosswalk()
    for name in EDITIONS:
        listed = [(pair.id, pair.numbers[name]) for pair in walk.pairs]
        listed += [(only.id, only.number) for only in walk.only if only.edition == name]
        assert sorted(listed) == sorted((one.id, one.number) for one in edition(name).indicators)
    assert max(Counter(entry.id for entry in (*walk.pairs, *walk.only)).values()) == 1


def test_the_crosswalk_pairs_what_the_facts_pair():
    """From the facts: 9→8, 10→9, 11→10, 12→11, 13→12, 15→16, 16→25, 17→17, 18→15, 19→22, 20→23, 21→24, 22→26, 23→27."""
    walk = crosswalk()
    pairs = {pair.numbers["2014"]: pair.numbers["2021"] for pair in walk.pairs}
    assert pairs == {number: number for number in range(1, 7)} | {
        9: 8, 10: 9, 11: 10, 12: 11, 13: 12, 15: 16, 16: 25, 17: 17, 18: 15, 19: 22, 20: 23, 21: 24, 22: 26, 23: 27
    }  # fmt: skip
    assert {only.number for only in walk.only if only.edition == "2014"} == {7, 8, 14}
    assert {only.number for only in walk.only if only.edition == "2021"} == {7, 13, 14, 18, 19, 20, 21, 28}


def test_the_crosswalk_in_chinese():
    english, chinese = crosswalk(), crosswalk("zh_Hans")
    assert [pair.carries for pair in english.pairs] == [pair.carries for pair in chinese.pairs]
    for one, other in zip((*english.pairs, *english.only), (*chinese.pairs, *chinese.only), strict=True):
        assert one.id == other.id
        assert re.search(r"[\u4e00-\u9fff]", other.why), other.id


def test_the_schema_is_what_the_models_say():
    assert (INDICATORS / "schema.json").read_text(encoding="utf-8") == schema_text()

"""Whatever value is given, the printed band scores it; the order of answers, and what is missing, changes nothing."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from facts import FACTS, MEASURED, printed_points
from hypothesis import given
from hypothesis import strategies as st

from cbi import score
from cbi.assessment import Reason
from cbi.tables import read_table
from tests.scoring.asking import EARLIER, EDITIONS, EVERY, NEW, OLD, RAW, one, points_of, values


@given(st.sampled_from(MEASURED).flatmap(lambda fact: st.tuples(st.just(fact), values(fact))))
def test_any_value_scores_the_one_band_that_is_printed(case):
    fact, value = case
    assert points_of(fact, value) == printed_points(fact, value)


@given(st.sampled_from(MEASURED).flatmap(lambda fact: st.tuples(st.just(fact), values(fact), values(fact))))
def test_points_rise_or_fall_steadily_along_the_value(case):
    fact, *pair = case
    low, high = (points_of(fact, value) for value in sorted(pair))
    assert low >= high if fact["id"] == "invasive_alien_species" else low <= high


@given(st.sampled_from(MEASURED).flatmap(lambda fact: st.tuples(st.just(fact), values(fact))))
def test_rounding_is_said_to_the_reader(case):
    fact, value = case
    result, _ = one(EDITIONS[fact["edition"]], fact["number"], value)
    assert result.exact == Fraction(value)
    assert abs(Fraction(result.value) - result.exact) <= Fraction(1, 2 * 10 ** int(fact["decimals"]))
    assert result.was_rounded == (Fraction(result.value) != Fraction(value))


# A full set of answers, all finished values and rungs


def full(asked, seed=0):
    """An answer for every indicator; ``seed`` varies the points."""
    answers = {}
    for fact in FACTS:
        if fact["edition"] == asked.id:
            points = (int(fact["number"]) + seed) % 5
            printed = fact[str(points)]
            answers[fact["id"]] = printed if not fact["unit"] else _in_band(printed)
    return answers


def _in_band(printed):
    """A value of a printed band: its first edge, or the neighbour of it."""
    edge = Decimal(re.search(r"[\d.]+", printed)[0])
    step = Decimal("0.1") if "." in printed else Decimal(1)
    return edge - step if printed[0] == "<" else edge + step if printed[0] == ">" else edge


def expected_points(asked, seed=0):
    return {fact["id"]: (int(fact["number"]) + seed) % 5 for fact in FACTS if fact["edition"] == asked.id}


@EVERY
@pytest.mark.parametrize("seed", range(5))
def test_every_band_of_every_indicator(asked, seed):
    card = score(asked, full(asked, seed))
    assert {result.indicator.id: result.points for result in card.results} == expected_points(asked, seed)
    assert card.total.points == sum(expected_points(asked, seed).values())
    assert card.total.scored == len(asked.indicators)
    assert card.total.attainable == card.total.maximum == asked.maximum
    assert (card.total.lowest, card.total.highest) == (card.total.points, card.total.points)


@given(st.sampled_from([OLD, NEW]), st.data())
def test_the_order_of_answers_does_not_matter(asked, data):
    answers = full(asked, data.draw(st.integers(0, 4)))
    shuffled = dict(data.draw(st.permutations(list(answers.items()))))
    assert score(asked, shuffled).to_dict() == score(asked, answers).to_dict()


@given(st.sampled_from([OLD, NEW]), st.data())
def test_the_order_of_inputs_does_not_matter(asked, data):
    def shuffled(given):
        items = data.draw(st.permutations(list(given.items())))
        return {key: shuffled(value) if isinstance(value, dict) else value for key, value in items}

    assert score(asked, shuffled(RAW)).to_dict() == score(asked, RAW).to_dict()


@given(st.permutations(range(17)))
def test_the_order_of_rows_in_a_table_does_not_matter(order):
    rows = [
        f"{owner},{name},{value}" if isinstance(given, dict) else f"{owner},,{given}"
        for owner, given in RAW.items()
        for name, value in (given.items() if isinstance(given, dict) else [("", given)])
    ]
    assert len(rows) == len(order)

    def card(lines):
        [assessment] = read_table("\n".join(["indicator,input,value", *lines]).encode()).assessments
        return score(NEW, assessment).to_dict()

    assert card([rows[position] for position in order]) == card(rows) == score(NEW, RAW).to_dict()


@given(st.sampled_from([OLD, NEW]), st.integers(0, 4), st.data())
def test_missing_is_never_zero(asked, seed, data):
    answers = full(asked, seed)
    removed = data.draw(st.sets(st.sampled_from(sorted(answers)), min_size=1))
    card = score(asked, {key: given for key, given in answers.items() if key not in removed}, **EARLIER[asked.id])
    points = expected_points(asked, seed)
    left = sum(points[key] for key in answers if key not in removed)
    assert card.total.points == left
    assert card.total.scored == len(answers) - len(removed)
    assert card.total.attainable == 4 * (len(answers) - len(removed))
    assert card.total.maximum == asked.maximum
    assert card.total.highest == left + 4 * len(removed)
    for key in removed:
        result = card.result(key)
        assert (result.status, result.points, result.reason) == ("not_scored", None, Reason.NOT_STARTED)
    for name, totals in card.components.items():
        there = [result.indicator.id for result in card.results if result.indicator.component == name]
        assert totals.points == sum(points[key] for key in there if key not in removed)
        assert totals.attainable == 4 * len(set(there) - removed)

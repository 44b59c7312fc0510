"""What cannot be true is an error and never scored; nonsense never breaks the engine."""

import re
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbi import score
from cbi.assessment import Answer, Assessment, Entry, Reason
from tests.scoring.asking import EARLIER, NEW, OLD, codes, one


@pytest.mark.parametrize(
    ("asked", "key", "given", "profile", "code", "words"),
    [
        (NEW, 1, "101 %", {}, "impossible_share", "An impossible share: 101 %"),
        (NEW, 1, "100.01", {}, "impossible_share", "An impossible share: 100.01 %"),
        (NEW, 1, {"natural_area": "11 ha"}, {"city_area": "10 ha"}, "part_exceeds_whole", "(11 ha) is larger than"),
        (NEW, 8, {"protected_area": "586.90 km2"}, {"city_area": "33.22 km2"}, "part_exceeds_whole", "1,766.7 %"),
        (NEW, 1, {"natural_area": "1 ha"}, {"city_area": "0 ha"}, "division_by_zero", "Total area of the city is 0"),
        (NEW, 2, {"group_areas": "0; 0 ha"}, {}, "division_by_zero", "nothing can be divided by nothing"),
        (NEW, 9, {"invasive_species": 0, "native_species": 0}, {}, "division_by_zero", "is 0"),
        (NEW, 12, {"park_area": "1 ha"}, {"population": 0}, "division_by_zero", "Population of the city is 0"),
        (OLD, 14, {"visits": 5, "children": 0}, {}, "division_by_zero", "is 0"),
        (NEW, 1, {"natural_area": "-1 ha"}, {"city_area": "10 ha"}, "negative", "−1 is negative. Only 0 or more"),
        (NEW, 1, -1, {}, "negative", "−1 is negative"),
        (NEW, 2, {"group_areas": "10; -5 ha"}, {}, "negative", "−5 is negative"),
        (NEW, 22, -1, {}, "negative", "−1 is negative"),
        (NEW, 25, {"projects": -12}, {}, "negative", "−12 is negative"),
        (OLD, 3, {"built_up_bird_species": "19.5"}, {}, "not_whole", "19.5 is not a whole number"),
        (OLD, 3, "19.5", {}, "not_whole", "19.5 is not a whole number"),
        (NEW, 3, {"built_up_bird_species": "0.5"}, {"bird_species": 10}, "not_whole", "0.5 is not a whole number"),
        (NEW, 12, {"park_area": "1 ha"}, {"population": "1000.5"}, "not_whole", "1,000.5 is not a whole number"),
        (NEW, 4, {"gained": "1.5", "lost": 0}, {}, "not_whole", "1.5 is not a whole number"),
        (NEW, 4, "1.5", {}, "not_whole", "1.5 is not a whole number"),
        (NEW, 28, "2.5", {}, "not_whole", "2.5 is not a whole number"),
        (NEW, 25, "1" * 30, {}, "beyond_reason", "beyond reason for a figure of a city"),
        (NEW, 1, {"natural_area": "1" * 30 + " ha"}, {"city_area": "1 ha"}, "beyond_reason", "beyond reason"),
    ],
)
def test_what_cannot_be_true_is_an_error_and_not_scored(asked, key, given, profile, code, words):
    card = score(asked, {"profile": profile, key: given, 11: 0}, **EARLIER[asked.id])
    result = card.result(asked.indicator(key).id)
    assert (result.status, result.points, result.reason) == ("not_scored", None, None)
    errors = [problem for problem in card.problems if problem.severity == "error"]
    assert codes(errors) == [code]
    assert words in errors[0].sentence.text()
    assert (card.total.scored, card.total.points) == (1, 0)  # the good answer beside it is kept


def test_thousands_of_people_are_whole():
    """16.55 万 is 165 500 people, a whole number of them."""
    assert one(NEW, 12, {"park_area": "16.55 ha"}, {"population": "16.55 万"})[0].exact == Fraction("0.1")


def test_a_loss_of_species_is_possible():
    assert one(NEW, 4, {"net_change": -5}, **EARLIER["2021"])[0].points == 0


ODD = st.sampled_from(
    [
        Decimal(text)
        for text in ("0", "-0", "1.5", "-3", "100", "6.95", "NaN", "Infinity", "-Infinity", "1E+30", "1E-30")
    ]
    + ["", "text", "none", (), ("herbarium",), (Decimal(0),), (Decimal("NaN"), Decimal(1)), ("a", Decimal(1))]
)
ENTRIES = st.builds(Entry, ODD, st.sampled_from(["", "ha", "km2", "万", "EUR", "million EUR", "furlong", "mu"]))


@st.composite
def assessments(draw, asked):
    """Anything that a program could hand over, sense or nonsense."""
    names = st.sampled_from(sorted(asked.profile_inputs))
    answers = {}
    for indicator in draw(st.lists(st.sampled_from(asked.indicators), max_size=8, unique_by=lambda one: one.id)):
        answers[indicator.id] = Answer(
            inputs=draw(st.dictionaries(st.sampled_from(sorted(indicator.inputs) or ["x"]), ENTRIES)),
            finished=draw(st.none() | ENTRIES),
            reason=draw(st.none() | st.sampled_from(Reason)),
            way=draw(st.sampled_from(["", "", "area", "groups", "no such way"])),
        )
    return Assessment(asked.id, profile=draw(st.dictionaries(names, ENTRIES, max_size=8)), answers=answers)


@given(
    st.sampled_from([OLD, NEW]).flatmap(lambda asked: st.tuples(st.just(asked), assessments(asked), assessments(asked)))
)
def test_no_answer_breaks_the_engine(case):
    asked, assessment, before = case
    card = score(asked, assessment, baseline=before, previous=before)
    assert 0 <= card.total.points <= card.total.attainable <= card.total.maximum
    assert card.total.points <= card.total.highest <= card.total.maximum
    for problem in card.problems:
        assert not re.search(r"[{}]|:  | is missing\.$(?<!\w is missing\.)", problem.sentence.text())
    card.to_dict()

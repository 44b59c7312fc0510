"""Any entry and any answer come back digit for digit; what is none is refused with the reason."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbi.assessment import Answer, Assessment, Entry, Quality, Reason
from cbi.definitions import edition
from cbi.store.contents import (
    ContentError,
    assessment_of,
    changed_places,
    contents_of,
    read_content,
    write_content,
)
from cbi.store.readable import changes

NUMBERS = st.decimals(allow_nan=False)
TEXTS = st.text(max_size=20)
IDS = st.from_regex(r"[a-z][a-z0-9_]{0,15}", fullmatch=True)
ENTRIES = st.builds(
    Entry,
    st.one_of(NUMBERS, TEXTS, st.lists(NUMBERS, max_size=4).map(tuple), st.lists(TEXTS, max_size=4).map(tuple)),
    TEXTS,
    st.none() | st.integers(1900, 2099),
    st.none() | st.sampled_from(Quality),
    TEXTS,
    TEXTS,
)
ANSWERS = st.builds(
    Answer,
    st.dictionaries(IDS, ENTRIES, max_size=3),
    st.none() | ENTRIES,
    st.none() | st.sampled_from(Reason),
    IDS | st.just(""),
    TEXTS,
    TEXTS,
)


def digits(content):
    """Everything that a content holds, with the digits that its numbers were typed with."""
    return repr(content)


@given(ENTRIES)
def test_any_entry_comes_back(entry):
    again = read_content(write_content(entry))
    assert again == entry
    assert digits(again) == digits(entry)


@given(ANSWERS)
def test_any_answer_comes_back(answer):
    again = read_content(write_content(answer))
    assert again == (None if answer == Answer() else answer)
    assert write_content(again) == write_content(answer)


@given(st.dictionaries(IDS, ENTRIES, max_size=3), st.dictionaries(IDS, ANSWERS, max_size=3))
def test_an_assessment_taken_apart_and_put_together(profile, answers):
    kept = {name: answer for name, answer in answers.items() if answer != Answer()}
    whole = Assessment("2021", "A", 2026, profile, answers)
    assert assessment_of("2021", "A", 2026, contents_of(whole)) == Assessment("2021", "A", 2026, profile, kept)
    assert changed_places(whole, whole) == {}
    assert changed_places(Assessment("2021"), whole) == contents_of(whole)
    assert changed_places(whole, Assessment("2021")) == dict.fromkeys(contents_of(whole))


@pytest.mark.parametrize("number", ["12.10", "0.000", "-0", "1E+3", "1e-7", "NaN", "Infinity", "9" * 60])
def test_numbers_keep_their_digits(number):
    again = read_content(write_content(Entry(Decimal(number))))
    assert isinstance(again, Entry)
    assert str(again.value) == str(Decimal(number))


@pytest.mark.parametrize(
    ("data", "words"),
    [
        ("[]", "must be a mapping"),
        ("nonsense", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ({}, "needs a “value”"),
        ({"value": 12.1}, "a value is number, text"),
        ({"value": {"number": "twelve"}}, "'twelve' is no number"),
        ({"value": {"numbers": [1]}}, "a value is number, text"),
        ({"value": {"text": "a"}, "units": "ha"}, "has no 'units'"),
        ({"value": {"text": "a"}, "data_year": True}, "“data_year” must be a whole number"),
        ({"value": {"text": "a"}, "quality": "good"}, "'good' is none of high, medium, low"),
        ({"value": {"text": "a"}, "note": 3}, "“note” must be a text"),
        ({"inputs": []}, "“inputs” must be a mapping"),
        ({"inputs": {}, "reason": "lazy"}, "'lazy' is none of not_started"),
        ({"inputs": {"a": {}}}, "needs a “value”"),
    ],
)
def test_what_is_no_content_is_refused(data, words):
    with pytest.raises(ContentError, match=words):
        read_content(data if isinstance(data, str) else json.dumps(data))


def test_what_changed_is_said_in_the_words_of_the_reader():
    before = Answer(inputs={"events": Entry(Decimal(10), quality=Quality.LOW)})
    after = Answer(inputs={"events": Entry(Decimal(12), quality=Quality.HIGH)}, reason=Reason.CONFIDENTIAL)
    said = {(one.before, one.after) for one in changes("awareness", before, after, edition("2021", "zh_Hans"))}
    assert said == {("10", "12"), ("低", "高"), ("–", "数据涉密")}

"""Whom to ask first for what is missing."""

import re

import pytest

from cbi.assessment import Assessment
from cbi.comparison import score_in_history
from cbi.definitions import EDITIONS, edition
from cbi.holders import by_holder, first_holder

WHOLE = {"en": r"(office|unit|museum|herbarium)$", "zh_Hans": r"(局|馆|部门)$"}
"""How the name of an office ends where it was not cut off in the middle."""


@pytest.mark.parametrize("edition_id", EDITIONS)
@pytest.mark.parametrize("language", WHOLE)
def test_every_definition_names_a_whole_office_first(edition_id: str, language: str) -> None:
    for indicator in edition(edition_id, language).indicators:
        assert re.search(WHOLE[language], first_holder(indicator)), first_holder(indicator)


def offices(edition_id: str, language: str) -> dict[str, list[int]]:
    """Give the numbers of indicators by the office to ask first."""
    found: dict[str, list[int]] = {}
    for indicator in edition(edition_id, language).indicators:
        found.setdefault(first_holder(indicator), []).append(indicator.number)
    return found


@pytest.mark.parametrize("edition_id", EDITIONS)
def test_one_office_has_one_name_in_every_language(edition_id: str) -> None:
    """No two offices share a word, so that the same one does not stand twice; both languages ask the same ones."""
    english, chinese = (offices(edition_id, language) for language in WHOLE)
    words = [word for name in english for word in set(name.lower().split()) - {"or", "office"}]
    assert len(words) == len(set(words)), sorted(words)
    assert not [(one, other) for one in chinese for other in chinese if one != other and one in other]
    assert sorted(english.values()) == sorted(chinese.values())


def test_who_holds_most_is_asked_first() -> None:
    empty = Assessment("2021", city="Riverton", year=2026)
    groups = by_holder(score_in_history(empty, [empty], None, "en").results)
    # indicators/2021: 15, 17, 18, 20, 22, 24, 25, 27 and 28 begin with this office, no other begins as many
    assert groups[0][0] == "Environment office"
    assert [one.indicator.number for one in groups[0][1]] == [15, 17, 18, 20, 22, 24, 25, 27, 28]
    assert sorted(one.indicator.number for _, members in groups for one in members) == list(range(1, 29))

"""A suggestion held against the assessment it would go into, instead of against suggestions that nobody took."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from cbi.citieswithnature.accepting import Confidence, Suggestion
from cbi.definitions.edition import PROFILE, Edition
from cbi.definitions.models import Indicator
from cbi.gathering import Place, place_of, where
from cbi.i18n import say
from cbi.numbers import printed, round_half_up
from cbi.problems import Problem, Severity
from cbi.scoring import Scorecard

IMPOSSIBLE = "part_exceeds_whole"
COMPARED = ("at_most", "equal")
"""Relations of checks that hold a figure against others."""


def held_against(one: Suggestion, card: Scorecard) -> Suggestion:
    """Give a suggestion the problems that it has where it would go; ``card`` scores the assessment with it taken.

    Where the assessment holds the figures that it is compared with, what is wrong among the profile's own
    figures stays as a note. Where it does not, the problems stay as they are.
    """
    indicator = next((known for known in card.edition.indicators if known.id == one.indicator), None)
    if indicator is None or one.entry is None:
        return one
    found = tuple(_compared(one, card) if one.input else _contradicted(one, indicator, card))
    codes = {problem.code for problem in found}
    there = {place_of(result.indicator, name) for result in card.results for name in result.used}
    kept = []
    for problem in one.problems:
        if problem.code in codes:
            continue
        needed = _needed(problem.code, one.input, indicator, card.edition)
        is_own = (problem.indicator, problem.input) == (one.indicator, one.input)
        # Beside an impossible share a scorecard does not repeat the checks that say the same.
        is_held = is_own and IMPOSSIBLE not in codes and any(places <= there for places in needed)
        kept.append(_in_itself(problem) if is_held else problem)
    return replace(one, problems=(*found, *kept), confidence=Confidence.LOW if found else one.confidence)


def _compared(one: Suggestion, card: Scorecard) -> Iterator[Problem]:
    """Give what is wrong between an input and the figures that it is compared with."""
    codes = {IMPOSSIBLE, *(check.id for check in card.edition.checks if check.relation in COMPARED)}
    for problem in card.problems:
        if problem.code in codes and (problem.indicator, problem.input) == (one.indicator, one.input):
            yield problem


def _contradicted(one: Suggestion, indicator: Indicator, card: Scorecard) -> Iterator[Problem]:
    """Say where a finished value is not what the inputs give, which are scored."""
    result, value = card.result(indicator.id), indicator.value
    stated = one.entry.value if one.entry else None
    if value is None or not result.way or result.exact is None or not isinstance(stated, Decimal):
        return
    if round_half_up(Fraction(stated), value.decimals) != round_half_up(result.exact, value.decimals):
        sentence = say(
            "The finished value {stated} differs from what the inputs give, {formed}. The inputs are scored.",
            stated=printed(Fraction(stated)),
            formed=printed(result.exact),
        )
        yield Problem(Severity.WARNING, "value_differs", where(card.edition, indicator.id), sentence, indicator.id)


def _needed(code: str, name: str, indicator: Indicator, edition: Edition) -> Iterator[set[Place]]:
    """Give the places of the figures that a rule compares an input with, for each way of comparing."""
    if code == IMPOSSIBLE:
        for way in indicator.ways:
            if name in way.of.values():
                yield {place_of(indicator, needed) for needed in way.of.values()}
    for check in edition.checks:
        if check.id == code and check.relation in COMPARED:
            yield {_place(reference, edition) for reference in check.inputs}


def _place(reference: str, edition: Edition) -> Place:
    owner, dot, name = reference.partition(".")
    return place_of(edition.indicator(owner), name) if dot else (PROFILE, owner)


def _in_itself(problem: Problem) -> Problem:
    sentence = say(
        "Only in the profile itself, not beside what stands here and what is ticked: {said}", said=problem.sentence
    )
    return replace(problem, severity=Severity.NOTE, code="in_profile_itself", sentence=sentence)

"""Small cities for the tests of planning, as plain mappings under an edition."""

from dataclasses import replace

from cbi.comparison import score_in_history
from cbi.definitions import edition
from cbi.reading import assessment_from


def assessment(answers, *, edition_id="2021", year=2026, city="Testton"):
    """Read a plain mapping into an assessment of a city and year."""
    return replace(assessment_from(edition(edition_id), answers), year=year, city=city)


def card_of(one, *earlier):
    """Score an assessment after earlier years of its city."""
    return score_in_history(one, [*earlier, one], None, "en")


def scored(answers, *, edition_id="2021"):
    """Score a plain mapping by itself."""
    return card_of(assessment(answers, edition_id=edition_id))

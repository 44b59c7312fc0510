"""The words of the export."""

from __future__ import annotations

from cbi.i18n import Sentence, say

SCORECARD, COMPARISON, CHANGES = say("Scorecard"), say("Comparison"), say("Changes")
NO_YEAR = say("no year")
YEAR, POINTS = say("Year"), say("Points")
CHART = say("Points of each year, by component")
EDITIONS_DIFFER = say("Points of two editions are not the same measure; the sheet “Changes” compares like with like.")
LIKE_FOR_LIKE = say("Only indicators that were scored in both years are compared.")
NOT_COMPARED = say("not scored in both years")

SCORECARD_COLUMNS = (
    say("No."), say("Indicator"), say("Component"), say("Value"), say("Unit"), say("Points"), say("Band or step"),
    say("Trust, or why no points"),
)  # fmt: skip
YEAR_COLUMNS = (
    say("Year"), say("Edition"), say("Total"), say("Scored"), say("Attainable"), say("Maximum"),
)  # fmt: skip
CHANGE_COLUMNS = (
    say("Baseline"), say("Year"), say("No."), say("Indicator"), say("Value of the baseline"), say("Value"),
    say("Points of the baseline"), say("Points"), say("Change in points"), say("Remark"),
)  # fmt: skip


def title_of(city: str) -> Sentence:
    """Head the scorecard of a city."""
    return say("City Biodiversity Index of {city}", city=city)


def over_the_years(city: str) -> Sentence:
    """Head the totals of every year."""
    return say("{city}: points over the years", city=city)


def against_baseline(city: str) -> Sentence:
    """Head the comparison with the baseline."""
    return say("{city}: every year beside the baseline", city=city)


def totals_of(year: int | None, edition: str, points: int, scored: int, count: int, maximum: int) -> Sentence:
    """Say the totals of a scorecard in one line."""
    return say(
        "{year} · {edition} edition · {points} of {maximum} points · {scored} of {count} indicators scored",
        year=NO_YEAR if year is None else year,
        edition=edition,
        points=points,
        maximum=maximum,
        scored=scored,
        count=count,
    )

"""The words of the export."""

from __future__ import annotations

from cbi.i18n import Sentence, say

SCORECARD, COMPARISON, CHANGES = say("Scorecard"), say("Comparison"), say("Changes")
WARNINGS, ACTIONS, SOURCES, METHOD = say("Warnings"), say("Actions"), say("Sources"), say("Method")
HOW_POINTS_COME_ABOUT = say("How the points come about")
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
WARNING_COLUMNS = (say("Severity"), say("Place"), say("What is wrong, and what would be right"))
ACTION_COLUMNS = (
    say("Action area"), say("Commitment"), say("Action"), say("Description"), say("Description updated"),
    say("Baseline of the action"), say("Baseline updated"), say("Target"), say("Target updated"),
    say("Moves the indicators"),
)  # fmt: skip
SOURCE_COLUMNS = (
    say("No."), say("Source"), say("About the source"), say("Attached files, with SHA-256"), say("Cited by indicators"),
)  # fmt: skip
METHOD_COLUMNS = (say("Subject"), say("Explanation"))


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


def what_needs_attention(city: str) -> Sentence:
    """Head the warnings."""
    return say("{city}: what needs attention", city=city)


def what_it_does(city: str) -> Sentence:
    """Head the actions."""
    return say("{city}: what the city does", city=city)


def where_figures_come_from(city: str) -> Sentence:
    """Head the sources."""
    return say("{city}: where the figures come from", city=city)

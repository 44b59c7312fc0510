"""The tables of the open-data package beyond scores and answers: comparison, actions, warnings, sources."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cbi.assessment import Assessment
from cbi.comparison import Step, compare
from cbi.corrections import CityBands
from cbi.i18n import mark
from cbi.problems import Problem
from cbi.report.cited import sources_of
from cbi.report.plain import Action, SourceDetail
from cbi.scoring import Scorecard

Field = tuple[str, str, str]
"""A column: its name, its type, what it holds."""

COMPARISON: tuple[Field, ...] = (
    ("city", "string", mark("Name of the city")),
    ("baseline", "integer", mark("Baseline year")),
    ("year", "integer", mark("Year of the assessment")),
    ("edition", "string", mark("Edition whose rules both years were scored under")),
    ("number", "integer", mark("Number of the indicator")),
    ("indicator", "string", mark("Id of the indicator")),
    ("compared", "boolean", mark("Whether both years have points, so that they can be compared")),
    ("baseline_value", "number", mark("Value of the baseline year, in the unit of the indicator")),
    ("value", "number", mark("Value of the year, in the unit of the indicator")),
    ("value_change", "number", mark("Change in the value since the baseline")),
    ("unit", "string", mark("Unit of the value")),
    ("baseline_points", "integer", mark("Points of the baseline year")),
    ("points", "integer", mark("Points of the year")),
    ("points_change", "integer", mark("Change in points since the baseline; empty where nothing is compared")),
)
ACTIONS: tuple[Field, ...] = (
    ("city", "string", mark("Name of the city")),
    ("area", "string", mark("Action area")),
    ("commitment", "string", mark("Commitment that the action belongs to")),
    ("title", "string", mark("Title of the action")),
    ("description", "string", mark("What the city does, in its own words")),
    ("description_updated", "date", mark("Day of the last update of the description")),
    ("baseline", "string", mark("Where the action begins, in the city's own words")),
    ("baseline_updated", "date", mark("Day of the last update of the baseline")),
    ("target", "string", mark("Where the action leads, in the city's own words")),
    ("target_updated", "date", mark("Day of the last update of the target")),
    ("indicators", "string", mark("Ids of the indicators that the action moves, apart by semicolons")),
)
PROBLEMS: tuple[Field, ...] = (
    ("city", "string", mark("Name of the city")),
    ("year", "integer", mark("Year of the assessment")),
    ("edition", "string", mark("Edition of the index")),
    ("severity", "string", mark("How grave: error, warning or note")),
    ("code", "string", mark("Code of the message")),
    ("place", "string", mark("Id of the indicator, or place in the file that was read")),
    ("message", "string", mark("What is wrong, and what would be right")),
)
SOURCES: tuple[Field, ...] = (
    ("city", "string", mark("Name of the city")),
    ("title", "string", mark("Title of the source, as figures cite it")),
    ("organisation", "string", mark("Who published it")),
    ("published", "integer", mark("Year of publication")),
    ("link", "string", mark("Where it is found")),
    ("licence", "string", mark("Licence of the source")),
    ("files", "string", mark("Names of attached files with their SHA-256, apart by semicolons")),
    ("cited_by", "string", mark("Ids of the indicators that cite it, or profile, apart by semicolons")),
)

Row = dict[str, Any]


def comparison_rows(
    assessments: Sequence[Assessment], baseline: int | None, bands: CityBands, language: str
) -> Iterator[Row]:
    """Give each later year beside the baseline, indicator by indicator; nothing where there are no two years."""
    if len({one.year for one in assessments if one.year is not None}) < 2:
        return
    for step in compare(assessments, baseline, language, bands).against_baseline:
        yield from _step_rows(assessments[0].city, step)


def _step_rows(city: str | None, step: Step) -> Iterator[Row]:
    for one in step.differences:
        asked = step.edition.indicator(one.indicator).value
        yield {
            "city": city,
            "baseline": step.from_year,
            "year": step.to_year,
            "edition": step.edition.id,
            "number": one.number,
            "indicator": one.indicator,
            "compared": one.compared,
            "baseline_value": _digits(one.before.value),
            "value": _digits(one.after.value),
            "value_change": _digits(one.value),
            "unit": asked.unit if asked else None,
            "baseline_points": one.before.points,
            "points": one.after.points,
            "points_change": one.points,
        }


def _digits(value: object) -> str | None:
    """Write an exact number with every digit, as JSON and CSV take it."""
    return None if value is None else f"{value:f}"


def action_rows(city: str | None, actions: Iterable[Action]) -> Iterator[Row]:
    """Give the city's actions; days as ISO 8601 writes them."""
    for one in actions:
        yield {
            "city": city,
            "area": one.area,
            "commitment": one.commitment,
            "title": one.title,
            "description": one.description.text,
            "description_updated": one.description.updated and one.description.updated.isoformat(),
            "baseline": one.baseline.text,
            "baseline_updated": one.baseline.updated and one.baseline.updated.isoformat(),
            "target": one.target.text,
            "target_updated": one.target.updated and one.target.updated.isoformat(),
            "indicators": ";".join(one.indicators),
        }


def problem_rows(cards: Sequence[Scorecard], read: Iterable[Problem], language: str) -> Iterator[Row]:
    """Give what is wrong: what was met while the figures were read, then year by year."""
    for one in read:
        yield {"city": cards[-1].city, **_problem(one, one.where, language)}
    for card in cards:
        year = {"city": card.city, "year": card.year, "edition": card.edition.id}
        yield from ({**year, **_problem(one, one.indicator or one.where, language)} for one in card.problems)


def _problem(one: Problem, place: str, language: str) -> Row:
    return {"severity": one.severity.value, "code": one.code, "place": place, "message": one.sentence.text(language)}


def source_rows(assessments: Sequence[Assessment], details: Iterable[SourceDetail]) -> Iterator[Row]:
    """Give every source that a figure of any year cites, with what the city's register knows of it."""
    known = {one.title: one for one in details}
    for title, places in cited(assessments).items():
        one = known.get(title, SourceDetail(title))
        yield {
            "city": assessments[-1].city,
            "title": title,
            "organisation": one.organisation,
            "published": one.year,
            "link": one.link,
            "licence": one.licence,
            "files": "; ".join(f"{file.name} {file.sha256}" for file in one.files),
            "cited_by": ";".join(places),
        }


def cited(assessments: Iterable[Assessment]) -> Mapping[str, Sequence[str]]:
    """Give the sources of some years by their titles, each with the ids of what cites it, in the order of the years."""
    found: dict[str, dict[str, None]] = {}
    for one in assessments:
        for entry in one.profile.values():
            if entry.source:
                found.setdefault(entry.source, {})["profile"] = None
        for indicator, answer in one.answers.items():
            for source in sources_of(answer):
                found.setdefault(source, {})[indicator] = None
    return {title: tuple(places) for title, places in found.items()}

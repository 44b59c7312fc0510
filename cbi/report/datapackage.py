"""The city's scores as open data: CSV and JSON with a Frictionless description, in one archive.

The description (``datapackage.json``, https://datapackage.org) names every column with its meaning and the licence
that the city chose. Numbers are written with a point and every digit, whatever the language of the titles.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from cbi.addresses import is_web_address
from cbi.assessment import Assessment
from cbi.comparison import score_years
from cbi.corrections import NO_BANDS, CityBands
from cbi.i18n import mark, say, translate
from cbi.problems import Problem
from cbi.report.archive import digest, encoded, pack
from cbi.report.licences import LICENCES, Licence
from cbi.report.opentables import (
    ACTIONS,
    COMPARISON,
    PROBLEMS,
    SOURCES,
    Field,
    action_rows,
    comparison_rows,
    problem_rows,
    source_rows,
)
from cbi.report.plain import Action, SourceDetail
from cbi.scoring import Scorecard, Totals
from cbi.tables import COLUMNS, write_table
from cbi.tables.marks import guarded
from cbi.version import VERSION

TOTAL = "total"
_NUMBER = re.compile(r"-?\d+(\.\d+)?")
"""A negative number begins with a sign that a text would be marked for."""


_YEAR: tuple[Field, ...] = (
    ("city", "string", mark("Name of the city")),
    ("year", "integer", mark("Year of the assessment")),
    ("edition", "string", mark("Edition of the index")),
)
SCORES: tuple[Field, ...] = (
    *_YEAR,
    ("number", "integer", mark("Number of the indicator")),
    ("indicator", "string", mark("Id of the indicator")),
    ("component", "string", mark("Id of its component")),
    ("title", "string", mark("Title of the indicator")),
    ("status", "string", mark("Whether it has points: scored, not_scored or baseline_year")),
    ("value", "number", mark("Value as read, rounded to the printed decimals, in the unit beside it")),
    ("exact", "string", mark("Value before rounding; cut off where its decimals do not end")),
    ("unit", "string", mark("Unit of the value")),
    ("rung", "string", mark("Id of the rung reached, for a ladder")),
    ("points", "integer", mark("Points, 0 to 4; empty where there are none, which is not zero")),
    ("band", "string", mark("Band or rung reached")),
    ("reason", "string", mark("Why there is no value")),
    ("trust", "string", mark("How far rule and bands can be trusted, the weakest word")),
)
TOTALS: tuple[Field, ...] = (
    *_YEAR,
    ("component", "string", mark("Id of the component; total for the whole index")),
    ("points", "integer", mark("Points")),
    ("scored", "integer", mark("Number of indicators that have points")),
    ("attainable", "integer", mark("Most points that these could have had")),
    ("maximum", "integer", mark("Most points of all its indicators")),
    ("lowest", "integer", mark("Least points that are still possible")),
    ("highest", "integer", mark("Most points that are still possible")),
)
ANSWERS: tuple[Field, ...] = tuple(
    (name, "integer" if name in ("year", "data_year") else "string", meaning)
    for name, meaning in zip(
        COLUMNS,
        (
            mark("Name of the city"),
            mark("Year of the assessment"),
            mark("Edition of the index"),
            mark("Id of the indicator, or profile"),
            mark("Id of the figure; empty for a finished value, a rung or a reason"),
            mark("Figure with the digits it was given with, in the unit beside it"),
            mark("Unit of the figure"),
            mark("Year that the figure is of"),
            mark("Quality of the figure: high, medium or low"),
            mark("Where the figure comes from"),
            mark("Note of the city"),
            mark("Why there is no value"),
        ),
        strict=True,
    )
)


TABLES: Mapping[str, tuple[tuple[Field, ...], str]] = {
    "scores": (SCORES, mark("Points of every indicator")),
    "totals": (TOTALS, mark("Totals of the components and of the whole index")),
    "comparison": (COMPARISON, mark("Each later year beside the baseline, like for like")),
    "actions": (ACTIONS, mark("What the city does for its nature")),
    "problems": (PROBLEMS, mark("Errors, warnings and notes on the figures")),
    "sources": (SOURCES, mark("Sources that the figures cite")),
}
"""The tables that stand in the package as CSV and as JSON: their columns, and what they hold."""

Resource = tuple[str, str, Sequence[Field], str]
"""A file of the package: its name, its path, its columns if it is a table, what it holds."""


def write_datapackage(
    assessments: Sequence[Assessment],
    *,
    licence: str,
    baseline: int | None = None,
    bands: CityBands = NO_BANDS,
    language: str = "en",
    actions: Iterable[Action] = (),
    sources: Sequence[SourceDetail] = (),
    problems: Sequence[Problem] = (),
) -> bytes:
    """Give the years of a city as an open-data package: a zip archive, the same bytes for the same data.

    ``licence`` is a name of :data:`LICENCES`, which the city chooses; ``bands`` what it says of the printed
    bands; ``language`` that of titles and meanings. ``actions``, ``sources`` and ``problems`` are those that a
    report takes. A table that would be empty is left out.
    Raises KeyError for another licence, and :class:`cbi.comparison.UnknownBaselineError` if the city did not
    assess the year ``baseline``.
    """
    chosen = LICENCES[licence]
    cards = score_years(assessments, baseline, language, bands)
    named = tuple(source_rows(assessments, sources))
    rows = {
        "scores": [row for card in cards for row in _scores(card)],
        "totals": [row for card in cards for row in _totals(card)],
        "comparison": list(comparison_rows(assessments, baseline, bands, language)),
        "actions": list(action_rows(cards[-1].city, actions)),
        "problems": list(problem_rows(cards, problems, language)),
        "sources": list(named),
    }
    files: dict[str, bytes] = {}
    resources: list[Resource] = []
    for name, (fields, meaning) in TABLES.items():
        if rows[name]:
            files[f"data/{name}.csv"] = _csv(fields, rows[name])
            files[f"data/{name}.json"] = _json(rows[name])
            resources.append((name, f"data/{name}.csv", fields, meaning))
            resources.append((f"{name}-json", f"data/{name}.json", fields, meaning))
    files["data/answers.csv"] = encoded(write_table(assessments))
    files["data/scorecards.json"] = _json([card.to_dict() for card in cards])
    resources.append(("answers", "data/answers.csv", ANSWERS, mark("Figures as they were given")))
    meaning = mark("Complete scorecards with problems and next steps")
    resources.append(("scorecards", "data/scorecards.json", (), meaning))
    about = _description(cards, _sources(cards, named), chosen, language)
    about["resources"] = [
        _resource(name, path, fields, translate(meaning, language), files[path], language)
        for name, path, fields, meaning in resources
    ]
    return pack({"datapackage.json": _json(about), **files})


def _scores(card: Scorecard) -> Iterator[dict[str, Any]]:
    for result in card.results:
        told = result.to_dict()
        yield {
            **_year(card),
            "number": told["number"],
            "indicator": told["id"],
            "component": told["component"],
            "title": result.indicator.title,
            "status": told["status"],
            "value": None if result.value is None else told["value"],
            "exact": told["exact"],
            "unit": told["unit"],
            "rung": result.rung,
            "points": told["points"],
            "band": told["band"],
            "reason": told["reason"],
            "trust": result.indicator.weakest_trust.value,
        }


def _totals(card: Scorecard) -> Iterator[dict[str, Any]]:
    for name, totals in (*card.components.items(), (TOTAL, card.total)):
        yield {**_year(card), "component": name, **_counts(totals)}


def _counts(totals: Totals) -> dict[str, int]:
    return {
        "points": totals.points,
        "scored": totals.scored,
        "attainable": totals.attainable,
        "maximum": totals.maximum,
        "lowest": totals.lowest,
        "highest": totals.highest,
    }


def _year(card: Scorecard) -> dict[str, Any]:
    return {"city": card.city, "year": card.year, "edition": card.edition.id}


def _csv(fields: Sequence[Field], rows: Sequence[Mapping[str, Any]]) -> bytes:
    """Write rows as CSV; no spreadsheet program runs a text of the city as a formula."""
    out = io.StringIO()
    writer = csv.DictWriter(out, [name for name, _, _ in fields], restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerows({name: _guarded(cell) for name, cell in row.items()} for row in rows)
    return encoded(out.getvalue())


def _guarded(cell: Any) -> Any:
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return guarded(cell) if isinstance(cell, str) and not _NUMBER.fullmatch(cell) else cell


def _json(data: Any) -> bytes:
    return encoded(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _description(
    cards: Sequence[Scorecard], sources: Sequence[Mapping[str, str]], licence: Licence, language: str
) -> dict[str, Any]:
    """Describe the package as its specification asks."""
    newest = cards[-1]
    title = say("City Biodiversity Index of {city}", city=newest.city or translate("City without a name", language))
    return {
        "profile": "data-package",
        "name": "city-biodiversity-index",
        "title": title.text(language),
        "description": newest.edition.frame.title,
        "version": VERSION,
        "licenses": [{"name": licence.name, "title": licence.title, "path": licence.path}],
        "sources": list(sources),
        "definitions": {card.edition.id: card.edition.hash for card in cards},
    }


def _sources(cards: Sequence[Scorecard], named: Iterable[Mapping[str, Any]]) -> list[dict[str, str]]:
    """List the books that the rules come from, then the sources that the city's figures cite."""
    books = dict.fromkeys(
        f"{book.authors} ({book.year}): {book.title}. {book.publisher}."
        for card in cards
        for book in card.edition.frame.documents
    )
    own = ({"title": one["title"], "path": one["link"]} for one in named)
    kept = [one if is_web_address(one["path"]) else {"title": one["title"]} for one in own]
    return [*({"title": book} for book in books), *kept]


def _resource(name: str, path: str, fields: Sequence[Field], title: str, data: bytes, language: str) -> dict[str, Any]:
    about: dict[str, Any] = {
        "name": name,
        "title": title,
        "path": path,
        "format": path.rpartition(".")[2],
        "mediatype": "text/csv" if path.endswith(".csv") else "application/json",
        "encoding": "utf-8",
    }
    if not (fields and path.endswith(".json")):  # readers stream a table of JSON and cannot count its bytes
        about |= {"bytes": len(data), "hash": f"sha256:{digest(data)}"}
    if not fields:
        return {"profile": "data-resource", **about}
    columns = [{"name": name, "type": kind, "title": translate(text, language)} for name, kind, text in fields]
    schema = {"fields": columns, "missingValues": [""]}
    return {"profile": "tabular-data-resource", **about, "schema": schema}

"""The city's scores as open data: CSV and JSON with a Frictionless description, in one archive.

The description (``datapackage.json``, https://datapackage.org) names every column with its meaning and the licence
that the city chose. Numbers are written with a point and every digit, whatever the language of the titles.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cbi.assessment import Assessment
from cbi.comparison import score_years
from cbi.corrections import NO_BANDS, CityBands
from cbi.i18n import mark, say, translate
from cbi.labels import citation
from cbi.report.archive import digest, encoded, pack
from cbi.scoring import Result, Scorecard, Totals
from cbi.tables import COLUMNS, write_table
from cbi.tables.writing import guarded
from cbi.version import VERSION

TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Licence:
    """A licence for open data: its short name at Open Definition or SPDX, its title, and where it is printed."""

    name: str
    title: str
    path: str


LICENCES: Mapping[str, Licence] = {
    one.name: one
    for one in (
        Licence(
            "CC-BY-4.0",
            "Creative Commons Attribution 4.0 International",
            "https://creativecommons.org/licenses/by/4.0/",
        ),
        Licence(
            "CC-BY-SA-4.0",
            "Creative Commons Attribution-ShareAlike 4.0 International",
            "https://creativecommons.org/licenses/by-sa/4.0/",
        ),
        Licence("CC0-1.0", "Creative Commons Zero 1.0 Universal", "https://creativecommons.org/publicdomain/zero/1.0/"),
        Licence(
            "ODbL-1.0", "Open Data Commons Open Database License 1.0", "https://opendatacommons.org/licenses/odbl/1-0/"
        ),
        Licence(
            "ODC-By-1.0", "Open Data Commons Attribution License 1.0", "https://opendatacommons.org/licenses/by/1-0/"
        ),
    )
}
"""The licences that a city may choose from, by their names."""

Field = tuple[str, str, str]
"""A column: its name, its type, what it holds."""

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


def write_datapackage(
    assessments: Sequence[Assessment],
    *,
    licence: str,
    baseline: int | None = None,
    bands: CityBands = NO_BANDS,
    language: str = "en",
) -> bytes:
    """Give the years of a city as an open-data package: a zip archive, the same bytes for the same data.

    ``licence`` is a name of :data:`LICENCES`, which the city chooses; ``bands`` what it says of the printed
    bands; ``language`` that of titles and meanings.
    Raises KeyError for another licence, and :class:`cbi.comparison.UnknownBaselineError` if the city did not
    assess the year ``baseline``.
    """
    chosen = LICENCES[licence]
    cards = score_years(assessments, baseline, language, bands)
    scores = [row for card in cards for row in _scores(card)]
    totals = [row for card in cards for row in _totals(card)]
    files = {
        "data/scores.csv": _csv(SCORES, scores),
        "data/scores.json": _json([{**row} for row in scores]),
        "data/totals.csv": _csv(TOTALS, totals),
        "data/totals.json": _json(totals),
        "data/answers.csv": encoded(write_table(assessments)),
        "data/scorecards.json": _json([card.to_dict() for card in cards]),
    }
    return pack({"datapackage.json": _json(_description(cards, files, chosen, language)), **files})


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
    writer.writerows({**row, "city": guarded(row["city"] or "")} for row in rows)
    return encoded(out.getvalue())


def _json(data: Any) -> bytes:
    return encoded(json.dumps(data, ensure_ascii=False, indent=1) + "\n")


def _description(
    cards: Sequence[Scorecard], files: Mapping[str, bytes], licence: Licence, language: str
) -> dict[str, Any]:
    """Describe the package as its specification asks."""
    newest = cards[-1]
    title = say("City Biodiversity Index of {city}", city=newest.city or translate("City without a name", language))
    resources = [
        ("scores", "data/scores.csv", SCORES, mark("Points of every indicator")),
        ("scores-json", "data/scores.json", SCORES, mark("Points of every indicator")),
        ("totals", "data/totals.csv", TOTALS, mark("Totals of the components and of the whole index")),
        ("totals-json", "data/totals.json", TOTALS, mark("Totals of the components and of the whole index")),
        ("answers", "data/answers.csv", ANSWERS, mark("Figures as they were given")),
        ("scorecards", "data/scorecards.json", (), mark("Complete scorecards with problems and next steps")),
    ]
    return {
        "profile": "data-package",
        "name": "city-biodiversity-index",
        "title": title.text(language),
        "description": newest.edition.frame.title,
        "version": VERSION,
        "licenses": [{"name": licence.name, "title": licence.title, "path": licence.path}],
        "sources": [{"title": text} for text in _cited(cards, language)],
        "definitions": {card.edition.id: card.edition.hash for card in cards},
        "resources": [
            _resource(name, path, fields, translate(meaning, language), files[path], language)
            for name, path, fields, meaning in resources
        ],
    }


def _cited(cards: Sequence[Scorecard], language: str) -> list[str]:
    def books(result: Result, card: Scorecard) -> str:
        return citation(card.edition, result.indicator).text(language)

    return list(dict.fromkeys(books(card.results[0], card) for card in cards))


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

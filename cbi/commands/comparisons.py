"""``compare`` and ``demo``: several years of a city beside each other, its own or those of a city to look at."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from cbi.commands.options import (
    Baseline,
    CityName,
    EditionName,
    File,
    Json,
    Language,
    Numbers,
    given,
    print_json,
    print_problems,
    problems_of,
    read_file,
    unknown_baseline,
)
from cbi.comparison import UnknownBaselineError, compare, score_years
from cbi.definitions import EDITIONS
from cbi.i18n import mark, translate
from cbi.printing.comparisons import comparison
from cbi.printing.scorecards import scorecard
from cbi.problems import has_errors

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"

commands = typer.Typer()


@commands.command(name="compare", help=mark("Compare the years of a city with its baseline."))
def compare_years(
    file: File = None,
    city: CityName = None,
    edition_id: EditionName = "2021",
    baseline: Baseline = None,
    numbers: Numbers = "en",
    language: Language = "en",
    as_json: Json = False,
) -> None:
    """Compare the years of every city of a file or of the store, each with itself."""
    read = given(file, city, edition_id=edition_id, baseline=baseline, numbers=numbers, language=language)
    found: list[Any] = []
    problems = list(read.problems)
    for years in read.years:
        for name in dict.fromkeys(one.city for one in years.assessments):
            history = [one for one in years.assessments if one.city == name]
            if len({one.year for one in history if one.year is not None}) < 2:
                typer.echo(
                    translate("{city}: a comparison needs at least two years.", language).format(
                        city=name or read.name
                    ),
                    err=True,
                )
                continue
            try:
                compared = compare(history, years.baseline, language, years.bands)
            except UnknownBaselineError as error:
                raise unknown_baseline(error, language) from None
            problems += problems_of(compared.scorecards)
            found.append(compared)
    if as_json:
        print_json([one.to_dict() for one in found])
    elif found:
        typer.echo("\n\n".join(comparison(one, language) for one in found))
    print_problems(problems, language)
    raise typer.Exit(1 if has_errors(problems) or not found else 0)


@commands.command(help=mark("Show a demo city: libo-county (real figures) or example-city (invented, three years)."))
def demo(
    city: Annotated[Literal["libo-county", "example-city"], typer.Argument(help=mark("Which one."))] = "libo-county",
    language: Language = "en",
) -> None:
    """Score a city that comes with the program; with several years, compare them too."""
    file = next(DEMO.glob(f"{city}*.csv"))
    read = read_file(file, EDITIONS[0], "en", language)
    cards = score_years(read.assessments, None, language)
    typer.echo("\n\n".join(scorecard(card, language) for card in cards))
    if len(read.assessments) > 1:
        typer.echo("\n\n" + comparison(compare(read.assessments, None, language), language))
    shown = os.path.relpath(file)
    typer.echo(
        "\n"
        + translate(
            "The figures are in {file}. Copy the file, put in your own, and run: python -m cbi score YOUR-COPY.csv",
            language,
        ).format(file=shown)
    )
    print_problems([*read.problems, *problems_of(cards)], language)

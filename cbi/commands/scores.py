"""``check``, ``score``, ``compare``, ``explain`` and ``demo``."""

from __future__ import annotations

import os
from collections.abc import Sequence
from dataclasses import replace
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
    read_file,
    unknown_baseline,
)
from cbi.comparison import UnknownBaselineError, compare, score_years
from cbi.definitions import EDITIONS, edition
from cbi.definitions.edition import PROFILE
from cbi.i18n import listed, mark, say, translate
from cbi.printing.scorecards import scorecard
from cbi.problems import Problem, has_errors
from cbi.scoring import Scorecard

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"

commands = typer.Typer()


@commands.command(help=mark("Prove all definitions: bands, examples, translations."))
def check(language: Language = "en") -> None:
    """Prove the definitions of both editions and say how far each can be trusted."""
    from cbi.printing.proofs import check_report

    report, sound = check_report(language)
    typer.echo(report)
    raise typer.Exit(0 if sound else 1)


@commands.command(help=mark("Score a city: a plain table, or what the store holds."))
def score(
    file: File = None,
    city: CityName = None,
    edition_id: EditionName = "2021",
    baseline: Baseline = None,
    numbers: Numbers = "en",
    language: Language = "en",
    as_json: Json = False,
) -> None:
    """Score every city, year and edition of a file or of the store."""
    found = given(file, city, edition_id=edition_id, baseline=baseline, numbers=numbers, language=language)
    try:
        cards = [
            card for one in found.years for card in score_years(one.assessments, one.baseline, language, one.bands)
        ]
    except UnknownBaselineError as error:
        raise unknown_baseline(error, language) from None
    problems = [*found.problems, *_problems_of(cards)]
    if as_json:
        printed = [card.to_dict() for card in cards]
        for one in printed:
            one["problems"] = [problem.to_dict(language) for problem in found.problems] + one["problems"]
        print_json(printed)
    elif cards:
        typer.echo("\n\n".join(scorecard(card, language) for card in cards))
    print_problems(problems, language)
    raise typer.Exit(1 if has_errors(problems) else 0)


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
    from cbi.printing.comparisons import comparison

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
            problems += _problems_of(compared.scorecards)
            found.append(compared)
    if as_json:
        print_json([one.to_dict() for one in found])
    elif found:
        typer.echo("\n\n".join(comparison(one, language) for one in found))
    print_problems(problems, language)
    raise typer.Exit(1 if has_errors(problems) or not found else 0)


@commands.command(help=mark("Explain an indicator: what is asked, what counts, its bands, how far they are trusted."))
def explain(
    indicator: Annotated[
        str,
        typer.Argument(metavar="INDICATOR", help=mark("Its number or id (8, protected_areas), or profile.")),
    ],
    edition_id: EditionName = "2021",
    language: Language = "en",
) -> None:
    """Print all that the definitions say of one indicator."""
    from cbi.printing.explanations import explanation, profile_explanation

    asked = edition(edition_id, language)
    wanted = indicator.strip().casefold()
    if wanted == PROFILE:
        typer.echo(profile_explanation(asked, language))
        return
    found = asked.find(wanted)
    if found is None:
        known = listed([PROFILE, *(f"{one.number} {one.id}" for one in asked.indicators)])
        message = say(
            "There is no indicator “{found}” in the {edition} edition. Use one of: {known}.",
            found=indicator,
            edition=asked.id,
            known=known,
        )
        raise typer.BadParameter(message.text(language))
    typer.echo(explanation(asked, found, language))


@commands.command(help=mark("Show a demo city: libo-county (real figures) or example-city (invented, three years)."))
def demo(
    city: Annotated[Literal["libo-county", "example-city"], typer.Argument(help=mark("Which one."))] = "libo-county",
    language: Language = "en",
) -> None:
    """Score a city that comes with the program; with several years, compare them too."""
    from cbi.printing.comparisons import comparison

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
    print_problems([*read.problems, *_problems_of(cards)], language)


def _problems_of(cards: Sequence[Scorecard]) -> list[Problem]:
    """Collect the problems of scorecards; with several, each says the year that it belongs to."""
    several = len({card.year for card in cards}) > 1
    return [
        replace(problem, where=f"{card.year} · {problem.where}") if several and card.year else problem
        for card in cards
        for problem in card.problems
    ]

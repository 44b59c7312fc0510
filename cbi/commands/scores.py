"""``score``: a city, or all that a file or the store holds of cities."""

from __future__ import annotations

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
    unknown_baseline,
)
from cbi.comparison import UnknownBaselineError, score_years
from cbi.i18n import mark
from cbi.printing.scorecards import scorecard
from cbi.problems import has_errors

commands = typer.Typer()


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
    problems = [*found.problems, *problems_of(cards)]
    if as_json:
        printed = [card.to_dict() for card in cards]
        for one in printed:
            one["problems"] = [problem.to_dict(language) for problem in found.problems] + one["problems"]
        print_json(printed)
    elif cards:
        typer.echo("\n\n".join(scorecard(card, language) for card in cards))
    print_problems(problems, language)
    raise typer.Exit(1 if has_errors(problems) else 0)

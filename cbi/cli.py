"""The command line: ``python -m cbi check | score | compare | explain | demo | export | import | backup | restore``.

Tables go to standard output, problems to standard error. Exit code 0 when all was read, 1 when an error is
listed (the rest is still printed), 2 for wrong usage.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import typer

from cbi import printing
from cbi.comparison import UnknownBaselineError, compare, score_years
from cbi.definitions import EDITIONS, DefinitionError, edition
from cbi.definitions.edition import PROFILE
from cbi.i18n import LANGUAGES, listed, mark, say, translate
from cbi.problems import Problem, has_errors
from cbi.scoring import Scorecard
from cbi.tables import Table, read_table

T = TypeVar("T")

DEMO = Path(__file__).resolve().parent.parent / "data" / "demo"

cli = typer.Typer(
    help=mark("The City Biodiversity Index (Singapore Index on Cities' Biodiversity) for your own city."),
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

Language = Annotated[
    Literal["en", "zh_Hans"], typer.Option("--language", envvar="CBI_LANGUAGE", help=mark("Language of the output."))
]
EditionName = Annotated[Literal["2021", "2014"], typer.Option("--edition", help=mark("Edition of the index."))]
Numbers = Annotated[
    str, typer.Option("--numbers", metavar="LOCALE", help=mark("How numbers are written, such as en, de, fr, zh_Hans."))
]
Baseline = Annotated[
    int | None, typer.Option("--baseline", metavar="YEAR", help=mark("Baseline year; by default the earliest."))
]
Yes = Annotated[bool, typer.Option("--yes", help=mark("Save it; without this, it is only shown."))]
Json = Annotated[bool, typer.Option("--json", help=mark("Print JSON for programs."))]
File = Annotated[Path, typer.Argument(metavar="FILE", help=mark("A plain table: .csv, .json or .xlsx."))]


@cli.command(help=mark("Prove all definitions: bands, examples, translations."))
def check(language: Language = "en") -> None:
    """Prove the definitions of both editions and say how far each can be trusted."""
    report, sound = printing.check_report(language)
    typer.echo(report)
    raise typer.Exit(0 if sound else 1)


@cli.command(help=mark("Score a city from a plain table."))
def score(
    file: File,
    edition_id: EditionName = "2021",
    baseline: Baseline = None,
    numbers: Numbers = "en",
    language: Language = "en",
    as_json: Json = False,
) -> None:
    """Score every city, year and edition of a file."""
    read = _read(file, edition_id, numbers, language)
    try:
        cards = score_years(read.assessments, baseline, language)
    except UnknownBaselineError as error:
        raise _usage(error, language) from None
    problems = [*read.problems, *_problems_of(cards)]
    if as_json:
        listed = [card.to_dict() for card in cards]
        for one in listed:
            one["problems"] = [problem.to_dict(language) for problem in read.problems] + one["problems"]
        _print_json(listed)
    elif cards:
        typer.echo("\n\n".join(printing.scorecard(card, language) for card in cards))
    _print_problems(problems, language)
    raise typer.Exit(1 if has_errors(problems) else 0)


@cli.command(name="compare", help=mark("Compare the years of a city with its baseline."))
def compare_years(
    file: File,
    edition_id: EditionName = "2021",
    baseline: Baseline = None,
    numbers: Numbers = "en",
    language: Language = "en",
    as_json: Json = False,
) -> None:
    """Compare the years of every city of a file, each with itself."""
    read = _read(file, edition_id, numbers, language)
    found: list[Any] = []
    problems = list(read.problems)
    for city in dict.fromkeys(one.city for one in read.assessments):
        history = [one for one in read.assessments if one.city == city]
        if len({one.year for one in history if one.year is not None}) < 2:
            typer.echo(
                translate("{city}: a comparison needs at least two years.", language).format(city=city or file.name),
                err=True,
            )
            continue
        try:
            comparison = compare(history, baseline, language)
        except UnknownBaselineError as error:
            raise _usage(error, language) from None
        problems += _problems_of(comparison.scorecards)
        found.append(comparison)
    if as_json:
        _print_json([comparison.to_dict() for comparison in found])
    elif found:
        typer.echo("\n\n".join(printing.comparison(one, language) for one in found))
    _print_problems(problems, language)
    raise typer.Exit(1 if has_errors(problems) or not found else 0)


@cli.command(help=mark("Explain an indicator: what is asked, what counts, its bands, how far they are trusted."))
def explain(
    indicator: Annotated[
        str,
        typer.Argument(metavar="INDICATOR", help=mark("Its number or id (8, protected_areas), or profile.")),
    ],
    edition_id: EditionName = "2021",
    language: Language = "en",
) -> None:
    """Print all that the definitions say of one indicator."""
    asked = edition(edition_id, language)
    wanted = indicator.strip().casefold()
    if wanted == PROFILE:
        typer.echo(printing.profile_explanation(asked, language))
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
    typer.echo(printing.explanation(asked, found, language))


@cli.command(help=mark("Show a demo city: libo-county (real figures) or example-city (invented, three years)."))
def demo(
    city: Annotated[Literal["libo-county", "example-city"], typer.Argument(help=mark("Which one."))] = "libo-county",
    language: Language = "en",
) -> None:
    """Score a city that comes with the program; with several years, compare them too."""
    file = next(DEMO.glob(f"{city}*.csv"))
    read = _read(file, EDITIONS[0], "en", language)
    cards = score_years(read.assessments, None, language)
    typer.echo("\n\n".join(printing.scorecard(card, language) for card in cards))
    if len(read.assessments) > 1:
        typer.echo("\n\n" + printing.comparison(compare(read.assessments, None, language), language))
    shown = os.path.relpath(file)
    typer.echo(
        "\n"
        + translate(
            "The figures are in {file}. Copy the file, put in your own, and run: python -m cbi score YOUR-COPY.csv",
            language,
        ).format(file=shown)
    )
    _print_problems([*read.problems, *_problems_of(cards)], language)


@cli.command(name="export", help=mark("Write the whole store as one JSON document, or its values as a .csv table."))
def export_store(
    out: Annotated[
        Path | None, typer.Argument(metavar="[OUT]", help=mark("OUT.json or OUT.csv; without it, JSON is printed."))
    ] = None,
    language: Language = "en",
) -> None:
    """Write the store into a file, or to standard output."""
    from cbi.store import console

    typer.echo(_of_the_store(lambda: console.export(out), language), nl=out is not None)


@cli.command(name="import", help=mark("Bring a plain table or an exported document into the store; shows it first."))
def import_file(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=mark("A plain table or an exported document."))],
    city: Annotated[str | None, typer.Option("--city", help=mark("City of a table that names none."))] = None,
    year: Annotated[int | None, typer.Option("--year", help=mark("Year of a table that names none."))] = None,
    edition_id: EditionName = "2021",
    numbers: Numbers = "en",
    person: Annotated[str, typer.Option("--person", help=mark("Who imports; by default the name kept here."))] = "",
    yes: Yes = False,
    language: Language = "en",
) -> None:
    """Show what a file changes in the store; save it with --yes."""
    from cbi.store import console

    read = _of_the_store(
        lambda: console.read_file(
            file, edition_id=edition_id, numbers=numbers, language=language, city=city, year=year
        ),
        language,
    )
    if any(problem.code in ("no_file", "unreadable") for problem in read.problems):
        _print_problems(read.problems, language)
        raise typer.Exit(2)
    text, plan = _of_the_store(
        lambda: console.import_file(read, file.name, confirmed=yes, person=person, language=language), language
    )
    typer.echo(text)
    problems = [*read.problems, *plan.problems]
    _print_problems(problems, language)
    raise typer.Exit(1 if has_errors(problems) else 0)


@cli.command(help=mark("Copy the whole store into a new file while others go on working."))
def backup(
    out: Annotated[Path, typer.Argument(metavar="OUT", help=mark("A file that does not exist yet."))],
    language: Language = "en",
) -> None:
    """Take a backup."""
    from cbi.store import console

    typer.echo(_of_the_store(lambda: console.backup(out, language), language))


@cli.command(help=mark("Put a backup in the place of what the store holds now; that is kept beside it."))
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=mark("A backup."))],
    yes: Yes = False,
    language: Language = "en",
) -> None:
    """Say what a backup holds; restore it with --yes."""
    from cbi.store import console

    typer.echo(_of_the_store(lambda: console.restore(file, confirmed=yes, language=language), language))


def _of_the_store(work: Callable[[], T], language: str) -> T:
    """Do something with the store; what it cannot do is said, and ends the command."""
    from cbi.store import StoreError

    try:
        return work()
    except StoreError as error:
        typer.echo(error.sentence.text(language), err=True)
        raise typer.Exit(1) from None


def _read(file: Path, edition_id: str, numbers: str, language: str) -> Table:
    """Read a table; a file that cannot be opened at all is wrong usage."""
    if not _is_locale(numbers):
        raise typer.BadParameter(
            translate(
                "“{found}” is not a locale that is known. Use one such as en, de, fr or zh_Hans.", language
            ).format(found=numbers)
        )
    read = read_table(file, name=str(file), edition_id=edition_id, locale=numbers, language=language)
    if any(problem.code in ("no_file", "unreadable") for problem in read.problems):
        _print_problems(read.problems, language)
        raise typer.Exit(2)
    return read


def _is_locale(name: str) -> bool:
    if name in LANGUAGES:
        return True
    from babel.core import Locale, UnknownLocaleError

    try:
        Locale.parse(name)
    except (ValueError, UnknownLocaleError):
        return False
    return True


def _usage(error: UnknownBaselineError, language: str) -> typer.BadParameter:
    message = say(
        "The year {year} was not assessed, so it cannot be the baseline. Assessed: {years}.",
        year=error.year,
        years=listed(map(str, error.years)),
    )
    return typer.BadParameter(message.text(language))


def _problems_of(cards: Sequence[Scorecard]) -> list[Problem]:
    """Collect the problems of scorecards; with several, each says the year that it belongs to."""
    several = len({card.year for card in cards}) > 1
    return [
        replace(problem, where=f"{card.year} · {problem.where}") if several and card.year else problem
        for card in cards
        for problem in card.problems
    ]


def _print_json(found: Sequence[Any]) -> None:
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


def _print_problems(problems: Iterable[Problem], language: str) -> None:
    text = printing.problems(problems, language)
    if text:
        typer.echo("\n" + text, err=True)


def _in_language(command: Any, language: str) -> None:
    """Put the help of a command, its options and the commands below it into the reader's language."""
    command.help = translate(command.help, language) if command.help else None
    for parameter in command.params:
        if getattr(parameter, "help", None):
            parameter.help = translate(parameter.help, language)
    for inner in getattr(command, "commands", {}).values():
        _in_language(inner, language)


def _wanted_language(arguments: Sequence[str]) -> str:
    """Find the language before the arguments are read, so that the help speaks it too."""
    wanted = os.environ.get("CBI_LANGUAGE", "en")
    for position, argument in enumerate(arguments):
        if argument == "--language" and position + 1 < len(arguments):
            wanted = arguments[position + 1]
        elif argument.startswith("--language="):
            wanted = argument.removeprefix("--language=")
    return wanted if wanted in LANGUAGES else "en"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; ends the process with the exit code of the command."""
    arguments = sys.argv[1:] if arguments is None else list(arguments)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="replace")
    command = typer.main.get_command(cli)
    _in_language(command, _wanted_language(arguments))
    try:
        command.main(args=list(arguments), prog_name="python -m cbi")
    except DefinitionError as error:
        for fault in error.faults:
            typer.echo(fault.text(_wanted_language(arguments)), err=True)
        sys.exit(1)

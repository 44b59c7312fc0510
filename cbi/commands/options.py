"""What the commands share: the options by name, where figures come from, and what the store cannot do."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

import typer

from cbi.assessment import Assessment
from cbi.comparison import UnknownBaselineError
from cbi.corrections import NO_BANDS, CityBands
from cbi.i18n import LANGUAGES, listed, mark, say, translate
from cbi.printing.scorecards import problems as printed_problems
from cbi.problems import Problem
from cbi.scoring import Scorecard
from cbi.tables import Table, read_table

T = TypeVar("T")

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
File = Annotated[
    Path | None,
    typer.Argument(
        metavar="[FILE]",
        help=mark("A plain table (.csv, .json or .xlsx) or a packet (.zip); without it, the store is read."),
    ),
]
CityName = Annotated[str | None, typer.Option("--city", help=mark("Only this city of the store."))]


@dataclass(frozen=True, slots=True)
class Years:
    """Years that belong together, as a table or a city of the store holds them, and the year to compare with.

    ``bands`` is what a city of the store says of the printed bands; nothing for a table.
    """

    assessments: tuple[Assessment, ...]
    baseline: int | None
    bands: CityBands = NO_BANDS


@dataclass(frozen=True, slots=True)
class Given:
    """What a command works on, and what of it could not be read; ``name`` is what messages call it."""

    years: tuple[Years, ...]
    problems: tuple[Problem, ...] = ()
    name: str = ""


def given(
    file: Path | None, city: str | None, *, edition_id: str, baseline: int | None, numbers: str, language: str
) -> Given:
    """Read the figures of a command: from a table, or without one from the store.

    ``city`` chooses a city of the store. ``baseline`` goes before the baseline that the store keeps.
    """
    if file is not None:
        if city is not None:
            raise typer.BadParameter(
                translate("--city chooses from the store. Leave it out, or leave the file out.", language)
            )
        if file.suffix.casefold() == ".zip":
            return _of_a_packet(file, baseline, language)
        read = read_file(file, edition_id, numbers, language)
        return Given((Years(read.assessments, baseline),), read.problems, file.name)
    return Given(of_the_store(lambda: _stored_years(city, baseline, language), language), name=city or "")


def _of_a_packet(file: Path, baseline: int | None, language: str) -> Given:
    """Read a packet; ``baseline`` goes before the one that it names. What is no packet is wrong usage."""
    from cbi.report.packet import PacketError, read_packet

    try:
        packet = read_packet(file.read_bytes(), file.name, language)
    except OSError as error:
        message = say("{file} cannot be opened: {detail}.", file=file, detail=error.strerror or error)
        raise typer.BadParameter(message.text(language)) from None
    except PacketError as error:
        raise typer.BadParameter(error.sentence.text(language)) from None
    return Given((Years(packet.assessments, baseline or packet.baseline),), packet.problems, file.name)


def _stored_years(city: str | None, baseline: int | None, language: str) -> tuple[Years, ...]:
    """Read the years from the store; an empty store, or a city that is not there, is wrong usage."""
    from cbi.store.console import histories
    from cbi.store.errors import NotFoundError

    try:
        found = histories(city)
    except NotFoundError as error:
        raise typer.BadParameter(error.sentence.text(language)) from None
    return tuple(Years(one.assessments, baseline or one.baseline, one.bands) for one in found)


def of_the_store(work: Callable[[], T], language: str) -> T:
    """Do something with the store; what it cannot do is said, and ends the command."""
    from cbi.store.errors import NoNameError, StoreError

    try:
        return work()
    except StoreError as error:
        typer.echo(error.sentence.text(language), err=True)
        if isinstance(error, NoNameError):
            typer.echo(translate("Say it with --person NAME.", language), err=True)
        raise typer.Exit(1) from None


def read_file(file: Path, edition_id: str, numbers: str, language: str) -> Table:
    """Read a table; a file that cannot be opened at all is wrong usage."""
    if not is_locale(numbers):
        raise unknown_locale(numbers, language)
    read = read_table(file, name=str(file), edition_id=edition_id, locale=numbers, language=language)
    if any(problem.code in ("no_file", "unreadable") for problem in read.problems):
        print_problems(read.problems, language)
        raise typer.Exit(2)
    return read


def unknown_locale(found: str, language: str) -> typer.BadParameter:
    """Say that a locale is not known."""
    message = say("“{found}” is not a locale that is known. Use one such as en, de, fr or zh_Hans.", found=found)
    return typer.BadParameter(message.text(language))


def unknown_baseline(error: UnknownBaselineError, language: str) -> typer.BadParameter:
    """Say that the baseline year was not assessed, and which years were."""
    message = say(
        "The year {year} was not assessed, so it cannot be the baseline. Assessed: {years}.",
        year=error.year,
        years=listed(map(str, error.years)),
    )
    return typer.BadParameter(message.text(language))


def is_locale(name: str) -> bool:
    """Tell whether numbers can be read in a locale of this name."""
    if name in LANGUAGES:
        return True
    from babel.core import Locale, UnknownLocaleError

    try:
        Locale.parse(name)
    except (ValueError, UnknownLocaleError):
        return False
    return True


def print_json(found: Sequence[Any] | Mapping[str, Any]) -> None:
    """Print data for programs to standard output."""
    typer.echo(json.dumps(found, ensure_ascii=False, indent=2))


def problems_of(cards: Sequence[Scorecard]) -> list[Problem]:
    """Collect the problems of scorecards; with several, each says the year that it belongs to."""
    several = len({card.year for card in cards}) > 1
    return [
        replace(problem, where=f"{card.year} · {problem.where}") if several and card.year else problem
        for card in cards
        for problem in card.problems
    ]


def print_problems(problems: Iterable[Problem], language: str) -> None:
    """Print problems to standard error."""
    text = printed_problems(problems, language)
    if text:
        typer.echo("\n" + text, err=True)

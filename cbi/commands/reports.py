"""``report``, ``chapter``, ``datapackage`` and ``packet``: a city's assessment, handed out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cbi.assessment import Assessment
from cbi.commands.options import (
    Baseline,
    CityName,
    EditionName,
    File,
    Language,
    Numbers,
    given,
    is_locale,
    of_the_store,
    print_problems,
    unknown_baseline,
    unknown_locale,
)
from cbi.comparison import UnknownBaselineError
from cbi.corrections import CityBands
from cbi.i18n import listed, mark, say, translate
from cbi.problems import Problem, has_errors

if TYPE_CHECKING:
    from cbi.planning.findings import Beside
    from cbi.report import Action, SourceDetail

commands = typer.Typer()

Out = Annotated[Path, typer.Option("-o", "--out", metavar="OUT", help=mark("The file to write."))]
YearOf = Annotated[int | None, typer.Option("--year", help=mark("Year to report on; by default the latest."))]
WrittenNumbers = Annotated[
    str | None,
    typer.Option(
        "--number-format", metavar="LOCALE", help=mark("How numbers are printed; by default as the language does.")
    ),
]


@dataclass(frozen=True, slots=True)
class Opened:
    """The assessment that a command hands out, among the years of its city; and what could not be read."""

    history: tuple[Assessment, ...]
    assessment: Assessment
    baseline: int | None
    bands: CityBands
    problems: tuple[Problem, ...]
    sources: tuple[SourceDetail, ...]


@commands.command(help=mark("Write a report as PDF: the full one, two pages, one page, or the sheet of one indicator."))
def report(
    file: File = None,
    out: Out = Path("report.pdf"),
    city: CityName = None,
    year: YearOf = None,
    form: Annotated[
        Literal["full", "short", "page", "indicator"], typer.Option("--form", help=mark("The form of the report."))
    ] = "full",
    indicator: Annotated[
        str | None,
        typer.Option("--indicator", metavar="INDICATOR", help=mark("The indicator of a sheet: its number or id.")),
    ] = None,
    paper: Annotated[Literal["a4", "us-letter"], typer.Option("--paper", help=mark("Size of the paper."))] = "a4",
    edition_id: EditionName = "2021",
    baseline: Baseline = None,
    numbers: Numbers = "en",
    number_format: WrittenNumbers = None,
    language: Language = "en",
) -> None:
    """Report on one year of a city, beside its baseline."""
    if indicator is None and form == "indicator":
        raise typer.BadParameter(translate("Name the indicator of the sheet: --indicator 8", language))
    if number_format is not None and not is_locale(number_format):
        raise unknown_locale(number_format, language)
    from cbi.report import NoIndicatorError, report_content, write_pdf

    opened = _opened(file, city, year, edition_id, baseline, numbers, language)
    try:
        content = report_content(
            opened.history,
            opened.assessment,
            baseline=opened.baseline,
            bands=opened.bands,
            language=language,
            numbers=number_format,
            actions=() if file else actions_of_the_store(opened.assessment.city, language),
            sources=opened.sources,
            problems=opened.problems,
            beside=_planning(file, opened.assessment, language) if form == "full" and indicator is None else None,
        )
        pdf = write_pdf(content, form="indicator" if indicator is not None else form, paper=paper, indicator=indicator)
    except UnknownBaselineError as error:
        raise unknown_baseline(error, language) from None
    except NoIndicatorError:
        message = say(
            "There is no indicator “{found}” in the {edition} edition.",
            found=indicator,
            edition=opened.assessment.edition,
        )
        raise typer.BadParameter(message.text(language)) from None
    _write(out, pdf, opened, language)


@commands.command(help=mark("Print the chapter of the index as the CitiesWithNature platform asks for it, to copy."))
def chapter(
    file: File = None,
    city: CityName = None,
    year: YearOf = None,
    edition_id: EditionName = "2021",
    baseline: Baseline = None,
    numbers: Numbers = "en",
    language: Language = "en",
) -> None:
    """Print totals and points in the order of the platform."""
    from cbi.comparison import score_years
    from cbi.report import platform_chapter

    opened = _opened(file, city, year, edition_id, baseline, numbers, language)
    years = [*(one for one in opened.history if one is not opened.assessment), opened.assessment]
    try:
        card = score_years(years, opened.baseline, language, opened.bands)[-1]
    except UnknownBaselineError as error:
        raise unknown_baseline(error, language) from None
    typer.echo(platform_chapter(card).text(), nl=False)
    _end(opened.problems, language)


@commands.command(help=mark("Write a city's years as open data: CSV and JSON with a Frictionless description, zipped."))
def datapackage(
    file: File = None,
    out: Out = Path("datapackage.zip"),
    licence: Annotated[
        Literal["CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0", "ODbL-1.0", "ODC-By-1.0"],
        typer.Option("--licence", help=mark("The licence that the city gives its data.")),
    ] = "CC-BY-4.0",
    city: CityName = None,
    edition_id: EditionName = "2021",
    baseline: Baseline = None,
    numbers: Numbers = "en",
    language: Language = "en",
) -> None:
    """Write every year of one city."""
    from cbi.report import write_datapackage

    opened = _opened(file, city, None, edition_id, baseline, numbers, language)
    try:
        data = write_datapackage(
            opened.history,
            licence=licence,
            baseline=opened.baseline,
            bands=opened.bands,
            language=language,
            actions=() if file else actions_of_the_store(opened.assessment.city, language),
            sources=opened.sources,
            problems=opened.problems,
        )
    except UnknownBaselineError as error:
        raise unknown_baseline(error, language) from None
    _write(out, data, opened, language)


@commands.command(help=mark("Write a packet from which another machine scores the same points; score reads it."))
def packet(
    file: File = None,
    out: Out = Path("packet.zip"),
    city: CityName = None,
    edition_id: EditionName = "2021",
    baseline: Baseline = None,
    numbers: Numbers = "en",
    language: Language = "en",
) -> None:
    """Write every year of one city with what is needed to score it again."""
    from cbi.report import write_packet

    opened = _opened(file, city, None, edition_id, baseline, numbers, language)
    try:
        data = write_packet(opened.history, baseline=opened.baseline, sources=opened.sources)
    except UnknownBaselineError as error:
        raise unknown_baseline(error, language) from None
    _write(out, data, opened, language)


def _opened(
    file: Path | None,
    city: str | None,
    year: int | None,
    edition_id: str,
    baseline: int | None,
    numbers: str,
    language: str,
) -> Opened:
    """Find the city and the year to hand out; several cities without a choice are wrong usage."""
    read = given(
        file,
        None if file is not None else city,
        edition_id=edition_id,
        baseline=baseline,
        numbers=numbers,
        language=language,
    )
    found = [(years, name) for years in read.years for name in dict.fromkeys(one.city for one in years.assessments)]
    chosen = [(years, name) for years, name in found if city is None or name == city]
    if len(chosen) != 1:
        _refuse_choice([name or "–" for _, name in found], read.problems, language)
    years, name = chosen[0]
    history = tuple(one for one in years.assessments if one.city == name)
    dated = sorted(history, key=lambda one: (one.year or 0, one.edition))
    wanted = [one for one in dated if year in (None, one.year)]
    if not wanted:
        message = say(
            "The year {year} was not assessed. Assessed: {years}.",
            year=year,
            years=listed(str(one.year) for one in dated if one.year),
        )
        raise typer.BadParameter(message.text(language))
    sources = sources_of_the_store(name, language) if file is None else ()
    problems = tuple(replace(one, where=one.where.replace(str(file), read.name)) for one in read.problems)
    return Opened(history, wanted[-1], years.baseline, years.bands, problems, sources)


def _refuse_choice(names: Sequence[str], problems: Sequence[Problem], language: str) -> None:
    """Say which cities there are to choose from; what could not be read is said first."""
    print_problems(problems, language)
    if not names:
        typer.echo(translate("Nothing was read that could be handed out.", language), err=True)
        raise typer.Exit(1)
    message = say("Choose one city with --city. There are: {known}.", known=listed(names))
    raise typer.BadParameter(message.text(language))


def sources_of_the_store(name: str | None, language: str) -> tuple[SourceDetail, ...]:
    """Give what the register of a city in the store knows of its sources."""
    from cbi.report.plain import details_of
    from cbi.store.console import Opened as OpenStore

    def details() -> tuple[SourceDetail, ...]:
        with OpenStore() as store:
            city = store.find_city(name or "")
            if city is None:
                return ()
            return details_of(store.sources.of_city(city.id))

    return of_the_store(details, language)


def actions_of_the_store(name: str | None, language: str) -> tuple[Action, ...]:
    """Give the actions of the profile that is kept with a city."""
    from cbi.citieswithnature import catalogue
    from cbi.citieswithnature.kept import kept_actions
    from cbi.store.console import Opened as OpenStore

    def actions() -> tuple[Action, ...]:
        with OpenStore() as store:
            city = store.find_city(name or "")
            return tuple(kept_actions(store, city.id, catalogue(language))) if city else ()

    return of_the_store(actions, language)


def _planning(file: Path | None, assessment: Assessment, language: str) -> Beside:
    """Give what is kept for planning beside a year of the store; a file brings nothing."""
    from cbi.planning.findings import Beside
    from cbi.planning.keeping import beside_of, kept
    from cbi.store.console import Opened as OpenStore

    def beside() -> Beside:
        with OpenStore() as store:
            city = store.find_city(assessment.city or "")
            heads = store.heads(city.id) if city else ()
            found = [one for one in heads if (one.year, one.edition) == (assessment.year, assessment.edition)]
            return beside_of(kept(store, found[0])) if found else Beside()

    return Beside() if file else of_the_store(beside, language)


def _write(out: Path, data: bytes, opened: Opened, language: str) -> None:
    """Write a file, in the place of one that is there already, and say so."""
    try:
        out.write_bytes(data)
    except OSError as error:
        message = say(
            "{file} cannot be written: {detail}. Choose another folder.", file=out, detail=error.strerror or error
        )
        raise typer.BadParameter(message.text(language)) from None
    typer.echo(say("Written: {file}", file=out).text(language))
    _end(opened.problems, language)


def _end(problems: Sequence[Problem], language: str) -> None:
    print_problems(problems, language)
    raise typer.Exit(1 if has_errors(problems) else 0)

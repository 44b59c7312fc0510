"""``template``, and the workbook that ``export`` writes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

import typer

from cbi.assessment import Assessment
from cbi.commands.options import EditionName, Language, Numbers, of_the_store, print_problems, read_file
from cbi.comparison import baseline_of
from cbi.definitions import Edition, edition
from cbi.i18n import listed, mark, say, translate

commands = typer.Typer()


@commands.command(help=mark("Write an Excel workbook that departments fill in: empty, or filled from a table."))
def template(
    out: Annotated[Path, typer.Argument(metavar="OUT.xlsx", help=mark("A file that does not exist yet."))],
    edition_id: EditionName = "2021",
    city: Annotated[
        str, typer.Option("--city", help=mark("Stands on the first sheet; last time's values come from the store."))
    ] = "",
    year: Annotated[int | None, typer.Option("--year", help=mark("Year of the assessment."))] = None,
    prefill: Annotated[
        Path | None, typer.Option("--prefill", metavar="FILE", help=mark("A plain table to fill the workbook from."))
    ] = None,
    indicators: Annotated[
        str, typer.Option("--indicators", metavar="16,12", help=mark("Only these indicators; by default all."))
    ] = "",
    contact: Annotated[
        str, typer.Option("--contact", help=mark("Whom to ask, and where to send the workbook back."))
    ] = "",
    paper: Annotated[Literal["A4", "Letter"], typer.Option("--paper", help=mark("Size of the paper."))] = "A4",
    numbers: Numbers = "en",
    language: Language = "en",
) -> None:
    """Write the template of an edition; it never overwrites a file."""
    from cbi.workbook.template import write_template  # openpyxl loads slowly

    asked = edition(edition_id, language)
    wanted = _wanted(asked, indicators, language)
    _check_name(out, language)
    filled = _filled(prefill, asked, city, year, numbers, language) if prefill else None
    name = city or (filled.city if filled else None) or ""
    year = year if year is not None else (filled.year if filled else None)
    earlier = _earlier(name, year, asked.id, language)
    data = write_template(
        asked,
        city=name,
        year=year,
        indicators=wanted,
        prefill=filled,
        last_time=earlier.last_time,
        baseline=earlier.baseline,
        contact=contact,
        paper=paper,
    )
    write_new(out, data, language)


def _wanted(asked: Edition, text: str, language: str) -> list[str] | None:
    """Read a list of indicators, by number or id; None for all."""
    keys = [key.strip() for key in text.replace("，", ",").split(",") if key.strip()]
    unknown = [key for key in keys if asked.find(key) is None]
    if unknown:
        message = say(
            "There is no indicator “{found}” in the {edition} edition. Use numbers from 1 to {count}, or ids.",
            found=unknown[0],
            edition=asked.id,
            count=len(asked.indicators),
        )
        raise typer.BadParameter(message.text(language))
    return keys or None


def _check_name(out: Path, language: str) -> None:
    if out.suffix.casefold() != ".xlsx":
        raise typer.BadParameter(translate("The name of a workbook must end in .xlsx.", language))


def _filled(file: Path, asked: Edition, city: str, year: int | None, numbers: str, language: str) -> Assessment:
    """Choose what the workbook is filled with: the newest assessment of the table that fits."""
    read = read_file(file, asked.id, numbers, language)
    print_problems(read.problems, language)
    fitting = [
        one
        for one in read.assessments
        if one.edition == asked.id and city in ("", one.city) and year in (None, one.year)
    ]
    if not fitting:
        found = listed(f"{one.city or '–'} {one.year or ''} ({one.edition})" for one in read.assessments)
        message = say("The table holds nothing for this city, year and edition. It holds: {found}.", found=found)
        raise typer.BadParameter(message.text(language))
    return max(fitting, key=lambda one: one.year or 0)


@dataclass(frozen=True, slots=True)
class Earlier:
    """What the store knows of a city's earlier years, in the terms of the edition."""

    last_time: Assessment | None = None
    baseline: Assessment | None = None


def _earlier(city: str, year: int | None, edition_id: str, language: str) -> Earlier:
    """Find last time's assessment and the baseline of a city in the store; nothing where there is none."""
    if not city or not of_the_store(_store_is_there, language):
        return Earlier()
    from cbi.store.console import Opened
    from cbi.store.years import brought_over

    def look() -> Earlier:
        with Opened() as store:
            found = store.find_city(city)
            if found is None:
                return Earlier()
            history = store.history_of(found.id)
        before = [one for one in history.assessments if one.year is not None and (year is None or one.year < year)]
        base = baseline_of(before, history.baseline if _holds(before, history.baseline) else None)
        newest = max(before, key=lambda one: (one.year or 0, one.edition), default=None)
        return Earlier(brought_over(newest, edition_id)[0] if newest else None, base)

    return of_the_store(look, language)


def _holds(years: Sequence[Assessment], year: int | None) -> bool:
    return any(one.year == year for one in years)


def _store_is_there() -> bool:
    """Tell whether there is a store to look into; a template is no reason to make one."""
    from cbi.store.database import address, file_of

    file = file_of(address())
    return file is None or file.exists()


def write_new(out: Path, data: bytes, language: str) -> None:
    """Write a file that was not there before; says what hinders it and ends the command."""
    try:
        with out.open("xb") as file:
            file.write(data)
    except FileExistsError:
        message = say("{file} is there already and was not overwritten. Choose another name.", file=out)
    except OSError as error:
        detail = error.strerror
        message = say("{file} cannot be written: {detail}. Choose another folder.", file=out, detail=detail)
    else:
        return
    typer.echo(message.text(language), err=True)
    raise typer.Exit(1)


def export_workbook(out: Path, city: str | None, language: str) -> None:
    """Write the years of one city of the store as a workbook."""
    from cbi.commands.reports import actions_of_the_store, sources_of_the_store
    from cbi.store.console import histories, note_workbook
    from cbi.workbook.export import write_export

    found = of_the_store(lambda: histories(city), language)
    if len(found) > 1:
        names = listed(one.city.name for one in found)
        message = say("A workbook holds one city. Choose it with --city: {names}.", names=names)
        raise typer.BadParameter(message.text(language))
    (history,) = found
    if not history.assessments:
        message = say("The store holds no year of {city} yet.", city=history.city.name)
        raise typer.BadParameter(message.text(language))
    data = write_export(
        history.assessments,
        baseline=history.baseline,
        bands=history.bands,
        language=language,
        actions=actions_of_the_store(history.city.name, language),
        sources=sources_of_the_store(history.city.name, language),
    )
    write_new(out, data, language)
    of_the_store(lambda: note_workbook(history.city), language)

"""``profile``: what a CitiesWithNature city profile holds, and what it tells the index."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cbi.commands.options import Json, Language, Numbers, is_locale, print_json, print_problems, unknown_locale
from cbi.i18n import mark, translate
from cbi.problems import has_errors

commands = typer.Typer()


@commands.command(help=mark("Read a city profile of CitiesWithNature: what it holds, and the answers it suggests."))
def profile(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=mark("The profile as .pdf, .txt or .md."))],
    numbers: Numbers = "en",
    language: Language = "en",
    as_json: Json = False,
) -> None:
    """Print a profile, the answers that it suggests, and what looks wrong."""
    from cbi.citieswithnature import Suggestions, catalogue, read_profile, suggested
    from cbi.citieswithnature.printed import profile_data
    from cbi.printing.profiles import profile_report

    if not is_locale(numbers):
        raise unknown_locale(numbers, language)
    read, known = read_profile(_bytes(file, language), file.name), catalogue(language)
    found = suggested(read.profile, language, numbers) if read.profile else Suggestions()
    problems = [*read.problems, *found.warnings]
    if as_json:
        print_json(profile_data(read, found, known, language))
    elif read.profile is not None:
        typer.echo(profile_report(read.profile, found, known, language))
    print_problems(problems, language)
    raise typer.Exit(1 if has_errors(problems) else 0)


def _bytes(file: Path, language: str) -> bytes:
    """Read a file; one that cannot be opened at all is wrong usage."""
    try:
        return file.read_bytes()
    except FileNotFoundError:
        message = translate("There is no such file. Check the name and the folder.", language)
    except IsADirectoryError:
        message = translate("This is a folder. Name a file in it.", language)
    except OSError as error:
        message = translate("The file cannot be opened: {found}.", language).format(found=error.strerror)
    raise typer.BadParameter(message)

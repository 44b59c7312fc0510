"""``import``: what people send back, shown cell by cell first and saved only when it is confirmed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cbi.commands.options import (
    EditionName,
    Json,
    Language,
    Numbers,
    Yes,
    is_locale,
    of_the_store,
    print_problems,
)
from cbi.i18n import mark, say, translate
from cbi.problems import has_errors

if TYPE_CHECKING:
    from cbi.intake import FormMapping

commands = typer.Typer()

WITH_MAPPINGS = Annotated[
    list[Path] | None,
    typer.Option("--mapping", metavar="FILE.json", help=mark("What the fields of a form of your own are.")),
]
ANSWERS = Annotated[
    list[str] | None,
    typer.Option("--answer", metavar="QUESTION=ANSWER", help=mark("The answer to a question, such as decimal=comma.")),
]
CHOICES = Annotated[
    list[str] | None,
    typer.Option("--choose", metavar="FIGURE=ENTRY", help=mark("Which of two entries that disagree holds.")),
]


@commands.command(
    name="import", help=mark("Bring workbooks, tables or an exported document into the store; shows it first.")
)
def import_files(
    files: Annotated[
        list[Path], typer.Argument(metavar="FILE…", help=mark("Workbooks, plain tables, or an exported document."))
    ],
    city: Annotated[str | None, typer.Option("--city", help=mark("City of a file that names none."))] = None,
    year: Annotated[int | None, typer.Option("--year", help=mark("Year of a file that names none."))] = None,
    edition_id: EditionName = "2021",
    numbers: Numbers = "en",
    person: Annotated[str, typer.Option("--person", help=mark("Who imports; by default the name kept here."))] = "",
    mapping: WITH_MAPPINGS = None,
    answer: ANSWERS = None,
    choose: CHOICES = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help=mark("Show it only, whatever else is said."))] = False,
    yes: Yes = False,
    as_json: Json = False,
    language: Language = "en",
) -> None:
    """Show what files change in the store; save it with --yes."""
    if not is_locale(numbers):
        message = say("“{found}” is not a locale that is known. Use one such as en, de, fr or zh_Hans.", found=numbers)
        raise typer.BadParameter(message.text(language))
    from cbi.intake import console

    request = console.Request(
        files=tuple(files),
        mappings=_mappings(mapping or (), language),
        answers=_pairs(answer or (), language),
        choices=_pairs(choose or (), language),
        confirmed=yes and not dry_run,
        person=person,
        city=city,
        year=year,
        edition_id=edition_id,
        numbers=numbers,
        language=language,
    )
    done = of_the_store(lambda: console.run(request), language)
    if shown := json.dumps(done.data, ensure_ascii=False, indent=2) if as_json else done.text:
        typer.echo(shown)
    print_problems(done.problems, language)
    raise typer.Exit(2 if done.unusable else 1 if has_errors(done.problems) or done.is_open else 0)


def _mappings(files: Sequence[Path], language: str) -> dict[str, FormMapping]:
    """Read the mappings of forms; one that is none is wrong usage."""
    from cbi.intake import FormMapping, MappingError

    found = {}
    for file in files:
        try:
            mapping = FormMapping.from_dict(json.loads(file.read_text("utf-8")))
        except MappingError as error:
            raise typer.BadParameter(f"{file}: {error.sentence.text(language)}") from None
        except (OSError, ValueError) as error:
            raise typer.BadParameter(f"{file}: {error}") from None
        found[mapping.fingerprint] = mapping
    return found


def _pairs(given: Sequence[str], language: str) -> dict[str, str]:
    """Read ``key=value``; the last ``=`` separates, because an entry may be the finished value (``budget:=``)."""
    pairs = {}
    for text in given:
        key, sign, value = text.rpartition("=")
        if not (key and sign and value):
            message = translate("“{found}” has no “=”: write what it is for, “=”, and what holds.", language)
            raise typer.BadParameter(message.format(found=text))
        pairs[key] = value
    return pairs

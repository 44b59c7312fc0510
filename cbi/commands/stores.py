"""``export``, ``backup`` and ``restore``: the store, moved out and in."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cbi.commands.options import Language, Yes, of_the_store
from cbi.i18n import mark

commands = typer.Typer()


@commands.command(
    name="export",
    help=mark(
        "Write the whole store as one JSON document, its values as a .csv table, or a city as an .xlsx workbook."
    ),
)
def export_store(
    out: Annotated[
        Path | None,
        typer.Argument(metavar="[OUT]", help=mark("OUT.json, OUT.csv or OUT.xlsx; without it, JSON is printed.")),
    ] = None,
    city: Annotated[str | None, typer.Option("--city", help=mark("City of a workbook (.xlsx)."))] = None,
    language: Language = "en",
) -> None:
    """Write the store into a file, or to standard output."""
    if out is not None and out.suffix.casefold() == ".xlsx":
        from cbi.commands.workbooks import export_workbook

        export_workbook(out, city, language)
        return
    from cbi.store import console

    typer.echo(of_the_store(lambda: console.export(out), language), nl=out is not None)


@commands.command(help=mark("Copy the whole store into a new file while others go on working."))
def backup(
    out: Annotated[Path, typer.Argument(metavar="OUT", help=mark("A file that does not exist yet."))],
    language: Language = "en",
) -> None:
    """Take a backup."""
    from cbi.store import console

    typer.echo(of_the_store(lambda: console.backup(out, language), language))


@commands.command(help=mark("Put a backup in the place of what the store holds now; that is kept beside it."))
def restore(
    file: Annotated[Path, typer.Argument(metavar="FILE", help=mark("A backup."))],
    yes: Yes = False,
    language: Language = "en",
) -> None:
    """Say what a backup holds; restore it with --yes."""
    from cbi.store import console

    typer.echo(of_the_store(lambda: console.restore(file, confirmed=yes, language=language), language))

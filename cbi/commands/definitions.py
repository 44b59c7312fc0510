"""``check`` and ``explain``: what the definitions of the index say, and the proof that they hold."""

from __future__ import annotations

from typing import Annotated

import typer

from cbi.commands.options import (
    EditionName,
    Language,
)
from cbi.definitions import edition
from cbi.definitions.edition import PROFILE
from cbi.i18n import listed, mark, say
from cbi.printing.explanations import explanation, profile_explanation
from cbi.printing.proofs import check_report

commands = typer.Typer()


@commands.command(help=mark("Prove all definitions: bands, examples, translations."))
def check(language: Language = "en") -> None:
    """Prove the definitions of both editions and say how far each can be trusted."""
    report, sound = check_report(language)
    typer.echo(report)
    raise typer.Exit(0 if sound else 1)


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

"""The command line, ``python -m cbi COMMAND``. The commands stand in :mod:`cbi.commands`.

Tables go to standard output, problems to standard error. Exit code 0 when all was read, 1 when an error is
listed (the rest is still printed), 2 for wrong usage.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import typer

from cbi.commands import ROOM_OF
from cbi.definitions import DefinitionError
from cbi.i18n import LANGUAGES, mark, translate
from cbi.terminal import calm_streams


def command_line(arguments: Sequence[str] = ()) -> typer.Typer:
    """Give the command line as far as ``arguments`` need it, so that a command does not wait for the others.

    When they begin with a command that is the room of this command, otherwise every room: for the help that
    lists them all, and for what to suggest when a word is misspelt.
    """
    cli = typer.Typer(
        help=mark("The City Biodiversity Index (Singapore Index on Cities' Biodiversity) for your own city."),
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )
    asked = arguments[0] if arguments else ""
    for room in [ROOM_OF[asked]] if asked in ROOM_OF else dict.fromkeys(ROOM_OF.values()):
        cli.add_typer(import_module(f"cbi.commands.{room}").commands)
    return cli


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
    command = typer.main.get_command(command_line(arguments))
    _in_language(command, _wanted_language(arguments))
    with calm_streams():
        try:
            command.main(args=list(arguments), prog_name="python -m cbi")
        except DefinitionError as error:
            for fault in error.faults:
                typer.echo(fault.text(_wanted_language(arguments)), err=True)
            sys.exit(1)

"""``serve`` and ``health``: the app as a shared server."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from typing import Annotated

import typer

from cbi.commands.options import Language
from cbi.i18n import Sentence, mark, say
from cbi.serving import logs
from cbi.serving.asking import Silence, server_silence, sign_in_silence
from cbi.serving.launching import APP, SECRETS, check_reach, streamlit_command
from cbi.serving.reach import REQUIRED, REQUIRED_WORD, everybody_may_write, is_behind_proxy
from cbi.serving.settings import SettingError, sign_in_of, sign_in_of_file
from cbi.serving.sound import check_settings

commands = typer.Typer()


@commands.command(help=mark("Start the app as a server; see docs/server.md for the sign-in and the proxy before it."))
def serve(
    address: Annotated[
        str, typer.Option("--address", help=mark("Address of this machine to listen at; the proxy comes to it."))
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help=mark("Port to listen at."))] = 8501,
    language: Language = "en",
) -> None:
    """Check the settings, then become the server; what is unsafe is said, and nothing is started."""
    try:
        sign_in = sign_in_of(os.environ) or sign_in_of_file(SECRETS)
        check_settings(os.environ, sign_in)
        check_reach(
            address,
            has_sign_in=sign_in is not None,
            is_open=everybody_may_write(os.environ),
            is_behind_proxy=is_behind_proxy(os.environ),
        )
    except SettingError as error:
        typer.echo(error.sentence.text(language), err=True)
        raise typer.Exit(2) from None
    words = streamlit_command(address, port, sign_in)
    os.chdir(APP.parent)  # where Streamlit looks for its settings
    os.environ.setdefault(logs.VARIABLE, logs.JSON_LINES)
    if sign_in is not None:
        os.environ[REQUIRED] = REQUIRED_WORD
    if sys.platform == "win32":
        raise typer.Exit(subprocess.run(words, check=False).returncode)
    os.execv(words[0], words)  # the server takes the place of this process, and with it every signal


@commands.command(help=mark("Tell whether the database, the sign-in, and the server at an address, answer."))
def health(
    address: Annotated[
        str | None, typer.Option("--address", metavar="URL", help=mark("Also ask the server at this address."))
    ] = None,
    language: Language = "en",
) -> None:
    """Ask all of them and say what answers; ends with 1 when something does not."""
    found = [_database(language), *_sign_in(), *([] if address is None else [_server(address)])]
    for told, is_well in found:
        typer.echo(told if isinstance(told, str) else told.text(language), err=not is_well)
    if not all(is_well for _, is_well in found):
        raise typer.Exit(1)


Found = tuple[Sentence | str, bool]
"""What is said of somebody who was asked, and whether they are well."""


def _database(language: str) -> Found:
    from cbi.store import StoreError, open_store

    try:
        store = open_store()
        try:
            store.cities()
        finally:
            store.close()
    except StoreError as error:
        return error.sentence.text(language), False
    return say("The database answers."), True


def _sign_in() -> Iterator[Found]:
    try:
        sign_in = sign_in_of(os.environ) or sign_in_of_file(SECRETS)
    except SettingError as error:
        yield error.sentence, False
        return
    if sign_in is None:
        return
    silence = sign_in_silence(sign_in.metadata)
    if silence is None:
        yield say("The sign-in answers."), True
    else:
        told = say("The sign-in at {address} does not answer as it should: {why}.", address=sign_in.metadata,
                   why=WHY[silence])  # fmt: skip
        yield told, False


def _server(address: str) -> Found:
    silence = server_silence(address)
    if silence is None:
        return say("The server at {address} answers.", address=address), True
    return say("The server at {address} does not answer: {why}.", address=address, why=WHY[silence]), False


WHY = {
    Silence.UNREACHABLE: say("nothing is reached there"),
    Silence.UNTRUSTED: say("its certificate is not trusted on this machine"),
    Silence.REFUSED: say("it refuses the question"),
    Silence.WRONG: say("what it says is something else"),
}

"""``serve`` and ``health``: the app as a shared server."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import Annotated
from urllib.error import URLError
from urllib.request import urlopen

import typer

from cbi.commands.options import Language, of_the_store
from cbi.i18n import mark, say, translate
from cbi.serving import logs
from cbi.serving.launching import APP, check_reach, streamlit_command, written_secrets
from cbi.serving.reach import REQUIRED, REQUIRED_WORD, everybody_may_write
from cbi.serving.settings import SettingError, sign_in_of, sign_in_of_file

SECRETS = APP.parent / ".streamlit" / "secrets.toml"
HEALTH = "/_stcore/health"

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
        named = sign_in_of(os.environ)
        sign_in = named or sign_in_of_file(SECRETS)
        check_reach(address, has_sign_in=sign_in is not None, is_open=everybody_may_write(os.environ))
    except SettingError as error:
        typer.echo(error.sentence.text(language), err=True)
        raise typer.Exit(2) from None
    folder = Path(os.environ.get("RUNTIME_DIRECTORY") or mkdtemp(prefix="cbi-")) if named else None
    secrets = written_secrets(named, folder) if named and folder else None
    words = streamlit_command(address, port, sign_in, secrets)
    os.chdir(APP.parent)  # where Streamlit looks for its settings
    os.environ.setdefault(logs.VARIABLE, logs.JSON_LINES)
    if sign_in is not None:
        os.environ[REQUIRED] = REQUIRED_WORD
    if sys.platform == "win32":
        raise typer.Exit(subprocess.run(words, check=False).returncode)
    os.execv(words[0], words)  # the server takes the place of this process, and with it every signal


@commands.command(help=mark("Tell whether the database, and the server at an address, answer."))
def health(
    address: Annotated[
        str | None, typer.Option("--address", metavar="URL", help=mark("Also ask the server at this address."))
    ] = None,
    language: Language = "en",
) -> None:
    """Say what answers; ends with 1 when something does not."""
    from cbi.store import open_store

    def asked() -> None:
        store = open_store()
        try:
            store.cities()
        finally:
            store.close()

    of_the_store(asked, language)
    typer.echo(translate("The database answers.", language))
    if address is None:
        return
    try:
        with urlopen(address.rstrip("/") + HEALTH, timeout=10) as answer:
            well = answer.status == 200
    except (URLError, ValueError, OSError):
        well = False
    told = (
        say("The server at {address} answers.", address=address)
        if well
        else say("The server at {address} does not answer.", address=address)
    )
    typer.echo(told.text(language), err=not well)
    if not well:
        raise typer.Exit(1)

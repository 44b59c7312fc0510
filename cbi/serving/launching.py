"""Starting the app as a server: the words that Streamlit is started with, and the file that holds its secrets."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from cbi.i18n import say
from cbi.serving.reach import OPEN, OPEN_WORDS, is_loopback
from cbi.serving.settings import SettingError, SignIn, secrets_text

APP = Path(__file__).parents[2] / "app.py"


def check_reach(address: str, *, has_sign_in: bool, is_open: bool) -> None:
    """Refuse to listen to the network without a sign-in, unless it was said that everybody may write.

    ``address`` is the address of this machine to listen at. Raises :class:`SettingError` before anything listens.
    """
    if is_loopback(address) or has_sign_in or is_open:
        return
    raise SettingError(
        say(
            "Nobody signs in here, and at {address} everybody on the network could read and change every answer. "
            "Set up the sign-in (docs/server.md), or listen at 127.0.0.1 only, or say that this is meant: "
            "{name}=“{words}”.",
            address=address,
            name=OPEN,
            words=OPEN_WORDS,
        )
    )


def written_secrets(sign_in: SignIn, folder: Path) -> Path:
    """Write the secrets into a file of a folder that nobody but the owner of this process can read."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = folder / "secrets.toml"
    file.unlink(missing_ok=True)
    descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w", encoding="utf-8") as stream:
        stream.write(secrets_text(sign_in))
    return file


def streamlit_command(address: str, port: int, sign_in: SignIn | None = None, secrets: Path | None = None) -> list[str]:
    """Give the command that starts the app; what is not named here stands in ``.streamlit/config.toml``.

    ``sign_in`` limits the names under which the program answers, ``secrets`` is the file of :func:`written_secrets`.
    """
    words = [sys.executable, "-m", "streamlit", "run", str(APP), "--server.headless=true"]
    words += [f"--server.address={address}", f"--server.port={port}", "--logger.messageFormat=%(message)s"]
    words += [f"--browser.serverAddress={sign_in.host if sign_in else address}"]  # else it is looked for on the network
    if sign_in is not None:
        words.append(f"--server.allowedHosts={sign_in.host}")
    if secrets is not None:
        words.append(f"--secrets.files={secrets}")
    return words

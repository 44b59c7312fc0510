"""Starting the app as a server: the words that Streamlit is started with."""

from __future__ import annotations

import sys
from pathlib import Path

from cbi.i18n import say
from cbi.serving.reach import BEHIND_PROXY, BEHIND_PROXY_WORDS, OPEN, OPEN_WORDS, is_loopback
from cbi.serving.settings import SettingError, SignIn

APP = Path(__file__).parents[2] / "app.py"
SERVED = APP.parent / "cbi" / "views" / "server" / "served.py"
"""The app behind its guard."""
SECRETS = APP.parent / ".streamlit" / "secrets.toml"
"""Where Streamlit looks for the sign-in if the environment names none."""


def check_reach(address: str, *, has_sign_in: bool, is_open: bool, is_behind_proxy: bool = False) -> None:
    """Refuse to listen to the network without a sign-in, or without TLS before it, unless it was said to be meant.

    ``address`` is the address of this machine to listen at. Raises :class:`SettingError` before anything listens.
    """
    if is_loopback(address) or is_open or (has_sign_in and is_behind_proxy):
        return
    if has_sign_in:
        raise SettingError(
            say(
                "At {address} the program would listen to the network without encryption, and whoever listens in "
                "could sign in as somebody else. Let a proxy come to 127.0.0.1 (deploy/nginx.conf), or say that one "
                "stands before it: {name}='{words}'.",
                address=address,
                name=BEHIND_PROXY,
                words=BEHIND_PROXY_WORDS,
            )
        )
    raise SettingError(
        say(
            "Nobody signs in here, and at {address} everybody on the network could read and change every answer. "
            "Set up the sign-in (docs/server.md), or listen at 127.0.0.1 only, or say that this is meant: "
            "{name}='{words}'.",
            address=address,
            name=OPEN,
            words=OPEN_WORDS,
        )
    )


def streamlit_command(address: str, port: int, sign_in: SignIn | None = None) -> list[str]:
    """Give the command that starts the app; what is not named here stands in ``.streamlit/config.toml``.

    With a ``sign_in`` the program answers under its names only, and behind the guard of :mod:`cbi.serving.guard`. No
    secret is among the words: the program reads them where ``serve`` did.
    """
    script = APP if sign_in is None else SERVED
    words = [sys.executable, "-m", "streamlit", "run", str(script), "--server.headless=true"]
    words += [f"--server.address={address}", f"--server.port={port}", "--logger.messageFormat=%(message)s"]
    words += [f"--browser.serverAddress={sign_in.host if sign_in else address}"]  # else it is looked for on the network
    if sign_in is not None:
        words.append(f"--server.allowedHosts={sign_in.host}")
    return words

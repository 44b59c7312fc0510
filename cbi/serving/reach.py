"""Who can reach the program: without a sign-in, only this machine – unless somebody says in plain words otherwise."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

OPEN = "CBI_WITHOUT_SIGN_IN"
OPEN_WORDS = "everybody on the network may write"
"""What the variable :data:`OPEN` has to say, word for word, before the program answers others without a sign-in."""
BEHIND_PROXY = "CBI_BEHIND_PROXY"
BEHIND_PROXY_WORDS = "a proxy with TLS stands before it"
"""What the variable :data:`BEHIND_PROXY` has to say before the program listens to the network without TLS itself."""
REQUIRED = "CBI_SIGN_IN"
"""Set to :data:`REQUIRED_WORD` by ``serve`` where people sign in: should the sign-in get lost, nobody is let in."""
REQUIRED_WORD = "required"
FORWARDED = ("x-forwarded-for", "x-forwarded-host", "x-real-ip", "forwarded")
"""Headers that a proxy adds: behind one, a visitor may come from anywhere although the address is this machine's."""


def is_loopback(host: str) -> bool:
    """Tell whether a host name or an address means this very machine."""
    if host.casefold() == "localhost" or host.casefold().endswith(".localhost"):
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def everybody_may_write(environment: Mapping[str, str]) -> bool:
    """Tell whether the person who runs the program has said that everybody on the network may write."""
    return environment.get(OPEN, "").strip().casefold() == OPEN_WORDS


def is_behind_proxy(environment: Mapping[str, str]) -> bool:
    """Tell whether the person who runs the program has said that a proxy with TLS stands before it."""
    return environment.get(BEHIND_PROXY, "").strip().casefold() == BEHIND_PROXY_WORDS.casefold()


def came_from_this_machine(headers: Mapping[str, str], sender: str | None) -> bool:
    """Tell whether a visit was made on this machine: by the name it asked for, and by the sender.

    ``headers`` are those of the visit, ``sender`` the address it came from, None if it was this machine. The name
    matters too: a page elsewhere can let a name of its own point to this machine.
    """
    known = {name.casefold(): value for name, value in headers.items()}
    if any(name in known for name in FORWARDED):
        return False
    host = urlsplit(f"//{known.get('host', '')}").hostname
    return host is not None and is_loopback(host) and (sender is None or is_loopback(sender))

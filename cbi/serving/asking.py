"""Asking others whether they answer: the sign-in of the administration, and a running server."""

from __future__ import annotations

import json
from enum import StrEnum
from http.client import HTTPException
from ssl import SSLCertVerificationError
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

SECONDS = 10
HEALTH = "/_stcore/health"
LARGEST = 1_000_000
"""Bytes of a sign-in's settings that are read at most."""


class Silence(StrEnum):
    """Why somebody does not answer as they should; fixed words, fit for a log."""

    UNREACHABLE = "unreachable"
    UNTRUSTED = "certificate not trusted"
    REFUSED = "refused"
    WRONG = "answers something else"


def sign_in_silence(metadata: str) -> Silence | None:
    """Ask for the settings of a sign-in (OpenID Connect Discovery 1.0); None where they come as they should."""
    found = _asked(metadata)
    if isinstance(found, Silence):
        return found
    try:
        told = json.loads(found)
    except ValueError:
        return Silence.WRONG
    return None if isinstance(told, dict) and told.get("authorization_endpoint") else Silence.WRONG


def server_silence(address: str) -> Silence | None:
    """Ask the server at an address whether it is well; None where it is."""
    found = _asked(address.rstrip("/") + HEALTH)
    return found if isinstance(found, Silence) else None


def _asked(address: str) -> bytes | Silence:
    try:
        with urlopen(address, timeout=SECONDS) as answer:
            return bytes(answer.read(LARGEST))
    except HTTPError:
        return Silence.REFUSED
    except URLError as error:
        untrusted = isinstance(error.reason, SSLCertVerificationError)
        return Silence.UNTRUSTED if untrusted else Silence.UNREACHABLE
    except (ValueError, OSError, HTTPException):
        return Silence.UNREACHABLE

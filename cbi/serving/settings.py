"""The sign-in of a shared server, from the environment; what is missing or unsafe is said, never guessed.

The same can stand in ``.streamlit/secrets.toml``, in the form that Streamlit prescribes; docs/server.md shows both.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tomllib import TOMLDecodeError, loads
from typing import Any
from urllib.parse import urlsplit

from cbi.i18n import Sentence, listed, say
from cbi.serving.reach import is_loopback

PUBLIC_ADDRESS = "CBI_PUBLIC_ADDRESS"
METADATA, CLIENT, CLIENT_SECRET = "CBI_OIDC_METADATA", "CBI_OIDC_CLIENT_ID", "CBI_OIDC_CLIENT_SECRET"
COOKIE_SECRET = "CBI_COOKIE_SECRET"
VARIABLES = (PUBLIC_ADDRESS, METADATA, CLIENT, CLIENT_SECRET, COOKIE_SECRET)
CALLBACK = "/oauth2callback"
"""Where the sign-in sends people back to; Streamlit answers there."""
IN_FILE = {
    PUBLIC_ADDRESS: "redirect_uri",
    METADATA: "server_metadata_url",
    CLIENT: "client_id",
    CLIENT_SECRET: "client_secret",
    COOKIE_SECRET: "cookie_secret",
}
"""What stands for each variable in Streamlit's file of secrets."""
SHORTEST_SECRET = 32
"""Characters of the secret that cookies are signed with; 32 from a random source hold at least 128 bits."""


FEWEST_SIGNS = 8
"""Different characters of it; 64 random hexadecimal digits have fewer in one of many billions."""


class SettingError(Exception):
    """A setting that cannot hold; ``sentence`` says which, what was found, and what would be right."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.text())
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class SignIn:
    """Where people sign in (OpenID Connect), and the address under which they know this program."""

    public_address: str
    metadata: str
    client_id: str
    client_secret: str
    cookie_secret: str

    @property
    def host(self) -> str:
        """The name of the machine in the public address."""
        return urlsplit(self.public_address).hostname or ""

    @property
    def path(self) -> str:
        """What follows the name in the public address; nothing should."""
        return urlsplit(self.public_address).path

    @property
    def is_encrypted(self) -> bool:
        """Whether people come to the program over TLS."""
        return urlsplit(self.public_address).scheme == "https"


def sign_in_of(environment: Mapping[str, str]) -> SignIn | None:
    """Read the sign-in from environment variables; None where none of them is set.

    Raises :class:`SettingError` where some are missing, the addresses are not encrypted, or the secret is short.
    """
    return _checked({name: environment.get(name, "").strip() for name in VARIABLES})


def sign_in_of_file(file: Path) -> SignIn | None:
    """Read the sign-in from a file of secrets of Streamlit; None where it is not there or tells of no sign-in.

    Raises :class:`SettingError` as :func:`sign_in_of`, and for a file that cannot be read: to go on as if nobody had
    to sign in would open every answer.
    """
    if not file.exists():
        return None
    try:
        found = loads(file.read_text("utf-8")).get("auth")
    except (OSError, UnicodeDecodeError, TOMLDecodeError) as error:
        raise SettingError(say("{file} cannot be read: {detail}.", file=file, detail=error)) from error
    if not isinstance(found, dict):
        return None
    given = {name: str(found.get(key, "")).strip() for name, key in IN_FILE.items()}
    if given[PUBLIC_ADDRESS] and not given[PUBLIC_ADDRESS].endswith(CALLBACK):
        raise SettingError(
            say(
                "redirect_uri in {file} is “{found}”; it is the address of this program with {callback} at the end.",
                file=file,
                found=given[PUBLIC_ADDRESS],
                callback=CALLBACK,
            )
        )
    given[PUBLIC_ADDRESS] = given[PUBLIC_ADDRESS].removesuffix(CALLBACK)
    return _checked(given)


def _checked(given: Mapping[str, str]) -> SignIn | None:
    missing = [name for name, value in given.items() if not value]
    if len(missing) == len(given):
        return None
    if missing:
        raise SettingError(
            say(
                "The sign-in is set in part. Missing: {missing}. Set them too, or none of {all}.",
                missing=listed(missing),
                all=listed(VARIABLES),
            )
        )
    for name in (PUBLIC_ADDRESS, METADATA):
        _check_address(name, given[name])
    if len(given[COOKIE_SECRET]) < SHORTEST_SECRET:
        raise SettingError(
            say(
                "{name} has {count} characters; it needs {least} or more from a random source, such as "
                "“openssl rand -hex 32” prints.",
                name=COOKIE_SECRET,
                count=len(given[COOKIE_SECRET]),
                least=SHORTEST_SECRET,
            )
        )
    if len(set(given[COOKIE_SECRET])) < FEWEST_SIGNS:
        raise SettingError(
            say(
                "{name} repeats few characters, so it can be guessed. Take what “openssl rand -hex 32” prints.",
                name=COOKIE_SECRET,
            )
        )
    return SignIn(
        given[PUBLIC_ADDRESS].rstrip("/"),
        given[METADATA],
        given[CLIENT],
        given[CLIENT_SECRET],
        given[COOKIE_SECRET],
    )


def _check_address(name: str, address: str) -> None:
    """Refuse an address that is none, or over which secrets would travel in the clear."""
    parts = urlsplit(address)
    if not parts.hostname or parts.scheme not in ("http", "https"):
        raise SettingError(
            say(
                "{name} is “{found}”; an address such as {right} was expected.",
                name=name,
                found=address,
                right="https://biodiversity.example.org",
            )
        )
    if parts.scheme == "http" and not is_loopback(parts.hostname):
        raise SettingError(
            say(
                "{name} is “{found}”, which is not encrypted: whoever listens in could sign in as somebody else. "
                "Use an address that begins with https.",
                name=name,
                found=address,
            )
        )


def secrets_of(sign_in: SignIn) -> dict[str, Any]:
    """Give a sign-in in the form that Streamlit takes secrets in."""
    values = {
        PUBLIC_ADDRESS: sign_in.public_address + CALLBACK,
        METADATA: sign_in.metadata,
        CLIENT: sign_in.client_id,
        CLIENT_SECRET: sign_in.client_secret,
        COOKIE_SECRET: sign_in.cookie_secret,
    }
    return {"auth": {IN_FILE[name]: value for name, value in values.items()}}

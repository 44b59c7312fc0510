"""Settings that would not do what they seem to: misspelt, out of bounds, against one another. None is started with."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from difflib import get_close_matches

from cbi.i18n import Sentence, say
from cbi.serving import claims, logs, reach
from cbi.serving.settings import METADATA, PUBLIC_ADDRESS, VARIABLES, SettingError, SignIn

KNOWN = (
    *VARIABLES,
    claims.HOURS,
    claims.ADDRESS_CLAIM,
    claims.VOUCHED,
    reach.OPEN,
    reach.REQUIRED,
    reach.BEHIND_PROXY,
    logs.VARIABLE,
    "CBI_DATABASE",
    "CBI_LANGUAGE",
    "CBI_PERSON",
)
OWN = "CBI_"
LIKE = 0.8
"""How alike two names are that are taken for a slip of the pen, from 0 to 1."""


def check_settings(environment: Mapping[str, str], sign_in: SignIn | None) -> None:
    """Raise :class:`SettingError` for the first setting that cannot be meant as it stands."""
    for wrong in _wrong(environment, sign_in):
        raise SettingError(wrong)


def _wrong(environment: Mapping[str, str], sign_in: SignIn | None) -> Iterator[Sentence]:
    yield from _misspelt(environment)
    yield from _one_word(environment, claims.VOUCHED, "yes")
    yield from _one_word(environment, reach.OPEN, reach.OPEN_WORDS)
    yield from _one_word(environment, reach.BEHIND_PROXY, reach.BEHIND_PROXY_WORDS)
    hours = environment.get(claims.HOURS, "").strip()
    if hours and not claims.is_hours(hours):
        yield say(
            "{name} is “{found}”; a number of hours above 0 and up to {most} was expected.",
            name=claims.HOURS,
            found=hours,
            most=f"{claims.MOST_HOURS:g}",
        )
    if sign_in is None:
        return
    if environment.get(reach.OPEN, "").strip():
        yield say(
            "Both a sign-in and {name} are set. Where people sign in, nobody else may write: take {name} away.",
            name=reach.OPEN,
        )
    if sign_in.path not in ("", "/"):
        yield say(
            "{name} is “{found}”. The program answers at the root of a name, so leave out “{path}”.",
            name=PUBLIC_ADDRESS,
            found=sign_in.public_address,
            path=sign_in.path,
        )
    if "/.well-known/" not in sign_in.metadata:
        yield say(
            "{name} is “{found}”; the address of the sign-in's settings was expected, which ends in "
            "/.well-known/openid-configuration.",
            name=METADATA,
            found=sign_in.metadata,
        )


def _misspelt(environment: Mapping[str, str]) -> Iterator[Sentence]:
    for name in sorted(environment):
        if name.startswith(OWN) and name not in KNOWN and (alike := get_close_matches(name, KNOWN, 1, LIKE)):
            yield say("There is no setting {name}. Was {right} meant?", name=name, right=alike[0])


def _one_word(environment: Mapping[str, str], name: str, word: str) -> Iterator[Sentence]:
    found = environment.get(name, "").strip()
    if found and found.casefold() != word.casefold():
        yield say("{name} is “{found}”; only “{right}” says something.", name=name, found=found, right=word)

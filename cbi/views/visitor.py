"""Who sits before this browser: the signed-in user, else the name that was said here.

Streamlit cannot set a cookie, but it sets one of its own against forged requests. Its text is another in each
answer, the token that is masked in it stays the same for as long as the browser runs: over reloads, new tabs,
lost connections and restarts of the app. That tells browsers apart. It proves nothing – where it matters who
somebody is, people have to sign in.
"""

from __future__ import annotations

from contextlib import suppress
from hashlib import sha256
from itertools import cycle
from pathlib import Path

import streamlit as st

from cbi.store import StoreError
from cbi.store.person import People, file_of_name

COOKIE = "_streamlit_xsrf"


@st.cache_resource(show_spinner=False)
def _people_beside(file: str) -> People:
    return People(Path(file))


def _people() -> People:
    return _people_beside(str(file_of_name()))


def browser() -> str:
    """Tell browsers apart: a text for each; empty where there is no cookie to go by."""
    return browser_of(st.context.cookies.to_dict().get(COOKIE, ""))


def browser_of(cookie: str) -> str:
    """Give the digest of the token in a cookie ``2|mask|masked token|time``, both parts in hexadecimal.

    Of a cookie of another form it is the digest of the whole; empty without a cookie.
    """
    if not cookie:
        return ""
    token = cookie.encode()
    with suppress(ValueError):
        version, mask, masked, _ = cookie.strip("\"'").split("|")
        if version == "2" and mask:
            token = bytes(
                one ^ other for one, other in zip(bytes.fromhex(masked), cycle(bytes.fromhex(mask)), strict=False)
            )
    return sha256(token).hexdigest()[:32]


def name() -> str:
    """Give the name of the person, as far as it is known; else empty, and they are asked."""
    user = st.user.to_dict()
    if user.get("is_logged_in"):
        return str(user.get("name") or user.get("email") or "")
    try:
        return _people().name_of(browser())
    except StoreError:  # the address of the store is none: the page says so
        return ""


def keep_name(said: str) -> None:
    """Keep the name that a person said at this browser; a folder that cannot be written to keeps it for the visit."""
    with suppress(OSError, StoreError):
        _people().keep(browser(), said)


def known() -> tuple[str, ...]:
    """List the names that were said on this machine, the last one first."""
    try:
        return _people().names()
    except StoreError:
        return ()

"""What a visit to the app holds: the store, what is laid out, who works here, how the page speaks to them.

Streamlit breaks a run off when the next entry arrives, and each look into ``st.session_state`` is a place
where it may do so – even between saving an entry and taking note of it, which would leave a person in conflict
with herself. Changes therefore begin with :func:`undisturbed`, and change what is laid out in place.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, cast
from urllib.parse import urlsplit

import streamlit as st

from cbi.demo import PERSON as DEMO_PERSON
from cbi.desk import Desk
from cbi.i18n import say, translate
from cbi.serving.settings import PUBLIC_ADDRESS
from cbi.store import Store, StoreError, open_store
from cbi.store.database import address
from cbi.store.errors import NotPermittedError
from cbi.store.gate import Guest
from cbi.store.records import CityHistory, LastTime, Line, StoredSource
from cbi.store.rights import EVERYTHING, Granted

LANGUAGE, NUMBER_FORMAT, PERSON, SHOWN = "language", "number_format", "person", "shown"
STORE, DEMO_FOLDER, DESK, AROUND, TROUBLE = "store", "demo folder", "desk", "around", "trouble"
"""The store of the visit, a demo's folder, what is laid out, the years around it, why the store fails."""
ACCOUNT, GRANTED = "account", "granted"
"""The guest that a person who signed in is to the store, and what they may do, as the store last said."""
VIEW = "enter view"
"""The part of the index that the page Enter shows: a component or the profile."""


@dataclass(slots=True)
class LaidOut:
    """The desk as it stands, and by place the reasons that wait for the next change there; changed in place."""

    desk: Desk
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Around:
    """What lies around the year on the desk: all years of the city, last time's answers, the last change."""

    mark: object
    history: CityHistory
    last: LastTime | None
    undoable: tuple[Line, ...]
    sources: tuple[StoredSource, ...] = ()


# The store and what lies on the desk


@st.cache_resource(show_spinner=False)
def _store_at(url: str, called: str) -> Store:
    return open_store(url, called=called)


def own_granted() -> Granted:
    """Give what the person may do in the store of this machine; everything where nobody signs in."""
    return cast("Granted", st.session_state.get(GRANTED, EVERYTHING))


def granted() -> Granted:
    """Give what the person may do in the store of this visit; in a demo that is everything."""
    return EVERYTHING if is_demo() else own_granted()


def signs_in() -> bool:
    """Tell whether people sign in to this program."""
    return "is_logged_in" in st.user.to_dict()


def machine_store() -> Store:
    """Give the store of this machine as it is for whoever sits at it; on a server only the door may use this."""
    # Where people sign in, a message about the database does not tell them where it is.
    called = translate("of this server", chosen_language()) if signs_in() else ""
    return _store_at(address().render_as_string(hide_password=False), called)


def own_store() -> Store:
    """Give the store of this machine: all of it, or where people sign in what the person of this visit may do.

    Raises :class:`cbi.store.StoreError`, also where people sign in and this visit has not.
    """
    guest = cast("Guest | None", st.session_state.get(ACCOUNT))
    if guest is not None:
        return machine_store().acting(guest.key, chosen_language(), since=guest.since, until=guest.until)
    if signs_in():
        raise NotPermittedError(say("Sign in first."))
    return machine_store()


def store() -> Store:
    """Give the store that this visit works in: that of the machine, or that of a demo."""
    return cast("Store", st.session_state[STORE])


def is_demo() -> bool:
    """Tell whether this visit looks at a demo city, whose changes are thrown away."""
    return DEMO_FOLDER in st.session_state


def current_desk() -> Desk:
    """Give the desk as it stands."""
    return cast("LaidOut", st.session_state[DESK]).desk


def undisturbed() -> dict[str, Any]:
    """Give all that the visit and its widgets hold, looked up in a way that never breaks a run off."""
    return st.session_state.to_dict()


def laid(held: Mapping[str, Any]) -> LaidOut:
    """Give what is laid out, of all that :func:`undisturbed` gave."""
    return cast("LaidOut", held[DESK])


def sources() -> tuple[StoredSource, ...]:
    """List the city's register of sources."""
    around = cast("Around | None", st.session_state.get(AROUND))
    return around.sources if around else ()


def last_change() -> tuple[Line, ...]:
    """Give the last change of this year, the one that would be undone; empty if there is none or no store."""
    return cast("Around", st.session_state[AROUND]).undoable if AROUND in st.session_state else ()


def lines_of(place: str) -> tuple[Line, ...]:
    """Give the history of a place, the oldest line first; nothing while the store cannot be read."""
    try:
        return store().history(current_desk().head.id, place)
    except StoreError:
        return ()


# Who, and how the page speaks


def person() -> str:
    """Give the name of the person who works here; in a demo nobody needs to say one."""
    return person_named() or (DEMO_PERSON if is_demo() else "")


def person_of(held: Mapping[str, Any]) -> str:
    """Give the name that a change is signed with, of all that :func:`undisturbed` gave."""
    return str(held.get(PERSON) or "") or (DEMO_PERSON if DEMO_FOLDER in held else "")


def person_named() -> str:
    """Give the name that the person has said; empty if none."""
    return str(st.session_state.get(PERSON) or "")


def public_address() -> str:
    """Give the address under which people know this program; empty where it answers this computer only."""
    named = os.environ.get(PUBLIC_ADDRESS, "").strip().rstrip("/")
    if named or not signs_in():
        return named
    here = urlsplit(st.context.url or "")
    return f"{here.scheme}://{here.netloc}" if here.netloc else ""


def chosen_language() -> str:
    """Give the language that the page speaks."""
    return str(st.session_state[LANGUAGE])


def number_format() -> str:
    """Give the locale that numbers are read and written in."""
    return str(st.session_state[NUMBER_FORMAT])


def on_phone() -> bool:
    """Tell whether the browser says that it runs on a phone."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def is_elsewhere() -> bool:
    """Tell whether the reader's browser runs on another computer than this program."""
    return st.context.ip_address is not None

"""Who may come in: on one's own machine everybody, on a server only who signed in and was invited.

What a person may do is checked in the store with every call; the door decides whose store a visit gets, and says
in plain words why somebody gets none.
"""

from __future__ import annotations

import os
from contextlib import suppress
from datetime import UTC, datetime

import streamlit as st

from cbi.i18n import Sentence, say, translate
from cbi.serving import guard, logs
from cbi.serving.claims import SignedIn, signed_in
from cbi.serving.reach import (
    OPEN,
    OPEN_WORDS,
    REQUIRED,
    REQUIRED_WORD,
    came_from_this_machine,
    everybody_may_write,
)
from cbi.store import StoreError
from cbi.store.errors import DatabaseError, NotPermittedError, SignInRefusedError
from cbi.store.gate import Guest
from cbi.views import speech, visit
from cbi.views.basics import plain
from cbi.views.visit import ACCOUNT, GRANTED, PERSON

WIDTH = 640
KNOWN = "signed in"
"""What the sign-in said of the person whose account this visit has."""


def admit() -> None:
    """Let a visit in, or say in the place of every page why not, and end the run.

    Raises :class:`cbi.store.StoreError` where the store cannot be opened.
    """
    if not visit.signs_in():
        _admit_without_sign_in()
        return
    known = signed_in(st.user.to_dict(), os.environ)
    if known is None:
        st.session_state.pop(ACCOUNT, None)
        guard.BROWSERS.turn_away(_browser())
        _sign_in_page()
        st.stop()
    try:
        if st.session_state.get(KNOWN) != known:
            _recognise(known)
        mine = visit.own_store()
        st.session_state[GRANTED] = mine.granted()  # or that they may not work here any more, and why
        guard.BROWSERS.let_in(_browser(), mine.granted)
    except DatabaseError:
        # Whoever is in keeps their page, with what they typed, while the database is away; nothing new is read.
        if st.session_state.get(KNOWN) != known or datetime.now(UTC) >= known.until:
            raise
    except (SignInRefusedError, NotPermittedError) as error:
        guard.BROWSERS.turn_away(_browser())
        _refused_page(error.sentence)
        st.stop()


def _browser() -> str:
    """Give the token of the browser, by which the guard knows it; empty where there is no guard."""
    return str(st.context.cookies.get(guard.COOKIE, ""))


def sign_out() -> None:
    """End all visits of the person, also those in other browsers, and forget who sat here."""
    with suppress(StoreError):  # whoever was switched off, or cannot reach the database, leaves all the same
        visit.own_store().sign_out()
    guard.BROWSERS.turn_away(_browser())
    st.session_state.pop(ACCOUNT, None)
    st.logout()


def _recognise(known: SignedIn) -> None:
    """Find the account of a person who signed in, and keep it for this visit; nobody goes on as somebody else."""
    st.session_state.pop(ACCOUNT, None)
    try:
        account = visit.machine_store().sign_in(
            known.issuer, known.subject, known.address, known.name, known.address_verified, since=known.since
        )
    except SignInRefusedError as error:
        logs.event("sign_in_refused", reason=error.reason)
        raise
    st.session_state[ACCOUNT] = Guest(account.key, known.since, known.until)
    st.session_state[PERSON] = account.label
    st.session_state[KNOWN] = known


def _admit_without_sign_in() -> None:
    """Let in whoever sits at this machine, and others only if that was said in plain words."""
    if os.environ.get(REQUIRED) == REQUIRED_WORD:
        _message_page(
            say("The sign-in is out of order"),
            say(
                "Where people sign in could not be read, so nobody is let in. Whoever runs this server finds the "
                "reason in its settings; nothing is lost."
            ),
        )
        st.stop()
    if came_from_this_machine(st.context.headers.to_dict(), st.context.ip_address) or everybody_may_write(os.environ):
        return
    _message_page(
        say("This program is for the computer that it runs on"),
        say(
            "Nobody signs in here, so it answers this computer only: otherwise everybody on the network could change "
            "every answer. Whoever runs it can set up the sign-in (docs/server.md) or, if that is meant, set "
            "{name} to “{words}”.",
            name=OPEN,
            words=OPEN_WORDS,
        ),
    )
    st.stop()


def _message_page(title: Sentence, told: Sentence) -> None:
    language = visit.chosen_language()
    with st.sidebar:
        speech.language_field("side")
    with st.container(width=WIDTH):
        st.title(title.text(language), anchor=False)
        st.markdown(plain(told.text(language)))


def _sign_in_page() -> None:
    language = visit.chosen_language()
    _message_page(
        say("City Biodiversity Index"),
        say(
            "Sign in with your administration's account. You need an invitation from an administrator of this program."
        ),
    )
    with st.container(width=WIDTH):
        st.button(
            translate("Sign in", language), key="door/in", type="primary", icon=":material/login:", on_click=st.login
        )


def _refused_page(told: Sentence) -> None:
    language = visit.chosen_language()
    _message_page(say("You cannot work here now"), told)
    with st.container(width=WIDTH, horizontal=True):
        st.button(
            translate("Sign in again", language),
            key="door/again",
            type="primary",
            icon=":material/login:",
            on_click=st.login,
        )
        st.button(
            translate("Sign out", language), key="door/out", icon=":material/logout:", on_click=st.logout
        )  # fmt: skip

"""What is wrong with the store, said where nobody can miss it – and what waits for a name."""

from __future__ import annotations

import streamlit as st

from cbi.i18n import say, translate
from cbi.serving import logs
from cbi.store import StoreError
from cbi.store.errors import DatabaseError
from cbi.store.rights import Right
from cbi.views import courtesy, saving, session, speech, visit, words
from cbi.views.basics import plain
from cbi.views.shown import Shown

WIDTH = 1080
EVERY = 5
"""Seconds between two tries to reach a store that could not be reached."""


def page(error: StoreError) -> None:
    """Show why the store cannot be opened, in the place of every page."""
    language = visit.chosen_language()
    with st.sidebar:
        speech.language_field("side")
    with st.container(width=WIDTH):
        st.title(translate("The figures cannot be opened", language), anchor=False)
        st.error(plain(error.sentence.text(language)), icon=":material/error:")
        st.button(translate("Try again", language), on_click=saving.try_again)
        if isinstance(error, DatabaseError):
            logs.event("database_away")
            _again_and_again(language)


def _not_opened(language: str) -> None:
    """Say that the address named a year that the person may not see, or that is not there, until they have seen it."""
    if not st.session_state.get(session.NOT_OPENED):
        return
    told = translate(
        "The year that the link leads to is not here, or belongs to a city that was not given to you. Ask an "
        "administrator. What you see now is what was worked on last.",
        language,
    )
    with st.container(border=True):
        st.warning(told, icon=":material/lock:")
        st.button(translate("Understood", language), key="trouble/seen", on_click=_seen)


def _seen() -> None:
    st.session_state.pop(session.NOT_OPENED, None)


def banner(shown: Shown) -> None:
    """Say above a page what stands in the way of saving: no name yet, trouble with the store, a closed year."""
    with st.container(width=WIDTH):
        _not_opened(shown.language)
        if not visit.person():
            _ask_name(shown.language)
        trouble = session.trouble()
        if trouble is not None and visit.person():
            st.error(plain(trouble.text(shown.language)), icon=":material/error:")
            if shown.own:
                names = ", ".join(words.place_name(shown, place) for place in shown.own)
                st.markdown(say("Not saved yet: {names}.", names=plain(names)).text(shown.language))
            st.button(translate("Try again", shown.language), key="trouble/again", on_click=saving.try_again)
            if shown.closed:
                _of_a_closed_year(shown)
            if saving.is_out_of_reach():
                logs.event("database_away")
                _again_and_again(shown.language)


def _of_a_closed_year(shown: Shown) -> None:
    """Offer to put aside what came too late: until then the points on the page count it, and that is said."""
    language = shown.language
    if not shown.may(Right.REOPEN):
        courtesy.tell(Right.REOPEN, language)
    if shown.own:
        st.markdown(translate("The points on this page count what you typed, though it is not saved.", language))
    st.button(
        translate("Put aside what I typed", language),
        key="trouble/aside",
        icon=":material/undo:",
        on_click=saving.put_aside,
        args=(tuple(shown.own),),
    )


@st.fragment(run_every=EVERY)
def _again_and_again(language: str) -> None:
    """Try again by itself until the store is there; then save what has waited, and go on."""
    st.caption(translate("The program tries again by itself. What you typed stays on this page until then.", language))
    if not saving.is_out_of_reach():
        saving.save_what_waits()
        st.rerun()


def _ask_name(language: str) -> None:
    with st.container(border=True):
        asked = translate("Who is working here?", language)
        st.markdown(f"**{asked}**")
        speech.name_field("asked")
        speech.known_names("asked")
        st.caption(
            translate("Every change carries the name of the person who made it. It is asked once and kept.", language)
        )

"""Which city, which year, which edition – and how to start anew."""

from __future__ import annotations

import streamlit as st

from cbi.definitions import EDITIONS, edition
from cbi.draft import CITY_YEAR
from cbi.editing import with_city, with_year
from cbi.i18n import listed_apart, say, translate
from cbi.views import session, widgets
from cbi.views.session import DEMOS, Shown
from cbi.views.widgets import feed, plain

NAME, YEAR, EDITION, DEMO, ASKED = "city/name", "city/year", "city/edition", "city/demo", "city/asked"
EMPTY = "empty"
"""What is asked before figures are thrown away: to start empty, or the id of a demo city."""


def fold(shown: Shown) -> None:
    """Show the fold of the side that names the city and starts another form."""
    language = shown.language
    with st.expander(translate("City", language), key="city", icon=":material/location_city:"):
        _names(shown)
        _edition(shown)
        st.caption(translate("Figures are kept until this page is closed or reloaded.", language))
        _another(shown)


def _names(shown: Shown) -> None:
    language = shown.language
    feed(NAME, shown.draft.city or "")
    st.text_input(translate("Name of the city", language), key=NAME, autocomplete="off", on_change=_take_name)
    feed(YEAR, shown.draft.year)
    st.text_input(translate("Year of the assessment", language), key=YEAR, autocomplete="off", on_change=_take_year)
    with st.container():
        widgets.tell_unread(shown.reading.unread.get(CITY_YEAR), language)


def _take_name() -> None:
    name = str(st.session_state.get(NAME) or "")
    session.edit(lambda draft, _: with_city(draft, name))


def _take_year() -> None:
    year = str(st.session_state.get(YEAR) or "")
    session.edit(lambda draft, _: with_year(draft, year))


def _edition(shown: Shown) -> None:
    language = shown.language
    feed(EDITION, shown.edition.id)
    st.selectbox(translate("Edition", language), EDITIONS, key=EDITION, on_change=_take_edition)
    left = session.left_out()
    with st.container():
        if left is None:
            return
        before, figures = left
        asked = edition(before, language)
        owners = dict.fromkeys(one.owner for one in figures)
        names = [
            f"{found.number} {found.title}" if (found := asked.find(owner)) else translate("City profile", language)
            for owner in owners
        ]
        told = say(
            "Left out, because the {edition} edition does not ask the same: {names}. It comes back with the "
            "{before} edition.",
            edition=shown.edition.id,
            before=before,
            names=listed_apart(names),
        )
        st.info(plain(told.text(language)), icon=":material/info:")


def _take_edition() -> None:
    session.change_edition(str(st.session_state.get(EDITION) or ""))


def _another(shown: Shown) -> None:
    """Offer an empty form and the demo cities; figures are thrown away only after a second click."""
    language = shown.language
    asked = str(st.session_state.get(ASKED) or "")
    if asked:
        st.warning(
            translate("This throws away the figures that are in the form now.", language), icon=":material/delete:"
        )
        with st.container(horizontal=True):
            st.button(translate("Yes, start anew", language), key="city/yes", on_click=_start, args=(asked,))
            st.button(translate("No, keep them", language), key="city/no", on_click=_keep)
        return
    st.button(
        translate("Start with an empty form", language), key="city/empty", width="stretch", on_click=_ask, args=(EMPTY,)
    )
    if DEMO not in st.session_state:
        st.session_state[DEMO] = next(iter(DEMOS))
    st.selectbox(
        translate("Demo city", language),
        list(DEMOS),
        key=DEMO,
        format_func=lambda one: f"{DEMOS[one].city} · {DEMOS[one].year}",
    )
    st.button(translate("Open a demo city", language), key="city/open", width="stretch", on_click=_ask)


def _ask(wanted: str = "") -> None:
    """Ask once if figures would be lost; else do it at once."""
    wanted = wanted or str(st.session_state.get(DEMO) or "")
    if (wanted == EMPTY and session.current_draft().filled) or session.is_edited():
        st.session_state[ASKED] = wanted
    else:
        _start(wanted)


def _start(wanted: str) -> None:
    _keep()
    if wanted == EMPTY:
        session.open_empty()
    else:
        session.open_demo(wanted)


def _keep() -> None:
    st.session_state[ASKED] = ""

"""The side of every page: where we are, the totals, what was saved, and how the page speaks."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from cbi.demo import is_own
from cbi.desk import place_of
from cbi.i18n import say, translate
from cbi.store.database import file_of
from cbi.store.readable import STATES
from cbi.views import door, saving, speech, visit, words
from cbi.views.basics import plain
from cbi.views.shown import Shown

SETTINGS = str(Path(__file__).with_name("settings.py"))


def sidebar(shown: Shown) -> None:
    """Show city, year and edition, the totals that follow each entry, what was saved, language and number format."""
    language, head = shown.language, shown.desk.head
    with st.sidebar:
        if shown.is_demo:
            st.caption(translate("An example, not your city", language))
        st.markdown(f"**{plain(head.city.name)}**")
        named = say("{edition} edition", edition=head.edition).text(language)
        state = STATES[head.state].text(language)
        st.caption(" · ".join([str(head.year), named, *([] if head.open else [state])]))
        _totals(shown)
        _saved(shown)
        _who(language)
        speech.language_field("side")


def _who(language: str) -> None:
    """Say under whose name changes are recorded, with a way to change it, or to sign out."""
    name = visit.person_named()
    if visit.signs_in():
        st.caption(f":material/person: {plain(words.clipped(name))}")
        st.button(translate("Sign out", language), key="sign out", icon=":material/logout:", on_click=door.sign_out)
    elif name:
        told = say("You are {person} · change", person=plain(words.clipped(name))).text(language)
        st.page_link(SETTINGS, label=told, icon=":material/person:")


def _totals(shown: Shown) -> None:
    language, card = shown.language, shown.card
    st.metric(
        translate("Total", language),
        say("{points} of {maximum}", points=card.total.points, maximum=card.total.maximum).text(language),
    )
    lines = [
        say(
            "{title}: **{points}** of {maximum}",
            title=words.SHORT_TITLES[one.id],
            points=card.components[one.id].points,
            maximum=one.maximum,
        ).text(language)
        for one in card.edition.components
    ]
    st.markdown("  \n".join(lines))
    st.caption(
        say("{scored} of {count} indicators scored", scored=card.total.scored, count=len(card.results)).text(language)
    )


def _saved(shown: Shown) -> None:
    """Say what is saved and what is not, and offer to undo the last change; the loading of a demo is none."""
    language = shown.language
    with st.container(gap="xsmall"):
        st.caption(_state_of_saving(shown))
        last = visit.last_change()
        if last and not any(shown.locked_at(line.place) for line in last) and not (shown.is_demo and is_own(last[0])):
            _undo(language, last[0].person)
            st.caption(plain(words.act_line(shown, last)))


def _undo(language: str, whose: str) -> None:
    """Offer to undo the last change; one of somebody else only after it was said whose it is."""
    label, icon = translate("Undo the last change", language), ":material/undo:"
    if whose == visit.person():
        st.button(label, key="undo", icon=icon, width="stretch", on_click=saving.undo)
        return
    with st.popover(label, icon=icon, width="stretch"):
        st.write(plain(say("{person} made this change, not you.", person=whose).text(language)))
        st.button(translate("Undo it all the same", language), key="undo", icon=icon, on_click=saving.undo)


def _state_of_saving(shown: Shown) -> str:
    language = shown.language
    waiting = set(shown.own) | {place_of(spot) for spot in shown.reading.unread} | set(shown.desk.conflicts)
    if waiting:
        names = ", ".join(words.place_name(shown, place) for place in sorted(waiting))
        told = say("Not saved: {names}", names=plain(names)).text(language)
        unnamed = "" if visit.person() else translate("Say your name first, at the top of the page.", language)
        return f":material/warning: {told} {unnamed}".rstrip()
    if shown.is_demo:
        demo = translate("A demo: what you change here is not kept.", language)
        return f":material/theater_comedy: {demo}"
    return f":material/cloud_done: {_where_saved(language)}"


def _where_saved(language: str) -> str:
    """Say where everything is saved, as seen from the reader's browser."""
    if file_of(visit.store().database.url) is None:
        return translate("Everything is saved on the database server.", language)
    if visit.is_elsewhere() or visit.signs_in():
        return translate("Everything is saved on the computer that runs this program.", language)
    return translate("Everything is saved on this computer.", language)

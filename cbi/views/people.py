"""People: who may do what here? Those who sign in, with their roles in the open city; and what was done."""

from __future__ import annotations

import streamlit as st

from cbi.i18n import say, translate
from cbi.store.records import Account
from cbi.store.rights import Right
from cbi.views import courtesy, people_invite, person_card, roles, session, steps, trail_list, visit, words
from cbi.views.basics import fold, plain, told_errors
from cbi.views.shown import Shown

WIDTH = 1080
WHERE, SERVER = "people/where", "server"
"""What the page speaks of: the open city, or the whole server."""


def page(shown: Shown) -> None:
    """Show the page from top to bottom."""
    language = shown.language
    st.title(translate("Who may do what here?", language), anchor=False)
    if not visit.signs_in():
        st.markdown(
            translate(
                "Nobody signs in here: the program belongs to whoever sits at this computer, who may do everything.",
                language,
            )
        )
        return
    places = _places(shown)
    if not places:
        courtesy.tell(Right.PEOPLE, language)
        return
    where = _where(places, language)
    city_id = None if where == SERVER else shown.desk.head.city.id
    with told_errors(language):
        _people(shown, city_id)
    if visit.own_granted().may(Right.READ_TRAIL, city_id):
        with told_errors(language):
            trail_list.section(shown, city_id)


def _places(shown: Shown) -> dict[str, str]:
    """Name what the person is administrator of, and the page can speak of: the open city, the whole server."""
    granted, city = visit.own_granted(), shown.desk.head.city
    found = {}
    if not shown.is_demo and granted.may(Right.PEOPLE, city.id):
        found["city"] = plain(city.name)
    if granted.may(Right.PEOPLE):
        found[SERVER] = translate("Whole server", shown.language)
    return found


def _where(places: dict[str, str], language: str) -> str:
    """Let the person choose between the open city and the whole server, if there is a choice."""
    if st.session_state.get(WHERE) not in places:
        st.session_state[WHERE] = next(iter(places))
    if len(places) == 1:
        st.caption(places[st.session_state[WHERE]])
        return str(st.session_state[WHERE])
    key = f"{WHERE}/{language}"
    if key not in st.session_state:
        st.session_state[key] = st.session_state[WHERE]
    st.segmented_control(
        translate("Where", language),
        list(places),
        key=key,
        required=True,
        format_func=places.__getitem__,
        label_visibility="collapsed",
        on_change=_take_where,
        args=(key,),
    )
    return str(st.session_state[WHERE])


def _take_where(key: str) -> None:
    st.session_state[WHERE] = st.session_state[key]


def _people(shown: Shown, city_id: int | None) -> None:
    """List the people with what each may do; invite another one."""
    language, store = shown.language, visit.own_store()
    found = store.people.of(city_id)
    cities = {city.id: city.name for city in store.cities()}
    here = [one for one in found if one.removed_at is None]
    st.caption(_counts(here, language))
    fold(
        translate("What each role may do", language),
        "people/roles",
        lambda: roles.all_roles(language),
        icon=":material/rule:",
    )
    with st.container():
        steps.told(people_invite.PLACE, language)
        steps.told(person_card.LIST, language)
    fold(
        translate("Invite a person", language),
        people_invite.PLACE,
        lambda: people_invite.form(shown, city_id, cities),
        icon=":material/person_add:",
    )
    for one in here:
        person_card.card(shown, one, city_id, cities)
    gone = [one.label for one in found if one.removed_at is not None]
    if gone:
        told = say("Their data were removed: {names}.", names=plain(", ".join(gone)))
        st.caption(told.text(language))


def _counts(found: list[Account], language: str) -> str:
    waiting = sum(one.active and not one.linked for one in found)
    off = sum(not one.active for one in found)
    parts = [say("people: {count}", count=len(found))]
    parts += [say("have not signed in yet: {count}", count=waiting)] if waiting else []
    parts += [say("switched off: {count}", count=off)] if off else []
    return words.capital(" · ".join(part.text(language) for part in parts))


with st.container(width=WIDTH):
    page(session.shown())

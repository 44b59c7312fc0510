"""Inviting a person by their address, with a role."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from cbi.i18n import say, translate
from cbi.store import StoreError
from cbi.store.rights import Role
from cbi.views import roles, steps, visit
from cbi.views.basics import leading, plain, state_of
from cbi.views.shown import Shown

PLACE = "people/invite"
ROUND = "people/invited"
"""How many people this visit has invited: each makes new, empty fields for the next."""


def form(shown: Shown, city_id: int | None, cities: Mapping[int, str]) -> None:
    """Ask for address, name and role; nothing is sent from here."""
    language, key = shown.language, f"{PLACE}/{st.session_state.get(ROUND, 0)}/{city_id}"
    with st.container(horizontal=True):
        st.text_input(
            translate("E-mail address", language),
            key=f"{key}/address",
            autocomplete="off",
            placeholder="name@city.example",
            width=320,
        )
        st.text_input(translate("Name (optional)", language), key=f"{key}/name", autocomplete="off", width=320)
    role = roles.role_field(f"{key}/role", language, Role.VIEWER)
    roles.tell(role, language, everywhere=city_id is None)
    if role is Role.CONTRIBUTOR:
        roles.scope_field(shown, f"{key}/scope", roles.NOWHERE)
    if city_id is None:
        st.warning(
            translate("A role for the whole server holds in all its cities, also in those that come later.", language),
            icon=":material/dns:",
        )
    where = translate("the whole server", language) if city_id is None else plain(cities.get(city_id, "–"))
    st.button(
        say("Invite to {where}", where=where).text(language),
        key=f"{key}/send",
        type=leading(),
        icon=":material/person_add:",
        on_click=_invite,
        args=(shown, city_id, key),
    )
    st.caption(
        translate(
            "No mail is sent. Tell the person the address of this program: they sign in there with the account that "
            "has this e-mail address.",
            language,
        )
    )


def _invite(shown: Shown, city_id: int | None, key: str) -> None:
    language = shown.language
    role = roles.chosen_role(f"{key}/role", language)
    scope = roles.chosen_scope(shown, f"{key}/scope") if role is Role.CONTRIBUTOR else roles.NOWHERE
    address, name = state_of(f"{key}/address"), state_of(f"{key}/name")
    try:
        found = visit.own_store().people.invite(address, name, role, city_id, scope, person=visit.person())
    except StoreError as error:
        steps.tell_later(PLACE, error.sentence, done=False)
        return
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1
    steps.tell_later(PLACE, say("{name} is invited.", name=found.label), done=True)

"""One person who may sign in: what they may do, and what an administrator can change of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from cbi.i18n import Sentence, say, translate
from cbi.store import StoreError
from cbi.store.records import Account
from cbi.store.rights import ROLES, Role
from cbi.views import roles, steps, visit, words
from cbi.views.basics import fold, leading, plain
from cbi.views.shown import Shown

CLIPPED = 80
LIST = "people/list"
"""The place above all people: there it is said what became of somebody who is not in the list any more."""


def card(shown: Shown, one: Account, city_id: int | None, cities: Mapping[int, str]) -> None:
    """Show a person with their roles; what can be changed about them is folded away."""
    language, place = shown.language, _place(one, city_id)
    with st.container(border=True, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.markdown(f"**{plain(words.clipped(one.name or one.address, CLIPPED))}**", width="content")
            _badge(one, language)
        if one.name:
            st.markdown(plain(one.address))
        st.markdown("\n".join(f"- {plain(line)}" for line in _roles(one, cities, language)))
        with st.container():
            steps.told(place, language)
        fold(
            translate("Change role or access", language),
            f"{place}/change",
            lambda: _change(shown, one, city_id, cities),
            icon=":material/edit:",
        )


def _place(one: Account, city_id: int | None) -> str:
    return f"people/{one.key}/{city_id or 'server'}"


def _badge(one: Account, language: str) -> None:
    """Say whether the person can sign in, in words, with a sign and a colour."""
    if not one.active:
        st.badge(translate("switched off", language), icon=":material/block:", color="red")
    elif one.linked:
        st.badge(translate("has signed in", language), icon=":material/check:", color="green")
    else:
        st.badge(translate("invited", language), icon=":material/mail:", color="gray")


def _roles(one: Account, cities: Mapping[int, str], language: str) -> list[str]:
    found = [roles.member_said(member, _named(member.city_id, cities, language), language) for member in one.members]
    return found or [translate("No role: this person may do nothing.", language)]


def _named(city_id: int | None, cities: Mapping[int, str], language: str) -> str:
    return translate("whole server", language) if city_id is None else cities.get(city_id, "–")


# Changing


def _change(shown: Shown, one: Account, city_id: int | None, cities: Mapping[int, str]) -> None:
    language, place = shown.language, _place(one, city_id)
    where = city_id if city_id is not None else _where(one, place, cities, language)
    if city_id is None or any(member.city_id == city_id for member in one.members):
        _role(shown, one, where, place, _named(where, cities, language))
    else:
        st.caption(translate("This role is for the whole server and is changed there.", language))
    if one.key not in visit.own_store().people.governed(city_id):
        st.caption(
            translate(
                "This person works for other cities too, or for the whole server: switching them off and removing "
                "their data is for an administrator of all of these.",
                language,
            )
        )
        return
    with st.container(horizontal=True):
        if one.active:
            _step(one, place, "off", translate("Switch off", language), ":material/block:", _switch_off)
        else:
            _step(one, place, "on", translate("Switch on again", language), ":material/check:", _switch_on)
        st.button(
            translate("Remove personal data", language),
            key=f"{place}/forget",
            icon=":material/person_remove:",
            on_click=_ask,
            args=(place, True),
        )
    if st.session_state.get(f"{place}/asked"):
        _ask_to_forget(one, place, language)
    invited = say("Invited by {person}, {time}", person=plain(one.invited_by), time=words.when(one.invited_at))
    off = translate(
        "Whoever is switched off may do nothing from then on, in no city, also on pages that are open.", language
    )
    st.caption(f"{off}  \n{invited.text(language)}")


def _where(one: Account, place: str, cities: Mapping[int, str], language: str) -> int | None:
    """Let the city be chosen whose role is changed, or the whole server."""
    offered = {0: translate("Whole server", language), **cities}
    key = f"{place}/where/{language}"
    if key not in st.session_state:
        st.session_state[key] = (one.members[0].city_id if one.members else None) or 0
    chosen = st.selectbox(translate("Where", language), list(offered), key=key, format_func=offered.__getitem__)
    return chosen or None


def _role(shown: Shown, one: Account, where: int | None, place: str, named: str) -> None:
    """Let the role in a city or on the whole server be changed or taken away."""
    language = shown.language
    mine = next((member for member in one.members if member.city_id == where), None)
    stands = f"{mine.role.value} {sorted(mine.scope.components | mine.scope.indicators)}" if mine else "-"
    key = f"{place}/{where or 'server'}/{stands}"
    role = roles.role_field(f"{key}/role", language, mine.role if mine else Role.VIEWER)
    roles.tell(role, language, everywhere=where is None)
    if role is Role.CONTRIBUTOR:
        roles.scope_field(shown, f"{key}/scope", mine.scope if mine else roles.NOWHERE)
    with st.container(horizontal=True):
        st.button(
            translate("Give this role", language),
            key=f"{key}/give",
            type=leading(),
            icon=":material/check:",
            on_click=_give,
            args=(shown, one, where, place, key),
        )
        if mine is not None:
            st.button(
                say("Take the role in {where} away", where=plain(named)).text(language)
                if where is not None
                else translate("Take the role for the whole server away", language),
                key=f"{key}/take",
                icon=":material/remove_circle:",
                on_click=_take,
                args=(one, where, place),
            )


def _step(one: Account, place: str, name: str, label: str, icon: str, step: Callable[[Account, str], None]) -> None:
    st.button(label, key=f"{place}/{name}", icon=icon, on_click=step, args=(one, place))


def _ask(place: str, asked: bool) -> None:
    st.session_state[f"{place}/asked"] = asked


def _ask_to_forget(one: Account, place: str, language: str) -> None:
    """Ask before name and address go for good, and say what stays."""
    told = say(
        "Name and address of {name} are removed for good, and they may not sign in any more. What they did stays: the "
        "history and the audit trail show “{label}” in place of the name. Copies that were taken before, and names "
        "that were typed into notes, are not changed.",
        name=one.label,
        label=say("a former colleague (no. {number})", number=one.number),
    )
    st.warning(plain(told.text(language)), icon=":material/person_remove:")
    with st.container(horizontal=True):
        _step(one, place, "forget for good", translate("Remove for good", language), ":material/delete:", _forget)
        st.button(translate("Keep them", language), key=f"{place}/keep", on_click=_ask, args=(place, False))


# Callbacks


def _done(place: str, step: Callable[[], object], sentence: Sentence, then: str = "") -> None:
    """Take a step; why it was refused is said beside the person, and what came of it there or in another place."""
    try:
        step()
    except StoreError as error:
        steps.tell_later(place, error.sentence, done=False)
    else:
        steps.tell_later(then or place, sentence, done=True)


def _give(shown: Shown, one: Account, where: int | None, place: str, key: str) -> None:
    role = roles.chosen_role(f"{key}/role", shown.language)
    scope = roles.chosen_scope(shown, f"{key}/scope") if role is Role.CONTRIBUTOR else roles.NOWHERE
    _done(
        place,
        lambda: visit.own_store().people.give_role(one.key, role, where, scope, person=visit.person()),
        say("From now on {name} is: {role}.", name=one.label, role=ROLES[role]),
    )


def _take(one: Account, where: int | None, place: str) -> None:
    _done(
        place,
        lambda: visit.own_store().people.take_role(one.key, where, person=visit.person()),
        say("{name} has lost this role.", name=one.label),
        LIST,
    )


def _switch_off(one: Account, place: str) -> None:
    _done(
        place,
        lambda: visit.own_store().people.switch_off(one.key, person=visit.person()),
        say("{name} is switched off.", name=one.label),
    )


def _switch_on(one: Account, place: str) -> None:
    _done(
        place,
        lambda: visit.own_store().people.switch_on(one.key, person=visit.person()),
        say("{name} may work again.", name=one.label),
    )


def _forget(one: Account, place: str) -> None:
    _ask(place, False)
    _done(
        place,
        lambda: visit.own_store().people.forget(one.key, person=visit.person()),
        say("The data of this person were removed."),
        LIST,
    )

"""Asking a person or a department to answer something of the open year, with a due date."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

import streamlit as st

from cbi.definitions.edition import PROFILE
from cbi.holders import first_holder
from cbi.i18n import listed, listed_apart, say, translate
from cbi.store import StoreError
from cbi.store.assignments import LONGEST_DEPARTMENT, places_of
from cbi.store.records import Account, Assignment
from cbi.store.rights import Member, Right, Role, Scope
from cbi.views import courtesy, roles, steps, visit, words
from cbi.views.basics import fold, leading, plain, state_of
from cbi.views.shown import Shown

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
PLACE = "work/assign"
ROUND = "work/assigned"
"""How often this visit has assigned work: each time makes new, empty fields for the next."""


def fold_of(shown: Shown, found: Sequence[Assignment]) -> None:
    """Show the fold in which work is assigned, or what it takes to assign it; ``found`` is what is assigned already."""
    language = shown.language
    steps.told(PLACE, language)
    if not courtesy.allowed(shown, Right.ASSIGN):
        return
    if shown.closed:
        st.caption(translate("This year takes no change, so nothing is assigned in it.", language))
        return
    if PLACE not in st.session_state:
        st.session_state[PLACE] = not found  # where nothing is assigned yet, this is what the page is for
    fold(
        translate("Assign work", language),
        PLACE,
        lambda: _form(shown, found),
        icon=":material/assignment_ind:",
    )


def _key(shown: Shown, name: str) -> str:
    """Make the key of a field; another one in each year and language, and after each assignment."""
    number = st.session_state.get(ROUND, 0)
    return f"{PLACE}/{number}/{shown.desk.head.id}/{shown.language}/{name}"


def _form(shown: Shown, found: Sequence[Assignment]) -> None:
    language, titles = shown.language, roles.titles(shown)
    works = st.multiselect(
        translate("What is to be answered", language),
        list(titles),
        key=_key(shown, "works"),
        format_func=titles.__getitem__,
        placeholder=translate("Indicators, whole components, the city profile", language),
        filter_mode="contains",
        select_all=False,
    )
    person = _who(shown, works, found)
    with st.container(horizontal=True):
        st.date_input(
            translate("Until (optional)", language),
            None,
            FIRST_DAY,
            LAST_DAY,
            key=_key(shown, "due"),
            format="YYYY-MM-DD",
            width=200,
        )
        st.text_input(translate("Note (optional)", language), key=_key(shown, "note"), autocomplete="off")
    due = st.session_state.get(_key(shown, "due"))
    if isinstance(due, date) and due < datetime.now(words.zone()).date():
        st.warning(translate("That day has passed already.", language), icon=":material/event_busy:")
    if person and works:
        _warn(shown, person, works)
    st.button(
        translate("Assign", language),
        key=_key(shown, "assign"),
        type=leading(),
        icon=":material/assignment_turned_in:",
        disabled=not works,
        on_click=_assign,
        args=(shown,),
    )


# Who


def _who(shown: Shown, works: Sequence[str], found: Sequence[Assignment]) -> str:
    """Let a person or a department be chosen; gives the key of the person, empty for a department."""
    language = shown.language
    people = dict(visit.store().people.colleagues(shown.desk.head.city.id))
    kinds = {"person": translate("A person", language), "department": translate("A department", language)}
    kind = "department"
    if people:
        kind = str(
            st.segmented_control(
                translate("By whom", language),
                list(kinds),
                default="person",
                required=True,
                key=_key(shown, "kind"),
                format_func=kinds.__getitem__,
            )
        )
    if kind == "person":
        chosen = st.selectbox(
            kinds[kind], list(people), index=None, key=_key(shown, "key"), format_func=people.__getitem__
        )
        return str(chosen or "")
    st.selectbox(
        kinds[kind],
        _departments(shown, works, found),
        index=None,
        key=_key(shown, "department"),
        placeholder=translate("Choose", language),
    )
    other = translate("Or another department", language)
    st.text_input(other, key=_key(shown, "other department"), max_chars=LONGEST_DEPARTMENT, autocomplete="off")
    return ""


def _departments(shown: Shown, works: Sequence[str], found: Sequence[Assignment]) -> list[str]:
    """Offer departments: first those who usually hold what is chosen, then those who have work, then all others."""
    chosen = {place for work in works for place in places_of(shown.edition, work)}
    likely = [first_holder(one) for one in shown.edition.indicators if one.id in chosen]
    known = [one.assignee for one in found if not one.key]
    return list(dict.fromkeys([*likely, *known, *map(first_holder, shown.edition.indicators)]))


# Whether they may


def _warn(shown: Shown, key: str, works: Sequence[str]) -> None:
    """Warn of what the person may not answer, and say who can give the right, or offer to give it."""
    language, city_id, store = shown.language, shown.desk.head.city.id, visit.store()
    found = store.assignments.lacking(shown.desk.head.id, works, key)
    if not found.works:
        return
    titles, name = roles.titles(shown), dict(store.people.colleagues(city_id))[key]
    told = say(
        "{name} may not answer: {works}. An assignment gives no right by itself.",
        name=name,
        works=listed_apart(titles[work] for work in found.works),
    )
    st.warning(plain(told.text(language)), icon=":material/lock_person:")
    if not shown.may(Right.PEOPLE):
        can = say("Who can give the right: {people}.", people=listed(found.administrators))
        st.caption(plain(can.text(language)))
        return
    one = next(account for account in store.people.of(city_id) if account.key == key)
    st.button(
        say("Let {name} answer it", name=plain(name)).text(language),
        key=_key(shown, "give"),
        icon=":material/key:",
        on_click=_give,
        args=(shown, one, found.works),
    )


def _give(shown: Shown, one: Account, lacking: Sequence[str]) -> None:
    """Let a person answer more: a contributor with these places, and those that they had."""
    city_id = shown.desk.head.city.id
    mine = next((member for member in one.members if member.city_id == city_id), Member(Role.VIEWER))
    more, had = roles.scope_of(lacking), mine.scope
    scope = Scope(
        had.indicators | more.indicators, had.components | more.components, profile=had.profile or more.profile
    )
    try:
        visit.store().people.give_role(one.key, Role.CONTRIBUTOR, city_id, scope, person=visit.person())
    except StoreError as error:
        steps.tell_later(PLACE, error.sentence, done=False)
    else:
        steps.tell_later(PLACE, say("{name} may answer it from now on.", name=one.label), done=True)


# Assigning


def _assign(shown: Shown) -> None:
    """Assign all that was chosen, a piece of work for each; what was assigned stays if one is refused."""
    held: Mapping[str, object] = visit.undisturbed()
    works = [str(one) for one in _list_of(held.get(_key(shown, "works")))]
    due = held.get(_key(shown, "due"))
    is_person = held.get(_key(shown, "kind")) == "person"
    try:
        for work in works:
            visit.store().assignments.assign(
                shown.desk.head.id,
                work,
                key=state_of(_key(shown, "key")) if is_person else "",
                department="" if is_person else _department(shown),
                due=due if isinstance(due, date) else None,
                note=state_of(_key(shown, "note")),
                person=visit.person(),
            )
    except StoreError as error:
        steps.tell_later(PLACE, error.sentence, done=False)
        return
    names = listed_apart(roles.titles(shown).get(work, PROFILE) for work in works)
    steps.tell_later(PLACE, say("Assigned: {works}.", works=names), done=True)
    st.session_state[ROUND] = st.session_state.get(ROUND, 0) + 1


def _department(shown: Shown) -> str:
    """Give the department that was typed, else the one that was chosen."""
    return state_of(_key(shown, "other department")).strip() or state_of(_key(shown, "department"))


def _list_of(value: object) -> list[object]:
    return list(value) if isinstance(value, list | tuple) else []

"""Which cards the page Enter shows: all, or those that are missing, changed, warned, mine, or asked for elsewhere.

The list is drawn up when the filter is chosen and stays: a card must not vanish while a person fills it.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from cbi.desk import place_of
from cbi.i18n import mark, translate
from cbi.problems import Severity
from cbi.store import StoreError
from cbi.store.assignments import places_of
from cbi.store.contents import contents_of, write_content
from cbi.store.rights import Right, Role
from cbi.views import session, visit
from cbi.views.shown import Shown
from cbi.views.visit import VIEW

FILTER, LIST = "enter filter", "enter list"
FILTERS = {
    "all": mark("All"),
    "missing": mark("Missing"),
    "changed": mark("Changed"),
    "warned": mark("Warned"),
    "mine": mark("Mine"),
    "work": mark("From the page “Work”"),
}
LED_HERE = "work"
"""The list with which another page leads here: it is no choice before that."""


def choose(shown: Shown) -> None:
    """Let the person choose which cards are shown."""
    language = shown.language
    key = f"{FILTER}/{language}"
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(FILTER, "all")
    current = st.session_state.get(FILTER, "all")
    st.segmented_control(
        translate("Show", language),
        [one for one in FILTERS if one != LED_HERE or current == LED_HERE],
        key=key,
        required=True,
        format_func=lambda one: translate(FILTERS[one], language),
        on_change=_take,
        args=(key,),
    )
    if current == "changed" and shown.last is None:
        st.caption(translate("There is no earlier year: every answer counts as changed.", language))
    if current == "mine":
        st.caption(_what_is_mine(shown, language))


def _what_is_mine(shown: Shown, language: str) -> str:
    if not visit.signs_in() or shown.is_demo:
        return translate("What you answered.", language)
    if _is_contributor(shown):
        return translate("What you answered, what is assigned to you, and what you may answer.", language)
    return translate("What you answered, and what is assigned to you.", language)


def _is_contributor(shown: Shown) -> bool:
    return shown.granted.role_in(shown.desk.head.city.id) is Role.CONTRIBUTOR


def show_only(head_id: int, indicators: Iterable[str], view: str) -> None:
    """Let the page Enter begin with some indicators of a year, at a part of the index."""
    st.session_state[FILTER], st.session_state[VIEW] = LED_HERE, view
    st.session_state[LIST] = (head_id, frozenset(indicators))


def wanted(shown: Shown) -> frozenset[str] | None:
    """Give the indicators on the list; None for all. A list of another year is forgotten."""
    found = st.session_state.get(LIST)
    return found[1] if found and found[0] == shown.desk.head.id else None


def _take(key: str) -> None:
    chosen = str(st.session_state.get(key) or "all")
    if chosen == LED_HERE:
        return
    st.session_state[FILTER] = chosen
    shown = session.refresh()
    st.session_state[LIST] = None if chosen == "all" else (shown.desk.head.id, frozenset(_listed(shown, chosen)))


def _listed(shown: Shown, chosen: str) -> Iterable[str]:
    """List the indicators that a filter lets through now."""
    mine = contents_of(shown.reading.assessment)
    last = contents_of(shown.last.assessment) if shown.last else {}
    told = {one.indicator for one in shown.card.problems if one.severity is not Severity.NOTE}
    own = _mine(shown) if chosen == "mine" else frozenset()
    told |= {place_of(spot) for spot in shown.reading.unread} | set(shown.desk.conflicts)
    for result in shown.card.results:
        one = result.indicator.id
        passes = {
            "missing": result.in_range,
            "changed": one in mine and write_content(mine[one]) != write_content(last.get(one)),
            "warned": one in told,
            "mine": one in own,
        }
        if passes[chosen]:
            yield one


def _mine(shown: Shown) -> frozenset[str]:
    """List what a person answered, what is assigned to them, and of a contributor what they may answer."""
    persons, me = shown.desk.stored.persons, visit.person()
    found = {one.id for one in shown.edition.indicators if persons.get(one.id) == me}
    try:
        assigned = visit.store().assignments.mine()
    except StoreError:  # the page says already what is wrong
        assigned = ()
    for one in assigned:
        if one.head.id == shown.desk.head.id:
            found.update(places_of(shown.edition, one.work))
    if _is_contributor(shown):
        found |= {one.id for one in shown.edition.indicators if shown.may(Right.ANSWER, [one.id])}
    return frozenset(found)

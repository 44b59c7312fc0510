"""Which cards the page Enter shows: all, or those that are missing, changed, warned or mine.

The list is drawn up when the filter is chosen and stays: a card must not vanish while a person fills it.
"""

from __future__ import annotations

from collections.abc import Iterable

import streamlit as st

from cbi.desk import place_of
from cbi.i18n import mark, translate
from cbi.problems import Severity
from cbi.store.contents import contents_of, write_content
from cbi.views import session, visit
from cbi.views.shown import Shown

FILTER, LIST = "enter filter", "enter list"
FILTERS = {
    "all": mark("All"),
    "missing": mark("Missing"),
    "changed": mark("Changed"),
    "warned": mark("Warned"),
    "mine": mark("Mine"),
}


def choose(shown: Shown) -> None:
    """Let the person choose which cards are shown."""
    language = shown.language
    key = f"{FILTER}/{language}"
    if key not in st.session_state:
        st.session_state[key] = st.session_state.get(FILTER, "all")
    st.segmented_control(
        translate("Show", language),
        list(FILTERS),
        key=key,
        required=True,
        format_func=lambda one: translate(FILTERS[one], language),
        on_change=_take,
        args=(key,),
    )
    if st.session_state.get(FILTER, "all") == "changed" and shown.last is None:
        st.caption(translate("There is no earlier year: every answer counts as changed.", language))


def wanted(shown: Shown) -> frozenset[str] | None:
    """Give the indicators on the list; None for all. A list of another year is forgotten."""
    found = st.session_state.get(LIST)
    return found[1] if found and found[0] == shown.desk.head.id else None


def _take(key: str) -> None:
    chosen = str(st.session_state.get(key) or "all")
    st.session_state[FILTER] = chosen
    shown = session.refresh()
    st.session_state[LIST] = None if chosen == "all" else (shown.desk.head.id, frozenset(_listed(shown, chosen)))


def _listed(shown: Shown, chosen: str) -> Iterable[str]:
    """List the indicators that a filter lets through now."""
    mine = contents_of(shown.reading.assessment)
    last = contents_of(shown.last.assessment) if shown.last else {}
    told = {one.indicator for one in shown.card.problems if one.severity is not Severity.NOTE}
    told |= {place_of(spot) for spot in shown.reading.unread} | set(shown.desk.conflicts)
    for result in shown.card.results:
        one = result.indicator.id
        passes = {
            "missing": result.in_range,
            "changed": one in mine and write_content(mine[one]) != write_content(last.get(one)),
            "warned": one in told,
            "mine": shown.desk.stored.persons.get(one) == visit.person(),
        }
        if passes[chosen]:
            yield one

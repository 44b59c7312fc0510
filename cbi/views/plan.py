"""Plan: what does the score mean, and what comes next? One question at a time."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cbi.i18n import Sentence, say, translate
from cbi.store.rights import Right
from cbi.views import (
    courtesy,
    plan_firm,
    plan_next,
    plan_scenario,
    plan_since,
    plan_species,
    plan_target,
    planned,
    session,
    words,
)
from cbi.views.basics import feed, told_errors
from cbi.views.planned import Planned
from cbi.views.shown import Shown

WIDTH = 1080
VIEW = "plan view"
"""The question that the page answers."""

SECTIONS: dict[str, tuple[Sentence, Callable[[Planned], None]]] = {
    "next": (say("The next point"), plan_next.section),
    "target": (say("A target"), plan_target.section),
    "scenario": (say("What if?"), plan_scenario.section),
    "firm": (say("How firm?"), plan_firm.section),
    "since": (say("Why it changed"), plan_since.section),
    "species": (say("Species and looking"), plan_species.section),
}


def page(shown: Shown) -> None:
    """Show the page from top to bottom."""
    st.title(translate("What does the score mean, and what comes next?", shown.language), anchor=False)
    st.caption(words.heading(shown))
    courtesy.allowed(shown, Right.PLAN)
    with told_errors(shown.language):
        found = planned.planned_of(shown)
        planned.tell_problems(found)
        section = SECTIONS[_view(shown.language)][1]
        section(found)


def _view(language: str) -> str:
    """Let the person choose a question."""
    labels = {name: title.text(language) for name, (title, _) in SECTIONS.items()}
    if st.session_state.get(VIEW) not in labels:
        st.session_state[VIEW] = next(iter(labels))
    key = f"{VIEW}/{language}"
    feed(key, st.session_state[VIEW])
    st.segmented_control(
        translate("Question", language),
        list(labels),
        key=key,
        required=True,
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        on_change=_take_view,
        args=(key,),
    )
    return str(st.session_state[VIEW])


def _take_view(key: str) -> None:
    if st.session_state.get(key) in SECTIONS:
        st.session_state[VIEW] = st.session_state[key]


with st.container(width=WIDTH):
    page(session.shown())

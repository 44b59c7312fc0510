"""What the sections of the page Import share: rounds of files, what was done last, and saving what was agreed to."""

from __future__ import annotations

from collections.abc import Collection

import streamlit as st

from cbi.assessment import Assessment
from cbi.i18n import Sentence
from cbi.store import StoreError, exchange
from cbi.store.contents import assessment_of, contents_of
from cbi.views import visit
from cbi.views.basics import plain
from cbi.views.shown import Shown

TABLES = ["xlsx", "xlsm", "ods", "xls", "csv", "json"]
"""Endings of workbooks and tables."""
ROUND, ANSWERS, DONE, BROUGHT = "import/round", "import/answers", "import/done", "import/brought"
"""How often something was applied (a new round begins with no files), answers to questions, what was done last, and
the files that a person brought along from the page Start."""
OF_A_ROUND = ("import/take/", "import/conflict/", "import/question/", "import/profile/")


def brought() -> tuple[tuple[str, bytes], ...]:
    """Give the files that a person brought along from the page Start, with their names."""
    return tuple(st.session_state.get(BROUGHT, ()))


def round_key(name: str) -> str:
    """Make the key of a widget that is empty again in the next round."""
    return f"{name}/{st.session_state.get(ROUND, 0)}"


def next_round(done: Sentence | None = None) -> None:
    """Put the files and all choices aside; ``done`` is said above the next round."""
    state = st.session_state
    state[ROUND] = state.get(ROUND, 0) + 1
    state[ANSWERS], state[DONE] = {}, done
    state.pop(BROUGHT, None)
    for key in [key for key in state if str(key).startswith(OF_A_ROUND)]:
        del state[key]


def tell_done(language: str) -> None:
    """Say once what was done last."""
    done = st.session_state.pop(DONE, None)
    if done is not None:
        st.success(plain(done.text(language)), icon=":material/check_circle:")


def save_touched(shown: Shown, after: Assessment, places: Collection[str], name: str) -> None:
    """Save the places of an assessment that were agreed to, under the name of the person who works here.

    What others type elsewhere meanwhile is none of this import's business. ``name`` is the file. Raises
    :class:`cbi.store.StoreError`, also for what the store would leave out.
    """
    head = shown.desk.head
    contents = {place: content for place, content in contents_of(after).items() if place in places}
    incoming = (assessment_of(head.edition, head.city.name, head.year, contents),)
    plan = exchange.preview(visit.store(), incoming, name)
    if plan.problems:
        raise StoreError(plan.problems[0].sentence)
    exchange.apply(visit.store(), incoming, name, seen=plan, person=visit.person())

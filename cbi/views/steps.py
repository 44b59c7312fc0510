"""What a step with the store came to, said once in the place where it was taken; and who took it."""

from __future__ import annotations

from typing import cast

import streamlit as st

from cbi.i18n import Sentence
from cbi.views import saving, visit
from cbi.views.basics import plain


def tell_later(place: str, sentence: Sentence, *, done: bool) -> None:
    """Keep a sentence until its place is shown again; ``done`` tells whether the step was taken."""
    st.session_state[_key(place)] = sentence, done


def told(place: str, language: str) -> None:
    """Say once what the last step in a place came to."""
    found = st.session_state.pop(_key(place), None)
    if found is not None:
        sentence, done = cast("tuple[Sentence, bool]", found)
        box, icon = (st.success, ":material/check_circle:") if done else (st.error, ":material/error:")
        box(plain(sentence.text(language)), icon=icon)


def _key(place: str) -> str:
    return f"told/{place}"


def name_of_the_person(said: str) -> str:
    """Give who works here; a name said for the first time is kept, as everywhere."""
    if not visit.person_named() and said:
        saving.name_person(said)
    return visit.person_named()

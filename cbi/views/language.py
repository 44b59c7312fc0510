"""The language and the number format of a visit: chosen, kept for the next one, recalled."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace

import streamlit as st

from cbi.definitions import edition
from cbi.editing import rewritten
from cbi.i18n import LANGUAGES
from cbi.store import Store, StoreError
from cbi.store.paper_contents import PaperContent
from cbi.store.records import Kind
from cbi.views import visit
from cbi.views.visit import DESK, LANGUAGE, NUMBER_FORMAT

NUMBER_FORMATS = {"en": "English", "zh_Hans": "简体中文", "de": "Deutsch", "fr": "Français", "es": "Español"}
"""Locales that numbers can be written in, each with the name that its readers know it by."""


def choose_language(language: str) -> None:
    """Speak another language; numbers follow, unless the person chose a format of their own."""
    if language not in LANGUAGES:
        return
    st.session_state[LANGUAGE] = language
    if visit.number_format() in LANGUAGES:
        choose_number_format(language)
    else:
        _keep()


def choose_number_format(wanted: str) -> None:
    """Write every number in another format from now on."""
    if wanted not in NUMBER_FORMATS:
        return
    st.session_state[NUMBER_FORMAT] = wanted
    _keep()
    if DESK in st.session_state:
        laid = visit.laid(visit.undisturbed())
        draft = rewritten(laid.desk.draft, edition(laid.desk.draft.edition), wanted)
        laid.desk = replace(laid.desk, draft=draft)


def _keep() -> None:
    """Keep language and number format for the next visit of this person; a store that cannot is no trouble here."""
    name = visit.person_named()
    if not name:
        return
    speech: PaperContent = {LANGUAGE: visit.chosen_language(), NUMBER_FORMAT: visit.number_format()}
    with suppress(StoreError):
        store = visit.own_store()
        key = _key_of(store, name)
        known = store.papers.get(Kind.SETTING, key)
        store.papers.save(Kind.SETTING, key, speech, based_on=known.version if known else 0, person=name)


def _key_of(store: Store, name: str) -> str:
    """Give the key under which a person's choices are kept: their account's where they signed in, else their name's."""
    return f"speech of {store.signature or name}"[:200]


def recall() -> None:
    """Speak as this person chose in an earlier visit."""
    store, name = visit.own_store(), visit.person_named()
    kept = store.papers.get(Kind.SETTING, _key_of(store, name)) if name else None
    content = kept.content if kept and kept.content else {}
    if content.get(LANGUAGE) in LANGUAGES and content.get(NUMBER_FORMAT) in NUMBER_FORMATS:
        st.session_state.update({LANGUAGE: content[LANGUAGE], NUMBER_FORMAT: content[NUMBER_FORMAT]})

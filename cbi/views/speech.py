"""How the pages speak, and who works here: fields that the side and the page Settings share."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from cbi.i18n import LANGUAGES, say, translate
from cbi.numbers import write_number
from cbi.views import language, saving, visit, visitor
from cbi.views.basics import feed, plain
from cbi.views.language import NUMBER_FORMATS

EXAMPLE = Decimal("1205.51")
MOST_NAMES = 6
"""Names that are offered to a person who is asked for theirs."""


def language_field(where: str) -> None:
    """Let the person choose the language; ``where`` tells the side and the page apart."""
    key = f"{where}/language"
    feed(key, visit.chosen_language())
    st.selectbox(
        "Language · 语言",
        list(LANGUAGES),
        key=key,
        format_func=LANGUAGES.__getitem__,
        on_change=lambda: language.choose_language(str(st.session_state.get(key))),
    )


def number_format_field(where: str) -> None:
    """Let the person choose how numbers are read and written."""
    key = f"{where}/number_format"
    feed(key, visit.number_format())
    st.selectbox(
        translate("Number format", visit.chosen_language()),
        list(NUMBER_FORMATS),
        key=key,
        format_func=lambda one: f"{write_number(EXAMPLE, one)} · {NUMBER_FORMATS[one]}",
        on_change=lambda: language.choose_number_format(str(st.session_state.get(key))),
    )


def name_field(where: str) -> None:
    """Ask for the name of the person; it goes with every change."""
    key = f"{where}/name"
    feed(key, visit.person_named())
    st.text_input(
        translate("Your name", visit.chosen_language()),
        key=key,
        autocomplete="name",
        on_change=lambda: saving.name_person(str(st.session_state.get(key) or "")),
    )


def known_names(where: str) -> None:
    """Offer the names that were said on this machine before, so that nobody types theirs twice."""
    language = visit.chosen_language()
    with st.container(horizontal=True):
        for number, name in enumerate(visitor.known()[:MOST_NAMES]):
            st.button(
                say("I am {person}", person=plain(name)).text(language),
                key=f"{where}/name/{number}",
                on_click=saving.name_person,
                args=(name,),
            )

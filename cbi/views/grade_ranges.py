"""How far off a figure of each quality grade may be: fields of the page Settings."""

from __future__ import annotations

import streamlit as st

from cbi.assessment import Quality
from cbi.i18n import say, translate
from cbi.labels import QUALITIES
from cbi.numbers import write_number
from cbi.planning import keeping
from cbi.planning.typed import read_percent
from cbi.store.rights import Right
from cbi.views import courtesy, visit
from cbi.views.basics import feed, state_of
from cbi.views.planned import attempt, tell_outcome

PLACE = "settings/grades"
WIDTH = 150


def fields(language: str) -> None:
    """Ask for the range of each quality grade; it holds for every city of this store."""
    st.header(translate("How far off may a figure be?", language), anchor=False)
    st.markdown(
        translate(
            "The page “Plan” works out how firm points are. A figure without a range of its own is taken to lie within "
            "this many percent of what was entered, by its quality grade. The starting values are those of this "
            "program, not of the handbook.",
            language,
        )
    )
    store, locked = visit.store(), not visit.granted().may(Right.SETTINGS)
    if locked:
        courtesy.tell(Right.SETTINGS, language)
    grades, version = keeping.grades_of(store)
    with st.container(horizontal=True):
        for grade in Quality:
            key = f"{PLACE}/{grade.value}"
            written = write_number(grades[grade], visit.number_format()) if grade in grades else ""
            feed(key, written)
            st.text_input(
                say("{grade}: ± percent", grade=QUALITIES[grade]).text(language).capitalize(),
                key=key,
                autocomplete="off",
                width=WIDTH,
                disabled=locked,
                on_change=_take,
                args=(grade, version, key),
            )
    tell_outcome(PLACE, language)


def _take(grade: Quality, version: int, key: str) -> None:
    def keep() -> None:
        store, text = visit.store(), state_of(key)
        grades, _ = keeping.grades_of(store)
        known = {name: percent for name, percent in grades.items() if name is not grade}
        if text.strip():
            known[grade] = read_percent(text, visit.number_format())
        ordered = {one: known[one] for one in Quality if one in known}
        keeping.keep_grades(store, ordered, based_on=version, person=visit.person())

    attempt(PLACE, keep)

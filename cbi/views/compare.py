"""Compare: how have we changed? Two years like for like, then all years: totals, every indicator, species."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from cbi.assessment import Assessment
from cbi.demo import DEMOS
from cbi.i18n import say, translate
from cbi.views import compare_all, compare_species, compare_two, session, words
from cbi.views.basics import feed, leading
from cbi.views.shown import Shown
from cbi.views.years import Years, pair_of, years_of

WIDTH = 1080
START = str(Path(__file__).with_name("start.py"))
MANY_YEARS = "example-2024"
"""The demo city that has several years."""


def page(shown: Shown) -> None:
    """Show the page from top to bottom."""
    st.title(translate("How have we changed?", shown.language), anchor=False)
    st.caption(words.heading(shown))
    years = years_of(shown)
    if len(years.assessments) < 2:
        _alone(shown)
        return
    before, after = _chosen(years)
    compare_two.section(pair_of(years, before, after))
    compare_all.totals(years)
    compare_all.points(years)
    compare_species.section(years)


def _alone(shown: Shown) -> None:
    """Say what a single year lacks, and lead to what helps."""
    language = shown.language
    with st.container(border=True):
        st.header(translate("There is one year so far", language), anchor=False)
        told = say(
            "A city is compared with itself, so change shows from the second year on. {year} can become the baseline "
            "that all later years are held against.",
            year=shown.desk.head.year,
        )
        st.markdown(told.text(language))
        if shown.is_demo:
            st.markdown(
                translate("This demo city has a single year. The example city has three, under two editions.", language)
            )
            if st.button(translate(DEMOS[MANY_YEARS].city, language), icon=":material/play_circle:", type=leading()):
                session.open_demo(MANY_YEARS)
                st.rerun()
            return
        st.markdown(
            translate(
                "To begin the next year, open the page “Start” and choose “Start another year”. The city profile and "
                "the sources are carried over.",
                language,
            )
        )
        if st.button(translate("Start another year", language), icon=":material/add:", type=leading()):
            st.switch_page(START)


# Which two years


def _chosen(years: Years) -> tuple[Assessment, Assessment]:
    """Let the person choose two years: at first the baseline and the open one, for each year that is opened."""
    language = years.language
    known = {f"{one.year} {one.edition}": one for one in years.assessments}
    keys = list(known)
    first, last = _usual(years, keys)
    place = f"compare/{'demo' if years.shown.is_demo else 'own'}/{years.shown.desk.head.id}"
    with st.container(horizontal=True):
        earlier = _pick(translate("Earlier year", language), keys[:-1], f"{place}/from", first, years, known)
        later_keys = keys[keys.index(earlier) + 1 :]
        later = _pick(
            translate("Later year", language),
            later_keys,
            f"{place}/to",
            last if last in later_keys else later_keys[-1],
            years,
            known,
        )
    return known[earlier], known[later]


def _usual(years: Years, keys: list[str]) -> tuple[str, str]:
    """Give the open year and the baseline, or its neighbour where it is the baseline itself; the earlier first."""
    mine = years.assessments.index(years.shown.reading.assessment)
    base = years.assessments.index(years.base) if years.base else 0
    if base == mine:
        base = len(keys) - 1 if mine < len(keys) - 1 else mine - 1
    return keys[min(base, mine)], keys[max(base, mine)]


def _pick(label: str, options: list[str], place: str, usual: str, years: Years, known: dict[str, Assessment]) -> str:
    if st.session_state.get(place) not in options:
        st.session_state[place] = usual
    key = f"{place}/{years.language}"
    feed(key, st.session_state[place])
    st.selectbox(
        label,
        options,
        key=key,
        format_func=lambda one: years.full_name(known[one]),
        on_change=_take,
        args=(place, key),
        width=320,
    )
    return str(st.session_state[place])


def _take(place: str, key: str) -> None:
    st.session_state[place] = st.session_state.get(key)


with st.container(width=WIDTH):
    page(session.shown())

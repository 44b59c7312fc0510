"""Handbook: what are the rules? Every indicator of the edition, the bands that are to be checked first."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from cbi.definitions.models import Indicator
from cbi.handbook import found
from cbi.i18n import Sentence, say, translate
from cbi.labels import trust_of, word_on_bands
from cbi.scoring import Result
from cbi.views import band_check, band_correction, rule, session, steps, words
from cbi.views.basics import feed, fold, plain, state_of
from cbi.views.shown import Shown

WIDTH = 1080
SEARCH, FILTER = "handbook/search", "handbook/filter"

FILTERS: Mapping[str, Sentence] = {
    "all": say("All indicators"),
    "to check": say("To be checked"),
    "checked": say("Checked by the city"),
    "own": say("The city's own bands"),
}
ICONS = {
    "to check": ":material/rule:",
    "checked": ":material/task_alt:",
    "own": ":material/edit_note:",
    "confirmed": ":material/verified:",
}


def page(shown: Shown) -> None:
    """Show the page from top to bottom."""
    language = shown.language
    st.title(translate("What are the rules?", language), anchor=False)
    st.caption(words.heading(shown))
    st.markdown(
        say(
            "These rules were put together from public sources. Where bands are to be checked, compare them with the "
            "printed handbook and record it here. It then holds for all years of {city}.",
            city=plain(shown.desk.head.city.name),
        ).text(language)
    )
    wanted = _filter(shown)
    listed = _searched(shown)
    open_ = [one for one in listed if _state(shown, one) == "to check"]
    settled = [one for one in listed if _state(shown, one) != "to check"]
    if not listed:
        _nothing_found(shown)
    elif wanted == "all":
        _list(shown, translate("Bands to be checked", language), open_)
        _list(shown, translate("Confirmed, checked or corrected", language), settled)
    else:
        chosen = [one for one in listed if _state(shown, one) == wanted]
        _list(shown, FILTERS[wanted].text(language), chosen)
        if not chosen:
            st.caption(translate("No indicator.", language))


# Finding


def _filter(shown: Shown) -> str:
    language = shown.language
    if st.session_state.get(FILTER) not in FILTERS:
        st.session_state[FILTER] = "all"
    key = f"{FILTER}/{language}"
    feed(key, st.session_state[FILTER])
    st.segmented_control(
        translate("Which indicators", language),
        list(FILTERS),
        key=key,
        required=True,
        format_func=lambda one: FILTERS[one].text(language),
        label_visibility="collapsed",
        wrap=True,
        on_change=_take_filter,
        args=(key,),
    )
    return str(st.session_state[FILTER])


def _take_filter(key: str) -> None:
    if st.session_state.get(key) in FILTERS:
        st.session_state[FILTER] = st.session_state[key]


def _searched(shown: Shown) -> tuple[Indicator, ...]:
    st.text_input(
        translate("Search: a number, or words such as tree, water, park", shown.language),
        key=SEARCH,
        icon=":material/search:",
        autocomplete="off",
    )
    return found(shown.edition, state_of(SEARCH))


def _nothing_found(shown: Shown) -> None:
    st.info(
        say("Nothing in this edition speaks of “{words}”.", words=plain(state_of(SEARCH))).text(shown.language),
        icon=":material/search_off:",
    )
    st.button(translate("Show all indicators", shown.language), on_click=_show_all)


def _show_all() -> None:
    st.session_state[SEARCH], st.session_state[FILTER] = "", "all"


# The list


def _state(shown: Shown, indicator: Indicator) -> str:
    """Tell in one word of :data:`ICONS` what is known of an indicator's bands."""
    return state_of_bands(shown.card.result(indicator.id))


def state_of_bands(result: Result) -> str:
    """Tell in one word of :data:`ICONS` what is known of the bands of a result."""
    if result.correction is not None:
        return "own"
    if result.check is not None:
        return "checked"
    return "confirmed" if result.indicator.confirmed else "to check"


def _list(shown: Shown, title: str, indicators: list[Indicator]) -> None:
    """List indicators under a header that says how many there are; without any, nothing."""
    if not indicators:
        return
    st.header(title, anchor=False)
    st.caption(say("Indicators: {count}", count=len(indicators)).text(shown.language))
    with st.container(gap="xsmall"):
        for indicator in indicators:
            _indicator(shown, indicator)


def _indicator(shown: Shown, indicator: Indicator) -> None:
    result = shown.card.result(indicator.id)
    with st.container(gap="xxsmall"):
        fold(
            f"{indicator.number} · {indicator.title}",
            f"handbook/{shown.edition.id}/{indicator.id}",
            lambda: _inside(shown, result),
            icon=ICONS[state_of_bands(result)],
            summary=_summary(shown, result),
        )
        with st.container():
            steps.told(band_correction.place_of(indicator.id), shown.language)


def _summary(shown: Shown, result: Result) -> str:
    """Say in one line how far an indicator is trusted, and what the city says of its bands."""
    told = word_on_bands(result) if result.check or result.correction else None
    parts = [trust_of(result.indicator, shown.language), plain(told.text(shown.language)) if told else ""]
    return words.capital(" · ".join(filter(None, parts)))


def _inside(shown: Shown, result: Result) -> None:
    rule.whole(shown, result)
    band_check.compare_with_print(shown, result)


with st.container(width=WIDTH):
    page(session.shown())

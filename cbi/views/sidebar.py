"""The side of every page: where we are, the totals, and how the page speaks."""

from __future__ import annotations

from decimal import Decimal

import streamlit as st

from cbi.i18n import LANGUAGES, say, translate
from cbi.numbers import write_number
from cbi.views import city, session, words
from cbi.views.session import LANGUAGE, NUMBER_FORMAT, NUMBER_FORMATS, Shown

EXAMPLE = Decimal("1205.51")


def sidebar(shown: Shown) -> None:
    """Show city, year and edition, the totals that follow each entry, language and number format."""
    language = shown.language
    with st.sidebar:
        st.markdown(f"**{shown.card.city or translate('City without a name', language)}**")
        named = say("{edition} edition", edition=shown.edition.id).text(language)
        st.caption(" · ".join(filter(None, [str(shown.card.year or ""), named])))
        _totals(shown)
        city.fold(shown)
        _settings(language)


def _totals(shown: Shown) -> None:
    language, card = shown.language, shown.card
    st.metric(
        translate("Total", language),
        say("{points} of {maximum}", points=card.total.points, maximum=card.total.maximum).text(language),
    )
    lines = [
        say(
            "{title}: **{points}** of {maximum}",
            title=words.SHORT_TITLES[one.id],
            points=card.components[one.id].points,
            maximum=one.maximum,
        ).text(language)
        for one in card.edition.components
    ]
    st.markdown("  \n".join(lines))
    st.caption(
        say("{scored} of {count} indicators scored", scored=card.total.scored, count=len(card.results)).text(language)
    )


def _settings(language: str) -> None:
    st.selectbox(
        "Language · 语言",
        list(LANGUAGES),
        key=LANGUAGE,
        format_func=LANGUAGES.__getitem__,
        on_change=session.follow_language,
    )
    st.selectbox(
        translate("Number format", language),
        list(NUMBER_FORMATS),
        key=NUMBER_FORMAT,
        format_func=lambda one: f"{write_number(EXAMPLE, one)} · {NUMBER_FORMATS[one]}",
        on_change=session.follow_number_format,
    )

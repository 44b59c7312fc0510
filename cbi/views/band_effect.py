"""What a correction changes, shown before it is kept: the points of each year, now and then."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cbi.corrections.effect import Effect
from cbi.i18n import Sentence, say, translate
from cbi.scoring import Result
from cbi.views import words
from cbi.views.basics import bold, plain
from cbi.views.shown import Shown


def table(shown: Shown, found: tuple[Effect, ...]) -> None:
    """Show the years of the city with their points now and then, and say which of them change."""
    language = shown.language
    st.markdown(bold(translate("What this changes", language)))
    titles = [say("Year"), say("Value"), say("Points now"), say("Points then"), say("Total now"), say("Total then")]
    rows = [
        [
            str(one.year),
            words.value_of(shown, one.after) or (one.after.band or "–"),
            _points(one.before),
            _points(one.after),
            str(one.now.total.points),
            str(one.then.total.points),
        ]
        for one in found
    ]
    years = pd.DataFrame(rows, columns=[title.text(language) for title in titles])
    st.table(years.map(plain), border="horizontal", hide_index=True)
    told = _years_told([one for one in found if one.changes])
    st.caption(told.text(language))


def _points(result: Result) -> str:
    return "–" if result.points is None else str(result.points)


def _years_told(changed: list[Effect]) -> Sentence:
    held = say("It holds for all years of the city, also for those that are submitted or locked.")
    if not changed:
        return say("No points change. {held}", held=held)
    return say("Points change in {years}. {held}", years=", ".join(str(one.year) for one in changed), held=held)

"""The two charts of the first pages: a bullet bar for totals, and the strip of five bands.

Texts stand inside shapes that bring their own background, and shape and place say what colour says, so
that both charts read in light and dark and without colour vision.
"""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd
import streamlit as st

from cbi.definitions.bands import Band
from cbi.i18n import say
from cbi.scoring import Result, Totals
from cbi.views import words
from cbi.views.session import Shown

LIGHT = {
    "resting": "#e6ece8", "resting_text": "#33433b", "reached": "#1f6f54", "reached_text": "#ffffff",
    "points": "#1f6f54", "attainable": "#b9d5c7", "maximum": "#87958d",
}  # fmt: skip
DARK = {
    "resting": "#2a3731", "resting_text": "#cbd8d1", "reached": "#4fb58f", "reached_text": "#0d1512",
    "points": "#7fd6b1", "attainable": "#35594a", "maximum": "#87958d",
}  # fmt: skip


def _colours() -> dict[str, str]:
    return DARK if st.context.theme.type == "dark" else LIGHT


def bullet(shown: Shown, title: str, totals: Totals, longest: int) -> None:
    """Draw points (thin bar), attainable so far (wide bar) and maximum (outline) on a scale up to ``longest``."""
    colours = _colours()
    data = pd.DataFrame(
        [{"points": totals.points, "attainable": totals.attainable, "maximum": totals.maximum, "from": 0}]
    )
    base = alt.Chart(data).encode(
        x=alt.X("from:Q", axis=None, scale=alt.Scale(domain=[0, longest], nice=False)), y=alt.value(14)
    )
    outline = base.mark_bar(size=22, filled=False, stroke=colours["maximum"], strokeWidth=1.5, cornerRadius=3).encode(
        x2="maximum:Q"
    )
    wide = base.mark_bar(size=19, color=colours["attainable"]).encode(x2="attainable:Q")
    thin = base.mark_bar(size=9, color=colours["points"]).encode(x2="points:Q")
    words_for_it = say("{title}: {points} points, {attainable} attainable so far, {maximum} at most", title=title,
                       points=totals.points, attainable=totals.attainable, maximum=totals.maximum)  # fmt: skip
    chart = alt.layer(outline, wide, thin).properties(height=28).configure_view(strokeWidth=0)
    st.altair_chart(chart, alt=words_for_it.text(shown.language))


def strip(shown: Shown, result: Result) -> None:
    """Draw the five bands of an indicator from 0 to 4 points, today's band filled and today's value marked."""
    colours = _colours()
    indicator = result.indicator
    bands = sorted(indicator.bands, key=lambda band: band.points)
    data = pd.DataFrame(
        [
            {
                "from": band.points + 0.02,
                "to": band.points + 0.98,
                "middle": band.points + 0.5,
                "points": str(band.points),
                "range": words.band_label(shown, indicator, band, with_unit=False),
                "reached": band.points == result.points,
            }
            for band in bands
        ]
    )
    x = alt.X("from:Q", axis=None, scale=alt.Scale(domain=[0, len(bands)], nice=False))
    text_colour = alt.condition("datum.reached", alt.value(colours["reached_text"]), alt.value(colours["resting_text"]))
    boxes = alt.Chart(data).mark_rect(cornerRadius=4).encode(
        x=x,
        x2="to:Q",
        y=alt.value(10),
        y2=alt.value(52),
        color=alt.condition("datum.reached", alt.value(colours["reached"]), alt.value(colours["resting"])),
    )  # fmt: skip
    middle = alt.Chart(data).encode(x="middle:Q", color=text_colour)
    numbers = middle.mark_text(fontSize=14, fontWeight="bold").encode(y=alt.value(23), text="points:N")
    ranges = middle.mark_text(fontSize=11).encode(y=alt.value(41), text="range:N")
    layers = [boxes, numbers, ranges]
    if result.points is not None and result.value is not None:
        mark = pd.DataFrame([{"at": result.points + _place(bands, result.points, result.value)}])
        layers.append(
            alt.Chart(mark)
            .mark_point(shape="triangle-down", size=90, filled=True, opacity=1, color=colours["reached"])
            .encode(x="at:Q", y=alt.value(4))
        )
    chart = alt.layer(*layers).properties(height=54).configure_view(strokeWidth=0)
    st.altair_chart(chart, alt=_strip_in_words(shown, result, bands))


def _place(bands: list[Band], points: int, value: Decimal) -> float:
    """Tell where in its band a value lies, from the worse end (0) to the better (1); in the middle of an open band."""
    low, high = bands[points].from_, bands[points].to
    if low is None or high is None or low == high:
        return 0.5
    share = float((value - low) / (high - low))
    less_is_better = bands[-1].below is not None or bands[-1].at_most is not None
    return 0.1 + 0.8 * (1 - share if less_is_better else share)


def _strip_in_words(shown: Shown, result: Result, bands: list[Band]) -> str:
    listed = "; ".join(
        f"{words.points(band.points, shown.language)} {words.band_label(shown, result.indicator, band)}"
        for band in bands
    )
    if result.points is None:
        return say("No value yet. Bands: {bands}", bands=listed).text(shown.language)
    return say("{value} is in the band of {points}. Bands: {bands}", value=words.value_of(shown, result),
               points=words.points(result.points, shown.language), bands=listed).text(shown.language)  # fmt: skip

"""The two charts of the first pages: a bullet bar for totals, and the strip of five bands.

Texts stand inside shapes that bring their own ground, and shape and place say what colour says, so that
both charts read in light and dark and without colour vision. They are written as Vega-Lite (what Altair
produces), with their few figures inside: building and proving a dozen Altair charts takes a second in every
run, this a few milliseconds.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Any

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

Spec = dict[str, Any]


def _colours() -> dict[str, str]:
    return DARK if st.context.theme.type == "dark" else LIGHT


def _along(field: str, longest: int) -> Spec:
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"domain": [0, longest], "nice": False}}


def bullet(shown: Shown, title: str, totals: Totals, longest: int) -> None:
    """Draw points (thin bar), attainable so far (wide bar) and maximum (outline) on a scale up to ``longest``."""
    colours = _colours()

    def bar(end: str, mark: Spec) -> Spec:
        encoding = {"x": _along("from", longest), "x2": {"field": end}, "y": {"value": 14}}
        return {"mark": {"type": "bar", **mark}, "encoding": encoding}

    outline = {"size": 22, "filled": False, "stroke": colours["maximum"], "strokeWidth": 1.5, "cornerRadius": 3}
    row = {"from": 0, "points": totals.points, "attainable": totals.attainable, "maximum": totals.maximum}
    spec = {
        "data": {"values": [row]},
        "height": 28,
        "config": {"view": {"strokeWidth": 0}},
        "layer": [
            bar("attainable", {"size": 20, "color": colours["attainable"]}),
            bar("points", {"size": 9, "color": colours["points"]}),
            bar("maximum", outline),
        ],
    }
    in_words = say(
        "{title}: {points} points, {attainable} attainable so far, {maximum} at most",
        title=title,
        points=totals.points,
        attainable=totals.attainable,
        maximum=totals.maximum,
    )
    st.vega_lite_chart(spec, alt=in_words.text(shown.language))


def strip(shown: Shown, result: Result) -> None:
    """Draw the five bands of an indicator from 0 to 4 points, today's band filled and today's value marked."""
    colours = _colours()
    bands = sorted(result.indicator.bands, key=lambda band: band.points)
    labels = [words.band_label(shown, result.indicator, band, with_unit=False) for band in bands]
    rows = [
        {
            "from": band.points + 0.02,
            "to": band.points + 0.98,
            "middle": band.points + 0.5,
            "points": str(band.points),
            "range": label,
            "reached": band.points == result.points,
            "mark": band.points + _place(bands, band, result.value),
        }
        for band, label in zip(bands, labels, strict=True)
    ]

    def coloured(part: str) -> Spec:
        reached, resting = colours[f"reached{part}"], colours[f"resting{part}"]
        return {"condition": {"test": "datum.reached", "value": reached}, "value": resting}

    def text(field: str, height: int, mark: Spec) -> Spec:
        encoding = {
            "x": _along("middle", len(bands)),
            "y": {"value": height},
            "text": {"field": field, "type": "nominal"},
        }
        return {"mark": {"type": "text", **mark}, "encoding": {**encoding, "color": coloured("_text")}}

    boxes = {"x": _along("from", len(bands)), "x2": {"field": "to"}, "y": {"value": 10}, "y2": {"value": 52}}
    mark = {"type": "point", "shape": "triangle-down", "size": 90, "filled": True, "opacity": 1}
    spec = {
        "data": {"values": rows},
        "height": 54,
        "config": {"view": {"strokeWidth": 0}},
        "layer": [
            {"mark": {"type": "rect", "cornerRadius": 4}, "encoding": {**boxes, "color": coloured("")}},
            text("points", 23, {"fontSize": 14, "fontWeight": "bold"}),
            text("range", 41, {"fontSize": 11}),
            {
                "transform": [{"filter": "datum.reached"}],
                "mark": {**mark, "color": colours["reached"]},
                "encoding": {"x": _along("mark", len(bands)), "y": {"value": 4}},
            },
        ],
    }
    st.vega_lite_chart(spec, alt=_strip_in_words(shown, result, labels))


def _place(bands: list[Band], band: Band, value: Decimal | None) -> float:
    """Tell where in a band a value lies, from the worse end (0) to the better (1); in the middle of an open band."""
    if value is None or band.from_ is None or band.to is None or band.from_ == band.to:
        return 0.5
    share = float((value - band.from_) / (band.to - band.from_))
    less_is_better = bands[-1].below is not None or bands[-1].at_most is not None
    return 0.1 + 0.8 * (1 - share if less_is_better else share)


def _strip_in_words(shown: Shown, result: Result, labels: list[str]) -> str:
    listed = "; ".join(f"{words.points(count, shown.language)} {label}" for count, label in enumerate(labels))
    if result.points is None:
        return say("No value yet. Bands: {bands}", bands=listed).text(shown.language)
    return say(
        "{value} is in the band of {points}. Bands: {bands}",
        value=words.value_of(shown, result),
        points=words.points(result.points, shown.language),
        bands=listed,
    ).text(shown.language)

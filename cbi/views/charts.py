"""The two charts of the first pages: a bullet bar for totals, and the strip of five bands.

Texts stand inside shapes that bring their own ground, and shape and place say what colour says, so that
both charts read in light and dark and without colour vision.

Like those of the page Compare they are Altair charts in the form that Altair writes, Vega-Lite, with their few
figures inside. Making the charts of a page with Altair itself would take one and a half to three times as long as
the whole rerun of the page, and twenty times and more with Altair's proof of each (measured on Overview, Enter and
Compare). The proof is therefore made once, in ``tests/test_app_charts.py``: Altair reads every chart that the pages
draw. The figures stand in an inner layer, where Streamlit leaves them: those at the top it would take out and send by
way of a pandas data frame, in each card of each rerun.
"""

from __future__ import annotations

from typing import Any

import streamlit as st

from cbi.scoring import Result, Totals
from cbi.views import words
from cbi.views.shown import Shown
from cbi.wording import bullet_in_words, place_in_band, strip_in_words

LIGHT = {
    "resting": "#e6ece8", "resting_text": "#33433b", "reached": "#1f6f54", "reached_text": "#ffffff",
    "points": "#1f6f54", "attainable": "#b9d5c7", "maximum": "#87958d",
    "base": "#8a3d0c",
}  # fmt: skip
DARK = {
    "resting": "#2a3731", "resting_text": "#cbd8d1", "reached": "#4fb58f", "reached_text": "#0d1512",
    "points": "#7fd6b1", "attainable": "#35594a", "maximum": "#87958d",
    "base": "#ffb37a",
}  # fmt: skip

Spec = dict[str, Any]

FRAMELESS: Spec = {"view": {"strokeWidth": 0}}
SILENT: Spec = {"aria": False}
"""For every mark: a chart has one text for those who do not see it, not a label for each of its parts."""


def _colours() -> dict[str, str]:
    return DARK if st.context.theme.type == "dark" else LIGHT


def _along(field: str, longest: int) -> Spec:
    return {"field": field, "type": "quantitative", "axis": None, "scale": {"domain": [0, longest], "nice": False}}


def bullet(shown: Shown, title: str, totals: Totals, longest: int, base: Totals | None = None) -> None:
    """Draw points (thin bar), attainable so far (wide bar) and maximum (outline) on a scale up to ``longest``.

    ``base`` are the totals of the baseline, their points drawn as an upright line.
    """
    colours = _colours()

    def bar(end: str, mark: Spec) -> Spec:
        encoding = {"x": _along("from", longest), "x2": {"field": end}, "y": {"value": 14}}
        return {"mark": {"type": "bar", **SILENT, **mark}, "encoding": encoding}

    outline = {"size": 22, "filled": False, "stroke": colours["maximum"], "strokeWidth": 1.5, "cornerRadius": 3}
    row = {"from": 0, "points": totals.points, "attainable": totals.attainable, "maximum": totals.maximum}
    layers = [
        bar("attainable", {"size": 20, "color": colours["attainable"]}),
        bar("points", {"size": 9, "color": colours["points"]}),
        bar("maximum", outline),
        *([_upright(base.points, longest, colours["base"])] if base is not None else []),
    ]
    spec = {"height": 28, "config": FRAMELESS, "layer": [{"data": {"values": [row]}, "layer": layers}]}
    st.vega_lite_chart(
        spec, alt=" ".join([bullet_in_words(title, totals, shown.language), words.base_totals(shown, base)])
    )


def _upright(at: int, longest: int, colour: str) -> Spec:
    return {
        "data": {"values": [{"at": at}]},
        "mark": {"type": "tick", **SILENT, "orient": "vertical", "size": 28, "thickness": 3, "color": colour},
        "encoding": {"x": _along("at", longest), "y": {"value": 14}},
    }


def strip(shown: Shown, result: Result, base: Result | None = None) -> None:
    """Draw the five bands of an indicator from 0 to 4 points, today's band filled and today's value marked.

    ``base`` is the indicator in the baseline year; its value is marked from below.
    """
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
            "mark": band.points + place_in_band(bands, band, result.value),
            "was": base is not None and band.points == base.points,
            "base": band.points + place_in_band(bands, band, base.value if base else None),
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
        return {"mark": {"type": "text", **SILENT, **mark}, "encoding": {**encoding, "color": coloured("_text")}}

    boxes = {"x": _along("from", len(bands)), "x2": {"field": "to"}, "y": {"value": 10}, "y2": {"value": 52}}
    mark = {"type": "point", **SILENT, "shape": "triangle-down", "size": 90, "filled": True, "opacity": 1}
    layers = [
        {"mark": {"type": "rect", **SILENT, "cornerRadius": 4}, "encoding": {**boxes, "color": coloured("")}},
        text("points", 23, {"fontSize": 14, "fontWeight": "bold"}),
        text("range", 41, {"fontSize": 11}),
        {
            "transform": [{"filter": "datum.reached"}],
            "mark": {**mark, "color": colours["reached"]},
            "encoding": {"x": _along("mark", len(bands)), "y": {"value": 4}},
        },
        {
            "transform": [{"filter": "datum.was"}],
            "mark": {**mark, "shape": "triangle-up", "filled": False, "strokeWidth": 2, "color": colours["base"]},
            "encoding": {"x": _along("base", len(bands)), "y": {"value": 58}},
        },
    ]
    height = 54 if base is None else 63
    spec = {"height": height, "config": FRAMELESS, "layer": [{"data": {"values": rows}, "layer": layers}]}
    said = [strip_in_words(shown, result, labels), words.base_value(shown, base)]
    st.vega_lite_chart(spec, alt=" ".join(said).strip())

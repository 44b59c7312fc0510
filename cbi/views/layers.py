"""What the charts of the page “Compare” are built from: colours, places and the usual layers of Vega-Lite."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import streamlit as st

Spec = dict[str, Any]
"""A Vega-Lite specification or a part of one."""

BARE = {"view": {"strokeWidth": 0}}
"""The configuration of all charts: no frame."""


@dataclass(frozen=True, slots=True)
class Colours:
    """Colours on one ground; each text stands at least 4.5 : 1 against what lies behind it.

    ``cells`` are (ground, text) of a cell with 0 to 4 points: one hue from pale to full, so that they keep their
    order for everybody.
    """

    ground: str
    text: str
    muted: str
    outline: str
    points: str
    attainable: str
    gain: str
    loss: str
    cells: tuple[tuple[str, str], ...]


LIGHT = Colours(
    ground="#ffffff", text="#1d2925", muted="#56645d", outline="#87958d", points="#1f6f54", attainable="#cfe3d8",
    gain="#1f6f54", loss="#b4540f",
    cells=(("#eef4f0", "#1d2925"), ("#cfe3d8", "#1d2925"), ("#9fc9b4", "#1d2925"), ("#63a88a", "#10201a"),
           ("#1f6f54", "#ffffff")),
)  # fmt: skip
DARK = Colours(
    ground="#121815", text="#e5ece8", muted="#a9b8b0", outline="#87958d", points="#7fd6b1", attainable="#284a3c",
    gain="#4fb58f", loss="#e39a56",
    cells=(("#1f2b26", "#e5ece8"), ("#284a3c", "#e5ece8"), ("#2f6b54", "#f2f7f4"), ("#45a883", "#0d1512"),
           ("#a5e6cc", "#0d1512")),
)  # fmt: skip


def colours() -> Colours:
    """Give the colours for the ground that the reader has chosen."""
    return DARK if st.context.theme.type == "dark" else LIGHT


def pixels(field: str, length: float) -> Spec:
    """Place something by a field that holds pixels from the left or from the top of a chart of this ``length``."""
    scale = {"domain": [0, length], "range": [0, length], "nice": False}
    return {"field": field, "type": "quantitative", "axis": None, "scale": scale}


def words(field: str) -> Spec:
    """Take a text from a field as it stands."""
    return {"field": field, "type": "nominal"}


def as_given(field: str) -> Spec:
    """Take a colour from a field as it stands."""
    return {"field": field, "type": "nominal", "scale": None}


def layer(mark: Spec, encoding: Spec, values: Iterable[Spec] | None = None) -> Spec:
    """Make one layer of a chart, on figures of its own if ``values`` are given."""
    made: Spec = {"mark": mark, "encoding": encoding}
    return made if values is None else {"data": {"values": list(values)}, **made}


def text(x: Spec, y: Spec, field: str, **mark: object) -> Spec:
    """Write the text of a field at a place; ``mark`` says how."""
    return layer({"type": "text", **mark}, {"x": x, "y": y, "text": words(field)})


def titled(title: str, subtitle: str = "") -> Spec:
    """Make the title of a picture, which leaves the page and must explain itself."""
    return {
        "text": title, "subtitle": subtitle, "anchor": "start", "fontSize": 16, "subtitleFontSize": 12, "offset": 16,
        "color": LIGHT.text, "subtitleColor": LIGHT.muted,
    }  # fmt: skip

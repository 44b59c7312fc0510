"""The charts of the page “Plan”: distances to the next point, what a scenario moves, chances of points, rarefaction.

Written as Vega-Lite like :mod:`cbi.views.charts`; each takes its colours, so that it can also be drawn as a picture on
white paper. Names stand above their bars, so that every chart fits a phone.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cbi.views.layers import BARE, Colours, Spec, as_given, layer, pixels, text, words

ROW = 42
"""Height in pixels of a name with its bar."""
SHARE_SHOWN = 0.09
"""The least part of a bar that has room for its points."""


@dataclass(frozen=True, slots=True)
class Distance:
    """How far the next point of an indicator is: a share of the figure (from 0 on), and what is said of it."""

    name: str
    share: float
    label: str
    near: bool


def distances(rows: Sequence[Distance], colours: Colours) -> Spec:
    """Draw how much of a figure the next point takes: near ones filled, farther ones outlined; 1 is the figure itself.

    Bars longer than the figure itself end in the same place; their label says more.
    """
    height = ROW * len(rows)
    values = [
        {
            "name": row.name, "share": min(row.share, 1), "label": row.label, "zero": 0,
            "fill": colours.gain if row.near else colours.ground, "stroke": colours.gain,
            "top": ROW * place + 12, "middle": ROW * place + 28,
        }
        for place, row in enumerate(rows)
    ]  # fmt: skip
    along: Spec = {
        "field": "share", "type": "quantitative", "axis": None,
        "scale": {"domain": [0, 1], "range": [2, {"expr": "width - 90"}], "nice": False},
    }  # fmt: skip
    bar = {"type": "bar", "orient": "horizontal", "size": 12, "cornerRadius": 2, "strokeWidth": 2}
    filled = {"fill": as_given("fill"), "stroke": as_given("stroke")}
    y = pixels("middle", height)
    return {
        "data": {"values": values},
        "height": height,
        "config": BARE,
        "layer": [
            layer(bar, {"x": {**along, "field": "zero"}, "x2": {"field": "share"}, "y": y, **filled}),
            _name(height, colours),
            text(along, y, "label", align="left", dx=7, color=colours.text, fontSize=12, fontWeight="bold"),
        ],
    }


def _name(height: float, colours: Colours) -> Spec:
    place = {"x": {"value": 2}, "y": pixels("top", height), "text": words("name")}
    mark = {"type": "text", "align": "left", "color": colours.text, "fontSize": 12, "limit": {"expr": "width - 4"}}
    return layer(mark, place)


@dataclass(frozen=True, slots=True)
class Chance:
    """The chances (0 to 1, by points) of one indicator, its points today, and its name."""

    name: str
    chances: Mapping[int, float]
    today: int


def chances(rows: Sequence[Chance], colours: Colours) -> Spec:
    """Draw for each indicator how likely each number of points is: a bar of parts, today's points framed."""
    height = ROW * len(rows)
    parts = []
    for place, row in enumerate(rows):
        start = 0.0
        for points, chance in sorted(row.chances.items()):
            fill, ink = colours.cells[points]
            parts.append(
                {
                    "from": start, "to": start + chance, "middle": start + chance / 2,
                    "points": str(points) if chance >= SHARE_SHOWN else "", "fill": fill, "ink": ink,
                    "stroke": colours.text if points == row.today else colours.outline,
                    "wide": 2.5 if points == row.today else 0.8, "y": ROW * place + 29,
                }
            )  # fmt: skip
            start += chance
    names = [{"name": row.name, "top": ROW * place + 11} for place, row in enumerate(rows)]
    scale = {"domain": [0, 1], "range": [3, {"expr": "width - 3"}], "nice": False}

    def along(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "axis": None, "scale": scale}

    bar = {"type": "bar", "orient": "horizontal", "size": 18, "cornerRadius": 2}
    y = pixels("y", height)
    stroke = {"strokeWidth": {"field": "wide", "type": "quantitative", "scale": None}, "stroke": as_given("stroke")}
    shown = text(along("middle"), y, "points", fontSize=12, fontWeight="bold")
    shown["encoding"]["color"] = as_given("ink")
    return {
        "height": height,
        "config": BARE,
        "layer": [
            layer(bar, {"x": along("from"), "x2": {"field": "to"}, "y": y, "fill": as_given("fill"), **stroke}, parts),
            {"data": {"values": parts}, **shown},
            {"data": {"values": names}, **_name(height, colours)},
        ],
    }


@dataclass(frozen=True, slots=True)
class Beside:
    """A component or the whole: its points at the baseline (None: not to be set beside), today, and in a scenario."""

    name: str
    base: int | None
    today: int
    then: int
    maximum: int


def beside(rows: Sequence[Beside], labels: tuple[str, str, str], colours: Colours) -> Spec:
    """Draw the points of a scenario (filled) below those of today (pale); an upright line marks the baseline."""
    step, height = 66, 66 * len(rows)
    bars: list[Spec] = []
    names: list[Spec] = []
    marks: list[Spec] = []
    for place, row in enumerate(rows):
        top = step * place
        names.append({"name": row.name, "top": top + 12})
        pair = (row.today, labels[1], colours.attainable, top + 29), (row.then, labels[2], colours.points, top + 47)
        bars += [
            {"zero": 0, "share": count / row.maximum, "label": f"{count} · {label}", "fill": fill, "y": at}
            for count, label, fill, at in pair
        ]
        if row.base is not None:
            marks.append({"at": row.base / row.maximum, "top": top + 21, "foot": top + 55})
    scale = {"domain": [0, 1], "range": [2, {"expr": "width - 110"}], "nice": False}

    def along(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "axis": None, "scale": scale}

    bar = {"type": "bar", "orient": "horizontal", "size": 14, "cornerRadius": 2, "strokeWidth": 1}
    fill = {"fill": as_given("fill"), "stroke": {"value": colours.outline}}
    y = pixels("y", height)
    rule = {"type": "rule", "color": colours.loss, "strokeWidth": 3}
    written = text(along("share"), y, "label", align="left", dx=7, color=colours.text, fontSize=12)
    return {
        "height": height,
        "config": BARE,
        "layer": [
            layer(bar, {"x": along("zero"), "x2": {"field": "share"}, "y": y, **fill}, bars),
            {"data": {"values": bars}, **written},
            layer(rule, {"x": along("at"), "y": pixels("top", height), "y2": {"field": "foot"}}, marks),
            {"data": {"values": names}, **_name(height, colours)},
        ],
    }


@dataclass(frozen=True, slots=True)
class Curve:
    """How many species so many records show on average, in one survey."""

    name: str
    points: tuple[tuple[int, float], ...]


def curves(rows: Sequence[Curve], at: int, colours: Colours, height: int = 220) -> Spec:
    """Draw species against records for each survey, each named at its end; an upright line marks equal effort."""
    values = [
        {"name": row.name, "records": records, "species": species} for row in rows for records, species in row.points
    ]
    ends = [{"name": row.name, "records": row.points[-1][0], "species": row.points[-1][1]} for row in rows]
    most = max(one["records"] for one in ends if isinstance(one["records"], int))
    axis = {"labelColor": colours.text, "grid": False, "domainColor": colours.outline, "tickColor": colours.outline,
            "title": None}  # fmt: skip
    x = {"field": "records", "type": "quantitative", "axis": {**axis, "tickCount": 4},
         "scale": {"domain": [0, most], "nice": False, "range": [0, {"expr": "width - 46"}]}}  # fmt: skip
    y = {"field": "species", "type": "quantitative", "axis": {**axis, "tickCount": 4}}
    return {
        "height": height,
        "config": BARE,
        "layer": [
            layer(
                {"type": "rule", "color": colours.loss, "strokeDash": [4, 3], "strokeWidth": 1.5},
                {"x": {**x, "field": "at"}},
                [{"at": at}],
            ),
            layer({"type": "line", "strokeWidth": 2, "color": colours.points},
                  {"x": x, "y": y, "detail": words("name")}, values),
            layer({"type": "text", "align": "left", "dx": 6, "color": colours.text, "fontWeight": "bold"},
                  {"x": x, "y": y, "text": words("name")}, ends),
        ],
    }  # fmt: skip

"""Charts of what changed: the waterfall between two years, and the table of all points as a picture."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cbi.views.layers import BARE, LIGHT, Colours, Spec, as_given, layer, pixels, text, titled, words

ROW, HEADING, EDGE = 40, 30, 48
"""Heights in pixels: of a change, of a heading, and of the totals above and below."""


HALO = {"strokeWidth": 10, "strokeJoin": "round"}
"""So wide that no joint shows between the words of a name."""


@dataclass(frozen=True, slots=True)
class Fall:
    """One row of the waterfall: a heading (without ``label``), or a change of points from ``start`` to ``end``."""

    name: str
    start: int = 0
    end: int = 0
    label: str = ""
    said: str = ""


def waterfall(first: str, last: str, start: int, end: int, rows: Sequence[Fall], colours: Colours) -> Spec:
    """Draw the way from one total to another: a bar for each change, gains filled, losses outlined.

    ``first`` and ``last`` name the totals ``start`` and ``end``. The name of each change stands above its bar, so
    that the chart fits a phone.
    """
    reached = [start, end, *(row.end for row in rows if row.label)]
    scale = {"domain": [min(reached), max(reached)], "zero": False, "nice": False, "padding": 36}
    bars, headings, foot = _placed(rows, colours)
    ends = [{"at": start, "y": 34, "top": 10, "name": first}, {"at": end, "y": foot + 12, "top": foot + 36,
            "name": last}]  # fmt: skip
    height = foot + EDGE

    def along(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "axis": None, "scale": scale}

    def down(field: str) -> Spec:
        return pixels(field, height)

    left = {"x": {"value": 2}, "y": down("top"), "text": words("name")}
    write = {"type": "text", "align": "left", "color": colours.text, "fontSize": 12, "limit": {"expr": "width - 4"}}
    bold = {"fontWeight": "bold"}
    bar = {"type": "bar", "orient": "horizontal", "size": 13, "cornerRadius": 2, "strokeWidth": 2}
    filled = {"fill": as_given("fill"), "stroke": as_given("stroke"), "tooltip": words("said")}
    return {
        "height": height,
        "config": BARE,
        "layer": [
            layer(
                {"type": "rule", "color": colours.outline, "strokeDash": [2, 3], "opacity": 0.7},
                {"x": along("at"), "y": down("from"), "y2": {"field": "to"}},
                _joints(start, bars, foot),
            ),
            layer({**write, **HALO, "stroke": colours.ground, "aria": False}, left, bars),
            layer(bar, {"x": along("start"), "x2": {"field": "end"}, "y": down("middle"), **filled}, bars),
            layer(
                {**write, **bold, "limit": 80, "dx": 7},
                {"x": along("right"), "y": down("middle"), "text": words("label")},
                bars,
            ),
            layer(write, left, bars),
            layer({**write, **bold, "color": colours.muted}, left, headings),
            layer(
                {"type": "point", "shape": "diamond", "filled": True, "size": 120, "opacity": 1, "color": colours.text},
                {"x": along("at"), "y": down("y")},
                ends,
            ),
            layer({**write, **bold, "fontSize": 13}, left, ends),
        ],
    }


def _placed(rows: Sequence[Fall], colours: Colours) -> tuple[list[Spec], list[Spec], int]:
    """Give bars and headings their places from the top in pixels, and where the last of them ends."""
    bars: list[Spec] = []
    headings: list[Spec] = []
    top = EDGE
    for row in rows:
        if not row.label:
            headings.append({"name": row.name, "top": top + 16})
            top += HEADING
            continue
        gain = row.end > row.start
        bars.append(
            {
                "name": row.name, "label": row.label, "said": row.said,
                "start": row.start, "end": row.end, "right": max(row.start, row.end),
                "fill": colours.gain if gain else colours.ground, "stroke": colours.gain if gain else colours.loss,
                "top": top + 10, "middle": top + 27,
            }
        )  # fmt: skip
        top += ROW
    return bars, headings, top


def _joints(start: int, bars: Sequence[Spec], foot: int) -> list[Spec]:
    """Join the end of each bar with the beginning of the next, and the first and last with the totals."""
    stations = [(34, start), *((bar["middle"], bar["end"]) for bar in bars), (foot + 12, None)]
    return [{"at": at, "from": y + 7, "to": below - 7} for (y, at), (below, _) in pairwise(stations)]


NAMES, CELL, LINE = 480, 58, 24
"""Widths of the names and of a year, and height of a line, in pixels of the picture."""


def points_table(
    years: Sequence[str], rows: Sequence[tuple[str, Sequence[int | None]]], title: str, subtitle: str
) -> Spec:
    """Draw all points as a picture on white: a row an indicator, a column a year, the figure in each cell."""
    width, height = NAMES + CELL * len(years), LINE * (len(rows) + 1)
    x, y = pixels("x", width), pixels("y", height)
    cells = [
        _cell(column, line, count) for line, (_, counts) in enumerate(rows, 1) for column, count in enumerate(counts)
    ]
    names = [{"x": 0, "y": LINE * (line + 0.5), "text": name} for line, (name, _) in enumerate(rows, 1)]
    heads = [{"x": NAMES + CELL * (column + 0.5), "y": LINE / 2, "text": year} for column, year in enumerate(years)]
    box = {"type": "rect", "width": CELL - 2, "height": LINE - 2}
    named = text(x, y, "text", align="left", limit=NAMES - 12, color=LIGHT.text, fontSize=12)
    headed = text(x, y, "text", fontWeight="bold", color=LIGHT.text, fontSize=12)
    written = text(x, y, "text", fontSize=12)
    written["encoding"]["color"] = as_given("ink")
    return {
        "title": titled(title, subtitle),
        "width": width,
        "height": height,
        "config": BARE,
        "layer": [
            layer(box, {"x": x, "y": y, "color": as_given("fill")}, cells),
            {"data": {"values": cells}, **written},
            {"data": {"values": names}, **named},
            {"data": {"values": heads}, **headed},
        ],
    }


def _cell(column: int, line: int, count: int | None) -> Spec:
    fill, ink = (LIGHT.ground, LIGHT.muted) if count is None else LIGHT.cells[count]
    place = {"x": NAMES + CELL * (column + 0.5), "y": LINE * (line + 0.5)}
    return {**place, "text": "–" if count is None else str(count), "fill": fill, "ink": ink}

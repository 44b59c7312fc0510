"""Charts with the years along the bottom: totals of the index, and counts of species.

Years stand where they belong in time. Points under one edition are joined by a line, points under two never.
Written as Vega-Lite like :mod:`cbi.views.charts`; each chart takes its colours, so that it can also be drawn as a
picture on white paper.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from cbi.views.layers import BARE, LIGHT, Colours, Spec, layer, text, titled, words

SHAPES = ("circle", "square")
"""Marks of the newest edition and of the one before."""
PICTURE_WIDTH = 380
ROUND = {"type": "point", "filled": True, "size": 110, "opacity": 1}
MOST_SLOTS = 6
"""How many years fit into a third of the page."""


@dataclass(frozen=True, slots=True)
class YearTotals:
    """A year with its points, what they could have been, and what is said of it in words."""

    year: int
    edition: str
    points: int
    attainable: int
    maximum: int
    said: str


@dataclass(frozen=True, slots=True)
class YearCount:
    """A count of species in one year, the same in the reader's number format, and what is said of it in words."""

    year: int
    count: int
    text: str
    said: str


def totals(rows: Sequence[YearTotals], colours: Colours, height: int) -> Spec:
    """Draw points (marks and lines), attainable (bars) and maximum (outlines) over the years; ``height`` in pixels.

    Years of the newest edition have a round mark, those of the one before a square one.
    """
    values = [
        {
            "year": row.year, "edition": row.edition, "points": row.points, "attainable": row.attainable,
            "maximum": row.maximum, "zero": 0, "run": run, "said": row.said,
        }
        for run, row in _in_runs(rows)
    ]  # fmt: skip
    years = [row.year for row in rows]
    x = _along(years)
    scale = {"domain": [0, max(row.maximum for row in rows)], "range": [height - 40, 20], "nice": False}

    def up(field: str) -> Spec:
        return {"field": field, "type": "quantitative", "axis": None, "scale": scale}

    def bar(end: str, **mark: object) -> Spec:
        upright = {"type": "bar", "orient": "vertical", "size": _bar_width(years), "cornerRadius": 2}
        return layer({**upright, **mark}, {"x": x, "y": up("zero"), "y2": {"field": end}})

    here = {"x": x, "y": up("points")}
    line = {"type": "line", "color": colours.points, "strokeWidth": 2}
    mark = {**ROUND, "color": colours.points, "stroke": colours.ground, "strokeWidth": 1.5}
    return {
        "data": {"values": values},
        "height": height,
        "config": BARE,
        "layer": [
            bar("attainable", color=colours.attainable),
            bar("maximum", filled=False, stroke=colours.outline, strokeWidth=1.2),
            _borders(rows, x, height, colours),
            layer(line, {**here, "detail": words("run")}),
            layer(mark, {**here, "shape": _shape(rows), "tooltip": words("said")}),
            text(x, up("points"), "points", dy=-14, color=colours.text, fontWeight="bold", fontSize=_label_size(years)),
            text(x, {"value": height - 25}, "year", color=colours.text, fontSize=12),
            text(x, {"value": height - 9}, "attainable", color=colours.muted, fontSize=11),
        ],
    }


def species(rows: Sequence[YearCount], colours: Colours, height: int) -> Spec:
    """Draw the counts of one group of species over the years; the scale does not begin at zero."""
    values = [{"year": row.year, "count": row.count, "text": row.text, "said": row.said} for row in rows]
    years = [row.year for row in rows]
    x = _along(years)
    lowest, highest = min(row.count for row in rows), max(row.count for row in rows)
    spread = 1 if lowest == highest else 0  # a count that never changed stands in the middle
    scale = {"domain": [lowest - spread, highest + spread], "zero": False, "nice": False, "range": [height - 44, 26]}
    y = {"field": "count", "type": "quantitative", "axis": None, "scale": scale}
    line = {"type": "line", "color": colours.outline, "strokeWidth": 1.5, "strokeDash": [4, 3]}
    return {
        "data": {"values": values},
        "height": height,
        "config": BARE,
        "layer": [
            layer(line, {"x": x, "y": y}),
            layer({**ROUND, "color": colours.points}, {"x": x, "y": y, "tooltip": words("said")}),
            text(x, y, "text", dy=-15, color=colours.text, fontWeight="bold", fontSize=_label_size(years)),
            text(x, {"value": height - 9}, "year", color=colours.text, fontSize=12),
        ],
    }


def slots(years: Sequence[int]) -> float:
    """Tell how many times the two nearest of some years fit between the first and the last of them; at least 1."""
    gaps = [after - before for before, after in pairwise(sorted(set(years)))]
    return (max(years) - min(years)) / min(gaps) if gaps else 1


def are_many(years: Sequence[int]) -> bool:
    """Tell whether years stand so close together that a chart of them needs the whole width of the page."""
    return slots(years) > MOST_SLOTS


def side_by_side(charts: Mapping[str, Spec], title: str, subtitle: str, columns: int) -> Spec:
    """Put charts, each under its name, into one picture."""
    panels = []
    for name, chart in charts.items():
        panel = {key: part for key, part in chart.items() if key != "config"}
        panels.append(
            {
                **panel,
                "title": {"text": name, "anchor": "start", "fontSize": 13, "color": LIGHT.text},
                "width": PICTURE_WIDTH,
            }
        )
    return {
        "title": titled(title, subtitle),
        "concat": panels,
        "columns": columns,
        "spacing": 44,
        "config": BARE,
    }


def _in_runs(rows: Sequence[YearTotals]) -> Iterable[tuple[int, YearTotals]]:
    """Number the runs of years under one edition: a line never leaves its run."""
    for run, (_, members) in enumerate(groupby(rows, key=lambda row: row.edition)):
        yield from ((run, row) for row in members)


def _shape(rows: Sequence[YearTotals]) -> Spec:
    scale = {"domain": sorted({row.edition for row in rows}, reverse=True), "range": list(SHAPES)}
    return {**words("edition"), "scale": scale, "legend": None}


def _borders(rows: Sequence[YearTotals], x: Spec, height: int, colours: Colours) -> Spec:
    """Draw a broken upright line wherever the edition changes from one year to the next."""
    between = [(one.year + other.year) / 2 for one, other in pairwise(rows) if one.edition != other.edition]
    rule = {"type": "rule", "color": colours.outline, "strokeDash": [3, 4]}
    encoding = {"x": x, "y": {"value": 4}, "y2": {"value": height - 40}}
    return layer(rule, encoding, [{"year": year} for year in between])


def _along(years: Sequence[int]) -> Spec:
    scale = {"domain": [min(years), max(years)], "zero": False, "nice": False, "padding": 26}
    return {"field": "year", "type": "quantitative", "axis": None, "scale": scale}


def _label_size(years: Sequence[int]) -> int:
    return 11 if are_many(years) else 13


def _bar_width(years: Sequence[int]) -> float:
    """Give bars a width in pixels that leaves a gap between the two nearest years, even on a phone."""
    return max(4, min(26, 240 / slots(years) - 3))

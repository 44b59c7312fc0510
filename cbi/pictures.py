"""Charts as pictures for papers and slides, drawn on this machine with the fonts of the program."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from types import ModuleType

FONTS = Path(__file__).parent / "report" / "fonts"
FONT_NAMES = "Noto Sans, Noto Sans SC, sans-serif"
"""Fonts of the pictures: the first two come with the program, so that Chinese is drawn on every machine."""

SCALE = 2
"""Pixels of a PNG for each pixel of the chart, so that it stays sharp on paper."""


def svg(spec: Mapping[str, Any]) -> bytes:
    """Draw a Vega-Lite chart as SVG (UTF-8)."""
    return str(_converter().vegalite_to_svg(_dressed(spec), allowed_base_urls=[])).encode()


def png(spec: Mapping[str, Any]) -> bytes:
    """Draw a Vega-Lite chart as PNG, :data:`SCALE` pixels for each of its own."""
    return bytes(_converter().vegalite_to_png(_dressed(spec), scale=SCALE, allowed_base_urls=[]))


@cache
def _converter() -> ModuleType:
    import vl_convert  # brings a whole browser engine with it: only when a picture is asked for

    vl_convert.register_font_directory(str(FONTS))
    return vl_convert


def _dressed(spec: Mapping[str, Any]) -> dict[str, Any]:
    """Give a chart a white ground, a margin and the fonts of the program."""
    config = {**spec.get("config", {}), "font": FONT_NAMES}
    return {"background": "#ffffff", "padding": 16, **spec, "config": config}

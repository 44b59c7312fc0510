"""What a chart can be taken away as: a picture for papers and slides, and its figures as a table.

Nothing of it is made before somebody asks for it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from decimal import Decimal

import streamlit as st

from cbi import pictures
from cbi.i18n import translate
from cbi.tables.marks import guarded
from cbi.views import session
from cbi.views.layers import Spec
from cbi.views.taken_away import noted

Row = Sequence[object]


def download(
    name: str, city: str, language: str, head: Sequence[str], rows: Sequence[Row], picture: Callable[[], Spec]
) -> None:
    """Offer a chart as PNG and SVG, and its figures as CSV.

    ``name`` names the chart in file names and keys; ``picture`` makes it on a white ground, with a width of its own.
    Figures are numbers in ``rows``, whatever the number format of the page; None is an empty cell.
    """
    file = file_name(city, name)
    with st.popover(translate("Download", language), icon=":material/download:", type="tertiary", key=f"take/{name}"):
        _button(translate("Picture (PNG)", language), lambda: pictures.png(picture()), f"{file}.png", "image/png")
        _button(translate("Picture (SVG)", language), lambda: pictures.svg(picture()), f"{file}.svg", "image/svg+xml")
        _button(translate("Figures (CSV)", language), lambda: as_csv(head, rows), f"{file}.csv", "text/csv")


def _button(label: str, data: Callable[[], bytes], file: str, mime: str) -> None:
    st.download_button(
        label,
        noted(session.shown(), "chart", data),
        file_name=file,
        mime=mime,
        key=f"take/{file}",
        icon=":material/table:" if mime == "text/csv" else ":material/image:",
        on_click="ignore",
        width="stretch",
    )


def file_name(city: str, name: str) -> str:
    """Make the name of a file, without its ending, from the name of the city and of what it holds."""
    plain = re.sub(r"\W+", "-", city).strip("-").lower()
    return f"{plain}-{name}" if plain else name


def as_csv(head: Sequence[str], rows: Sequence[Row]) -> bytes:
    """Write a table as CSV that spreadsheet programs open as it is: UTF-8 with its mark, no text read as a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([_cell(title) for title in head])
    writer.writerows([_cell(value) for value in row] for row in rows)
    return out.getvalue().encode("utf-8-sig", "replace")


def _cell(value: object) -> object:
    if isinstance(value, Decimal):
        return f"{value:f}"
    return guarded(value) if isinstance(value, str) else value

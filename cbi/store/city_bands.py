"""What a city says of the printed bands, read from its papers, so that its years are scored by it."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, Select, func, select

from cbi.corrections import CityBands, read_city_bands
from cbi.store import tables
from cbi.store.paper_contents import PaperContent
from cbi.store.records import Kind

_PAPER = tables.paper
_KINDS = (Kind.BAND_CHECK.value, Kind.BAND_CORRECTION.value)


def of_city(connection: Connection, city_id: int) -> CityBands:
    """Give the checks and corrections of a city as they stand; withdrawn ones are left out."""
    last: dict[tuple[str, str], PaperContent | None] = {}
    rows = select(_PAPER).where(*_mine(city_id)).order_by(_PAPER.c.kind, _PAPER.c.key, _PAPER.c.version)
    for row in connection.execute(rows):
        last[row.kind, row.key] = row.content
    checks, corrections = (
        [content for (kind, _), content in last.items() if kind == wanted and content is not None] for wanted in _KINDS
    )
    return read_city_bands(checks, corrections)


def newest(city_id: int) -> Select[tuple[int]]:
    """Ask for the newest word of a city on its bands."""
    return select(func.max(_PAPER.c.id)).where(*_mine(city_id))


def _mine(city_id: int) -> tuple[ColumnElement[bool], ...]:
    return _PAPER.c.scope == f"city {city_id}", _PAPER.c.kind.in_(_KINDS)

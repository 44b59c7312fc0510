"""Rows of our template whose code is gone: known again by their number and by what they ask, in either language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from cbi.definitions import edition
from cbi.i18n import LANGUAGES
from cbi.intake.words import BLANK
from cbi.sheets import Cell, Sheet
from cbi.units import plain
from cbi.workbook import words
from cbi.workbook.layout import layout_of
from cbi.workbook.parts import RECORD, START, Code, parse_code

OURS = frozenset(("asked", "value"))
"""The headings without which a sheet is none of ours, where no code says that it is."""

FEWEST_HEADINGS = 6
"""So many of our headings make a template, also where neither codes nor the hidden sheet are left."""

Known = Mapping[str, Sequence[tuple[str, str, Code | None]]]
"""By what a row asks: its number, the title of its indicator, and its code; None for a row that only shows a figure."""


@lru_cache(maxsize=16)
def known_rows(edition_id: str, indicators: str = "") -> Known:
    """List the rows of the templates of an edition by what they ask, folded.

    ``indicators`` are the ids of those that a workbook asks, joined by commas: a workbook of some of them words
    a few rows in another way.
    """
    found: dict[str, list[tuple[str, str, Code | None]]] = {}
    for language in LANGUAGES:
        asked = edition(edition_id, language)
        every = [one.id for one in asked.indicators]
        chosen = [name for name in indicators.split(",") if asked.find(name) is not None]
        for some in (None, chosen) if chosen else (None,):
            layout = layout_of(asked, some, ways=every, finished=every)
            for sheet in layout.sheets:
                for row in sheet.rows:
                    code = parse_code(row.code) if row.code else None
                    found.setdefault(plain(row.asked), []).append((row.number, plain(row.title), code))
        start = {"city": words.CITY, "year": words.YEAR, "contact": words.CONTACT}
        for name, label in start.items():
            found.setdefault(plain(label.text(language)), []).append(("", "", Code(START, name)))
    return found


def codes_by_text(
    sheet: Sheet, rows: Iterable[int], columns: Mapping[str, int], known: Known
) -> dict[int, Code | None]:
    """Find the codes of rows by what they ask; None for a row that is known to take no entry. Others are left out."""
    if "asked" not in columns:
        return {}
    found: dict[int, Code | None] = {}
    for row in rows:
        asks, number, title = (
            plain(sheet.at(row, columns[name]).text) if name in columns else ""
            for name in ("asked", "number", "indicator")
        )
        title = title.replace("/ ", "/")  # a long title is written so that it can break
        fitting = {code for its, called, code in known.get(asks, ()) if number == its or (title and title == called)}
        all_so_named = {code for _, _, code in known.get(asks, ())}
        codes = fitting or all_so_named
        if len(codes) == 1:
            found[row] = codes.pop()
    return found


def is_lost(columns: Mapping[str, int], sheet: Sheet, row: int) -> Cell | None:
    """Give the entry of a row that nothing is known of, if its sheet is one for entries and it holds any."""
    if not columns.keys() & {*RECORD}:
        return None
    for name in ("value", "reason"):
        cell = sheet.at(row, columns[name]) if name in columns else None
        if cell is not None and not cell.formula and cell.text.strip() and plain(cell.text) not in BLANK:
            return cell
    return None

"""The two hidden sheets: what the workbook is, with its lists; and the lines that work out the points."""

from __future__ import annotations

from openpyxl import Workbook
from openpyxl.utils import get_column_letter
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.worksheet import Worksheet

from cbi.sheets.cell_text import for_cell
from cbi.workbook import units
from cbi.workbook.guards import list_name
from cbi.workbook.parts import HIDDEN, VERSION, Layout, Sheet
from cbi.workbook.steps import Live

FIRST_LIST = 5
"""The column of the hidden sheet where the lists begin; before it stand what, key and text."""


def write_facts(sheet: Worksheet, layout: Layout, *, city: str, year: int | None, start: Sheet) -> None:
    """Write what the reader must know, a fact a line: what it is, its key, its text.

    ``workbook``: edition, template (its version), definitions (their digest), language, city, year, indicators.
    ``sheet``: the id of a sheet and its name. ``column``: ``<sheet>.<column>`` and its heading.
    """
    facts: list[tuple[str, str, object]] = [
        ("workbook", "edition", layout.edition.id),
        ("workbook", "template", VERSION),
        ("workbook", "definitions", layout.edition.hash),
        ("workbook", "language", layout.language),
        ("workbook", "city", for_cell(city)),
        ("workbook", "year", year),
        ("workbook", "indicators", ",".join(layout.indicators)),
    ]
    for one in (start, *layout.sheets):
        facts.append(("sheet", one.id, one.name))
        facts += [("column", f"{one.id}.{column.id}", column.heading) for column in one.columns]
    for line, fact in enumerate((("what", "key", "text"), *facts), 1):
        for place, text in enumerate(fact, 1):
            _plain(sheet, line, place, text)


def _plain(sheet: Worksheet, line: int, place: int, value: object) -> None:
    cell = sheet.cell(line, place)
    cell.value = value
    if isinstance(value, str) and value:
        cell.data_type = "s"


def write_lists(book: Workbook, sheet: Worksheet, layout: Layout) -> dict[str, list[str]]:
    """Write every list into a column of its own and name it; gives the addresses of its texts."""
    addresses = {}
    for place, (name, texts) in enumerate(layout.lists.items(), FIRST_LIST):
        letter = get_column_letter(place)
        _plain(sheet, 1, place, name)
        for line, text in enumerate(texts, 2):
            _plain(sheet, line, place, text)
        addresses[name] = [f"{HIDDEN}!${letter}${line}" for line in range(2, len(texts) + 2)]
        span = f"{HIDDEN}!${letter}$2:${letter}${len(texts) + 1}"
        book.defined_names[list_name(name)] = DefinedName(list_name(name), attr_text=span)
    return addresses


def write_factors(sheet: Worksheet, layout: Layout) -> dict[str, str]:
    """Write the units with their factors beside the lists; gives the address of the table of each kind."""
    addresses = {}
    place = FIRST_LIST + len(layout.lists) + 1
    asked = {row.units for sheet_of in layout.sheets for row in sheet_of.rows}
    for kind in ("area", "people", "money"):
        if units.LISTS[kind] not in asked:
            continue
        rows = units.factors(kind, layout.language)
        for line, factor in enumerate(rows, 2):
            for offset, value in enumerate(factor):
                _plain(sheet, line, place + offset, value)
        first, last = get_column_letter(place), get_column_letter(place + 3)
        addresses[kind] = f"{HIDDEN}!${first}$2:${last}${len(rows) + 1}"
        place += 5
    return addresses


def write_steps(sheet: Worksheet, live: Live) -> None:
    """Write the lines that work out the points: what each is, and its formula."""
    for line, (label, formula) in enumerate(live.steps, 1):
        _plain(sheet, line, 1, label)
        sheet.cell(line, 2).value = formula

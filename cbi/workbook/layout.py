"""What the template holds, as data made from an edition: its sheets, their columns, their rows, the lists.

The writer draws it, the reader looks things up in it. The parts and the codes are explained in
:mod:`cbi.workbook.parts`. Text of the index comes from the edition, so a layout speaks the edition's language.
"""

from __future__ import annotations

from collections.abc import Collection

from cbi.definitions.edition import PROFILE, Edition
from cbi.workbook import words
from cbi.workbook.lists import lists_of
from cbi.workbook.parts import Column, Layout, Row, Sheet
from cbi.workbook.rows import component_rows, profile_rows

_WIDTHS = {
    "number": 5, "indicator": 15, "asked": 39, "value": 17, "unit": 12, "points": 7, "last_time": 12, "reason": 13,
    "data_year": 7, "quality": 8, "source": 16, "note": 16, "code": 9,
}  # fmt: skip
"""Together narrow enough that a landscape page, which leaves the codes out, is printed in letters that can be read."""


def layout_of(
    edition: Edition,
    indicators: Collection[str | int] | None = None,
    *,
    ways: Collection[str] = (),
    finished: Collection[str] = (),
    last_year: int | None = None,
) -> Layout:
    """Lay out the template of an edition, in the edition's language.

    ``indicators`` are numbers or ids of those to ask, with what they need of the profile; by default all, with the
    whole profile. ``ways`` and ``finished`` name indicators that are to be asked for the measure or the finished
    value even where the template otherwise would not, because the workbook is to be filled with them.
    ``last_year`` stands above last time's values. Raises KeyError for an indicator that the edition does not have.
    """
    wanted = None if indicators is None else {edition.indicator(key).id for key in indicators}
    chosen = tuple(one for one in edition.indicators if wanted is None or one.id in wanted)
    sheets = []
    if profile := profile_rows(edition, None if wanted is None else chosen):
        sheets.append(_sheet(edition, PROFILE, profile, last_year))
    rows = component_rows(edition, chosen, ways=ways, finished=finished)
    for component in edition.components:
        mine = tuple(row for one in chosen if one.component == component.id for row in rows[one.id])
        if mine:
            sheets.append(_sheet(edition, component.id, mine, last_year))
    return Layout(edition, tuple(sheets), lists_of(edition, sheets), tuple(one.id for one in chosen))


def _sheet(edition: Edition, sheet_id: str, rows: tuple[Row, ...], last_year: int | None) -> Sheet:
    language = edition.language
    left_out = ("number", "reason") if sheet_id == PROFILE else ()
    headings = {name: heading.text(language) for name, heading in words.HEADINGS.items() if name not in left_out}
    if sheet_id == PROFILE:
        headings |= {"indicator": words.SECTION.text(language), "points": words.READ.text(language)}
    if last_year is not None:
        headings["last_time"] = words.last_time_of(last_year).text(language)
    name = words.SHEETS[sheet_id].text(language)
    titles: dict[str, str] = {component.id: component.title for component in edition.components}
    columns = tuple(Column(one, heading, _WIDTHS[one]) for one, heading in headings.items())
    return Sheet(sheet_id, name, titles.get(sheet_id, name), columns, rows)

"""Writing the template: a workbook that a department can fill without the program."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from cbi.assessment import Assessment
from cbi.definitions.edition import Edition
from cbi.workbook import units, words
from cbi.workbook.contents import Content, Contents, entry_lines
from cbi.workbook.filling import earlier_counts, needed_rows
from cbi.workbook.formulas import live_points
from cbi.workbook.guards import colours, validations
from cbi.workbook.hidden import write_factors, write_facts, write_lists, write_steps
from cbi.workbook.layout import layout_of
from cbi.workbook.page import finish, lines_of, make_book, set_height, to_bytes
from cbi.workbook.parts import CALCULATION, HEADING_LINE, HIDDEN, START, Layout, RowKind, Sheet
from cbi.workbook.start import start_sheet, write_start
from cbi.workbook.steps import Addresses, letter_of, sheet_ref
from cbi.workbook.styles import Styles


def write_template(
    edition: Edition,
    *,
    city: str = "",
    year: int | None = None,
    indicators: Collection[str | int] | None = None,
    prefill: Assessment | None = None,
    last_time: Assessment | None = None,
    baseline: Assessment | None = None,
    contact: str = "",
    paper: str = "A4",
) -> bytes:
    """Write the template of an edition as an ``.xlsx`` file, in the edition's language.

    ``indicators`` (numbers or ids) makes a workbook of those only, with what they need of the profile.
    ``prefill`` fills the entries; ``last_time`` stands beside them, with its year; both must be in the terms of the
    edition (:func:`cbi.comparison.carry_over` brings an older one there). Species counts that changes are measured
    against come from ``baseline`` and ``last_time``. ``city`` and ``year`` are by default those of ``prefill``;
    ``contact`` is whom to ask and where to send it; ``paper`` is ``A4`` or ``Letter``. Raises KeyError for an
    indicator that the edition does not have.
    """
    ways, finished = needed_rows(edition, prefill)
    last_year = last_time.year if last_time else None
    layout = layout_of(edition, indicators, ways=ways, finished=finished, last_year=last_year)
    city = city or (prefill.city if prefill else None) or ""
    year = year if year is not None else (prefill.year if prefill else None)
    book = make_book([words.SHEETS[START].text(edition.language), *(one.name for one in layout.sheets)])
    styles = Styles(book, edition.language)
    facts, steps = book.create_sheet(HIDDEN), book.create_sheet(CALCULATION)
    write_facts(facts, layout, city=city, year=year, start=start_sheet(edition.language))
    at = Addresses(layout, write_lists(book, facts, layout), write_factors(facts, layout))
    live = live_points(at, earlier_counts(layout, baseline, last_time))
    write_steps(steps, live)
    contents = Contents(layout, at, live, prefill, last_time, _area_unit(layout, prefill or last_time))
    sums = []
    for one in layout.sheets:
        _write_sheet(book[one.name], one, contents, styles)
        if asked := sum(row.kind is RowKind.INDICATOR for row in one.rows):
            sums.append((one.title, *_sums(one), asked))
    head = {"city": city, "year": year, "contact": contact}
    write_start(book.worksheets[0], styles, layout, sums, head)
    finish(book, layout, paper=paper, has_last_time=last_time is not None)
    return to_bytes(book)


def _area_unit(layout: Layout, given: Assessment | None) -> str:
    """Choose the unit that empty areas are offered in: that of the city's own area."""
    entry = given.profile.get("city_area") if given else None
    if entry is None:
        return units.usual("area", layout.language)
    return units.shown(entry.unit, "area", layout.language)


def _write_sheet(page: Worksheet, sheet: Sheet, contents: Contents, styles: Styles) -> None:
    language = contents.layout.language
    styles.put(page["A1"], sheet.title, "title")
    set_height(page, 1, 2, language)
    styles.put(page["A2"], words.SUBTITLE.text(language), "text")
    if any(row.kind is RowKind.INDICATOR for row in sheet.rows):
        points, own = letter_of(sheet.columns, "points"), _points_of(sheet)
        styles.put(page[f"{letter_of(sheet.columns, 'value')}2"], words.SO_FAR.text(language), "total")
        styles.put_formula(page[f"{points}2"], f'=IF(COUNT({own})=0,"",SUM({own}))', "sum")
    heads = [Content(column.heading, "head") for column in sheet.columns]
    _write_line(page, HEADING_LINE, sheet, heads, styles)
    entries = entry_lines(sheet)
    for line, row in sheet.lines:
        _write_line(page, line, sheet, contents.of_row(sheet, line, row, entries.get(row.block, [])), styles)
    for made in validations(sheet, language):
        page.add_data_validation(made)
    colours(page.conditional_formatting, sheet, language)


def _write_line(page: Worksheet, line: int, sheet: Sheet, contents: Sequence[Content | None], styles: Styles) -> None:
    lines = 1
    for place, (column, content) in enumerate(zip(sheet.columns, contents, strict=True), 1):
        if content is None:
            continue
        cell = page.cell(line, place)
        if content.is_formula:
            styles.put_formula(cell, str(content.value), content.look)
        else:
            styles.put(cell, content.value, content.look)
            lines = max(lines, lines_of(content.value, content.look, column.width, styles.language))
    set_height(page, line, lines, styles.language)


def _points_of(sheet: Sheet) -> str:
    points = letter_of(sheet.columns, "points")
    return f"{points}{HEADING_LINE + 1}:{points}{sheet.lines[-1][0]}"


def _sums(sheet: Sheet) -> tuple[str, str]:
    """Give the formulas of a component's points and of how many of its indicators are scored."""
    name = sheet_ref(sheet.name)
    return f"{name}!{letter_of(sheet.columns, 'points')}2", f"COUNT({name}!{_points_of(sheet)})"

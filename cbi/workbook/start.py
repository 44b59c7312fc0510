"""The first sheet: what the workbook is, how to fill it, whose it is, and the points so far."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from openpyxl.worksheet.worksheet import Worksheet

from cbi.scoring.scorecard import MOST_POINTS
from cbi.workbook import words
from cbi.workbook.guards import limited
from cbi.workbook.page import lines_of, set_height
from cbi.workbook.parts import START, Code, Column, Layout, Row, RowKind, Sheet
from cbi.workbook.styles import Styles

WIDTHS = {"asked": 40, "value": 34, "code": 14, "of": 16, "most": 14}


def start_sheet(language: str) -> Sheet:
    """Describe the entries of the first sheet as the reader finds them: city, year, contact."""
    asked = {"city": words.CITY, "year": words.YEAR, "contact": words.CONTACT}
    rows = tuple(
        Row(RowKind.INPUT, str(Code(START, name)), START, asked=label.text(language), asks=kind, entries=("value",))
        for (name, label), kind in zip(asked.items(), ("text", "year", "text"), strict=True)
    )
    headings = {"asked": words.HEADINGS["asked"], "value": words.HEADINGS["value"], "code": words.HEADINGS["code"]}
    columns = tuple(Column(name, heading.text(language), WIDTHS[name]) for name, heading in headings.items())
    name = words.SHEETS[START].text(language)
    return Sheet(START, name, words.TITLE.text(language), columns, rows)


def write_start(
    sheet: Worksheet,
    styles: Styles,
    layout: Layout,
    sums: Sequence[tuple[str, str, str, int]],
    head: Mapping[str, str | int | None],
) -> None:
    """Write the first sheet.

    ``sums`` holds, for each component that the workbook asks: its title, the addresses of its points and of the
    number of scored indicators, and how many indicators are asked. ``head`` is what stands under ``city``, ``year``
    and ``contact``.
    """
    language = layout.language
    line = _intro(sheet, styles, layout, str(head.get("city") or ""))
    described = start_sheet(language)
    for place, column in zip((1, 2, 3), described.columns, strict=True):
        styles.put(sheet.cell(line, place), column.heading, "head")
    for row in described.rows:
        line += 1
        styles.put(sheet.cell(line, 1), row.asked, "label")
        name = row.code.partition(".")[2]
        styles.put(sheet.cell(line, 2), head.get(name), "year" if name == "year" else "entry")
        styles.put(sheet.cell(line, 3), row.code, "code")
        if row.asks == "year":
            sheet.add_data_validation(limited("year", [f"B{line}"], language))
    line += 1
    styles.put(sheet.cell(line, 1), words.EDITION.text(language), "label")
    styles.put(sheet.cell(line, 2), layout.edition.id, "label")
    _totals(sheet, styles, layout, sums, line + 1)
    _heights(sheet, language)
    for letter, width in zip("ABCDE", WIDTHS.values(), strict=True):
        sheet.column_dimensions[letter].width = width


def _intro(sheet: Worksheet, styles: Styles, layout: Layout, city: str) -> int:
    """Write title, purpose and steps; gives the line below."""
    language = layout.language
    title = words.title_of(city) if city else words.TITLE
    styles.put(sheet["A1"], title.text(language), "title")
    lines = [
        (layout.edition.frame.title, "text"),
        (words.WHAT_IT_IS.text(language), "heading"),
        *((about.text(language), "text") for about in words.ABOUT),
        (words.HOW.text(language), "heading"),
        *((step.text(language), "text") for step in words.STEPS),
        (words.THIS_WORKBOOK.text(language), "heading"),
    ]
    for line, (text, look) in enumerate(lines, 2):
        styles.put(sheet.cell(line, 1), text, look)
    return len(lines) + 2


def _totals(
    sheet: Worksheet, styles: Styles, layout: Layout, sums: Sequence[tuple[str, str, str, int]], line: int
) -> None:
    language = layout.language
    styles.put(sheet.cell(line, 1), words.SO_FAR.text(language), "heading")
    heads = (words.PART, words.HEADINGS["points"], words.SCORED, words.OF, words.MOST)
    for place, text in enumerate(heads, 1):
        styles.put(sheet.cell(line + 1, place), text.text(language), "head")
    first = line + 2
    for at, (title, points, scored, asked) in enumerate(sums, first):
        styles.put(sheet.cell(at, 1), title, "label")
        styles.put_formula(sheet.cell(at, 2), f"={points}", "number")
        styles.put_formula(sheet.cell(at, 3), f"={scored}", "number")
        styles.put(sheet.cell(at, 4), asked, "number")
        styles.put(sheet.cell(at, 5), MOST_POINTS * asked, "number")
    last = first + len(sums) - 1
    styles.put(sheet.cell(last + 1, 1), words.TOTAL.text(language), "indicator")
    points = f'=IF(COUNT(B{first}:B{last})=0,"",SUM(B{first}:B{last}))'
    styles.put_formula(sheet.cell(last + 1, 2), points, "result")
    for letter, place in (("C", 3), ("D", 4), ("E", 5)):
        styles.put_formula(sheet.cell(last + 1, place), f"=SUM({letter}{first}:{letter}{last})", "result")


def _heights(sheet: Worksheet, language: str) -> None:
    """Make every row as high as its texts need; title and headings are larger than the rest."""
    widths = list(WIDTHS.values())
    for line, cells in enumerate(sheet.iter_rows(max_col=len(widths)), 1):
        lines = max(
            lines_of(cell.value, "label" if cell.fill.fill_type else "text", width, language)
            for cell, width in zip(cells, widths, strict=True)
        )
        set_height(sheet, line, max(lines, (cells[0].font.size or 10) / 10), language)

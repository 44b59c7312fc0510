"""Through LibreOffice to .xlsx and .ods and back: every entry, code, list and fact survives."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl

import cbi
from cbi.tables import read_table
from cbi.workbook.export import write_export
from cbi.workbook.layout import layout_of
from cbi.workbook.template import write_template
from tests.workbook.office import convert, needs_office

pytestmark = needs_office

DEMO = Path(__file__).parents[2] / "data" / "demo"
(LIBO,) = read_table(DEMO / "libo-county-2026.csv").assessments
EXAMPLE = read_table(DEMO / "example-city.csv").assessments

TEMPLATES = {
    "libo": (("2021", "en"), LIBO, None),
    "example": (("2021", "zh_Hans"), EXAMPLE[2], EXAMPLE[1]),
    "older": (("2014", "en"), EXAMPLE[0], None),
}


def through_office(folder: Path) -> dict[str, dict[str, bytes]]:
    """Every workbook as it was written, saved by LibreOffice as .xlsx, and saved as .ods and from there as .xlsx."""
    written, saved, ods, back = (folder / one for one in ("written", "saved", "ods", "back"))
    written.mkdir()
    for name, (edition, prefill, last_time) in TEMPLATES.items():
        data = write_template(cbi.edition(*edition), prefill=prefill, last_time=last_time, contact="=me")
        (written / f"{name}.xlsx").write_bytes(data)
    (written / "export.xlsx").write_bytes(write_export(EXAMPLE))
    convert(sorted(written.glob("*.xlsx")), "xlsx", saved)
    convert(sorted(written.glob("*.xlsx")), "ods", ods)
    convert(sorted(ods.glob("*.ods")), "xlsx", back)
    return {
        place.name: {file.stem: file.read_bytes() for file in place.glob("*.xlsx")} for place in (written, saved, back)
    }


def test_workbooks_survive_other_programs_and_forms(tmp_path) -> None:
    """One test for all: LibreOffice starts slowly."""
    workbooks = through_office(tmp_path)
    for way in ("saved", "back"):
        for name in TEMPLATES:
            template_survives(name, workbooks["written"][name], workbooks[way][name])
        points_stand_in_the_file(workbooks[way]["libo"])
        table = read_table(workbooks[way]["export"], name="export.xlsx")
        assert (table.problems, table.assessments) == ((), EXAMPLE)


def cells(book: openpyxl.Workbook, name: str) -> dict[str, object]:
    """Everything but formulas and empty cells."""
    page = book[name]
    return {
        cell.coordinate: cell.value
        for row in page.iter_rows()
        for cell in row
        if cell.value is not None and cell.data_type != "f"
    }


def template_survives(name: str, written: bytes, saved: bytes) -> None:
    """Check entries, codes, facts, names, locks and lists of a template that another program saved."""
    before, after = (openpyxl.load_workbook(io.BytesIO(data)) for data in (written, saved))
    assert after.sheetnames == before.sheetnames
    layout = layout_of(cbi.edition(*TEMPLATES[name][0]))
    for page in before.sheetnames[:-1]:
        assert cells(after, page) == cells(before, page)
    assert set(after.defined_names) >= set(before.defined_names)
    assert after["_cbi"].sheet_state != "visible"
    for sheet in layout.sheets:
        page, was = after[sheet.name], before[sheet.name]
        assert page.protection.sheet
        lists = [{one.formula1: one for one in book.data_validations.dataValidation} for book in (page, was)]
        assert set(lists[0]) >= set(lists[1])
        for formula, made in lists[1].items():
            assert lists[0][formula].sqref.ranges and lists[0][formula].error == made.error
        for line, row in sheet.lines:
            for place, column in enumerate(sheet.columns, 1):
                assert page.cell(line, place).protection.locked == (column.id not in row.entries)


def points_stand_in_the_file(saved: bytes) -> None:
    """LibreOffice worked them out and kept them: whoever only looks at the file sees them."""
    book = openpyxl.load_workbook(io.BytesIO(saved), data_only=True)
    card = cbi.score(cbi.edition("2021"), LIBO)
    starts = {row[0]: row[1] for row in book["Start"].iter_rows(values_only=True) if row[0]}
    assert starts["Total"] == card.total.points
    for component in card.edition.components:
        assert starts[component.title] == card.components[component.id].points

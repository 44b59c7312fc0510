"""Files made in code: workbooks by openpyxl, and by hand where no program would write such a file."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.workbook import Workbook

from cbi.assessment import Assessment
from cbi.definitions import edition
from cbi.tables import read_table
from cbi.workbook import words
from cbi.workbook.template import write_template

LIBO = read_table(Path(__file__).parents[2] / "data" / "demo" / "libo-county-2026.csv").assessments[0]

SHEET = "xl/worksheets/sheet1.xml"
PLAIN: dict[str, Any] = {"city": "Riverton", "year": 2026}


def saved(book: Workbook) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def sheet(rows: list[list[Any]], title: str = "Data") -> Workbook:
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(row)
    return book


def with_members(data: bytes, changes: Mapping[str, bytes | Callable[[bytes], bytes] | None]) -> bytes:
    """A zip file with some of its members changed, added, or (None) left out."""
    file = io.BytesIO()
    left = dict(changes)
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            change = left.pop(name, old.read(name))
            if change is not None:
                new.writestr(name, change(old.read(name)) if callable(change) else change)
        for name, change in left.items():
            assert isinstance(change, bytes)
            new.writestr(name, change)
    return file.getvalue()


def with_rows(xml: bytes | str) -> bytes:
    """A workbook whose only sheet holds these rows as they stand in the file format."""
    text = xml if isinstance(xml, bytes) else xml.encode()
    main = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    return with_members(saved(sheet([["x"]])), {SHEET: main + text + b"</sheetData></worksheet>"})


def zipped(members: Mapping[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


ODS = """<?xml version="1.0" encoding="UTF-8"?><office:document-content
 xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"
 xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"
 xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"
 ><office:body><office:spreadsheet>{}</office:spreadsheet></office:body></office:document-content>"""


def ods(tables: str) -> bytes:
    """A document of LibreOffice with these tables, as they stand in the file format."""
    return zipped(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": ODS.format(tables).encode()}
    )


def _written(edition_id: str, language: str, **options: Any) -> bytes:
    """Write a template; the plain one only once."""
    if options == PLAIN:
        return _plain(edition_id, language)
    return write_template(edition(edition_id, language), **options)


@cache
def _plain(edition_id: str, language: str) -> bytes:
    return write_template(edition(edition_id, language), **PLAIN)


class Filled:
    """A template that can be filled in by code, as a person would: by the code of the row and the column."""

    def __init__(self, language: str = "en", edition_id: str = "2021", **options: Any) -> None:
        self.language = language
        given = PLAIN | options
        self.book = openpyxl.load_workbook(io.BytesIO(_written(edition_id, language, **given)))
        self.rows = {}
        for page in self.book.worksheets:
            if page.sheet_state != "visible":
                continue
            code = self.column(page, "code")
            for (cell,) in page.iter_rows(min_col=code, max_col=code):
                if isinstance(cell.value, str):
                    self.rows[cell.value] = (page, cell.row)

    def column(self, page: Any, name: str) -> int:
        wanted = words.HEADINGS[name].text(self.language)
        return next(cell.column for row in page.iter_rows(max_row=40) for cell in row if cell.value == wanted)

    def cell(self, code: str, column: str = "value") -> Any:
        page, row = self.rows[code]
        return page.cell(row, self.column(page, column))

    def put(self, code: str, value: Any, column: str = "value") -> Any:
        cell = self.cell(code, column)
        cell.value = value
        if isinstance(value, str) and not value.startswith("="):
            cell.data_type = "s"
        return cell

    def data(self) -> bytes:
        return saved(self.book)


def template(assessment: Assessment | None = None, language: str = "en", edition_id: str = "2021") -> bytes:
    return write_template(edition(edition_id, language), city="Riverton", year=2026, prefill=assessment)


def converted(folder: Path, files: Mapping[str, bytes], form: str) -> dict[str, bytes]:
    """Let LibreOffice save files in another form, all in one go; skips the test where it is not installed."""
    office = shutil.which("soffice")
    if office is None:
        pytest.skip("no LibreOffice: apt-get install libreoffice-calc")
    source, target = folder / "in", folder / form
    source.mkdir(exist_ok=True)
    for name, data in files.items():
        (source / name).write_bytes(data)
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = [
        office,
        profile,
        "--headless",
        "--convert-to",
        form,
        "--outdir",
        target,
        *(source / name for name in files),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return {name: (target / f"{Path(name).stem}.{form}").read_bytes() for name in files}


def simple() -> Filled:
    filled = Filled()
    filled.put("profile.city_area", 33.22)
    filled.put("budget.=", 1.5)
    filled.put("projects.projects", 19)
    return filled


def made() -> openpyxl.Workbook:
    """A workbook with one of everything that a cell can hold."""
    book = sheet([["a", 1, 0.1, True], ["x\ny", "", None, 0.123]])
    page = book.active
    page["D2"].number_format = "0.0%"
    page["A3"] = date(2026, 5, 1)
    page["B3"] = datetime(2026, 5, 1, 12, 30)
    page["C3"] = time(12, 30)
    page["D3"] = "=A1*2"
    page["A4"], page["B4"] = 1234567.25, "  spaces  "
    page["A4"].number_format = "#,##0.00"
    page["B4"].comment = Comment("from the\naccounts", "Mei")
    page["C4"].comment = Comment("nothing here", "Mei")
    page["E4"] = "hidden"
    page.column_dimensions["E"].hidden = True
    page["A5"] = "hidden too"
    page.row_dimensions[5].hidden = True
    page["A6"] = "over both"
    page.merge_cells("A6:B7")
    page["A8"], page["A8"].number_format = 3.5, '0.0" %"'
    other = book.create_sheet("Second")
    other["C3"] = "二"
    other.sheet_state = "hidden"
    return book

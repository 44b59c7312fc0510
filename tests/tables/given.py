"""What the tests of tables share: reading, what was understood, a workbook as Excel keeps it."""

import io
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl

from cbi import edition, score
from cbi.tables import Table, read_table

DEMO = Path(__file__).parent.parent.parent / "data" / "demo"


def read(text: str | bytes, name: str = "t.csv", **options: str) -> Table:
    return read_table(text.encode() if isinstance(text, str) else text, name=name, **options)


def points(table: Table, which: int = 0) -> dict[str, int]:
    """The points of everything that was scored, by indicator."""
    one = table.assessments[which]
    card = score(edition(one.edition), one)
    return {result.indicator.id: result.points for result in card.results if result.points is not None}


def value(table: Table, indicator: str) -> Decimal | None:
    one = table.assessments[0]
    return score(edition(one.edition), one).result(indicator).value


def messages(table: Table) -> list[str]:
    return [problem.sentence.text() for problem in table.problems]


def workbook(rows: list[list[object]], formats: dict[str, str] | None = None) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for cell, form in (formats or {}).items():
        book.active[cell].number_format = form
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def with_member(data: bytes, name: str, change: object) -> bytes:
    """A workbook with one of its parts changed: ``change`` is the new part, or turns the old one into it."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        assert name in old.namelist()
        for member in old.namelist():
            part = old.read(member)
            new.writestr(member, (change(part) if callable(change) else change) if member == name else part)
    return file.getvalue()


SHEET = "xl/worksheets/sheet1.xml"

# 22.49 of 33.22 km² is 67.7 %, over 20.0 %: 4 points; 74 events lie in 60–149: 2; the rung “elements” is 2.
ROWS = [
    ["city", "year", "edition", "indicator", "input", "value", "unit"],
    ["Testville", "2026", "2021", "profile", "city_area", "33.22", "km2"],
    ["Testville", "2026", "2021", "1", "natural_area", "22.49", "km2"],
    ["Testville", "2026", "2021", "awareness", "events", "74", ""],
    ["Testville", "2026", "2021", "17", "", "elements", ""],
]

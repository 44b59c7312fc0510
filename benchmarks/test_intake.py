"""Reading what people send back: budgets of the design, measured; and two thousand damaged templates.

Run it with `make bench`; the run of damaged files alone with `python -m pytest benchmarks/test_intake.py -k damaged`.
"""

from __future__ import annotations

import io
import random
import time
import zipfile
from pathlib import Path

import pytest

pytest.importorskip("python_calamine")

import openpyxl
from python_calamine import CalamineWorkbook

from cbi.assessment import Assessment
from cbi.definitions import edition
from cbi.intake import FormKind, preview, receive
from cbi.sheets import read_book
from cbi.tables import COLUMNS, read_table
from cbi.tables.files import read_rows
from cbi.workbook.template import write_template
from tests.intake.hostile import CORPUS

LIBO = Path(__file__).parents[1] / "data" / "demo" / "libo-county-2026.csv"
ROWS = 100_000
DAMAGED = 2_000
LONGEST = 2.0


@pytest.fixture(scope="module")
def template() -> bytes:
    return write_template(edition("2021"), prefill=read_table(LIBO).assessments[0])


@pytest.fixture(scope="module")
def plain_sheet() -> bytes:
    book = openpyxl.Workbook(write_only=True)
    page = book.create_sheet("Data")
    page.append(COLUMNS)
    for row in range(ROWS):
        page.append(
            [
                f"City {row // 30}",
                2026,
                "2021",
                "natural_areas",
                "natural_area",
                row * 1.37,
                "km2",
                2025,
                "high",
                "Survey",
            ]
        )
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_template_read_and_checked(benchmark, template):
    """Budget: 150 ms for cells, meaning, problems and the preview with points."""

    def read():
        return preview([receive(template, "t.xlsx")], Assessment("2021", "Libo County", 2026))

    assert len(benchmark(read).proposals) == 14


def test_template_opened(benchmark, template):
    """No budget; the cells alone."""
    assert len(benchmark(read_book, template, "t.xlsx").sheets) > 4


@pytest.mark.benchmark(group="a plain sheet of 100 000 rows: 3 × calamine")
def test_plain_sheet_by_calamine_alone(benchmark, plain_sheet):
    def read():
        return CalamineWorkbook.from_object(io.BytesIO(plain_sheet)).get_sheet_by_index(0).to_python()

    assert len(benchmark.pedantic(read, rounds=3)) == ROWS + 1


@pytest.mark.benchmark(group="a plain sheet of 100 000 rows: 3 × calamine")
def test_plain_sheet_as_rows(benchmark, plain_sheet):
    _, rows, _ = benchmark.pedantic(read_rows, (plain_sheet, "big.xlsx"), rounds=3)
    assert (len(rows), rows[0].texts[5], rows[1].texts[5]) == (ROWS, "0", "1.37")


def damaged(data: bytes, places: random.Random) -> bytes:
    """A template damaged as transport, disks and people damage files: in the archive, or within one of its parts."""
    kind = places.randrange(4)
    if kind == 0:
        return data[: places.randrange(len(data))]
    if kind == 1:
        changed = bytearray(data)
        for _ in range(places.choice([1, 5, 50, 500])):
            changed[places.randrange(len(changed))] = places.randrange(256)
        return bytes(changed)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as new:
        victim = places.choice(old.namelist())
        for name in old.namelist():
            part = old.read(name)
            if name == victim and kind == 2:
                continue
            new.writestr(name, _mutated(part, places) if name == victim else part)
    return file.getvalue()


def _mutated(part: bytes, places: random.Random) -> bytes:
    """A part with some of its bytes replaced, cut out, doubled, or exchanged for what formats are sensitive to."""
    changed = bytearray(part)
    for _ in range(places.choice([1, 3, 20])):
        at = places.randrange(max(len(changed), 1))
        span = places.choice([1, 4, 40])
        new = places.choice(
            [
                b"",
                changed[at : at + span] * 2,
                b"9" * span,
                b"<",
                b'"',
                b"-1",
                b"&#0;",
                b"A1048577",
                b"NaN",
                bytes(span),
            ]
        )
        changed[at : at + span] = new
    return bytes(changed)


def test_two_thousand_damaged_templates(template):
    """No traceback and no hang: each is read or refused with a sentence, within two seconds."""
    places = random.Random(2026)
    forms = dict.fromkeys(FormKind, 0)
    slowest = 0.0
    for _ in range(DAMAGED):
        data = damaged(template, places)
        began = time.process_time()
        received = receive(data, "t.xlsx")
        preview([received], Assessment("2021", "Libo County", 2026))
        slowest = max(slowest, time.process_time() - began)
        forms[received.form] += 1
        assert (
            received.items
            or received.problems
            or received.unknown
            or received.questions
            or received.form is FormKind.TEMPLATE
        )
    print({form.value: count for form, count in forms.items()}, f"slowest {slowest:.2f} s")
    assert slowest < LONGEST


@pytest.mark.benchmark(group="hostile and broken files: each below 2 s")
@pytest.mark.parametrize("case", CORPUS)
def test_a_hostile_file(benchmark, case):
    name, make, _ = CORPUS[case]
    data = make()
    benchmark.pedantic(receive, args=(data, name), rounds=3)
    assert benchmark.stats.stats.median < LONGEST

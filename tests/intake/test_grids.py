"""Cells of every format as one model; the workbook reader is held against openpyxl."""

from __future__ import annotations

import io
from collections.abc import Mapping
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbi.intake.grids import open_book, short_name
from cbi.sheets import Book, SheetFileError, large, read_book
from cbi.sheets.guards import Form, form_of
from cbi.sheets.model import column_letters, position_of, shows_percent
from tests.effort import examples
from tests.intake.files import made, ods, saved, sheet, with_members, with_rows


def opened(data: bytes, name: str = "t.xlsx") -> Book:
    book = read_book(data, name)
    assert book is not None
    return book


def test_everything_that_a_cell_can_hold() -> None:
    first, second = opened(saved(made())).sheets
    assert [first.at(1, column).value for column in range(1, 5)] == ["a", Decimal(1), Decimal("0.1"), True]
    assert str(first.at(1, 3).value) == "0.1"
    assert (first.at(2, 4).text, first.at(2, 4).is_percent) == ("12.3 %", True)
    assert [first.at(3, column).value for column in (1, 2, 3)] == [date(2026, 5, 1), date(2026, 5, 1), time(12, 30)]
    assert first.at(3, 1).text == "2026-05-01"
    assert (first.at(3, 4).formula, first.at(3, 4).is_uncalculated, first.at(3, 4).text) == ("=A1*2", True, "=A1*2")
    assert (first.at(4, 1).value, first.at(4, 1).is_percent) == (Decimal("1234567.25"), False)
    assert first.at(4, 2).value == "  spaces  "
    assert first.at(4, 2).comment.endswith("from the\naccounts")
    assert first.at(4, 3).is_blank
    assert first.at(4, 3).comment.endswith("nothing here")
    assert first.at(4, 5).hidden
    assert first.at(5, 1).hidden
    assert not first.at(4, 1).hidden
    assert (first.at(6, 1).merged, first.at(7, 2).is_blank) == ("A6:B7", True)
    assert not first.at(8, 1).is_percent
    assert first.at(99, 9).is_blank
    assert (second.name, second.hidden, second.at(3, 3).value, first.hidden) == ("Second", True, "二", False)
    assert [row for row, _ in second.rows] == [3]


@pytest.mark.long
def test_the_same_from_libreoffice_in_every_format(from_libreoffice: Mapping[str, Mapping[str, bytes]]) -> None:
    for form, files in from_libreoffice.items():
        first, second = opened(files["cells.xlsx"]).sheets
        assert str(first.at(1, 3).value) == "0.1", form
        assert (first.at(2, 4).text, first.at(2, 1).text) == ("12.3 %", "x\ny"), form
        assert first.at(3, 1).value == date(2026, 5, 1), form
        assert first.at(4, 2).comment == "from the\naccounts", form
        assert first.at(4, 5).hidden, form
        assert first.at(5, 1).hidden, form
        assert first.at(6, 1).merged == "A6:B7", form
        assert (second.hidden, second.at(3, 3).value) == (True, "二"), form
        if form != "xls":  # an old workbook does not tell formulas
            assert first.at(3, 4).formula, form
        assert first.at(3, 4).error == "#VALUE!", form


VALUES = st.one_of(
    st.integers(-(10**12), 10**12),
    st.floats(-1e12, 1e12, allow_nan=False).map(lambda number: round(number, 6)),
    st.booleans(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), min_size=1, max_size=20).filter(
        lambda text: not text.startswith("=") and "_x" not in text and text.strip() == text
    ),
    st.dates(date(1900, 3, 1), date(2100, 1, 1)),
)


@given(st.dictionaries(st.tuples(st.integers(1, 30), st.integers(1, 30)), VALUES, min_size=1, max_size=15))
@settings(max_examples=examples(60), deadline=None)
def test_what_openpyxl_writes_and_reads_is_read_the_same(cells: dict[tuple[int, int], Any]) -> None:
    book = openpyxl.Workbook()
    for (row, column), value in cells.items():
        book.active.cell(row, column).value = value
    data = saved(book)
    theirs = openpyxl.load_workbook(io.BytesIO(data)).active
    ours = opened(data).sheets[0]
    for row in range(1, 31):
        for column in range(1, 31):
            value = theirs.cell(row, column).value
            if isinstance(value, datetime):
                value = value.date()
            if isinstance(value, int | float) and not isinstance(value, bool):
                value = Decimal(repr(value))
            assert ours.at(row, column).value == value


def test_calculated_numbers_are_read_as_they_are_shown() -> None:
    """0.1 + 0.2 is 0.30000000000000004 in the file and 0.3 on the screen; what was typed is kept digit for digit."""
    data = with_rows('<row r="1"><c r="A1"><f>0.1+0.2</f><v>0.30000000000000004</v></c><c r="B1"><v>0.1</v></c></row>')
    first = opened(data).sheets[0]
    assert (str(first.at(1, 1).value), str(first.at(1, 2).value)) == ("0.3", "0.1")


def test_cells_without_addresses_and_texts_in_every_form() -> None:
    data = with_rows(
        '<row><c><v>1</v></c><c t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r><rPh><t>no</t></rPh></is></c></row>'
        '<row><c t="str"><f>A1&amp;""</f><v></v></c><c t="str"><f>"x"</f><v>x</v></c><c t="e"><v>#REF!</v></c></row>'
        '<row r="9"><c r="C9"><f t="shared" si="0">A1*2</f><v>2</v></c>'
        '<c r="D9"><f t="shared" si="0"/><v>4</v></c></row>'
    )
    first = opened(data).sheets[0]
    assert [first.at(1, column).value for column in (1, 2)] == [Decimal(1), "ab"]
    assert (first.at(2, 1).is_uncalculated, first.at(2, 1).value) == (False, "")
    assert (first.at(2, 2).value, first.at(2, 3).error) == ("x", "#REF!")
    assert (first.at(9, 4).formula, first.at(9, 4).value) == ("=A1*2", Decimal(4))


def test_one_damaged_cell_costs_no_other() -> None:
    data = with_rows('<row r="1"><c r="A1"><v>abc</v></c><c r="B1" t="s"><v>9999</v></c><c r="C1"><v>5</v></c></row>')
    first = opened(data).sheets[0]
    assert (first.at(1, 1).error, first.at(1, 2).error, first.at(1, 3).value) == ("#DAMAGED!", "#DAMAGED!", Decimal(5))


def test_styles_of_other_programs_do_not_matter() -> None:
    """Broken fonts and fills stop full readers of the format; the number formats are read all the same."""
    styles = (
        b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><fills><fill/></fills>'
        b'<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs>'
        b'<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>'
    )
    rows = b'<row r="1"><c r="A1" s="1"><v>0.123</v></c></row>'
    data = with_members(with_rows(rows), {"xl/styles.xml": styles})
    assert opened(data).sheets[0].at(1, 1).text == "12.3 %"


def test_a_document_of_libreoffice_by_hand() -> None:
    data = ods(
        '<table:table table:name="A"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-row><table:table-cell office:value-type="string">'
        '<text:p>a <text:span>b</text:span><text:s text:c="2"/>c</text:p>'
        "<text:p>d</text:p></table:table-cell>"
        '<table:table-cell office:value-type="percentage" office:value="0.123"><text:p>12.3%</text:p>'
        "</table:table-cell>"
        '<table:table-cell office:value-type="float" office:value="2" table:number-columns-repeated="2">'
        "<text:p>2</text:p></table:table-cell>"
        "</table:table-row>"
        '<table:table-row table:number-rows-repeated="500">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
        '<table:table-row table:visibility="collapse">'
        '<table:table-cell office:value-type="boolean" office:boolean-value="true"/></table:table-row>'
        "</table:table>"
    )
    first = opened(data, "t.ods").sheets[0]
    assert [first.at(1, column).text for column in range(1, 6)] == ["a b  c\nd", "12.3 %", "2", "2", ""]
    assert [row for row, _ in first.rows] == [1, 502]
    assert first.at(502, 1).hidden


def test_texts_tables_and_names() -> None:
    book = open_book(b"indicator,value\n\n8,5\n", "folder/t.csv")
    assert (book.is_text, book.sheets[0].at(1, 2).text, book.sheets[0].at(3, 2).text) == (True, "value", "5")
    assert open_book(b'[{"indicator": 8, "value": 5}]', "t.json").sheets[0].at(1, 2).text == "5"
    assert short_name("..\\..\\a/b/c.xlsx") == "c.xlsx"


def test_the_form_is_told_by_the_content() -> None:
    data = saved(sheet([["a"]]))
    assert form_of(data) is Form.EXCEL
    assert open_book(data, "called.csv").sheets[0].at(1, 1).text == "a"
    with pytest.raises(SheetFileError) as refused:
        open_book(b"a,b\n1,2\n", "called.xlsx")
    assert refused.value.code == "damaged"


@given(st.integers(1, 16384), st.integers(1, 1048576))
def test_addresses_there_and_back(column: int, row: int) -> None:
    assert position_of(f"{column_letters(column)}{row}") == (row, column)


@pytest.mark.parametrize(
    ("code", "percent"),
    [("0%", True), ("0.0 %;[Red]-0.0 %", True), ('0.0" %"', False), ("0\\%", False), ("[$%-409]0", False), ("", False)],
)
def test_which_formats_show_percent(code: str, percent: bool) -> None:
    assert shows_percent(code) is percent


def test_escapes_of_the_file_format() -> None:
    book = sheet([["a"]])
    book.active["A1"] = "one_x000D_two"
    data = with_members(saved(book), {})
    assert opened(data).sheets[0].at(1, 1).value == "one\rtwo"


PLAIN = st.one_of(
    st.integers(0, 10**9),
    st.floats(0, 1e9).map(lambda number: round(number, 4)),
    st.text("abc äöü中文:<&c r", min_size=1, max_size=8).map(str.strip).filter(bool),
    st.just(""),
)


@given(st.lists(st.lists(PLAIN, min_size=3, max_size=3), min_size=1, max_size=8))
@settings(max_examples=examples(40), deadline=None)
def test_large_plain_sheets_are_read_as_small_ones_are(rows: list[list[Any]]) -> None:
    data = saved(sheet([["indicator", "value", "note"], *rows]))
    with pytest.MonkeyPatch.context() as small:
        small.setattr(large, "LARGE", 0)
        found = large.read_large(data)
        found = None if found is None else list(found)
    careful = opened(data).sheets[0]
    expected = [(row, [careful.at(row, column).text for column in (1, 2, 3)]) for row, _ in careful.rows]
    assert found is None or [(row, [*texts, "", ""][:3]) for row, texts in found] == expected
    assert found is not None or any(":c" in str(cell) for row in rows for cell in row)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="A1" s="1"><v>0.5</v></c></row>',  # in percent, which it would drop
        '<row r="1"><c r="A1" t="e"><v>#REF!</v></c></row>',
        '<row r="1"><c r="A1"><f>B1</f></c></row>',
        '<row r="1"><c r="A1"><f>B1</f><v></v></c></row>',
        '<row r="1"><c r="A1"><f t="shared" si="0"/></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="199999"><c r="GR199999"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row>',
        "<row r='1'><c r='A1'><v>1</v></c></row>",
        '<row r="1"><c r="A1"><v>1</v></c><x:c xmlns:x="y" r="XFD1048576"><v>1</v></x:c></row>',
        '<row r="1"><c\nr="XFD1"><v>1</v></c></row>',
        "<row><c><v>1</v></c></row>",
    ],
)
def test_what_only_the_careful_reader_can_tell(rows: str, monkeypatch: pytest.MonkeyPatch) -> None:
    styles = (
        b'<styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        b'<cellXfs><xf numFmtId="0"/><xf numFmtId="10"/></cellXfs></styleSheet>'
    )
    data = with_members(with_rows(rows), {"xl/styles.xml": styles})
    monkeypatch.setattr(large, "LARGE", 0)
    assert large.read_large(data) is None
    plain = large.read_large(with_rows('<row r="1"><c r="A1"><v>1.0</v></c></row>'))
    assert plain is not None
    assert list(plain) == [(1, ["1"])]

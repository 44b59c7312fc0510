"""Damaged and hostile files are refused in words."""

from pathlib import Path

import pytest

from cbi.tables import read_table
from tests.tables.given import SHEET, messages, points, read, with_member, workbook


@pytest.mark.parametrize("data", [b"", b"  \n\n", b"\xef\xbb\xbf", b",,,\n,,\n", b"\xff\xfe"])
def test_an_empty_file(data: bytes) -> None:
    table = read(data)
    assert table.assessments == ()
    assert messages(table) == ["The file is empty."]


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    (problem,) = read_table(tmp_path, name="data").problems
    assert (problem.where, problem.code) == ("data", "no_file")
    assert "folder" in problem.sentence.text()
    (problem,) = read_table(tmp_path / "gone.csv").problems
    assert (problem.where, problem.code) == ("gone.csv", "no_file")
    assert "no such file" in problem.sentence.text()


@pytest.mark.parametrize("name", ["t.csv", "t.json", "t.xlsx", "t"])
def test_binary_rubbish(name: str) -> None:
    table = read(bytes(range(256)) * 40, name)
    assert table.assessments == ()
    assert table.problems[0].severity == "error"
    assert "Save it" in messages(table)[0]


def test_a_text_with_nul_bytes() -> None:
    table = read(b"indicator,value\n1,18\x00.5\n")
    assert table.assessments == ()
    assert "not a text table" in messages(table)[0]
    assert read("indicator,value\n1,5\n".encode("utf-16-le")).problems[0].severity == "error"  # no mark at its start


def test_an_unclosed_quotation_mark_costs_its_own_line_only() -> None:
    table = read('indicator,value,note\n1,18.5,"fine"\n8,7.0,"never closed\n11,41.0,plain\n27,74,"closed"\n')
    (problem,) = table.problems
    assert (problem.severity, problem.where) == ("error", "t.csv:3")
    assert "quotation mark" in problem.sentence.text()
    assert points(table) == {"natural_areas": 3, "climate_regulation": 3, "awareness": 2}


def test_an_unclosed_quotation_mark_on_the_last_line_and_on_the_first() -> None:
    table = read('indicator,value\n1,18.5\n8,"7.0')
    assert [problem.where for problem in table.problems] == ["t.csv:3"]
    assert points(table) == {"natural_areas": 3}
    table = read('indicator,"value\n1,18.5\n')
    assert table.assessments == ()
    assert "Line 1, which should name the columns, is damaged" in messages(table)[0]


def test_very_many_damaged_lines_do_not_flood_the_reader() -> None:
    table = read("indicator,value\n1,18.5\n" + '"8"x,7.0\n' * 5000)
    assert points(table) == {"natural_areas": 3}
    assert len(table.problems) < 30
    assert "too many damaged lines" in messages(table)[-1]


def test_lines_are_counted_as_an_editor_counts_them() -> None:
    table = read('indicator,value,note\n1,18.5,"two\nlines"\n\n99,5,\n')
    assert [problem.where for problem in table.problems] == ["t.csv:5"]


def test_300_columns() -> None:
    wide = ",".join(f"c{number}" for number in range(298))
    for data, name in (
        (f"indicator,value,{wide}\n1,18.5\n".encode(), "t.csv"),
        (workbook([["indicator", "value", *wide.split(",")], [1, 18.5]]), "t.xlsx"),
    ):
        (problem,) = read(data, name).problems
        assert "200 columns" in problem.sentence.text()


@pytest.mark.parametrize("row", ["1,{}\n", "1,{}x\n", "{},5\n", "1,5,{}\n", '1,"{}\n', "1,{}\n8,7.0\n"])
def test_lines_of_a_megabyte(row: str) -> None:
    table = read("indicator,value,note\n27,74,\n" + row.format("1" * 1_000_000))
    assert points(table)["awareness"] == 2
    assert table.problems
    assert max(len(text) for text in messages(table)) < 400


@pytest.mark.parametrize(
    "text", ["[]", '"text"', "5", "null", "[1, 2]", '[["indicator", "value"]]', "{", '{"a": [}', "[" * 99999]
)
def test_json_of_the_wrong_shape(text: str) -> None:
    table = read(text, "t.json")
    assert table.assessments == ()
    assert table.problems[0].severity == "error"


def test_json_with_odd_values_keeps_what_is_good() -> None:
    table = read(
        '[{"indicator": 1, "value": 18.5}, {"indicator": 8, "value": {"a": 1}}, {"indicator": 10, "value": NaN},'
        ' {"indicator": 11, "value": 1e999999999}, {"indicator": 13, "value": true},'
        ' {"indicator": 12, "value": "\\ud800"}, {"indicator": 27, "value": 74}]',
        "t.json",
    )
    assert points(table) == {"natural_areas": 3, "awareness": 2}
    assert [problem.where for problem in table.problems] == [f"t.json:{record}" for record in (2, 3, 4, 5, 6)]


ENTITY = b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    "damage",
    [
        lambda book: book[: len(book) // 2],
        lambda book: book[:30],
        lambda book: b"PK\x03\x04" + bytes(500),
        lambda book: with_member(book, SHEET, b""),
        lambda book: with_member(book, SHEET, lambda xml: xml[:200]),
        lambda book: with_member(book, SHEET, lambda xml: ENTITY + xml.replace(b"<sheetData>", b"<sheetData>&b;&f;")),
        lambda book: with_member(book, "xl/workbook.xml", ENTITY + b"<workbook>&f;</workbook>"),
        lambda book: b"indicator,value\n1,18.5\n",
    ],
)
def test_damaged_workbooks(damage: object) -> None:
    table = read(damage(workbook([["indicator", "value"], [1, 18.5]])), "t.xlsx")  # type: ignore[operator]
    assert table.assessments == ()
    (problem,) = table.problems
    assert (problem.severity, problem.where) == ("error", "t.xlsx")
    assert "Save it anew" in problem.sentence.text() or "empty" in problem.sentence.text()
    assert "root:" not in problem.sentence.text()


def test_a_zip_bomb_is_refused_before_it_is_unpacked() -> None:
    bomb = with_member(workbook([["indicator", "value"], [1, 18.5]]), SHEET, b"0" * 150_000_000)
    assert len(bomb) < 1_000_000
    (problem,) = read(bomb, "t.xlsx").problems
    assert problem.code == "too_large"


def test_a_file_that_is_too_large() -> None:
    (problem,) = read(b"indicator,value\n" + b"1,5\n" * 5_000_001).problems
    assert "20 MB" in problem.sentence.text()

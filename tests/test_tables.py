"""The plain table: every shape and encoding that offices send, and every way in which one can be wrong."""

import csv
import io
import json
import zipfile
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cbi import edition, score
from cbi.assessment import Answer, Assessment, Entry, Quality, Reason
from cbi.comparison import score_years
from cbi.definitions.models import OwnInput
from cbi.tables import COLUMNS, Table, read_table
from tests.effort import examples

DEMO = Path(__file__).parent.parent / "data" / "demo"


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


# ---------------------------------------------------------------------------------------------- shapes

# 22.49 of 33.22 km² is 67.7 %, over 20.0 %: 4 points; 74 events lie in 60–149: 2; the rung “elements” is 2.
ROWS = [
    ["city", "year", "edition", "indicator", "input", "value", "unit"],
    ["Testville", "2026", "2021", "profile", "city_area", "33.22", "km2"],
    ["Testville", "2026", "2021", "1", "natural_area", "22.49", "km2"],
    ["Testville", "2026", "2021", "awareness", "events", "74", ""],
    ["Testville", "2026", "2021", "17", "", "elements", ""],
]
POINTS = {"natural_areas": 4, "awareness": 2, "biodiversity_strategy": 2}


def joined(mark: str) -> str:
    return "\r\n".join(mark.join(row) for row in ROWS) + "\r\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le-bom", "gb18030"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_a_long_table_in_any_encoding_with_any_mark(mark: str, encoding: str) -> None:
    text = joined(mark)
    data = b"\xff\xfe" + text.encode("utf-16-le") if encoding == "utf-16-le-bom" else text.encode(encoding)
    table = read(data)
    assert table.problems == ()
    assert points(table) == POINTS
    assert (table.assessments[0].city, table.assessments[0].year) == ("Testville", 2026)


def test_a_table_may_be_a_file(tmp_path: Path) -> None:
    file = tmp_path / "city.csv"
    file.write_text(joined(";"), encoding="utf-8")
    assert points(read_table(file)) == POINTS


def test_only_indicator_and_value_are_needed() -> None:
    table = read("value,indicator\n18.5,1\n")
    assert points(table) == {"natural_areas": 3}
    assert table.assessments[0].edition == "2021"
    assert (table.assessments[0].city, table.assessments[0].year) == (None, None)


def test_the_edition_of_a_table_that_names_none_can_be_given() -> None:
    # 7.0 % protected lies in 6.0–10.9 of 2021 (2 points) and in 1.4–7.3 of 2014 (1 point)
    assert points(read("indicator,value\nprotected_areas,7.0\n")) == {"protected_areas": 2}
    assert points(read("indicator,value\nprotected_areas,7.0\n", edition_id="2014")) == {"protected_areas": 1}


@pytest.mark.parametrize("name", ["8", "08", "I8", "i8", "8.0", "protected_areas", "8 protected_areas", "８", " 8 "])
def test_an_indicator_may_be_named_in_many_ways(name: str) -> None:
    assert points(read(f"indicator,value\n{name},7.0\n")) == {"protected_areas": 2}


def test_chinese_excel_in_gb18030_with_chinese_headers_and_units() -> None:
    # 3.45 万亩 = 34 500 亩 = 34 500 / 15 ha = 2 300 ha; 4.6 平方公里 = 460 ha; 460 / 2 300 = 20.0 %: 3 points
    text = (
        "城市,年份,版本,指标,填报项,数值,单位,数据年份,数据质量,数据来源\r\n"
        "示例市,2026年,2021,城市概况,city_area,3.45,万亩,2025,高,统计年鉴\r\n"
        "示例市,2026年,2021,1,natural_area,4.6,平方公里,2025,中,土地调查\r\n"
    )
    table = read(text.encode("gb18030"))
    assert points(table) == {"natural_areas": 3}
    assert value(table, "natural_areas") == Decimal("20.0")
    one = table.assessments[0]
    assert (one.city, one.year) == ("示例市", 2026)
    given = one.answers["natural_areas"].inputs["natural_area"]
    assert (given.data_year, given.quality, given.source) == (2025, Quality.MEDIUM, "土地调查")
    (note,) = table.problems
    assert note.severity == "note"
    assert "GB18030" in note.sentence.text()


def test_decimal_commas_are_read_where_the_locale_writes_them() -> None:
    table = read(
        "indicator;input;value;unit\nprofile;city_area;1.205,51;km2\n1;natural_area;241,102;km2\n", locale="de"
    )
    assert value(table, "natural_areas") == Decimal("20.0")  # 241.102 / 1 205.51 = 0.2 exactly


def test_json_records() -> None:
    records = [dict(zip(ROWS[0], row, strict=True)) for row in ROWS[1:]]
    assert points(read(json.dumps(records), "t.json")) == POINTS
    numbers = '[{"indicator": 1, "value": 20.04, "year": 2026}, {"indicator": 17, "value": 2, "year": 2026}]'
    table = read(numbers, "t.json")
    assert table.problems == ()
    assert points(table) == {"natural_areas": 3, "biodiversity_strategy": 2}  # 20.04 reads as 20.0, not above it
    lists = '{"indicator": 2, "input": "group_areas", "value": [60, 20, 20], "unit": "ha"}'
    assert value(read(lists, "t.json"), "connectivity") == Decimal("44.0")  # (3600 + 400 + 400) / 100² = 0.44
    assert read('[{"indicator": 27, "value": null, "reason": "no_data"}]', "t.json").problems == ()


def test_years_as_columns() -> None:
    table = read(
        "city,indicator,input,unit,2023,2026\n"
        "A,profile,city_area,km2,100,100\n"
        "A,1,natural_area,km2,6.9,7\n"
        "A,27,events,,,59\n"
        "A,18,,,no_data,considered\n"
    )
    assert table.problems == ()
    assert [one.year for one in table.assessments] == [2023, 2026]
    assert points(table, 0) == {"natural_areas": 1}
    assert points(table, 1) == {"natural_areas": 2, "awareness": 1, "natural_capital": 1}
    assert table.assessments[0].answers["natural_capital"].reason is Reason.NO_DATA
    assert "awareness" not in table.assessments[0].answers


@pytest.mark.parametrize("prefix", ["", "I", "i", "0"])
def test_one_row_a_city_and_year(prefix: str) -> None:
    table = read(
        f"city,year,edition,{prefix}1,{prefix}8,{prefix}2,28\n"
        "A,2026,2021,20.05,17.0,confidential,3\n"
        "B,2026,2014,20.05,19.4,,\n"
    )
    assert table.problems == ()
    assert points(table, 0) == {"natural_areas": 4, "protected_areas": 3, "community_science": 3}
    assert table.assessments[0].answers["connectivity"].reason is Reason.CONFIDENTIAL
    # number 8 of the 2014 edition is a change of species, and 19 species more are 4 points
    assert points(table, 1)["natural_areas"] == 4
    assert [one.city for one in table.assessments] == ["A", "B"]


def test_one_row_a_city_and_year_with_all_28() -> None:
    head = ",".join(str(number) for number in range(1, 29))
    table = read(f"year,{head}\n2026,{','.join(['0'] * 28)}\n")
    assert table.problems == ()
    # nothing at all: 0 points everywhere, but no invasive species at all (below 1.0 %) is the best there is
    assert points(table) == {one.id: 4 if one.number == 9 else 0 for one in edition("2021").indicators}


def test_the_profile_beside_finished_values_in_a_wide_table() -> None:
    table = read("city,population,city_area,12\nA,186 987,33.22 km2,1.3\n")
    assert table.problems == ()
    assert table.assessments[0].profile["population"].value == 186987
    assert (table.assessments[0].profile["city_area"].value, table.assessments[0].profile["city_area"].unit) == (
        Decimal("33.22"),
        "km2",
    )


def test_a_sheet() -> None:
    rows = [[*ROWS[0]], *([*row] for row in ROWS[1:])]
    rows[1][1] = rows[2][1] = 2026  # a whole number as Excel keeps it
    rows[1][5] = 33.22  # and a float
    assert points(read(workbook(rows), "t.xlsx")) == POINTS


def test_a_sheet_below_empty_ones_and_with_empty_rows() -> None:
    book = openpyxl.Workbook()
    sheet = book.create_sheet("Figures")
    sheet["B3"], sheet["C3"], sheet["B6"], sheet["C6"] = "indicator", "value", 1, 15
    file = io.BytesIO()
    book.save(file)
    assert points(read(file.getvalue(), "t.xlsx")) == {"natural_areas": 3}


def test_cells_as_excel_keeps_them() -> None:
    rows: list[list[object]] = [
        ["indicator", "value", "data_year"],
        [1, 0.123, 2024],  # shown as 12.3 %
        [8, 0.5, 2024],  # shown as 0.5% by a format that only adds the sign
        [10, 52.5, None],
        [11, "=10+20", None],  # written by a program, never calculated
        [13, datetime(2026, 3, 1), None],  # what Excel makes of “3-1”
        [24, True, None],
        [27, date(2026, 3, 1), None],
    ]
    table = read(workbook(rows, {"B2": "0.0%", "B3": '0.0"%"'}), "t.xlsx")
    assert value(table, "natural_areas") == Decimal("12.3")
    # 12.3 % is 7.0–13.9: 2; 0.5 % is below 1.0: 0; 52.5 % is 50.0–60.0: 3
    assert points(table) == {"natural_areas": 2, "protected_areas": 0, "water_regulation": 3}
    assert table.assessments[0].answers["natural_areas"].finished == Entry(Decimal("12.3"), data_year=2024)
    assert [problem.where for problem in table.problems] == [f"t.xlsx:{line}" for line in (5, 6, 7, 8)]
    formula, moment, truth, day = messages(table)
    assert "=10+20" in formula
    assert "never calculated" in formula
    assert "2026-03-01” is a date" in moment
    assert "2026-03-01” is a date" in day
    assert "True" in truth
    assert "not a number" in truth


def test_a_formula_that_was_calculated_gives_its_value() -> None:
    data = with_member(
        workbook([["indicator", "value"], [1, "=5+9.5"]]),
        "xl/worksheets/sheet1.xml",
        lambda xml: (
            xml.replace(b"<v />", b"<v>14.5</v>").replace(b"<v></v>", b"<v>14.5</v>").replace(b"<v/>", b"<v>14.5</v>")
        ),
    )
    assert points(read(data, "t.xlsx")) == {"natural_areas": 3}


# ------------------------------------------------------------------------------- what one cell may hold


def test_a_profile_figure_may_stand_under_an_indicator() -> None:
    table = read("indicator,input,value,unit\n1,natural_area,22.49,km2\n1,city_area,33.22,km2\n")
    assert table.problems == ()
    assert points(table) == {"natural_areas": 4}


def test_two_different_profile_figures_are_an_error_that_names_both() -> None:
    table = read(
        "indicator,input,value,unit\nprofile,city_area,2415.47,km2\n"
        "1,city_area,33.22,km2\n1,natural_area,22.49,km2\n8,protected_area,5,km2\n"
    )
    card = score(edition("2021"), table.assessments[0])
    assert card.total.scored == 0
    (error,) = [problem.sentence.text() for problem in card.problems if problem.severity == "error"]
    assert "2,415.47 km²" in error
    assert "33.22 km²" in error


@pytest.mark.parametrize("rung", ["1", "not_aligned", "A local plan that is not aligned with the national plan"])
def test_a_ladder_is_answered_by_points_id_or_text(rung: str) -> None:
    assert points(read(f"indicator,value\n17,{rung}\n")) == {"biodiversity_strategy": 1}


@pytest.mark.parametrize(
    ("items", "count"),
    [("none", 0), ("herbarium", 1), ("botanical_garden;herbarium;other", 3), ("Herbarium; herbarium；other", 2)],
)
def test_a_checklist_is_joined_by_semicolons(items: str, count: int) -> None:
    table = read(f"indicator,input,value\n15,functions,{items}\n")
    assert table.problems == ()
    assert points(table) == {"institutional_capacity": count}


def test_a_checklist_in_chinese_words() -> None:
    label = edition("2021", "zh_Hans").input("climate_responses", "responses").items[0].label
    table = read(f"indicator,input,value\n20,responses,{label}\n", language="zh_Hans")
    assert points(table) == {"climate_responses": 1}


@pytest.mark.parametrize(
    "areas", ["60;20;20,ha", "60 ha; 20 ha; 20 ha,", "60;20;20 ha,", "0.6;0.2;0.2,km2", "900；300；300,亩"]
)
def test_areas_of_groups_are_joined_by_semicolons(areas: str) -> None:
    table = read(f"indicator,input,value,unit\n2,group_areas,{areas}\n")
    assert table.problems == ()
    assert value(table, "connectivity") == Decimal("44.0")  # (60² + 20² + 20²) / 100² = 4 400 / 10 000


@pytest.mark.parametrize("reason", list(Reason))
def test_a_reason_needs_no_value(reason: Reason) -> None:
    table = read(f"indicator,reason,note\n9,{reason},Nobody counted\n")
    assert table.problems == ()
    assert table.assessments[0].answers["invasive_alien_species"] == Answer(reason=reason, note="Nobody counted")


@pytest.mark.parametrize("word", ["way", "measure"])
@pytest.mark.parametrize(("chosen", "read_as", "earned"), [("area", "40.0", 2), ("types", "80.0", 4)])
def test_a_row_may_choose_the_measure(word: str, chosen: str, read_as: str, earned: int) -> None:
    # 7A: 40 of 100 ha are 40.0 %: 2 points; 7B: 4 of 5 types are 80.0 %: 4 points
    table = read(
        "indicator,input,value,unit\n7,restored_area,40,ha\n7,degraded_area,100,ha\n"
        f"7,restored_types,4,\n7,habitat_types,5,\n7,{word},{chosen},\n"
    )
    assert value(table, "habitat_restoration") == Decimal(read_as)
    assert points(table) == {"habitat_restoration": earned}


@pytest.mark.parametrize("again", ["33.22,km2", "33.220,km2", "3322,ha", "33.22 km²,"])
def test_the_same_figure_twice_is_fine(again: str) -> None:
    table = read(f"indicator,input,value,unit\n1,natural_area,22.49,km2\n1,city_area,33.22,km2\n1,city_area,{again}\n")
    assert table.problems == ()
    assert points(table) == {"natural_areas": 4}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1,natural_area,22.49,km2", "1,natural_area,22.94,km2"),
        ("1,,67.7,", "1,,6.77,"),
        ("profile,population,186987,", "profile,population,18698,"),
        ("17,,elements,", "17,,none,"),
        ("7,way,area,", "7,way,types,"),
    ],
)
def test_two_different_figures_name_both_lines_and_neither_is_used(first: str, second: str) -> None:
    for order in ((first, second), (second, first), (first, second, first), (second, first, second)):
        table = read("indicator,input,value,unit\n11,,71.97,%\n" + "\n".join(order) + "\n")
        assert table.problems[0].severity == "error"
        text = table.problems[0].sentence.text().replace(",", "")  # 186,987 is grouped for the reader
        assert "t.csv:3" in text
        assert "t.csv:4" in text
        assert order[0].split(",")[2] in text
        assert order[1].split(",")[2] in text
        assert points(table) == {"climate_regulation": 4}  # what stands beside is kept
        assert table.assessments[0].profile == {}


def test_two_different_reasons_are_an_error_too() -> None:
    table = read("indicator,reason\n9,no_data\n9,confidential\n9,no_data\n")
    assert "no_data (t.csv:2)" in messages(table)[0]
    assert table.assessments[0].answers["invasive_alien_species"].reason is None


# ----------------------------------------------------------------------------------------------- faults

HEAD = "city,year,edition,indicator,input,value,unit,data_year,quality,reason"
ABOVE = "A,2026,2021,1,,18.5,,,,"  # 14.0–20.0: 3 points
BELOW = "A,2026,2021,27,events,74,,,,"  # 60–149: 2 points


@pytest.mark.parametrize(
    ("row", "words"),
    [
        ("A,2026,2021,natural_area,,5,,,,", ["“natural_area”", "natural_areas?"]),
        ("A,2026,2021,protected aera,,5,,,,", ["protected_areas?"]),
        ("A,2026,2021,99,,5,,,,", ["“99”", "2021", "1 … 28"]),
        ("A,2026,2021,,,5,,,,", ["names no indicator", "profile"]),
        ("A,2026,2021,8,protected_aera,5,ha,,,", ["Indicator 8", "“protected_aera”", "protected_area?"]),
        ("A,2026,2021,17,plan,5,,,,", ["Indicator 17", "“plan”"]),
        ("A,2026,2021,profile,city_aera,5,ha,,,", ["“city_aera”", "city_area?"]),
        ("A,2026,2019,8,protected_area,5,ha,,,", ["“2019”", "2021, 2014"]),
        ("A,26,2021,8,protected_area,5,ha,,,", ["“26”", "“year”", "four digits"]),
        ("A,next year,2021,8,protected_area,5,ha,,,", ["“next year”", "2026"]),
        ("A,2026,2021,8,protected_area,5,kg,,,", ["“kg”", "ha, km²", "亩"]),
        ("A,2026,2021,8,protected_area,5 km2,ha,,,", ["Two units", "km2", "ha"]),
        ("A,2026,2021,2,group_areas,5 km2;6 ha,,,,", ["one unit", "km2, ha"]),
        ("A,2026,2021,8,protected_area,about forty,ha,,,", ["“about forty”", "digits"]),
        ('A,2026,2021,8,protected_area,"12,5",ha,,,', ["“12,5”", "12.5 or 125?"]),
        ('A,2026,2021,8,protected_area,"1.234,5",ha,,,', ["“1.234,5”", "1234.5?"]),
        ("A,2026,2021,8,protected_area,NaN,ha,,,", ["“NaN”", "type the figure"]),
        ("A,2026,2021,8,protected_area,1e40,ha,,,", ["“1e40”", "beyond reason"]),
        ("A,2026,2021,8,protected_area,=B1*2,ha,,,", ["“=B1*2”", "never calculated"]),
        ("A,2026,2021,17,,7,,,,", ["“7”", "0 = No local biodiversity strategy", "and four or more CBD initiatives"]),
        (
            "A,2026,2021,20,responses,adaptation_plan;hope,,,,",
            ["“hope”", "Monitoring of the effects of climate change on biodiversity"],
        ),
        ("A,2026,2021,9,,,,,,too lazy", ["“too lazy”", "not_started, no_data, not_applicable"]),
        (f"A,2026,2021,8,protected_area,{'1' * 6000},ha,,,", ["“value”", "6000", "5000"]),
    ],
)
def test_a_faulty_row_says_where_what_and_cure_and_loses_nothing_beside_it(row: str, words: list[str]) -> None:
    table = read("\n".join([HEAD, ABOVE, row, BELOW]))
    (problem,) = table.problems
    assert (problem.severity, problem.where) == ("error", "t.csv:3")
    text = problem.sentence.text()
    for word in words:
        assert word in text
    assert points(table) == {"natural_areas": 3, "awareness": 2}


def test_a_finished_value_in_the_wrong_unit() -> None:
    table = read("edition,indicator,value,unit\n2014,2,14,km2\n2014,1,18.5,%\n")
    assert messages(table) == ["The finished value is wanted in ha, “km2” was found."]
    assert points(table) == {"natural_areas": 3}


@pytest.mark.parametrize(
    ("row", "severity", "words"),
    [
        ("A,2026,2021,11,,41.0,,soon,,", "error", ["“soon”", "“data_year”", "four digits"]),
        ("A,2026,2021,11,,41.0,,,superb,", "warning", ["“superb”", "high, medium, low"]),
    ],
)
def test_a_fault_beside_a_figure_keeps_the_figure(row: str, severity: str, words: list[str]) -> None:
    table = read("\n".join([HEAD, ABOVE, row, BELOW]))
    (problem,) = table.problems
    assert (problem.severity, problem.where) == (severity, "t.csv:3")
    assert all(word in problem.sentence.text() for word in words)
    assert points(table) == {"natural_areas": 3, "climate_regulation": 3, "awareness": 2}  # 41.0 is 40.0–55.0: 3


def test_an_area_without_unit_is_read_as_hectares_and_says_so() -> None:
    table = read("indicator,input,value\n1,natural_area,20\n1,city_area,200\n")
    assert [(problem.severity, problem.where) for problem in table.problems] == [
        ("warning", "t.csv:2"),
        ("warning", "t.csv:3"),
    ]
    assert "hectares" in messages(table)[0]
    assert value(table, "natural_areas") == Decimal("10.0")


def test_an_unknown_column_is_named_and_the_rest_is_read() -> None:
    table = read("indicator,value,colour\n1,18.5,green\n")
    (problem,) = table.problems
    assert (problem.severity, problem.where) == ("warning", "t.csv:1")
    assert "“colour”" in problem.sentence.text()
    assert points(table) == {"natural_areas": 3}


def test_a_repeated_column() -> None:
    table = read("indicator,value,value\n1,18.5,19\n")
    assert "“value” stands twice" in messages(table)[0]


def test_columns_that_say_nothing() -> None:
    table = read("name,size\nA,5\n")
    assert table.assessments == ()
    assert "name, size" in messages(table)[0]
    assert "first row must name the columns" in messages(table)[0]


def test_a_table_with_nothing_below_its_head_says_so() -> None:
    for empty in ("indicator,value\n", "indicator,value\n,\n\n", "city,1,2\n"):
        table = read(empty)
        assert table.assessments == ()
        assert "no figure" in messages(table)[0]


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


# ------------------------------------------------------------------------------------------- properties

CELLS = st.text(max_size=12) | st.sampled_from(
    ["1", "8", "profile", "natural_areas", "city_area", "natural_area", "5", "12,5", "5 km2", "=1", "no_data", "2026",
     "2014", "way", "group_areas", "1;2;3", '"', "none", "none;none", "-1", "1e9", "2021", "²", "I", "０"]
)  # fmt: skip
SHAPES = st.sampled_from([",".join(COLUMNS), "indicator,value", "indicator,input,2023,2026", "city,1,I2,28,population"])


def assert_calm(table: Table) -> None:
    """Whatever was read can be scored, and every problem can be told."""
    for one in table.assessments:
        score(edition(one.edition), one).to_dict()
    for problem in table.problems:
        assert problem.where
        assert problem.sentence.text()


@given(st.binary(max_size=400), st.sampled_from(["t.csv", "t.json", "t.xlsx", "t.xls", ""]))
def test_any_bytes_can_be_read(data: bytes, name: str) -> None:
    assert_calm(read(data, name))


@given(SHAPES, st.lists(st.lists(CELLS, max_size=13), max_size=6), st.sampled_from([",", ";", "\t"]))
def test_any_cells_can_be_read(head: str, rows: list[list[str]], mark: str) -> None:
    text = head.replace(",", mark) + "\n" + "\n".join(mark.join(row) for row in rows)
    assert_calm(read(text.encode("utf-8", "replace")))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | CELLS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(COLUMNS) | st.text(max_size=5), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(ANYTHING)
def test_any_json_can_be_read(data: object) -> None:
    assert_calm(read(json.dumps(data), "t.json"))
    assert_calm(read(json.dumps([data]), "t.json"))


SOUND_BOOK = workbook([[*ROWS[0]], *([*row] for row in ROWS[1:])])


@given(st.integers(0, len(SOUND_BOOK) - 1), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_any_bytes_changed_can_be_read(position: int, change: bytes) -> None:
    assert_calm(read(SOUND_BOOK[:position] + change + SOUND_BOOK[position + len(change) :], "t.xlsx"))


def scorecards(rows: list[list[str]]) -> dict[object, object]:
    file = io.StringIO()
    csv.writer(file).writerows([COLUMNS, *rows])
    table = read(file.getvalue())
    assert table.problems == ()
    return {(card.city, card.year): card.to_dict() for card in score_years(table.assessments)}


EXAMPLE = list(csv.reader((DEMO / "example-city.csv").read_text(encoding="utf-8").splitlines()))[1:]


@settings(max_examples=examples(15))
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(random: object) -> None:
    shuffled = list(EXAMPLE)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert scorecards(shuffled) == scorecards(EXAMPLE)


# A random valid assessment, written as a long table.

TEXTS = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cc", "Cs")) | st.sampled_from('\n",;\t'), min_size=1, max_size=20
).map(lambda text: f"“{text}”")
AREAS = st.decimals(0, 10**7, places=2)
WHOLE = st.integers(0, 10**7).map(Decimal)
KEPT = st.fixed_dictionaries(
    {},
    optional={
        "data_year": st.integers(1900, 2099),
        "quality": st.sampled_from(Quality),
        "source": TEXTS,
        "note": TEXTS,
    },
)
UNITS = {
    "area": ["ha", "km2", "m2", "mu", "wan_mu", "acre", "sq_mi"],
    "people": ["", "thousand", "wan", "million"],
    "money": ["EUR", "CNY"],
}


def entries(asked: OwnInput) -> st.SearchStrategy[Entry]:
    kind = asked.kind
    ids = [item.id for item in asked.items]
    values: dict[str, st.SearchStrategy[object]] = {
        "area": AREAS,
        "money": AREAS,
        "amount": AREAS,
        "percent": AREAS,
        "list of area": st.lists(AREAS, min_size=1, max_size=5).map(tuple),
        "text": TEXTS,
        "change": st.integers(-50, 50).map(Decimal),
        "choice": st.sampled_from(ids or [""]),
        "checklist": st.lists(st.sampled_from(ids or [""]), unique=True).map(tuple),
    }
    units = UNITS.get("area" if kind == "list of area" else kind, [""])
    return st.builds(
        lambda value, unit, kept: Entry(value, unit, **kept), values.get(kind, WHOLE), st.sampled_from(units), KEPT
    )


@st.composite
def assessments(draw: st.DrawFn) -> Assessment:
    asked = edition(draw(st.sampled_from(["2021", "2014"])))
    profile = {name: draw(entries(given)) for name, given in asked.profile_inputs.items() if draw(st.booleans())}
    answers = {}
    for indicator in asked.indicators:
        what = draw(st.sampled_from(["nothing", "inputs", "finished", "reason"]))
        if what == "reason":
            answers[indicator.id] = Answer(reason=draw(st.sampled_from(Reason)), note=draw(TEXTS))
        elif what == "finished" and indicator.ladder:
            answers[indicator.id] = Answer(finished=Entry(draw(st.sampled_from(indicator.ladder)).id, **draw(KEPT)))
        elif what == "finished":
            answers[indicator.id] = Answer(finished=Entry(draw(st.integers(0, 100).map(Decimal)), **draw(KEPT)))
        elif what == "inputs":
            own = {name: given for name, given in indicator.inputs.items() if isinstance(given, OwnInput)}
            inputs = {name: draw(entries(given)) for name, given in own.items() if draw(st.booleans())}
            if inputs:
                answers[indicator.id] = Answer(inputs=inputs)
    return Assessment(asked.id, "Città, “K”", 2026, profile, answers)


def written(assessment: Assessment) -> str:
    """Write an assessment as a long table, by the words of the documentation."""

    def row(indicator: str, name: str, entry: Entry) -> list[object]:
        given = entry.value
        text = (";".join(map(str, given)) or "none") if isinstance(given, tuple) else str(given)
        kept = [entry.data_year or "", entry.quality or "", entry.source, entry.note, ""]
        return [assessment.city, assessment.year, assessment.edition, indicator, name, text, entry.unit, *kept]

    file = io.StringIO()
    out = csv.writer(file)
    out.writerow(COLUMNS)
    for name, entry in assessment.profile.items():
        out.writerow(row("profile", name, entry))
    for indicator, answer in assessment.answers.items():
        for name, entry in answer.inputs.items():
            out.writerow(row(indicator, name, entry))
        if answer.finished:
            out.writerow(row(indicator, "", answer.finished))
        if answer.reason:
            where = [assessment.city, assessment.year, assessment.edition, indicator]
            out.writerow([*where, *[""] * 6, answer.note, answer.reason])
    return file.getvalue()


@settings(max_examples=examples(40))
@given(assessments())
def test_what_is_written_as_a_long_table_reads_as_the_same_assessment(assessment: Assessment) -> None:
    assume(assessment.profile or assessment.answers)
    table = read(written(assessment))
    assert table.problems == ()
    (again,) = table.assessments
    assert again == assessment
    asked = edition(assessment.edition)
    assert score(asked, again).to_dict() == score(asked, assessment).to_dict()


def test_chinese_words_of_the_program_are_understood():
    table = read("指标,数值,原因,备注\n受保护自然区域占比,24.3,,\n公众科学,,没有数据,明年开展\nawareness,no_data,,\n")
    (assessment,) = table.assessments
    assert assessment.answers["protected_areas"].finished.value == Decimal("24.3")
    assert assessment.answers["community_science"].reason is Reason.NO_DATA
    assert assessment.answers["awareness"].reason is Reason.NO_DATA
    assert table.problems == ()


def test_a_misspelt_row_is_not_called_not_started():
    table = read("indicator,input,value\nprotected_areas,protected_aera,12 km2\n")
    (card,) = score_years(table.assessments)
    result = card.result("protected_areas").to_dict()
    assert (result["status"], result["reason"]) == ("not_scored", None)

"""Every shape and encoding of a table that offices send."""

import io
import json
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from cbi import edition
from cbi.assessment import Entry, Quality, Reason
from cbi.tables import read_table
from tests.tables.given import (
    ROWS,
    messages,
    points,
    read,
    value,
    with_member,
    workbook,
)

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

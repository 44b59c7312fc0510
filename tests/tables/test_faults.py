"""Each way in which a row or a head can be wrong: where, what and cure, and nothing good beside it is lost."""

from decimal import Decimal

import pytest

from tests.tables.given import messages, points, read, value

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

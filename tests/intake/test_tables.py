"""Plain tables cell by cell: every shape, several years, and rows that name nothing that is asked."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbi.assessment import Answer, Assessment, Entry, Reason
from cbi.intake import FormKind, Received, Statement, applied, preview, receive, receive_each
from cbi.tables import read_table, write_table
from tests.effort import examples
from tests.intake.files import saved, sheet

DEMO = Path(__file__).parents[2] / "data" / "demo"


def read(rows: list[list[Any]], **options: Any) -> Received:
    found = receive(saved(sheet(rows)), "t.xlsx", **options)
    assert found.form is FormKind.TABLE
    return found


def contents(found: Received) -> dict[tuple[str, str], Any]:
    return {item.target: item.content for item in found.items}


def test_a_row_a_figure() -> None:
    found = read(
        [
            ["city", "year", "indicator", "input", "value", "unit", "note", "reason"],
            ["Riverton", 2026, "profile", "city_area", 33.22, "km2", "", ""],
            ["Riverton", 2026, 8, "protected_area", "5,5", "km2", "", ""],
            ["Riverton", 2026, 16, "", 1.5, "%", "from the accounts", ""],
            ["Riverton", 2026, "17", "", "elements", "", "", ""],
            ["Riverton", 2026, 13, "", "", "", "from next year", "no_data"],
            ["Riverton", 2026, 7, "way", "restored_types", "", "", ""],
        ]
    )
    assert (found.city, found.year, found.edition) == ("Riverton", 2026, "2021")
    assert {target: content for target, content in contents(found).items() if target[1] != "way"} == {
        ("profile.city_area", "city_area"): Entry(Decimal("33.22"), "km2"),
        ("budget", "="): Entry(Decimal("1.5"), note="from the accounts"),
        ("biodiversity_strategy", "="): Entry("elements"),
        ("park_access", "reason"): Statement(Reason.NO_DATA, "from next year"),
    }
    assert [question.where for question in found.questions] == ["Data!E3"]
    assert {item.where for item in found.items} >= {"Data!E2", "Data!E4", "Data!H6"}


def test_years_as_columns_and_indicators_as_columns() -> None:
    years = receive_each(saved(sheet([["indicator", "2023", "2026"], [16, 1.5, 2.5], [27, 10, "no_data"]])), "t.xlsx")
    assert [(one.year, len(one.items)) for one in years] == [(2023, 2), (2026, 2)]
    assert years[1].items[0].where == "Data!C2"
    assert years[1].items[1].content == Statement(Reason.NO_DATA)
    wide = read([["city", "year", "city_area", "I1", "I16"], ["Riverton", 2026, "33.22 km2", 67.7, 1.5]])
    assert contents(wide) == {
        ("profile.city_area", "city_area"): Entry(Decimal("33.22"), "km2"),
        ("natural_areas", "="): Entry(Decimal("67.7")),
        ("budget", "="): Entry(Decimal("1.5")),
    }
    assert [item.where for item in wide.items] == ["Data!C2", "Data!D2", "Data!E2"]


def test_of_several_years_the_wanted_one_is_given_and_the_others_are_named() -> None:
    data = (DEMO / "example-city.csv").read_bytes()
    found = receive(data, "example-city.csv", city="Example City (invented)", year=2021)
    assert (found.year, found.problems[0].code) == (2021, "several_years")
    said = found.problems[0].sentence.text()
    assert "Example City (invented), 2016 (2014 edition); Example City (invented), 2021 (2021 edition)" in said
    assert "Read now: Example City (invented), 2021 (2021 edition)." in said


def test_the_demo_reads_as_the_reader_of_tables_reads_it() -> None:
    data = (DEMO / "example-city.csv").read_bytes()
    for one, expected in zip(receive_each(data, "t.csv"), read_table(data, name="t.csv").assessments, strict=True):
        shown = preview([one], Assessment(expected.edition, expected.city, expected.year))
        assert applied(shown) == expected


def test_rows_that_name_nothing_that_is_asked_cost_no_other() -> None:
    found = read(
        [
            ["indicator", "input", "value", "edition", "year"],
            [99, "", 1, "", ""],
            ["bugdet", "", 1, "", ""],
            [16, "city_bugdet", 1, "", ""],
            ["profile", "city_arae", 1, "", ""],
            [16, "", 1, "1999", ""],
            [16, "", 1, "", "soon"],
            [16, "", 1.5, "", ""],
        ]
    )
    assert [problem.code for problem in found.problems] == [
        "unknown_indicator", "unknown_indicator", "unknown_input", "unknown_input", "unknown_edition", "not_a_year",
    ]  # fmt: skip
    assert "budget" in found.problems[1].sentence.text()
    assert contents(found) == {("budget", "="): Entry(Decimal("1.5"))}


def test_an_area_without_unit_is_in_hectares_as_the_plain_table_has_it() -> None:
    found = read([["indicator", "input", "value"], ["profile", "city_area", 3322]])
    assert (contents(found), [problem.code for problem in found.problems]) == (
        {("profile.city_area", "city_area"): Entry(Decimal(3322))},
        ["no_unit"],
    )


def test_the_head_may_stand_below_a_title() -> None:
    found = read([["Figures of Riverton"], [], ["indicator", "value"], [16, 1.5]])
    assert [item.where for item in found.items] == ["Data!B4"]


def test_several_sheets_belong_together() -> None:
    book = sheet([["indicator", "value"], [16, 1.5]])
    other = book.create_sheet("Parks")
    for row in (["indicator", "value"], [25, 19]):
        other.append(row)
    assert {item.where for item in receive(saved(book), "t.xlsx").items} == {"Data!B2", "Parks!B2"}


@pytest.mark.parametrize("head", [["x", "y"], ["1", "2"], ["year", "notes"]])
def test_what_is_no_plain_table(head: list[str]) -> None:
    assert receive(saved(sheet([head, ["a", 1]])), "t.xlsx").form is not FormKind.TABLE


@given(st.decimals(0, 10**6, places=3), st.decimals(0, 99, places=2))
@settings(max_examples=examples(25), deadline=None)
def test_what_is_exported_as_csv_reads_back_the_same(area: Decimal, share: Decimal) -> None:
    given = Assessment(
        "2021",
        "Riverton",
        2026,
        {"city_area": Entry(area, "km2", 2025, note="=1+1", source="-")},
        {"budget": Answer(finished=Entry(share)), "projects": Answer(reason=Reason.NO_DATA, note="why")},
    )
    found = receive(write_table([given]).encode(), "t.csv", locale="en")
    assert applied(preview([found], Assessment("2021", "Riverton", 2026))) == given

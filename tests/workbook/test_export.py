"""The export: what is handed out reads back as the same assessments, digit for digit."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbi.assessment import Answer, Assessment, Entry, Reason
from cbi.comparison import compare, score_years
from cbi.report import Action, Said, SourceDetail, SourceFile
from cbi.tables import COLUMNS, read_table
from cbi.workbook.export import write_export
from cbi.workbook.exports import exports
from tests.effort import examples
from tests.tables.drawn import assessments

DEMO = Path(__file__).parents[2] / "data" / "demo"
EXAMPLE = read_table(DEMO / "example-city.csv").assessments
FORMS = ("csv", "json", "xlsx")


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def digits(one: Assessment) -> list[str]:
    """Every figure as it was typed: 12.1 and 12.10 are equal numbers, but not the same digits."""
    entries = [*one.profile.values(), *(entry for answer in one.answers.values() for entry in answer.inputs.values())]
    entries += [answer.finished for answer in one.answers.values() if answer.finished]
    return sorted(repr(entry) for entry in entries)


@st.composite
def histories(draw: st.DrawFn) -> list[Assessment]:
    """Up to three years of a city, with measures that were chosen, formula-like texts, long and padded numbers."""
    years = draw(st.lists(st.integers(2000, 2090), min_size=1, max_size=3, unique=True))
    history = []
    for year in sorted(years):
        one = replace(draw(assessments()), year=year)
        number = draw(st.decimals(0, 10**17, places=draw(st.integers(0, 12))))  # 30 digits are the most that is read
        risky = draw(st.sampled_from(["=1+1", "+", "-x", "@a", "_x0041_", "x"]))
        profile = {**one.profile, "rainfall": Entry(number, source=risky), "laws": Entry(risky, note=risky)}
        answers = {**one.answers, "habitat_restoration": Answer({"restored_area": Entry(number, "ha")}, way="area")}
        if one.edition == "2014":
            answers.pop("habitat_restoration")
        history.append(replace(one, profile=profile, answers=answers))
    return history


@settings(max_examples=examples(12))
@given(histories())
def test_what_is_exported_reads_back_as_the_same(history: list[Assessment]) -> None:
    for form, data in exports(history).items():
        table = read_table(data, name=f"export.{form}")
        assert table.problems == (), form
        assert table.assessments == tuple(history), form
        assert list(map(digits, table.assessments)) == list(map(digits, history)), form


@pytest.mark.parametrize("form", FORMS)
def test_the_years_of_a_city_read_back(form: str) -> None:
    table = read_table(exports(EXAMPLE, language="zh_Hans")[form], name=f"export.{form}")
    assert table.problems == ()
    assert table.assessments == EXAMPLE


def test_reasons_notes_and_an_empty_checklist_read_back() -> None:
    one = Assessment(
        "2021",
        None,
        None,
        answers={
            "budget": Answer(reason=Reason.NO_DATA, note="next year", source="a call"),
            "climate_responses": Answer({"responses": Entry(())}),
            "natural_capital": Answer(finished=Entry("planned")),
        },
    )
    for form, data in exports([one]).items():
        assert read_table(data, name=f"export.{form}").assessments == (one,), form


def test_a_sheet_for_each_year_with_a_marked_table() -> None:
    book = opened(write_export(EXAMPLE))
    assert book.sheetnames == ["Scorecard", "Comparison", "Changes", "2016", "2021", "2024", "Sources", "Method"]
    for page in book.worksheets:
        (table,) = page.tables.values()
        heads = [cell.value for cell in page[table.ref][0]]
        assert heads == [column.name for column in table.tableColumns]
        assert len(set(heads)) == len(heads)
        assert not page.merged_cells.ranges
        assert all(isinstance(page[cell].value, str) for cell in ("A1",))
    assert tuple(cell.value for cell in book["2024"][1]) == COLUMNS
    names = [name for page in book.worksheets for name in page.tables]
    assert len(set(names)) == len(names)


def test_the_scorecard_and_the_comparison_show_what_the_engine_says() -> None:
    book = opened(write_export(EXAMPLE, baseline=2016))
    cards = score_years(EXAMPLE, 2016)
    rows = list(book["Scorecard"].iter_rows(min_row=4, values_only=True))
    assert [(row[0], row[5]) for row in rows] == [(one.indicator.number, one.points) for one in cards[-1].results]
    totals = list(book["Comparison"].iter_rows(min_row=4, max_row=6, values_only=True))
    assert [row[5:9] for row in totals] == [
        (card.total.points, card.total.scored, card.total.attainable, card.total.maximum) for card in cards
    ]
    steps = compare(EXAMPLE, 2016).against_baseline
    changes = list(book["Changes"].iter_rows(min_row=4, values_only=True))
    assert [(row[1], row[2], row[8]) for row in changes] == [
        (step.to_year, one.number, one.points) for step in steps for one in step.differences
    ]


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_it_holds_what_the_report_says_beside_figures(language: str) -> None:
    """Warnings, actions with the day of each statement, sources, method; and it still reads back."""
    libo = read_table(DEMO / "libo-county-2026.csv").assessments
    action = Action(
        "=Plant trees", "Restore", "Trees", Said("Along the river"), Said("10 ha", date(2026, 4, 7)),
        Said("50 ha", date(2025, 12, 23)), ("recreation", "climate_regulation"),
    )  # fmt: skip
    source = next(entry.source for entry in libo[0].profile.values() if entry.source)
    detail = SourceDetail(source, "Statistics office", files=(SourceFile("a.pdf", "ab" * 32, 10),))
    data = write_export(libo, language=language, actions=[action], sources=[detail])
    book = opened(data)
    warnings, actions, sources, method = (list(page.values) for page in book.worksheets[-4:])
    errors = {"en": "error", "zh_Hans": "错误"}[language]
    assert sum(row[0] == errors for row in warnings[3:]) == 3  # connectivity once, protected areas twice
    assert actions[3:] == [
        ("Restore", "Trees", "=Plant trees", "Along the river", None, "10 ha", "2026-04-07", "50 ha", "2025-12-23",
         {"en": "11, 12", "zh_Hans": "11、12"}[language])
    ]  # fmt: skip
    cited = next(row for row in sources[3:] if row[1] == source)
    assert (cited[2], cited[3]) == ("Statistics office", f"a.pdf {'ab' * 32}")
    assert len(method) > 8
    assert read_table(data, name="libo.xlsx").assessments == tuple(libo)


def test_the_chart_is_a_native_one_of_every_year_and_component() -> None:
    (chart,) = opened(write_export(EXAMPLE))["Comparison"]._charts
    assert [series.val.numRef.f for series in chart.series] == [f"'Comparison'!${c}$4:${c}$6" for c in "CDE"]
    assert {series.cat.numRef.f for series in chart.series} == {"'Comparison'!$A$4:$A$6"}


def test_one_year_has_nothing_to_compare() -> None:
    assert opened(write_export(EXAMPLE[-1:])).sheetnames[:3] == ["Scorecard", "Comparison", "2024"]


def test_a_year_under_both_editions_has_two_sheets() -> None:
    twice = [EXAMPLE[0], replace(EXAMPLE[1], year=2016)]
    data = write_export(twice)
    assert [name for name in opened(data).sheetnames if "2016" in name] == ["2016 (2014)", "2016 (2021)"]
    assert read_table(data, name="twice.xlsx").assessments == tuple(twice)


def test_figures_are_numbers_where_their_digits_survive() -> None:
    values = {"12.5": "n", "12.50": "s", "586.90": "s", "12": "n", "0": "n", "12345678901234567": "s", "0.1": "n"}
    for text, kind in values.items():
        one = Assessment("2021", "T", 2026, profile={"rainfall": Entry(Decimal(text))})
        cell = opened(write_export([one]))["2026"]["F2"]
        assert (text, cell.data_type) == (text, kind)


def test_json_keeps_figures_as_texts() -> None:
    one = Assessment("2021", "T", 2026, profile={"rainfall": Entry(Decimal("12.50"))})
    assert json.loads(exports([one])["json"])[0]["value"] == "12.50"


def test_no_text_becomes_a_formula() -> None:
    one = Assessment("2021", "=1+1", 2026, profile={"laws": Entry("=cmd", source="+1", note="@x")})
    for page in opened(write_export([one])).worksheets:
        assert not [cell.coordinate for row in page.iter_rows() for cell in row if cell.data_type == "f"]
    assert "\n'=1+1," in exports([one])["csv"].decode("utf-8-sig")


def test_a_workbook_holds_one_city() -> None:
    with pytest.raises(ValueError, match="one city"):
        write_export([EXAMPLE[0], replace(EXAMPLE[1], city="Another")])
    with pytest.raises(ValueError, match="one city"):
        write_export([])


def test_a_workbook_of_plain_tables_without_all_columns_is_read_as_before() -> None:
    """Only sheets with every column of the plain table belong together; else the first sheet counts."""
    book = openpyxl.Workbook()
    for number, page in enumerate((book.active, book.create_sheet("old"))):
        page.append(["indicator", "value"])
        page.append([8, 24.3 + number])
    file = io.BytesIO()
    book.save(file)
    (one,) = read_table(file.getvalue(), name="two.xlsx").assessments
    assert one.answers["protected_areas"].finished.value == Decimal("24.3")

"""Our template comes back: filled in, moved about, sorted, renamed, from other programs – and reads the same."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl.comments import Comment

from cbi.amounts import NUMBER_KINDS, WHOLE_KINDS
from cbi.assessment import Answer, Assessment, Entry, Quality, Reason
from cbi.definitions import edition
from cbi.definitions.models import OwnInput
from cbi.intake import FormKind, Received, Statement, applied, preview, receive
from cbi.workbook.parts import HIDDEN
from cbi.workbook.template import write_template
from tests.effort import examples
from tests.intake.files import LIBO, Filled, saved, simple, template, with_members

POINT = {"decimal": "point", "figure_or_reason": "both"}


def read_back(data: bytes, edition_id: str = "2021", **options: Any) -> Assessment:
    """The assessment that a workbook makes of an empty one."""
    received = receive(data, "t.xlsx", answers=POINT, **options)
    assert received.form is FormKind.TEMPLATE
    return applied(preview([received], Assessment(edition_id, "Riverton", 2026)))


def contents(received: Received) -> dict[tuple[str, str], Any]:
    return {item.target: item.content for item in received.items}


# What is written reads back the same

TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]), max_size=12).map(
    lambda text: " ".join(text.split())
)
RECORD = st.fixed_dictionaries(
    {
        "data_year": st.none() | st.integers(1990, 2035),
        "quality": st.none() | st.sampled_from(Quality),
        "source": TEXTS,
        "note": TEXTS,
    }
)
UNITS = {
    "area": ["km2", "ha", "m2", "mu", "wan_mu", "acre", "sq_mi"],
    "people": ["", "thousand", "million", "wan"],
    "money": ["EUR", "million EUR", "CNY"],
}


@st.composite
def entries(draw: st.DrawFn, asked: OwnInput) -> Entry:
    kind = "area" if asked.kind == "list of area" else asked.kind
    number = st.integers(0, 10**6).map(Decimal) if kind in WHOLE_KINDS else st.decimals(0, 10**6, places=2)
    value: Any
    if asked.kind == "list of area":
        value = tuple(draw(st.lists(number, min_size=1, max_size=4)))
    elif kind in NUMBER_KINDS:
        value = draw(number)
    elif kind == "choice":
        value = draw(st.sampled_from([item.id for item in asked.items]))
    elif kind == "checklist":
        chosen = draw(st.sets(st.sampled_from([item.id for item in asked.items])))
        value = tuple(item.id for item in asked.items if item.id in chosen)
    else:
        value = draw(TEXTS.filter(bool))
    unit = draw(st.sampled_from(UNITS.get(kind, [""])))
    return Entry(value, unit, **draw(RECORD))


@st.composite
def assessments(draw: st.DrawFn, edition_id: str) -> Assessment:
    asked = edition(edition_id)
    names = draw(st.sets(st.sampled_from(sorted(asked.profile_inputs)), max_size=6))
    profile = {name: draw(entries(asked.profile_inputs[name])) for name in sorted(names)}
    answers = {}
    for key in sorted(draw(st.sets(st.sampled_from([one.id for one in asked.indicators]), max_size=6))):
        indicator = asked.indicator(key)
        own = {name: given for name, given in indicator.inputs.items() if isinstance(given, OwnInput)}
        chosen = draw(st.sets(st.sampled_from(sorted(own)))) if own else set()
        finished = None
        if indicator.ladder:
            finished = Entry(draw(st.sampled_from([rung.id for rung in indicator.ladder])), **draw(RECORD))
        elif draw(st.booleans()):
            finished = Entry(Decimal(draw(st.integers(0, 99))), **draw(RECORD))
        answers[key] = Answer(
            inputs={name: draw(entries(own[name])) for name in sorted(chosen)},
            finished=finished,
            way=draw(st.sampled_from(["", *(way.id for way in indicator.ways)])) if len(indicator.ways) > 1 else "",
            reason=draw(st.none() | st.sampled_from(Reason)),
            note=draw(TEXTS),
            source=draw(TEXTS),
        )
    answers = {key: answer for key, answer in answers.items() if answer != Answer()}
    return Assessment(edition_id, "Riverton", 2026, profile, answers)


def begun(assessment: Assessment) -> Assessment:
    """As the program keeps it: what has figures is no longer “not started”."""
    answers = {
        name: replace(answer, reason=None)
        if answer.reason is Reason.NOT_STARTED and (answer.inputs or answer.finished)
        else answer
        for name, answer in assessment.answers.items()
    }
    return replace(assessment, answers=answers)


@pytest.mark.parametrize(("edition_id", "language"), [("2021", "en"), ("2021", "zh_Hans"), ("2014", "en")])
@given(st.data())
@settings(
    max_examples=examples(8),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],  # a template takes too long to shrink an example with
)
def test_what_the_writer_writes_reads_back_the_same(edition_id: str, language: str, data: st.DataObject) -> None:
    given = begun(data.draw(assessments(edition_id)))
    assert read_back(template(given, language, edition_id), edition_id) == given


def test_a_real_city_in_both_languages() -> None:
    """One of its figures is no whole number of areas: a problem that names the cell. All others come back."""
    answers = dict(LIBO.answers)
    answers["protected_areas"] = replace(
        answers["protected_areas"],
        inputs={"protected_area": answers["protected_areas"].inputs["protected_area"]},
    )
    for language in ("en", "zh_Hans"):
        received = receive(template(LIBO, language), "libo.xlsx")
        (problem,) = received.problems
        assert (problem.code, problem.indicator, problem.input) == ("not_whole", "protected_areas", "number_of_areas")
        assert "586.9 is not a whole number" in problem.sentence.text()
        assert problem.where.endswith(f"!D{problem.where.rpartition('D')[2]}")
        found = applied(preview([received], Assessment("2021", "Riverton", 2026)))
        assert (found.profile, found.answers) == (LIBO.profile, answers)


def test_an_empty_template_holds_nothing() -> None:
    received = receive(template(), "t.xlsx")
    assert (received.items, received.problems, received.questions) == ((), (), ())
    assert (received.form, received.city, received.year, received.edition) == ("template", "Riverton", 2026, "2021")


def test_every_kind_of_entry_filled_in_by_hand() -> None:
    filled = Filled()
    filled.put("profile.city_area", 33.22)
    filled.put("profile.city_area", "平方公里", "unit")
    filled.put("profile.city_area", 2024, "data_year")
    filled.put("profile.city_area", "HIGH ", "quality")
    filled.put("natural_areas.natural_area", "288.83 万亩")
    filled.put("budget.=", 0.123).number_format = "0.0%"
    filled.put("biodiversity_strategy.=", 3)
    filled.put("climate_regulation", "no data", "reason")
    filled.put("climate_regulation", "from next year", "note")
    filled.put("institutional_capacity.functions:botanical_garden", "Yes")
    filled.put("institutional_capacity.functions:biodiversity_centre", "否")
    filled.put("institutional_capacity.functions", 2023, "data_year")
    filled.put("protected_areas.protected_area", 12.5).comment = Comment("measured on\nthe map", "Mei")
    received = receive(filled.data(), "t.xlsx")
    assert [problem.code for problem in received.problems] == ["own_unit"]
    rungs = {rung.points: rung.id for rung in edition("2021").indicator("biodiversity_strategy").ladder}
    assert contents(received) == {
        ("profile.city_area", "city_area"): Entry(Decimal("33.22"), "km2", 2024, Quality.HIGH),
        ("natural_areas", "natural_area"): Entry(Decimal("288.83"), "wan_mu"),
        ("budget", "="): Entry(Decimal("12.3")),
        ("biodiversity_strategy", "="): Entry(rungs[3]),
        ("climate_regulation", "reason"): Statement(Reason.NO_DATA, "from next year"),
        ("institutional_capacity", "functions"): Entry(("botanical_garden",), data_year=2023),
        ("protected_areas", "protected_area"): Entry(Decimal("12.5"), "km2", note="measured on\nthe map"),
    }
    found = {item.target: (item.found, item.becomes) for item in received.items}
    assert found["natural_areas", "natural_area"] == ("288.83 万亩", "288.83 万亩")
    assert found["budget", "="] == ("12.3 %", "12.3 %")


# Moved about

FIGURES = {
    ("profile.city_area", "city_area"): Decimal("33.22"),
    ("budget", "="): Decimal("1.5"),
    ("projects", "projects"): 19,
}


def sorted_by_number(book: Any) -> None:
    """Sort the rows of every sheet as a person might, here backwards; formulas are typed over by their values."""
    for page in book.worksheets:
        if page.max_row > 30 and page.sheet_state == "visible" and page["A3"].value == "No.":
            rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
            for line, values in enumerate(reversed(rows), 4):
                for column, value in enumerate(values, 1):
                    page.cell(line, column).value = value


def moved_columns(book: Any) -> None:
    for page in book.worksheets:
        if page.sheet_state == "visible":
            page.move_range(f"A1:Z{page.max_row}", cols=3, rows=2)


def renamed(book: Any) -> None:
    for number, page in enumerate(book.worksheets):
        if page.sheet_state == "visible":
            page.title = f"部门 {number}"


def reordered(book: Any) -> None:
    book._sheets.reverse()


def without_hidden(book: Any) -> None:
    for page in list(book.worksheets):
        if page.sheet_state != "visible":
            book.remove(page)


def with_more_columns(book: Any) -> None:
    for page in book.worksheets:
        if page.sheet_state == "visible" and page.max_column > 8:
            page.insert_cols(4)
            page.cell(3, 4).value = "Checked by"


def with_a_copy_of_last_year(book: Any) -> None:
    page = book.create_sheet("Notes")
    page["A1"], page["B2"] = "Our own notes", 42


@pytest.mark.parametrize(
    "change",
    [sorted_by_number, moved_columns, renamed, reordered, without_hidden, with_more_columns, with_a_copy_of_last_year],
)
def test_however_it_was_moved_about(change: Callable[[Any], None]) -> None:
    filled = simple()
    change(filled.book)
    received = receive(filled.data(), "t.xlsx")
    assert received.form is FormKind.TEMPLATE
    assert {target: content.value for target, content in contents(received).items()} == FIGURES
    assert not [problem for problem in received.problems if problem.severity == "error"]
    assert (received.city, received.year, received.edition) == ("Riverton", 2026, "2021")


@pytest.mark.long
def test_saved_by_libreoffice_as_xlsx_ods_and_xls(from_libreoffice: Mapping[str, Mapping[str, bytes]]) -> None:
    known = contents(receive(template(LIBO, "zh_Hans"), "libo.xlsx"))
    for form, files in from_libreoffice.items():
        received = receive(files["simple.xlsx"], f"a.{form}")
        assert {target: content.value for target, content in contents(received).items()} == FIGURES, form
        assert contents(receive(files["libo.xlsx"], f"b.{form}")) == known, form


# Of another time


def test_a_newer_version_and_other_definitions() -> None:
    filled = simple()
    facts = filled.book[HIDDEN]
    for row in facts.iter_rows(max_row=20):
        if row[1].value == "template":
            row[2].value = 99
        if row[1].value == "definitions":
            row[2].value = "sha256:other"
    page, row_number = filled.rows["budget.="]
    page.cell(row_number, filled.column(page, "code")).value = "budget.of_tomorrow"
    received = receive(filled.data(), "t.xlsx")
    assert [problem.code for problem in received.problems] == ["not_asked", "newer_template", "definitions_changed"]
    assert "does not ask “budget.of_tomorrow”" in received.problems[0].sentence.text()
    assert set(contents(received)) == set(FIGURES) - {("budget", "=")}


def test_the_headings_are_gone() -> None:
    filled = simple()
    page, _ = filled.rows["budget.="]
    page.delete_rows(3)
    received = receive(filled.data(), "t.xlsx")
    (problem,) = [one for one in received.problems if one.severity == "error"]
    assert (problem.code, problem.where) == ("no_headings", f"{page.title}!A1")
    assert ("profile.city_area", "city_area") in contents(received)


def test_a_year_that_is_none() -> None:
    filled = simple()
    filled.put("start.year", "soon")
    received = receive(filled.data(), "t.xlsx")
    assert received.year is None
    assert "“soon” is not a year" in received.problems[0].sentence.text()


# Bad rows beside good ones


def test_good_rows_are_never_lost_because_of_bad_ones() -> None:
    filled = simple()
    filled.put("protected_areas.protected_area", date(2026, 5, 1))
    filled.put("water_regulation.=", "=1/0")
    filled.put("recreation.park_area", "about 30")
    filled.put("partnerships.partners", "n/a")
    filled.put("agency_collaboration.agencies", -2)
    filled.put("public_consultation.=", "a step that is none")
    filled.put("awareness.events", 12, "data_year")
    filled.put("education.=", 2)
    filled.put("education.=", "so-so", "quality")
    filled.put("education.=", "last year", "data_year")
    filled.put("green_blue_plans", "no idea", "reason")
    received = receive(filled.data(), "t.xlsx")
    values = {target: content.value for target, content in contents(received).items()}
    assert values.items() >= FIGURES.items()
    assert {(problem.code, problem.indicator) for problem in received.problems} == {
        ("date", "protected_areas"),
        ("formula", "water_regulation"),
        ("not_a_number", "recreation"),
        ("negative", "agency_collaboration"),
        ("unknown_rung", "public_consultation"),
        ("unknown_quality", "education"),
        ("not_a_year", "education"),
        ("unknown_reason", "green_blue_plans"),
    }
    (question,) = received.questions
    assert (question.group, question.place, question.input) == ("n/a", "partnerships", "partners")
    for problem in received.problems:
        page, _, ref = problem.where.rpartition("!")
        assert filled.book[page][ref].value is not None


def test_hidden_rows_merged_cells_and_other_files() -> None:
    filled = simple()
    page, row = filled.rows["budget.="]
    page.row_dimensions[row].hidden = True
    cell = filled.put("protected_areas.protected_area", 5)
    letter = cell.column_letter
    cell.parent.merge_cells(f"{letter}{cell.row}:{letter}{cell.row + 1}")
    received = receive(filled.data(), "t.xlsx")
    codes = {problem.code: problem.sentence.text() for problem in received.problems}
    assert set(codes) == {"hidden", "merged"}
    assert f"{letter}{cell.row}:{letter}{cell.row + 1} are merged" in codes["merged"]
    assert ("budget", "=") in contents(received)


def test_a_checklist_of_nothing_but_no_must_be_complete() -> None:
    filled = Filled()
    codes = [code for code in filled.rows if code.startswith("institutional_capacity.functions:")]
    filled.put(codes[0], "no")
    received = receive(filled.data(), "t.xlsx")
    (problem,) = received.problems
    assert (problem.code, received.items) == ("incomplete", ())
    for code in codes:
        filled.put(code, "no")
    (item,) = receive(filled.data(), "t.xlsx").items
    assert item.content == Entry(())
    filled.put(codes[1], "perhaps")
    assert "“perhaps” is neither yes nor no" in receive(filled.data(), "t.xlsx").problems[0].sentence.text()


def test_macros_are_ignored() -> None:
    data = with_members(simple().data(), {"xl/vbaProject.bin": b"\0" * 100})
    assert len(receive(data, "t.xlsm").items) == 3


def test_a_question_is_answered_for_one_cell_or_for_all() -> None:
    filled = Filled()
    filled.put("profile.city_area", "33,5")
    filled.put("natural_areas.natural_area", "20,25")
    data = filled.data()
    first, second = receive(data, "t.xlsx").questions
    assert [option.key for option in first.options] == ["comma", "point"]
    one = receive(data, "t.xlsx", answers={first.id: "comma"})
    assert ([item.content.value for item in one.items], [q.id for q in one.questions]) == (
        [Decimal("33.5")],
        [second.id],
    )
    both = receive(data, "t.xlsx", answers={"decimal": "comma", second.id: "point"})
    assert [item.content.value for item in both.items] == [Decimal("33.5"), Decimal(2025)]


def test_without_google_sheets_hidden_sheets_and_dates_as_years() -> None:
    filled = simple()
    filled.put("budget.=", date(2024, 12, 31), "data_year")
    book = openpyxl.load_workbook(io.BytesIO(filled.data()))
    without_hidden(book)
    assert contents(receive(saved(book), "t.xlsx"))["budget", "="].data_year == 2024


def test_a_sheet_that_asks_a_single_thing_is_read_too() -> None:
    """A department that is asked for indicator 12 finds one row on the sheet of the profile: the population."""
    data = write_template(edition("2021"), city="Riverton", year=2026, indicators=["recreation"])
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book["City profile"]
    heads = {cell.value: cell.column for row in sheet.iter_rows(max_row=6) for cell in row if cell.value}
    rows = [row for row in range(1, 20) if str(sheet.cell(row, heads["Code"]).value).startswith("profile.")]
    assert len(rows) == 1
    sheet.cell(rows[0], heads["Value"]).value = 191_500
    out = io.BytesIO()
    book.save(out)
    assert read_back(out.getvalue()).profile["population"].value == 191_500


# Codes that are gone, and figures typed where none is asked


def without_codes(filled: Filled) -> Filled:
    """Every column of codes deleted, as somebody does who takes it for clutter."""
    for page in {page for page, _ in filled.rows.values()}:
        page.delete_cols(filled.column(page, "code"))
    return filled


def many_entries(language: str = "en") -> Filled:
    filled = Filled(language)
    filled.put("profile.city_area", 33.22)
    filled.put("profile.population", 191_500)
    filled.put("natural_areas.natural_area", 22.49)
    filled.put("plant_species_change.gained", 7)
    filled.put("budget.=", 1.5)
    filled.put("biodiversity_strategy.=", 3)
    filled.put("institutional_capacity.functions:botanical_garden", "yes" if language == "en" else "是")
    filled.put("awareness.events", 61)
    filled.put("awareness.events", 2025, "data_year")
    filled.put("projects", "no data" if language == "en" else "无数据", "reason")
    filled.put("projects", "asked in May", "note")
    return filled


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("hidden_sheet", [True, False])
def test_a_column_of_codes_that_was_deleted_loses_nothing(language: str, hidden_sheet: bool) -> None:
    whole = contents(receive(many_entries(language).data(), "t.xlsx"))
    assert len(whole) == 9
    filled = without_codes(many_entries(language))
    if not hidden_sheet:
        without_hidden(filled.book)
    received = receive(filled.data(), "t.xlsx")
    assert (received.form, received.city, received.year) == (FormKind.TEMPLATE, "Riverton", 2026)
    assert contents(received) == whole
    assert {problem.code for problem in received.problems} == {"known_by_label"}
    told = [problem.sentence.text() for problem in received.problems]
    assert any("Entries whose code is gone: 2." in text for text in told)  # city and year, or two of the profile


def test_a_single_code_that_was_emptied() -> None:
    filled = simple()
    filled.put("awareness.events", 61)
    filled.cell("awareness.events", "code").value = None
    received = receive(filled.data(), "t.xlsx")
    assert contents(received)["awareness", "events"] == Entry(Decimal(61))
    (note,) = received.problems
    assert (note.severity, note.where) == ("note", "Governance")


def test_a_row_that_nothing_tells_what_it_is() -> None:
    filled = simple()
    cell = filled.put("awareness.events", 61)
    filled.cell("awareness.events", "code").value = None
    filled.cell("awareness.events", "asked").value = "Our events"
    received = receive(filled.data(), "t.xlsx")
    (problem,) = received.problems
    assert (problem.severity, problem.code, problem.where) == ("error", "no_code", f"Governance!{cell.coordinate}")
    assert "holds “61”, but the code of its row is gone" in problem.sentence.text()
    assert set(contents(received)) == set(FIGURES)


def test_a_workbook_of_one_department_without_codes() -> None:
    """Connectivity alone asks the natural area under its own number."""
    filled = Filled(indicators=["connectivity"])
    filled.put("natural_areas.natural_area", 22.49)
    received = receive(without_codes(filled).data(), "t.xlsx")
    assert contents(received)["natural_areas", "natural_area"].value == Decimal("22.49")


def test_a_figure_typed_over_a_value_that_is_worked_out() -> None:
    filled = simple()
    typed = filled.put("natural_areas", 71.97)
    listed = filled.put("institutional_capacity.functions", 4)
    beside = filled.put("budget", 1.5)
    received = receive(filled.data(), "t.xlsx")
    problems = {problem.where: problem for problem in received.problems}
    assert {where: (one.severity, one.code) for where, one in problems.items()} == {
        f"{typed.parent.title}!{typed.coordinate}": ("error", "typed_over"),
        f"Governance!{listed.coordinate}": ("error", "typed_over"),
        f"Governance!{beside.coordinate}": ("warning", "typed_over"),  # the finished value stands in its own row
    }
    sentence = problems[f"{typed.parent.title}!{typed.coordinate}"].sentence.text()
    assert "“71.97” was typed over it" in sentence
    assert set(contents(received)) == set(FIGURES)


def test_a_figure_typed_over_one_that_is_entered_elsewhere() -> None:
    filled = Filled()
    page, row = filled.rows["natural_areas.natural_area"]
    page.cell(row + 1, filled.column(page, "value")).value = 33.22  # the total area, asked on the sheet of the profile
    (problem,) = receive(filled.data(), "t.xlsx").problems
    assert (problem.severity, problem.code) == ("error", "typed_over")
    assert "entered elsewhere, and “33.22” was typed over it" in problem.sentence.text()


def test_sheets_copied_as_values_are_not_taken_for_typed_over() -> None:
    """Whoever copies a sheet as values leaves the values that were worked out; they are no entries."""
    filled = Filled()
    filled.put("profile.city_area", 33.22)
    filled.put("natural_areas.natural_area", 22.49)
    for page in {page for page, _ in filled.rows.values()}:
        for cells in page.iter_rows():
            for cell in cells:
                if cell.data_type == "f":
                    cell.value = None
    filled.put("natural_areas", 67.7)
    received = receive(filled.data(), "t.xlsx")
    assert received.problems == ()
    filled.put("water_regulation", 45)
    (problem,) = receive(filled.data(), "t.xlsx").problems
    assert (problem.code, problem.indicator) == ("typed_over", "water_regulation")


# A single sheet saved as CSV


def as_csv(page: Any, delimiter: str) -> bytes:
    """A sheet as programs save it; formulas stay texts, as some programs do that never calculate."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter).writerows(
        ["" if value is None else value for value in row] for row in page.iter_rows(values_only=True)
    )
    return f"\ufeff{out.getvalue()}".encode()


@pytest.mark.parametrize(("language", "delimiter"), [("en", ","), ("en", "\t"), ("zh_Hans", ";")])
def test_a_sheet_saved_as_csv_is_read_by_its_codes(language: str, delimiter: str) -> None:
    filled = many_entries(language)
    whole, found = contents(receive(filled.data(), "t.xlsx")), {}
    for page in filled.book.worksheets:
        if page.sheet_state == "visible":
            received = receive(as_csv(page, delimiter), f"{page.title}.csv")
            assert (received.form, received.problems, received.questions) == (FormKind.TEMPLATE, (), ())
            found |= contents(received)
    assert found == whole


def test_a_sheet_as_csv_goes_by_the_edition_that_was_chosen_where_both_ask_its_codes() -> None:
    filled = Filled(edition_id="2014", indicators=["budget"])
    filled.put("budget.=", "1.5")
    page, _ = filled.rows["budget.="]
    assert receive(as_csv(page, ","), "g.csv", edition_id="2014").edition == "2014"
    assert receive(as_csv(page, ","), "g.csv").edition == "2021"


def test_a_figure_typed_over_a_formula_is_named_in_csv_too() -> None:
    filled = Filled()
    filled.put("natural_areas", "71.97")
    page, _ = filled.rows["natural_areas"]
    (problem,) = receive(as_csv(page, ","), "n.csv").problems
    assert (problem.code, problem.where) == ("typed_over", "n.csv:4")


@pytest.mark.parametrize("text", ["45 percent", "4332.45亩（统计公报）"])
def test_a_unit_that_is_none_is_not_said_to_be_taken(text: str) -> None:
    filled = Filled()
    filled.put("natural_areas.natural_area", text)
    (problem,) = receive(filled.data(), "t.xlsx").problems
    assert problem.code == "unknown_unit"


def test_a_unit_that_was_taken_is_told() -> None:
    filled = Filled()
    filled.put("natural_areas.natural_area", "4332.45亩")
    (problem,) = receive(filled.data(), "t.xlsx").problems
    assert (problem.severity, problem.code) == ("note", "own_unit")

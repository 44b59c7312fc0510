"""The template: everything is asked, only entries are open, and nothing that a person typed becomes a formula."""

from __future__ import annotations

import io
import re
import zipfile
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

import cbi
from cbi.assessment import Answer, Assessment, Entry, Quality, Reason
from cbi.definitions import edition
from cbi.definitions.models import OwnInput
from cbi.i18n import LANGUAGES
from cbi.sheets.cell_text import CUT, MOST_UNITS, for_cell, from_cell
from cbi.tables import read_table
from cbi.units import find_unit
from cbi.workbook import units
from cbi.workbook.layout import layout_of
from cbi.workbook.page import breakable, lines_of, shortened
from cbi.workbook.parts import HEADING_LINE, Code, RowKind, parse_code
from cbi.workbook.template import write_template

DEMO = Path(__file__).parents[2] / "data" / "demo"
BOTH = [(name, language) for name in ("2021", "2014") for language in LANGUAGES]
HOSTILE = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "'=1",
    "\t=1",
    '=HYPERLINK("http://x","y")',
    "#N/A",
    "_x0041_",
    "a\x00b\x1fc\ud800",
]


def opened(data: bytes) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(data))


def entries_of(data: bytes, layout) -> dict[str, object]:
    """What stands in the entries of a workbook, by ``code@column``."""
    book, found = opened(data), {}
    for code, (sheet, line, row) in layout.codes.items():
        for place, column in enumerate(sheet.columns, 1):
            if column.id in row.entries and (value := book[sheet.name].cell(line, place).value) is not None:
                found[f"{code}@{column.id}"] = value
    return found


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_everything_that_an_edition_asks_has_a_row(name: str, language: str) -> None:
    edition = cbi.edition(name, language)
    codes = layout_of(edition).codes
    assert {f"profile.{one}" for one in edition.profile_inputs} <= set(codes)
    for indicator in edition.indicators:
        assert codes[indicator.id][2].kind is RowKind.INDICATOR
        for input_id, asked in indicator.inputs.items():
            if isinstance(asked, OwnInput):
                assert f"{indicator.id}.{input_id}" in codes
                assert all(f"{indicator.id}.{input_id}:{item.id}" in codes for item in asked.items)
        if indicator.ladder:
            assert codes[f"{indicator.id}.="][2].asks == "ladder"


@pytest.mark.parametrize("name", ["2021", "2014"])
def test_codes_and_their_order_are_the_same_in_every_language(name: str) -> None:
    first, *others = (list(layout_of(cbi.edition(name, language)).codes) for language in LANGUAGES)
    assert others == [first] * len(others)
    assert [str(parse_code(code)) for code in first] == first


def test_a_code_taken_apart() -> None:
    assert parse_code("climate_responses.responses:mitigation") == Code("climate_responses", "responses", "mitigation")
    assert parse_code("protected_areas.=") == Code("protected_areas", "=")
    assert parse_code(" budget ") == Code("budget")


def test_a_workbook_of_some_indicators_asks_what_they_need_and_no_more() -> None:
    layout = layout_of(cbi.edition("2021"), [2, "recreation"])
    assert [sheet.id for sheet in layout.sheets] == ["profile", "native_biodiversity", "ecosystem_services"]
    codes = set(layout.codes)
    assert "profile.population" in codes
    assert "profile.city_area" not in codes  # only indicators 1 and 8 need it
    assert "natural_areas.natural_area" in codes  # indicator 2 needs the figure of indicator 1
    assert {code.partition(".")[0] for code in codes} == {"profile", "connectivity", "natural_areas", "recreation"}
    with pytest.raises(KeyError):
        layout_of(cbi.edition("2021"), [29])


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_only_entries_are_open(name: str, language: str) -> None:
    edition = cbi.edition(name, language)
    layout, book = layout_of(edition), opened(write_template(edition))
    for sheet in layout.sheets:
        page = book[sheet.name]
        assert page.protection.sheet and page.protection.password is None
        open_cells = {cell.coordinate for row in page.iter_rows() for cell in row if not cell.protection.locked}
        expected = {
            f"{chr(ord('A') + place)}{line}"
            for line, row in sheet.lines
            for place, column in enumerate(sheet.columns)
            if column.id in row.entries
        }
        assert open_cells == expected
    assert book["_cbi"].sheet_state == book["_points"].sheet_state == "hidden"


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_sheets_can_be_read_printed_and_heard(name: str, language: str) -> None:
    edition = cbi.edition(name, language)
    layout = layout_of(edition)
    book = opened(write_template(edition, city="Testville", paper="Letter"))
    assert book.properties.language == language.replace("_", "-")
    assert "Testville" in book.properties.title
    for page in book.worksheets[:-2]:
        assert isinstance(page["A1"].value, str)
        assert not page.merged_cells.ranges
        assert len(page.title) <= 31
        assert page.page_setup.paperSize == 1 and page.page_setup.fitToWidth == 1
        assert page.sheet_properties.pageSetUpPr.fitToPage
    for sheet in layout.sheets:
        page = book[sheet.name]
        assert [cell.value for cell in page[HEADING_LINE]] == [column.heading for column in sheet.columns]
        assert page.print_title_rows == f"${HEADING_LINE}:${HEADING_LINE}"
        assert page.freeze_panes.endswith(str(HEADING_LINE + 1))


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_validations_keep_to_what_spreadsheet_programs_take(name: str, language: str) -> None:
    book = opened(write_template(cbi.edition(name, language)))
    for page in book.worksheets:
        for made in page.data_validations.dataValidation:
            assert made.showErrorMessage
            assert 0 < len(made.errorTitle) <= 32 and 0 < len(made.promptTitle) <= 32
            assert 0 < len(made.error) <= 255 and 0 < len(made.prompt) <= 255
            if made.type == "list":
                assert made.formula1 in book.defined_names
    for title, span in ((key, one.attr_text) for key, one in book.defined_names.items()):
        assert re.fullmatch(r"cbi_[a-z_]+", title)
        first, last = re.fullmatch(r"_cbi!(\$[A-Z]+\$\d+):(\$[A-Z]+\$\d+)", span).groups()
        texts = [cell.value for row in book["_cbi"][f"{first}:{last}".replace("$", "")] for cell in row]
        assert texts and all(isinstance(text, str) and text for text in texts)


def test_ladders_and_checklists_are_lists_with_full_texts() -> None:
    edition = cbi.edition("2021")
    layout = layout_of(edition)
    rungs = tuple(rung.text for rung in edition.indicator("biodiversity_strategy").ladder)
    assert layout.lists[layout.codes["biodiversity_strategy.="][2].choices] == rungs
    assert layout.lists[layout.codes["climate_responses.responses:mitigation"][2].choices] == ("yes", "no")


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_on_paper_codes_are_left_out_and_ladders_show_their_steps(name: str, language: str) -> None:
    edition = cbi.edition(name, language)
    layout = layout_of(edition)
    book = opened(write_template(edition))
    for sheet in layout.sheets:
        letters = {column.id: chr(ord("A") + place) for place, column in enumerate(sheet.columns)}
        assert book[sheet.name].print_area.endswith(f"!$A$1:${letters['note']}${sheet.lines[-1][0]}")
        assert ord(letters["code"]) == ord(letters["note"]) + 1
        # 1024 pixels of 96 to the inch are a page of A4 across within its margins; a sign takes 7. So letters of
        # ten points are printed at 8.5 points and more: 0.85 x 172 signs x 7 pixels = 1024.
        assert sum(column.width for column in sheet.columns if column.id not in ("code", "last_time")) < 172
    for indicator in edition.indicators:
        if indicator.ladder:
            sheet, line, _ = layout.codes[f"{indicator.id}.="]
            asked = book[sheet.name].cell(line, [column.id for column in sheet.columns].index("asked") + 1).value
            assert asked.split("\n")[1:] == [f"{rung.points} · {rung.text}" for rung in indicator.ladder]


def test_a_title_is_written_out_once_and_stands_on_one_line_beside_the_entries() -> None:
    edition = cbi.edition("2021")
    sheet, line, _ = layout_of(edition).codes["water_regulation"]
    page = opened(write_template(edition))[sheet.name]
    assert page.cell(line, 2).value == "Regulation of Quantity of Water"
    assert page.cell(line + 1, 2).value == "Regulation of…"  # the column takes 18 signs, “Quantity” would be 22
    assert shortened("Education", 15, "en") == "Education"
    assert shortened("受保护自然区域占比", 15, "zh_Hans") == "受保护自然区域…"  # 7 signs of 2 are 14, the ellipsis 1


def test_the_hidden_sheet_says_what_the_workbook_is() -> None:
    edition = cbi.edition("2014", "zh_Hans")
    book = opened(write_template(edition, city="=Testville", year=2026, indicators=[1]))
    facts = {(row[0], row[1]): row[2] for row in book["_cbi"].iter_rows(min_row=2, max_col=3, values_only=True)}
    assert facts["workbook", "edition"] == "2014"
    assert facts["workbook", "template"] == 1
    assert facts["workbook", "definitions"] == edition.hash
    assert facts["workbook", "language"] == "zh_Hans"
    assert (facts["workbook", "city"], facts["workbook", "year"]) == ("=Testville", 2026)
    assert facts["workbook", "indicators"] == "natural_areas"
    for sheet in layout_of(edition, [1]).sheets:
        assert facts["sheet", sheet.id] == sheet.name
        assert all(facts["column", f"{sheet.id}.{column.id}"] == column.heading for column in sheet.columns)
    assert facts["column", "start.value"]


def test_a_workbook_filled_from_a_table() -> None:
    (libo,) = read_table(DEMO / "libo-county-2026.csv").assessments
    edition = cbi.edition("2021")
    found = entries_of(write_template(edition, prefill=libo), layout_of(edition))
    assert (found["profile.city_area@value"], found["profile.city_area@unit"]) == (33.22, "km²")
    assert found["profile.population@value"] == 186987
    assert found["protected_areas.protected_area@value"] == 586.9
    assert found["climate_regulation.=@value"] == 71.97
    assert found["biodiversity_strategy@reason"] == "not started"
    assert found["biodiversity_strategy@note"].startswith("The profile lists plans")
    assert found["natural_areas.natural_area@data_year"] == 2026
    filled = {key for key in found if not key.endswith("@unit")}
    codes = {key.partition("@")[0] for key in filled}
    assert len([code for code in codes if "." in code]) == sum(
        len(answer.inputs) + (answer.finished is not None) for answer in libo.answers.values()
    ) + len(libo.profile)


def test_a_filled_checklist_choice_ladder_and_way() -> None:
    edition = cbi.edition("2021")
    record = {"data_year": 2025, "quality": Quality.LOW, "source": "survey", "note": "draft"}
    given_answers = Assessment(
        "2021",
        profile={"climate": Entry("subtropical"), "population": Entry(Decimal("18.7"), "wan")},
        answers={
            "climate_responses": Answer({"responses": Entry(("mitigation",), **record)}),
            "natural_capital": Answer(finished=Entry(Decimal(3))),
            "connectivity": Answer({"group_areas": Entry((Decimal("4.10"), Decimal(3)), "mu")}),
            "bird_species_change": Answer({"gained": Entry(Decimal(3))}, way="gains_and_losses"),
            "awareness": Answer(finished=Entry(Decimal(7)), reason=Reason.NO_DATA, note="later", source="call"),
        },
    )
    layout = layout_of(edition, ways=["bird_species_change"], finished=["awareness"])
    found = entries_of(write_template(edition, prefill=given_answers), layout)
    assert found["profile.climate@value"] == "Subtropical"
    assert (found["profile.population@value"], found["profile.population@unit"]) == (18.7, "wan")
    ticks = {item: found[f"climate_responses.responses:{item}@value"] for item in ("mitigation", "adaptation_plan")}
    assert ticks == {"mitigation": "yes", "adaptation_plan": "no"}
    assert [found[f"climate_responses.responses@{part}"] for part in record] == [2025, "low", "survey", "draft"]
    assert found["natural_capital.=@value"] == "An assessment is under way"
    assert found["connectivity.group_areas@value"] == "4.10; 3"
    assert found["bird_species_change.way@value"] == edition.indicator(5).ways[1].label
    assert found["awareness.=@value"] == 7
    assert [found[f"awareness@{part}"] for part in ("reason", "note", "source")] == ["no data", "later", "call"]


def test_digits_that_a_binary_number_cannot_hold_are_written_as_text() -> None:
    edition = cbi.edition("2021")
    long = Assessment("2021", profile={"rainfall": Entry(Decimal("1234567890123456789.5"))})
    found = entries_of(write_template(edition, prefill=long), layout_of(edition))
    assert found["profile.rainfall@value"] == "1234567890123456789.5"


def test_last_time_stands_beside_the_entry() -> None:
    edition = cbi.edition("2021")
    before = Assessment(
        "2021",
        year=2023,
        profile={"city_area": Entry(Decimal("33.20"), "km2")},
        answers={"natural_capital": Answer(finished=Entry("planned")), "budget": Answer(reason=Reason.CONFIDENTIAL)},
    )
    book = opened(write_template(edition, last_time=before))
    layout = layout_of(edition, last_year=2023)

    def last_time(code: str) -> object:
        sheet, line, _ = layout.codes[code]
        place = [column.id for column in sheet.columns].index("last_time") + 1
        return book[sheet.name].cell(line, place).value

    assert last_time("profile.city_area") == "33.20 km²"
    assert last_time("natural_capital.=") == "An assessment is planned"
    assert last_time("budget") == "confidential"
    assert last_time("profile.population") is None
    assert "2023" in book["Governance"].cell(HEADING_LINE, 7).value


@pytest.mark.parametrize("text", HOSTILE)
def test_no_text_that_a_person_typed_becomes_a_formula(text: str) -> None:
    edition = cbi.edition("2021")
    typed = Assessment(
        "2021",
        text,
        2026,
        profile={"laws": Entry(text, source=text, note=text)},
        answers={"budget": Answer(reason=Reason.NO_DATA, note=text, source=text)},
    )
    data = write_template(edition, prefill=typed, last_time=typed, contact=text)
    book, codes = opened(data), layout_of(edition).codes
    sheet, line, _ = codes["profile.laws"]
    cells = [book[sheet.name].cell(line, place) for place in range(1, len(sheet.columns) + 1)]
    wanted = for_cell(text)
    shown = [str(cell.value).strip() for cell in cells]
    assert shown.count(wanted.strip()) == 4  # value, last time, source, note
    texts = [cell for page in book.worksheets[:-1] for row in page.iter_rows() for cell in row if cell.value == wanted]
    assert len(texts) >= 8  # city and contact on the first sheet, three in each of two rows
    assert {cell.data_type for cell in texts} == {"s"}
    assert all(cell.quotePrefix for cell in texts if cell.style_id) == (text[0] in "=+-@'\t")


def test_our_formulas_are_ours() -> None:
    """Every formula of a workbook full of hostile texts also stands in the empty one."""
    edition = cbi.edition("2021")
    typed = Assessment("2021", "=1+1", 2026, profile={name: Entry("=cmd") for name in ("laws", "partners", "websites")})

    def formulas(data: bytes) -> set[str]:
        pages = opened(data).worksheets
        return {str(cell.value) for page in pages for row in page.iter_rows() for cell in row if cell.data_type == "f"}

    assert formulas(write_template(edition, prefill=typed, contact="=x")) == formulas(write_template(edition))


@pytest.mark.parametrize(("name", "language"), BOTH)
def test_the_file_is_well_formed(name: str, language: str) -> None:
    (libo,) = read_table(DEMO / "libo-county-2026.csv").assessments
    data = write_template(cbi.edition(name, language), prefill=libo if name == "2021" else None)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        for member in archive.namelist():
            if member.endswith((".xml", ".rels")):
                fromstring(archive.read(member))
        for member in (one for one in archive.namelist() if one.startswith("xl/worksheets/sheet")):
            root = fromstring(archive.read(member))
            formulas = [node.text for node in root.iter() if node.tag.endswith("}f")]
            assert all(len(formula) <= 8192 for formula in formulas)
            literals = [part for formula in formulas for part in re.findall(r'"([^"]*)"', formula)]
            assert all(len(literal) <= 255 for literal in literals)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", ["area", "people", "money"])
def test_every_unit_on_offer_is_understood(kind: str, language: str) -> None:
    for name in units.offered(kind, language):
        unit = find_unit(name, kind)
        assert unit is not None, name
        assert units.shown(unit.id, kind, language) == name
    for factor in units.factors(kind, language):
        unit = find_unit(factor.name, kind)
        assert (
            Decimal(factor.numerator) / factor.denominator == Decimal(unit.factor.numerator) / unit.factor.denominator
        )


@given(st.text(max_size=40))
def test_a_text_survives_its_cell(text: str) -> None:
    kept = re.sub("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]", "", text).replace("\r\n", "\n")
    assert from_cell(for_cell(text)) == kept.replace("\r", "\n")


def test_a_text_that_is_too_long_is_cut_with_a_mark() -> None:
    for sign in "a城𠀀":
        written = for_cell(sign * 40_000)
        assert written.endswith(CUT)
        assert MOST_UNITS - 2 <= len(written.encode("utf-16-le")) // 2 <= MOST_UNITS


def test_a_row_is_as_high_as_its_text_breaks_between_words() -> None:
    # 7 digits hold 8 signs, bold ones 7: “Year of”, “the”, “data”; by signs alone two lines would do
    assert lines_of("Year of the data", "head", 7, "en") == 3
    assert lines_of("Agencies/Private Companies", "text", 10, "en") == 1  # what does not wrap takes one
    assert lines_of("Agencies/Private Companies", "label", 10, "en") == 3  # 12 signs: a break after the stroke
    assert lines_of("Biodiversity-related", "label", 11, "en") == 2  # 13 signs: the hyphen stays above
    assert lines_of("受保护自然区域占比", "label", 8, "zh_Hans") == 3  # 9 signs, 4 to a line
    assert lines_of("a\nb", "label", 8, "en") == 2
    # 20 signs in a column of 8, 4 to a line: 5 lines of 15.5 points, for which 12.5 points times 7 are room enough
    assert lines_of("受保护自然区域占比受保护自然区域占比受保", "label", 8, "en") == 7


def test_a_title_is_cut_between_words_or_behind_a_hyphen() -> None:
    assert shortened("Biodiversity-related Responses to Climate Change", 15, "en") == "Biodiversity…"
    assert shortened("Participation and Partnership: Number", 15, "en") == "Participation and…"


def test_a_word_that_no_column_holds_breaks_behind_its_strokes() -> None:
    title = edition("2021").indicator(13).title
    assert breakable(title, 15, "en") == "Health and Wellbeing – Proximity/ Accessibility to Parks"
    assert breakable(title, 40, "en") == title
    assert breakable("and/or", 15, "en") == "and/or"

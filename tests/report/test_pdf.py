"""The PDF: the right figures in both languages, tagged, fonts embedded, the same bytes, and nothing breaks it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from cbi.assessment import Answer, Assessment, Entry
from cbi.definitions import edition
from cbi.report import Action, NoIndicatorError, Said, report_content, write_pdf
from cbi.report.pdf import FONTS, MISSING_SIGN, TEMPLATES, Drawable, covered
from cbi.report.words import words_of
from tests.effort import examples
from tests.report.conftest import pages_of, parts_of, text_of

pytestmark = pytest.mark.long

FORMS = [("full", None), ("short", None), ("indicator", 2)]


@pytest.fixture(scope="module")
def full(example):
    return write_pdf(report_content(example, example[-1]))


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_figures_of_libo_in_both_languages(libo, language):
    report = report_content(libo, libo[0], language=language)
    pages = pages_of(write_pdf(report))
    assert report.city in pages[0]
    assert "14" in pages[0]
    for figure in report.summary.figures:
        assert figure.text in pages[1]
    text = " ".join(pages)
    for component in report.components:
        assert component.title in text
        for one in component.indicators:
            assert f"{one.number} {one.title[:20]}" in text
    assert "67.7 %" in text
    assert "586.90" in text
    assert "km²" in text


def test_the_chapters_of_the_full_report(full):
    outline = [entry.title for entry in parts_of(full).outline if not isinstance(entry, list)]
    assert outline == [
        "Where do we stand?",
        "Contents",
        "Native biodiversity in the city",
        "Ecosystem services provided by biodiversity",
        "Governance and management of biodiversity",
        "The city over the years",
        "How far can this be trusted?",
        "How the points come about",
        "For the CitiesWithNature platform",
        "All figures as they were given",
        "Sources",
    ]


@pytest.mark.parametrize("paper", ["a4", "us-letter"])
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_summary_is_one_page_and_short_form_two(example, libo, paper, language):
    for years in (example, libo):
        report = report_content(years, years[-1], language=language)
        assert len(pages_of(write_pdf(report, form="short", paper=paper))) == 2
        assert report.words["summary"] in pages_of(write_pdf(report, paper=paper))[1]
        assert report.words["contents"] in pages_of(write_pdf(report, paper=paper))[2]


def test_paper_sizes(libo):
    report = report_content(libo, libo[0])
    a4 = parts_of(write_pdf(report, form="short")).pages[0].mediabox
    letter = parts_of(write_pdf(report, form="short", paper="us-letter")).pages[0].mediabox
    assert (round(a4.width), round(a4.height)) == (595, 842)
    assert (round(letter.width), round(letter.height)) == (612, 792)


@pytest.mark.parametrize(("form", "indicator"), FORMS)
def test_tagged_for_reading_aloud(libo, form, indicator):
    parts = parts_of(write_pdf(report_content(libo, libo[0]), form=form, indicator=indicator))
    root = parts.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    assert "Libo County" in parts.metadata.title


def figures_in(element):
    """Give every figure of the structure tree."""
    kids = element.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        found = kid.get_object()
        if isinstance(found, dict):
            if found.get("/S") == "/Figure":
                yield found
            yield from figures_in(found)


def test_every_chart_has_an_alternative_text(full):
    figures = list(figures_in(parts_of(full).trailer["/Root"]["/StructTreeRoot"]))
    told = [figure["/Alt"] for figure in figures]
    assert len(told) >= 28 + 3 + 3 + 2 + 1  # strips, bars twice, lines and waterfall, the picture on the cover
    assert all(told)
    assert any("17.1–20.0" in text or "14.0–20.0" in text for text in told)


def test_fonts_are_embedded_and_our_own(full):
    names = set()
    for page in parts_of(full).pages:
        for font in page["/Resources"]["/Font"].values():
            [descendant] = font.get_object()["/DescendantFonts"]
            about = descendant.get_object()["/FontDescriptor"]
            assert "/FontFile2" in about or "/FontFile3" in about
            names.add(str(about["/FontName"]).partition("+")[2])
    assert names
    assert names <= {"NotoSans-Regular", "NotoSans-SemiBold", "NotoSansSC-Regular", "NotoSansSC-SemiBold"}


@pytest.mark.parametrize(("form", "indicator"), FORMS)
def test_same_data_same_bytes(example, form, indicator):
    first, second = (write_pdf(report_content(example, example[-1]), form=form, indicator=indicator) for _ in range(2))
    assert first == second
    assert b"/CreationDate" not in first


def test_the_day_of_issue_comes_from_the_data(libo):
    report = report_content(libo, libo[0], issued=date(2026, 11, 22))
    pdf = write_pdf(report, form="full")
    assert "2026-11-22" in pages_of(pdf)[0]
    assert parts_of(pdf).metadata.creation_date.date() == date(2026, 11, 22)


@pytest.mark.long
def test_a_sheet_for_every_indicator_of_both_editions(example):
    for year in (example[0], example[-1]):
        report = report_content(example, year)
        for one in edition(year.edition).indicators:
            pages = pages_of(write_pdf(report, form="indicator", indicator=one.number))
            assert len(pages) == 1, one.id
            assert one.title[:30] in pages[0]
    with pytest.raises(NoIndicatorError):
        write_pdf(report, form="indicator", indicator="nothing")


def everywhere(text):
    """A year in which every free text of the city is ``text``."""
    asked = edition("2021")
    entry = Entry(Decimal(5), source=text, note=text)
    answers = {one.id: Answer(finished=entry, note=text, source=text) for one in asked.indicators if not one.ladder}
    answers |= {one.id: Answer(note=text, source=text) for one in asked.indicators if one.ladder}
    profile = {"geography": Entry(text, note=text), "city_area": Entry(Decimal(1), "km2", note=text)}
    return Assessment("2021", text[:300], 2026, profile, answers)


HOSTILE = (
    '#eval("1+1") $x^2$ <b>bold</b> *stars* _under_ `raw` = Heading @cite \\ // /* #import "x" ]}) "quotes" © &amp;'
)


@pytest.mark.parametrize(("form", "indicator"), FORMS)
def test_markup_of_the_city_is_shown_as_text(form, indicator):
    year = everywhere(HOSTILE)
    action = Action(*[HOSTILE] * 3, *[Said(HOSTILE)] * 3)
    text = text_of(write_pdf(report_content([], year, actions=[action]), form=form, indicator=indicator))
    plain = "".join(text.split())
    for piece in ('#eval("1+1")', "$x^2$", "<b>bold</b>", "*stars*", "_under_", "`raw`", '#import"x"', "&amp;"):
        assert piece in plain


def test_marks_that_turn_a_line_around_are_gone_and_foreign_scripts_counted():
    year = everywhere("abc\u202edef\u200f \u0000\u0007 🐦 مدينة\n second line")
    report = report_content([], year)
    text = text_of(write_pdf(report))
    assert "abcdef" in text
    assert MISSING_SIGN in text
    assert "second line" in text
    assert "shown as □" in text


def test_a_note_of_100_000_characters_is_there_in_full():
    words = " ".join(f"w{number}" for number in range(16_000))[:100_000]
    year = Assessment("2021", "Town", 2026, answers={"awareness": Answer(finished=Entry(Decimal(3), note=words))})
    text = text_of(write_pdf(report_content([], year)))
    assert "w0 w1 w2" in text
    assert words[-20:].split()[-2] in text
    unbroken = replace(year, answers={"awareness": Answer(finished=Entry(Decimal(3), note="x" * 100_000))})
    text = text_of(write_pdf(report_content([], unbroken)))
    assert text.count("x") >= 100_000


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize(("form", "indicator"), FORMS)
def test_long_notes_everywhere(language, form, indicator):
    note = {"en": "A long note about a small thing. ", "zh_Hans": "关于一件小事的很长的备注。"}[language] * 100
    year = everywhere(note[:2000])
    pages = pages_of(write_pdf(report_content([], year, language=language), form=form, indicator=indicator))
    assert form != "short" or len(pages) == 2


@pytest.mark.parametrize("city", ["", "X", "Llanfair" * 40, "城" * 300, "A city of a long name with many words " * 8])
def test_names_short_and_long(city):
    report = report_content([], Assessment("2021", city or None, 2026))
    assert len(pages_of(write_pdf(report, form="short"))) == 2
    pages = pages_of(write_pdf(report))
    assert "Where do we stand?" in pages[1]
    assert "Contents" in pages[2]


def test_a_cover_with_nothing_scored_has_no_zero():
    report = report_content([], Assessment("2021", "Town", 2026))
    assert report.cover_line == "Nothing is scored yet."
    assert "– points / 112" in pages_of(write_pdf(report))[0]


@pytest.mark.parametrize("city", ["自治州" * 40, "Llanfair " * 30, "MUNICIPALITY OF ROMA " * 8])
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_the_foot_of_a_page_is_one_line_with_year_and_edition(city, language):
    report = report_content([], Assessment("2021", city, 2026), language=language)
    document = pypdfium2.PdfDocument(write_pdf(report))
    for page in list(document)[1:]:
        text = page.get_textpage()
        foot = text.get_text_bounded(0, 0, page.get_width(), 68).strip()  # the margin of 24 mm is 68 points high
        assert len(foot.splitlines()) <= 2, foot  # the city's line and the page number, which may count as one
        assert "…" in foot
        assert "2021" in foot


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_the_sheet_of_an_indicator_is_one_page_whatever_its_notes(language):
    for size in (400, 1500, 4900):
        note = {"en": "A long note about a small thing. ", "zh_Hans": "关于一件小事的很长的备注。"}[language] * 200
        report = report_content([], everywhere(note[:size]), language=language)
        for number in (2, 8, 13):
            assert len(pages_of(write_pdf(report, form="indicator", indicator=number))) == 1, (size, number)
    said = " ".join(pages_of(write_pdf(report, form="indicator", indicator=2)))
    assert report.words["note_on_sheet"] in said


def test_a_note_that_the_sheet_holds_stands_there_in_full():
    """1 500 signs: the chapter shortens it to 420, the sheet does not."""
    note = "The survey went on in spring. " * 49 + "It ended in May."
    year = Assessment("2021", "Town", 2026, answers={"awareness": Answer(finished=Entry(Decimal(3), note=note))})
    pages = pages_of(write_pdf(report_content([], year), form="indicator", indicator=27))
    assert len(pages) == 1
    assert "It ended in May." in pages[0]


def test_the_points_stand_clear_of_the_strip_below_them(example):
    """The triangle above the strip, 8 points wide, begins below the score."""
    report = report_content(example, example[-1])
    page = pypdfium2.PdfDocument(write_pdf(report, form="indicator", indicator=24))[0]
    text = page.get_textpage()
    where = text.search("4 of 4").get_next()
    score = [text.get_charbox(where[0] + at) for at in range(where[1])]
    shapes = [one.get_bounds() for one in page.get_objects() if one.type == pypdfium2.raw.FPDF_PAGEOBJ_PATH]
    marks = [one for one in shapes if 7 < one[2] - one[0] < 10 and 6 < one[3] - one[1] < 10]
    assert marks
    assert max(mark[3] for mark in marks) < min(box[1] for box in score)


def test_nothing_answered_at_all():
    for form, indicator in FORMS:
        text = text_of(write_pdf(report_content([], Assessment("2021")), form=form, indicator=indicator))
        assert "Not started" in text


def test_species_names_with_rare_characters():
    year = Assessment(
        "2021", "荔波县", 2026, answers={"awareness": Answer(finished=Entry(Decimal(3), note="小䴙䴘、红嘴鸻、鹮"))}
    )
    report = report_content([], year, language="zh_Hans")
    assert "小䴙䴘、红嘴鸻、鹮" in text_of(write_pdf(report))


def test_coverage_is_that_of_the_fonts():
    held = set()
    for file in FONTS.glob("*.ttf"):
        held |= {code for code in TTFont(file, lazy=True).getBestCmap() if code >= 0x20}
    assert held == covered()


def test_every_sentence_of_the_program_can_be_drawn():
    clean = Drawable()
    for language in ("en", "zh_Hans"):
        clean.clean(dict(words_of(language)))
        for name in ("2014", "2021"):
            for one in edition(name, language).indicators:
                clean.clean([one.title, one.question, one.why, one.counts, one.held_by, one.evidence])
    assert clean.undrawn == 0


def test_templates_and_words_name_the_same_keys():
    import re

    used = set()
    for file in TEMPLATES.glob("*.typ"):
        used |= set(re.findall(r"\bd\.words\.([a-z_]+)", file.read_text(encoding="utf-8")))
        used |= set(re.findall(r"(?<![a-z_.])w\.([a-z_]+)", file.read_text(encoding="utf-8")))
    used -= {"alt", "start", "start_label", "end", "end_label", "steps"}  # of the waterfall, called w there
    assert used | {"undrawn"} == set(words_of("en"))


def test_templates_import_nothing_from_the_network():
    for file in TEMPLATES.glob("*.typ"):
        assert "@" not in file.read_text(encoding="utf-8")


@settings(max_examples=examples(25))
@given(st.text(max_size=300))
def test_any_text_can_be_laid_out(text):
    """Whatever people type, there is a report; PDF/UA would refuse a sign without a glyph."""
    entry = Entry(Decimal(3), note=text, source=text)
    year = Assessment("2021", text[:60] or None, 2026, answers={"awareness": Answer(finished=entry, note=text)})
    assert write_pdf(report_content([], year), form="indicator", indicator=27).startswith(b"%PDF")


def test_a_number_and_its_unit_stand_on_one_line(libo):
    """The spaces between them are such as no line breaks at; those between words are not."""
    text = "".join(
        page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(write_pdf(report_content(libo, libo[0])))
    )
    assert "22.49\u00a0km²" in text and "67.7\u00a0%" in text
    assert "22.49 km²" not in text

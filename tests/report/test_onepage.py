"""The one page: what the overview shows, on one sheet of paper in every case."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbi.assessment import Answer, Assessment, Entry
from cbi.corrections import CityBands
from cbi.definitions import edition
from cbi.i18n import say
from cbi.problems import Problem, Severity
from cbi.report import report_content, write_pdf
from cbi.report.words import words_of
from tests.corrections.given import check, correction
from tests.effort import examples
from tests.report.conftest import pages_of, parts_of
from tests.report.test_pdf import HOSTILE, everywhere, figures_in

pytestmark = pytest.mark.long

LANGUAGES = ["en", "zh_Hans"]
PAPERS = ["a4", "us-letter"]


def printed(report, paper="a4"):
    """Give the text of the page; there is never a second one."""
    [page] = pages_of(write_pdf(report, form="page", paper=paper))
    return page


def wrong(count, severity=Severity.ERROR, text="The figure cannot be read. " * 30):
    """Make problems as a file brings them, with places and texts that are far too long."""
    return [Problem(severity, "unread", f"figures.csv:{at} " * 12, say("{text}", text=text)) for at in range(count)]


def all_missing(example):
    """A year in which all 28 indicators are missing: the baseline has counts of species, so these can be scored too."""
    return Assessment("2021", example[1].city, 2026)


def crowded(example):
    """Half of a year answered, beside its baseline: much moved, much is missing."""
    answers = {name: answer for at, (name, answer) in enumerate(example[-1].answers.items()) if at % 2}
    return replace(example[-1], answers=answers)


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_is_one_page_in_every_case(example, libo, language, paper):
    bands = CityBands(tuple(check(one.id) for one in edition("2021").indicators if not one.ladder))
    long = {"en": "A long warning about a small thing. ", "zh_Hans": "关于一件小事的很长的警告。"}[language] * 20
    cases = [
        ([], Assessment("2021"), {}),
        (libo, libo[0], {}),
        *((example, year, {}) for year in example),
        (example[:2], all_missing(example), {"problems": wrong(40, text=long)}),
        (example[:2], crowded(example), {"problems": wrong(40, text=long), "bands": bands}),
        ([], everywhere(long * 5), {}),
    ]
    for history, year, more in cases:
        report = report_content(history, year, language=language, issued=date(2026, 11, 25), **more)
        text = printed(report, paper)
        for word in ("components", "moved", "missing", "attention", "trust"):
            assert words_of(language)[word] in text


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize(
    "city", ["X", "Llanfair" * 40, "城" * 300, "A city of a long name with many words " * 8, "مدينة"]
)
def test_names_short_and_long(example, city, language, paper):
    year = replace(all_missing(example), city=city)
    report = report_content([replace(example[1], city=city)], year, language=language, problems=wrong(9))
    assert "2026" in printed(report, paper)


def test_total_components_and_the_largest_changes(example):
    """88 of 112, as 26 of 36, 15 of 20 and 47 of 56; since 2016 five indicators gained 2 points, eight gained 1."""
    text = printed(report_content(example, example[-1]))
    assert "Example City (invented) · 2024" in text
    for said in ("88 of 112", "26 / 36", "15 / 20", "47 / 56", "28 of 28"):
        assert said in text
    moved = text.split("What moved most since the baseline")[1].split("What is missing")[0]
    assert moved.count("+2") == 5
    for number in (17, 22, 23, 24, 26):
        assert f" {number} " in moved
    assert "and 8 more" in moved
    assert "4 agencies → 6 agencies" in moved
    assert "2016 was assessed under the 2014 edition and scored again from its own figures." in moved
    assert "Nothing: every indicator that can be scored this year is scored." in text


def test_a_loss_comes_before_a_smaller_gain(example):
    """500 events have 4 points and none have 0: −4. A cover of 11 % has 1 point and one of 26 % has 2: +1."""
    base = replace(example[1], answers={"awareness": Answer(finished=Entry(Decimal(500))), **under_trees(Decimal(11))})
    now = replace(
        base, year=2024, answers={"awareness": Answer(finished=Entry(Decimal(0))), **under_trees(Decimal(26))}
    )
    page = report_content([base], now).page
    assert [(one.number, one.rises) for one in page.moved] == [(27, False), (11, True)]
    assert [(one.change, one.before, one.after) for one in page.moved] == [("−4", 4, 0), ("+1", 1, 2)]


def under_trees(share):
    """Answer the share of the city under tree canopy in percent."""
    return {"climate_regulation": Answer(finished=Entry(share))}


@pytest.mark.parametrize("paper", PAPERS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_28_are_named_with_the_office_to_ask(example, language, paper):
    report = report_content(example[:2], all_missing(example), language=language)
    numbers = sorted(int(one.label) for holder in report.page.holders for one in holder.indicators)
    assert numbers == list(range(1, 29))
    assert report.page.scored_again == ""  # nothing was compared
    text = "".join(printed(report, paper).split())
    for holder in report.page.holders:
        assert "".join(holder.office.split()) in text
        for one in holder.indicators:
            assert "".join(f"{one.label}{one.text[:12]}".split()) in text


def test_the_office_that_holds_most_stands_first():
    """Of the 28 definitions nine begin with this office: 15, 17, 18, 20, 22, 24, 25, 27 and 28."""
    first = report_content([], Assessment("2021", "Town", 2026)).page.holders[0]
    assert first.office == "Environment office"
    assert first.numbers == "15, 17, 18, 20, 22, 24, 25, 27, 28"


def test_nothing_answered_is_a_dash_not_a_zero():
    text = printed(report_content([], Assessment("2021", "Town", 2026)))
    assert "– of 112" in text
    assert "Nothing is scored yet." in text
    assert "No errors and no warnings." in text
    assert "25 indicators could still be scored this year." in text  # 4 to 6 set their baseline


def test_the_worst_is_told_and_all_is_counted():
    year = Assessment("2021", "Town", 2026)
    found = [*wrong(3, Severity.WARNING, "An odd figure."), *wrong(3, Severity.ERROR, "A broken figure.")]
    page = report_content([], year, problems=[*found, *wrong(5, Severity.NOTE)]).page
    assert page.attention == "Errors in the figures: 3. Warnings: 3."
    assert [one.severity for one in page.worst] == ["error", "error", "error", "warning"]
    assert page.worst_rest == "and 2 more"
    text = printed(report_content([], year, problems=found))
    assert text.count("A broken figure.") == 3
    assert text.count("An odd figure.") == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_cut_off_where_there_is_room(libo, example, language):
    for report in (
        report_content(libo, libo[0], language=language),
        report_content(example, example[-1], language=language),
    ):
        text = printed(report)
        assert "…" not in text
        assert "⋯" not in text
        joined = "".join(text.replace("\u200b", "").replace("\ufffe", "-").split())  # a hyphen that ends a line
        for one in (*report.page.worst, *(fact for holder in report.page.holders for fact in holder.indicators)):
            assert "".join(one.text.split()) in joined


def test_a_page_without_room_shortens_its_texts_before_they_become_small_print(example):
    text = printed(report_content(example[:2], all_missing(example), problems=wrong(40)))
    assert "…" in text


def test_who_speaks_for_the_bands_is_named_with_the_day(example):
    """Mei Yang checked 13 on 2026-11-20 and entered other bands for 11 on 2026-11-22."""
    bands = CityBands((check("park_access"),), (correction("climate_regulation"),))
    text = printed(report_content(example, example[-1], bands=bands))
    assert "Read by the city's own bands: 11 (Mei Yang, 2026-11-22)" in text
    assert "Bands compared with the handbook: 13 (Mei Yang, 2026-11-20)" in text
    assert "27 of 28 scored" not in text


def test_the_day_stands_on_the_page_if_one_is_given(libo):
    assert "2026-11-25" in printed(report_content(libo, libo[0], issued=date(2026, 11, 25)))
    assert "2026-11-25" not in printed(report_content(libo, libo[0]))


@pytest.mark.parametrize("language", LANGUAGES)
def test_tagged_for_reading_aloud_with_a_text_for_every_chart(example, language):
    parts = parts_of(write_pdf(report_content(example, example[-1], language=language), form="page"))
    root = parts.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == {"en": "en", "zh_Hans": "zh-CN"}[language]
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data()
    told = [one["/Alt"] for one in figures_in(root["/StructTreeRoot"])]
    assert len(told) == 3 + 5  # the bars, and what moved most
    assert all(told)


@pytest.mark.parametrize("paper", PAPERS)
def test_same_data_same_bytes(example, paper):
    first, second = (write_pdf(report_content(example, example[-1]), form="page", paper=paper) for _ in range(2))
    assert first == second
    assert b"/CreationDate" not in first


def test_markup_is_shown_as_text():
    plain = "".join(
        printed(report_content([], Assessment("2021", HOSTILE, 2026), problems=wrong(1, text=HOSTILE))).split()
    )
    for piece in ('#eval("1+1")', "$x^2$", "<b>bold</b>", "*stars*", "_under_", "`raw`", '#import"x"'):
        assert piece in plain


@settings(max_examples=examples(20))
@given(st.text(max_size=400), st.text(max_size=400), st.sampled_from(LANGUAGES), st.sampled_from(PAPERS))
def test_any_text_leaves_it_one_page(city, text, language, paper):
    """Whatever people type: PDF/UA would refuse a sign without a glyph, and a long word must not run over."""
    report = report_content([], Assessment("2021", city or None, 2026), problems=wrong(5, text=text), language=language)
    assert printed(report, paper)

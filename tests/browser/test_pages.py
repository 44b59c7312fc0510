"""What only a browser can tell: typing, keys, widths, requests, charts that are drawn."""

from typing import Any

import pytest

from tests.browser.steps import AREA, settled, wait_for_total

pytestmark = pytest.mark.browser


def side(page: Any) -> str:
    return str(page.get_by_test_id("stSidebar").inner_text())


def test_the_total_follows_each_entry(open_page: Any) -> None:
    page = open_page("enter?demo=libo-2026")
    wait_for_total(page, "14")
    page.get_by_label(AREA).fill("4")
    page.get_by_label(AREA).press("Enter")  # 4 ÷ 33.22 = 12.0 %: 2 points in place of 4
    wait_for_total(page, "12")
    assert "Native biodiversity: 2 of 36" in side(page)


@pytest.mark.long
def test_a_decimal_comma_is_never_taken_for_a_tenfold_figure(open_page: Any) -> None:
    page = open_page("enter?demo=libo-2026")
    page.get_by_label(AREA).fill("12,5")
    page.get_by_label(AREA).press("Tab")
    page.get_by_text("“12,5” can be read in two ways: 12.5 or 125?").wait_for(timeout=30_000)
    wait_for_total(page, "10")
    assert page.get_by_label(AREA).input_value() == "12,5"


@pytest.mark.long
def test_what_is_typed_while_the_page_answers_is_not_lost(open_page: Any) -> None:
    page = open_page("enter?demo=libo-2026")
    first, second = page.get_by_label(AREA), page.get_by_label("Native bird species recorded in built-up areas")
    for round_ in range(5):
        first.fill(str(4 + round_))
        second.click()  # leaving the first field starts a run …
        second.fill("")
        second.press_sequentially(f"{round_}1234567", delay=40)  # … and this is typed while it goes on
        assert second.input_value() == f"{round_}1234567"
    second.press("Tab")
    settled(page)
    page.wait_for_timeout(500)
    assert second.input_value() in ("41234567", "41,234,567")


@pytest.mark.long
def test_a_card_can_be_filled_by_keyboard_alone(open_page: Any) -> None:
    page = open_page("enter?demo=libo-2026")
    wait_for_total(page, "14")
    page.get_by_label(AREA).focus()
    page.keyboard.press("Control+A")
    page.keyboard.type("4")
    page.keyboard.press("Tab")
    wait_for_total(page, "12")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Unit"
    page.keyboard.press("ArrowDown")  # the list of units opens
    page.get_by_role("option", name="m²", exact=True).wait_for(timeout=30_000)


@pytest.mark.long
def test_a_fold_stays_open_while_it_is_filled(open_page: Any) -> None:
    page = open_page("enter?demo=libo-2026")
    page.get_by_text("Year, source, quality").first.click()
    year = page.get_by_label("Year of the data")
    year.fill("2025")
    year.press("Tab")
    settled(page)
    page.wait_for_timeout(500)
    assert year.input_value() == "2025"


@pytest.mark.long
def test_values_outlive_pages_and_views(open_page: Any) -> None:
    page = open_page("enter?demo=libo-2026")
    page.get_by_label(AREA).fill("4")
    page.get_by_label(AREA).press("Enter")
    wait_for_total(page, "12")
    page.get_by_text("Governance", exact=True).click()
    page.get_by_text("27 · Awareness").wait_for(timeout=30_000)
    page.get_by_role("link", name="Overview").click()
    page.get_by_text("Where do we stand?").wait_for(timeout=30_000)
    page.get_by_role("link", name="Enter").click()
    page.get_by_text("27 · Awareness").wait_for(timeout=30_000)  # the view is remembered
    page.get_by_text("Native biodiversity", exact=True).click()
    page.get_by_label(AREA).wait_for(timeout=30_000)
    assert page.get_by_label(AREA).input_value() == "4"


def test_no_request_leaves_this_machine(open_page: Any) -> None:
    page = open_page("overview?demo=libo-2026")
    page.wait_for_selector("[data-testid=stVegaLiteChart] svg, [data-testid=stVegaLiteChart] canvas", timeout=20_000)
    page.get_by_role("link", name="Enter").click()
    page.get_by_label(AREA).wait_for(timeout=30_000)
    page.wait_for_timeout(1000)
    assert open_page.outside == []


@pytest.mark.long
@pytest.mark.parametrize("path", ["", "overview", "enter", "evidence", "handbook"])
@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_nothing_runs_out_of_a_phone(open_page: Any, path: str, locale: str) -> None:
    page = open_page(path, width=390, height=844, locale=locale)
    settled(page)
    page.wait_for_timeout(1000)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


@pytest.mark.long
def test_totals_stay_in_sight_on_a_phone(open_page: Any) -> None:
    phone = "Mozilla/5.0 (Linux; Android 15) AppleWebKit/537.36 Chrome/140.0 Mobile Safari/537.36"
    page = open_page("enter?demo=libo-2026", width=390, height=844, user_agent=phone)
    foot = page.get_by_test_id("stBottom")
    foot.get_by_text("Total: 14 of 112").wait_for(timeout=30_000)
    assert foot.is_visible()


@pytest.mark.long
def test_charts_have_words_for_those_who_do_not_see_them(open_page: Any) -> None:
    page = open_page("enter?demo=libo-2026")
    said = "67.7 % is in the band of 4 points."
    page.get_by_label(said).first.wait_for(timeout=20_000)


@pytest.mark.long
def test_a_chinese_browser_is_met_in_chinese(open_page: Any) -> None:
    page = open_page("enter?demo=libo-2026", locale="zh-CN")
    page.get_by_text("城市自然区域占比").first.wait_for(timeout=30_000)


def choose_language(page: Any, name: str) -> None:
    option = page.get_by_role("option", name=name, exact=True)
    for _ in range(5):  # a list that opens while the page is drawn anew may close again
        page.get_by_label("Language · 语言").first.click()
        page.wait_for_timeout(500)
        if option.is_visible():
            break
    option.click()
    settled(page)
    page.wait_for_timeout(400)


def click_through_the_views(page: Any) -> None:
    """Click every view: what a widget wrongly remembers would be sent now."""
    for index in (1, 2, 3, 0):
        page.get_by_test_id("stMain").get_by_test_id("stButtonGroup").first.get_by_role("radio").nth(index).click()
        settled(page)
        page.wait_for_timeout(300)


def picked(page: Any) -> list[str]:
    """List where the radios of a page stand, by their place."""
    script = """Array.from(document.querySelectorAll('[data-testid=stMain] input[type=radio]'))
        .map((one, place) => one.checked ? String(place) : '').filter(Boolean)"""
    return list(page.evaluate(script))


@pytest.mark.long
def test_a_change_of_language_changes_words_only(open_page: Any) -> None:
    page = open_page("enter?demo=libo-2026")
    wait_for_total(page, "14")
    page.get_by_text("Effective mesh size", exact=True).first.click()
    page.get_by_label("Effective mesh size of the natural areas").fill("5 km2")
    page.get_by_label("Effective mesh size of the natural areas").press("Enter")  # 5 ÷ 22.49 = 22.2 %: 1 point
    wait_for_total(page, "15")
    settled(page)
    page.wait_for_timeout(500)
    stood = picked(page)
    for name in ("简体中文", "English", "简体中文"):
        choose_language(page, name)
        click_through_the_views(page)
        page.wait_for_timeout(500)
        assert "15" in page.get_by_test_id("stSidebar").get_by_test_id("stMetricValue").first.inner_text()
        assert picked(page) == stood


@pytest.mark.long
def test_ladders_ticks_and_units_outlive_a_change_of_language(open_page: Any) -> None:
    page = open_page("enter?demo=libo-2026", height=2000)
    wait_for_total(page, "14")
    page.get_by_text("Ecosystem services", exact=True).click()
    page.get_by_text("A policy or programme for urban agriculture is planned").click()  # 2 points
    wait_for_total(page, "16")
    page.get_by_text("Governance", exact=True).click()
    page.get_by_text("Herbarium", exact=True).click()  # 1 function: 1 point
    wait_for_total(page, "17")
    for name in ("简体中文", "English"):
        choose_language(page, name)
        click_through_the_views(page)
        assert "17" in page.get_by_test_id("stSidebar").get_by_test_id("stMetricValue").first.inner_text()

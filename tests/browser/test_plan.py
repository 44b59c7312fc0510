"""What only a browser can tell of the page Plan: charts that are drawn, keys, widths, contrast, requests."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.keyboard import tab_to, types
from tests.browser.steps import settled

pytestmark = [pytest.mark.browser, pytest.mark.long]
PAGE = "plan?demo=example-2024"
DRAWN = "[data-testid=stVegaLiteChart] svg"
QUESTIONS = "[data-testid=stMain] [data-testid=stButtonGroup] button"
CHARTS = (1, 1, 0, 1, 1, 3)
"""The charts of the six questions: next point, target, what if (none before a figure is changed), how firm, why,
and a chart for each of three groups of species."""


def ask(page: Any, number: int) -> None:
    """Choose a question, and wait for its charts."""
    page.locator(QUESTIONS).nth(number).click()
    settled(page)
    if CHARTS[number]:
        page.locator(DRAWN).nth(CHARTS[number] - 1).wait_for(timeout=30_000)


def test_every_picture_is_drawn_and_no_request_leaves_this_machine(open_page: Any) -> None:
    page = open_page(PAGE)
    settled(page)
    for number, count in enumerate(CHARTS):
        ask(page, number)
        assert page.locator(DRAWN).count() == count
    ask(page, 0)
    assert "5 · Change in Number of Native Bird Species" in page.locator(DRAWN).first.text_content()
    ask(page, 4)
    assert "2016: 38 points" in page.locator(DRAWN).first.text_content()
    assert open_page.outside == []


def test_a_plan_is_made_by_keyboard_alone(open_page: Any) -> None:
    page = open_page(PAGE)
    settled(page)
    tab_to(page, "Question")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    page.get_by_text("What does a target take?").wait_for(timeout=30_000)
    settled(page)
    types("Target in points", "90")(page, "What does a target take?")
    page.keyboard.press("Tab")
    page.get_by_text("From 88 to 90 points").or_(page.get_by_text("2 → 4")).first.wait_for(timeout=30_000)
    settled(page)
    types("Name of the plan", "Two more")(page, "")
    page.keyboard.press("Tab")
    settled(page)
    tab_to(page, "Keep this plan")
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Two more").wait_for(timeout=30_000)
    settled(page)
    types("Who sees to it", "Parks office")(page, "Two more")
    page.keyboard.press("Tab")
    settled(page)
    assert page.get_by_label("Who sees to it").input_value() == "Parks office"


def test_a_figure_of_a_scenario_is_sent_with_enter(open_page: Any) -> None:
    page = open_page(PAGE)
    settled(page)
    ask(page, 2)
    page.get_by_label("What if it were").fill("62.2")  # 62.2 ÷ 310 = 20.06 %: 4 points, one more
    page.get_by_label("What if it were").press("Enter")
    page.get_by_text("89 of 112").wait_for(timeout=30_000)
    settled(page)
    assert "88 of 112" in page.get_by_test_id("stSidebar").inner_text()


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_nothing_runs_out_of_a_phone(open_page: Any, locale: str) -> None:
    page = open_page(PAGE, width=390, height=844, locale=locale)
    settled(page)
    main = "document.querySelector('[data-testid=stMain]')"
    for number in range(len(CHARTS)):
        ask(page, number)
        assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth"), number
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), number


@pytest.mark.parametrize(("locale", "scheme"), [("en-GB", "light"), ("zh-CN", "dark")])
def test_no_question_has_a_violation(open_page: Any, locale: str, scheme: str) -> None:
    axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is absent")
    script = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
    page = open_page(PAGE, locale=locale, color_scheme=scheme)
    settled(page)
    page.evaluate(script)
    for number in range(len(CHARTS)):
        ask(page, number)
        found: list[str] = []
        for _ in range(5):  # while parts of a page are drawn anew they are pale: what stays is what counts
            page.wait_for_timeout(800)
            violations = page.evaluate("async () => (await axe.run()).violations")
            found = [f"{one['id']}: {node['html'][:200]}" for one in violations for node in one["nodes"]]
            if not found:
                break
        assert found == [], number

"""The overview on paper: a button gives it as a PDF of one page, in the reader's language."""

from __future__ import annotations

from collections.abc import Callable

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from tests.report.conftest import pages_of
from tests.test_app_pages import go, visit

pytestmark = pytest.mark.long

Taken = dict[str, Callable[[], bytes]]


@pytest.fixture
def taken(monkeypatch: pytest.MonkeyPatch) -> Taken:
    """Keep what the buttons of a page would give, by their labels; a test of the app cannot see a download."""
    found: Taken = {}
    offered = st.download_button

    def keep(label: str, data: Callable[[], bytes], **more: object) -> bool:
        found[label] = data
        return offered(label, data, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(st, "download_button", keep)
    return found


def overview(demo: str, language: str = "en") -> AppTest:
    app = visit(demo=demo)
    app.selectbox(key="side/language").select(language).run()
    return go(app, "overview")


def test_the_overview_is_printed_on_one_page(taken: Taken) -> None:
    overview("example-2024")
    [page] = pages_of(taken["Print this page (PDF)"]())
    assert "Example City (invented) · 2024" in page
    assert "88 of 112" in page
    assert "+18 points since 2016" in page


def test_the_page_is_in_the_language_of_the_reader_and_names_who_holds_what_is_missing(taken: Taken) -> None:
    overview("libo-2026", "zh_Hans")
    [page] = pages_of(taken["打印本页（PDF）"]())
    assert "还缺哪些数据" in page
    assert "自然资源和规划局" in page
    assert "14/112" in page


def test_an_entry_that_cannot_be_read_stands_on_the_page(taken: Taken) -> None:
    app = go(visit(demo="libo-2026"), "enter")
    app.text_input(key="natural_areas/natural_area/text").set_value("a lot").run()
    go(app, "overview")
    [page] = pages_of(taken["Print this page (PDF)"]())
    worst = page.split("What needs attention")[1]
    assert "1 · Proportion of Natural Areas in the City" in worst
    assert "a lot" in worst


def test_the_report_page_offers_the_one_page_too(taken: Taken) -> None:
    app = go(visit(demo="example-2024"), "report")
    app.segmented_control(key="report/form/en").set_value("page").run()
    app.segmented_control(key="report/paper/en").set_value("us-letter").run()
    app.toggle(key="report/preview").set_value(True).run()
    assert not app.exception
    assert len(app.get("imgs") or app.get("image")) == 1
    assert len(pages_of(taken["Download the PDF"]())) == 1

"""What only a browser can tell of the store: a reload, an app that is killed, two people, a file beside a source."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cbi.store import open_store
from tests.browser.conftest import started
from tests.browser.steps import AREA, begin, name_oneself, open_view, put, settled, visit

pytestmark = [pytest.mark.browser, pytest.mark.long]
EVENTS = "Outreach or public awareness events held in the year"


def test_what_is_typed_survives_a_reload_and_the_death_of_the_app(browser: Any, tmp_path: Path) -> None:
    with started(tmp_path) as (address, process):
        page = visit(browser, address)
        begin(page, "Riverton", "Mei")
        open_view(page, "Native biodiversity")
        put(page, AREA, "22.490")
        page.get_by_text("Everything is saved on this computer.").wait_for(timeout=30_000)
        page.reload()
        page.get_by_label(AREA).wait_for(timeout=30_000)
        settled(page)
        assert page.get_by_label(AREA).input_value() == "22.490"
        put(page, AREA, "22.5")
        page.get_by_text("22.490 km² → 22.5 km², Mei").wait_for(timeout=30_000)
        process.kill()
        process.wait()
    with started(tmp_path) as (address, _):
        page = visit(browser, address, "enter")
        open_view(page, "Native biodiversity")
        assert page.get_by_label(AREA).input_value() == "22.5"


def test_a_new_source_is_taken_when_the_field_is_left_with_tab(browser: Any, tmp_path: Path) -> None:
    with started(tmp_path) as (address, _):
        page = visit(browser, address)
        begin(page, "Riverton", "Mei")
        open_view(page, "Governance")
        put(page, EVENTS, "10")
        page.get_by_text("27 · Awareness: – → 10, Mei").wait_for(timeout=30_000)
        page.get_by_text("Year, source, quality").last.click()
        page.get_by_label("Source", exact=True).fill("Yearly report of the parks office")
        page.keyboard.press("Tab")
        settled(page)
        page.reload()
        page.get_by_text("Yearly report of the parks office").first.wait_for(timeout=30_000)
        page.get_by_text("Year, source, quality").last.click()
        settled(page)
        assert page.get_by_label("Source", exact=True).input_value() == "Yearly report of the parks office"


def test_two_people_see_both_values_and_choose(browser: Any, tmp_path: Path) -> None:
    with started(tmp_path) as (address, _):
        mei = visit(browser, address)
        begin(mei, "Riverton", "Mei")
        open_view(mei, "Governance")
        li = visit(browser, address, "enter")
        name_oneself(li, "Li")
        open_view(li, "Governance")
        put(mei, EVENTS, "10")
        mei.get_by_text("27 · Awareness: – → 10, Mei").wait_for(timeout=30_000)
        put(li, EVENTS, "12")
        li.get_by_text("Nothing was overwritten: choose which one holds.").wait_for(timeout=30_000)
        li.get_by_role("button", name="Take what Mei saved").click()
        settled(li)
        assert li.get_by_label(EVENTS).input_value() == "10"
        assert not li.get_by_text("choose which one holds").count()
        put(li, EVENTS, "11")
        li.get_by_text("27 · Awareness: 10 → 11, Li").wait_for(timeout=30_000)


def test_each_browser_has_its_own_name_and_keeps_it(browser: Any, tmp_path: Path) -> None:
    with started(tmp_path) as (address, process):
        ana = visit(browser, address)
        begin(ana, "Riverton", "Ana")
        ana.get_by_text("You are Ana · change").wait_for(timeout=30_000)
        bo = visit(browser, address, "enter")
        open_view(bo, "Governance")
        put(bo, EVENTS, "60")
        bo.get_by_text("Not saved: 27 · Awareness").wait_for(timeout=30_000)  # nobody's name stands under it yet
        name_oneself(bo, "Bo Li")
        bo.get_by_text("27 · Awareness: – → 60, Bo Li").wait_for(timeout=30_000)
        process.kill()
        process.wait()
    with started(tmp_path) as (again, _):
        for page, name in ((bo, "Bo Li"), (ana, "Ana")):  # a cookie belongs to a host, whatever the port
            page.goto(f"{again}/enter")
            page.get_by_text(f"You are {name} · change").wait_for(timeout=30_000)
        ana.get_by_text("You are Ana · change").click()
        ana.get_by_text("Who works here?").wait_for(timeout=30_000)
        assert ana.get_by_label("Your name").input_value() == "Ana"
        third = visit(browser, again, "enter")
        third.get_by_role("button", name="I am Ana").click()
        third.get_by_text("You are Ana · change").wait_for(timeout=30_000)


def test_a_file_beside_a_source_comes_back_byte_for_byte(browser: Any, tmp_path: Path) -> None:
    with started(tmp_path) as (address, _):
        page = visit(browser, address)
        begin(page, "Riverton", "Mei")
        page.get_by_role("link", name="Evidence").click()
        page.get_by_text("Add a source", exact=True).click()
        page.get_by_label("Title").fill("Bird atlas 2025")
        page.get_by_label("Organisation").fill("Bird society")
        page.get_by_test_id("stFormSubmitButton").get_by_text("Save").click()
        page.get_by_text("Bird atlas 2025").first.click()
        page.get_by_test_id("stFileUploaderDropzoneInput").set_input_files(
            {"name": "atlas.pdf", "mimeType": "application/pdf", "buffer": b"%PDF-1.7 birds"}
        )
        with page.expect_download(timeout=30_000) as waited:
            page.get_by_role("button", name="Download", exact=True).click()
        assert Path(waited.value.path()).read_bytes() == b"%PDF-1.7 birds"
        assert waited.value.suggested_filename == "atlas.pdf"
    store = open_store(f"sqlite:///{tmp_path / 'cbi.sqlite3'}")
    assert [source.source.organisation for source in store.sources.of_city(1)] == ["Bird society"]
    store.close()

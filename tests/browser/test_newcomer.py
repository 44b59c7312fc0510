"""A newcomer's whole way: a new city, 28 indicators by keyboard alone, a second year, a workbook, a report in hand."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader

from cbi.definitions import edition
from cbi.store import open_store
from cbi.workbook.template import write_template
from tests.browser.conftest import started
from tests.browser.keyboard import FOCUS, Deed, goes_down, tab_to, ticks, types
from tests.browser.steps import AREA, begin, settled, visit

pytestmark = [pytest.mark.browser, pytest.mark.long]

PROFILE = (
    types("Total area of the city", "100"),
    types("Terrestrial area of the city", "80"),
    types("Population of the city", "500000"),
    types("Native vascular plant species", "800"),
    types("Native bird species", "200"),
    types("Native arthropod species", "60"),
)
WAY = "Which way?"


def step(points: int) -> Deed:
    """Choose the step of a ladder with so many points; the list begins with “Not answered”, then 0."""
    return goes_down("Highest step", points + 1)


ANSWERS: dict[str, list[tuple[int, tuple[Deed, ...], int]]] = {
    "Native biodiversity": [  # 3 + 2 + 2 + 2 + 0 + 4 + 1 + 2 + 3 = 19
        (1, (types(AREA, "15"),), 3),  # 15 ÷ 100 = 15.0 %
        (2, (types("Area of each group", "10; 5"),), 2),  # (10² + 5²) ÷ 15² = 125 ÷ 225 = 55.6 %
        (3, (types("Native bird species recorded", "24"),), 2),  # 24 ÷ 200 = 12.0 %
        (
            4,  # 5 − 3 = 2
            (
                goes_down(WAY, 1, "Plant species gained"),
                types("Plant species gained", "5"),
                types("Plant species lost", "3"),
            ),
            2,
        ),
        (5, (goes_down(WAY, 2, "Net change in bird"), types("Net change in bird", "-1")), 0),
        (
            6,
            (
                goes_down(WAY, 2, "Net change in arthropod"),
                types("Net change in arthropod", "4"),
                types("Arthropod group", "Butterflies"),
            ),
            4,
        ),
        (7, (types("Area of habitat restored", "3"), types("Area of original habitat", "10")), 1),  # 3 ÷ 10 = 30.0 %
        (8, (types("Protected or secured natural area", "8"),), 2),  # 8 ÷ 100 = 8.0 %
        (
            9,  # 30 ÷ (30 + 270) = 10.0 %
            (types("Invasive alien", "30"), types("Native species of", "270"), types("Taxonomic group", "Plants")),
            3,
        ),
    ],
    "Ecosystem services": [  # 2 + 2 + 3 + 2 + 3 = 12
        (10, (types("Permeable area", "36"),), 2),  # 36 ÷ 80 = 45.0 %
        (11, (types("Area under tree canopy", "24"),), 2),  # 24 ÷ 80 = 30.0 %
        (12, (types("Parks and green spaces", "4"),), 3),  # 4 km² = 400 ha; 400 ÷ 500 thousand = 0.8
        (13, (types("People living within 400 m", "300000"),), 2),  # 300 ÷ 500 = 60.0 %
        (14, (step(3),), 3),
    ],
    "Governance": [  # 2 + 3 + 2 + 1 + 4 + 3 + 2 + 2 + 3 + 2 + 1 + 2 + 3 + 1 = 31
        (15, (ticks("Botanical garden"), ticks("Herbarium")), 2),
        (16, (types("Spending on biodiversity", "3"), types("Total budget of the city", "100")), 3),  # 3.0 %
        (17, (step(2),), 2),
        (18, (step(1),), 1),
        (19, (step(4),), 4),
        (20, (ticks("Climate adaptation"), ticks("Climate mitigation"), ticks("Ecological resilience")), 3),
        (21, (step(2),), 2),
        (22, (types("City or local government agencies", "4"),), 2),
        (23, (step(3),), 3),
        (24, (types("Partners in", "7"),), 2),
        (25, (types("Biodiversity projects", "12"),), 1),
        (26, (step(2),), 2),
        (27, (types("Outreach", "150"),), 3),
        (28, (types("Community science programmes", "1"),), 1),
    ],
}
TOTAL = 19 + 12 + 31

TOTALS = """([total, scored]) => {
  const side = document.querySelector('[data-testid=stSidebar]');
  return side.querySelector('[data-testid=stMetricValue]')?.innerText === `${total} of 112`
    && side.innerText.split('\\n').includes(`${scored} of 28 indicators scored`);
}"""


def totals(page: Any, points: int, scored: int) -> None:
    """Wait until the side shows these totals: what was entered has been read, saved and scored."""
    page.wait_for_function(TOTALS, arg=[points, scored], timeout=30_000)


def open_part(page: Any, part: str, first: str) -> None:
    """Choose a part of the index with Tab, arrows and Space; ``first`` stands on it."""
    settled(page)
    tab_to(page, "Part of the index", "What do you know?")
    for arrow in ("ArrowLeft",) * 3 + ("ArrowRight",) * 3:  # Tab comes to the chosen one, or to the first
        if page.evaluate(FOCUS)[2] == part:
            break
        page.keyboard.press(arrow)
    page.keyboard.press("Space")
    page.get_by_text(first).first.wait_for(timeout=30_000)


def answer_all(page: Any) -> None:
    points = scored = 0
    for place, part in enumerate(ANSWERS):
        open_part(page, part, f"{ANSWERS[part][0][0]} · ")
        for number, deeds, given in ANSWERS[part]:
            for deed in deeds:
                deed(page, f"{number} · ")
            page.keyboard.press("Tab")
            points, scored = points + given, scored + 1
            totals(page, points, scored)
        if place == 0:
            reload(page, points, scored)
    assert points == TOTAL


def reload(page: Any, points: int, scored: int) -> None:
    """Load the page anew in the middle of it: what was typed is there, to the letter."""
    page.reload()
    page.get_by_label("Taxonomic group").wait_for(timeout=30_000)  # the last field of the part
    totals(page, points, scored)
    typed = {AREA: "15", "Area of each group": "10; 5", "Arthropod group": "Butterflies", "Native species of": "270"}
    assert {name: page.get_by_label(name).input_value() for name in typed} == typed


def start_next_year(page: Any) -> None:
    """Start 2027 from 2024; its answers stand beside the fields and are then all confirmed by keyboard."""
    page.get_by_role("link", name="Start").click()
    page.get_by_text("Start another year").click()
    settled(page)
    form = page.get_by_test_id("stForm").filter(has_text="Start from")
    form.get_by_label("Year of the assessment").fill("2027")
    form.get_by_role("button", name="Start the year").click()
    page.get_by_text("34 figures and answers of 2024 are not confirmed yet.").wait_for(timeout=30_000)
    totals(page, 0, 0)
    open_part(page, "Governance", "15 · ")  # a new year opens at the city profile
    page.get_by_text("2024: 150").first.wait_for(timeout=30_000)  # last time's value, beside the events of indicator 27
    tab_to(page, "Everything of 2024 still holds")
    page.keyboard.press("Space")
    page.get_by_text("Yes, take over all 31").wait_for(timeout=30_000)  # 34 without the counts of three species groups
    tab_to(page, "Yes, take over all 31")
    page.keyboard.press("Enter")
    totals(page, TOTAL - 2, 27)  # indicator 3, 2 points, waits for this year's native bird species
    open_part(page, "City profile", "Needed for the score")
    for deed in PROFILE[-3:]:
        deed(page, "Needed for the score")
    page.keyboard.press("Tab")
    totals(page, TOTAL, 28)
    open_part(page, "Governance", "15 · ")


def change_two_answers(page: Any) -> None:
    goes_down("Highest step", 1)(page, "26 · ")  # the step of 2 points to that of 3
    totals(page, TOTAL + 1, 28)
    types("Community science programmes", "3")(page, "28 · ")  # 1 programme to 3: 1 point to 3
    page.keyboard.press("Tab")
    totals(page, TOTAL + 3, 28)


def returned_workbook(folder: Path) -> bytes:
    """Make the workbook that an office sends back: 301 events in place of 150, 3 points to 4."""
    store = open_store(f"sqlite:///{folder / 'cbi.sqlite3'}")
    here = store.latest()
    assert here is not None
    stored = store.assessment(here).assessment
    store.close()
    events = stored.answers["awareness"].inputs["events"]
    assert events.value == Decimal(150)
    answer = replace(stored.answers["awareness"], inputs={"events": replace(events, value=Decimal(301))})
    prefill = replace(stored, answers={**stored.answers, "awareness": answer})
    return write_template(edition("2021"), prefill=prefill)


def take_in(page: Any, workbook: bytes) -> None:
    page.get_by_role("link", name="Import").click()
    mime = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    chooser = page.get_by_test_id("stFileUploaderDropzoneInput")
    chooser.set_input_files({"name": "office.xlsx", "mimeType": mime, "buffer": workbook})
    page.get_by_text("1 change · Total: 65 → 66 points").wait_for(timeout=30_000)
    page.get_by_role("button", name="Apply all (1)").click()
    totals(page, TOTAL + 4, 28)


def compare(page: Any) -> None:
    page.get_by_role("link", name="Compare").click()
    page.get_by_text("2027 against the baseline 2024").wait_for(timeout=30_000)
    page.get_by_text("+4 points, like for like, over the 28 indicators scored in both years").wait_for(timeout=30_000)
    values = page.get_by_test_id("stMain").get_by_test_id("stMetricValue").all_inner_texts()
    assert values == ["62 → 66", "19 → 19", "12 → 12", "31 → 35"]


def report(page: Any) -> str:
    page.get_by_role("link", name="Report").click()
    with page.expect_download(timeout=60_000) as waited:
        page.get_by_role("button", name="Download the PDF").click()
    assert waited.value.suggested_filename == "Riverton-2027-full.pdf"
    return "\n".join(one.extract_text() for one in PdfReader(waited.value.path()).pages)


def test_a_newcomer_comes_all_the_way(browser: Any, tmp_path: Path) -> None:
    with started(tmp_path) as (address, _):
        page = visit(browser, address)
        page.get_by_label("Year of the assessment").fill("2024")
        begin(page, "Riverton", "Mei")
        for deed in PROFILE:
            deed(page, "Needed for the score")
        answer_all(page)
        start_next_year(page)
        change_two_answers(page)
        take_in(page, returned_workbook(tmp_path))
        compare(page)
        text = report(page)
    assert "66 of 112" in text

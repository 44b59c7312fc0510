"""What only a browser can tell of the page Compare: charts that are drawn, widths, pictures to take away."""

from pathlib import Path
from typing import Any

import pytest

from tests.browser.steps import settled

pytestmark = [pytest.mark.browser, pytest.mark.long]
PAGE = "compare?demo=example-2024"
DRAWN = "[data-testid=stVegaLiteChart] svg"


def test_every_chart_is_drawn_and_no_request_leaves_this_machine(open_page: Any) -> None:
    page = open_page(PAGE)
    page.locator(DRAWN).nth(7).wait_for(timeout=30_000)
    settled(page)
    texts = [chart.text_content() for chart in page.locator(DRAWN).all()]
    assert len(texts) == 8  # the waterfall, the total, three components, three groups of species
    assert "2016: 37 points" in texts[0]
    assert "22 · Cross-sectoral and Inter-agency Collaborations" in texts[0]
    assert all(figure in texts[1] for figure in ("38", "63", "88", "2016", "72"))
    assert all(figure in texts[5] for figure in ("842", "845", "848"))
    assert open_page.outside == []


def test_a_chart_is_taken_away_as_picture_and_figures(open_page: Any, tmp_path: Path) -> None:
    page = open_page(PAGE, height=1800)
    settled(page)
    page.get_by_test_id("stPopover").first.get_by_role("button").click()
    starts = {"Picture (PNG)": b"\x89PNG", "Picture (SVG)": b"<svg", "Figures (CSV)": b"\xef\xbb\xbfNo.,Indicator"}
    for label, start in starts.items():
        with page.expect_download(timeout=30_000) as waited:
            page.get_by_role("button", name=label).click()
        assert waited.value.suggested_filename.startswith("example-city-invented-change-2016-2024.")
        assert Path(waited.value.path()).read_bytes().startswith(start)
    assert open_page.outside == []


@pytest.mark.parametrize("locale", ["en-GB", "zh-CN"])
def test_nothing_runs_out_of_a_phone(open_page: Any, locale: str) -> None:
    page = open_page(PAGE, width=390, height=844, locale=locale)
    page.locator(DRAWN).nth(7).wait_for(timeout=30_000)
    settled(page)
    main = "document.querySelector('[data-testid=stMain]')"
    assert page.evaluate(f"{main}.scrollWidth <= {main}.clientWidth")
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")

"""No page has a violation that axe-core can find: contrast, names, roles, order – in both languages and themes."""

import re
from pathlib import Path
from typing import Any

import pytest

from tests.browser.steps import settled

pytestmark = [pytest.mark.browser, pytest.mark.long]
axe = pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is absent")
SCRIPT = (Path(axe.__file__).parent / "axe.min.js").read_text(encoding="utf-8")
ROOT = Path(__file__).parents[2]
PAGES = re.findall(r'^    \("(\w+)", mark', (ROOT / "app.py").read_text(encoding="utf-8"), re.MULTILINE)


UPLOAD = "stFileUploaderDropzone"
"""Streamlit's field for files names a frame that it calls presentational: axe advises against it, WCAG does not."""


def violations(page: Any) -> list[str]:
    """List what axe finds, except for what the page cannot change: the frame of Streamlit's upload field."""
    found = page.evaluate("async () => (await axe.run()).violations")
    return [
        f"{one['id']}: {one['help']}: {node['html'][:200]}"
        for one in found
        for node in one["nodes"]
        if not (one["id"] == "presentation-role-conflict" and UPLOAD in node["html"])
    ]


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize(("locale", "scheme"), [("en-GB", "light"), ("zh-CN", "dark")])
def test_a_page_has_no_violations(open_page: Any, name: str, locale: str, scheme: str) -> None:
    path = "" if name == PAGES[0] else name  # the first page of the menu has no path of its own
    page = open_page(f"{path}?demo=example-2024", locale=locale, color_scheme=scheme)
    settled(page)
    page.evaluate(SCRIPT)
    found: list[str] = []
    for _ in range(5):  # while parts of a page are drawn anew they are pale: what stays is what counts
        page.wait_for_timeout(800)
        found = violations(page)
        if not found:
            break
    assert found == []

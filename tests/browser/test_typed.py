"""What a browser makes of texts that people typed: what was typed, no element of their own, nothing from outside."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from cbi.store import open_store
from tests.browser.conftest import started
from tests.browser.steps import settled
from tests.typed import MARKUP, hostile_city

pytestmark = [pytest.mark.browser, pytest.mark.long]

TEXTS = (
    MARKUP, "a_b https://example.org/a_b*c#d~e?x=1&y=2 end", "www.example.org/a_b", "<http://outside.example>",
    "&lt;b&gt; &amp; &#x41; &copy",
    "a <- b", "<->", "x -- y", "a >= b <= c ~= d", "see:here{important}", "::leaf{#x} a", ":::box\ninside\n:::",
    ":8ball: :100: :+1: 12:100:5",
    ":red x :help y :small z", ':color{foreground="red"}x', ":streamlit: :material/home: :material_home:",
    "# head", "> q", "- a\n- b", "1. a\n2. b",
    "a\n===", "a\n---", "***", "___", "```\ncode\n```", "a | b\n--- | ---\n1 | 2", "para\n\n    four\n\ttab",
    "[^1] f\n\n[^1]: x", "[r]\n\n[r]: http://x.y",
    "~~s~~ ~a~ ^b^ ==m==", "<!-- c -->", "- [ ] task", "\\", "\\*", "a\\\nb", "\\(x\\) \\[y\\] $$z$$",
    "one\r\ntwo", "x:_y_z", "file:///etc/passwd",
)  # fmt: skip
"""Whatever means something to Markdown, HTML or Streamlit."""

SHOW = """
import streamlit as st
from cbi.views.basics import plain
from tests.browser.test_typed import TEXTS
for number, text in enumerate(TEXTS):
    with st.container(key=f"t{number}"):
        st.markdown(plain(text))
"""

FOREIGN = "img, iframe, object, embed, script, video, audio, .katex, [role=img][aria-label='home icon']"


def test_escaped_texts_are_read_as_they_were_typed(browser: Any, tmp_path: Path) -> None:
    page_file = tmp_path / "show.py"
    page_file.write_text(SHOW)
    with started(tmp_path, str(page_file)) as (address, _):
        page = browser.new_page()
        page.goto(address)
        for number, text in enumerate(TEXTS):
            shown = page.locator(f".st-key-t{number} [data-testid=stMarkdownContainer]")
            shown.wait_for(timeout=30_000)
            read = shown.inner_text().replace("\u2060", "").replace("\xa0", " ")
            assert read == text.replace("\r\n", "\n").replace("\t", "    ")
            tags = shown.evaluate("here => [...here.querySelectorAll('*')].map(one => one.tagName)")
            assert set(tags) <= {"P", "BR"}
        page.close()


@pytest.mark.parametrize("name", ["start", "overview", "enter", "plan", "report", "actions", "evidence", "settings"])
def test_no_page_runs_or_fetches_what_people_typed(hostile: Any, name: str) -> None:
    page, address, outside = hostile
    page.goto(f"{address}/{name}?assessment=1")
    page.wait_for_selector("h1", timeout=30_000)
    settled(page)
    for _ in range(12):
        closed = page.locator("[data-testid=stMain] details:not([open]) > summary:not([inert] *)")
        if not closed.count():
            break
        closed.first.click()
        settled(page)
    app = page.get_by_test_id("stApp")
    assert "<script>window.hit=1</script>" in app.inner_text().replace("\u2060", "")
    assert page.evaluate("window.hit") is None
    assert not app.locator(FOREIGN).count()
    assert not [one for one in app.locator("code, em, del").all_inner_texts() if one in ("code", "a", "b", "s")]
    assert not [one.get_attribute("href") for one in app.locator("a[href*='outside'], a[href^='javascript']").all()]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert not outside


@pytest.fixture(scope="module")
def hostile(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Open the app on a city whose every text is markup; gives a page, the address, and what was asked of others."""
    folder = tmp_path_factory.mktemp("hostile")
    hostile_city(open_store(f"sqlite:///{folder / 'cbi.sqlite3'}"), MARKUP)
    outside: list[str] = []
    with started(folder) as (address, _):
        page = browser.new_context(viewport={"width": 1280, "height": 1000}, locale="en-GB").new_page()
        page.on("request", lambda request: outside.append(request.url) if "outside.example" in request.url else None)
        page.on("dialog", lambda dialog: outside.append(dialog.message))
        yield page, address, outside

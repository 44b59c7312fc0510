"""From a committed keystroke to new totals on screen, in a real browser; budget 1.5 × the page without logic."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from benchmarks.served import answered_city, serving

CHROMIUM = os.environ.get("CBI_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
FIELD = "Natural, restored and naturalised area"

WATCH = """() => { window.shown = new Promise(resolve => {
  const side = document.querySelector('[data-testid=stSidebar]');
  const runs = () => /run (\\d+)/.exec(side.innerText)?.[1];
  const before = runs();
  let pressed;
  window.addEventListener('keydown', () => { pressed = performance.now(); }, {once: true});
  new MutationObserver((_, watcher) => {
    if (pressed && runs() && runs() !== before) { watcher.disconnect(); resolve(performance.now() - pressed); }
  }).observe(side, {subtree: true, childList: true, characterData: true});
}); }"""


@pytest.mark.benchmark(group="keystroke to totals: budget 1.5 × the page without logic")
@pytest.mark.parametrize("without_logic", ["yes", ""], ids=["without logic", "the app"])
def test_keystroke(benchmark, tmp_path, without_logic):
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is absent")
    from playwright.sync_api import sync_playwright

    times = []
    city = answered_city(tmp_path)
    with (
        serving("benchmarks/enter_page.py", city, CBI_WITHOUT_LOGIC=without_logic) as (port, _),
        sync_playwright() as started,
    ):
        page = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]).new_page()
        page.goto(f"http://localhost:{port}/enter")
        page.get_by_label(FIELD).wait_for()
        page.wait_for_timeout(1500)
        figures = iter(range(10, 1000))

        def keystroke() -> None:
            page.get_by_label(FIELD).fill(f"{next(figures)}.5")
            page.evaluate(WATCH)
            page.get_by_label(FIELD).press("Enter")
            times.append(page.evaluate("() => window.shown"))
            page.wait_for_timeout(150)

        benchmark.pedantic(keystroke, rounds=25, warmup_rounds=5)
    measured = sorted(times[5:])
    benchmark.extra_info["keydown to totals, median ms"] = round(measured[len(measured) // 2])
    name, median = "without logic" if without_logic else "the app", measured[len(measured) // 2]
    print(f"\n{name}: keydown to totals, median {median:.0f} ms, from {measured[0]:.0f} to {measured[-1]:.0f}")
    assert measured

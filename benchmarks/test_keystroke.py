"""From a committed keystroke to new totals on screen, in a real browser; budget 1.5 × the page without logic."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import pytest

from cbi.store import exchange, open_store
from cbi.tables import read_table

HOME = Path(__file__).parents[1]
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


@pytest.fixture
def answered_city(tmp_path):
    """The example city in 2024 alone: 28 indicators answered, its species counts as net changes of a first year."""
    head, *rows = (HOME / "data" / "demo" / "example-city.csv").read_text(encoding="utf-8").splitlines()
    city = "Example City (invented),2024,2021"
    rows = [row for row in rows if row.startswith(city)]
    rows += [f"{city},{name}_species_change,net_change,3,,,,,," for name in ("plant", "bird", "arthropod")]
    table = "\n".join([head, *rows]).encode()
    address = f"sqlite:///{tmp_path / 'cbi.sqlite3'}"
    store = open_store(address)
    incoming = read_table(table, name="answered-city.csv").assessments
    exchange.apply(store, incoming, "city", seen=exchange.preview(store, incoming, "city"), person="Mei")
    store.close()
    (tmp_path / "person.txt").write_text("Mei", encoding="utf-8")
    return address


def _started(city: str, port: int, without_logic: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "streamlit", "run", "benchmarks/enter_page.py"]
    options = ["--server.headless=true", f"--server.port={port}"]
    mode = {"CBI_DATABASE": city, "CBI_WITHOUT_LOGIC": without_logic, "PYTHONPATH": str(HOME)}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([*command, *options], cwd=HOME, env={**os.environ, **mode}, **quiet)
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2).close()
            return process
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the page did not start")


@pytest.mark.benchmark(group="keystroke to totals: budget 1.5 × the page without logic")
@pytest.mark.parametrize("without_logic", ["yes", ""], ids=["without logic", "the app"])
def test_keystroke(benchmark, answered_city, without_logic):
    if not Path(CHROMIUM).exists():
        pytest.skip("Chromium is absent")
    from playwright.sync_api import sync_playwright

    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    process = _started(answered_city, port, without_logic)
    try:
        with sync_playwright() as started:
            page = started.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"]).new_page()
            page.goto(f"http://localhost:{port}/enter")
            page.get_by_label(FIELD).wait_for()
            page.wait_for_timeout(1500)
            figures = iter(range(10, 1000))
            times = []

            def keystroke() -> None:
                page.get_by_label(FIELD).fill(f"{next(figures)}.5")
                page.evaluate(WATCH)
                page.get_by_label(FIELD).press("Enter")
                times.append(page.evaluate("() => window.shown"))
                page.wait_for_timeout(150)

            benchmark.pedantic(keystroke, rounds=25, warmup_rounds=5)
    finally:
        process.terminate()
    measured = sorted(times[5:])
    benchmark.extra_info["keydown to totals, median ms"] = round(measured[len(measured) // 2])
    name, median = "without logic" if without_logic else "the app", measured[len(measured) // 2]
    print(f"\n{name}: keydown to totals, median {median:.0f} ms, from {measured[0]:.0f} to {measured[-1]:.0f}")
    assert measured

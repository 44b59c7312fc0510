"""Take a picture of every page of the app, in both languages and both themes, into ``docs/screenshots/``.

The app is started on an empty store and shows the example city, whose figures are invented. Pictures are as
high as the page, up to a limit, and written with a palette, so that all of them together stay small.
Chromium is found as the browser tests find it.
"""

from __future__ import annotations

import ast
import io
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from PIL import Image
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "screenshots"
FRONT = ROOT / "docs" / "app.png"
"""The picture on the front of the README: the page Enter on the first indicators."""
CHROMIUM = os.environ.get("CBI_CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
CITY = "example-2024"
LANGUAGES = {"en": "en-GB", "zh_Hans": "zh-CN"}
THEMES = ("light", "dark")
WIDTH, LEAST, MOST = 1280, 900, 2400
FRONT_HEIGHT = 1000
COLOURS = 128
QUIET = """() => document.querySelector('[data-testid=stApp]').getAttribute('data-test-script-state') === 'notRunning'
  && !document.querySelector('[data-testid=stSkeleton]')"""


ON_A_SERVER = {"people"}
"""Pages that are in the menu only where people sign in, and have nothing to show here."""


def pages() -> list[str]:
    """List the pages of the menu as ``app.py`` names them, in its order, as far as they are there for everybody."""
    for statement in ast.parse((ROOT / "app.py").read_text(encoding="utf-8")).body:
        if isinstance(statement, ast.Assign) and getattr(statement.targets[0], "id", "") == "PAGES":
            named = [ast.literal_eval(page.elts[0]) for page in statement.value.elts]  # type: ignore[attr-defined]
            return [name for name in named if name not in ON_A_SERVER]
    raise LookupError("app.py names no PAGES")


def path_of(name: str) -> str:
    """Give the path of a page: the first one of the menu has none of its own."""
    return "" if name == pages()[0] else name


@contextmanager
def app(folder: str) -> Iterator[str]:
    """Start the app on an empty store in a folder, and give its address."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "app.py", "--server.headless=true", f"--server.port={port}"]
    here = {**os.environ, "CBI_DATABASE": f"sqlite:///{folder}/cbi.sqlite3"}
    with subprocess.Popen(command, cwd=ROOT, env=here, stdout=subprocess.DEVNULL) as process:
        try:
            _wait_for(f"http://localhost:{port}/_stcore/health")
            yield f"http://localhost:{port}"
        finally:
            process.terminate()


def _wait_for(address: str) -> None:
    for _ in range(300):
        try:
            urllib.request.urlopen(address, timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise TimeoutError("the app did not answer within 30 seconds")


def at_rest(page: Any) -> None:
    """Wait until the app has finished its run and its charts are drawn."""
    page.wait_for_selector("h1", timeout=60_000)
    for _ in range(2):
        page.wait_for_function(QUIET, timeout=60_000)
        page.wait_for_timeout(700)


def picture(page: Any, most: int) -> bytes:
    """Take a picture of a page as high as what it shows, up to ``most`` pixels, as PNG with a palette."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": WIDTH, "height": max(LEAST, min(height, most))})
    at_rest(page)
    return with_palette(page.screenshot())


def with_palette(png: bytes) -> bytes:
    """Write a picture with few colours, which pages of text and bands need no more of."""
    out = io.BytesIO()
    seen = Image.open(io.BytesIO(png)).convert("RGB")
    seen.quantize(COLOURS, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def main() -> None:
    """Take all pictures anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in FOLDER.glob("*.png"):
        old.unlink()
    with TemporaryDirectory() as folder, app(folder) as address, sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        for language, locale in LANGUAGES.items():
            for theme in THEMES:
                context = chromium.new_context(locale=locale, color_scheme=theme)
                page = context.new_page()
                for name in pages():
                    page.set_viewport_size({"width": WIDTH, "height": LEAST})
                    page.goto(f"{address}/{path_of(name)}?demo={CITY}")
                    at_rest(page)
                    (FOLDER / f"{name}-{language}-{theme}.png").write_bytes(picture(page, MOST))
                    if (name, language, theme) == ("enter", "en", "light"):
                        FRONT.write_bytes(picture(page, FRONT_HEIGHT))
                context.close()
        chromium.close()
    taken = sorted(FOLDER.glob("*.png"))
    size = sum(one.stat().st_size for one in taken) / 1_000_000
    print(f"{len(taken)} pictures, {size:.1f} MB, in {FOLDER.relative_to(ROOT)}")


if __name__ == "__main__":
    main()

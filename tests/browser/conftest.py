"""The app started for real on a free port of this machine."""

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]


@contextmanager
def started(folder: Path, script: str = "app.py") -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Start the app (or another script) on the store in a folder; gives its address and its process."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true", f"--server.port={port}"]
    here = {**os.environ, "PYTHONPATH": str(ROOT), "CBI_DATABASE": f"sqlite:///{folder / 'cbi.sqlite3'}"}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=ROOT, env=here, **quiet) as process:
        try:
            _wait_for(f"http://localhost:{port}/_stcore/health", process)
            yield f"http://localhost:{port}", process
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def address(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the app on an empty store and give its address; it ends with the tests."""
    with started(tmp_path_factory.mktemp("store")) as (found, _):
        yield found


def _wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    for _ in range(200):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return
        except OSError:
            assert process.poll() is None, "the app ended before it answered"
            time.sleep(0.1)
    raise AssertionError("the app did not answer within 20 seconds")


@pytest.fixture
def open_page(browser: Any, address: str) -> Iterator[Any]:
    """Open a page of the app; ``open_page.outside`` lists every request that left this machine."""
    contexts = []

    def opened(path: str = "", width: int = 1280, height: int = 900, **settings: Any) -> Any:
        context = browser.new_context(
            viewport={"width": width, "height": height}, **{"locale": "en-GB", "color_scheme": "light", **settings}
        )
        contexts.append(context)
        page = context.new_page()
        page.on("request", lambda request: _note_outside(request.url, address, opened.outside))  # type: ignore[attr-defined]
        page.goto(f"{address}/{path}")
        page.wait_for_selector("h1", timeout=30_000)
        return page

    opened.outside = []  # type: ignore[attr-defined]
    yield opened
    for context in contexts:
        context.close()


def _note_outside(url: str, address: str, outside: list[str]) -> None:
    if not url.startswith((address, address.replace("http", "ws", 1), "data:", "blob:")):
        outside.append(url)

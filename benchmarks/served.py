"""The app in a process of its own, on a city that has answered everything."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from cbi.store import exchange, open_store
from cbi.tables import read_table

HOME = Path(__file__).parents[1]


def answered_city(folder: Path, address: str = "") -> str:
    """Fill a store with the example city in 2024 alone, all 28 answered; gives its address.

    Its counts of species are net changes of a first year.
    """
    head, *rows = (HOME / "data" / "demo" / "example-city.csv").read_text(encoding="utf-8").splitlines()
    city = "Example City (invented),2024,2021"
    rows = [row for row in rows if row.startswith(city)]
    rows += [f"{city},{name}_species_change,net_change,3,,,,,," for name in ("plant", "bird", "arthropod")]
    table = "\n".join([head, *rows]).encode()
    address = address or f"sqlite:///{folder / 'cbi.sqlite3'}"
    store = open_store(address)
    incoming = read_table(table, name="answered-city.csv").assessments
    exchange.apply(store, incoming, "city", seen=exchange.preview(store, incoming, "city"), person="Mei")
    store.close()
    (folder / "person.txt").write_text("Mei", encoding="utf-8")
    return address


@contextmanager
def serving(script: str, address: str, **settings: str) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """Start a script of this folder on a store; gives its port and its process."""
    with socket.socket() as free:
        free.bind(("localhost", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", script, "--server.headless=true", f"--server.port={port}"]
    here = {**os.environ, "CBI_DATABASE": address, "PYTHONPATH": str(HOME), **settings}
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=HOME, env=here, **quiet) as process:
        try:
            _wait_for(port)
            yield port, process
        finally:
            process.terminate()


def _wait_for(port: int) -> None:
    for _ in range(200):
        try:
            urllib.request.urlopen(f"http://localhost:{port}/_stcore/health", timeout=2).close()
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the page did not start")

"""The cities that come with the program: real figures of Libo County, and an invented city with three years."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from cbi.i18n import mark
from cbi.store import Store, exchange, open_store
from cbi.store.backup import backup
from cbi.store.records import Act, Line
from cbi.tables import read_table

FOLDER = Path(__file__).resolve().parents[1] / "data" / "demo"
PERSON = "demo"
"""By whom the figures of a demo city were entered, as its history says."""


def is_own(line: Line) -> bool:
    """Tell whether a line of history is the loading of a demo city itself, which nobody who looks at it has done."""
    files = {demo.file for demo in DEMOS.values()}
    return line.act is Act.IMPORT and line.person == PERSON and line.reason in files


class Demo(NamedTuple):
    """A demo city: the file that holds it, its name as the store has it, and the year that is opened.

    The name is English in the store; :func:`cbi.i18n.translate` gives what buttons call it.
    """

    file: str
    city: str
    year: int


DEMOS: Mapping[str, Demo] = {
    "libo-2026": Demo("libo-county-2026.csv", mark("Libo County"), 2026),
    "example-2024": Demo("example-city.csv", mark("Example City (invented)"), 2024),
}


def open_demo_store(folder: Path) -> Store:
    """Open a store in an empty folder that holds the demo cities and nothing else.

    It is meant to be looked at and played with, and thrown away with its folder.
    """
    file = folder / "demo.sqlite3"
    file.write_bytes(_filled())
    return open_store(f"sqlite:///{file}")


@cache
def _filled() -> bytes:
    """Fill a demo store and give its file: once a process, since every visit begins with a copy of it."""
    with TemporaryDirectory(prefix="cbi-demo-") as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'demo.sqlite3'}")
        for file in dict.fromkeys(demo.file for demo in DEMOS.values()):
            incoming = read_table(FOLDER / file).assessments
            exchange.apply(store, incoming, file, seen=exchange.preview(store, incoming, file), person=PERSON)
        copy = Path(folder) / "copy.sqlite3"
        backup(store, copy)
        store.close()
        return copy.read_bytes()


def assessment_of_demo(store: Store, demo: Demo) -> int:
    """Give the id of a demo city's assessment in a demo store."""
    city = store.find_city(demo.city)
    heads = store.heads(city.id) if city else ()
    return next(head.id for head in heads if head.year == demo.year)

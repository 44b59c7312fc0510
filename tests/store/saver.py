"""A process that can be killed in the middle of saves: started once, it forks a saver for every order.

Reads an order a line, ``<url> <assessment> <place>``, answers with the saver's process id; the saver then
writes ``<version>`` for every save that the store has acknowledged, until it is killed.
"""

from __future__ import annotations

import os
import sys
from decimal import Decimal

from sqlalchemy.dialects import postgresql, sqlite  # noqa: F401  loaded once, before the forks

from cbi.assessment import Answer, Entry
from cbi.store import open_store


def content(version: int) -> Answer:
    """The answer that a version must hold, long enough that half of it would be noticed."""
    return Answer({"natural_area": Entry(Decimal(version), "ha", note=f"{version}-" * 200, source="Land cover map")})


def save_for_ever(url: str, assessment_id: int, place: str) -> None:
    store = open_store(url)
    version = store.assessment(assessment_id).version(place)
    while True:
        saved = store.save(assessment_id, place, content(version + 1), based_on=version, person="Mei")
        version = saved.version
        os.write(1, f"{version}\n".encode())


def main() -> None:
    for order in sys.stdin:
        url, assessment_id, place = order.split()
        told, tell = os.pipe()
        child = os.fork()
        if child == 0:
            os.read(told, 1)  # the id goes out before the first version does
            save_for_ever(url, int(assessment_id), place)
        os.write(1, f"pid {child}\n".encode())
        os.write(tell, b".")
        os.close(told)
        os.close(tell)
        os.waitpid(child, 0)
        os.write(1, b"dead\n")


if __name__ == "__main__":
    main()

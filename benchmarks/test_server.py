"""Twenty people who signed in enter at once through nginx, TLS and the real protocol, for five minutes.

What is measured is the time from a committed answer to the new total, and to the whole page; errors; memory. The
same on SQLite (one process) and on PostgreSQL (two). What happens when the database stops and comes back is a test:
``tests/server/test_outage.py``.

``CBI_MINUTES`` is how long they work, five by default.
"""

from __future__ import annotations

import os
import random
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, ExitStack
from datetime import UTC, datetime
from pathlib import Path
from statistics import median, quantiles

import pytest
from streamlit.web.server.starlette.starlette_app_utils import generate_xsrf_token_string

from benchmarks.served import answered_city
from benchmarks.visitor import Visitor, visiting
from cbi.store import open_store
from cbi.store.rights import Role
from tests.server.administration import Administration, administration, postgresql, signed_cookie

MINUTES = float(os.environ.get("CBI_MINUTES", "5"))
PAUSE = 8.0
"""Seconds between two answers of a person, on average; half of it at least."""


def _kibibytes(there: Administration) -> int:
    """Give the memory of all processes of the program."""
    found = 0
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        words = file.read_bytes().split(b"\0")
        if b"streamlit" in words and any(f"--server.port={port}".encode() in words for port in there.ports):
            lines = file.with_name("status").read_text("utf-8").splitlines()
            found += next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))
    return found


def _cookies(there: Administration, subject: str) -> dict[str, str]:
    return {"_streamlit_xsrf": generate_xsrf_token_string(), "_streamlit_user": signed_cookie(there, subject, _now())}


def _opened(there: Administration, year: int, number: int, name: str) -> AbstractContextManager[Visitor]:
    query = f"assessment={year}&part={DESKS[number][0]}"
    return visiting(0, "enter", query, address=there.address, cookies=_cookies(there, name))


def _now() -> datetime:
    return datetime.now(UTC)


PARTS = {"native_biodiversity": 10, "ecosystem_services": 2, "governance": 4, "profile": 4}
"""How many of the people work in each part, each in a field of their own."""
DESKS = [(part, field) for part, people in PARTS.items() for field in range(people)]
PEOPLE = len(DESKS)


def _works(visitor: Visitor, number: int, end: float) -> list[tuple[float, float]]:
    """Answer again and again until the end; gives for each answer the seconds to the new total and to the page.

    They go to and fro between what stood there first and one more, so that no check has a reason to object.
    """
    chance = random.Random(number)
    mine, stood = list(visitor.fields.items())[DESKS[number][1]]
    times: list[tuple[float, float]] = []
    while time.monotonic() < end:
        time.sleep(chance.uniform(0.5, 1.5) * PAUSE)
        whole = visitor.enter(mine, str(int(float(stood)) + len(times) % 2))
        times.append((visitor.until_total, whole))
    return times


@pytest.mark.benchmark(group="twenty people on a server for five minutes")
@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_twenty_people_on_a_server(benchmark, tmp_path, kind):
    with ExitStack() as running:
        address = running.enter_context(postgresql())[0] if kind == "postgresql" else ""
        database = answered_city(tmp_path, address)
        store = open_store(database)
        (city,) = store.cities()
        (head,) = store.heads(city.id)
        people = [f"person-{number}" for number in range(PEOPLE)]
        for name in people:
            store.people.invite(f"{name}@libo.example", name, Role.EDITOR, city.id, person="IT")
        there = running.enter_context(administration(tmp_path, database, 2 if address else 1))
        empty = _kibibytes(there)
        visitors = [running.enter_context(_opened(there, head.id, number, name)) for number, name in enumerate(people)]
        opened, end = _kibibytes(there), time.monotonic() + MINUTES * 60

        def all_work() -> list[tuple[float, float]]:
            with ThreadPoolExecutor(PEOPLE) as pool:
                return [one for found in pool.map(_works, visitors, range(PEOPLE), [end] * PEOPLE) for one in found]

        times = benchmark.pedantic(all_work, rounds=1)
        lines = sum(len(store.history(head.id, place)) for place in store.assessment(head.id).versions)
        info = benchmark.extra_info
        info["answers"], info["lines of history"] = len(times), lines
        info["errors"] = len([told for visitor in visitors for told in visitor.errors])
        for name, found in (("total", [one for one, _ in times]), ("page", [one for _, one in times])):
            info[f"{name}: median s"] = round(median(found), 3)
            info[f"{name}: 95th percentile s"] = round(quantiles(found, n=20)[-1], 3)
        info["MiB empty"] = round(empty / 1024)
        info["MiB a visit, opened"] = round((opened - empty) / PEOPLE / 1024, 1)
        info["MiB a visit, after its work"] = round((_kibibytes(there) - empty) / PEOPLE / 1024, 1)
        print("\n", kind, dict(info))
        assert not [told for visitor in visitors for told in visitor.errors]
        store.close()

"""Ten people at once on one process: from a committed answer to the new total, and the memory of a visit.

They speak Streamlit's own protocol without a browser, so that the machine is busy with the app and not with
ten Chromiums. Budget: median below 1 s. Each changes a field of their own in one and the same assessment, so
that every page also takes in what the others saved.
"""

from __future__ import annotations

import random
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from statistics import median, quantiles

import pytest

from benchmarks.served import answered_city, serving
from benchmarks.visitor import visiting

PEOPLE, ANSWERS = 10, 8


def _kibibytes(process_id: int) -> int:
    lines = Path(f"/proc/{process_id}/status").read_text(encoding="utf-8").splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS"))


@pytest.mark.benchmark(group="ten people at once: budget 1 s, median")
@pytest.mark.parametrize("pause", [8.0, 3.0, 0.0], ids=["an answer every 8 s", "every 3 s", "no pause at all"])
def test_ten_people_at_once(benchmark, tmp_path, pause):
    chance = random.Random(28)
    with serving("app.py", answered_city(tmp_path)) as (port, process), ExitStack() as open_pages:
        first = open_pages.enter_context(visiting(port, "enter"))
        alone = _kibibytes(process.pid)
        visitors = [first, *(open_pages.enter_context(visiting(port, "enter")) for _ in range(PEOPLE - 1))]
        opened = _kibibytes(process.pid)
        fields = [name for name, text in first.fields.items() if "." in text or len(text) > 1][:PEOPLE]
        pauses = [[chance.uniform(0.5, 1.5) * pause for _ in range(ANSWERS)] for _ in visitors]

        def works(person: int) -> list[float]:
            times = []
            for round_, wait in enumerate(pauses[person]):
                time.sleep(wait)
                times.append(visitors[person].enter(fields[person % len(fields)], str(20 + round_)))
            return times

        def all_work() -> list[float]:
            with ThreadPoolExecutor(PEOPLE) as pool:
                return [one for times in pool.map(works, range(PEOPLE)) for one in times]

        times = benchmark.pedantic(all_work, rounds=1)
        worked = _kibibytes(process.pid)
    assert len(times) == PEOPLE * ANSWERS
    benchmark.extra_info["answer to total, median s"] = round(median(times), 3)
    benchmark.extra_info["answer to total, 95th percentile s"] = round(quantiles(times, n=20)[-1], 3)
    benchmark.extra_info["MiB a further visit, opened"] = round((opened - alone) / (PEOPLE - 1) / 1024, 1)
    benchmark.extra_info["MiB a visit, after its work"] = round((worked - alone) / (PEOPLE - 1) / 1024, 1)
    print("\n", dict(benchmark.extra_info), f"the process with one visit {alone / 1024:.0f} MiB")

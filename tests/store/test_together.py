"""Many at once: nothing is lost, nobody overwrites, nobody waits for an error."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from pathlib import Path
from threading import Barrier

import pytest

from cbi.assessment import Answer, Entry
from cbi.store import ConflictError

HOME = Path(__file__).parents[2]


def _answer(number: int) -> Answer:
    return Answer({"events": Entry(Decimal(number), source=f"Report {number % 7}")})


@pytest.mark.long
def test_ten_writers_a_hundred_saves_each(store, year):
    def write(writer: int) -> None:
        for number in range(100):
            store.save(year.id, f"place_{writer}", _answer(number), based_on=number, person=f"Person {writer}")

    with ThreadPoolExecutor(10) as pool:
        list(pool.map(write, range(10)))
    assert set(store.assessment(year.id).versions.values()) == {100}
    for writer in range(10):
        lines = store.history(year.id, f"place_{writer}")
        assert [line.after for line in lines] == [_answer(number) for number in range(100)]
    assert len(store.sources.of_city(year.city.id)) == 7


def test_of_ten_who_save_one_place_at_once_one_wins(store, year):
    ready = Barrier(10)

    def write(number: int) -> str:
        ready.wait()
        try:
            store.save(year.id, "events", _answer(number), based_on=0, person=f"Person {number}")
        except ConflictError as error:
            assert error.mine.content == _answer(number)
            return f"after {error.theirs.person}"
        return "saved"

    with ThreadPoolExecutor(10) as pool:
        said = list(pool.map(write, range(10)))
    (line,) = store.history(year.id, "events")
    assert said.count("saved") == 1
    assert said.count(f"after {line.person}") == 9


def test_a_year_is_never_changed_after_it_was_submitted(store, city):
    for year in range(2001, 2021):
        head = store.start_year(city.id, year, person="Mei")
        ready = Barrier(2)

        def save(head=head, ready=ready):
            ready.wait()
            try:
                return store.save(head.id, "events", _answer(1), based_on=0, person="Jonas").version
            except Exception as error:  # the submission was faster
                return type(error).__name__

        def submit(head=head, ready=ready):
            ready.wait()
            store.submit(head.id, person="Mei")
            return store.assessment(head.id).version("events")

        with ThreadPoolExecutor(2) as pool:
            saved, seen = pool.submit(save), pool.submit(submit)
        assert saved.result() in ("ClosedError", 1)
        assert store.assessment(head.id).version("events") == seen.result()


def test_the_program_starts_without_the_database_library():
    code = "import sys, cbi, cbi.cli; sys.exit(any(name in sys.modules for name in ('sqlalchemy', 'alembic')))"
    assert subprocess.run([sys.executable, "-c", code], cwd=HOME, check=False).returncode == 0

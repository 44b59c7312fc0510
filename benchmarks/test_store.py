"""The store, measured: `make bench` prints it. Nothing here asserts a time.

PostgreSQL joins in where CBI_TEST_POSTGRESQL names a server (`.ci/postgresql`).
"""

from __future__ import annotations

import os
import sqlite3
import uuid
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from itertools import count
from time import monotonic

import pytest
from sqlalchemy import create_engine, text

import cbi
from cbi.assessment import Answer, Entry
from cbi.store import open_store
from cbi.store.gate import in_year
from cbi.store.rights import Right, Role, Scope

SERVER = os.environ.get("CBI_TEST_POSTGRESQL", "")
SECONDS = int(os.environ.get("CBI_BENCH_SECONDS", "60"))
"""How long the 20 writers write."""
PLACES = [indicator.id for indicator in cbi.edition("2021").indicators]


def _answer(number: int) -> Answer:
    return Answer({"natural_area": Entry(Decimal(number), "ha", 2026, None, "Land cover map 2026")})


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.skipif(not SERVER, reason="no server"))])
def store(request, tmp_path):
    if request.param == "sqlite":
        found = open_store(f"sqlite:///{tmp_path / 'cbi.sqlite3'}")
        yield found
        found.close()
        return
    schema = f"bench_{uuid.uuid4().hex[:12]}"
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    found = open_store(f"{SERVER}?options=-csearch_path%3D{schema}")
    yield found
    found.close()
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))


def _year(store, city="A", year=2026):
    found = store.find_city(city) or store.add_city(city, person="Mei")
    return store.start_year(found.id, year, person="Mei")


def _filled(store, years: int):
    """A city with all answers in every year, each changed once."""
    heads = [_year(store, year=2026 - back) for back in range(years)]
    for head in heads:
        for place in PLACES:
            for version in range(2):
                store.save(head.id, place, _answer(version), based_on=version, person="Mei")
    return heads[0]


@pytest.mark.benchmark(group="one durable save: budget 5 ms on SQLite")
def test_save_one_answer(benchmark, store):
    head, numbers = _year(store), count()

    def save():
        number = next(numbers)
        store.save(head.id, "natural_areas", _answer(number), based_on=number, person="Mei")

    benchmark.pedantic(save, rounds=300, warmup_rounds=20)


@pytest.mark.benchmark(group="one durable save: budget 5 ms on SQLite")
def test_bare_durable_insert(benchmark, tmp_path):
    """What the disk alone takes: a row in SQLite, WAL and synchronous=FULL."""
    connection = sqlite3.connect(tmp_path / "bare.sqlite3", isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("CREATE TABLE line (content TEXT)")
    insert = "INSERT INTO line VALUES ('a line of history as long as they are')"
    benchmark.pedantic(lambda: connection.execute(insert), rounds=300, warmup_rounds=20)


@pytest.mark.benchmark(group="open an assessment with 28 answers")
@pytest.mark.parametrize("years", [1, 10])
def test_open_an_assessment(benchmark, store, years):
    """As fast with ten years of history as with one."""
    head = _filled(store, years)
    stored = benchmark(store.assessment, head.id)
    assert len(stored.assessment.answers) == 28


@pytest.mark.benchmark(group="open the store and list the years of a city")
@pytest.mark.parametrize("cities", [5, 500])
def test_open_and_list(benchmark, store, cities):
    """As fast with 500 cities of 10 years as with 5."""
    url = _many_cities(store, cities)

    def open_and_list():
        found = open_store(url)
        heads = found.heads(found.find_city("City 003").id)
        found.close()
        return heads

    assert len(benchmark(open_and_list)) == 10


@pytest.mark.benchmark(group="open the store and list its cities")
@pytest.mark.parametrize("cities", [5, 500])
def test_open_and_list_the_cities(benchmark, store, cities):
    """Nearly as fast with 500 cities of 10 years as with 5: a list of names, whatever stands behind them."""
    url = _many_cities(store, cities)

    def open_and_list():
        found = open_store(url)
        names = [city.name for city in found.cities()]
        found.close()
        return names

    assert benchmark(open_and_list) == [f"City {number:03}" for number in range(cities)]


def _many_cities(store, cities: int) -> str:
    """Fill the store with cities of ten years each; gives its address."""
    from cbi.store import years
    from cbi.store.rows import By, utc_now

    with store.database.writing() as connection:
        who = By("Mei", utc_now())
        for number in range(cities):
            city = years.add_city(connection, f"City {number:03}", who)
            for year in range(2016, 2026):
                years.start_year(connection, city.id, year, "2021", who)
    return store.database.url.render_as_string(hide_password=False)


@pytest.mark.benchmark(group="20 writers for a while")
def test_twenty_writers(benchmark, store):
    """20 writers for a while: no error, no lost write. Says how many saves went through."""
    head = _year(store)

    def write(writer: int) -> int:
        version, end = 0, monotonic() + SECONDS
        while monotonic() < end:
            version = store.save(
                head.id, f"place_{writer}", _answer(version), based_on=version, person=f"Person {writer}"
            ).version
        return version

    def write_all() -> list[int]:
        with ThreadPoolExecutor(20) as pool:
            return list(pool.map(write, range(20)))

    saved = benchmark.pedantic(write_all, rounds=1)
    assert {place: len(store.history(head.id, place)) for place in store.assessment(head.id).versions} == {
        f"place_{writer}": version for writer, version in enumerate(saved)
    }
    print(
        f"\n{store.database.engine.dialect.name}: {sum(saved) / SECONDS:.0f} saves a second, each of 20 {min(saved)}+"
    )


@pytest.mark.benchmark(group="who may do it, looked up and decided")
@pytest.mark.parametrize("acting", [False, True], ids=["at the machine", "signed in"])
def test_ask_at_the_gate(store, benchmark, acting):
    """A call that writes nothing, so that only opening, asking and closing are measured; a hundred people are known."""
    year = _year(store)
    for number in range(100):
        scope = Scope(frozenset({"budget"}))
        address = f"{number}@libo.example"
        someone = store.people.invite(address, "", Role.CONTRIBUTOR, year.city.id, scope, person="Mei")
    gate = (store.acting(someone) if acting else store).gate
    benchmark(lambda: gate.write(Right.ANSWER, in_year(year.id), "Mei", lambda _: None, places=["budget"]))

"""A new store for every test, on SQLite and – where there is a server – on PostgreSQL.

`.ci/postgresql` starts a server and prints the address for CBI_TEST_POSTGRESQL.
"""

from __future__ import annotations

import json
import os
import uuid
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from sqlalchemy import create_engine, text

from cbi.assessment import Answer, Entry, Quality
from cbi.store import exchange, open_store

SERVER = os.environ.get("CBI_TEST_POSTGRESQL", "")
NO_SERVER = "no PostgreSQL: set CBI_TEST_POSTGRESQL=$(.ci/postgresql)"
ON_A_SERVER = [pytest.mark.long, pytest.mark.skipif(not SERVER, reason=NO_SERVER)]

AREA = Entry(Decimal("33.220"), "km2", 2025, Quality.HIGH, "Land survey 2025", "")
WOODS = Answer({"natural_area": Entry(Decimal("22.49"), "km2", 2025, Quality.MEDIUM, "Land cover map 2025")})
MORE_WOODS = Answer({"natural_area": Entry(Decimal("23.1"), "km2", 2026, Quality.HIGH, "Land cover map 2026")})


def held(store):
    """Everything that a store holds but its audit trail, in which each export leaves a line of its own."""
    return {**json.loads(exchange.export(store)), "trail": []}


class Clock:
    """A clock that moves a minute a look, so that every test knows what time it was."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 22, 8, 0, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(minutes=1)
        return self.now


@pytest.fixture(scope="session")
def server():
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    yield engine
    engine.dispose()


@pytest.fixture(autouse=True)
def no_real_store(monkeypatch, tmp_path):
    """No test may touch the store or the name of who works here."""
    monkeypatch.delenv("CBI_DATABASE", raising=False)
    monkeypatch.setattr("cbi.store.backup.DEFAULT_FILE", tmp_path / "default" / "cbi.sqlite3")
    monkeypatch.setattr("cbi.store.migrating.DEFAULT_FILE", tmp_path / "default" / "cbi.sqlite3")
    monkeypatch.setattr("cbi.store.person.DEFAULT_FILE", tmp_path / "default" / "cbi.sqlite3")


@pytest.fixture
def new_url(tmp_path):
    """Make addresses of empty SQLite databases; each call gives another one."""
    return lambda: f"sqlite:///{tmp_path / uuid.uuid4().hex[:8]}.sqlite3"


@pytest.fixture(
    params=[
        "sqlite",
        pytest.param("postgresql", marks=[pytest.mark.long, pytest.mark.skipif(not SERVER, reason=NO_SERVER)]),
    ]
)
def url(request, new_url):
    """The address of an empty database."""
    if request.param == "sqlite":
        yield new_url()
        return
    schema = f"test_{uuid.uuid4().hex[:12]}"
    engine = request.getfixturevalue("server")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    yield f"{SERVER}?options=-csearch_path%3D{schema}"
    with engine.connect() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))


@pytest.fixture
def opened():
    """Open stores that are closed when the test ends."""
    stores = []

    def open_one(url: str, **options):
        stores.append(open_store(url, **options))
        return stores[-1]

    yield open_one
    for store in stores:
        store.close()


@pytest.fixture
def store(url, opened):
    return opened(url, clock=Clock())


@pytest.fixture
def city(store):
    return store.add_city("Libo County", person="Mei")


@pytest.fixture
def year(store, city):
    """An assessment that waits for its first answer."""
    return store.start_year(city.id, 2026, person="Mei")

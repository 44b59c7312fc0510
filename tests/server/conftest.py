"""A whole administration for the tests of this folder: started once, with people of several roles."""

from __future__ import annotations

import os
import shutil
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from sqlalchemy import create_engine, text

from cbi.store import Store, open_store
from cbi.store.rights import Role, Scope
from tests.server.administration import Administration, administration, known_person

SERVER = os.environ.get("CBI_TEST_POSTGRESQL", "")
NOTHING = Scope()
BUDGET = Scope(indicators=frozenset({"budget"}))


@dataclass(frozen=True)
class Office:
    """The running program, its store as whoever sits at the machine has it, and the year that all work on."""

    there: Administration
    store: Store
    city_id: int
    year_id: int

    def invited(self, name: str, role: Role, scope: Scope = NOTHING, *, city: bool = True) -> tuple[str, str]:
        """Invite a person whom the sign-in knows; gives their number at the sign-in and the key of their account."""
        subject = f"{name}-{uuid.uuid4().hex[:6]}"
        address = f"{subject}@libo.example".casefold()
        known_person(self.there.provider, subject, address, name)
        account = self.store.people.invite(address, name, role, self.city_id if city else None, scope, person="IT")
        return subject, account.key


@pytest.fixture(scope="session")
def office(browser: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """Start everything once: on PostgreSQL where there is one, else on SQLite."""
    if shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin") is None:
        pytest.skip("nginx is absent: install Debian's nginx-light")
    folder = tmp_path_factory.mktemp("administration")
    database = _new_database() if SERVER else f"sqlite:///{folder / 'cbi.sqlite3'}"
    store = open_store(database)
    store.people.first("head@libo.example", "Head")
    city = store.add_city("Libo County", person="IT")
    year = store.start_year(city.id, 2026, person="IT")
    with administration(folder, database) as there:
        yield Office(there, store, city.id, year.id)
    store.close()


def _new_database() -> str:
    name = f"office_{uuid.uuid4().hex[:8]}"
    engine = create_engine(SERVER, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{SERVER.rsplit('/', 1)[0]}/{name}"

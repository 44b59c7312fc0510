"""The database stops under an open page and comes back: it is said, nothing is lost, and nobody has to do anything."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.served import answered_city
from cbi.store import open_store
from cbi.store.rights import Role
from tests.server.administration import administration, known_person, postgresql, sign_in
from tests.server.conftest import SERVER

pytestmark = pytest.mark.long


@pytest.mark.skipif(not SERVER, reason="no PostgreSQL: set CBI_TEST_POSTGRESQL=$(.ci/postgresql)")
@pytest.mark.skipif(not shutil.which("nginx", path="/usr/sbin:/usr/bin"), reason="nginx is absent")
def test_the_database_goes_away_and_comes_back(browser, tmp_path):
    with postgresql() as (address, tell):
        _goes_away_and_comes_back(browser, tmp_path, address, tell)


def _goes_away_and_comes_back(browser, office: Path, address: str, tell: Callable[[str], None]) -> None:
    database = answered_city(office, address)
    store = open_store(database)
    (city,) = store.cities()
    (head,) = store.heads(city.id)
    store.people.invite("mei@libo.example", "Mei", Role.EDITOR, city.id, person="IT")
    with administration(office, database) as there:
        known_person(there.provider, "mei", "mei@libo.example", "Mei")
        page = browser.new_context(ignore_https_errors=True, locale="en-GB").new_page()
        page.set_default_timeout(30_000)
        sign_in(page, there, "mei")
        page.get_by_role("heading", name="Which city, which year?").wait_for()
        page.goto(f"{there.address}/enter?assessment={head.id}&part=profile")
        field = page.get_by_label("Total area of the city", exact=True).first
        field.wait_for()
        tell("halt")
        field.fill("311.5")
        field.press("Enter")
        page.get_by_text("The program tries again by itself.").first.wait_for()
        page.get_by_text("Not saved").first.wait_for()
        assert field.input_value() == "311.5"  # what was typed stays
        assert not page.get_by_text("Traceback").count()
        page.wait_for_timeout(6000)  # a try of its own in the meantime, which fails too
        assert field.input_value() == "311.5"
        tell("resume")
        page.get_by_text("Everything is saved on the database server.").first.wait_for()  # nobody clicked anything
        assert field.input_value() == "311.5"
        page.context.close()
    store.reconnect()
    assert str(store.assessment(head.id).assessment.profile["city_area"].value) == "311.5"
    (*_, last) = store.history(head.id, "profile.city_area")
    assert last.person == "Mei"
    store.close()

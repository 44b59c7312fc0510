"""A sign-in ends: when its time is up, and in all browsers when its person signs out."""

from datetime import UTC, datetime, timedelta

import pytest

from cbi.store.errors import NotPermittedError, SignInRefusedError
from cbi.store.rights import Deed, Role

NINE = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)


@pytest.fixture
def now():
    """The moment that the store takes for now, as a list of one, so that a test can move it."""
    return [NINE]


@pytest.fixture
def store(url, opened, now):
    found = opened(url, clock=lambda: now[0])
    found.people.invite("mei@libo.example", "Mei", Role.EDITOR, found.add_city("Libo", person="IT").id, person="IT")
    return found


def let_in(store, since):
    return store.sign_in("https://login.example", "7", "mei@libo.example", "Mei", True, since)


def deeds(store):
    return [one.deed for one in store.trail.of() if one.deed in (Deed.SIGNED_IN, Deed.SIGNED_OUT, Deed.SIGN_IN_REFUSED)]


def test_a_sign_in_holds_until_its_time_is_up_and_not_a_moment_longer(store, now):
    mei = store.acting(let_in(store, NINE), since=NINE, until=NINE + timedelta(hours=10))
    now[0] = NINE + timedelta(hours=10) - timedelta(microseconds=1)
    assert [city.name for city in mei.cities()] == ["Libo"]
    now[0] = NINE + timedelta(hours=10)
    with pytest.raises(NotPermittedError, match="run out"):
        mei.cities()


def test_signing_out_ends_every_sign_in_that_began_before(store, now):
    account = let_in(store, NINE)
    here, there = (store.acting(account, since=NINE) for _ in range(2))
    now[0] = NINE + timedelta(minutes=5)
    here.sign_out()
    with pytest.raises(NotPermittedError, match="signed out"):
        there.cities()
    with pytest.raises(SignInRefusedError, match="signed out") as refused:
        let_in(store, NINE)
    assert refused.value.reason == "signed_out"
    again = NINE + timedelta(minutes=6)
    assert store.acting(let_in(store, again), since=again).cities()
    assert deeds(store) == [Deed.SIGNED_IN, Deed.SIGNED_OUT, Deed.SIGN_IN_REFUSED, Deed.SIGNED_IN]


def test_a_new_sign_in_in_the_very_second_of_signing_out_holds(store, now):
    """The sign-in tells its beginning in whole seconds: 9:05:00 for one at 9:05:00.9."""
    account = let_in(store, NINE)
    now[0] = NINE + timedelta(minutes=5, milliseconds=700)
    store.acting(account, since=NINE).sign_out()
    again = NINE + timedelta(minutes=5)
    assert store.acting(let_in(store, again), since=again).cities()


def test_a_sign_in_is_written_down_once_however_many_pages_it_opens(store):
    for _ in range(3):
        let_in(store, NINE)
    assert deeds(store) == [Deed.SIGNED_IN]

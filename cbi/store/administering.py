"""What the commands ``people`` and ``audit`` do and say; the command line only prints it."""

from __future__ import annotations

from dataclasses import dataclass

from cbi.definitions import EDITIONS, edition
from cbi.definitions.edition import PROFILE
from cbi.i18n import listed, say
from cbi.printing import people as printing
from cbi.store.accounts import folded
from cbi.store.console import Opened
from cbi.store.errors import NotFoundError
from cbi.store.person import remembered_name
from cbi.store.records import Account
from cbi.store.rights import Role, Scope
from cbi.store.store import Store


@dataclass(frozen=True, slots=True)
class Wanted:
    """A role as it is typed: its word (or ``none``), the name of a city, and what a contributor may answer."""

    role: str
    city: str | None
    only: str = ""


def list_people(city: str | None, language: str) -> str:
    """List the people of a city, or all. Raises :class:`NotFoundError` for a city that is not there."""
    with Opened(language) as store:
        return printing.people(store.people.of(_city_id(store, city)), _cities(store), language)


def invite(address: str, name: str, wanted: Wanted, person: str, language: str) -> str:
    """Invite a person. Raises as :meth:`cbi.store.administration.People.invite`."""
    with Opened(language) as store:
        city_id, scope = _city_id(store, wanted.city), scope_of(wanted.only)
        found = store.people.invite(address, name, _role(wanted.role), city_id, scope, person=_by(person))
        return printing.people([found], _cities(store), language)


def give_role(address: str, wanted: Wanted, person: str, language: str) -> str:
    """Give a person another role, or take it away. Raises as :meth:`cbi.store.administration.People.give_role`."""
    with Opened(language) as store:
        key, city_id = _found(store, address).key, _city_id(store, wanted.city)
        if wanted.role == "none":
            found = store.people.take_role(key, city_id, person=_by(person))
        else:
            scope = scope_of(wanted.only)
            found = store.people.give_role(key, _role(wanted.role), city_id, scope, person=_by(person))
        return printing.people([found], _cities(store), language)


def switch(address: str, person: str, language: str, *, on: bool) -> str:
    """Switch a person off or on. Raises as :meth:`cbi.store.administration.People.switch_off`."""
    with Opened(language) as store:
        key = _found(store, address).key
        found = (store.people.switch_on if on else store.people.switch_off)(key, person=_by(person))
        return printing.people([found], _cities(store), language)


def forget(address: str, person: str, language: str, *, confirmed: bool) -> str:
    """Say whose data would be removed; with ``confirmed`` remove them."""
    with Opened(language) as store:
        found = _found(store, address)
        if not confirmed:
            question = say(
                "This would remove name and address for good; what this person did stays under “{label}”. To do it, "
                "say the same with --yes.",
                label=say("a former colleague (no. {number})", number=found.number),
            )
            return f"{printing.people([found], _cities(store), language)}\n{question.text(language)}"
        gone = store.people.forget(found.key, person=_by(person))
        return say("Removed. What this person did stays under “{label}”.", label=gone.label).text(language)


def first(address: str, name: str, language: str, *, force: bool) -> str:
    """Name the first administrator. Raises as :meth:`cbi.store.administration.People.first`."""
    with Opened(language) as store:
        return printing.people([store.people.first(address, name, force=force)], _cities(store), language)


def audit(city: str | None, language: str, *, as_csv: bool) -> str:
    """Give the audit trail of a city or of the whole server, as a table or as CSV."""
    with Opened(language) as store:
        traces = store.trail.of(_city_id(store, city))
        return printing.trail_csv(traces) if as_csv else printing.trail(traces, language)


def scope_of(only: str) -> Scope:
    """Read what a contributor may answer: ids with commas between; what is no component counts as an indicator.

    A number is that of an indicator of the newest edition, as in the other commands.
    """
    numbers = {str(one.number): one.id for one in edition(max(EDITIONS)).indicators}
    typed = {part.strip() for part in only.split(",") if part.strip()}
    named = {numbers.get(part, part) for part in typed}
    components = {one.id for name in EDITIONS for one in edition(name).components}
    return Scope(frozenset(named - components - {PROFILE}), frozenset(named & components), PROFILE in named)


def _by(person: str) -> str:
    return person or remembered_name()


def _role(word: str) -> Role:
    return Role[word.upper()]


def _found(store: Store, address: str) -> Account:
    for one in store.people.of():
        if one.address and one.address == folded(address):
            return one
    raise NotFoundError(say("Nobody here has the address {address}. See “python -m cbi people list”.", address=address))


def _cities(store: Store) -> dict[int, str]:
    return {city.id: city.name for city in store.cities()}


def _city_id(store: Store, name: str | None) -> int | None:
    if name is None:
        return None
    found = store.find_city(name)
    if found is None:
        known = listed(city.name for city in store.cities())
        raise NotFoundError(say("There is no city “{name}” in the store. It holds: {known}.", name=name, known=known))
    return found.id

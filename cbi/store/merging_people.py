"""People of a document, brought into a store that may know some of them already.

A person is known by their key, or else by their address. What is known of them here holds: a name that was removed
here does not come back, nobody who was switched off is switched on, and no role is given to them.
"""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, insert, select

from cbi.i18n import say
from cbi.store import accounts, tables, years
from cbi.store.document import AccountRecord, AssignmentRecord, CityRecord, Document, TraceRecord
from cbi.store.errors import NotAllowedError
from cbi.store.exporting_people import assignments, trail
from cbi.store.import_plan import Notes
from cbi.store.members import write_scope
from cbi.store.rights import Scope
from cbi.store.rows import By
from cbi.store.signatures import key_of, reference

_ACCOUNT = tables.account
Years = Mapping[tuple[str, int, str], int]
"""The ids of assessments by city, year and edition."""


def known_by_another_key(connection: Connection, document: Document) -> dict[str, str]:
    """Find people of a document whose address is known here under another key; gives ours for theirs."""
    ours = {row.address: reference(row.key) for row in connection.execute(select(_ACCOUNT)) if row.address}
    keys = set(_ids(connection))
    return {
        one.signature: ours[one.address]
        for one in document.accounts
        if one.address in ours and ours[one.address] != one.signature and one.signature not in keys
    }


def _ids(connection: Connection) -> dict[str, int]:
    return {reference(row.key): row.id for row in connection.execute(select(_ACCOUNT.c.key, _ACCOUNT.c.id))}


def add(connection: Connection, document: Document, who: By, notes: Notes) -> None:
    """Add the people who are not known here with their roles, what they are asked to do, and the audit trail."""
    ids = _ids(connection)
    cities = {city.name: city.id for city in years.cities(connection)}
    for one in document.accounts:
        if one.signature not in ids:
            ids[one.signature] = _add_account(connection, one, who)
            _add_roles(connection, one, ids[one.signature], cities)
            notes.people.append(one.name or one.address or "–")
    known: Years = {
        (city, head.year, head.edition): head.id
        for city, city_id in cities.items()
        for head in years.heads(connection, city_id)
    }
    for city in document.cities:
        _add_assignments(connection, city, known, ids, notes)
    _add_trail(connection, document.trail, cities, known, ids, notes)


def _add_account(connection: Connection, one: AccountRecord, who: By) -> int:
    values = one.model_dump(include={"name", "address", "issuer", "subject", "active", "removed_at"}, mode="python")
    values |= {"removed_at": one.removed_at, "key": key_of(one.signature)}
    values |= {"invited_by": one.invited_by or who.person, "invited_at": one.invited_at or who.time}
    row_id = accounts.add_row(connection, values, one.number)
    if row_id is None:
        raise NotAllowedError(
            say(
                "The sign-in of {name} belongs to another person here. Remove one of the two, then import again.",
                name=one.name or one.address or "–",
            )
        )
    return row_id


def _add_roles(connection: Connection, one: AccountRecord, account_id: int, cities: Mapping[str, int]) -> None:
    for role in one.roles:
        if role.city is None or role.city in cities:
            scope = Scope(frozenset(role.indicators), frozenset(role.components), role.profile)
            values = {"account_id": account_id, "role": role.role, "scope": write_scope(scope)}
            city_id = cities[role.city] if role.city is not None else None
            connection.execute(insert(tables.membership).values(**values, city_id=city_id))


def _add_assignments(
    connection: Connection, city: CityRecord, known: Years, ids: Mapping[str, int], notes: Notes
) -> None:
    for year in city.years:
        assessment_id = known.get((city.name, year.year, year.edition))
        if assessment_id is None or not year.assignments:
            continue
        here = {_mark(one) for one in assignments(connection, assessment_id)}
        for one in year.assignments:
            if _mark(one) not in here:
                values = {name: getattr(one, name) for name in ("work", "department", "note", "person", "time")}
                values |= {"ended_by": one.ended_by, "ended_at": one.ended_at}
                values |= {"due": one.due.isoformat() if one.due else None, "assessment_id": assessment_id}
                values |= {"account_id": ids[one.account] if one.account else None}
                connection.execute(insert(tables.assignment).values(**values))
                notes.assignments += 1


def _mark(one: AssignmentRecord) -> tuple[object, ...]:
    return one.work, one.account, one.department, one.person, one.time


def _add_trail(
    connection: Connection,
    given: tuple[TraceRecord, ...],
    cities: Mapping[str, int],
    known: Years,
    ids: Mapping[str, int],
    notes: Notes,
) -> None:
    here = set(trail(connection)) if given else set()
    for one in given:
        if one not in here:
            year = known.get((one.city or "", one.of.year, one.of.edition)) if one.of else None
            connection.execute(
                insert(tables.trail).values(
                    time=one.time,
                    account_id=ids[one.account] if one.account else None,
                    deed=one.deed.value,
                    about_id=ids[one.about] if one.about else None,
                    city_id=cities.get(one.city) if one.city else None,
                    assessment_id=year,
                    detail=one.detail,
                )
            )
            notes.trail += 1

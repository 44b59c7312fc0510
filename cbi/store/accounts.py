"""People who sign in: invited by their address, given roles, switched off and on, their data removed; and read."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from cbi.definitions import EDITIONS, edition
from cbi.i18n import say
from cbi.store import tables, years
from cbi.store.errors import NotAllowedError, NotFoundError, NotPermittedError, OutdatedError
from cbi.store.gate import Visit
from cbi.store.members import scope_from, write_scope
from cbi.store.records import Account
from cbi.store.rights import Deed, Member, Right, Role, Scope
from cbi.store.rows import insert_new
from cbi.store.signatures import new_key, reference
from cbi.store.texts import one_line

_ACCOUNT, _MEMBER = tables.account, tables.membership
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+")
LONGEST_ADDRESS = 254
_NOBODY = Scope()


def folded(address: str) -> str:
    """Give an address as it is kept and compared: on one line, without capitals."""
    return one_line(address).casefold()


# Reading


def listed(connection: Connection, cities: frozenset[int] | None, *, only: str | None = None) -> tuple[Account, ...]:
    """List the accounts with a role in some cities or on the whole server, or (None) all; ``only`` one, by its key.

    Roles in other cities are left out.
    """
    members: dict[int, list[Member]] = defaultdict(list)
    for row in connection.execute(select(_MEMBER).order_by(_MEMBER.c.city_id, _MEMBER.c.id)):
        if cities is None or row.city_id is None or row.city_id in cities:
            members[row.account_id].append(Member(Role(row.role), row.city_id, scope_from(row.scope)))
    query = select(_ACCOUNT).order_by(_ACCOUNT.c.number)
    rows = connection.execute(query if only is None else query.where(_ACCOUNT.c.key == only))
    return tuple(_account(row, members[row.id]) for row in rows if cities is None or members[row.id])


def one(connection: Connection, key: str) -> Account:
    """Give an account by its key; raises :class:`NotFoundError`."""
    found = listed(connection, None, only=key)
    if not found:
        raise NotFoundError(say("There is no such person here. Go back to the list."))
    return found[0]


def _account(row: Row[Any], members: Iterable[Member]) -> Account:
    return Account(
        key=row.key,
        number=row.number,
        name=row.name,
        address=row.address or "",
        label=reference(row.key),
        active=row.active,
        linked=row.subject is not None,
        invited_by=row.invited_by,
        invited_at=row.invited_at,
        removed_at=row.removed_at,
        members=tuple(members),
    )


# Inviting and roles


def invite(visit: Visit, address: str, name: str, member: Member) -> Account:
    """Invite a person by their address, or give a role in another city to one who is known.

    Raises :class:`NotAllowedError` for what is no address, and for a person who has a role there already.
    """
    member, address = _checked(visit.connection, member), _checked_address(address)
    row = _by_address(visit.connection, address)
    if row is None:
        row_id = _add(visit, address, name)
    else:
        row_id = row.id
        if _role_of(visit.connection, row_id, member.city_id) is not None:
            raise NotAllowedError(
                say(
                    "{address} has a role here already. Change the role, or switch the person on again.",
                    address=address,
                )
            )
    _put(visit.connection, row_id, member)
    visit.write_down(Deed.INVITED, city_id=member.city_id, about_id=row_id, detail=told(member))
    return _by_id(visit.connection, row_id)


def _add(visit: Visit, address: str, name: str, *, by_themselves: bool = False) -> int:
    key = new_key()
    values = {"key": key, "address": address, "name": one_line(name, 200), "active": True}
    values |= {
        "invited_by": reference(key) if by_themselves else visit.who.person,
        "invited_at": visit.who.time,
    }
    row_id = add_row(visit.connection, values)
    if row_id is None:
        raise OutdatedError(
            say("Somebody else invited a person in this very moment. Look at the list, then try again.")
        )
    return row_id


def add_row(connection: Connection, values: Mapping[str, Any], number: int | None = None) -> int | None:
    """Add an account under a number, or the next one that is free; None if another one was quicker or is in its way.

    Numbers are counted here and not by the database, which leaves gaps where something was taken back.
    """
    taken = connection.execute(select(_ACCOUNT.c.id).where(_ACCOUNT.c.number == number)).scalar() if number else 0
    if taken is not None:
        number = (connection.execute(select(func.max(_ACCOUNT.c.number))).scalar() or 0) + 1
    row_id: int | None = insert_new(connection, _ACCOUNT, {**values, "number": number})
    return row_id


def give_role(visit: Visit, key: str, member: Member) -> Account:
    """Give a person another role in a city or on the whole server, in the place of the one that they had there."""
    member, row = _checked(visit.connection, member), _found(visit.connection, key)
    if row.removed_at is not None:
        raise NotAllowedError(say("The data of this person were removed. Invite them anew."))
    if member.city_id is None and member.role is not Role.ADMINISTRATOR:
        _keep_one(visit.connection, row.id)
    _put(visit.connection, row.id, member)
    visit.write_down(Deed.ROLE_GIVEN, city_id=member.city_id, about_id=row.id, detail=told(member))
    return _by_id(visit.connection, row.id)


def take_role(visit: Visit, key: str, city_id: int | None) -> Account:
    """Take a person's role in a city, or on the whole server, away."""
    row = _found(visit.connection, key)
    if city_id is None:
        _keep_one(visit.connection, row.id)
    mine = _MEMBER.c.account_id == row.id, _MEMBER.c.city_id.is_not_distinct_from(city_id)
    visit.connection.execute(delete(_MEMBER).where(*mine))
    visit.write_down(Deed.ROLE_TAKEN, city_id=city_id, about_id=row.id)
    return _by_id(visit.connection, row.id)


def told(member: Member) -> str:
    """Write a role for the audit trail: its word, and the chosen places of a contributor."""
    chosen = [*sorted(member.scope.indicators), *sorted(member.scope.components)]
    chosen += ["profile"] if member.scope.profile else []
    return f"{member.role.name.lower()}: {', '.join(chosen)}" if chosen else member.role.name.lower()


def _checked(connection: Connection, member: Member) -> Member:
    """Give a role that makes sense: only a contributor has chosen places, and at least one that there is."""
    if member.city_id is not None:
        years.city(connection, member.city_id)
    if member.role is not Role.CONTRIBUTOR:
        return Member(member.role, member.city_id)
    if member.scope == _NOBODY:
        raise NotAllowedError(
            say("Choose what a contributor may answer: indicators, components, the profile, or several of these.")
        )
    editions = [edition(name) for name in EDITIONS]
    known = {one.id for each in editions for one in each.indicators} | {
        one.id for each in editions for one in each.components
    }
    if unknown := sorted((member.scope.indicators | member.scope.components) - known):
        raise NotAllowedError(say("“{name}” is no indicator and no component of the index.", name=unknown[0]))
    return member


def _checked_address(address: str) -> str:
    address = folded(address)
    if not _ADDRESS.fullmatch(address) or len(address) > LONGEST_ADDRESS:
        raise NotAllowedError(
            say("“{address}” is no e-mail address. Write one such as name@city.example.", address=address)
        )
    return address


def _put(connection: Connection, account_id: int, member: Member) -> None:
    mine = _MEMBER.c.account_id == account_id, _MEMBER.c.city_id.is_not_distinct_from(member.city_id)
    values = {"role": member.role.value, "scope": write_scope(member.scope)}
    if not connection.execute(update(_MEMBER).where(*mine).values(**values)).rowcount:
        connection.execute(insert(_MEMBER).values(account_id=account_id, city_id=member.city_id, **values))


def _role_of(connection: Connection, account_id: int, city_id: int | None) -> int | None:
    mine = _MEMBER.c.account_id == account_id, _MEMBER.c.city_id.is_not_distinct_from(city_id)
    role: int | None = connection.execute(select(_MEMBER.c.role).where(*mine)).scalar()
    return role


# Off, on, and removed


def switch(visit: Visit, key: str, *, on: bool) -> Account:
    """Switch a person off, at once and wherever they work, or on again. Raises as :func:`forget`."""
    row = _found(visit.connection, key)
    _require_over(visit, row.id, Right.PEOPLE)
    if row.removed_at is not None:
        raise NotAllowedError(say("The data of this person were removed. Invite them anew."))
    if not on:
        _keep_one(visit.connection, row.id)
    visit.connection.execute(update(_ACCOUNT).where(_ACCOUNT.c.id == row.id).values(active=on))
    visit.write_down(Deed.SWITCHED_ON if on else Deed.SWITCHED_OFF, about_id=row.id)
    return _by_id(visit.connection, row.id)


def forget(visit: Visit, key: str) -> Account:
    """Remove a person's name, address and sign-in for good; what they did stays, signed by a number.

    Raises :class:`NotAllowedError` for the last administrator of the server, :class:`NotPermittedError` for a
    person who also has a role where whoever asks is no administrator.
    """
    row = _found(visit.connection, key)
    _require_over(visit, row.id, Right.FORGET)
    _keep_one(visit.connection, row.id)
    visit.connection.execute(delete(_MEMBER).where(_MEMBER.c.account_id == row.id))
    empty = {"address": None, "name": "", "issuer": None, "subject": None, "active": False}
    gone = update(_ACCOUNT).where(_ACCOUNT.c.id == row.id).values(**empty, removed_at=row.removed_at or visit.who.time)
    visit.connection.execute(gone)
    visit.write_down(Deed.FORGOTTEN, about_id=row.id)
    return _by_id(visit.connection, row.id)


def _require_over(visit: Visit, account_id: int, right: Right) -> None:
    """Raise unless the visitor has a right in every city in which this person has a role."""
    cities = list(
        visit.connection.execute(select(_MEMBER.c.city_id).where(_MEMBER.c.account_id == account_id)).scalars()
    )
    for city_id in cities or [None]:
        visit.require(right, city_id)


def governed(visit: Visit, cities: frozenset[int] | None) -> frozenset[str]:
    """List by key whom the visitor may switch off and forget: those of cities in which all their roles are theirs."""
    mine = select(_ACCOUNT.c.key, _MEMBER.c.city_id).outerjoin(_MEMBER, _MEMBER.c.account_id == _ACCOUNT.c.id)
    places: dict[str, set[int | None]] = {}
    for row in visit.connection.execute(mine):
        places.setdefault(row.key, set()).add(row.city_id)
    listed_here = {one.key for one in listed(visit.connection, cities)}
    return frozenset(
        key
        for key, found in places.items()
        if key in listed_here and all(visit.granted.may(Right.FORGET, city) for city in found)
    )


def _keep_one(connection: Connection, account_id: int) -> None:
    """Raise :class:`NotAllowedError` if this is the last person who can do everything."""
    everything = _MEMBER.c.city_id.is_(None), _MEMBER.c.role == Role.ADMINISTRATOR.value, _ACCOUNT.c.active
    query = select(_ACCOUNT.c.id).join(_MEMBER, _MEMBER.c.account_id == _ACCOUNT.c.id).where(*everything)
    ids = list(connection.execute(query.order_by(_ACCOUNT.c.id).with_for_update(of=_ACCOUNT)).scalars())
    if ids == [account_id]:
        raise NotAllowedError(
            say("This is the last administrator of the server. Make another person administrator first.")
        )


# The first administrator


def first(visit: Visit, address: str, name: str, *, force: bool) -> Account:
    """Make a person administrator of the whole server; that is possible at the machine only.

    Raises :class:`NotAllowedError` if there is one already, unless with ``force``.
    """
    if not visit.granted.unrestricted:
        raise NotPermittedError(
            say("The first administrator is named at the machine: python -m cbi people first ADDRESS")
        )
    address = _checked_address(address)
    everything = _MEMBER.c.city_id.is_(None), _MEMBER.c.role == Role.ADMINISTRATOR.value, _ACCOUNT.c.active
    there = select(_ACCOUNT.c.id).join(_MEMBER, _MEMBER.c.account_id == _ACCOUNT.c.id).where(*everything)
    if visit.connection.execute(there.limit(1)).scalar() is not None and not force:
        raise NotAllowedError(
            say("There is an administrator already, who can invite others. If none can sign in any more, add --force.")
        )
    row = _by_address(visit.connection, address)
    row_id = row.id if row is not None else _add(visit, address, name, by_themselves=True)
    visit.connection.execute(update(_ACCOUNT).where(_ACCOUNT.c.id == row_id).values(active=True))
    member = Member(Role.ADMINISTRATOR)
    _put(visit.connection, row_id, member)
    visit.write_down(Deed.INVITED if row is None else Deed.ROLE_GIVEN, about_id=row_id, detail=told(member))
    return _by_id(visit.connection, row_id)


def _by_id(connection: Connection, account_id: int) -> Account:
    return one(connection, connection.execute(select(_ACCOUNT.c.key).where(_ACCOUNT.c.id == account_id)).scalar_one())


def _by_address(connection: Connection, address: str) -> Row[Any] | None:
    query = select(_ACCOUNT).where(_ACCOUNT.c.address == address).with_for_update()
    return connection.execute(query).one_or_none()


def _found(connection: Connection, key: str) -> Row[Any]:
    row = connection.execute(select(_ACCOUNT).where(_ACCOUNT.c.key == key).with_for_update()).one_or_none()
    if row is None:
        raise NotFoundError(say("There is no such person here. Go back to the list."))
    return row

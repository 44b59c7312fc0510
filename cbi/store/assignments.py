"""Work that people or departments were asked to do in a year. Whether it is done is seen from the answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Row, insert, select, update

from cbi.definitions import edition
from cbi.definitions.edition import PROFILE, Edition
from cbi.i18n import say
from cbi.store import accounts, history, tables, years
from cbi.store.contents import profile_place
from cbi.store.errors import NotAllowedError, NotFoundError, OutdatedError
from cbi.store.gate import Visit
from cbi.store.records import Assignment, Head, Lacking
from cbi.store.rights import Deed, Granted, Right
from cbi.store.rows import open_assessment
from cbi.store.signatures import reference
from cbi.store.texts import free_text, one_line

LONGEST_DEPARTMENT = 200
"""Signs of the name of a department."""

_WORK, _ACCOUNT = tables.assignment, tables.account


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be done by whom: ``work`` is an indicator, a component or ``profile``.

    ``key`` is that of a person's account, ``department`` the name of an office; one of the two is given.
    """

    work: str
    key: str = ""
    department: str = ""
    due: date | None = None
    note: str = ""


def assign(visit: Visit, assessment_id: int, asked: Asked) -> Assignment:
    """Ask a person or a department to do something in a year.

    Raises :class:`NotAllowedError` for work that the edition does not know, and without a person or department,
    and :class:`ClosedError` for a year that takes no change.
    """
    row = open_assessment(visit.connection, assessment_id)
    places = places_of(edition(row.edition), asked.work)
    if not places:
        raise NotAllowedError(say("“{name}” is no indicator and no component of this year's edition.", name=asked.work))
    account_id = _assignee(visit.connection, asked, row.city_id)
    values = {"assessment_id": assessment_id, "work": asked.work, "account_id": account_id}
    values |= {
        "department": "" if account_id else one_line(asked.department, LONGEST_DEPARTMENT),
        "note": free_text(asked.note),
    }
    values |= {"due": asked.due.isoformat() if asked.due else None, "person": visit.who.person, "time": visit.who.time}
    added = visit.connection.execute(insert(_WORK).values(**values)).inserted_primary_key
    visit.write_down(Deed.ASSIGNED, year=assessment_id, about_id=account_id, detail=asked.work)
    return _one(visit.connection, (added or (0,))[0])


def _assignee(connection: Connection, asked: Asked, city_id: int) -> int | None:
    if bool(asked.key) == bool(one_line(asked.department)):
        raise NotAllowedError(say("Say who is to do it: one person, or one department."))
    if not asked.key:
        return None
    known = accounts.one(connection, asked.key)
    if not known.active or not any(member.city_id in (None, city_id) for member in known.members):
        raise NotAllowedError(say("This person does not work in this city. Invite them first."))
    return int(connection.execute(select(_ACCOUNT.c.id).where(_ACCOUNT.c.key == asked.key)).scalar_one())


def lacking(visit: Visit, assessment_id: int, works: Iterable[str], key: str) -> Lacking:
    """Tell what of some work a person may not answer, and who can give them the right."""
    head, known = years.head(visit.connection, assessment_id), accounts.one(visit.connection, key)
    granted, asked = Granted(known.members), edition(head.edition)
    found = tuple(
        work for work in works if not granted.may(Right.ANSWER, head.city.id, places_of(asked, work), head.edition)
    )
    return Lacking(found, visit.administrators(head.city.id))


def change(visit: Visit, assignment_id: int, due: date | None, note: str, seen: Assignment) -> Assignment:
    """Give an assignment another due date and another note, if it still is the one that was ``seen``.

    The audit trail has it as assigned once more, which every version of the program can read.
    Raises :class:`OutdatedError` if somebody changed it meanwhile, :class:`NotFoundError` if it was taken back.
    """
    now = _one(visit.connection, assignment_id)
    if (now.due, now.note) != (seen.due, seen.note):
        raise OutdatedError(say("Somebody changed this assignment meanwhile. Look at it again, then change it."))
    values = {"due": due.isoformat() if due else None, "note": free_text(note)}
    visit.connection.execute(update(_WORK).where(_WORK.c.id == assignment_id).values(**values))
    query = select(_WORK.c.account_id).where(_WORK.c.id == assignment_id)
    about = visit.connection.execute(query).scalar()
    visit.write_down(Deed.ASSIGNED, year=now.head.id, about_id=about, detail=now.work)
    return _one(visit.connection, assignment_id)


def take_back(visit: Visit, assignment_id: int) -> Assignment:
    """Take an assignment back; raises :class:`NotFoundError` if it is not there any more."""
    still = _WORK.c.id == assignment_id, _WORK.c.ended_at.is_(None)
    ended = update(_WORK).where(*still).values(ended_by=visit.who.person, ended_at=visit.who.time)
    found = _one(visit.connection, assignment_id, ended=True)
    if not visit.connection.execute(ended).rowcount:
        raise _gone()
    query = select(_WORK.c.account_id).where(_WORK.c.id == assignment_id)
    about = visit.connection.execute(query).scalar()
    visit.write_down(Deed.TAKEN_BACK, year=found.head.id, about_id=about, detail=found.work)
    return found


def _gone() -> NotFoundError:
    return NotFoundError(say("This assignment is not there any more. Go back to the list."))


# Reading


def of_city(connection: Connection, city_id: int) -> tuple[Assignment, ...]:
    """List what is asked of whom in a city, the earliest due date first; what was taken back is left out."""
    mine = select(tables.assessment.c.id).where(tables.assessment.c.city_id == city_id)
    return _read(connection, _WORK.c.assessment_id.in_(mine))


def of_account(connection: Connection, account_id: int, cities: frozenset[int] | None) -> tuple[Assignment, ...]:
    """List what is asked of a person, in the cities that they see."""
    found = _read(connection, _WORK.c.account_id == account_id)
    return tuple(one for one in found if cities is None or one.head.city.id in cities)


def _one(connection: Connection, assignment_id: int, *, ended: bool = False) -> Assignment:
    found = _read(connection, _WORK.c.id == assignment_id, ended=ended)
    if not found:
        raise _gone()
    return found[0]


def _read(connection: Connection, which: Any, *, ended: bool = False) -> tuple[Assignment, ...]:
    query = select(_WORK, _ACCOUNT.c.key).outerjoin(_ACCOUNT, _ACCOUNT.c.id == _WORK.c.account_id).where(which)
    rows = connection.execute(query if ended else query.where(_WORK.c.ended_at.is_(None))).all()
    ids = list(dict.fromkeys(row.assessment_id for row in rows))
    heads = {one: years.head(connection, one) for one in ids}
    answered: dict[int, set[str]] = defaultdict(set)
    for line in history.newest(connection, ids) if ids else ():
        if line.content is not None and not line.carried:
            answered[line.assessment_id].add(line.place)
    found = (_assignment(row, heads[row.assessment_id], answered[row.assessment_id]) for row in rows)
    return tuple(sorted(found, key=lambda one: (one.due or date.max, one.id)))


def _assignment(row: Row[Any], head: Head, answered: set[str]) -> Assignment:
    return Assignment(
        id=row.id,
        head=head,
        work=row.work,
        assignee=reference(row.key) if row.key else row.department,
        key=row.key or "",
        due=date.fromisoformat(row.due) if row.due else None,
        note=row.note,
        person=row.person,
        time=row.time,
        left=tuple(place for place in places_of(edition(head.edition), row.work) if place not in answered),
    )


def places_of(asked: Edition, work: str) -> tuple[str, ...]:
    """List the places that are to be answered: those of an indicator, of a component, or of the profile."""
    if work == PROFILE:
        return tuple(profile_place(name) for name, one in asked.profile_inputs.items() if not one.optional)
    if asked.find(work) is not None and asked.indicator(work).id == work:
        return (work,)
    return tuple(one.id for one in asked.indicators if one.component == work)


def still_open(assignments: Iterable[Assignment]) -> tuple[Assignment, ...]:
    """Leave out what is done."""
    return tuple(one for one in assignments if not one.done)


def by_assignee(assignments: Iterable[Assignment]) -> Mapping[str, Sequence[Assignment]]:
    """Put together what is asked of the same person or department, in the order of their names."""
    found: dict[str, list[Assignment]] = defaultdict(list)
    for one in assignments:
        found[one.assignee].append(one)
    return dict(sorted(found.items()))

"""From the store to its document: people with their roles, what they are asked to do, and the audit trail."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection, select

from cbi.store import tables
from cbi.store.document import AccountRecord, AssignmentRecord, RoleRecord, TraceRecord, YearKey, signatures_in
from cbi.store.members import scope_from
from cbi.store.rights import Deed
from cbi.store.signatures import reference

_ACCOUNT = tables.account


def accounts(connection: Connection) -> tuple[AccountRecord, ...]:
    """Give all accounts in the order in which they came, also removed ones, so that their numbers stay."""
    member, city = tables.membership, tables.city
    roles: dict[int, list[RoleRecord]] = defaultdict(list)
    query = select(member, city.c.name).outerjoin(city, city.c.id == member.c.city_id)
    for row in connection.execute(query):
        scope = scope_from(row.scope)
        roles[row.account_id].append(
            RoleRecord(
                city=row.name,
                role=row.role,
                indicators=tuple(sorted(scope.indicators)),
                components=tuple(sorted(scope.components)),
                profile=scope.profile,
            )
        )
    return tuple(
        AccountRecord(
            signature=reference(row.key),
            number=row.number,
            name=row.name,
            address=row.address,
            issuer=row.issuer,
            subject=row.subject,
            active=row.active,
            invited_by=row.invited_by,
            invited_at=row.invited_at,
            removed_at=row.removed_at,
            roles=tuple(sorted(roles[row.id], key=lambda one: one.city or "")),
        )
        for row in connection.execute(select(_ACCOUNT).order_by(_ACCOUNT.c.number))
    )


def signers(connection: Connection, document: bytes) -> tuple[AccountRecord, ...]:
    """Give signature and name, and nothing else, of those who signed something in a document."""
    signed = signatures_in(document)
    rows = connection.execute(select(_ACCOUNT).order_by(_ACCOUNT.c.number))
    return tuple(
        AccountRecord(signature=reference(row.key), name=row.name, removed_at=row.removed_at)
        for row in rows
        if reference(row.key) in signed
    )


def assignments(connection: Connection, assessment_id: int) -> tuple[AssignmentRecord, ...]:
    """Give what was asked of people and departments in a year, in the order in which it was."""
    table = tables.assignment
    query = select(table, _ACCOUNT.c.key).outerjoin(_ACCOUNT, _ACCOUNT.c.id == table.c.account_id)
    return tuple(
        AssignmentRecord(
            work=row.work,
            account=reference(row.key) if row.key else None,
            department=row.department,
            due=row.due,
            note=row.note,
            person=row.person,
            time=row.time,
            ended_by=row.ended_by,
            ended_at=row.ended_at,
        )
        for row in connection.execute(query.where(table.c.assessment_id == assessment_id).order_by(table.c.id))
    )


def trail(connection: Connection) -> tuple[TraceRecord, ...]:
    """Give the audit trail, the oldest line first."""
    table, city, year = tables.trail, tables.city, tables.assessment
    who, about = _ACCOUNT.alias("who"), _ACCOUNT.alias("about")
    query = (
        select(table, who.c.key.label("who"), about.c.key.label("about"), city.c.name, year.c.year, year.c.edition)
        .outerjoin(who, who.c.id == table.c.account_id)
        .outerjoin(about, about.c.id == table.c.about_id)
        .outerjoin(city, city.c.id == table.c.city_id)
        .outerjoin(year, year.c.id == table.c.assessment_id)
        .order_by(table.c.time, table.c.id)
    )
    return tuple(
        TraceRecord(
            time=row.time,
            account=reference(row.who) if row.who else None,
            deed=Deed(row.deed),
            about=reference(row.about) if row.about else None,
            city=row.name,
            of=YearKey(year=row.year, edition=row.edition) if row.year else None,
            detail=row.detail,
        )
        for row in connection.execute(query)
    )

"""The audit trail: who did what to whom and where. It is only ever added to and holds no values and no names."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from cbi.store import tables
from cbi.store.records import City, Trace
from cbi.store.rights import Deed
from cbi.store.signatures import reference
from cbi.store.texts import one_line

_TRAIL = tables.trail
_WHO, _ABOUT = tables.account.alias("who"), tables.account.alias("about")


def note(
    connection: Connection,
    time: datetime,
    account_id: int | None,
    deed: Deed,
    *,
    about_id: int | None = None,
    city_id: int | None = None,
    assessment_id: int | None = None,
    detail: str = "",
) -> None:
    """Add a line. Of an assessment the city is found here."""
    if assessment_id is not None:
        mine = select(tables.assessment.c.city_id).where(tables.assessment.c.id == assessment_id)
        city_id = connection.execute(mine).scalar()
    values: dict[str, Any] = {"time": time, "account_id": account_id, "deed": deed.value, "about_id": about_id}
    values |= {"city_id": city_id, "assessment_id": assessment_id, "detail": one_line(detail, 300)}
    connection.execute(insert(_TRAIL).values(**values))


def lines(connection: Connection, city_id: int | None = None) -> tuple[Trace, ...]:
    """Give the lines of a city, or (None) of the whole server, the oldest first."""
    city, year = tables.city, tables.assessment
    query = (
        select(
            _TRAIL,
            _WHO.c.key.label("who"),
            _WHO.c.number,
            _ABOUT.c.key.label("about"),
            _ABOUT.c.number.label("about_number"),
            city.c.name.label("city"),
            year.c.year,
            year.c.edition,
        )
        .outerjoin(_WHO, _WHO.c.id == _TRAIL.c.account_id)
        .outerjoin(_ABOUT, _ABOUT.c.id == _TRAIL.c.about_id)
        .outerjoin(city, city.c.id == _TRAIL.c.city_id)
        .outerjoin(year, year.c.id == _TRAIL.c.assessment_id)
        .order_by(_TRAIL.c.time, _TRAIL.c.id)
    )
    if city_id is not None:
        query = query.where(_TRAIL.c.city_id == city_id)
    return tuple(
        Trace(
            time=row.time,
            number=row.number or 0,
            person=reference(row.who) if row.who else "",
            deed=Deed(row.deed),
            about=row.about_number or 0,
            about_person=reference(row.about) if row.about else "",
            city=City(row.city_id, row.city) if row.city_id else None,
            year=row.year,
            edition=row.edition or "",
            detail=row.detail,
        )
        for row in connection.execute(query)
    )

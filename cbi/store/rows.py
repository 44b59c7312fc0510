"""The few steps over rows that every part of the store takes."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, Row, Table, insert, select
from sqlalchemy.exc import IntegrityError

from cbi.i18n import mark, say
from cbi.store import tables
from cbi.store.errors import ClosedError, NoNameError, NotAllowedError, NotFoundError
from cbi.store.records import State
from cbi.store.signatures import key_of
from cbi.store.texts import one_line

LONGEST_NAME = 200
"""Signs of a name of a city or a person, as the tables hold them."""


@dataclass(frozen=True, slots=True)
class By:
    """Who does something, and when (UTC)."""

    person: str
    time: datetime


def by(person: str, time: datetime) -> By:
    """Say who does something; raises :class:`NoNameError` without a name, for it is never invented.

    What looks like the signature of an account is no name: nobody signs as another one by typing it.
    """
    name = one_line(person)
    if not name or key_of(name):
        raise NoNameError
    check_length(name)
    return By(name, time)


def check_length(name: str) -> None:
    """Raise :class:`NotAllowedError` for a name that is longer than a name; it is never cut without a word."""
    if len(name) > LONGEST_NAME:
        raise NotAllowedError(
            say(
                "“{name}…” is too long for a name: it has {count} signs, and {most} are the most. Shorten it.",
                name=name[:40],
                count=len(name),
                most=LONGEST_NAME,
            )
        )


def utc_now() -> datetime:
    """Give the time of this moment in UTC."""
    return datetime.now(UTC)


def insert_new(connection: Connection, table: Table, values: Mapping[str, Any]) -> Any:
    """Insert a row and give its first key; None if another row is in its way, and then the transaction goes on."""
    spared = connection.dialect.name == "sqlite"  # there a row that fails leaves the transaction as it was
    try:
        with nullcontext() if spared else connection.begin_nested():
            key = connection.execute(insert(table).values(**values)).inserted_primary_key
            return key[0] if key else None
    except IntegrityError:
        return None


_LOCKED_BASELINE = mark(
    "{city} {year} is locked as baseline and takes no change. To correct it, the year is reopened with a reason on the "
    "page “Start”; then submitted and locked again."
)
_LOCKED = mark(
    "{city} {year} is locked and takes no change. To correct it, the year is reopened with a reason on the page "
    "“Start”; then submitted again."
)


def open_assessment(connection: Connection, assessment_id: int) -> Row[Any]:
    """Give an assessment that takes changes, and keep it from being closed until the transaction ends.

    Raises :class:`NotFoundError`, and :class:`ClosedError` with how to reopen it.
    """
    row = assessment_row(connection, assessment_id, shared_lock=True)
    if row.state == State.LOCKED:
        is_baseline = row.id == row.baseline  # another year may have become it since
        sentence = _LOCKED_BASELINE if is_baseline else _LOCKED
        raise ClosedError(say(sentence, city=row.city, year=row.year))
    if row.state == State.SUBMITTED:
        raise ClosedError(
            say(
                "{city} {year} is submitted and takes no change. To correct it, the year is reopened with a reason on "
                "the page “Start”; then submitted again.",
                city=row.city,
                year=row.year,
            )
        )
    return row


def assessment_row(connection: Connection, assessment_id: int, *, shared_lock: bool = False) -> Row[Any]:
    """Give an assessment with the name of its city; raises :class:`NotFoundError`.

    With ``shared_lock`` its state stays as it is until the transaction ends.
    """
    query = (
        select(
            tables.assessment,
            tables.city.c.name.label("city"),
            tables.baseline.c.assessment_id.label("baseline"),
        )
        .join(tables.city, tables.city.c.id == tables.assessment.c.city_id)
        .outerjoin(tables.baseline, tables.baseline.c.city_id == tables.assessment.c.city_id)
        .where(tables.assessment.c.id == assessment_id)
    )
    if shared_lock:
        query = query.with_for_update(read=True, of=tables.assessment)
    row = connection.execute(query).one_or_none()
    if row is None:
        raise NotFoundError(say("There is no assessment {id} in the store. Go back to the list.", id=assessment_id))
    return row

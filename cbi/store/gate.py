"""The one way from the services to the database: it asks who acts and whether they may, each time anew.

A service says which right it takes and where; its work is run in the transaction in which that was looked up, so
that a changed role and a person who was switched off count at once. Names are put in the place of signatures on
the way out, and what the audit trail keeps is written into it on the way in.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal, TypeVar, get_args

from sqlalchemy import BindParameter, Connection, Integer, Row, Select, bindparam, select

from cbi.i18n import Listing, Sentence, listed, say
from cbi.store import tables, trail
from cbi.store.database import Database
from cbi.store.errors import NotPermittedError, StoreError
from cbi.store.members import scope_from
from cbi.store.rights import (
    EVERYTHING,
    LEAST,
    OF_THE_SERVER,
    RIGHTS,
    ROLES,
    WRITTEN_DOWN,
    Deed,
    Granted,
    Member,
    Right,
    Role,
)
from cbi.store.rows import By, by
from cbi.store.signatures import Signer, labels, named, reference, references_in

T = TypeVar("T")

Kind = Literal["server", "city", "year", "source", "attachment", "assignment"]
NO_CITY = 0
"""Stands for the city of something that is not there: only who is somebody on the whole server gets that far."""


@dataclass(frozen=True, slots=True)
class Where:
    """What a service is about: the whole server, a city, or something of a city, by its id."""

    kind: Kind = "server"
    id: int = 0


SERVER = Where()


def in_city(city_id: int) -> Where:
    """Speak of a city."""
    return Where("city", city_id)


def in_year(assessment_id: int) -> Where:
    """Speak of the city of an assessment."""
    return Where("year", assessment_id)


def at_source(source_id: int) -> Where:
    """Speak of the city of a source."""
    return Where("source", source_id)


def at_attachment(attachment_id: int) -> Where:
    """Speak of the city of a file beside a source."""
    return Where("attachment", attachment_id)


def at_assignment(assignment_id: int) -> Where:
    """Speak of the city of an assignment."""
    return Where("assignment", assignment_id)


def _asking(kind: Kind) -> Select[Any]:
    """Ask for an account, its roles, and the city that something belongs to, all in one."""
    account, membership = tables.account.c, tables.membership.c
    query = select(
        account.id, account.active, account.signed_out_at, membership.role, membership.city_id, membership.scope
    )
    joined = tables.account.outerjoin(tables.membership, membership.account_id == account.id)
    wanted: BindParameter[int] = bindparam("wanted", type_=Integer)
    if kind == "year":
        joined = joined.outerjoin(tables.assessment, tables.assessment.c.id == wanted)
        query = query.add_columns(tables.assessment.c.city_id.label("here"), tables.assessment.c.edition)
    elif kind == "source":
        joined = joined.outerjoin(tables.source, tables.source.c.id == wanted)
        query = query.add_columns(tables.source.c.city_id.label("here"))
    elif kind == "attachment":
        of_file = tables.attachment.join(tables.source, tables.source.c.id == tables.attachment.c.source_id)
        joined = joined.outerjoin(of_file, tables.attachment.c.id == wanted)
        query = query.add_columns(tables.source.c.city_id.label("here"))
    elif kind == "assignment":
        of_work = tables.assignment.join(tables.assessment, tables.assessment.c.id == tables.assignment.c.assessment_id)
        joined = joined.outerjoin(of_work, tables.assignment.c.id == wanted)
        query = query.add_columns(tables.assessment.c.city_id.label("here"))
    return query.select_from(joined).where(account.key == bindparam("key"))


_KINDS: tuple[Kind, ...] = get_args(Kind)
_READING = {kind: _asking(kind) for kind in _KINDS}  # made once: to put a query together takes longer than to run it
_WRITING = {kind: query.with_for_update(read=True, of=tables.account) for kind, query in _READING.items()}


@dataclass(slots=True)
class Visit:
    """One call of a service while its transaction is open: who acts, what they may, and what is written down of it."""

    connection: Connection
    granted: Granted
    language: str
    account_id: int | None = None
    key: str | None = None
    city_id: int | None = None
    edition: str | None = None
    by: By | None = None
    detail: str = ""
    is_written: bool = field(default=False)

    @property
    def who(self) -> By:
        """Who changes something, and when; only of a call that writes."""
        assert self.by is not None, "this call only reads"
        return self.by

    def require(self, right: Right, city_id: int | None = None, places: Iterable[str] = ()) -> None:
        """Raise :class:`NotPermittedError` unless they have a right in a city, or (None) on the whole server."""
        if not self.granted.may(right, city_id, places, self.edition):
            raise self.refusal(right, city_id)

    def refusal(self, right: Right, city_id: int | None) -> NotPermittedError:
        """Say what was wanted, which role it takes, and who can give it."""
        sees = self.granted.may(Right.SEE, city_id)
        mine = self.granted.role_in(city_id)
        facts = {
            "what": RIGHTS[right],
            "role": ROLES[LEAST.get(right, Role.VIEWER)],
            "mine": ROLES[mine] if mine and sees else say("none"),
            "people": self._administrators(None if right in OF_THE_SERVER or not sees else city_id),
        }
        if mine is Role.CONTRIBUTOR and LEAST.get(right) is Role.CONTRIBUTOR:
            return NotPermittedError(
                say("You may not {what}: it is not among those given to you. Ask {people} to give it to you.", **facts)
            )
        if right in OF_THE_SERVER or city_id is None:
            return NotPermittedError(
                say(
                    "You may not {what}. It takes the role “{role}” for the whole server; yours is: {mine}. Ask "
                    "{people} to give it to you.",
                    **facts,
                )
            )
        return NotPermittedError(
            say(
                "You may not {what}. It takes the role “{role}”; yours is: {mine}. Ask {people} to give it to you.",
                **facts,
            )
        )

    def administrators(self, city_id: int | None) -> tuple[str, ...]:
        """Name who can give a right: the administrators of a city and those of the whole server."""
        account, member = tables.account, tables.membership
        query = select(account.c.key).join(member, member.c.account_id == account.c.id)
        query = query.where(account.c.active, member.c.role == Role.ADMINISTRATOR.value)
        ours = member.c.city_id.is_(None)
        rows = self.connection.execute(query.where(ours | (member.c.city_id == city_id)).order_by(account.c.id))
        return self.named(tuple(dict.fromkeys(reference(row.key) for row in rows)))

    def _administrators(self, city_id: int | None) -> Listing | Sentence:
        found = self.administrators(city_id)
        return listed(found) if found else say("whoever runs the server")

    def write_down(
        self,
        deed: Deed,
        *,
        city_id: int | None = None,
        about_id: int | None = None,
        detail: str = "",
        year: int | None = None,
    ) -> None:
        """Add a line to the audit trail in place of the usual one."""
        self.is_written = True
        trail.note(
            self.connection,
            self.who.time,
            self.account_id,
            deed,
            about_id=about_id,
            city_id=city_id,
            assessment_id=year,
            detail=detail,
        )

    def named(self, value: T) -> T:
        """Put names in the place of signatures in anything that is handed out."""
        if not any(references_in(value)):
            return value
        manages = self.granted.may_somewhere(Right.PEOPLE)
        return named(value, names(self.connection, self.language, with_addresses=manages, own=self.key))


def names(
    connection: Connection, language: str, *, with_addresses: bool = True, own: str | None = None
) -> dict[str, str]:
    """Give what stands for each signature, as :func:`cbi.store.signatures.labels` words it for a reader."""
    account = tables.account.c
    rows = connection.execute(select(account.key, account.number, account.name, account.address))
    signers = (Signer(row.key, row.number, row.name, row.address) for row in rows)
    return labels(signers, language, with_addresses=with_addresses, own=own)


def is_over(signed_out_at: datetime | None, since: datetime) -> bool:
    """Tell whether a person has signed out since a sign-in began.

    The sign-in tells its beginning in whole seconds: of one in the very second of signing out it is not known which
    came first, and it holds.
    """
    return signed_out_at is not None and since < signed_out_at.replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class Guest:
    """A person who signed in: the key of their account, and from when until when the sign-in holds, if it ends."""

    key: str
    since: datetime | None = None
    until: datetime | None = None


class Gate:
    """Opens transactions for one guest, or (None) for whoever sits at the machine, who may do everything."""

    def __init__(self, database: Database, clock: Callable[[], datetime], guest: Guest | None, language: str) -> None:
        self.database = database
        self.clock = clock
        self.guest = guest
        self.key = guest.key if guest else None
        self.language = language

    def read(self, right: Right, where: Where, work: Callable[[Visit], T]) -> T:
        """Look something up, if the person has the right there."""
        try:
            with self.database.reading() as connection:
                visit = self._let_in(connection, right, where, (), None)
                return visit.named(work(visit))
        except StoreError as error:
            raise self._told(error) from error.__cause__

    def write(
        self, right: Right, where: Where, person: str, work: Callable[[Visit], T], places: Iterable[str] = ()
    ) -> T:
        """Change something, if the person has the right there, and write down what the audit trail keeps.

        ``person`` is the name that was said; who signs in is known. ``places`` are those that are changed.
        """
        who = by(person, self.clock()) if self.key is None else By(reference(self.key), self.clock())
        try:
            with self.database.writing() as connection:
                visit = self._let_in(connection, right, where, places, who)
                found = work(visit)
                if right in WRITTEN_DOWN and not visit.is_written:
                    year = where.id if where.kind == "year" else None
                    visit.write_down(WRITTEN_DOWN[right], city_id=visit.city_id or None, detail=visit.detail, year=year)
                return visit.named(found)
        except StoreError as error:
            raise self._told(error) from error.__cause__

    def _let_in(
        self, connection: Connection, right: Right, where: Where, places: Iterable[str], who: By | None
    ) -> Visit:
        city_id = where.id if where.kind == "city" else None
        if self.guest is None:
            return Visit(connection, EVERYTHING, self.language, city_id=city_id, by=who)
        query = (_WRITING if who else _READING)[where.kind]
        asked: dict[str, Any] = {"key": self.guest.key, "wanted": where.id}
        if where.kind in ("server", "city"):
            del asked["wanted"]
        found = connection.execute(query, asked).all()
        visit = Visit(connection, Granted(), self.language, by=who, key=self.key)
        if not found or not found[0].active:
            raise NotPermittedError(
                say(
                    "You may not work here any more: your access was switched off. Ask {people} to switch it on again.",
                    people=visit._administrators(None),
                )
            )
        self._check_sign_in(self.guest, found[0].signed_out_at)
        visit.account_id = found[0].id
        visit.granted = Granted(tuple(_member(row) for row in found if row.role is not None))
        if where.kind not in ("server", "city"):
            city_id = found[0].here or NO_CITY
        visit.city_id = city_id
        visit.edition = found[0].edition if where.kind == "year" else None
        visit.require(right, city_id, places)
        return visit

    def _check_sign_in(self, guest: Guest, signed_out_at: datetime | None) -> None:
        """Raise :class:`NotPermittedError` if a sign-in is over: its time is up, or the person signed out."""
        if guest.until is not None and self.clock() >= guest.until:
            raise NotPermittedError(say("Your sign-in has run out. Sign in again; everything that was saved is there."))
        if guest.since is not None and is_over(signed_out_at, guest.since):
            raise NotPermittedError(say("You have signed out. Sign in again to go on."))

    def _told(self, error: StoreError) -> StoreError:
        """Put names in the place of signatures in what an error says and holds."""
        held = vars(error)
        if any(references_in(tuple(held.values()))):
            with self.database.reading() as connection:
                known = names(connection, self.language)
            for name, value in list(held.items()):
                setattr(error, name, named(value, known))
            error.args = (error.sentence.text(),)
        return error


def _member(row: Row[Any]) -> Member:
    return Member(Role(row.role), row.city_id, scope_from(row.scope))

"""What a server for several people keeps of them: ``store.people``, ``store.trail`` and ``store.assignments``."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from datetime import date

from cbi.store import accounts, assignments, trail
from cbi.store.assignments import Asked
from cbi.store.errors import ReadOnlyError
from cbi.store.gate import SERVER, Gate, Visit, Where, at_assignment, in_city, in_year
from cbi.store.records import Account, Assignment, Lacking, Trace
from cbi.store.rights import Deed, Member, Right, Role, Scope

NOBODY = Scope()


def _place(city_id: int | None) -> Where:
    return SERVER if city_id is None else in_city(city_id)


class People:
    """Who signs in and what they may do. ``city_id`` None speaks of the whole server."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def of(self, city_id: int | None = None) -> tuple[Account, ...]:
        """List the people of a city and those of the whole server, or (without a city) all there ever were."""
        cities = None if city_id is None else frozenset({city_id})
        return self._gate.read(Right.PEOPLE, _place(city_id), lambda visit: accounts.listed(visit.connection, cities))

    def governed(self, city_id: int | None = None) -> frozenset[str]:
        """List by key whom whoever acts may switch off and forget, of the people that :meth:`of` lists.

        It takes to be administrator wherever the person has a role.
        """
        cities = None if city_id is None else frozenset({city_id})
        return self._gate.read(Right.PEOPLE, _place(city_id), lambda visit: accounts.governed(visit, cities))

    def colleagues(self, city_id: int) -> tuple[tuple[str, str], ...]:
        """List who can be asked to do something in a city: key and name, by name."""

        def find(visit: Visit) -> tuple[tuple[str, str], ...]:
            found = accounts.listed(visit.connection, frozenset({city_id}))
            return tuple((one.key, one.label) for one in found if one.active)

        found = self._gate.read(Right.ASSIGN, in_city(city_id), find)
        return tuple(sorted(found, key=lambda one: one[1].casefold()))

    def me(self) -> Account | None:
        """Give the account of whoever acts; None for whoever sits at the machine."""

        def find(visit: Visit) -> Account | None:
            return accounts.one(visit.connection, self._gate.key) if self._gate.key else None

        return self._gate.read(Right.OWN, SERVER, find)

    def invite(
        self,
        address: str,
        name: str,
        role: Role,
        city_id: int | None = None,
        scope: Scope = NOBODY,
        *,
        person: str = "",
    ) -> Account:
        """Invite a person by their address, with a role; a known one gets a role in another city.

        Raises :class:`NotAllowedError` for what is no address, for a contributor without a scope, and for a person
        who has a role there already.
        """
        member = Member(role, city_id, scope)
        return self._gate.write(
            Right.PEOPLE, _place(city_id), person, lambda visit: accounts.invite(visit, address, name, member)
        )

    def give_role(
        self, key: str, role: Role, city_id: int | None = None, scope: Scope = NOBODY, *, person: str = ""
    ) -> Account:
        """Give a person another role; it counts at once, also on pages that are open.

        Raises :class:`NotAllowedError` for the last administrator of the server, :class:`NotFoundError`.
        """
        member = Member(role, city_id, scope)
        return self._gate.write(
            Right.PEOPLE, _place(city_id), person, lambda visit: accounts.give_role(visit, key, member)
        )

    def take_role(self, key: str, city_id: int | None = None, *, person: str = "") -> Account:
        """Take a person's role away. Raises as :meth:`give_role`."""
        return self._gate.write(
            Right.PEOPLE, _place(city_id), person, lambda visit: accounts.take_role(visit, key, city_id)
        )

    def switch_off(self, key: str, *, person: str = "") -> Account:
        """Let a person do nothing any more, at once and in all cities; who asks must be administrator in all of them.

        Raises :class:`NotAllowedError` for the last administrator of the server.
        """
        return self._gate.write(Right.OWN, SERVER, person, lambda visit: accounts.switch(visit, key, on=False))

    def switch_on(self, key: str, *, person: str = "") -> Account:
        """Let a person who was switched off work again."""
        return self._gate.write(Right.OWN, SERVER, person, lambda visit: accounts.switch(visit, key, on=True))

    def forget(self, key: str, *, person: str = "") -> Account:
        """Remove a person's name and address for good; the history stays and shows “a former colleague (no. 7)”.

        Raises as :meth:`switch_off`.
        """
        return self._gate.write(Right.OWN, SERVER, person, lambda visit: accounts.forget(visit, key))

    def first(self, address: str, name: str = "", *, force: bool = False) -> Account:
        """Name the first administrator of the server; only at the machine, and while there is none or by force."""
        return self._gate.write(
            Right.OWN, SERVER, "machine", lambda visit: accounts.first(visit, address, name, force=force)
        )


class Trail:
    """The audit trail: sign-ins, roles, locks, imports, exports."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def of(self, city_id: int | None = None) -> tuple[Trace, ...]:
        """Give the lines of a city, or (without one) all of the server, the oldest first."""
        return self._gate.read(Right.READ_TRAIL, _place(city_id), lambda visit: trail.lines(visit.connection, city_id))

    def exported(self, city_id: int, what: str) -> None:
        """Write down that something of a city was taken away; ``what`` is its kind: document, report, table, workbook.

        A store that may only be read keeps no trail; then nothing is written.
        """

        def note(visit: Visit) -> None:
            visit.detail = what

        with suppress(ReadOnlyError):
            self._gate.write(Right.EXPORT, in_city(city_id), "machine", note)

    def taken(self) -> None:
        """Write down that the trail of the whole server was taken away."""

        def note(visit: Visit) -> None:
            visit.write_down(Deed.EXPORTED, detail="audit trail")

        with suppress(ReadOnlyError):
            self._gate.write(Right.READ_TRAIL, SERVER, "machine", note)

    def profile_kept(self, city_id: int) -> None:
        """Write down that a CitiesWithNature profile was brought in and kept with a city."""
        self._gate.write(
            Right.KEEP_PROFILE,
            in_city(city_id),
            "machine",
            lambda visit: visit.write_down(Deed.IMPORTED, city_id=city_id, detail="profile"),
        )


class Assignments:
    """Who is asked to do what, until when; whether it is done is seen from the answers."""

    def __init__(self, gate: Gate) -> None:
        self._gate = gate

    def of_city(self, city_id: int) -> tuple[Assignment, ...]:
        """List what is asked of whom in a city, done or not, the earliest due date first."""
        return self._gate.read(
            Right.SEE, in_city(city_id), lambda visit: assignments.of_city(visit.connection, city_id)
        )

    def mine(self) -> tuple[Assignment, ...]:
        """List what is asked of whoever acts, in all cities that they see; nothing at the machine itself."""

        def find(visit: Visit) -> tuple[Assignment, ...]:
            if visit.account_id is None:
                return ()
            return assignments.of_account(visit.connection, visit.account_id, visit.granted.cities())

        return self._gate.read(Right.OWN, SERVER, find)

    def assign(
        self,
        assessment_id: int,
        work: str,
        *,
        key: str = "",
        department: str = "",
        due: date | None = None,
        note: str = "",
        person: str,
    ) -> Assignment:
        """Ask a person (``key``) or a department to answer an indicator, a component or the ``profile`` of a year.

        Raises :class:`NotAllowedError` for work that the edition does not know, and without exactly one of the two.
        """
        asked = Asked(work, key, department, due, note)
        return self._gate.write(
            Right.ASSIGN, in_year(assessment_id), person, lambda visit: assignments.assign(visit, assessment_id, asked)
        )

    def lacking(self, assessment_id: int, works: Iterable[str], key: str) -> Lacking:
        """Tell what of some work in a year a person may not answer, and who can give them the right."""
        wanted = tuple(works)
        return self._gate.read(
            Right.ASSIGN,
            in_year(assessment_id),
            lambda visit: assignments.lacking(visit, assessment_id, wanted, key),
        )

    def change(self, assignment_id: int, *, due: date | None, note: str, seen: Assignment, person: str) -> Assignment:
        """Give an assignment another due date and another note; ``seen`` is the assignment that the person saw.

        Raises :class:`OutdatedError` if somebody changed it meanwhile.
        """
        return self._gate.write(
            Right.ASSIGN,
            at_assignment(assignment_id),
            person,
            lambda visit: assignments.change(visit, assignment_id, due, note, seen),
        )

    def take_back(self, assignment_id: int, *, person: str) -> Assignment:
        """Take an assignment back; it stays in the audit trail."""
        return self._gate.write(
            Right.ASSIGN,
            at_assignment(assignment_id),
            person,
            lambda visit: assignments.take_back(visit, assignment_id),
        )

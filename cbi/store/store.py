"""The store: every step of a city's assessments as one call, each a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from cbi.store import correcting, files, history, migrating, papers, signing_in, sources, years
from cbi.store.administration import Assignments, People, Trail
from cbi.store.beside import Papers, Sources
from cbi.store.contents import Content
from cbi.store.database import Database, address
from cbi.store.gate import SERVER, Gate, Guest, Visit, in_city, in_year
from cbi.store.records import Account, Changes, City, CityHistory, Event, Head, LastTime, Line, Mark, Saved, Stored
from cbi.store.rights import Granted, Right
from cbi.store.rows import utc_now
from cbi.store.signatures import reference
from cbi.store.signing_in import Claims
from cbi.store.texts import free_text

Clock = Callable[[], datetime]


def open_store(
    url: str | None = None,
    *,
    clock: Clock = utc_now,
    migrations: Path = migrating.MIGRATIONS,
    language: str = "en",
    called: str = "",
) -> Store:
    """Open the store, and create it on first start.

    ``url`` is any address that SQLAlchemy knows; by default that of ``CBI_DATABASE``, else the file
    ``data/cbi.sqlite3``. ``called`` is what messages call the database, by default its file or address. Raises a
    :class:`cbi.store.errors.DatabaseError` whose sentence says what to do.
    """
    database = Database(address(url), called)
    try:
        migrating.bring_up_to_date(database, migrations)
        database.remember_identity()
    except BaseException:
        database.close()
        raise
    return Store(database, clock, language=language)


class Store:
    """Cities, their years and the history of every place. One object serves all threads of a process.

    As it is opened it does everything for whoever sits at the machine; every change takes ``person``, the name of
    who makes it, and raises :class:`cbi.store.errors.NoNameError` without one. What :meth:`acting` gives does for
    one person who signed in what their roles allow, signs with their account whatever ``person`` says, and else
    raises :class:`cbi.store.errors.NotPermittedError`.

    ``language`` is that of the few words which stand where a name was removed. Every call may raise a
    :class:`cbi.store.errors.DatabaseError`; nothing is half done then.
    """

    def __init__(self, database: Database, clock: Clock, *, guest: Guest | None = None, language: str = "en") -> None:
        self.database = database
        self.clock = clock
        self.gate = Gate(database, clock, guest, language)
        self.sources = Sources(self.gate)
        self.papers = Papers(self.gate)
        self.people = People(self.gate)
        self.trail = Trail(self.gate)
        self.assignments = Assignments(self.gate)

    # Who acts

    def sign_in(
        self, issuer: str, subject: str, address: str, name: str, address_verified: bool, since: datetime | None = None
    ) -> Account:
        """Let in a person of whom an identity provider says this, and link them at the first time to their invitation.

        ``since`` is when their sign-in began, by default now. Raises
        :class:`cbi.store.errors.SignInRefusedError` with a sentence for the person. Both are written into the audit
        trail, a sign-in once however many pages it opens.
        """
        claims = Claims(issuer, subject, address, name, address_verified, since or self.clock())
        found = self.gate.write(Right.OWN, SERVER, "machine", lambda visit: signing_in.sign_in(visit, claims))
        if isinstance(found, Account):
            return found
        raise found

    def sign_out(self) -> None:
        """End every sign-in of whoever acts, in all browsers, also of pages that are open."""
        self.gate.write(Right.OWN, SERVER, "machine", signing_in.sign_out)

    def acting(
        self,
        account: Account | str,
        language: str = "en",
        *,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> Store:
        """Give the same store for a person who signed in: an account, or its key. It costs nothing to make.

        ``since`` and ``until`` are from when until when their sign-in holds; every call after it is refused.
        """
        key = account if isinstance(account, str) else account.key
        return Store(self.database, self.clock, guest=Guest(key, since, until), language=language)

    @property
    def signature(self) -> str | None:
        """What history is signed with by whoever acts; None where nobody signed in."""
        return reference(self.gate.key) if self.gate.key else None

    def granted(self) -> Granted:
        """Give all roles of whoever acts, so that pages offer only what they may do."""
        return self.gate.read(Right.OWN, SERVER, lambda visit: visit.granted)

    def reconnect(self) -> None:
        """Reach for the same database again, after trouble, with fresh connections.

        It is never made anew: raises :class:`cbi.store.errors.MissingError` while its file is away or another
        one is in its place, so that nothing is saved into a store that the person did not see.
        """
        self.database.check_identity()
        self.database.close()
        with self.database.reading():
            pass

    def close(self) -> None:
        """Give every connection back; the store cannot be used any more."""
        self.database.close()

    # Cities and years

    def cities(self) -> tuple[City, ...]:
        """List the cities by name: those that whoever acts may see."""

        def find(visit: Visit) -> tuple[City, ...]:
            seen = visit.granted.cities()
            return tuple(one for one in years.cities(visit.connection) if seen is None or one.id in seen)

        return self.gate.read(Right.OWN, SERVER, find)

    def find_city(self, name: str) -> City | None:
        """Find a city by its name; None if the store has none of that name, or none that may be seen."""

        def find(visit: Visit) -> City | None:
            found, seen = years.find_city(visit.connection, name), visit.granted.cities()
            return found if found and (seen is None or found.id in seen) else None

        return self.gate.read(Right.OWN, SERVER, find)

    def add_city(self, name: str, *, person: str) -> City:
        """Add a city. Raises :class:`NotAllowedError` without a name or with one that is taken."""

        def add(visit: Visit) -> City:
            added = years.add_city(visit.connection, name, visit.who)
            visit.city_id = added.id
            return added

        return self.gate.write(Right.ADD_CITY, SERVER, person, add)

    def rename_city(self, city_id: int, name: str, *, person: str) -> City:
        """Give a city another name; the old one stays in its events."""
        return self.gate.write(
            Right.RENAME_CITY,
            in_city(city_id),
            person,
            lambda visit: years.rename_city(visit.connection, city_id, name, visit.who),
        )

    def heads(self, city_id: int) -> tuple[Head, ...]:
        """List the assessments of a city, the earliest first, without opening them."""
        return self.gate.read(Right.SEE, in_city(city_id), lambda visit: years.heads(visit.connection, city_id))

    def start_year(
        self, city_id: int, year: int, edition: str = "2021", *, person: str, from_id: int | None = None
    ) -> Head:
        """Start an assessment, as a new page or from an earlier one of the same city (``from_id``).

        Started from an earlier one, its profile is carried over and stays marked until it is confirmed; its
        answers only stand beside (:meth:`last_time`). The first year of a city is its baseline. Raises
        :class:`NotAllowedError` if the city has this year under this edition already.
        """
        return self.gate.write(
            Right.START_YEAR,
            in_city(city_id),
            person,
            lambda visit: years.start_year(visit.connection, city_id, year, edition, visit.who, from_id),
        )

    def correct_year(self, assessment_id: int, year: int, edition: str, *, person: str) -> Head:
        """Give an open assessment another year or, while no indicator is answered, another edition.

        Raises :class:`ClosedError`, :class:`NotAllowedError` for a year that is none or is there already.
        """
        return self.gate.write(
            Right.CORRECT_YEAR,
            in_year(assessment_id),
            person,
            lambda visit: correcting.correct_year(visit.connection, assessment_id, year, edition, visit.who),
        )

    def assessment(self, assessment_id: int) -> Stored:
        """Open an assessment as it stands, with the version of every place and what is only carried over."""
        return self.gate.read(
            Right.SEE, in_year(assessment_id), lambda visit: years.assessment(visit.connection, assessment_id)
        )

    def history_of(self, city_id: int) -> CityHistory:
        """Give all years of a city and its baseline year, as ``score_years`` and ``compare`` take them."""
        return self.gate.read(Right.SEE, in_city(city_id), lambda visit: years.city_history(visit.connection, city_id))

    def mark(self, city_id: int) -> Mark:
        """Give a mark that changes with every change in a city, so that nobody reads anew what stayed as it was."""
        return self.gate.read(Right.SEE, in_city(city_id), lambda visit: years.mark(visit.connection, city_id))

    def latest(self) -> int | None:
        """Give the assessment that was changed or started last, to go on with; None where there is none."""
        return self.gate.read(Right.OWN, SERVER, lambda visit: years.latest(visit.connection, visit.granted.cities()))

    # Saving

    def save(
        self,
        assessment_id: int,
        place: str,
        content: Content | None,
        *,
        based_on: int,
        person: str,
        reason: str = "",
    ) -> Saved:
        """Save one place: a figure of the profile (``profile.city_area``) or an indicator's whole answer.

        ``content`` None clears it. ``based_on`` is the version that the person saw (0: nothing yet). When
        this returns, the change is on the disk; the same content again adds nothing. Raises
        :class:`ConflictError` with both values if another person saved meanwhile, and :class:`ClosedError`
        for a submitted or locked year.
        """
        return self.gate.write(
            Right.ANSWER,
            in_year(assessment_id),
            person,
            lambda visit: history.save(
                visit.connection, assessment_id, place, content, based_on, visit.who, free_text(reason)
            ),
            places=[place],
        )

    def last_time(self, assessment_id: int) -> LastTime | None:
        """Give last time's answers to show beside the fields; None in a city's first year."""
        return self.gate.read(
            Right.SEE, in_year(assessment_id), lambda visit: years.last_time(visit.connection, assessment_id)
        )

    def confirm(self, assessment_id: int, places: Iterable[str] | None = None, *, person: str) -> tuple[str, ...]:
        """Confirm that last time's values still hold: those of ``places``, or all that wait.

        A carried value loses its mark, an empty place takes last time's answer, what was typed this year
        stays. Of all that wait, a contributor confirms what was given to them. Returns the places that were
        confirmed. Raises :class:`ClosedError`.
        """
        wanted = None if places is None else list(places)

        def step(visit: Visit) -> tuple[str, ...]:
            def may(place: str) -> bool:
                return visit.granted.may(Right.CONFIRM, visit.city_id, [place], visit.edition)

            return years.confirm(visit.connection, assessment_id, wanted, visit.who, may)

        return self.gate.write(Right.CONFIRM, in_year(assessment_id), person, step, places=wanted or ())

    def hold(self, assessment_id: int, place: str, *, based_on: int, person: str) -> Saved:
        """Confirm that the sources of a place hold for the figures there, though they were given for others.

        ``based_on`` is the version that the person saw. Raises as :meth:`save`.
        """
        return self.gate.write(
            Right.ANSWER,
            in_year(assessment_id),
            person,
            lambda visit: history.hold(visit.connection, assessment_id, place, based_on, visit.who),
            places=[place],
        )

    # Looking and going back

    def history(self, assessment_id: int, place: str) -> tuple[Line, ...]:
        """Give the history of one place, the oldest line first."""
        return self.gate.read(
            Right.SEE, in_year(assessment_id), lambda visit: history.lines_of(visit.connection, assessment_id, place)
        )

    def restore(
        self, assessment_id: int, place: str, version: int, *, based_on: int, person: str, reason: str = ""
    ) -> Saved:
        """Put an earlier version of a place in force again, as a new version. Raises as :meth:`save`."""
        return self.gate.write(
            Right.GO_BACK,
            in_year(assessment_id),
            person,
            lambda visit: history.restore(
                visit.connection, assessment_id, place, version, based_on, visit.who, free_text(reason)
            ),
            places=[place],
        )

    def last_change(self, assessment_id: int) -> tuple[Line, ...]:
        """Give the change that :meth:`undo` would undo; empty if there is none.

        It is one line of history, or all lines of a confirmation or an import: what came together is undone together.
        """
        return self.gate.read(
            Right.SEE, in_year(assessment_id), lambda visit: history.undoable(visit.connection, assessment_id)
        )

    def undo(self, assessment_id: int, seen: Sequence[Line], *, person: str) -> tuple[Line, ...]:
        """Undo the last change of an assessment; again, the one before it.

        ``seen`` is the change that the person saw (:meth:`last_change`). Returns the new lines of history. Raises
        :class:`OutdatedError` if there is a newer change by now, and :class:`ClosedError`.
        """
        return self.gate.write(
            Right.GO_BACK,
            in_year(assessment_id),
            person,
            lambda visit: history.undo(visit.connection, assessment_id, seen, visit.who),
            places=[line.place for line in seen],
        )

    def changes_between(self, city_id: int, start: datetime, end: datetime) -> Changes:
        """Tell what changed in a city from ``start`` up to ``end`` (moments with a time zone)."""
        return self.gate.read(
            Right.SEE,
            in_city(city_id),
            lambda visit: Changes(
                history.lines_between(visit.connection, city_id, start, end),
                years.events(visit.connection, city_id, start, end),
                papers.between(visit.connection, city_id, start, end),
                sources.between(visit.connection, city_id, start, end),
                files.between(visit.connection, city_id, start, end),
            ),
        )

    def events(self, city_id: int) -> tuple[Event, ...]:
        """List what happened to a city and its years as a whole, the oldest first."""
        return self.gate.read(Right.SEE, in_city(city_id), lambda visit: years.events(visit.connection, city_id))

    # States and the baseline

    def submit(self, assessment_id: int, *, person: str, reason: str = "") -> Head:
        """Hand an assessment in; it takes no change until it is reopened."""
        return self._step(Right.SUBMIT, years.submit, assessment_id, person, reason)

    def lock_as_baseline(self, assessment_id: int, *, person: str, reason: str = "") -> Head:
        """Lock a submitted assessment as the baseline of its city."""
        return self._step(Right.LOCK, years.lock_as_baseline, assessment_id, person, reason)

    def reopen(self, assessment_id: int, *, person: str, reason: str) -> Head:
        """Open a submitted or locked assessment again; raises :class:`NotAllowedError` without a reason."""
        return self._step(Right.REOPEN, years.reopen, assessment_id, person, reason)

    def set_baseline(self, assessment_id: int, *, person: str, reason: str = "") -> Head:
        """Choose the year that the city is compared with; any year may be it, and there is exactly one."""
        return self._step(Right.SET_BASELINE, years.set_baseline, assessment_id, person, reason)

    def _step(self, right: Right, step: Callable[..., None], assessment_id: int, person: str, reason: str) -> Head:
        def taken(visit: Visit) -> Head:
            step(visit.connection, assessment_id, visit.who, reason)
            return years.head(visit.connection, assessment_id)

        return self.gate.write(right, in_year(assessment_id), person, taken)

"""The store: every step of a city's assessments as one call, each a transaction of its own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path

from cbi.store import correcting, files, history, migrating, papers, sources, years
from cbi.store.beside import Papers, Sources
from cbi.store.contents import Content
from cbi.store.database import Database, address
from cbi.store.records import Changes, City, CityHistory, Event, Head, LastTime, Line, Mark, Saved, Stored
from cbi.store.rows import By, by, utc_now
from cbi.store.texts import free_text

Clock = Callable[[], datetime]


def open_store(url: str | None = None, *, clock: Clock = utc_now, migrations: Path = migrating.MIGRATIONS) -> Store:
    """Open the store, and create it on first start.

    ``url`` is any address that SQLAlchemy knows; by default that of ``CBI_DATABASE``, else the file
    ``data/cbi.sqlite3``. Raises a :class:`cbi.store.errors.DatabaseError` whose sentence says what to do.
    """
    database = Database(address(url))
    try:
        migrating.bring_up_to_date(database, migrations)
        database.remember_identity()
    except BaseException:
        database.close()
        raise
    return Store(database, clock)


class Store:
    """Cities, their years and the history of every place. One object serves all threads of a process.

    Every change takes ``person``, the name of who makes it, and raises :class:`cbi.store.errors.NoNameError`
    without one. Every call may raise a :class:`cbi.store.errors.DatabaseError`; nothing is half done then.
    """

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database = database
        self.clock = clock
        self.sources = Sources(self)
        self.papers = Papers(self)

    def by(self, person: str) -> By:
        """Say who does something now."""
        return by(person, self.clock())

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
        """List the cities by name."""
        with self.database.reading() as connection:
            return years.cities(connection)

    def find_city(self, name: str) -> City | None:
        """Find a city by its name; None if the store has none of that name."""
        with self.database.reading() as connection:
            return years.find_city(connection, name)

    def add_city(self, name: str, *, person: str) -> City:
        """Add a city. Raises :class:`NotAllowedError` without a name or with one that is taken."""
        who = self.by(person)
        with self.database.writing() as connection:
            return years.add_city(connection, name, who)

    def rename_city(self, city_id: int, name: str, *, person: str) -> City:
        """Give a city another name; the old one stays in its events."""
        who = self.by(person)
        with self.database.writing() as connection:
            return years.rename_city(connection, city_id, name, who)

    def heads(self, city_id: int) -> tuple[Head, ...]:
        """List the assessments of a city, the earliest first, without opening them."""
        with self.database.reading() as connection:
            return years.heads(connection, city_id)

    def start_year(
        self, city_id: int, year: int, edition: str = "2021", *, person: str, from_id: int | None = None
    ) -> Head:
        """Start an assessment, as a new page or from an earlier one of the same city (``from_id``).

        Started from an earlier one, its profile is carried over and stays marked until it is confirmed; its
        answers only stand beside (:meth:`last_time`). The first year of a city is its baseline. Raises
        :class:`NotAllowedError` if the city has this year under this edition already.
        """
        who = self.by(person)
        with self.database.writing() as connection:
            return years.start_year(connection, city_id, year, edition, who, from_id)

    def correct_year(self, assessment_id: int, year: int, edition: str, *, person: str) -> Head:
        """Give an open assessment another year or, while no indicator is answered, another edition.

        Raises :class:`ClosedError`, :class:`NotAllowedError` for a year that is none or is there already.
        """
        who = self.by(person)
        with self.database.writing() as connection:
            return correcting.correct_year(connection, assessment_id, year, edition, who)

    def assessment(self, assessment_id: int) -> Stored:
        """Open an assessment as it stands, with the version of every place and what is only carried over."""
        with self.database.reading() as connection:
            return years.assessment(connection, assessment_id)

    def history_of(self, city_id: int) -> CityHistory:
        """Give all years of a city and its baseline year, as ``score_years`` and ``compare`` take them."""
        with self.database.reading() as connection:
            return years.city_history(connection, city_id)

    def mark(self, city_id: int) -> Mark:
        """Give a mark that changes with every change in a city, so that nobody reads anew what stayed as it was."""
        with self.database.reading() as connection:
            return years.mark(connection, city_id)

    def latest(self) -> int | None:
        """Give the assessment that was changed or started last, to go on with; None in an empty store."""
        with self.database.reading() as connection:
            return years.latest(connection)

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
        who = self.by(person)
        with self.database.writing() as connection:
            return history.save(connection, assessment_id, place, content, based_on, who, free_text(reason))

    def last_time(self, assessment_id: int) -> LastTime | None:
        """Give last time's answers to show beside the fields; None in a city's first year."""
        with self.database.reading() as connection:
            return years.last_time(connection, assessment_id)

    def confirm(self, assessment_id: int, places: Iterable[str] | None = None, *, person: str) -> tuple[str, ...]:
        """Confirm that last time's values still hold: those of ``places``, or all that wait.

        A carried value loses its mark, an empty place takes last time's answer, what was typed this year
        stays. Returns the places that were confirmed. Raises :class:`ClosedError`.
        """
        who = self.by(person)
        with self.database.writing() as connection:
            return years.confirm(connection, assessment_id, places, who)

    # Looking and going back

    def history(self, assessment_id: int, place: str) -> tuple[Line, ...]:
        """Give the history of one place, the oldest line first."""
        with self.database.reading() as connection:
            return history.lines_of(connection, assessment_id, place)

    def restore(
        self, assessment_id: int, place: str, version: int, *, based_on: int, person: str, reason: str = ""
    ) -> Saved:
        """Put an earlier version of a place in force again, as a new version. Raises as :meth:`save`."""
        who = self.by(person)
        with self.database.writing() as connection:
            return history.restore(connection, assessment_id, place, version, based_on, who, free_text(reason))

    def last_change(self, assessment_id: int) -> tuple[Line, ...]:
        """Give the change that :meth:`undo` would undo; empty if there is none.

        It is one line of history, or all lines of a confirmation: what was confirmed together is undone together.
        """
        with self.database.reading() as connection:
            return history.undoable(connection, assessment_id)

    def undo(self, assessment_id: int, seen: Sequence[Line], *, person: str) -> tuple[Line, ...]:
        """Undo the last change of an assessment; again, the one before it.

        ``seen`` is the change that the person saw (:meth:`last_change`). Returns the new lines of history. Raises
        :class:`OutdatedError` if there is a newer change by now, and :class:`ClosedError`.
        """
        who = self.by(person)
        with self.database.writing() as connection:
            return history.undo(connection, assessment_id, seen, who)

    def changes_between(self, city_id: int, start: datetime, end: datetime) -> Changes:
        """Tell what changed in a city from ``start`` up to ``end`` (moments with a time zone)."""
        with self.database.reading() as connection:
            return Changes(
                history.lines_between(connection, city_id, start, end),
                years.events(connection, city_id, start, end),
                papers.between(connection, city_id, start, end),
                sources.between(connection, city_id, start, end),
                files.between(connection, city_id, start, end),
            )

    def events(self, city_id: int) -> tuple[Event, ...]:
        """List what happened to a city and its years as a whole, the oldest first."""
        with self.database.reading() as connection:
            return years.events(connection, city_id)

    # States and the baseline

    def submit(self, assessment_id: int, *, person: str, reason: str = "") -> Head:
        """Hand an assessment in; it takes no change until it is reopened."""
        return self._step(years.submit, assessment_id, person, reason)

    def lock_as_baseline(self, assessment_id: int, *, person: str, reason: str = "") -> Head:
        """Lock a submitted assessment as the baseline of its city."""
        return self._step(years.lock_as_baseline, assessment_id, person, reason)

    def reopen(self, assessment_id: int, *, person: str, reason: str) -> Head:
        """Open a submitted or locked assessment again; raises :class:`NotAllowedError` without a reason."""
        return self._step(years.reopen, assessment_id, person, reason)

    def set_baseline(self, assessment_id: int, *, person: str, reason: str = "") -> Head:
        """Choose the year that the city is compared with; any year may be it, and there is exactly one."""
        return self._step(years.set_baseline, assessment_id, person, reason)

    def _step(self, step: Callable[..., None], assessment_id: int, person: str, reason: str) -> Head:
        who = self.by(person)
        with self.database.writing() as connection:
            step(connection, assessment_id, who, reason)
            return years.head(connection, assessment_id)

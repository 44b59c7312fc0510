"""Cities and their years: starting one, what was answered last time, submitting, locking, the baseline."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, func, insert, select, update

from cbi.assessment import Assessment
from cbi.definitions import EDITIONS, crosswalk, edition
from cbi.i18n import say
from cbi.store import backing, city_bands, history, tables
from cbi.store.contents import Content, assessment_of, contents_of, profile_place
from cbi.store.errors import NotAllowedError, NotFoundError
from cbi.store.readable import STATES
from cbi.store.records import Act, City, CityHistory, Event, Happening, Head, LastTime, Mark, State, Stored
from cbi.store.rows import By, assessment_row, check_length, insert_new, open_assessment
from cbi.store.texts import free_text, one_line

_CITY, _ASSESSMENT, _BASELINE, _EVENT = tables.city, tables.assessment, tables.baseline, tables.event
_HISTORY = tables.history

# Cities


def cities(connection: Connection) -> tuple[City, ...]:
    """List the cities by name."""
    return tuple(City(row.id, row.name) for row in connection.execute(select(_CITY).order_by(_CITY.c.name)))


def city(connection: Connection, city_id: int, *, lock: bool = False) -> City:
    """Give a city by its id; with ``lock`` nobody else starts a year there meanwhile. Raises :class:`NotFoundError`."""
    query = select(_CITY).where(_CITY.c.id == city_id)
    row = connection.execute(query.with_for_update() if lock else query).one_or_none()
    if row is None:
        raise NotFoundError(say("There is no city {id} in the store. Go back to the list.", id=city_id))
    return City(row.id, row.name)


def find_city(connection: Connection, name: str) -> City | None:
    """Find a city by its name; None if the store has none of that name."""
    row = connection.execute(select(_CITY).where(_CITY.c.name == one_line(name))).one_or_none()
    return City(row.id, row.name) if row else None


def add_city(connection: Connection, name: str, who: By) -> City:
    """Add a city; raises :class:`NotAllowedError` without a name, or with one that is taken."""
    name = _city_name(name)
    city_id = insert_new(connection, _CITY, {"name": name})
    if city_id is None:
        raise _taken(name)
    note(connection, city_id, None, Happening.CITY_ADDED, who, name)
    return City(city_id, name)


def rename_city(connection: Connection, city_id: int, name: str, who: By) -> City:
    """Give a city another name; the old one stays in its events. Raises as :func:`add_city`."""
    name, before = _city_name(name), city(connection, city_id, lock=True)
    if name == before.name:
        return before
    if find_city(connection, name):
        raise _taken(name)
    connection.execute(update(_CITY).where(_CITY.c.id == city_id).values(name=name))
    note(connection, city_id, None, Happening.CITY_RENAMED, who, f"{before.name} → {name}")
    return City(city_id, name)


def _city_name(name: str) -> str:
    name = one_line(name)
    if not name:
        raise NotAllowedError(say("A city needs a name. Type the name that its people use."))
    check_length(name)
    return name


def _taken(name: str) -> NotAllowedError:
    return NotAllowedError(say("There is a city “{name}” already. Open it, or choose another name.", name=name))


def note(
    connection: Connection, city_id: int, assessment_id: int | None, kind: Happening, who: By, reason: str = ""
) -> None:
    """Add an event to a city's history."""
    values = {"city_id": city_id, "assessment_id": assessment_id, "kind": kind.value, "reason": free_text(reason)}
    connection.execute(insert(_EVENT).values(**values, person=who.person, time=who.time))


def events(
    connection: Connection, city_id: int, start: datetime | None = None, end: datetime | None = None
) -> tuple[Event, ...]:
    """List the events of a city from ``start`` up to ``end``, the oldest first."""
    query = select(_EVENT).where(_EVENT.c.city_id == city_id)
    if start is not None:
        query = query.where(_EVENT.c.time >= start)
    if end is not None:
        query = query.where(_EVENT.c.time < end)
    return tuple(
        Event(row.city_id, row.assessment_id, Happening(row.kind), row.person, row.time, row.reason)
        for row in connection.execute(query.order_by(_EVENT.c.id))
    )


# Years


def _heads() -> Select[Any]:
    return (
        select(_ASSESSMENT, _CITY.c.name.label("city"), _BASELINE.c.assessment_id.label("baseline"))
        .join(_CITY, _CITY.c.id == _ASSESSMENT.c.city_id)
        .outerjoin(_BASELINE, _BASELINE.c.city_id == _ASSESSMENT.c.city_id)
    )


def _head(row: Row[Any]) -> Head:
    return Head(
        id=row.id,
        city=City(row.city_id, row.city),
        year=row.year,
        edition=row.edition,
        definitions=row.definitions,
        state=State(row.state),
        is_baseline=row.baseline == row.id,
        started_from=row.started_from,
    )


def heads(connection: Connection, city_id: int) -> tuple[Head, ...]:
    """List the assessments of a city, the earliest first."""
    query = _heads().where(_ASSESSMENT.c.city_id == city_id).order_by(_ASSESSMENT.c.year, _ASSESSMENT.c.edition)
    return tuple(map(_head, connection.execute(query)))


def head(connection: Connection, assessment_id: int) -> Head:
    """Give the head of an assessment; raises :class:`NotFoundError`."""
    assessment_row(connection, assessment_id)
    return _head(connection.execute(_heads().where(_ASSESSMENT.c.id == assessment_id)).one())


def assessment(connection: Connection, assessment_id: int) -> Stored:
    """Open an assessment as it stands; raises :class:`NotFoundError`."""
    found = head(connection, assessment_id)
    rows = history.newest(connection, [assessment_id])
    contents = {row.place: row.content for row in rows}
    carried = frozenset(row.place for row in rows if row.carried)
    return Stored(
        found,
        _with_backing(connection, found, contents, carried),
        {row.place: row.version for row in rows},
        carried,
        {row.place: row.person for row in rows},
    )


def _with_backing(
    connection: Connection, found: Head, contents: Mapping[str, Content | None], carried: Iterable[str]
) -> Assessment:
    """Put an assessment together, with what its sources were given for."""
    made = assessment_of(found.edition, found.city.name, found.year, contents, carried)
    return replace(made, given_for=backing.given_for(connection, found.id, contents))


def city_history(connection: Connection, city_id: int) -> CityHistory:
    """Give all years of a city as scoring and comparison take them; raises :class:`NotFoundError`."""
    found, known = city(connection, city_id), heads(connection, city_id)
    contents: dict[int, dict[str, Content | None]] = {one.id: {} for one in known}
    carried: dict[int, set[str]] = {one.id: set() for one in known}
    for row in history.newest(connection, [one.id for one in known]):
        contents[row.assessment_id][row.place] = row.content
        if row.carried:
            carried[row.assessment_id].add(row.place)
    return CityHistory(
        found,
        tuple(_with_backing(connection, one, contents[one.id], carried[one.id]) for one in known),
        next((one.year for one in known if one.is_baseline), None),
        city_bands.of_city(connection, city_id),
    )


def mark(connection: Connection, city_id: int) -> Mark:
    """Give the newest line of history, the newest event and the newest word on bands of a city."""
    mine = select(_ASSESSMENT.c.id).where(_ASSESSMENT.c.city_id == city_id)
    lines = select(func.max(_HISTORY.c.id)).where(_HISTORY.c.assessment_id.in_(mine))
    happened = select(func.max(_EVENT.c.id)).where(_EVENT.c.city_id == city_id)
    found = [one.scalar_subquery() for one in (lines, happened, city_bands.newest(city_id))]
    row = connection.execute(select(*found)).one()
    return (row[0] or 0, row[1] or 0, row[2] or 0)


def latest(connection: Connection, cities: frozenset[int] | None = None) -> int | None:
    """Give the assessment that was changed or started last, in some cities or (None) in any; None if there is none."""
    lines = select(_HISTORY).order_by(_HISTORY.c.id.desc())
    begun = (
        select(_EVENT)
        .where(_EVENT.c.assessment_id.is_not(None), _EVENT.c.kind == Happening.STARTED.value)
        .order_by(_EVENT.c.id.desc())
    )
    if cities is not None:
        mine = select(_ASSESSMENT.c.id).where(_ASSESSMENT.c.city_id.in_(cities))
        lines, begun = lines.where(_HISTORY.c.assessment_id.in_(mine)), begun.where(_EVENT.c.city_id.in_(cities))
    line = connection.execute(lines.limit(1)).one_or_none()
    start = connection.execute(begun.limit(1)).one_or_none()
    newest = max((row for row in (line, start) if row is not None), key=lambda row: row.time, default=None)
    return newest.assessment_id if newest is not None else None


def start_year(
    connection: Connection, city_id: int, year: int, edition_id: str, who: By, from_id: int | None = None
) -> Head:
    """Start an assessment; a city's first one is its baseline until another is chosen.

    With ``from_id`` the profile of that assessment is carried over and marked until it is confirmed; its
    answers are not. Raises :class:`NotAllowedError` if the year is there already, or is none.
    """
    found = city(connection, city_id, lock=True)
    if edition_id not in EDITIONS or not 1900 <= year <= 2099:
        raise NotAllowedError(
            say(
                "“{year}, {edition} edition” cannot be assessed. Use a year of four digits and one of the editions "
                "{known}.",
                year=year,
                edition=edition_id,
                known=", ".join(EDITIONS),
            )
        )
    values = {
        "city_id": city_id,
        "year": year,
        "edition": edition_id,
        "definitions": edition(edition_id).hash,
        "state": State.IN_PROGRESS.value,
        "started_from": from_id,
    }
    earlier = assessment(connection, from_id) if from_id is not None else None
    if earlier is not None and earlier.head.city.id != city_id:
        raise NotAllowedError(
            say("A year can only be started from another year of the same city. Choose one of these.")
        )
    assessment_id = insert_new(connection, _ASSESSMENT, values)
    if assessment_id is None:
        raise NotAllowedError(
            say(
                "{city} has {year} under the {edition} edition already. Open it, or choose another year.",
                city=found.name,
                year=year,
                edition=edition_id,
            )
        )
    note(connection, city_id, assessment_id, Happening.STARTED, who)
    if connection.execute(select(_BASELINE).where(_BASELINE.c.city_id == city_id)).first() is None:
        _make_baseline(connection, city_id, assessment_id, who)
    if earlier is not None:
        _carry_profile(connection, city_id, assessment_id, earlier, edition_id, who)
    return head(connection, assessment_id)


def _carry_profile(
    connection: Connection, city_id: int, assessment_id: int, earlier: Stored, edition_id: str, who: By
) -> None:
    carried, _ = brought_over(earlier.assessment, edition_id)
    compared = edition(edition_id).compared_inputs  # last time's count, carried, would pass for “no change”
    for name, entry in carried.profile.items():
        if name in compared:
            continue
        row = history.new_row(
            assessment_id, profile_place(name), entry, 1, who, Act.CARRIED, str(earlier.head.year), carried=True
        )
        history.add_row(connection, city_id, row, who)


def brought_over(earlier: Assessment, edition_id: str) -> tuple[Assessment, dict[str, str]]:
    """Bring an earlier assessment into the terms of an edition, and say which answers stay behind and why.

    Back to an older edition only the profile is brought; no crosswalk leads that way.
    """
    from cbi.comparison import carry_over

    if earlier.edition == edition_id:
        return earlier, {}
    if earlier.edition < edition_id:
        return carry_over(earlier, crosswalk(), edition_id)
    asked = edition(edition_id).profile_inputs
    profile = {name: entry for name, entry in earlier.profile.items() if name in asked}
    return Assessment(edition_id, earlier.city, earlier.year, profile), dict.fromkeys(earlier.answers, "")


# Last time's answers


def last_time(connection: Connection, assessment_id: int) -> LastTime | None:
    """Give what was answered last time: in the year this one was started from, else in the nearest earlier one."""
    row = assessment_row(connection, assessment_id)
    earlier = row.started_from
    if earlier is None:
        query = (
            select(_ASSESSMENT.c.id)
            .where(_ASSESSMENT.c.city_id == row.city_id, _ASSESSMENT.c.year < row.year)
            .order_by(_ASSESSMENT.c.year.desc(), _ASSESSMENT.c.edition.desc())
        )
        earlier = connection.execute(query.limit(1)).scalar()
    if earlier is None:
        return None
    found = assessment(connection, earlier)
    brought, left_behind = brought_over(found.assessment, row.edition)
    return LastTime(found.head.year, found.head.edition, brought, left_behind)


def confirm(
    connection: Connection,
    assessment_id: int,
    places: Iterable[str] | None,
    who: By,
    may: Callable[[str], bool] = lambda _: True,
) -> tuple[str, ...]:
    """Confirm last time's values that still hold; returns the places that were confirmed.

    A carried value loses its mark, an empty place takes last time's answer; what was typed this year stays.
    Without ``places`` all that wait and that one ``may`` change are confirmed, but nothing that somebody cleared this
    year, and no count that is held against earlier years: that it stayed the same is a finding of its own. Raises
    :class:`ClosedError`.
    """
    city_id = open_assessment(connection, assessment_id).city_id
    earlier = last_time(connection, assessment_id)
    offered = contents_of(earlier.assessment) if earlier else {}
    now = {row.place: row for row in history.newest(connection, [assessment_id])}
    confirmed = []
    compared = edition(head(connection, assessment_id).edition).compared_inputs
    every = (offered.keys() | now.keys()) - set(map(profile_place, compared))
    for place in filter(may, every) if places is None else list(dict.fromkeys(places)):
        row = now.get(place)
        if row is not None and row.carried:
            content = row.content
        elif row is None or (places is not None and row.content is None):
            content = offered.get(place)
        else:
            continue
        line = history.new_row(
            assessment_id,
            place,
            content,
            (row.version if row else 0) + 1,
            who,
            Act.CONFIRMED,
            str(earlier.year) if earlier else "",
        )
        if content is not None and history.add_row(connection, city_id, line, who):
            confirmed.append(place)
    return tuple(sorted(confirmed))


# States and the baseline


def submit(connection: Connection, assessment_id: int, who: By, reason: str) -> None:
    """Hand an assessment in: from now on it takes no change."""
    _step(connection, assessment_id, (State.IN_PROGRESS,), State.SUBMITTED)
    row = assessment_row(connection, assessment_id)
    note(connection, row.city_id, assessment_id, Happening.SUBMITTED, who, reason)


def lock_as_baseline(connection: Connection, assessment_id: int, who: By, reason: str) -> None:
    """Lock a submitted assessment as the baseline of its city."""
    _step(connection, assessment_id, (State.SUBMITTED,), State.LOCKED)
    row = assessment_row(connection, assessment_id)
    note(connection, row.city_id, assessment_id, Happening.LOCKED, who, reason)
    _make_baseline(connection, row.city_id, assessment_id, who)


def reopen(connection: Connection, assessment_id: int, who: By, reason: str) -> None:
    """Open a submitted or locked assessment again; the reason is kept."""
    if not free_text(reason):
        raise NotAllowedError(say("Reopening a year needs a reason: write what has to be corrected."))
    _step(connection, assessment_id, (State.SUBMITTED, State.LOCKED), State.IN_PROGRESS)
    row = assessment_row(connection, assessment_id)
    note(connection, row.city_id, assessment_id, Happening.REOPENED, who, reason)


def set_baseline(connection: Connection, assessment_id: int, who: By, reason: str) -> None:
    """Choose another year as the baseline of its city; no year changes by that."""
    row = assessment_row(connection, assessment_id)
    city(connection, row.city_id, lock=True)
    _make_baseline(connection, row.city_id, assessment_id, who, reason)


def _make_baseline(connection: Connection, city_id: int, assessment_id: int, who: By, reason: str = "") -> None:
    now = connection.execute(select(_BASELINE.c.assessment_id).where(_BASELINE.c.city_id == city_id)).scalar()
    if now == assessment_id:
        return
    if now is None:
        connection.execute(insert(_BASELINE).values(city_id=city_id, assessment_id=assessment_id))
    else:
        chosen = update(_BASELINE).where(_BASELINE.c.city_id == city_id)
        connection.execute(chosen.values(assessment_id=assessment_id))
    note(connection, city_id, assessment_id, Happening.BASELINE, who, reason)


def _step(connection: Connection, assessment_id: int, allowed: tuple[State, ...], wanted: State) -> None:
    """Change the state, if it still is one that the step is allowed from."""
    changed = connection.execute(
        update(_ASSESSMENT)
        .where(_ASSESSMENT.c.id == assessment_id, _ASSESSMENT.c.state.in_([state.value for state in allowed]))
        .values(state=wanted.value)
    )
    if changed.rowcount:
        return
    row = assessment_row(connection, assessment_id)
    raise NotAllowedError(
        say(
            "{city} {year} is {now} and cannot become {wanted} from there. Years go from in progress to submitted to "
            "locked, and back by reopening.",
            city=row.city,
            year=row.year,
            now=STATES[State(row.state)],
            wanted=STATES[wanted],
        )
    )

"""The history of places: what stands now is its end, and it only ever grows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, insert, select

from cbi.i18n import say
from cbi.store import sources, tables
from cbi.store.contents import Content, check_place, cited, write_content
from cbi.store.errors import ConflictError, NotFoundError, OutdatedError
from cbi.store.readable import content_said, moment
from cbi.store.records import Act, Line, Offer, Saved
from cbi.store.rows import By, insert_new, open_assessment

_HISTORY = tables.history
_BEFORE = tables.history.alias("before")


def newest(connection: Connection, assessment_ids: Sequence[int]) -> Sequence[Row[Any]]:
    """Give the newest row of every place of the assessments."""
    mine = _HISTORY.c.assessment_id.in_(assessment_ids)
    last = (
        select(_HISTORY.c.assessment_id, _HISTORY.c.place, func.max(_HISTORY.c.version).label("version"))
        .where(mine)
        .group_by(_HISTORY.c.assessment_id, _HISTORY.c.place)
        .subquery()
    )
    query = select(_HISTORY).join(
        last,
        and_(
            _HISTORY.c.assessment_id == last.c.assessment_id,
            _HISTORY.c.place == last.c.place,
            _HISTORY.c.version == last.c.version,
        ),
    )
    return connection.execute(query.where(mine).order_by(_HISTORY.c.place)).all()


def current(connection: Connection, assessment_id: int, place: str) -> Row[Any] | None:
    """Give the newest row of one place; None where nothing was ever saved."""
    query = select(_HISTORY).where(_HISTORY.c.assessment_id == assessment_id, _HISTORY.c.place == place)
    return connection.execute(query.order_by(_HISTORY.c.version.desc()).limit(1)).one_or_none()


def save(
    connection: Connection, assessment_id: int, place: str, content: Content | None, based_on: int, who: By, reason: str
) -> Saved:
    """Save what was typed in one place; the same content again adds nothing.

    Raises :class:`ClosedError`, :class:`ConflictError`, and
    :class:`cbi.store.contents.ContentError` for a place that cannot hold it.
    """
    check_place(place, content)
    city_id = open_assessment(connection, assessment_id).city_id
    now = current(connection, assessment_id, place)
    if _same(now, content):
        return Saved(now.version if now else 0, added=False)
    line = new_row(assessment_id, place, content, based_on + 1, who, Act.TYPED, reason)
    if (now.version if now else 0) != based_on or not add_row(connection, city_id, line, who):
        now = current(connection, assessment_id, place)
        if _same(now, content):
            return Saved(now.version if now else 0, added=False)
        raise _conflict(Offer(content, who.person, who.time), line_at(connection, assessment_id, place))
    return Saved(based_on + 1, added=True)


def _same(now: Row[Any] | None, content: Content | None) -> bool:
    return write_content(now.content if now else None) == write_content(content)


def new_row(
    assessment_id: int,
    place: str,
    content: Content | None,
    version: int,
    who: By,
    act: Act,
    reason: str = "",
    *,
    carried: bool = False,
    of_version: int | None = None,
) -> dict[str, Any]:
    """Give a row of history that is ready to be added."""
    return {
        "assessment_id": assessment_id,
        "place": place,
        "version": version,
        "content": content,
        "carried": carried,
        "act": act.value,
        "of_version": of_version,
        "person": who.person,
        "time": who.time,
        "reason": reason,
    }


def add_row(connection: Connection, city_id: int, row: dict[str, Any], who: By) -> bool:
    """Add a row and note which sources it cites; False if another saver has just taken this version."""
    row_id = insert_new(connection, _HISTORY, row)
    if row_id is None:
        return False
    found = [one for text in cited(row["content"]) for one in sources.register(connection, city_id, text, who)]
    if found:
        cites = [{"history_id": row_id, "source_id": one} for one in dict.fromkeys(found)]
        connection.execute(insert(tables.citation), cites)
    return True


def _conflict(mine: Offer, theirs: Line) -> ConflictError:
    sentence = say(
        "{person} saved “{theirs}” here at {time}, after you had begun. Yours is “{mine}”. Nothing was overwritten: "
        "choose which one holds.",
        person=theirs.person,
        theirs=content_said(theirs.after),
        time=moment(theirs.time),
        mine=content_said(mine.content),
    )
    return ConflictError(mine, theirs, sentence)


# Looking back


def _lines() -> Select[Any]:
    """Every row beside the one before it in its place."""
    return select(_HISTORY, _BEFORE.c.content.label("before")).outerjoin(
        _BEFORE,
        and_(
            _BEFORE.c.assessment_id == _HISTORY.c.assessment_id,
            _BEFORE.c.place == _HISTORY.c.place,
            _BEFORE.c.version == _HISTORY.c.version - 1,
        ),
    )


def _line(row: Row[Any]) -> Line:
    return Line(
        assessment_id=row.assessment_id,
        place=row.place,
        version=row.version,
        before=row.before,
        after=row.content,
        person=row.person,
        time=row.time,
        act=Act(row.act),
        reason=row.reason,
        carried=row.carried,
        of_version=row.of_version,
    )


def lines_of(connection: Connection, assessment_id: int, place: str) -> tuple[Line, ...]:
    """Give the history of one place, the oldest line first."""
    query = _lines().where(_HISTORY.c.assessment_id == assessment_id, _HISTORY.c.place == place)
    return tuple(map(_line, connection.execute(query.order_by(_HISTORY.c.version))))


def line_at(connection: Connection, assessment_id: int, place: str, version: int | None = None) -> Line:
    """Give the line of one version, or the newest; raises :class:`NotFoundError`."""
    query = _lines().where(_HISTORY.c.assessment_id == assessment_id, _HISTORY.c.place == place)
    if version is not None:
        query = query.where(_HISTORY.c.version == version)
    row = connection.execute(query.order_by(_HISTORY.c.version.desc()).limit(1)).one_or_none()
    if row is None:
        raise NotFoundError(
            say("There is no version {version} of “{place}”. Look at its history again.", version=version, place=place)
        )
    return _line(row)


def lines_between(connection: Connection, city_id: int, start: datetime, end: datetime) -> tuple[Line, ...]:
    """Give what changed in a city from ``start`` up to ``end``, the oldest first."""
    query = (
        _lines()
        .join(tables.assessment, tables.assessment.c.id == _HISTORY.c.assessment_id)
        .where(tables.assessment.c.city_id == city_id, _HISTORY.c.time >= start, _HISTORY.c.time < end)
        .order_by(_HISTORY.c.time, _HISTORY.c.id)
    )
    return tuple(map(_line, connection.execute(query)))


def hold(connection: Connection, assessment_id: int, place: str, based_on: int, who: By) -> Saved:
    """Confirm that the sources of a place hold for the figures that stand there now, as a new version.

    Raises :class:`ConflictError` if somebody saved after ``based_on``, :class:`ClosedError`, :class:`NotFoundError`.
    """
    city_id = open_assessment(connection, assessment_id).city_id
    now = line_at(connection, assessment_id, place)
    row = new_row(assessment_id, place, now.after, based_on + 1, who, Act.CONFIRMED)
    if now.version != based_on or not add_row(connection, city_id, row, who):
        raise _conflict(Offer(now.after, who.person, who.time), line_at(connection, assessment_id, place))
    return Saved(based_on + 1, added=True)


# Going back, which is a step forward in history


def restore(
    connection: Connection, assessment_id: int, place: str, version: int, based_on: int, who: By, reason: str
) -> Saved:
    """Put an earlier version of a place in force again, as a new version.

    Raises :class:`ConflictError` if somebody saved after ``based_on``, :class:`ClosedError`, :class:`NotFoundError`.
    """
    city_id = open_assessment(connection, assessment_id).city_id
    wanted = line_at(connection, assessment_id, place, version)
    now = line_at(connection, assessment_id, place)
    if write_content(now.after) == write_content(wanted.after) and now.carried == wanted.carried:
        return Saved(now.version, added=False)
    row = new_row(
        assessment_id,
        place,
        wanted.after,
        based_on + 1,
        who,
        Act.RESTORED,
        reason,
        carried=wanted.carried,
        of_version=version,
    )
    if now.version != based_on or not add_row(connection, city_id, row, who):
        raise _conflict(
            Offer(wanted.after, who.person, who.time),
            line_at(connection, assessment_id, place),
        )
    return Saved(based_on + 1, added=True)


def undoable(connection: Connection, assessment_id: int) -> tuple[Line, ...]:
    """Find the last change of an assessment that can be undone; what was carried when it began cannot.

    A confirmation is one change, however many places it confirmed, and so is an import: its lines follow one
    another, of one person, one moment and one file. Places in the order of their names;
    empty if there is nothing to undo.
    """
    wanted = [_HISTORY.c[name] for name in ("place", "version", "act", "of_version", "person", "time", "reason")]
    query = select(*wanted).where(_HISTORY.c.assessment_id == assessment_id).order_by(_HISTORY.c.id.desc())
    undone: set[tuple[str, int]] = set()
    last: list[Row[Any]] = []
    for row in connection.execute(query):
        if row.act == Act.UNDONE:
            undone.add((row.place, row.of_version))
        elif row.act != Act.CARRIED and (row.place, row.version) not in undone:
            if last and not _together(last[0], row):
                break
            last.append(row)
            if row.act not in (Act.CONFIRMED, Act.IMPORT):
                break
    found = (line_at(connection, assessment_id, row.place, row.version) for row in last)
    return tuple(sorted(found, key=lambda line: line.place))


def _together(one: Row[Any], other: Row[Any]) -> bool:
    return (one.act, one.person, one.time, one.reason) == (other.act, other.person, other.time, other.reason)


def undo(connection: Connection, assessment_id: int, seen: Sequence[Line], who: By) -> tuple[Line, ...]:
    """Undo the last change, which must still be the one that the person saw: all of it or nothing.

    Returns the new lines of history. Raises :class:`OutdatedError` if there is a newer change meanwhile, and
    :class:`ClosedError`.
    """
    city_id = open_assessment(connection, assessment_id).city_id
    now = undoable(connection, assessment_id)
    if not seen or list(map(_where, now)) != list(map(_where, seen)):
        raise _moved_on()
    return tuple(_undo_line(connection, city_id, line, who) for line in now)


def _where(line: Line) -> tuple[int, str, int]:
    """Give what tells a line of history from all others; who signed it may be called otherwise by now."""
    return line.assessment_id, line.place, line.version


def _undo_line(connection: Connection, city_id: int, line: Line, who: By) -> Line:
    now = line_at(connection, line.assessment_id, line.place)
    was_carried = line.version > 1 and line_at(connection, line.assessment_id, line.place, line.version - 1).carried
    row = new_row(
        line.assessment_id,
        line.place,
        line.before,
        now.version + 1,
        who,
        Act.UNDONE,
        carried=was_carried,
        of_version=line.version,
    )
    if not add_row(connection, city_id, row, who):
        raise _moved_on()
    return line_at(connection, line.assessment_id, line.place)


def _moved_on() -> OutdatedError:
    return OutdatedError(
        say("The last change is another one by now. Look at it again, then decide whether to undo it.")
    )

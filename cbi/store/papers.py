"""Papers: the small documents that are kept beside the answers, with their versions. They are only ever added to."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, func, select

from cbi.i18n import say
from cbi.store import tables, years
from cbi.store.errors import NotAllowedError, NotFoundError, OutdatedPaperError, TooLargeError
from cbi.store.paper_contents import LARGEST_PAPER, PaperContent, write_paper
from cbi.store.readable import KINDS, moment
from cbi.store.records import ALWAYS_OPEN, Kind, Paper
from cbi.store.rows import By, assessment_row, insert_new, open_assessment
from cbi.store.texts import one_line

LONGEST_KEY = 200
"""Characters of the longest key."""

_PAPER = tables.paper


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose papers are meant: those of an assessment, of a city, or – without either – of the whole store."""

    city_id: int | None = None
    assessment_id: int | None = None

    @property
    def scope(self) -> str:
        """The owner in one word."""
        if self.assessment_id is not None:
            return f"assessment {self.assessment_id}"
        return "store" if self.city_id is None else f"city {self.city_id}"


# Reading


def of(connection: Connection, kind: Kind, owner: Owner) -> tuple[Paper, ...]:
    """List the papers of a kind by key, each as it stands; withdrawn ones are left out."""
    newer = _PAPER.alias("newer")
    last = (
        select(func.max(newer.c.version))
        .where(newer.c.scope == _PAPER.c.scope, newer.c.kind == _PAPER.c.kind, newer.c.key == _PAPER.c.key)
        .scalar_subquery()
    )
    rows = connection.execute(_mine(kind, owner).where(_PAPER.c.version == last, _PAPER.c.content.is_not(None)))
    return tuple(sorted(map(_paper, rows), key=lambda paper: paper.key))


def versions(connection: Connection, kind: Kind, key: str, owner: Owner) -> tuple[Paper, ...]:
    """Give all versions of a paper, the oldest first."""
    query = _mine(kind, owner).where(_PAPER.c.key == one_line(key)).order_by(_PAPER.c.version)
    return tuple(map(_paper, connection.execute(query)))


def newest(connection: Connection, kind: Kind, key: str, owner: Owner) -> Paper | None:
    """Give the newest version of a paper, also a withdrawn one; None if there never was any."""
    query = _mine(kind, owner).where(_PAPER.c.key == one_line(key)).order_by(_PAPER.c.version.desc()).limit(1)
    row = connection.execute(query).one_or_none()
    return _paper(row) if row else None


def between(connection: Connection, city_id: int, start: datetime, end: datetime) -> tuple[Paper, ...]:
    """Give the versions that were saved for a city and its years from ``start`` up to ``end``, the oldest first.

    Each knows what stood before it.
    """
    before = _PAPER.alias("before")
    earlier = and_(
        before.c.scope == _PAPER.c.scope,
        before.c.kind == _PAPER.c.kind,
        before.c.key == _PAPER.c.key,
        before.c.version == _PAPER.c.version - 1,
    )
    mine = _PAPER.c.city_id == city_id, _PAPER.c.time >= start, _PAPER.c.time < end
    query = select(_PAPER, before.c.content.label("before")).outerjoin(before, earlier).where(*mine)
    rows = connection.execute(query.order_by(_PAPER.c.time, _PAPER.c.id))
    return tuple(replace(_paper(row), before=row.before) for row in rows)


def all_of(connection: Connection, owner: Owner) -> tuple[Paper, ...]:
    """Give every version of every paper of an owner, by kind, key and version."""
    rows = connection.execute(select(_PAPER).where(_PAPER.c.scope == owner.scope))
    return tuple(sorted(map(_paper, rows), key=lambda paper: (paper.kind, paper.key, paper.version)))


def _mine(kind: Kind, owner: Owner) -> Select[Any]:
    return select(_PAPER).where(_PAPER.c.scope == owner.scope, _PAPER.c.kind == kind.value)


def _paper(row: Row[Any]) -> Paper:
    return Paper(
        kind=Kind(row.kind),
        key=row.key,
        version=row.version,
        content=row.content,
        person=row.person,
        time=row.time,
        city_id=row.city_id,
        assessment_id=row.assessment_id,
    )


# Saving


def save(
    connection: Connection, kind: Kind, key: str, content: PaperContent | None, based_on: int, who: By, owner: Owner
) -> Paper:
    """Save a paper as a new version, or withdraw it (``content`` None); the same content again adds nothing.

    ``based_on`` is the version that the person saw, 0 where there was none or a withdrawn one. Raises
    :class:`OutdatedPaperError` if somebody saved meanwhile, :class:`ClosedError` for a paper of a closed
    assessment, :class:`NotAllowedError` for a key that is none, :class:`NotFoundError` for an owner or a paper
    to withdraw that is not there, :class:`TooLargeError`, and :class:`cbi.store.contents.ContentError` for
    what JSON does not keep exactly.
    """
    owner, key = _checked_owner(connection, kind, owner), _checked_key(key)
    _check_size(kind, key, content)
    now = newest(connection, kind, key, owner)
    if now is None and (content is None or based_on):
        raise _no_paper(kind, key)
    if now is not None and _same(now, content):
        return now
    version = now.version if now else 0
    begun_anew = based_on == 0 and (now is None or now.content is None)
    mine = Paper(kind, key, version + 1, content, who.person, who.time)
    if (based_on == version or begun_anew) and add(connection, mine, owner):
        return _there(connection, kind, key, owner)
    theirs = _there(connection, kind, key, owner)
    if _same(theirs, content):
        return theirs
    raise _outdated(mine, theirs)


def add(connection: Connection, paper: Paper, owner: Owner) -> bool:
    """Add a version of a paper; False if another saver has just taken this version."""
    values = {
        "city_id": owner.city_id,
        "assessment_id": owner.assessment_id,
        "scope": owner.scope,
        "kind": paper.kind.value,
        "key": paper.key,
        "version": paper.version,
        "content": paper.content,
        "person": paper.person,
        "time": paper.time,
    }
    return insert_new(connection, _PAPER, values) is not None


def _there(connection: Connection, kind: Kind, key: str, owner: Owner) -> Paper:
    found = newest(connection, kind, key, owner)
    if found is None:
        raise _no_paper(kind, key)
    return found


def _no_paper(kind: Kind, key: str) -> NotFoundError:
    return NotFoundError(say("There is no {kind} “{key}”. Go back to the list.", kind=KINDS[kind], key=key))


def _same(now: Paper, content: PaperContent | None) -> bool:
    return write_paper(now.content) == write_paper(content)


def _checked_owner(connection: Connection, kind: Kind, owner: Owner) -> Owner:
    """Give an owner that is there, takes such a paper now, and will do so until the transaction ends."""
    if owner.assessment_id is not None:
        step = assessment_row if kind in ALWAYS_OPEN else open_assessment
        row = step(connection, owner.assessment_id)
        if owner.city_id not in (None, row.city_id):
            raise NotAllowedError(say("This year belongs to another city. Go back to the list."))
        return Owner(row.city_id, owner.assessment_id)
    if owner.city_id is not None:
        years.city(connection, owner.city_id)
    return owner


def _checked_key(key: str) -> str:
    key = one_line(key)
    if not key or len(key) > LONGEST_KEY:
        raise NotAllowedError(
            say("“{name}” cannot be a name here: use 1 to {most} characters.", name=key, most=LONGEST_KEY)
        )
    return key


def _check_size(kind: Kind, key: str, content: PaperContent | None) -> None:
    size = len(write_paper(content) or "")
    if size > LARGEST_PAPER:
        raise TooLargeError(
            say(
                "The {kind} “{key}” takes {size} kB; {most} kB are the most. Nothing was saved: shorten its texts, or "
                "split it into several.",
                kind=KINDS[kind],
                key=key,
                size=-(-size // 1024),
                most=LARGEST_PAPER // 1024,
            )
        )


def _outdated(mine: Paper, theirs: Paper) -> OutdatedPaperError:
    facts = {
        "person": theirs.person,
        "kind": KINDS[theirs.kind],
        "key": theirs.key,
        "time": moment(theirs.time),
        "mine": moment(mine.time),
    }
    if theirs.content is None:
        sentence = say(
            "{person} withdrew the {kind} “{key}” at {time}, after you had begun. Yours of {mine} was not saved: "
            "look again, then decide whether to save it anew.",
            **facts,
        )
    else:
        sentence = say(
            "{person} saved the {kind} “{key}” at {time}, after you had begun. Yours of {mine} was not saved and "
            "nothing was overwritten: look at both, then choose.",
            **facts,
        )
    return OutdatedPaperError(mine, theirs, sentence)

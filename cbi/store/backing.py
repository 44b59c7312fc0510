"""Which figure the source of each figure was given for, as the history of its place tells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from cbi import standing
from cbi.assessment import Entry
from cbi.definitions.edition import PROFILE
from cbi.store import tables
from cbi.store.contents import PROFILE_PREFIX, Content, cited
from cbi.store.records import Act

_HISTORY = tables.history

Backing = Mapping[str, Entry]
"""The figure that the source of each figure of a place speaks of, by the names of their inputs."""


def given_for(
    connection: Connection, assessment_id: int, contents: Mapping[str, Content | None]
) -> dict[tuple[str, str], Entry]:
    """Find the figures of an assessment whose source or quoting note was given for another figure.

    ``contents`` is what stands in each place. Returns the figures they were given for, by their places
    (:attr:`cbi.assessment.Assessment.given_for`).
    """
    asked = [place for place, content in contents.items() if content is not None and _is_backed(content)]
    query = select(_HISTORY).where(_HISTORY.c.assessment_id == assessment_id, _HISTORY.c.place.in_(asked))
    lines: dict[str, list[tuple[Act, int | None, Content | None]]] = {}
    for row in connection.execute(query.order_by(_HISTORY.c.place, _HISTORY.c.version)):
        lines.setdefault(row.place, []).append((Act(row.act), row.of_version, row.content))
    found: dict[tuple[str, str], Entry] = {}
    for place, told in lines.items():
        now, backing = standing.entries(contents[place]), backing_after(told)
        for name, entry in now.items():
            if backing.get(name, entry) is not entry and not standing.is_same_figure(backing[name], entry):
                found[_figure(place, name)] = backing[name]
    return found


def _is_backed(content: Content) -> bool:
    return bool(cited(content)) or any(standing.quotes(entry.note) for entry in standing.entries(content).values())


def _figure(place: str, name: str) -> tuple[str, str]:
    if place.startswith(PROFILE_PREFIX):
        return PROFILE, place.removeprefix(PROFILE_PREFIX)
    return place, name


def backing_after(lines: Iterable[tuple[Act, int | None, Content | None]]) -> Backing:
    """Follow the history of a place, its lines as (act, version that it went back to, content), the oldest first.

    What is typed over a figure leaves its source behind; a file, last time's value and a confirmation come with their
    own. Going back to a version brings back what its sources spoke of.
    """
    known: list[Backing] = []
    for act, of_version, content in lines:
        now = standing.entries(content)
        if act is Act.TYPED and known:
            backing: Backing = {name: standing.backed(known[-1].get(name), entry) for name, entry in now.items()}
        elif act in (Act.RESTORED, Act.UNDONE) and of_version is not None:
            before = of_version - (1 if act is Act.RESTORED else 2)  # versions count from 1
            backing = known[before] if 0 <= before < len(known) else now
        else:
            backing = now
        known.append(backing)
    return known[-1] if known else {}

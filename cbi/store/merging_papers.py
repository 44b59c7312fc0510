"""Papers of a document, brought into a store that may hold some of them already.

Of a paper that both sides know only the versions that are missing here are added, after those that are here.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from cbi.store import papers
from cbi.store.document import PaperRecord
from cbi.store.import_plan import Notes, PaperChange
from cbi.store.paper_contents import write_paper
from cbi.store.papers import Owner
from cbi.store.records import Kind, Paper


def missing(connection: Connection, owner: Owner, given: Sequence[PaperRecord]) -> Sequence[PaperRecord]:
    """List the versions that this owner does not have here, in the order given."""
    here = {_mark(one) for one in papers.all_of(connection, owner)} if given else set()
    return [one for one in given if _mark(one) not in here]


def _mark(one: Paper | PaperRecord) -> tuple[Kind, str, str, datetime, str | None]:
    return one.kind, one.key, one.person, one.time, write_paper(one.content)


def add(connection: Connection, owner: Owner, name: str, given: Sequence[PaperRecord], notes: Notes) -> None:
    """Add versions after those that are here; ``name`` is what the owner is called."""
    apart: dict[tuple[Kind, str], list[PaperRecord]] = {}
    for one in given:
        apart.setdefault((one.kind, one.key), []).append(one)
    for (kind, key), new in apart.items():
        now = papers.newest(connection, kind, key, owner)
        for version, one in enumerate(new, now.version + 1 if now else 1):
            papers.add(connection, Paper(kind, key, version, one.content, one.person, one.time), owner)
        before, here = (now.content, (now.person, now.time)) if now else (None, None)
        notes.papers.append(PaperChange(name, kind, key, before, new[-1].content, here))

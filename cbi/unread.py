"""What a person typed and nobody can save yet, kept for them until it can be saved or they take it away.

A text that cannot be read, and a year or a source whose figure is still to come, are no answers: nothing is scored
from them, and nobody else sees them. They lie beside the answers as a small paper of that person and that year, so
that a reload or another day brings them back, with the message that says what would be right.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, replace
from typing import Any

from cbi.assessment import Answer
from cbi.definitions.edition import PROFILE, Edition
from cbi.draft import BLANK, FINISHED, Draft, Reading, Record
from cbi.editing import with_record
from cbi.store import Store
from cbi.store.paper_contents import PaperContent
from cbi.store.records import Kind

FIELDS = "fields"
KEY = "not readable yet"
"""How the keys of such papers begin."""
RECORD_PARTS = tuple(part.name for part in fields(Record))

Field = Mapping[str, str]
"""One field: ``owner``, ``name``, ``part`` (``value`` or a part of the record), ``text``; of a value also ``unit``."""


def waiting(draft: Draft, reading: Reading) -> tuple[Field, ...]:
    """List what stands in a form and in no answer; empty where all of it was read."""
    found = []
    for spot in (*reading.unread, *reading.kept):
        if spot.part == "value":
            typed = draft.typed(spot.owner, spot.name)
            found.append({**spot._asdict(), "text": typed.text, "unit": typed.unit})
        else:
            found.append({**spot._asdict(), "text": _record(draft, spot.owner, spot.name).data_year})
    found += _records_alone(draft, reading)
    return tuple(sorted({(one["owner"], one["name"], one["part"]): one for one in found}.values(), key=_order))


def _order(one: Field) -> tuple[str, str, str]:
    return one["owner"], one["name"], one["part"]


def _record(draft: Draft, owner: str, name: str) -> Record:
    """Give the record of a figure of the profile, or of an answer as a whole."""
    return draft.typed(owner, name).own or BLANK if owner == PROFILE else draft.answer(owner).record


def _records_alone(draft: Draft, reading: Reading) -> Iterator[dict[str, str]]:
    """Find records that were typed before their figure, or beside one that cannot be read."""
    read = reading.assessment
    alone = [(PROFILE, name) for name in draft.profile if name not in read.profile]
    for owner in draft.answers:
        answer = read.answers.get(owner, Answer())
        if not answer.inputs and answer.finished is None:
            alone.append((owner, ""))
    for owner, name in alone:
        for part in RECORD_PARTS:
            if text := getattr(_record(draft, owner, name), part):
                yield {"owner": owner, "name": name, "part": part, "text": text}


def laid_over(draft: Draft, edition: Edition, waits: tuple[Field, ...]) -> Draft:
    """Lay what waits over a form.

    A text that cannot be read stands where it was typed. A part of a record stands only where none is meanwhile.
    """
    for one in waits:
        owner, name, part, text = one["owner"], one["name"], one["part"], one["text"]
        if not _is_asked(edition, owner, name):
            continue
        if part == "value":
            draft = draft.with_typed(owner, name, replace(draft.typed(owner, name), text=text, unit=one["unit"]))
        elif part == "data_year" or not getattr(_record(draft, owner, name), part):
            draft = with_record(draft, owner, name, part, text)
    return draft


def _is_asked(edition: Edition, owner: str, name: str) -> bool:
    if owner == PROFILE:
        return name in edition.profile_inputs
    indicator = edition.find(owner)
    return indicator is not None and name in ("", FINISHED, *indicator.inputs)


# Kept as a paper


def keep(store: Store, assessment_id: int, person: str, waits: tuple[Field, ...]) -> None:
    """Keep what waits for a person in a year, in place of what was kept; raises :class:`cbi.store.StoreError`."""
    key = _key_of(store, person)
    known = store.papers.get(Kind.SETTING, key, assessment_id=assessment_id)
    if known is None and not waits:
        return
    content: PaperContent | None = {FIELDS: list(waits)} if waits else None
    based_on = known.version if known else 0
    store.papers.save(Kind.SETTING, key, content, based_on=based_on, person=person, assessment_id=assessment_id)


def kept(store: Store, assessment_id: int, person: str) -> tuple[Field, ...]:
    """Give what waits for a person in a year; raises :class:`cbi.store.StoreError`."""
    paper = store.papers.get(Kind.SETTING, _key_of(store, person), assessment_id=assessment_id)
    listed: Any = (paper.content or {}).get(FIELDS, ()) if paper else ()
    return tuple(one for one in listed if _is_field(one)) if isinstance(listed, list) else ()


def _is_field(one: Any) -> bool:
    """Tell whether something from a paper, which may have come from another program, is a field."""
    if not isinstance(one, Mapping) or not all(isinstance(text, str) for text in one.values()):
        return False
    wanted = {"owner", "name", "part", "text"} | ({"unit"} if one.get("part") == "value" else set())
    return wanted <= one.keys() and one["part"] in ("value", *RECORD_PARTS)


def _key_of(store: Store, person: str) -> str:
    """Give the key of what waits for a person: of their account where they signed in, else of their name."""
    return f"{KEY}, of {store.signature or person}"[:200]

"""History as people read it: what stands in a place, and what changed there, line by line."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime

from cbi.assessment import Answer, Entry
from cbi.definitions import Edition
from cbi.gathering import figure
from cbi.i18n import Sentence, say
from cbi.store.contents import PROFILE_PREFIX, Content
from cbi.store.records import Act

NOTHING = "–"

ACTS = {
    Act.TYPED: say("typed"),
    Act.IMPORT: say("imported"),
    Act.CARRIED: say("carried over"),
    Act.CONFIRMED: say("taken as still true"),
    Act.RESTORED: say("restored"),
    Act.UNDONE: say("undone"),
}


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: what, what it was before, what it is now."""

    label: str | Sentence
    before: str
    after: str


def moment(time: datetime) -> str:
    """Write a time to the minute, in UTC."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def content_text(content: Content | None) -> str:
    """Write a content in one short line: its figures digit for digit, or why there is none."""
    if content is None:
        return NOTHING
    if isinstance(content, Entry):
        return figure(content) or NOTHING
    entries = [*content.inputs.values(), *([content.finished] if content.finished else [])]
    texts = [figure(entry) or NOTHING for entry in entries]
    if content.reason is not None:
        texts.append(content.reason.value)
    return " · ".join(texts) or content.note or NOTHING


def changes(place: str, before: Content | None, after: Content | None, edition: Edition) -> tuple[Change, ...]:
    """List what differs between two contents of a place, in the words of the edition."""
    old, new = dict(_parts(place, before, edition)), dict(_parts(place, after, edition))
    labels = _labels(place, edition)
    return tuple(
        Change(_label(key, labels), old.get(key, NOTHING), new.get(key, NOTHING))
        for key in (old | new)
        if old.get(key) != new.get(key)
    )


FINISHED = "="
_Key = tuple[str, str]

_PARTS = {
    "value": say("Value"),
    "data_year": say("Year of the data"),
    "quality": say("Quality"),
    "source": say("Source"),
    "note": say("Note"),
    "reason": say("Reason"),
    "way": say("Way to the value"),
}


def _label(key: _Key, labels: dict[str, str]) -> str | Sentence:
    name, part = key
    if not name:
        return _PARTS[part]
    label = _PARTS["value"] if name == FINISHED else labels.get(name, name)
    return label if part == "value" else say("{label}, {part}", label=label, part=_PARTS[part])


def _labels(place: str, edition: Edition) -> dict[str, str]:
    if place.startswith(PROFILE_PREFIX):
        name = place.removeprefix(PROFILE_PREFIX)
        return {name: edition.profile_inputs[name].label} if name in edition.profile_inputs else {}
    indicator = edition.find(place)
    return {name: edition.input(indicator.id, name).label for name in indicator.inputs} if indicator else {}


def _parts(place: str, content: Content | None, edition: Edition) -> Iterator[tuple[_Key, str]]:
    if isinstance(content, Entry):
        yield from _entry_parts(place.removeprefix(PROFILE_PREFIX), content)
    elif isinstance(content, Answer):
        for name, entry in content.inputs.items():
            yield from _entry_parts(name, entry)
        if content.finished is not None:
            indicator = edition.find(place)
            rungs = {rung.id: f"{rung.points} · {rung.text}" for rung in indicator.ladder} if indicator else {}
            for (name, part), text in _entry_parts(FINISHED, content.finished):
                yield (name, part), rungs.get(text, text) if part == "value" else text
        given = {"reason": content.reason, "way": content.way, "note": content.note, "source": content.source}
        for part, value in given.items():
            if value:
                yield ("", part), str(value)


def _entry_parts(name: str, entry: Entry) -> Iterator[tuple[_Key, str]]:
    yield (name, "value"), figure(entry) or NOTHING
    for part in ("data_year", "quality", "source", "note"):
        if value := getattr(entry, part):
            yield (name, part), str(value)

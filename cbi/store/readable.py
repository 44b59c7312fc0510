"""History as people read it: what stands in a place, and what changed there, line by line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from cbi.assessment import Answer, Entry
from cbi.definitions import Edition
from cbi.definitions.models import OwnInput
from cbi.gathering import figure
from cbi.i18n import Listing, Sentence, say
from cbi.labels import QUALITIES, REASONS
from cbi.store.contents import PROFILE_PREFIX, Content
from cbi.store.records import Act, FileAct, Happening, Kind, Paper, Source, State
from cbi.store.rights import Deed

NOTHING = "–"

ACTS = {
    Act.TYPED: say("typed"),
    Act.IMPORT: say("imported"),
    Act.CARRIED: say("carried over"),
    Act.CONFIRMED: say("taken as still true"),
    Act.RESTORED: say("restored"),
    Act.UNDONE: say("undone"),
}

FILE_ACTS = {
    FileAct.ATTACHED: say("file attached"),
    FileAct.REMOVED: say("file removed"),
    FileAct.BROUGHT_BACK: say("file brought back"),
}

KINDS = {
    Kind.FORM_MAPPING: say("reading of a form"),
    Kind.BAND_CHECK: say("check of bands"),
    Kind.BAND_CORRECTION: say("correction of bands"),
    Kind.PROFILE: say("CitiesWithNature profile"),
    Kind.ACTION_LIST: say("list of actions"),
    Kind.SCENARIO: say("scenario"),
    Kind.PLAN: say("plan"),
    Kind.SETTING: say("setting"),
}


STATES = {
    State.IN_PROGRESS: say("in progress"),
    State.SUBMITTED: say("submitted"),
    State.LOCKED: say("locked"),
}

HAPPENINGS = {
    Happening.CITY_ADDED: say("city added"),
    Happening.CITY_RENAMED: say("city renamed"),
    Happening.STARTED: say("year started"),
    Happening.CORRECTED: say("year or edition corrected"),
    Happening.SUBMITTED: say("year submitted"),
    Happening.LOCKED: say("year locked as baseline"),
    Happening.REOPENED: say("year reopened"),
    Happening.BASELINE: say("chosen as baseline"),
    Happening.IMPORTED: say("imported"),
}


DEEDS = {
    Deed.SIGNED_IN: say("signed in"),
    Deed.SIGNED_OUT: say("signed out"),
    Deed.SIGN_IN_REFUSED: say("sign-in refused"),
    Deed.INVITED: say("invited"),
    Deed.ROLE_GIVEN: say("role given"),
    Deed.ROLE_TAKEN: say("role taken away"),
    Deed.SWITCHED_OFF: say("switched off"),
    Deed.SWITCHED_ON: say("switched on"),
    Deed.FORGOTTEN: say("personal data removed"),
    Deed.ASSIGNED: say("work assigned"),
    Deed.TAKEN_BACK: say("assignment taken back"),
    Deed.CITY_ADDED: say("city added"),
    Deed.CITY_RENAMED: say("city renamed"),
    Deed.SUBMITTED: say("year submitted"),
    Deed.LOCKED: say("year locked as baseline"),
    Deed.REOPENED: say("year reopened"),
    Deed.BASELINE: say("chosen as baseline"),
    Deed.IMPORTED: say("imported"),
    Deed.EXPORTED: say("exported"),
    Deed.STORE_IMPORTED: say("store imported"),
    Deed.STORE_EXPORTED: say("store exported"),
    Deed.BACKED_UP: say("backup taken"),
    Deed.RESTORED: say("backup restored"),
}
"""What the audit trail says was done."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that changed: what, what it was before, what it is now; ``part`` is ``value``, ``source`` and so on."""

    label: str | Sentence
    before: str
    after: str
    part: str = "value"


def moment(time: datetime) -> str:
    """Write a time to the minute, in UTC."""
    return f"{time.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


NONE = say("None of these")
"""What an empty checklist says: that it was answered, with nothing on it."""


def _figure(entry: Entry) -> object:
    return NONE if entry.value == () else figure(entry)


def content_said(content: Content | None) -> Listing:
    """Say a content in one short line: its figures digit for digit, or why there is none."""
    if content is None:
        return _line([])
    if isinstance(content, Entry):
        return _line([_figure(content)])
    entries = [*content.inputs.values(), *([content.finished] if content.finished else [])]
    texts: list[object] = [_figure(entry) for entry in entries]
    if content.reason is not None:
        texts.append(REASONS[content.reason])
    return _line([text for text in texts if text] or [content.note])


def _line(texts: list[object]) -> Listing:
    return Listing(tuple(text for text in texts if text), say(" · "))


def content_text(content: Content | None, language: str = "en") -> str:
    """Write what :func:`content_said` says."""
    return content_said(content).text(language)


def changes(place: str, before: Content | None, after: Content | None, edition: Edition) -> tuple[Change, ...]:
    """List what differs between two contents of a place, in the words of the edition."""
    old, new = dict(_parts(place, before, edition)), dict(_parts(place, after, edition))
    labels = _labels(place, edition)
    return tuple(
        Change(_label(key, labels), old.get(key, NOTHING), new.get(key, NOTHING), key[1])
        for key in (old | new)
        if old.get(key) != new.get(key)
    )


def source_changes(before: Source | None, after: Source) -> tuple[Change, ...]:
    """List what differs between two versions of a source; of a new one, all that is known of it."""
    old = before or Source(after.title)
    told = {
        "organisation": (say("Organisation"), old.organisation, after.organisation),
        "year": (say("Year of publication"), old.year, after.year),
        "link": (say("Link"), old.link, after.link),
        "licence": (say("Licence"), old.licence, after.licence),
    }
    return tuple(
        Change(label, str(was or NOTHING), str(now or NOTHING), part)
        for part, (label, was, now) in told.items()
        if was != now
    )


def paper_act(paper: Paper) -> Sentence:
    """Say what a version of a paper did: it was added, changed or withdrawn."""
    if paper.content is None:
        return say("withdrawn")
    return say("added") if paper.version == 1 else say("changed")


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
    language = edition.language
    if isinstance(content, Entry):
        name = place.removeprefix(PROFILE_PREFIX)
        yield from _entry_parts(name, content, language, _items(edition.profile_inputs.get(name)))
    elif isinstance(content, Answer):
        for name, entry in content.inputs.items():
            asked = edition.find(place)
            own = edition.input(place, name) if asked and name in asked.inputs else None
            yield from _entry_parts(name, entry, language, _items(own))
        if content.finished is not None:
            indicator = edition.find(place)
            rungs = {rung.id: f"{rung.points} · {rung.text}" for rung in indicator.ladder} if indicator else {}
            for (name, part), text in _entry_parts(FINISHED, content.finished, language):
                yield (name, part), rungs.get(text, text) if part == "value" else text
        reason = REASONS[content.reason].text(language) if content.reason else ""
        given = {
            "reason": reason,
            "way": _way(place, content.way, edition),
            "note": content.note,
            "source": content.source,
        }
        for part, value in given.items():
            if value:
                yield ("", part), str(value)


def _way(place: str, way: str, edition: Edition) -> str:
    indicator = edition.find(place)
    return next((one.label for one in indicator.ways if one.id == way), way) if indicator else way


NO_ITEMS: Mapping[str, str] = {}


def _items(asked: OwnInput | None) -> Mapping[str, str]:
    """Give the labels of a list by the ids of its items."""
    return {item.id: item.label for item in asked.items} if asked else NO_ITEMS


def _entry_parts(
    name: str, entry: Entry, language: str, items: Mapping[str, str] = NO_ITEMS
) -> Iterator[tuple[_Key, str]]:
    listed = entry.value if isinstance(entry.value, tuple) else (entry.value,)
    named = [items[one] for one in listed if isinstance(one, str) and one in items]
    none = NONE.text(language)
    yield (name, "value"), none if entry.value == () else "; ".join(named) or str(figure(entry)) or NOTHING
    quality = QUALITIES[entry.quality].text(language) if entry.quality else ""
    recorded = {"data_year": entry.data_year, "quality": quality, "source": entry.source, "note": entry.note}
    for part, value in recorded.items():
        if value:
            yield (name, part), str(value)

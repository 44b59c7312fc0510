"""What differs between two versions of a profile, item by item: for its history, and for two people at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields

from cbi.citieswithnature.records import Action, Commitment, Profile, Statement, Tool, Upload
from cbi.i18n import Sentence, say

Item = Action | Commitment | Upload | Tool

ADDED, CHANGED, REMOVED = say("added"), say("changed"), say("removed")
KINDS: Mapping[type[Item], Sentence] = {
    Action: say("Action"),
    Commitment: say("Commitment"),
    Upload: say("Upload"),
    Tool: say("Tool or resource"),
}
OWN = ("about", "population", "country", "region", "head_of_government", "achievements", "date", "name")
"""What a profile says of the city itself."""

LEFT_OUT = ("key", "place", "actions")
"""Parts of an item that are not its own words."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One item that was added, changed or removed: ``what`` it is, its title, and its new texts if it was changed."""

    what: Sentence
    happened: Sentence
    title: str = ""
    texts: tuple[str, ...] = ()


def differences(before: Profile, after: Profile) -> tuple[Difference, ...]:
    """List what differs from one version to the next: the city's own facts first, then commitments, actions, links."""
    own = [name for name in OWN if getattr(before, name) != getattr(after, name)]
    first = (Difference(say("About the city"), CHANGED),) if own else ()
    old, new = dict(_items(before)), dict(_items(after))
    found = (_difference(old.get(key), new.get(key)) for key in (old | new))
    return (*first, *(one for one in found if one is not None))


def _items(profile: Profile) -> Iterator[tuple[tuple[type[Item], str], Item]]:
    items: list[Item] = [*profile.commitments, *profile.actions, *profile.uploads, *profile.tools]
    yield from (((type(item), item.key), item) for item in items)


def _difference(old: Item | None, new: Item | None) -> Difference | None:
    if old is None and new is not None:
        return Difference(KINDS[type(new)], ADDED, new.title)
    if new is None and old is not None:
        return Difference(KINDS[type(old)], REMOVED, old.title)
    if old is None or new is None:
        return None
    parts = [part.name for part in fields(new) if part.name not in LEFT_OUT]
    changed = [part for part in parts if getattr(old, part) != getattr(new, part)]
    if not changed:
        return None
    texts = tuple(filter(None, (_text(getattr(new, part)) for part in changed)))
    return Difference(KINDS[type(new)], CHANGED, new.title, texts)


def _text(part: object) -> str:
    return part.text if isinstance(part, Statement) else part if isinstance(part, str) else ""

"""Changing a profile by hand, also one that no file gave: each change gives a new profile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from typing import TypeVar

from cbi.citieswithnature.catalogue import Catalogue
from cbi.citieswithnature.records import Action, ActionArea, Commitment, Profile, Step, Tool, Upload

_Keyed = TypeVar("_Keyed", Action, Commitment, Tool, Upload)


class UnknownItemError(KeyError):
    """A key that names nothing of its kind in the profile."""


def blank(name: str, known: Catalogue, day: date | None = None) -> Profile:
    """Begin the profile of a city that has none: its areas and the nine steps, with nothing in them."""
    return completed(Profile(name=name, date=day), known)


def completed(profile: Profile, known: Catalogue) -> Profile:
    """Give a profile every area and step of the platform, in their order; those it lacks have nothing in them.

    Areas without a number stay behind the others. ``known`` names the areas that are added.
    """
    here = {area.number for area in profile.areas}
    areas = [
        *profile.areas,
        *(ActionArea(one.number, one.title) for one in known.platform.areas if one.number not in here),
    ]
    steps = {step.id: step for step in profile.pathway}
    phrases = known.phrases("step")
    lacking = [Step(one.id, one.number or 0, one.phase or "") for one in phrases if one.id not in steps]
    return replace(
        profile,
        areas=tuple(sorted(areas, key=lambda area: (area.number is None, area.number or 0))),
        pathway=tuple(sorted([*profile.pathway, *lacking], key=lambda step: step.number)),
    )


def with_keys(profile: Profile) -> Profile:
    """Give every commitment, action, upload and tool without a key a key of its own; the others keep theirs."""
    commitments = _Numbering("c", (one.key for one in profile.commitments))
    actions = _Numbering("a", (one.key for one in profile.actions))
    uploads = _Numbering("u", (one.key for one in profile.uploads))
    tools = _Numbering("t", (one.key for one in profile.tools))
    areas = tuple(
        replace(
            area,
            commitments=tuple(
                commitments.keyed(replace(one, actions=tuple(map(actions.keyed, one.actions))))
                for one in area.commitments
            ),
        )
        for area in profile.areas
    )
    pathway = tuple(replace(step, uploads=tuple(map(uploads.keyed, step.uploads))) for step in profile.pathway)
    return replace(profile, areas=areas, pathway=pathway, tools=tuple(map(tools.keyed, profile.tools)))


class _Numbering:
    """Gives keys that were not given before: ``a1``, ``a2`` and so on."""

    def __init__(self, letter: str, keys: Iterable[str]) -> None:
        self._letter = letter
        taken = [int(match[1]) for key in keys if (match := re.fullmatch(rf"{letter}([0-9]{{1,9}})", key))]
        self._last = max(taken, default=0)

    def keyed(self, item: _Keyed) -> _Keyed:
        if item.key:
            return item
        self._last += 1
        return replace(item, key=f"{self._letter}{self._last}")


# Commitments


def add_commitment(profile: Profile, area: int, commitment: Commitment) -> Profile:
    """Add a commitment at the end of an area; ``area`` is its position from 0. Raises UnknownItemError."""
    if not 0 <= area < len(profile.areas):
        raise UnknownItemError(area)
    changed = replace(profile.areas[area], commitments=(*profile.areas[area].commitments, replace(commitment, key="")))
    return with_keys(replace(profile, areas=(*profile.areas[:area], changed, *profile.areas[area + 1 :])))


def edit_commitment(profile: Profile, key: str, title: str) -> Profile:
    """Give a commitment another title. Raises UnknownItemError."""
    return _with_commitments(profile, key, lambda one: (replace(one, title=title),))


def remove_commitment(profile: Profile, key: str) -> Profile:
    """Take a commitment away, with its actions. Raises UnknownItemError."""
    return _with_commitments(profile, key, lambda one: ())


def _with_commitments(profile: Profile, key: str, change: Callable[[Commitment], tuple[Commitment, ...]]) -> Profile:
    _expect(key, (one.key for one in profile.commitments))
    areas = tuple(replace(area, commitments=_changed(area.commitments, key, change)) for area in profile.areas)
    return replace(profile, areas=areas)


# Actions


def add_action(profile: Profile, commitment: str, action: Action) -> Profile:
    """Add an action to the commitment with this key. Raises UnknownItemError."""
    added = _with_commitments(
        profile, commitment, lambda one: (replace(one, actions=(*one.actions, replace(action, key=""))),)
    )
    return with_keys(added)


def edit_action(profile: Profile, action: Action) -> Profile:
    """Put an action in the place of the one with the same key. Raises UnknownItemError."""
    return _with_actions(profile, action.key, lambda one: (action,))


def remove_action(profile: Profile, key: str) -> Profile:
    """Take an action away. Raises UnknownItemError."""
    return _with_actions(profile, key, lambda one: ())


def _with_actions(profile: Profile, key: str, change: Callable[[Action], tuple[Action, ...]]) -> Profile:
    _expect(key, (one.key for one in profile.actions))
    areas = tuple(
        replace(
            area,
            commitments=tuple(replace(one, actions=_changed(one.actions, key, change)) for one in area.commitments),
        )
        for area in profile.areas
    )
    return replace(profile, areas=areas)


# Uploads of the Nature Pathway


def add_upload(profile: Profile, step: str, upload: Upload) -> Profile:
    """Link a document to the step with this id (``step_1`` … ``step_9``). Raises UnknownItemError."""
    _expect(step, (one.id for one in profile.pathway))
    pathway = tuple(
        replace(one, uploads=(*one.uploads, replace(upload, key=""))) if one.id == step else one
        for one in profile.pathway
    )
    return with_keys(replace(profile, pathway=pathway))


def edit_upload(profile: Profile, upload: Upload) -> Profile:
    """Put an upload in the place of the one with the same key. Raises UnknownItemError."""
    return _with_uploads(profile, upload.key, lambda one: (upload,))


def remove_upload(profile: Profile, key: str) -> Profile:
    """Take an upload away. Raises UnknownItemError."""
    return _with_uploads(profile, key, lambda one: ())


def _with_uploads(profile: Profile, key: str, change: Callable[[Upload], tuple[Upload, ...]]) -> Profile:
    _expect(key, (one.key for one in profile.uploads))
    pathway = tuple(replace(step, uploads=_changed(step.uploads, key, change)) for step in profile.pathway)
    return replace(profile, pathway=pathway)


# Tools and resources


def add_tool(profile: Profile, tool: Tool) -> Profile:
    """Add a tool or resource."""
    return with_keys(replace(profile, tools=(*profile.tools, replace(tool, key=""))))


def edit_tool(profile: Profile, tool: Tool) -> Profile:
    """Put a tool in the place of the one with the same key. Raises UnknownItemError."""
    _expect(tool.key, (one.key for one in profile.tools))
    return replace(profile, tools=_changed(profile.tools, tool.key, lambda one: (tool,)))


def remove_tool(profile: Profile, key: str) -> Profile:
    """Take a tool away. Raises UnknownItemError."""
    _expect(key, (one.key for one in profile.tools))
    return replace(profile, tools=_changed(profile.tools, key, lambda one: ()))


def _changed(items: tuple[_Keyed, ...], key: str, change: Callable[[_Keyed], tuple[_Keyed, ...]]) -> tuple[_Keyed, ...]:
    return tuple(result for item in items for result in (change(item) if item.key == key else (item,)))


def _expect(key: str, known: Iterable[str]) -> None:
    if not key or key not in known:
        raise UnknownItemError(key)

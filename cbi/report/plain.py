"""What a report takes beside the answers: actions, and what is known of sources. Plain data, wherever it comes from."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from cbi.store.records import StoredSource


@dataclass(frozen=True, slots=True)
class Said:
    """What the city says of an action, in its own words, and the day on which it last updated just this."""

    text: str = ""
    updated: date | None = None


NOTHING = Said()


@dataclass(frozen=True, slots=True)
class Action:
    """Something that the city does for its nature, as its profile or its plan names it.

    ``area`` and ``commitment`` are what it belongs to, empty where that is not known; ``description``, ``baseline``
    and ``target`` each have a day of their own; ``indicators`` are the ids of those that it moves.
    """

    title: str
    area: str = ""
    commitment: str = ""
    description: Said = NOTHING
    baseline: Said = NOTHING
    target: Said = NOTHING
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file beside a source: its name, its SHA-256 in hexadecimal, its size in bytes."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class SourceDetail:
    """What is known of a source beyond its title, by which answers cite it; ``year`` is that of publication."""

    title: str
    organisation: str = ""
    year: int | None = None
    link: str = ""
    licence: str = ""
    files: tuple[SourceFile, ...] = ()


def details_of(register: Iterable[StoredSource]) -> tuple[SourceDetail, ...]:
    """Give what a city's register knows of its sources, as reports take it."""
    return tuple(
        SourceDetail(
            one.source.title,
            one.source.organisation,
            one.source.year,
            one.source.link,
            one.source.licence,
            tuple(SourceFile(file.name, file.sha256, file.size) for file in one.attachments),
        )
        for one in register
    )

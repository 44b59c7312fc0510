"""What a CitiesWithNature city profile holds: the city, its actions, its pathway, its index chapter, its tools."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands in the file: line and page, both from 1; 0 for what was added by hand."""

    line: int = 0
    page: int = 0


BY_HAND = Place()


@dataclass(frozen=True, slots=True)
class Statement:
    """A baseline or a target: what it says, and when the city last updated it.

    ``heading_lost`` tells that it stands in the file without its heading and was known by what it says.
    """

    text: str
    updated: datetime.date | None = None
    place: Place = BY_HAND
    heading_lost: bool = False


@dataclass(frozen=True, slots=True)
class Action:
    """One thing that the city does. ``key`` names it within the profile.

    ``indicators`` are ids that the city linked by hand; None leaves it to the mapping of the title.
    """

    title: str
    description: str = ""
    baseline: Statement | None = None
    target: Statement | None = None
    updated: datetime.date | None = None
    indicators: tuple[str, ...] | None = None
    place: Place = BY_HAND
    key: str = ""

    @property
    def last_update(self) -> datetime.date | None:
        """The latest day on which any part of it was updated."""
        days = [self.updated, *(part.updated for part in (self.baseline, self.target) if part)]
        return max((day for day in days if day), default=None)


@dataclass(frozen=True, slots=True)
class Commitment:
    """A commitment with its actions; an empty ``title`` tells that its heading is not in the file."""

    title: str
    actions: tuple[Action, ...] = ()
    key: str = ""


@dataclass(frozen=True, slots=True)
class ActionArea:
    """One of the action areas of the platform, with the commitments that the city made in it."""

    number: int | None
    title: str
    commitments: tuple[Commitment, ...] = ()


@dataclass(frozen=True, slots=True)
class Achievement:
    """How far a level of an award is complete: ``award`` and ``level`` are ids of the mapping."""

    award: str
    level: str
    percent: int


@dataclass(frozen=True, slots=True)
class Upload:
    """A document that is linked to a step of the Nature Pathway."""

    title: str
    link: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One of the nine steps of the Nature Pathway; ``id`` and ``phase`` are ids of the mapping."""

    id: str
    number: int
    phase: str
    uploads: tuple[Upload, ...] = ()


@dataclass(frozen=True, slots=True)
class IndicatorScore:
    """A score of one indicator as the index chapter prints it.

    ``points`` is empty where none are printed; ``state`` is an id of the mapping, empty where none is printed.
    """

    title: str
    points: str
    component: str = ""
    state: str = ""


@dataclass(frozen=True, slots=True)
class ComponentScore:
    """A component in the index chapter: its points of its maximum, and whether the city has started on it."""

    component: str
    points: str
    maximum: str
    started: bool = True


@dataclass(frozen=True, slots=True)
class IndexChapter:
    """The chapter on the City Biodiversity Index; points are texts as they are printed."""

    total: str = ""
    components: tuple[ComponentScore, ...] = ()
    indicators: tuple[IndicatorScore, ...] = ()

    @property
    def not_started(self) -> bool:
        """Whether the profile says of every component that the city has not started."""
        return bool(self.components) and not any(one.started for one in self.components)


@dataclass(frozen=True, slots=True)
class Tool:
    """A tool or resource that the city shares."""

    title: str
    link: str = ""
    description: str = ""
    key: str = ""


@dataclass(frozen=True, slots=True)
class Unread:
    """Lines of the file that were not understood, as they stand there."""

    text: str
    place: Place


@dataclass(frozen=True, slots=True)
class Profile:
    """A whole city profile.

    ``stated_actions`` is the number of actions that the platform prints in the overview. ``not_understood``
    lists what has no meaning to the reader, ``platform_text`` what the platform prints in every profile and
    what repeats on every page: nothing of the file is lost.
    """

    name: str
    date: datetime.date | None = None
    about: str = ""
    population: Decimal | None = None
    country: str = ""
    region: str = ""
    head_of_government: str = ""
    stated_actions: int | None = None
    achievements: tuple[Achievement, ...] = ()
    areas: tuple[ActionArea, ...] = ()
    pathway: tuple[Step, ...] = ()
    index: IndexChapter = field(default_factory=IndexChapter)
    tools: tuple[Tool, ...] = ()
    not_understood: tuple[Unread, ...] = ()
    platform_text: tuple[str, ...] = ()
    about_place: Place = BY_HAND
    population_place: Place = BY_HAND

    @property
    def commitments(self) -> Iterator[Commitment]:
        """Every commitment, in the order of the file."""
        return (commitment for area in self.areas for commitment in area.commitments)

    @property
    def actions(self) -> Iterator[Action]:
        """Every action, in the order of the file."""
        return (action for commitment in self.commitments for action in commitment.actions)

    @property
    def uploads(self) -> Iterator[Upload]:
        """Every document that is linked to a step of the Nature Pathway."""
        return (upload for step in self.pathway for upload in step.uploads)

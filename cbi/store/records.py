"""What the store hands out: frozen records, free of any database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from cbi.assessment import Assessment
from cbi.corrections import NO_BANDS, CityBands
from cbi.store.contents import Content
from cbi.store.rights import Deed, Member


class State(StrEnum):
    """How far an assessment has come. Only one in progress takes changes."""

    IN_PROGRESS = "in_progress"
    SUBMITTED = "submitted"
    LOCKED = "locked"


class Act(StrEnum):
    """What a line of history did."""

    TYPED = "typed"
    IMPORT = "import"
    CARRIED = "carried"
    CONFIRMED = "confirmed"
    RESTORED = "restored"
    UNDONE = "undone"


class Happening(StrEnum):
    """What an event did to a city or an assessment as a whole."""

    CITY_ADDED = "city_added"
    CITY_RENAMED = "city_renamed"
    STARTED = "started"
    CORRECTED = "corrected"
    SUBMITTED = "submitted"
    LOCKED = "locked"
    REOPENED = "reopened"
    BASELINE = "baseline"
    IMPORTED = "imported"


class Kind(StrEnum):
    """What a paper is.

    A program refuses a document with a kind that it does not know. So that it can say why, a new kind here
    needs a new version there (:data:`cbi.store.document.VERSION`).
    """

    FORM_MAPPING = "form_mapping"
    BAND_CHECK = "band_check"
    BAND_CORRECTION = "band_correction"
    PROFILE = "profile"
    ACTION_LIST = "action_list"
    SCENARIO = "scenario"
    PLAN = "plan"
    SETTING = "setting"


ALWAYS_OPEN = frozenset({Kind.SCENARIO, Kind.PLAN})
"""Kinds that still change when their year is closed: they think about the year and are no part of it."""


@dataclass(frozen=True, slots=True)
class City:
    """A city of the store."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Head:
    """What is known of an assessment without opening it.

    ``definitions`` is the digest of the definitions it was started under, ``started_from`` the id of the
    assessment that it was started from.
    """

    id: int
    city: City
    year: int
    edition: str
    definitions: str
    state: State
    is_baseline: bool
    started_from: int | None = None

    @property
    def open(self) -> bool:
        """Whether it takes changes."""
        return self.state is State.IN_PROGRESS


@dataclass(frozen=True, slots=True)
class Stored:
    """An assessment as it stands: what scoring takes, and what saving needs.

    ``versions`` holds the version of every place that was ever saved; ``carried`` the places whose value
    came over from an earlier year and was not confirmed yet; ``persons`` who saved what stands there now.
    """

    head: Head
    assessment: Assessment
    versions: Mapping[str, int]
    carried: frozenset[str]
    persons: Mapping[str, str] = field(default_factory=dict)

    def version(self, place: str) -> int:
        """Give the version that a save here is based on; 0 where nothing was ever saved."""
        return self.versions.get(place, 0)


Mark = tuple[int, int, int]
"""The newest line of history, event and word on bands of a city: another mark, another state."""


@dataclass(frozen=True, slots=True)
class CityHistory:
    """All years of a city, as ``score_years`` and ``compare`` take them, its baseline year, its word on bands."""

    city: City
    assessments: tuple[Assessment, ...]
    baseline: int | None
    bands: CityBands = NO_BANDS


@dataclass(frozen=True, slots=True)
class Saved:
    """The version that stands after a save; ``added`` tells whether it is new."""

    version: int
    added: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """What a person wanted to save, and when."""

    content: Content | None
    person: str
    time: datetime


@dataclass(frozen=True, slots=True)
class Line:
    """One line of history: at ``time`` (UTC) ``person`` changed a place from ``before`` to ``after``.

    ``of_version`` is the version that was restored or undone.
    """

    assessment_id: int
    place: str
    version: int
    before: Content | None
    after: Content | None
    person: str
    time: datetime
    act: Act
    reason: str = ""
    carried: bool = False
    of_version: int | None = None


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened to a city or to one of its assessments as a whole."""

    city_id: int
    assessment_id: int | None
    kind: Happening
    person: str
    time: datetime
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Paper:
    """One version of a small document that is kept beside the answers; None as ``content``: it was withdrawn.

    It belongs to one assessment, or (``assessment_id`` None) to a city, or (``city_id`` None) to the whole
    store. ``content`` is plain data for JSON, numbers with decimals as texts. ``before`` is that of the version before
    it, where changes are looked back on; it is no part of the paper.
    """

    kind: Kind
    key: str
    version: int
    content: Mapping[str, Any] | None
    person: str
    time: datetime
    city_id: int | None = None
    assessment_id: int | None = None
    before: Mapping[str, Any] | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class LastTime:
    """What was answered last time, in the terms of the new year's edition.

    ``left_behind`` names the answers that cannot be taken over, with the reason of the crosswalk.
    """

    year: int
    edition: str
    assessment: Assessment
    left_behind: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Source:
    """A source of a city's register. Answers refer to it by its title; ``year`` is that of publication."""

    title: str
    organisation: str = ""
    year: int | None = None
    link: str = ""
    licence: str = ""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file beside a source, attached by ``person`` at ``time``; ``size`` in bytes.

    A removed one says by whom and when. It can be brought back if its bytes are ``kept``; those of files that
    were removed under earlier versions of this program are not.
    """

    id: int
    name: str
    sha256: str
    size: int
    media_type: str
    person: str
    time: datetime
    removed_by: str | None = None
    removed_at: datetime | None = None
    kept: bool = True


@dataclass(frozen=True, slots=True)
class StoredSource:
    """A source as it stands in the register, the version that a change is based on, and its files.

    ``person`` and ``time`` say who made this version, and when; ``removed`` holds the files that were taken away
    and not brought back, the one removed last first.
    """

    id: int
    source: Source
    version: int
    person: str
    time: datetime
    attachments: tuple[Attachment, ...] = ()
    removed: tuple[Attachment, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceChange:
    """One version of a source: what ``person`` made of it at ``time``; without ``before`` it was new."""

    source_id: int
    version: int
    before: Source | None
    after: Source
    person: str
    time: datetime


class FileAct(StrEnum):
    """What was done with a file beside a source."""

    ATTACHED = "attached"
    REMOVED = "removed"
    BROUGHT_BACK = "brought_back"


@dataclass(frozen=True, slots=True)
class FileChange:
    """What ``person`` did with a file of a source at ``time``; ``source`` is its title."""

    source_id: int
    source: str
    file: Attachment
    act: FileAct
    person: str
    time: datetime


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed between two times: in the answers, in the years as a whole, and beside them.

    Lines of history, events, versions of papers, versions of sources, and files; each the oldest first.
    """

    lines: tuple[Line, ...] = ()
    events: tuple[Event, ...] = ()
    papers: tuple[Paper, ...] = ()
    sources: tuple[SourceChange, ...] = ()
    files: tuple[FileChange, ...] = ()


@dataclass(frozen=True, slots=True)
class Account:
    """A person who may sign in, or could once.

    ``number`` is that of this store, ``key`` the same in every store; ``label`` is what stands where they did
    something. Of a removed one ``name`` and ``address`` are empty. ``linked`` tells whether they have signed in.
    """

    key: str
    number: int
    name: str
    address: str
    label: str
    active: bool
    linked: bool
    invited_by: str
    invited_at: datetime
    removed_at: datetime | None = None
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """A line of the audit trail: at ``time`` (UTC) an account did something, to another one or to a city or year.

    ``number`` and ``about`` are numbers of accounts, 0 where there is none: whoever sits at the machine itself.
    ``person`` and ``about_person`` are what those are called now.
    """

    time: datetime
    number: int
    person: str
    deed: Deed
    about: int = 0
    about_person: str = ""
    city: City | None = None
    year: int | None = None
    edition: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Lacking:
    """What of some work a person may not answer, and what the administrators who can change that are called."""

    works: tuple[str, ...]
    administrators: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Assignment:
    """Work in a year that somebody was asked to do: an indicator, a component or ``profile``.

    ``assignee`` is what the person or department is called, ``key`` that of the person's account (empty for a
    department). ``left`` names the places of it that wait for an answer; without any it is done.
    """

    id: int
    head: Head
    work: str
    assignee: str
    key: str
    due: date | None
    note: str
    person: str
    time: datetime
    left: tuple[str, ...] = ()

    @property
    def done(self) -> bool:
        """Whether all of it is answered."""
        return not self.left

    def overdue(self, today: date) -> bool:
        """Tell whether it waits though its day is past."""
        return self.due is not None and self.due < today and not self.done

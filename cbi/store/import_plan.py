"""What an import adds and changes: written down while it is done, shown before it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from cbi.i18n import Sentence
from cbi.problems import Problem, Severity
from cbi.store.contents import Content
from cbi.store.paper_contents import PaperContent
from cbi.store.records import Kind

Who = tuple[str, datetime]


@dataclass(frozen=True, slots=True)
class PlaceChange:
    """A place whose value changes; ``here`` is who saved the present one, and when."""

    city: str
    year: int
    edition: str
    place: str
    before: Content | None
    after: Content | None
    here: Who | None = None


@dataclass(frozen=True, slots=True)
class PaperChange:
    """A paper that gets new versions; ``here`` is who saved the present one, and when.

    ``owner`` names the city, with the year if it is a year's; it is empty for a paper of the whole store.
    """

    owner: str
    kind: Kind
    key: str
    before: PaperContent | None
    after: PaperContent | None
    here: Who | None = None

    @property
    def is_new(self) -> bool:
        """Whether the store has no version of it yet."""
        return self.here is None

    @property
    def changes(self) -> bool:
        """Whether what stands here now becomes another content; else it only gets more of its past."""
        return not self.is_new and self.before != self.after


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import adds and changes. ``problems`` say what is left out, and why.

    ``lines`` counts the lines of history that are added in all, ``trail`` those of the audit trail; ``people`` names
    who is new.
    """

    new_cities: tuple[str, ...] = ()
    new_years: tuple[tuple[str, int, str], ...] = ()
    changes: tuple[PlaceChange, ...] = ()
    lines: int = 0
    sources: tuple[str, ...] = ()
    files: int = 0
    papers: tuple[PaperChange, ...] = ()
    people: tuple[str, ...] = ()
    assignments: int = 0
    trail: int = 0
    problems: tuple[Problem, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether the store holds all of it already."""
        added = self.new_cities, self.new_years, self.lines, self.sources, self.files, self.papers
        return not any((*added, self.people, self.assignments, self.trail))


@dataclass(slots=True)
class Notes:
    """A plan while it is written."""

    new_cities: list[str] = field(default_factory=list)
    new_years: list[tuple[str, int, str]] = field(default_factory=list)
    changes: list[PlaceChange] = field(default_factory=list)
    lines: int = 0
    sources: list[str] = field(default_factory=list)
    files: int = 0
    papers: list[PaperChange] = field(default_factory=list)
    people: list[str] = field(default_factory=list)
    assignments: int = 0
    trail: int = 0
    problems: list[Problem] = field(default_factory=list)

    def refuse(self, where: str, code: str, sentence: Sentence) -> None:
        """Note what is left out and why, once."""
        problem = Problem(Severity.ERROR, code, where, sentence)
        if problem not in self.problems:
            self.problems.append(problem)

    def beside(self) -> tuple[int, int, int]:
        """Count what is new beside the answers: sources, files, papers."""
        return len(self.sources), self.files, len(self.papers)

    def plan(self) -> Plan:
        """Give the plan as it stands."""
        return Plan(
            tuple(self.new_cities),
            tuple(self.new_years),
            tuple(self.changes),
            self.lines,
            tuple(self.sources),
            self.files,
            tuple(self.papers),
            tuple(self.people),
            self.assignments,
            self.trail,
            tuple(self.problems),
        )

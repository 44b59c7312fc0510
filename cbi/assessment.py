"""What a city gives: its profile and its answers, each figure with unit, year, quality, source and note."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

LONGEST_FIGURE, LONGEST_TEXT = 5_000, 200_000
"""Signs that a figure may have, and a note, a source or an answer in words: no file or form takes more."""

Given = Decimal | str | tuple[str, ...] | tuple[Decimal, ...]
"""What one input holds: a number, a text (or the id of a rung or choice), a checklist, a list of areas."""


class Reason(StrEnum):
    """Why an indicator has no answer. Every reason but the first asks for a note."""

    NOT_STARTED = "not_started"
    NO_DATA = "no_data"
    NOT_APPLICABLE = "not_applicable"
    INCLUDED_ELSEWHERE = "included_elsewhere"
    CONFIDENTIAL = "confidential"


class Quality(StrEnum):
    """How good a figure is: measured or counted, estimated on a sound basis, or guessed by experts."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Entry:
    """One figure as the city gave it, and what is needed to defend it.

    ``unit`` is an area unit of :mod:`cbi.units`, a multiple of people, a currency, or empty; the digits of
    ``value`` stay as they were typed.
    """

    value: Given
    unit: str = ""
    data_year: int | None = None
    quality: Quality | None = None
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a city says of one indicator: its inputs, or the finished value, or why there is neither.

    ``way`` names the measure that the city chose where the indicator leaves the choice. ``unreadable``
    tells that something was given which could not be read and is listed as a problem: the answer was
    started, even if it is empty.
    """

    inputs: Mapping[str, Entry] = field(default_factory=dict)
    finished: Entry | None = None
    reason: Reason | None = None
    way: str = ""
    note: str = ""
    source: str = ""
    unreadable: bool = False

    @property
    def empty(self) -> bool:
        """Whether it holds neither a figure nor a reason."""
        return not self.inputs and self.finished is None and self.reason is None


@dataclass(frozen=True, slots=True)
class Assessment:
    """One city in one year under one edition.

    ``carried`` names the figures of the profile that came over from an earlier year and that nobody has confirmed yet.
    ``given_for`` holds the figures whose source was given for another figure, by their places (``profile`` or the id of
    an indicator, id of the input, empty for a finished value), each with the figure and record it was given for.
    """

    edition: str
    city: str | None = None
    year: int | None = None
    profile: Mapping[str, Entry] = field(default_factory=dict)
    answers: Mapping[str, Answer] = field(default_factory=dict)
    carried: frozenset[str] = frozenset()
    given_for: Mapping[tuple[str, str], Entry] = field(default_factory=dict)

"""A suggested answer, and putting those that a person accepted into an assessment."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from cbi.assessment import Answer, Assessment, Entry
from cbi.citieswithnature.records import Place
from cbi.definitions.edition import PROFILE, Edition
from cbi.problems import Problem


class Confidence(StrEnum):
    """How surely a figure of the profile is what the index asks for."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """An answer that the profile suggests.

    ``place`` is a place of the store (``profile.city_area`` or the id of an indicator), ``input`` the id of the
    input there, empty for a finished value. Without an ``entry`` it is evidence: the sentence says something of
    the indicator, and the person decides what. ``caution`` is what to look at before accepting, ``problems``
    are the checks that it fails; ``confidence`` is low where there is one. ``updated`` is the day on which the
    city last updated what it stands in.
    """

    id: str
    place: str
    input: str
    entry: Entry | None
    sentence: str
    source: str
    caution: str
    confidence: Confidence
    where: Place
    action: str = ""
    problems: tuple[Problem, ...] = ()
    updated: datetime.date | None = None

    @property
    def indicator(self) -> str | None:
        """The id of the indicator that it answers; None for a figure of the city profile."""
        return None if self.place.startswith(f"{PROFILE}.") else self.place

    def is_percent(self, edition: Edition) -> bool:
        """Whether it is a finished value in percent."""
        if self.indicator is None or self.input or self.entry is None:
            return False
        value = edition.indicator(self.indicator).value
        return value is not None and value.unit == "%"


def applied(chosen: Iterable[Suggestion], assessment: Assessment) -> Assessment:
    """Put chosen suggestions into an assessment; what stands beside them there is kept.

    A figure takes the place of the one that was there, and of the reason why there was none. Evidence adds its
    sentence to the note and its source to the answer. Of two suggestions for one input the later one stands.
    """
    profile, answers = dict(assessment.profile), dict(assessment.answers)
    for one in chosen:
        if one.indicator is None:
            if one.entry is not None:
                profile[one.place.removeprefix(f"{PROFILE}.")] = one.entry
        else:
            answers[one.place] = _with(answers.get(one.place, Answer()), one)
    return replace(assessment, profile=profile, answers=answers)


def _with(answer: Answer, one: Suggestion) -> Answer:
    if one.entry is None:
        sources = dict.fromkeys(filter(None, (*answer.source.split("; "), one.source)))
        notes = dict.fromkeys(filter(None, (*answer.note.split("\n"), f"“{one.sentence}”")))
        return replace(answer, source="; ".join(sources), note="\n".join(notes))
    if one.input:
        return replace(answer, inputs={**answer.inputs, one.input: one.entry}, reason=None)
    return replace(answer, finished=one.entry, reason=None)

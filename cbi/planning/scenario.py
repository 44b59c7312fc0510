"""What-if: an assessment with some figures put in place of the real ones, scored beside it and never mixed with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from cbi.assessment import Answer, Assessment, Entry
from cbi.comparison import score_in_history
from cbi.corrections import NO_BANDS, CityBands
from cbi.definitions import Edition
from cbi.definitions.edition import PROFILE
from cbi.draft import FINISHED
from cbi.gathering import Place, place_of
from cbi.scoring import Scorecard


@dataclass(frozen=True, slots=True)
class Change:
    """One figure of a scenario: its place, and what stands there instead.

    ``place`` is (``profile`` or the id of an indicator, id of the input); ``=`` stands for a finished value or a rung.
    """

    place: Place
    entry: Entry


@dataclass(frozen=True, slots=True)
class Scenario:
    """A what-if of one year: its name, what it is for, and its figures. Later figures for a place win."""

    name: str
    note: str = ""
    changes: tuple[Change, ...] = ()

    def with_change(self, change: Change) -> Scenario:
        """Give the scenario with one more figure, in the place of an earlier one for the same input."""
        return replace(self, changes=(*self.without(change.place).changes, change))

    def without(self, place: Place) -> Scenario:
        """Give the scenario without what it says of one place."""
        return replace(self, changes=tuple(one for one in self.changes if one.place != place))

    def entry(self, place: Place) -> Entry | None:
        """Give what the scenario says of a place; None where it leaves the real figure."""
        return next((one.entry for one in self.changes if one.place == place), None)


def overlaid(asked: Edition, assessment: Assessment, changes: Sequence[Change]) -> Assessment:
    """Give an assessment with other figures; the one that is given stays as it is.

    A figure that several indicators share is changed for all of them, wherever it was entered. What names an
    indicator or an input that the edition does not ask is left out.
    """
    for change in changes:
        owner, name = change.place
        if owner == PROFILE and name in asked.profile_inputs:
            assessment = _shared(asked, assessment, change)
        elif owner != PROFILE and asked.find(owner) is not None:
            assessment = _answered(asked, assessment, change)
    return assessment


def _shared(asked: Edition, assessment: Assessment, change: Change) -> Assessment:
    """Change a figure of the profile, and take away what stands for it under indicators."""
    profile = {**assessment.profile, change.place[1]: change.entry}
    answers = {owner: _without(asked, owner, answer, change.place) for owner, answer in assessment.answers.items()}
    return replace(assessment, profile=profile, answers=answers)


def _without(asked: Edition, owner: str, answer: Answer, place: Place) -> Answer:
    indicator = asked.find(owner)
    if indicator is None:
        return answer
    inputs = {
        name: entry
        for name, entry in answer.inputs.items()
        if name not in indicator.inputs or place_of(indicator, name) != place
    }
    return replace(answer, inputs=inputs)


def _answered(asked: Edition, assessment: Assessment, change: Change) -> Assessment:
    owner, name = change.place
    answers = {one: _without(asked, one, answer, change.place) for one, answer in assessment.answers.items()}
    answer = answers.get(owner, Answer())
    if name == FINISHED:
        answer = replace(answer, inputs={}, finished=change.entry, way="", reason=None)
    elif name in asked.indicator(owner).inputs:
        answer = replace(answer, inputs={**answer.inputs, name: change.entry}, reason=None)
    return replace(assessment, answers={**answers, owner: answer})


def entry_at(assessment: Assessment, asked: Edition, place: Place) -> Entry | None:
    """Find the figure that stands in a place of an assessment, wherever it was entered; None where there is none."""
    owner, name = place
    if name == FINISHED:
        answer = assessment.answers.get(owner)
        return answer.finished if answer else None
    if owner == PROFILE and name in assessment.profile:
        return assessment.profile[name]
    for one, answer in assessment.answers.items():
        indicator = asked.find(one)
        for given, entry in answer.inputs.items():
            if indicator is not None and given in indicator.inputs and place_of(indicator, given) == place:
                return entry
    return None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a scenario gives: its scorecard beside that of today, under the same edition and history."""

    scenario: Scenario
    today: Scorecard
    then: Scorecard

    @property
    def points(self) -> int:
        """Change in the total."""
        return self.then.total.points - self.today.total.points

    @property
    def moved(self) -> tuple[str, ...]:
        """The indicators whose points change, or that are scored only in one of the two, in their order."""
        pairs = zip(self.today.results, self.then.results, strict=True)
        return tuple(now.indicator.id for now, then in pairs if now.points != then.points)

    def to_dict(self) -> dict[str, Any]:
        """Give it as ``python -m cbi plan FILE --json`` lists it."""
        return {
            "name": self.scenario.name,
            "note": self.scenario.note,
            "points": self.then.total.points,
            "change": self.points,
            "components": {name: totals.points for name, totals in self.then.components.items()},
            "indicators": {
                name: [self.today.result(name).points, self.then.result(name).points] for name in self.moved
            },
        }


def played(
    scenario: Scenario,
    today: Scorecard,
    assessment: Assessment,
    history: Sequence[Assessment],
    baseline: int | None = None,
    bands: CityBands = NO_BANDS,
) -> Outcome:
    """Score a scenario with the earlier years of its city.

    ``today`` is the scorecard of ``assessment``, ``history`` holds all years of the city, ``baseline`` is its
    baseline year (by default the earliest) and ``bands`` what it says of bands. Raises
    :class:`cbi.comparison.UnknownBaselineError`.
    """
    changed = overlaid(today.edition, assessment, scenario.changes)
    years = [one for one in history if (one.year, one.edition) != (assessment.year, assessment.edition)]
    then = score_in_history(changed, [*years, changed], baseline, today.edition.language, bands)
    return Outcome(scenario, today, then)

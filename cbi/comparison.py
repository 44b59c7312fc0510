"""A city with itself: scorecards over the years, against the baseline and against the year before.

Only indicators scored in both years enter a like-for-like difference; the others are named. Points of two
editions are never subtracted: the older year is scored again under the newer edition, from what the
crosswalk lets through, and it is said which.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import pairwise
from typing import Any

from cbi.assessment import Answer, Assessment
from cbi.corrections import NO_BANDS, CityBands, corrected, problems_of
from cbi.definitions import Edition, crosswalk, edition
from cbi.definitions.models import Crosswalk, Indicator
from cbi.scoring import Result, Scorecard, score


class UnknownBaselineError(ValueError):
    """The year that should be the baseline was not assessed; ``years`` lists those that were."""

    def __init__(self, year: int, years: Sequence[int]) -> None:
        super().__init__(f"{year} is not among the years {', '.join(map(str, years))}")
        self.year = year
        self.years = tuple(years)


def baseline_of(assessments: Sequence[Assessment], year: int | None = None) -> Assessment | None:
    """Choose a city's baseline: the assessment of ``year``, by default the earliest; None without years.

    Raises :class:`UnknownBaselineError` if ``year`` was not assessed.
    """
    dated = sorted((one for one in assessments if one.year is not None), key=lambda one: (one.year or 0, one.edition))
    if year is None:
        return dated[0] if dated else None
    for one in dated:
        if one.year == year:
            return one
    raise UnknownBaselineError(year, [one.year or 0 for one in dated])


def score_years(
    assessments: Sequence[Assessment], baseline: int | None = None, language: str = "en", bands: CityBands = NO_BANDS
) -> tuple[Scorecard, ...]:
    """Score every assessment, each with the earlier years of its own city; in the order given.

    ``baseline`` is the baseline year, by default each city's earliest; ``bands`` is what the city says of the
    printed bands, as :class:`cbi.store.records.CityHistory` holds it. Raises :class:`UnknownBaselineError` if a
    city did not assess it.
    """
    return tuple(
        score_in_history(one, [other for other in assessments if other.city == one.city], baseline, language, bands)
        for one in assessments
    )


def score_in_history(
    assessment: Assessment,
    history: Sequence[Assessment],
    baseline: int | None,
    language: str,
    bands: CityBands = NO_BANDS,
) -> Scorecard:
    """Score one assessment of a city with what its other years say; ``history`` holds all of them.

    ``baseline`` is the baseline year, by default the earliest; ``bands`` is what the city says of the printed
    bands. Raises :class:`UnknownBaselineError`.
    """
    defined = edition(assessment.edition, language)
    base = baseline_of(history, baseline)
    before = _before(assessment, history)
    card = score(
        corrected(defined, bands),
        assessment,
        baseline=base if base in before else None,
        previous=before[-1] if before else None,
    )
    return replace(card, problems=(*card.problems, *problems_of(defined, bands)))


def _before(assessment: Assessment, history: Sequence[Assessment]) -> list[Assessment]:
    """List the assessments of earlier years, the earliest first."""
    year = assessment.year
    if year is None:
        return []
    return sorted((one for one in history if one.year is not None and one.year < year), key=lambda one: one.year or 0)


@dataclass(frozen=True, slots=True)
class Difference:
    """One indicator in two years, and the change of its points and of its value where both were scored."""

    indicator: str
    number: int
    component: str
    before: Result
    after: Result

    @property
    def compared(self) -> bool:
        """Whether both years were scored."""
        return self.before.is_scored and self.after.is_scored

    @property
    def points(self) -> int | None:
        """Change in points; None if one of the years was not scored."""
        return (self.after.points or 0) - (self.before.points or 0) if self.compared else None

    @property
    def value(self) -> Decimal | None:
        """Change in the value as read; None where there is none, as on a ladder."""
        if self.before.value is None or self.after.value is None:
            return None
        return self.after.value - self.before.value

    def to_dict(self) -> dict[str, Any]:
        """Give the difference as ``compare --json`` lists it."""
        value = self.value
        return {
            "number": self.number,
            "id": self.indicator,
            "component": self.component,
            "before": {"status": self.before.status.value, "value": _shown(self.before), "points": self.before.points},
            "after": {"status": self.after.status.value, "value": _shown(self.after), "points": self.after.points},
            "points": self.points,
            "value": None if value is None else f"{value:f}",
        }


def _shown(result: Result) -> str | None:
    return result.rung if result.value is None else f"{result.value:f}"


@dataclass(frozen=True, slots=True)
class Step:
    """Two years of a city under one edition.

    If one of the years (as a rule the older) was assessed under an older edition, it is ``rescored_year``;
    ``rescored`` names the indicators that were scored again from it, and ``not_carried`` those whose answer
    could not be, with the reason of the crosswalk.
    """

    from_year: int
    to_year: int
    edition: Edition
    older_edition: str
    before: Scorecard
    differences: tuple[Difference, ...]
    rescored_year: int | None = None
    rescored: tuple[str, ...] = ()
    not_carried: Mapping[str, str] | None = None

    @property
    def compared(self) -> tuple[Difference, ...]:
        """The indicators scored in both years: the like-for-like."""
        return tuple(difference for difference in self.differences if difference.compared)

    @property
    def left_out(self) -> tuple[Difference, ...]:
        """The indicators scored in only one of the years, or in none."""
        return tuple(difference for difference in self.differences if not difference.compared)

    def points(self, component: str | None = None) -> int:
        """Change in points, like for like, of a component or of the whole."""
        return sum(one.points or 0 for one in self.compared if component in (None, one.component))

    def to_dict(self) -> dict[str, Any]:
        """Give the step as ``compare --json`` lists it."""
        return {
            "from": self.from_year,
            "to": self.to_year,
            "edition": self.edition.id,
            "older_edition": self.older_edition,
            "points": self.points(),
            "compared": len(self.compared),
            "components": [{"id": one.id, "points": self.points(one.id)} for one in self.edition.components],
            "indicators": [difference.to_dict() for difference in self.differences],
            "left_out": [difference.indicator for difference in self.left_out],
            "rescored_year": self.rescored_year,
            "rescored": list(self.rescored),
            "not_carried": dict(self.not_carried or {}),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """All years of one city: its scorecards, and each year against the baseline and the year before.

    Every step runs from the earlier year to the later one: for a year before the baseline it leads to the baseline.
    """

    city: str | None
    baseline: int
    scorecards: tuple[Scorecard, ...]
    against_baseline: tuple[Step, ...]
    against_previous: tuple[Step, ...]

    def to_dict(self) -> dict[str, Any]:
        """Give the comparison as ``python -m cbi compare FILE --json`` prints it."""
        return {
            "city": self.city,
            "baseline": self.baseline,
            "years": [card.to_dict() for card in self.scorecards],
            "against_baseline": [step.to_dict() for step in self.against_baseline],
            "against_previous": [step.to_dict() for step in self.against_previous],
        }


def compare(
    assessments: Sequence[Assessment], baseline: int | None = None, language: str = "en", bands: CityBands = NO_BANDS
) -> Comparison:
    """Compare the years of one city, each against the baseline and against the year before.

    ``baseline`` is the baseline year, by default the earliest; ``bands`` is what the city says of the printed
    bands. Raises :class:`UnknownBaselineError` if it was
    not assessed, and ValueError for assessments of several cities, without years, or of a single year.
    """
    if len({one.city for one in assessments}) > 1:
        raise ValueError("compare() takes the assessments of one city")
    history = sorted((one for one in assessments if one.year is not None), key=lambda one: (one.year or 0, one.edition))
    base = baseline_of(history, baseline)
    if base is None or len(history) < 2:
        raise ValueError("compare() needs at least two assessments with a year")
    return Comparison(
        city=base.city,
        baseline=base.year or 0,
        scorecards=score_years(history, baseline, language, bands),
        against_baseline=tuple(
            step_between(base, one, history, baseline, language, bands) for one in history if one is not base
        ),
        against_previous=tuple(
            step_between(before, after, history, baseline, language, bands) for before, after in pairwise(history)
        ),
    )


def step_between(
    before: Assessment,
    after: Assessment,
    history: Sequence[Assessment],
    baseline: int | None,
    language: str,
    bands: CityBands = NO_BANDS,
) -> Step:
    """Set two years of a city side by side under the newer of their editions; the step runs from the earlier year.

    ``history`` holds all years of the city, ``bands`` what it says of the printed bands. Raises
    :class:`UnknownBaselineError`.
    """
    older, newer = sorted((before, after), key=lambda one: (one.year or 0, one.edition))
    asked = corrected(edition(max(older.edition, newer.edition), language), bands)
    cards = []
    again: Assessment | None = None
    rescored: tuple[str, ...] = ()
    not_carried: dict[str, str] = {}
    for one in (older, newer):
        if one.edition == asked.id:
            cards.append(score_in_history(one, history, baseline, language, bands))
            continue
        again = one
        translated, left_behind = carry_over(one, crosswalk(language), asked.id)
        cards.append(score_in_history(translated, history, baseline, language, bands))
        rescored = tuple(result.indicator.id for result in cards[-1].results if result.is_scored)
        not_carried = {name: why for name, why in left_behind.items() if name not in rescored}
    then, now = cards
    return Step(
        from_year=older.year or 0,
        to_year=newer.year or 0,
        edition=asked,
        older_edition=again.edition if again else asked.id,
        before=then,
        differences=tuple(
            Difference(old.indicator.id, old.indicator.number, old.indicator.component, old, new)
            for old, new in zip(then.results, now.results, strict=True)
        ),
        rescored_year=again.year if again else None,
        rescored=rescored,
        not_carried=not_carried,
    )


def carry_over(assessment: Assessment, walk: Crosswalk, newer: str) -> tuple[Assessment, dict[str, str]]:
    """Bring an older assessment under the newer edition, as far as the crosswalk lets its answers through.

    Inputs carry where the newer edition asks the same; a finished value only where it means the same.
    Returns the assessment to score again, and the answers that were left behind with the reason why.
    """
    asked = edition(newer)
    pairs = {pair.id: pair for pair in walk.pairs}
    lost = {only.id: only.why for only in walk.only if only.id in assessment.answers}
    answers = {}
    for name, answer in assessment.answers.items():
        if name not in pairs:
            continue
        pair = pairs[name]
        carried = asked.indicator(name).inputs if pair.inputs is None else pair.inputs
        given = _with_count(edition(assessment.edition).indicator(name), answer)
        inputs = {key: entry for key, entry in given.inputs.items() if key in carried}
        finished = answer.finished if pair.carries == "inputs and value" else None
        answers[name] = replace(answer, inputs=inputs, finished=finished)
        if not answer.empty and answers[name].empty:
            lost[name] = pair.why
    profile = {key: entry for key, entry in assessment.profile.items() if key in asked.profile_inputs}
    return replace(assessment, edition=newer, profile=profile, answers=answers), lost


def _with_count(indicator: Indicator, answer: Answer) -> Answer:
    """Where the finished value is a count as it was given, it is the input itself."""
    counted = [way.of["amount"] for way in indicator.ways if way.measure == "as_given"]
    if answer.finished is None or len(indicator.ways) > 1 or not counted:
        return answer
    return replace(answer, inputs={counted[0]: answer.finished, **answer.inputs})

"""What a correction changes: the points of an indicator in every year of the city, now and then."""

from __future__ import annotations

from dataclasses import dataclass

from cbi.assessment import Assessment
from cbi.comparison import score_in_history
from cbi.corrections.said import CityBands
from cbi.definitions.city_bands import BandCorrection
from cbi.scoring import Result, Scorecard
from cbi.store.records import CityHistory


@dataclass(frozen=True, slots=True)
class Effect:
    """One year of a city: the scorecards by the bands of now, and by those of a correction."""

    year: int
    indicator: str
    now: Scorecard
    then: Scorecard

    @property
    def before(self) -> Result:
        """The indicator by the bands of now."""
        return self.now.result(self.indicator)

    @property
    def after(self) -> Result:
        """The indicator by the bands of the correction."""
        return self.then.result(self.indicator)

    @property
    def changes(self) -> bool:
        """Whether the points of this year change."""
        return self.before.points != self.after.points


def effects(history: CityHistory, correction: BandCorrection, language: str = "en") -> tuple[Effect, ...]:
    """Score every year of a city that goes by the edition of a correction, without it and with it.

    The correction must have passed its proof. Years come the earliest first.
    """
    years = [one for one in history.assessments if one.edition == correction.edition and one.year is not None]
    corrected = history.bands.with_correction(correction)

    def scored(one: Assessment, bands: CityBands) -> Scorecard:
        return score_in_history(one, history.assessments, history.baseline, language, bands)

    return tuple(
        Effect(one.year or 0, correction.indicator, scored(one, history.bands), scored(one, corrected))
        for one in sorted(years, key=lambda one: one.year or 0)
    )

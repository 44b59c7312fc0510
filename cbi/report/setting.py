"""What every part of a report is made from: the opened year scored, and its change since the baseline."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from cbi.assessment import Answer, Assessment, Entry
from cbi.comparison import Difference, Step, baseline_of, carry_over, score_years, step_between
from cbi.corrections import CityBands, corrected
from cbi.definitions import Edition, crosswalk, edition
from cbi.scoring import Result, Scorecard
from cbi.standing import figure_at, said_at
from cbi.wording import Voice

NO_ANSWER = Answer()


@dataclass(frozen=True, slots=True)
class Setting:
    """The opened assessment with its scorecard, in the years of its city up to then.

    ``years`` holds the scorecards of the years up to the opened one, the earliest first, and ``baseline`` the year
    that is held against; both are empty where there are no two years. ``step`` is the opened year against the
    baseline, None where it is the baseline itself. ``alike`` holds every year scored under the opened edition, as far
    as it can be.
    """

    voice: Voice
    opened: Assessment
    card: Scorecard
    years: tuple[Scorecard, ...] = ()
    baseline: int | None = None
    step: Step | None = None
    alike: tuple[Scorecard, ...] = ()
    changes: Mapping[str, Difference] = field(default_factory=dict)

    @property
    def language(self) -> str:
        """The language of the report."""
        return self.voice.language

    @property
    def edition(self) -> Edition:
        """The edition of the opened assessment."""
        return self.voice.edition

    def other_figure(self, entry: Entry, speaks: Callable[[Entry, Entry], bool]) -> str:
        """Write the figure that the source or the note of a figure was given for; empty where it is its own.

        ``speaks`` is :func:`cbi.standing.cites_the_same` or :func:`cbi.standing.quotes_the_same`.
        """
        for (owner, name), before in self.opened.given_for.items():
            if figure_at(self.opened, (owner, name)) is entry and speaks(before, entry):
                said = said_at(self.edition, owner, name, before)
                return said.text(self.language, self.voice.numbers)
        return ""

    def answer(self, result: Result) -> Answer:
        """Give what the city answered to an indicator; an empty answer where it said nothing."""
        return self.opened.answers.get(result.indicator.id, NO_ANSWER)


def setting_of(
    history: Sequence[Assessment],
    opened: Assessment,
    baseline: int | None,
    language: str,
    numbers: str,
    bands: CityBands,
) -> Setting:
    """Score the opened assessment and compare it with the earlier years of its city.

    ``history`` may hold other cities and later years: they are left aside. Raises
    :class:`cbi.comparison.UnknownBaselineError` if the city did not assess the year ``baseline``.
    """
    voice = Voice(corrected(edition(opened.edition, language), bands), numbers)
    own = [one for one in history if one.city == opened.city and one is not opened and one.year is not None]
    card = score_years([*own, opened], baseline, language, bands)[-1]
    base = baseline_of([*own, opened], baseline)
    if opened.year is None or base is None or base.year is None or base.year > opened.year:
        return Setting(voice, opened, card)
    years = [*(one for one in own if (one.year or 0) <= opened.year), opened]
    if len(years) < 2:
        return Setting(voice, opened, card)
    years.sort(key=lambda one: (one.year or 0, one.edition))
    step = None if base is opened else step_between(base, opened, years, baseline, language, bands)
    if step is not None and step.edition.id != opened.edition:
        step = None
    return Setting(
        voice,
        opened,
        card,
        score_years(years, baseline, language, bands),
        base.year,
        step,
        _alike(years, opened.edition, base.year, language, bands),
        {} if step is None else {one.indicator: one for one in step.compared},
    )


def _alike(
    years: Sequence[Assessment], asked: str, baseline: int, language: str, bands: CityBands
) -> tuple[Scorecard, ...]:
    """Score every year under one edition; a year that was assessed under a newer one is left aside."""
    under = {one.year: carry_over(one, crosswalk(language), asked)[0] for one in years if one.edition < asked}
    under |= {one.year: one for one in years if one.edition == asked}
    dated = sorted(under.values(), key=lambda one: one.year or 0)
    kept = baseline if baseline in under else None
    return score_years(dated, kept, language, bands)

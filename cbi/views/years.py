"""All years of the open city as the page “Compare” shows them, the open year as its form stands now."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from cbi.assessment import Assessment
from cbi.comparison import Step, baseline_of, score_years, step_between
from cbi.i18n import say, translate
from cbi.over_time import under_newest
from cbi.scoring import Scorecard
from cbi.views.charts_over_time import are_many
from cbi.views.shown import Shown
from cbi.wording import Voice


@dataclass(frozen=True)
class Years:
    """The years of a city, the earliest first.

    ``cards`` are their scorecards as they were assessed, ``alike`` those under the newest of their editions;
    ``baseline`` is the baseline year.
    """

    shown: Shown
    assessments: tuple[Assessment, ...]
    cards: tuple[Scorecard, ...]
    alike: tuple[Scorecard, ...]
    baseline: int | None

    @property
    def language(self) -> str:
        """The language of the reader."""
        return self.shown.language

    @property
    def newest(self) -> str:
        """The newest edition that one of the years was assessed under."""
        return self.alike[-1].edition.id

    @property
    def city(self) -> str:
        """The name of the city, or that it has none."""
        return self.shown.card.city or translate("City without a name", self.language)

    @property
    def base(self) -> Assessment | None:
        """The assessment of the baseline year."""
        return baseline_of(self.assessments, self.baseline)

    @property
    def scored_again(self) -> tuple[str, ...]:
        """The years of older editions, which are scored again under the newest."""
        return tuple(self.name(one) for one in self.assessments if one.edition != self.newest)

    def name(self, one: Assessment | Scorecard) -> str:
        """Name a year; with its edition where the city assessed it under two."""
        edition = one.edition if isinstance(one, Assessment) else one.edition.id
        if Counter(other.year for other in self.assessments)[one.year] == 1:
            return str(one.year)
        return f"{one.year} ({edition})"

    def full_name(self, one: Assessment) -> str:
        """Name a year with its edition, and say whether it is the baseline."""
        parts = [str(one.year), say("{edition} edition", edition=one.edition).text(self.language)]
        if one is self.base:
            parts.append(translate("baseline", self.language))
        return " · ".join(parts)

    def places(self, count: int) -> Sequence[DeltaGenerator]:
        """Make places for so many charts of all years: side by side, or one below the other where years are many."""
        if are_many([one.year or 0 for one in self.assessments]):
            return [st.container() for _ in range(count)]
        return st.columns(count, gap="medium", border=True)

    def card(self, one: Assessment) -> Scorecard:
        """Give the scorecard of a year as it was assessed."""
        return self.cards[self.assessments.index(one)]


@dataclass(frozen=True)
class Pair:
    """Two of the years, the earlier before the later, and the step between them."""

    years: Years
    before: Assessment
    after: Assessment
    step: Step

    @property
    def language(self) -> str:
        """The language of the reader."""
        return self.years.language

    @property
    def names(self) -> tuple[str, str]:
        """How the two years are called."""
        return self.years.name(self.before), self.years.name(self.after)

    @property
    def voice(self) -> Voice:
        """The reader of the edition that both years are scored under."""
        return Voice(self.step.edition, self.years.shown.draft.number_format)

    @property
    def title(self) -> str:
        """Say which year is set against which."""
        before, after = self.names
        if self.before is self.years.base:
            told = say("{to} against the baseline {from_}", to=after, from_=before)
        elif self.after is self.years.base:
            told = say("The baseline {to} against the earlier year {from_}", to=after, from_=before)
        else:
            told = say("{to} against {from_}", to=after, from_=before)
        return told.text(self.language)


def pair_of(years: Years, before: Assessment, after: Assessment) -> Pair:
    """Set two of the years side by side."""
    bands = years.shown.history.bands
    step = step_between(before, after, years.assessments, years.baseline, years.language, bands)
    return Pair(years, before, after, step)


def years_of(shown: Shown) -> Years:
    """Score all years of the open city, with what stands in the form now."""
    mine = shown.reading.assessment
    others = (one for one in shown.history.assessments if (one.year, one.edition) != (mine.year, mine.edition))
    years = tuple(sorted([*others, mine], key=lambda one: (one.year or 0, one.edition)))
    baseline = shown.history.baseline if shown.history.baseline in {one.year for one in years} else None
    bands = shown.history.bands
    cards = score_years(years, baseline, shown.language, bands)
    alike = under_newest(years, cards, baseline, shown.language, bands)
    return Years(shown, years, cards, alike, baseline)

"""All that planning says of one year of a city, worked out together: what the command line prints and reports take."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from cbi.assessment import Assessment
from cbi.comparison import baseline_of, carry_over, score_in_history, step_between
from cbi.corrections import NO_BANDS, CityBands
from cbi.definitions import crosswalk
from cbi.over_time import SpeciesGroup, species_counts
from cbi.planning.attribution import Attribution, attributed
from cbi.planning.effort import Looking, Surveys, looked
from cbi.planning.firmness import Firm, Firmness, firmness
from cbi.planning.next_point import Outlook, outlooks
from cbi.planning.plan import Achieved, Plan, achieved, plan_dict
from cbi.planning.ranges import USUAL_GRADES, Coverage, GradeRanges, Spread, coverage_of, uncertain_of
from cbi.planning.rounding import OnTheEdge, on_the_edge
from cbi.planning.scenario import Outcome, Scenario, played
from cbi.planning.telling import first_move, is_small
from cbi.scoring import Scorecard

THIN = Fraction(1, 10)
"""From this chance of fewer points on, points stand on thin ice."""


@dataclass(frozen=True, slots=True)
class Beside:
    """What is kept beside the answers of a year and belongs to planning; a file has none of it."""

    spreads: tuple[Spread, ...] = ()
    grades: GradeRanges = field(default_factory=lambda: USUAL_GRADES)
    scenarios: tuple[Scenario, ...] = ()
    plans: tuple[Plan, ...] = ()
    surveys: Surveys = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Findings:
    """One year of a city as planning sees it. ``attribution`` is None where there is no earlier baseline."""

    card: Scorecard
    outlooks: tuple[Outlook, ...]
    edges: tuple[OnTheEdge, ...]
    firm: Firm
    coverage: Coverage
    attribution: Attribution | None
    looking: tuple[tuple[SpeciesGroup, tuple[Looking, ...]], ...]
    outcomes: tuple[Outcome, ...]
    plans: tuple[tuple[Plan, tuple[Achieved, ...]], ...]

    @property
    def near(self) -> tuple[Outlook, ...]:
        """The indicators whose next point is near at hand: one rung, one more, or at most a tenth of a figure."""
        return tuple(one for one in self.outlooks if (move := first_move(one)) is not None and is_small(move))

    @property
    def thin(self) -> tuple[str, ...]:
        """The indicators whose points stand on thin ice, by id."""
        return thin_of(self.card, self.firm, self.edges)

    def firmness_of(self, indicator: str) -> Firmness | None:
        """Give the chances of one indicator; None where no range can change its points."""
        return next((one for one in self.firm.indicators if one.result.indicator.id == indicator), None)

    def to_dict(self) -> dict[str, Any]:
        """Give it as ``python -m cbi plan FILE --json`` lists it."""
        card = self.card
        return {
            "city": card.city,
            "year": card.year,
            "edition": card.edition.id,
            "definitions": card.edition.hash,
            "points": card.total.points,
            "maximum": card.total.maximum,
            "near": [one.result.indicator.id for one in self.near],
            "thin_ice": list(self.thin),
            "next": [one.to_dict() for one in self.outlooks],
            "rounding": [one.to_dict() for one in self.edges],
            "firmness": {**self.firm.to_dict(), "coverage": self.coverage.to_dict()},
            "since_baseline": self.attribution.to_dict() if self.attribution else None,
            "surveys": [
                {"id": group.id, "label": group.label, "steps": [one.to_dict() for one in steps]}
                for group, steps in self.looking
            ],
            "scenarios": [one.to_dict() for one in self.outcomes],
            "plans": [plan_dict(plan, done) for plan, done in self.plans],
        }


def thin_of(card: Scorecard, firm: Firm, edges: Sequence[OnTheEdge]) -> tuple[str, ...]:
    """List the indicators whose points stand on thin ice, by id in the order of the index.

    Points are likely enough to be fewer (:data:`THIN`), or kept by rounding only.
    """
    likely = {one.result.indicator.id for one in firm.indicators if one.less >= THIN}
    rounded = {one.result.indicator.id for one in edges if one.points < (one.result.points or 0)}
    return tuple(one.indicator.id for one in card.results if one.indicator.id in likely | rounded)


def findings_of(
    opened: Assessment,
    history: Sequence[Assessment],
    baseline: int | None = None,
    language: str = "en",
    bands: CityBands = NO_BANDS,
    beside: Beside | None = None,
) -> Findings:
    """Work out what planning says of one year.

    ``history`` holds all years of the city, ``opened`` among them; later years do not enter. ``baseline`` is its
    baseline year (by default the earliest), ``bands`` what it says of the printed bands. Raises
    :class:`cbi.comparison.UnknownBaselineError`.
    """
    beside = beside or Beside()
    card = score_in_history(opened, history, baseline, language, bands)
    uncertain = uncertain_of(card, opened, beside.spreads, beside.grades)
    dated = sorted(
        (one for one in history if one.year is not None and (opened.year is None or one.year <= opened.year)),
        key=lambda one: (one.year or 0, one.edition),
    )
    return Findings(
        card=card,
        outlooks=outlooks(card),
        edges=on_the_edge(card),
        firm=firmness(card, uncertain),
        coverage=coverage_of(card, opened, beside.spreads, beside.grades),
        attribution=since_baseline(opened, history, card, baseline, bands),
        looking=tuple((group, looked(group, beside.surveys)) for group in species_counts(dated, language)),
        outcomes=tuple(played(one, card, opened, history, baseline, bands) for one in beside.scenarios),
        plans=tuple(
            (plan, achieved(plan, _under(dated, plan.edition, history, baseline, language, bands)))
            for plan in beside.plans
        ),
    )


def since_baseline(
    opened: Assessment,
    history: Sequence[Assessment],
    card: Scorecard,
    baseline: int | None,
    bands: CityBands = NO_BANDS,
) -> Attribution | None:
    """Split the change since the baseline; None in the baseline year, before it, or without a year."""
    base = baseline_of(history, baseline)
    if base is None or opened.year is None or (base.year or 0, base.edition) >= (opened.year, opened.edition):
        return None
    language = card.edition.language
    step = step_between(base, opened, history, baseline, language, bands)
    base_card = score_in_history(base, history, baseline, language, bands)
    return attributed(step, base, opened, base_card, card, history, baseline, bands)


def under_edition(
    history: Sequence[Assessment], asked: str, baseline: int | None, language: str, bands: CityBands
) -> tuple[Scorecard, ...]:
    """Score all years of a city under one edition, as far as their answers carry; newer editions are left aside."""
    return _under(history, asked, history, baseline, language, bands)


def _under(
    years: Sequence[Assessment], asked: str, history: Sequence[Assessment], baseline: int | None, language: str,
    bands: CityBands,
) -> tuple[Scorecard, ...]:  # fmt: skip
    found = []
    for one in years:
        if one.edition <= asked and one.year is not None:
            carried = one if one.edition == asked else carry_over(one, crosswalk(language), asked)[0]
            found.append(score_in_history(carried, history, baseline, language, bands))
    return tuple(found)

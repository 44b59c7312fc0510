"""How uncertain a figure is: a range that staff gave (± or from–to), or the range of its quality grade."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import Any

from cbi.amounts import WHOLE_KINDS, factor_of
from cbi.assessment import Answer, Assessment, Quality
from cbi.definitions.edition import EARLIER
from cbi.definitions.models import Indicator, SharedInput
from cbi.draft import FINISHED
from cbi.gathering import Known, Place, place_of
from cbi.i18n import say
from cbi.measures import MEASURES
from cbi.planning.faults import PlanningError
from cbi.planning.levers import way_of
from cbi.scoring import Result, Scorecard
from cbi.wording import is_counted

HUNDRED = Fraction(100)
NO_RANGE = frozenset({"ladder", "checklist", "text", "choice"})
"""The kinds of figures that take no range."""


class Form(StrEnum):
    """How a range is said: so much more or less in the unit of the figure, in percent of it, or from one to another."""

    PLUS_MINUS = "plus_minus"
    PERCENT = "percent"
    FROM_TO = "from_to"


@dataclass(frozen=True, slots=True)
class Spread:
    """A range that staff gave for the figure in a place; ``first`` is the size (± forms) or the lower end.

    Sizes and ends are in the unit that the figure was given in.
    """

    place: Place
    form: Form
    first: Decimal
    second: Decimal | None = None


GradeRanges = Mapping[Quality, Decimal]
"""For each quality grade: how many percent more or less a figure of this grade may be."""

USUAL_GRADES: GradeRanges = {Quality.HIGH: Decimal(2), Quality.MEDIUM: Decimal(10), Quality.LOW: Decimal(25)}
"""Starting values of this program, not of the handbook; a city sets its own in Settings."""


@dataclass(frozen=True, slots=True)
class Uncertain:
    """A figure and the range that it may lie in, both in the plain unit (hectare, person, one of the currency).

    ``whole`` tells that only whole numbers are possible. Every amount of the range is taken as equally likely. For a
    list of areas the figures are shares of today's areas: 1 is the list as given. ``grade`` is the quality grade that
    the range comes from, None where staff gave it.
    """

    place: Place
    label: str
    now: Fraction
    low: Fraction
    high: Fraction
    whole: bool
    grade: Quality | None = None
    scales: bool = False

    @property
    def first(self) -> int:
        """The smallest whole number of the range."""
        return -((-self.low.numerator) // self.low.denominator)

    @property
    def last(self) -> int:
        """The largest whole number of the range."""
        return self.high.numerator // self.high.denominator

    @property
    def certain(self) -> bool:
        """Whether the range leaves a single amount."""
        return self.first >= self.last if self.whole else self.low >= self.high


@dataclass(frozen=True, slots=True)
class _Figure:
    """A figure as it stands: what an :class:`Uncertain` has of it, how much its unit is, and its quality grade."""

    place: Place
    label: str
    now: Fraction
    factor: Fraction
    whole: bool
    lowest: Fraction | None
    quality: Quality | None
    scales: bool = False
    highest: Fraction | None = None


def uncertain_of(
    card: Scorecard, assessment: Assessment, spreads: Iterable[Spread], grades: GradeRanges
) -> tuple[Uncertain, ...]:
    """List the uncertain figures behind the scored values of a scorecard, each once, in the order of the index.

    A range that staff gave goes before that of a quality grade. Rungs of a ladder and items of a checklist have no
    range; nor have the counts of earlier years.
    """
    given = {spread.place: spread for spread in spreads}
    figures = {one.place: one for result in card.results for one in _figures(card, assessment, result)}
    found = (_uncertain(one, given.get(one.place), grades) for one in figures.values())
    return tuple(one for one in found if one is not None and not one.certain)


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many indicators are scored, how many of these have no range at all, and how many of those take none.

    Rungs of a ladder and checklists take none.
    """

    scored: int
    without: int
    take_none: int

    @property
    def nothing_known(self) -> bool:
        """Whether no scored indicator has a range: then nothing is known of how firm they are."""
        return self.without == self.scored

    def to_dict(self) -> dict[str, Any]:
        """Give it as ``python -m cbi plan FILE --json`` lists it."""
        return {"scored": self.scored, "without_range": self.without, "take_no_range": self.take_none}


def coverage_of(card: Scorecard, assessment: Assessment, spreads: Iterable[Spread], grades: GradeRanges) -> Coverage:
    """Count the scored indicators that neither a range of the staff nor one of a quality grade says anything of."""
    given = {spread.place: spread for spread in spreads}
    scored = [result for result in card.results if result.is_scored]
    figures = [tuple(_figures(card, assessment, result)) for result in scored]
    without = [all_ for all_ in figures if all(_uncertain(one, given.get(one.place), grades) is None for one in all_)]
    return Coverage(len(scored), len(without), sum(not all_ for all_ in without))


def _figures(card: Scorecard, assessment: Assessment, result: Result) -> Iterator[_Figure]:
    """List the figures that the value of a result was formed from."""
    if not result.is_scored or result.exact is None:
        return
    way, indicator = way_of(result), result.indicator
    if way is None:
        stated = assessment.answers.get(indicator.id, Answer()).finished
        lowest = None if _is_change(indicator) else Fraction(0)
        highest = HUNDRED if indicator.value and indicator.value.unit == "%" else None
        yield _Figure(
            (indicator.id, FINISHED), indicator.title, result.exact, Fraction(1), is_counted(card.edition, indicator),
            lowest, stated.quality if stated else None, highest=highest,
        )  # fmt: skip
        return
    for name in way.of.values():
        source = indicator.inputs[name]
        if not (isinstance(source, SharedInput) and source.from_ in EARLIER):
            yield from _figure(place_of(indicator, name), result.used[name])


def _is_change(indicator: Indicator) -> bool:
    return any(MEASURES[way.measure].may_be_negative for way in indicator.ways)


def _figure(place: Place, known: Known) -> Iterator[_Figure]:
    kind, label, quality = known.asked.kind, known.asked.label, known.entry.quality
    if kind == "list of area":
        yield _Figure(place, label, Fraction(1), Fraction(1), False, Fraction(0), quality, scales=True)
    elif isinstance(known.amount, Fraction):
        lowest = None if kind == "change" else Fraction(0)
        factor = factor_of(known.entry, kind)
        yield _Figure(place, label, known.amount, factor, kind in WHOLE_KINDS, lowest, quality)


def _uncertain(figure: _Figure, spread: Spread | None, grades: GradeRanges) -> Uncertain | None:
    if spread is not None and figure.scales and spread.form is not Form.PERCENT:
        spread = None  # a list of areas has no single from and to
    grade = None
    if spread is None:
        if figure.quality is None or not grades.get(figure.quality):
            return None
        grade, spread = figure.quality, Spread(figure.place, Form.PERCENT, grades[figure.quality])
    low, high = ends(spread, figure.now, figure.factor)
    if figure.lowest is not None:
        low = max(low, figure.lowest)
    if figure.highest is not None:
        high = min(high, figure.highest)
    return Uncertain(figure.place, figure.label, figure.now, low, high, figure.whole, grade, figure.scales)


def checked_for(spread: Spread, kind: str) -> Spread:
    """Give a range back that a figure of some kind can have. Raises :class:`PlanningError` for another."""
    if kind in NO_RANGE:
        raise PlanningError(say("Steps of a ladder, checklists and texts take no range."))
    if kind == "list of area" and spread.form is not Form.PERCENT:
        raise PlanningError(say("For a list of areas in percent only: all of them alike, such as ± 5 %."))
    return spread


def ends(spread: Spread, now: Fraction, factor: Fraction) -> tuple[Fraction, Fraction]:
    """Give both ends of a range around ``now``, in the plain unit, of which the figure's own unit holds ``factor``."""
    if spread.form is Form.FROM_TO:
        low, high = Fraction(spread.first) * factor, Fraction(spread.second or spread.first) * factor
        return min(low, high), max(low, high)
    size = Fraction(spread.first) * factor
    if spread.form is Form.PERCENT:
        size = abs(now) * Fraction(spread.first) / HUNDRED
    return now - size, now + size

"""The figures of a year that can be moved in a scenario or given a range, each with what stands there today."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from cbi.assessment import Assessment, Entry
from cbi.definitions import Edition, Indicator
from cbi.definitions.edition import EARLIER, PROFILE
from cbi.definitions.models import OwnInput, SharedInput
from cbi.draft import FINISHED
from cbi.gathering import Place, place_of
from cbi.planning.scenario import entry_at
from cbi.scoring import Result, Scorecard


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: where it stands, what is asked there (None for a finished value or a rung), and today's entry.

    ``indicators`` are the numbers of the indicators that use it; ``indicator`` is the one that a finished value or a
    rung belongs to.
    """

    place: Place
    label: str
    asked: OwnInput | None
    indicators: tuple[int, ...]
    entry: Entry | None
    indicator: Indicator | None = None

    @property
    def kind(self) -> str:
        """What kind of figure it is; ``ladder`` and ``value`` for what has no input of its own."""
        if self.asked is not None:
            return self.asked.kind
        return "ladder" if self.indicator is not None and self.indicator.ladder else "value"

    @property
    def unit(self) -> str:
        """The unit of today's entry, else that of a finished value."""
        if self.entry is not None and self.entry.unit:
            return self.entry.unit
        if self.kind == "percent":
            return "%"
        value = self.indicator.value if self.indicator is not None else None
        return (value.unit or "") if value is not None else ""


def figures_of(card: Scorecard, assessment: Assessment) -> tuple[Figure, ...]:
    """List the figures of a year that values are formed from, in the order of the index, each once.

    Of an indicator with several ways to its value, those of the way that scores; a finished value where the indicator
    is scored by one; all of them where it is not scored.
    """
    users: dict[Place, list[int]] = {}
    for result in card.results:
        for place in _places(result):
            users.setdefault(place, []).append(result.indicator.number)
    return tuple(figure_in(card.edition, assessment, place, tuple(numbers)) for place, numbers in users.items())


def figure_at(card: Scorecard, assessment: Assessment, place: Place) -> Figure | None:
    """Give the figure in a place, also where no value is formed from it today; None where the edition asks none."""
    owner, name = place
    if owner == PROFILE:
        known = name in card.edition.profile_inputs
    else:
        indicator = card.edition.find(owner)
        known = indicator is not None and (name == FINISHED or name in indicator.inputs)
    return figure_in(card.edition, assessment, place) if known else None


def _places(result: Result) -> Iterator[Place]:
    indicator = result.indicator
    found = []
    for way in [one for one in indicator.ways if not result.is_scored or one.id == result.way]:
        for name in way.of.values():
            given = indicator.inputs[name]
            if not (isinstance(given, SharedInput) and given.from_ in EARLIER):
                found.append(place_of(indicator, name))
    yield from dict.fromkeys(found)
    if indicator.ladder or not result.is_scored or not result.way:
        yield indicator.id, FINISHED


def figure_in(asked: Edition, assessment: Assessment, place: Place, numbers: tuple[int, ...] = ()) -> Figure:
    """Give the figure in a place that an edition asks for; ``numbers`` are those of the indicators that use it."""
    owner, name = place
    entry = entry_at(assessment, asked, place)
    if name == FINISHED:
        indicator = asked.indicator(owner)
        return Figure(place, indicator.title, None, numbers, entry, indicator)
    return Figure(place, asked.input(owner, name).label, asked.input(owner, name), numbers, entry)

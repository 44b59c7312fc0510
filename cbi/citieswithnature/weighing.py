"""Suggestions beside an assessment: what stands there now, and what each would do to the points."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass

from cbi.assessment import Answer, Assessment, Entry
from cbi.citieswithnature.accepting import Confidence, Suggestion, applied
from cbi.citieswithnature.held import held_against
from cbi.citieswithnature.mixing import undecided
from cbi.definitions.edition import PROFILE, Edition
from cbi.gathering import place_of
from cbi.i18n import Listing
from cbi.scoring import Scorecard
from cbi.store.contents import changed_places
from cbi.store.readable import content_said


@dataclass(frozen=True, slots=True)
class Effect:
    """Points of an indicator without and with a suggestion; None where it is not scored."""

    number: int
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class Weighed:
    """A suggestion beside what stands.

    ``now`` says what stands in its place, a dash for nothing. ``effects`` are the points of the indicators that it
    feeds, without it and with it, the other chosen suggestions applied both times. ``is_here`` tells that it would
    change nothing, ``only_record`` that the figure stays and only its year, source or note change. ``rivals`` are
    the ids of other suggestions for the same input.
    """

    suggestion: Suggestion
    now: Listing
    effects: tuple[Effect, ...]
    is_here: bool = False
    only_record: bool = False
    rivals: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Weighing:
    """All suggestions beside an assessment, and its scorecards of now and with the chosen ones applied."""

    items: tuple[Weighed, ...]
    before: Scorecard
    after: Scorecard


def weigh(
    items: Sequence[Suggestion],
    chosen: Collection[str],
    now: Assessment,
    scored: Callable[[Assessment], Scorecard],
) -> Weighing:
    """Set suggestions beside an assessment.

    ``chosen`` are the ids of those that a person has ticked. What one does to the points is what it does alone,
    beside the other chosen ones: points that come from another figure are not its own. Its problems are those that
    it has there. ``scored`` scores an assessment among the other years of its city.
    """
    taken = [one for one in items if one.id in chosen]
    before, after = scored(now), scored(applied(taken, now))
    weighed = []
    for one in items:
        if one.id in chosen:
            others = [other for other in taken if other.id != one.id]
            without, beside = scored(applied(others, now)), after
        else:
            without, beside = after, scored(applied([*taken, one], now))
        held = held_against(one, beside)
        weighed.append(_weighed(held, items, now, _effects(one, without, beside)))
    return Weighing(tuple(weighed), before, after)


def sound(items: Sequence[Weighed]) -> tuple[str, ...]:
    """List the suggestions that nothing speaks against: a figure for an empty place that no check objects to.

    Of several for one input only the first is listed, and only where none of them fails a check. Where the profile
    measures within different boundaries, no area is: which of them go together is for a person to say.
    """
    doubtful = {one.suggestion.id for one in items if one.suggestion.problems}
    doubtful |= undecided([one.suggestion for one in items])
    found: dict[tuple[str, str], str] = {}
    for one in items:
        item = one.suggestion
        sure = item.entry is not None and item.confidence is not Confidence.LOW and item.id not in doubtful
        if sure and not one.now.items and not doubtful & set(one.rivals):
            found.setdefault((item.place, item.input), item.id)
    return tuple(found.values())


def _weighed(one: Suggestion, items: Sequence[Suggestion], now: Assessment, effects: Sequence[Effect]) -> Weighed:
    stands = _standing(one, now)
    is_here = not changed_places(now, applied([one], now))
    same = isinstance(stands, Entry) and one.entry is not None and _is_same_figure(stands, one.entry)
    rivals = tuple(
        other.id
        for other in items
        if other.id != one.id and one.entry and other.entry and (other.place, other.input) == (one.place, one.input)
    )
    return Weighed(one, content_said(stands), tuple(effects), is_here, same and not is_here, rivals)


def _standing(one: Suggestion, now: Assessment) -> Entry | Answer | None:
    """Give what stands where a suggestion would go: the figure there, else all that the answer holds."""
    if one.indicator is None:
        return now.profile.get(one.place.removeprefix(f"{PROFILE}."))
    answer = now.answers.get(one.place)
    if answer is None or one.entry is None:
        return answer
    figure = answer.inputs.get(one.input) if one.input else answer.finished
    return figure or (answer if answer.reason is not None or not one.input else None)


def _is_same_figure(one: Entry, other: Entry) -> bool:
    return one.value == other.value and one.unit == other.unit


def _effects(one: Suggestion, before: Scorecard, after: Scorecard) -> list[Effect]:
    """Give the points of every indicator that a suggestion feeds."""
    found = []
    for indicator in before.edition.indicators:
        if indicator.id == one.indicator or _is_fed(one, indicator.id, before.edition):
            old, new = before.result(indicator.id), after.result(indicator.id)
            found.append(Effect(indicator.number, old.points, new.points))
    return found


def _is_fed(one: Suggestion, name: str, edition: Edition) -> bool:
    indicator = edition.indicator(name)
    fed = (PROFILE, one.place.removeprefix(f"{PROFILE}.")) if one.indicator is None else (one.indicator, one.input)
    return any(place_of(indicator, given) == fed for given in indicator.inputs)

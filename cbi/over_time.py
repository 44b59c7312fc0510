"""The years of one city side by side: under one set of rules, over the same indicators, and its species counts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction

from cbi.assessment import Answer, Assessment, Entry
from cbi.comparison import Step, carry_over, score_in_history
from cbi.corrections import NO_BANDS, CityBands
from cbi.definitions import Edition, crosswalk, edition
from cbi.definitions.edition import EARLIER, PROFILE
from cbi.definitions.models import Indicator, OwnInput, SharedInput
from cbi.gathering import gather
from cbi.i18n import Sentence, say
from cbi.labels import state_of
from cbi.scoring import Result, Scorecard, Status


def under_newest(
    assessments: Sequence[Assessment],
    cards: Sequence[Scorecard],
    baseline: int | None = None,
    language: str = "en",
    bands: CityBands = NO_BANDS,
) -> tuple[Scorecard, ...]:
    """Score all years of a city under the newest of their editions, in the order given.

    ``cards`` are the scorecards of the years as they were assessed: those of the newest edition stay. A year of an
    older edition is scored again from its own figures, as far as the crosswalk lets them through. ``baseline`` is
    the baseline year, by default the earliest, ``bands`` what the city says of the printed bands. Raises
    :class:`cbi.comparison.UnknownBaselineError` if it was not
    assessed.
    """
    newest = max((one.edition for one in assessments), default="")
    found = []
    for one, card in zip(assessments, cards, strict=True):
        if one.edition == newest:
            found.append(card)
            continue
        carried, _ = carry_over(one, crosswalk(language), newest)
        found.append(score_in_history(carried, assessments, baseline, language, bands))
    return tuple(found)


# Two years, over the same indicators


@dataclass(frozen=True, slots=True)
class LikeForLike:
    """Points of two years over the ``compared`` indicators that were scored in both."""

    before: int
    after: int
    compared: int

    @property
    def change(self) -> int:
        """Change in points."""
        return self.after - self.before


def like_for_like(step: Step, component: str | None = None) -> LikeForLike:
    """Sum both years over the indicators scored in both, of a component (its id) or of the whole index."""
    alike = [one for one in step.compared if component in (None, one.component)]
    return LikeForLike(
        before=sum(one.before.points or 0 for one in alike),
        after=sum(one.after.points or 0 for one in alike),
        compared=len(alike),
    )


@dataclass(frozen=True, slots=True)
class Moved:
    """An indicator whose points changed, and the running like-for-like total before and after it."""

    indicator: Indicator
    change: int
    start: int
    end: int


def waterfall(step: Step) -> tuple[Moved, ...]:
    """Lead from the earlier year's like-for-like total to the later one's, indicator by indicator in their order.

    Indicators that kept their points are left out.
    """
    total = like_for_like(step).before
    moved = []
    for one in step.compared:
        if one.points:
            moved.append(Moved(one.after.indicator, one.points, total, total + one.points))
            total += one.points
    return tuple(moved)


def state_in(step: Step, result: Result, year: int) -> Sentence:
    """Say what became of an indicator in one year of a step: its points, or why there are none.

    What an older edition never asked was not left unstarted.
    """
    if result.is_scored:
        return say("{points} of 4 points", points=result.points)
    if year == step.rescored_year and result.status is Status.NOT_SCORED:
        if edition(step.older_edition).find(result.indicator.id) is None:
            return say("not asked by the {edition} edition", edition=step.older_edition)
        if result.indicator.id in (step.not_carried or {}):
            return say("not carried over")
    return state_of(result)


# Species


@dataclass(frozen=True, slots=True)
class SpeciesCount:
    """How many native species of a group a city knew in one year, and what is known of the survey.

    ``label`` is what was counted, as the edition of that year asks for it. ``count`` and ``entry`` are None where
    no figure was given that can be used. ``beside`` lists what was given with the indicator that follows the
    group (its chosen group, gains, losses), each with what was asked; ``note`` and ``source`` belong to that answer.
    """

    year: int
    edition: str
    label: str
    count: int | None
    entry: Entry | None
    beside: tuple[tuple[OwnInput, Entry], ...] = ()
    note: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class SpeciesGroup:
    """One group of species over the years; ``id`` is that of its count in the profile."""

    id: str
    label: str
    counts: tuple[SpeciesCount, ...]

    @property
    def known(self) -> tuple[SpeciesCount, ...]:
        """The years that have a count."""
        return tuple(one for one in self.counts if one.count is not None)


def species_counts(assessments: Sequence[Assessment], language: str = "en") -> tuple[SpeciesGroup, ...]:
    """Give the counts of every group of species that the newest edition follows, year by year in the order given."""
    if not assessments:
        return ()
    newest = edition(max(one.edition for one in assessments), language)
    return tuple(
        SpeciesGroup(
            name,
            newest.profile_inputs[name].label,
            tuple(_count(one, edition(one.edition, language), name) for one in assessments),
        )
        for name in followed_groups(newest)
    )


def followed_groups(asked: Edition) -> tuple[str, ...]:
    """List the species counts of the profile whose change from year to year an indicator of the edition scores."""
    return tuple(dict.fromkeys(name for _, name in _followers(asked)))


def _followers(asked: Edition) -> Iterator[tuple[Indicator, str]]:
    """Pair each indicator that compares a count with an earlier year's with the id of that count."""
    for indicator in asked.indicators:
        for name, given in indicator.inputs.items():
            if isinstance(given, SharedInput) and given.from_ in EARLIER:
                yield indicator, given.input or name


def _count(assessment: Assessment, asked: Edition, name: str) -> SpeciesCount:
    known = gather(asked, assessment).known.get((PROFILE, name))
    follower = next((indicator for indicator, followed in _followers(asked) if followed == name), None)
    answer = assessment.answers.get(follower.id, Answer()) if follower else Answer()
    amount = known.amount if known else None
    return SpeciesCount(
        year=assessment.year or 0,
        edition=asked.id,
        label=asked.profile_inputs[name].label,
        count=int(amount) if isinstance(amount, Fraction) else None,
        entry=known.entry if known else None,
        beside=_beside(follower, answer) if follower else (),
        note=answer.note,
        source=answer.source,
    )


def _beside(follower: Indicator, answer: Answer) -> tuple[tuple[OwnInput, Entry], ...]:
    return tuple(
        (given, answer.inputs[name])
        for name, given in follower.inputs.items()
        if isinstance(given, OwnInput) and name in answer.inputs
    )

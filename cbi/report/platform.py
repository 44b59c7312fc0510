"""The chapter “City Biodiversity Index” in the order of a CitiesWithNature profile, to be carried over by hand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cbi.assessment import Reason
from cbi.definitions import EDITIONS, edition
from cbi.i18n import say, translate
from cbi.scoring import Result, Scorecard, Status
from cbi.wording import points_of

PLATFORM_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """A line of the platform's chapter: an indicator and its points, a dash where there are none.

    ``on_platform`` is its English title, for the platform speaks English; empty where ``title`` is that already.
    """

    number: int
    title: str
    points: str
    on_platform: str = ""


@dataclass(frozen=True, slots=True)
class ChapterPart:
    """A component in the platform's chapter; ``on_platform`` is its English title where ``title`` is not."""

    title: str
    score: str
    state: str
    rows: tuple[ChapterRow, ...]
    on_platform: str = ""


@dataclass(frozen=True, slots=True)
class PlatformChapter:
    """The chapter “City Biodiversity Index” of a CitiesWithNature profile, in the platform's order."""

    title: str
    total: str
    remark: str
    parts: tuple[ChapterPart, ...]

    def text(self) -> str:
        """Give the chapter as lines to copy."""
        lines = [self.title, self.total, *filter(None, [self.remark])]
        for part in self.parts:
            lines += ["", _both(part), part.score, *filter(None, [part.state])]
            lines += [f"{row.number}. {_both(row)}: {row.points}" for row in part.rows]
        return "\n".join(lines) + "\n"


def _both(part: ChapterPart | ChapterRow) -> str:
    """Give a title, and beside it that of the platform where it is another."""
    return f"{part.title} ({part.on_platform})" if part.on_platform else part.title


def platform_chapter(card: Scorecard) -> PlatformChapter:
    """Put a scorecard into the order of the platform: the total, then each component with its indicators.

    The words are in the language of the scorecard's edition, with the English titles of the platform beside those of
    another language. An indicator without points has a dash, never a zero; a component is called not started only
    where nobody said anything of any of its indicators.
    """
    language = card.edition.language
    remark = ""
    if card.edition.id != EDITIONS[0]:
        remark = say(
            "The platform asks for the {newest} edition; these points were given under the {edition} edition.",
            newest=EDITIONS[0],
            edition=card.edition.id,
        ).text(language)
    return PlatformChapter(
        title=translate("City Biodiversity Index", language),
        total=say(
            "Total score: {points} of {maximum} points", points=card.total.points, maximum=card.total.maximum
        ).text(language),
        remark=remark,
        parts=tuple(_part(card, component.id, component.title, language) for component in card.edition.components),
    )


def _part(card: Scorecard, component: str, title: str, language: str) -> ChapterPart:
    totals = card.components[component]
    results = [one for one in card.results if one.indicator.component == component]
    score = say(
        "Core component total score: {points} of {maximum} points", points=totals.points, maximum=totals.maximum
    )
    state = ""
    if all(_not_started(one) for one in results):
        state = translate("Not started", language)
    elif totals.scored < len(results):
        state = say("{scored} of {count} indicators scored", scored=totals.scored, count=len(results)).text(language)
    components, titles = _titles_on_the_platform(card)
    rows = (
        ChapterRow(
            one.indicator.number, one.indicator.title, points_of(one, language), titles.get(one.indicator.id, "")
        )
        for one in results
    )
    return ChapterPart(title, score.text(language), state, tuple(rows), components.get(component, ""))


def _not_started(result: Result) -> bool:
    """Tell whether nothing was said of an indicator; a count that sets the baseline is something."""
    if result.status is Status.BASELINE_YEAR:
        return not result.used and result.reason in (None, Reason.NOT_STARTED)
    return result.reason is Reason.NOT_STARTED


def _titles_on_the_platform(card: Scorecard) -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Give the English titles of components and indicators, by id; none where the scorecard has them already."""
    if card.edition.language == PLATFORM_LANGUAGE:
        return {}, {}
    english = edition(card.edition.id, PLATFORM_LANGUAGE)
    return (
        {one.id: one.title for one in english.components},
        {one.id: one.title for one in english.indicators},
    )

"""The chapter “City Biodiversity Index” in the order of a CitiesWithNature profile, to be carried over by hand."""

from __future__ import annotations

from dataclasses import dataclass

from cbi.definitions import EDITIONS
from cbi.i18n import say, translate
from cbi.scoring import Scorecard
from cbi.wording import points_of


@dataclass(frozen=True, slots=True)
class ChapterRow:
    """A line of the platform's chapter: an indicator and its points, a dash where there are none."""

    number: int
    title: str
    points: str


@dataclass(frozen=True, slots=True)
class ChapterPart:
    """A component in the platform's chapter."""

    title: str
    score: str
    state: str
    rows: tuple[ChapterRow, ...]


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
            lines += ["", part.title, part.score, *filter(None, [part.state])]
            lines += [f"{row.number}. {row.title}: {row.points}" for row in part.rows]
        return "\n".join(lines) + "\n"


def platform_chapter(card: Scorecard) -> PlatformChapter:
    """Put a scorecard into the order of the platform: the total, then each component with its indicators.

    The words are in the language of the scorecard's edition. An indicator without points has a dash, never a zero.
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
    state = translate("Not started", language) if not totals.scored else ""
    if 0 < totals.scored < len(results):
        state = say("{scored} of {count} indicators scored", scored=totals.scored, count=len(results)).text(language)
    rows = (ChapterRow(one.indicator.number, one.indicator.title, points_of(one, language)) for one in results)
    return ChapterPart(title, score.text(language), state, tuple(rows))

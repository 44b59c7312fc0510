"""The one page that is pinned to a wall: where the city stands, what moved, what is missing, what needs attention."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from cbi.comparison import Difference
from cbi.holders import by_holder
from cbi.i18n import Listing, listed, listed_apart, say, translate
from cbi.problems import Severity
from cbi.report.content import Fact, Holder, Moved, Notice, OnePage
from cbi.report.setting import Setting
from cbi.report.summary import trust_line
from cbi.report.telling import clipped
from cbi.scoring import Result
from cbi.wording import signed, value_of

MOST_MOVED = 5
MOST_NOTICES = 4


@dataclass(frozen=True, slots=True)
class Lengths:
    """How many narrow signs the texts of the page may have: titles of indicators, places, notices, words on trust."""

    title: int
    place: int
    notice: int
    trust: int


WHOLE = Lengths(title=400, place=400, notice=1200, trust=1200)
"""Whole, as far as people write what others read: what is longer than this comes from a file that is damaged."""
SHORT = Lengths(title=52, place=56, notice=170, trust=240)
"""For a page that has no room: one title of the handbook alone would fill four lines."""


def page_of(setting: Setting, notices: Sequence[Notice], lengths: Lengths = WHOLE) -> OnePage:
    """Give what stands on the one page beyond the summary; ``notices`` are all that the report has, errors first."""
    moved = _moved(setting)
    grave = [one for one in notices if one.severity != Severity.NOTE.value]
    missing = [result for result in setting.card.results if result.in_range]
    return OnePage(
        moved=tuple(_line(setting, one, lengths) for one in moved[:MOST_MOVED]),
        moved_none=_none_moved(setting, moved),
        moved_rest=_more(setting, len(moved) - MOST_MOVED),
        scored_again=_scored_again(setting),
        holders=tuple(_holder(office, members, setting, lengths) for office, members in by_holder(missing)),
        attention=_counted(setting, grave),
        worst=tuple(_shortened(one, lengths) for one in grave[:MOST_NOTICES]),
        worst_rest=_more(setting, len(grave) - MOST_NOTICES),
        trust=tuple(_trust(setting, lengths)),
    )


def _moved(setting: Setting) -> list[Difference]:
    """Give what changed its points since the baseline, like for like, the largest change first."""
    moved = [one for one in setting.changes.values() if one.points]
    return sorted(moved, key=lambda one: (-abs(one.points or 0), one.number))


def _line(setting: Setting, one: Difference, lengths: Lengths) -> Moved:
    """Give a change: its points on both sides, and its value on both sides; a rung of a ladder has no value."""
    was, now = (value_of(setting.voice, result) for result in (one.before, one.after))
    return Moved(
        number=one.number,
        title=clipped(one.after.indicator.title, lengths.title),
        change=signed(setting.voice, one.points or 0),
        rises=(one.points or 0) > 0,
        before=one.before.points or 0,
        after=one.after.points or 0,
        value=f"{was} → {now}" if was and now else "",
        alt=say("{before} → {after} points", before=one.before.points, after=one.after.points).text(setting.language),
    )


def _none_moved(setting: Setting, moved: Sequence[Difference]) -> str:
    if moved or not setting.changes:
        return ""
    return translate("No indicator changed its points.", setting.language)


def _scored_again(setting: Setting) -> str:
    step = setting.step
    if step is None or step.rescored_year is None or not setting.changes:
        return ""
    return say(
        "{year} was assessed under the {edition} edition and scored again from its own figures.",
        year=step.rescored_year,
        edition=step.older_edition,
    ).text(setting.language)


def _more(setting: Setting, rest: int) -> str:
    return say("and {count} more", count=rest).text(setting.language) if rest > 0 else ""


def _holder(office: str, members: Sequence[Result], setting: Setting, lengths: Lengths) -> Holder:
    indicators = tuple(Fact(str(one.indicator.number), clipped(one.indicator.title, lengths.title)) for one in members)
    return Holder(office, indicators, listed(one.indicator.number for one in members).text(setting.language))


def _counted(setting: Setting, grave: Sequence[Notice]) -> str:
    """Say how many errors and warnings there are."""
    if not grave:
        return translate("No errors and no warnings.", setting.language)
    errors = sum(one.severity == Severity.ERROR.value for one in grave)
    return say(
        "Errors in the figures: {errors}. Warnings: {warnings}.", errors=errors, warnings=len(grave) - errors
    ).text(setting.language)


def _shortened(one: Notice, lengths: Lengths) -> Notice:
    """Shorten a notice: what a person typed may be as long as a book."""
    place, text = (" ".join(part.split()) for part in (one.place, one.text))
    return Notice(one.severity, one.called, clipped(place, lengths.place), clipped(text, lengths.notice))


def _trust(setting: Setting, lengths: Lengths) -> Iterator[str]:
    """Say how far the total can be trusted, and which bands a named person of the city speaks for."""
    yield trust_line(setting)
    card, language = setting.card, setting.language
    own = _by_person((one, one.correction.person, one.correction.on) for one in card.corrected if one.correction)
    if own:
        yield clipped(say("Read by the city's own bands: {indicators}", indicators=own).text(language), lengths.trust)
    checked = _by_person((one, one.check.person, one.check.on) for one in card.checked if one.check and one.is_scored)
    if checked:
        told = say("Bands compared with the handbook: {indicators}", indicators=checked).text(language)
        yield clipped(told, lengths.trust)


def _by_person(said: Iterable[tuple[Result, str, date]]) -> Listing | None:
    """Name indicators by number behind the person and the day that they were spoken for; None where there are none."""
    groups: dict[tuple[str, date], list[int]] = {}
    for result, person, day in said:
        groups.setdefault((person, day), []).append(result.indicator.number)
    if not groups:
        return None
    return listed_apart(
        say("{numbers} ({person}, {date})", numbers=listed(numbers), person=person, date=day.isoformat())
        for (person, day), numbers in groups.items()
    )

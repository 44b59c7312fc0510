"""A city compared with itself, as text for people at the terminal."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from cbi.comparison import Comparison, Step
from cbi.definitions import edition
from cbi.i18n import Sentence, listed, say, translate
from cbi.numbers import MINUS
from cbi.over_time import state_in
from cbi.printing.layout import TITLE_WIDTH, heads
from cbi.printing.scorecards import own_bands
from cbi.scoring import Result
from cbi.terminal import bold, clipped, paragraph, table
from cbi.wording import change_in_points, compared_indicators


def comparison(found: Comparison, language: str) -> str:
    """Print the years of a city side by side, then each against the baseline and the year before."""
    name = found.city or translate("City without a name", language)
    lines = [
        bold(say("{city}: compared with itself, baseline {year}", city=name, year=found.baseline).text(language)),
        "",
    ]
    head = heads(language, say("Year"), say("Edition"), say("Points"), say("Scored"), say("Attainable"), say("Maximum"))
    rows = [
        [
            str(card.year),
            card.edition.id,
            str(card.total.points),
            str(card.total.scored),
            str(card.total.attainable),
            str(card.total.maximum),
        ]
        for card in found.scorecards
    ]
    lines.append(table(head, rows, right=(2, 3, 4, 5)))
    lines += own_bands(found.scorecards, language)
    for step in found.against_baseline:
        lines += ["", "", *_step(step, _with_baseline(step, found.baseline), language)]
    for step in found.against_previous:
        if step not in found.against_baseline:
            title = say("{to} against {from_}", to=step.to_year, from_=step.from_year)
            lines += ["", "", *_step(step, title, language)]
    return "\n".join(lines)


def _with_baseline(step: Step, baseline: int) -> Sentence:
    """Say which of the two years is the baseline; changes are always told from the earlier to the later."""
    if step.from_year < baseline:
        return say("The baseline {to} against the earlier year {from_}", to=step.to_year, from_=step.from_year)
    return say("{to} against the baseline {from_}", to=step.to_year, from_=step.from_year)


def _step(step: Step, title: Sentence, language: str) -> Iterator[str]:
    yield bold(title.text(language))
    yield say(
        "{points}, like for like, over {indicators}",
        points=change_in_points(step.points(), _change(step.points())),
        indicators=compared_indicators(len(step.compared)),
    ).text(language)
    if step.rescored_year is not None:
        yield paragraph(
            say(
                "{year} was assessed under the {older} edition. Points of two editions are never subtracted: "
                "{year} was scored "
                "again under the {newer} edition from its own inputs, as far as the crosswalk allows: "
                "indicators {numbers}.",
                year=step.rescored_year,
                older=step.older_edition,
                newer=step.edition.id,
                numbers=_numbers(step),
            ).text(language)
        )
        older = edition(step.older_edition, language)
        for name, why in (step.not_carried or {}).items():
            asked = older.indicator(name)
            yield paragraph(f"{asked.number} {asked.title}: {why}", "  ")
    yield ""
    head = [
        *heads(language, say("No."), say("Indicator")),
        str(step.from_year),
        str(step.to_year),
        *heads(language, say("Change in value"), say("Change in points")),
    ]
    rows = []
    for one in step.compared:
        change = one.value
        rows.append(
            [
                str(one.number),
                clipped(one.after.indicator.title, TITLE_WIDTH),
                _points(one.before),
                _points(one.after),
                "" if change is None else _change(change),
                _change(one.points or 0),
            ]
        )
    for component in step.edition.components:
        rows.append(["", component.title, "", "", "", _change(step.points(component.id))])
    yield table(head, rows, right=(0, 2, 3, 4, 5))
    yield from _left_out(step, language)


def _left_out(step: Step, language: str) -> Iterator[str]:
    """Name what was not compared: one by one where a year has points, by their numbers where none has."""
    if not step.left_out:
        return
    yield ""
    yield translate("Not compared, because one of the years has no points:", language)
    neither = [one for one in step.left_out if not one.before.is_scored and not one.after.is_scored]
    for one in step.left_out:
        if one in neither:
            continue
        states = say(
            "{number} {title} ({from_}: {before}; {to}: {after})",
            number=one.number,
            title=one.after.indicator.title,
            from_=step.from_year,
            before=state_in(step, one.before, step.from_year),
            to=step.to_year,
            after=state_in(step, one.after, step.to_year),
        )
        yield paragraph(states.text(language), "  ")
    if neither:
        numbers = listed(one.number for one in neither)
        yield "  " + say("scored in neither year: {numbers}", numbers=numbers).text(language)


def _numbers(step: Step) -> str:
    return ", ".join(str(step.edition.indicator(name).number) for name in step.rescored) or "–"


def _change(change: Decimal | int) -> str:
    return f"{Decimal(change):+f}".replace("-", MINUS) if change else "0"


def _points(result: Result) -> str:
    return "–" if result.points is None else str(result.points)

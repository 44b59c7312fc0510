"""The city beside itself: its years as they were scored, and what can be compared between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbi.comparison import Step
from cbi.definitions import edition
from cbi.i18n import counted, listed, listed_apart, say, translate
from cbi.report.content import Fall, Line, Lines, MatrixRow, Waterfall, Years
from cbi.report.setting import Setting
from cbi.report.telling import clipped, points_change, state
from cbi.scoring import Scorecard, Status
from cbi.wording import SHORT_TITLES, compared_indicators, signed

LABEL_SIGNS = 52


def years_of(setting: Setting) -> Years | None:
    """Give the comparison over the years; None where there are no two years."""
    if setting.baseline is None:
        return None
    cards = [card for card in setting.alike if card.year is not None]
    return Years(
        baseline=setting.baseline,
        table=tuple(_table(setting)),
        lines=_lines(setting, cards),
        waterfall=_waterfall(setting),
        matrix_years=tuple(card.year or 0 for card in cards),
        matrix=tuple(_matrix(setting, cards)),
        remarks=tuple(_remarks(setting)),
        left_out=tuple(_left_out(setting, setting.step)) if setting.step else (),
    )


def _table(setting: Setting) -> Iterator[tuple[str, ...]]:
    for card in setting.years:
        year = str(card.year)
        if card.year == setting.baseline:
            year = say("{year} (baseline)", year=year).text(setting.language)
        total = card.total
        numbers = (total.points, total.scored, total.attainable, total.maximum)
        yield (year, card.edition.id, *map(str, numbers))


def _lines(setting: Setting, cards: Sequence[Scorecard]) -> Lines | None:
    """Give the points of each component over the years, of the indicators that were scored in all of them."""
    if len(cards) < 2:
        return None
    alike = [
        result.indicator.id
        for result in cards[-1].results
        if all(card.result(result.indicator.id).is_scored for card in cards)
    ]
    if not alike:
        return None
    lines = []
    for component in setting.edition.components:
        names = [name for name in alike if setting.edition.indicator(name).component == component.id]
        points = tuple(sum(card.result(name).points or 0 for name in names) for card in cards)
        lines.append(Line(SHORT_TITLES[component.id].text(setting.language), points))
    years = tuple(card.year or 0 for card in cards)
    caption = say(
        "Points over the years, of {indicators} under the rules of the {edition} edition.",
        indicators=counted(
            "the one indicator scored in every year", "the {count} indicators scored in every year", len(alike)
        ),
        edition=setting.edition.id,
    ).text(setting.language)
    told = listed_apart(
        f"{line.title} " + ", ".join(f"{year}: {points}" for year, points in zip(years, line.points, strict=True))
        for line in lines
    ).text(setting.language)
    highest = max(max(line.points) for line in lines)
    return Lines(years, tuple(lines), max(highest, 4), caption, f"{caption} {told}")


def _waterfall(setting: Setting) -> Waterfall | None:
    """Give the way from the baseline's points to today's; None where nothing changed or can be compared."""
    step = setting.step
    if step is None or not step.compared:
        return None
    moved = [one for one in step.compared if one.points]
    if not moved:
        return None
    start = sum(one.before.points or 0 for one in step.compared)
    end = sum(one.after.points or 0 for one in step.compared)
    caption = say(
        "From {start} points in {from_} to {end} points in {to}, over {indicators}.",
        start=start,
        from_=step.from_year,
        end=end,
        to=step.to_year,
        indicators=compared_indicators(len(step.compared)),
    ).text(setting.language)
    told = listed_apart(
        f"{one.number} {one.after.indicator.title}: {signed(setting.voice, one.points or 0)}" for one in moved
    ).text(setting.language)
    steps = tuple(
        Fall(clipped(f"{one.number} {one.after.indicator.title}", LABEL_SIGNS), one.points or 0) for one in moved
    )
    return Waterfall(str(step.from_year), start, str(step.to_year), end, steps, caption, f"{caption} {told}")


def _matrix(setting: Setting, cards: Sequence[Scorecard]) -> Iterator[MatrixRow]:
    if len(cards) < 2:
        return
    for result in cards[-1].results:
        points = tuple(card.result(result.indicator.id).points for card in cards)
        if all(count is None for count in points):
            continue
        change = setting.changes.get(result.indicator.id)
        told = "" if change is None else signed(setting.voice, change.points or 0)
        yield MatrixRow(result.indicator.number, result.indicator.title, points, told)


def _remarks(setting: Setting) -> Iterator[str]:
    """Say what was compared, and what scoring an older year again means."""
    step, language = setting.step, setting.language
    if step is None:
        yield translate("This year is the city's own baseline: later years will be held against it.", language)
        return
    yield say(
        "{change} since the baseline {year}, like for like, over {indicators}.",
        change=points_change(setting.voice, step.points()),
        year=step.from_year,
        indicators=compared_indicators(len(step.compared)),
    ).text(language)
    if step.rescored_year is None:
        return
    numbers = listed(str(step.edition.indicator(name).number) for name in step.rescored)
    yield say(
        "{year} was assessed under the {older} edition. Points of two editions are never subtracted: "
        "{year} was scored "
        "again under the {newer} edition from its own inputs, as far as the crosswalk allows: "
        "indicators {numbers}.",
        year=step.rescored_year,
        older=step.older_edition,
        newer=step.edition.id,
        numbers=numbers,
    ).text(language)
    older = edition(step.older_edition, language)
    for name, why in (step.not_carried or {}).items():
        asked = older.indicator(name)
        yield say("Not carried over, {number} {title}: {why}", number=asked.number, title=asked.title, why=why).text(
            language
        )


def _left_out(setting: Setting, step: Step) -> Iterator[str]:
    """Name what was scored in one of the two years only, and then by number what was scored in neither."""
    neither = []
    for one in step.left_out:
        if not one.before.is_scored and not one.after.is_scored:
            neither.append(str(one.number))
            continue
        states = [
            f"{year}: {state(setting.voice, result) if not result.is_scored else result.points}"
            for year, result in ((step.from_year, one.before), (step.to_year, one.after))
        ]
        if not one.before.is_scored and step.rescored_year == step.from_year:
            states[0] = f"{step.from_year}: {_under_older(setting, step, one.indicator, one.before.status)}"
        yield f"{one.number} {one.after.indicator.title} ({'; '.join(states)})"
    if neither:
        yield say("scored in neither year: {numbers}", numbers=listed(neither)).text(setting.language)


def _under_older(setting: Setting, step: Step, indicator: str, status: Status) -> str:
    """Say why the older edition gives no points: what it never asked was not left unstarted."""
    if status is Status.NOT_SCORED and edition(step.older_edition).find(indicator) is None:
        return say("not asked by the {edition} edition", edition=step.older_edition).text(setting.language)
    if indicator in (step.not_carried or {}):
        return translate("not carried over", setting.language)
    return state(setting.voice, step.before.result(indicator))

"""What the score means and what comes next: the chapter of a report that planning gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cbi.assessment import Assessment
from cbi.corrections import CityBands
from cbi.i18n import in_a_row, listed, say, translate
from cbi.planning import telling
from cbi.planning.attribution import Attribution
from cbi.planning.effort import Effort
from cbi.planning.findings import Beside, Findings, findings_of
from cbi.planning.firmness import Firmness
from cbi.planning.next_point import Shift
from cbi.planning.plan import Achieved, Plan
from cbi.report.content import Fact, Fall, Waterfall
from cbi.report.setting import Setting
from cbi.report.telling import clipped
from cbi.scoring import Scorecard
from cbi.scoring.scorecard import MOST_POINTS
from cbi.wording import capital, points, signed

LABEL_SIGNS = 52


@dataclass(frozen=True, slots=True)
class NextRow:
    """What one more point of an indicator takes, and what costs one; a dash where there is none."""

    number: int
    title: str
    points: int
    up: str
    down: str


@dataclass(frozen=True, slots=True)
class ChanceRow:
    """The chances of an indicator: shares from 0 to 1 by points (0–4) for drawing, and the same in words."""

    title: str
    shares: tuple[float, ...]
    today: int
    said: str


@dataclass(frozen=True, slots=True)
class PlanRows:
    """A kept plan: its name, what is said of it, and a line for each step."""

    name: str
    line: str
    steps: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class EffortRows:
    """The counts of a group of species over the years, beside the effort of their surveys."""

    title: str
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class PlanningChapter:
    """The chapter. Lists that are empty are not shown; ``why`` is None where there is no earlier baseline."""

    line: str
    next: tuple[NextRow, ...]
    firm: str
    chances: tuple[ChanceRow, ...]
    chances_alt: str
    method: str
    edges: tuple[str, ...]
    why: Waterfall | None
    why_notes: tuple[str, ...]
    surveys: tuple[str, ...]
    efforts_head: tuple[str, ...]
    efforts: tuple[EffortRows, ...]
    scenarios: tuple[Fact, ...]
    plans: tuple[PlanRows, ...]


def planning_chapter(
    setting: Setting,
    history: Sequence[Assessment],
    baseline: int | None,
    bands: CityBands,
    beside: Beside,
) -> PlanningChapter | None:
    """Word what planning says of the opened year; None where nothing is scored.

    ``history``, ``baseline`` and ``bands`` are those that the setting was made from, ``beside`` what is kept beside
    the answers.
    """
    opened = setting.opened
    own = [one for one in history if one.city == opened.city and one is not opened and one.year is not None]
    found = findings_of(opened, [*own, opened], baseline, setting.language, bands, beside)
    if not found.outlooks:
        return None
    return PlanningChapter(
        line=_line(setting, found),
        next=tuple(_next(setting, found)),
        firm=telling.firm_text(setting.voice, found.card.total.points, found.firm, found.coverage),
        chances=tuple(_chances(setting, one) for one in found.firm.indicators),
        chances_alt=_chances_in_words(setting, found),
        method=_method(setting, found, beside),
        edges=tuple(
            _named(setting, telling.in_words(one.result), telling.edge_text(setting.voice, one)) for one in found.edges
        ),
        why=None if found.attribution is None else _why(setting, found.attribution),
        why_notes=tuple(_why_notes(setting, found)),
        surveys=tuple(_surveys(setting, found)),
        efforts_head=tuple(
            capital(one.text(setting.language)) for one in (say("Year"), say("Species"), *telling.EFFORTS.values())
        ),
        efforts=tuple(_efforts(setting, found)),
        scenarios=tuple(_scenarios(setting, found)),
        plans=tuple(_plan(setting, found.card, *one) for one in found.plans),
    )


def _named(setting: Setting, name: object, told: object) -> str:
    return say("{name}: {told}", name=name, told=told).text(setting.language)


def _line(setting: Setting, found: Findings) -> str:
    return say(
        "{points} of {maximum} points. Next points near at hand: {near}. Indicators on thin ice: {thin}.",
        points=found.card.total.points,
        maximum=found.card.total.maximum,
        near=len(found.near),
        thin=telling.thin_count(len(found.thin), found.coverage),
    ).text(setting.language)


def _next(setting: Setting, found: Findings) -> Iterator[NextRow]:
    for one in found.outlooks:
        result, now = one.result, one.result.points or 0
        yield NextRow(
            result.indicator.number,
            result.indicator.title,
            now,
            "–" if now == MOST_POINTS else _first(setting, one.up, result.indicator.id),
            "–" if now == 0 else _first(setting, one.down, result.indicator.id),
        )


def _first(setting: Setting, shifts: tuple[Shift, ...], indicator: str) -> str:
    if not shifts:
        return capital(translate("no single figure can do it alone", setting.language))
    return capital(telling.shift_text(setting.voice, setting.edition.indicator(indicator), shifts[0]))


# How firm


def _method(setting: Setting, found: Findings, beside: Beside) -> str:
    if not found.firm.indicators:
        return ""
    voice = setting.voice
    read, method = telling.CHANCES.text(voice.language), telling.method_text(voice, found.firm)
    return in_a_row((read, method, telling.grades_text(voice, beside.grades)))


def _chances(setting: Setting, one: Firmness) -> ChanceRow:
    shares = tuple(float(one.chances.get(count, 0)) for count in range(MOST_POINTS + 1))
    return ChanceRow(
        clipped(telling.in_words(one.result), LABEL_SIGNS), shares, one.result.points or 0, _said(setting, one)
    )


def _said(setting: Setting, one: Firmness) -> str:
    return listed(
        f"{points(count, setting.language)} {telling.chance_text(setting.voice, chance, exact=one.exact)}"
        for count, chance in sorted(one.chances.items())
    ).text(setting.language)


def _chances_in_words(setting: Setting, found: Findings) -> str:
    return "; ".join(f"{telling.in_words(one.result)}: {_said(setting, one)}" for one in found.firm.indicators)


# Where the change comes from


def _why(setting: Setting, found: Attribution) -> Waterfall:
    caption = say(
        "Where the change from {before} points in {from_} to {after} in {to} comes from, each year as it was assessed.",
        before=found.before,
        from_=found.from_year,
        after=found.after,
        to=found.to_year,
    ).text(setting.language)
    told = [(telling.PARTS[part].text(setting.language), count) for part, count in telling.parts_told(found)]
    alt = listed(f"{name}: {signed(setting.voice, count)}" for name, count in told).text(setting.language)
    steps = tuple(Fall(name, count) for name, count in told if count)
    return Waterfall(
        str(found.from_year), found.before, str(found.to_year), found.after, steps, caption, f"{caption} {alt}"
    )


def _why_notes(setting: Setting, found: Findings) -> Iterator[str]:
    if found.attribution is None:
        return
    for part, _ in telling.parts_told(found.attribution):
        shares = found.attribution.of(part)
        if shares:
            numbers = listed(f"{one.number} ({signed(setting.voice, one.points)})" for one in shares)
            yield _named(setting, telling.PARTS[part], numbers)
    if told := telling.unsplit_text(setting.voice, found.attribution):
        yield told


def _surveys(setting: Setting, found: Findings) -> Iterator[str]:
    for group, steps in found.looking:
        for one in steps:
            for told in (telling.doubt_text(setting.voice, one), telling.equal_text(setting.voice, one)):
                if told:
                    yield _named(setting, group.label, told)


def _efforts(setting: Setting, found: Findings) -> Iterator[EffortRows]:
    """Give the counts of each group beside the effort of its surveys, where the effort of any is known."""
    for group, steps in found.looking:
        known = {}
        for one in steps:
            for count, survey in zip((one.before, one.after), one.surveys, strict=True):
                known[count.year] = (count, survey)
        if not any(survey.known for _, survey in known.values()):
            continue
        rows = []
        for year, (count, survey) in sorted(known.items()):
            amounts = (None if count.count is None else count.count, *(survey.known.get(one) for one in Effort))
            rows.append((str(year), *("–" if one is None else setting.voice.number(one) for one in amounts)))
        yield EffortRows(group.label, tuple(rows))


# What is kept


def _scenarios(setting: Setting, found: Findings) -> Iterator[Fact]:
    for one in found.outcomes:
        told = say("{points} points ({change})", points=one.then.total.points, change=signed(setting.voice, one.points))
        parts = (told.text(setting.language), one.scenario.note)
        yield Fact(one.scenario.name, " · ".join(part for part in parts if part))


def _plan(setting: Setting, card: Scorecard, plan: Plan, done: Sequence[Achieved]) -> PlanRows:
    language = setting.language
    reached = sum(one.reached is not None for one in done)
    facts = [
        say("Target: {target} points", target=plan.target),
        *([say("by {year}", year=plan.by)] if plan.by else []),
        say("steps reached: {reached} of {count}", reached=reached, count=len(done)),
    ]
    return PlanRows(
        plan.name,
        " · ".join(filter(None, [*(one.text(language) for one in facts), plan.note])),
        tuple(_step(setting, card, plan, one) for one in done),
    )


def _step(setting: Setting, card: Scorecard, plan: Plan, one: Achieved) -> Fact:
    step = one.step
    asked = setting.edition.find(step.indicator)
    name = f"{asked.number} {asked.title}" if asked else step.indicator
    by = say("by {year}", year=step.year).text(setting.language) if step.year else ""
    takes = telling.step_takes_text(setting.voice, card, plan, one)
    parts = [telling.achieved_text(one).text(setting.language), takes, step.owner, by, step.note]
    return Fact(name, " · ".join(part for part in parts if part))

"""What planning says of a year, as text for people at the terminal."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbi.i18n import listed, say, translate
from cbi.numbers import exact_text
from cbi.planning import telling
from cbi.planning.findings import Findings
from cbi.planning.firmness import Firm, Firmness
from cbi.planning.next_point import Outlook, Shift
from cbi.planning.plan import Achieved
from cbi.planning.target import Proposal
from cbi.printing.layout import TITLE_WIDTH, heads
from cbi.terminal import bold, clipped, paragraph, table
from cbi.wording import Voice, points, signed

TAKES_WIDTH, OWNER_WIDTH = 70, 30


def planning(findings: Findings, proposal: Proposal | None, *, numbers: str, language: str) -> str:
    """Print what planning says of a year; ``numbers`` is the locale that numbers are written in."""
    voice = Voice(findings.card.edition, numbers)
    lines = [*_heading(findings, language)]
    if proposal is not None:
        lines += ["", *_target(voice, findings, proposal)]
    lines += ["", *_next(voice, findings), "", *_firm(voice, findings)]
    if findings.attribution is not None:
        lines += ["", *_since(voice, findings)]
    lines += [*_surveys(voice, findings), *_scenarios(voice, findings), *_plans(voice, findings)]
    return "\n".join(lines)


def _heading(findings: Findings, language: str) -> Iterator[str]:
    card = findings.card
    city = card.city or translate("City without a name", language)
    named = say("{edition} edition", edition=card.edition.id).text(language)
    yield bold(" · ".join(filter(None, [city, str(card.year or ""), named])))
    yield say(
        "{points} of {maximum} points. Next points near at hand: {near}. Indicators on thin ice: {thin}.",
        points=card.total.points,
        maximum=card.total.maximum,
        near=len(findings.near),
        thin=telling.thin_count(len(findings.thin), findings.coverage),
    ).text(language)


# A target


def _target(voice: Voice, findings: Findings, proposal: Proposal) -> Iterator[str]:
    language = voice.language
    yield bold(telling.target_title(proposal).text(language))
    if proposal.steps is None:
        yield paragraph(telling.out_of_reach_text(findings.card, proposal).text(language))
        return
    if not proposal.steps:
        yield translate("Reached already.", language)
        return
    effort = voice.number(exact_text(proposal.effort)) if proposal.efforts_given else say("not given")
    yield say(
        "Points if all steps succeed: {end} ({gain} more). Effort: {effort}. Indicators that move: {steps}.",
        steps=len(proposal.steps),
        gain=proposal.end - proposal.start,
        effort=effort,
        end=proposal.end,
    ).text(language)
    if not proposal.efforts_given:
        yield paragraph(telling.no_efforts_text().text(language))
    if (assumed := telling.assumed_text(voice, proposal)) is not None:
        yield paragraph(assumed.text(language))
    head = heads(language, say("No."), say("Indicator"), say("Points"), say("Effort"), say("What it takes"))
    rows = [
        [
            str(step.number),
            clipped(voice.edition.indicator(step.indicator).title, TITLE_WIDTH),
            telling.lift_text(step),
            telling.step_effort_text(voice, proposal, step),
            clipped(telling.takes_text(voice, findings.card, step.indicator, step.end), TAKES_WIDTH),
        ]
        for step in proposal.steps
    ]
    yield table(head, rows, right=(0, 3))


# The next point


def _next(voice: Voice, findings: Findings) -> Iterator[str]:
    language = voice.language
    yield bold(translate("The next point, and the last one", language))
    head = heads(language, say("No."), say("Indicator"), say("Points"), say("One more takes"), say("One is lost by"))
    rows = [
        [
            str(one.result.indicator.number),
            clipped(one.result.indicator.title, 34),
            str(one.result.points),
            clipped(_first(voice, one, one.up), 58),
            clipped(_first(voice, one, one.down), 58),
        ]
        for one in findings.outlooks
    ]
    yield table(head, rows, right=(0, 2))


def _first(voice: Voice, outlook: Outlook, found: tuple[Shift, ...]) -> str:
    if found:
        return telling.shift_text(voice, outlook.result.indicator, found[0])
    at_end = outlook.result.points == (4 if found is outlook.up else 0)
    return "–" if at_end else telling.not_alone_text(voice.language)


# How firm


def _firm(voice: Voice, findings: Findings) -> Iterator[str]:
    language, firm = voice.language, findings.firm
    yield bold(translate("How firm is it?", language))
    yield paragraph(telling.firm_text(voice, findings.card.total.points, firm, findings.coverage))
    if firm.indicators:
        yield _chances(voice, firm)
        yield paragraph(telling.method_text(voice, firm))
    for edge in findings.edges:
        told = say("{name}: {told}", name=telling.in_words(edge.result), told=telling.edge_text(voice, edge))
        yield paragraph(told.text(language))


def _chances(voice: Voice, firm: Firm) -> str:
    language = voice.language
    head = [*heads(language, say("No."), say("Indicator")), *(points(count, language) for count in range(5))]
    rows = [
        [
            str(one.result.indicator.number),
            clipped(one.result.indicator.title, TITLE_WIDTH),
            *(_chance(voice, one, count) for count in range(5)),
        ]
        for one in firm.indicators
    ]
    return table(head, rows, right=(0, 2, 3, 4, 5, 6))


def _chance(voice: Voice, one: Firmness, count: int) -> str:
    """Write the chance of so many points; today's points are marked."""
    if count not in one.chances:
        return ""
    return telling.chance_text(voice, one.chances[count], exact=one.exact) + (
        " ◂" if count == one.result.points else ""
    )


# Since the baseline


def _since(voice: Voice, findings: Findings) -> Iterator[str]:
    language, found = voice.language, findings.attribution
    if found is None:
        return
    yield bold(say("Where the change since {year} comes from", year=found.from_year).text(language))
    rows = [[str(found.from_year), str(found.before), ""]]
    for part, count in telling.parts_told(found):
        numbers = listed(f"{one.number} ({signed(voice, one.points)})" for one in found.of(part)).text(language)
        rows.append([telling.PARTS[part].text(language), signed(voice, count), "" if numbers == "–" else numbers])
    rows.append([str(found.to_year), str(found.after), ""])
    yield table(heads(language, say("Part"), say("Points"), say("Indicators")), rows, right=(1,))
    if told := telling.unsplit_text(voice, found):
        yield paragraph(told)


def _surveys(voice: Voice, findings: Findings) -> Iterator[str]:
    for group, steps in findings.looking:
        for one in steps:
            for told in (telling.doubt_text(voice, one), telling.equal_text(voice, one)):
                if told:
                    yield ""
                    yield paragraph(say("{name}: {told}", name=group.label, told=told).text(voice.language))


def _scenarios(voice: Voice, findings: Findings) -> Iterator[str]:
    if findings.outcomes:
        yield ""
        yield bold(translate("What if?", voice.language))
    for one in findings.outcomes:
        yield say(
            "{name}: {points} points ({change})",
            name=one.scenario.name,
            points=one.then.total.points,
            change=signed(voice, one.points),
        ).text(voice.language)


def _plans(voice: Voice, findings: Findings) -> Iterator[str]:
    language = voice.language
    for plan, done in findings.plans:
        reached = sum(one.reached is not None for one in done)
        yield ""
        yield bold(say("Plan “{name}”: {target} points", name=plan.name, target=plan.target).text(language))
        yield say("steps reached: {reached} of {count}", reached=reached, count=len(done)).text(language)
        if plan.note:
            yield paragraph(plan.note)
        if done:
            yield _planned_steps(voice, done)


def _planned_steps(voice: Voice, done: Sequence[Achieved]) -> str:
    """Lay out the steps of a plan: who sees to each, by when, and what later years achieved."""
    language = voice.language
    head = heads(language, say("No."), say("Indicator"), say("Who sees to it"), say("By which year"),
                 say("What became of it"))  # fmt: skip
    rows = []
    for one in done:
        asked = voice.edition.find(one.step.indicator)
        number, title = (str(asked.number), asked.title) if asked else ("", one.step.indicator)
        became = telling.achieved_text(one).text(language)
        year = str(one.step.year or "")
        rows.append([number, clipped(title, TITLE_WIDTH), clipped(one.step.owner, OWNER_WIDTH), year, became])
    return table(head, rows, right=(0,))

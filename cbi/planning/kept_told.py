"""What planning keeps, each paper in one line for the history: what stood there and what stands there now."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cbi.definitions.edition import PROFILE
from cbi.draft import FINISHED
from cbi.gathering import Place
from cbi.i18n import Sentence, listed, listed_apart, say
from cbi.planning import contents, keeping
from cbi.planning.effort import Survey
from cbi.planning.faults import PlanningError
from cbi.planning.plan import Plan
from cbi.planning.scenario import Scenario
from cbi.planning.telling import EFFORTS, grades_text, lift_text, spread_text
from cbi.standing import label_at, said_at
from cbi.store.records import Kind
from cbi.wording import Voice


def told(voice: Voice, kind: Kind, key: str, content: Mapping[str, Any] | None) -> str:
    """Write what a paper of planning holds in a line; empty for one that was withdrawn, cannot be read, or is another.

    ``key`` tells the papers of one kind apart; ``voice`` is the reader, under the edition that is open.
    """
    if content is None:
        return ""
    try:
        return _told(voice, kind, key, content)
    except (PlanningError, KeyError):  # kept by another version, or for inputs that this edition does not ask
        return ""


def _told(voice: Voice, kind: Kind, key: str, content: Mapping[str, Any]) -> str:
    if kind is Kind.SCENARIO:
        return _scenario(voice, contents.scenario_from(key, content))
    if kind is Kind.PLAN:
        return _plan(voice, contents.plan_from(key, content))
    if kind is Kind.SETTING and key.startswith(keeping.RANGES):
        return listed_apart(
            say(
                "{label}: {value}",
                label=_label(voice, one.place),
                value=spread_text(voice, one, ""),
            )
            for one in contents.spreads_from(content)
        ).text(voice.language)
    if kind is Kind.SETTING and key.startswith(keeping.SURVEYS):
        return _surveys(voice, contents.surveys_from(content))
    if kind is Kind.SETTING and key == keeping.GRADES:
        return grades_text(voice, contents.grades_from(content))
    return ""


def _label(voice: Voice, place: Place) -> str:
    owner, name = place
    return label_at(voice.edition, owner, "" if name == FINISHED else name)


def _scenario(voice: Voice, scenario: Scenario) -> str:
    lines: list[Sentence | str] = []
    for one in scenario.changes:
        owner, name = one.place
        value = said_at(voice.edition, owner, "" if name == FINISHED else name, one.entry)
        lines.append(say("{label}: {value}", label=_label(voice, one.place), value=value))
    return listed_apart([*lines, *filter(None, [scenario.note])]).text(voice.language, voice.numbers)


def _plan(voice: Voice, plan: Plan) -> str:
    lines: list[Sentence | str] = [say("Target: {target} points", target=plan.target)]
    if plan.by:
        lines.append(say("by {year}", year=plan.by))
    for step in plan.steps:
        indicator = voice.edition.find(step.indicator)
        number = indicator.number if indicator else step.indicator
        seen_to = listed(str(one) for one in (step.owner, step.year) if one)
        lift = say("no. {number}: {lift}", number=number, lift=lift_text(step))
        lines.append(say("{lift} ({by})", lift=lift, by=seen_to) if step.owner or step.year else lift)
    return listed_apart([*lines, *filter(None, [plan.note])]).text(voice.language)


def _surveys(voice: Voice, surveys: Mapping[str, Survey]) -> str:
    lines = []
    for group, one in surveys.items():
        known = listed(
            say("{what} {amount}", what=EFFORTS[effort], amount=voice.number(amount))
            for effort, amount in one.known.items()
        )
        lines.append(say("{label}: {value}", label=_label(voice, (PROFILE, group)), value=known))
    return listed_apart(lines).text(voice.language)

"""What planning keeps, as papers hold it: plain data whose numbers with decimals are texts, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from enum import StrEnum
from typing import Any, TypeVar

from cbi.assessment import Entry, Given, Quality
from cbi.definitions import EDITIONS
from cbi.i18n import say
from cbi.planning.effort import Survey
from cbi.planning.faults import PlanningError
from cbi.planning.plan import Plan, PlannedStep, Scale
from cbi.planning.ranges import Form, GradeRanges, Spread
from cbi.planning.scenario import Change, Scenario
from cbi.scoring.scorecard import MOST_POINTS

Content = Mapping[str, Any]
T = TypeVar("T", bound=StrEnum)

_NUMBER = re.compile(r"-?\d{1,30}(\.\d{1,15})?")
_MOST_SPECIES = 20_000


# Scenarios


def scenario_content(scenario: Scenario) -> dict[str, Any]:
    """Give a scenario as a paper holds it; its name is the key of the paper."""
    return {
        "note": scenario.note,
        "changes": [
            {"at": one.place[0], "input": one.place[1], **_given(one.entry.value), "unit": one.entry.unit}
            for one in scenario.changes
        ],
    }


def _given(value: Given) -> dict[str, Any]:
    if isinstance(value, Decimal):
        return {"number": f"{value:f}"}
    if isinstance(value, str):
        return {"text": value}
    numbers = [f"{one:f}" for one in value if isinstance(one, Decimal)]
    return {"numbers": numbers} if numbers else {"items": [one for one in value if isinstance(one, str)]}


def scenario_from(name: str, content: Content) -> Scenario:
    """Read a scenario from a paper; raises :class:`PlanningError` for what is none."""
    changes = tuple(
        Change((_text(one, "at"), _text(one, "input")), Entry(_value(one), _text(one, "unit", "")))
        for one in _list(content, "changes")
    )
    return Scenario(name, _text(content, "note", ""), changes)


def _value(content: Content) -> Given:
    if "number" in content:
        return _number(content, "number")
    if "numbers" in content:
        return tuple(_decimal("numbers", one) for one in _plain_list(content, "numbers"))
    if "items" in content:
        return tuple(_checked_text("items", one) for one in _plain_list(content, "items"))
    return _text(content, "text")


# Plans


def plan_content(plan: Plan) -> dict[str, Any]:
    """Give a plan as a paper holds it; its name is the key of the paper."""
    return {
        "edition": plan.edition,
        "made_in": plan.made_in,
        "target": plan.target,
        "by": plan.by,
        "scale": plan.scale.value,
        "unit": plan.unit,
        "efforts": None
        if plan.efforts is None
        else {name: [f"{one:f}" for one in efforts] for name, efforts in plan.efforts.items()},
        "steps": [
            {
                "indicator": one.indicator,
                "from": one.start if one.scored else None,
                "to": one.end,
                "owner": one.owner,
                "year": one.year,
                "note": one.note,
            }
            for one in plan.steps
        ],
        "note": plan.note,
    }


def plan_from(name: str, content: Content) -> Plan:
    """Read a plan from a paper; raises :class:`PlanningError` for what is none."""
    efforts = content.get("efforts")
    if efforts is not None and not isinstance(efforts, Mapping):
        raise _fault("efforts", efforts)
    if _text(content, "edition") not in EDITIONS:
        raise _fault("edition", content["edition"])
    return Plan(
        name=name,
        edition=_text(content, "edition"),
        made_in=_whole(content, "made_in") or 0,
        target=_whole(content, "target") or 0,
        by=_whole(content, "by"),
        scale=_one_of(Scale, content, "scale"),
        unit=_text(content, "unit", ""),
        efforts=None
        if efforts is None
        else {str(one): tuple(_decimal("efforts", number) for number in _plain_list(efforts, one)) for one in efforts},
        steps=tuple(_step(one) for one in _list(content, "steps")),
        note=_text(content, "note", ""),
    )


def _step(content: Content) -> PlannedStep:
    start, end = _whole(content, "from") or 0, _whole(content, "to") or 0
    if not 0 <= start < end <= MOST_POINTS:
        raise _fault("to", end)
    return PlannedStep(
        _text(content, "indicator"), start, end, _text(content, "owner", ""), _whole(content, "year"),
        _text(content, "note", ""), content.get("from") is not None,
    )  # fmt: skip


# Ranges and grades


def spreads_content(spreads: Iterable[Spread]) -> dict[str, Any]:
    """Give the ranges of an assessment as a paper holds them."""
    return {
        "ranges": [
            {
                "at": one.place[0],
                "input": one.place[1],
                "form": one.form.value,
                "first": f"{one.first:f}",
                "second": None if one.second is None else f"{one.second:f}",
            }
            for one in spreads
        ]
    }


def spreads_from(content: Content) -> tuple[Spread, ...]:
    """Read ranges from a paper; raises :class:`PlanningError` for what are none."""
    return tuple(
        Spread(
            (_text(one, "at"), _text(one, "input")),
            _one_of(Form, one, "form"),
            _number(one, "first"),
            None if one.get("second") is None else _number(one, "second"),
        )
        for one in _list(content, "ranges")
    )


def grades_content(grades: GradeRanges) -> dict[str, Any]:
    """Give the ranges of the quality grades as a paper holds them."""
    return {grade.value: f"{percent:f}" for grade, percent in grades.items()}


def grades_from(content: Content) -> GradeRanges:
    """Read the ranges of the quality grades from a paper; raises :class:`PlanningError` for what are none."""
    found = {grade: _number(content, grade.value) for grade in Quality if grade.value in content}
    if any(percent < 0 for percent in found.values()):
        raise _fault("grades", dict(content))
    return found


# Surveys


def surveys_content(surveys: Mapping[str, Survey]) -> dict[str, Any]:
    """Give the survey effort of one year, by group, as a paper holds it."""
    return {
        group: {
            "observers": one.observers,
            "days": one.days,
            "records": one.records,
            "per_species": list(one.per_species),
        }
        for group, one in surveys.items()
    }


def surveys_from(content: Content) -> dict[str, Survey]:
    """Read the survey effort of one year from a paper; raises :class:`PlanningError` for what is none."""
    found = {}
    for group, one in content.items():
        if not isinstance(one, Mapping):
            raise _fault(str(group), one)
        counted = _plain_list(one, "per_species")
        sound = all(isinstance(count, int) and not isinstance(count, bool) and count >= 0 for count in counted)
        if not sound or len(counted) > _MOST_SPECIES:
            raise _fault("per_species", counted)
        observers, days, records = (_whole(one, name) for name in ("observers", "days", "records"))
        if any(amount is not None and amount < 0 for amount in (observers, days, records)):
            raise _fault(str(group), dict(one))
        found[str(group)] = Survey(observers, days, records, tuple(counted))
    return found


# What may stand there


def _fault(name: str, found: object) -> PlanningError:
    return PlanningError(
        say(
            "This cannot be read: “{found}” stands as {name}. Withdraw it, and enter it again.",
            found=str(found)[:60],
            name=name,
        )
    )


def _checked_text(name: str, found: object) -> str:
    if not isinstance(found, str):
        raise _fault(name, found)
    return found


def _text(content: Content, name: str, otherwise: str | None = None) -> str:
    return _checked_text(name, content.get(name, otherwise))


def _decimal(name: str, found: object) -> Decimal:
    if not isinstance(found, str) or not _NUMBER.fullmatch(found):
        raise _fault(name, found)
    return Decimal(found)


def _number(content: Content, name: str) -> Decimal:
    return _decimal(name, content.get(name))


def _whole(content: Content, name: str) -> int | None:
    found = content.get(name)
    if found is not None and (not isinstance(found, int) or isinstance(found, bool)):
        raise _fault(name, found)
    return found


def _one_of(kind: Callable[[str], T], content: Content, name: str) -> T:
    try:
        return kind(_text(content, name))
    except ValueError:
        raise _fault(name, content.get(name)) from None


def _plain_list(content: Content, name: str) -> list[Any]:
    found = content.get(name, [])
    if not isinstance(found, list | tuple):
        raise _fault(name, found)
    return list(found)


def _list(content: Content, name: str) -> list[Content]:
    found = _plain_list(content, name)
    if not all(isinstance(one, Mapping) for one in found):
        raise _fault(name, found)
    return found

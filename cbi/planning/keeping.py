"""Keeping what planning needs beside the answers: as papers, never among the answers themselves.

Scenarios belong to a year, the ranges of the quality grades to the store, all else to the city: later years achieve a
plan, and what is known of a survey or of a figure may still be added when its year is closed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any, TypeVar

from cbi.planning import contents
from cbi.planning.effort import Survey
from cbi.planning.faults import PlanningError
from cbi.planning.findings import Beside
from cbi.planning.plan import Plan
from cbi.planning.ranges import USUAL_GRADES, GradeRanges, Spread
from cbi.planning.scenario import Scenario
from cbi.problems import Problem, Severity
from cbi.store import Store
from cbi.store.records import Head, Kind, Paper

GRADES = "ranges of quality grades"
"""The key of the setting that holds them."""

T = TypeVar("T")


RANGES, SURVEYS = "ranges of figures", "effort of surveys"
"""What the keys of the settings begin with that hold the ranges of figures and the effort of surveys."""


def ranges_key(head: Head) -> str:
    """Give the key of the city's setting that holds the ranges of a year's figures."""
    return f"{RANGES} {head.year} ({head.edition})"


def surveys_key(year: int) -> str:
    """Give the key of the city's setting that holds the effort of a year's surveys."""
    return f"{SURVEYS} {year}"


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept for a year and its city, with the version of each paper that a change is based on.

    ``surveys`` holds the effort behind the counts of every year of the city, by (year, id of the count). What cannot
    be read is named under ``problems``, and the rest holds.
    """

    scenarios: tuple[Scenario, ...] = ()
    plans: tuple[Plan, ...] = ()
    spreads: tuple[Spread, ...] = ()
    surveys: Mapping[tuple[int, str], Survey] = field(default_factory=dict)
    grades: GradeRanges = field(default_factory=lambda: USUAL_GRADES)
    versions: Mapping[tuple[Kind, str], int] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def version(self, kind: Kind, key: str) -> int:
        """Give the version that a save is based on; 0 where there is none."""
        return self.versions.get((kind, key), 0)


@dataclass(slots=True)
class _Reading:
    """What was met while papers were read."""

    versions: dict[tuple[Kind, str], int] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def read(self, paper: Paper | None, reader: Callable[[Mapping[str, Any]], T]) -> T | None:
        if paper is None or paper.content is None:
            return None
        self.versions[paper.kind, paper.key] = paper.version
        try:
            return reader(paper.content)
        except PlanningError as error:
            self.problems.append(Problem(Severity.ERROR, "plan_unreadable", paper.key, error.sentence))
            return None

    def read_named(self, papers: Iterable[Paper], reader: Callable[[str, Mapping[str, Any]], T]) -> tuple[T, ...]:
        found = [self.read(paper, partial(reader, paper.key)) for paper in papers]
        return tuple(one for one in found if one is not None)


def kept(store: Store, head: Head) -> Kept:
    """Give all that is kept for a year and its city."""
    papers, city, reading = store.papers, head.city.id, _Reading()
    surveys: dict[tuple[int, str], Survey] = {}
    for year in {one.year for one in store.heads(city)}:
        paper = papers.get(Kind.SETTING, surveys_key(year), city_id=city)
        found = reading.read(paper, contents.surveys_from) or {}
        surveys |= {(year, group): survey for group, survey in found.items()}
    spreads = reading.read(papers.get(Kind.SETTING, ranges_key(head), city_id=city), contents.spreads_from)
    return Kept(
        scenarios=reading.read_named(papers.of(Kind.SCENARIO, assessment_id=head.id), contents.scenario_from),
        plans=reading.read_named(papers.of(Kind.PLAN, city_id=city), contents.plan_from),
        spreads=spreads or (),
        surveys=surveys,
        grades=reading.read(papers.get(Kind.SETTING, GRADES), contents.grades_from) or USUAL_GRADES,
        versions=reading.versions,
        problems=tuple(reading.problems),
    )


def grades_of(store: Store) -> tuple[GradeRanges, int]:
    """Give the ranges of the quality grades, and the version that a change of them is based on."""
    paper = store.papers.get(Kind.SETTING, GRADES)
    if paper is None or paper.content is None:
        return USUAL_GRADES, 0
    try:
        return contents.grades_from(paper.content), paper.version
    except PlanningError:
        return USUAL_GRADES, paper.version


def keep_scenario(store: Store, assessment_id: int, scenario: Scenario, *, based_on: int, person: str) -> Paper:
    """Keep a scenario with its year; raises what the store raises."""
    content = contents.scenario_content(scenario)
    return store.papers.save(
        Kind.SCENARIO, scenario.name, content, based_on=based_on, person=person, assessment_id=assessment_id
    )


def drop_scenario(store: Store, assessment_id: int, name: str, *, based_on: int, person: str) -> Paper:
    """Withdraw a scenario; it stays in the history."""
    return store.papers.save(Kind.SCENARIO, name, None, based_on=based_on, person=person, assessment_id=assessment_id)


def keep_plan(store: Store, city_id: int, plan: Plan, *, based_on: int, person: str) -> Paper:
    """Keep a plan with its city; raises what the store raises."""
    content = contents.plan_content(plan)
    return store.papers.save(Kind.PLAN, plan.name, content, based_on=based_on, person=person, city_id=city_id)


def drop_plan(store: Store, city_id: int, name: str, *, based_on: int, person: str) -> Paper:
    """Withdraw a plan; it stays in the history."""
    return store.papers.save(Kind.PLAN, name, None, based_on=based_on, person=person, city_id=city_id)


def keep_spreads(store: Store, head: Head, spreads: tuple[Spread, ...], *, based_on: int, person: str) -> Paper:
    """Keep the ranges of a year's figures; raises what the store raises."""
    content = contents.spreads_content(spreads)
    return store.papers.save(
        Kind.SETTING, ranges_key(head), content, based_on=based_on, person=person, city_id=head.city.id
    )


def keep_surveys(
    store: Store, city_id: int, year: int, surveys: Mapping[str, Survey], *, based_on: int, person: str
) -> Paper:
    """Keep the effort behind a year's counts of species; raises what the store raises."""
    content = contents.surveys_content(surveys)
    return store.papers.save(
        Kind.SETTING, surveys_key(year), content, based_on=based_on, person=person, city_id=city_id
    )


def keep_grades(store: Store, grades: GradeRanges, *, based_on: int, person: str) -> Paper:
    """Keep the ranges of the quality grades for the whole store; raises what the store raises."""
    return store.papers.save(Kind.SETTING, GRADES, contents.grades_content(grades), based_on=based_on, person=person)


def beside_of(found: Kept) -> Beside:
    """Give what findings take of what is kept."""
    return Beside(found.spreads, found.grades, found.scenarios, found.plans, found.surveys)

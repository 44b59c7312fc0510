"""What planning keeps: apart from the answers, back exactly as it was, and nothing lost when a paper is damaged."""

from decimal import Decimal

import pytest

from cbi.assessment import Entry, Quality
from cbi.planning import contents, keeping
from cbi.planning.effort import Survey
from cbi.planning.faults import PlanningError
from cbi.planning.plan import Plan, PlannedStep, Scale
from cbi.planning.ranges import USUAL_GRADES, Form, Spread
from cbi.planning.scenario import Change, Scenario
from cbi.planning.typed import (
    read_count,
    read_efforts,
    read_name,
    read_percent,
    read_plan_year,
    read_range,
    read_records,
)
from cbi.store import open_store
from cbi.store.records import Kind

WHO = {"person": "Mei"}
PLACE = ("natural_areas", "natural_area")

SCENARIO = Scenario(
    "Ring of parks",
    "for the council",
    (
        Change(PLACE, Entry(Decimal("12.10"), "km2")),
        Change(("connectivity", "group_areas"), Entry((Decimal("5.0"), Decimal(3)), "ha")),
        Change(("climate_responses", "responses"), Entry(("mitigation", "adaptation_plan"))),
        Change(("urban_agriculture", "="), Entry("planned")),
        Change(("institutional_capacity", "functions"), Entry(())),
    ),
)
PLAN = Plan(
    "70 by 2030", "2021", 2026, 70, 2030, Scale.COST, "EUR",
    {"projects": (Decimal("2.50"), Decimal(3)), "awareness": ()},
    (PlannedStep("projects", 1, 3, "Parks office", 2028, "with the university"),), "agreed in May",
)  # fmt: skip
SPREADS = (Spread(PLACE, Form.FROM_TO, Decimal("1.0"), Decimal("2.50")), Spread(("a", "="), Form.PERCENT, Decimal(5)))


@pytest.fixture
def head(tmp_path):
    store = open_store(f"sqlite:///{tmp_path / 'cbi.sqlite3'}")
    city = store.add_city("Libo County", **WHO)
    yield store, store.start_year(city.id, 2026, **WHO)
    store.close()


def keep_all(store, head):
    keeping.keep_scenario(store, head.id, SCENARIO, based_on=0, **WHO)
    keeping.keep_plan(store, head.city.id, PLAN, based_on=0, **WHO)
    keeping.keep_spreads(store, head, SPREADS, based_on=0, **WHO)
    keeping.keep_surveys(store, head.city.id, 2026, {"bird_species": Survey(12, 30, None, (5, 3))}, based_on=0, **WHO)
    keeping.keep_grades(store, {Quality.LOW: Decimal("40.0")}, based_on=0, **WHO)


def test_all_comes_back_as_it_was(head):
    store, year = head
    keep_all(store, year)
    found = keeping.kept(store, year)
    assert found.scenarios == (SCENARIO,)
    assert found.plans == (PLAN,)
    assert found.spreads == SPREADS
    assert found.surveys == {(2026, "bird_species"): Survey(12, 30, None, (5, 3))}
    assert found.grades == {Quality.LOW: Decimal("40.0")}
    assert found.version(Kind.PLAN, PLAN.name) == 1
    assert found.problems == ()


def test_it_is_kept_apart_from_the_answers(head):
    store, year = head
    before = store.assessment(year.id).assessment
    keep_all(store, year)
    assert store.assessment(year.id).assessment == before


def test_it_still_changes_when_the_year_is_closed(head):
    store, year = head
    store.submit(year.id, **WHO)
    keep_all(store, year)
    assert keeping.kept(store, year).scenarios == (SCENARIO,)


def test_a_plan_is_seen_from_a_later_year_and_a_scenario_is_not(head):
    store, year = head
    keep_all(store, year)
    later = store.start_year(year.city.id, 2029, **WHO)
    found = keeping.kept(store, later)
    assert (found.plans, found.scenarios, found.spreads) == ((PLAN,), (), ())
    assert (2026, "bird_species") in found.surveys


def test_what_is_withdrawn_is_gone_and_stays_in_the_history(head):
    store, year = head
    keep_all(store, year)
    keeping.drop_scenario(store, year.id, SCENARIO.name, based_on=1, **WHO)
    keeping.drop_plan(store, year.city.id, PLAN.name, based_on=1, **WHO)
    found = keeping.kept(store, year)
    assert (found.scenarios, found.plans) == ((), ())
    assert len(store.papers.history(Kind.PLAN, PLAN.name, city_id=year.city.id)) == 2


def test_without_anything_kept_the_usual_grades_hold(head):
    store, year = head
    assert keeping.kept(store, year).grades == USUAL_GRADES


def test_a_damaged_paper_is_named_and_the_rest_holds(head):
    store, year = head
    keep_all(store, year)
    damaged = {"note": 5, "changes": [{"at": "x"}]}
    store.papers.save(Kind.SCENARIO, "Damaged", damaged, based_on=0, assessment_id=year.id, **WHO)
    found = keeping.kept(store, year)
    assert found.scenarios == (SCENARIO,)
    assert [problem.where for problem in found.problems] == ["Damaged"]
    assert "Withdraw it" in found.problems[0].sentence.text()


@pytest.mark.parametrize(
    ("read", "content"),
    [
        (contents.spreads_from, {"ranges": [{"at": "a", "input": "b", "form": "wide", "first": "5"}]}),
        (contents.spreads_from, {"ranges": [{"at": "a", "input": "b", "form": "percent", "first": 5}]}),
        (contents.spreads_from, {"ranges": "all"}),
        (lambda content: contents.plan_from("x", content), {"edition": "2030", "scale": "own"}),
        (contents.grades_from, {"low": "-5"}),
        (contents.surveys_from, {"birds": 5}),
        (contents.surveys_from, {"birds": {"observers": -1}}),
        (contents.surveys_from, {"birds": {"per_species": [1.5]}}),
        (contents.surveys_from, {"birds": {"per_species": [True]}}),
        (lambda content: contents.plan_from("x", content), {"edition": "2021", "scale": "own", "efforts": []}),
        (
            lambda content: contents.plan_from("x", content),
            {"edition": "2021", "scale": "own", "steps": [{"indicator": "projects", "from": 3, "to": 2}]},
        ),
        (
            lambda content: contents.scenario_from("x", content),
            {"changes": [{"at": "a", "input": "b", "number": "1e5"}]},
        ),
    ],
)
def test_what_cannot_stand_there_is_refused(read, content):
    with pytest.raises(PlanningError):
        read(content)


# What people type


@pytest.mark.parametrize(
    ("text", "numbers", "expected"),
    [
        ("± 5", "en", Spread(PLACE, Form.PLUS_MINUS, Decimal(5))),
        ("5 %", "en", Spread(PLACE, Form.PERCENT, Decimal(5))),
        ("±2,5 %", "de", Spread(PLACE, Form.PERCENT, Decimal("2.5"))),
        ("20 – 30", "en", Spread(PLACE, Form.FROM_TO, Decimal(20), Decimal(30))),
        ("20..30.5", "en", Spread(PLACE, Form.FROM_TO, Decimal(20), Decimal("30.5"))),
        ("20-30", "en", Spread(PLACE, Form.FROM_TO, Decimal(20), Decimal(30))),
        ("20 - 30", "en", Spread(PLACE, Form.FROM_TO, Decimal(20), Decimal(30))),
        ("-3 - -1", "en", Spread(PLACE, Form.FROM_TO, Decimal(-3), Decimal(-1))),
        ("-3 – -1", "en", Spread(PLACE, Form.FROM_TO, Decimal(-3), Decimal(-1))),
        ("20 to 30", "en", Spread(PLACE, Form.FROM_TO, Decimal(20), Decimal(30))),
        ("20至30", "zh_Hans", Spread(PLACE, Form.FROM_TO, Decimal(20), Decimal(30))),
        ("5％", "zh_Hans", Spread(PLACE, Form.PERCENT, Decimal(5))),
    ],
)
def test_a_range_as_people_type_it(text, numbers, expected):
    assert read_range(text, PLACE, numbers) == expected


@pytest.mark.parametrize(
    ("text", "kind", "unit", "expected"),
    [
        ("± 5 km²", "area", "km2", Spread(PLACE, Form.PLUS_MINUS, Decimal(5))),
        ("20 – 30 sq km", "area", "km2", Spread(PLACE, Form.FROM_TO, Decimal(20), Decimal(30))),
        ("20 km² – 30 km²", "area", "km2", Spread(PLACE, Form.FROM_TO, Decimal(20), Decimal(30))),
        ("20 km2 - 30 km2", "area", "km2", Spread(PLACE, Form.FROM_TO, Decimal(20), Decimal(30))),
        ("20至30平方公里", "area", "km2", Spread(PLACE, Form.FROM_TO, Decimal(20), Decimal(30))),
        ("5 percent", "area", "km2", Spread(PLACE, Form.PERCENT, Decimal(5))),
        ("20 – 30 %", "percent", "%", Spread(PLACE, Form.FROM_TO, Decimal(20), Decimal(30))),
        ("20 % to 30 %", "value", "%", Spread(PLACE, Form.FROM_TO, Decimal(20), Decimal(30))),
    ],
)
def test_a_range_with_the_unit_of_its_figure(text, kind, unit, expected):
    assert read_range(text, PLACE, "en", kind, unit) == expected


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("20 – 30 ha", "in the unit of its figure (km²) or in percent"),
        ("20 – 30 %", "In percent say ± 5 %"),
        ("± 5 people", "in the unit of its figure"),
    ],
)
def test_a_range_in_another_unit_is_refused(text, told):
    with pytest.raises(PlanningError) as error:
        read_range(text, PLACE, "en", "area", "km2")
    assert told in error.value.sentence.text()


@pytest.mark.parametrize(
    "read",
    [
        lambda: read_range("30 – 20", PLACE),
        lambda: read_range("about 5", PLACE),
        lambda: read_range("", PLACE),
        lambda: read_range("-5", PLACE),
        lambda: read_efforts("6", Scale.GRADE),
        lambda: read_efforts("-1", Scale.OWN),
        lambda: read_count("2.5"),
        lambda: read_count("-2"),
        lambda: read_records("12; x"),
        lambda: read_records("90000; 10001"),
        lambda: read_percent("120"),
        lambda: read_name("   "),
        lambda: read_name("x" * 101),
        lambda: read_plan_year("soon"),
    ],
)
def test_what_cannot_be_read_is_said(read):
    with pytest.raises(PlanningError) as error:
        read()
    assert error.value.sentence.text()
    assert error.value.sentence.text("zh_Hans")


def test_efforts_counts_and_records_as_people_type_them():
    assert read_efforts("2; 3;5", Scale.GRADE) == (2, 3, 5)
    assert read_efforts("", Scale.OWN) == ()
    assert read_efforts("1.200,50", Scale.COST, "de") == (Decimal("1200.50"),)
    assert read_count("1,200") == 1200
    assert read_count(" ") is None
    assert read_records("12；5、3 1") == (12, 5, 3, 1)
    assert read_plan_year("2030") == 2030

"""Forms of their own: what the fields may be and why, a mapping that is remembered, and what it reads."""

from __future__ import annotations

import json
from decimal import Decimal
from typing import Any

import pytest

from cbi.assessment import Entry
from cbi.definitions import EDITIONS, other_names
from cbi.intake import FormKind, FormMapping, MappingError, Received, receive, suggest, suggested_mapping
from cbi.intake.asked import asked_for
from cbi.intake.called import names_of
from tests.intake.files import saved, sheet

ROWS = [
    ["Biodiversity report of Aarau 2025"],
    [],
    ["No.", "Indicator", "Figure", "Unit", "Source", "Remarks"],
    [1, "Natural areas in the city", 812, "ha", "Map", ""],
    [None, "Total area of the city", 12.3, "km2", "Survey", "as of May"],
    [16, "Budget allocated to biodiversity", "1.8 %", None, "Accounts", ""],
    [25, "Projects of biodiversity", 14, None, "", ""],
    [None, "Number of dogs", 12000, None, "", ""],
    [None, "Population", 21000, "", "", ""],
]
WIDE = [
    ["年份", "城市总面积（平方公里）", "常住人口", "本地鸟类物种数", "受保护或有保障的自然区面积（公顷）"],
    [2026, 33.22, 186987, 211, 586.9],
]


def received(rows: list[list[Any]], title: str = "Finance", **options: Any) -> Received:
    return receive(saved(sheet(rows, title)), "form.xlsx", **options)


def suggested(rows: list[list[Any]]) -> tuple[Received, FormMapping, dict[str, tuple[str, str]]]:
    found = received(rows)
    assert (found.form, found.items) == (FormKind.UNKNOWN, ())
    assert found.unknown is not None
    suggestions = suggest(found.unknown, "2021")
    best: dict[str, tuple[str, str]] = {}
    for one in suggestions:
        best.setdefault(one.label, (f"{one.target.owner}.{one.target.name}", one.why.text()))
    return found, suggested_mapping(found.unknown, "2021", suggestions), best


def test_fields_down_the_rows_and_why_each_is_suggested() -> None:
    found, _, best = suggested(ROWS)
    assert found.unknown is not None
    (form,) = found.unknown.sheets
    assert (form.layout, form.roles) == (
        "rows",
        {
            "number": "no.",
            "label": "indicator",
            "value": "figure",
            "unit": "unit",
            "source": "source",
            "note": "remarks",
        },
    )
    assert [(field.label, field.where, field.found) for field in form.fields][:2] == [
        ("Natural areas in the city", "Finance!C4", "812"),
        ("Total area of the city", "Finance!C5", "12.3"),
    ]
    assert best["Total area of the city"] == (
        "profile.city_area",
        "It says “Total area of the city”, which is asked for the city profile.",
    )
    assert best["Budget allocated to biodiversity"] == (
        "budget.=",
        "It says “Budget allocated to biodiversity”, the title of indicator 16.",
    )
    assert best["Natural areas in the city"][0] == "natural_areas.natural_area"  # an area, not the share of the title
    assert best["Projects of biodiversity"][0] == "projects.projects"
    assert "Number of dogs" not in best


def test_fields_across_the_columns_in_the_other_language() -> None:
    found, mapping, best = suggested(WIDE)
    assert found.unknown is not None
    assert found.unknown.sheets[0].layout == "columns"
    assert {label: target for label, (target, _) in best.items()} == {
        "城市总面积（平方公里）": "profile.city_area",
        "常住人口": "profile.population",
        "本地鸟类物种数": "profile.bird_species",
        "受保护或有保障的自然区面积（公顷）": "protected_areas.protected_area",
    }
    again = received(WIDE, mappings={mapping.fingerprint: mapping})
    assert {item.target: item.content for item in again.items if isinstance(item.content, Entry)} == {
        ("profile.city_area", "city_area"): Entry(Decimal("33.22"), "km2"),  # the heading says 平方公里
        ("profile.population", "population"): Entry(Decimal(186987)),
        ("profile.bird_species", "bird_species"): Entry(Decimal(211)),
        ("protected_areas", "protected_area"): Entry(Decimal("586.9"), "ha"),
    }
    assert [item.where for item in again.items] == ["Finance!B2", "Finance!C2", "Finance!D2", "Finance!E2"]


def test_a_mapping_is_remembered_for_every_file_of_the_form() -> None:
    _, mapping, _ = suggested(ROWS)
    kept = FormMapping.from_dict(json.loads(json.dumps(mapping.to_dict())))
    assert kept == mapping
    rows = [list(row) for row in ROWS]
    rows[0][0] = "Biodiversity report of Aarau 2026"
    rows[3][2], rows[6][2], rows[4][5] = 900, 22, "as of June"
    again = received(rows, mappings={kept.fingerprint: kept})
    assert again.form is FormKind.MAPPED
    assert {item.target: item.content for item in again.items} == {
        ("natural_areas", "natural_area"): Entry(Decimal(900), "ha", source="Map"),
        ("profile.city_area", "city_area"): Entry(Decimal("12.3"), "km2", source="Survey", note="as of June"),
        ("budget", "="): Entry(Decimal("1.8"), source="Accounts"),
        ("projects", "projects"): Entry(Decimal(22)),
        ("profile.population", "population"): Entry(Decimal(21000)),
    }
    rows[4][1] = "Something else"
    assert received(rows, mappings={kept.fingerprint: kept}).form is FormKind.UNKNOWN


def test_rows_and_columns_of_a_known_form_may_move() -> None:
    """The form is known by its words; where they stand does not matter."""
    _, mapping, _ = suggested(ROWS)
    moved = [[], *[[None, *row] for row in ROWS]]
    again = received(moved, mappings={mapping.fingerprint: mapping})
    assert again.form is FormKind.MAPPED
    assert len(again.items) == 5
    assert again.items[0].where == "Finance!D5"


def test_labels_that_come_twice_are_told_apart() -> None:
    rows = [["Item", "Value"], ["Area", 1], ["Area", 2], ["Other", 3]]
    found = received(rows)
    assert found.unknown is not None
    assert [field.key for field in found.unknown.sheets[0].fields] == ["area", "area (2)", "other"]


def test_the_latest_of_several_years_holds_the_value() -> None:
    rows = [["Indicator", "2024", "2025", "2026"], ["Population", 1, 2, 3], ["Total area of the city", 4, 5, 6]]
    found = received(rows)
    assert found.unknown is not None or found.form is FormKind.TABLE
    if found.unknown is not None:
        assert [field.found for field in found.unknown.sheets[0].fields] == ["3", "6"]


def form_of(label: str, value: int, unit: str) -> list[list[Any]]:
    """A form that asks one thing of the index, and others that are none of it."""
    others = [["Number of dogs", 12, ""], ["Street lamps", 900, ""], ["Bridges", 7, ""]]
    return [["Item", "Figure", "Unit"], [label, value, unit], *others]


ORDINARY = [
    ("公园绿地面积", 120, "公顷", "recreation.park_area"),
    ("行政区域面积", 33, "平方公里", "profile.city_area"),
    ("外来入侵物种数", 35, "种", "invasive_alien_species.invasive_species"),
    ("自然保护地面积", 3, "公顷", "protected_areas.protected_area"),
    ("本地鸟类种数", 211, "种", "profile.bird_species"),
    ("生物多样性保护经费", 300, "万元", "budget.biodiversity_budget"),
    ("一般公共预算支出", 20, "亿元", "budget.city_budget"),
    ("宣传活动次数", 12, "次", "awareness.events"),
    ("生态修复面积", 3, "亩", "habitat_restoration.restored_area"),
    ("参与部门数", 4, "个", "agency_collaboration.agencies"),
    ("合作单位", 6, "家", "partnerships.partners"),
    ("Biodiversity spending", 100, "EUR", "budget.biodiversity_budget"),
    ("Canopy area", 3, "ha", "climate_regulation.canopy_area"),
    ("Tree canopy cover", 31, "%", "climate_regulation.="),
    ("Area of parks", 3, "ha", "recreation.park_area"),
    ("Urban parks (ha)", 3, "", "recreation.park_area"),
    ("Restored area", 3, "ha", "habitat_restoration.restored_area"),
    ("City budget", 100, "EUR", "budget.city_budget"),
    ("Outreach events", 4, "", "awareness.events"),
    ("Partner organisations", 5, "", "partnerships.partners"),
]


@pytest.mark.parametrize(("label", "value", "unit", "target"), ORDINARY)
def test_labels_as_offices_write_them(label: str, value: int, unit: str, target: str) -> None:
    _, mapping, best = suggested(form_of(label, value, unit))
    assert best[label][0] == target
    assert best[label][1].startswith(f"“{label}” is what cities often call “")
    ((_, taken),) = mapping.sheets["Finance"].fields.items()
    assert f"{taken.owner}.{taken.name}" == target


@pytest.mark.parametrize("label", ["森林覆盖率", "绿化覆盖率", "建成区面积"])
def test_what_may_count_something_else_is_suggested_and_not_taken_by_itself(label: str) -> None:
    """Green cover counts lawns too, the built-up area is not the city: a person has to say so."""
    unit = "平方公里" if label.endswith("面积") else "%"
    _, mapping, best = suggested(form_of(label, 45, unit))
    assert "may count something else. Check it." in best[label][1]
    assert mapping.sheets["Finance"].fields == {}


@pytest.mark.parametrize(
    ("label", "unit", "not_this"),
    [
        ("停车场面积", "公顷", "area"),
        ("Invasive alien species in the city", "species", "invasive_alien_species.="),  # a share in percent
        ("Local biodiversity strategy", "EUR", "biodiversity_strategy.="),  # a ladder
        ("Proportion of natural areas in the city", "persons", "natural_areas.="),
    ],
)
def test_nothing_is_suggested_that_the_unit_rules_out(label: str, unit: str, not_this: str) -> None:
    found = received(form_of(label, 35, unit)).unknown
    assert found is not None
    targets = {f"{one.target.owner}.{one.target.name}" for one in suggest(found, "2021")}
    assert not any(target.endswith(not_this) for target in targets)


def test_every_other_name_is_of_something_that_is_asked_and_of_one_thing_only() -> None:
    for edition_id in EDITIONS:
        seen: dict[str, set[tuple[str, str]]] = {}
        for name in names_of(edition_id, "en"):
            if name.is_other and not name.is_loose:
                seen.setdefault(name.text, set()).add((name.target.owner, name.target.name))
        double = {text: targets for text, targets in seen.items() if len(targets) > 1}
        assert set(double) == {"tree canopy cover"}  # an area or a share: its unit tells
    for other in other_names():
        owner, _, name = other.of.partition(".")
        asked = ["=" if name == "value" and owner != "profile" else name]
        assert any(asked_for(one, owner, asked[0], "en") for one in EDITIONS), other.of


GOOD = {
    "fingerprint": "form:1",
    "edition": "2021",
    "sheets": {
        "A": {
            "layout": "rows",
            "roles": {"label": "a", "value": "b"},
            "fields": {"x": {"owner": "budget", "input": "="}},
        }
    },
}


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"edition": "1999"}, "no edition that is known: “1999”"),
        ({"fingerprint": ""}, "“fingerprint” is missing"),
        ({"sheets": []}, "“sheets” is missing"),
        ({"sheets": {"A": {"layout": "rows", "roles": {"label": "a"}, "fields": {}}}}, "“roles” is missing"),
        (
            {"sheets": {"A": {"layout": "up", "roles": {"label": "a", "value": "b"}, "fields": {}}}},
            "“roles” is missing",
        ),
        (
            {"sheets": {"A": GOOD["sheets"]["A"] | {"fields": {"x": {"owner": "budget", "input": "of_dogs"}}}}},  # type: ignore[index]
            "does not ask “budget.of_dogs”",
        ),
        ({"sheets": {"A": GOOD["sheets"]["A"] | {"fields": {"x": 5}}}}, "“owner” is missing"),  # type: ignore[index]
    ],
)
def test_data_that_is_no_mapping(change: dict[str, Any], words: str) -> None:
    assert FormMapping.from_dict(GOOD).edition == "2021"
    with pytest.raises(MappingError) as wrong:
        FormMapping.from_dict(GOOD | change)
    assert words in wrong.value.sentence.text()


@pytest.mark.parametrize("data", [None, 5, [], "x", {}])
def test_anything_else_is_no_mapping(data: Any) -> None:
    with pytest.raises(MappingError):
        FormMapping.from_dict(data)

"""The points that a spreadsheet program works out are the engine's, at every edge of every band."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any

import openpyxl

import cbi
from cbi.assessment import Answer, Assessment, Entry, Reason
from cbi.definitions import Edition
from cbi.definitions.edition import home
from cbi.reading import assessment_from
from cbi.workbook.layout import layout_of
from cbi.workbook.parts import parse_code
from cbi.workbook.template import write_template
from tests.workbook.office import calculated, needs_office

pytestmark = needs_office


def answers_by_workbook(edition: Edition) -> list[dict[str, dict[str, Any]]]:
    """Spread every example of an edition over as few workbooks as may be.

    Examples of two indicators share a workbook unless they give one figure (the city's area, say) differently.
    """
    books: list[dict[str, dict[str, Any]]] = []
    figures: list[dict[tuple[str, str], Any]] = []
    for indicator in edition.indicators:
        for example in indicator.examples:
            mine = {home(indicator.id, name, indicator.inputs[name]): value for name, value in example.inputs.items()}
            for book, shared in zip(books, figures, strict=True):
                if indicator.id not in book and all(shared.get(place, value) == value for place, value in mine.items()):
                    break
            else:
                book, shared = {}, {}
                books.append(book)
                figures.append(shared)
            shared |= mine
            book[indicator.id] = {**example.inputs, "value": example.given, "way": example.way or ""}
    return books


def expected(edition: Edition, given: Assessment) -> dict[str, str]:
    """The engine's points, an empty text for none."""
    results = cbi.score(edition, given).results
    return {one.indicator.id: "" if one.points is None else str(one.points) for one in results}


def shown(edition: Edition, sheets: Mapping[str, list[list[str]]]) -> dict[str, str]:
    """The points that the sheets of a workbook show."""
    found = {}
    for name, rows in sheets.items():
        if not name.startswith("_") and rows[2:3] and "Points" in rows[2] and "Code" in rows[2]:
            points, code = rows[2].index("Points"), rows[2].index("Code")
            found |= {row[code]: row[points] for row in rows[3:] if edition.find(row[code])}
    return found


EDITIONS = ("2021", "2014")
EXAMPLES = {
    f"{name}x{number}": assessment_from(cbi.edition(name), answers)
    for name in EDITIONS
    for number, answers in enumerate(answers_by_workbook(cbi.edition(name)))
}


def area(value: str, unit: str) -> Entry:
    return Entry(Decimal(value), unit)


def natural(part: Entry, whole: Entry) -> Assessment:
    """A city that answers indicator 1."""
    return Assessment("2021", profile={"city_area": whole}, answers={"natural_areas": Answer({"natural_area": part})})


def answered(indicator: str, edition: str = "2021", **given: Entry | str) -> Assessment:
    """A city that answers one indicator by figures, and maybe by a way and a finished value."""
    way, finished = given.pop("way", ""), given.pop("finished", None)
    return Assessment(edition, answers={indicator: Answer(given, finished=finished, way=way)})


def number(value: str, unit: str = "") -> Entry:
    return Entry(Decimal(value), unit)


def groups(*areas: str, unit: str = "km2") -> Entry:
    return Entry(tuple(map(Decimal, areas)), unit)


# 13.95 % reads as 14.0 %: 3 points. In binary, 0.7 / 5 × 100 is 13.999999999999998; the band from 14.0 holds it.
CASES = {
    "mu": natural(area("13950", "mu"), area("10", "wan_mu")),
    "acres": natural(area("1395", "acre"), area("10000", "acre")),
    "square miles and acres": natural(area("892.8", "acre"), area("10", "sq_mi")),
    "hectares and square metres": natural(area("1395", "m2"), area("1", "ha")),
    "no binary dust": natural(area("0.7", "km2"), area("5", "km2")),
    "just below": natural(area("13.9499999", "km2"), area("100", "km2")),
    "larger than the city": natural(area("100.06", "km2"), area("100", "km2")),
    "as large as the city": natural(area("100.04", "km2"), area("100", "km2")),
    "a city of nothing": natural(area("0", "km2"), area("0", "km2")),
    "nothing of the city": natural(area("0", "km2"), area("12", "km2")),
    "groups": answered("connectivity", group_areas=groups("410", "260", "180.5")),
    "one group": answered("connectivity", group_areas=groups("410")),
    "groups of nothing": answered("connectivity", group_areas=groups("0", "0")),
    "groups in mu": answered("connectivity", "2014", group_areas=groups("3007.5", "12", unit="mu")),
    "a mesh beyond the natural area": replace(
        natural(area("20", "km2"), area("100", "km2")),
        answers={
            "natural_areas": Answer({"natural_area": area("20", "km2")}),
            "connectivity": Answer({"effective_mesh_size": area("20.1", "km2")}, finished=number("50")),
        },
    ),
    "thousands of people": Assessment(
        "2021",
        profile={"population": number("18.6987", "wan")},
        answers={"park_access": Answer({"population_near_parks": number("93.5", "thousand")})},
    ),
    "half a person": answered("park_access", population=number("100"), population_near_parks=number("89.5")),
    "two currencies": answered("budget", biodiversity_budget=number("3", "EUR"), city_budget=number("100", "USD")),
    "one currency named": answered("budget", biodiversity_budget=number("3", "EUR"), city_budget=number("100")),
    "multiples": answered(
        "budget", biodiversity_budget=number("2750000", "EUR"), city_budget=number("100", "million EUR")
    ),
    "万元 and 亿元": answered("budget", biodiversity_budget=number("275", "万 CNY"), city_budget=number("1", "亿 CNY")),
    "both measures": answered(
        "habitat_restoration",
        restored_area=area("3", "ha"), degraded_area=area("4", "ha"), restored_types=number("1"),
        habitat_types=number("4"),
    ),
    "the second measure": answered(
        "habitat_restoration",
        restored_area=area("3", "ha"), degraded_area=area("4", "ha"), restored_types=number("1"),
        habitat_types=number("4"), way="types",
    ),
    "a measure without figures": answered(
        "habitat_restoration", restored_area=area("3", "ha"), degraded_area=area("4", "ha"), way="types",
        finished=number("81"),
    ),
    "inputs before the finished value": answered(
        "habitat_restoration", restored_area=area("3", "ha"), degraded_area=area("4", "ha"), finished=number("10")
    ),
    "an impossible finished value": answered(
        "habitat_restoration", restored_area=area("3", "ha"), degraded_area=area("4", "ha"), finished=number("101")
    ),
    "species lost": answered("bird_species_change", gained=number("2"), lost=number("5")),
    "a net change below zero": answered("bird_species_change", net_change=number("-2")),
    "the count of the baseline entered": answered(
        "bird_species_change", bird_species=number("90"), earlier_bird_species=number("87")
    ),
    "no item ticked": answered("climate_responses", responses=Entry(())),
    "a ladder": answered("biodiversity_strategy", finished=Entry("elements")),
    "only a reason": Assessment("2021", answers={"budget": Answer(reason=Reason.NO_DATA, note="next year")}),
}  # fmt: skip

BASELINE = Assessment("2021", "Testville", 2020, profile={"bird_species": number("85"), "plant_species": number("100")})


@dataclass(frozen=True)
class Typed:
    """What a person typed into an empty template, by code (``code@column`` for another column than the value)."""

    cells: Mapping[str, object]
    points: str
    formats: Mapping[str, str] = field(default_factory=dict)

    @property
    def indicators(self) -> list[str]:
        owners = (parse_code(code.partition("@")[0]).owner for code in self.cells)
        return list(dict.fromkeys(owner for owner in owners if owner != "profile"))

    def workbook(self) -> bytes:
        edition = cbi.edition("2021")
        layout = layout_of(edition, self.indicators)
        book = openpyxl.load_workbook(io.BytesIO(write_template(edition, indicators=self.indicators)))
        for key, value in self.cells.items():
            code, _, column = key.partition("@")
            sheet, line, _ = layout.codes[code]
            cell = book[sheet.name].cell(line, [one.id for one in sheet.columns].index(column or "value") + 1)
            cell.value = value
            cell.number_format = self.formats.get(key, "General")
        file = io.BytesIO()
        book.save(file)
        return file.getvalue()


def area_typed(value: object, **more: object) -> dict[str, object]:
    unit = {"natural_areas.natural_area@unit": more["unit"]} if "unit" in more else {}
    return {"profile.city_area": 100, "natural_areas.natural_area": value, **unit}


EVENTS, SHARE, GROUPS = "awareness.events", "natural_areas.=", "connectivity.group_areas"
TICK = "climate_responses.responses"

TYPED = {
    "a number": Typed(area_typed(14), "3"),
    "a text with a comma": Typed(area_typed("12,5"), ""),
    "a text with a point": Typed(area_typed("12.5"), ""),
    "a negative number": Typed(area_typed(-1), ""),
    "no unit": Typed(area_typed(14, unit=None), ""),
    "an unknown unit": Typed(area_typed(14, unit="bushel"), ""),
    "a unit by another name": Typed(area_typed(1400, unit="公顷"), "3"),
    "a date": Typed({EVENTS: date(2026, 5, 1)}, "", {EVENTS: "d/m/yyyy"}),
    "a share as a percentage": Typed({SHARE: 0.1395}, "3", {SHARE: "0.0%"}),
    "a count as a percentage": Typed({EVENTS: 0.14}, "", {EVENTS: "0%"}),
    "half an event": Typed({EVENTS: 60.5}, ""),
    "yes for a number": Typed({EVENTS: True}, ""),
    "groups with a comma": Typed({GROUPS: "410,5; 260"}, ""),
    "groups with thousands": Typed({GROUPS: "1 410; 260"}, ""),
    "groups like dates": Typed({GROUPS: "1/2; 3-4"}, ""),
    "groups with two points": Typed({GROUPS: "1.2.3; 4"}, ""),
    # (410² + 260² + 180.5²) ÷ 850.5² = 268 280.25 ÷ 723 350.25 = 37.09 %: 1 point
    "groups": Typed({GROUPS: "410; 260; 180.5"}, "1"),
    "groups with full-width marks": Typed({GROUPS: "410；260；180.5；"}, "1"),
    "groups line by line": Typed({GROUPS: "410\n260\n180.5"}, "1"),
    "as many groups as are added up": Typed({GROUPS: ";".join(["7"] * 60)}, "0"),  # 60 × 49 ÷ 420² = 1.7 %
    "more groups than are added up": Typed({GROUPS: ";".join(["7"] * 61)}, ""),
    "some items open, none ticked": Typed({f"{TICK}:mitigation": "no"}, ""),
    "one item ticked": Typed({f"{TICK}:mitigation": "yes"}, "1"),
    "a wildcard for a rung": Typed({"natural_capital.=": "*"}, ""),
    "a number for a rung": Typed({"natural_capital.=": 3}, ""),
    "an unknown measure": Typed({"habitat_restoration.way": "?", "habitat_restoration.=": 50}, ""),
}


# One test for many workbooks: LibreOffice starts slowly, and takes them all in one go.


def written(assessments: Mapping[str, Assessment]) -> dict[str, bytes]:
    return {
        name: write_template(cbi.edition(one.edition), indicators=list(one.answers), prefill=one)
        for name, one in assessments.items()
    }


def differences(assessments: Mapping[str, Assessment], sheets: Mapping[str, Any]) -> dict[str, object]:
    """The workbooks whose points are not the engine's."""
    wrong = {}
    for name, one in assessments.items():
        edition = cbi.edition(one.edition)
        points = expected(edition, one)
        wanted, found = {key: points[key] for key in one.answers}, shown(edition, sheets[name])
        if found != wanted:
            wrong[name] = (found, wanted)
    return wrong


def test_every_example_of_the_definitions(tmp_path) -> None:
    every = sum(len(one.examples) for name in EDITIONS for one in cbi.edition(name).indicators)
    assert sum(len(one.answers) for one in EXAMPLES.values()) == every > 1000
    assert differences(EXAMPLES, calculated(written(EXAMPLES), tmp_path / "books")) == {}


def test_what_is_missing_typed_wrongly_or_impossible_has_no_points(tmp_path) -> None:
    changes = Assessment("2021", profile={"bird_species": number("88"), "plant_species": number("99")})
    edition = cbi.edition("2021")
    with_baseline = write_template(edition, indicators=[4, 5, 6], prefill=changes, baseline=BASELINE)
    typed = {f"typed: {name}": one.workbook() for name, one in TYPED.items()}
    sheets = calculated({**written(CASES), **typed, "changes": with_baseline}, tmp_path / "books")
    assert differences(CASES, sheets) == {}
    found = {name: shown(edition, sheets[f"typed: {name}"]) for name in TYPED}
    assert found == {name: dict.fromkeys(one.indicators, one.points) for name, one in TYPED.items()}
    # 88 birds after 85 in the baseline year: 3 points; a plant less: 0; arthropods were never counted
    wanted = {"bird_species_change": "3", "plant_species_change": "0", "arthropod_species_change": ""}
    assert shown(edition, sheets["changes"]) == wanted

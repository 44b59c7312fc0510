"""What a cell means, by locale: read exactly, refused with the cure, or asked – never guessed."""

from __future__ import annotations

from datetime import date, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbi.assessment import Reason
from cbi.intake.asked import Asked, asked_for
from cbi.intake.cells import understand
from cbi.intake.understood import Figure, Manner, Nothing, Understood, Unsure, Wrong
from cbi.sheets import Cell


def asked(owner: str, name: str) -> Asked:
    found = asked_for("2021", owner, name, "en")
    assert found is not None
    return found


AREA = asked("profile", "city_area")
PEOPLE = asked("profile", "population")
SPECIES = asked("profile", "bird_species")
RAIN = asked("profile", "rainfall")
BUDGET = asked("budget", "=")
MONEY = asked("budget", "city_budget")
LADDER = asked("biodiversity_strategy", "=")
CLIMATE = asked("profile", "climate")
GROUPS = asked("connectivity", "group_areas")


def read(value: object, what: Asked = AREA, unit: str = "", locale: str = "en", **facts: object) -> Understood:
    given = Decimal(repr(value)) if isinstance(value, float) else Decimal(value) if isinstance(value, int) else value
    return understand(Cell(3, 2, given, **facts), what, unit, Manner(locale))  # type: ignore[arg-type]


def readings(found: Understood) -> dict[str, object]:
    assert isinstance(found, Unsure), found
    return {option.key: meant.value if isinstance(meant, Figure) else meant for option, meant in found.readings}


@pytest.mark.parametrize(
    ("value", "what", "unit", "number", "read_unit"),
    [
        (33.22, AREA, "km²", "33.22", "km2"),
        (33.22, AREA, "平方公里", "33.22", "km2"),
        ("33.22 km²", AREA, "", "33.22", "km2"),
        ("33.22km2", AREA, "km²", "33.22", "km2"),
        ("288.83 万亩", AREA, "", "288.83", "wan_mu"),
        ("288.83万亩", AREA, "万亩", "288.83", "wan_mu"),
        ("３３．２２ ｋｍ²", AREA, "", "33.22", "km2"),
        ("1 234.5 ha", AREA, "", "1234.5", "ha"),
        ("1\u202f234\u00a0ha", AREA, "", "1234", "ha"),
        (186987, PEOPLE, "persons", "186987", ""),
        ("18.7 万人", PEOPLE, "", "18.7", "wan"),
        ("186 987", PEOPLE, "", "186987", ""),
        (211, SPECIES, "species", "211", ""),
        ("211 种", SPECIES, "", "211", ""),
        (1280, RAIN, "mm", "1280", ""),
        ("1280 mm", RAIN, "mm", "1280", ""),
        (5000000, MONEY, "EUR", "5000000", "EUR"),
        ("1.8 %", BUDGET, "%", "1.8", ""),
        (1.8, BUDGET, "%", "1.8", ""),
        ("1.234,5 ha", AREA, "", "1234.5", "ha"),  # two marks: the last one is the decimal, in any locale
        ("1,234.5 ha", AREA, "", "1234.5", "ha"),
        ("1.234.567", PEOPLE, "", "1234567", ""),
    ],
)
def test_figures(value: object, what: Asked, unit: str, number: str, read_unit: str) -> None:
    found = read(value, what, unit)
    assert isinstance(found, Figure), found
    assert (str(found.value), found.unit) == (number, read_unit)


@pytest.mark.parametrize(
    ("value", "number_format", "shown"),
    [(0.123, "0.0%", "12.3"), (0.07, "0%", "7"), (1.0, "0.00%", "100"), (0.0295, "0.00 %;-0.00 %", "2.95")],
)
def test_percent_formats(value: float, number_format: str, shown: str) -> None:
    found = read(value, BUDGET, "%", number_format=number_format)
    assert found == Figure(Decimal(shown))
    assert str(found.value) == shown  # type: ignore[union-attr]


def test_a_percent_sign_in_quotation_marks_is_decoration() -> None:
    assert read(1.5, BUDGET, "%", number_format='0.0" %"') == Figure(Decimal("1.5"))


def test_a_share_where_an_area_is_asked_is_refused() -> None:
    found = read(0.5, AREA, "", number_format="0%")
    assert isinstance(found, Wrong)
    assert "“%” is not a unit that fits here" in found.sentence.text()


@pytest.mark.parametrize(
    ("text", "what", "locale", "expected"),
    [
        ("12,5 ha", AREA, "en", {"comma": Decimal("12.5"), "point": Decimal(125)}),
        ("1.205 ha", AREA, "en", {"comma": Decimal(1205), "point": Decimal("1.205")}),
        ("1,205 ha", AREA, "en", {"comma": Decimal("1.205"), "point": Decimal(1205)}),
        ("1.205 ha", AREA, "de", {"comma": Decimal(1205), "point": Decimal("1.205")}),
        ("12.5 ha", AREA, "de", {"comma": Decimal(125), "point": Decimal("12.5")}),
        ("1.205", PEOPLE, "zh_Hans", {"comma": Decimal(1205)}),  # 1.205 persons cannot be
        ("190.000", PEOPLE, "en", {"comma": Decimal(190000), "point": Decimal("190.000")}),
        ("12,5", BUDGET, "en", {"comma": Decimal("12.5")}),  # 125 % cannot be
    ],
)
def test_a_mark_that_may_be_either_is_asked_about(
    text: str, what: Asked, locale: str, expected: dict[str, Decimal]
) -> None:
    assert readings(read(text, what, locale=locale)) == expected


@pytest.mark.parametrize(
    ("text", "locale"), [("12.5 ha", "en"), ("12,5 ha", "de"), ("12,5 ha", "fr"), ("12.5 ha", "zh_Hans")]
)
def test_a_mark_of_the_locale_is_read(text: str, locale: str) -> None:
    assert read(text, locale=locale) == Figure(Decimal("12.5"), "ha")


def test_in_a_text_file_the_locale_that_was_named_holds() -> None:
    cell = Cell(3, 2, "1.205 ha")
    assert understand(cell, AREA, "", Manner("en", all_texts=True)) == Figure(Decimal("1.205"), "ha")
    assert understand(cell, AREA, "", Manner("de", all_texts=True)) == Figure(Decimal(1205), "ha")


@given(st.decimals("0.01", "999999", places=2), st.sampled_from(["en", "de", "zh_Hans", "fr"]))
def test_a_number_that_is_a_number_is_never_in_doubt(number: Decimal, locale: str) -> None:
    found = understand(Cell(1, 1, Decimal(repr(float(number)))), AREA, "ha", Manner(locale))
    assert found == Figure(number, "ha")


@given(st.integers(0, 10**9), st.integers(0, 10**6))
def test_a_text_number_is_read_as_one_of_its_readings_or_asked_about(whole: int, part: int) -> None:
    """Whatever the marks, no reading has other digits than those that were typed."""
    for text in (f"{whole}.{part}", f"{whole},{part}", f"{whole:,}", f"{whole:,}.{part}"):
        found = understand(Cell(1, 1, text), AREA, "ha", Manner("en"))
        typed = [sign for sign in text if sign.isdigit()]
        for value in readings(found).values() if isinstance(found, Unsure) else [getattr(found, "value", None)]:
            if value is not None:
                digits = [sign for sign in f"{value:f}" if sign.isdigit()]
                assert "".join(digits).lstrip("0") == "".join(typed).lstrip("0")


def test_an_area_without_unit_is_asked_for_one() -> None:
    found = readings(read(12.5))
    assert list(found) == ["ha", "km2", "m2", "mu", "wan_mu", "acre", "sq_mi"]
    assert set(found.values()) == {Decimal("12.5")}


def test_first_the_number_then_the_unit_is_asked() -> None:
    first = read("12,5")
    assert isinstance(first, Unsure)
    second = first.answered("comma")
    assert isinstance(second, Unsure)
    assert (first.group, second.group, second.answered("mu")) == ("decimal", "unit", Figure(Decimal("12.5"), "mu"))
    assert first.answered("neither") is None


def test_two_units_are_asked_about() -> None:
    found = readings(read("288.83 万亩", unit="ha"))
    assert found == {"wan_mu": Decimal("288.83"), "ha": Decimal("288.83")}


@pytest.mark.parametrize("text", ["-", "–", "—", "…", "/", "", "  ", "——"])
def test_signs_for_nothing(text: str) -> None:
    assert read(text) == Nothing()


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("no data", Reason.NO_DATA), ("Not available", Reason.NO_DATA), ("暂无数据", Reason.NO_DATA),
        ("无数据", Reason.NO_DATA), ("不适用", Reason.NOT_APPLICABLE), ("not applicable", Reason.NOT_APPLICABLE),
        ("not_applicable", Reason.NOT_APPLICABLE), ("保密", Reason.CONFIDENTIAL), ("pending", Reason.NOT_STARTED),
        ("待补充", Reason.NOT_STARTED), ("counted elsewhere", Reason.INCLUDED_ELSEWHERE),
    ],
)  # fmt: skip
def test_words_that_say_why(text: str, reason: Reason) -> None:
    assert read(text) == Nothing(reason)


@pytest.mark.parametrize("text", ["n/a", "N/A", "n.a.", "NA"])
def test_not_available_or_not_applicable_is_asked(text: str) -> None:
    assert readings(read(text)) == {
        "no_data": Nothing(Reason.NO_DATA),
        "not_applicable": Nothing(Reason.NOT_APPLICABLE),
        "leave": Nothing(),
    }


def test_missing_is_never_zero_and_none_is_asked_about() -> None:
    assert readings(read("无", SPECIES)) == {"zero": Decimal(0), "no_data": Nothing(Reason.NO_DATA), "leave": Nothing()}
    assert "zero" not in readings(read("none", LADDER))


@pytest.mark.parametrize("text", ["没有", "无", "none"])
def test_none_on_a_ladder_may_be_its_lowest_step(text: str) -> None:
    asked = read(text, LADDER)
    assert readings(asked) == {"lowest": "none", "no_data": Nothing(Reason.NO_DATA), "leave": Nothing()}
    assert isinstance(asked, Unsure)
    assert "the lowest step, or that it is not known" in asked.sentence.text()
    assert asked.readings[0][0].meaning == "0 · No local biodiversity strategy and action plan"


@pytest.mark.parametrize(
    ("cell", "code", "words"),
    [
        (Cell(3, 2, None, error="#DIV/0!"), "cell_error", "The cell shows #DIV/0!"),
        (Cell(3, 2, None, formula="=A1*2"), "formula", "“=A1*2” was never calculated"),
        (Cell(3, 2, date(2026, 5, 1)), "date", "Probably 1.5 or 5.1 was typed"),
        (Cell(3, 2, date(2026, 3, 3)), "date", "Probably 3.3 was typed"),
        (Cell(3, 2, time(12, 30)), "date", "the time of day 12:30:00"),
        (Cell(3, 2, True), "not_a_number", "yes or no where a number is asked"),
        (Cell(3, 2, "about 30"), "not_a_number", "“about 30” is not a number"),
        (Cell(3, 2, "10²"), "not_a_number", "“10²” is not a number"),
        (Cell(3, 2, "30 furlongs"), "unknown_unit", "“furlongs” is not a unit that fits here"),
        (Cell(3, 2, Decimal(-3)), "negative", "Only 0 or more is possible"),
        (Cell(3, 2, Decimal("NaN")), "not_finite", "type the figure itself"),
        (Cell(3, 2, Decimal("1e300")), "beyond_reason", "beyond reason for a figure of a city"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_the_cure(cell: Cell, code: str, words: str) -> None:
    found = understand(cell, AREA, "ha", Manner())
    assert isinstance(found, Wrong), found
    assert found.code == code
    assert words in found.sentence.text()


def test_half_a_species_and_impossible_shares() -> None:
    assert read(12.5, SPECIES).code == "not_whole"  # type: ignore[union-attr]
    assert read(112.5, BUDGET, "%").code == "impossible_share"  # type: ignore[union-attr]


def test_a_formula_with_a_result_is_a_figure() -> None:
    assert read(33.22, unit="km2", formula="=A1+B1") == Figure(Decimal("33.22"), "km2")


def test_not_available_as_an_error_is_asked_about() -> None:
    assert "no_data" in readings(understand(Cell(3, 2, None, error="#N/A"), AREA, "ha", Manner()))


@pytest.mark.parametrize("text", ["2", 2, "elements", "2 · anything behind it", "2 – so"])
def test_rungs_by_points_id_and_text(text: object) -> None:
    assert read(text, LADDER) == Figure("elements")


def test_answers_in_either_language() -> None:
    for language in ("en", "zh_Hans"):
        rung = asked_for("2021", "biodiversity_strategy", "=", language).indicators[0].ladder[3]  # type: ignore[union-attr]
        assert read(rung.text, LADDER) == Figure(rung.id)
        item = asked_for("2021", "profile", "climate", language).inputs[0].items[1]  # type: ignore[union-attr]
        assert read(item.label, CLIMATE) == Figure(item.id)


def test_lists_of_areas() -> None:
    assert read("410; 260.5; 180", GROUPS, "ha") == Figure((Decimal(410), Decimal("260.5"), Decimal(180)), "ha")
    assert read("410；260；180 公顷", GROUPS) == Figure((Decimal(410), Decimal(260), Decimal(180)), "ha")
    assert read(410, GROUPS, "ha") == Figure((Decimal(410),), "ha")
    assert set(readings(read("410,5; 260", GROUPS, "ha"))) >= {"comma"}
    assert isinstance(read("410.125; 260", GROUPS, "ha"), Unsure)

"""From what a person typed to a figure: numbers with units, lists, checklists, rungs and finished values."""

from decimal import Decimal

import pytest

from cbi.assessment import Reason
from cbi.definitions import edition
from cbi.reading import (
    ReadingError,
    assessment_from,
    read_checklist,
    read_finished,
    read_input,
    read_quantity,
    read_rung,
)

OLD = edition("2014")
NEW = edition("2021")

QUANTITIES = [
    # typed, unit beside it, kind, locale -> number, unit
    ("33.22 km²", "", "area", "en", "33.22", "km2"),
    ("33.22km2", "", "area", "en", "33.22", "km2"),
    ("33.22", "km²", "area", "en", "33.22", "km2"),
    ("33.22 km²", "km2", "area", "en", "33.22", "km2"),
    ("1,205.51 ha", "", "area", "en", "1205.51", "ha"),
    ("1.205,51 ha", "", "area", "de", "1205.51", "ha"),
    ("1 205,51 ha", "", "area", "fr", "1205.51", "ha"),
    ("1\u202f205,51\u00a0ha", "", "area", "fr", "1205.51", "ha"),
    ("288.83 万亩", "", "area", "zh_Hans", "288.83", "wan_mu"),
    ("288.83万亩", "", "area", "zh_Hans", "288.83", "wan_mu"),
    ("15亩", "", "area", "zh_Hans", "15", "mu"),
    ("２４１５．４７ 平方公里", "", "area", "zh_Hans", "2415.47", "km2"),
    ("12 ㎡", "", "area", "en", "12", "m2"),
    ("1 sq mi", "", "area", "en", "1", "sq_mi"),
    ("5 acres", "", "area", "en", "5", "acre"),
    ("100", "", "area", "en", "100", ""),
    ("1.2E+05", "", "area", "en", "120000", ""),  # as spreadsheets write into CSV
    ("1e5 ha", "", "area", "en", "100000", "ha"),
    ("12.5 %", "", "percent", "en", "12.5", ""),
    ("12.5%", "", "percent", "en", "12.5", ""),
    ("１２．５％", "", "percent", "zh_Hans", "12.5", ""),
    ("12,5 %", "", "percent", "de", "12.5", ""),
    ("165,000 people", "", "people", "en", "165000", ""),
    ("16.5 万人", "", "people", "zh_Hans", "16.5", "wan"),
    ("1.5 million", "", "people", "en", "1.5", "million"),
    ("42 species", "", "species", "en", "42", ""),
    ("42 种", "", "species", "zh_Hans", "42", ""),
    ("−5", "", "change", "en", "-5", ""),
    ("- 5", "", "change", "en", "-5", ""),
    ("+5", "", "change", "en", "5", ""),
    ("500 EUR", "", "money", "en", "500", "EUR"),
    ("€ 500", "", "money", "en", "500", "EUR"),
    ("€500", "", "money", "en", "500", "EUR"),
    ("CHF 1'000.50", "", "money", "de_CH", "1000.50", "CHF"),
    ("US$500", "", "money", "en", "500", "USD"),
    ("120 万元", "", "money", "zh_Hans", "120", "万 CNY"),
    ("1.5 million EUR", "", "money", "en", "1.5", "million EUR"),
    ("500", "CNY", "money", "en", "500", "CNY"),
    ("EUR 100 million", "", "money", "en", "100", "million EUR"),
    ("¥1.2亿", "", "money", "zh_Hans", "1.2", "亿 ¥"),
    ("RMB 300 万", "", "money", "zh_Hans", "300", "万 CNY"),
]


@pytest.mark.parametrize(("text", "unit", "kind", "locale", "number", "found"), QUANTITIES)
def test_quantities(text, unit, kind, locale, number, found):
    assert read_quantity(text, kind, unit=unit, locale=locale) == (Decimal(number), found)


REFUSED = [
    ("12,5 ha", "", "area", "ambiguous_number", "12.5 or 125?"),
    ("10 furlongs", "", "area", "unknown_unit", "“furlongs” is not a unit that fits here. Use one of: ha, km²"),
    ("10", "furlongs", "area", "unknown_unit", "“furlongs” is not a unit"),
    ("3 km", "", "area", "unknown_unit", "“km” is not a unit"),
    ("3 thousand ha", "", "area", "unknown_unit", "“thousand ha” is not a unit"),
    ("10-20 ha", "", "area", "range", "“10-20 ha” is a range. Give one figure"),
    ("10 ha 5", "", "area", "unknown_unit", "“ha 5” is not a unit"),
    ("12 birds", "", "species", "unknown_unit", "Give the number alone"),
    ("0.5 ‰", "", "percent", "unknown_unit", "“‰” is not a unit"),
    ("33.22 km²", "ha", "area", "two_units", "“km2” in the value, “ha” beside it"),
    ("500 GBP", "EUR", "money", "two_units", "“GBP” in the value, “EUR” beside it"),
    ("10² ha", "", "area", "not_a_number", "is not a number"),  # not 102
    ("~10 ha", "", "area", "not_a_number", "is not a number"),
    ("<10 ha", "", "area", "not_a_number", "is not a number"),
    ("about ten", "", "area", "not_a_number", "is not a number"),
    ("ha", "", "area", "not_a_number", "is not a number"),
    ("NaN", "", "area", "not_finite", "cannot be scored"),
    ("1e99 ha", "", "area", "beyond_reason", "beyond reason"),
]


@pytest.mark.parametrize(("text", "unit", "kind", "code", "words"), REFUSED)
def test_refused_quantities(text, unit, kind, code, words):
    _refused(code, words, read_quantity, text, kind, unit=unit)


def _refused(code, words, read, *arguments, **options):
    with pytest.raises(ReadingError) as caught:
        read(*arguments, **options)
    assert caught.value.code == code
    assert words in caught.value.sentence.text()


GROUPS = OLD.input("connectivity", "group_areas")


@pytest.mark.parametrize(
    ("text", "unit", "areas", "found"),
    [
        ("10; 20; 30", "", (10, 20, 30), ""),
        ("10;20", "km²", (10, 20), "km2"),
        ("10 ha; 20 ha", "", (10, 20), "ha"),
        ("10; 20; 30 km²", "", (10, 20, 30), "km2"),  # a unit at the end is for all
        ("10；20", "ha", (10, 20), "ha"),
        ("10\n20\n", "ha", (10, 20), "ha"),
        ("10; ; 20", "ha", (10, 20), "ha"),
        ("7", "ha", (7,), "ha"),
    ],
)
def test_lists_of_areas(text, unit, areas, found):
    assert read_input(text, GROUPS, unit=unit) == (tuple(map(Decimal, areas)), found)


@pytest.mark.parametrize(
    ("text", "code", "words"),
    [
        ("10 ha; 20 km²", "two_units", "must be in one unit; ha, km2 were found"),
        ("10 ha; 20", "two_units", "must be in one unit"),
        ("10; 20 ha; 30 ha", "two_units", "must be in one unit"),
        ("10, 20, 30", "separator", "Join the areas of the groups with “;”"),
        ("10; x", "not_a_number", "is not a number"),
        (" ; ", "empty", "type a value"),
        ("", "empty", "type a value"),
    ],
)
def test_refused_lists_of_areas(text, code, words):
    _refused(code, words, read_input, text, GROUPS)


FUNCTIONS = OLD.input("institutional_capacity", "functions")


@pytest.mark.parametrize(
    ("text", "items"),
    [
        ("herbarium; other", ("herbarium", "other")),
        ("Herbarium；Insectarium", ("herbarium", "insectarium")),
        ("botanical garden", ("botanical_garden",)),
        ("herbarium; herbarium", ("herbarium",)),  # ticked twice counts once
        ("none", ()),
        ("无", ()),
        ("0", ()),
        ("-", ()),
    ],
)
def test_checklists(text, items):
    assert read_checklist(text, FUNCTIONS.items) == items
    assert read_input(text, FUNCTIONS) == (items, "")


def test_an_item_that_is_not_on_the_list():
    _refused(
        "unknown_item",
        "“arboretum” is not on the list. Use: Biodiversity centre; Botanical garden",
        read_input,
        "arboretum",
        FUNCTIONS,
    )


def test_choices_and_texts():
    climate = OLD.profile_inputs["climate"]
    assert read_input("Tropical", climate) == ("tropical", "")
    _refused("unknown_item", "“hot” is not on the list", read_input, "hot", climate)
    group = OLD.input("first_chosen_species_change", "group")
    assert read_input("  Dragonflies ", group) == ("Dragonflies", "")


LADDER = OLD.indicator("biodiversity_strategy").ladder


@pytest.mark.parametrize(
    ("text", "rung"),
    [
        ("0", "none"),
        ("4", "many_initiatives"),
        ("elements", "elements"),
        ("Elements", "elements"),
        ("２", "elements"),
        (" no local biodiversity strategy and action plan ", "none"),
    ],
)
def test_rungs(text, rung):
    assert read_rung(text, LADDER) == rung


@pytest.mark.parametrize("text", ["5", "-1", "yes", "none or elements", "2.5"])
def test_no_rung(text):
    """The steps are told by what they say, not by names that only the files know."""
    words = (
        "is no rung of this ladder. Use one of: 0 = No local biodiversity strategy and action plan; 1 = A local plan"
    )
    _refused("unknown_rung", words, read_rung, text, LADDER)


@pytest.mark.parametrize(
    ("text", "unit", "indicator", "value"),
    [
        ("20.12 %", "", "natural_areas", "20.12"),
        ("20.12", "%", "natural_areas", "20.12"),
        ("20.12", "", "natural_areas", "20.12"),
        ("200", "", "connectivity", "200"),
        ("200 ha", "", "connectivity", "200"),
        ("90 species", "", "built_up_birds", "90"),
        ("90", "species", "built_up_birds", "90"),
        ("−3", "", "plant_species_change", "-3"),
        ("1.5 ha per 1 000 persons", "", "recreation", "1.5"),
        ("0.4", "visits per child per year", "education_visits", "0.4"),
        ("3", "", "institutional_capacity", "3"),
        ("12 projects", "", "projects", "12"),
    ],
)
def test_finished_values(text, unit, indicator, value):
    assert read_finished(text, OLD.indicator(indicator), unit=unit) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "unit", "indicator", "code", "words"),
    [
        ("", "", "natural_areas", "empty", "type a value"),
        ("12,5", "", "natural_areas", "ambiguous_number", "12.5 or 125?"),
        ("20.12 ha", "", "natural_areas", "unknown_unit", "“ha” is not a unit"),
        ("2", "km2", "connectivity", "wrong_unit", "wanted in ha, “km2” was found"),
        ("90 birds", "", "built_up_birds", "unknown_unit", "“birds” is not a unit"),
        ("1.5 ha", "", "recreation", "unknown_unit", "“ha” is not a unit"),
        ("herbarium", "", "institutional_capacity", "not_a_number", "“herbarium” is not a number"),
        ("good", "", "education", "unknown_rung", "is no rung of this ladder"),
    ],
)
def test_refused_finished_values(text, unit, indicator, code, words):
    _refused(code, words, read_finished, text, OLD.indicator(indicator), unit=unit)


def test_a_mapping_as_programs_write_it():
    read = assessment_from(
        NEW,
        {
            "profile": {"city_area": "33.22 km2", "population": 7000},
            "natural_areas": {"natural_area": "22.49 km2"},
            2: {"group_areas": [10, Decimal("20.5")]},
            11: Decimal("71.97"),
            "habitat_restoration": {"restored_area": 1, "degraded_area": 2, "way": "area"},
            "biodiversity_strategy": "elements",
            20: {"responses": []},
            "education": {"reason": "no_data", "note": "asked the school office"},
        },
    )
    assert read.edition == "2021"
    assert (read.profile["city_area"].value, read.profile["city_area"].unit) == (Decimal("33.22"), "km2")
    assert read.profile["population"].value == 7000
    assert read.answers["natural_areas"].inputs["natural_area"].unit == "km2"
    assert read.answers["connectivity"].inputs["group_areas"].value == (10, Decimal("20.5"))
    assert read.answers["climate_regulation"].finished.value == Decimal("71.97")
    assert read.answers["habitat_restoration"].way == "area"
    assert read.answers["biodiversity_strategy"].finished.value == "elements"
    assert read.answers["climate_responses"].inputs["responses"].value == ()
    assert read.answers["education"].reason is Reason.NO_DATA
    assert read.answers["education"].note == "asked the school office"


@pytest.mark.parametrize("answers", [{"no_such": 1}, {29: 1}, {1: {"no_such": 1}}, {"profile": {"no_such": 1}}])
def test_a_mapping_with_an_unknown_name(answers):
    with pytest.raises(KeyError, match=r"no_such|29"):
        assessment_from(NEW, answers)


def test_an_amount_carries_its_own_unit_or_none():
    rainfall = edition("2021").profile_inputs["rainfall"]  # in mm
    assert read_input("1 320", rainfall) == (Decimal(1320), "")
    assert read_input("1320 mm", rainfall) == (Decimal(1320), "")
    assert read_input("1320", rainfall, unit="mm") == (Decimal(1320), "")
    for text in ("52 inch", "1200 to 1468"):
        with pytest.raises(ReadingError):
            read_input(text, rainfall)


def test_a_multiple_and_its_currency_may_stand_apart():
    budget = edition("2021").input("budget", "biodiversity_budget")
    assert read_input("5 million", budget, unit="EUR") == (Decimal(5), "million EUR")
    assert read_input("500万", budget, unit="元") == (Decimal(500), "万 CNY")
    with pytest.raises(ReadingError) as refused:
        read_input("5 groats", budget)
    assert "“groats” is not a currency that is known" in refused.value.sentence.text()


def test_a_spreadsheet_writes_a_rung_with_a_decimal():
    consultation = edition("2021").indicator("public_consultation")
    assert read_finished("4.0", consultation) == "routine"


def test_a_head_count_with_three_decimals_is_asked_about():
    population = edition("2021").profile_inputs["population"]
    with pytest.raises(ReadingError) as refused:
        read_input("190.000", population)
    assert refused.value.sentence.text() == "“190.000” can be read in two ways: 190 or 190000?"
    with pytest.raises(ReadingError) as refused:
        read_input("190,000", population, locale="de")
    assert "190 or 190000?" in refused.value.sentence.text()
    assert read_input("18.699 万人", population) == (Decimal("18.699"), "wan")  # 186 990 people
    assert read_input("190,000", population) == (Decimal(190000), "")


def test_a_chinese_list_of_areas_may_use_the_pause_mark():
    groups = edition("2021").input("connectivity", "group_areas")
    assert read_input("410、260.5、180 公顷", groups) == ((Decimal(410), Decimal("260.5"), Decimal(180)), "ha")


@pytest.mark.parametrize("text", ["10-12", "10–12 ha", "10 至 12", "10~12", "10 to 12 ha", "10 ha - 12 ha", "5%-6%"])
def test_a_range_is_called_a_range(text):
    _refused(
        "range", f"“{text}” is a range. Give one figure, and put the range into the note.", read_quantity, text, "area"
    )


@pytest.mark.parametrize(("text", "value"), [("-12", "-12"), ("1e-5", "0.00001"), ("−3.5", "-3.5")])
def test_what_only_looks_like_a_range(text, value):
    assert read_quantity(text, "change") == (Decimal(value), "")


@pytest.mark.parametrize("text", ["1'234.50", "1’234.50", "1'234.50 ha"])
def test_an_apostrophe_between_thousands_begins_no_unit(text):
    assert read_quantity(text, "area")[0] == Decimal("1234.50")

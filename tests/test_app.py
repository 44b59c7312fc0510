"""Both pages as a person meets them, on the real figures of Libo County, without a browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cbi.definitions import edition
from cbi.store import exchange, open_store
from cbi.tables import read_table

ROOT = Path(__file__).parents[1]
OVERVIEW, ENTER, SETTINGS = (f"cbi/views/{name}.py" for name in ("overview", "enter", "settings"))


@pytest.fixture
def app() -> AppTest:
    return AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).switch_page(OVERVIEW).run()


@pytest.fixture
def enter(app: AppTest) -> AppTest:
    return app.switch_page(ENTER).run()


def view(app: AppTest, name: str) -> AppTest:
    return app.get_by_key(f"enter view/{app.session_state['language']}").set_value(name).run()


def type_into(app: AppTest, key: str, text: str) -> AppTest:
    app.text_input(key=f"{key}/text").set_value(text).run()
    assert not app.exception
    return app


def number_format(app: AppTest, name: str) -> None:
    """Choose a number format on the page Settings, and come back to Enter."""
    app.switch_page(SETTINGS).run()
    app.selectbox(key="settings/number_format").select(name).run()
    assert not app.exception
    app.switch_page(ENTER).run()


def open_fold(app: AppTest, key: str) -> AppTest:
    app.session_state[key] = True
    return app.run()


def metrics(app: AppTest) -> dict[str, str]:
    return {metric.label: metric.value for metric in app.metric}


def side(app: AppTest) -> str:
    return " ".join(str(element.value) for element in app.sidebar.markdown)


def everything(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


# Overview


def test_the_app_opens_on_the_figures_of_libo_county(app: AppTest) -> None:
    # 1: 67.7 % → 4; 11: 72.0 % → 4; 12: 240 ha for 186.987 thousand → 1.3 → 4; 13: 40 % → 1; 27: 10 events → 1.
    # 28 − 5 scored − 3 that set the baseline = 20 may still score 4 each: 14 + 80 = 94.
    assert not app.exception
    shown = metrics(app)
    assert shown["Total points"] == "14 of 112"
    assert shown["Indicators scored"] == "5 of 28"
    assert shown["Of what is scored"] == "14 of 20"
    assert shown["Still possible"] == "14–94"
    assert "Libo County · 2026 · 2021 edition" in everything(app)
    for line in (
        "Native biodiversity in the city: 4 of 36 points",
        "Ecosystem services provided by biodiversity: 9 of 20 points",
        "Governance and management of biodiversity: 1 of 56 points",
    ):
        assert line in everything(app)


def test_the_overview_says_how_far_it_can_be_trusted(app: AppTest) -> None:
    # of the five scored indicators only the first is confirmed
    assert any("4 of 5 scored indicators: bands to be checked against the handbook" in one.value for one in app.warning)


def test_the_overview_lists_errors_before_warnings_with_their_indicators(app: AppTest) -> None:
    assert ["2 ·" in error.value or "8 ·" in error.value for error in app.error] == [True, True, True]
    assert "1,766.7 %" in app.error[2].value
    assert any("very same figure" in warning.value for warning in app.warning)


def test_the_overview_names_who_usually_holds_what_is_missing(app: AppTest) -> None:
    assert "20 indicators could still be scored this year." in everything(app)
    assert edition("2021").indicator("budget").held_by in everything(app)


def test_the_overview_has_a_table_of_all_indicators(app: AppTest) -> None:
    table = app.table[0].value
    assert len(table) == 28
    row = table[table["No."] == "11"].iloc[0]
    assert row["Value"] == "72.0\u00a0%"
    assert row["Points"] == "4"
    assert row["Band"] == "\\>\u00a055.0\u00a0%"
    assert row["Status and trust"] == "scored, implemented"
    assert row["Year of the data"] == "2026"


def test_every_chart_says_in_words_what_it_shows(app: AppTest) -> None:
    charts = app.get("vega_lite_chart")
    assert len(charts) == 3
    assert charts[0].proto.alt == "Native biodiversity in the city: 4 points, 4 attainable so far, 36 at most"


# Enter


def test_totals_move_as_soon_as_a_value_is_changed(enter: AppTest) -> None:
    view(enter, "governance")
    type_into(enter, "awareness/events", "60")  # 60–149 events: 2 points
    assert metrics(enter)["Total"] == "15 of 112"
    assert "Governance: **2** of 56" in side(enter)


def test_the_county_as_a_whole_gives_24_3_percent_protected(enter: AppTest) -> None:
    view(enter, "profile")
    type_into(enter, "profile/city_area", "2415.47")
    view(enter, "native_biodiversity")
    # 586.90 ÷ 2 415.47 = 24.3 % → 4 points; 22.49 ÷ 2 415.47 = 0.9 % → 0 points
    assert "Value **24.3 %**" in everything(enter)
    assert "Value **0.9 %**" in everything(enter)
    assert "Native biodiversity: **4** of 36" in side(enter)


def test_a_wrong_entry_is_told_beside_the_field_and_nothing_is_lost(enter: AppTest) -> None:
    type_into(enter, "natural_areas/natural_area", "12,5")
    assert any("12.5 or 125" in error.value for error in enter.error)
    assert enter.text_input(key="natural_areas/natural_area/text").value == "12,5"
    assert metrics(enter)["Total"] == "10 of 112"  # 14 without the 4 points of indicator 1
    assert "Not scored: an entry cannot be read" in everything(enter)
    enter.switch_page(OVERVIEW).run()
    assert any("12.5 or 125" in error.value and "1 · Proportion" in error.value for error in enter.error)
    enter.switch_page(ENTER).run()
    assert enter.text_input(key="natural_areas/natural_area/text").value == "12,5"
    type_into(enter, "natural_areas/natural_area", "12.5")  # 12.5 ÷ 33.22 = 37.6 %
    assert metrics(enter)["Total"] == "14 of 112"


@pytest.mark.parametrize(
    "text", ["", "abc", "-5", "NaN", "1e999", "0", "12 km", "=1+1", "<b>", "9" * 40, "亩", "12;13"]
)
def test_no_entry_ever_ends_in_a_traceback(enter: AppTest, text: str) -> None:
    type_into(enter, "natural_areas/natural_area", text)
    enter.switch_page(OVERVIEW).run()
    assert not enter.exception


def test_rounding_is_told_where_it_changed_the_value(enter: AppTest) -> None:
    type_into(enter, "natural_areas/natural_area", "")
    enter.get_by_key("natural_areas//way/2021/en").set_value("=").run()
    type_into(enter, "natural_areas/=", "6.95")
    assert "6.95 % reads as 7.0 %" in everything(enter)
    assert "3 points from 13.95 %, which reads as 14.0 %" in everything(enter)
    assert metrics(enter)["Total"] == "12 of 112"  # 2 points in place of 4


def test_the_next_point_says_how_much_of_the_input_is_missing(enter: AppTest) -> None:
    type_into(enter, "natural_areas/natural_area", "4")
    # 4 ÷ 33.22 = 12.0 %; 13.95 % of 33.22 km² is 4.63419 km²: 0.635 km² is enough
    assert "+0.635 km² “Natural, restored and naturalised area”" in everything(enter)


def test_a_unit_typed_beside_the_number_is_understood(enter: AppTest) -> None:
    type_into(enter, "natural_areas/natural_area", "2249 ha")
    assert enter.text_input(key="natural_areas/natural_area/text").value == "2,249"
    assert enter.selectbox(key="natural_areas/natural_area/unit/2021/en").value == "ha"
    assert metrics(enter)["Total"] == "14 of 112"


def test_the_unit_beside_the_number_can_be_changed(enter: AppTest) -> None:
    enter.selectbox(key="natural_areas/natural_area/unit/2021/en").select("mu").run()
    # 22.49 mu are 1.5 ha of 3 322 ha: 0.0 %, no points
    assert metrics(enter)["Total"] == "10 of 112"
    assert "Value **0.0 %**" in everything(enter)


def test_ladders_show_every_rung_and_can_be_taken_back(enter: AppTest) -> None:
    view(enter, "ecosystem_services")
    ladder = enter.radio(key="urban_agriculture/=/pick/2021/en")
    assert len(ladder.options) == 6
    assert "**2** – A policy or programme for urban agriculture is planned" in ladder.options
    ladder.set_value("planned").run()
    assert metrics(enter)["Total"] == "16 of 112"
    enter.radio(key="urban_agriculture/=/pick/2021/en").set_value("").run()
    assert metrics(enter)["Total"] == "14 of 112"


def test_none_of_these_is_an_answer_and_nothing_ticked_is_not(enter: AppTest) -> None:
    view(enter, "governance")
    enter.checkbox(key="institutional_capacity/functions/none").check().run()
    assert "6 of 28 indicators scored" in everything(enter)
    enter.checkbox(key="institutional_capacity/functions/tick herbarium").check().run()
    assert enter.checkbox(key="institutional_capacity/functions/none").value is False
    assert metrics(enter)["Total"] == "15 of 112"
    enter.checkbox(key="institutional_capacity/functions/tick herbarium").uncheck().run()
    assert "5 of 28 indicators scored" in everything(enter)


def test_the_chosen_measure_shows_its_fields(enter: AppTest) -> None:
    enter.radio(key="habitat_restoration//way/2021/en").set_value("types").run()
    type_into(enter, "habitat_restoration/restored_types", "3")
    type_into(enter, "habitat_restoration/habitat_types", "4")  # 75.0 %: 3 points
    assert metrics(enter)["Total"] == "17 of 112"
    with pytest.raises(KeyError):
        enter.text_input(key="habitat_restoration/restored_area/text")


def test_shared_figures_are_shown_with_the_place_where_they_are_changed(enter: AppTest) -> None:
    assert "Total area of the city: **33.22 km²** – to be changed in the city profile" in everything(enter)
    assert "Native bird species: not given yet – enter it in the city profile" in everything(enter)


def test_a_reason_leaves_the_range_that_is_still_possible(enter: AppTest) -> None:
    open_fold(enter, "built_up_birds//why")
    enter.selectbox(key="built_up_birds//reason/2021/en").select("not_applicable").run()
    assert "Not applicable to this city" in everything(enter)
    enter.switch_page(OVERVIEW).run()
    assert metrics(enter)["Still possible"] == "14–90"


def test_year_source_and_note_reach_the_overview(enter: AppTest) -> None:
    open_fold(enter, "built_up_birds//record")
    for part, text in (("data_year", "2025"), ("note", "Winter only")):
        enter.text_input(key=f"built_up_birds//{part}").set_value(text).run()
    register = "CitiesWithNature city profile of Libo County, downloaded 2026-05-16, chapter 1"
    enter.selectbox(key="built_up_birds//known source/2021/en").select(register).run()
    assert enter.text_input(key="built_up_birds//source").value == register
    assert "Saved together with the figure." in everything(enter)
    type_into(enter, "built_up_birds/built_up_bird_species", "30")
    assert "Saved together with the figure." not in everything(enter)
    view(enter, "profile")
    type_into(enter, "profile/bird_species", "200")  # 15.0 %: 2 points
    enter.switch_page(OVERVIEW).run()
    row = enter.table[0].value.iloc[2]
    assert row["Points"] == "2"
    assert row["Year of the data"] == "2025"
    enter.switch_page(ENTER).run()
    view(enter, "native_biodiversity")
    open_fold(enter, "built_up_birds//record")
    assert enter.text_input(key="built_up_birds//source").value == register


def test_a_year_that_is_no_year_is_told_and_the_figure_stays_scored(enter: AppTest) -> None:
    open_fold(enter, "natural_areas//record")
    enter.text_input(key="natural_areas//data_year").set_value("26").run()
    assert any("Write four digits" in error.value for error in enter.error)
    assert metrics(enter)["Total"] == "14 of 112"


def test_a_fold_stays_open_while_its_fields_are_filled(enter: AppTest) -> None:
    open_fold(enter, "natural_areas//more")
    type_into(enter, "natural_areas/converted_area", "10")
    assert enter.text_input(key="natural_areas/converted_area/text").value == "10"


def test_what_is_folded_away_is_summed_up(enter: AppTest) -> None:
    assert "Land already converted: 10.73 km²" in everything(enter)
    assert "2026 · CitiesWithNature city profile of Libo County" in everything(enter)
    view(enter, "governance")
    assert "Not started · The profile lists plans of the 14th five-year period" in everything(enter)


def test_what_counts_is_shown_when_it_is_asked_for(enter: AppTest) -> None:
    assert "Land cover map with its date" not in everything(enter)
    open_fold(enter, "natural_areas//counts")
    assert "Land cover map with its date" in everything(enter)
    assert "Kunming-Montreal targets 1, 2, 12" in everything(enter)


# Languages and number formats


@pytest.fixture(params=["en", "zh_Hans"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    yield request.param


def test_both_pages_speak_the_chosen_language(app: AppTest, language: str) -> None:
    asked = edition("2021", language)
    app.selectbox(key="side/language").select(language).run()
    assert not app.exception
    assert "14" in app.metric[0].value
    for component in asked.components:
        assert component.title in everything(app)
    app.switch_page(ENTER).run()
    for component in asked.components:
        view(app, component.id)
        assert not app.exception
        for indicator in asked.indicators:
            if indicator.component == component.id:
                assert f"{indicator.number} · {indicator.title}" in everything(app)
                assert indicator.question in everything(app)
    view(app, "profile")
    assert asked.profile_inputs["city_area"].label in [field.label for field in app.text_input]


def test_a_change_of_language_keeps_what_was_entered(enter: AppTest) -> None:
    type_into(enter, "natural_areas/natural_area", "4")
    enter.selectbox(key="side/language").select("zh_Hans").run()
    assert enter.text_input(key="natural_areas/natural_area/text").value == "4"
    assert enter.session_state["number_format"] == "zh_Hans"
    assert "12.0 %" in everything(enter)


def test_another_number_format_rewrites_every_number_and_changes_none(enter: AppTest) -> None:
    number_format(enter, "de")
    assert enter.text_input(key="natural_areas/natural_area/text").value == "22,49"
    assert "Value **67,7 %**, band \\> 20,0 %" in everything(enter)
    assert metrics(enter)["Total"] == "14 of 112"
    type_into(enter, "natural_areas/natural_area", "4,5")  # 4.5 ÷ 33.22 = 13.5 %: 2 points
    assert metrics(enter)["Total"] == "12 of 112"
    view(enter, "profile")
    assert enter.text_input(key="profile/population/text").value == "186.987"
    number_format(enter, "en")
    assert enter.text_input(key="profile/population/text").value == "186,987"
    view(enter, "native_biodiversity")
    assert enter.text_input(key="natural_areas/natural_area/text").value == "4.5"


def test_a_chosen_number_format_outlives_a_change_of_language(app: AppTest) -> None:
    number_format(app, "fr")
    app.selectbox(key="side/language").select("zh_Hans").run()
    assert app.session_state["number_format"] == "fr"


def test_a_chinese_browser_is_met_in_chinese() -> None:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.context = {"locale": "zh-CN"}
    app.run()
    assert app.selectbox(key="side/language").value == "zh_Hans"


# Other cities


@pytest.mark.long
@pytest.mark.parametrize("year", [2016, 2021, 2024])
def test_every_year_of_the_example_city_can_be_shown_and_edited(year: int, language: str) -> None:
    store = open_store()
    cities = read_table(ROOT / "data" / "demo" / "example-city.csv").assessments
    exchange.apply(store, cities, "cities", seen=exchange.preview(store, cities, "cities"), person="Mei")
    head = next(one for one in store.heads(store.cities()[0].id) if one.year == year)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.session_state["language"], app.session_state["number_format"] = language, "de"
    app.query_params["assessment"] = str(head.id)
    app.run()
    assert str(year) in side(app) + everything(app)
    assert not app.exception
    app.switch_page(ENTER).run()
    for name in ("native_biodiversity", "ecosystem_services", "governance", "profile"):
        view(app, name)
        assert not app.exception
        assert not any("reads" in error.value for error in app.error)


# What a change of language must not touch


def test_a_change_of_language_keeps_the_way_and_the_points(enter: AppTest) -> None:
    type_into(enter, "natural_areas/natural_area", "22.49")
    enter.get_by_key("connectivity//way/2021/en").set_value("mesh").run()
    type_into(enter, "connectivity/effective_mesh_size", "5 km2")  # 5 ÷ 22.49 = 22.2 %: 1 point
    assert metrics(enter)["Total"] == "15 of 112"
    for language in ("zh_Hans", "en"):
        enter.selectbox(key="side/language").select(language).run()
        for name in ("governance", "native_biodiversity"):
            view(enter, name)
        assert enter.radio(key=f"connectivity//way/2021/{language}").value == "mesh"
        assert "15" in enter.sidebar.metric[0].value


# Ways that are not shown


def restoration_by_area(enter: AppTest) -> None:
    enter.get_by_key("habitat_restoration//way/2021/en").set_value("area").run()
    type_into(enter, "habitat_restoration/restored_area", "30 ha")
    type_into(enter, "habitat_restoration/degraded_area", "100 ha")  # 30.0 %: 1 point


def test_a_way_opened_just_to_look_keeps_the_points_of_the_other(enter: AppTest) -> None:
    restoration_by_area(enter)
    assert metrics(enter)["Total"] == "15 of 112"
    for way in ("types", "="):
        enter.get_by_key("habitat_restoration//way/2021/en").set_value(way).run()
        assert metrics(enter)["Total"] == "15 of 112"
        assert "The value from “" in everything(enter)
    enter.get_by_key("habitat_restoration//way/2021/en").set_value("types").run()
    type_into(enter, "habitat_restoration/restored_types", "4")
    assert metrics(enter)["Total"] == "14 of 112"  # chosen now, and not complete
    type_into(enter, "habitat_restoration/habitat_types", "5")  # 80.0 %: 4 points
    assert metrics(enter)["Total"] == "18 of 112"


@pytest.mark.parametrize("finished", ["12,5", "170", "-5"])
def test_what_is_wrong_in_a_hidden_way_rules_nothing(enter: AppTest, finished: str) -> None:
    enter.get_by_key("natural_areas//way/2021/en").set_value("=").run()
    type_into(enter, "natural_areas/=", finished)
    enter.get_by_key("natural_areas//way/2021/en").set_value("value").run()
    assert metrics(enter)["Total"] == "14 of 112"
    assert not any(finished in error.value for error in enter.error)
    assert "Something that cannot be used is kept under “I know the finished value”." in everything(enter)
    type_into(enter, "natural_areas/natural_area", "")
    assert "**Not scored: an entry cannot be read**" not in everything(enter)


def test_the_overview_names_the_field_that_cannot_be_read(enter: AppTest) -> None:
    type_into(enter, "natural_areas/natural_area", "12,5")
    enter.switch_page(OVERVIEW).run()
    assert any("Natural, restored and naturalised area" in error.value for error in enter.error)


# What the next point takes


def test_counts_say_only_whole_numbers(enter: AppTest) -> None:
    view(enter, "governance")
    assert "2 points from 60 events: 50 more" in everything(enter)
    enter.checkbox(key="institutional_capacity/functions/none").check().run()
    assert "1 point from 1 function: 1 more" in everything(enter)
    assert "9.5 more" not in everything(enter)


def test_nothing_counts_the_characters_of_a_field(enter: AppTest) -> None:
    assert not any(field.max_chars for field in enter.text_input)


def test_what_is_missing_names_the_offices_to_ask_first(app: AppTest) -> None:
    said = everything(app)
    # Libo has no points for 15, 17, 18, 20, 22, 24, 25 and 28, which all begin with this office
    line = next(one for one in said.splitlines() if "**Environment office**" in one)
    assert all(f"{number} ·" in line for number in (15, 17, 18, 20, 22, 24, 25, 28))
    assert "Education office (26)" in said


@pytest.mark.parametrize("page", ["overview", "evidence"])
def test_a_phone_gets_lines_in_place_of_a_wide_table(monkeypatch: pytest.MonkeyPatch, page: str) -> None:
    monkeypatch.setattr("cbi.views.visit.on_phone", lambda: True)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run().switch_page(f"cbi/views/{page}.py").run()
    assert not app.exception
    assert not app.table
    wanted = {
        "overview": "- **1 · Proportion of Natural Areas in the City: 4 points**  \n  67.7 % · \\> 20.0 %",
        "evidence": "- 27 · Awareness: Outreach or public awareness events held in the year: – → **10**",
    }
    assert wanted[page].replace(" ", "") in everything(app).replace("\u00a0", " ").replace(" ", "")

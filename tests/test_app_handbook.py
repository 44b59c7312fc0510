"""The page Handbook as a person meets it: looked up, searched, checked, corrected, withdrawn – in both languages."""

from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cbi.definitions import edition
from cbi.store import Store, open_store

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
HANDBOOK, OVERVIEW, ENTER, SETTINGS = (f"cbi/views/{name}.py" for name in ("handbook", "overview", "enter", "settings"))
PLACE = "handbook/correct"


def visit(page: str = HANDBOOK, language: str = "en") -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
    app.session_state["language"] = language
    return go(app.run(), page)


def go(app: AppTest, page: str) -> AppTest:
    app.switch_page(page).run()
    assert not app.exception
    return app


@pytest.fixture
def app() -> AppTest:
    return visit()


def opened(app: AppTest, name: str) -> AppTest:
    app.session_state[f"handbook/2021/{name}"] = True
    return run(app)


def run(app: AppTest) -> AppTest:
    app.run()
    assert not app.exception
    return app


def answer(app: AppTest, name: str, said: str) -> AppTest:
    app.get_by_key(f"handbook/answer/{name}/{app.session_state['language']}").set_value(said)
    return run(app)


def put(app: AppTest, key: str, text: str) -> AppTest:
    app.text_input(key=key).set_value(text)
    return run(app)


def click(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return run(app)


def everything(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def titles(app: AppTest) -> list[str]:
    return [one.label for one in app.get("expander") if " · " in one.label]


def field(app: AppTest, points: int, part: str) -> str:
    city = app.session_state["desk"].desk.head.city.id
    return f"{PLACE}/{city}/2021/climate_regulation/{points}/{part}"


# Looking up


def test_bands_to_be_checked_come_first(app: AppTest) -> None:
    assert [one.value for one in app.header] == ["Bands to be checked", "Confirmed, checked or corrected"]
    assert titles(app)[0].startswith("2 ·")
    assert titles(app)[-1].startswith("1 ·")  # of the 2021 edition only the first is wholly confirmed
    assert len(titles(app)) == 28
    assert "Indicators: 27" in everything(app)


def test_the_search_finds_by_number_and_by_words(app: AppTest) -> None:
    assert titles(put(app, "handbook/search", "11")) == ["11 · Climate Regulation – Benefits of Trees and Greenery"]
    assert titles(put(app, "handbook/search", "树冠"))[0].startswith("11 ·")
    put(app, "handbook/search", "dragons")
    assert titles(app) == []
    assert "Nothing in this edition speaks of “dragons”." in everything(app)
    assert len(titles(click(app, "Show all indicators"))) == 28


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_an_open_indicator_says_all_that_the_edition_says(language: str) -> None:
    app = opened(visit(language=language), "climate_regulation")
    said = everything(app)
    indicator = edition("2021", language).indicator("climate_regulation")
    for text in (indicator.question, indicator.why, indicator.counts, indicator.held_by, indicator.evidence):
        assert text in said
    assert edition("2021", language).frame.trust_words["implemented"] in said
    assert "8, 11, 12" in said.replace("、", ", ")
    assert [list(row) for row in app.table[0].value.to_numpy()][1] == ["1", "10.0–24.9 %"]


@pytest.mark.parametrize("name", ["2021", "2014"])
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_every_indicator_opens_with_every_answer(name: str, language: str) -> None:
    if name == "2014":
        store = open_store()
        store.start_year(store.add_city("Riverton", person="Mei").id, 2016, "2014", person="Mei")
        store.close()
    app = visit(language=language)
    asked = edition(name)
    for indicator in asked.indicators:
        app.session_state[f"handbook/{name}/{indicator.id}"] = True
        app.session_state[f"handbook/answer/{indicator.id}"] = "same" if indicator.number % 2 else "other"
    run(app)
    assert not app.error
    assert sum("handbook/answer/" in str(one.key) for one in app.get("button_group")) == len(asked.indicators)


# Checking


def test_a_check_is_recorded_with_name_date_and_page_and_withdrawn_again(app: AppTest) -> None:
    answer(opened(app, "park_access"), "park_access", "same")
    click(app, "Record the check")
    assert "Say who compared the bands with the handbook." in [one.value for one in app.error]
    app.text_input(key="handbook/check/park_access/person").set_value("Mei Yang")
    app.date_input(key="handbook/check/park_access/on").set_value(date(2026, 1, 15))
    app.text_input(key="handbook/check/park_access/printing").set_value("2021, p. 66")
    click(app, "Record the check")
    told = "ands checked by Mei Yang on 2026-01-15 against the handbook (2021, p. 66)"
    assert told in app.success[0].value
    assert titles(app)[-1].startswith("13 ·")
    assert "Indicators: 26" in everything(app)
    go(app, OVERVIEW)
    assert any("3 of 5 scored indicators" in one.value for one in app.warning)  # 4 of 5 before
    assert any(told in one.value.replace("\\", "") for one in app.success)
    table = app.table[0].value
    assert table[table["No."] == "13"].iloc[0]["Status and trust"] == "scored, implemented; bands checked"
    go(app, HANDBOOK)
    click(opened(app, "park_access"), "Withdraw the check")
    assert "Indicators: 27" in everything(app)
    assert "check withdrawn" in everything(opened(app, "park_access"))


# Correcting


def corrected(app: AppTest) -> AppTest:
    answer(opened(app, "climate_regulation"), "climate_regulation", "other")
    put(app, field(app, 3, "second"), "79.9")
    put(app, field(app, 4, "first"), "79.9")
    put(app, f"{PLACE}/{app.session_state['desk'].desk.head.city.id}/2021/climate_regulation/source", "2021, p. 60")
    return app


def test_limits_are_read_strictly_and_proved_while_they_are_typed(app: AppTest) -> None:
    answer(opened(app, "climate_regulation"), "climate_regulation", "other")
    assert "So far these are the bands that are in force." in everything(app)
    put(app, field(app, 3, "second"), "79,9")
    assert app.error[0].value == "“79,9” can be read in two ways: 79.9 or 799?"
    put(app, field(app, 3, "second"), "79.9")
    assert "two bands overlap: both hold 55.1" in app.error[0].value
    assert "Keep as the city's own bands" not in [one.label for one in app.button]
    put(app, field(app, 4, "first"), "79.9")
    assert not app.error


def test_what_changes_is_shown_before_it_is_kept(app: AppTest) -> None:
    corrected(app)
    # 72.0 % lies in 40.0–79.9: 3 points and not 4; 14 − 1 = 13
    assert [list(row) for row in app.table[-1].value.to_numpy()] == [["2026", "72.0 %", "4", "3", "14", "13"]]
    assert "Points change in 2026." in everything(app)
    assert next(one for one in app.sidebar.metric).value == "14 of 112"


def test_a_correction_counts_everywhere_and_is_marked_until_it_is_withdrawn(app: AppTest) -> None:
    corrected(app)
    place = f"{PLACE}/{app.session_state['desk'].desk.head.city.id}/2021/climate_regulation"
    app.text_input(key=f"{place}/person").set_value("Mei Yang")
    click(app, "Keep as the city's own bands")
    assert "Kept." in app.success[0].value
    assert next(one for one in app.sidebar.metric).value == "13 of 112"
    opened(app, "climate_regulation")
    assert [list(row) for row in app.table[0].value.to_numpy()][3] == ["3", "40.0–79.9 %", "40.0–55.0 %"]
    go(app, OVERVIEW)
    assert any("Read by the city's own bands: 1" in one.value for one in app.info)
    row = app.table[0].value[app.table[0].value["No."] == "11"].iloc[0]
    assert (row["Points"], row["Status and trust"]) == ("3", "scored, implemented; the city's own bands")
    go(app, ENTER)
    app.get_by_key("enter view/en").set_value("ecosystem_services")
    assert "entered by Mei Yang on" in everything(run(app))
    go(app, HANDBOOK)
    opened(app, "climate_regulation")
    app.toggle(key="handbook/change/climate_regulation").set_value(True)
    put(run(app), field(app, 4, "first"), "70")
    put(app, field(app, 3, "second"), "70")  # 72.0 % is above 70 again: 4 points
    click(app, "Keep as the city's own bands")
    assert next(one for one in app.sidebar.metric).value == "14 of 112"
    click(opened(app, "climate_regulation"), "Withdraw the city's own bands")
    assert next(one for one in app.sidebar.metric).value == "14 of 112"
    assert "the city's own bands withdrawn" in everything(opened(app, "climate_regulation"))


def test_what_is_typed_survives_another_page_and_follows_the_number_format(app: AppTest) -> None:
    corrected(app)
    go(go(app, OVERVIEW), HANDBOOK)
    opened(app, "climate_regulation")
    assert app.text_input(key=field(app, 3, "second")).value == "79.9"
    go(app, SETTINGS)
    app.selectbox(key="settings/number_format").set_value("de")
    run(app)
    opened(go(app, HANDBOOK), "climate_regulation")
    assert app.text_input(key=field(app, 3, "second")).value == "79,9"
    assert not app.error


def test_a_ladder_is_corrected_in_chinese() -> None:
    app = opened(visit(language="zh_Hans"), "green_infrastructure")
    answer(app, "green_infrastructure", "other")
    place = f"{PLACE}/{app.session_state['desk'].desk.head.city.id}/2021/green_infrastructure"
    app.text_area(key=f"{place}/planned/text").set_value("政策草案正在起草")
    run(app)
    put(app, f"{place}/source", "2021年版，第80页")
    app.text_input(key=f"{place}/person").set_value("杨梅")
    run(app)
    app.button(key="handbook/keep/green_infrastructure").click()
    run(app)
    opened(app, "green_infrastructure")
    shipped = edition("2021", "zh_Hans").indicator("green_infrastructure").ladder
    rows = [list(row) for row in app.table[0].value.to_numpy()]
    assert rows[2] == ["2", "政策草案正在起草", shipped[2].text]
    assert rows[1][1] == rows[1][2] == shipped[1].text


# A store of one's own


@pytest.fixture
def store() -> Store:
    found = open_store()
    found.start_year(found.add_city("Riverton", person="Mei").id, 2026, person="Mei")
    return found


def test_another_visit_sees_the_check_at_once(store: Store) -> None:
    mine, theirs = visit(), visit()
    answer(opened(mine, "park_access"), "park_access", "same")
    mine.text_input(key="handbook/check/park_access/person").set_value("Mei Yang")
    click(mine, "Record the check")
    assert "Indicators: 26" in everything(run(theirs))


def test_two_people_do_not_overwrite_one_another(store: Store) -> None:
    mine, theirs = visit(), visit()
    for app in (mine, theirs):
        answer(opened(app, "park_access"), "park_access", "same")
        app.text_input(key="handbook/check/park_access/person").set_value("Mei Yang")
    theirs.text_input(key="handbook/check/park_access/printing").set_value("another page")
    click(mine, "Record the check")
    theirs.session_state["handbook/answer/park_access"] = "same"
    theirs.button[[one.label for one in theirs.button].index("Record the check")].click()
    run(theirs)
    assert any("after you had begun" in one.value for one in theirs.error)

"""A newcomer with a file in hand: begun from it on Start, or led there from a demo."""

import io
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from cbi.store import Store, exchange, open_store
from cbi.tables import read_table

pytestmark = pytest.mark.long

ROOT = Path(__file__).parents[1]
START, ENTER, IMPORT = (f"cbi/views/{name}.py" for name in ("start", "enter", "imports"))
TABLE = b"""city,year,edition,indicator,input,value,unit
Riverton,2025,2014,profile,population,310000,
"""
EXAMPLE = (ROOT / "data" / "demo" / "example-city.csv").read_bytes()


@pytest.fixture
def store() -> Store:
    return open_store()


def visit(page: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30).run()
    app.session_state["person"] = "Mei"
    return go(app, page)


def go(app: AppTest, page: str) -> AppTest:
    app.switch_page(page).run()
    assert not app.exception
    return app


def upload(app: AppTest, name: str, data: bytes) -> AppTest:
    app.get("file_uploader")[0].upload(name, data, "application/octet-stream").run()
    assert not app.exception
    return app


def click(app: AppTest, label: str) -> AppTest:
    """Press a button; how many it is about, in brackets behind its label, is left out of ``label``."""
    next(one for one in app.button if one.label.split(" (")[0] == label).click().run()
    assert not app.exception
    return app


def everything(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


def fields(app: AppTest) -> tuple[str, str, str]:
    """Name, year and edition as the fields of Start show them."""
    name, year = (str(app.text_input(key=f"start/new {one}").value) for one in ("city", "year"))
    return name, year, str(app.radio(key="start/new edition").value)


def test_a_city_is_begun_from_a_table_with_its_name_year_and_edition(store: Store) -> None:
    app = upload(visit(START), "riverton.csv", TABLE)
    assert "Read: Riverton, 2025 (2014 edition). Figures and answers: 1." in everything(app)
    assert fields(app) == ("Riverton", "2025", "2014")
    app.text_input(key="start/name").set_value("Mei")
    click(app, "Begin")
    app = go(app, IMPORT)
    assert any("310,000" in box.label or "310000" in box.label for box in app.checkbox)
    click(app, "Apply all")
    [head] = store.heads(store.cities()[0].id)
    assert (head.city.name, head.year, head.edition) == ("Riverton", 2025, "2014")
    assert store.assessment(head.id).assessment.profile["population"].value == 310_000


def test_of_a_table_with_several_years_the_newest_is_begun_and_the_others_are_named(store: Store) -> None:
    app = upload(visit(START), "years.csv", EXAMPLE)
    assert "You begin with Example City (invented), 2024 (2021 edition)" in everything(app)
    assert fields(app) == ("Example City (invented)", "2024", "2021")


def test_a_form_of_ones_own_asks_for_name_and_year(store: Store) -> None:
    book = openpyxl.Workbook()
    for row in (["Item", "Figure"], ["Population of the city", 190_000]):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    app = upload(visit(START), "ours.xlsx", out.getvalue())
    assert "ours.xlsx is a form that the program does not know yet." in everything(app)
    assert fields(app)[0] == ""


def test_a_file_that_is_no_table_is_one_clear_problem_and_begins_nothing(store: Store) -> None:
    app = upload(visit(START), "scan.xlsx", b"%PDF-1.7 a scan")
    assert any("scan.xlsx" in error.value or "PDF" in error.value for error in app.error)
    app.text_input(key="start/new city").set_value("Riverton")
    click(app, "Begin")
    assert not any("scan.xlsx" in error.value for error in go(app, IMPORT).error)


def test_an_export_of_the_program_leads_to_import(store: Store) -> None:
    exchange.apply(
        store,
        (incoming := read_table(ROOT / "data" / "demo" / "libo-county-2026.csv").assessments),
        "libo.csv",
        seen=exchange.preview(store, incoming, "libo.csv"),
        person="Li",
    )
    app = upload(visit(START), "cbi-store.json", exchange.export(store))
    assert "brings its cities along" in everything(app)
    assert click(app, "Look at it on the page Import").title[0].value == "What has come back?"


@pytest.mark.parametrize("page", [ENTER, IMPORT])
def test_a_demo_says_so_and_leads_to_ones_own_city(store: Store, page: str) -> None:
    app = visit(page)
    assert "You are looking at a demo city, Libo County. What you enter or import here is not kept." in everything(app)
    assert click(app, "Begin with your own city").title[0].value == "Which city, which year?"


@pytest.mark.parametrize("page", [ENTER, IMPORT])
def test_with_a_city_of_ones_own_nothing_is_said_of_demos(store: Store, page: str) -> None:
    store.start_year(store.add_city("Riverton", person="Li").id, 2026, person="Li")
    assert "demo city" not in everything(visit(page))


def test_a_file_uploaded_in_a_demo_comes_along_to_begin_ones_own_city(store: Store) -> None:
    app = upload(visit(IMPORT), "riverton.csv", TABLE)
    app = go(click(app, "Begin your own city with what you uploaded"), START)
    assert fields(app) == ("Riverton", "2025", "2014")
    app.text_input(key="start/name").set_value("Mei")
    click(app, "Begin")
    click(go(app, IMPORT), "Apply all")
    [head] = store.heads(store.cities()[0].id)
    assert store.assessment(head.id).assessment.profile["population"].value == 310_000


def test_demo_cities_are_called_in_the_readers_language(store: Store) -> None:
    app = visit(START)
    app.selectbox(key="side/language").select("zh_Hans").run()
    labels = [button.label for button in app.button]
    assert "荔波县 · 2026" in labels
    assert "示例市（虚构） · 2024" in labels


def test_a_demo_offers_no_undo_of_its_own_loading(store: Store) -> None:
    app = visit(ENTER)
    assert "Undo the last change" not in [button.label for button in app.button]
    app.get_by_key("enter view/en").set_value("governance").run()
    app.text_input(key="awareness/events/text").set_value("12").run()
    assert "27 · Awareness: 10 → 12, Mei" in everything(app)
    click(app, "Undo the last change")
    assert app.text_input(key="awareness/events/text").value == "10"
    assert "Undo the last change" not in [button.label for button in app.button]

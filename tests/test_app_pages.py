"""Every page in both languages, and what Import and Report do, without a browser."""

import io
import re
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from cbi.definitions import edition
from cbi.i18n import translate
from cbi.store import Store, open_store
from cbi.workbook.template import write_template

ROOT = Path(__file__).parents[1]
PAGES = re.findall(r'^    \("(\w+)", mark', (ROOT / "app.py").read_text(encoding="utf-8"), re.MULTILINE)
TITLES = {
    "start": "Which city, which year?",
    "overview": "Where do we stand?",
    "enter": "What do you know?",
    "work": "Who does what until when?",
    "imports": "What has come back?",
    "compare": "How have we changed?",
    "plan": "What does the score mean, and what comes next?",
    "report": "What do we hand out?",
    "actions": "What do we do for nature?",
    "evidence": "What do the figures rest on?",
    "handbook": "What are the rules?",
    "people": "Who may do what here?",
    "settings": "How should the program work for you?",
}


def visit(**query: object) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = str(value)
    app.run()
    assert not app.exception
    return app


def go(app: AppTest, name: str) -> AppTest:
    app.switch_page(f"cbi/views/{name}.py").run()
    assert not app.exception
    return app


def everything(app: AppTest) -> str:
    kinds = ("title", "header", "subheader", "markdown", "caption", "error", "warning", "info", "success")
    return "\n".join(str(element.value) for kind in kinds for element in app.get(kind))


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("demo", ["libo-2026", "example-2024"])
def test_every_page_opens_in_both_languages(language: str, demo: str) -> None:
    app = visit(demo=demo)
    app.selectbox(key="side/language").select(language).run()
    for name in PAGES:
        go(app, name)
        assert app.title[0].value == translate(TITLES[name], language)
        assert not [error.value for error in app.error if "encountered" in error.value]


@pytest.fixture
def city(store: Store) -> int:
    return store.start_year(store.add_city("Riverton", person="Mei").id, 2026, person="Mei").id


@pytest.fixture
def store() -> Store:
    return open_store()


def filled(answers: dict[str, object]) -> bytes:
    """A template that a department has filled: the value beside each code."""
    book = openpyxl.load_workbook(io.BytesIO(write_template(edition("2021"), city="Riverton", year=2026)))
    waiting = dict(answers)
    for sheet in book.worksheets:
        heads: dict[object, int] = {}
        for row in sheet.iter_rows():
            found = {cell.value: cell.column for cell in row}
            if {"Code", "Value"} <= found.keys():
                heads = found
            elif heads and (code := sheet.cell(row[0].row, heads["Code"]).value) in waiting:
                sheet.cell(row[0].row, heads["Value"]).value = waiting.pop(str(code))
    assert not waiting
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def uploaded(*files: tuple[str, bytes]) -> AppTest:
    app = visit()
    app.session_state["person"] = "Li"
    go(app, "imports")
    kind = "application/octet-stream"
    app.get("file_uploader")[0].set_value([(name, data, kind) for name, data in files]).run()
    assert not app.exception
    return app


def button(app: AppTest, label: str) -> AppTest:
    next(one for one in app.button if one.label.startswith(label)).click().run(timeout=60)
    assert not app.exception
    return app


def test_a_filled_workbook_is_shown_cell_by_cell_and_applied(store: Store, city: int) -> None:
    data = filled({"profile.population": 190_000, "awareness.events": 10, "recreation.park_area": "33,5 km2"})
    app = uploaded(("parks.xlsx", data))
    shown = [box.label for box in app.checkbox]
    assert any("found “10”" in label and "points 27: – → 1" in label for label in shown)
    assert "which number is meant" in everything(app).lower() or app.radio  # 33,5 may be 33.5 or 335
    assert store.history(city, "awareness") == ()
    button(app, "Apply all")
    assert [(line.person, line.act.value) for line in store.history(city, "awareness")] == [("Li", "import")]
    assert store.assessment(city).assessment.profile["population"].value == 190_000
    assert "recreation" not in store.assessment(city).assessment.answers  # what is asked is not guessed


def test_only_what_is_ticked_is_applied(store: Store, city: int) -> None:
    app = uploaded(("parks.xlsx", filled({"profile.population": 190_000, "awareness.events": 10})))
    assert not any(one.label.startswith("Apply these") for one in app.button)  # it would do what “Apply all” does
    next(box for box in app.checkbox if "found “10”" in box.label).uncheck().run()
    assert any(one.label == "Apply all (2)" for one in app.button)
    button(app, "Apply these (1)")
    assert store.assessment(city).assessment.profile["population"].value == 190_000
    assert store.history(city, "awareness") == ()


def test_two_departments_that_disagree_stand_side_by_side(store: Store, city: int) -> None:
    app = uploaded(("a.xlsx", filled({"awareness.events": 10})), ("b.xlsx", filled({"awareness.events": 12})))
    [choice] = [radio for radio in app.radio if any("a.xlsx" in option for option in radio.options)]
    assert any("b.xlsx" in option for option in choice.options)
    chosen = next(option for option in choice.options if "b.xlsx" in option)
    choice.set_value(chosen).run()
    button(app, "Apply all")
    assert store.assessment(city).assessment.answers["awareness"].inputs["events"].value == 12


def test_a_file_that_is_no_workbook_is_one_clear_problem(store: Store, city: int) -> None:
    app = uploaded(("scan.xlsx", b"%PDF-1.7 a scan"), ("good.xlsx", filled({"awareness.events": 10})))
    assert any("scan.xlsx" in error.value for error in app.error)
    button(app, "Apply all")
    assert store.history(city, "awareness")  # what is good beside it is not lost


def test_an_unknown_form_is_mapped_once_and_remembered(store: Store, city: int) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["Item", "Figure"],
        ["Outreach or public awareness events held in the year", 10],
        ["Population of the city", 190_000],
    ):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    app = uploaded(("ours.xlsx", out.getvalue()))
    assert "This form is not known yet" in everything(app)
    button(app, "Remember and read the file")
    button(app, "Apply all")
    assert store.assessment(city).assessment.answers["awareness"].inputs["events"].value == 10
    again = uploaded(("ours.xlsx", out.getvalue()))
    assert "This form is not known yet" not in everything(again)


def form(*rows: list[object]) -> bytes:
    """A form of a department's own."""
    book = openpyxl.Workbook()
    for row in (["Item", "Figure", "Source"], *rows):
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


OURS = form(
    ["Outreach or public awareness events held in the year", 10, "events diary"],
    ["Population of the city", 190_000, ""],
    ["Number of dogs", 12_000, ""],
)


def test_a_mapping_says_what_it_leaves_out_and_can_be_corrected_and_forgotten(store: Store, city: int) -> None:
    app = uploaded(("ours.xlsx", OURS), ("theirs.xlsx", OURS))
    population = next(box for box in app.selectbox if "Population of the city" in box.label)
    assert sum("Population of the city" in box.label for box in app.selectbox) == 1  # one form, asked once
    population.set_value("").run()
    button(app, "Remember and read the file")
    assert "ours.xlsx, theirs.xlsx: read with the mapping that Li gave" in everything(app)
    assert "Fields that are not read: 2 (Population of the city; Number of dogs)" in everything(app)
    assert not [box for box in app.checkbox if "190000" in box.label]
    button(app, "Change the mapping")
    events = next(box for box in app.selectbox if "awareness events" in box.label)
    assert events.value == "awareness.events"  # what was said stands there
    population = next(box for box in app.selectbox if "Population of the city" in box.label)
    assert population.value == ""
    population.set_value("profile.population").run()
    button(app, "Remember and read the file")
    assert "Fields that are not read: 1 (Number of dogs)" in everything(app)
    assert not [box for box in app.selectbox if "Population of the city" in box.label]
    assert [box for box in app.checkbox if "190000" in box.label]
    button(app, "Forget the mapping")
    assert "This form is not known yet" in everything(app)


def test_a_change_shows_what_is_saved_beside_it_and_equal_ones_are_one(store: Store, city: int) -> None:
    app = uploaded(("ours.xlsx", OURS))
    button(app, "Remember and read the file")
    assert any("Source: events diary" in box.label for box in app.checkbox)
    app = uploaded(
        ("parks.xlsx", filled({"profile.city_area": 130})), ("water.xlsx", filled({"profile.city_area": 130}))
    )
    [box] = app.checkbox
    assert ("parks.xlsx City profile!C7" in box.label, "water.xlsx City profile!C7" in box.label) == (True, True)
    assert "1 change ·" in everything(app)
    button(app, "Apply all (1)")
    assert store.assessment(city).assessment.profile["city_area"].value == 130
    assert "Saved from parks.xlsx, water.xlsx: 1" in " ".join(one.value for one in app.success)


def test_the_report_can_be_looked_at_and_is_offered_in_every_form(store: Store, city: int) -> None:
    app = go(visit(demo="example-2024"), "report")
    labels = [one.label for one in app.get("download_button")]
    assert {"Download the PDF", "Excel", "CSV", "JSON", "Download open data", "Download the packet"} <= set(labels)
    app.segmented_control(key="report/form/en").set_value("short").run()
    app.toggle(key="report/preview").set_value(True).run()
    assert not app.exception
    assert len(app.get("imgs") or app.get("image")) == 2

"""The page Work: who does what until when; what follows from it on Enter and Overview; what is taken away."""

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from cbi.i18n import translate
from cbi.store import Store, open_store
from cbi.store.errors import NotPermittedError
from cbi.store.rights import Deed, Member, Role, Scope
from cbi.views.taken_away import KINDS
from tests.signing_in import ROOT, Visitor, everything, go, invited
from tests.test_app_people import click, found, key_of, unfolded

pytestmark = pytest.mark.long

HEAD = "head@city.example"
BUDGET = Scope(indicators=frozenset({"budget"}))
LONG_AGO, NEVER = date(2020, 3, 1), date(2099, 12, 31)
"""Days that are past and to come whenever this runs."""


@pytest.fixture
def store() -> Store:
    opened = open_store()
    opened.people.first(HEAD, "Head")
    return opened


@pytest.fixture
def year(store: Store) -> int:
    city = store.add_city("Riverton", person="IT")
    return store.start_year(city.id, 2026, person="IT").id


@pytest.fixture
def city(store: Store, year: int) -> int:
    return store.assessment(year).head.city.id


@pytest.fixture
def visitor(monkeypatch: pytest.MonkeyPatch) -> Visitor:
    return Visitor(monkeypatch)


def alone(page: str) -> AppTest:
    """Open a page where nobody signs in."""
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run()
    app.session_state["person"] = "Mei"
    return go(app, page)


def field(year: int, name: str, number: int = 0, language: str = "en") -> str:
    return f"work/assign/{number}/{year}/{language}/{name}"


def asked(store: Store, city: int) -> list[tuple[str, str, date | None, str]]:
    return [(one.work, one.assignee, one.due, one.note) for one in store.assignments.of_city(city)]


# Assigning


def test_an_editor_asks_a_person(store: Store, city: int, year: int, visitor: Visitor) -> None:
    editor, fin = invited(store, "Ed", Role.EDITOR, city), invited(store, "Fin", Role.CONTRIBUTOR, city, BUDGET)
    app = unfolded(visitor.visit(editor, "work"), "work/assign")
    app.multiselect(key=field(year, "works")).set_value(["budget", "profile"]).run()
    app.selectbox(key=field(year, "key")).set_value(key_of(store, fin)).run()
    app.date_input(key=field(year, "due")).set_value(NEVER).run()
    app.text_input(key=field(year, "note")).set_value("As last year").run()
    click(app, "Assign")
    assert "Assigned: 16 · Budget Allocated to Biodiversity; City profile." in everything(app)
    assert asked(store, city) == [("budget", "Fin", NEVER, "As last year"), ("profile", "Fin", NEVER, "As last year")]
    assert app.multiselect(key=field(year, "works", 1)).value == []


def test_a_department_is_asked_also_where_nobody_signs_in() -> None:
    store = open_store()
    city = store.add_city("Riverton", person="Mei").id
    year = store.start_year(city, 2026, person="Mei").id
    app = unfolded(alone("work"), "work/assign")
    app.multiselect(key=field(year, "works")).set_value(["budget"]).run()
    department = app.selectbox(key=field(year, "department"))
    assert department.options[0] == "Finance office"  # the first that indicator 16 says usually holds it
    department.set_value("Finance office").run()
    click(app, "Assign")
    assert asked(store, city) == [("budget", "Finance office", None, "")]
    assert "Finance office" in everything(app)
    app.multiselect(key=field(year, "works", 1)).set_value(["awareness"]).run()
    app.text_input(key=field(year, "other department", 1)).set_value("Press office").run()
    app.date_input(key=field(year, "due", 1)).set_value(date(2001, 2, 3)).run()
    assert any("That day has passed already." in one.value for one in app.warning)
    click(app, "Assign")
    assert ("awareness", "Press office", date(2001, 2, 3), "") in asked(store, city)


def test_without_a_name_nothing_is_assigned_and_that_is_said(store: Store, city: int, year: int) -> None:
    app = unfolded(alone("work"), "work/assign")
    app.multiselect(key=field(year, "works")).set_value(["budget"]).run()
    click(app, "Assign")
    assert any("Say who is to do it" in one.value for one in app.error)
    assert asked(store, city) == []


def test_who_may_not_answer_it_is_named_and_can_be_let_in(store: Store, city: int, year: int, visitor: Visitor) -> None:
    fin = invited(store, "Fin", Role.CONTRIBUTOR, city, BUDGET)
    app = unfolded(visitor.visit(HEAD, "work"), "work/assign")
    app.multiselect(key=field(year, "works")).set_value(["budget", "awareness", "profile"]).run()
    app.selectbox(key=field(year, "key")).set_value(key_of(store, fin)).run()
    [warning] = app.warning
    assert "Fin may not answer: 27 · " in warning.value
    assert "City profile" in warning.value
    assert "16 · " not in warning.value  # this was given to Fin
    click(app, "Let Fin answer it")
    scope = Scope(frozenset({"budget", "awareness"}), profile=True)
    assert found(store, fin) == Member(Role.CONTRIBUTOR, city, scope)
    assert not app.warning
    click(app, "Assign")
    assert len(asked(store, city)) == 3


def test_who_cannot_give_the_right_is_told_who_can(store: Store, city: int, year: int, visitor: Visitor) -> None:
    editor, viewer = invited(store, "Ed", Role.EDITOR, city), invited(store, "Vi", Role.VIEWER, city)
    app = unfolded(visitor.visit(editor, "work"), "work/assign")
    app.multiselect(key=field(year, "works")).set_value(["budget"]).run()
    app.selectbox(key=field(year, "key")).set_value(key_of(store, viewer)).run()
    assert "An assignment gives no right by itself." in everything(app)
    assert not any(one.label.startswith("Let ") for one in app.button)


def test_a_contributor_assigns_nothing(store: Store, city: int, year: int, visitor: Visitor) -> None:
    app = visitor.visit(invited(store, "Fin", Role.CONTRIBUTOR, city, BUDGET), "work")
    assert "It takes the role “editor” to assign work." in everything(app)
    assert not any(one.label == "Take back" for one in app.button)


def test_a_closed_year_is_given_to_nobody(store: Store, year: int, visitor: Visitor) -> None:
    store.submit(year, person="IT")
    app = visitor.visit(HEAD, "work")
    assert "This year takes no change, so nothing is assigned in it." in everything(app)
    assert "Assign" not in [one.label for one in app.button]


# The list


@pytest.fixture
def given(store: Store, city: int, year: int) -> str:
    """Work for Fin, overdue, and for the parks department; gives the address of Fin."""
    fin = invited(store, "Fin", Role.CONTRIBUTOR, city, BUDGET)
    store.assignments.assign(year, "budget", key=key_of(store, fin), due=LONG_AGO, note="*Urgent*", person="IT")
    store.assignments.assign(year, "ecosystem_services", department="Parks", due=NEVER, person="IT")
    return fin


def test_what_is_open_stands_by_person_and_department(store: Store, given: str, visitor: Visitor) -> None:
    app = visitor.visit(HEAD, "work")
    said = everything(app)
    assert [one.value for one in app.header] == [":material/person: Fin", ":material/apartment: Parks"]
    assert "Open: 2 · of these overdue: 1 · done: 0" in said
    assert ":red-badge[:material/alarm: " in said
    assert "days overdue" in said
    assert "until March 1, 2020 · asked by IT" in said
    assert "until December 31, 2099 · 0 of 5 answered · asked by IT" in said
    assert "Left: 10 Regulation of Quantity of Water; 11 " in said
    assert r"\*Urgent\*" in said


def test_the_list_is_narrowed(store: Store, given: str, visitor: Visitor) -> None:
    app = visitor.visit(HEAD, "work")
    app.segmented_control(key="work/show/en").set_value("overdue").run()
    assert [one.value for one in app.header] == [":material/person: Fin"]
    app.segmented_control(key="work/show/en").set_value("done").run()
    assert not app.header


def test_the_page_speaks_chinese(store: Store, given: str, visitor: Visitor) -> None:
    said = everything(visitor.visit(HEAD, "work", "zh_Hans"))
    assert "谁在何时之前做什么？" in said
    assert "截止2020年3月1日 · 由 IT 分配" in said
    assert "逾期" in said


def test_one_s_own_work_stands_first(store: Store, given: str, visitor: Visitor) -> None:
    app = visitor.visit(given, "work")
    assert [one.value for one in app.header] == ["Assigned to you", ":material/apartment: Parks"]


def test_a_reminder_is_there_to_copy_and_nothing_is_sent(
    store: Store, given: str, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = visitor.visit(HEAD, "work")
    number = next(one.id for one in store.assignments.of_city(store.cities()[0].id) if one.work == "budget")
    app.session_state[f"work/reminder/{number}"] = True
    app.run()
    [code] = app.code
    assert code.value.startswith("Dear Fin,\n\nthese answers to the City Biodiversity Index of Riverton for 2026")
    assert "16 Budget Allocated to Biodiversity, until March 1, 2020" in code.value
    assert "no mail is sent" in everything(app)
    monkeypatch.setenv("CBI_PUBLIC_ADDRESS", "https://biodiversity.example.org/")
    app.run()
    assert app.code[0].value.endswith("They are entered here: https://biodiversity.example.org\n\nThank you.\nHead")


def test_day_and_note_of_what_was_asked_are_changed(store: Store, city: int, given: str, visitor: Visitor) -> None:
    app = visitor.visit(HEAD, "work")
    one = next(one for one in store.assignments.of_city(city) if one.work == "budget")
    unfolded(app, f"work/all/{one.id}/change")
    key = f"work/all/{one.id}/{one.due}/{one.note}"
    app.date_input(key=f"{key}/due").set_value(NEVER).run()
    app.text_input(key=f"{key}/new note").set_value("After the budget is voted").run()
    other = store.assignments.change(one.id, due=one.due, note="Meanwhile", seen=one, person="IT")
    click(app, "Keep this")
    assert "Somebody changed this assignment meanwhile." in everything(app)
    key = f"work/all/{one.id}/{other.due}/{other.note}"
    app.date_input(key=f"{key}/due").set_value(NEVER).run()
    click(app, "Keep this")
    assert ("budget", "Fin", NEVER, "Meanwhile") in asked(store, city)
    assert [one.deed for one in store.trail.of(city)].count(Deed.ASSIGNED) == 4  # two given, changed twice


def test_start_says_what_waits_for_the_person_and_leads_there(store: Store, given: str, visitor: Visitor) -> None:
    said = everything(visitor.visit(given, "start"))
    assert "1 answer waits for you. The first is due on March 1, 2020." in said
    assert "waits for you" not in everything(visitor.visit(HEAD, "start"))


def test_a_link_to_a_city_that_was_not_given_to_one_is_said(
    store: Store, given: str, year: int, visitor: Visitor
) -> None:
    chengdu = store.add_city("Chengdu", person="IT").id
    theirs = store.start_year(chengdu, 2026, person="IT").id
    app = visitor.visit(given, "enter", assessment=theirs)
    assert "belongs to a city that was not given to you" in everything(app)
    assert "Chengdu" not in everything(app)
    click(app, "Understood")
    assert "was not given to you" not in everything(app)
    assert "was not given to you" not in everything(visitor.visit(given, "enter", assessment=year))


def test_only_who_was_asked_is_told_to_answer(store: Store, given: str, visitor: Visitor) -> None:
    labels = [one.label for one in visitor.visit(HEAD, "work").button]
    assert labels.count("Look at it") == 1  # Fin's; the department's is anybody's who may
    assert labels.count("Go and answer") == 1


def test_work_is_taken_back(store: Store, city: int, given: str, visitor: Visitor) -> None:
    app = visitor.visit(HEAD, "work")
    click(app, "Take back")
    assert "Taken back. It stays in the audit trail." in everything(app)
    assert [work for work, _, _, _ in asked(store, city)] == ["ecosystem_services"]


# From there


def cards(app: AppTest) -> list[str]:
    return [one.value for one in app.subheader if " · " in one.value]


def test_the_way_leads_to_what_is_left(store: Store, given: str, visitor: Visitor) -> None:
    app = visitor.visit(given, "work")
    click(app, "Go and answer")
    assert app.title[0].value == "What do you know?"
    assert [one.split(" · ")[0] for one in cards(app)] == ["16"]


def test_mine_is_what_was_assigned_and_what_may_be_answered(
    store: Store, city: int, year: int, visitor: Visitor
) -> None:
    scope = Scope(frozenset({"budget", "awareness"}))
    fin = invited(store, "Fin", Role.CONTRIBUTOR, city, scope)
    store.assignments.assign(year, "education", key=key_of(store, fin), person="IT")
    app = visitor.visit(fin, "enter", part="governance")
    app.segmented_control(key="enter filter/en").set_value("mine").run()
    assert [one.split(" · ")[0] for one in cards(app)] == ["16", "26", "27"]
    editor = invited(store, "Ed", Role.EDITOR, city)
    store.assignments.assign(year, "education", key=key_of(store, editor), person="IT")
    app = visitor.visit(editor, "enter", part="governance")
    app.segmented_control(key="enter filter/en").set_value("mine").run()
    assert [one.split(" · ")[0] for one in cards(app)] == ["26"]  # an editor may answer all, which is no work


def test_the_overview_names_who_was_asked_and_until_when(store: Store, given: str, visitor: Visitor) -> None:
    said = everything(visitor.visit(HEAD, "overview"))
    assert "Asked of Fin, until March 1, 2020" in said
    assert "Asked of Parks, until December 31, 2099" in said


# What is taken away


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> dict[str, Callable[[], bytes]]:
    """What the pages offer to download, by label, as the browser would ask for it."""
    offered: dict[str, Callable[[], bytes]] = {}
    monkeypatch.setattr("streamlit.download_button", lambda label, data, **_: offered.update({label: data}))
    return offered


def exported(store: Store) -> list[tuple[str, str]]:
    return [(one.person, one.detail) for one in store.trail.of() if one.deed is Deed.EXPORTED]


@pytest.mark.parametrize(
    ("page", "label", "kind"),
    [
        ("report", "Download the PDF", "report"),
        ("report", "Excel", "workbook"),
        ("report", "CSV", "table"),
        ("report", "JSON", "JSON"),
        ("report", "Download open data", "open data"),
        ("report", "Download the packet", "packet"),
        ("overview", "Print this page (PDF)", "report"),
        ("imports", "Download the workbook", "template"),
        ("evidence", "Download as table (CSV)", "changes"),
        ("people", "Download as table (CSV)", "audit trail"),
    ],
)
def test_what_is_taken_away_is_written_down(
    page: str, label: str, kind: str, store: Store, year: int, visitor: Visitor, downloads: dict[str, Callable]
) -> None:
    visitor.visit(HEAD, page)
    assert exported(store) == []  # to be offered something is not to take it
    assert downloads[label]()
    assert exported(store) == [("Head", kind)]
    assert translate(KINDS[kind], "zh_Hans") != KINDS[kind]


def test_who_was_switched_off_takes_nothing_away(
    store: Store, city: int, visitor: Visitor, downloads: dict[str, Callable]
) -> None:
    viewer = invited(store, "Vi", Role.VIEWER, city)
    visitor.visit(viewer, "report")
    store.people.switch_off(key_of(store, viewer), person="IT")
    with pytest.raises(NotPermittedError):
        downloads["CSV"]()
    assert exported(store) == []


def test_what_the_whole_server_gives_is_written_down(
    store: Store, year: int, visitor: Visitor, downloads: dict[str, Callable]
) -> None:
    app = visitor.visit(HEAD, "settings")
    click(app, "Take a backup")
    assert downloads["Export everything as JSON"]()
    deeds = [one.deed for one in store.trail.of() if one.person == "Head"]
    assert deeds[-2:] == [Deed.BACKED_UP, Deed.STORE_EXPORTED]


def test_a_demo_leaves_no_trail(store: Store, year: int, visitor: Visitor, downloads: dict[str, Callable]) -> None:
    visitor.visit(HEAD, "report", demo="example-2024")
    assert downloads["CSV"]()
    assert exported(store) == []

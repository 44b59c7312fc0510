"""The page People: who may do what, inviting, roles, switching off, removing; and what was done."""

from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from cbi.i18n import translate
from cbi.store import Store, open_store
from cbi.store.readable import DEEDS
from cbi.store.rights import Deed, Granted, Member, Role, Scope
from cbi.views import menu, trail_list
from cbi.views.basics import plain
from tests.signing_in import ROOT, Visitor, everything, go, invited

pytestmark = pytest.mark.long

HEAD = "head@city.example"
BUDGET = Scope(indicators=frozenset({"budget"}))
VIEWER, CONTRIBUTOR, EDITOR, APPROVER, ADMINISTRATOR = Role


@pytest.fixture
def store() -> Store:
    found = open_store()
    found.people.first(HEAD, "Head")
    return found


@pytest.fixture
def city(store: Store) -> int:
    found = store.add_city("Riverton", person="IT").id
    store.start_year(found, 2026, person="IT")
    return found


@pytest.fixture
def visitor(monkeypatch: pytest.MonkeyPatch) -> Visitor:
    return Visitor(monkeypatch)


def click(app: AppTest, label: str, key: str = "") -> AppTest:
    """Click the first button with this label, of those whose key begins so."""
    next(one for one in app.button if one.label == label and (one.key or "").startswith(key)).click().run()
    assert not app.exception
    return app


def unfolded(app: AppTest, key: str) -> AppTest:
    app.session_state[key] = True
    app.run()
    assert not app.exception
    return app


def found(store: Store, address: str) -> Member | None:
    """The only role that a person has; None without one."""
    members = [one.members for one in store.people.of() if one.address == address]
    return members[0][0] if members and members[0] else None


def key_of(store: Store, address: str) -> str:
    return next(one.key for one in store.people.of() if one.address == address)


# Whom the page is for


@pytest.mark.parametrize(
    ("role", "left_out"),
    [
        (VIEWER, {"people", "imports"}),
        (CONTRIBUTOR, {"people", "imports"}),
        (EDITOR, {"people"}),
        (APPROVER, {"people"}),
        (ADMINISTRATOR, set()),
    ],
)
def test_the_menu_leaves_out_what_is_of_no_use_to_a_role(
    role: Role, left_out: set[str], visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    granted = Granted((Member(role, 1, BUDGET if role is CONTRIBUTOR else Scope()),))
    monkeypatch.setattr("cbi.views.menu.visit.own_granted", lambda: granted)
    shown = SimpleNamespace(may=lambda right: granted.may(right, 1))
    assert menu.left_out(shown) == left_out  # type: ignore[arg-type]


def test_who_is_no_administrator_is_told_what_it_takes(store: Store, city: int, visitor: Visitor) -> None:
    invited(store, "Ed", EDITOR, city)
    app = visitor.visit("ed@city.example", "people")
    assert "It takes the role “administrator” to manage people and roles." in everything(app)
    assert "Head" not in everything(app)


def test_where_nobody_signs_in_there_are_no_people(city: int) -> None:
    app = go(AppTest.from_file(str(ROOT / "app.py"), default_timeout=60).run(), "people")
    assert "Nobody signs in here" in everything(app)


# Reading


def test_people_stand_with_address_role_and_state(store: Store, city: int, visitor: Visitor) -> None:
    invited(store, "Fin", CONTRIBUTOR, city, BUDGET)
    off = invited(store, "Olga", APPROVER, city)
    store.people.switch_off(key_of(store, off), person="IT")
    said = everything(visitor.visit(HEAD, "people"))
    assert "**Fin**" in said
    assert plain("fin@city.example") in said
    assert "- Contributor, Riverton; may answer: 16 · Budget Allocated to Biodiversity" in said
    assert "- Administrator, whole server" in said
    assert "People: 3 · have not signed in yet: 1 · switched off: 1" in said  # Fin; the head has, Olga is off
    badges = [one.value for one in visitor.visit(HEAD, "people").get("markdown") if "-badge[" in one.value]
    assert [next(word for word in ("signed in", "invited", "off") if word in one) for one in badges] == [
        "signed in",
        "invited",
        "off",
    ]


def test_the_page_speaks_chinese(store: Store, city: int, visitor: Visitor) -> None:
    invited(store, "Fin", CONTRIBUTOR, city, BUDGET)
    said = everything(visitor.visit(HEAD, "people", "zh_Hans"))
    assert "谁可以在这里做什么？" in said
    assert "填报人，Riverton；可以填报：16 · 生物多样性预算占比" in said
    assert "操作记录" in said


def test_a_name_is_text_and_nothing_else(store: Store, city: int, visitor: Visitor) -> None:
    store.people.invite("x@city.example", "# **Bold** <b>[a](b)", VIEWER, city, person="IT")
    markdown = [one.value for one in visitor.visit(HEAD, "people").markdown]
    assert r"**\# \*\*Bold\*\* \<b\>\[a\](b)**" in markdown


def test_what_each_role_may_do_is_said_of_all_five(store: Store, city: int, visitor: Visitor) -> None:
    said = everything(unfolded(visitor.visit(HEAD, "people"), "people/roles"))
    assert "- **Viewer** – see this city; export this city" in said
    assert "**Approver** – all that “editor” may; lock a year; reopen a year; choose the baseline" in said
    assert "An administrator of the whole server may also: add a city" in said


# Inviting


def test_a_contributor_is_invited_with_what_they_may_answer(store: Store, city: int, visitor: Visitor) -> None:
    app = unfolded(visitor.visit(HEAD, "people"), "people/invite")
    key = f"people/invite/0/{city}"
    app.text_input(key=f"{key}/address").set_value("Fin@City.Example")
    app.selectbox(key=f"{key}/role/en").set_value(CONTRIBUTOR).run()
    app.multiselect(key=f"{key}/scope/2021/en").set_value(["budget", "ecosystem_services", "profile"]).run()
    click(app, "Invite to Riverton")
    assert f"{plain('fin@city.example')} is invited." in everything(app)
    scope = Scope(frozenset({"budget"}), frozenset({"ecosystem_services"}), profile=True)
    assert found(store, "fin@city.example") == Member(CONTRIBUTOR, city, scope)
    assert app.text_input(key=f"people/invite/1/{city}/address").value == ""


def test_what_is_refused_is_said_and_stays_to_be_corrected(store: Store, city: int, visitor: Visitor) -> None:
    app = unfolded(visitor.visit(HEAD, "people"), "people/invite")
    app.text_input(key=f"people/invite/0/{city}/address").set_value("nobody")
    click(app, "Invite to Riverton")
    assert any("“nobody” is no e-mail address" in one.value for one in app.error)
    assert app.text_input(key=f"people/invite/0/{city}/address").value == "nobody"
    assert len(store.people.of()) == 1


def test_a_person_can_be_invited_to_the_whole_server(store: Store, city: int, visitor: Visitor) -> None:
    app = visitor.visit(HEAD, "people")
    app.segmented_control(key="people/where/en").set_value("server").run()
    unfolded(app, "people/invite")
    app.text_input(key="people/invite/0/None/address").set_value("it@city.example")
    app.selectbox(key="people/invite/0/None/role/en").set_value(EDITOR).run()
    click(app, "Invite to the whole server")
    assert found(store, "it@city.example") == Member(EDITOR, None)


def test_an_administrator_of_a_city_is_not_offered_the_server(store: Store, city: int, visitor: Visitor) -> None:
    other = store.add_city("Elsewhere", person="IT").id
    invited(store, "Ada", ADMINISTRATOR, city)
    invited(store, "Stranger", VIEWER, other)
    app = visitor.visit("ada@city.example", "people")
    assert not app.segmented_control
    assert "Stranger" not in everything(app)
    assert "**Ada**" in everything(app)


# Changing


def changing(store: Store, visitor: Visitor, address: str, city: int) -> tuple[AppTest, str]:
    """Open what can be changed about a person; also gives where its keys begin."""
    place = f"people/{key_of(store, address)}/{city}"
    return unfolded(visitor.visit(HEAD, "people"), f"{place}/change"), place


def test_another_role_is_given_and_taken_away(store: Store, city: int, visitor: Visitor) -> None:
    address = invited(store, "Ed", VIEWER, city)
    app, place = changing(store, visitor, address, city)
    role = next(one for one in app.selectbox if one.key and one.key.startswith(place) and one.label == "Role")
    role.set_value(EDITOR).run()
    click(app, "Give this role", place)
    assert "From now on Ed is: editor." in everything(app)
    assert found(store, address) == Member(EDITOR, city)
    click(app, "Take the role in Riverton away", place)
    assert "Ed has lost this role." in everything(app)
    assert found(store, address) is None


def test_who_is_switched_off_may_do_nothing_on_a_page_that_is_open(store: Store, city: int, visitor: Visitor) -> None:
    address = invited(store, "Ed", EDITOR, city)
    open_page = visitor.visit(address, "enter")
    app, place = changing(store, visitor, address, city)
    click(app, "Switch off", place)
    assert "Ed is switched off." in everything(app)
    visitor.now(address)
    assert "You may not work here any more: your access was switched off." in everything(open_page.run())
    assert not open_page.text_input
    visitor.now(HEAD)
    click(app, "Switch on again", place)
    assert "Ed may work again." in everything(app)


def test_an_administrator_of_a_city_is_not_offered_what_would_be_refused(
    store: Store, city: int, visitor: Visitor
) -> None:
    ada, ed = invited(store, "Ada", ADMINISTRATOR, city), invited(store, "Ed", EDITOR, city)
    other = store.add_city("Chengdu", person="IT").id
    store.people.give_role(key_of(store, ed), VIEWER, other, person="IT")
    app = visitor.visit(ada, "people")
    for address in (ed, HEAD):
        unfolded(app, f"people/{key_of(store, address)}/{city}/change")
    place = f"people/{key_of(store, ed)}/{city}"
    assert not [one for one in app.button if (one.key or "").startswith(place) and one.label == "Switch off"]
    assert "This person works for other cities too, or for the whole server" in everything(app)
    mine = f"people/{key_of(store, ada)}/{city}"
    unfolded(app, f"{mine}/change")
    assert [one for one in app.button if (one.key or "").startswith(mine) and one.label == "Switch off"]


def test_the_last_administrator_stays(store: Store, city: int, visitor: Visitor) -> None:
    app, place = changing(store, visitor, HEAD, city)
    click(app, "Switch off", place)
    assert any("This is the last administrator of the server" in one.value for one in app.error)
    click(app, "Remove personal data", place)
    click(app, "Remove for good", place)
    assert any("This is the last administrator of the server" in one.value for one in app.error)
    assert found(store, HEAD) == Member(ADMINISTRATOR, None)


def test_personal_data_are_removed_only_when_that_is_said_twice(store: Store, city: int, visitor: Visitor) -> None:
    address = invited(store, "Ed", EDITOR, city)
    app, place = changing(store, visitor, address, city)
    click(app, "Remove personal data", place)
    assert any("a former colleague (no. 2)" in one.value for one in app.warning)  # the head is number 1
    click(app, "Keep them", place)
    assert not app.warning
    click(app, "Remove personal data", place)
    assert found(store, address)
    click(app, "Remove for good", place)
    assert "The data of this person were removed." in everything(app)
    assert "**Ed**" not in everything(app)
    assert [row[3] for row in table(app) if row[2] == "invited"] == ["a former colleague (no. 2)"]


# What was done


def table(app: AppTest) -> list[list[str]]:
    [frame] = [one.value for one in app.table]
    return [[str(cell) for cell in row] for row in frame.to_numpy().tolist()]


def test_the_trail_names_who_did_what_to_whom(store: Store, city: int, visitor: Visitor) -> None:
    invited(store, "Fin", CONTRIBUTOR, city, BUDGET)
    year = store.heads(city)[0].id
    store.submit(year, person="IT")
    rows = table(visitor.visit(HEAD, "people"))
    assert rows[0][1:] == ["at the machine", "year submitted", "", "Riverton · 2026 (2021)", ""]
    assert rows[1][1:4] == ["at the machine", "invited", "Fin"]
    assert rows[1][5] == "contributor; may answer: 16 · Budget Allocated to Biodiversity"
    assert rows[-1][2] == "city added"


def test_the_trail_is_narrowed_to_one_kind(store: Store, city: int, visitor: Visitor) -> None:
    invited(store, "Fin", CONTRIBUTOR, city, BUDGET)
    app = visitor.visit(HEAD, "people")
    app.selectbox(key="people/trail/kind/en").set_value("invited").run()
    assert [row[2] for row in table(app)] == ["invited"]


def test_sign_ins_and_refusals_stand_in_the_trail_of_the_server(store: Store, city: int, visitor: Visitor) -> None:
    assert "was not invited here" in everything(visitor.visit("stranger@city.example", None))
    app = visitor.visit(HEAD, "people", "zh_Hans")
    app.segmented_control(key="people/where/zh_Hans").set_value("server").run()
    [refused] = [row for row in table(app) if row[2] == "拒绝登录"]
    assert (refused[1], refused[5]) == ("未知人员", "未受邀请")  # a stranger is nobody at the machine
    assert any(row[1:3] == ["Head", "登录"] for row in table(app))


def test_every_deed_and_refusal_has_its_words_in_both_languages() -> None:
    assert set(DEEDS) == set(Deed)
    for word in [*(sentence.template for sentence in DEEDS.values()), *trail_list.WHY_REFUSED.values()]:
        assert translate(word, "zh_Hans") != word

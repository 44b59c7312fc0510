"""People who sign in: invited, let in or refused, given work, removed; the audit trail; and moved to another store."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbi.assessment import Answer, Entry, Reason
from cbi.cli import main
from cbi.reminders import reminder
from cbi.store import exchange
from cbi.store.assignments import by_assignee, still_open
from cbi.store.document import read_document
from cbi.store.errors import DocumentError, NotAllowedError, NotFoundError, NotPermittedError, SignInRefusedError
from cbi.store.members import scope_from, write_scope
from cbi.store.records import Kind, Source
from cbi.store.rights import Deed, Role, Scope
from cbi.store.signatures import named, references_in

from .conftest import AREA, MORE_WOODS, ON_A_SERVER, WOODS, Clock, held

IDP = "https://id.libo.example"
MACHINE = {"person": "Operator"}
TODAY = date(2026, 11, 26)


@pytest.fixture
def chief(store):
    """The first administrator, and the store as she acts in it."""
    return store.acting(store.people.first("Chief@Libo.example", "Chen Li"))


@pytest.fixture
def editor(store, chief, city):
    account = chief.people.invite("mei@libo.example", "Mei Yang", Role.EDITOR, city.id)
    return store.acting(account)


# Who gets in


def test_a_person_is_linked_at_the_first_sign_in_and_known_by_it_from_then_on(store, chief, city):
    invited = chief.people.invite(" Mei@LIBO.example ", "", Role.EDITOR, city.id)
    assert (invited.address, invited.name, invited.linked) == ("mei@libo.example", "", False)
    first = store.sign_in(IDP, "m-1", "mei@libo.example", "Mei Yang", True)
    assert (first.key, first.name, first.label, first.linked) == (invited.key, "Mei Yang", "Mei Yang", True)
    again = store.sign_in(IDP, "m-1", "mei.yang@libo.example", "Mei Y.", False)  # her address changed there
    assert (again.key, again.address, again.name) == (invited.key, "mei@libo.example", "Mei Yang")
    assert again.members[0].role is Role.EDITOR


@pytest.mark.parametrize(
    ("claims", "reason", "words"),
    [
        ((IDP, "x", "nobody@libo.example", "N", True), "unknown", "nobody@libo.example was not invited here"),
        ((IDP, "x", "new@libo.example", "N", False), "not_verified", "does not say that the address new@libo.example"),
        ((IDP, "x", "mei@libo.example", "N", True), "other_sign_in", "belongs to another sign-in here"),
        (("https://other", "m-1", "mei@libo.example", "N", True), "other_sign_in", "belongs to another sign-in here"),
        ((IDP, "m-1", "new@libo.example", "N", True), "other_account", "which is another person's"),
        ((IDP, "off-1", "off@libo.example", "N", True), "switched_off", "Your access was switched off"),
        ((IDP, "", "new@libo.example", "N", True), "incomplete", "says nothing by which a person can be known"),
        ((IDP, "x", "", "N", True), "unknown", "was not invited here"),
    ],
)
def test_who_is_refused(store, chief, city, claims, reason, words):
    for name in ("mei", "new", "off"):
        chief.people.invite(f"{name}@libo.example", name, Role.EDITOR, city.id)
    store.sign_in(IDP, "m-1", "mei@libo.example", "", True)
    chief.people.switch_off(store.sign_in(IDP, "off-1", "off@libo.example", "", True).key)
    people = store.people.of()
    with pytest.raises(SignInRefusedError, match=words) as refused:
        store.sign_in(*claims)
    assert refused.value.reason == reason
    assert store.people.of() == people
    last = store.trail.of()[-1]
    assert (last.deed, last.detail, last.number) == (Deed.SIGN_IN_REFUSED, reason, 0)


def test_a_person_whose_data_were_removed_is_a_stranger(store, chief, editor):
    account = store.sign_in(IDP, "m-1", "mei@libo.example", "", True)
    chief.people.forget(account.key)
    with pytest.raises(SignInRefusedError) as refused:
        store.sign_in(IDP, "m-1", "mei@libo.example", "", True)
    assert refused.value.reason == "unknown"
    anew = chief.people.invite("mei@libo.example", "Mei Yang", Role.VIEWER)
    assert anew.key != account.key


# Inviting and roles


def test_what_cannot_be_invited(store, chief, city):
    for address in ("", "mei", "mei@", "@x", "a b@c", "a@b@c", "x" * 250 + "@libo.example"):
        with pytest.raises(NotAllowedError, match=r"is no e-mail address"):
            chief.people.invite(address, "", Role.EDITOR, city.id)
    with pytest.raises(NotAllowedError, match="Choose what a contributor may answer"):
        chief.people.invite("a@b.example", "", Role.CONTRIBUTOR, city.id)
    with pytest.raises(NotAllowedError, match="“budgets” is no indicator"):
        chief.people.invite("a@b.example", "", Role.CONTRIBUTOR, city.id, Scope(frozenset({"budgets"})))
    with pytest.raises(NotFoundError):
        chief.people.invite("a@b.example", "", Role.EDITOR, 99)
    with pytest.raises(NotFoundError):
        chief.people.give_role("0" * 16, Role.EDITOR, city.id)
    assert len(store.people.of()) == 1
    chief.people.invite("a@b.example", "", Role.EDITOR, city.id)
    with pytest.raises(NotAllowedError, match="has a role here already"):
        chief.people.invite("A@B.example", "", Role.VIEWER, city.id)


def test_the_last_administrator_stays(store, chief):
    key = chief.people.me().key
    for step in (
        lambda: chief.people.switch_off(key),
        lambda: chief.people.forget(key),
        lambda: chief.people.take_role(key),
        lambda: chief.people.give_role(key, Role.APPROVER),
        lambda: store.people.switch_off(key, **MACHINE),
    ):
        with pytest.raises(NotAllowedError, match="last administrator of the server"):
            step()
    second = chief.people.invite("second@libo.example", "Second", Role.ADMINISTRATOR)
    chief.people.switch_off(second.key)
    with pytest.raises(NotAllowedError):  # one who is switched off does not count
        chief.people.take_role(key)
    chief.people.switch_on(second.key)
    chief.people.take_role(key)
    with pytest.raises(NotPermittedError):
        chief.people.of()


def test_the_first_administrator_is_named_once_unless_by_force(store, chief):
    with pytest.raises(NotAllowedError, match="There is an administrator already"):
        store.people.first("other@libo.example")
    other = store.people.first("other@libo.example", force=True)
    assert other.members[0].role is Role.ADMINISTRATOR
    assert other.invited_by == "other@libo.example"  # by themselves: no name of anybody else stands there
    again = store.people.first("chief@libo.example", force=True)
    assert again.key == chief.people.me().key


def test_an_administrator_of_one_city_has_nobody_of_another(store, chief, city):
    other = store.add_city("Aarau", **MACHINE)
    local = store.acting(chief.people.invite("local@libo.example", "Local", Role.ADMINISTRATOR, city.id))
    both = local.people.invite("both@libo.example", "Both", Role.VIEWER, city.id)
    chief.people.invite("both@libo.example", "", Role.EDITOR, other.id)
    for step in (local.people.switch_off, local.people.forget):
        with pytest.raises(NotPermittedError):
            step(both.key)
    local.people.take_role(both.key, city.id)
    assert [one.city_id for one in store.people.of()[-1].members] == [other.id]
    assert both.key not in {one.key for one in local.people.of(city.id)}


# A name that is removed


@pytest.fixture
def worked(store, city, editor):
    """A year in which Mei Yang, who signed in, has done one of everything that carries a name."""
    year = editor.start_year(city.id, 2026, person="")
    editor.save(year.id, "natural_areas", WOODS, based_on=0, person="")
    source = editor.sources.save(city.id, Source("A report"), based_on=0, person="")
    kept = editor.sources.attach(source.id, "map.pdf", b"map", "application/pdf", person="")
    editor.sources.detach(kept.id, person="")
    editor.papers.save(Kind.PLAN, "70 points", {"target": 70}, based_on=0, person="", city_id=city.id)
    editor.assignments.assign(year.id, "natural_areas", department="Parks", person="")
    editor.submit(year.id, person="", reason="done")
    return year


def _told(store, city, year):
    """Everything that is handed out about a city, as one text."""
    sources = store.sources.of_city(city.id)
    return "\n".join(
        map(
            repr,
            (
                store.assessment(year.id),
                store.history(year.id, "natural_areas"),
                store.events(city.id),
                sources,
                store.sources.history(sources[0].id),
                store.changes_between(city.id, Clock().now.replace(year=2000), Clock().now.replace(year=2100)),
                store.papers.history(Kind.PLAN, "70 points", city_id=city.id),
                store.assignments.of_city(city.id),
                store.trail.of(),
                store.people.of(),
                exchange.export(store),
                exchange.export_city(store, city.id),
            ),
        )
    )


def test_a_removed_name_is_gone_everywhere_and_the_history_is_whole(store, city, chief, editor, worked):
    before = _told(store, city, worked)
    assert "Mei Yang" in before
    lines = store.history(worked.id, "natural_areas")
    number = editor.people.me().number
    gone = chief.people.forget(editor.people.me().key)
    assert (gone.name, gone.address, gone.active, gone.members) == ("", "", False, ())
    after = _told(store, city, worked)
    assert "Mei Yang" not in after
    assert "mei@libo" not in after
    assert f"a former colleague (no. {number})" in after
    (line,) = store.history(worked.id, "natural_areas")
    assert (line.after, line.time, line.version) == (lines[0].after, lines[0].time, 1)
    chinese = store.acting(chief.people.me(), "zh_Hans")
    assert chinese.history(worked.id, "natural_areas")[0].person == f"一位前同事（编号{number}）"
    with pytest.raises(NotPermittedError):
        editor.cities()


def test_nothing_that_is_handed_out_holds_a_signature_instead_of_a_name(store, city, chief, editor, worked):
    held_out = (
        store.assessment(worked.id),
        store.last_change(worked.id),
        store.changes_between(city.id, Clock().now.replace(year=2000), Clock().now.replace(year=2100)),
        store.sources.of_city(city.id),
        store.assignments.of_city(city.id),
        store.trail.of(),
        store.people.of(),
    )
    assert not list(references_in(held_out))


def test_a_removed_name_does_not_come_back_with_an_old_export(store, city, chief, editor, worked):
    old = read_document(exchange.export(store), "old.json")
    chief.people.forget(editor.people.me().key)
    plan = exchange.preview(store, old, "old.json")
    exchange.apply(store, old, "old.json", seen=plan, **MACHINE)
    assert (plan.people, plan.lines, plan.new_years) == ((), 0, ())
    assert "Mei Yang" not in _told(store, city, worked)


def test_two_of_the_same_name_are_told_apart(store, city, chief, editor):
    other = chief.people.invite("mei2@libo.example", "Mei Yang", Role.EDITOR, city.id)
    assert other.label == "Mei Yang (mei2@libo.example)"
    assert editor.people.me().label == "Mei Yang (mei@libo.example)"


WORDS = st.text(max_size=20)


@given(st.dictionaries(WORDS, st.one_of(WORDS, st.tuples(WORDS, st.integers()))))
def test_what_holds_no_signature_is_handed_out_as_it_is(value):
    assert named(value, {"account:0123456789abcdef": "Mei"}) == value


@given(st.frozensets(st.sampled_from("abc")), st.frozensets(st.sampled_from("xyz")), st.booleans())
def test_a_scope_is_read_back(indicators, components, profile):
    scope = Scope(indicators, components, profile)
    assert scope_from(write_scope(scope)) == scope


# The audit trail


def test_the_trail_tells_who_did_what_and_where(store, city, chief, editor):
    account = store.sign_in(IDP, "m-1", "mei@libo.example", "", True)
    year = editor.start_year(city.id, 2026, person="")
    editor.submit(year.id, person="")
    chief.people.give_role(account.key, Role.APPROVER, city.id)
    editor.lock_as_baseline(year.id, person="")
    editor.reopen(year.id, reason="a slip", person="")
    exchange.export_city(editor, city.id)
    chief.rename_city(city.id, "Libo", person="")
    told = [(one.person, one.deed.value, one.about_person, one.year, one.detail) for one in store.trail.of()]
    assert (
        told
        == [
            ("", "city_added", "", None, ""),
            ("", "invited", "Chen Li", None, "administrator"),
            ("Chen Li", "invited", "Mei Yang", None, "editor"),
            ("Mei Yang", "signed_in", "", None, ""),
            ("Mei Yang", "submitted", "", 2026, ""),
            ("Chen Li", "role_given", "Mei Yang", None, "approver"),
            ("Mei Yang", "locked", "", 2026, ""),
            ("Mei Yang", "reopened", "", 2026, ""),
            ("Mei Yang", "exported", "", None, "document"),
            ("Chen Li", "city_renamed", "", None, ""),
        ]
        or told[0][1] != "city_added"
    )
    assert {one.city.name for one in store.trail.of(city.id)} == {"Libo"}
    assert "signed_in" not in {one.deed.value for one in store.trail.of(city.id)}


def test_the_trail_holds_no_values_and_no_names(store, city, chief, editor, worked):
    """Not even those that people typed as a reason, a note, or the name of a file."""
    year = store.start_year(city.id, 2027, **MACHINE)
    secret = Answer(finished=Entry(Decimal("98765.4"), "%", note="Zhang San told me", source="Li Si"))
    editor.save(year.id, "budget", secret, based_on=0, person="", reason="Wang Wu wanted it")
    editor.assignments.assign(year.id, "budget", key=chief.people.me().key, note="Zhao Liu knows", person="")
    editor.submit(year.id, person="", reason="Wang Wu wanted it")
    with store.database.reading() as connection:
        rows = repr(connection.exec_driver_sql("SELECT * FROM trail").all())
    names = "Zhang", "Li Si", "Wang", "Zhao", "Mei", "mei@", "Chen", "chief@", "Operator"
    assert not [name for name in (*names, "98765", "22.49", "map") if name in rows]


def test_what_is_taken_away_and_brought_back_at_the_machine_is_written_down(cbi, store, city, chief, tmp_path):
    store.start_year(city.id, 2026, **MACHINE)
    before = len(store.trail.of())
    for command in (("export",), ("export", tmp_path / "a.csv"), ("export", tmp_path / "a.xlsx")):
        cbi(*map(str, command))
    cbi("import", str(tmp_path / "a.csv"), "--yes", "--person", "Operator")  # holds nothing new
    (tmp_path / "b.csv").write_text("indicator,value,city,year\nbudget,1.5,Libo County,2026\n")
    cbi("import", str(tmp_path / "b.csv"), "--yes", "--person", "Operator")
    cbi("backup", str(tmp_path / "b.sqlite3"))
    told = [(one.deed.value, one.detail, one.number) for one in store.trail.of()][before:]
    assert told == [
        ("store_exported", "", 0),
        ("exported", "table", 0),
        ("exported", "workbook", 0),
        ("imported", "places: 1", 0),
        ("backed_up", "", 0),
    ]
    cbi("restore", str(tmp_path / "b.sqlite3"), "--yes")
    assert [one.deed.value for one in store.trail.of()][-2:] == ["backed_up", "restored"]


def test_a_store_that_may_only_be_read_is_still_exported(new_url, opened):
    url = new_url()
    store = opened(url, clock=Clock())
    city = store.add_city("Aarau", **MACHINE)
    reader = opened(f"sqlite:///file:{url.removeprefix('sqlite:///')}?mode=ro&uri=true")
    assert json.loads(exchange.export(reader))["cities"][0]["name"] == "Aarau"
    assert exchange.export_city(reader, city.id)


# Work that was asked for


def test_work_is_done_when_it_is_answered(store, city, editor, chief):
    year = store.start_year(city.id, 2026, **MACHINE)
    mine, me = editor.assignments, editor.people.me().key
    mine.assign(year.id, "budget", key=me, due=date(2026, 11, 20), person="")
    parks = mine.assign(year.id, "ecosystem_services", department="Parks", due=date(2026, 12, 1), person="")
    mine.assign(year.id, "profile", department="Statistics", person="")
    assert [one.work for one in editor.assignments.mine()] == ["budget"]
    assert chief.assignments.mine() == ()
    (budget,) = editor.assignments.mine()
    assert (budget.done, budget.overdue(TODAY), budget.overdue(date(2026, 11, 20))) == (False, True, False)
    assert len(parks.left) == 5  # 2021: indicators 10 to 14
    editor.save(year.id, "budget", Answer(reason=Reason.CONFIDENTIAL), based_on=0, person="")
    (budget,) = editor.assignments.mine()
    assert (budget.done, budget.overdue(TODAY)) == (True, False)
    waiting = by_assignee(still_open(editor.assignments.of_city(city.id)))
    assert list(waiting) == ["Parks", "Statistics"]
    mine.take_back(parks.id, person="")
    with pytest.raises(NotFoundError):
        mine.take_back(parks.id, person="")
    assert [one.work for one in editor.assignments.of_city(city.id)] == ["budget", "profile"]
    assert [one.deed.value for one in store.trail.of(city.id)][-4:] == ["assigned"] * 3 + ["taken_back"]


def test_the_profile_is_done_when_its_needed_figures_are_there_and_confirmed(store, city, editor):
    old = store.start_year(city.id, 2025, **MACHINE)
    asked = editor.assignments.assign(old.id, "profile", department="Statistics", person="")
    assert "profile.city_area" in asked.left
    store.save(old.id, "profile.city_area", AREA, based_on=0, **MACHINE)
    new = store.start_year(city.id, 2026, from_id=old.id, **MACHINE)
    assert "profile.city_area" in editor.assignments.assign(new.id, "profile", department="S", person="").left
    store.confirm(new.id, ["profile.city_area"], **MACHINE)
    left = {one.head.year: one.left for one in editor.assignments.of_city(city.id)}
    assert "profile.city_area" not in left[2025] + left[2026]


def test_what_cannot_be_assigned(store, city, editor, chief):
    year = store.start_year(city.id, 2026, **MACHINE)
    outside = chief.people.invite("out@libo.example", "Out", Role.EDITOR, store.add_city("Aarau", **MACHINE).id)
    for work, who, words in (
        ("budgets", {"department": "Parks"}, "no indicator and no component"),
        ("budget", {}, "one person, or one department"),
        ("budget", {"department": "Parks", "key": editor.gate.key}, "one person, or one department"),
        ("budget", {"key": outside.key}, "does not work in this city"),
    ):
        with pytest.raises(NotAllowedError, match=words):
            editor.assignments.assign(year.id, work, person="", **who)
    assert "Mei Yang" in [name for _, name in editor.people.colleagues(city.id)]
    assert "Out" not in [name for _, name in editor.people.colleagues(city.id)]


def test_a_reminder_to_copy(store, city, editor):
    year = store.start_year(city.id, 2026, **MACHINE)
    assign = editor.assignments.assign
    assign(year.id, "budget", department="Finance office", due=date(2026, 11, 25), note="as printed", person="")
    assign(year.id, "ecosystem_services", department="Finance office", due=date(2026, 12, 1), person="")
    assign(year.id, "profile", department="Finance office", person="")
    open_ = editor.assignments.of_city(city.id)
    assert reminder(open_, TODAY, "en").splitlines() == [
        "Dear Finance office,",
        "",
        "these answers to the City Biodiversity Index of Libo County for 2026 still wait for you:",
        "– 16 Budget Allocated to Biodiversity, until November 25, 2026 (1 day overdue) – as printed",
        "– Ecosystem services provided by biodiversity (5 answers left), until December 1, 2026",
        f"– City profile ({len(open_[2].left)} answers left)",
        "",
        "Thank you.",
    ]
    chinese = reminder(open_, TODAY, "zh_Hans").splitlines()
    assert "2026年11月25日" in chinese[3]
    assert "逾期1天" in chinese[3]
    assert not [line for line in chinese if "left" in line or "until" in line]
    store.save(year.id, "budget", Answer(reason=Reason.NO_DATA), based_on=0, **MACHINE)
    assert "Budget" not in reminder(editor.assignments.of_city(city.id), TODAY, "en")
    assert reminder([], TODAY, "en") == ""


# Moving to another store


def _moved(store, other):
    document = read_document(exchange.export(store), "all.json")
    plan = exchange.preview(other, document, "all.json")
    return exchange.apply(other, document, "all.json", seen=plan, **MACHINE)


def test_a_move_to_another_database_loses_nothing(store, city, chief, editor, worked, new_url, opened):
    """From SQLite and from PostgreSQL; the other way is the same test with the other address."""
    gone = chief.people.invite("gone@libo.example", "Gone", Role.CONTRIBUTOR, city.id, Scope(frozenset({"budget"})))
    chief.people.forget(gone.key)
    store.sign_in(IDP, "m-1", "mei@libo.example", "", True)
    other = opened(new_url(), clock=Clock())
    plan = _moved(store, other)
    assert plan.people == ("Chen Li", "Mei Yang", "–")
    assert plan.assignments == 1
    there = other.find_city("Libo County")
    assert held(other) == held(store)
    _same_people(store, other)
    trail = [(one.time, one.person, one.deed, one.about_person, one.detail, one.year) for one in store.trail.of()]
    found = [(one.time, one.person, one.deed, one.about_person, one.detail, one.year) for one in other.trail.of()]
    assert set(trail) - set(found) == {one for one in trail if one[2] is Deed.STORE_EXPORTED}
    assert other.sign_in(IDP, "m-1", "mei@libo.example", "", False).name == "Mei Yang"
    mei = other.acting(editor.people.me())
    assert mei.assignments.of_city(there.id)[0].assignee == "Parks"
    assert mei.start_year(there.id, 2027, person="").year == 2027
    assert _moved(store, other).lines == 0


def _same_people(store, other):
    def told(of):
        names = {city.id: city.name for city in of.cities()}
        return [
            (
                *(one.key, one.number, one.label, one.address, one.active, one.linked, one.invited_by, one.removed_at),
                *((member.role, names.get(member.city_id), member.scope) for member in one.members),
            )
            for one in of.people.of()
        ]

    assert told(store) == told(other)


@pytest.mark.parametrize("url", [pytest.param("postgresql", marks=ON_A_SERVER)], indirect=True)
def test_from_sqlite_to_postgresql(store, new_url, opened):
    """``store`` is on PostgreSQL here; what is brought in comes from SQLite."""
    laptop = opened(new_url(), clock=Clock())
    chief = laptop.acting(laptop.people.first("chief@libo.example", "Chen Li"))
    city = chief.add_city("Libo County", person="")
    mei = laptop.acting(chief.people.invite("mei@libo.example", "Mei Yang", Role.EDITOR, city.id))
    year = mei.start_year(city.id, 2026, person="")
    mei.save(year.id, "natural_areas", WOODS, based_on=0, person="")
    mei.assignments.assign(year.id, "budget", department="Parks", due=TODAY, person="")
    _moved(laptop, store)
    assert held(store) == held(laptop)
    _same_people(laptop, store)
    here = store.acting(mei.people.me())
    assert here.save(store.latest(), "natural_areas", MORE_WOODS, based_on=1, person="").version == 2
    assert store.acting(chief.people.me()).people.invite("new@libo.example", "New", Role.VIEWER).number == 3


def test_the_same_person_under_another_key_is_one_person(store, city, chief, editor, worked, new_url, opened):
    other = opened(new_url(), clock=Clock())
    known = other.people.first("mei@libo.example", "Mei")
    plan = _moved(store, other)
    assert plan.people == ("Chen Li",)
    assert [one.address for one in other.people.of()] == ["mei@libo.example", "chief@libo.example"]
    line = other.history(other.latest(), "natural_areas")[0]
    assert line.person == "Mei"
    assert other.people.of()[0].members == known.members  # an import gives nobody who is known a role
    assert exchange.preview(other, read_document(exchange.export(store), "x.json"), "x.json").lines == 0


def test_one_sign_in_is_not_two_persons(store, city, chief, editor, new_url, opened):
    other = opened(new_url(), clock=Clock())
    other.people.first("other@libo.example", "Other")
    for one, address in ((store, "mei@libo.example"), (other, "other@libo.example")):
        one.sign_in(IDP, "m-1", address, "", True)
    before = held(other)
    with pytest.raises(NotAllowedError, match="sign-in of Mei Yang belongs to another person here"):
        _moved(store, other)
    assert held(other) == before


def test_the_export_of_a_city_holds_names_and_nothing_else_of_people(
    store, city, chief, editor, worked, new_url, opened
):
    store.add_city("Aarau", **MACHINE)
    data = exchange.export_city(editor, city.id)
    document = json.loads(data)
    assert [one["name"] for one in document["cities"]] == ["Libo County"]
    assert document["accounts"] == [{"signature": editor.signature, "name": "Mei Yang"}]
    assert not {"trail", "papers"} & document.keys()
    for word in ("@libo", "assignments", "Chen Li", "Aarau"):
        assert word not in data.decode()
    other = opened(new_url(), clock=Clock())
    read = read_document(data, "libo.json")
    exchange.apply(other, read, "libo.json", seen=exchange.preview(other, read, "libo.json"), **MACHINE)
    assert other.history(other.latest(), "natural_areas")[0].person == "Mei Yang"
    (account,) = other.people.of()
    assert (account.active, account.address, account.members) == (False, "", ())  # nobody can sign in by that
    assert exchange.preview(store, read, "libo.json").empty


def test_a_document_that_is_signed_by_nobody_in_it_is_refused(store, city, chief, editor, worked):
    data = json.loads(exchange.export(store))
    data["accounts"] = data["accounts"][:1]
    with pytest.raises(DocumentError, match="whose account is not in it"):
        read_document(json.dumps(data).encode(), "x.json")


def test_a_document_from_before_there_were_people(store, city, year):
    data = json.loads(exchange.export(store)) | {"version": 3}
    data.pop("trail")
    assert exchange.preview(store, read_document(json.dumps(data).encode(), "old.json"), "old.json").empty


# The command line


@pytest.fixture
def cbi(url, capsys, monkeypatch):
    monkeypatch.setenv("CBI_DATABASE", url)

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main(list(arguments))
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


def test_people_on_the_command_line(cbi, store, city):
    by = ("--person", "Operator")
    assert "Nobody is invited yet." in cbi("people", "list")[1]
    assert (
        "administrator, whole server  invited" in cbi("people", "first", "Chief@libo.example", "--name", "Chen Li")[1]
    )
    code, _, err = cbi("people", "first", "x@libo.example")
    assert (code, "add --force" in err) == (1, True)
    invite = ("people", "invite", "wu@libo.example", "--role", "contributor", "--city", "Libo County")
    assert "--person NAME" in cbi(*invite, "--only", "budget")[2]
    out = cbi(*invite, "--only", "16, governance,profile", *by)[1]  # 16 is budget
    assert "contributor, Libo County: budget, governance, profile" in out
    assert "editor, Libo County" in cbi("people", "role", "WU@libo.example", "editor", "--city", "Libo County", *by)[1]
    assert "switched off" in cbi("people", "off", "wu@libo.example", *by)[1]
    assert "switched off" not in cbi("people", "on", "wu@libo.example", *by)[1]
    assert "editor" not in cbi("people", "role", "wu@libo.example", "none", "--city", "Libo County", *by)[1]
    assert "To do it, say the same with --yes" in cbi("people", "forget", "wu@libo.example", *by)[1]
    assert len(store.people.of()) == 2
    assert "“a former colleague (no. 2)”" in cbi("people", "forget", "wu@libo.example", "--yes", *by)[1]
    for wrong in (("off", "wu@libo.example"), ("list", "--city", "Atlantis")):
        code, _, err = cbi("people", *wrong)
        assert (code, bool(err.strip()), "Traceback" in err) == (1, True, False)
    assert "一位前同事（编号2）" in cbi("people", "list", "--language", "zh_Hans")[1]


def test_the_audit_trail_on_the_command_line(cbi, store, city, chief):
    chief.rename_city(city.id, "=1+1", person="")
    out = cbi("audit")[1]
    assert "Chen Li         city renamed" in out
    assert "at the machine  city added" in out
    lines = cbi("audit", "--csv")[1].splitlines()
    assert lines[0] == "time,account,person,deed,about,about_person,city,year,edition,detail"
    assert lines[-1].endswith("+00:00,1,Chen Li,city_renamed,,,'=1+1,,,")
    assert len(cbi("audit", "--csv", "--city", "=1+1")[1].splitlines()) == 3
    assert "服务器本机" in cbi("audit", "--language", "zh_Hans")[1]


def test_the_address_of_somebody_without_a_name_is_for_those_who_manage_people(store, city, chief):
    nameless = chief.people.invite("quiet@libo.example", "", Role.EDITOR, city.id)
    viewer = store.acting(chief.people.invite("guest@libo.example", "Guest", Role.VIEWER, city.id))
    own = store.acting(nameless)
    year = own.start_year(city.id, 2026, person="")
    own.save(year.id, "natural_areas", WOODS, based_on=0, person="")

    def signed(one):
        return one.history(year.id, "natural_areas")[0].person

    assert signed(chief) == signed(own) == "quiet@libo.example"
    assert signed(viewer) == f"a colleague (no. {nameless.number})"

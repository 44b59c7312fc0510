"""Every service with every role: done, or refused with nothing changed; and what changes at once."""

from __future__ import annotations

import ast
import inspect
import shutil
import uuid
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from cbi.assessment import Answer, Entry
from cbi.corrections.keeping import keep_check, keep_correction
from cbi.corrections.said import key_of
from cbi.definitions import EDITIONS, edition
from cbi.store import administration, backup, beside, exchange, open_store, tables
from cbi.store.copying import at
from cbi.store.database import Database
from cbi.store.document import read_document
from cbi.store.errors import NotFoundError, NotPermittedError
from cbi.store.records import Kind, Source
from cbi.store.rights import LEAST, RIGHTS, Member, Right, Role, Scope
from cbi.store.store import Store
from tests.corrections.given import check, correction

from .conftest import AREA, MORE_WOODS, WOODS, Clock
from .matrix import ROWS, WHO

HOME = Path(__file__).parents[2]
BUDGET = Answer(finished=Entry(Decimal("1.0"), "%"))
ONLY_BUDGET = Scope(indicators=frozenset({"budget"}))
MEI = {"person": "Mei"}


def _ids(store):
    """Fill a store with two cities and a person for each role, and give what its parts are known by."""
    s = SimpleNamespace()
    s.city, s.other_city = store.add_city("Libo County", **MEI).id, store.add_city("Aarau", **MEI).id
    s.submitted = store.start_year(s.city, 2016, "2014", **MEI).id
    store.save(s.submitted, "profile.city_area", AREA, based_on=0, **MEI)
    store.save(s.submitted, "budget", BUDGET, based_on=0, **MEI)
    store.submit(s.submitted, **MEI)
    _people(store, s)
    s.next = store.start_year(s.city, 2027, **MEI).id
    for version, number in enumerate(("3", "4")):
        store.save(s.next, "projects", Answer(finished=Entry(Decimal(number))), based_on=version, **MEI)
    s.year = store.start_year(s.city, 2026, from_id=s.submitted, **MEI).id
    finance = store.acting(s.keys["contributor"])
    for version, number in enumerate(("1.0", "1.2")):
        finance.save(s.year, "budget", Answer(finished=Entry(Decimal(number), "%")), based_on=version, person="")
    s.other_year = store.start_year(s.other_city, 2026, **MEI).id
    s.source = store.sources.save(s.city, Source("A report"), based_on=0, **MEI).id
    s.attachment, s.sha256 = _attached(store, s.source, b"map")
    s.removed, _ = _attached(store, s.source, b"old map")
    store.sources.detach(s.removed, **MEI)
    _, s.other_sha256 = _attached(store, store.sources.save(s.other_city, Source("B"), based_on=0, **MEI).id, b"other")
    keep_check(store, s.city, edition("2021"), check("green_infrastructure"), today=check().on, based_on=0, **MEI)
    s.checked = key_of("2021", "green_infrastructure")
    s.assignment = store.assignments.assign(s.year, "projects", department="Parks", **MEI).id
    return s


def _people(store, s):
    roles = [Member(Role(number), s.city) for number in (1, 3, 4, 5)]
    given = dict(zip(("viewer", "editor", "approver", "administrator"), roles, strict=True))
    given |= {"contributor": Member(Role.CONTRIBUTOR, s.city, ONLY_BUDGET), "mate": Member(Role.VIEWER, s.city)}
    given |= {"elsewhere": Member(Role.ADMINISTRATOR, s.other_city), "both": Member(Role.EDITOR, s.city)}
    given |= {name: Member(Role.ADMINISTRATOR) for name in ("server", "off")}
    s.keys = {
        name: store.people.invite(f"{name}@libo.example", name.title(), one.role, one.city_id, one.scope, **MEI).key
        for name, one in given.items()
    }
    s.mate, s.both = s.keys["mate"], s.keys["both"]
    store.people.invite("both@libo.example", "", Role.VIEWER, s.other_city, **MEI)
    store.people.switch_off(s.keys["off"], **MEI)


def _attached(store, source_id, data):
    found = store.sources.attach(source_id, "map.pdf", data, "application/pdf", **MEI)
    return found.id, found.sha256


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """A filled store as a file to copy, and what its parts are known by."""
    folder = tmp_path_factory.mktemp("scene")
    store = open_store(f"sqlite:///{folder / 'scene.sqlite3'}", clock=Clock())
    ids = _ids(store)
    ids.document = read_document(exchange.export(store), "all.json")
    other = open_store(f"sqlite:///{folder / 'other.sqlite3'}", clock=Clock())
    other.add_city("Chengdu", **MEI)
    ids.document = read_document(exchange.export(other), "other.json")
    ids.backup = folder / "backup.sqlite3"
    backup.backup(store, ids.backup)
    store.close()
    other.close()
    return folder / "scene.sqlite3", ids


@pytest.fixture
def fresh(scene, tmp_path):
    """Open copies of the scene; gives the store of the machine and what its parts are known by."""
    file, ids = scene
    opened_here = []

    def make():
        copy = tmp_path / f"{uuid.uuid4().hex}.sqlite3"
        shutil.copy(file, copy)
        store = Store(Database(at(copy)), Clock())
        opened_here.append(store)
        more = {"machine": store, "head": store.heads(ids.city)[1], "new_file": lambda: copy.with_suffix(".copy")}
        changes = {"last_change": store.last_change(ids.year), "last_change_next": store.last_change(ids.next)}
        return store, SimpleNamespace(**vars(ids), **more, **changes)

    yield make
    for store in opened_here:
        store.close()


def _everything(store):
    """Every row of every table: nothing may change by what was refused."""
    with store.database.reading() as connection:
        return [connection.execute(select(table)).all() for table in tables.metadata.sorted_tables]


@pytest.mark.parametrize("row", ROWS, ids=[f"{number}-{row[1]}" for number, row in enumerate(ROWS)])
def test_who_may_do_what(row, fresh):
    signs, _, call = row
    wanted = dict(zip(WHO, signs.split(), strict=True))
    store, ids = fresh()
    before = _everything(store)
    for who in (one for one in WHO if wanted[one] == "-"):
        with pytest.raises(NotPermittedError):
            call(store.acting(ids.keys[who]), ids)
        assert _everything(store) == before, who
    for who in (one for one in WHO if wanted[one] == "+"):
        store, ids = fresh()
        call(store.acting(ids.keys[who]), ids)


def _public(part, name=""):
    found = inspect.getmembers(part, inspect.isfunction)
    return {f"{name}{one}" for one, _ in found if not one.startswith("_")}


def test_no_service_is_forgotten():
    """A new public method of the store has to say here who may do it."""
    known = _public(Store) | _public(beside.Sources, "sources.") | _public(beside.Papers, "papers.")
    known |= _public(administration.People, "people.") | _public(administration.Trail, "trail.")
    known |= _public(administration.Assignments, "assignments.")
    known |= {f"exchange.{name}" for name in ("export", "export_city", "preview", "apply")}
    known |= {"backup.backup", "backup.restore_into"}
    free = {"acting", "close", "reconnect"}  # they look at nothing and change nothing
    assert {name for _, name, _ in ROWS} == known - free


def test_only_the_gate_opens_transactions():
    """What reaches the database past the gate asks nobody: only what makes and copies whole databases may."""
    allowed = {f"store/{name}.py" for name in ("gate", "database", "migrating", "backup", "checked", "copying")}
    for file in (HOME / "cbi").rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(file.read_text("utf-8"))) if isinstance(node, ast.Call)]
        opens = {one.func.attr for one in calls if isinstance(one.func, ast.Attribute)} & {"reading", "writing"}
        if file.relative_to(HOME / "cbi").as_posix() not in allowed:
            assert not opens or file.name == "store.py", file  # of which more below
    methods = inspect.getmembers(Store, inspect.isfunction)
    past = {name for name, one in methods if "database" in one.__code__.co_names}
    assert past == {"__init__", "acting", "reconnect", "close"}
    assert "database" not in inspect.getsource(beside) + inspect.getsource(administration)


def test_every_right_has_a_role_and_words():
    assert set(LEAST) == set(Right) - {Right.OWN}
    assert set(RIGHTS) == set(Right)


# What a contributor may do, place by place


def test_a_contributor_sees_the_whole_city_and_adds_sources(fresh):
    store, s = fresh()
    finance = store.acting(s.keys["contributor"])
    assert [head.year for head in finance.heads(s.city)] == [2016, 2026, 2027]
    assert finance.assessment(s.next).assessment.answers["projects"].finished.value == 4
    mine = finance.sources.save(s.city, Source("Budget 2026"), based_on=0, person="")
    mine = finance.sources.save(s.city, Source("Budget 2026", "Finance office"), based_on=1, person="")
    file = finance.sources.attach(mine.id, "b.pdf", b"b", "application/pdf", person="")
    finance.sources.detach(file.id, person="")
    finance.sources.bring_back(file.id, person="")
    store.sources.save(s.city, Source("Budget 2026", "Finance office", 2026), based_on=2, **MEI)
    with pytest.raises(NotPermittedError, match="change sources and files that others added"):
        finance.sources.save(s.city, Source("Budget 2026", "Finance"), based_on=3, person="")


def test_a_contributor_with_a_component_and_the_profile(fresh):
    store, s = fresh()
    scope = Scope(components=frozenset({"native_biodiversity"}), profile=True)
    store.people.give_role(s.mate, Role.CONTRIBUTOR, s.city, scope, **MEI)
    mate = store.acting(s.mate)
    assert mate.save(s.year, "natural_areas", WOODS, based_on=0, person="").added
    assert mate.save(s.year, "profile.city_area", AREA, based_on=1, person="").version in (1, 2)
    with pytest.raises(NotPermittedError, match="it is not among those given to you"):
        mate.save(s.year, "budget", BUDGET, based_on=2, person="")
    with pytest.raises(NotPermittedError):
        mate.confirm(s.year, ["natural_areas", "budget"], person="")
    store.people.give_role(s.mate, Role.CONTRIBUTOR, s.city, ONLY_BUDGET, **MEI)
    with pytest.raises(NotPermittedError):
        mate.save(s.year, "natural_areas", MORE_WOODS, based_on=1, person="")


def test_of_all_that_waits_a_contributor_confirms_what_is_theirs(fresh):
    store, s = fresh()
    assert store.acting(s.keys["contributor"]).confirm(s.year, person="") == ()
    assert "profile.city_area" in store.assessment(s.year).carried
    store.people.give_role(s.mate, Role.CONTRIBUTOR, s.city, Scope(profile=True), **MEI)
    assert store.acting(s.mate).confirm(s.year, person="") == ("profile.city_area",)


@pytest.mark.parametrize("edition_id", EDITIONS)
def test_a_component_covers_its_indicators_in_each_edition(edition_id):
    for one in edition(edition_id).indicators:
        for component in edition(edition_id).components:
            scope = Scope(components=frozenset({component.id}))
            assert scope.covers(one.id, edition_id) == (one.component == component.id)


# At once


def test_a_person_who_is_switched_off_is_stopped_at_the_next_call(fresh):
    store, s = fresh()
    editor = store.acting(s.keys["editor"])
    assert editor.save(s.year, "natural_areas", WOODS, based_on=0, person="").version == 1
    store.people.switch_off(s.keys["editor"], **MEI)
    for call in (
        lambda: editor.save(s.year, "natural_areas", MORE_WOODS, based_on=1, person=""),
        lambda: editor.assessment(s.year),
        editor.cities,
        editor.granted,
    ):
        with pytest.raises(NotPermittedError, match=r"access was switched off\. Ask Server to switch"):
            call()
    store.people.switch_on(s.keys["editor"], **MEI)
    assert editor.save(s.year, "natural_areas", MORE_WOODS, based_on=1, person="").version == 2


def test_a_changed_role_counts_at_the_next_call(fresh):
    store, s = fresh()
    person = store.acting(s.keys["approver"])
    person.lock_as_baseline(s.submitted, person="")
    store.people.give_role(s.keys["approver"], Role.EDITOR, s.city, **MEI)
    with pytest.raises(NotPermittedError) as refused:
        person.reopen(s.submitted, reason="a slip", person="")
    assert str(refused.value) == (
        "You may not reopen a year. It takes the role “approver”; yours is: editor. Ask Administrator, Server to give "
        "it to you."
    )
    store.people.take_role(s.keys["approver"], s.city, **MEI)
    with pytest.raises(NotPermittedError):
        person.heads(s.city)
    assert person.cities() == ()


def test_an_account_that_never_was_may_do_nothing(fresh):
    store, s = fresh()
    with pytest.raises(NotPermittedError):
        store.acting("0" * 16).assessment(s.year)


# Only one's own city


def test_lists_hold_only_what_one_may_see(fresh):
    store, s = fresh()
    elsewhere, server = store.acting(s.keys["elsewhere"]), store.acting(s.keys["server"])
    assert [city.name for city in elsewhere.cities()] == ["Aarau"]
    assert [city.name for city in server.cities()] == ["Aarau", "Libo County"]
    assert elsewhere.find_city("Libo County") is None
    assert elsewhere.latest() == s.other_year
    assert store.acting(s.keys["viewer"]).latest() == s.year
    assert store.acting(s.keys["viewer"]).granted().cities() == {s.city}


def test_a_refusal_does_not_tell_what_another_city_is_called_or_who_works_there(fresh):
    store, s = fresh()
    for wanted in (s.year, 999):  # one of another city, and one that never was
        with pytest.raises(NotPermittedError) as refused:
            store.acting(s.keys["elsewhere"]).assessment(wanted)
        assert str(refused.value) == (
            "You may not see this city. It takes the role “viewer”; yours is: none. Ask Server to give it to you."
        )
    with pytest.raises(NotFoundError):
        store.acting(s.keys["server"]).assessment(999)


def test_a_year_is_not_started_from_another_citys(fresh):
    store, s = fresh()
    with pytest.raises(Exception, match="another year of the same city"):
        store.acting(s.keys["elsewhere"]).start_year(s.other_city, 2031, from_id=s.year, person="")


# Who signed


def test_the_account_signs_whatever_name_is_said(fresh):
    store, s = fresh()
    editor = store.acting(s.keys["editor"])
    editor.save(s.year, "natural_areas", WOODS, based_on=0, person="Somebody else")
    assert store.history(s.year, "natural_areas")[-1].person == "Editor"
    assert store.assessment(s.year).persons["natural_areas"] == "Editor"
    approver = store.acting(s.keys["approver"])
    keep_correction(approver, s.city, edition("2021"), correction(person="Somebody else"), based_on=0, person="X")
    assert [one.person for one in store.history_of(s.city).bands.corrections] == ["Approver"]


def test_nobody_types_the_signature_of_another(fresh):
    store, s = fresh()
    with pytest.raises(Exception, match="carries the name of the person"):
        store.save(s.year, "natural_areas", WOODS, based_on=0, person=f"account:{s.keys['editor']}")


def test_a_conflict_names_the_other_person(fresh):
    store, s = fresh()
    store.acting(s.keys["editor"]).save(s.year, "natural_areas", WOODS, based_on=0, person="")
    with pytest.raises(Exception, match=r"^Editor saved “22\.49 km²” here at") as conflict:
        store.acting(s.keys["approver"]).save(s.year, "natural_areas", MORE_WOODS, based_on=0, person="")
    assert (conflict.value.theirs.person, conflict.value.mine.person) == ("Editor", "Approver")


def test_what_one_sees_is_undone_though_it_is_signed(fresh):
    store, s = fresh()
    editor = store.acting(s.keys["editor"])
    editor.save(s.year, "natural_areas", WOODS, based_on=0, person="")
    (line,) = editor.undo(s.year, editor.last_change(s.year), person="")
    assert (line.after, line.person) == (None, "Editor")


def test_ones_own_setting_is_nobody_elses(fresh):
    store, s = fresh()
    viewer, editor = store.acting(s.keys["viewer"]), store.acting(s.keys["editor"])
    viewer.papers.save(Kind.SETTING, f"speech of {viewer.signature}", {"language": "en"}, based_on=0, person="")
    with pytest.raises(NotPermittedError, match="settings of the whole server"):
        editor.papers.save(Kind.SETTING, f"speech of {viewer.signature}", {}, based_on=1, person="")

"""The whole store out and in again, identical; merging into a filled store, with a preview."""

from __future__ import annotations

import base64
import json
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbi.assessment import Answer, Assessment, Entry, Reason
from cbi.store import exchange, open_store
from cbi.store.document import is_document, read_document
from cbi.store.errors import DocumentError, OutdatedError
from cbi.store.paper_contents import LARGEST_PAPER, write_paper
from cbi.store.records import Event, Happening, Kind
from cbi.tables import read_table
from tests.effort import examples

from .conftest import AREA, MORE_WOODS, WOODS, Clock, held
from .test_contents import ANSWERS, ENTRIES, IDS
from .test_papers import CONTENTS as PAPERS

DEMO = Path(__file__).parents[2] / "data" / "demo" / "example-city.csv"


@pytest.fixture
def full(store):
    """A store with everything in it: two cities, two years, states, sources, files, cleared places, papers."""
    city = store.add_city("Libo County", person="Mei")
    store.add_city("Zürich 苏黎世", person="Jonas")
    old = store.start_year(city.id, 2016, "2014", person="Mei")
    store.save(old.id, "natural_areas", WOODS, based_on=0, person="Mei")
    store.save(old.id, "profile.city_area", AREA, based_on=0, person="Mei")
    store.submit(old.id, person="Mei")
    store.lock_as_baseline(old.id, person="Mei", reason="first application")
    new = store.start_year(city.id, 2026, person="Jonas", from_id=old.id)
    store.confirm(new.id, ["natural_areas"], person="Jonas")
    store.save(new.id, "natural_areas", MORE_WOODS, based_on=1, person="Jonas", reason="new map")
    store.undo(new.id, store.last_change(new.id), person="Jonas")
    store.restore(new.id, "natural_areas", 2, based_on=3, person="Mei")
    store.save(new.id, "budget", Answer(reason=Reason.CONFIDENTIAL, note="机密"), based_on=0, person="Mei")
    store.save(new.id, "budget", None, based_on=1, person="Mei")
    source = store.sources.of_city(city.id)[0]
    store.sources.save(city.id, replace(source.source, organisation="Office"), based_on=1, person="Mei")
    kept = store.sources.attach(source.id, "map.pdf", b"\x00\xff", "application/pdf", person="Mei")
    gone = store.sources.attach(source.id, "old.pdf", b"old", "application/pdf", person="Mei")
    store.sources.detach(gone.id, person="Jonas")
    assert kept.size == 2
    for owner in ({}, {"city_id": city.id}, {"assessment_id": old.id}, {"assessment_id": new.id}):
        for version, content in enumerate(({"n": 1, "目标": ["70"]}, {"n": 2}, None)):
            store.papers.save(Kind.SCENARIO, "more trees", content, based_on=version, person="Mei", **owner)
        store.papers.save(Kind.PLAN, "70 points", {"owner": str(owner), "b": None}, based_on=0, person="Jonas", **owner)
    return store


def _import(store, incoming, name="in.json", person="Mei"):
    plan = exchange.preview(store, incoming, name)
    return exchange.apply(store, incoming, name, seen=plan, person=person)


def test_out_and_in_is_identical(full, new_url, opened):
    data = exchange.export(full)
    assert is_document(data)
    other = opened(new_url())
    document = read_document(data, "all.json")
    plan = _import(other, document)
    assert plan.new_cities == ("Libo County", "Zürich 苏黎世")
    assert plan.new_years == (("Libo County", 2016, "2014"), ("Libo County", 2026, "2021"))
    assert (plan.files, plan.problems) == (2, ())
    assert [(paper.owner, paper.kind.value, paper.is_new) for paper in plan.papers] == [
        ("Libo County", "plan", True),
        ("Libo County", "scenario", True),
        ("Libo County 2016 (2014)", "plan", True),
        ("Libo County 2016 (2014)", "scenario", True),
        ("Libo County 2026 (2021)", "plan", True),
        ("Libo County 2026 (2021)", "scenario", True),
        ("", "plan", True),
        ("", "scenario", True),
    ]
    assert held(other) == {**json.loads(data), "trail": []}
    (source,) = [one for one in other.sources.of_city(other.find_city("Libo County").id) if one.removed]
    assert other.sources.file(source.removed[0].sha256) == b"old"  # what was removed can be brought back there too
    assert _import(other, document).empty
    assert held(other) == {**json.loads(data), "trail": []}
    assert "苏黎世" in data.decode()
    city = other.find_city("Libo County")
    assert [head.year for head in other.heads(city.id) if head.is_baseline] == [2016]
    assert other.last_time(other.heads(city.id)[1].id).year == 2016
    assert other.sources.of_city(city.id)[0].attachments[0].name == "map.pdf"
    assert other.sources.cited_by(other.sources.of_city(city.id)[0].id) != ()
    (there,) = other.papers.of(Kind.PLAN, assessment_id=other.heads(city.id)[0].id)
    assert (there.key, there.person, there.city_id) == ("70 points", "Jonas", city.id)
    assert [paper.version for paper in other.papers.history(Kind.SCENARIO, "more trees")] == [1, 2, 3]


CONTENTS = st.dictionaries(IDS, ANSWERS, max_size=4), st.dictionaries(IDS, ENTRIES, max_size=4)


@settings(max_examples=examples(15))
@given(st.data())
def test_any_store_goes_out_and_in(tmp_path_factory, data):
    folder = tmp_path_factory.mktemp("round")
    stores = [open_store(f"sqlite:///{folder / name}.sqlite3", clock=Clock()) for name in "ab"]
    try:
        first, second = stores
        city = first.add_city("A", person="Mei")
        year = first.start_year(city.id, 2026, person="Mei")
        for contents, prefix in zip(CONTENTS, ("", "profile."), strict=True):
            for name, content in data.draw(contents).items():
                if name != "profile":
                    first.save(year.id, prefix + name, content, based_on=0, person="Mei")
        drawn = data.draw(st.lists(PAPERS, max_size=3, unique_by=write_paper))
        for number, content in enumerate(drawn):
            _paper(first, content, based_on=number, city_id=city.id)
            _paper(first, content, kind=Kind.SETTING, based_on=number)
        document = exchange.export(first)
        _import(second, read_document(document, "a.json"))
        assert held(second) == {**json.loads(document), "trail": []}
    finally:
        for store in stores:
            store.close()


def test_the_preview_saves_nothing_and_says_old_and_new(store, year, new_url, opened):
    other = opened(new_url(), clock=Clock())
    there = other.start_year(other.add_city("Libo County", person="Jonas").id, 2026, person="Jonas")
    other.save(there.id, "natural_areas", MORE_WOODS, based_on=0, person="Jonas")
    store.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei")
    document = read_document(exchange.export(other), "other.json")
    before = held(store)
    plan = exchange.preview(store, document, "other.json")
    assert held(store) == before
    (change,) = plan.changes
    assert (change.place, change.before, change.after, change.here[0]) == ("natural_areas", WOODS, MORE_WOODS, "Mei")
    exchange.apply(store, document, "other.json", seen=plan, person="Mei")
    lines = store.history(year.id, "natural_areas")
    assert [(line.version, line.person, line.after) for line in lines] == [(1, "Mei", WOODS), (2, "Jonas", MORE_WOODS)]
    assert store.events(year.city.id)[-1].kind.value == "imported"
    assert exchange.preview(store, document, "other.json").empty


def test_a_longer_history_of_the_same_store_continues_ours(store, year, new_url, opened):
    store.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei")
    laptop = opened(new_url(), clock=Clock())
    _import(laptop, read_document(exchange.export(store), "a.json"))
    there = laptop.heads(laptop.find_city("Libo County").id)[0]
    laptop.clock.now = store.clock.now
    laptop.save(there.id, "natural_areas", MORE_WOODS, based_on=1, person="Jonas")
    laptop.undo(there.id, laptop.last_change(there.id), person="Jonas")
    plan = _import(store, read_document(exchange.export(laptop), "b.json"))
    assert (plan.lines, plan.changes) == (2, ())
    assert [line.of_version for line in store.history(year.id, "natural_areas")] == [None, None, 2]
    back = _import(laptop, read_document(exchange.export(store), "a.json"))
    assert (back.lines, back.problems) == (0, ())


def test_it_is_kept_who_brought_whole_years_from_which_file(full, new_url, opened):
    """That is a matter of the store they came to: its own document does not hold it, so it is the same again."""
    other = opened(new_url(), clock=Clock())
    data = exchange.export(full)
    _import(other, read_document(data, "all.json"), "all.json", person="Ana")
    cities = {city.name: other.events(city.id)[-1] for city in other.cities()}
    assert {name: (event.kind, event.person, event.reason) for name, event in cities.items()} == {
        "Libo County": (Happening.IMPORTED, "Ana", "all.json: 2016 (2014), 2026 (2021)"),
        "Zürich 苏黎世": (Happening.IMPORTED, "Ana", "all.json"),
    }
    assert held(other) == {**json.loads(data), "trail": []}
    assert [event.person for event in other.events(cities["Libo County"].city_id) if _brought(event)] == ["Ana"]
    _import(other, read_document(data, "all.json"), "again.json", person="Ana")
    assert [event.reason for event in other.events(cities["Zürich 苏黎世"].city_id)][-1] == "all.json"
    more = _broken(data, lambda d: d["cities"][0]["years"][1].update(year=2027))
    _import(other, read_document(more, "more.json"), "more.json", person="Jonas")
    last = other.events(cities["Libo County"].city_id)[-1]
    assert (last.person, last.reason) == ("Jonas", "more.json: 2027 (2021)")


def _brought(event: Event) -> bool:
    return event.kind is Happening.IMPORTED and event.assessment_id is None


def test_it_is_kept_who_brought_a_new_year_in_a_table(store):
    read = read_table(DEMO)
    _import(store, read.assessments, "example-city.csv", person="Ana")
    city = store.find_city(read.assessments[0].city)
    years = {head.id: head.year for head in store.heads(city.id)}
    brought = [event for event in store.events(city.id) if event.kind is Happening.IMPORTED]
    assert [(years[event.assessment_id], event.person, event.reason) for event in brought] == [
        (year, "Ana", "example-city.csv") for year in (2016, 2021, 2024)
    ]
    _import(store, read.assessments, "again.csv", person="Ana")
    assert [event for event in store.events(city.id) if event.kind is Happening.IMPORTED] == brought


# Papers


def _paper(store, content, *, based_on=0, kind=Kind.PLAN, person="Mei", **owner):
    return store.papers.save(kind, "70 points", content, based_on=based_on, person=person, **owner)


def test_papers_that_both_sides_know_are_continued(store, city, new_url, opened):
    for version in (0, 1):
        _paper(store, {"version": version}, based_on=version, city_id=city.id)
    laptop = opened(new_url(), clock=Clock())
    _import(laptop, read_document(exchange.export(store), "a.json"))
    there = laptop.find_city("Libo County").id
    laptop.clock.now = store.clock.now
    _paper(laptop, {"version": "laptop"}, based_on=2, person="Jonas", city_id=there)
    document = read_document(exchange.export(laptop), "b.json")
    _paper(store, {"version": "office"}, based_on=2, person="Ana", city_id=city.id)
    plan = _import(store, document)
    (change,) = plan.papers
    assert (change.is_new, change.changes, change.here[0]) == (False, True, "Ana")
    assert (change.before, change.after) == ({"version": "office"}, {"version": "laptop"})
    lines = store.papers.history(Kind.PLAN, "70 points", city_id=city.id)
    assert [(one.version, one.person) for one in lines] == [(1, "Mei"), (2, "Mei"), (3, "Ana"), (4, "Jonas")]
    assert store.events(city.id)[-1].kind is Happening.IMPORTED
    assert exchange.preview(store, document, "b.json").empty


def test_a_paper_that_only_gets_older_versions_does_not_change(store, city, new_url, opened):
    _paper(store, {"a": 1}, city_id=city.id)
    other = opened(new_url(), clock=Clock())
    there = other.add_city("Libo County", person="Jonas").id
    for version, content in enumerate(({"a": 0}, {"a": 1})):
        _paper(other, content, based_on=version, person="Jonas", city_id=there)
    (change,) = _import(store, read_document(exchange.export(other), "b.json")).papers
    assert (change.is_new, change.changes) == (False, False)
    assert store.papers.get(Kind.PLAN, "70 points", city_id=city.id).content == {"a": 1}


def test_a_locked_year_takes_scenarios_and_plans_only(store, year, new_url, opened):
    other = opened(new_url(), clock=Clock())
    _import(other, read_document(exchange.export(store), "a.json"))
    there = other.heads(other.find_city("Libo County").id)[0].id
    for kind in Kind:
        _paper(other, {"a": 1}, kind=kind, assessment_id=there)
    other.save(there, "natural_areas", WOODS, based_on=0, person="Jonas")
    store.submit(year.id, person="Mei")
    plan = _import(store, read_document(exchange.export(other), "b.json"))
    assert [paper.kind for paper in plan.papers] == [Kind.PLAN, Kind.SCENARIO]
    assert [problem.code for problem in plan.problems] == ["closed"]  # said once, for answers and papers
    assert {kind for kind in Kind if store.papers.of(kind, assessment_id=year.id)} == {Kind.PLAN, Kind.SCENARIO}


def test_a_document_from_before_there_were_papers(full, new_url, opened):
    def before(data):
        data["version"] = 1
        for part in (data, *data["cities"], *(year for city in data["cities"] for year in city.get("years", []))):
            part.pop("papers", None)

    old = _broken(exchange.export(full), before)
    plan = _import(opened(new_url()), read_document(old, "old.json"))
    assert (len(plan.new_years), plan.papers, plan.problems) == (2, (), ())
    assert exchange.preview(full, read_document(old, "old.json"), "old.json").empty


def test_an_import_that_would_do_something_else_is_not_done(store, year, new_url, opened):
    incoming = [Assessment("2021", "Libo County", 2026, answers={"natural_areas": WOODS})]
    seen = exchange.preview(store, incoming, "t.csv")
    store.save(year.id, "natural_areas", MORE_WOODS, based_on=0, person="Jonas")
    with pytest.raises(OutdatedError, match="changed since the preview"):
        exchange.apply(store, incoming, "t.csv", seen=seen, person="Mei")
    assert store.assessment(year.id).assessment.answers["natural_areas"] == MORE_WOODS


def test_a_locked_year_takes_no_import(store, year):
    store.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei")
    document = exchange.export(store)
    store.undo(year.id, store.last_change(year.id), person="Mei")
    store.submit(year.id, person="Mei")
    changed = json.loads(document)
    changed["cities"][0]["years"][0]["history"][0]["person"] = "Jonas"
    tables = [Assessment("2021", "Libo County", 2026, answers={"natural_areas": MORE_WOODS})]
    for incoming in (read_document(json.dumps(changed).encode(), "a.json"), tables):
        plan = _import(store, incoming)
        assert (plan.lines, [problem.code for problem in plan.problems]) == (0, ["closed"])
        assert "the year is reopened with a reason" in plan.problems[0].sentence.text()


def test_a_plain_table_goes_in_and_only_differences_are_new(store):
    read = read_table(DEMO)
    plan = _import(store, read.assessments, "example-city.csv")
    assert [year for _, year, _ in plan.new_years] == [one.year for one in read.assessments]
    city = store.find_city(read.assessments[0].city)
    assert store.history_of(city.id).assessments == tuple(read.assessments)
    assert _import(store, read.assessments).empty
    newest = read.assessments[-1]
    changed = replace(newest, profile={**newest.profile, "population": Entry(Decimal(700_000))})
    plan = _import(store, [changed], "more.csv")
    assert [(one.place, one.after) for one in plan.changes] == [("profile.population", Entry(Decimal(700_000)))]
    head = store.heads(city.id)[-1]
    assert store.history(head.id, "profile.population")[-1].reason == "more.csv"


def test_a_table_without_city_or_year_is_left_out_with_a_sentence(store):
    plan = _import(store, [Assessment("2021", None, 2026), Assessment("2021", "A", None)])
    assert [problem.code for problem in plan.problems] == ["no_city_or_year"] * 2
    assert store.cities() == ()


SMALL = b"""{"format": "cbi-store", "version": 2,
 "cities": [{"name": "A", "years": [{"year": 2026, "edition": "2021", "definitions": "", "state": "in_progress",
  "history": [{"place": "budget", "version": 1, "act": "typed", "person": "Mei", "time": "2026-01-01T00:00:00Z"}]}]}],
 "papers": [{"kind": "plan", "key": "a", "version": 1, "person": "Mei", "time": "2026-01-01T00:00:00Z"}],
 "files": [{"sha256": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad", "bytes": "YWJj"}]}"""


def test_the_small_document_is_sound():
    assert read_document(SMALL, "small.json").files[0].bytes == b"abc"


def _broken(document, change):
    data = json.loads(document)
    change(data)
    return json.dumps(data).encode()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: d.update(version=5), "written by a newer version"),
        (lambda d: d.update(more=1), "more: Extra inputs"),
        (lambda d: d["cities"][0].pop("name"), r"cities\.0\.name"),
        (lambda d: d["cities"][0]["years"][0].update(state="gone"), r"years\.0\.state"),
        (lambda d: d["cities"][0]["years"][0]["history"][0].update(place="a b"), r"history\.0\.place"),
        (lambda d: d["cities"][0]["years"][0]["history"][0].update(content={"value": 1}), r"history\.0\.content"),
        (lambda d: d["cities"][0]["years"][0]["history"][0].update(time="2026-01-01T00:00:00"), r"history\.0\.time"),
        (lambda d: d["cities"][0]["years"][0]["history"][0].update(person=""), r"history\.0\.person"),
        (lambda d: d["papers"][0].update(kind="recipe"), r"papers\.0\.kind"),
        (lambda d: d["papers"][0].update(key="a  b"), r"papers\.0\.key: .*one line with single spaces"),
        (lambda d: d["papers"][0].update(content=[]), r"papers\.0\.content: .*holds a mapping"),
        (lambda d: d["papers"][0].update(content={"a": 0.5}), r"papers\.0\.content: .*“a” is a float"),
        (lambda d: d["papers"][0].update(content={"a": "x" * LARGEST_PAPER}), "larger than a paper may be"),
        (lambda d: d["files"][0].update(bytes="###"), r"files\.0\.bytes"),
        (lambda d: d["files"][0].update(bytes=base64.b64encode(b"x").decode()), "bytes of the file"),
    ],
)
def test_a_document_that_was_changed_by_hand_says_where(change, words):
    with pytest.raises(DocumentError, match=words):
        read_document(_broken(SMALL, change), "changed.json")


@pytest.mark.parametrize("data", [b"", b"{", b"[]", b"\xff\xfe", b"[" * 100_000, b'{"format": "cbi-store"}'])
def test_what_is_no_document(data):
    with pytest.raises(DocumentError, match="is no sound export of a store"):
        read_document(data, "x.json")


def test_a_document_without_its_file_says_so(full, new_url, opened):
    document = read_document(_broken(exchange.export(full), lambda d: d.pop("files")), "a.json")
    plan = _import(opened(new_url()), document)
    assert [problem.sentence.text() for problem in plan.problems] == [
        "The file “map.pdf” is not in the document and was left out."
    ]


def test_one_undo_takes_a_whole_import_back_and_no_more(store):
    city = store.add_city("Riverton", person="Mei")
    year = store.start_year(city.id, 2026, person="Mei")
    store.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei")
    rows = (
        "city,year,edition,indicator,input,value\nRiverton,2026,2021,27,events,10\nRiverton,2026,2021,22,agencies,3\n"
    )
    (again,) = read_table(rows.encode(), name="office.csv").assessments
    plan = exchange.preview(store, (again,), "office.csv")
    exchange.apply(store, (again,), "office.csv", seen=plan, person="Li")
    act = store.last_change(year.id)
    assert {line.reason for line in act} == {"office.csv"}
    assert len(act) == 2
    store.undo(year.id, act, person="Mei")
    assert set(store.assessment(year.id).assessment.answers) == {"natural_areas"}
    assert [line.place for line in store.last_change(year.id)] == ["natural_areas"]

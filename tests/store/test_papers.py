"""Papers: small documents beside the answers, with their versions, for a year, a city or the whole store."""

from __future__ import annotations

import json
import shutil
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from decimal import Decimal
from itertools import count, groupby
from pathlib import Path
from threading import Barrier

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import insert, select

from cbi.store import migrating, tables
from cbi.store.contents import ContentError
from cbi.store.errors import (
    ClosedError,
    NoNameError,
    NotAllowedError,
    NotFoundError,
    OutdatedError,
    OutdatedPaperError,
    TooLargeError,
)
from cbi.store.paper_contents import LARGEST_PAPER, read_paper, write_paper
from cbi.store.records import Kind, Source
from tests.effort import examples

from .conftest import AREA, MORE_WOODS, WOODS, Clock

TARGET = {"target": 70, "by": 2030, "steps": [{"indicator": "natural_areas", "effort": "2.50"}], "note": "目标"}
HIGHER = TARGET | {"target": 75}


def _save(store, content, *, kind=Kind.PLAN, key="70 points", based_on=0, person="Mei", **owner):
    return store.papers.save(kind, key, content, based_on=based_on, person=person, **owner)


# What is kept


def test_a_paper_is_there_after_a_restart(url, opened):
    first = opened(url, clock=Clock())
    city = first.add_city("Libo County", person="Mei")
    saved = _save(first, TARGET, city_id=city.id)
    first.close()
    again = opened(url).papers.get(Kind.PLAN, "70 points", city_id=city.id)
    assert again == saved
    assert (again.content, again.version, again.person, again.city_id, again.assessment_id) == (
        TARGET,
        1,
        "Mei",
        city.id,
        None,
    )


def test_year_city_and_store_have_papers_of_their_own(store, city, year):
    other = store.start_year(city.id, 2027, person="Mei")
    owners = {}, {"city_id": city.id}, {"assessment_id": year.id}, {"assessment_id": other.id}
    for number, owner in enumerate(owners):
        assert store.papers.of(Kind.SETTING, **owner) == ()
        assert store.papers.get(Kind.SETTING, "ranges", **owner) is None
        assert store.papers.history(Kind.SETTING, "ranges", **owner) == ()
        _save(store, {"number": number}, kind=Kind.SETTING, key="ranges", **owner)
    for number, owner in enumerate(owners):
        (paper,) = store.papers.of(Kind.SETTING, **owner)
        assert paper.content == {"number": number}
        assert store.papers.get(Kind.SETTING, "ranges", **owner) == paper
    assert store.papers.get(Kind.SETTING, "ranges", city_id=city.id, assessment_id=year.id).content == {"number": 2}
    assert paper.city_id == city.id
    assert store.papers.of(Kind.PLAN) == ()


def test_every_change_is_a_version_and_the_same_again_is_none(store, city):
    _save(store, TARGET, city_id=city.id)
    other_order = dict(reversed(TARGET.items()))
    assert _save(store, other_order, based_on=0, person="Jonas", city_id=city.id).person == "Mei"
    assert _save(store, HIGHER, based_on=1, person="Jonas", city_id=city.id).version == 2
    assert _save(store, TARGET, based_on=2, city_id=city.id).version == 3
    lines = store.papers.history(Kind.PLAN, "70 points", city_id=city.id)
    assert [(one.version, one.person, one.content) for one in lines] == [
        (1, "Mei", TARGET),
        (2, "Jonas", HIGHER),
        (3, "Mei", TARGET),
    ]
    assert store.papers.of(Kind.PLAN, city_id=city.id) == (lines[-1],)


def test_a_digit_more_is_another_content(store):
    _save(store, {"effort": "2.5"})
    assert _save(store, {"effort": "2.50"}, based_on=1).version == 2
    assert _save(store, {"effort": 2}, based_on=2).version == 3
    assert _save(store, {}, based_on=3).content == {}


def test_a_list_is_in_the_order_of_its_keys(store):
    for key in ("b", "Ä", "a", "Z", "中"):
        _save(store, {"key": key}, key=f"  plan   {key} ")
    assert [paper.key for paper in store.papers.of(Kind.PLAN)] == [f"plan {key}" for key in ("Z", "a", "b", "Ä", "中")]
    assert store.papers.get(Kind.PLAN, "plan  Z").content == {"key": "Z"}


def test_a_withdrawn_paper_is_gone_and_its_history_stays(store, city):
    _save(store, TARGET, city_id=city.id)
    withdrawn = _save(store, None, based_on=1, person="Jonas", city_id=city.id)
    assert (withdrawn.version, withdrawn.content, withdrawn.person) == (2, None, "Jonas")
    assert _save(store, None, based_on=1, city_id=city.id) == withdrawn
    assert store.papers.of(Kind.PLAN, city_id=city.id) == ()
    assert store.papers.get(Kind.PLAN, "70 points", city_id=city.id) is None
    assert _save(store, HIGHER, based_on=0, city_id=city.id).version == 3  # whoever sees none begins anew
    lines = store.papers.history(Kind.PLAN, "70 points", city_id=city.id)
    assert [one.content for one in lines] == [TARGET, None, HIGHER]
    _save(store, None, based_on=3, city_id=city.id)
    assert _save(store, TARGET, based_on=4, city_id=city.id).version == 5  # as does who looked at the history
    for content, seen in ((None, 0), (TARGET, 3)):
        with pytest.raises(NotFoundError, match="There is no plan “another”"):
            _save(store, content, key="another", based_on=seen, city_id=city.id)


# Two people


def test_of_two_savers_the_second_sees_both(store, city):
    first = _save(store, TARGET, person="Mei", city_id=city.id)
    with pytest.raises(OutdatedPaperError) as caught:
        _save(store, HIGHER, person="Jonas", city_id=city.id)
    error = caught.value
    assert isinstance(error, OutdatedError)
    assert error.code == "outdated"
    assert error.theirs == first
    assert (error.mine.content, error.mine.person) == (HIGHER, "Jonas")
    assert error.mine.time - first.time == timedelta(minutes=1)
    assert "Mei saved the plan “70 points” at 2026-11-22 08:" in str(error)
    assert store.papers.history(Kind.PLAN, "70 points", city_id=city.id) == (first,)
    assert _save(store, HIGHER, based_on=error.theirs.version, person="Jonas", city_id=city.id).version == 2
    with pytest.raises(OutdatedPaperError, match="Jonas saved the plan"):
        _save(store, None, based_on=1, city_id=city.id)
    with pytest.raises(OutdatedPaperError):
        _save(store, TARGET, based_on=99, city_id=city.id)


def test_a_paper_that_was_withdrawn_meanwhile(store):
    _save(store, TARGET)
    _save(store, None, based_on=1, person="Jonas")
    with pytest.raises(OutdatedPaperError, match=r"Jonas withdrew the plan “70 points” at .*decide whether to save"):
        _save(store, HIGHER, based_on=1)


@pytest.mark.parametrize("owner", ["store", "city", "year"])
def test_of_ten_who_save_one_paper_at_once_one_wins(store, city, year, owner):
    whose = {"store": {}, "city": {"city_id": city.id}, "year": {"assessment_id": year.id}}[owner]
    ready = Barrier(10)

    def write(number: int) -> str:
        ready.wait()
        try:
            _save(store, {"number": number}, person=f"Person {number}", **whose)
        except OutdatedPaperError as error:
            assert error.mine.content == {"number": number}
            return f"after {error.theirs.person}"
        return "saved"

    with ThreadPoolExecutor(10) as pool:
        said = list(pool.map(write, range(10)))
    (paper,) = store.papers.history(Kind.PLAN, "70 points", **whose)
    assert (said.count("saved"), said.count(f"after {paper.person}")) == (1, 9)


def test_the_database_itself_keeps_two_from_one_version(store):
    row = {"scope": "store", "kind": "plan", "key": "a", "version": 1, "content": {}, "person": "Mei"}
    with store.database.writing() as connection:
        connection.execute(tables.paper.insert().values(**row, time=store.clock()))
    with pytest.raises(Exception, match=r"(?i)unique"), store.database.writing() as connection:
        connection.execute(tables.paper.insert().values(**row, time=store.clock()))


# What is refused


@pytest.mark.parametrize("step", ["submit", "lock"])
def test_a_closed_year_takes_scenarios_and_plans_only(store, year, step):
    for kind in Kind:
        _save(store, TARGET, kind=kind, assessment_id=year.id)
    store.submit(year.id, person="Mei")
    if step == "lock":
        store.lock_as_baseline(year.id, person="Mei")
    for kind in Kind:
        for content in (HIGHER, None):
            if kind in (Kind.SCENARIO, Kind.PLAN):
                _save(store, content, kind=kind, based_on=1 if content else 2, assessment_id=year.id)
                continue
            with pytest.raises(ClosedError, match=r"Libo County 2026 is .* takes no change"):
                _save(store, content, kind=kind, based_on=1, assessment_id=year.id)
    _save(store, TARGET, kind=Kind.BAND_CHECK, city_id=year.city.id)  # the city's own papers are not the year's
    store.reopen(year.id, person="Mei", reason="wrong bands")
    assert _save(store, HIGHER, kind=Kind.BAND_CHECK, based_on=1, assessment_id=year.id).version == 2


def test_an_owner_that_is_not_there(store, city, year):
    other = store.add_city("Aarau", person="Mei")
    with pytest.raises(NotFoundError, match="no city 99"):
        _save(store, TARGET, city_id=99)
    with pytest.raises(NotFoundError, match="no assessment 99"):
        _save(store, TARGET, assessment_id=99)
    with pytest.raises(NotFoundError, match="no assessment 99"):
        _save(store, TARGET, kind=Kind.SETTING, assessment_id=99)
    with pytest.raises(NotAllowedError, match="belongs to another city"):
        _save(store, TARGET, city_id=other.id, assessment_id=year.id)


def test_names_and_words_that_are_none(store):
    with pytest.raises(NoNameError):
        _save(store, TARGET, person=" ")
    for key in ("", " \n", "x" * 201):
        with pytest.raises(NotAllowedError, match="use 1 to 200 characters"):
            _save(store, TARGET, key=key)
    assert _save(store, TARGET, key="长" * 200).key == "长" * 200
    for step in (store.papers.of, lambda kind: store.papers.get(kind, "a"), lambda kind: _save(store, {}, kind=kind)):
        with pytest.raises(ValueError, match="'recipe' is not a valid Kind"):
            step("recipe")


def test_a_paper_may_be_as_large_as_the_limit_and_not_larger(store):
    most = "x" * (LARGEST_PAPER - len('{"a":""}'))
    assert _save(store, {"a": most}).content == {"a": most}
    with pytest.raises(TooLargeError, match=r"The plan “70 points” takes 1025 kB; 1024 kB are the most\. Nothing was"):
        _save(store, {"a": most + "x"}, based_on=1)
    assert len(store.papers.history(Kind.PLAN, "70 points")) == 1


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ([], "a paper holds a mapping, not a list"),
        ({"a": {"b": [1, 0.1]}}, "“a.b.1” is a float: write numbers with decimals, dates and the like as texts"),
        ({"a": Decimal(1)}, "“a” is a Decimal"),
        ({"a": b"1"}, "“a” is a bytes"),
        ({"a": {1: 2}}, "the key 1 in “a” is no text"),
        ({"a": 10**5000}, "limit"),
    ],
)
def test_what_json_does_not_keep_exactly_is_refused(store, content, words):
    with pytest.raises(ContentError, match=words):
        _save(store, content)
    assert store.papers.of(Kind.PLAN) == ()


def test_layers_without_end_are_refused():
    deep: dict[str, object] = {}
    deep["again"] = deep
    with pytest.raises(ContentError, match="at most 100 layers"):
        write_paper(deep)


# Any content

DATA = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
CONTENTS = st.dictionaries(st.text(), DATA, max_size=4)


@given(CONTENTS)
def test_any_content_is_written_and_read_back(content):
    again = read_paper(write_paper(content))
    assert again == content
    assert exact(again) == exact(content)


def exact(content):
    """The content as text: unlike Python's own comparison it tells true from 1."""
    return json.dumps(content, sort_keys=True)


@settings(max_examples=examples(20), suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(contents=st.lists(CONTENTS, min_size=1, max_size=4))
def test_any_content_comes_back_from_the_store(store, numbers, contents):
    key, version = f"paper {next(numbers)}", 0
    for content in contents:
        saved = _save(store, content, key=key, based_on=version)
        assert exact(saved.content) == exact(content)
        assert store.papers.get(Kind.PLAN, key) == saved
        version = saved.version
    texts = [exact(one.content) for one in store.papers.history(Kind.PLAN, key)]
    assert texts == [one for one, _ in groupby(map(exact, contents))]


@pytest.fixture
def numbers():
    """A number for every example, which all share one store."""
    return count()


# What changed


def test_changes_between_tell_of_papers(store, city, year):
    start = store.clock()
    mine = [
        _save(store, TARGET, city_id=city.id),
        _save(store, TARGET, assessment_id=year.id),
        _save(store, None, based_on=1, city_id=city.id),
    ]
    _save(store, TARGET)
    _save(store, TARGET, city_id=store.add_city("Aarau", person="Mei").id)
    end = store.clock()
    _save(store, HIGHER, based_on=1, assessment_id=year.id)
    assert store.changes_between(city.id, start, end).papers == tuple(mine)
    assert store.changes_between(city.id, start, mine[1].time).papers == (mine[0],)


# A database of before


@pytest.fixture
def before(url, new_url, tmp_path, opened):
    """A filled database as the first version made it, its URL and all its rows."""
    folder = tmp_path / "first"
    shutil.copytree(migrating.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__", "000[2-9]_*"))
    store = opened(new_url(), clock=Clock())
    city = store.add_city("Libo County 荔波", person="Mei")
    old = store.start_year(city.id, 2016, "2014", person="Mei")
    store.save(old.id, "natural_areas", WOODS, based_on=0, person="Mei")
    store.save(old.id, "profile.city_area", AREA, based_on=0, person="Mei")
    store.submit(old.id, person="Mei")
    new = store.start_year(city.id, 2026, person="Jonas", from_id=old.id)
    store.save(new.id, "natural_areas", MORE_WOODS, based_on=0, person="Jonas", reason="new map")
    source = store.sources.save(city.id, Source("A report", "Office"), based_on=0, person="Mei")
    store.sources.attach(source.id, "map.pdf", b"\x00\xff", "application/pdf", person="Mei")
    rows = _rows(store)
    assert all(rows.values())
    old = opened(url, migrations=folder)
    with old.database.writing() as connection:
        for table in _first():
            connection.execute(insert(table), [row._asdict() for row in rows[table.name]])
    old.close()
    return url, rows


def _first():
    """List the tables of the first version."""
    later = {tables.paper, tables.account, tables.membership, tables.trail, tables.assignment}
    return [table for table in tables.metadata.sorted_tables if table not in later]


def _rows(store):
    """Give every row of the tables of the first version."""
    with store.database.reading() as connection:
        return {table.name: connection.execute(select(table).order_by(*table.primary_key)).all() for table in _first()}


def test_a_database_of_before_gets_its_place_for_papers_and_loses_nothing(before, opened, tmp_path):
    url, rows = before
    store = opened(url, clock=Clock())
    assert _rows(store) == rows
    with store.database.reading() as connection:
        assert migrating.revision_of(connection, "") == migrating.revisions()[-1]
        assert connection.execute(select(tables.paper)).all() == []
    city = store.find_city("Libo County 荔波")
    assert _save(store, TARGET, city_id=city.id).version == 1
    if store.database.file is not None:
        kept = Path(f"{store.database.file}.before-{migrating.revisions()[-1]}")
        with closing(sqlite3.connect(kept)) as connection:
            assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == ("0001",)
        assert _rows(opened(f"sqlite:///{kept}")) == rows

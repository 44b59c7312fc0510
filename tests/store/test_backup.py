"""Backups while others work, and bringing one back – also where the database is damaged, older or newer."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import pytest

from cbi.store import backup, exchange
from cbi.store.errors import (
    DamagedError,
    FileExistsAlreadyError,
    ForeignError,
    NewerError,
    NotAllowedError,
    NotFoundError,
    UnreachableError,
)
from cbi.store.records import Kind

from .conftest import MORE_WOODS, WOODS, held
from .test_exchange import full  # noqa: F401


def test_a_backup_is_the_store_of_that_moment(full, url, tmp_path, opened):  # noqa: F811
    before = held(full)
    out = tmp_path / "backup.sqlite3"
    backup.backup(full, out)
    assert sorted(path.name for path in tmp_path.glob("backup*")) == ["backup.sqlite3"]
    summary = backup.look_into(out)
    assert (summary.cities, summary.assessments) == (2, 2)
    year = full.heads(full.find_city("Libo County").id)[1]
    full.save(year.id, "protected_areas", WOODS, based_on=0, person="Mei")
    after = held(full)
    kept = backup.restore(out, url)
    assert held(full) == before
    full.save(year.id, "protected_areas", MORE_WOODS, based_on=0, person="Mei")
    copy = opened(f"sqlite:///{kept}")
    assert held(copy) == after


def test_a_backup_tells_of_the_last_change_whatever_it_was(full, tmp_path):  # noqa: F811
    city = full.find_city("Libo County").id
    last = full.papers.save(Kind.PLAN, "later", {"target": 70}, based_on=0, person="Mei", city_id=city)
    backup.backup(full, tmp_path / "b.sqlite3")
    assert backup.look_into(tmp_path / "b.sqlite3").last_change == last.time


def test_a_backup_moves_a_store_to_another_database(full, tmp_path, new_url, opened):  # noqa: F811
    backup.backup(full, tmp_path / "b.sqlite3")
    url = new_url()
    assert backup.restore(tmp_path / "b.sqlite3", url) is None
    assert held(opened(url)) == held(full)


def test_a_backup_is_whole_while_others_save(store, year, tmp_path, opened):
    stop = threading.Event()

    def go_on():
        version = 0
        while not stop.is_set():
            content = WOODS if version % 2 else MORE_WOODS
            version = store.save(year.id, "natural_areas", content, based_on=version, person="Mei").version

    thread = threading.Thread(target=go_on)
    thread.start()
    try:
        for number in range(5):
            backup.backup(store, tmp_path / f"{number}.sqlite3")
    finally:
        stop.set()
        thread.join()
    found = [opened(f"sqlite:///{tmp_path / f'{number}.sqlite3'}") for number in range(5)]
    versions = [one.assessment(year.id).version("natural_areas") for one in found]
    assert versions == sorted(versions)
    assert all(
        len(one.history(year.id, "natural_areas")) == version for one, version in zip(found, versions, strict=True)
    )


def test_a_backup_overwrites_nothing(store, tmp_path):
    (tmp_path / "b").write_text("precious")
    with pytest.raises(FileExistsAlreadyError, match="was not overwritten"):
        backup.backup(store, tmp_path / "b")
    with pytest.raises(NotFoundError, match=r"folder of .* does not exist"):
        backup.backup(store, tmp_path / "none" / "b")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="no folder that nobody can write to")
def test_a_backup_that_cannot_be_written_says_so_and_speaks_of_no_server(store):
    with pytest.raises(UnreachableError, match=r"/proc/b\.sqlite3 cannot be written\. Check that its folder") as caught:
        backup.backup(store, Path("/proc/b.sqlite3"))
    assert "CBI_DATABASE" not in str(caught.value)


@pytest.fixture
def filled(new_url, opened, tmp_path):
    """The address of a store with one answer, and a backup of it."""
    url = new_url()
    store = opened(url)
    year = store.start_year(store.add_city("A", person="Mei").id, 2026, person="Mei")
    store.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei")
    backup.backup(store, tmp_path / "backup.sqlite3")
    store.close()
    return url, tmp_path / "backup.sqlite3"


def _content(opened, url):
    store = opened(url)
    return store.history_of(store.find_city("A").id).assessments[0].answers["natural_areas"]


def test_a_damaged_database_is_kept_beside_the_restored_one(filled, opened, tmp_path):
    url, file = filled
    damaged = url.removeprefix("sqlite:///")
    with open(damaged, "r+b") as bytes_:  # noqa: PTH123
        bytes_.write(b"what happened here?" * 40)
    with pytest.raises(DamagedError, match="python -m cbi restore FILE"):
        opened(url)
    kept = backup.restore(file, url)
    assert ".damaged-" in kept.name
    assert kept.read_bytes().startswith(b"what happened")
    assert _content(opened, url) == WOODS


def test_a_backup_is_restored_where_the_database_has_vanished(filled, opened, tmp_path):
    """The log that is left of it is put aside: it must not run into the restored file."""
    url, file = filled
    lost = Path(url.removeprefix("sqlite:///"))
    store = opened(url)
    year = store.heads(store.find_city("A").id)[0]
    store.save(year.id, "natural_areas", MORE_WOODS, based_on=1, person="Mei")
    lost.rename(tmp_path / "elsewhere")
    log = Path(f"{lost}-wal").read_bytes()
    kept = backup.restore(file, url)
    assert (".lost-" in kept.name, kept.read_bytes()) == (True, log)
    assert _content(opened, url) == WOODS
    with closing(sqlite3.connect(lost)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_only_a_sound_backup_is_restored(filled, opened, tmp_path):
    url, file = filled
    before = _content(opened, url)
    whole = file.read_bytes()
    (tmp_path / "text").write_text("no database at all, but long enough to be taken for one" * 20)
    (tmp_path / "cut").write_bytes(whole[: len(whole) // 2])
    with closing(sqlite3.connect(tmp_path / "foreign")) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    (tmp_path / "blank").touch()
    (tmp_path / "all.json").write_bytes(exchange.export(opened(url)))
    (tmp_path / "newer").write_bytes(whole)
    with closing(sqlite3.connect(tmp_path / "newer")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    refused = {
        "text": (DamagedError, r"/text is damaged or is no backup of this program\. Nothing was changed: choose"),
        "cut": (DamagedError, r"/cut is damaged or is no backup"),
        "blank": (DamagedError, r"/blank is damaged or is no backup"),
        "foreign": (ForeignError, r"/foreign is a database of another program, no backup of this one"),
        "newer": (NewerError, r"/newer was written by a newer version of this program \(revision 9999\)\. Nothing was"),
        "all.json": (NotAllowedError, r"is an export of a store, not a backup.*“python -m cbi import \S*/all\.json”"),
        "none": (NotFoundError, "There is no file"),
    }
    for name, (error, words) in refused.items():
        with pytest.raises(error, match=words):
            backup.restore(tmp_path / name, url)
    assert _content(opened, url) == before
    assert not list(tmp_path.glob("*.before-restore-*"))

"""What goes wrong with a database, and the sentence that says what to do."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from cbi.store import backup, migrating, open_store
from cbi.store.database import DEFAULT_FILE, address
from cbi.store.errors import (
    BadAddressError,
    BusyError,
    DamagedError,
    DiskFullError,
    ForeignError,
    MigrationError,
    MissingError,
    NewerError,
    ReadOnlyError,
    StoreError,
    UnreachableError,
)
from cbi.store.records import Kind
from tests.effort import examples

from .conftest import MORE_WOODS, NO_SERVER, SERVER, WOODS, held
from .saver import content

HOME = Path(__file__).parents[2]


@pytest.fixture
def file(tmp_path):
    return tmp_path / "cbi.sqlite3"


@pytest.fixture
def filled(file, opened):
    """A store in a file with one saved answer, and the id of its assessment."""
    store = opened(f"sqlite:///{file}")
    year = store.start_year(store.add_city("A", person="Mei").id, 2026, person="Mei")
    store.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei")
    return store, year.id


def _save(store, assessment_id, content_=MORE_WOODS, based_on=1):
    return store.save(assessment_id, "natural_areas", content_, based_on=based_on, person="Mei")


# Killed in the middle of saves


@pytest.fixture(scope="module")
def savers():
    environment = {**os.environ, "PYTHONPATH": f"{HOME}:{Path(__file__).parents[1]}"}
    with subprocess.Popen(
        [sys.executable, "-m", "store.saver"],
        cwd=HOME,
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        yield process
        process.stdin.close()


KILLS = examples(200)


@pytest.mark.shortened
def test_killed_in_the_middle_of_saves(url, store, year, savers):
    """No acknowledged save is lost and none is seen by half; at most one more is there than was acknowledged."""
    chance = random.Random(1992)
    acknowledged = 0
    for _ in range(KILLS):
        savers.stdin.write(f"{url} {year.id} natural_areas\n")
        savers.stdin.flush()
        child = int(savers.stdout.readline().removeprefix("pid "))
        assert child > 1
        first = savers.stdout.readline()
        time.sleep(chance.uniform(0, 0.012))
        os.kill(child, signal.SIGKILL)
        said = [first]
        while said[-1] != "dead\n":
            said.append(savers.stdout.readline())
        acknowledged = max([acknowledged, *(int(line) for line in said if line.strip().isdigit())])
        version = store.assessment(year.id).version("natural_areas")
        assert acknowledged <= version <= acknowledged + 1
        acknowledged = version
    lines = store.history(year.id, "natural_areas")
    assert [line.version for line in lines] == list(range(1, acknowledged + 1))
    assert [line.after for line in lines] == [content(line.version) for line in lines]
    assert len(store.sources.of_city(year.city.id)) == 1
    if store.database.is_sqlite:
        with closing(sqlite3.connect(store.database.file)) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)


def test_saves_are_durable(filled):
    store, _ = filled
    with store.database.reading() as connection:
        settings = [connection.execute(text(f"PRAGMA {name}")).scalar() for name in ("journal_mode", "synchronous")]
        assert settings == ["wal", 2]  # 2 is FULL: every save is on the disk before it is acknowledged
        assert connection.execute(text("PRAGMA foreign_keys")).scalar() == 1
        assert connection.execute(text("PRAGMA busy_timeout")).scalar() == 5000


# The database cannot be used


def test_read_only(filled, file, opened):
    store, year = filled
    reader = opened(f"sqlite:///file:{file}?mode=ro&uri=true")
    with pytest.raises(ReadOnlyError, match=r"may be read but not written. Give the program the right"):
        _save(reader, year)
    assert reader.assessment(year).assessment.answers["natural_areas"] == WOODS
    assert _save(store, year).version == 2


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can become another user")
def test_read_only_for_the_user_who_runs_the_program():
    folder = Path(tempfile.mkdtemp())
    try:
        store = open_store(f"sqlite:///{folder / 'cbi.sqlite3'}")
        year = store.start_year(store.add_city("A", person="Mei").id, 2026, person="Mei")
        store.close()
        folder.chmod(0o755)
        (folder / "cbi.sqlite3").chmod(0o444)
        child = os.fork()
        if child == 0:
            os.setuid(65534)
            try:
                open_store(f"sqlite:///{folder / 'cbi.sqlite3'}").assessment(year.id)
            except StoreError as error:
                os._exit(42 if "may be written" in str(error) or "not written" in str(error) else 1)
            os._exit(2)
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 42
    finally:
        shutil.rmtree(folder)


def test_locked_by_another_program(filled, file, monkeypatch):
    store, year = filled
    monkeypatch.setattr("cbi.store.database.PATIENCE", 50)  # this test need not wait as long as people do
    with closing(sqlite3.connect(file, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(BusyError, match=r"in use by another program .* Nothing was saved. Try again"):
            _save(store, year)
        assert store.assessment(year).version("natural_areas") == 1
    assert _save(store, year).version == 2


def test_a_folder_that_is_not_there(tmp_path):
    with pytest.raises(UnreachableError, match="Check that its folder exists"):
        open_store(f"sqlite:///{tmp_path / 'none' / 'cbi.sqlite3'}")
    assert not (tmp_path / "none").exists()


def test_a_path_that_cannot_even_be_looked_at():
    with pytest.raises(UnreachableError, match="Check that its folder exists"):
        open_store(f"sqlite:////tmp/{'x' * 300}/cbi.sqlite3")


def test_a_server_that_does_not_answer():
    with pytest.raises(UnreachableError) as caught:
        open_store("postgresql://mei:secret@127.0.0.1:1/cbi")
    assert "that its server runs and CBI_DATABASE holds the right address" in str(caught.value)
    assert "secret" not in str(caught.value)


@pytest.mark.parametrize("url", ["not an address", "oracle9i://x", "cbi.sqlite3", "sqlite://", "sqlite:///:memory:"])
def test_an_address_that_is_none(url):
    with pytest.raises(BadAddressError, match="CBI_DATABASE holds no address"):
        open_store(url)


@pytest.mark.parametrize(
    "url", ["postgresql://cbi@host:notaport/x", "sqlite:///x?timeout=soon", "postgresql+psycopg_async://host/x"]
)
def test_an_address_with_a_slip_in_it(url):
    with pytest.raises(BadAddressError, match=r"CBI_DATABASE holds no address .* Write one such as"):
        open_store(url)


@pytest.mark.parametrize(
    ("url", "driver"),
    [("mysql://a:b@h/d", "MySQLdb"), ("mssql+pymssql://h/d", "pymssql"), ("postgresql+pg8000://h/d", "pg8000")],
)
def test_a_driver_that_is_not_installed_is_named(url, driver, monkeypatch):
    monkeypatch.setitem(sys.modules, driver, None)  # as where it is not installed, whatever is
    with pytest.raises(BadAddressError, match=rf"whose driver is not installed here: {driver}\. Install it, or"):
        open_store(url)


@pytest.mark.parametrize("scheme", ["postgresql", "postgres"])
def test_the_common_ways_to_write_postgresql(scheme):
    found = address(f"{scheme}://mei:secret@host:5433/cbi")
    assert found.render_as_string(hide_password=False) == "postgresql+psycopg://mei:secret@host:5433/cbi"


def test_the_default_is_a_file_in_data(monkeypatch):
    monkeypatch.delenv("CBI_DATABASE", raising=False)
    assert address().database == str(DEFAULT_FILE) == str(HOME / "data" / "cbi.sqlite3")
    monkeypatch.setenv("CBI_DATABASE", "postgresql://host/cbi")
    assert address().drivername == "postgresql+psycopg"


@pytest.mark.parametrize("how", ["removed", "replaced"])
def test_the_file_is_removed_while_the_program_runs(filled, file, how):
    store, year = filled
    file.rename(file.with_name("elsewhere"))
    if how == "replaced":
        shutil.copy(file.with_name("elsewhere"), file)
    for step in (lambda: _save(store, year), lambda: store.assessment(year)):
        with pytest.raises(MissingError, match=r"was removed or replaced .* Put the file back"):
            step()
    file.with_name("elsewhere").rename(file)
    assert _save(store, year).version == 2


def _vanished(file):
    """Give a place to which the database file has gone, while its log stays."""
    away = file.with_name("elsewhere")
    file.rename(away)
    return away


def test_a_file_that_has_vanished_is_not_made_anew(filled, file, opened):
    """Its log would be destroyed, and with it what was saved last."""
    _, year = filled
    away, log = _vanished(file), Path(f"{file}-wal").read_bytes()
    for state in ("absent", "empty"):
        if state == "empty":
            file.touch()
        with pytest.raises(MissingError, match=r"is missing, but cbi\.sqlite3-wal beside it holds what was saved"):
            open_store(f"sqlite:///{file}")
        assert (file.exists(), log) == (state == "empty", Path(f"{file}-wal").read_bytes())
    away.replace(file)
    again = opened(f"sqlite:///{file}")
    assert again.assessment(year).assessment.answers["natural_areas"] == WOODS
    assert len(again.history(year, "natural_areas")) == 1


def test_reaching_again_for_a_file_that_has_vanished(filled, file):
    store, year = filled
    away = _vanished(file)
    with pytest.raises(MissingError, match="was removed or replaced"):
        store.reconnect()
    assert not file.exists()
    shutil.copy(away, file)  # another file, and nobody knows what it holds
    with pytest.raises(MissingError, match="was removed or replaced"):
        store.reconnect()
    away.replace(file)
    store.reconnect()
    assert _save(store, year).version == 2


def test_a_copy_of_the_file_alone_holds_what_was_saved(filled, file, opened):
    """Of what was saved last, at most a few saves wait in the log (people do copy files by hand)."""
    store, year = filled
    for version in range(1, 21):
        _save(store, year, content(version), based_on=version)
    shutil.copy(file, file.with_name("copy.sqlite3"))
    lines = opened(f"sqlite:///{file.with_name('copy.sqlite3')}").history(year, "natural_areas")
    assert len(lines) >= 16  # 21 were saved
    assert lines[-1].after == content(len(lines) - 1)


def test_a_damaged_file(filled, file):
    store, year = filled
    store.close()
    for ending in ("-wal", "-shm"):
        Path(f"{file}{ending}").unlink(missing_ok=True)
    whole = file.read_bytes()
    words = "is damaged or is no database. Leave the file as it is and restore your last backup"
    file.write_bytes(b"Dear diary, this is not a database. " * 200)
    with pytest.raises(DamagedError, match=words):
        open_store(f"sqlite:///{file}")
    file.write_bytes(whole[:100] + b"\xa5" * (len(whole) - 100))
    with pytest.raises(DamagedError, match=words):
        open_store(f"sqlite:///{file}").assessment(year)


def test_a_database_of_another_program(file):
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TABLE recipes (name)")
    before = file.read_bytes()
    with pytest.raises(ForeignError, match="database of another program; it was left as it is"):
        open_store(f"sqlite:///{file}")
    with closing(sqlite3.connect(file)) as connection:
        assert connection.execute("SELECT name FROM sqlite_master").fetchall() == [("recipes",)]
    assert len(file.read_bytes()) == len(before)


def test_written_by_a_newer_version(url, opened):
    store = opened(url)
    with store.database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerError, match=r"newer version of this program \(revision 9999\).*Update the program"):
        open_store(url)


def test_disk_full(filled):
    store, year = filled
    with store.database.engine.connect() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar()
        connection.exec_driver_sql(f"PRAGMA max_page_count={pages}")
    saved, version = 0, 1
    with pytest.raises(DiskFullError, match=r"no room left on the disk .* Free some space and save again"):
        for saved in range(1, 500):
            version = _save(store, year, content(saved), based_on=version).version
    assert len(store.history(year, "natural_areas")) == version
    with store.database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA max_page_count=1000000")
    assert _save(store, year, content(saved), based_on=version).version == version + 1


def test_disk_really_full():
    folder = Path(tempfile.mkdtemp())
    mount = ["mount", "-t", "tmpfs", "-o", "size=1m", "none", folder]
    if subprocess.run(mount, check=False, capture_output=True).returncode:
        folder.rmdir()
        pytest.skip("no right to mount a small disk")
    try:
        store = open_store(f"sqlite:///{folder / 'cbi.sqlite3'}")
        year = store.start_year(store.add_city("A", person="Mei").id, 2026, person="Mei").id
        version = 0
        with pytest.raises(DiskFullError, match="everything before it is safe"):
            for number in range(1, 2_000):
                version = _save(store, year, content(number), based_on=version).version
        assert [line.after for line in store.history(year, "natural_areas")] == [
            content(number) for number in range(1, version + 1)
        ]
        store.close()
    finally:
        subprocess.run(["umount", folder], check=True)
        folder.rmdir()


# Migrations

TODAY = migrating.revisions()[-1]
TOMORROW = f"{int(TODAY) + 1:04}"


@pytest.fixture
def tomorrow(tmp_path):
    """The migrations of a coming version: writes the step that it takes, with TOMORROW as its revision."""
    folder = tmp_path / "migrations"
    shutil.copytree(migrating.MIGRATIONS, folder, ignore=shutil.ignore_patterns("__pycache__"))

    def step(body: str) -> Path:
        head = f'from alembic import op\nimport sqlalchemy as sa\nrevision, down_revision = "{TOMORROW}", "{TODAY}"\n'
        (folder / "versions" / f"{TOMORROW}_next.py").write_text(f"{head}\ndef upgrade():\n{body}")
        return folder

    return step


HALF_WAY = """
    op.create_table("half", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("DELETE FROM citation")
    op.execute("DELETE FROM history")
    raise RuntimeError("the power went out")
"""


def _copy_before(store, tmp_path):
    """Give the copy that was taken before a migration: beside an SQLite file, for a server in the folder of data."""
    if store.database.file is not None:
        return Path(f"{store.database.file}.before-{TOMORROW}")
    (copy,) = (tmp_path / "default").glob(f"*.before-{TOMORROW}.sqlite3")
    return copy


def test_a_migration_that_fails_half_way_changes_nothing(url, store, year, tomorrow, tmp_path):
    store.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei")
    store.save(year.id, "natural_areas", MORE_WOODS, based_on=1, person="Mei")
    store.save(year.id, "natural_areas", WOODS, based_on=2, person="Mei")
    store.start_year(year.city.id, 2027, person="Mei", from_id=year.id)
    source = store.sources.of_city(year.city.id)[0]
    store.sources.attach(source.id, "map.pdf", b"\x00\xff", "application/pdf", person="Mei")
    store.papers.save(Kind.PLAN, "70 points", {"target": 70}, based_on=0, person="Mei", city_id=year.city.id)
    with pytest.raises(MigrationError, match=r"failed: the power went out. The database is as it was before, and a"):
        open_store(url, migrations=tomorrow(HALF_WAY))
    again = open_store(url)
    assert again.assessment(year.id).assessment.answers == {"natural_areas": WOODS}
    with again.database.reading() as connection:
        assert migrating.revision_of(connection, "") == TODAY
    again.close()
    copy = open_store(f"sqlite:///{_copy_before(store, tmp_path)}")
    assert held(copy) == held(store)
    copy.close()


def test_a_migration_goes_through_and_the_old_program_then_refuses(url, store, year, tomorrow):
    folder = tomorrow('    op.add_column("city", sa.Column("country", sa.String(2)))\n')
    open_store(url, migrations=folder).close()
    newer = open_store(url, migrations=folder)
    assert newer.heads(year.city.id) == (year,)
    newer.close()
    with pytest.raises(NewerError):
        open_store(url)


def test_a_new_database_whose_tables_cannot_be_made(url, tomorrow):
    with pytest.raises(MigrationError, match=r"could not be made: the power went out. Nothing was written"):
        open_store(url, migrations=tomorrow(HALF_WAY))
    store = open_store(url)
    assert store.cities() == ()
    store.close()


def test_many_start_at_once(url):
    found, errors = [], []

    def start():
        try:
            found.append(open_store(url))
        except StoreError as error:
            errors.append(error)

    threads = [threading.Thread(target=start) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []
    assert [store.cities() for store in found] == [()] * 6
    for store in found:
        store.close()


def test_the_tables_are_what_the_migrations_make(store):
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from alembic.script import ScriptDirectory

    from cbi.store.tables import metadata

    with store.database.reading() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": False})
        assert compare_metadata(context, metadata) == []
    assert ScriptDirectory(str(migrating.MIGRATIONS)).get_heads() == [migrating.revisions()[-1]]


def test_a_step_that_the_database_refuses_is_a_failed_migration(filled, file, tomorrow):
    with pytest.raises(MigrationError, match=r"failed: .*no such table: nowhere"):
        open_store(f"sqlite:///{file}", migrations=tomorrow('    op.execute("DELETE FROM nowhere")\n'))


def test_the_copy_before_a_migration_can_be_restored(url, store, year, tomorrow, tmp_path, new_url):
    store.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei")
    emptied = '    op.execute("DELETE FROM citation")\n    op.execute("DELETE FROM history")\n'
    open_store(url, migrations=tomorrow(emptied)).close()
    copy, there = _copy_before(store, tmp_path), new_url()
    backup.restore(copy, there)
    restored = open_store(there)
    assert restored.assessment(year.id).assessment.answers == {"natural_areas": WOODS}
    restored.close()


@pytest.mark.long
@pytest.mark.skipif(not SERVER, reason=NO_SERVER)
def test_a_server_that_cannot_be_copied_is_not_migrated(server, tomorrow, monkeypatch, request):
    url = f"{SERVER}?options=-csearch_path%3Dtest_uncopied"
    request.addfinalizer(lambda: _run(server, "DROP SCHEMA test_uncopied CASCADE"))
    _run(server, "CREATE SCHEMA test_uncopied")
    open_store(url).close()
    monkeypatch.setattr("cbi.store.migrating.DEFAULT_FILE", Path("/proc/none.sqlite3"))
    with pytest.raises(UnreachableError, match=rf"before-{TOMORROW}\.sqlite3 cannot be written"):
        open_store(url, migrations=tomorrow("    pass\n"))
    again = open_store(url)
    assert again.cities() == ()
    again.close()


def _run(engine, sentence):
    with engine.connect() as connection:
        connection.execute(text(sentence))


def test_without_a_copy_nothing_is_migrated(filled, file, tomorrow, opened):
    _, year = filled
    Path(f"{file}.before-{TOMORROW}.part").mkdir()
    with pytest.raises(UnreachableError, match=rf"before-{TOMORROW} cannot be written"):
        open_store(f"sqlite:///{file}", migrations=tomorrow("    pass\n"))
    assert opened(f"sqlite:///{file}").assessment(year).version("natural_areas") == 1

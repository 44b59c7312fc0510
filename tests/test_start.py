"""A command starts fast: it opens what it needs and nothing else, and an edition that was proved is kept."""

import importlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cbi.commands import ROOM_OF
from cbi.definitions import DefinitionError, reader
from cbi.definitions.kept import kept_or_read
from cbi.definitions.shipped import INDICATORS

ROOT = Path(__file__).parents[1]
LIBO = ROOT / "data" / "demo" / "libo-county-2026.csv"
PLACES = [(name, language) for name in ("2021", "2014") for language in ("en", "zh_Hans")]

LOADED = """
import sys
from cbi.cli import main
try:
    main(sys.argv[1:])
except SystemExit:
    pass
print(*sys.modules, file=sys.stderr)
"""

NOT_TO_SCORE = (
    "sqlalchemy", "alembic", "streamlit", "altair", "pandas", "numpy", "openpyxl", "xlrd", "python_calamine", "pypdf",
    "typst", "rich", "babel", "cbi.store", "cbi.planning", "cbi.report", "cbi.intake", "cbi.workbook",
    "cbi.citieswithnature", "cbi.handbook", "cbi.over_time", "cbi.sheets.excel", "cbi.sheets.opendocument",
    "cbi.sheets.old_excel", "cbi.sheets.large", "cbi.printing.comparisons", "cbi.commands.comparisons",
    "cbi.commands.definitions", "cbi.commands.plans", "cbi.commands.reports", "cbi.commands.imports",
)  # fmt: skip


def loaded(cache, *arguments):
    """The modules that a command has loaded when it ends, in a process of its own with its own compiled files."""
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    command = [sys.executable, "-c", LOADED, *map(str, arguments)]
    environment["PYTHONPYCACHEPREFIX"] = str(cache)
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=True)
    return set(done.stderr.splitlines()[-1].split())


def kept_in(cache):
    return sorted(file.name.rpartition(".cpython")[0] or file.name for file in cache.rglob("*.json*"))


def test_scoring_a_file_loads_nothing_that_it_does_not_use(tmp_path):
    first = loaded(tmp_path, "score", LIBO)
    assert "cbi.scoring.engine" in first
    assert not [name for name in first if any(name == part or name.startswith(f"{part}.") for part in NOT_TO_SCORE)]
    assert kept_in(tmp_path) == ["2021.en"]  # neither the other edition nor the other language was opened
    again = loaded(tmp_path, "score", LIBO)
    assert not {"yaml", "cbi.definitions.reader"} & again
    assert again <= first


def test_every_command_stands_in_the_room_that_is_opened_for_it():
    found = {}
    for room in dict.fromkeys(ROOM_OF.values()):
        commands = importlib.import_module(f"cbi.commands.{room}").commands
        for info in (*commands.registered_commands, *commands.registered_groups):
            found[info.name or info.callback.__name__] = room
    assert found == ROOM_OF
    files = {file.stem for file in (ROOT / "cbi" / "commands").glob("*.py")}
    assert files == {*ROOM_OF.values(), "options", "__init__"}


@pytest.fixture
def cache(tmp_path, monkeypatch):
    """Compiled files of our own, as a person's Python keeps them."""
    monkeypatch.setattr(sys, "pycache_prefix", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    return tmp_path / "cache"


@pytest.fixture
def indicators(tmp_path):
    return shutil.copytree(INDICATORS, tmp_path / "indicators")


@pytest.fixture
def unread(monkeypatch):
    """From here on no definition file may be read anew."""

    def forbid():
        monkeypatch.setattr(reader, "read_edition", lambda *_: pytest.fail("it was read anew"))

    return forbid


@pytest.mark.parametrize(("name", "language"), PLACES)
def test_what_is_kept_is_what_was_read(cache, unread, name, language):
    read = kept_or_read(INDICATORS / name, language)
    unread()
    kept = kept_or_read(INDICATORS / name, language)
    assert kept is not read
    assert kept == read
    assert kept.hash == read.hash
    assert repr(kept.indicators) == repr(read.indicators)  # kinds of numbers and words too, digit by digit


def test_a_fault_is_refused_although_the_edition_was_kept(cache, indicators):
    folder = indicators / "2021"
    kept_or_read(folder, "en")
    file = folder / "08_protected_areas.yaml"
    sound = file.read_bytes()
    file.write_bytes(sound.replace(b"from: 6.0, to: 10.9", b"from: 6.1, to: 10.9"))
    for _ in range(2):  # and what has a fault is not kept itself
        with pytest.raises(DefinitionError, match=r"08_protected_areas\.yaml"):
            kept_or_read(folder, "en")
    file.unlink()
    with pytest.raises(DefinitionError):
        kept_or_read(folder, "en")
    file.write_bytes(sound)
    assert len(kept_or_read(folder, "en").indicators) == 28


def test_another_word_in_a_file_is_seen_at_once(cache, indicators):
    folder = indicators / "2014"
    before = kept_or_read(folder, "zh_Hans")
    file = folder / "zh_Hans.yaml"
    title = before.indicator(1).title
    file.write_text(file.read_text(encoding="utf-8").replace(title, "另一个名称"), encoding="utf-8")
    assert kept_or_read(folder, "zh_Hans").indicator(1).title == "另一个名称"


@pytest.mark.parametrize("harm", [b"", b"\n", b"{}", bytes(range(256)), "cut", "changed"])
def test_what_is_damaged_is_read_anew_and_kept_again(cache, unread, harm):
    read = kept_or_read(INDICATORS / "2014", "en")
    [file] = cache.rglob("2014.en.*")
    whole = file.read_bytes()
    file.write_bytes({"cut": whole[:-100], "changed": whole.replace(b'"points": 4', b'"points": 3')}.get(harm, harm))
    assert kept_or_read(INDICATORS / "2014", "en") == read
    assert file.read_bytes() == whole
    unread()
    assert kept_or_read(INDICATORS / "2014", "en") == read


def test_nothing_is_kept_where_it_cannot_be(cache, tmp_path):
    cache.write_text("a file where the folder should be", encoding="utf-8")
    assert kept_or_read(INDICATORS / "2014", "en").id == "2014"
    assert cache.is_file()


def test_who_wants_no_compiled_files_gets_none(cache, monkeypatch):
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    assert kept_or_read(INDICATORS / "2014", "en").id == "2014"
    assert not cache.exists()


def test_two_processes_at_once(tmp_path):
    environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
    environment["PYTHONPYCACHEPREFIX"] = str(tmp_path)
    command = [sys.executable, "-m", "cbi", "score", str(LIBO)]
    running = [subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE) for _ in range(3)]
    assert len({process.communicate()[0] for process in running}) == 1
    assert kept_in(tmp_path) == ["2021.en"]

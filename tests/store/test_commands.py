"""``python -m cbi export | import | backup | restore``: shown first, saved only when it is confirmed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbi.assessment import Answer, Assessment, Entry
from cbi.cli import main
from cbi.store.person import remember_name, remembered_name
from cbi.store.records import Kind
from cbi.tables import read_table, write_table

from .conftest import held

DEMO = Path(__file__).parents[2] / "data" / "demo" / "example-city.csv"


@pytest.fixture
def cbi(url, capsys, monkeypatch):
    """Run a command on an empty store; gives exit code, output and errors."""
    monkeypatch.setenv("CBI_DATABASE", url)
    monkeypatch.delenv("CBI_PERSON", raising=False)

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


def test_nothing_is_saved_before_it_is_confirmed(cbi, url, opened):
    code, out, _ = cbi("import", DEMO)
    assert code == 0
    assert "New years: Example City (invented) 2016 (2014), Example City (invented) 2021 (2021)" in out
    assert "Nothing is saved yet. To save it, say the same with --yes." in out
    assert opened(url).cities() == ()
    assert "Saved." in cbi("import", DEMO, "--yes", "--person", "Mei")[1]
    city = opened(url).find_city("Example City (invented)")
    assert opened(url).history_of(city.id).assessments == read_table(DEMO).assessments
    out = cbi("import", DEMO)[1]
    assert out.endswith("\n\nThe store holds all of this already.\n")
    assert ("Nothing is saved yet" in out, out.count("Unchanged: ")) == (False, 3)  # its three years


def test_nobody_imports_without_a_name(cbi, monkeypatch):
    code, out, err = cbi("import", DEMO, "--yes")
    assert (code, "--person NAME" in err, "Saved" in out) == (1, True, False)
    monkeypatch.setenv("CBI_PERSON", "Mei")
    assert cbi("import", DEMO, "--yes")[0] == 0


def test_the_preview_shows_old_and_new(cbi, tmp_path):
    file = tmp_path / "a.csv"
    file.write_text("indicator,value\nbudget,1.5\n")
    code, _, err = cbi("import", file, "--yes", "--person", "Mei")
    assert (code, "names no city or no year" in err) == (1, True)
    given = ("--city", "Aarau", "--year", "2026", "--person", "Mei")
    assert cbi("import", file, *given, "--yes")[0] == 0
    file.write_text("indicator,value\nbudget,1.75\nprojects,x\n")
    code, out, err = cbi("import", file, *given)
    row = next(line for line in out.splitlines() if line.startswith("a.csv:2  Budget"))
    assert [one.strip() for one in row.split("  ")[2:]] == ["1.75", "1.5 %", "1.75 %"]
    assert "What stands there now was saved by: 2026 budget (Mei, 20" in out
    assert (code, "a.csv:3" in err) == (1, True)


def test_what_cannot_be_read_does_not_take_the_place_of_a_good_answer(cbi, url, tmp_path, opened):
    file = tmp_path / "a.csv"
    given = ("--city", "Aarau", "--year", "2026", "--person", "Mei", "--yes")
    file.write_text("indicator,value\nbudget,1.5\n")
    cbi("import", file, *given)
    file.write_text("indicator,value,note\nbudget,x,\nprojects,9,\n")
    assert cbi("import", file, *given)[0] == 1
    store = opened(url)
    (found,) = store.history_of(store.find_city("Aarau").id).assessments
    assert {name: str(answer.finished.value) for name, answer in found.answers.items()} == {
        "budget": "1.5",
        "projects": "9",
    }


def test_the_store_goes_out_as_a_document_and_as_a_table(cbi, url, tmp_path, opened):
    cbi("import", DEMO, "--yes", "--person", "Mei")
    printed = cbi("export")[1]
    assert cbi("export", tmp_path / "all.json") == (0, "\n", "")
    written = json.loads((tmp_path / "all.json").read_text("utf-8"))
    assert {**written, "trail": []} == {**json.loads(printed), "trail": []} == held(opened(url))
    assert json.loads(printed)["cities"][0]["name"] == "Example City (invented)"
    cbi("export", tmp_path / "all.csv")
    assert read_table(tmp_path / "all.csv").assessments == read_table(DEMO).assessments
    assert cbi("import", tmp_path / "all.json")[1] == "The store holds all of this already.\n"
    out = cbi("import", tmp_path / "all.csv")[1]
    assert out.endswith("\n\nThe store holds all of this already.\n")
    assert "Becomes" not in out  # no cell changes anything
    for name in ("all.json", "all.csv"):
        code, _, err = cbi("export", tmp_path / name)
        assert (code, "was not overwritten" in err) == (1, True)
    assert cbi("export", tmp_path / "none" / "all.json")[0] == 1
    (tmp_path / "cut.json").write_text(printed[:2000])
    code, _, err = cbi("import", tmp_path / "cut.json")
    assert (code, "is no sound export of a store" in err, "Traceback" in err) == (1, True, False)


def test_the_preview_counts_new_papers_and_names_those_that_change(cbi, url, tmp_path, opened):
    cbi("import", DEMO, "--yes", "--person", "Mei")
    store = opened(url)
    city = store.find_city("Example City (invented)").id
    keep = {"person": "Mei", "city_id": city}
    store.papers.save(Kind.PLAN, "70 points", {"target": 70}, based_on=0, **keep)
    cbi("export", tmp_path / "mine.json")
    data = json.loads((tmp_path / "mine.json").read_text("utf-8"))
    (plan,) = data["cities"][0]["papers"]
    data["cities"][0]["papers"] = [
        {**plan, "content": {"target": 75}, "person": "Jonas"},
        *({**plan, "kind": "scenario", "key": key} for key in ("more trees", "more parks")),
    ]
    data["papers"] = [{**plan, "kind": "setting", "key": "ranges"}]
    (tmp_path / "theirs.json").write_text(json.dumps(data), "utf-8")
    out = cbi("import", tmp_path / "theirs.json")[1]
    assert "New papers: scenario 2, setting 1\n" in out
    assert "Papers that change (1): Example City (invented), plan “70 points” (Mei, 20" in out
    assert "Nothing is saved yet." in out
    assert store.papers.of(Kind.SETTING) == ()
    out = cbi("import", tmp_path / "theirs.json", "--yes", "--person", "Ana")[1]
    assert "Saved." in out
    assert store.papers.get(Kind.PLAN, "70 points", city_id=city).content == {"target": 75}
    assert cbi("import", tmp_path / "theirs.json")[1] == "The store holds all of this already.\n"


def test_backup_and_restore(cbi, url, tmp_path, opened):
    cbi("import", DEMO, "--yes", "--person", "Mei")
    code, out, _ = cbi("backup", tmp_path / "b.sqlite3")
    assert (code, "cities: 1, assessments: 3, last change: 20" in out) == (0, True)
    store = opened(url)
    store.add_city("Aarau", person="Mei")
    assert "To do it, say the same with --yes" in cbi("restore", tmp_path / "b.sqlite3")[1]
    assert len(store.cities()) == 2
    out = cbi("restore", tmp_path / "b.sqlite3", "--yes")[1]
    assert "Restored. What the store held before is kept in " in out
    assert len(store.cities()) == 1
    assert Path(out.strip().rpartition(" kept in ")[2].rstrip(".")).is_file()


@pytest.mark.parametrize("command", [("import", "none.csv"), ("restore", "none"), ("backup", "/none/b")])
def test_files_that_are_not_there(cbi, command):
    code, _, err = cbi(*command)
    assert code in (1, 2)
    assert "Traceback" not in err
    assert err.strip()


def test_a_database_that_cannot_be_used_is_said_without_a_traceback(cbi, monkeypatch):
    monkeypatch.setenv("CBI_DATABASE", "sqlite:////none/of/these/cbi.sqlite3")
    code, out, err = cbi("export")
    assert (code, out) == (1, "")
    assert "cannot be opened. Check that its folder exists" in err


def test_a_name_is_kept_and_never_invented(tmp_path, monkeypatch):
    monkeypatch.delenv("CBI_PERSON", raising=False)
    file = tmp_path / "data" / "person.txt"
    assert remembered_name(file) == ""
    remember_name("  杨梅  Mei ", file)
    assert remembered_name(file) == "杨梅 Mei"
    monkeypatch.setenv("CBI_PERSON", "Jonas")
    assert remembered_name(file) == "Jonas"


def test_a_table_is_no_formula_and_reads_back_the_same():
    entry = Entry("=1+1", note="@home, +1", source="-5 %")
    given = Assessment("2021", "=A", 2026, {"setting": entry}, {"budget": Answer(note="+x", source="=y")})
    text = write_table([given])
    assert not [cell for line in text.splitlines() for cell in line.split(",") if cell[:1] in tuple("=+-@")]


WORDS = st.text("abcä-+=@'\" ,;\n中", max_size=12).map(str.strip)


@given(WORDS, WORDS, st.decimals(0, 10**9, places=3))
def test_any_note_and_source_read_back(note, source, number):
    entry = Entry(number, "km2", 2025, None, source, note)
    given = Assessment("2021", "A", 2026, {"city_area": entry}, {"natural_areas": Answer({"natural_area": entry})})
    assert read_table(write_table([given]).encode(), name="a.csv").assessments == (given,)


def test_score_and_compare_read_the_store(cbi):
    assert cbi("score")[0] == 2  # nothing to score yet
    cbi("import", DEMO, "--yes", "--person", "Mei")
    for command in ("score", "compare"):
        from_file, from_store = cbi(command, DEMO, "--json"), cbi(command, "--json")
        assert json.loads(from_store[1]) == json.loads(from_file[1])
        assert cbi(command, "--city", "Example City (invented)")[1] == cbi(command, DEMO)[1]
    code, _, err = cbi("score", "--city", "Atlantis")
    assert (code, "It holds: Example City (invented)." in err) == (2, True)
    assert cbi("score", DEMO, "--city", "Atlantis")[0] == 2


def test_the_baseline_of_the_store_holds_unless_another_is_named(cbi, url, opened):
    cbi("import", DEMO, "--yes", "--person", "Mei")
    store = opened(url)
    city = store.find_city("Example City (invented)")
    store.set_baseline(store.heads(city.id)[1].id, person="Mei")
    assert json.loads(cbi("compare", "--json")[1])[0]["baseline"] == 2021
    assert json.loads(cbi("compare", "--baseline", "2016", "--json")[1])[0]["baseline"] == 2016

"""``python -m cbi import``: workbooks, tables and forms, shown cell by cell; saved only when it is confirmed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest
from openpyxl.comments import Comment

from cbi.assessment import Assessment, Reason
from cbi.cli import main
from cbi.store import open_store
from tests.intake.files import LIBO, Filled, saved, sheet, simple, template, zipped
from tests.intake.test_mapping import ROWS

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def cbi(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command on a store of its own; gives exit code, output and errors."""
    monkeypatch.setenv("CBI_DATABASE", f"sqlite:///{tmp_path}/store.sqlite3")
    monkeypatch.setenv("CBI_PERSON", "Mei")
    monkeypatch.delenv("CBI_LANGUAGE", raising=False)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: object) -> tuple[int, str, str]:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, said.err

    return run


def stored(city: str = "Riverton") -> tuple[Assessment, ...]:
    store = open_store()
    try:
        found = store.find_city(city)
        return store.history_of(found.id).assessments if found else ()
    finally:
        store.close()


def written(name: str, data: bytes) -> Path:
    file = Path(name)
    file.write_bytes(data)
    return file


def test_a_workbook_is_shown_then_saved(cbi: Run) -> None:
    file = written("t.xlsx", simple().data())
    code, out, err = cbi("import", file)
    assert (code, err) == (0, "")
    assert "Riverton 2026, 2021 edition" in out
    row = next(line for line in out.splitlines() if "Total area of the city" in line)
    assert row.split()[:2] == ["City", "profile!C7"]
    assert "16: – → 1" in out
    assert "Nothing is saved yet" in out
    assert stored() == ()
    for flags in (["--dry-run"], ["--dry-run", "--yes"]):
        assert cbi("import", file, *flags)[0] == 0
        assert stored() == ()
    code, out, _ = cbi("import", file, "--yes")
    assert (code, "Saved." in out) == (0, True)
    (one,) = stored()
    assert one.profile["city_area"].value == Decimal("33.22")
    code, out, _ = cbi("import", file, "--yes")
    assert (code, "The store holds all of this already." in out, "Unchanged: 3" in out) == (0, True, True)


def test_several_departments_and_what_they_disagree_on(cbi: Run) -> None:
    other = Filled()
    other.put("budget.=", 2.5)
    other.put("partnerships.partners", 12)
    files = [written("parks.xlsx", simple().data()), written("finance.xlsx", other.data())]
    code, out, _ = cbi("import", *files, "--yes")
    assert code == 1  # something is left to be chosen
    assert "the files disagree" in out
    chosen = next(line.strip().removeprefix("--choose ").strip("'") for line in out.splitlines() if "=2:" in line)
    (one,) = stored()
    assert "budget" not in one.answers
    assert one.answers["partnerships"].inputs["partners"].value == 12
    assert cbi("import", *files, "--choose", chosen, "--yes")[0] == 0
    assert stored()[0].answers["budget"].finished.value == Decimal("2.5")  # type: ignore[union-attr]


def test_questions_are_asked_and_answered(cbi: Run) -> None:
    filled = Filled()
    filled.put("profile.city_area", "33,5")
    filled.put("projects.projects", 19)
    file = written("t.xlsx", filled.data())
    code, out, _ = cbi("import", file, "--yes")
    assert (code, "can be read in more than one way" in out) == (1, True)
    (one,) = stored()
    assert (set(one.profile), set(one.answers)) == (set(), {"projects"})
    answer = next(line.split("'")[1] for line in out.splitlines() if "=comma'" in line)
    assert cbi("import", file, "--answer", answer, "--yes")[0] == 0
    assert stored()[0].profile["city_area"].value == Decimal("33.5")
    assert cbi("import", file, "--answer", "decimal=point")[0] == 0
    assert "335 km²" in cbi("import", file, "--answer", "decimal=point")[1]


def test_json_lists_items_problems_and_questions(cbi: Run) -> None:
    filled = simple()
    filled.put("recreation.park_area", "about 30")
    filled.put("partnerships.partners", "n/a")
    code, out, _ = cbi("import", written("t.xlsx", filled.data()), "--json")
    found = json.loads(out)
    (one,) = found["assessments"]
    assert (code, one["city"], one["points"], one["saved"]) == (1, "Riverton", {"before": 0, "after": 2}, False)
    budget = next(item for item in one["items"] if item["place"] == "budget")
    assert (budget["where"], budget["becomes"], budget["state"]) == ("Governance!D17", "1.5 %", "new")
    assert budget["points"] == [{"number": 16, "id": "budget", "before": None, "after": 1}]
    assert [question["group"] for question in one["questions"]] == ["n/a"]
    assert [problem["code"] for problem in found["problems"]] == ["not_a_number"]


def test_an_unknown_form_and_its_mapping(cbi: Run) -> None:
    file = written("form.xlsx", saved(sheet(ROWS, "Finance")))
    code, out, err = cbi("import", file)
    assert (code, "say with --mapping what its fields are" in err) == (1, True)
    assert "Finance!C6  Budget allocated to biodiversity  =  budget.=" in out
    assert "the title of indicator 16" in out
    found = json.loads(cbi("import", file, "--json")[1])
    written("map.json", json.dumps(found["unknown"][0]["mapping"]).encode())
    given = ("--mapping", "map.json", "--city", "Aarau", "--year", 2026)
    code, out, err = cbi("import", file, *given, "--yes")
    assert (code, err, "Saved." in out) == (0, "", True)
    assert stored("Aarau")[0].answers["budget"].finished.value == Decimal("1.8")  # type: ignore[union-attr]
    assert "names no city or no year" in cbi("import", file, "--mapping", "map.json")[2]
    written("none.json", b"{}")
    code, _, err = cbi("import", file, "--mapping", "none.json")
    assert (code, "is no mapping of a form" in err) == (2, True)
    assert cbi("import", file, "--mapping", "nowhere.json")[0] == 2


@pytest.mark.long
def test_of_every_format(cbi: Run, from_libreoffice: Mapping[str, Mapping[str, bytes]]) -> None:
    files = {form: saved_again["simple.xlsx"] for form, saved_again in from_libreoffice.items()}
    for form, data in {**files, "xlsm": simple().data()}.items():
        code, out, _ = cbi("import", written(f"t.{form}", data))
        assert (code, "16: – → 1" in out) == (0, True)


def test_the_other_language(cbi: Run) -> None:
    code, out, _ = cbi("import", written("t.xlsx", template(LIBO, "zh_Hans")), "--language", "zh_Hans")
    assert (code, "尚未保存任何内容" in out) == (1, True)


def test_files_that_cannot_be_read_do_not_stop_the_others(cbi: Run) -> None:
    good, bad = written("t.xlsx", simple().data()), written("b.xlsx", b"%PDF-1.7 " + bytes(50))
    code, out, err = cbi("import", good, bad, "none.xlsx", "--yes")
    assert (code, "Saved." in out) == (1, True)
    assert "This is a PDF file" in err
    assert "none.xlsx" in err
    assert len(stored()) == 1
    for file in ("none.xlsx", bad):
        code, _, err = cbi("import", file)
        assert (code in (1, 2), "Traceback" in err, bool(err.strip())) == (True, False, True)


def test_wrong_usage(cbi: Run) -> None:
    file = written("t.xlsx", simple().data())
    assert cbi("import", file, "--answer", "nonsense")[0] == 2
    assert cbi("import", file, "--numbers", "nowhere")[0] == 2


@pytest.mark.long
def test_a_plain_table_in_a_workbook_of_libreoffice(
    cbi: Run, from_libreoffice: Mapping[str, Mapping[str, bytes]]
) -> None:
    file = written("table.ods", from_libreoffice["ods"]["table.xlsx"])
    code, out, _ = cbi("import", file, "--yes")
    assert (code, "Saved." in out) == (0, True)
    assert stored()[0].answers["budget"].finished.value == Decimal("1.5")  # type: ignore[union-attr]


def test_points_are_held_against_the_baseline_of_the_store(cbi: Run) -> None:
    """200 birds in 2020 and 211 now: the change is scored, because the store knows the year before."""
    table = "city,year,indicator,input,value\nRiverton,2020,profile,bird_species,200\n"
    assert cbi("import", written("base.csv", table.encode()), "--yes")[0] == 0
    filled = Filled()
    filled.put("profile.bird_species", 211)
    found = json.loads(cbi("import", written("t.xlsx", filled.data()), "--json")[1])
    (item,) = found["assessments"][0]["items"]
    change = next(points for points in item["points"] if points["id"] == "bird_species_change")
    assert (change["before"], change["after"] is not None) == (None, True)


TABLE = """city,year,indicator,input,value
Riverton,2026,budget,,"12,5"
Riverton,2026,projects,,暂无数据
Riverton,2026,awareness,events,无
Riverton,2026,profile,city_area,33.22 km2
Riverton,2026,partnerships,,-
Riverton,2026,recreation,park_area,about 30
"""


def test_a_single_plain_table_is_understood_cell_by_cell(cbi: Run) -> None:
    """As in a workbook or beside another file: nothing there is asked, left out or misread otherwise."""
    file = written("t.csv", TABLE.encode())
    code, out, err = cbi("import", file)
    assert (code, err.count("error")) == (1, 1)
    assert "t.csv:7: “about 30” is not a number" in err
    rows = {line.split()[0]: line for line in out.splitlines() if line.startswith("t.csv:")}
    assert rows["t.csv:3"].split()[-1] == "data"  # becomes: no data
    assert ("33.22 km2" in rows["t.csv:5"], "33.22 km²" in rows["t.csv:5"]) == (True, True)  # found, becomes
    assert "t.csv:6" not in out  # a dash says nothing
    assert ("which number is meant" in out.lower(), "“无” may mean" in out) == (True, True)
    assert "The store holds" not in out
    answers = ("--answer", "decimal=comma", "--answer", "none=zero")
    assert "16: – → 4" in cbi("import", file, *answers)[1]  # 12.5 % is more than 3.7 %
    assert cbi("import", file, *answers, "--yes")[0] == 1  # the row that is wrong is told again
    (one,) = stored()
    assert one.answers["budget"].finished.value == Decimal("12.5")  # type: ignore[union-attr]
    assert one.answers["awareness"].inputs["events"].value == 0
    assert one.answers["projects"].reason is Reason.NO_DATA
    assert set(one.answers) == {"budget", "awareness", "projects"}
    sheets = written("plain.xlsx", saved(sheet([["indicator", "value"], [16, "n/a"], [25, 19]])))
    code, out, err = cbi("import", sheets, "--city", "Riverton", "--year", 2026)
    assert (code, err) == (1, "")
    assert [line.split()[0] for line in out.splitlines() if "25: – → 1" in line] == ["Data!B3"]
    assert "Data!B2" in out  # n/a is asked about


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.xlsx", b"%PDF-1.7 " + bytes(50), "This is a PDF file"),
        ("a.csv", b"%PDF-1.7 " + bytes(50), "This is a PDF file"),
        ("a.csv", b"a,b\xff\xfa\x81\xff\n", "neither UTF-8 nor GB18030"),
        ("a.csv", b"", "The file is empty"),
        ("a.json", b"[", "This is not JSON"),
        ("a.xlsx", simple().data()[:3000], "This is not a workbook"),
        ("a.numbers", zipped({"Index/Document.iwa": b"x"}), "In Numbers choose Export to"),
        ("a.xlsb", zipped({"xl/workbook.bin": b"x"}), "Save the workbook as .xlsx"),
    ],
)
def test_a_refused_file_ends_in_its_sentence_alone(cbi: Run, name: str, data: bytes, words: str) -> None:
    code, out, err = cbi("import", written(name, data), "--yes")
    assert (code, out, words in err, err.count(name)) == (1, "", True, 1)


def test_a_very_large_table_is_brought_in_as_a_whole(cbi: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cbi.intake.grids.MOST_LINES", 100)  # 20 000 in the program: as many cities take a minute
    rows = [f"City {number},2026,budget,1.5" for number in range(101)]
    table = "\n".join(["city,year,indicator,value", *rows])
    code, out, err = cbi("import", written("all.csv", table.encode()))
    assert (code, err) == (0, "")
    assert "New cities: City 0, City 1, " in out
    assert "Nothing is saved yet" in out


def test_the_years_of_a_table_are_saved_together_and_scored_one_beside_the_other(cbi: Run) -> None:
    """4 bird species more than in the baseline year are 4 points, though the store knows neither year yet."""
    table = (
        "city,year,indicator,input,value\n"
        "Riverton,2026,profile,bird_species,204\n"
        "Riverton,2020,profile,bird_species,200\n"
    )
    file = written("years.csv", table.encode())
    out = cbi("import", file)[1]
    assert out.index("Riverton 2020") < out.index("Riverton 2026")
    assert "5: – → 4" in out
    assert (out.count("New years: "), out.count("Nothing is saved yet")) == (1, 1)
    assert cbi("import", file, "--yes")[0] == 0
    assert [one.year for one in stored()] == [2020, 2026]


def test_what_is_saved_beside_a_figure_is_shown(cbi: Run) -> None:
    filled = Filled()
    filled.put("projects.projects", 19)
    record = {"data_year": 2025, "quality": "low", "source": "Parks department, list of May 2025", "note": "=drafts"}
    for column, value in record.items():
        filled.put("projects.projects", value, column).data_type = "s" if isinstance(value, str) else "n"
    filled.cell("projects.projects").comment = Comment("two of them shared", "Mei")
    file = written("t.xlsx", filled.data())
    out = cbi("import", file)[1]
    for said in ("Year of the data: 2025", "Quality: low", "Source: Parks department, list of May 2025"):
        assert f"  {said}\n" in out
    note = next(line for line in out.splitlines() if line.startswith("  Note: "))
    assert ("=drafts" in note, "two of them shared" in note) == (True, True)
    (item,) = json.loads(cbi("import", file, "--json")[1])["assessments"][0]["items"]
    assert item["record"]["data_year"] == {"now": "", "becomes": "2025"}
    assert item["record"]["source"] == {"now": "", "becomes": "Parks department, list of May 2025"}
    cbi("import", file, "--yes")
    filled.put("projects.projects", 2026, "data_year")
    out = cbi("import", written("t.xlsx", filled.data()))[1]
    assert "  Year of the data: 2025 → 2026\n" in out


def test_the_same_figure_of_two_departments_is_one_line(cbi: Run) -> None:
    one, other = Filled(), Filled()
    for filled in (one, other):
        filled.put("profile.city_area", 130)
    other.put("profile.city_area", "survey", "source")
    out = cbi("import", written("parks.xlsx", one.data()), written("water.xlsx", other.data()))[1]
    assert out.count("130 km²") == 2  # found once, becomes once
    assert "parks.xlsx City profile!C7, water.xlsx City profile!C7  Total area of the city\n  Source: survey" in out


def test_a_mapping_is_kept_and_says_what_it_leaves_out(cbi: Run) -> None:
    file = written("form.xlsx", saved(sheet(ROWS, "Finance")))
    found = json.loads(cbi("import", file, "--json")[1])["unknown"][0]["mapping"]
    fields = found["sheets"]["Finance"]["fields"]
    del fields["population"]
    written("map.json", json.dumps(found).encode())
    where = ("--city", "Aarau", "--year", 2026)
    given = cbi("import", file, *where, "--mapping", "map.json")[1]
    assert "With --yes the mapping is kept" in given
    assert "Fields that are not read: 2 (Number of dogs; Population)" in given
    assert cbi("import", file, *where)[0] == 1  # nothing was kept yet
    out = cbi("import", file, *where, "--mapping", "map.json", "--yes")[1]
    assert "The mapping is kept for every file of this form." in out
    code, out, err = cbi("import", file, *where)
    assert (code, err) == (0, "")
    assert "form.xlsx: read with the mapping that Mei gave" in out
    assert "Fields that are not read: 2 (Number of dogs; Population)" in out
    (form,) = json.loads(cbi("import", file, *where, "--json")[1])["forms"]
    assert [one["where"] for one in form["not_read"]] == ["Finance!C8", "Finance!C9"]
    del fields["projects of biodiversity"]
    written("map.json", json.dumps(found).encode())
    cbi("import", file, *where, "--mapping", "map.json", "--yes")  # another one takes its place
    assert "Fields that are not read: 3" in cbi("import", file, *where)[1]

"""``python -m cbi import``: workbooks, tables and forms, shown cell by cell; saved only when it is confirmed."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from decimal import Decimal
from pathlib import Path

import pytest

from cbi.assessment import Assessment
from cbi.cli import main
from cbi.store import open_store
from tests.intake.files import LIBO, Filled, saved, sheet, simple, template
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


@pytest.mark.xdist_group("libreoffice")
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


@pytest.mark.xdist_group("libreoffice")
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

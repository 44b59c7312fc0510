"""``python -m cbi template`` and ``export OUT.xlsx``: what they write, and what they refuse."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from cbi.cli import main
from cbi.tables import read_table

DEMO = Path(__file__).parents[2] / "data" / "demo"
LIBO, EXAMPLE = DEMO / "libo-county-2026.csv", DEMO / "example-city.csv"
CITY = "Example City (invented)"


@pytest.fixture
def cbi(capsys):
    """Run a command; gives exit code, output and errors."""

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


def texts(file: Path) -> list[object]:
    book = openpyxl.load_workbook(io.BytesIO(file.read_bytes()))
    return [cell.value for page in book.worksheets for row in page.iter_rows() for cell in row]


def test_a_template_for_one_department(cbi, tmp_path):
    out = tmp_path / "parks.xlsx"
    given = ("--city", "Aarau", "--year", "2026", "--contact", "me@example.org")
    assert cbi("template", out, "--indicators", "12, park_access", *given) == (0, "", "")
    found = texts(out)
    assert {"Aarau", 2026, "me@example.org", "recreation.park_area", "profile.population"} <= set(found)
    assert "budget" not in found
    assert not (tmp_path / "own.sqlite3").exists()  # a template is no reason to make a store


def test_a_template_filled_from_a_table(cbi, tmp_path):
    out = tmp_path / "libo.xlsx"
    assert cbi("template", out, "--prefill", LIBO, "--language", "zh_Hans")[0] == 0
    found = texts(out)
    assert {"Libo County", 2026, 33.22, "平方公里"} <= set(found)


def test_the_newest_year_that_fits_fills_it(cbi, tmp_path):
    out = tmp_path / "example.xlsx"
    assert cbi("template", out, "--prefill", EXAMPLE)[0] == 0
    assert 2024 in texts(out)
    code, _, err = cbi("template", tmp_path / "b.xlsx", "--prefill", EXAMPLE, "--year", "2016")
    assert (code, "2016 (2014)" in err) == (2, True)
    assert cbi("template", tmp_path / "b.xlsx", "--prefill", EXAMPLE, "--edition", "2014")[0] == 0


def test_last_time_comes_from_the_store(cbi, tmp_path):
    assert cbi("import", EXAMPLE, "--yes", "--person", "Mei")[0] == 0
    out = tmp_path / "next.xlsx"
    assert cbi("template", out, "--city", CITY, "--year", "2027", "--indicators", "5")[0] == 0
    found = texts(out)
    newest = read_table(EXAMPLE).assessments[-1]
    assert "Last time (2024)" in found
    assert f"{newest.profile['bird_species'].value} species" in found
    first = read_table(EXAMPLE).assessments[0].profile["bird_species"].value
    assert any(f",{first},IF(" in str(text) for text in found)  # the baseline, for the live points
    out = tmp_path / "unknown.xlsx"
    assert cbi("template", out, "--city", "Nowhere", "--year", "2027")[0] == 0
    assert "Last time" in texts(out)


def test_nothing_is_overwritten(cbi, tmp_path):
    out = tmp_path / "there.xlsx"
    out.write_text("mine")
    code, _, err = cbi("template", out)
    assert (code, "was not overwritten" in err, out.read_text()) == (1, True, "mine")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("out.xls",), "must end in .xlsx"),
        (("out.xlsx", "--indicators", "29"), "no indicator “29” in the 2021 edition"),
        (("out.xlsx", "--prefill", "missing.csv"), "no such file"),
        (("no/folder/out.xlsx",), "cannot be written"),
    ],
)
def test_what_is_refused_says_why(cbi, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    code, _, err = cbi("template", *arguments)
    assert code in (1, 2)
    assert words in " ".join(err.split())
    assert not list(tmp_path.glob("*.xls*"))


def test_a_city_of_the_store_as_a_workbook(cbi, tmp_path):
    cbi("import", EXAMPLE, "--yes", "--person", "Mei")
    out = tmp_path / "city.xlsx"
    assert cbi("export", out) == (0, "", "")
    assert read_table(out).assessments == read_table(EXAMPLE).assessments
    cbi("import", LIBO, "--yes", "--person", "Mei")
    code, _, err = cbi("export", tmp_path / "two.xlsx")
    assert (code, "--city" in err) == (2, True)
    assert cbi("export", tmp_path / "two.xlsx", "--city", "Libo County")[0] == 0

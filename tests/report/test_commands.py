"""``report``, ``chapter``, ``datapackage``, ``packet`` – and ``score`` on a packet."""

from __future__ import annotations

import json
import zipfile

import pytest

from cbi.cli import main
from cbi.store import open_store
from cbi.store.records import Source
from cbi.version import VERSION
from tests.report.conftest import DEMO, pages_of, text_of

EXAMPLE, LIBO = DEMO / "example-city.csv", DEMO / "libo-county-2026.csv"


@pytest.fixture
def cbi(capsys):
    """Run a command; gives exit code, output and errors."""

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


def test_report_of_a_file(cbi, tmp_path):
    out = tmp_path / "libo.pdf"
    code, said, _ = cbi("report", LIBO, "-o", out)
    assert code == 0
    assert str(out) in said
    assert "Libo County" in pages_of(out.read_bytes())[0]


def test_the_latest_year_or_the_one_asked_for(cbi, tmp_path):
    out = tmp_path / "a.pdf"
    assert cbi("report", EXAMPLE, "-o", out, "--form", "short")[0] == 0
    assert "2024" in pages_of(out.read_bytes())[0]
    assert cbi("report", EXAMPLE, "-o", out, "--form", "short", "--year", "2016", "--paper", "us-letter")[0] == 0
    assert "38 of 92" in pages_of(out.read_bytes())[0]
    code, _, said = cbi("report", EXAMPLE, "-o", out, "--year", "2020")
    assert code == 2
    assert "2016, 2021, 2024" in said


def test_sheet_of_one_indicator(cbi, tmp_path):
    out = tmp_path / "a.pdf"
    assert cbi("report", LIBO, "-o", out, "--indicator", "8")[0] == 0
    assert "Proportion of Protected Natural Areas" in text_of(out.read_bytes())
    assert cbi("report", LIBO, "-o", out, "--indicator", "99")[0] == 2
    code, _, said = cbi("report", LIBO, "-o", out, "--form", "indicator")
    assert code == 2
    assert "--indicator" in said


def test_one_page(cbi, tmp_path):
    out = tmp_path / "a.pdf"
    assert cbi("report", EXAMPLE, "-o", out, "--form", "page")[0] == 0
    [page] = pages_of(out.read_bytes())
    assert "88 of 112" in page
    assert "What moved most since the baseline" in page


def test_report_in_chinese_with_a_number_format(cbi, tmp_path):
    out = tmp_path / "a.pdf"
    assert cbi("report", LIBO, "-o", out, "--language", "zh_Hans", "--number-format", "de")[0] == 0
    text = text_of(out.read_bytes())
    assert "城市原生生物多样性" in text
    assert "67,7 %" in text
    assert cbi("report", LIBO, "-o", out, "--number-format", "nowhere")[0] == 2


def test_faults_of_the_file_are_listed_and_the_report_is_written(cbi, tmp_path):
    table, out = tmp_path / "t.csv", tmp_path / "a.pdf"
    table.write_text("city,year,indicator,value\nTown,2026,27,12\nTown,2026,99,1\n")
    code, _, said = cbi("report", table, "-o", out)
    assert code == 1
    assert "99" in said
    assert "t.csv:3" in text_of(out.read_bytes())


def test_several_cities_ask_for_a_choice(cbi, tmp_path):
    table, out = tmp_path / "t.csv", tmp_path / "a.pdf"
    table.write_text("city,year,indicator,value\nTown,2026,27,12\nVillage,2026,27,61\n")
    code, _, said = cbi("report", table, "-o", out)
    assert code == 2
    assert "Town, Village" in said
    assert cbi("report", table, "-o", out, "--city", "Village", "--form", "short")[0] == 0
    assert "Village" in pages_of(out.read_bytes())[0]


def test_a_place_that_cannot_be_written(cbi, tmp_path):
    assert cbi("report", LIBO, "-o", tmp_path / "none" / "a.pdf", "--form", "short")[0] == 2


def test_a_baseline_that_was_not_assessed(cbi, tmp_path):
    for command in ("report", "packet", "datapackage"):
        assert cbi(command, EXAMPLE, "-o", tmp_path / "a", "--baseline", "1999")[0] == 2
    assert cbi("chapter", EXAMPLE, "--baseline", "1999")[0] == 2


def test_chapter_to_copy(cbi):
    code, said, _ = cbi("chapter", LIBO)
    assert code == 0
    assert said.startswith("City Biodiversity Index\nTotal score: 14 of 112 points\n")


def test_score_of_a_packet_is_score_of_the_file(cbi, tmp_path):
    out = tmp_path / "a.zip"
    assert cbi("packet", EXAMPLE, "-o", out)[0] == 0
    code, said, _ = cbi("score", out, "--json")
    assert (code, json.loads(said)) == (0, json.loads(cbi("score", EXAMPLE, "--json")[1]))


def test_a_packet_keeps_its_baseline(cbi, tmp_path):
    out = tmp_path / "a.zip"
    cbi("packet", EXAMPLE, "-o", out, "--baseline", "2021")
    expected = cbi("compare", EXAMPLE, "--baseline", "2021", "--json")[1]
    assert json.loads(cbi("compare", out, "--json")[1]) == json.loads(expected)


def test_what_is_no_packet(cbi, tmp_path):
    wrong = tmp_path / "a.zip"
    wrong.write_bytes(b"nothing")
    assert cbi("score", wrong)[0] == 2
    code, _, said = cbi("score", tmp_path / "none.zip")
    assert code == 2
    assert "Traceback" not in said


def test_datapackage(cbi, tmp_path):
    out = tmp_path / "a.zip"
    assert cbi("datapackage", EXAMPLE, "-o", out, "--licence", "CC0-1.0")[0] == 0
    about = json.loads(zipfile.ZipFile(out).read("datapackage.json"))
    assert about["licenses"][0]["name"] == "CC0-1.0"


def test_from_the_store_with_the_files_of_its_sources(cbi, tmp_path):
    assert cbi("import", EXAMPLE, "--yes", "--person", "Mei")[0] == 0
    store = open_store()
    city = store.find_city("Example City (invented)")
    title = "Land cover map of the city 2024"
    known = next((one for one in store.sources.of_city(city.id) if one.source.title == title), None)
    source = store.sources.save(
        city.id, Source(title, "Survey office"), based_on=known.version if known else 0, person="Mei"
    )
    attached = store.sources.attach(source.id, "map.pdf", b"bytes of the map", "application/pdf", person="Mei")
    store.close()
    out = tmp_path / "a.pdf"
    assert cbi("report", "-o", out)[0] == 0
    text = text_of(out.read_bytes())
    assert "Survey office" in text
    assert attached.sha256 in text
    assert cbi("packet", "-o", tmp_path / "a.zip")[0] == 0
    manifest = json.loads(zipfile.ZipFile(tmp_path / "a.zip").read("packet.json"))
    files = [file["sha256"] for one in manifest["sources"] for file in one["files"]]
    assert files == [attached.sha256]


def test_nothing_to_hand_out(cbi, tmp_path):
    table = tmp_path / "t.csv"
    table.write_text("indicator,value\n")
    assert cbi("report", table, "-o", tmp_path / "a.pdf")[0] == 1


def test_the_version_is_that_of_the_project():
    import tomllib

    project = tomllib.loads((DEMO.parents[1] / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["version"] == VERSION

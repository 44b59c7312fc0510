"""``python -m cbi profile``: what people and programs are printed, where, and with which exit code."""

import json
import re
from pathlib import Path

import pytest

from cbi.citieswithnature import from_data
from cbi.cli import main

from .paper import picture_pdf, profile_pdf
from .port_alder import LINES, TEXT, read, with_line

FILE = Path(__file__).with_name("port_alder.txt")


@pytest.fixture
def cbi(capsys, monkeypatch):
    monkeypatch.delenv("CBI_LANGUAGE", raising=False)

    def run(*arguments):
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        return ended.value.code or 0, said.out, said.err

    return run


def test_for_people(cbi):
    code, out, err = cbi("profile", FILE)
    assert code == 0
    for words in (
        "Port Alder · City profile from CitiesWithNature · 2026-03-03",
        "Actions: 9 found (9 stated), in 4 commitments; 8 with a baseline, 1 with a target",
        "Nature Pathway: 2 of 9 steps have uploads",
        "(the city has not started)",
        "8 Proportion of Protected Natural Areas · Protected or secured natural area",
        "“They cover 9.3 square kilometers of ground.”",
        "What agrees",
    ):
        assert words in out
    assert "Commitments without a heading: 1." in err
    assert max(map(len, out.splitlines())) <= 130


def test_for_programs(cbi):
    code, out, _ = cbi("profile", FILE, "--json")
    data = json.loads(out)
    assert code == 0
    assert from_data(data["profile"]) == read(TEXT)
    assert data["counts"] == {
        "stated_actions": 9, "actions": 9, "commitments": 4, "baselines": 8, "targets": 1, "uploads": 2, "tools": 2,
        "not_understood": 0,
    }  # fmt: skip
    [area] = [one for one in data["suggestions"] if one["input"] == "protected_area"]
    assert (area["value"], area["unit"], area["data_year"]) == ("9.3", "km2", 2025)
    assert data["moves"]["a2"] == ["protected_areas", "natural_areas"]
    assert [one["code"] for one in data["problems"]] == ["heading_lost"]


def test_the_chapter_on_the_index_is_printed(cbi):
    _, out, _ = cbi("profile", FILE)
    lines = out.splitlines()
    place = lines.index("City Biodiversity Index: 17 of 112 points")
    assert lines[place + 2] == "  Natural areas of the town: 4 points"


def test_the_day_of_a_figure_is_printed(cbi):
    _, out, _ = cbi("profile", FILE)
    assert "9.3 km² · updated 2025-04-07 · confidence medium" in out
    _, out, _ = cbi("profile", FILE, "--json")
    [area] = [one for one in json.loads(out)["suggestions"] if one["input"] == "protected_area"]
    assert area["updated"] == "2025-04-07"


def test_how_numbers_are_written(cbi, tmp_path):
    file = tmp_path / "commas.txt"
    file.write_text(TEXT.replace("9.3 square", "9,3 square"), encoding="utf-8")
    assert "can be read in two ways" in cbi("profile", file)[2]
    _, out, _ = cbi("profile", file, "--numbers", "de")
    assert "9.3 km² · updated 2025-04-07" in out
    code, _, err = cbi("profile", file, "--numbers", "klingon")
    assert (code, "klingon" in err) == (2, True)


def test_as_pdf(cbi, tmp_path):
    file = tmp_path / "alder.pdf"
    file.write_bytes(profile_pdf(LINES))
    code, out, _ = cbi("profile", file)
    assert code == 0
    assert "Actions: 9 found" in out
    assert re.search(r"· page \d", out)


def test_what_was_not_understood_is_shown(cbi, tmp_path):
    file = tmp_path / "stray.txt"
    file.write_text(with_line("Last update: 1 Feb 2026", "", "A stray remark", ""), encoding="utf-8")
    _, out, err = cbi("profile", file)
    assert "Not understood" in out
    assert "A stray remark" in out
    assert "not understood: 1" in err


def test_files_that_cannot_be_used(cbi, tmp_path):
    code, _, err = cbi("profile", tmp_path / "nowhere.pdf")
    assert (code, "no such file" in err) == (2, True)
    code, _, err = cbi("profile", tmp_path)
    assert (code, "a folder" in err) == (2, True)
    picture = tmp_path / "picture.pdf"
    picture.write_bytes(picture_pdf())
    code, out, err = cbi("profile", picture)
    assert (code, out) == (1, "")
    assert "pictures of pages" in err
    code, out, err = cbi("profile", picture, "--json")
    assert code == 1
    assert json.loads(out)["profile"] is None


def test_in_chinese(cbi):
    code, out, _ = cbi("profile", FILE, "--language", "zh_Hans")
    assert code == 0
    assert "本指标只计城市边界以内受保护的自然区域" in out
    assert "行动基线" in out
    assert "基线年" not in out

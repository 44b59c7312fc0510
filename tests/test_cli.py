"""The command line as people and programs meet it: what it prints, where, and with which exit code."""

import csv
import json
import os
import re
import subprocess
import sys
import unicodedata
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import jsonschema
import pytest

from cbi.cli import main

ROOT = Path(__file__).parent.parent
LIBO = ROOT / "data" / "demo" / "libo-county-2026.csv"
EXAMPLE = ROOT / "data" / "demo" / "example-city.csv"
SCHEMA = json.loads((Path(__file__).parent / "scorecard.schema.json").read_text(encoding="utf-8"))


class Said(NamedTuple):
    """What a command printed, where, and the exit code it left."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cbi = Callable[..., Said]


@pytest.fixture
def cbi(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Cbi:
    """Run a command within this process: an error that is not an exit would fail the test."""
    monkeypatch.delenv("CBI_LANGUAGE", raising=False)

    def run(*arguments: object) -> Said:
        with pytest.raises(SystemExit) as ended:
            main([str(argument) for argument in arguments])
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int | None)
        return Said(ended.value.code or 0, said.out, said.err)

    return run


def process(*arguments: str, **environment: str) -> Said:
    """Run a command as a person does, in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "cbi", *arguments],
        cwd=ROOT,
        env={**{name: text for name, text in os.environ.items() if name != "CBI_LANGUAGE"}, **environment},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    return Said(done.returncode, done.stdout, done.stderr)


def written(folder: Path, text: str, name: str = "city.csv") -> Path:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    return file


def indicator(card: dict[str, Any], number: int) -> dict[str, Any]:
    return next(one for one in card["indicators"] if one["number"] == number)


def line_of(text: str, start: str) -> str:
    return next(line for line in text.splitlines() if line.split()[:1] == [start])


# ------------------------------------------------------------------------------------------ Libo County


def test_libo_as_the_city_profile_gives_it(cbi: Cbi) -> None:
    said = cbi("score", LIBO, "--json")
    (card,) = said.json
    assert (card["city"], card["year"], card["edition"]) == ("Libo County", 2026, "2021")
    # 22.49 / 33.22 = 67.70 %: 4; tree cover 71.97 %, over 55.0: 4; 240 ha / 186.987 thousand people = 1.28 ha: 4;
    # 40 % of the people, 30.0–49.9: 1; 10 campaigns, 1–59: 1. Together 14 of 5 × 4 = 20.
    expected = {1: ("67.7", 4), 11: ("72.0", 4), 12: ("1.3", 4), 13: ("40.0", 1), 27: ("10", 1)}
    scored = {one["number"]: (one["value"], one["points"]) for one in card["indicators"] if one["status"] == "scored"}
    assert scored == expected
    assert (card["points"], card["scored"], card["attainable"], card["maximum"]) == (14, 5, 20, 112)
    # of the other 23, the three changes of species cannot be scored in a first year: 14 + 20 × 4
    assert card["possible"] == {"lowest": 14, "highest": 94}
    assert [one["status"] for one in card["indicators"][3:6]] == ["baseline_year"] * 3


def test_libos_protected_area_larger_than_its_area_is_not_scored_and_says_why(cbi: Cbi) -> None:
    said = cbi("score", LIBO, "--json")
    assert said.code == 1
    (card,) = said.json
    assert indicator(card, 8)["status"] == "not_scored"
    (why,) = [
        one["message"] for one in card["problems"] if one["code"] == "part_exceeds_whole" and "8 " in one["where"]
    ]
    for word in ("586.90 km²", "33.22 km²", "1,766.7 %", "boundary"):  # 586.90 / 33.22 = 17.667
        assert word in why


def test_libos_three_equal_figures_are_pointed_out(cbi: Cbi) -> None:
    said = cbi("score", LIBO)
    (slip,) = [line for line in said.err.splitlines() if line.startswith("warning") and "very same figure" in line]
    assert "586.90" in slip
    for name in ("Number of protected", "Protected or secured natural area", "Effective mesh size"):
        assert name in slip
    assert "586.90 is not a whole number" in said.err


def test_libo_with_the_area_of_the_whole_county(cbi: Cbi, tmp_path: Path) -> None:
    with LIBO.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    for row in rows:
        if row[3:5] == ["profile", "city_area"]:
            row[5] = "2415.47"
    file = tmp_path / "libo.csv"
    with file.open("w", encoding="utf-8", newline="") as out:
        csv.writer(out).writerows(rows)
    (card,) = cbi("score", file, "--json").json
    protected = indicator(card, 8)
    assert (protected["value"], protected["points"]) == ("24.3", 4)  # 586.90 / 2 415.47 = 24.297 %, over 17.0 %


def test_libo_as_a_table_for_people(cbi: Cbi) -> None:
    said = cbi("score", LIBO)
    first = said.out.splitlines()[0]
    assert all(word in first for word in ("Libo County", "2026", "2021"))
    row = line_of(said.out, "1")
    assert all(word in row for word in ("Proportion of Natural Areas in the City", "67.7", "> 20.0 %", "confirmed"))
    assert re.search(r"\b4\b", row)
    assert "not scored" in line_of(said.out, "8")
    assert "4 of 5 scored indicators" in said.out
    assert "bands to be checked against the handbook before publishing" in said.out


# ---------------------------------------------------------------------------------- JSON for programs


@pytest.mark.parametrize("file", [LIBO, EXAMPLE], ids=["libo", "example"])
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_scorecards_keep_to_the_schema(cbi: Cbi, file: Path, language: str) -> None:
    cards = cbi("score", file, "--json", "--language", language).json
    jsonschema.Draft202012Validator(SCHEMA).validate(cards)
    assert len(cards) == (1 if file is LIBO else 3)


def test_faulty_and_empty_tables_keep_to_the_schema(cbi: Cbi, tmp_path: Path) -> None:
    faulty = written(tmp_path, "indicator,value,reason\n1,18.5,\n99,5,\n8,five,\n9,,no_data\n")
    said = cbi("score", faulty, "--json")
    assert said.code == 1
    jsonschema.Draft202012Validator(SCHEMA).validate(said.json)
    (card,) = said.json
    assert (card["city"], card["year"], card["points"], card["scored"]) == (None, None, 3, 1)
    assert indicator(card, 9)["reason"] == "no_data"
    assert [problem["where"] for problem in card["problems"]][:2] == [f"{faulty}:3", f"{faulty}:4"]
    empty = cbi("score", written(tmp_path, "indicator,value\n"), "--json")
    assert (empty.code, empty.json) == (1, [])


def test_the_language_changes_words_and_never_numbers(cbi: Cbi) -> None:
    english, chinese = (cbi("score", EXAMPLE, "--json", "--language", one).json for one in ("en", "zh_Hans"))
    numbers = ("definitions", "points", "scored", "attainable", "maximum", "possible")
    for one, other in zip(english, chinese, strict=True):
        assert {name: one[name] for name in numbers} == {name: other[name] for name in numbers}
        for key in ("value", "exact", "points", "status"):
            assert [part[key] for part in one["indicators"]] == [part[key] for part in other["indicators"]]


def test_a_comparison_as_json(cbi: Cbi) -> None:
    said = cbi("compare", EXAMPLE, "--json")
    assert said.code == 0
    (city,) = said.json
    assert (city["city"], city["baseline"]) == ("Example City (invented)", 2016)
    jsonschema.Draft202012Validator(SCHEMA).validate(city["years"])
    assert [(step["from"], step["to"]) for step in city["against_baseline"]] == [(2016, 2021), (2016, 2024)]
    assert [(step["from"], step["to"]) for step in city["against_previous"]] == [(2016, 2021), (2021, 2024)]
    step = city["against_baseline"][0]
    assert (step["edition"], step["older_edition"], step["rescored_year"]) == ("2021", "2014", 2016)
    protected = next(one for one in step["indicators"] if one["id"] == "protected_areas")
    # 21.7 / 310 = 7.0 % and 24.9 / 310 = 8.03 %: both 6.0–10.9 of the 2021 edition
    assert (protected["value"], protected["points"]) == ("1.0", 0)
    assert set(step["not_carried"]) == {
        "first_chosen_species_change",
        "second_chosen_species_change",
        "education_visits",
    }


# --------------------------------------------------------------------------------- compare, for people


def test_a_comparison_says_what_was_scored_again_and_what_was_left_out(cbi: Cbi) -> None:
    said = cbi("compare", EXAMPLE)
    assert (said.code, said.err) == (0, "")
    assert "baseline 2016" in said.out.splitlines()[0]
    text = " ".join(said.out.split())
    assert "2016 was assessed under the 2014 edition. Points of two editions are never subtracted" in text
    assert "7 Habitat Restoration (2016: not asked by the 2014 edition; 2021: 0 of 4 points)" in text
    assert "Formal Education Visits per Child Below 16 Years" in text
    for year in (2021, 2024):
        assert f"{year} against the baseline 2016" in said.out
    assert "2024 against 2021" in said.out


def test_another_baseline(cbi: Cbi) -> None:
    said = cbi("compare", EXAMPLE, "--baseline", 2021)
    assert "baseline 2021" in said.out.splitlines()[0]
    assert "2024 against the baseline 2021" in said.out
    assert "against the baseline 2016" not in said.out
    cards = {card["year"]: card for card in cbi("score", EXAMPLE, "--baseline", 2021, "--json").json}
    assert indicator(cards[2021], 4)["status"] == "baseline_year"
    assert (indicator(cards[2024], 4)["value"], indicator(cards[2024], 4)["points"]) == ("3", 3)  # 848 − 845 plants
    cards = {card["year"]: card for card in cbi("score", EXAMPLE, "--json").json}
    assert (indicator(cards[2024], 4)["value"], indicator(cards[2024], 4)["points"]) == ("6", 4)  # 848 − 842 plants


def test_a_single_year_cannot_be_compared(cbi: Cbi) -> None:
    said = cbi("compare", LIBO)
    assert said.code == 1
    assert said.out == ""
    assert "Libo County: a comparison needs at least two years." in said.err


def test_cities_with_one_year_do_not_keep_others_from_being_compared(cbi: Cbi, tmp_path: Path) -> None:
    file = written(tmp_path, "city,year,1\nA,2020,5\nA,2023,10\nB,2023,10\n")
    said = cbi("compare", file)
    assert said.code == 0
    assert "A: compared with itself, baseline 2020" in said.out
    assert "B: a comparison needs" in said.err


# ----------------------------------------------------------------------------------------------- options


def test_numbers_as_another_country_writes_them(cbi: Cbi, tmp_path: Path) -> None:
    rows = "indicator;input;value;unit\nprofile;city_area;1.205,51;km2\n1;natural_area;241,102;km2\n"
    file = written(tmp_path, rows)
    (card,) = cbi("score", file, "--numbers", "de", "--json").json
    assert (indicator(card, 1)["value"], indicator(card, 1)["points"]) == ("20.0", 3)  # 241.102 / 1 205.51 = 0.2
    said = cbi("score", file)
    assert said.code == 1
    assert "“1.205,51”" in said.err


def test_the_edition_can_be_chosen_for_a_table_that_names_none(cbi: Cbi, tmp_path: Path) -> None:
    file = written(tmp_path, "indicator,value\nprotected_areas,7.0\n")
    (newer,) = cbi("score", file, "--json").json
    (older,) = cbi("score", file, "--edition", "2014", "--json").json
    assert (newer["edition"], newer["points"], newer["maximum"]) == ("2021", 2, 112)  # 6.0–10.9
    assert (older["edition"], older["points"], older["maximum"]) == ("2014", 1, 92)  # 1.4–7.3


def test_the_language_may_come_from_the_environment(cbi: Cbi, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CBI_LANGUAGE", "zh_Hans")
    assert "受保护自然区域占比" in cbi("explain", 8).out
    assert "Proportion of Protected Natural Areas" in cbi("explain", 8, "--language", "en").out


# ------------------------------------------------------------------------------------- check and explain


def test_check_counts_what_the_editions_hold(cbi: Cbi) -> None:
    said = cbi("check")
    assert (said.code, said.err) == (0, "")
    newer, older = said.out.split("\n\n")[:2]
    assert "2021 edition: 28 indicators, maxima 36/20/56/112" in newer
    assert "2014 edition: 23 indicators, maxima 40/16/36/92" in older
    for word in ("confirmed 1", "implemented 8", "carried 13", "reconstructed 6"):  # 1 + 8 + 13 + 6 = 28
        assert word in newer
    for word in ("confirmed 6", "recalled 17"):  # 6 + 17 = 23
        assert word in older
    for part in (newer, older):
        assert re.search(r"examples: \d{3}, of which 0 do not come out", part)
        assert "translation zh_Hans: complete" in part
    assert "2014 → 2021: 20 indicators in both, 11 in one only" in said.out
    assert said.out.splitlines()[-1] == "All definitions hold."


def test_explain_an_indicator(cbi: Cbi) -> None:
    said = cbi("explain", "8")
    assert (said.code, said.err) == (0, "")
    for words in (
        "Proportion of Protected Natural Areas", "2021 edition", "protected_area", "city_area ← profile",
        "< 1.0 %", "1.0–5.9 %", "6.0–10.9 %", "11.0–17.0 %", "> 17.0 %",
        "implemented", "Bands to be checked against the handbook before publishing", "Indicator 8",
    ):  # fmt: skip
        assert words in said.out
    assert "to be checked" not in cbi("explain", "1").out.casefold()  # confirmed


def test_explain_the_older_edition_by_id_in_any_case(cbi: Cbi) -> None:
    for name in ("protected_areas", "Protected_Areas", "9"):
        said = cbi("explain", name, "--edition", "2014")
        assert "2014 edition" in said.out
        assert "7.4–11.1 %" in said.out
        assert "recalled" in said.out


@pytest.mark.parametrize("edition_id", ["2021", "2014"])
@pytest.mark.parametrize("language", ["en", "zh_Hans"])
def test_every_indicator_can_be_explained(cbi: Cbi, edition_id: str, language: str) -> None:
    for number in range(1, {"2021": 29, "2014": 24}[edition_id]):
        said = cbi("explain", number, "--edition", edition_id, "--language", language)
        assert said.code == 0
        assert said.out.startswith(f"{number}  ")


def test_the_demo_cities(cbi: Cbi) -> None:
    libo = cbi("demo")
    assert libo.code == 0
    assert "14 of 112 points" in libo.out
    assert "python -m cbi score" in libo.out
    assert "libo-county-2026.csv" in libo.out
    assert "586.90" in libo.err
    example = cbi("demo", "example-city")
    assert example.code == 0
    assert [line.count("edition") for line in example.out.splitlines() if line.startswith("Example City")] == [
        1,
        1,
        1,
        0,
    ]
    assert "compared with itself, baseline 2016" in example.out


# ------------------------------------------------------------------------------------------ exit codes


def test_exit_codes(cbi: Cbi, tmp_path: Path) -> None:
    assert cbi("score", written(tmp_path, "indicator,value\n1,18.5\n")).code == 0
    half = cbi("score", written(tmp_path, "indicator,value\n1,18.5\n8,five\n"))
    assert half.code == 1
    assert "3 of 112 points" in half.out  # the rest is still scored
    assert "city.csv:3" in half.err
    assert cbi("score", written(tmp_path, "indicator,value\n1,120\n")).code == 1  # an impossible share
    assert cbi("score", written(tmp_path, "indicator,value,colour\n1,18.5,red\n")).code == 0  # only a warning


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["publish"], "publish"),
        (["score"], "FILE"),
        (["score", "gone.csv"], "There is no such file"),
        (["compare", "gone.csv"], "There is no such file"),
        (["score", ROOT], "folder"),
        (["score", LIBO, "--colour"], "--colour"),
        (["score", LIBO, "--edition", "2019"], "2019"),
        (["score", LIBO, "--language", "fr"], "fr"),
        (["score", LIBO, "--numbers", "klingon"], "“klingon”"),
        (["score", LIBO, "--numbers", "../en"], "“../en”"),
        (["score", LIBO, "--baseline", "soon"], "--baseline"),
        (["score", EXAMPLE, "--baseline", "1999"], "2016, 2021, 2024"),
        (["compare", EXAMPLE, "--baseline", "1999"], "2016, 2021, 2024"),
        (["explain"], "INDICATOR"),
        (["explain", "29"], "28 community_science"),
        (["explain", "park_access", "--edition", "2014"], "2014"),
        (["demo", "atlantis"], "atlantis"),
    ],
)
def test_wrong_usage_is_exit_code_2_and_says_what_would_be_right(cbi: Cbi, arguments: list[object], words: str) -> None:
    said = cbi(*arguments)
    assert said.code == 2
    assert said.out == ""
    assert words in said.err
    assert "Traceback" not in said.err


def test_help_in_both_languages(cbi: Cbi) -> None:
    for arguments in (["--help"], ["score", "--help"], ["--help", "--language=zh_Hans"], []):
        said = cbi(*arguments)
        assert "python -m cbi" in said.out + said.err
    for command in ("check", "score", "compare", "explain", "demo"):
        assert command in cbi("--help").out


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a.csv", b""),
        ("a.csv", bytes(range(256)) * 9),
        ("a.csv", b"indicator,value\n1,\x00\n"),
        ("a.csv", b'indicator,value\n1,"5\n'),
        ("a.csv", b"indicator,value,city\n1,5,\x1b[31mRed\n"),
        ("a.csv", b"indicator,value\n1," + b"9" * 1_000_000),
        ("a.json", b"[" * 100_000),
        ("a.json", b'[{"indicator": 1, "value": 5, "city": "\\ud800"}]'),
        ("a.json", b'{"indicator": [], "value": {}}'),
        ("a.xlsx", b"PK\x03\x04 no workbook"),
        ("a.docx", b"PK\x03\x04 no table"),
    ],
)
def test_no_file_ends_in_a_traceback(cbi: Cbi, tmp_path: Path, name: str, data: bytes) -> None:
    file = tmp_path / name
    file.write_bytes(data)
    for command in ("score", "compare"):
        said = cbi(command, file)
        assert said.code in (0, 1)
        assert "Traceback" not in said.out + said.err
        assert said.out or said.err
        assert "\x1b" not in said.out + said.err


# --------------------------------------------------------------------- what stands where on the screen


def test_tables_go_to_standard_output_and_problems_to_standard_error() -> None:
    said = process("score", str(LIBO))
    assert said.code == 1
    assert "14 of 112 points" in said.out
    assert "points" not in said.err.splitlines()[0]
    grave = [line.split()[0] for line in said.err.splitlines() if line.strip()]
    assert grave == ["error"] * 3 + ["warning"] + ["note"] * 3  # errors first
    assert not re.search(r"^(error|warning|note)", said.out, re.MULTILINE)
    assert "\x1b" not in said.out + said.err  # no colours: nobody looks at a terminal


def test_a_process_in_chinese_on_a_machine_without_utf8() -> None:
    said = process("explain", "8", "--language", "zh_Hans", LC_ALL="C", PYTHONUTF8="0", PYTHONIOENCODING="ascii")
    assert said.code == 0
    assert "受保护自然区域占比" in said.out


def test_a_reader_that_stops_reading_is_no_error_to_speak_of() -> None:
    command = subprocess.Popen(
        [sys.executable, "-m", "cbi", "demo", "example-city"], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert command.stdout
    assert command.stderr
    command.stdout.read(10)
    command.stdout.close()
    said = command.stderr.read().decode()
    command.stderr.close()
    command.wait()
    assert "Traceback" not in said


def width(text: str) -> int:
    """Columns on a terminal: a Chinese sign takes two."""
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def columns_of(text: str) -> list[tuple[list[tuple[int, int]], list[str]]]:
    """Every table of a text: where its columns begin and end (by its rule of dashes), and its lines."""
    tables = []
    lines = text.splitlines()
    for position, line in enumerate(lines):
        if line.startswith("──"):
            spans = [match.span() for match in re.finditer("─+", line)]
            rows = [lines[position - 1]]
            for row in lines[position + 1 :]:
                if not row.strip():
                    break
                rows.append(row)
            tables.append((spans, rows))
    return tables


def cut(line: str, start: int, end: int | None) -> str:
    """What stands on a line from one column of the terminal to another."""
    found, place = "", 0
    for sign in line:
        if place >= start and (end is None or place < end):
            found += sign
        place += width(sign)
    return found


@pytest.mark.parametrize("language", ["en", "zh_Hans"])
@pytest.mark.parametrize("command", ["score", "compare"])
def test_columns_are_aligned(cbi: Cbi, command: str, language: str) -> None:
    tables = columns_of(cbi(command, EXAMPLE, "--language", language).out)
    assert len(tables) == {"score": 6, "compare": 4}[command]
    for spans, rows in tables:
        for row in rows:
            for (_, end), (start, _) in pairwise(spans):
                assert cut(row, end, start).strip() == "", row  # nothing stands between two columns
            assert width(row) <= spans[-1][1]


def test_chinese_titles_keep_figures_under_their_heads(cbi: Cbi) -> None:
    said = cbi("score", EXAMPLE, "--language", "zh_Hans")
    spans, rows = columns_of(said.out)[1]
    points = spans[4]
    cells = [cut(row, *points) for row in rows[1:]]
    assert all(re.fullmatch(r" *[0-4–]", cell) for cell in cells)
    assert len(cells) == 23


# ------------------------------------------------------------------------------------------- the manual

MANUAL = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md"))]


def blocks(name: str, language: str) -> list[str]:
    """The blocks of a page of the manual that are marked with a language."""
    text = (ROOT / "docs" / name).read_text(encoding="utf-8")
    return re.findall(rf"^```{language}\n(.*?)^```", text, re.MULTILINE | re.DOTALL)


def test_the_example_of_run_an_assessment_gives_what_the_page_says(cbi: Cbi, tmp_path: Path) -> None:
    (example,) = blocks("run-an-assessment.md", "csv")
    said = cbi("score", written(tmp_path, example))
    assert said.code == 0
    # 16.4 / 120 = 13.7 %: 2; 7.3 / 120 = 6.1 %: 2; 27.4 %: 2; 190 ha / 310 thousand = 0.6 ha: 2; rung 2; 2 functions;
    # 74 events: 2. Together 14 of 7 × 4 = 28; of the other 21, 3 set the baseline: 14 + 18 × 4 = 86.
    second = "14 of 112 points · 7 of 28 indicators scored · attainable so far 28 · still possible 14–86"
    assert said.out.splitlines()[1] == second
    page = (ROOT / "docs" / "run-an-assessment.md").read_text(encoding="utf-8")
    assert f"```\n{second}\n```" in page


def test_the_other_shapes_in_the_manual_can_be_read(cbi: Cbi, tmp_path: Path) -> None:
    years, wide = blocks("command-line.md", "csv")
    (records,) = blocks("command-line.md", "json")
    # 16.1 and 16.4 of 120 km² are 13.4 and 13.7 %: 2 points; 58 events are 1, 74 are 2; “considered” is 1
    cards = cbi("score", written(tmp_path, years), "--json").json
    assert [(card["year"], card["points"]) for card in cards] == [(2023, 3), (2026, 5)]
    # 13.4 %: 2, 6.0 %: 2, 58 events: 1; then 13.7 %: 2, 6.1 %: 2, 74 events: 2, 2 programmes: 2
    cards = cbi("score", written(tmp_path, wide), "--json").json
    assert [(card["year"], card["points"]) for card in cards] == [(2023, 5), (2026, 8)]
    (card,) = cbi("score", written(tmp_path, records, "city.json"), "--json").json
    assert card["points"] == 4  # 13.7 %: 2, and two functions: 2
    assert all(said.code == 0 for said in (cbi("score", written(tmp_path, text)) for text in (years, wide)))


def test_the_python_of_the_manual_runs() -> None:
    (code,) = blocks("command-line.md", "python")
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, encoding="utf-8", check=False)
    assert (done.stdout.strip(), done.stderr) == (code.rpartition("# ")[2].strip(), "")
    assert done.stdout == "4 13.7\n"  # 13.7 % and 27.4 %: 2 points each


def test_the_faults_that_the_manual_shows_are_those_that_are_told(cbi: Cbi, tmp_path: Path) -> None:
    said = cbi("score", written(tmp_path, 'indicator,value\n1,5\nprotected_aeras,5\n9,5\n8,"12,5"\n', "riverton.csv"))
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    told = [line.replace(f"{tmp_path}{os.sep}", "") for line in said.err.splitlines() if line.startswith("error")]
    assert len(told) == 2
    assert all(line in page for line in told)


@pytest.mark.parametrize("page", MANUAL, ids=lambda page: page.name)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for link in re.findall(r"\]\(([^)#:]*\.(?:md|json))?(#[^)]*)?\)", page.read_text(encoding="utf-8")):
        target = page.parent / link[0] if link[0] else page
        assert target.is_file(), link
        if link[1]:
            heads = re.findall(r"^#+ (.*)$", target.read_text(encoding="utf-8"), re.MULTILINE)
            assert link[1][1:] in [re.sub(r"[^\w -]", "", head.casefold()).replace(" ", "-") for head in heads], link


def test_every_command_of_the_program_is_in_the_manual(cbi: Cbi) -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    said = cbi("--help").out
    commands = re.findall(r"^  (\w+)  ", said[said.index("Commands:") :], re.MULTILINE)
    assert {"check", "score", "compare", "explain", "demo"} <= set(commands)
    for command in commands:
        assert f"`{command}" in page
        for option in re.findall(r"--[a-z]+", cbi(command, "--help").out):
            assert option in page


def test_explain_says_how_the_value_is_formed(cbi):
    said = " ".join(cbi("explain", "12").out.split())
    assert "in hectares ÷ “Population of the city” × 1 000" in said
    said = " ".join(cbi("explain", "2").out.split())
    groups = "“Area of each group of connected natural areas”"
    assert f"sum of the squares of {groups} ÷ the square of their sum × 100" in said


def test_explain_profile_lists_what_is_asked_once(cbi):
    said = cbi("explain", "profile").out
    assert "city_area · Total area of the city · ha, km², m²" in said
    assert "population · Population of the city" in said

"""What a single cell or row of a table may hold."""

from decimal import Decimal

import pytest

from cbi import edition, score
from cbi.assessment import Answer, Reason
from cbi.comparison import score_years
from tests.tables.given import messages, points, read, value


def test_a_profile_figure_may_stand_under_an_indicator() -> None:
    table = read("indicator,input,value,unit\n1,natural_area,22.49,km2\n1,city_area,33.22,km2\n")
    assert table.problems == ()
    assert points(table) == {"natural_areas": 4}


def test_two_different_profile_figures_are_an_error_that_names_both() -> None:
    table = read(
        "indicator,input,value,unit\nprofile,city_area,2415.47,km2\n"
        "1,city_area,33.22,km2\n1,natural_area,22.49,km2\n8,protected_area,5,km2\n"
    )
    card = score(edition("2021"), table.assessments[0])
    assert card.total.scored == 0
    (error,) = [problem.sentence.text() for problem in card.problems if problem.severity == "error"]
    assert "2,415.47 km²" in error
    assert "33.22 km²" in error


@pytest.mark.parametrize("rung", ["1", "not_aligned", "A local plan that is not aligned with the national plan"])
def test_a_ladder_is_answered_by_points_id_or_text(rung: str) -> None:
    assert points(read(f"indicator,value\n17,{rung}\n")) == {"biodiversity_strategy": 1}


@pytest.mark.parametrize(
    ("items", "count"),
    [("none", 0), ("herbarium", 1), ("botanical_garden;herbarium;other", 3), ("Herbarium; herbarium；other", 2)],
)
def test_a_checklist_is_joined_by_semicolons(items: str, count: int) -> None:
    table = read(f"indicator,input,value\n15,functions,{items}\n")
    assert table.problems == ()
    assert points(table) == {"institutional_capacity": count}


def test_a_checklist_in_chinese_words() -> None:
    label = edition("2021", "zh_Hans").input("climate_responses", "responses").items[0].label
    table = read(f"indicator,input,value\n20,responses,{label}\n", language="zh_Hans")
    assert points(table) == {"climate_responses": 1}


@pytest.mark.parametrize(
    "areas", ["60;20;20,ha", "60 ha; 20 ha; 20 ha,", "60;20;20 ha,", "0.6;0.2;0.2,km2", "900；300；300,亩"]
)
def test_areas_of_groups_are_joined_by_semicolons(areas: str) -> None:
    table = read(f"indicator,input,value,unit\n2,group_areas,{areas}\n")
    assert table.problems == ()
    assert value(table, "connectivity") == Decimal("44.0")  # (60² + 20² + 20²) / 100² = 4 400 / 10 000


@pytest.mark.parametrize("reason", list(Reason))
def test_a_reason_needs_no_value(reason: Reason) -> None:
    table = read(f"indicator,reason,note\n9,{reason},Nobody counted\n")
    assert table.problems == ()
    assert table.assessments[0].answers["invasive_alien_species"] == Answer(reason=reason, note="Nobody counted")


@pytest.mark.parametrize("word", ["way", "measure"])
@pytest.mark.parametrize(("chosen", "read_as", "earned"), [("area", "40.0", 2), ("types", "80.0", 4)])
def test_a_row_may_choose_the_measure(word: str, chosen: str, read_as: str, earned: int) -> None:
    # 7A: 40 of 100 ha are 40.0 %: 2 points; 7B: 4 of 5 types are 80.0 %: 4 points
    table = read(
        "indicator,input,value,unit\n7,restored_area,40,ha\n7,degraded_area,100,ha\n"
        f"7,restored_types,4,\n7,habitat_types,5,\n7,{word},{chosen},\n"
    )
    assert value(table, "habitat_restoration") == Decimal(read_as)
    assert points(table) == {"habitat_restoration": earned}


@pytest.mark.parametrize("again", ["33.22,km2", "33.220,km2", "3322,ha", "33.22 km²,"])
def test_the_same_figure_twice_is_fine(again: str) -> None:
    table = read(f"indicator,input,value,unit\n1,natural_area,22.49,km2\n1,city_area,33.22,km2\n1,city_area,{again}\n")
    assert table.problems == ()
    assert points(table) == {"natural_areas": 4}


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("1,natural_area,22.49,km2", "1,natural_area,22.94,km2"),
        ("1,,67.7,", "1,,6.77,"),
        ("profile,population,186987,", "profile,population,18698,"),
        ("17,,elements,", "17,,none,"),
        ("7,way,area,", "7,way,types,"),
    ],
)
def test_two_different_figures_name_both_lines_and_neither_is_used(first: str, second: str) -> None:
    for order in ((first, second), (second, first), (first, second, first), (second, first, second)):
        table = read("indicator,input,value,unit\n11,,71.97,%\n" + "\n".join(order) + "\n")
        assert table.problems[0].severity == "error"
        text = table.problems[0].sentence.text().replace(",", "")  # 186,987 is grouped for the reader
        assert "t.csv:3" in text
        assert "t.csv:4" in text
        assert order[0].split(",")[2] in text
        assert order[1].split(",")[2] in text
        assert points(table) == {"climate_regulation": 4}  # what stands beside is kept
        assert table.assessments[0].profile == {}


def test_two_different_reasons_are_an_error_too() -> None:
    table = read("indicator,reason\n9,no_data\n9,confidential\n9,no_data\n")
    assert "no_data (t.csv:2)" in messages(table)[0]
    assert table.assessments[0].answers["invasive_alien_species"].reason is None


def test_chinese_words_of_the_program_are_understood():
    table = read("指标,数值,原因,备注\n受保护自然区域占比,24.3,,\n公众科学,,没有数据,明年开展\nawareness,no_data,,\n")
    (assessment,) = table.assessments
    assert assessment.answers["protected_areas"].finished.value == Decimal("24.3")
    assert assessment.answers["community_science"].reason is Reason.NO_DATA
    assert assessment.answers["awareness"].reason is Reason.NO_DATA
    assert table.problems == ()


def test_a_misspelt_row_is_not_called_not_started():
    table = read("indicator,input,value\nprotected_areas,protected_aera,12 km2\n")
    (card,) = score_years(table.assessments)
    result = card.result("protected_areas").to_dict()
    assert (result["status"], result["reason"]) == ("not_scored", None)

"""What would change: beside what stands now, with points before and after; merged, chosen, applied."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from cbi.assessment import Answer, Assessment, Entry, Quality, Reason
from cbi.intake import Preview, Received, applied, preview, receive
from cbi.intake.preview import State
from cbi.labels import REASONS
from tests.intake.files import Filled, saved, sheet, simple

# 33.22 km² of which 5 km² are protected: 15.1 %, over 11.4 and to 17.0: 3 points. 22.49 of 33.22 km² are 67.7 %: 4.
NOW = Assessment(
    "2021",
    "Riverton",
    2026,
    {"city_area": Entry(Decimal("33.220"), "km2", 2024, Quality.HIGH, "Survey", "as of May")},
    {
        "natural_areas": Answer({"natural_area": Entry(Decimal("22.49"), "km2")}),
        "projects": Answer(reason=Reason.NO_DATA, note="asked in May"),
        "budget": Answer(finished=Entry(Decimal("0.4"), source="Accounts")),
    },
)


def received(name: str = "t.xlsx", **figures: object) -> Received:
    """A template with some figures; ``_`` stands for the dot of a code."""
    filled = Filled()
    for code, value in figures.items():
        filled.put(code.replace("__", "."), value)
    return receive(filled.data(), name)


def states(shown: Preview) -> dict[tuple[str, str], str]:
    return {one.item.target: one.state.value for one in shown.proposals}


def test_points_before_and_after_of_every_indicator_that_a_figure_feeds() -> None:
    shown = preview([received(profile__city_area=330, natural_areas__natural_area=22.49)], NOW)
    area, natural = shown.proposals
    assert (area.state, area.now, area.after) == (State.CHANGED, "33.220 km²", "330 km²")
    assert (
        [(one.number, one.before, one.after) for one in area.effects]
        == [
            (1, 4, 1),  # 22.49 of 330 km² are 6.8 %: 1.0 to 6.9
            *[(one.number, None, None) for one in area.effects[1:]],
        ]
    )
    assert {one.indicator for one in area.effects} >= {"natural_areas", "protected_areas"}
    assert natural.state is State.UNCHANGED
    assert (shown.before.total.points, shown.after.total.points) == (4 + 1, 1 + 1)
    assert [one.item.target for one in shown.changes] == [("profile.city_area", "city_area")]


def test_a_spreadsheet_does_not_keep_zeros_and_a_blank_clears_nothing() -> None:
    """33.22 is the figure that stands as 33.220; its year, quality, source and note stay, for the file names none."""
    shown = preview([received(profile__city_area=33.22)], NOW)
    assert states(shown) == {("profile.city_area", "city_area"): "unchanged"}
    assert applied(shown) == NOW
    assert str(applied(shown).profile["city_area"].value) == "33.220"


def test_only_the_record_changes() -> None:
    filled = Filled()
    filled.put("profile.city_area", 33.22)
    filled.put("profile.city_area", "Land survey", "source")
    shown = preview([receive(filled.data(), "t.xlsx")], NOW)
    (one,) = shown.proposals
    assert (one.state, one.only_record) == (State.CHANGED, True)
    assert applied(shown).profile["city_area"] == replace(NOW.profile["city_area"], source="Land survey")


def test_another_figure_comes_with_its_own_record_only() -> None:
    shown = preview([received(profile__city_area=34)], NOW)
    assert applied(shown).profile["city_area"] == Entry(Decimal(34), "km2")


def test_a_figure_takes_the_place_of_the_reason_why_there_was_none() -> None:
    shown = preview([received(projects__projects=19)], NOW)
    assert applied(shown).answers["projects"] == Answer({"projects": Entry(Decimal(19))}, note="asked in May")


def test_everything_else_stays() -> None:
    after = applied(preview([received(projects__projects=19)], NOW))
    assert (after.profile, after.answers["budget"], after.answers["natural_areas"]) == (
        NOW.profile,
        NOW.answers["budget"],
        NOW.answers["natural_areas"],
    )


def test_apply_these() -> None:
    shown = preview([received(projects__projects=19, **{"budget__=": 1.5})], NOW)
    budget = next(one for one in shown.proposals if one.item.place == "budget")
    after = applied(shown, {budget.id})
    assert after.answers["budget"].finished == Entry(Decimal("1.5"))
    assert after.answers["projects"] == NOW.answers["projects"]
    assert applied(shown, ()) == NOW


def test_several_departments_merge() -> None:
    parks, finance = received("parks.xlsx", projects__projects=19), received("finance.xlsx", **{"budget__=": 1.5})
    shown = preview([parks, finance], NOW)
    after = applied(shown)
    assert after.answers["projects"].inputs["projects"].value == 19
    assert after.answers["budget"].finished == Entry(Decimal("1.5"))
    assert shown.conflicts == ()
    assert {one.file for one in shown.proposals} == {"parks.xlsx", "finance.xlsx"}


def test_conflicts_stand_side_by_side_until_one_is_chosen() -> None:
    """The points of each are shown as if it were chosen."""
    one, other = received("a.xlsx", **{"budget__=": 0.3}), received("b.xlsx", **{"budget__=": 3})
    third = received("c.xlsx", projects__projects=19)
    shown = preview([one, other, third], NOW)
    (conflict,) = shown.conflicts
    assert (conflict.id, conflict.now) == ("budget:=", "0.4 %")
    assert [(proposal.file, proposal.after) for proposal in conflict.proposals] == [
        ("a.xlsx", "0.3 %"),
        ("b.xlsx", "3 %"),
    ]
    points = [(proposal.effects[0].before, proposal.effects[0].after) for proposal in conflict.proposals]
    assert points == [(1, 0), (1, 3)]  # 0.3 is below 0.4: 0 points; 0.4–2.2: 1; 2.3–2.7: 2; 2.8–3.7: 3
    undecided = applied(shown)
    assert undecided.answers["budget"] == NOW.answers["budget"]
    assert undecided.answers["projects"].inputs["projects"].value == 19
    chosen = applied(shown, choices={"budget:=": conflict.proposals[1].id})
    assert chosen.answers["budget"].finished == Entry(Decimal(3))


def test_the_same_area_in_other_units_is_no_conflict() -> None:
    one = received("a.xlsx", profile__city_area="33.22 km²")
    other = received("b.xlsx", profile__city_area="3322 ha")
    assert preview([one, other], NOW).conflicts == ()
    assert len(preview([one, received("c.xlsx", profile__city_area="3323 ha")], NOW).conflicts) == 1


def test_two_rows_of_one_file_that_disagree_are_a_conflict_too() -> None:
    table = saved(sheet([["indicator", "value"], [16, 1.5], [16, 2.5]]))
    (conflict,) = preview([receive(table, "t.xlsx")], NOW).conflicts
    assert [proposal.item.where for proposal in conflict.proposals] == ["Data!B2", "Data!B3"]


def test_another_city_year_and_edition_are_named() -> None:
    filled = simple()
    filled.put("start.city", "Lakeville")
    filled.put("start.year", 2025)
    problems = preview([receive(filled.data(), "t.xlsx")], NOW).problems
    texts = [problem.sentence.text() for problem in problems if problem.code == "other_assessment"]
    assert "another city: Lakeville, not Riverton" in texts[0]
    assert "another year: 2025, not 2026" in texts[1]


def test_answers_of_the_other_edition_only_where_they_mean_the_same() -> None:
    """The 2014 edition counts projects in bands of its own: the count carries, what only it asks does not."""
    filled = Filled(edition_id="2014")
    filled.put("projects.projects", 19)
    filled.put("education_visits.=", 2)
    filled.put("profile.city_area", 33.22)
    shown = preview([receive(filled.data(), "t.xlsx")], NOW)
    codes = [problem.code for problem in shown.problems]
    assert codes.count("other_edition") == 1
    assert "not_carried" in codes
    assert set(states(shown)) == {("projects", "projects"), ("profile.city_area", "city_area")}


def test_what_the_scorecard_would_warn_of_is_told_beforehand() -> None:
    shown = preview([received(natural_areas__natural_area=50)], NOW)
    (problem,) = [one for one in shown.problems if one.code == "part_exceeds_whole"]
    assert "an impossible share: 150.5 %" in problem.sentence.text()


def test_the_history_of_the_city_counts() -> None:
    """Species change is measured against the baseline's count: 200 birds then and 211 now are 11 more."""
    base = Assessment("2021", "Riverton", 2020, {"bird_species": Entry(Decimal(200))})
    shown = preview([received(profile__bird_species=211)], NOW, [base, NOW])
    (one,) = shown.proposals
    effect = next(effect for effect in one.effects if effect.indicator == "bird_species_change")
    assert (effect.before, effect.after is not None) == (None, True)
    assert preview([received(profile__bird_species=211)], NOW).after.result("bird_species_change").points is None


def test_nothing_received_changes_nothing() -> None:
    shown = preview([], NOW)
    assert (shown.proposals, shown.conflicts, applied(shown)) == ((), (), NOW)


# A reason why there is none, where a figure stands

FIGURES = Assessment(
    "2021",
    "Riverton",
    2026,
    {"city_area": Entry(Decimal(100), "km2")},
    {
        "natural_areas": Answer({"natural_area": Entry(Decimal(15), "km2")}),  # 15 of 100 km² are 15 %: 3 points
        "projects": Answer({"projects": Entry(Decimal(40))}),  # 40 to 71 projects: 3 points
        "awareness": Answer({"events": Entry(Decimal(61))}, finished=Entry(Decimal(61))),
        "biodiversity_strategy": Answer(finished=Entry("elements")),
    },
)


def said(**entries: tuple[str, str]) -> Received:
    """A template in which cells of the column value, or of others, hold a text: ``projects__projects=(…)``."""
    filled = Filled()
    for code, (column, text) in entries.items():
        filled.put(code.replace("__", "."), text, column)
    return receive(filled.data(), "t.xlsx")


def test_no_data_in_the_cell_of_a_figure_takes_it_away_and_says_so() -> None:
    shown = preview([said(projects__projects=("value", "no data"))], FIGURES)
    (one,) = shown.proposals
    assert (one.state, one.now, one.after) == (State.CHANGED, "40", REASONS[Reason.NO_DATA])
    assert [(effect.number, effect.before, effect.after) for effect in one.effects] == [(25, 3, None)]
    after = applied(shown)
    assert after.answers["projects"] == Answer(reason=Reason.NO_DATA)
    assert "value_and_reason" not in {problem.code for problem in shown.after.problems}
    again = preview([said(projects__projects=("value", "no data"))], after)
    assert [one.state for one in again.proposals] == [State.UNCHANGED]
    assert applied(again) == after


def test_a_figure_that_is_confidential_is_published_no_more() -> None:
    filled = Filled()
    filled.put("awareness", "confidential", "reason")
    filled.put("awareness", "asked by the office", "note")
    shown = preview([receive(filled.data(), "t.xlsx")], FIGURES)
    (one,) = shown.proposals
    assert one.state is State.CHANGED
    assert isinstance(one.now, str)
    assert one.now.count("61") == 2  # as input and as the finished value, each with its name
    assert applied(shown).answers["awareness"] == Answer(reason=Reason.CONFIDENTIAL, note="asked by the office")
    assert applied(shown, ()) == FIGURES


def test_a_reason_in_the_cell_of_the_last_input_takes_the_finished_value_along() -> None:
    shown = preview([said(awareness__events=("value", "no data"))], FIGURES)
    assert applied(shown).answers["awareness"] == Answer(reason=Reason.NO_DATA)


def test_only_the_figure_goes_in_whose_cell_there_is_none() -> None:
    """Of two figures one is not known any more; the other stays, and that the reason then stands beside it is told."""
    change = Answer({"gained": Entry(Decimal(7)), "lost": Entry(Decimal(5))})
    now = replace(FIGURES, answers={"plant_species_change": change})
    after = applied(preview([said(plant_species_change__lost=("value", "no data"))], now)).answers
    assert after["plant_species_change"] == Answer({"gained": Entry(Decimal(7))}, reason=Reason.NO_DATA)


def test_a_figure_that_others_use_shows_their_points_too() -> None:
    """The natural area of indicator 1 is asked once and used by indicator 2 as well."""
    shown = preview([said(natural_areas=("reason", "no data"))], FIGURES)
    (one,) = shown.proposals
    assert {1, 2} <= {effect.number for effect in one.effects}
    assert next((effect.before, effect.after) for effect in one.effects if effect.number == 1) == (3, None)


def test_not_started_takes_nothing_away() -> None:
    shown = preview([said(projects__projects=("value", "pending"))], FIGURES)
    (one,) = shown.proposals
    assert (one.state, one.now, one.after) == (State.UNCHANGED, "40", "40")
    assert applied(shown) == FIGURES
    noted = preview([said(projects__projects=("value", "pending"), projects=("note", "ask Mei"))], FIGURES)
    assert applied(noted).answers["projects"] == replace(FIGURES.answers["projects"], note="ask Mei")


def both(answers: dict[str, str] | None = None, reason: str = "confidential", note: str = "") -> Received:
    """A template with 40 projects and, on the green row above, a reason why there is no value."""
    filled = Filled()
    filled.put("projects.projects", 41)
    filled.put("projects", reason, "reason")
    if note:
        filled.put("projects", note, "note")
    return receive(filled.data(), "t.xlsx", answers=answers or {})


def test_a_figure_beside_a_reason_is_asked_about_and_left_out_until_then() -> None:
    shown = preview([both()], FIGURES)
    (question,) = shown.questions
    assert question.sentence.text() == (
        "Number of Biodiversity Projects Implemented by the City Annually: Biodiversity projects and programmes "
        "carried out in the year (41) stands beside “confidential”, which says that there is no figure. Which holds?"
    )
    assert [
        (option.key, option.meaning.text()) for option in question.options if not isinstance(option.meaning, str)
    ] == [
        ("figure", "the figure: Biodiversity projects and programmes carried out in the year (41)"),
        ("reason", "no figure: confidential"),
        ("both", "both for now: the figure is scored, with a warning"),
    ]
    assert not shown.proposals
    assert applied(shown) == FIGURES


@pytest.mark.parametrize("named", ["id", "group"])
def test_each_answer_gives_what_it_says(named: str) -> None:
    (question,) = both().questions
    key = getattr(question, named)
    wanted = {
        "figure": Answer({"projects": Entry(Decimal(41))}, note="asked"),
        "reason": Answer(reason=Reason.CONFIDENTIAL, note="asked"),
        "both": Answer({"projects": Entry(Decimal(41))}, reason=Reason.CONFIDENTIAL, note="asked"),
    }
    for answer, expected in wanted.items():
        shown = preview([both({key: answer}, note="asked")], FIGURES)
        assert not shown.questions
        assert applied(shown).answers["projects"] == expected
    warned = {problem.code for problem in preview([both({key: "both"})], FIGURES).problems}
    assert "value_and_reason" in warned


def test_a_figure_where_it_still_says_not_started_is_no_question() -> None:
    shown = preview([both(reason="not started")], FIGURES)
    assert not shown.questions
    assert applied(shown).answers["projects"] == Answer({"projects": Entry(Decimal(41))})


def test_a_figure_beside_the_score_does_not_contradict_a_reason() -> None:
    """How many people work on biodiversity is recorded beside the score; why that is not answered stays said."""
    filled = Filled()
    filled.put("institutional_capacity.staff", 12)
    filled.put("institutional_capacity", "confidential", "reason")
    shown = preview([receive(filled.data(), "t.xlsx")], FIGURES)
    assert not shown.questions
    assert applied(shown).answers["institutional_capacity"] == Answer(
        {"staff": Entry(Decimal(12))}, reason=Reason.CONFIDENTIAL
    )


def test_one_row_of_a_plain_table_with_both_is_asked_about_two_rows_are_not() -> None:
    head = "indicator,input,value,reason\n"
    one_row = receive(f"{head}projects,projects,41,confidential\n".encode(), "t.csv")
    assert [question.where for question in one_row.questions] == ["t.csv:2"]
    assert one_row.items == ()
    (item,) = receive(
        f"{head}projects,projects,41,confidential\n".encode(), "t.csv", answers={"figure_or_reason": "figure"}
    ).items
    assert item.content == Entry(Decimal(41))
    apart = receive(f"{head}projects,,,confidential\nprojects,projects,41,\n".encode(), "t.csv")
    assert not apart.questions
    assert len(apart.items) == 2


def test_a_figure_of_the_profile_that_is_said_to_be_unknown_is_asked_about() -> None:
    table = b"indicator,input,value,unit,reason\nprofile,city_area,33.22,km2,no data\n"
    asked = receive(table, "t.csv")
    assert len(asked.questions) == 1
    left = receive(table, "t.csv", answers={"figure_or_reason": "reason"})
    assert (left.items, [problem.code for problem in left.problems]) == ((), ["no_figure"])
    taken = receive(table, "t.csv", answers={"figure_or_reason": "figure"})
    assert [item.becomes for item in taken.items] == ["33.22 km²"]
    assert taken.problems == ()

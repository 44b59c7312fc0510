"""What a report says, before it is laid out; expected numbers worked out by hand from the demo files."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cbi
from cbi.assessment import Answer, Assessment, Entry, Quality, Reason
from cbi.comparison import UnknownBaselineError
from cbi.i18n import say
from cbi.problems import Problem, Severity
from cbi.report import Action, Said, SourceDetail, SourceFile, platform_chapter, report_content
from cbi.report.telling import clipped
from cbi.scoring import score


def part(report, number):
    return next(one for component in report.components for one in component.indicators if one.number == number)


def fact(indicator, label):
    return next((one.text for one in indicator.facts if one.label == label), "")


def test_libo_by_hand(libo):
    """22.49 ÷ 33.22 = 67.7 % (4) · 71.97 % (4) · 240 ha ÷ 186.987 = 1.3 (4) · 40 % (1) · 10 events (1): 14 points."""
    report = report_content(libo, libo[0])
    assert (report.points, report.maximum, report.attainable) == (14, 112, 20)
    assert [one.text for one in report.summary.figures] == ["14 of 112", "5 of 28", "14 of 20", "14–94"]
    assert part(report, 1).value == "67.7 %"
    assert fact(part(report, 1), "Read as") == "67.70018… % reads as 67.7 %"
    assert "22.49 km²" in fact(part(report, 1), "Worked out from")
    assert part(report, 12).value == "1.3 ha per 1 000 persons"
    assert [one.points for one in report.components[0].indicators] == [4, *[None] * 8]
    assert report.years is None
    assert "no earlier year" in report.summary.against


def test_missing_is_never_zero(libo):
    report = report_content(libo, libo[0])
    assert part(report, 3).points is None
    assert part(report, 3).points_text == "–"
    assert report.summary.missing_line == "20 indicators could still be scored this year."
    assert sum(len(rows) for _, rows in report.missing) == 20
    assert len(report.summary.missing) + int(report.summary.missing_rest.split()[1]) == 20


def test_numbers_in_the_format_that_was_chosen(libo):
    report = report_content(libo, libo[0], numbers="de")
    assert part(report, 1).value == "67,7 %"
    assert part(report, 1).strip.labels == ("< 1,0", "1,0–6,9", "7,0–13,9", "14,0–20,0", "> 20,0")


def test_chinese_words_of_the_index(libo):
    report = report_content(libo, libo[0], language="zh_Hans")
    assert report.components[0].title == "城市原生生物多样性"
    assert part(report, 12).value == "1.3 公顷/千人"


def test_against_the_baseline_like_for_like(example):
    """2016 again under the 2021 edition: 37 points over 17 indicators; 2024: 55 points over the same; 55 − 37 = 18."""
    report = report_content(example, example[-1])
    assert report.points == 88
    assert report.summary.against == "+18 points since 2016, like for like over the 17 indicators scored in both years."
    fall = report.years.waterfall
    assert (fall.start, fall.end, sum(one.change for one in fall.steps)) == (37, 55, 18)
    assert [bar.before for bar in report.summary.bars] == [26 - 2, 15 - 2, 47 - 14]
    lines = report.years.lines
    assert lines.years == (2016, 2021, 2024)
    assert [sum(line.points[at] for line in lines.lines) for at in (0, 2)] == [37, 55]


def test_change_of_an_indicator(example):
    """Connectivity: 1 point (24.0 %) in 2016, 2 points (42.1 %) in 2024."""
    indicator = part(report_content(example, example[-1]), 2)
    assert fact(indicator, "Change") == "+1 point; value +18.1 percentage points since 2016"
    assert (indicator.strip.before, indicator.strip.reached) == (1, 2)
    assert [(past.year, past.points) for past in indicator.past] == [(2016, 1), (2021, 1), (2024, 2)]


def test_later_years_do_not_enter(example):
    """A report on 2021 says the same whether 2024 is known or not."""
    assert report_content(example, example[1]) == report_content(example[:2], example[1])


def test_the_baseline_year_itself(example):
    report = report_content(example, example[0])
    assert report.years is None
    assert (report.points, report.maximum) == (38, 92)


def test_a_baseline_after_the_opened_year_compares_nothing(example):
    report = report_content(example, example[1], baseline=2024)
    assert report.years is None
    with pytest.raises(UnknownBaselineError):
        report_content(example, example[1], baseline=1999)


def test_a_later_baseline_that_is_the_opened_year(example):
    report = report_content(example, example[-1], baseline=2024)
    assert report.years.waterfall is None
    assert "own baseline" in report.years.remarks[0]


def test_sources_are_numbered_once_and_found_everywhere(example):
    detail = SourceDetail(
        "Land cover map of the city 2024", "Survey office", 2024, "https://maps.example", "CC-BY-4.0",
        (SourceFile("map.pdf", "ab" * 32, 10),),
    )  # fmt: skip
    report = report_content(example, example[-1], sources=[detail])
    titles = [one.title for one in report.sources]
    assert titles[0] == "Land cover map of the city 2024"
    assert len(set(titles)) == len(titles)
    assert [one.number for one in report.sources] == list(range(1, len(titles) + 1))
    assert "Survey office" in report.sources[0].detail
    assert report.sources[0].files[0].digest == "ab" * 32
    assert report.sources[0].link == "https://maps.example"
    assert "1" in report.sources[0].cited_by.split(", ")
    assert fact(part(report, 1), "Source") == "[1] Land cover map of the city 2024"


def test_figures_of_an_earlier_year_say_so(example):
    """Birds: 165 in 2024 − 163 in 2016 = 2."""
    birds = part(report_content(example, example[-1]), 5)
    assert birds.value == "2 species"
    assert (
        fact(birds, "Worked out from")
        == "Native bird species 165 [3]; Native bird species in the baseline year 163 [4]"
    )


def test_notes_long_and_short():
    entry = Entry(Decimal(10), note="short note", quality=Quality.LOW, data_year=2020, source="A list")
    answers = {
        "awareness": Answer({"events": entry}),
        "projects": Answer(finished=Entry(Decimal(30), note="x" * 5000)),
        "budget": Answer(reason=Reason.CONFIDENTIAL, note="Not public."),
    }
    report = report_content([], Assessment("2021", "Town", 2026, answers=answers))
    assert part(report, 27).notes[0].text == "short note"
    assert fact(part(report, 27), "Quality") == "low"
    shortened = part(report, 25).notes[0]
    assert shortened.shortened
    assert len(shortened.text) <= 420
    assert [len(note.text) for note in report.long_notes] == [5000]
    assert part(report, 16).value == "Confidential"
    assert part(report, 16).notes[0].text == "Not public."


def test_problems_errors_first(libo):
    read = Problem(Severity.NOTE, "x", "file.csv:3", say("A note."))
    report = report_content(libo, libo[0], problems=[read])
    severities = [one.severity for one in report.notices]
    assert severities == sorted(severities, key=["error", "warning", "note"].index)
    assert severities.count("error") == 3
    assert any(one.place == "file.csv:3" for one in report.notices)


FIRST, SECOND = date(2025, 12, 23), date(2026, 4, 7)


def test_actions_name_the_indicators_they_move(libo):
    action = Action(
        "Plant trees", "Restore nature", "Trees", Said("Along the river"), Said("10 ha", SECOND), Said("50 ha", FIRST),
        ("climate_regulation", "nine"),
    )  # fmt: skip
    told = report_content(libo, libo[0], actions=[action]).actions
    assert told.line == "1 action. With a baseline: 1; with a target: 1."
    [area] = told.areas
    [commitment] = area.commitments
    [part] = commitment.actions
    assert (area.title, commitment.title, part.title) == ("Restore nature", "Trees", "Plant trees")
    assert [(one.label, one.text) for one in part.facts[:2]] == [
        ("Baseline of the action", "10 ha (updated 2026-04-07)"),
        ("Target", "50 ha (updated 2025-12-23)"),
    ]
    assert part.facts[2].text.startswith("11 Climate Regulation")


def test_the_baseline_of_an_action_is_no_baseline_year(libo):
    action = Action("种树", baseline=Said("10 公顷"))
    report = report_content(libo, libo[0], actions=[action], language="zh_Hans")
    assert [one.label for one in report.actions.areas[0].commitments[0].actions[0].facts] == ["行动基线"]


def test_a_target_in_the_words_of_the_description_is_not_printed_twice(libo):
    action = Action("A", description=Said("Plant 50 ha\nof trees."), target=Said("plant 50 ha of trees", FIRST))
    report = report_content(libo, libo[0], actions=[action])
    [target] = report.actions.areas[0].commitments[0].actions[0].facts
    assert target.text == "as described above (updated 2025-12-23)"
    other = Action("A", description=Said("Plant 50 ha."), target=Said("Plant 60 ha."))
    [target] = report_content(libo, libo[0], actions=[other]).actions.areas[0].commitments[0].actions[0].facts
    assert target.text == "Plant 60 ha."


def test_actions_stand_under_their_area_and_commitment_once(libo):
    actions = [Action("a", "P", "x"), Action("b", "P", "x"), Action("c", "P"), Action("d", "Q"), Action("", "Q", "y")]
    areas = report_content(libo, libo[0], actions=actions).actions.areas
    told = [(one.title, [(c.title, [a.title for a in c.actions]) for c in one.commitments]) for one in areas]
    assert told == [
        ("P", [("x", ["a", "b"]), ("Other actions", ["c"])]),
        ("Q", [("", ["d"]), ("y", ["without a title"])]),
    ]


def test_nothing_answered():
    report = report_content([], Assessment("2021"))
    assert report.city == "City without a name"
    assert report.points == 0
    assert all(one.points is None for component in report.components for one in component.indicators)
    assert report.sources == ()


def test_platform_chapter_in_the_order_of_the_profile(libo):
    card = score(cbi.edition("2021"), libo[0])
    lines = platform_chapter(card).text().splitlines()
    assert lines[:2] == ["City Biodiversity Index", "Total score: 14 of 112 points"]
    totals = [line for line in lines if line.startswith("Core component total score")]
    assert [line.split(": ")[1] for line in totals] == ["4 of 36 points", "9 of 20 points", "1 of 56 points"]
    numbered = [line.split(". ")[0] for line in lines if line[:1].isdigit() and ". " in line]
    assert [number for number in numbered if number.isdigit()] == [str(number) for number in range(1, 29)]
    assert "1. Proportion of Natural Areas in the City: 4 of 4" in lines
    assert "10. Regulation of Quantity of Water: –" in lines


def test_platform_chapter_of_an_older_edition_says_so(example):
    chapter = report_content(example, example[0]).platform
    assert "2021" in chapter.remark
    assert chapter.total.endswith("38 of 92 points")


def test_platform_chapter_not_started():
    chapter = report_content([], Assessment("2021", "Town", 2026)).platform
    assert [one.state for one in chapter.parts] == ["Not started"] * 3


@pytest.mark.parametrize("reason", [Reason.NO_DATA, Reason.CONFIDENTIAL, Reason.NOT_APPLICABLE])
def test_a_component_with_reasons_only_was_started(reason):
    """Every indicator of governance (15 to 28) was answered with a reason: nothing is scored, but it was looked at."""
    answers = {
        one.id: Answer(reason=reason, note="Asked.")
        for one in cbi.edition("2021").indicators
        if one.component == "governance"
    }
    chapter = report_content([], Assessment("2021", "Town", 2026, answers=answers)).platform
    assert [one.state for one in chapter.parts] == ["Not started", "Not started", "0 of 14 indicators scored"]
    told = dict.fromkeys(answers, Answer(reason=Reason.NOT_STARTED))
    chapter = report_content([], Assessment("2021", "Town", 2026, answers=told)).platform
    assert chapter.parts[2].state == "Not started"


def test_a_count_that_sets_the_baseline_is_a_start():
    year = Assessment("2021", "Town", 2026, profile={"bird_species": Entry(Decimal(120))})
    chapter = report_content([], year).platform
    assert [one.state for one in chapter.parts] == ["0 of 9 indicators scored", "Not started", "Not started"]


def test_the_platform_speaks_english(libo):
    text = report_content(libo, libo[0], language="zh_Hans").platform.text()
    assert "城市原生生物多样性 (Native biodiversity in the city)" in text
    assert "(Proportion of Natural Areas in the City): 4/4" in text
    english = report_content(libo, libo[0]).platform.text()
    assert english.count("Native biodiversity in the city") == 1


def test_nothing_scored_is_a_dash_not_a_zero(libo):
    report = report_content([], Assessment("2021", "Town", 2026))
    assert [one.text for one in report.summary.figures[:3]] == ["– of 112", "0 of 28", "–"]
    assert [bar.points_text for bar in (report.total, *report.summary.bars)] == ["–"] * 4
    assert [bar.points_text for bar in report_content(libo, libo[0]).summary.bars] == ["4", "9", "1"]


def test_what_the_next_point_takes_has_a_unit_and_a_sign(example):
    """Natural areas: 59.1 of 310 km² are 19.0645 %; 20.05 %, which reads as 20.1 %, are 62.155 km².

    Invasive species: 52 of 900 are 5.8 %; 8 of 856 are 0.93 %, which reads as 0.9 %: 44 less.
    """
    report = report_content(example, example[-1])
    assert "0.986 percentage points more, that is +3.06 km²" in fact(part(report, 1), "Next point")
    assert fact(part(report, 9), "Next point").startswith("4 points from 0.9 % down: 4.83 percentage points less")
    assert "that is −44 “" in fact(part(report, 9), "Next point")


def test_the_next_edge_is_written_with_few_digits(example):
    """Connectivity stands at 42.14629… %: 59.95 % is the least that reads as 60.0 %."""
    text = fact(part(report_content(example, example[-1]), 2), "Next point")
    assert text == "3 points from 59.95 %, which reads as 60.0 %"


def test_every_gain_is_named(example):
    """Since 2016 13 indicators gained: five of them 2 points (17, 22, 23, 24, 26), the other eight 1 point."""
    summary = report_content(example, example[-1]).summary
    assert [one.split(" · ")[0] for one in summary.gains] == ["+2 points"] * 5
    assert [one.split(" · ")[1].split()[0] for one in summary.gains] == ["17", "22", "23", "24", "26"]
    assert summary.gains_rest.startswith("and 8 more: ")
    assert len(summary.gains_rest.split(": ")[1].split(", ")) == 8
    assert summary.losses_rest == ""


@given(st.text(max_size=200), st.integers(min_value=2, max_value=80))
def test_clipped_is_never_wider_than_asked(text, most):
    shown = clipped(text, most)
    assert shown == text or (shown.endswith("…") and len(shown) <= most)


@given(st.lists(st.sampled_from(range(28)), unique=True), st.data())
def test_totals_add_up_whatever_is_answered(answered, data):
    """Ladders and counts at random: the bars, the chapters and the platform's chapter say the same."""
    edition = cbi.edition("2021")
    answers = {}
    for at in answered:
        indicator = edition.indicators[at]
        if indicator.ladder:
            answers[indicator.id] = Answer(finished=Entry(data.draw(st.sampled_from(indicator.ladder)).id))
        else:
            answers[indicator.id] = Answer(finished=Entry(Decimal(data.draw(st.integers(0, 100)))))
    report = report_content([], Assessment("2021", "Town", 2026, answers=answers))
    points = [one.points for component in report.components for one in component.indicators]
    assert report.points == sum(count or 0 for count in points) == sum(bar.points for bar in report.summary.bars)
    assert report.attainable == 4 * sum(count is not None for count in points)
    assert [tile.points for row in report.tiles for tile in row] == points


def test_a_city_beside_others_is_alone(example, libo):
    assert report_content([*libo, *example], example[-1]) == report_content(example, example[-1])
    stranger = replace(libo[0], city="Elsewhere", year=2016)
    assert report_content([stranger, *example], example[-1]) == report_content(example, example[-1])


def test_only_addresses_of_the_web_become_links(example):
    details = [SourceDetail("Land cover map of the city 2024", link="javascript:alert(1)")]
    first = report_content(example, example[-1], sources=details).sources[0]
    assert (first.link, first.detail) == ("", "javascript:alert(1)")


def facts_of(report, number):
    """Give the lines beside the strip of an indicator by their labels."""
    return {fact.label: fact.text for fact in part(report, number).facts}


def test_each_figure_names_its_source_where_there_are_several(example):
    """13 takes the people near parks from one source and the population of the profile from another."""
    facts = facts_of(report_content(example, example[-1]), 13)
    near, people = "People living within 400 m of a park or green space", "Population of the city"
    assert facts["Worked out from"] == f"{near} 466,000 [5]; {people} 648,000 [2]"
    assert facts["Source"] == "[2] Annual report of the environment office 2024\n[5] Register of green spaces 2024"


def test_what_is_given_and_not_scored_stands_apart_with_its_source(example):
    """A stated share of 40 % beside 466 000 of 648 000 people: the inputs win, and each has its source."""
    near = Answer(
        {"population_near_parks": Entry(Decimal(466000), source="Register")},
        Entry(Decimal(40), source="Profile on the platform"),
    )
    people = {"population": Entry(Decimal(648000), source="Register")}
    year = Assessment("2021", "Town", 2026, people, {"park_access": near})
    facts = facts_of(report_content([], year), 13)
    assert facts["Worked out from"].count("[1]") == 2
    assert facts["Also given, not scored"] == "Finished value 40 % [2]"
    assert facts["Source"] == "[1] Register\n[2] Profile on the platform"
    alone = Assessment("2021", "Town", 2026, people, {"park_access": Answer({}, near.finished)})
    assert facts_of(report_content([], alone), 13)["Worked out from"] == "Finished value 40 %"  # one source: no number


def test_a_source_or_quotation_on_another_figure_is_no_proof_of_this_one(libo):
    """The forest was 10.73 km² in the sentence; 22.49 km² were typed over it."""
    quote = "“The forest covers 10.73 km².”"
    now = replace(libo[0].answers["natural_areas"].inputs["natural_area"], source="Land survey", note=quote)
    then = replace(now, value=Decimal("10.73"))
    answers = {**libo[0].answers, "natural_areas": Answer({"natural_area": now})}
    sourced = replace(libo[0], answers=answers)
    assert part(report_content([sourced], sourced), 1).notes[0].about == "Natural, restored and naturalised area"
    report = report_content(
        [sourced], replace(sourced, given_for={("natural_areas", "natural_area"): then}), language="en"
    )
    one = part(report, 1)
    assert one.notes[0].about.endswith("quoted for 10.73 km², not for the figure that stands here")
    assert any("10.73 km², and the figure is 22.49 km²" in notice.text for notice in one.notices)
    row = next(row for group in report.figures if group.title.startswith("1 ·") for row in group.rows)
    assert row.source.endswith("given for 10.73 km²")


def actions_in(report):
    return [one for area in report.actions.areas for part in area.commitments for one in part.actions]


@pytest.mark.parametrize(
    ("title", "own", "other"), [("Plant trees", "en", "zh_Hans"), ("增加城市绿地", "zh_Hans", "en")]
)
def test_actions_in_another_script_than_the_report_are_told_in_brief(libo, title, own, other):
    """Their own words are whole in a report of their language; another reader gets title, target and indicators."""
    long = "种植本地树种。" * 60 if own == "zh_Hans" else "Plant native trees. " * 60
    action = Action(title, "A", "C", Said(long), Said(long), Said(long + "!"), ("natural_areas",))
    [whole] = actions_in(report_content(libo, libo[0], language=own, actions=[action]))
    assert (whole.description, len(whole.facts)) == (long, 3)
    told = report_content(libo, libo[0], language=other, actions=[action])
    assert not actions_in(told)
    [(shown, target, indicators)] = told.actions.brief[0].rows
    assert (shown, indicators) == (title, "1")
    assert len(target) <= 151
    assert target.endswith("…")
    assert len(told.actions.line.splitlines()) == 2

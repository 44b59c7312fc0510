"""The chapter of a report on what the score means; figures of the demo cities, worked out by hand in tests/planning."""

from __future__ import annotations

from decimal import Decimal

from cbi.assessment import Assessment, Entry
from cbi.planning.effort import Survey
from cbi.planning.findings import Beside
from cbi.planning.plan import Plan, PlannedStep
from cbi.planning.ranges import Form, Spread
from cbi.planning.scenario import Change, Scenario
from cbi.report import report_content, write_pdf

from .test_pdf import pages_of

BESIDE = Beside(
    spreads=(Spread(("projects", "projects"), Form.FROM_TO, Decimal(36), Decimal(41)),),
    grades={},
    scenarios=(Scenario("No farms", changes=(Change(("urban_agriculture", "="), Entry("none")),)),),
    plans=(Plan("90 by 2027", "2021", 2021, 90, 2027, steps=(PlannedStep("projects", 1, 2, "Parks office", 2024),)),),
    surveys={(2021, "bird_species"): Survey(observers=12), (2024, "bird_species"): Survey(observers=20)},
)


def test_the_next_point_and_the_change_since_the_baseline(example):
    chapter = report_content(example, example[-1], beside=Beside()).planning
    assert len(chapter.next) == 28
    assert chapter.next[0].up == "Another 3.055 km² of “Natural, restored and naturalised area”"
    assert (chapter.next[21].up, chapter.next[21].down) == ("–", "1 agency fewer")
    assert (chapter.why.start, chapter.why.end) == (38, 88)
    assert [(one.label, one.change) for one in chapter.why.steps] == [
        ("Real change in the figures", 18),
        ("Newly scored", 33),
        ("Changed edition", -1),
    ]


def test_what_is_kept_beside_the_answers(example):
    # 36 to 41 projects: 36–39 have 2 points, 40 and 41 have 3. Agriculture stood at 3 points.
    chapter = report_content(example, example[-1], beside=BESIDE).planning
    (projects,) = chapter.chances
    assert projects.title.startswith("25 · Number of Biodiversity Projects")
    assert "Scored indicators without any range: 27 of 28." in chapter.firm
    assert projects.said == "2 points 67 %, 3 points 33 %"
    assert [(one.label, one.text) for one in chapter.scenarios] == [("No farms", "85 points (−3)")]
    assert "Native bird species: 2021 to 2024: 3 more species, but the surveys grew too" in chapter.surveys[0]
    (birds,) = chapter.efforts
    assert (chapter.efforts_head, birds.title) == (
        ("Year", "Species", "Observers", "Days", "Records"),
        "Native bird species",
    )
    assert [row for row in birds.rows if row[0] in ("2021", "2024")] == [
        ("2021", "162", "12", "–", "–"),
        ("2024", "165", "20", "–", "–"),
    ]
    (plan,) = chapter.plans
    assert plan.line == "Target: 90 points · by 2027 · steps reached: 1 of 1"
    assert plan.steps[0].text == "1 → 2 points: reached in 2024 · Parks office · by 2024"


def test_later_years_do_not_enter(example):
    assert report_content(example, example[1], beside=BESIDE).planning.plans[0].line.endswith("steps reached: 0 of 1")


def test_a_year_without_points_has_no_such_chapter():
    assert report_content([], Assessment("2021", "Town", 2026), beside=Beside()).planning is None


def test_without_what_is_kept_there_is_no_such_chapter(example):
    assert report_content(example, example[-1]).planning is None


def test_it_is_laid_out_in_both_languages(example):
    for language, words in (("en", ("How firm are the points?", "No farms", "90 by 2027")),
                            ("zh_Hans", ("得分有多稳？", "总分为何变化？", "No farms"))):  # fmt: skip
        content = report_content(example, example[-1], language=language, beside=BESIDE)
        text = "".join(pages_of(write_pdf(content))).replace("\n", "")
        assert all(word in text for word in words), language

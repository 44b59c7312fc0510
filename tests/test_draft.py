"""The form as data: what was typed stays, figures survive every number format, what cannot be read is named."""

from decimal import Decimal
from pathlib import Path

import pytest

from cbi.assessment import Answer, Assessment, Entry, Quality, Reason
from cbi.definitions import edition
from cbi.draft import (
    FINISHED,
    AnswerDraft,
    Draft,
    Spot,
    Typed,
    draft_of,
    offered_ways,
    read_draft,
    shown_way,
)
from cbi.editing import (
    rewritten,
    with_pick,
    with_reason,
    with_record,
    with_text,
    with_tick,
    with_unit,
    with_way,
)
from cbi.scoring import score
from cbi.tables import read_table

DEMOS = sorted((Path(__file__).parents[1] / "data" / "demo").glob("*.csv"))
CITIES = [one for file in DEMOS for one in read_table(file).assessments]
FORMATS = ("en", "zh_Hans", "de", "fr", "es", "hi", "pt_PT")
NEW = edition("2021")


def city(**answers: Answer) -> Assessment:
    return Assessment("2021", "Anyton", 2026, {"city_area": Entry(Decimal("33.22"), "km2")}, answers)


@pytest.mark.parametrize("number_format", FORMATS)
@pytest.mark.parametrize("assessment", CITIES, ids=lambda one: f"{one.city} {one.year}")
def test_a_whole_city_survives_the_form(assessment: Assessment, number_format: str) -> None:
    asked = edition(assessment.edition)
    reading = read_draft(draft_of(assessment, asked, number_format), asked)
    assert reading.unread == {}
    assert reading.assessment == assessment


@pytest.mark.parametrize("assessment", CITIES, ids=lambda one: f"{one.city} {one.year}")
def test_figures_stay_the_same_through_every_number_format(assessment: Assessment) -> None:
    asked = edition(assessment.edition)
    draft = draft_of(assessment, asked, "en")
    for number_format in (*FORMATS, "en"):
        draft = rewritten(draft, asked, number_format)
        assert read_draft(draft, asked).assessment == assessment
    assert draft == draft_of(assessment, asked, "en")


@pytest.mark.parametrize(
    ("number_format", "shown"),
    [("en", "1,205.50"), ("de", "1.205,50"), ("fr", "1\u202f205,50"), ("es", "1.205,50"), ("zh_Hans", "1,205.50")],
)
def test_numbers_are_written_as_readers_expect_them_zeros_included(number_format: str, shown: str) -> None:
    given = city(natural_areas=Answer(inputs={"natural_area": Entry(Decimal("1205.50"), "ha")}))
    draft = draft_of(given, NEW, number_format)
    assert draft.typed("natural_areas", "natural_area") == Typed(shown, "ha")
    assert str(read_draft(draft, NEW).assessment.answers["natural_areas"].inputs["natural_area"].value) == "1205.50"


def test_lists_of_areas_ladders_and_checklists_survive_the_form() -> None:
    given = city(
        connectivity=Answer(inputs={"group_areas": Entry((Decimal("1200.5"), Decimal("80")), "mu")}, way="groups"),
        urban_agriculture=Answer(finished=Entry("planned", data_year=2025)),
        institutional_capacity=Answer(inputs={"functions": Entry(("herbarium", "other"))}),
        climate_responses=Answer(inputs={"responses": Entry(())}),
        budget=Answer(inputs={"biodiversity_budget": Entry(Decimal("288.8"), "万 CNY")}),
        built_up_birds=Answer(reason=Reason.NO_DATA, note="No survey yet", source="Parks office"),
    )
    draft = draft_of(given, NEW, "de")
    assert draft.typed("connectivity", "group_areas").text == "1.200,5; 80"
    assert read_draft(draft, NEW).assessment == given


def test_a_number_that_could_mean_two_things_is_named_and_the_rest_is_kept() -> None:
    draft = draft_of(city(), NEW)
    draft = with_text(draft, NEW, "natural_areas", "natural_area", "12,5", "km2")
    draft = with_text(draft, NEW, "awareness", "events", "60")
    reading = read_draft(draft, NEW)
    assert "12.5 or 125" in reading.unread[Spot("natural_areas", "natural_area")].text()
    assert draft.typed("natural_areas", "natural_area").text == "12,5"
    assert reading.assessment.answers["natural_areas"].inputs == {}
    assert reading.assessment.answers["awareness"].inputs["events"].value == 60
    assert reading.assessment.profile["city_area"].value == Decimal("33.22")


def test_what_cannot_be_read_stays_as_typed_when_the_number_format_changes() -> None:
    draft = with_text(Draft("2021"), NEW, "natural_areas", "natural_area", "12,5", "km2")
    german = rewritten(draft, NEW, "de")
    assert german.typed("natural_areas", "natural_area").text == "12,5"
    assert read_draft(german, NEW).assessment.answers["natural_areas"].inputs["natural_area"].value == Decimal("12.5")


def test_a_number_longer_than_any_city_needs_does_not_break_the_form() -> None:
    digits = "123456789012345678901234567890"
    draft = with_text(Draft("2021"), NEW, "awareness", "events", digits)
    for number_format in FORMATS:
        draft = rewritten(draft, NEW, number_format)
        assert read_draft(draft, NEW).assessment.answers["awareness"].inputs["events"].value == Decimal(digits)


@pytest.mark.parametrize(
    ("text", "shown", "unit"),
    [
        ("288.83 万亩", "288.83", "wan_mu"),
        ("2249 ha", "2,249", "ha"),
        ("２２．４９ 平方公里", "22.49", "km2"),
        ("22.49", "22.49", "km2"),
        ("22.49 miles", "22.49 miles", "km2"),
    ],
)
def test_a_unit_typed_into_the_text_moves_to_its_own_place(text: str, shown: str, unit: str) -> None:
    draft = with_text(Draft("2021"), NEW, "natural_areas", "natural_area", text, "km2")
    assert draft.typed("natural_areas", "natural_area") == Typed(shown, unit)


def test_a_unit_that_does_not_fit_is_named() -> None:
    draft = with_text(Draft("2021"), NEW, "natural_areas", "natural_area", "22.49 miles", "km2")
    assert Spot("natural_areas", "natural_area") in read_draft(draft, NEW).unread


def test_another_unit_beside_the_same_digits() -> None:
    draft = with_text(Draft("2021"), NEW, "natural_areas", "natural_area", "15", "mu")
    entry = read_draft(with_unit(draft, NEW, "natural_areas", "natural_area", "ha"), NEW).assessment
    assert entry.answers["natural_areas"].inputs["natural_area"] == Entry(Decimal(15), "ha")


def test_emptying_a_field_takes_the_answer_back() -> None:
    given = city(natural_areas=Answer(inputs={"natural_area": Entry(Decimal("22.49"), "km2")}))
    draft = with_text(draft_of(given, NEW), NEW, "natural_areas", "natural_area", " ")
    assert "natural_area" not in read_draft(draft, NEW).assessment.answers["natural_areas"].inputs


def test_new_areas_are_offered_in_the_unit_of_the_city_area() -> None:
    assert Draft("2021").usual_area_unit == "km2"
    assert with_text(Draft("2021"), NEW, "profile", "city_area", "500 ha").usual_area_unit == "ha"


# Checklists and ladders


def test_nothing_ticked_is_not_the_same_as_none() -> None:
    draft = Draft("2021")
    assert not draft.typed("institutional_capacity", "functions").filled
    none = with_tick(draft, NEW, "institutional_capacity", "functions", None, True)
    card = score(NEW, read_draft(none, NEW).assessment)
    assert card.result("institutional_capacity").points == 0
    ticked = with_tick(none, NEW, "institutional_capacity", "functions", "herbarium", True)
    assert score(NEW, read_draft(ticked, NEW).assessment).result("institutional_capacity").points == 1
    back = with_tick(ticked, NEW, "institutional_capacity", "functions", "herbarium", False)
    assert not score(NEW, read_draft(back, NEW).assessment).result("institutional_capacity").is_scored


def test_a_rung_can_be_picked_and_taken_back() -> None:
    draft = with_pick(Draft("2021"), NEW, "urban_agriculture", FINISHED, "planned")
    assert score(NEW, read_draft(draft, NEW).assessment).result("urban_agriculture").points == 2
    back = with_pick(draft, NEW, "urban_agriculture", FINISHED, "")
    assert not score(NEW, read_draft(back, NEW).assessment).result("urban_agriculture").is_scored


def test_what_is_no_id_never_reaches_the_draft() -> None:
    draft = Draft("2021")
    mesh = with_text(draft, NEW, "connectivity", "effective_mesh_size", "5", "km2")
    assert with_tick(draft, NEW, "institutional_capacity", "functions", "Casino", True) == draft
    assert with_pick(draft, NEW, "urban_agriculture", FINISHED, "有政策但未实施") == draft
    assert with_way(mesh, NEW, "connectivity", "Effective mesh size") == mesh
    assert with_unit(mesh, NEW, "connectivity", "effective_mesh_size", "wan mu 万亩") == mesh
    assert with_reason(draft, "natural_areas", "reason", "No data") == draft
    assert with_record(draft, "natural_areas", "", "quality", "High") == draft


def test_an_unknown_reason_or_quality_is_no_reason_and_no_quality() -> None:
    draft = with_reason(Draft("2021"), "natural_areas", "reason", "lazy")
    draft = with_text(with_record(draft, "awareness", "", "quality", "superb"), NEW, "awareness", "events", "60")
    answers = read_draft(draft, NEW).assessment.answers
    assert "natural_areas" not in answers
    assert answers["awareness"].inputs["events"].quality is None


# Records


def test_year_source_and_quality_apply_to_the_whole_answer() -> None:
    draft = with_text(Draft("2021"), NEW, "budget", "biodiversity_budget", "3", "EUR")
    draft = with_text(draft, NEW, "budget", "city_budget", "100", "EUR")
    for part, text in (("data_year", "2025年"), ("quality", "high"), ("source", "Accounts"), ("note", "Net")):
        draft = with_record(draft, "budget", "", part, text)
    for entry in read_draft(draft, NEW).assessment.answers["budget"].inputs.values():
        assert (entry.data_year, entry.quality, entry.source, entry.note) == (2025, Quality.HIGH, "Accounts", "Net")


def test_different_sources_stay_apart_until_one_is_typed_for_both() -> None:
    given = city(
        budget=Answer(
            inputs={
                "biodiversity_budget": Entry(Decimal(3), "EUR", 2025, source="Parks office"),
                "city_budget": Entry(Decimal(100), "EUR", 2025, source="Treasury"),
            }
        )
    )
    draft = draft_of(given, NEW)
    assert draft.answer("budget").agreed("source") is None
    assert draft.answer("budget").agreed("data_year") == "2025"
    assert read_draft(draft, NEW).assessment == given
    changed = read_draft(with_record(draft, "budget", "", "data_year", "2024"), NEW).assessment.answers["budget"].inputs
    assert [entry.source for entry in changed.values()] == ["Parks office", "Treasury"]
    assert [entry.data_year for entry in changed.values()] == [2024, 2024]
    joined = with_record(draft, "budget", "", "source", "Accounts 2025")
    assert joined.answer("budget").agreed("source") == "Accounts 2025"


def test_a_year_that_is_no_year_is_named_and_the_figure_is_kept() -> None:
    draft = with_text(Draft("2021"), NEW, "awareness", "events", "60")
    reading = read_draft(with_record(draft, "awareness", "", "data_year", "last year"), NEW)
    assert "last year" in reading.unread[Spot("awareness", "", "data_year")].text()
    assert reading.assessment.answers["awareness"].inputs["events"] == Entry(Decimal(60))


def test_figures_of_the_profile_have_their_own_record() -> None:
    draft = with_text(Draft("2021"), NEW, "profile", "population", "186 987")
    draft = with_record(draft, "profile", "population", "source", "Census")
    assert read_draft(draft, NEW).assessment.profile["population"] == Entry(Decimal(186987), source="Census")


# Ways


def test_the_form_shows_the_way_that_was_begun() -> None:
    mesh = NEW.indicator("connectivity")
    assert offered_ways(mesh, AnswerDraft()) == ("groups", "mesh", FINISHED)
    assert shown_way(mesh, AnswerDraft()) == "groups"
    assert shown_way(mesh, AnswerDraft({"effective_mesh_size": Typed("5", "km2")})) == "mesh"
    assert shown_way(mesh, AnswerDraft({FINISHED: Typed("55")})) == FINISHED
    assert shown_way(mesh, AnswerDraft({FINISHED: Typed("55")}, way="groups")) == "groups"


def test_an_unanswered_indicator_opens_in_the_way_of_last_time() -> None:
    mesh, last = NEW.indicator("connectivity"), AnswerDraft({FINISHED: Typed("55")})
    assert shown_way(mesh, AnswerDraft(), last) == FINISHED
    assert shown_way(mesh, AnswerDraft(open="groups"), last) == "groups"
    assert shown_way(mesh, AnswerDraft({"effective_mesh_size": Typed("5", "km2")}), last) == "mesh"
    assert shown_way(mesh, AnswerDraft(), AnswerDraft()) == "groups"
    assert shown_way(NEW.indicator("projects"), AnswerDraft(), AnswerDraft({FINISHED: Typed("12")})) != FINISHED


def test_a_plain_count_is_not_asked_twice() -> None:
    projects = NEW.indicator("projects")
    assert FINISHED not in offered_ways(projects, AnswerDraft())
    assert FINISHED in offered_ways(projects, AnswerDraft({FINISHED: Typed("12")}))


def test_the_chosen_measure_is_the_one_that_scores() -> None:
    draft = Draft("2021")
    for name, text in (
        ("restored_area", "30"),
        ("degraded_area", "100"),
        ("restored_types", "4"),
        ("habitat_types", "5"),
    ):
        draft = with_text(draft, NEW, "habitat_restoration", name, text, "ha" if name.endswith("area") else "")
    by_types = score(NEW, read_draft(with_way(draft, NEW, "habitat_restoration", "types"), NEW).assessment)
    by_area = score(NEW, read_draft(with_way(draft, NEW, "habitat_restoration", "area"), NEW).assessment)
    assert (by_types.result("habitat_restoration").points, by_area.result("habitat_restoration").points) == (4, 1)


def test_a_way_that_is_only_looked_at_does_not_score() -> None:
    draft = Draft("2021")
    for name, text in (("restored_area", "30"), ("degraded_area", "100")):
        draft = with_text(draft, NEW, "habitat_restoration", name, text, "ha")
    looked = with_way(draft, NEW, "habitat_restoration", "types")
    assert shown_way(NEW.indicator("habitat_restoration"), looked.answer("habitat_restoration")) == "types"
    assert score(NEW, read_draft(looked, NEW).assessment).result("habitat_restoration").points == 1


def test_answering_clears_not_started_and_no_other_reason() -> None:
    for reason, left in (("not_started", None), ("no_data", Reason.NO_DATA)):
        draft = with_reason(Draft("2021"), "awareness", "reason", reason)
        assert with_text(draft, NEW, "awareness", "events", " ").answer("awareness").reason == reason
        draft = with_text(draft, NEW, "awareness", "events", "60")
        assert read_draft(draft, NEW).assessment.answers["awareness"].reason == left


@pytest.mark.parametrize(
    ("kind", "box", "text", "shown", "unit"),
    [
        ("population", "wan", "190 000 persons", "190,000", ""),
        ("population", "wan", "190 thousand", "190", "thousand"),
        ("city_area", "ha", "5 sq mi", "5", "sq_mi"),
        ("city_area", "wan_mu", "5 ha", "5", "ha"),
    ],
)
def test_a_unit_in_the_text_wins_over_the_one_beside_it(kind: str, box: str, text: str, shown: str, unit: str) -> None:
    draft = with_text(Draft("2021"), NEW, "profile", kind, text, box)
    assert (draft.typed("profile", kind).text, draft.typed("profile", kind).unit) == (shown, unit)
    again = with_unit(with_text(Draft("2021"), NEW, "profile", kind, text), NEW, "profile", kind, box)
    assert read_draft(again, NEW).unread == {}


@pytest.mark.parametrize(
    ("beside", "text", "shown", "unit"),
    [
        ("EUR", "48 million", "48,000,000", "EUR"),
        ("EUR", "48.5 million", "48,500,000", "EUR"),
        ("", "48 million", "48,000,000", ""),
        ("", "48 million INR", "48,000,000", "INR"),
        ("CNY", "4800万元", "48,000,000", "CNY"),
        ("CNY", "0.48亿", "48,000,000", "CNY"),
        ("万 CNY", "4800万元", "4,800", "万 CNY"),  # somebody chose ten thousands: they stay
        ("万 CNY", "0.48亿元", "48,000,000", "CNY"),
        ("million USD", "48 EUR", "48", "EUR"),
    ],
)
def test_an_amount_of_money_is_written_out_and_counts_as_typed(beside: str, text: str, shown: str, unit: str) -> None:
    draft = with_text(Draft("2021"), NEW, "budget", "city_budget", text, beside)
    assert (draft.typed("budget", "city_budget").text, draft.typed("budget", "city_budget").unit) == (shown, unit)


def test_a_later_correction_of_an_amount_of_money_counts_what_is_typed() -> None:
    draft = with_text(Draft("2021"), NEW, "budget", "city_budget", "48 million", "EUR")
    draft = with_text(draft, NEW, "budget", "city_budget", "48000000")
    entry = read_draft(draft, NEW).assessment.answers["budget"].inputs["city_budget"]
    assert (entry.value, entry.unit) == (48_000_000, "EUR")

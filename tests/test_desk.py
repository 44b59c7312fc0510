"""A person's desk: saved place by place, kept where it cannot be saved, and two people at one assessment."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cbi.assessment import Answer, Entry
from cbi.definitions import edition
from cbi.desk import Desk, kept_mine, opened, own_places, refreshed, retaken, saved, with_waiting
from cbi.draft import read_draft
from cbi.editing import with_record, with_text
from cbi.store import Store, open_store
from cbi.store.records import Kind

ASKED = edition("2021")


@pytest.fixture
def store(tmp_path):
    found = open_store(f"sqlite:///{tmp_path / 'cbi.sqlite3'}")
    yield found
    found.close()


@pytest.fixture
def year(store: Store) -> int:
    return store.start_year(store.add_city("Riverton", person="Mei").id, 2026, person="Mei").id


def typed(desk: Desk, owner: str, name: str, text: str, unit: str = "") -> Desk:
    return replace(desk, draft=with_text(desk.draft, ASKED, owner, name, text, unit))


def area_of(store: Store, year: int) -> Entry | None:
    return store.assessment(year).assessment.profile.get("city_area")


def test_what_is_typed_is_in_the_store_digit_for_digit(store: Store, year: int) -> None:
    desk = saved(store, typed(opened(store, year, "de"), "profile", "city_area", "1.205,50", "km2"), "Mei")
    assert area_of(store, year) == Entry(Decimal("1205.50"), "km2")
    assert own_places(desk, read_draft(desk.draft, ASKED)) == {}
    assert desk.draft.typed("profile", "city_area").text == "1.205,50"  # stands as it was typed
    assert [line.person for line in store.history(year, "profile.city_area")] == ["Mei"]


def test_an_unreadable_figure_leaves_the_stored_one_and_what_stands_beside_it_is_saved(store: Store, year: int) -> None:
    desk = saved(store, typed(opened(store, year, "en"), "recreation", "park_area", "240", "ha"), "Mei")
    desk = typed(desk, "recreation", "park_area", "12,5", "ha")
    desk = replace(desk, draft=with_record(desk.draft, "recreation", "", "source", "Parks office"))
    desk = saved(store, typed(desk, "awareness", "events", "10"), "Mei")
    answers = store.assessment(year).assessment.answers
    assert answers["recreation"].inputs["park_area"].value == Decimal(240)
    assert answers["awareness"].inputs["events"].value == Decimal(10)
    assert desk.draft.typed("recreation", "park_area").text == "12,5"
    assert not desk.trouble


def test_what_the_form_does_not_show_is_not_touched(store: Store, year: int) -> None:
    odd = Answer({"natural_area": Entry(Decimal(3), "ha"), "of_another_time": Entry(Decimal(7))})
    store.save(year, "natural_areas", odd, based_on=0, person="Mei")
    saved(store, typed(opened(store, year, "en"), "awareness", "events", "10"), "Mei")
    assert store.assessment(year).assessment.answers["natural_areas"] == odd


def test_different_places_of_two_people_never_conflict(store: Store, year: int) -> None:
    mei, li = opened(store, year, "en"), opened(store, year, "en")
    mei = saved(store, typed(mei, "awareness", "events", "10"), "Mei")
    li = saved(store, typed(li, "profile", "city_area", "33", "km2"), "Li")
    assert not mei.conflicts and not li.conflicts
    mei = refreshed(store, mei)
    assert mei.draft.typed("profile", "city_area").text == "33"  # what Li saved is on Mei's desk now


def test_the_second_person_sees_both_values_and_chooses(store: Store, year: int) -> None:
    mei, li = opened(store, year, "en"), opened(store, year, "en")
    saved(store, typed(mei, "awareness", "events", "10"), "Mei")
    li = saved(store, refreshed(store, typed(li, "awareness", "events", "12")), "Li")
    conflict = li.conflicts["awareness"]
    assert conflict.theirs.person == "Mei"
    assert conflict.theirs.after.inputs["events"].value == Decimal(10)
    assert conflict.mine.content.inputs["events"].value == Decimal(12)
    assert store.assessment(year).assessment.answers["awareness"].inputs["events"].value == Decimal(10)

    theirs = retaken(store, li, "awareness")
    assert theirs.draft.typed("awareness", "events").text == "10"
    assert not theirs.conflicts

    mine = kept_mine(store, li, "awareness", "Li")
    assert not mine.conflicts
    assert store.assessment(year).assessment.answers["awareness"].inputs["events"].value == Decimal(12)
    assert [line.person for line in store.history(year, "awareness")] == ["Mei", "Li"]


def test_a_closed_year_keeps_what_was_typed_on_the_desk_and_says_why(store: Store, year: int) -> None:
    desk = opened(store, year, "en")
    store.submit(year, person="Li")
    desk = saved(store, typed(desk, "awareness", "events", "10"), "Mei")
    assert "the year is reopened with a reason" in desk.trouble.text()
    assert list(own_places(desk, read_draft(desk.draft, ASKED))) == ["awareness"]
    store.reopen(year, person="Li", reason="Mei was not done")
    desk = saved(store, refreshed(store, desk), "Mei")
    assert store.assessment(year).assessment.answers["awareness"].inputs["events"].value == Decimal(10)
    assert desk.trouble is None


def test_nothing_is_saved_without_a_name_and_nothing_is_lost(store: Store, year: int) -> None:
    desk = saved(store, typed(opened(store, year, "en"), "awareness", "events", "10"), "")
    assert store.assessment(year).versions == {}
    desk = saved(store, desk, "Mei")
    assert store.history(year, "awareness")[0].person == "Mei"


def test_an_undone_change_comes_back_to_the_desk(store: Store, year: int) -> None:
    desk = saved(store, typed(opened(store, year, "en"), "awareness", "events", "10"), "Mei")
    desk = saved(store, typed(desk, "awareness", "events", "99"), "Mei", {"awareness": "counted again"})
    assert store.history(year, "awareness")[-1].reason == "counted again"
    store.undo(year, store.last_change(year), person="Mei")
    assert refreshed(store, desk).draft.typed("awareness", "events").text == "10"


# What cannot be read stays with the person who typed it


def again(store: Store, year: int, person: str, number_format: str = "en") -> Desk:
    """Come back after a reload."""
    return with_waiting(store, opened(store, year, number_format), person)


def test_a_text_that_cannot_be_read_is_there_again_after_a_reload(store: Store, year: int) -> None:
    desk = saved(store, typed(again(store, year, "Mei"), "profile", "city_area", "33.22", "km2"), "Mei")
    desk = saved(store, typed(desk, "profile", "city_area", "33,22", "km2"), "Mei")
    desk = typed(desk, "recreation", "park_area", "about 12", "ha")
    desk = saved(store, replace(desk, draft=with_record(desk.draft, "recreation", "", "data_year", "last year")), "Mei")
    back = again(store, year, "Mei")
    assert back.draft.typed("profile", "city_area").text == "33,22"
    assert back.draft.typed("recreation", "park_area").text == "about 12"
    assert back.draft.answer("recreation").record.data_year == "last year"
    assert len(read_draft(back.draft, ASKED).unread) == 3  # each with its sentence again
    assert area_of(store, year) == Entry(Decimal("33.22"), "km2")  # the stored figure stays in force
    assert own_places(back, read_draft(back.draft, ASKED)) == {}


def test_it_comes_back_to_nobody_else(store: Store, year: int) -> None:
    saved(store, typed(again(store, year, "Mei"), "profile", "city_area", "33,22", "km2"), "Mei")
    assert again(store, year, "Ben").draft.typed("profile", "city_area").text == ""
    assert opened(store, year, "en").draft.typed("profile", "city_area").text == ""


@pytest.mark.parametrize("text", ["33.22", ""])
def test_it_is_gone_once_it_is_corrected_or_cleared(store: Store, year: int, text: str) -> None:
    desk = saved(store, typed(again(store, year, "Mei"), "profile", "city_area", "33,22", "km2"), "Mei")
    saved(store, typed(desk, "profile", "city_area", text, "km2"), "Mei")
    assert again(store, year, "Mei").draft.typed("profile", "city_area").text == text
    assert not again(store, year, "Mei").waits


def test_in_another_number_format_it_can_be_read_and_is_saved_with_the_next_change(store: Store, year: int) -> None:
    saved(store, typed(again(store, year, "Mei"), "profile", "city_area", "33,22", "km2"), "Mei")
    desk = saved(store, again(store, year, "Mei", "de"), "Mei")
    assert area_of(store, year) == Entry(Decimal("33.22"), "km2")
    assert not desk.waits


def test_a_source_that_waits_for_its_figure_is_kept_too(store: Store, year: int) -> None:
    desk = again(store, year, "Mei")
    desk = saved(store, replace(desk, draft=with_record(desk.draft, "recreation", "", "source", "Parks office")), "Mei")
    desk = again(store, year, "Mei")
    assert desk.draft.answer("recreation").record.source == "Parks office"
    desk = saved(store, typed(desk, "recreation", "park_area", "240", "ha"), "Mei")
    assert store.assessment(year).assessment.answers["recreation"].inputs["park_area"].source == "Parks office"
    assert not again(store, year, "Mei").waits


def test_it_never_writes_over_what_somebody_else_saved_meanwhile(store: Store, year: int) -> None:
    desk = again(store, year, "Mei")
    saved(store, replace(desk, draft=with_record(desk.draft, "recreation", "", "source", "Parks office")), "Mei")
    ben = typed(again(store, year, "Ben"), "recreation", "park_area", "240", "ha")
    saved(store, replace(ben, draft=with_record(ben.draft, "recreation", "", "source", "Survey")), "Ben")
    back = again(store, year, "Mei")
    assert back.draft.answer("recreation").record.source == "Survey"
    assert own_places(back, read_draft(back.draft, ASKED)) == {}


def test_a_closed_year_shows_only_what_was_saved(store: Store, year: int) -> None:
    saved(store, typed(again(store, year, "Mei"), "profile", "city_area", "33,22", "km2"), "Mei")
    store.submit(year, person="Mei")
    assert again(store, year, "Mei").draft.typed("profile", "city_area").text == ""


def test_a_paper_that_another_program_wrote_otherwise_is_no_trouble(store: Store, year: int) -> None:
    saved(store, typed(again(store, year, "Mei"), "profile", "city_area", "33,22", "km2"), "Mei")
    [paper] = store.papers.of(Kind.SETTING, assessment_id=year)
    strange = {"fields": [{"owner": "nowhere", "name": "", "part": "source", "text": "x"}, {"owner": 1}, "x"]}
    store.papers.save(Kind.SETTING, paper.key, strange, based_on=1, person="Mei", assessment_id=year)
    assert again(store, year, "Mei").draft == opened(store, year, "en").draft

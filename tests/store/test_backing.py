"""A source that was given for one figure does not speak for the next one typed there."""

from dataclasses import replace
from decimal import Decimal

import pytest

from cbi.assessment import Answer, Assessment, Entry, Quality
from cbi.definitions import edition
from cbi.scoring import score
from cbi.store import ConflictError, exchange

SOURCED = Entry(Decimal("10.73"), "km2", 2025, Quality.HIGH, "Land survey 2025", "“The forest covers 10.73 km².”")
PLACE, AT = "natural_areas", ("natural_areas", "natural_area")


@pytest.fixture
def year(store, city):
    return store.start_year(city.id, 2026, person="Mei").id


def typed(store, year, entry, based_on, place=PLACE):
    content = entry if place.startswith("profile.") else Answer({"natural_area": entry})
    return store.save(year, place, content, based_on=based_on, person="Mei").version


def given_for(store, year):
    return {at: str(entry.value) for at, entry in store.assessment(year).assessment.given_for.items()}


def told(store, year, language="en"):
    card = score(edition("2021", language), store.assessment(year).assessment)
    return [one.sentence.text(language) for one in card.problems if one.code == "source_of_another_figure"]


def test_a_figure_typed_over_leaves_its_source_with_the_other_one(store, year):
    typed(store, year, SOURCED, 0)
    assert given_for(store, year) == {}
    typed(store, year, replace(SOURCED, value=Decimal("22.49")), 1)
    assert given_for(store, year) == {AT: "10.73"}
    [warning] = told(store, year)
    assert "10.73 km², and the figure is 22.49 km²" in warning
    typed(store, year, replace(SOURCED, value=Decimal("30")), 2)
    assert given_for(store, year) == {AT: "10.73"}


@pytest.mark.parametrize(
    "changed",
    [
        replace(SOURCED, value=Decimal("1073"), unit="ha"),  # the same area: 1 km² is 100 ha
        replace(SOURCED, value=Decimal("22.49"), source="Land survey 2026", note=""),
        replace(SOURCED, value=Decimal("22.49"), source="", note="counted anew"),
    ],
)
def test_the_same_amount_or_another_source_is_asked_nothing(store, year, changed):
    typed(store, year, SOURCED, 0)
    typed(store, year, changed, 1)
    assert given_for(store, year) == {}


def test_another_source_leaves_the_quotation_with_the_other_figure(store, year):
    typed(store, year, SOURCED, 0)
    typed(store, year, replace(SOURCED, value=Decimal("22.49"), source="Land survey 2026"), 1)
    [warning] = told(store, year)
    assert warning.startswith("The note on ") and "10.73 km²" in warning
    typed(store, year, replace(SOURCED, value=Decimal("22.49"), source="Land survey 2026", note="counted"), 2)
    assert told(store, year) == []


def test_saying_that_it_holds_ends_the_question_and_can_be_undone(store, year):
    typed(store, year, SOURCED, 0)
    version = typed(store, year, replace(SOURCED, value=Decimal("22.49")), 1)
    store.hold(year, PLACE, based_on=version, person="Li Na")
    assert given_for(store, year) == {}
    line = store.history(year, PLACE)[-1]
    assert (line.person, line.before) == ("Li Na", line.after)
    store.undo(year, store.last_change(year), person="Mei")
    assert given_for(store, year) == {AT: "10.73"}
    store.undo(year, store.last_change(year), person="Mei")  # and the figure itself
    assert given_for(store, year) == {}


def test_nobody_confirms_a_figure_that_they_have_not_seen(store, year):
    typed(store, year, SOURCED, 0)
    typed(store, year, replace(SOURCED, value=Decimal("22.49")), 1)
    typed(store, year, replace(SOURCED, value=Decimal("30")), 2)
    with pytest.raises(ConflictError):
        store.hold(year, PLACE, based_on=2, person="Li Na")
    assert given_for(store, year) == {AT: "10.73"}


def test_going_back_brings_back_what_the_source_spoke_of(store, year):
    typed(store, year, SOURCED, 0)
    typed(store, year, replace(SOURCED, value=Decimal("22.49")), 1)
    typed(store, year, Entry(Decimal("30"), "km2", source="Another"), 2)
    store.restore(year, PLACE, 2, based_on=3, person="Mei")
    assert given_for(store, year) == {AT: "10.73"}
    store.restore(year, PLACE, 1, based_on=4, person="Mei")
    assert given_for(store, year) == {}


def test_a_figure_of_the_profile_is_asked_too_and_a_file_brings_its_own_source(store, year):
    area = Entry(Decimal("33.22"), "km2", 2025, None, "Yearbook", "")
    typed(store, year, area, 0, "profile.city_area")
    typed(store, year, replace(area, value=Decimal("2431.8")), 1, "profile.city_area")
    assert given_for(store, year) == {("profile", "city_area"): "33.22"}
    incoming = [Assessment("2021", "Libo County", 2026, {"city_area": replace(area, value=Decimal("2432"))})]
    plan = exchange.preview(store, incoming, "t.csv")
    exchange.apply(store, incoming, "t.csv", seen=plan, person="Mei")
    assert given_for(store, year) == {}


def test_the_rung_of_a_ladder_is_named_by_its_points(store, year):
    ladder = next(one for one in edition("2021").indicators if one.ladder)
    low, high = (rung for rung in ladder.ladder if rung.points in (1, 3))
    for based_on, rung in enumerate((low, high)):
        answer = Answer(finished=Entry(rung.id, source="Council paper 7"))
        store.save(year, ladder.id, answer, based_on=based_on, person="Mei")
    [warning] = told(store, year)
    assert "rung 1, and the figure is rung 3" in warning


def test_a_word_in_quotation_marks_makes_a_note_no_quotation(store, year):
    noted = Entry(Decimal("10.73"), "km2", note="依据“十四五”规划测算")
    typed(store, year, noted, 0)
    typed(store, year, replace(noted, value=Decimal("22.49")), 1)
    assert given_for(store, year) == {}


def test_what_an_edition_does_not_ask_stops_no_scorecard():
    answers = {"natural_areas": Answer({"no_such_input": SOURCED})}
    odd = Assessment(
        "2021", "Libo County", 2026, answers=answers, given_for={("natural_areas", "no_such_input"): SOURCED}
    )
    assert not [one for one in score(edition("2021"), odd).problems if one.code == "source_of_another_figure"]

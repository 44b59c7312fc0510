"""Cities and years: starting from the last one, states, the baseline, all years as scoring takes them."""

from __future__ import annotations

from decimal import Decimal

import pytest

import cbi
from cbi.assessment import Answer, Entry
from cbi.comparison import compare, score_years
from cbi.store.errors import ClosedError, NotAllowedError, NotFoundError, OutdatedError
from cbi.store.records import Act, State

from .conftest import AREA, MORE_WOODS, WOODS

BIRDS = Entry(Decimal(196), data_year=2025, source="Species survey 2025")


@pytest.fixture
def last(store, city):
    """A year with two profile figures and two answers."""
    year = store.start_year(city.id, 2023, person="Mei")
    for place, content in {
        "profile.city_area": AREA,
        "profile.bird_species": BIRDS,
        "natural_areas": WOODS,
        "protected_areas": Answer(finished=Entry(Decimal("12.5"))),
    }.items():
        store.save(year.id, place, content, based_on=0, person="Mei")
    return year


def test_cities_by_name(store):
    store.add_city("Zürich", person="Mei")
    store.add_city(" Aarau ", person="Mei")
    assert [city.name for city in store.cities()] == ["Aarau", "Zürich"]
    with pytest.raises(NotAllowedError, match="a city “Aarau” already"):
        store.add_city("Aarau", person="Mei")
    with pytest.raises(NotAllowedError, match="needs a name"):
        store.add_city("  ", person="Mei")
    aarau = store.rename_city(store.find_city("Aarau").id, "Aarau (AG)", person="Jonas")
    assert store.find_city("Aarau") is None
    assert [(event.kind.value, event.reason) for event in store.events(aarau.id)] == [
        ("city_added", "Aarau"),
        ("city_renamed", "Aarau → Aarau (AG)"),
    ]


def test_a_year_pins_the_definitions(store, city):
    year = store.start_year(city.id, 2026, person="Mei")
    assert year.definitions == cbi.edition("2021").hash
    assert (year.state, year.open, year.is_baseline) == (State.IN_PROGRESS, True, True)
    with pytest.raises(NotAllowedError, match="has 2026 under the 2021 edition already"):
        store.start_year(city.id, 2026, person="Mei")
    store.start_year(city.id, 2026, "2014", person="Mei")
    for wrong in ((20, "2021"), (2026, "1999")):
        with pytest.raises(NotAllowedError, match="cannot be assessed"):
            store.start_year(city.id, *wrong, person="Mei")
    with pytest.raises(NotFoundError, match="no city 99"):
        store.start_year(99, 2026, person="Mei")


def test_a_new_year_carries_the_profile_and_shows_the_answers_beside(store, city, last):
    new = store.start_year(city.id, 2026, person="Jonas", from_id=last.id)
    stored = store.assessment(new.id)
    assert stored.assessment.profile == {"city_area": AREA}  # a count of species is a finding of its own year
    assert stored.carried == {"profile.city_area"}
    assert stored.assessment.answers == {}
    beside = store.last_time(new.id)
    assert (beside.year, beside.assessment.answers["natural_areas"]) == (2023, WOODS)
    assert store.last_time(last.id) is None
    assert [line.act for line in store.history(new.id, "profile.city_area")] == [Act.CARRIED]
    assert store.last_change(new.id) == ()


def test_confirm_one_by_one(store, city, last):
    new = store.start_year(city.id, 2026, person="Jonas", from_id=last.id)
    assert store.confirm(new.id, ["natural_areas"], person="Jonas") == ("natural_areas",)
    assert store.confirm(new.id, ["profile.city_area", "profile.city_area"], person="Jonas") == ("profile.city_area",)
    stored = store.assessment(new.id)
    assert stored.carried == frozenset()
    assert stored.assessment.answers == {"natural_areas": WOODS}
    line = store.history(new.id, "natural_areas")[-1]
    assert (line.act, line.person, line.reason) == (Act.CONFIRMED, "Jonas", "2023")
    assert store.confirm(new.id, ["natural_areas", "budget"], person="Jonas") == ()


def test_confirm_all_leaves_what_was_typed_or_cleared(store, city, last):
    new = store.start_year(city.id, 2026, person="Jonas", from_id=last.id)
    store.save(new.id, "natural_areas", MORE_WOODS, based_on=0, person="Jonas")
    store.save(new.id, "profile.bird_species", None, based_on=1, person="Jonas")
    assert store.confirm(new.id, person="Jonas") == ("profile.city_area", "protected_areas")
    stored = store.assessment(new.id)
    assert stored.carried == frozenset()
    assert stored.assessment.answers["natural_areas"] == MORE_WOODS
    assert "bird_species" not in stored.assessment.profile
    assert store.confirm(new.id, ["profile.bird_species"], person="Jonas") == ("profile.bird_species",)


def test_a_count_of_species_is_never_confirmed_with_all_the_rest(store, city, last):
    new = store.start_year(city.id, 2026, person="Jonas", from_id=last.id)
    assert store.last_time(new.id).assessment.profile["bird_species"] == BIRDS
    assert "profile.bird_species" not in store.confirm(new.id, person="Jonas")
    assert store.confirm(new.id, ["profile.bird_species"], person="Jonas") == ("profile.bird_species",)


def test_undoing_a_confirmation_marks_it_carried_again(store, city, last):
    new = store.start_year(city.id, 2026, person="Jonas", from_id=last.id)
    store.confirm(new.id, ["profile.city_area"], person="Jonas")
    store.undo(new.id, store.last_change(new.id), person="Jonas")
    assert "profile.city_area" in store.assessment(new.id).carried


def test_one_undo_takes_a_whole_confirmation_back(store, city, last):
    new = store.start_year(city.id, 2026, person="Jonas", from_id=last.id)
    store.confirm(new.id, ["profile.bird_species"], person="Jonas")
    store.save(new.id, "budget", Answer(finished=Entry(Decimal(1))), based_on=0, person="Jonas")
    assert store.confirm(new.id, person="Mei") == ("natural_areas", "profile.city_area", "protected_areas")
    act = store.last_change(new.id)
    assert [(line.place, line.act, line.person) for line in act] == [
        ("natural_areas", Act.CONFIRMED, "Mei"),
        ("profile.city_area", Act.CONFIRMED, "Mei"),
        ("protected_areas", Act.CONFIRMED, "Mei"),
    ]
    with pytest.raises(OutdatedError):
        store.undo(new.id, act[:1], person="Mei")  # half of it is not what was seen
    undone = store.undo(new.id, act, person="Mei")
    assert [(line.place, line.act) for line in undone] == [(line.place, Act.UNDONE) for line in act]
    stored = store.assessment(new.id)
    assert stored.carried == {"profile.city_area"}
    assert set(stored.assessment.answers) == {"budget"}
    assert stored.assessment.profile == {"city_area": AREA, "bird_species": BIRDS}
    assert [line.place for line in store.last_change(new.id)] == ["budget"]
    store.undo(new.id, store.last_change(new.id), person="Mei")
    assert [line.place for line in store.last_change(new.id)] == ["profile.bird_species"]


def test_a_confirmation_is_undone_after_what_was_typed_over_it(store, city, last):
    new = store.start_year(city.id, 2026, person="Jonas", from_id=last.id)
    store.confirm(new.id, person="Mei")
    store.save(new.id, "natural_areas", MORE_WOODS, based_on=1, person="Mei")
    assert [line.place for line in store.last_change(new.id)] == ["natural_areas"]
    store.undo(new.id, store.last_change(new.id), person="Mei")
    assert store.assessment(new.id).assessment.answers["natural_areas"] == WOODS
    assert len(store.last_change(new.id)) == 3
    store.undo(new.id, store.last_change(new.id), person="Mei")
    assert store.assessment(new.id).assessment.answers == {}


def test_last_time_comes_in_the_terms_of_the_new_edition(store, city):
    old = store.start_year(city.id, 2016, "2014", person="Mei")
    store.save(old.id, "profile.city_area", AREA, based_on=0, person="Mei")
    store.save(old.id, "natural_areas", WOODS, based_on=0, person="Mei")
    store.save(old.id, "budget", Answer(finished=Entry(Decimal("1.5"))), based_on=0, person="Mei")
    new = store.start_year(city.id, 2026, person="Mei", from_id=old.id)
    beside = store.last_time(new.id)
    assert (beside.year, beside.edition, beside.assessment.edition) == (2016, "2014", "2021")
    assert beside.assessment.answers["natural_areas"] == WOODS
    back = store.start_year(city.id, 2027, "2014", person="Mei", from_id=new.id)
    assert store.assessment(back.id).assessment.profile == {"city_area": AREA}
    assert store.last_time(back.id).assessment.answers == {}


def test_a_locked_year_says_how_to_reopen_it(store, year):
    store.submit(year.id, person="Mei")
    with pytest.raises(ClosedError, match=r"Libo County 2026 is submitted and takes no change.*reopened with a reason"):
        store.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei")
    locked = store.lock_as_baseline(year.id, person="Mei")
    assert (locked.state, locked.is_baseline) == (State.LOCKED, True)
    for change in (
        lambda: store.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei"),
        lambda: store.confirm(year.id, person="Mei"),
        lambda: store.restore(year.id, "natural_areas", 1, based_on=1, person="Mei"),
        lambda: store.undo(year.id, (), person="Mei"),
    ):
        with pytest.raises(ClosedError, match=r"is locked as baseline.*the year is reopened with a reason"):
            change()
    with pytest.raises(NotAllowedError, match="needs a reason"):
        store.reopen(year.id, person="Mei", reason=" ")
    store.reopen(year.id, person="Jonas", reason="wrong map")
    store.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei")
    assert [(event.kind.value, event.person, event.reason) for event in store.events(year.city.id)][-1] == (
        "reopened",
        "Jonas",
        "wrong map",
    )


def test_a_locked_year_that_is_no_longer_the_baseline_is_not_called_it(store, year):
    store.submit(year.id, person="Mei")
    store.lock_as_baseline(year.id, person="Mei")
    other = store.start_year(year.city.id, 2020, person="Mei")
    store.set_baseline(other.id, person="Mei")
    with pytest.raises(ClosedError, match=r"^Libo County 2026 is locked and takes no change\. To correct it, the year"):
        store.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei")


def test_steps_that_are_not_possible(store, year):
    with pytest.raises(NotAllowedError, match="is in progress and cannot become locked"):
        store.lock_as_baseline(year.id, person="Mei")
    with pytest.raises(NotAllowedError, match="is in progress and cannot become in progress"):
        store.reopen(year.id, person="Mei", reason="x")
    store.submit(year.id, person="Mei")
    with pytest.raises(NotAllowedError, match="is submitted and cannot become submitted"):
        store.submit(year.id, person="Mei")


def test_exactly_one_baseline_whatever_happens(store, city):
    years = [store.start_year(city.id, year, person="Mei") for year in (2023, 2016, 2026)]
    assert [head.year for head in store.heads(city.id) if head.is_baseline] == [2023]
    store.set_baseline(years[1].id, person="Mei", reason="the first application")
    assert [head.year for head in store.heads(city.id) if head.is_baseline] == [2016]
    store.submit(years[2].id, person="Mei")
    store.lock_as_baseline(years[2].id, person="Mei")
    assert [head.year for head in store.heads(city.id) if head.is_baseline] == [2026]
    store.set_baseline(years[0].id, person="Mei")
    heads = store.heads(city.id)
    assert [(head.year, head.is_baseline, head.state.value) for head in heads] == [
        (2016, False, "in_progress"),
        (2023, True, "in_progress"),
        (2026, False, "locked"),
    ]


def test_all_years_go_into_scoring_and_comparison(store, city, last):
    new = store.start_year(city.id, 2026, person="Jonas", from_id=last.id)
    store.confirm(new.id, person="Jonas")
    found = store.history_of(city.id)
    assert [one.year for one in found.assessments] == [2023, 2026]
    assert [card.total.scored > 0 for card in score_years(found.assessments, found.baseline)] == [True, True]
    assert compare(found.assessments, found.baseline).baseline == 2023

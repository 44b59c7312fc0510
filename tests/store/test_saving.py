"""What is typed is there again, digit for digit; history, two people, going back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

import cbi
from cbi.assessment import Answer, Entry, Reason
from cbi.store.contents import ContentError
from cbi.store.errors import ConflictError, NoNameError, NotFoundError, OutdatedError
from cbi.store.readable import changes, content_text
from cbi.store.records import Act

from .conftest import AREA, MORE_WOODS, WOODS


def _save(store, year, place, content, based_on=None, person="Mei", **more):
    version = store.assessment(year.id).version(place) if based_on is None else based_on
    return store.save(year.id, place, content, based_on=version, person=person, **more)


def test_what_was_saved_is_there_after_a_restart(url, opened):
    first = opened(url)
    city = first.add_city("Libo County", person="Mei")
    year = first.start_year(city.id, 2026, person="Mei")
    first.save(year.id, "profile.city_area", AREA, based_on=0, person="Mei")
    first.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei")
    first.close()
    again = opened(url)
    stored = again.assessment(again.heads(again.find_city("Libo County").id)[0].id)
    assert stored.assessment.profile == {"city_area": AREA}
    assert str(stored.assessment.profile["city_area"].value) == "33.220"
    assert stored.assessment.answers == {"natural_areas": WOODS}
    assert stored.versions == {"profile.city_area": 1, "natural_areas": 1}
    card = cbi.score(cbi.edition("2021"), stored.assessment)
    assert card.total.points == 4


def test_the_same_again_adds_nothing_but_another_digit_does(store, year):
    assert _save(store, year, "profile.city_area", AREA) == store_saved(1, True)
    assert _save(store, year, "profile.city_area", AREA) == store_saved(1, False)
    shorter = Entry(Decimal("33.22"), AREA.unit, AREA.data_year, AREA.quality, AREA.source)
    assert _save(store, year, "profile.city_area", shorter) == store_saved(2, True)
    assert len(store.history(year.id, "profile.city_area")) == 2


def store_saved(version, added):
    from cbi.store.records import Saved

    return Saved(version, added)


def test_clearing_is_a_change_that_can_be_traced(store, year):
    _save(store, year, "natural_areas", WOODS)
    _save(store, year, "natural_areas", Answer(), reason="typed into the wrong year")
    assert store.assessment(year.id).assessment.answers == {}
    last = store.history(year.id, "natural_areas")[-1]
    assert (last.before, last.after, last.reason) == (WOODS, None, "typed into the wrong year")
    assert _save(store, year, "natural_areas", None).added is False


def test_history_says_who_when_what_before_and_why(store, year):
    _save(store, year, "natural_areas", WOODS, person="Mei")
    _save(store, year, "natural_areas", MORE_WOODS, person="Jonas", reason="new map")
    first, second = store.history(year.id, "natural_areas")
    assert (first.person, first.before, first.after, first.act) == ("Mei", None, WOODS, Act.TYPED)
    assert (second.person, second.before, second.after, second.reason) == ("Jonas", WOODS, MORE_WOODS, "new map")
    assert second.time - first.time >= timedelta(minutes=1)
    listed = [
        (str(one.label) if isinstance(one.label, str) else one.label.text(), one.before, one.after)
        for one in changes("natural_areas", second.before, second.after, cbi.edition("2021"))
    ]
    label = cbi.edition("2021").input("natural_areas", "natural_area").label
    assert listed == [
        (label, "22.49 km²", "23.1 km²"),
        (f"{label}, Year of the data", "2025", "2026"),
        (f"{label}, Quality", "medium", "high"),
        (f"{label}, Source", "Land cover map 2025", "Land cover map 2026"),
    ]


def test_of_two_savers_the_second_sees_both_values(store, year):
    _save(store, year, "natural_areas", WOODS, based_on=0, person="Mei")
    with pytest.raises(ConflictError) as caught:
        _save(store, year, "natural_areas", MORE_WOODS, based_on=0, person="Jonas")
    error = caught.value
    assert (error.mine.content, error.mine.person) == (MORE_WOODS, "Jonas")
    assert (error.theirs.after, error.theirs.person, error.theirs.version) == (WOODS, "Mei", 1)
    assert error.mine.time > error.theirs.time
    said = error.sentence.text()
    assert "Mei saved “22.49 km²” here at 2026-11-22 08:" in said
    assert "Yours is “23.1 km²”. Nothing was overwritten: choose" in said
    assert len(store.history(year.id, "natural_areas")) == 1
    assert _save(store, year, "natural_areas", MORE_WOODS, based_on=error.theirs.version, person="Jonas").version == 2


def test_two_who_save_the_same_agree(store, year):
    _save(store, year, "natural_areas", WOODS, based_on=0, person="Mei")
    assert _save(store, year, "natural_areas", WOODS, based_on=0, person="Jonas").added is False


def test_different_places_never_conflict(store, year):
    _save(store, year, "natural_areas", WOODS, based_on=0, person="Mei")
    _save(store, year, "protected_areas", WOODS, based_on=0, person="Jonas")
    assert set(store.assessment(year.id).versions.values()) == {1}


@pytest.mark.parametrize("name", ["", "   ", "\n"])
def test_nobody_saves_without_a_name(store, year, name):
    with pytest.raises(NoNameError, match="Say your name first"):
        _save(store, year, "natural_areas", WOODS, person=name)


@pytest.mark.parametrize(
    ("place", "content"), [("profile", AREA), ("natural_areas", AREA), ("profile.city_area", WOODS), ("a b", WOODS)]
)
def test_a_place_holds_only_what_belongs_there(store, year, place, content):
    with pytest.raises(ContentError):
        _save(store, year, place, content)


def test_no_assessment(store):
    with pytest.raises(NotFoundError, match="no assessment 77"):
        store.assessment(77)
    with pytest.raises(NotFoundError):
        store.save(77, "natural_areas", WOODS, based_on=0, person="Mei")


def test_restore_an_earlier_value(store, year):
    for content in (WOODS, MORE_WOODS, Answer(reason=Reason.CONFIDENTIAL, note="on request")):
        _save(store, year, "natural_areas", content)
    store.restore(year.id, "natural_areas", 1, based_on=3, person="Jonas", reason="the map was wrong")
    assert store.assessment(year.id).assessment.answers["natural_areas"] == WOODS
    last = store.history(year.id, "natural_areas")[-1]
    assert (last.version, last.act, last.of_version, last.reason) == (4, Act.RESTORED, 1, "the map was wrong")
    with pytest.raises(ConflictError):
        store.restore(year.id, "natural_areas", 2, based_on=3, person="Mei")
    with pytest.raises(NotFoundError, match="no version 9"):
        store.restore(year.id, "natural_areas", 9, based_on=4, person="Mei")


def test_undo_step_by_step(store, year):
    _save(store, year, "natural_areas", WOODS)
    _save(store, year, "profile.city_area", AREA)
    _save(store, year, "natural_areas", MORE_WOODS)
    seen = []
    while last := store.last_change(year.id):
        store.undo(year.id, last, person="Mei")
        stored = store.assessment(year.id).assessment
        seen.append((stored.answers.get("natural_areas"), stored.profile.get("city_area")))
    assert seen == [(WOODS, AREA), (WOODS, None), (None, None)]
    assert [line.act for line in store.history(year.id, "natural_areas")] == [Act.TYPED] * 2 + [Act.UNDONE] * 2


def test_undo_after_an_undo_and_another_change(store, year):
    _save(store, year, "natural_areas", WOODS)
    _save(store, year, "natural_areas", MORE_WOODS)
    store.undo(year.id, store.last_change(year.id), person="Mei")
    other = Answer(reason=Reason.NO_DATA, note="lost")
    _save(store, year, "natural_areas", other)
    store.undo(year.id, store.last_change(year.id), person="Mei")
    assert store.assessment(year.id).assessment.answers["natural_areas"] == WOODS
    store.undo(year.id, store.last_change(year.id), person="Mei")
    assert store.assessment(year.id).assessment.answers == {}


def test_undo_never_hits_a_change_that_nobody_saw(store, year):
    _save(store, year, "natural_areas", WOODS)
    seen = store.last_change(year.id)
    _save(store, year, "protected_areas", WOODS, person="Jonas")
    with pytest.raises(OutdatedError, match="another one by now"):
        store.undo(year.id, seen, person="Mei")


def test_what_changed_between_two_times(store, city, year):
    _save(store, year, "natural_areas", WOODS)
    start = store.clock.now + timedelta(seconds=1)
    _save(store, year, "natural_areas", MORE_WOODS, person="Jonas")
    store.submit(year.id, person="Jonas")
    end = store.clock.now + timedelta(seconds=1)
    store.reopen(year.id, person="Mei", reason="a slip")
    found = store.changes_between(city.id, start, end)
    assert [(line.place, line.person, line.before, line.after) for line in found.lines] == [
        ("natural_areas", "Jonas", WOODS, MORE_WOODS)
    ]
    assert [event.kind.value for event in found.events] == ["submitted"]
    nothing = store.changes_between(city.id, datetime(2020, 1, 1, tzinfo=UTC), datetime(2021, 1, 1, tzinfo=UTC))
    assert (nothing.lines, nothing.events) == ((), ())


def test_what_no_database_can_keep_does_not_stop_a_save(store, year):
    odd = Entry("a\x00b\ud800c", note="\x00", source="Report\x00 of\n2026; Map \ud800")
    _save(store, year, "profile.setting", odd, person="M\x00ei", reason="\ud800")
    assert store.assessment(year.id).assessment.profile["setting"] == odd
    assert len(store.sources.of_city(year.city.id)) == 3


def test_a_content_in_one_line():
    assert content_text(None) == "–"
    assert content_text(Entry((Decimal("2.50"), Decimal(3)), "km2")) == "2.50; 3 km²"
    assert content_text(Answer(reason=Reason.NO_DATA)) == "no data"
    assert content_text(Answer(finished=Entry("adopted"))) == "adopted"

"""Correcting the number or edition of a year, and the title of a source: nothing that was said before is lost."""

from decimal import Decimal

import pytest

from cbi.assessment import Answer, Entry
from cbi.store import Store
from cbi.store.errors import ClosedError, NotAllowedError
from cbi.store.exchange import export
from cbi.store.records import Happening, Head, Source


@pytest.fixture
def year(store: Store) -> Head:
    city = store.add_city("Riverton", person="Mei")
    return store.start_year(city.id, 2062, "2014", person="Mei")


def test_a_year_started_under_a_wrong_number_and_edition_is_corrected(store: Store, year: Head) -> None:
    store.save(year.id, "profile.population", Entry(Decimal(190_000)), based_on=0, person="Mei")
    now = store.correct_year(year.id, 2026, "2021", person="Li")
    assert (now.year, now.edition, now.is_baseline) == (2026, "2021", True)
    assert now.definitions != year.definitions
    assert store.assessment(year.id).assessment.profile["population"].value == 190_000
    event = store.events(year.city.id)[-1]
    assert (event.kind, event.person, event.reason) == (Happening.CORRECTED, "Li", "2062 (2014) → 2026 (2021)")


def test_an_edition_with_answers_stays_and_the_number_is_corrected(store: Store, year: Head) -> None:
    store.save(year.id, "natural_areas", Answer(note="to come"), based_on=0, person="Mei")
    with pytest.raises(NotAllowedError, match="answers under the 2014 edition already"):
        store.correct_year(year.id, 2026, "2021", person="Mei")
    assert store.correct_year(year.id, 2020, "2014", person="Mei").year == 2020


def test_a_year_that_is_taken_or_none_or_closed_is_refused(store: Store, year: Head) -> None:
    store.start_year(year.city.id, 2020, "2014", person="Mei")
    with pytest.raises(NotAllowedError, match="has 2020 under the 2014 edition already"):
        store.correct_year(year.id, 2020, "2014", person="Mei")
    with pytest.raises(NotAllowedError, match="not a year"):
        store.correct_year(year.id, 26, "2014", person="Mei")
    assert [head.year for head in store.heads(year.city.id)] == [2020, 2062]
    store.submit(year.id, person="Mei")
    with pytest.raises(ClosedError):
        store.correct_year(year.id, 2026, "2014", person="Mei")


def test_answers_of_open_years_cite_the_corrected_title(store: Store, year: Head) -> None:
    sources, city = store.sources, year.city.id
    closed = store.start_year(city, 2010, "2014", person="Mei")
    for head in (year, closed):
        store.save(head.id, "profile.population", Entry(Decimal(5), source="Yearbok"), based_on=0, person="Mei")
    answer = Answer({"natural_area": Entry(Decimal(2), "km2", source="Land survey; Yearbok")}, source="Yearbok")
    store.save(year.id, "natural_areas", answer, based_on=0, person="Mei")
    store.submit(closed.id, person="Mei")
    old = next(one for one in sources.of_city(city) if one.source.title == "Yearbok")
    sources.save(city, Source("Yearbok", "Statistics office"), based_on=1, person="Mei")
    sources.attach(old.id, "yearbook.pdf", b"pages", "application/pdf", person="Mei")
    new = sources.correct_title(old.id, "Yearbook", person="Li")
    assert (new.source.organisation, [one.name for one in new.attachments]) == ("Statistics office", ["yearbook.pdf"])
    stands = store.assessment(year.id).assessment
    assert stands.profile["population"].source == "Yearbook"
    assert stands.answers["natural_areas"].inputs["natural_area"].source == "Land survey; Yearbook"
    assert stands.answers["natural_areas"].source == "Yearbook"
    assert store.assessment(closed.id).assessment.profile["population"].source == "Yearbok"
    line = store.history(year.id, "profile.population")[-1]
    assert (line.person, line.reason) == ("Li", "Yearbok → Yearbook")
    assert sources.cited_by(old.id) == ((closed.id, "profile.population"),)
    assert b"Yearbok" in export(store)


def test_a_title_that_the_register_knows_is_cited_and_keeps_what_is_known_of_it(store: Store, year: Head) -> None:
    sources, city = store.sources, year.city.id
    known = sources.save(city, Source("Yearbook", "Statistics office"), based_on=0, person="Mei")
    store.save(year.id, "profile.population", Entry(Decimal(5), source="Yearbok"), based_on=0, person="Mei")
    old = next(one for one in sources.of_city(city) if one.source.title == "Yearbok")
    assert sources.correct_title(old.id, " Yearbook ", person="Li") == known
    assert sources.cited_by(known.id) == ((year.id, "profile.population"),)
    with pytest.raises(NotAllowedError, match="needs a title"):
        sources.correct_title(old.id, " ", person="Li")

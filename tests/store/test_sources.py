"""The register of sources, and files beside them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from sqlalchemy import func, select

from cbi.assessment import Answer, Entry
from cbi.store import tables
from cbi.store.errors import NotAllowedError, NotFoundError, OutdatedError, TooLargeError
from cbi.store.records import Source
from cbi.store.sources import LARGEST_FILE

from .conftest import AREA, MORE_WOODS, WOODS


def _titles(store, city):
    return [one.source.title for one in store.sources.of_city(city.id)]


def test_a_source_that_an_answer_names_is_in_the_register(store, city, year):
    store.save(year.id, "profile.city_area", AREA, based_on=0, person="Mei")
    store.save(year.id, "natural_areas", WOODS, based_on=0, person="Mei")
    store.save(year.id, "protected_areas", Answer(source="Land survey  2025; Gazette 12"), based_on=0, person="Mei")
    assert _titles(store, city) == ["Gazette 12", "Land cover map 2025", "Land survey 2025"]
    survey = store.sources.of_city(city.id)[2]
    assert store.sources.cited_by(survey.id) == ((year.id, "profile.city_area"), (year.id, "protected_areas"))
    store.save(year.id, "profile.city_area", Entry(Decimal(34), "km2", source="Other"), based_on=1, person="Mei")
    assert store.sources.cited_by(survey.id) == ((year.id, "protected_areas"),)


def test_a_title_with_a_semicolon_is_one_source_if_the_register_knows_it(store, city, year):
    store.sources.save(city.id, Source("Birds; plants: a survey"), based_on=0, person="Mei")
    store.save(year.id, "natural_areas", Answer(source="Birds; plants: a survey"), based_on=0, person="Mei")
    assert _titles(store, city) == ["Birds; plants: a survey"]


def test_details_are_added_and_their_history_kept(store, city, year):
    store.save(year.id, "profile.city_area", AREA, based_on=0, person="Mei")
    (first,) = store.sources.of_city(city.id)
    full = Source("Land survey 2025", "Survey office", 2025, "https://example.org/survey", "CC BY 4.0")
    saved = store.sources.save(city.id, full, based_on=first.version, person="Jonas")
    assert (saved.id, saved.source, saved.version, saved.person) == (first.id, full, 2, "Jonas")
    assert store.sources.save(city.id, full, based_on=1, person="Mei").version == 2
    with pytest.raises(OutdatedError, match="Jonas changed the source “Land survey 2025” at 2026-11-22"):
        store.sources.save(city.id, Source("Land survey 2025", "Other office"), based_on=1, person="Mei")
    assert [one.source.organisation for one in store.sources.history(first.id)] == ["", "Survey office"]
    with pytest.raises(NotAllowedError, match="needs a title"):
        store.sources.save(city.id, Source(" "), based_on=0, person="Mei")


def test_a_very_long_source_is_kept(store, city, year):
    text = "A report without end " * 230
    store.save(year.id, "profile.city_area", Entry(Decimal(1), "km2", source=text), based_on=0, person="Mei")
    assert _titles(store, city) == [text.strip()]


def test_two_cities_have_registers_of_their_own(store, city, year):
    store.save(year.id, "natural_areas", MORE_WOODS, based_on=0, person="Mei")
    other = store.add_city("Aarau", person="Mei")
    assert _titles(store, other) == []


def _count(store):
    with store.database.reading() as connection:
        return connection.execute(select(func.count()).select_from(tables.file)).scalar()


def test_a_file_is_kept_once_and_goes_with_the_last_source(store, city):
    one, two = (store.sources.save(city.id, Source(title), based_on=0, person="Mei") for title in ("A", "B"))
    data = b"%PDF-1.7 \x00\xff a map"
    first = store.sources.attach(one.id, "C:\\maps\\map.pdf", data, "application/pdf", person="Mei")
    second = store.sources.attach(two.id, "../../the same.pdf", data, "application/pdf", person="Jonas")
    assert (first.name, second.name, first.size) == ("map.pdf", "the same.pdf", len(data))
    assert (first.sha256 == second.sha256, _count(store)) == (True, 1)
    assert store.sources.file(first.sha256) == data
    assert [item.name for one in store.sources.of_city(city.id) for item in one.attachments] == [
        "map.pdf",
        "the same.pdf",
    ]
    store.sources.detach(first.id, person="Mei")
    assert store.sources.file(second.sha256) == data
    store.sources.detach(second.id, person="Mei")
    assert _count(store) == 0
    with pytest.raises(NotFoundError, match="no longer in the store"):
        store.sources.file(second.sha256)
    with pytest.raises(NotFoundError):
        store.sources.detach(second.id, person="Mei")


def test_a_file_may_be_as_large_as_the_limit_and_not_larger(store, city):
    source = store.sources.save(city.id, Source("A"), based_on=0, person="Mei")
    with pytest.raises(TooLargeError, match=r"“scan\.tif” is 26 MB; 25 MB are the most\. Keep it elsewhere"):
        store.sources.attach(source.id, "scan.tif", bytes(LARGEST_FILE + 1), "image/tiff", person="Mei")
    assert _count(store) == 0
    with pytest.raises(NotFoundError):
        store.sources.attach(999, "a", b"a", "", person="Mei")

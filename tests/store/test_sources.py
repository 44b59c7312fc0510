"""The register of sources, and files beside them."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path

import pytest
from sqlalchemy import func, select

from cbi.assessment import Answer, Entry
from cbi.store import tables
from cbi.store.errors import NotAllowedError, NotFoundError, OutdatedError, TooLargeError
from cbi.store.files import LARGEST_FILE
from cbi.store.readable import source_changes
from cbi.store.records import FileAct, Source

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
    with pytest.raises(OutdatedError, match="Jonas changed the source “Land survey 2025” after you had begun"):
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


def test_a_second_source_of_the_same_title_is_not_taken_for_a_change(store, city):
    store.sources.save(city.id, Source("Survey", "Office"), based_on=0, person="Ana")
    with pytest.raises(NotAllowedError, match=r"There is a source “Survey” already, and nothing was changed\."):
        store.sources.save(city.id, Source(" Survey ", "Another office"), based_on=0, person="Ana")
    (kept,) = store.sources.of_city(city.id)
    assert (kept.source.organisation, kept.version) == ("Office", 1)
    assert store.sources.save(city.id, Source("Survey", "Office"), based_on=0, person="Ana") == kept


def test_a_file_is_kept_once_whoever_refers_to_it(store, city):
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


def test_a_removed_file_is_listed_and_can_be_brought_back(store, city):
    source = store.sources.save(city.id, Source("A"), based_on=0, person="Mei")
    file = store.sources.attach(source.id, "map.pdf", b"a map", "application/pdf", person="Mei")
    store.sources.detach(file.id, person="Jonas")
    (without,) = store.sources.of_city(city.id)
    (gone,) = without.removed
    assert (without.attachments, gone.name, gone.size, gone.person) == ((), "map.pdf", 5, "Mei")
    assert (gone.removed_by, gone.removed_at, gone.kept) == ("Jonas", store.clock.now, True)
    assert store.sources.file(gone.sha256) == b"a map"
    with pytest.raises(NotFoundError):
        store.sources.detach(file.id, person="Mei")
    back = store.sources.bring_back(gone.id, person="Ana")
    assert store.sources.bring_back(gone.id, person="Li") == back  # a second click adds nothing
    (again,) = store.sources.of_city(city.id)
    assert (again.attachments, again.removed) == ((back,), ())
    assert (back.name, back.person, back.removed_by) == ("map.pdf", "Ana", None)
    assert store.sources.file(back.sha256) == b"a map"
    store.sources.detach(back.id, person="Mei")
    assert [one.removed_by for one in store.sources.of_city(city.id)[0].removed] == ["Mei"]
    with pytest.raises(NotFoundError):
        store.sources.bring_back(999, person="Mei")


def test_bytes_that_an_earlier_version_threw_away_cannot_be_brought_back(store, city):
    source = store.sources.save(city.id, Source("A"), based_on=0, person="Mei")
    file = store.sources.attach(source.id, "map.pdf", b"a map", "application/pdf", person="Mei")
    store.sources.detach(file.id, person="Mei")
    with store.database.writing() as connection:
        connection.execute(tables.file.delete())
    assert [(one.name, one.kept) for one in store.sources.of_city(city.id)[0].removed] == [("map.pdf", False)]
    with pytest.raises(NotFoundError, match="Attach it again"):
        store.sources.bring_back(file.id, person="Mei")


def test_what_changed_between_two_times_tells_of_sources_and_files(store, city):
    start = store.clock.now
    first = store.sources.save(city.id, Source("Survey"), based_on=0, person="Mei")
    store.sources.save(city.id, Source("Survey", "Office", 2025), based_on=first.version, person="Jonas")
    file = store.sources.attach(first.id, "map.pdf", b"a map", "application/pdf", person="Ana")
    store.sources.detach(file.id, person="Bo")
    end = store.clock.now
    store.sources.bring_back(file.id, person="Li")
    other = store.add_city("Aarau", person="Mei")
    store.sources.save(other.id, Source("Other"), based_on=0, person="Mei")
    later = store.clock.now
    found = store.changes_between(city.id, start, later)
    assert [(one.after.title, one.version, one.before is None, one.person) for one in found.sources] == [
        ("Survey", 1, True, "Mei"),
        ("Survey", 2, False, "Jonas"),
    ]
    changed = source_changes(found.sources[1].before, found.sources[1].after)
    assert [(one.label.text(), one.before, one.after) for one in changed] == [
        ("Organisation", "–", "Office"),
        ("Year of publication", "–", "2025"),
    ]
    assert [(one.source, one.file.name, one.act, one.person) for one in found.files] == [
        ("Survey", "map.pdf", FileAct.ATTACHED, "Ana"),
        ("Survey", "map.pdf", FileAct.REMOVED, "Bo"),
        ("Survey", "map.pdf", FileAct.BROUGHT_BACK, "Li"),
    ]
    assert [one.person for one in store.changes_between(city.id, start, end).files] == ["Ana"]  # Bo's is at the end


def test_a_file_may_be_as_large_as_the_limit_and_not_larger(store, city):
    source = store.sources.save(city.id, Source("A"), based_on=0, person="Mei")
    with pytest.raises(TooLargeError, match=r"“scan\.tif” is 21 MB; 20 MB are the most\. Keep it elsewhere"):
        store.sources.attach(source.id, "scan.tif", bytes(LARGEST_FILE + 1), "image/tiff", person="Mei")
    assert _count(store) == 0
    with pytest.raises(NotFoundError):
        store.sources.attach(999, "a", b"a", "", person="Mei")


def test_the_app_lets_through_as_much_as_the_store_takes():
    """Or a file that is too large ends in a red icon instead of a sentence."""
    with (Path(__file__).parents[2] / ".streamlit" / "config.toml").open("rb") as file:
        assert tomllib.load(file)["server"]["maxUploadSize"] * 1024**2 == LARGEST_FILE

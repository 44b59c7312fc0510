"""Whose name a browser has: its own, the kept one where only one person is known, else none."""

import json
from pathlib import Path

import pytest

from cbi.store.person import MOST_BROWSERS, People, remember_name, remembered_name
from cbi.views.visitor import browser_of


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "person.txt"


def test_the_first_who_says_a_name_keeps_it_for_this_machine(file: Path) -> None:
    people = People(file)
    assert people.name_of("one") == ""
    people.keep("one", " Ana ")
    assert (people.name_of("one"), remembered_name(file)) == ("Ana", "Ana")


def test_a_second_browser_is_asked_and_changes_nobody_elses_name(file: Path) -> None:
    people = People(file)
    people.keep("ana's", "Ana")
    assert people.name_of("bo's") == ""
    people.keep("bo's", "Bo Li")
    assert (people.name_of("ana's"), people.name_of("bo's"), remembered_name(file)) == ("Ana", "Bo Li", "Ana")
    again = People(file)  # the app was started anew, and Bo comes first
    assert (again.name_of("bo's"), again.name_of("ana's")) == ("Bo Li", "Ana")


def test_a_new_browser_has_the_kept_name_only_if_it_comes_first_and_one_name_is_known(file: Path) -> None:
    remember_name("Ana", file)
    people = People(file)
    assert [people.name_of(browser) for browser in ("today's", "another", "today's")] == ["Ana", "", "Ana"]
    people.keep("another", "Bo")
    assert people.name_of("today's") == "Ana"
    assert People(file).name_of("tomorrow's") == ""  # Ana or Bo? Nobody can tell


def test_a_name_that_was_said_after_the_first_came_is_not_the_firsts(file: Path) -> None:
    people = People(file)
    assert people.name_of("ana's") == ""
    people.keep("bo's", "Bo")
    assert people.name_of("ana's") == ""


def test_who_corrects_a_name_at_the_browser_that_said_it_corrects_the_kept_one(file: Path) -> None:
    people = People(file)
    people.keep("one", "Anna")
    people.keep("one", "Ana")
    assert (people.name_of("one"), remembered_name(file), people.names()) == ("Ana", "Ana", ("Ana",))


def test_who_had_the_kept_name_unasked_and_is_somebody_else_leaves_it_alone(file: Path) -> None:
    remember_name("Ana", file)
    people = People(file)
    assert people.name_of("bo's") == "Ana"
    people.keep("bo's", "Bo")
    assert (people.name_of("bo's"), remembered_name(file)) == ("Bo", "Ana")
    people.keep("bo's", "")
    assert people.name_of("bo's") == ""
    assert people.names() == ("Ana",)


def test_where_nothing_tells_browsers_apart_all_are_one_person(file: Path) -> None:
    people = People(file)
    people.keep("", "Mei")
    assert People(file).name_of("") == "Mei"


@pytest.mark.parametrize("text", ["", "[1]", '{"one": 3}', "{", "[" * 100_000])
def test_a_damaged_file_of_names_means_that_people_are_asked(file: Path, text: str) -> None:
    file.parent.mkdir()
    file.with_name("people.json").write_text(text, "utf-8")
    people = People(file)
    assert people.name_of("one") == ""
    people.keep("one", "Ana")
    assert people.name_of("one") == "Ana"


def test_names_of_old_browsers_are_forgotten_before_those_of_new_ones(file: Path) -> None:
    people = People(file)
    for number in range(MOST_BROWSERS + 1):
        people.keep(f"browser {number}", "Ana")
    kept = json.loads(file.with_name("people.json").read_text("utf-8"))
    assert len(kept) == MOST_BROWSERS
    assert "browser 0" not in kept


def test_a_cookie_names_the_same_browser_however_its_token_is_masked() -> None:
    # token 0a0b0c0d0e, masked by 01020304 (repeated): 0a^01=0b, 0b^02=09, 0c^03=0f, 0d^04=09, 0e^01=0f
    plain, masked = "2|00000000|0a0b0c0d0e|1764000000", "2|01020304|0b090f090f|1764099999"
    assert browser_of(plain) == browser_of(masked) != browser_of("2|00000000|0a0b0c0d0f|1764000000")
    assert browser_of("") == ""
    assert browser_of("another form") != browser_of("yet another form")
    assert browser_of("2|zz|zz|1") == browser_of("2|zz|zz|1") != ""

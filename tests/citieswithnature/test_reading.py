"""Reading a profile: what stands where, and what page breaks, lost headings and noise may not change."""

import json
import re
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbi.citieswithnature import read_profile, suggested, to_data
from cbi.citieswithnature.catalogue import catalogue
from cbi.citieswithnature.form import ORDER, read_date
from cbi.citieswithnature.lines import Line, clean, joined
from tests.effort import examples

from .port_alder import FIGURES, LINES, TEXT, figures, instead, read, with_line


@pytest.fixture(scope="module")
def profile():
    return read(TEXT)


def test_overview(profile):
    assert (profile.name, profile.date) == ("Port Alder", date(2026, 3, 3))
    assert profile.population == Decimal(412305)
    assert (profile.country, profile.region) == ("Nowhere", "Europe")
    assert profile.head_of_government == "Ada Brook, Mayor of Port Alder"
    assert profile.stated_actions == 9
    assert profile.about.startswith("Port Alder lies on a drowned river mouth")
    assert "Marschwiesen" in profile.about
    reached = {(one.award, one.level): one.percent for one in profile.achievements}
    assert reached == {
        ("award_profile", "starter"): 100,
        ("award_profile", "frontrunner"): 40,
        ("award_profile", "star"): 0,
        ("award_tools", "starter"): 10,
    }


def test_actions(profile):
    assert [(area.number, area.title) for area in profile.areas] == [
        (1, "Protect and restore nature"),
        (2, "Use nature sustainably"),
        (3, "Develop tools and solutions"),
    ]
    assert [(one.title, len(one.actions)) for one in profile.commitments] == [
        ("Protect, connect and mend ecosystems", 3),
        ("", 3),  # its heading is lost
        ("Promote people's access to green space", 2),
        ("Mobilize resources", 1),
    ]
    first, *_, last = profile.actions
    assert first.title == "Decrease conversion of natural areas and keep what is there"
    assert first.description == "O plano diretor protege as dunas.\nAs margens do rio ficam livres."
    assert first.baseline.text.startswith("Land under the city jurisdiction: 84.50 square km in all.")
    assert (first.baseline.updated, first.target.updated) == (date(2025, 4, 7), date(2026, 2, 1))
    assert first.target.text == "Até 2030, nenhuma perda."
    assert first.last_update == date(2026, 2, 1)
    assert last.description == "Un fonds commun depuis 2022."
    assert last.target is None
    assert [one.title for one in profile.actions if not one.description] == [
        "Reduce plastic on the beaches",
        "Increase the carbon stored in street trees",
    ]
    assert LINES[first.place.line - 1] == first.title


def test_pathway_index_and_tools(profile):
    uploads = {step.number: [(one.title, one.link) for one in step.uploads] for step in profile.pathway}
    assert {number: found for number, found in uploads.items() if found} == {
        1: [("Council resolution on nature", "https://port-alder.example/resolution")],
        4: [("Nature plan 2030", "https://port-alder.example/plan")],
    }
    assert [step.number for step in profile.pathway] == list(range(1, 10))
    assert profile.index.total == "17"
    assert [(one.component, one.points, one.maximum, one.started) for one in profile.index.components] == [
        ("native_biodiversity", "14", "36", True),
        ("ecosystem_services", "0", "20", False),
        ("governance", "3", "56", True),
    ]
    assert [(one.title, one.points) for one in profile.index.indicators] == [("Natural areas of the town", "4")]
    assert [(one.title, one.link) for one in profile.tools] == [
        ("Field guide to the dunes", "https://port-alder.example/guide"),
        ("Seed calendar", ""),
    ]


def test_states_of_indicators():
    """Points, a state, or both may stand below the title of an indicator; none of them is left over."""
    below = ["Birds", "", "Not started", "", "Seagrass", "", "Completed", "", "4 of 4", "", "Bats", "", "1 of 4 points"]
    profile = read(with_line("4 points", "", *below))
    assert [(one.title, one.points, one.state) for one in profile.index.indicators] == [
        ("Natural areas of the town", "4", ""),
        ("Birds", "", "indicator_not_started"),
        ("Seagrass", "4", "indicator_completed"),
        ("Bats", "1", ""),
    ]
    assert profile.not_understood == ()


def test_a_sentence_below_a_tool_describes_it():
    profile = read(with_line("https://port-alder.example/guide", "", "A guide for schools."))
    assert [(one.title, one.description) for one in profile.tools] == [
        ("Field guide to the dunes", "A guide for schools."),
        ("Seed calendar", ""),
    ]


def test_nothing_is_left_over(profile):
    assert profile.not_understood == ()
    assert figures(profile) == FIGURES


# What may not change the figures


def lost(*headings):
    return "\n".join(line for line in LINES if line not in headings)


@pytest.mark.parametrize(
    "headings",
    [
        ("Commitment Made:",),
        ("Action area 1", "Action area 2", "Action area 3"),
        ("Action area 2", "Use nature sustainably", "Commitment Made:"),
        ("Chapter 1", "Chapter 2", "Chapter 3", "Chapter 4", "Chapter 5"),
        ("Profile overview", "The Action Platform", "Nature Pathway", "City Biodiversity Index", "Tools & resources"),
        ("Target:",),
        ("Overview",),
        ("City profile downloaded from CitiesWithNature",),
        ("Native biodiversity in the city", "Governance and management of biodiversity"),
        ("I. Analyze", "II. Act", "III. Accelerate"),
    ],
    ids="; ".join,
)
def test_lost_headings(headings, profile):
    found = read(lost(*headings))
    assert figures(found) == FIGURES
    assert [action.title for action in found.actions] == [action.title for action in profile.actions]
    assert (found.name, found.date) == (profile.name, profile.date)
    assert found.index == profile.index


TITLES = [LINES[place - 2] for place, line in enumerate(LINES) if line.startswith("Description of how")]


@pytest.mark.parametrize("title", TITLES)
def test_one_lost_description_heading(title):
    """The mapping knows the titles, so that an action is found although the fixed words below it are lost."""
    place = LINES.index(title) + 2
    found = read("\n".join([*LINES[:place], *LINES[place + 1 :]]))
    assert [action.title for action in found.actions] == TITLES
    assert figures(found) == FIGURES


def test_lost_update_lines():
    found = read("\n".join(line for line in LINES if not line.startswith("Last update")))
    assert len(list(found.actions)) == 9
    assert {row[:4] for row in figures(found)} == {row[:4] for row in FIGURES}
    assert {row[4] for row in figures(found)} == {None}


def test_without_empty_lines(profile):
    found = read("\n".join(line for line in LINES if line.strip()))
    assert figures(found) == FIGURES
    assert [action.title for action in found.actions] == [action.title for action in profile.actions]
    assert [one.title for one in found.commitments] == [one.title for one in profile.commitments]


WORDS = [match.start() for match in re.finditer(r"(?<=[^\s\d]) (?=\S)|(?<=\d) (?=[^\s\d])|\n(?=\S)", TEXT)]
"""Where a page may end: between two words or lines, but not inside the number 412 305."""

BREAKS = st.sampled_from(["\f", "\n\f\n", "\n\n\f", "\f\n\n"])


@settings(max_examples=examples(80))
@given(st.lists(st.tuples(st.sampled_from(WORDS), BREAKS), min_size=1, max_size=6, unique_by=lambda one: one[0] // 60))
def test_page_breaks_anywhere(breaks):
    text = TEXT
    for place, page_break in sorted(breaks, reverse=True):
        text = text[:place] + page_break + text[place + 1 :]
    found = read(text)
    assert figures(found) == FIGURES
    assert [action.title for action in found.actions] == TITLES
    assert (found.date, found.stated_actions) == (date(2026, 3, 3), 9)


LINES_OF_A_PAGE = 5
"""Fewer do not stand on a page that was printed."""


@settings(max_examples=examples(60))
@given(st.lists(st.integers(0, len(LINES) // LINES_OF_A_PAGE), min_size=2, max_size=12, unique=True))
def test_pages_with_numbers_and_running_heads(ends):
    pages, start = [], 0
    for end in [*(LINES_OF_A_PAGE * end for end in sorted(ends)), len(LINES)]:
        pages.append(["Port Alder – City profile", *LINES[start:end]])
        start = end
    text = "\f".join("\n".join([*page, f"Page {number}"]) for number, page in enumerate(pages, start=1))
    found = read(text)
    assert figures(found) == FIGURES
    assert len(list(found.actions)) == 9
    assert all("City profile" not in one.text for one in found.not_understood if len(pages) >= 3)


def test_a_fixed_phrase_cut_over_lines_is_no_running_head():
    """The last line of three pages is the end of the same phrase, which must not be taken for a running head."""
    text = TEXT.replace("Description of how city is taking action\n", "Description of how city is taking\naction\n\f")
    found = read(text)
    assert [action.title for action in found.actions] == TITLES
    assert figures(found) == FIGURES


NOISE = st.text(st.characters(categories=("Lu", "Ll", "Lo")), min_size=3, max_size=12).map(lambda word: f"xq{word}qx")


@settings(max_examples=examples(60))
@given(st.lists(st.tuples(st.sampled_from(range(len(LINES))), NOISE, st.booleans()), min_size=1, max_size=4))
def test_noise_lines_change_no_figure_and_are_never_lost(noise):
    lines = list(LINES)
    for place, word, apart in sorted(noise, reverse=True):
        lines[place:place] = ["", word, ""] if apart else [word]
    found = read("\n".join(lines))
    assert figures(found) == FIGURES
    kept = json.dumps(to_data(found), ensure_ascii=False)
    for _, word, _ in noise:
        assert clean(word) in kept


@settings(max_examples=examples(60))
@given(st.lists(st.sampled_from(range(len(TEXT))), max_size=30), st.sampled_from(["**", "*"]))
def test_bold_marks_anywhere(places, mark):
    """Marks beside letters and digits mean nothing; one between two spaces would be a sign of its own."""
    bare = TEXT.replace("**", "")
    for place in sorted({place % len(bare) for place in places}, reverse=True):
        if not bare[place - 1 : place].isspace() or not bare[place : place + 1].isspace():
            bare = bare[:place] + mark + bare[place:]
    assert figures(read(bare)) == FIGURES


@pytest.mark.parametrize("space", ["\u2009", "\u202f", "\u00a0", "\u3000", "\t"])
def test_odd_spaces(space):
    text = TEXT.replace("\u2009", space).replace(" ", space)
    assert figures(read(text)) == FIGURES


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("ending", ["\r\n", "\r", "\n"])
def test_encodings_and_line_ends(encoding, ending):
    found = read_profile(TEXT.replace("\n", ending).encode(encoding), "profile.txt").profile
    assert figures(found) == FIGURES


def test_as_markdown():
    marked = [f"## {line}" if line in ("About", "Overview", "Increase protected areas") else line for line in LINES]
    marked = [f"- **{line}**" if line.startswith("Last update") else line for line in marked]
    text = "\n".join(marked).replace("- **Last", "**Last")
    assert figures(read(text)) == FIGURES


# Every line is accounted for

FORM_WORDS = [form for phrase in catalogue().platform.phrases for form in phrase.forms if "{" not in form]
FORM_LINES = st.one_of(
    st.sampled_from(FORM_WORDS),
    st.sampled_from(LINES),
    st.text(st.characters(exclude_categories=("Cs",)), max_size=30),
)


@settings(max_examples=examples(150))
@given(st.lists(FORM_LINES, max_size=40))
def test_shuffled_pieces_never_raise_and_never_vanish(lines):
    """Free text is in the profile or listed; the platform's own words may be left out, as they say nothing."""
    reading = read_profile("\n".join(lines).encode(), "shuffled.txt")
    if reading.profile is None:
        assert reading.problems[0].code in ("not_a_profile", "empty_file", "not_text")
        return
    suggested(reading.profile)
    kept = joined_text(to_data(reading.profile))
    for line in "\n".join(lines).splitlines():
        text = clean(line)
        if len(text) > 3 and text.isalpha() and text.isascii() and not is_phrase(text):
            assert text in kept, text


def is_phrase(text):
    """Whether a line is one of the platform's fixed phrases in any chapter."""
    return any(catalogue().form.find([Line(1, 1, text)], chapter) for chapter in ORDER)


def joined_text(data):
    """Every text of the data, so that what was joined from two lines is found too."""
    if isinstance(data, dict):
        return "\n".join(map(joined_text, data.values()))
    if isinstance(data, list):
        return "\n".join(map(joined_text, data))
    return str(data)


@settings(max_examples=examples(100))
@given(st.binary(max_size=400))
def test_any_bytes_give_a_profile_or_one_problem(data):
    reading = read_profile(data, "rubbish")
    assert reading.profile is not None or len(reading.problems) == 1


# Counting, and what the reader is told


def codes(text):
    return [problem.code for problem in read_profile(text.encode(), "port_alder.txt").problems]


def test_the_count_agrees():
    assert codes(TEXT) == ["heading_lost"]


def test_fewer_actions_than_stated():
    reading = read_profile(instead("\n9\n", "\n12\n").encode(), "port_alder.txt")
    [problem] = [one for one in reading.problems if one.code == "action_count"]
    assert "12" in problem.sentence.text()
    assert "9 stand in this file" in problem.sentence.text()
    assert problem.where == "port_alder.txt"


def test_an_action_listed_twice():
    again = ["", "Increase protected areas", "", "Description of how city is taking action", "", "Once more.", ""]
    text = with_line("Parks open at dawn.", "", "Baseline:", "", "None.", "", "Last update: 7 April 2025", *again)
    reading = read_profile(text.encode(), "port_alder.txt")
    [problem] = [one for one in reading.problems if one.code == "action_count"]
    assert "10 stand in this file: 1 of them bear a title" in problem.sentence.text()


def test_what_is_not_understood_is_listed_with_its_line():
    text = with_line("Last update: 1 Feb 2026", "", "A stray remark", "")
    profile = read(text)
    [stray] = profile.not_understood
    assert stray.text == "A stray remark"
    assert text.splitlines()[stray.place.line - 1] == "A stray remark"


def test_a_population_that_can_be_read_in_two_ways_is_not_guessed():
    profile = read(instead("412\u2009305", "412.305"))
    assert profile.population is None
    assert [one.text for one in profile.not_understood] == ["412.305"]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty_file"),
        (b" \n\n ", "empty_file"),
        (b"A letter to the mayor.\nWith kind regards", "not_a_profile"),
        (b"PK\x03\x04\x00\x00\x00\xff\xff", "not_text"),
        (b"x" * 300_001, "too_long"),
        (b"x" * 20_000_001, "too_large"),
    ],
)
def test_files_that_are_no_profile(data, code):
    reading = read_profile(data, "file.txt")
    assert reading.profile is None
    [problem] = reading.problems
    assert (problem.code, problem.severity.value, problem.where) == (code, "error", "file.txt")


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("07 April 2026", date(2026, 4, 7)),
        ("April 7, 2026", date(2026, 4, 7)),
        ("7th Apr. 2026", date(2026, 4, 7)),
        ("2026-04-07", date(2026, 4, 7)),
        ("31 April 2026", None),
        ("07 Avril 2026", date(2026, 4, 7)),
        ("soon", None),
    ],
)
def test_days(text, day):
    if "Avril" in text:
        assert read_date(text) is None  # only what the platform writes is read; nothing is guessed
    else:
        assert read_date(text) == day


def test_chinese_lines_are_joined_without_a_space():
    assert joined(["湿地を守る", "条例", "of 2020"]) == "湿地を守る条例 of 2020"

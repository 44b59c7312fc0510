"""Headings that are lost: the figures below them are found all the same, and the reader is told."""

import pytest

from cbi.assessment import Assessment
from cbi.citieswithnature import Confidence, catalogue, suggested
from cbi.citieswithnature.weighing import sound, weigh
from cbi.definitions import edition
from cbi.scoring import score

from .port_alder import FIGURES, LINES, TEXT, figures, instead, read

BASELINES = [place for place, line in enumerate(LINES) if line == "Baseline:"]
SENTENCE = "There are 12 areas of particular importance here."
FIXED = "There are 12 areas of particular importance here, protected areas among them."
"""A baseline in the fixed words of the platform, which tell the action without its title."""


def warnings(found, code):
    return [problem for problem in found.warnings if problem.code == code]


def without(*places):
    return "\n".join(line for place, line in enumerate(LINES) if place not in places)


def without_lines(text, *lines):
    """The text without the first of each of these lines."""
    for line in lines:
        assert f"\n{line}\n" in text, line
        text = text.replace(f"\n{line}\n", "\n", 1)
    return text


# The heading of a baseline


@pytest.mark.parametrize("place", BASELINES)
def test_one_lost_baseline_heading(place):
    """The day behind a sentence tells that it is no description; figures and titles stay what they are."""
    profile = read(without(place))
    assert figures(profile) == FIGURES
    assert [one.title for one in profile.actions] == [one.title for one in read(TEXT).actions]
    assert profile.not_understood == ()


def test_every_baseline_heading_lost():
    profile, whole = read(without(*BASELINES)), read(TEXT)
    assert figures(profile) == FIGURES
    assert [one.description for one in profile.actions][:3] == [one.description for one in whole.actions][:3]
    told = warnings(suggested(profile), "baseline_heading_lost")
    assert len(told) == 7  # eight baselines, one of which is evidence in words that are not the platform's


def test_a_lost_baseline_heading_is_told_beside_its_figures():
    place = LINES.index("Baseline:", LINES.index("Increase protected areas"))
    found = suggested(read(without(place)))
    [problem] = found.warnings
    assert (problem.code, problem.where) == ("baseline_heading_lost", "Increase protected areas")
    concerned = [one for one in found.items if problem in one.problems]
    assert [one.input for one in concerned] == ["number_of_areas", "protected_area"]
    assert {one.confidence for one in concerned} == {Confidence.LOW}


def test_figures_in_a_description_are_no_baseline_but_are_told():
    """Heading and day are lost, so that the sentence runs on from the description."""
    before = f"Baseline:\n\n{SENTENCE} They cover 9.3 square kilometers of ground.\n\nLast update: 07 April 2025\n"
    profile = read(instead(before, f"{SENTENCE} They cover 9.3 square kilometers of ground.\n"))
    assert {row[:4] for row in figures(profile)} == {row[:4] for row in FIGURES}
    [problem] = warnings(suggested(profile), "in_description")
    assert "“Increase protected areas” has no baseline" in problem.sentence.text()


def test_a_lost_target_heading():
    """The day behind it tells that it is a statement, and after the baseline only the target is due."""
    profile = read(without_lines(TEXT, "Target:"))
    target = next(profile.actions).target
    assert (target.text, str(target.updated)) == ("Até 2030, nenhuma perda.", "2026-02-01")
    assert profile.not_understood == ()


# The title of an action


def test_a_lost_title():
    profile = read(without_lines(TEXT.replace(SENTENCE, FIXED), "Increase protected areas"))
    assert {row[:4] for row in figures(profile)} == {row[:4] for row in FIGURES}
    untitled = list(profile.actions)[1]
    assert untitled.title == ""
    assert catalogue().moved_by(untitled) == ("protected_areas", "natural_areas")
    found = suggested(profile)
    [problem] = warnings(found, "title_lost")
    assert problem.where == "湿地を守る条例を定めた。"
    assert "reads like that of “Protect more area”" in problem.sentence.text()
    assert warnings(found, "unused_figure") == []


def test_a_note_on_an_action_without_a_title_says_where_it_stands():
    """A baseline in words of the city's own belongs to no known action; the note names the action by its text."""
    text = TEXT.replace(SENTENCE, "12 Feuchtgebiete sind sicher.").replace("They cover 9.3", "Das sind 9.3")
    found = suggested(read(without_lines(text, "Increase protected areas")))
    notes = warnings(found, "unused_figure")
    assert {note.where for note in notes} == {"湿地を守る条例を定めた。"}


def test_a_baseline_that_slipped_under_the_neighbour():
    """Title and description of the protected areas are lost: their baseline stands under the action before them."""
    lost = "Increase protected areas\n\nDescription of how city is taking action\n\n湿地を守る条例を定めた。"
    neighbour = "Restore ecosystems and rehabilitate them\n\nDescription of how city is taking action\n\nSalt marsh."
    text = TEXT.replace(SENTENCE, FIXED).replace(lost, neighbour)
    found = suggested(read(text))
    [problem] = warnings(found, "other_baseline")
    assert problem.where == "Restore ecosystems and rehabilitate them"
    assert "reads like that of “Protect more area”" in problem.sentence.text()
    assert {one.input for one in found.items if one.place == "protected_areas"} == {"number_of_areas", "protected_area"}


# The headings of descriptions


def test_all_description_headings_lost():
    """Each known title begins its action; no baseline hangs on the neighbour."""
    profile = read("\n".join(line for line in LINES if not line.startswith("Description of how")))
    whole = read(TEXT)
    assert figures(profile) == FIGURES
    assert [one.title for one in profile.actions] == [one.title for one in whole.actions]
    assert [one.baseline and one.baseline.text for one in profile.actions] == [
        one.baseline and one.baseline.text for one in whole.actions
    ]
    assert [one.description for one in profile.actions] == [one.description for one in whole.actions]


# What is ticked for a person


def test_a_doubtful_figure_is_not_ticked_with_the_sound_ones():
    place = LINES.index("Baseline:", LINES.index("Increase protected areas"))
    for text, ticked in ((TEXT, True), (without(place), False)):
        items = suggested(read(text)).items
        weighing = weigh(items, (), Assessment("2021"), lambda one: score(edition("2021"), one))
        assert any(name.endswith(".protected_area") for name in sound(weighing.items)) is ticked

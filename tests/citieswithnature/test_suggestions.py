"""What a profile suggests: figures with their sentences, and what a careful reader notices in them."""

from datetime import date
from decimal import Decimal

import pytest

from cbi.assessment import Answer, Assessment, Entry, Reason
from cbi.citieswithnature import Confidence, applied, suggested
from cbi.citieswithnature.figures import quantities_of, sentences_of
from cbi.definitions import edition
from cbi.scoring import score
from cbi.store.contents import check_place, contents_of

from .port_alder import TEXT, figures, instead, read


@pytest.fixture(scope="module")
def found():
    return suggested(read(TEXT))


def one(found, place, name=""):
    [item] = [item for item in found.items if (item.place, item.input) == (place, name) and item.entry]
    return item


def codes(found):
    return [problem.code for problem in found.warnings]


def test_each_has_its_sentence_and_source(found):
    item = one(found, "protected_areas", "protected_area")
    assert item.sentence == "They cover 9.3 square kilometers of ground."
    assert item.source == (
        "CitiesWithNature city profile of Port Alder, downloaded 2026-03-03, "
        "Action Platform: Increase protected areas (updated 2025-04-07)"
    )
    assert item.entry == Entry(Decimal("9.3"), "km2", 2025, None, item.source, f"“{item.sentence}”")
    assert TEXT.splitlines()[item.where.line - 1] == "Baseline:"
    assert item.confidence is Confidence.MEDIUM
    assert item.updated == date(2025, 4, 7)
    assert "inside the city boundary" in item.caution


def test_every_sentence_is_from_the_file(found):
    bare = TEXT.replace("**", "")
    assert all(item.sentence in bare for item in found.items if item.place != "profile.population")


def test_a_sound_profile_fails_no_check(found):
    assert [item.id for item in found.items if item.problems] == []
    assert codes(found) == []


def test_good_signs(found):
    """54.25 + 30.25 = 84.50; the text says 84.5 km² too; 21.125 km² is 25 % of 84.5 km²."""
    assert [sign.code for sign in found.good_signs] == ["adds_up", "agrees", "implied_area"]
    assert "makes the whole 84.5 km²" in found.good_signs[2].sentence.text()


def test_what_can_be_scored(found):
    """54.25/84.50 = 64.2 %; 21.7/54.25 = 40.0 %; 9.3/84.5 = 11.0 %; 612.5 ha / 412.305 thousand = 1.5."""
    assert found.answered == found.scored
    card = score(edition("2021"), applied(found.items, Assessment("2021")))
    points = {
        result.indicator.number: (str(result.value), result.points) for result in card.results if result.is_scored
    }
    assert points == {
        1: ("64.2", 4),
        2: ("40.0", 2),
        8: ("11.0", 3),
        11: ("31.4", 2),
        12: ("1.5", 4),
        13: ("63.0", 2),
        27: ("74", 2),
    }


def test_evidence_has_no_figure(found):
    [item] = [item for item in found.items if item.entry is None]
    assert (item.place, item.confidence) == ("green_infrastructure", Confidence.LOW)
    assert item.sentence == "The building code names them since 2021."


# What looks wrong


def test_a_number_of_areas_with_a_fraction():
    found = suggested(read(instead("are 12 areas", "are 12.40 areas")))
    item = one(found, "protected_areas", "number_of_areas")
    assert [problem.code for problem in item.problems] == ["not_whole"]
    assert item.confidence is Confidence.LOW


def test_one_figure_for_different_things():
    text = instead("cover 9.3 square", "cover 21.70 square")
    found = suggested(read(text))
    [problem] = [problem for problem in found.warnings if problem.code == "same_figure"]
    assert "2 different things" in problem.sentence.text()
    concerned = {item.id for item in found.items if problem in item.problems}
    assert {item.split(".")[1] for item in concerned} == {"mesh_size", "protected_area"}


def test_small_figures_may_be_alike():
    found = suggested(read(instead("are 41 officials", "are 74 officials")))
    assert codes(found) == []


def test_two_boundaries():
    """A county of 900 km² in the text, a town of 84.50 km² in the baselines, 120 km² protected."""
    text = instead("covers 84.5 km²", "covers 900 km²").replace("cover 9.3 square", "cover 120 square")
    found = suggested(read(text))
    [problem] = [problem for problem in found.warnings if problem.code == "two_boundaries"]
    said = problem.sentence.text()
    assert "84.50 km²" in said
    assert "900 km² (text about the city)" in said
    assert "120 km² (Protected or secured natural area)" in said
    concerned = [item for item in found.items if problem in item.problems]
    assert {(item.place, str(item.entry.value)) for item in concerned} == {
        ("profile.city_area", "84.50"),
        ("profile.city_area", "900"),
        ("protected_areas", "120"),
    }
    assert {item.confidence for item in concerned} == {Confidence.LOW}


def test_people_counted_within_the_larger_boundary():
    """The text names the 412 305 people in one sentence with the county of 900 km², not with the town of 84.50 km²."""
    text = instead("covers 84.5 km²", "covers 900 km² with a total population of 412 305")
    found = suggested(read(text))
    [problem] = [problem for problem in found.warnings if problem.code == "boundary_of_people"]
    assert "stands in one sentence with the area of 900 km²" in problem.sentence.text()
    people = one(found, "profile.population")
    assert (problem in people.problems, people.confidence) == (True, Confidence.LOW)


def test_people_of_no_named_boundary():
    found = suggested(read(instead("covers 84.5 km²", "covers 900 km²")))
    [problem] = [problem for problem in found.warnings if problem.code == "boundary_of_people"]
    assert "does not say within which of its boundaries" in problem.sentence.text()
    assert problem in one(found, "profile.population").problems


def test_an_implied_boundary_alone_is_noticed():
    """21.125 km² as 2.5 % of the city makes 845 km², ten times the 84.50 km² of the baseline."""
    found = suggested(read(instead("makes 25 % of", "makes 2.5 % of")))
    [problem] = [problem for problem in found.warnings if problem.code == "two_boundaries"]
    assert "845 km², as 21.125 km² is called 2.5 % of it" in problem.sentence.text()


def test_a_sum_that_does_not_come_out():
    found = suggested(read(instead("farmed: 30.25", "farmed: 40.25")))
    [problem] = [problem for problem in found.warnings if problem.code == "does_not_add_up"]
    assert "54.25 km²" in problem.sentence.text()
    assert "adds_up" not in [sign.code for sign in found.good_signs]


def test_two_populations():
    found = suggested(read(instead("and covers", "is home to 500 000 people and covers")))
    [problem] = [problem for problem in found.warnings if problem.code == "two_figures"]
    assert "412,305 and 500,000" in problem.sentence.text()


def test_an_index_that_has_not_started():
    text = TEXT
    for component in ("14 of 36 points", "3 of 56 points"):
        text = text.replace(component, f"0 of {component.split()[2]} points\n\nPort Alder has not started on it")
    found = suggested(read(text))
    [problem] = [problem for problem in found.warnings if problem.code == "index_not_started"]
    assert "figures for 7 indicators (1, 2, 8, 11, 12, 13, 27)" in problem.sentence.text()
    assert "7 of them can be scored" in problem.sentence.text()


@pytest.mark.parametrize(
    ("before", "after", "place", "words"),
    [
        ("cover 9.3 square", "cover 9,3 square", "protected_areas", "9.3"),
        ("is 21.7 km2", "is 21.7", "connectivity", "does not carry the unit"),
        ("are 12 areas", "are 12 ha areas", "protected_areas", "does not carry the unit"),
        ("tree cover of 31.4%", "tree cover of 31.4", "climate_regulation", "does not carry the unit"),
    ],
)
def test_figures_that_are_not_guessed(before, after, place, words):
    found = suggested(read(instead(before, after)))
    [problem] = [problem for problem in found.warnings if problem.code == "unreadable_figure"]
    assert problem.indicator == place
    assert words in problem.sentence.text()
    assert len(figures(read(instead(before, after)))) == 11


def test_decimal_commas_are_read_where_a_person_says_so():
    """In English 84,50 may be a slip for 8450, so that nothing is guessed."""
    text = instead("jurisdiction: **84.50", "jurisdiction: **84,50").replace("cover 9.3", "cover 1.009,3")
    assert {problem.code for problem in suggested(read(text)).warnings} >= {"unreadable_figure"}
    found = suggested(read(text), numbers="de")
    assert one(found, "protected_areas", "protected_area").entry.value == Decimal("1009.3")
    assert one(found, "natural_areas", "natural_area").entry.value == Decimal("54.25")  # the platform's point stays
    assert "84.50" in {
        str(item.entry.value) for item in found.items if item.place == "profile.city_area" and item.entry
    }


def test_a_figure_without_a_use_is_named():
    found = suggested(read(instead("names them since 2021", "names 14 of them")))
    [problem] = [problem for problem in found.warnings if problem.code == "unused_figure"]
    assert "names 14 of them" in problem.sentence.text()
    assert problem.where == "Promote integration of nature-based solutions"


def test_a_profile_with_no_figures():
    found = suggested(read("\n\n".join(["About", "Commitment Made:", "Baseline:", "Nothing yet", "Target:"])))
    assert (found.items, found.answered) == ((), ())


# Accepting


def test_accepting_keeps_what_stands_beside(found):
    before = Assessment(
        "2021",
        "Port Alder",
        2026,
        {"rainfall": Entry(Decimal(800))},
        {
            "protected_areas": Answer(reason=Reason.NO_DATA, note="asked the forestry office"),
            "green_infrastructure": Answer(finished=Entry("policy"), note="a first look", source="Building code"),
            "budget": Answer(reason=Reason.CONFIDENTIAL, note="until May"),
        },
    )
    wanted = [item for item in found.items if item.place in ("protected_areas", "green_infrastructure")]
    after = applied([*wanted, one(found, "profile.city_area")], before)
    assert (after.city, after.year, after.edition) == ("Port Alder", 2026, "2021")
    assert set(after.profile) == {"rainfall", "city_area"}
    assert after.answers["budget"] == before.answers["budget"]
    protected = after.answers["protected_areas"]
    assert protected.reason is None
    assert protected.note == "asked the forestry office"
    assert {name: str(entry.value) for name, entry in protected.inputs.items()} == {
        "number_of_areas": "12",
        "protected_area": "9.3",
    }
    evidence = after.answers["green_infrastructure"]
    assert evidence.finished == Entry("policy")
    assert evidence.note == "a first look\n“The building code names them since 2021.”"
    assert evidence.source.startswith("Building code; CitiesWithNature city profile of Port Alder")
    assert applied([*wanted, one(found, "profile.city_area")], after) == after


def test_accepting_nothing_changes_nothing(found):
    assert applied([], Assessment("2021")) == Assessment("2021")


def test_places_are_those_of_the_store(found):
    contents = contents_of(applied(found.items, Assessment("2021")))
    for place, content in contents.items():
        check_place(place, content)
    assert {item.place for item in found.items} == set(contents)


# Numbers in sentences


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Since 2021 586.90 km² are safe", [("2021", ""), ("586.90", "km2")]),
        ("2 415.47 square kilometres", [("2 415.47", "square kilometres")]),
        ("全县总面积2415.47平方公里，总人口18.6987万人", [("2415.47", "平方公里"), ("18.6987", "万人")]),
        ("71.97% and 40 per cent", [("71.97", "%"), ("40", "per cent")]),
        ("The town has 10 hares and 3 ha", [("10", ""), ("3", "ha")]),
        ("１２．５ 平方公里", [("12.5", "平方公里")]),
        ("no figure", []),
    ],
)
def test_quantities(sentence, wanted):
    assert [(found.written, found.unit) for found in quantities_of(sentence)] == wanted


def test_sentences():
    assert sentences_of("It is 3.5 km². Then 4 more. 面积2.5公顷。人口3万。") == (
        "It is 3.5 km².",
        "Then 4 more.",
        "面积2.5公顷。",
        "人口3万。",
    )

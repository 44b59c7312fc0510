"""Indicators that can be answered in several ways: meshes, species over time, restored habitats, lists."""

from decimal import Decimal

import pytest

from cbi import score
from cbi.assessment import Assessment, Entry
from cbi.comparison import score_years
from cbi.reading import assessment_from
from tests.scoring.asking import EVERY, NEW, OLD, message, one


def test_connectivity_2021():
    # Σ Aᵢ² = 600² + 400² = 520 000; A = 1 000; EMS = 520 ha; coherence = 52.0 % → 2 points.
    result, _ = one(NEW, 2, {"group_areas": "600; 400 ha"})
    assert (result.exact, result.points, result.way) == (52, 2, "groups")
    # The same in km² gives the same share.
    assert one(NEW, 2, {"group_areas": "6; 4 km2"})[0].exact == 52
    # EMS 520 ha of 10 km² = 1 000 ha natural area.
    card = score(NEW, {"natural_areas": {"natural_area": "10 km2"}, 2: {"effective_mesh_size": "520 ha"}})
    assert (card.result("connectivity").exact, card.result("connectivity").way) == (52, "mesh")
    # Finished.
    result, _ = one(NEW, 2, "52 %")
    assert (result.points, result.way) == (2, "")


def test_connectivity_2014():
    # 2014 scores the EMS itself: 520 ha → 501–1 000 → 2 points.
    assert one(OLD, 2, {"group_areas": "600; 400 ha"})[0].exact == 520
    for answer in ({"group_areas": "6; 4 km2"}, {"effective_mesh_size": "5.2 km2"}, "520 ha", 520):
        assert one(OLD, 2, answer)[0].points == 2


def test_two_ways_that_differ():
    """Groups give 52.0 %, the mesh size 60.0 %: the first is scored, and the difference is told."""
    card = score(
        NEW,
        {
            "natural_areas": {"natural_area": "1000 ha"},
            "connectivity": {"group_areas": "600; 400 ha", "effective_mesh_size": "600 ha"},
        },
    )
    assert card.result("connectivity").points == 2
    assert "gives 52, " in message(card.problems, "ways_differ")
    assert "gives 60. The first is scored." in message(card.problems, "ways_differ")


SPECIES = {"plant_species": 4, "bird_species": 5, "arthropod_species": 6}
CHANGES = [(-3, 0), (0, 0), (1, 1), (2, 2), (3, 3), (4, 4), (9, 4)]


@pytest.mark.parametrize(("change", "points"), CHANGES)
@pytest.mark.parametrize(("count", "number"), SPECIES.items())
@EVERY
def test_species_change(asked, count, number, change, points):
    earlier = dict.fromkeys(("baseline", "previous"), assessment_from(asked, {"profile": {count: 100}}))
    by_counts, _ = one(asked, number, {}, {count: 100 + change}, **earlier)
    by_tally, _ = one(asked, number, {"gained": 10 + change, "lost": 10}, **earlier)
    by_net, _ = one(asked, number, {"net_change": change}, **earlier)
    finished, _ = one(asked, number, change, **earlier)
    assert [result.points for result in (by_counts, by_tally, by_net, finished)] == [points] * 4
    assert [result.way for result in (by_counts, by_tally, by_net, finished)] == [
        "counts",
        "gains_and_losses",
        "net_change",
        "",
    ]


def years_of(asked, counts, **more):
    """Assessments with nothing but a plant count."""
    return [
        Assessment(asked.id, "City", year, {"plant_species": Entry(Decimal(count))}, more)
        for year, count in counts.items()
    ]


def test_the_first_application_sets_the_baseline():
    for asked, numbers, reachable in ((NEW, (4, 5, 6), 100), (OLD, (4, 5, 6, 7, 8), 72)):
        card = score(asked, {"profile": {"plant_species": 100}})
        assert [result.indicator.number for result in card.results if result.status == "baseline_year"] == list(numbers)
        assert card.total.highest == reachable
        assert card.total.attainable == 0
        assert all(card.result(asked.indicator(number).id).points is None for number in numbers)
        # the plants are counted; what must still be counted is said
        without = [problem.indicator for problem in card.problems if problem.code == "no_baseline_count"]
        assert without == [asked.indicator(number).id for number in numbers[1:]]


def test_2021_counts_from_the_baseline():
    # 100 → 102: +2, 2 points. 101 against the baseline: +1, 1 point (against 2019 it would be −1).
    cards = score_years(years_of(NEW, {2016: 100, 2019: 102, 2022: 101}))
    assert [card.result("plant_species_change").points for card in cards] == [None, 2, 1]
    assert [card.result("plant_species_change").status for card in cards] == ["baseline_year", "scored", "scored"]


def test_2014_counts_from_the_previous_survey():
    # 100 → 102: +2, 2 points. 102 → 101: −1, 0 points. 101 → 105: +4, 4 points.
    cards = score_years(years_of(OLD, {2016: 100, 2019: 102, 2022: 101, 2025: 105}))
    assert [card.result("plant_species_change").points for card in cards] == [None, 2, 0, 4]


def test_a_chosen_baseline():
    # Baseline 2019 (102): 2022 has 101, −1, 0 points. 2016 lies before it and has nothing to be held against.
    cards = score_years(years_of(NEW, {2016: 100, 2019: 102, 2022: 101}), baseline=2019)
    assert [card.result("plant_species_change").points for card in cards] == [None, None, 0]


def test_the_order_of_years_in_the_file_does_not_matter():
    cards = score_years(years_of(NEW, {2022: 101, 2016: 100, 2019: 102}))
    assert [card.result("plant_species_change").points for card in cards] == [1, None, 2]


RESTORATION = {"restored_area": "30 ha", "degraded_area": "100 ha", "restored_types": 4, "habitat_types": 5}


def test_habitat_restoration_needs_a_choice():
    # 7A: 30 ÷ 100 = 30.0 % → 1 point; 7B: 4 ÷ 5 = 80.0 % → 4 points.
    assert one(NEW, 7, {**RESTORATION, "way": "area"})[0].points == 1
    assert one(NEW, 7, {**RESTORATION, "way": "types"})[0].points == 4
    result, problems = one(NEW, 7, RESTORATION)
    assert (result.status, result.points) == ("not_scored", None)
    text = message(problems, "choose_measure")
    assert NEW.indicator(7).ways[0].label in text
    assert NEW.indicator(7).ways[1].label in text


def test_habitat_restoration_by_what_is_there():
    assert one(NEW, 7, {"restored_area": "30 ha", "degraded_area": "100 ha"})[0].way == "area"
    assert one(NEW, 7, {"restored_types": 4, "habitat_types": 5})[0].way == "types"
    assert one(NEW, 7, 80)[0].points == 4


def test_habitat_restoration_with_a_choice_that_lacks_its_inputs():
    result, problems = one(NEW, 7, {"restored_area": "30 ha", "degraded_area": "100 ha", "way": "types"})
    assert result.points is None
    text = message(problems, "incomplete")
    assert NEW.input("habitat_restoration", "restored_types").label in text
    assert NEW.input("habitat_restoration", "habitat_types").label in text
    result, problems = one(NEW, 7, {**RESTORATION, "way": "volume"})
    assert "There is no measure “volume”. Choose one of: area, types." in message(problems, "unknown_way")
    assert result.points is None


@pytest.mark.parametrize(("asked", "number"), [(OLD, 18), (NEW, 15)])
def test_functions_are_counted(asked, number):
    five = ["biodiversity_centre", "botanical_garden", "herbarium", "insectarium", "other"]
    for count, points in enumerate((0, 1, 2, 3, 4, 4)):
        assert one(asked, number, {"functions": five[:count]})[0].points == points
    assert one(asked, number, {"functions": "herbarium; herbarium"})[0].points == 1
    assert one(asked, number, {"functions": "none"})[0].points == 0
    assert one(asked, number, 3)[0].points == 3


def test_responses_are_counted():
    four = ["adaptation_plan", "mitigation", "ecological_resilience", "climate_monitoring"]
    for count in range(5):
        assert one(NEW, 20, {"responses": four[:count]})[0].points == count


def test_staff_is_not_a_function():
    result, _ = one(NEW, 15, {"functions": "herbarium", "staff": 40})
    assert (result.value, result.points) == (1, 1)


def test_ladders_by_points_id_or_text():
    for answer in (2, "2", "elements", NEW.indicator(17).ladder[2].text):
        result, _ = one(NEW, 17, answer)
        assert (result.points, result.rung) == (2, "elements")
    assert result.to_dict()["value"] == "elements"
    assert one(NEW, 17, "none")[0].points == 0

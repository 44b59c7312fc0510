"""How far each definition is trusted stands beside the points."""

from decimal import Decimal

from cbi import score
from cbi.assessment import Assessment, Entry
from cbi.definitions import edition
from tests.scoring.asking import NEW


def test_trust_is_counted():
    # 1: confirmed throughout; 8: implemented; 4: rule confirmed, bands carried → carried; 14: reconstructed.
    card = score(NEW, {1: 10, 8: 10, 4: {"net_change": 1}, 14: "planned"})
    assert {word.value: count for word, count in card.trust.items()} == {
        "confirmed": 1,
        "implemented": 1,
        "carried": 1,
        "reconstructed": 1,
    }
    assert [result.indicator.number for result in card.to_be_checked] == [4, 8, 14]


def test_a_baseline_year_without_a_species_count_is_named():
    baseline = Assessment("2021", year=2021)
    now = Assessment("2021", year=2024, profile={"bird_species": Entry(Decimal(120))})
    card = score(edition("2021"), now, baseline=baseline)
    result = card.result("bird_species_change").to_dict()
    assert (result["status"], result["reason"], result["points"]) == ("not_scored", None, None)
    said = [one.sentence.text() for one in card.problems if one.indicator == "bird_species_change"]
    assert said == [
        "Not scored yet: the baseline year holds no species count to compare with. "
        "Enter it in the profile of that year."
    ]

"""What the tests of scoring share: the editions, a single answer, values that can be true, what is said."""

import re
from decimal import Decimal

import pytest
from hypothesis import strategies as st

from cbi import score
from cbi.assessment import Assessment
from cbi.definitions import edition

OLD, NEW = edition("2014"), edition("2021")
EDITIONS = {"2014": OLD, "2021": NEW}
EVERY = pytest.mark.parametrize("asked", [OLD, NEW], ids=["2014", "2021"])

EARLIER = {"2014": {"previous": Assessment("2014")}, "2021": {"baseline": Assessment("2021")}}
"""An earlier year that holds nothing: with it, a change in species can be scored."""

RAW = {
    "profile": {"city_area": "100 km2", "terrestrial_area": "90 km2", "population": 50000, "bird_species": 200},
    "natural_areas": {"natural_area": "12 km2"},
    "connectivity": {"group_areas": "600; 400; 200 ha"},
    "built_up_birds": {"built_up_bird_species": 30},
    "plant_species_change": {"gained": 5, "lost": 3},
    "protected_areas": {"protected_area": "900 ha"},
    "water_regulation": {"permeable_area": "40 km2"},
    "recreation": {"park_area": "20 ha"},
    "budget": {"biodiversity_budget": "2 million EUR", "city_budget": "100 million EUR"},
    "institutional_capacity": {"functions": "herbarium; other"},
    "awareness": 60,
    "education": "planned",
}
"""Sound answers of a small city, as typed."""


def one(asked, key, given, profile=(), **earlier):
    """Score a single answer; gives its result and the problems."""
    card = score(asked, {"profile": dict(profile), key: given}, **earlier)
    return card.result(asked.indicator(key).id), card.problems


def codes(problems):
    return [problem.code for problem in problems]


def message(problems, code):
    [found] = [problem for problem in problems if problem.code == code]
    return found.sentence.text()


@st.composite
def values(draw, fact):
    """A finished value that can be true, near the printed edges or anywhere."""
    edges = [Decimal(edge) for points in range(5) for edge in re.findall(r"[\d.]+", fact[str(points)])]
    if fact["unit"] in ("%", "ha", "ha per 1 000 persons", "visits per child per year"):
        near = st.sampled_from(edges).flatmap(
            lambda edge: st.integers(-150, 150).map(lambda n: edge + Decimal(n) / 1000)
        )
        anywhere = st.decimals(0, 100 if fact["unit"] == "%" else 10_000, places=4)
        return max(draw(near | anywhere), Decimal(0))
    lowest = -1000 if fact["id"].endswith("_change") else 0
    highest = 4 if fact["id"] == "climate_responses" else 1000
    near = st.sampled_from(edges).flatmap(lambda edge: st.integers(int(edge) - 2, int(edge) + 2))
    return Decimal(draw((near | st.integers(lowest, highest)).filter(lambda value: lowest <= value <= highest)))


def points_of(fact, value):
    result, problems = one(EDITIONS[fact["edition"]], fact["number"], value)
    assert not [problem for problem in problems if problem.severity == "error"]
    return result.points

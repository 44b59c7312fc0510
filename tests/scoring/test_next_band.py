"""What is missing to the next band: the stated change gives the point, a hair less does not."""

from decimal import Decimal
from fractions import Fraction

from facts import FACTS, MEASURED, printed_points
from hypothesis import assume, given
from hypothesis import strategies as st

from cbi import score
from cbi.assessment import Answer, Assessment, Entry
from cbi.units import find_unit
from tests.scoring.asking import EDITIONS, NEW, OLD, one, values

MEASURES = {
    "percentage": lambda part, whole: 100 * part / whole,
    "share_of_sum": lambda part, rest: 100 * part / (part + rest),
    "per_thousand": lambda amount, people: 1000 * amount / people,
    "per_head": lambda amount, people: amount / people,
    "difference": lambda gain, loss: gain - loss,
    "as_given": lambda amount: amount,
}
"""The arithmetic once more, in the words of the handbook."""

WAYS = [
    (asked.id, indicator.id, position)
    for asked in (OLD, NEW)
    for indicator in asked.indicators
    for position, way in enumerate(indicator.ways)
    if way.measure in MEASURES
]
WHOLE = ("people", "species", "count", "change")


def way_of(name, key, position):
    indicator = EDITIONS[name].indicator(key)
    return EDITIONS[name], indicator, indicator.ways[position]


@st.composite
def inputs(draw):
    """The inputs of one way of one indicator, each with a unit."""
    place = draw(st.sampled_from(WAYS))
    asked, indicator, way = way_of(*place)
    entries = {}
    for name in way.of.values():
        kind = asked.input(indicator.id, name).kind
        unit = draw(st.sampled_from({"area": ["ha", "km2", "mu"], "money": ["EUR"]}.get(kind, [""])))
        if kind in WHOLE:
            lowest = -20 if kind == "change" else 0
            entries[name] = Entry(Decimal(draw(st.integers(lowest, draw(st.sampled_from([8, 90, 2000]))))), unit)
        else:
            entries[name] = Entry(draw(st.decimals(0, draw(st.sampled_from([10, 5000])), places=2)), unit)
    return place, entries


def amount(asked, indicator, name, entry):
    return Fraction(entry.value) * find_unit(entry.unit, asked.input(indicator.id, name).kind).factor


def result_of(place, entries):
    asked, indicator, way = way_of(*place)
    answer = Answer(inputs=entries, way=way.id if indicator.value.choose else "")
    return score(asked, Assessment(asked.id, answers={indicator.id: answer})).result(indicator.id)


FACT = {(fact["edition"], fact["id"]): fact for fact in FACTS}


@given(inputs())
def test_values_are_what_the_handbook_works_out(case):
    place, entries = case
    asked, indicator, way = way_of(*place)
    amounts = {role: amount(asked, indicator, name, entries[name]) for role, name in way.of.items()}
    result = result_of(*case)
    try:
        value = MEASURES[way.measure](**amounts)
    except ZeroDivisionError:
        value = None
    if value is None or (way.measure == "percentage" and value > 100):
        assert (result.status, result.points) == ("not_scored", None)
    else:
        assert result.exact == value
        assert result.points == printed_points(FACT[asked.id, indicator.id], value)


@given(inputs())
def test_the_next_change_gives_the_point_and_a_hair_less_does_not(case):
    place, entries = case
    asked, indicator, way = way_of(*place)
    result = result_of(*case)
    assume(result.is_scored and result.points < 4)
    assert result.next.points == result.points + 1
    if way.measure == "share_of_sum" and not entries[way.of["rest"]].value:
        assert result.next.to_dict()["inputs"] == []  # without natives all are invasive, however few
        return
    [moved] = result.next.to_dict()["inputs"]
    name, change = moved["input"], Decimal(moved["change"])
    assert (
        name == way.of[{"percentage": "part", "share_of_sum": "part", "difference": "gain"}.get(way.measure, "amount")]
    )
    kind = asked.input(indicator.id, name).kind
    if kind in WHOLE:
        hair = Decimal(1)
        assert moved["unit"] is None
    else:
        hair = Decimal(1).scaleb(change.as_tuple().exponent)
    hair = hair if change > 0 else -hair
    before = entries[name]

    def points_with(more):
        after = result_of(place, {**entries, name: Entry(before.value + more, before.unit)})
        return after.points if after.is_scored else 5  # more than the whole: beyond every band

    assert points_with(change) >= result.next.points
    assert points_with(change - hair) == result.points


@given(st.sampled_from(MEASURED).flatmap(lambda fact: st.tuples(st.just(fact), values(fact))))
def test_the_next_value_gives_the_point(case):
    fact, value = case
    result, _ = one(EDITIONS[fact["edition"]], fact["number"], value)
    if result.points == 4:
        assert result.next is None
        return
    stated = result.next.to_dict()
    change = Fraction(stated["change"])
    assert printed_points(fact, Fraction(value) + change) == stated["points"] == result.points + 1
    hair = Fraction(1, 100) * (1 if change > 0 else -1)  # one of the last digit that is stated, or more
    if abs(change) >= 1 and fact["decimals"] == "1":
        assert printed_points(fact, Fraction(value) + change - 10 * hair) == result.points
    assert printed_points(fact, Decimal(stated["value"])) == stated["points"]
    assert stated["inputs"] == []


def test_next_by_hand():
    # 5 of 100 km² is 5.0 %, 1 point. 2 points begin where 6.95 % reads as 7.0 %: 6.95 km², 1.95 km² more.
    result, _ = one(NEW, 1, {"natural_area": "5 km2"}, {"city_area": "100 km2"})
    assert result.points == 1
    assert result.next.to_dict() == {
        "points": 2,
        "band": "7.0–13.9 %",
        "value": "7.0",
        "change": "1.95",
        "inputs": [{"input": "natural_area", "change": "+1.95", "unit": "km²"}],
    }
    # 30 of 200 species are 15.0 %, 2 points. 16.0 % is read from 15.95 %: 31.9 species, so 32, 2 more.
    result, _ = one(NEW, 3, {"built_up_bird_species": 30}, {"bird_species": 200})
    assert (result.points, result.next.value) == (2, "16.0")
    assert result.next.to_dict()["inputs"] == [{"input": "built_up_bird_species", "change": "+2", "unit": None}]
    # 15 invasive of 15 + 85 are 15.0 %, 2 points. 3 points need less than 11.05 %: 10 of 95 are 10.526 %,
    # 11 of 96 are 11.458 %. So 10, 5 fewer.
    result, _ = one(NEW, 9, {"invasive_species": 15, "native_species": 85})
    assert (result.points, result.next.value, result.next.points) == (2, "11.0", 3)
    assert result.next.to_dict()["inputs"] == [{"input": "invasive_species", "change": "-5", "unit": None}]
    # From 90 to 100 agencies there is nothing above; from rung 2 the next is the third.
    assert one(NEW, 22, 6)[0].next is None
    result, _ = one(NEW, 26, "planned")
    assert (result.next.points, result.next.band) == (3, NEW.indicator(26).ladder[3].text)
    # A checklist: two of four responses, one more for 3 points.
    result, _ = one(NEW, 20, {"responses": ["adaptation_plan", "mitigation"]})
    assert result.next.to_dict()["inputs"] == [{"input": "responses", "change": "+1", "unit": None}]

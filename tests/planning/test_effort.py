"""Real change or more looking: warnings, and rarefaction worked out by hand and against counting every draw."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cbi.definitions import edition
from cbi.over_time import species_counts
from cbi.planning.effort import Effort, Survey, curve, looked, rarefied
from cbi.planning.telling import equal_text
from cbi.wording import Voice
from tests.effort import examples

from .cities import assessment


def test_two_records_of_three_species():
    # Records A A B C (4), 2 drawn of 6 pairs: AA shows 1 species, the other five show 2: (1 + 5 × 2) ÷ 6 = 11/6.
    assert rarefied([2, 1, 1], 2) == Fraction(11, 6)


def test_all_records_show_all_species_and_none_show_none():
    assert rarefied([5, 3, 1], 9) == 3
    assert rarefied([5, 3, 1], 0) == 0
    assert rarefied([5, 0, 1], 6) == 2


def test_more_records_than_there_are_cannot_be_drawn():
    with pytest.raises(ValueError, match="10 of 9"):
        rarefied([5, 3, 1], 10)


@settings(max_examples=examples(50), deadline=None)
@given(st.lists(st.integers(0, 4), min_size=1, max_size=4), st.data())
def test_it_is_the_average_over_all_draws(per_species, data):
    records = [species for species, count in enumerate(per_species) for _ in range(count)]
    drawn = data.draw(st.integers(0, len(records)))
    seen = [len({records[place] for place in one}) for one in combinations(range(len(records)), drawn)]
    assert rarefied(per_species, drawn) == Fraction(sum(seen), len(seen))


def test_a_curve_begins_at_nothing_and_ends_at_all():
    points = curve([8, 4, 2, 1, 1])
    assert points[0] == (0, 0)
    assert points[-1] == (16, 5)
    assert all(abs(Fraction(species) - rarefied([8, 4, 2, 1, 1], records)) < Fraction(1, 100)
               for records, species in points)  # fmt: skip
    assert [species for _, species in points] == sorted(species for _, species in points)


# Two surveys


def group(first, second):
    years = [assessment({"profile": {"bird_species": count}}, year=year)
             for year, count in ((2020, first), (2026, second))]  # fmt: skip
    return next(one for one in species_counts(years) if one.id == "bird_species")


def steps(first, second, before, after):
    return looked(group(first, second), {(2020, "bird_species"): before, (2026, "bird_species"): after})[0]


def test_effort_that_grew_with_the_species_is_doubtful():
    found = steps(100, 104, Survey(observers=12, days=30), Survey(observers=20, days=30))
    assert found.doubtful
    assert found.grown == {Effort.OBSERVERS: (12, 20)}
    assert found.change == 4


@pytest.mark.parametrize(
    ("first", "second", "before", "after"),
    [
        (100, 104, Survey(observers=12), Survey(observers=12)),  # the same effort
        (100, 104, Survey(observers=20), Survey(observers=12)),  # less effort, and yet more species
        (104, 100, Survey(observers=12), Survey(observers=20)),  # more effort, and yet fewer species
        (100, 104, Survey(), Survey(observers=20)),  # nothing known of the first survey
        (100, 104, Survey(observers=20), Survey(days=40)),  # nothing that can be compared
    ],
)
def test_nothing_else_is_doubtful(first, second, before, after):
    assert not steps(first, second, before, after).doubtful


def test_records_of_each_species_compare_at_equal_effort():
    # 4 records of 3 species against 8 of 4: compared at 4 records. 2020: all 3 species.
    # 2026, 2 records of each of 4 species: 4 × (1 − C(6,4) ÷ C(8,4)) = 4 × (1 − 15/70) = 22/7.
    found = steps(3, 4, Survey(per_species=(2, 1, 1)), Survey(per_species=(2, 2, 2, 2)))
    assert (found.equal.records, found.equal.before, found.equal.after) == (4, 3, Fraction(22, 7))
    assert found.grown == {Effort.RECORDS: (4, 8)}
    assert found.to_dict()["equal_effort"] == {"records": 4, "species": ["3.0", "3.1"]}
    assert found.to_dict()["effort"] == [{"records": 4}, {"records": 8}]
    assert "while the count is" not in equal_text(Voice(edition("2021"), "en"), found)


def test_records_of_fewer_species_than_were_counted_are_named():
    # 2020: records of 3 of 100 species (a record of none is not one); 2026: records of all 4.
    found = steps(100, 4, Survey(per_species=(2, 1, 1, 0)), Survey(per_species=(2, 2, 2, 2)))
    said = equal_text(Voice(edition("2021"), "en"), found)
    assert said.count("In 2020 the records are of 3 species, while the count is 100") == 1
    assert "In 2026 the records" not in said

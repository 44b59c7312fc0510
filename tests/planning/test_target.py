"""The least effort for a target: hand-worked, and proved against trying every choice."""

from decimal import Decimal
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from cbi.assessment import Reason
from cbi.planning.contents import plan_content, plan_from
from cbi.planning.plan import Plan, PlannedStep, achieved, proposed, with_steps
from cbi.planning.target import Candidate, candidates_of, least_effort, may_move
from cbi.planning.telling import lift_text
from tests.effort import examples

from .cities import assessment, card_of, scored


def candidate(number, now, *efforts):
    return Candidate(f"i{number}", number, now, tuple(Fraction(one) for one in efforts))


def steps(proposal):
    return [(one.number, one.start, one.end, one.effort) for one in proposal.steps]


def test_the_cheapest_points_are_taken():
    # 3 points more: 1 at 2 from no. 1, then 2 for 1 + 1 from no. 3: 4 in all. No. 2 costs 5 a point.
    found = least_effort([candidate(1, 2, 2, 9), candidate(2, 0, 5, 5, 5, 5), candidate(3, 2, 1, 1)], 10, 13)
    assert steps(found) == [(1, 2, 3, 2), (3, 2, 4, 2)]
    assert (found.effort, found.end, found.most) == (4, 13, 18)


def test_a_dear_first_point_is_paid_for_a_cheap_second_one():
    # Greedy takes no. 2 first (2 a point: 4); but no. 1 gives two points for 3 + 0 = 3.
    found = least_effort([candidate(1, 2, 3, 0), candidate(2, 0, 2, 2, 2, 2)], 0, 2)
    assert steps(found) == [(1, 2, 4, 3)]


def test_of_equal_efforts_fewer_indicators_move():
    found = least_effort([candidate(1, 3, 1), candidate(2, 3, 1), candidate(3, 2, 1, 1)], 0, 2)
    assert steps(found) == [(3, 2, 4, 2)]


def test_a_target_out_of_reach_says_how_far_it_goes():
    found = least_effort([candidate(1, 3, 1)], 50, 60)
    assert (found.steps, found.most) == (None, 51)
    assert found.to_dict()["reachable"] is False


def test_a_target_that_is_reached_needs_nothing():
    assert least_effort([candidate(1, 3, 1)], 50, 50).steps == ()


CANDIDATES = st.lists(st.lists(st.decimals("0", "9", places=1), max_size=4), min_size=1, max_size=4).map(
    lambda all_: [candidate(number, 4 - len(one), *one) for number, one in enumerate(all_, 1)]
)


@settings(max_examples=examples(150), deadline=None)
@given(CANDIDATES, st.integers(0, 14))
def test_no_choice_is_cheaper(candidates, needed):
    """Try every choice: none that reaches the target costs less."""
    found = least_effort(candidates, 20, 20 + needed)
    costs = [
        sum(sum(one.efforts[:up]) for one, up in zip(candidates, choice, strict=True))
        for choice in product(*(range(len(one.efforts) + 1) for one in candidates))
        if sum(choice) >= needed
    ]
    if not costs:
        assert found.steps is None
    else:
        assert found.effort == min(costs)
        assert found.end >= 20 + needed
        assert all(one.end <= 4 for one in found.steps)


def test_what_may_move():
    # 28 indicators: one at the top stays; one that does not apply stays; three wait for the baseline.
    card = card_of(assessment({"urban_agriculture": 4, "natural_capital": {"reason": "not_applicable", "note": "x"}}))
    assert card.result("natural_capital").reason is Reason.NOT_APPLICABLE
    assert sum(may_move(one) for one in card.results) == 28 - 1 - 1 - 3


def test_an_indicator_without_points_begins_at_none():
    card = scored({"urban_agriculture": 2})
    found = candidates_of(card, {"urban_agriculture": [Decimal(3), Decimal(5)], "projects": []})
    assert [(one.indicator, one.now, one.efforts) for one in found] == [
        ("urban_agriculture", 2, (3, 5)),
        ("projects", 0, (5, 5, 5, 5)),  # nobody gave it: the highest that was given
    ]


# Plans and what became of them


def plan(**more):
    return Plan(
        "70 by 2030",
        "2021",
        2026,
        6,
        2030,
        efforts={"urban_agriculture": (Decimal(1),), "projects": (Decimal(2),)},
        **more,
    )


def test_a_plan_proposes_among_the_indicators_that_may_move():
    # 2 points today; 4 more: agriculture 2 → 4 at 1 each, then projects 0 → 2 at 2 each: 6.
    found = proposed(plan(), scored({"urban_agriculture": 2}))
    assert [(one.indicator, one.start, one.end) for one in found.steps] == [
        ("urban_agriculture", 2, 4),
        ("projects", 0, 2),
    ]
    assert found.effort == 6


def test_owner_and_year_stay_when_the_steps_are_proposed_anew():
    known = plan(steps=(PlannedStep("projects", 0, 1, "Parks office", 2029, "with the university"),))
    made = with_steps(known, proposed(known, scored({"urban_agriculture": 2})).steps)
    assert made.steps[0] == PlannedStep("urban_agriculture", 2, 4, "", 2030)
    assert made.steps[1] == PlannedStep("projects", 0, 2, "Parks office", 2029, "with the university", scored=False)


def test_a_step_from_no_points_is_never_shown_as_zero():
    made = with_steps(plan(), proposed(plan(), scored({"urban_agriculture": 2})).steps)
    assert [lift_text(one) for one in made.steps] == ["2 → 4", "– → 2"]
    assert plan_from(made.name, plan_content(made)) == made
    # A plan kept by an earlier version says 0: its year tells whether it was scored.
    old = plan(steps=(PlannedStep("urban_agriculture", 0, 1), PlannedStep("projects", 0, 1)))
    done = achieved(old, [scored({"urban_agriculture": 0})])
    assert [lift_text(one.step) for one in done] == ["0 → 1", "– → 1"]


def test_later_years_are_held_against_the_plan():
    made = plan(steps=(PlannedStep("urban_agriculture", 2, 4, year=2030), PlannedStep("projects", 0, 2, year=2029)))
    then = assessment({"urban_agriculture": 2}, year=2026)
    later = assessment({"urban_agriculture": 4, "projects": {"projects": 12}}, year=2029)
    first, second = achieved(made, [card_of(then), card_of(later, then)])
    assert (first.reached, first.points, first.late) == (2029, ((2029, 4),), False)
    assert (second.reached, second.points, second.late) == (None, ((2029, 1),), True)  # 12 projects: 1 of 2 points

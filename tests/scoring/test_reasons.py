"""Reasons instead of a value, and the range of points that stays possible."""

import pytest

from cbi import score
from cbi.assessment import Reason
from tests.scoring.asking import EARLIER, NEW, OLD, codes, message, one


def test_nothing_answered():
    for asked, first, later in ((NEW, 100, 112), (OLD, 72, 92)):
        assert (score(asked, {}).total.points, score(asked, {}).total.highest) == (0, first)
        assert score(asked, {}, **EARLIER[asked.id]).total.highest == later
        assert {result.reason for result in score(asked, {}, **EARLIER[asked.id]).results} == {Reason.NOT_STARTED}


@pytest.mark.parametrize("reason", list(Reason))
def test_reasons(reason):
    card = score(
        NEW, {13: {"reason": reason.value, "note": "as agreed"}, 11: 60, 10: 45}, **EARLIER["2021"]
    )  # 11: > 55.0 → 4; 10: 40.0–49.9 → 2
    result = card.result("park_access")
    assert (result.status, result.points, result.reason) == ("not_scored", None, reason)
    assert (card.total.points, card.total.scored, card.total.attainable) == (6, 2, 8)
    # 26 others may still bring 4 points each; an indicator that cannot apply to this city may not
    assert card.total.highest == 6 + 4 * (25 if reason is Reason.NOT_APPLICABLE else 26)
    services = card.components["ecosystem_services"]
    assert services.highest == 6 + 4 * (2 if reason is Reason.NOT_APPLICABLE else 3)
    assert services.maximum == 20
    assert "reason_without_note" not in codes(card.problems)


@pytest.mark.parametrize("reason", list(Reason))
def test_a_reason_asks_for_a_note(reason):
    _, problems = one(NEW, 13, {"reason": reason.value})
    assert ("reason_without_note" in codes(problems)) == (reason is not Reason.NOT_STARTED)


def test_a_value_beside_a_reason_is_scored():
    result, problems = one(NEW, 11, {"value": 60, "reason": "no_data"})
    assert (result.points, result.reason) == (4, None)
    assert "remove one of the two" in message(problems, "value_and_reason")


def test_an_impossible_answer_may_still_bring_points():
    card = score(NEW, {1: 101}, **EARLIER["2021"])
    assert (card.total.points, card.total.scored, card.total.highest) == (0, 0, 112)

"""Checks and corrections: proved as definitions are, scored by, marked, void when the definition changes."""

import json
from bisect import bisect_right
from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cbi.corrections import (
    NO_BANDS,
    CityBands,
    CorrectionError,
    PrintedRung,
    check_from,
    corrected,
    correction_from,
    faults,
    fingerprint,
    problems_of,
    read_city_bands,
    to_content,
)
from cbi.corrections.proof import proved, proved_check
from cbi.corrections.typed import TypedBand, read_typed, rewritten, says_the_same, typed_as
from cbi.definitions import edition
from cbi.definitions.bands import Band
from cbi.problems import Severity
from cbi.scoring import score
from tests.corrections.given import ASKED, TIME, TREES, bands, check, correction, ladder


def canopy(said, value="72.0"):
    """Score the share under tree canopy by what a city says of bands."""
    return score(corrected(ASKED, said), {"climate_regulation": Decimal(value)})


# Scoring by corrections


@pytest.mark.parametrize(
    ("value", "points"),
    [("9.94", 0), ("9.95", 1), ("24.94", 1), ("24.95", 2), ("39.95", 3), ("79.94", 3), ("79.95", 4), ("100", 4)],
)
def test_a_corrected_indicator_is_read_by_the_citys_own_bands(value, points):
    # printed: < 10, 10–24.9, 25–39.9, 40–79.9, ≥ 80, read with one decimal, halves upwards
    assert canopy(CityBands(corrections=(correction(),)), value).result("climate_regulation").points == points


def test_a_correction_is_marked_and_the_trust_word_stays():
    card = canopy(CityBands(corrections=(correction(),)))
    result = card.result("climate_regulation")
    assert (result.points, result.band) == (3, "40.0–79.9 %")  # by the definition 72.0 % has 4 points
    assert result.correction == correction()
    assert card.to_be_checked == ()
    found = card.to_dict()
    assert found["corrected"] == ["climate_regulation"]
    one = found["indicators"][10]
    assert one["trust"] == {"rule": "implemented", "bands": "implemented"}
    assert one["bands_checked"] is None
    assert one["bands_corrected"] == {
        "person": "Mei Yang",
        "on": "2026-11-22",
        "source": "2021 printing, p. 60",
        "note": "",
        "bands": ["0: < 10.0", "1: 10.0–24.9", "2: 25.0–39.9", "3: 40.0–79.9", "4: ≥ 80.0"],
    }


def test_the_digest_tells_scores_by_own_bands_apart():
    mine = corrected(ASKED, CityBands(corrections=(correction(),)))
    assert mine.hash != ASKED.hash
    assert corrected(ASKED, CityBands(corrections=(correction(person="Li", source="p. 61"),))).hash == mine.hash
    chinese = corrected(edition("2021", "zh_Hans"), CityBands(corrections=(correction(),)))
    assert chinese.hash == mine.hash
    assert corrected(ASKED, CityBands(checks=(check(),))).hash == ASKED.hash
    assert corrected(ASKED, NO_BANDS) is ASKED


def test_the_next_point_is_told_by_the_citys_own_bands():
    step = canopy(CityBands(corrections=(correction(),))).result("climate_regulation").next
    # 4 points from 80.0 %, which 79.95 % reads as: 79.95 − 72 = 7.95
    assert (step.points, step.value, step.change) == (4, "80.0", Fraction("7.95"))


def test_bands_printed_with_more_decimals_are_read_with_them():
    two = correction(printed=bands("< 10", "10–24.99", "25–39.99", "40–79.99", "≥ 80"), decimals=2)
    assert faults(ASKED, two) == ()
    said = CityBands(corrections=(two,))
    assert canopy(said, "24.994").result("climate_regulation").points == 1  # reads as 24.99
    assert canopy(said, "24.995").result("climate_regulation").points == 2  # reads as 25.00
    assert canopy(said, "24.95").result("climate_regulation").points == 1  # by one decimal it were 25.0


def test_a_ladder_may_be_printed_in_other_words():
    said = CityBands(corrections=(ladder(planned="A rule is being drafted"),))
    mine = corrected(ASKED, said)
    assert [rung.text for rung in mine.indicator("green_infrastructure").ladder][2] == "A rule is being drafted"
    card = score(mine, {"green_infrastructure": "planned"})
    assert (card.result("green_infrastructure").points, card.result("green_infrastructure").band) == (
        2,
        "A rule is being drafted",
    )
    chinese = corrected(edition("2021", "zh_Hans"), said).indicator("green_infrastructure")
    shipped = edition("2021", "zh_Hans").indicator("green_infrastructure")
    assert chinese.ladder[0].text == shipped.ladder[0].text  # untouched steps stay in the reader's language


def test_a_ladder_may_give_its_points_in_another_order():
    swapped = ladder("green_infrastructure", 0, 2, 1, 3, 4)
    assert faults(ASKED, swapped) == ()
    card = score(corrected(ASKED, CityBands(corrections=(swapped,))), {"green_infrastructure": "considered"})
    assert card.result("green_infrastructure").points == 2


# For any bands that pass the proof


@st.composite
def printed_bands(draw):
    """Draw printed bands that tile the line: four starts on the grid, rising or falling, in any fitting form."""
    decimals = draw(st.integers(0, 3))
    starts = sorted(draw(st.sets(st.integers(-3000, 3000), min_size=4, max_size=4)))
    rising = draw(st.booleans())

    def number(on_grid):
        return Decimal(on_grid).scaleb(-decimals)

    spans = [(None, starts[0] - 1), *((low, high - 1) for low, high in pairwise(starts))]
    made = []
    for place, (low, high) in enumerate([*spans, (starts[3], None)]):
        if low is None:
            edge = draw(st.sampled_from([{"below": number(high + 1)}, {"at_most": number(high)}]))
        elif high is None:
            edge = draw(st.sampled_from([{"at_least": number(low)}, {"above": number(low - 1)}]))
        elif low == high and draw(st.booleans()):
            edge = {"exactly": number(low)}
        else:
            edge = {"from": number(low), "to": number(high)}
        made.append(Band.model_validate({"points": place if rising else 4 - place, **edge}))
    return decimals, rising, starts, tuple(draw(st.permutations(made)))


@given(printed_bands(), st.fractions(-40, 40, max_denominator=10_000))
def test_any_proved_bands_give_every_value_one_band(printed, value):
    decimals, rising, starts, made = printed
    mine = correction("plant_species_change", made, decimals=decimals)
    assert faults(ASKED, mine) == ()
    indicator = corrected(ASKED, CityBands(corrections=(mine,))).indicator("plant_species_change")
    size = (abs(value) * 10**decimals + Fraction(1, 2)).__floor__()
    on_grid = -size if value < 0 else size  # halves away from zero
    read = Decimal(on_grid).scaleb(-decimals)
    holding = [band.points for band in indicator.bands if band.holds(read, indicator.value.decimals)]
    place = bisect_right(starts, on_grid)
    assert holding == [place if rising else 4 - place]


@given(printed_bands())
def test_what_is_kept_is_read_back_the_same(printed):
    decimals, _, _, made = printed
    mine = correction(printed=made, decimals=decimals, note="Table 4")
    assert correction_from(json.loads(json.dumps(to_content(mine)))) == mine


@given(printed_bands(), st.sampled_from(["en", "de", "fr", "zh_Hans"]))
def test_bands_are_typed_and_read_in_any_number_format(printed, locale):
    decimals, _, _, made = printed
    mine = corrected(ASKED, CityBands(corrections=(correction("plant_species_change", made, decimals=decimals),)))
    indicator = mine.indicator("plant_species_change")
    typed = rewritten(typed_as(indicator, "en"), locale)
    assert typed == typed_as(indicator, locale)
    read = read_typed(ASKED, "plant_species_change", typed, "Mei", TIME)
    assert says_the_same(ASKED, indicator, read.correction)
    assert not says_the_same(ASKED, ASKED.indicator("plant_species_change"), read.correction)


def test_checks_and_ladders_are_read_back_the_same():
    for one, read in ((check(note="Both pages"), check_from), (ladder(planned="Drafted"), correction_from)):
        assert read(json.loads(json.dumps(to_content(one)))) == one


# Wrong bands


WRONG = {
    "gap": (bands("< 10", "10–24.9", "25.1–39.9", "40–79.9", "≥ 80"), "there is a gap between 24.9 and 25.1"),
    "overlap": (bands("< 10", "10–25", "25–39.9", "40–79.9", "≥ 80"), "two bands overlap: both hold 25"),
    "no low end": (bands("1–9.9", "10–24.9", "25–39.9", "40–79.9", "≥ 80"), "no band holds values below 1"),
    "no high end": (bands("< 10", "10–24.9", "25–39.9", "40–79.9", "80–100"), "no band holds values above 100"),
    "order": (
        (*bands("< 10", "25–39.9", "10–24.9"), *TREES[3:]),
        "along the line the points go [0, 2, 1, 3, 4]",
    ),
    "decimals": (bands("< 10", "10–24.95", "25–39.9", "40–79.9", "≥ 80"), "the edge 24.95 has more decimals"),
    "four": (TREES[:4], "the bands give the points [0, 1, 2, 3]"),
    "none": ((), "the correction holds none"),
}


@pytest.mark.parametrize("name", WRONG)
def test_wrong_bands_are_refused_with_words(name):
    printed, words = WRONG[name]
    with pytest.raises(CorrectionError) as caught:
        proved(ASKED, correction(printed=printed))
    assert words in caught.value.sentence.text("en")
    assert caught.value.sentence.text("zh_Hans")


def test_a_wrong_correction_is_never_scored_by_and_is_named():
    said = CityBands(corrections=(correction(printed=WRONG["gap"][0]),))
    assert canopy(said).result("climate_regulation").points == 4  # by the definition: above 55.0 %
    assert corrected(ASKED, said) is ASKED
    (problem,) = problems_of(ASKED, said)
    assert (problem.severity, problem.code, problem.where) == (
        Severity.ERROR,
        "correction_unusable",
        "11 climate_regulation",
    )
    assert "there is a gap between 24.9 and 25.1: no band holds 25.0" in problem.sentence.text()


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (ladder("green_infrastructure", 0, 1, 1, 3, 4), "the rungs give the points [0, 1, 1, 3, 4]"),
        (correction("green_infrastructure", TREES), "is a ladder, and the correction does not hold its five steps"),
        (replace(ladder(), rungs=(PrintedRung("none", 0),)), "does not hold its five steps"),
        (replace(correction(), rungs=(PrintedRung("none", 0),)), "is read by bands, and the correction holds none"),
        (correction(decimals=7), "7 is out of range"),
        (replace(correction(), indicator="dragons"), "has no indicator “dragons”"),
        (replace(correction(), edition="2014"), "has no indicator “climate_regulation”"),
        (correction(person=" "), "Say who read these bands"),
        (correction(source=""), "Say where these bands are printed"),
    ],
)
def test_what_does_not_fit_the_indicator_is_refused(wrong, words):
    with pytest.raises(CorrectionError, match=words.replace("[", r"\[")):
        proved(ASKED, wrong)


# Checks


def test_a_check_takes_the_caution_away_and_leaves_the_trust_word():
    answers = {"park_access": Decimal(40)}
    assert [one.indicator.id for one in score(ASKED, answers).to_be_checked] == ["park_access"]
    card = score(corrected(ASKED, CityBands(checks=(check(),))), answers)
    assert card.to_be_checked == ()
    assert [one.indicator.id for one in card.checked] == ["park_access"]
    one = card.to_dict()["indicators"][12]
    assert one["trust"] == {"rule": "confirmed", "bands": "implemented"}
    assert one["bands_checked"] == {
        "person": "Mei Yang",
        "on": "2026-11-20",
        "printing": "2021 printing, p. 66",
        "note": "",
    }


def changed(name, **update):
    """The edition with another definition of one indicator."""
    others = tuple(one.model_copy(update=update) if one.id == name else one for one in ASKED.indicators)
    return replace(ASKED, indicators=others)


def test_a_check_is_void_when_the_bands_of_the_definition_change():
    later = changed("park_access", bands=TREES)
    said = CityBands(checks=(check(),))
    assert later.hash == ASKED.hash  # the files were not touched here, only what was read from them
    assert corrected(later, said).band_checks == {}
    (problem,) = problems_of(later, said)
    assert (problem.severity, problem.code) == (Severity.NOTE, "check_void")
    assert "Mei Yang checked the bands on 2026-11-20, but" in problem.sentence.text()
    assert corrected(changed("park_access", why="Because."), said).band_checks != {}  # words do not matter


def test_a_fingerprint_follows_limits_decimals_units_and_steps():
    value = ASKED.indicator("park_access").value
    ladder_now = ASKED.indicator("green_infrastructure").ladder
    reworded = (ladder_now[0].model_copy(update={"text": "Nothing at all"}), *ladder_now[1:])
    assert fingerprint(ASKED, "park_access") == fingerprint(edition("2021", "zh_Hans"), "park_access")
    for other in (
        changed("park_access", bands=TREES),
        changed("park_access", value=value.model_copy(update={"decimals": 2})),
        changed("park_access", value=value.model_copy(update={"unit": "‰"})),
    ):
        assert fingerprint(other, "park_access") != fingerprint(ASKED, "park_access")
    other = changed("green_infrastructure", ladder=reworded)
    assert fingerprint(other, "green_infrastructure") != fingerprint(ASKED, "green_infrastructure")


def test_a_correction_outlives_a_change_of_the_definition_and_asks_to_look():
    later = changed("climate_regulation", bands=bands("< 5", "5–9.9", "10–19.9", "20–29.9", "≥ 30"))
    said = CityBands(corrections=(correction(),))
    assert corrected(later, said).band_corrections["climate_regulation"] == correction()
    (problem,) = problems_of(later, said)
    assert (problem.severity, problem.code) == (Severity.WARNING, "definition_changed")


def test_a_correction_goes_before_a_check():
    said = CityBands(checks=(check("climate_regulation"),), corrections=(correction(),))
    card = canopy(said)
    assert (card.result("climate_regulation").check, card.checked) == (None, ())
    assert card.result("climate_regulation").correction is not None


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        (check(person=" "), "Say who compared the bands"),
        (check(on=date(2026, 11, 21)), "2026-11-21 is still to come"),
        (check(edition="2014"), "has no indicator"),
    ],
)
def test_a_check_without_a_name_or_from_the_future_is_refused(wrong, words):
    with pytest.raises(CorrectionError, match=words):
        proved_check(ASKED, wrong, date(2026, 11, 20))


# What papers hold


@pytest.mark.parametrize(
    "spoiled",
    [
        {"time": "yesterday"},
        {"bands": "five"},
        {"bands": [{"points": 0, "below": 10.5}]},
        {"bands": [{"points": 0, "below": "1e999999"}]},
        {"bands": [{"points": 0, "below": "NaN"}]},
        {"bands": [{"points": 0, "below": "1", "above": "2"}]},
        {"bands": [{"points": 9, "below": "1"}]},
        {"decimals": True},
        {"rungs": [{"points": 0}]},
        {"indicator": 8},
        {"person": ""},
    ],
)
def test_a_spoiled_paper_is_named_and_the_others_hold(spoiled):
    good, bad = to_content(correction()), {**to_content(correction()), **spoiled}
    said = read_city_bands([{"indicator": "park_access"}, to_content(check())], [bad, good])
    assert (said.corrections, said.checks) == ((correction(),), (check(),))
    assert [problem.code for problem in said.problems] == ["city_bands_unreadable"] * 2
    assert [one.code for one in problems_of(ASKED, said)] == ["city_bands_unreadable"] * 2


# What is typed


def typed_trees(number_format="en", **first):
    typed = replace(typed_as(ASKED.indicator("climate_regulation"), number_format), source="p. 60")
    texts = {int(name.removeprefix("band")): text for name, text in first.items()}
    changed_bands = tuple(replace(one, first=texts.get(one.points, one.first)) for one in typed.bands)
    return replace(typed, bands=changed_bands)


def told(typed):
    read = read_typed(ASKED, "climate_regulation", typed, "Mei", TIME)
    return {points: sentence.text() for points, sentence in read.beside.items()}


def test_a_typed_limit_is_read_strictly_beside_its_band():
    assert told(typed_trees(band0="12,5")) == {0: "“12,5” can be read in two ways: 12.5 or 125?"}
    assert told(typed_trees(band4="")) == {4: "There is nothing to read: type a number."}
    assert told(typed_trees(band4="1e15")) == {4: "“1e15” has more digits than a limit can have."}
    assert told(typed_trees(band1="26")) == {1: "the lower limit is larger than the upper one: swap them"}
    assert "there is a gap between 9.9 and 11.0: no band holds 10.0" in told(typed_trees(band1="11.0"))[1]


def test_a_typed_correction_is_what_the_fields_say():
    typed = typed_trees("de")
    assert typed.bands[1] == TypedBand(1, "between", "10,0", "24,9")
    upper = replace(typed.bands[3], second="79,9")
    top = TypedBand(4, "at_least", "80")
    read = read_typed(
        ASKED, "climate_regulation", replace(typed, bands=(*typed.bands[:3], upper, top)), "Mei Yang", TIME
    )
    assert not read.beside
    assert corrected(ASKED, CityBands(corrections=(read.correction,))).indicator("climate_regulation").bands == tuple(
        corrected(ASKED, CityBands(corrections=(correction(),))).indicator("climate_regulation").bands
    )
    assert read.correction.source == "p. 60"


def test_a_typed_ladder_keeps_only_texts_of_its_own():
    indicator = edition("2021", "zh_Hans").indicator("green_infrastructure")
    typed = typed_as(indicator, "zh_Hans")
    rungs = (*typed.rungs[:2], replace(typed.rungs[2], text="政策草案正在起草"), *typed.rungs[3:])
    read = read_typed(edition("2021", "zh_Hans"), "green_infrastructure", replace(typed, rungs=rungs), "Mei", TIME)
    assert [rung.text for rung in read.correction.rungs] == ["", "", "政策草案正在起草", "", ""]
    twice = replace(typed, rungs=tuple(replace(one, points=1) for one in typed.rungs))
    wrong = read_typed(ASKED, "green_infrastructure", twice, "Mei", TIME)
    assert wrong.correction is None
    assert "the rungs give the points [1, 1, 1, 1, 1]" in wrong.wrong[0].text()

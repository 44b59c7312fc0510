"""Planning in the reader's words: what a change takes, how likely points are, where a change comes from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from cbi.amounts import WHOLE_KINDS
from cbi.definitions.models import Indicator
from cbi.gathering import SIGNS
from cbi.i18n import Sentence, in_a_row, listed, listed_apart, say, translate
from cbi.labels import QUALITIES
from cbi.numbers import exact_text, measured, plain_text, round_half_up
from cbi.over_time import SpeciesCount
from cbi.planning.attribution import Attribution, Part
from cbi.planning.effort import Effort, Looking, Survey, expected_text
from cbi.planning.firmness import DRAWS, Firm
from cbi.planning.levers import HUNDRED
from cbi.planning.next_point import Outlook, Shift, shifts
from cbi.planning.plan import Achieved, Plan, PlannedStep, Scale
from cbi.planning.ranges import Coverage, Form, GradeRanges, Spread
from cbi.planning.rounding import OnTheEdge
from cbi.planning.target import Proposal, Step, may_move
from cbi.scoring import Result, Scorecard
from cbi.scoring.scorecard import MOST_POINTS
from cbi.wording import Reader, is_counted, points, unit_of

TENTH = Fraction(1, 10)
SMALL = Fraction(1, 100)

PARTS = {
    Part.REAL: say("Real change in the figures"),
    Part.DENOMINATOR: say("Changed area or population"),
    Part.NEWLY_SCORED: say("Newly scored"),
    Part.NO_LONGER_SCORED: say("No longer scored"),
    Part.EDITION: say("Changed edition"),
}

EFFORTS = {Effort.OBSERVERS: say("observers"), Effort.DAYS: say("days"), Effort.RECORDS: say("records")}

SCALES = {
    Scale.OWN: say("Own estimate"),
    Scale.GRADE: say("1 (easy) to 5 (hard)"),
    Scale.COST: say("Cost"),
}


CHANCES = say(
    "The longer a part, the likelier its points; the figure in it is the points, a thick frame marks today's. "
    "Indicators that no range can change are left out."
)
"""How the picture of the chances is read."""


# What a step lifts


def start_text(step: Step | PlannedStep) -> str:
    """Write the points that a step begins at; a dash where there are none, for missing is never zero."""
    return str(step.start) if step.scored else "–"


def lift_text(step: Step | PlannedStep) -> str:
    """Write from which points to which a step leads."""
    return f"{start_text(step)} → {step.end}"


def achieved_text(done: Achieved) -> Sentence:
    """Say from which points to which a step of a plan leads, and what later years achieved of it."""
    facts = {"start": start_text(done.step), "end": done.step.end}
    if done.reached is not None:
        return say("{start} → {end} points: reached in {year}", year=done.reached, **facts)
    if not done.points:
        return say("{start} → {end} points: no later year yet", **facts)
    year, count = done.points[-1]
    if count is None:
        if done.late:
            return say("{start} → {end} points: overdue, not scored in {year}", year=year, **facts)
        return say("{start} → {end} points: not scored in {year}", year=year, **facts)
    if done.late:
        return say("{start} → {end} points: overdue, {points} in {year}", year=year, points=count, **facts)
    return say("{start} → {end} points: on the way, {points} in {year}", year=year, points=count, **facts)


# What a target takes


def target_title(proposal: Proposal) -> Sentence:
    """Head a target: only where efforts were given is it the least effort, else it is one choice of many."""
    if proposal.efforts_given or not proposal.steps:
        return say("{target} points with the least effort", target=proposal.target)
    return say("{target} points: one choice of many", target=proposal.target)


def step_effort_text(reader: Reader, proposal: Proposal, step: Step) -> str:
    """Write the effort of a step, and mark the one that nobody gave."""
    if not proposal.efforts_given:
        return say("not given").text(reader.language)
    effort = reader.number(exact_text(step.effort))
    return effort if step.given else say("{effort} (not given)", effort=effort).text(reader.language)


def no_efforts_text() -> Sentence:
    """Say what a proposal is worth for which nobody gave an effort."""
    return say(
        "No efforts were given: every point counts alike, so many other choices cost the same. This one was taken "
        "because it moves few indicators and earlier numbers go first, not because it is easier. Give the effort of "
        "each point first."
    )


def assumed_text(reader: Reader, proposal: Proposal) -> Sentence | None:
    """Say which steps rest on an effort that nobody gave, and what it was taken to be; None where there are none."""
    if not proposal.assumed:
        return None
    return say(
        "Nobody gave the effort of: no. {numbers}. Each of their points counts as the highest effort that was given, "
        "{effort}, so that not knowing is no advantage.",
        numbers=listed(str(step.number) for step in proposal.assumed),
        effort=reader.number(exact_text(proposal.assumed[0].each)),
    )


def out_of_reach_text(card: Scorecard, proposal: Proposal) -> Sentence:
    """Say how far the indicators that may move lead, and whether more of them would lead farther."""
    farthest = sum(MOST_POINTS - (result.points or 0) for result in card.results if may_move(result))
    if proposal.most < card.total.points + farthest:
        return say(
            "Out of reach: the indicators that may move lead to {most} points at most. Let more of them move.",
            most=proposal.most,
        )
    return say(
        "Out of reach this year: all indicators that can gain points lead to {most} points at most. Those that do not "
        "apply, or that wait for an earlier count, cannot.",
        most=proposal.most,
    )


def takes_text(reader: Reader, card: Scorecard, indicator: str, wanted: int) -> str:
    """Say what it takes to lift an indicator to some points; one that is not scored yet must be answered first."""
    result = card.result(indicator)
    if not result.is_scored:
        return translate("answer it first: it is not scored yet", reader.language)
    if (result.points or 0) >= wanted:
        return translate("reached", reader.language)
    found = shifts(card, result, wanted)
    return shift_text(reader, result.indicator, found[0]) if found else not_alone_text(reader.language)


def step_takes_text(reader: Reader, card: Scorecard, plan: Plan, one: Achieved) -> str:
    """Say what a step of a plan still takes by a year's figures; empty once it is reached, or in another edition."""
    if one.reached is not None or card.edition.id != plan.edition or card.edition.find(one.step.indicator) is None:
        return ""
    told = takes_text(reader, card, one.step.indicator, one.step.end)
    return say("What it takes: {told}", told=told).text(reader.language)


def not_alone_text(language: str) -> str:
    """Say that no single figure can lift an indicator."""
    return translate("no single figure can do it alone", language)


# What a change takes


def is_small(shift: Shift) -> bool:
    """Tell whether a change is near at hand: one rung, one more, or at most a tenth of the figure."""
    if shift.change is None:
        return bool(shift.rung)
    if shift.kind in WHOLE_KINDS | {"checklist"} and abs(shift.change) == 1:
        return True
    return shift.share is not None and shift.share <= TENTH


def first_move(outlook: Outlook) -> Shift | None:
    """Give the change that staff can make first to gain a point; None at the top, or where no figure can do it."""
    return outlook.up[0] if outlook.up else None


def shift_text(reader: Reader, indicator: Indicator, shift: Shift) -> str:
    """Say the smallest change of one figure: ``another 3.055 km² of “Natural area”``, ``2 more agencies``, a rung.

    The points that it gives are said where it skips a band.
    """
    if shift.rung:
        return shift.text[0]
    told = _shift(reader, indicator, shift)
    if shift.reached != shift.points:
        told = say("{told} (then {points})", told=told, points=points(shift.reached, reader.language))
    return told.text(reader.language)


def _shift(reader: Reader, indicator: Indicator, shift: Shift) -> Sentence:
    unit = SIGNS.get(shift.unit, shift.unit) or ("ha" if shift.kind in ("area", "list of area") else "")
    if shift.joined:
        areas = [measured(reader.number(plain_text(area)), unit or "ha", reader.language) for area in shift.joined]
        return say("the groups of {areas} connected with one another", areas=listed_apart(areas))
    change = shift.change or Decimal(0)
    more, size = change > 0, reader.number(plain_text(abs(change)))
    if shift.kind == "checklist":
        facts = {"count": size, "items": listed_apart(shift.text)}
        return say("{count} more of: {items}", **facts) if more else say("{count} fewer of: {items}", **facts)
    if shift.slightest:
        facts = {"label": shift.label}
        if more:
            return say("any more of “{label}”, however little", **facts)
        return say("any less of “{label}”, however little", **facts)
    if shift.kind == "value":
        amount = measured(size, unit, reader.language)
        if unit == "%":
            facts = {"size": size}
            return (
                say("{size} percentage points more", **facts) if more else say("{size} percentage points less", **facts)
            )
        return say("{amount} more", amount=amount) if more else say("{amount} less", amount=amount)
    if _counts_itself(reader, indicator, shift):
        amount = measured(size, unit_of(indicator, abs(change)), reader.language)
        return say("{amount} more", amount=amount) if more else say("{amount} fewer", amount=amount)
    amount = measured(size, unit, reader.language)
    if shift.kind == "list of area":
        facts = {"amount": amount}
        if more:
            return say("another {amount} in the largest connected group", **facts)
        return say("{amount} less in the largest connected group", **facts)
    facts = {"amount": amount, "label": shift.label}
    if shift.kind == "species":
        return (
            say("{amount} more species in “{label}”", **facts)
            if more
            else say("{amount} fewer species in “{label}”", **facts)
        )
    if shift.kind == "people":
        return (
            say("{amount} more people in “{label}”", **facts)
            if more
            else say("{amount} fewer people in “{label}”", **facts)
        )
    if shift.kind in WHOLE_KINDS:
        return say("{amount} more of “{label}”", **facts) if more else say("{amount} fewer of “{label}”", **facts)
    return say("another {amount} of “{label}”", **facts) if more else say("{amount} less of “{label}”", **facts)


def _counts_itself(reader: Reader, indicator: Indicator, shift: Shift) -> bool:
    """Tell whether the value of the indicator is the very count that moves: agencies, projects, events."""
    own = any(way.measure == "as_given" and shift.place == (indicator.id, way.of["amount"]) for way in indicator.ways)
    return own and is_counted(reader.edition, indicator)


def also_moves(reader: Reader, shift: Shift) -> str:
    """Say which other indicators hang on the same figure; empty where none does."""
    if not shift.others:
        return ""
    return say("also moves no. {numbers}", numbers=listed(shift.others)).text(reader.language)


# How firm


def chance_text(reader: Reader, chance: Fraction, *, exact: bool = True) -> str:
    """Write a chance in whole percent; what is neither never nor always is never written as 0 or 100.

    What came out of every draw of a sample (``exact`` False) is not certain for that.
    """
    if not exact and chance == 1:
        return say("over {percent} %", percent=99).text(reader.language)
    if 0 < chance < SMALL:
        return say("under {percent} %", percent=1).text(reader.language)
    if 1 - SMALL < chance < 1:
        return say("over {percent} %", percent=99).text(reader.language)
    return f"{reader.number(round_half_up(chance * HUNDRED, 0))} %"


def edge_text(reader: Reader, edge: OnTheEdge) -> str:
    """Say of points that hang on rounding what a hair in the figures would do."""
    result, asked = edge.result, edge.result.indicator.value
    unit = (asked.unit or "") if asked else ""
    return say(
        "{exact} reads as {value}: {points}; at {other} it would be {other_points}",
        exact=f"{reader.exact(result.exact or Fraction(0))} {unit}".strip(),
        value=f"{reader.number(result.value or Decimal(0))} {unit}".strip(),
        points=points(result.points or 0, reader.language),
        other=f"{reader.number(edge.other)} {unit}".strip(),
        other_points=points(edge.points, reader.language),
    ).text(reader.language)


def thin_count(thin: int, coverage: Coverage) -> str:
    """Write how many indicators stand on thin ice; a dash where no range is known and none was found by rounding."""
    return "–" if coverage.nothing_known and not thin else str(thin)


def unchanged_text(reader: Reader, coverage: Coverage) -> str:
    """Say why no indicator has chances: nothing is known, or what is known cannot change the points."""
    if coverage.nothing_known:
        told = say(
            "No scored indicator has a range or a quality grade with one: how firm these points are is not known."
        )
    else:
        told = say("None of the ranges that are known can change these points.")
    return told.text(reader.language)


def coverage_text(reader: Reader, coverage: Coverage) -> str:
    """Say how many scored indicators have no range at all; empty where every one has."""
    if not coverage.without:
        return ""
    told = [
        say(
            "Scored indicators without any range: {without} of {scored}. How firm these are is not known.",
            without=coverage.without,
            scored=coverage.scored,
        )
    ]
    if coverage.take_none:
        told.append(
            say("Steps of a ladder and checklists among them, which take no range: {count}.", count=coverage.take_none)
        )
    return in_a_row(one.text(reader.language) for one in told)


def firm_text(reader: Reader, today: int, firm: Firm, coverage: Coverage) -> str:
    """Say between which totals the points lie, or why nothing is known of that, and what has no range."""
    if not firm.indicators:
        return in_a_row((unchanged_text(reader, coverage), coverage_text(reader, coverage)))
    low, high = firm.likely()
    told = say(
        "Today {points} points; with the ranges of its figures {lowest} to {highest}, in nine of ten cases {low} to "
        "{high}.",
        points=today,
        lowest=firm.lowest,
        highest=firm.highest,
        low=low,
        high=high,
    )
    return in_a_row((told.text(reader.language), coverage_text(reader, coverage)))


def method_text(reader: Reader, firm: Firm) -> str:
    """State how chances were worked out."""
    assumed = say(
        "Every amount within a range counts as equally likely, and ranges as independent of one another. Amounts that "
        "would give a share beyond 100 % are left out."
    )
    if firm.exact:
        how = say("The chances are exact: each range is cut where the points change.")
    else:
        how = say(
            "Where one uncertain figure decides, the chance is exact: its range is cut where the points change. Where "
            "several work together, {draws} draws with a fixed seed are counted, so that the same figures always give "
            "the same chances; these may be off by about one or two percentage points.",
            draws=reader.number(DRAWS),
        )
    return in_a_row((how.text(reader.language), assumed.text(reader.language)))


def grades_text(reader: Reader, grades: GradeRanges) -> str:
    """Say which ranges the quality grades stand for; empty where they stand for none."""
    told = [
        say("{grade} ± {percent} %", grade=QUALITIES[grade], percent=reader.number(percent))
        for grade, percent in grades.items()
        if percent
    ]
    if not told:
        return ""
    return say(
        "Figures without a range of their own have that of their quality grade: {grades}.", grades=listed(told)
    ).text(reader.language)


def spread_text(reader: Reader, spread: Spread, unit: str) -> str:
    """Write a range as it was given."""
    sign = SIGNS.get(unit, unit)
    first = reader.number(spread.first)
    if spread.form is Form.PERCENT:
        return f"± {first} %"
    if spread.form is Form.PLUS_MINUS:
        return measured(f"± {first}", sign, reader.language)
    return measured(f"{first} – {reader.number(spread.second or spread.first)}", sign, reader.language)


# More looking


def doubt_text(reader: Reader, looking: Looking) -> str:
    """Warn that effort grew and the species with it; empty where there is nothing to warn of."""
    if not looking.doubtful:
        return ""
    grown = listed_apart(
        say("{what}: {before} → {after}", what=EFFORTS[effort], before=reader.number(before),
            after=reader.number(after))
        for effort, (before, after) in looking.grown.items()
    )  # fmt: skip
    return say(
        "{from_} to {to}: {change} more species, but the surveys grew too ({grown}). The rise may come from more "
        "looking.",
        from_=looking.before.year,
        to=looking.after.year,
        change=reader.number(looking.change),
        grown=grown,
    ).text(reader.language)


def too_few_text(reader: Reader, count: SpeciesCount, survey: Survey) -> str:
    """Warn of a survey with fewer records than species were counted; empty where it has enough, or none are known."""
    records = survey.known.get(Effort.RECORDS)
    if records is None or count.count is None or records >= count.count:
        return ""
    return say(
        "{year}: {records} records cannot show {count} species, for each takes at least one. Check both figures.",
        year=count.year,
        records=reader.number(records),
        count=reader.number(count.count),
    ).text(reader.language)


def _recorded(reader: Reader, count: SpeciesCount, survey: Survey) -> str:
    """Say that the records are of fewer or more species than were counted; empty where they agree."""
    if survey.seen == count.count:
        return ""
    return say(
        "In {year} the records are of {seen} species, while the count is {count}: only species with records are "
        "compared.",
        year=count.year,
        seen=reader.number(survey.seen),
        count=reader.number(count.count or 0),
    ).text(reader.language)


def equal_text(reader: Reader, looking: Looking) -> str:
    """Say how both surveys compare at equal effort; empty where the records of each species are not known."""
    equal = looking.equal
    if equal is None:
        return ""
    told = say(
        "At equal effort ({records} records drawn at random from each survey): {before} species on average in "
        "{from_}, {after} in {to}.",
        records=reader.number(equal.records),
        before=reader.number(expected_text(equal.before)),
        after=reader.number(expected_text(equal.after)),
        from_=looking.before.year,
        to=looking.after.year,
    )
    counts = zip((looking.before, looking.after), looking.surveys, strict=True)
    return in_a_row((told.text(reader.language), *(_recorded(reader, count, survey) for count, survey in counts)))


# Where a change comes from


def parts_told(found: Attribution) -> tuple[tuple[Part, int], ...]:
    """List the parts of a change in the order that they are told; a part of nothing is told only if it is real."""
    return tuple((part, found.points(part)) for part in Part if found.points(part) or part is Part.REAL)


def unsplit_text(reader: Reader, found: Attribution) -> str:
    """Say whose change could not be split; empty where every one could."""
    if not found.unsplit:
        return ""
    return say(
        "Indicators {numbers} hold a finished value in one of the years, or cannot be scored with the other year's "
        "area or population: their whole change counts as real.",
        numbers=listed(found.unsplit),
    ).text(reader.language)


def in_words(result: Result) -> str:
    """Name an indicator: its number and title."""
    return f"{result.indicator.number} · {result.indicator.title}"

"""Plausibility rules over a whole assessment, run from ``checks.yaml``. Their warnings never stop scoring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from cbi.amounts import AmountError, amount_of, factor_of
from cbi.assessment import Assessment, Entry
from cbi.definitions.edition import PROFILE, Edition
from cbi.definitions.models import Check
from cbi.gathering import Gathered, Known, Place, figure, owner_id, place_of, where
from cbi.i18n import Sentence, listed_apart, say
from cbi.numbers import Printed, plain_text, printed, round_half_up
from cbi.problems import Problem, Severity

HUNDRED = Fraction(100)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a rule looks at: what was answered, what is known from it, and what was answered last time."""

    edition: Edition
    assessment: Assessment
    gathered: Gathered
    previous: Assessment | None = None


def run(
    edition: Edition, assessment: Assessment, gathered: Gathered, previous: Assessment | None = None
) -> Iterator[Problem]:
    """Apply every rule of the edition; gives a warning for each that does not hold.

    ``previous`` is the city's assessment before this one, for the rules that look back.
    """
    facts = Facts(edition, assessment, gathered, previous)
    for check in edition.checks:
        yield from RELATIONS[check.relation](check, facts)


def _at_most(check: Check, facts: Facts) -> Iterator[Problem]:
    part, whole = (_known(reference, facts) for reference in check.inputs)
    if part is None or whole is None:
        return
    if _sum(part) > _sum(whole):
        yield _warning(
            check,
            facts.edition,
            part=part.asked.label,
            part_value=figure(part.entry, part.asked),
            whole=whole.asked.label,
            whole_value=figure(whole.entry, whole.asked),
        )


def _equal(check: Check, facts: Facts) -> Iterator[Problem]:
    first, second = (_known(reference, facts) for reference in check.inputs)
    if first is None or second is None:
        return
    one, other = _sum(first), _sum(second)
    if abs(one - other) * HUNDRED > Fraction(check.tolerance or 0) * max(one, other):
        yield _warning(
            check,
            facts.edition,
            first=first.asked.label,
            first_value=_total(first),
            second=second.asked.label,
            second_value=_total(second),
        )


def _different(check: Check, facts: Facts) -> Iterator[Problem]:
    """Look at the digits as they were typed, also where the figure itself cannot be used."""
    seen: dict[Decimal, list[tuple[str, Entry]]] = {}
    for reference in check.inputs:
        owner, name = _place(reference, facts.edition)
        entry = _entry(facts.assessment, owner, name)
        if entry is not None and isinstance(entry.value, Decimal) and entry.value.is_finite() and entry.value > 1:
            seen.setdefault(entry.value, []).append((facts.edition.input(owner, name).label, entry))
    for alike in seen.values():
        if len(alike) > 1:
            names = listed_apart(say("{label} ({figure})", label=label, figure=figure(entry)) for label, entry in alike)
            yield _warning(check, facts.edition, names=names, figure=figure(Entry(alike[0][1].value)))


def _share_of(check: Check, facts: Facts) -> Iterator[Problem]:
    stated, part_reference, whole_reference = check.inputs
    answer = facts.assessment.answers.get(stated.removeprefix("="))
    part = _known(part_reference, facts)
    whole = _known(whole_reference, facts)
    share = answer.finished.value if answer and answer.finished else None
    if part is None or whole is None or not _sum(whole):
        return
    if not isinstance(share, Decimal) or not share.is_finite() or share <= 0:
        return
    if (
        abs(_sum(part) - Fraction(share) * _sum(whole) / HUNDRED)
        > Fraction(check.tolerance or 0) * _sum(whole) / HUNDRED
    ):
        implied = _sum(part) * HUNDRED / Fraction(share) / factor_of(whole.entry, whole.asked.kind)
        yield _warning(
            check,
            facts.edition,
            share=Printed((Decimal(plain_text(share)),), "%"),
            part=part.asked.label,
            part_value=figure(part.entry, part.asked),
            whole=whole.asked.label,
            whole_value=figure(whole.entry, whole.asked),
            implied=figure(replace(whole.entry, value=_rounded(implied)), whole.asked),
        )


def _like_last_time(check: Check, facts: Facts) -> Iterator[Problem]:
    """Look for figures far from last time's; nothing is said of a zero, of which no figure is so many times as much."""
    factor = Fraction(check.factor or 0)
    for reference in check.inputs:
        pair = _stated_twice(reference, facts) if reference.startswith("=") else _known_twice(reference, facts)
        if pair is None:
            continue
        (now, shown_now), (then, shown_then) = pair.now, pair.then
        less, more = sorted((now, then))
        if less > 0 and more >= factor * less:
            yield _warning(
                check,
                facts.edition,
                pair.place,
                label=pair.label,
                now=shown_now,
                then=shown_then,
                year=facts.previous.year if facts.previous else None,
                times=printed(round_half_up(more / less, 0)),
            )


@dataclass(frozen=True, slots=True)
class _Twice:
    """A figure now and last time, each as an exact amount and as it was given."""

    place: Place
    label: str
    now: tuple[Fraction, Printed]
    then: tuple[Fraction, Printed]


def _known_twice(reference: str, facts: Facts) -> _Twice | None:
    now, (owner, name) = _known(reference, facts), _place(reference, facts.edition)
    entry = _entry(facts.previous, owner, name) if facts.previous else None
    if now is None or entry is None:
        return None
    try:
        then = Known(amount_of(entry, now.asked), entry, now.asked)
    except AmountError:
        return None  # what cannot be used of an earlier year is said there
    return _Twice((owner, name), now.asked.label, (_sum(now), _total(now)), (_sum(then), _total(then)))


def _stated_twice(reference: str, facts: Facts) -> _Twice | None:
    """Find a finished value of both years, given in the same unit."""
    indicator = facts.edition.indicator(reference.removeprefix("="))
    given = [one.answers.get(indicator.id) if one else None for one in (facts.assessment, facts.previous)]
    stated = [answer.finished for answer in given if answer and answer.finished]
    if len(stated) < 2 or len({entry.unit for entry in stated}) > 1:
        return None
    unit = indicator.value.unit if indicator.value else ""
    now, then = (
        (Fraction(entry.value), Printed((entry.value,), unit or ""))
        if isinstance(entry.value, Decimal) and entry.value.is_finite()
        else (Fraction(0), Printed(()))
        for entry in stated
    )
    return _Twice((indicator.id, ""), indicator.title, now, then)


RELATIONS = {
    "at_most": _at_most,
    "equal": _equal,
    "different": _different,
    "share_of": _share_of,
    "like_last_time": _like_last_time,
}


def _place(reference: str, edition: Edition) -> Place:
    owner, dot, name = reference.partition(".")
    return place_of(edition.indicator(owner), name) if dot else (PROFILE, owner)


def _known(reference: str, facts: Facts) -> Known | None:
    return facts.gathered.known.get(_place(reference, facts.edition))


def _entry(assessment: Assessment, owner: str, name: str) -> Entry | None:
    """Find a figure as it was typed, at its own place or under any indicator that shares it."""
    if owner == PROFILE and name in assessment.profile:
        return assessment.profile[name]
    answers = assessment.answers.values() if owner == PROFILE else filter(None, [assessment.answers.get(owner)])
    return next((answer.inputs[name] for answer in answers if name in answer.inputs), None)


def _sum(known: Known) -> Fraction:
    if isinstance(known.amount, tuple):
        return sum((area for area in known.amount if isinstance(area, Fraction)), Fraction(0))
    return known.amount if isinstance(known.amount, Fraction) else Fraction(0)


def _total(known: Known) -> Printed:
    """Write a figure; a list of areas as its sum, in the unit that it was given in."""
    if not isinstance(known.amount, tuple):
        return figure(known.entry, known.asked)
    total = _sum(known) / factor_of(known.entry, "area")
    return figure(replace(known.entry, value=_rounded(total)), known.asked)


def _rounded(value: Fraction) -> Decimal:
    return Decimal(plain_text(round_half_up(value, 2)))


def _warning(check: Check, edition: Edition, place: Place | None = None, **values: object) -> Problem:
    """Warn at a place (that of a finished value has no input), by default at the first input that the rule names."""
    owner, name = place or _place(next(one for one in check.inputs if not one.startswith("=")), edition)
    return Problem(
        Severity.WARNING,
        check.id,
        where(edition, owner),
        Sentence(check.message, values),
        owner_id(owner),
        name or None,
    )

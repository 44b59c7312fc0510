"""Plausibility rules over a whole assessment, run from ``checks.yaml``. Their warnings never stop scoring."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from cbi.assessment import Assessment, Entry
from cbi.definitions.edition import PROFILE, Edition
from cbi.definitions.models import Check
from cbi.gathering import Gathered, Known, Place, figure, owner_id, place_of, where
from cbi.i18n import Sentence, listed_apart, say
from cbi.numbers import exact_text, plain_text, round_half_up
from cbi.problems import Problem, Severity

HUNDRED = Fraction(100)


def run(edition: Edition, assessment: Assessment, gathered: Gathered) -> Iterator[Problem]:
    """Apply every rule of the edition; gives a warning for each that does not hold."""
    for check in edition.checks:
        yield from RELATIONS[check.relation](check, edition, assessment, gathered)


def _at_most(check: Check, edition: Edition, assessment: Assessment, gathered: Gathered) -> Iterator[Problem]:
    part, whole = (_known(reference, edition, gathered) for reference in check.inputs)
    if part is None or whole is None:
        return
    if _sum(part) > _sum(whole):
        yield _warning(
            check,
            edition,
            part=part.asked.label,
            part_value=figure(part.entry),
            whole=whole.asked.label,
            whole_value=figure(whole.entry),
        )


def _equal(check: Check, edition: Edition, assessment: Assessment, gathered: Gathered) -> Iterator[Problem]:
    first, second = (_known(reference, edition, gathered) for reference in check.inputs)
    if first is None or second is None:
        return
    one, other = _sum(first), _sum(second)
    if abs(one - other) * HUNDRED > Fraction(check.tolerance or 0) * max(one, other):
        yield _warning(
            check,
            edition,
            first=first.asked.label,
            first_value=_total(first),
            second=second.asked.label,
            second_value=_total(second),
        )


def _different(check: Check, edition: Edition, assessment: Assessment, gathered: Gathered) -> Iterator[Problem]:
    """Look at the digits as they were typed, also where the figure itself cannot be used."""
    seen: dict[Decimal, list[tuple[str, Entry]]] = {}
    for reference in check.inputs:
        owner, name = _place(reference, edition)
        entry = _entry(assessment, owner, name)
        if entry is not None and isinstance(entry.value, Decimal) and entry.value.is_finite() and entry.value > 1:
            seen.setdefault(entry.value, []).append((edition.input(owner, name).label, entry))
    for alike in seen.values():
        if len(alike) > 1:
            names = listed_apart(say("{label} ({figure})", label=label, figure=figure(entry)) for label, entry in alike)
            yield _warning(check, edition, names=names, figure=figure(Entry(alike[0][1].value)))


def _share_of(check: Check, edition: Edition, assessment: Assessment, gathered: Gathered) -> Iterator[Problem]:
    stated, part_reference, whole_reference = check.inputs
    answer = assessment.answers.get(stated.removeprefix("="))
    part = _known(part_reference, edition, gathered)
    whole = _known(whole_reference, edition, gathered)
    share = answer.finished.value if answer and answer.finished else None
    if part is None or whole is None or not _sum(whole):
        return
    if not isinstance(share, Decimal) or not share.is_finite() or share <= 0:
        return
    if (
        abs(_sum(part) - Fraction(share) * _sum(whole) / HUNDRED)
        > Fraction(check.tolerance or 0) * _sum(whole) / HUNDRED
    ):
        implied = round_half_up(_sum(part) * HUNDRED / Fraction(share), 2)
        unit = " ha" if whole.asked.kind == "area" else ""
        yield _warning(
            check,
            edition,
            share=f"{plain_text(share)} %",
            part=part.asked.label,
            part_value=figure(part.entry),
            whole=whole.asked.label,
            whole_value=figure(whole.entry),
            implied=f"{implied:f}{unit}",
        )


RELATIONS = {"at_most": _at_most, "equal": _equal, "different": _different, "share_of": _share_of}


def _place(reference: str, edition: Edition) -> Place:
    owner, dot, name = reference.partition(".")
    return place_of(edition.indicator(owner), name) if dot else (PROFILE, owner)


def _known(reference: str, edition: Edition, gathered: Gathered) -> Known | None:
    return gathered.known.get(_place(reference, edition))


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


def _total(known: Known) -> str:
    return f"{exact_text(_sum(known))} ha" if isinstance(known.amount, tuple) else figure(known.entry)


def _warning(check: Check, edition: Edition, **values: object) -> Problem:
    owner, name = _place(next(reference for reference in check.inputs if not reference.startswith("=")), edition)
    return Problem(
        Severity.WARNING, check.id, where(edition, owner), Sentence(check.message, values), owner_id(owner), name
    )

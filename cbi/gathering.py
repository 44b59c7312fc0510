"""What is known of every input, wherever it was given – and where two places disagree."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from cbi.amounts import Amount, AmountError, amount_of
from cbi.assessment import Assessment, Entry
from cbi.definitions.edition import EARLIER, PROFILE, Edition, home
from cbi.definitions.models import Indicator, OwnInput, SharedInput
from cbi.i18n import say
from cbi.numbers import Printed
from cbi.problems import Problem, Severity

Place = tuple[str, str]
"""Where an input is asked: (``profile`` or the id of an indicator, id of the input)."""


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that can be used: the exact amount, and the entry that it comes from."""

    amount: Amount
    entry: Entry
    asked: OwnInput


@dataclass(frozen=True, slots=True)
class Gathered:
    """Every usable figure by its place, the places where something is wrong, and what is wrong there."""

    edition: Edition
    known: Mapping[Place, Known]
    blocked: frozenset[Place]
    problems: tuple[Problem, ...] = field(default=())

    def of(self, indicator: Indicator) -> dict[str, Known]:
        """Give what is known of the inputs of one indicator, by their ids there."""
        places = {name: place_of(indicator, name) for name in indicator.inputs}
        return {name: self.known[place] for name, place in places.items() if place in self.known}

    def is_blocked(self, indicator: Indicator, names: Iterable[str]) -> bool:
        """Tell whether a figure of these inputs was given but cannot be used."""
        return any(place_of(indicator, name) in self.blocked for name in names)


def place_of(indicator: Indicator, name: str) -> Place:
    """Give the place of an input; a figure of an earlier year has its place at the indicator that uses it."""
    given = indicator.inputs[name]
    if isinstance(given, SharedInput) and given.from_ in EARLIER:
        return indicator.id, name
    return home(indicator.id, name, given)


def where(edition: Edition, owner: str) -> str:
    """Name an indicator as problems do (``8 protected_areas``), or the profile."""
    return PROFILE if owner == PROFILE else f"{edition.indicator(owner).number} {owner}"


def gather(
    edition: Edition, assessment: Assessment, baseline: Assessment | None = None, previous: Assessment | None = None
) -> Gathered:
    """Collect every figure of an assessment, and from earlier years what its indicators refer to.

    A profile figure may also be given under an indicator; two different figures for one input are an
    error that names both, and neither is used.
    """
    earlier = dict(zip(EARLIER, (baseline, previous), strict=True))
    given: dict[Place, list[tuple[str, Entry]]] = {}
    for name, entry in assessment.profile.items():
        if name in edition.profile_inputs:
            given.setdefault((PROFILE, name), []).append((PROFILE, entry))
    for indicator in edition.indicators:
        answer = assessment.answers.get(indicator.id)
        for name, source in indicator.inputs.items():
            place = place_of(indicator, name)
            if answer and name in answer.inputs:
                given.setdefault(place, []).append((indicator.id, answer.inputs[name]))
            if isinstance(source, SharedInput) and source.from_ in EARLIER:
                for entry in _figures(earlier[source.from_], source.input or name):
                    given.setdefault(place, []).append((source.from_, entry))
    known: dict[Place, Known] = {}
    problems: list[Problem] = []
    for place, entries in given.items():
        found, wrong = _settle(edition, place, entries)
        problems.extend(wrong)
        if found is not None:
            known[place] = found
    blocked = frozenset(place for place in given if place not in known)
    return Gathered(edition, known, blocked, tuple(problems))


def _figures(assessment: Assessment | None, name: str) -> Iterator[Entry]:
    """Find a profile figure of another year, in its profile or under an indicator."""
    if assessment is None:
        return
    if name in assessment.profile:
        yield assessment.profile[name]
        return
    for answer in assessment.answers.values():
        if name in answer.inputs:
            yield answer.inputs[name]
            return


def _settle(edition: Edition, place: Place, entries: list[tuple[str, Entry]]) -> tuple[Known | None, list[Problem]]:
    """Decide on one figure for a place: the only one, or none when one is wrong or two disagree."""
    owner, name = place
    asked = edition.input(owner, name)
    problems = []
    usable: list[tuple[str, Known]] = []
    for giver, entry in entries:
        try:
            usable.append((giver, Known(amount_of(entry, asked), entry, asked)))
        except AmountError as error:
            at = giver if giver not in EARLIER else owner
            problems.append(Problem(Severity.ERROR, error.code, where(edition, at), error.sentence, owner_id(at), name))
    if problems or not usable:
        return None, problems
    first_giver, first = usable[0]
    for giver, other in usable[1:]:
        if other.amount != first.amount:
            sentence = say(
                "{label}: two different figures, {first} ({first_place}) and {second} ({second_place}). "
                "Keep the right one.",
                label=asked.label,
                first=figure(first.entry, asked),
                first_place=_named(edition, first_giver),
                second=figure(other.entry, asked),
                second_place=_named(edition, giver),
            )
            at = giver if giver not in EARLIER else owner
            return None, [Problem(Severity.ERROR, "two_figures", where(edition, at), sentence, owner_id(at), name)]
    return first, []


def _named(edition: Edition, giver: str) -> object:
    names = {PROFILE: say("profile"), "baseline": say("baseline year"), "previous": say("previous survey")}
    return names.get(giver) or where(edition, giver)


def owner_id(owner: str) -> str | None:
    """Give the id of an indicator; None for the profile."""
    return None if owner == PROFILE else owner


def figure(entry: Entry, asked: OwnInput | None = None) -> Printed:
    """Give a figure with every digit as it was given, and its unit; an area without one was read as hectares."""
    parts = entry.value if isinstance(entry.value, tuple) else (entry.value,)
    is_area = asked is not None and asked.kind in ("area", "list of area")
    return Printed(parts, SIGNS.get(entry.unit, entry.unit) or ("ha" if is_area else ""))


SIGNS = {"km2": "km²", "m2": "m²", "mu": "亩", "wan_mu": "万亩", "sq_mi": "sq mi", "wan": "万"}

"""Areas within different boundaries: what the whole city measures by each place of a profile, and what fits none."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from cbi.citieswithnature.catalogue import Catalogue
from cbi.citieswithnature.figures import Quantity, beside, quantities_of, read_figure, sentences_of
from cbi.citieswithnature.measured import HUNDRED, Measured, Noticed, agree, label_of, named, names_of, problem_of
from cbi.citieswithnature.records import Profile
from cbi.definitions.edition import PROFILE
from cbi.gathering import figure as written
from cbi.i18n import Sentence, listed_apart, say
from cbi.numbers import NumberError, Printed, printed, round_half_up
from cbi.problems import Severity
from cbi.units import find_unit

CITY_AREA, POPULATION = "city_area", "population"
TWO_BOUNDARIES = "two_boundaries"
"""The code of the warning that a profile measures within different boundaries."""


@dataclass(frozen=True, slots=True)
class Implied:
    """The size of the whole city that a text implies by calling an area a share of it; in hectares."""

    part: Printed
    share: Printed
    whole: Printed
    amount: Fraction


def boundaries(measured: Sequence[Measured], implied: Sequence[Implied], known: Catalogue) -> Iterator[Noticed]:
    """Find figures for the whole city that differ too much to be one boundary, and areas that fit the larger only.

    The number of people goes with one of the boundaries too.
    """
    wholes = [one for one in measured if one.input == (PROFILE, CITY_AREA)]
    sizes = [one.amount for one in wholes] + [one.amount for one in implied]
    if not wholes or agree(min(sizes), max(sizes), known):
        return
    smallest = min(sizes)
    too_large = [one for one in measured if one.figure.kind == "area" and one.amount > smallest and one not in wholes]
    listing = listed_apart(
        [
            *(say("{figure} ({label})", figure=written(one.entry), label=one.part) for one in wholes),
            *(_as_share(one) for one in implied if one.amount > smallest),
        ]
    )
    label = label_of(wholes[0], known)
    if too_large:
        sentence = say(
            "The areas are measured within different boundaries. “{label}” may be: {wholes}. Only the larger one has "
            "room for: {names}. Choose one boundary and take every area within it; a share across two boundaries is "
            "wrong.",
            label=label,
            wholes=listing,
            names=names_of(too_large, known),
        )
    else:
        sentence = say(
            "The areas may be measured within different boundaries. “{label}” may be: {wholes}. Choose one boundary "
            "and take every area within it; a share across two boundaries is wrong.",
            label=label,
            wholes=listing,
        )
    concerned = frozenset(one.id for one in (*wholes, *too_large))
    yield Noticed(problem_of(TWO_BOUNDARIES, sentence, wholes[0], known), concerned)
    yield from _people(measured, wholes, known)


def _people(measured: Sequence[Measured], wholes: Sequence[Measured], known: Catalogue) -> Iterator[Noticed]:
    """Say within which of several boundaries the people were counted: a sentence names both, or none does."""
    people = [one for one in measured if one.input == (PROFILE, POPULATION)]
    if not people:
        return
    label, figures = label_of(people[0], known), listed_apart(dict.fromkeys(written(one.entry) for one in people))
    said = {one.found.sentence for one in people}
    beside_it = [one for one in wholes if one.found.sentence in said]
    if beside_it:
        sentence = say(
            "“{label}” ({figures}) stands in one sentence with the area of {whole}. Take it only if every area is "
            "measured within that boundary too: a figure per head across two boundaries is wrong.",
            label=label,
            figures=figures,
            whole=written(beside_it[0].entry),
        )
    else:
        sentence = say(
            "The profile does not say within which of its boundaries “{label}” ({figures}) was counted. Take it only "
            "if every area is measured within the same one: a figure per head across two boundaries is wrong.",
            label=label,
            figures=figures,
        )
    yield Noticed(problem_of("boundary_of_people", sentence, people[0], known), frozenset(one.id for one in people))


def implied_by(profile: Profile, known: Catalogue, numbers: str) -> Iterator[Implied]:
    """Find in free text an area that is called a share of the whole city; ``numbers`` is the locale of its numbers."""
    texts = [profile.about, *(action.description for action in profile.actions)]
    sentences = dict.fromkeys(sentence for text in texts for sentence in sentences_of(text))
    seen: set[tuple[str, str]] = set()
    for sentence in sentences:
        quantities = quantities_of(sentence)
        for part, share in pairwise(quantities):
            if (part.written, share.written) in seen or not _is_share(share, known):
                continue
            found = _whole_of(part, share, numbers)
            if found is not None:
                seen.add((part.written, share.written))
                yield found


def _is_share(share: Quantity, known: Catalogue) -> bool:
    words = known.platform.shares
    return share.is_percent and (beside(words.before, share.before) or beside(words.after, share.after))


def _whole_of(part: Quantity, share: Quantity, numbers: str) -> Implied | None:
    unit = find_unit(part.unit, "area") if part.unit else None
    try:
        area, percent = read_figure(part.written, numbers), read_figure(share.written, numbers)
    except NumberError:
        return None
    if unit is None or not 0 < percent <= HUNDRED:
        return None
    whole = Fraction(area) / Fraction(percent) * HUNDRED
    shown = printed(Fraction(round_half_up(whole, 1)), unit.sign)
    return Implied(printed(area, unit.sign), printed(percent, "%"), shown, whole * unit.factor)


def _as_share(one: Implied) -> Sentence:
    return say("{whole}, as {part} is called {share} of it", whole=one.whole, part=one.part, share=one.share)


def implied_agreements(measured: Sequence[Measured], implied: Sequence[Implied], known: Catalogue) -> Iterator[Noticed]:
    """Say where an area that a share implies is the one that another place gives."""
    wholes = [one for one in measured if one.input == (PROFILE, CITY_AREA)]
    for one in implied:
        for whole in wholes:
            if agree(one.amount, whole.amount, known):
                sentence = say(
                    "{part} is called {share} of the whole, which makes the whole {implied}. That agrees with "
                    "{figure}.",
                    part=one.part,
                    share=one.share,
                    implied=one.whole,
                    figure=named(whole, known),
                )
                yield Noticed(problem_of("implied_area", sentence, whole, known, Severity.NOTE), good=True)
                break

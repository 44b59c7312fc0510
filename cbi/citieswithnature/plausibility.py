"""What a careful reader notices in the figures of a profile: slips, two boundaries, and what agrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from cbi.amounts import factor_of
from cbi.assessment import Entry
from cbi.citieswithnature.catalogue import Catalogue
from cbi.citieswithnature.figures import Found, Quantity, beside, quantities_of, sentences_of
from cbi.citieswithnature.records import Profile
from cbi.definitions.edition import PROFILE
from cbi.definitions.platform import Figure, KnownAction
from cbi.gathering import figure as written
from cbi.gathering import where as named
from cbi.i18n import Listing, Sentence, listed, listed_apart, say
from cbi.numbers import NumberError, plain_text, read_number, round_half_up
from cbi.problems import Problem, Severity
from cbi.units import find_unit

CITY_AREA = "city_area"
TELLING_DIGITS = 3
"""From how many digits on the same figure in two places is no coincidence."""

HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Measured:
    """A figure that was found; ``id`` is that of the suggestion, ``owner`` the action of the mapping, if any.

    ``part`` is what people call the part of the profile that it stands in.
    """

    id: str
    found: Found
    entry: Entry
    part: object
    owner: KnownAction | None = None

    @property
    def figure(self) -> Figure:
        """The definition that it was found by."""
        return self.found.figure

    @property
    def input(self) -> tuple[str, str]:
        """The input that it answers."""
        return self.figure.owner, self.figure.input or ""

    @property
    def amount(self) -> Fraction:
        """The exact amount: hectares, persons, counts, percent."""
        value = Fraction(self.found.value) if self.found.value is not None else Fraction(0)
        return value * factor_of(self.entry, self.figure.kind)


@dataclass(frozen=True, slots=True)
class Implied:
    """The size of the whole city that a text implies by calling an area a share of it; in hectares."""

    part: str
    share: str
    whole: str
    amount: Fraction


@dataclass(frozen=True, slots=True)
class Noticed:
    """Something that was noticed, and the ids of the suggestions that it concerns; ``good`` if it speaks for them."""

    problem: Problem
    concerns: frozenset[str] = frozenset()
    good: bool = False


def noticed(profile: Profile, known: Catalogue, measured: Sequence[Measured]) -> tuple[Noticed, ...]:
    """Look across all figures of a profile: what fits, and what cannot be right together."""
    implied = tuple(_implied(profile, known))
    return (
        *_same_figures(measured, known),
        *_boundaries(measured, implied, known),
        *_sums(measured, known),
        *_agreements(measured, known),
        *_implied_agreements(measured, implied, known),
    )


def index_not_started(profile: Profile, known: Catalogue, answered: Sequence[str], scored: Sequence[str]) -> Noticed:
    """Say that the index chapter is empty although the profile has figures for some of its indicators."""
    numbers = listed(known.edition.indicator(name).number for name in answered)
    sentence = say(
        "The chapter on the index says that the city has not started, but the profile has figures for {answered} "
        "indicators ({numbers}). As they stand, {scored} of them can be scored.",
        answered=len(answered),
        numbers=numbers,
        scored=len(scored),
    )
    return Noticed(Problem(Severity.NOTE, "index_not_started", PROFILE, sentence))


# Slips


def _same_figures(measured: Sequence[Measured], known: Catalogue) -> Iterator[Noticed]:
    """Find one figure, digit for digit, that stands for different things."""
    groups: dict[Fraction, list[Measured]] = {}
    for one in measured:
        value = one.found.value
        if value is not None and len(value.normalize().as_tuple().digits) >= TELLING_DIGITS:
            groups.setdefault(Fraction(value), []).append(one)
    for alike in groups.values():
        if len({one.input for one in alike}) > 1:
            sentence = say(
                "The same figure stands for {count} different things: {names}. This is usually a slip: look each one "
                "up in its source.",
                count=len({one.input for one in alike}),
                names=_names(alike, known),
            )
            yield Noticed(_problem("same_figure", sentence, alike[0], known), frozenset(one.id for one in alike))


# Boundaries


def _boundaries(measured: Sequence[Measured], implied: Sequence[Implied], known: Catalogue) -> Iterator[Noticed]:
    """Find figures for the whole city that differ too much to be one boundary, and areas that fit the larger only."""
    wholes = [one for one in measured if one.input == (PROFILE, CITY_AREA)]
    sizes = [one.amount for one in wholes] + [one.amount for one in implied]
    if not wholes or _agree(min(sizes), max(sizes), known):
        return
    smallest = min(sizes)
    too_large = [one for one in measured if one.figure.kind == "area" and one.amount > smallest and one not in wholes]
    listing = listed_apart(
        [
            *(say("{figure} ({label})", figure=written(one.entry), label=one.part) for one in wholes),
            *(_as_share(one) for one in implied if one.amount > smallest),
        ]
    )
    label = _label(wholes[0], known)
    if too_large:
        sentence = say(
            "The areas are measured within different boundaries. “{label}” may be: {wholes}. Only the larger one has "
            "room for: {names}. Choose one boundary and take every area within it; a share across two boundaries is "
            "wrong.",
            label=label,
            wholes=listing,
            names=_names(too_large, known),
        )
    else:
        sentence = say(
            "The areas may be measured within different boundaries. “{label}” may be: {wholes}. Choose one boundary "
            "and take every area within it; a share across two boundaries is wrong.",
            label=label,
            wholes=listing,
        )
    concerned = frozenset(one.id for one in (*wholes, *too_large))
    yield Noticed(_problem("two_boundaries", sentence, wholes[0], known), concerned)


def _agree(one: Fraction, other: Fraction, known: Catalogue) -> bool:
    return abs(one - other) * HUNDRED <= Fraction(known.platform.tolerance) * max(one, other)


def _implied(profile: Profile, known: Catalogue) -> Iterator[Implied]:
    """Find in free text an area that is called a share of the whole city."""
    texts = [profile.about, *(action.description for action in profile.actions)]
    sentences = dict.fromkeys(sentence for text in texts for sentence in sentences_of(text))
    seen: set[tuple[str, str]] = set()
    for sentence in sentences:
        quantities = quantities_of(sentence)
        for part, share in pairwise(quantities):
            if (part.written, share.written) in seen or not _is_share(share, known):
                continue
            found = _whole_of(part, share)
            if found is not None:
                seen.add((part.written, share.written))
                yield found


def _is_share(share: Quantity, known: Catalogue) -> bool:
    words = known.platform.shares
    return share.is_percent and (beside(words.before, share.before) or beside(words.after, share.after))


def _whole_of(part: Quantity, share: Quantity) -> Implied | None:
    unit = find_unit(part.unit, "area") if part.unit else None
    try:
        area, percent = read_number(part.written), read_number(share.written)
    except NumberError:
        return None
    if unit is None or not 0 < percent <= HUNDRED:
        return None
    whole = Fraction(area) / Fraction(percent) * HUNDRED
    shown = f"{plain_text(round_half_up(whole, 1))} {unit.sign}"
    return Implied(f"{area:f} {unit.sign}", f"{percent:f} %", shown, whole * unit.factor)


def _as_share(one: Implied) -> Sentence:
    return say("{whole}, as {part} is called {share} of it", whole=one.whole, part=one.part, share=one.share)


# What agrees, and what does not


def _sums(measured: Sequence[Measured], known: Catalogue) -> Iterator[Noticed]:
    """Add up the figures of one sentence that belong together."""
    by_action = {one.owner.id: one.owner for one in measured if one.owner}
    for action in by_action.values():
        figures = {one.figure.id: one for one in measured if one.owner is action}
        for total in action.sums:
            if not {total.whole, *total.parts} <= figures.keys():
                continue
            whole, parts = figures[total.whole], [figures[name] for name in total.parts]
            if whole.amount and _agree(sum((one.amount for one in parts), Fraction(0)), whole.amount, known):
                sentence = say(
                    "These figures fit together: {parts} add up to {whole}.",
                    parts=_names(parts, known),
                    whole=_named(whole, known),
                )
                yield Noticed(_problem("adds_up", sentence, whole, known, Severity.NOTE), good=True)
            else:
                sentence = say(
                    "{parts} do not add up to {whole}, although they should: look all of them up in their source.",
                    parts=_names(parts, known),
                    whole=_named(whole, known),
                )
                concerned = frozenset(one.id for one in (whole, *parts))
                yield Noticed(_problem("does_not_add_up", sentence, whole, known), concerned)


def _agreements(measured: Sequence[Measured], known: Catalogue) -> Iterator[Noticed]:
    """Compare what two places of the profile say of one input; areas of the city are a matter of boundaries."""
    for position, one in enumerate(measured):
        for other in measured[position + 1 :]:
            if other.input != one.input:
                continue
            both = say("{first} and {second}", first=written(one.entry), second=written(other.entry))
            label = _label(one, known)
            if one.amount == other.amount:
                sentence = say("Two places of the profile agree on “{label}”: {both}.", label=label, both=both)
                yield Noticed(_problem("agrees", sentence, one, known, Severity.NOTE), good=True)
            elif one.input != (PROFILE, CITY_AREA):
                sentence = say(
                    "Two places of the profile differ on “{label}”: {both}. Find out which one is right.",
                    label=label,
                    both=both,
                )
                yield Noticed(_problem("two_figures", sentence, one, known), frozenset((one.id, other.id)))


def _implied_agreements(
    measured: Sequence[Measured], implied: Sequence[Implied], known: Catalogue
) -> Iterator[Noticed]:
    wholes = [one for one in measured if one.input == (PROFILE, CITY_AREA)]
    for one in implied:
        for whole in wholes:
            if _agree(one.amount, whole.amount, known):
                sentence = say(
                    "{part} is called {share} of the whole, which makes the whole {implied}. That agrees with "
                    "{figure}.",
                    part=one.part,
                    share=one.share,
                    implied=one.whole,
                    figure=_named(whole, known),
                )
                yield Noticed(_problem("implied_area", sentence, whole, known, Severity.NOTE), good=True)
                break


# Words


def _label(one: Measured, known: Catalogue) -> str:
    owner, name = one.input
    return known.edition.input(owner, name).label if name else known.edition.indicator(owner).title


def _named(one: Measured, known: Catalogue) -> Sentence:
    return say("{figure} ({label})", figure=written(one.entry), label=_label(one, known))


def _names(measured: Sequence[Measured], known: Catalogue) -> Listing:
    return listed_apart(_named(one, known) for one in measured)


def _problem(
    code: str, sentence: Sentence, one: Measured, known: Catalogue, severity: Severity = Severity.WARNING
) -> Problem:
    owner, name = one.input
    return Problem(
        severity, code, named(known.edition, owner), sentence, None if owner == PROFILE else owner, name or None
    )

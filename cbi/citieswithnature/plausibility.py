"""What a careful reader notices in the figures of a profile: slips, two boundaries, and what agrees."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from cbi.citieswithnature.boundaries import CITY_AREA, boundaries, implied_agreements, implied_by
from cbi.citieswithnature.catalogue import Catalogue
from cbi.citieswithnature.measured import Measured, Noticed, agree, label_of, named, names_of, problem_of
from cbi.citieswithnature.records import Profile
from cbi.definitions.edition import PROFILE
from cbi.gathering import figure as written
from cbi.i18n import listed, say
from cbi.problems import Problem, Severity

TELLING_DIGITS = 3
"""From how many digits on the same figure in two places is no coincidence."""


def noticed(
    profile: Profile, known: Catalogue, measured: Sequence[Measured], numbers: str = "en"
) -> tuple[Noticed, ...]:
    """Look across all figures of a profile: what fits, and what cannot be right together.

    ``numbers`` is the locale that the numbers of its text are written in.
    """
    implied = tuple(implied_by(profile, known, numbers))
    return (
        *_same_figures(measured, known),
        *boundaries(measured, implied, known),
        *_sums(measured, known),
        *_agreements(measured, known),
        *implied_agreements(measured, implied, known),
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
                names=names_of(alike, known),
            )
            yield Noticed(problem_of("same_figure", sentence, alike[0], known), frozenset(one.id for one in alike))


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
            if whole.amount and agree(sum((one.amount for one in parts), Fraction(0)), whole.amount, known):
                sentence = say(
                    "These figures fit together: {parts} add up to {whole}.",
                    parts=names_of(parts, known),
                    whole=named(whole, known),
                )
                yield Noticed(problem_of("adds_up", sentence, whole, known, Severity.NOTE), good=True)
            else:
                sentence = say(
                    "{parts} do not add up to {whole}, although they should: look all of them up in their source.",
                    parts=names_of(parts, known),
                    whole=named(whole, known),
                )
                concerned = frozenset(one.id for one in (whole, *parts))
                yield Noticed(problem_of("does_not_add_up", sentence, whole, known), concerned)


def _agreements(measured: Sequence[Measured], known: Catalogue) -> Iterator[Noticed]:
    """Compare what two places of the profile say of one input; areas of the city are a matter of boundaries."""
    for position, one in enumerate(measured):
        for other in measured[position + 1 :]:
            if other.input != one.input:
                continue
            both = say("{first} and {second}", first=written(one.entry), second=written(other.entry))
            label = label_of(one, known)
            if one.amount == other.amount:
                sentence = say("Two places of the profile agree on “{label}”: {both}.", label=label, both=both)
                yield Noticed(problem_of("agrees", sentence, one, known, Severity.NOTE), good=True)
            elif one.input != (PROFILE, CITY_AREA):
                sentence = say(
                    "Two places of the profile differ on “{label}”: {both}. Find out which one is right.",
                    label=label,
                    both=both,
                )
                yield Noticed(problem_of("two_figures", sentence, one, known), frozenset((one.id, other.id)))

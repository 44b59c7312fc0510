"""From what is known of an indicator's inputs to its exact value – or why there can be none."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple, Protocol

from cbi.amounts import LARGEST_POWER, WHOLE_KINDS
from cbi.assessment import Answer, Entry
from cbi.definitions.models import Indicator, OwnInput, Value, Way
from cbi.gathering import Known, figure
from cbi.i18n import Sentence, listed, listed_apart, say
from cbi.measures import HUNDRED, MEASURES
from cbi.numbers import printed, round_half_up
from cbi.problems import Severity
from cbi.units import find_unit


class ImpossibleError(Exception):
    """A value that cannot be true; the indicator is not scored. ``input`` is the id of the input it is due to."""

    def __init__(self, code: str, sentence: Sentence, name: str | None = None) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.input = name


class Notice(Protocol):
    """Writes down a problem of the indicator that is being scored."""

    def __call__(self, severity: Severity, code: str, sentence: Sentence, name: str | None = None) -> None: ...


class Formed(NamedTuple):
    """A value and the way that it was formed by; no way for a finished value."""

    exact: Fraction
    way: Way | None


def from_inputs(
    indicator: Indicator, value: Value, answer: Answer, known: Mapping[str, Known], notice: Notice
) -> Formed | None:
    """Take the way that the city chose, or the first that is complete; None if none is."""
    complete = [way for way in indicator.ways if all(name in known for name in way.of.values())]
    if answer.way:
        if answer.way not in {way.id for way in indicator.ways}:
            raise ImpossibleError(
                "unknown_way",
                say(
                    "There is no measure “{found}”. Choose one of: {known}.",
                    found=answer.way,
                    known=listed(way.id for way in indicator.ways),
                ),
            )
        complete = [way for way in complete if way.id == answer.way]
    elif value.choose and len(complete) > 1:
        raise ImpossibleError(
            "choose_measure",
            say(
                "Inputs of two measures are given: {first}, and {second}. Choose one of them.",
                first=complete[0].label,
                second=complete[1].label,
            ),
        )
    if not complete:
        return None
    way = complete[0]
    exact = _value_of(way, known, value.decimals)
    for other in complete[1:]:
        also = _value_of(other, known, value.decimals)
        if round_half_up(also, value.decimals) != round_half_up(exact, value.decimals):
            notice(
                Severity.WARNING,
                "ways_differ",
                say(
                    "{first} gives {value}, {second} gives {other_value}. The first is scored.",
                    first=way.label,
                    value=printed(exact),
                    second=other.label,
                    other_value=printed(also),
                ),
            )
    return Formed(exact, way)


def _value_of(way: Way, known: Mapping[str, Known], decimals: int) -> Fraction:
    """Form the exact value by one way; raises :class:`ImpossibleError` for what cannot be true.

    A share that reads as 100.0 % is possible: 1 925.53 km² and 288.83 万亩 are the same area, each rounded.
    """
    measure = MEASURES[way.measure]
    inputs = {role: known[name] for role, name in way.of.items()}
    if measure.same_currency:
        _same_currency(list(inputs.values()))
    try:
        exact = measure.function(**{role: given.amount for role, given in inputs.items()})
    except ZeroDivisionError:
        zero = next(name for name in way.of.values() if not _is_positive(known[name]))
        raise ImpossibleError(
            "division_by_zero",
            say(
                "{label} is 0, and nothing can be divided by nothing. Enter the real figure.",
                label=known[zero].asked.label,
            ),
            zero,
        ) from None
    if measure.highest is not None and round_half_up(exact, decimals) > measure.highest:
        part, *_, whole = way.of
        raise ImpossibleError(
            "part_exceeds_whole",
            say(
                "{part} ({part_value}) is larger than {whole} ({whole_value}), an impossible share: {share} %. "
                "Check the units, and that both figures are of the same boundary.",
                part=inputs[part].asked.label,
                part_value=figure(inputs[part].entry, inputs[part].asked),
                whole=inputs[whole].asked.label,
                whole_value=figure(inputs[whole].entry, inputs[whole].asked),
                share=printed(round_half_up(exact, decimals)),
            ),
            way.of[part],
        )
    return exact


def _is_positive(given: Known) -> bool:
    amount = given.amount
    if isinstance(amount, tuple):
        return any(isinstance(area, Fraction) and area > 0 for area in amount)
    return isinstance(amount, Fraction) and amount > 0


def _same_currency(inputs: list[Known]) -> None:
    """Refuse a share of money in two currencies, or in one that is named on one side only."""
    money = [given for given in inputs if given.asked.kind == "money"]
    currencies = {unit.currency if (unit := find_unit(given.entry.unit, "money")) else "" for given in money}
    if len(currencies) > 1:
        named = listed_apart(
            say("{label}: {figure}", label=given.asked.label, figure=figure(given.entry, given.asked))
            for given in money
        )
        raise ImpossibleError(
            "currencies_differ",
            say("Both sides of the share must be in the same currency. Found: {named}.", named=named),
        )


def checked_finished(indicator: Indicator, value: Value, entry: Entry) -> Fraction:
    """Check a finished value that the city states; raises :class:`ImpossibleError` for what cannot be true."""
    if not isinstance(entry.value, Decimal) or not entry.value.is_finite():
        raise ImpossibleError(
            "not_a_number", say("The finished value must be a number; “{found}” was found.", found=figure(entry))
        )
    kinds = {_kind(indicator, name) for way in indicator.ways for name in way.of.values()}
    if entry.value < 0 and "change" not in kinds:
        raise ImpossibleError(
            "negative",
            say(
                "{label}: {found} is negative. Only 0 or more is possible.",
                label=indicator.title,
                found=printed(entry.value),
            ),
        )
    if value.unit == "%" and entry.value > HUNDRED:
        raise ImpossibleError(
            "impossible_share",
            say(
                "An impossible share: {found} %. Check that it is stated in percent of the whole.",
                found=printed(entry.value),
            ),
        )
    if abs(entry.value.adjusted()) > LARGEST_POWER:
        raise ImpossibleError(
            "beyond_reason",
            say("“{found}” is beyond reason for a figure of a city: write it out in full.", found=entry.value),
        )
    stated = Fraction(entry.value)
    counted = value.decimals == 0 and kinds & (WHOLE_KINDS | {"checklist"}) and not _is_ratio(indicator)
    if counted and stated.denominator != 1:
        raise ImpossibleError(
            "not_whole",
            say(
                "{label}: {found} is not a whole number. Only whole ones can be counted.",
                label=indicator.title,
                found=printed(entry.value),
            ),
        )
    return stated


def _is_ratio(indicator: Indicator) -> bool:
    return any(way.measure == "per_head" for way in indicator.ways)


def _kind(indicator: Indicator, name: str) -> str:
    asked = indicator.inputs[name]
    return asked.kind if isinstance(asked, OwnInput) else ""

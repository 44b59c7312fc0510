"""From a given figure to the exact amount that is scored: hectares, persons, counts – or what is wrong with it."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from cbi.assessment import Entry
from cbi.definitions.models import OwnInput
from cbi.i18n import Sentence, listed, say
from cbi.numbers import printed
from cbi.units import find_unit, signs

Amount = Fraction | str | tuple[Fraction, ...] | tuple[str, ...]
"""What a measure works on: an exact amount, a list of areas in hectares, the items of a checklist, a text."""

WHOLE_KINDS = frozenset(("people", "species", "count", "change"))
"""Things that come one by one, so that half of one is a slip."""

LARGEST_POWER = 18
"""The power of ten beyond which no figure of a city lies."""

NUMBER_KINDS = frozenset((*WHOLE_KINDS, "area", "money", "percent", "amount"))


class AmountError(ValueError):
    """A figure that cannot be scored: ``code`` for programs, ``sentence`` for people."""

    def __init__(self, code: str, sentence: Sentence) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence


def factor_of(entry: Entry, kind: str) -> Fraction:
    """Give how much of the plain unit (hectare, person, one of the currency) one of the entry's unit is.

    A figure without unit is in the plain unit. Raises :class:`AmountError` for a unit that does not fit.
    """
    if not entry.unit or kind == "amount":
        return Fraction(1)
    unit = find_unit(entry.unit, kind)
    if unit is None:
        raise AmountError(
            "unknown_unit",
            say(
                "“{unit}” is not a unit that fits here. Use one of: {known}.",
                unit=entry.unit,
                known=listed(signs(kind)),
            ),
        )
    return unit.factor


def amount_of(entry: Entry, asked: OwnInput) -> Amount:
    """Turn a figure into the exact amount that measures work on, in the plain unit of its kind.

    Raises :class:`AmountError` for what cannot be: a text where a number is due, a negative area, half a
    species, a figure that is not finite.
    """
    if asked.kind == "list of area":
        if not isinstance(entry.value, tuple) or not all(isinstance(area, Decimal) for area in entry.value):
            raise AmountError("not_a_number", say("{label}: areas are expected, joined by “;”.", label=asked.label))
        factor = factor_of(entry, "area")
        return tuple(_number(area, asked) * factor for area in entry.value if isinstance(area, Decimal))
    if asked.kind in NUMBER_KINDS:
        if not isinstance(entry.value, Decimal):
            raise AmountError(
                "not_a_number",
                say("{label}: a number is expected, “{found}” was found.", label=asked.label, found=entry.value),
            )
        amount = _number(entry.value, asked) * factor_of(entry, asked.kind)
        if asked.kind in WHOLE_KINDS and amount.denominator != 1:
            raise AmountError(
                "not_whole",
                say(
                    "{label}: {found} is not a whole number. Only whole ones can be counted.",
                    label=asked.label,
                    found=printed(entry.value),
                ),
            )
        return amount
    if asked.kind == "checklist":
        return tuple(str(item) for item in entry.value) if isinstance(entry.value, tuple) else (str(entry.value),)
    return str(entry.value)


def _number(value: Decimal, asked: OwnInput) -> Fraction:
    if not value.is_finite():
        raise AmountError("not_finite", say("“{found}” cannot be scored: type the figure itself.", found=value))
    if value < 0 and asked.kind != "change":
        raise AmountError(
            "negative",
            say("{label}: {found} is negative. Only 0 or more is possible.", label=asked.label, found=printed(value)),
        )
    if abs(value.adjusted()) > LARGEST_POWER:
        raise AmountError(
            "beyond_reason",
            say("“{found}” is beyond reason for a figure of a city: write it out in full.", found=value),
        )
    return Fraction(value)

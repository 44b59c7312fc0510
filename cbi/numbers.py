"""Numbers as people type them, read strictly by locale and written back; rounding as the bands are read.

A wrong guess here is a tenfold error in a published score, so nothing is guessed: what could mean two
things is refused, with both readings. Symbols and grouping come from Unicode CLDR through Babel.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_DOWN, Decimal, InvalidOperation, localcontext
from fractions import Fraction

from cbi.i18n import LANGUAGES, Sentence, Worded, say, translate

MOST_DIGITS = 30
LARGEST_EXPONENT = 15

_SPACES = re.compile(r"[\s\u00a0\u2007\u2009\u202f]+")
_MARKS = re.compile("[\u200e\u200f\u061c\u2066-\u2069\ufeff]")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:(?P<gap>[ '])\d{3})(?:(?P=gap)\d{3})*(?=\D|$)")
_SHAPE = re.compile(r"[+-]?[\d.,٫٬،⹁' ]*\d[\d.,٫٬،⹁' ]*")
_RAISED = re.compile(r"\d\s*[⁰¹²³⁴-⁹₀-₉]|[⁰¹²³⁴-⁹₀-₉]\s*\d")
_IN_THREES = re.compile(r"[+-]?\d{1,3}(?P<mark>[.,])\d{3}(?:(?P=mark)\d{3})+")
_EXPONENT = re.compile(r"(?P<mantissa>[+-]?[\d.,]+)e(?P<exponent>[+-]?\d{1,9})", re.IGNORECASE)
_PLAIN_WHOLE = re.compile(r"[+-]?\d+")
_PLAIN_POINT = re.compile(r"[+-]?\d+\.\d+")  # both languages of the program write a point; spares loading Babel
_NOT_FINITE = re.compile(r"[+-]?(nan|inf|infinity|∞)", re.IGNORECASE)


class NumberError(ValueError):
    """A text that is no number: a ``code`` for programs and a ``sentence`` that says what would be right.

    ``readings`` are the numbers that may have been meant, as they are written where the text was to be read.
    """

    def __init__(self, code: str, sentence: Sentence, readings: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.readings = readings


def read_number(text: str, locale: str = "en") -> Decimal:
    """Read a number as it is written in ``locale`` (a CLDR id such as ``de`` or ``zh_Hans``).

    Full-width digits, digits of other scripts and any kind of space or apostrophe between groups of three
    are understood everywhere. Returns the digits as typed, exactly. Raises :class:`NumberError` for what
    is empty, not a number, not finite, beyond reason, or could be read in two ways.
    """
    cleaned = _clean(text)
    if has_raised_digits(text):
        raise _not_a_number(text, locale)
    if not cleaned:
        raise NumberError("empty", say("There is nothing to read: type a number."))
    if _NOT_FINITE.fullmatch(cleaned):
        raise NumberError("not_finite", say("“{found}” cannot be scored: type the figure itself.", found=text))
    exponent = 0
    if match := _EXPONENT.fullmatch(cleaned):
        cleaned, exponent = match["mantissa"], int(match["exponent"])
    if not _SHAPE.fullmatch(cleaned):
        raise _not_a_number(text, locale)
    digits = sum(character.isdigit() for character in cleaned)
    if abs(exponent) > LARGEST_EXPONENT or digits > MOST_DIGITS:
        raise NumberError(
            "beyond_reason", say("“{found}” is beyond reason for a figure of a city: write it out in full.", found=text)
        )
    if match := _GROUPED.match(cleaned):
        cleaned = match[0].replace(match["gap"], "") + cleaned[match.end() :]
    number = _read_in_locale(cleaned, locale, text)
    with localcontext() as context:
        context.prec = MOST_DIGITS
        return number.scaleb(exponent)


def has_raised_digits(text: str) -> bool:
    """Tell whether raised or lowered digits stand beside others, as in 10²: folding them would make it 102."""
    return _RAISED.search(text) is not None


def _clean(text: str) -> str:
    folded = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    folded = "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in folded)
    folded = _SPACES.sub(" ", folded).strip()
    for dash in "-−‒–":
        if folded.startswith(dash):
            folded = "-" + folded[1:].lstrip()
    return folded.replace("’", "'").replace("ʼ", "'")


def _read_in_locale(cleaned: str, locale: str, found: str) -> Decimal:
    if _PLAIN_WHOLE.fullmatch(cleaned) or (locale in LANGUAGES and _PLAIN_POINT.fullmatch(cleaned)):
        return Decimal(cleaned)
    from babel.numbers import NumberFormatError, parse_decimal  # Babel loads locale data: only when it is needed

    cleaned = _in_symbols_of(locale, cleaned)
    try:
        return parse_decimal(cleaned, locale=locale, strict=True)
    except (NumberFormatError, InvalidOperation):
        suggestions = _meant(cleaned, locale)
    if len(suggestions) > 1:
        first, second = suggestions[:2]
        raise NumberError(
            "ambiguous_number",
            say("“{found}” can be read in two ways: {first} or {second}?", found=found, first=first, second=second),
            suggestions,
        )
    if suggestions:
        raise NumberError(
            "ill_formed_number",
            say("“{found}” is not written as numbers are here: {first}?", found=found, first=suggestions[0]),
            suggestions,
        )
    raise _not_a_number(found, locale)


def _in_symbols_of(locale: str, cleaned: str) -> str:
    """Put marks that can mean one thing only into the symbols of ``locale``: Arabic marks, spaces between groups."""
    from babel.numbers import get_decimal_symbol, get_group_symbol

    group = get_group_symbol(locale)
    cleaned = cleaned.replace("٫", get_decimal_symbol(locale))
    for mark in "٬،⹁":
        cleaned = cleaned.replace(mark, group)
    return cleaned.replace(" ", group) if group.isspace() else cleaned


def _not_a_number(found: str, locale: str) -> NumberError:
    pattern = write_number(Decimal("1234.5"), locale)
    return NumberError(
        "not_a_number",
        say("“{found}” is not a number: type digits only, such as {pattern}.", found=found, pattern=pattern),
    )


def _meant(cleaned: str, locale: str) -> tuple[str, ...]:
    """What may have been meant, the decimal reading first; with two different marks the last is the decimal."""
    last = max(cleaned.rfind("."), cleaned.rfind(","))
    if last < 0:
        return ()
    whole, part = re.sub(r"[^\d+-]", "", cleaned[:last]), cleaned[last + 1 :]
    readings = []
    if part.isdigit() and cleaned.count(cleaned[last]) == 1:
        readings.append(write_number(Decimal(f"{whole or '0'}.{part}"), locale, grouped=False))
    both = "." in cleaned and "," in cleaned
    if _IN_THREES.fullmatch(cleaned) or (cleaned.count(cleaned[last]) == 1 and not both):
        joined = re.sub(r"[^\d-]", "", cleaned)
        readings.append(write_number(Decimal(joined), locale, grouped=False))
    return tuple(dict.fromkeys(readings))


def write_number(value: Decimal, locale: str = "en", *, grouped: bool = True) -> str:
    """Write a number as readers of ``locale`` expect it, with every digit that it has, zeros at its end included."""
    if locale in LANGUAGES:  # both languages of the program group by commas; spares loading Babel
        return f"{value:,f}" if grouped else f"{value:f}"
    from babel.numbers import format_decimal, get_decimal_symbol

    whole, _, decimals = f"{value:f}".partition(".")
    with localcontext() as context:
        context.prec = 60  # Babel rounds in the context's precision: 28 digits would not hold every number
        text = format_decimal(Decimal(whole), locale=locale, decimal_quantization=False, group_separator=grouped)
    return f"{text}{get_decimal_symbol(locale)}{decimals}" if decimals else text


MINUS = "−"
"""The sign of less, as it is printed; a hyphen is shorter and easily overlooked."""


def printed_number(value: Decimal, locale: str = "en") -> str:
    """Write a number to be read, not to be typed over: as :func:`write_number` does, with a true sign of less."""
    return write_number(value, locale).replace("-", MINUS)


@dataclass(frozen=True, slots=True)
class Printed(Worded):
    """Numbers within a sentence, written in the format of whoever reads it, with the unit behind them.

    As a plain text (``str``) they stand digit for digit as they were given.
    """

    parts: tuple[Decimal | str, ...]
    unit: str = ""

    def text(self, language: str = "en", numbers: str | None = None) -> str:
        """Write the numbers in the reader's format."""
        return measured(self._joined(lambda number: printed_number(number, numbers or language)), self.unit, language)

    def __str__(self) -> str:
        return f"{self._joined(lambda number: f'{number:f}')} {self.unit}".strip()

    def _joined(self, write: Callable[[Decimal], str]) -> str:
        return "; ".join(write(one) if isinstance(one, Decimal) and one.is_finite() else f"{one}" for one in self.parts)


def measured(number: str, unit: str, language: str) -> str:
    """Put a unit, in the words of ``language``, behind a number: after a space, but for a Chinese word in Chinese."""
    said = translate(unit, language)
    gap = "" if language == "zh_Hans" and said[:1] >= "\u4e00" else " "
    return f"{number}{gap}{said}".strip()


def printed(value: Fraction | Decimal, unit: str = "") -> Printed:
    """Give a number for a sentence; a fraction as far as :func:`exact_text` writes it."""
    return Printed((value if isinstance(value, Decimal) else Decimal(exact_text(value)),), unit)


def round_half_up(value: Fraction | Decimal, decimals: int) -> Decimal:
    """Round to ``decimals`` places, halves away from zero: the way a printed band is read.

    Exact for every fraction: 6.95 becomes 7.0, and 6.949999… stays 6.9 however many nines follow.
    """
    scaled = Fraction(value) * 10**decimals
    doubled = 2 * abs(scaled.numerator) + scaled.denominator
    whole = doubled // (2 * scaled.denominator)
    sign = -1 if scaled < 0 and whole else 1
    return Decimal(sign * whole).scaleb(-decimals)


def round_up(value: Fraction, decimals: int) -> Decimal:
    """Round towards the larger number at ``decimals`` places, so that the stated amount is always enough."""
    return Decimal(-((-value.numerator * 10**decimals) // value.denominator)).scaleb(-decimals)


LONGEST_EXACT = 10
SHOWN_DECIMALS = 5


def exact_text(value: Fraction) -> str:
    """Write a value before rounding: in full if it ends within ten decimals, else cut off after five.

    It is cut off and not rounded so that a value just below an edge never looks as if it had reached it.
    """
    with localcontext() as context:
        context.prec = 60
        quotient = Decimal(value.numerator) / Decimal(value.denominator)
        whole = quotient.quantize(Decimal(1).scaleb(-LONGEST_EXACT), rounding=ROUND_DOWN)
        if Fraction(whole) == value:
            return plain_text(whole)
        return f"{quotient.quantize(Decimal(1).scaleb(-SHOWN_DECIMALS), rounding=ROUND_DOWN):f}"


def plain_text(value: Decimal) -> str:
    """Write a decimal without exponent and without needless zeros at its end: 24.30 becomes 24.3."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text

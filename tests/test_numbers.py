"""Numbers as people type them: what is read, what is refused and with which words, and how values are rounded."""

from decimal import Decimal
from fractions import Fraction

import pytest
from babel.localedata import locale_identifiers
from babel.numbers import format_decimal
from hypothesis import given
from hypothesis import strategies as st

from cbi.i18n import LANGUAGES, say
from cbi.numbers import (
    NumberError,
    Printed,
    exact_text,
    plain_text,
    printed,
    read_number,
    round_half_up,
    round_up,
    write_number,
)

READ = [
    ("1,205.51", "en", "1205.51"),
    ("1205.51", "en", "1205.51"),
    ("1.205,51", "de", "1205.51"),
    ("1 205,51", "fr", "1205.51"),  # plain space
    ("1\u00a0205,51", "fr", "1205.51"),  # no-break space
    ("1\u202f205,51", "fr", "1205.51"),  # narrow no-break space
    ("1\u2009205,51", "de", "1205.51"),  # thin space
    ("1 205.51", "en", "1205.51"),
    ("1 000 000", "en", "1000000"),
    ("1’205.51", "de_CH", "1205.51"),
    ("1'205.51", "en", "1205.51"),
    ("12,34,567.8", "en_IN", "1234567.8"),
    ("１２．５", "en", "12.5"),
    ("１２．５", "zh_Hans", "12.5"),
    ("１，２０５．５１", "zh_Hans", "1205.51"),
    ("１２，５", "de", "12.5"),
    ("١٢٣", "en", "123"),
    ("٣٫١٤", "ar_EG", "3.14"),
    ("१२३", "hi", "123"),
    ("  12.5 ", "en", "12.5"),
    ("\ufeff12.5", "en", "12.5"),
    ("\u200e-12.5", "en", "-12.5"),
    (".5", "en", "0.5"),
    (",5", "de", "0.5"),
    ("5.", "en", "5"),
    ("007", "en", "7"),
    ("+5", "en", "5"),
    ("-5", "en", "-5"),
    ("- 5", "en", "-5"),
    ("−5", "en", "-5"),  # minus sign
    ("– 5", "en", "-5"),  # dash, as word processors make it
    ("12,500", "en", "12500"),
    ("12,500", "de", "12.500"),
    ("1.205", "de", "1205"),
    ("1e5", "en", "100000"),
    ("1.2E+05", "en", "120000"),
    ("1,5e3", "de", "1500"),
    ("1e-5", "en", "0.00001"),
    ("1" * 30, "en", "1" * 30),
    ("0.12345678901234567890123456789", "en", "0.12345678901234567890123456789"),
]


@pytest.mark.parametrize(("text", "locale", "number"), READ)
def test_read(text, locale, number):
    assert read_number(text, locale) == Decimal(number)


def test_digits_stay_as_typed():
    assert str(read_number("12.50")) == "12.50"
    assert str(read_number("1,205.510")) == "1205.510"


REFUSED = [
    ("", "en", "empty", "type a number"),
    (" \u00a0 ", "en", "empty", "type a number"),
    ("NaN", "en", "not_finite", "“NaN” cannot be scored"),
    ("inf", "en", "not_finite", "“inf” cannot be scored"),
    ("-Infinity", "en", "not_finite", "cannot be scored"),
    ("∞", "en", "not_finite", "cannot be scored"),
    ("1e16", "en", "beyond_reason", "write it out in full"),
    ("1e-16", "en", "beyond_reason", "write it out in full"),
    ("1e400", "en", "beyond_reason", "write it out in full"),
    ("1e999999999", "en", "beyond_reason", "write it out in full"),
    ("1" * 31, "en", "beyond_reason", "beyond reason for a figure of a city"),
    ("12,5", "en", "ambiguous_number", "12.5 or 125?"),
    ("-12,5", "en", "ambiguous_number", "-12.5 or -125?"),
    ("0,5", "en", "ambiguous_number", "0.5 or 5?"),
    ("12,34", "zh_Hans", "ambiguous_number", "12.34 or 1234?"),
    ("12.5", "de", "ambiguous_number", "12,5 or 125?"),
    ("1,2055", "en", "ambiguous_number", "1.2055 or 12055?"),
    ("1 000,5", "en", "ambiguous_number", "1000.5 or 10005?"),
    ("1.205,51", "en", "ill_formed_number", "1205.51?"),
    ("1,205.51", "de", "ill_formed_number", "1205,51?"),
    ("1.000.000", "en", "ill_formed_number", "1000000?"),
    ("-1.000.000", "en", "ill_formed_number", "-1000000?"),
    ("1,23,456.7", "en", "ill_formed_number", "123456.7?"),
    ("12.5.", "en", "not_a_number", "such as 1,234.5"),
    ("1.2.3", "de", "not_a_number", "such as 1.234,5"),
    ("10, 20, 30", "en", "not_a_number", "such as 1,234.5"),
    ("12 34", "en", "not_a_number", "“12 34” is not a number"),
    ("12 34", "fr", "not_a_number", "“12 34” is not a number"),
    ("5-", "en", "not_a_number", "“5-” is not a number"),
    ("--5", "en", "not_a_number", "is not a number"),
    ("-", "en", "not_a_number", "is not a number"),
    (".", "en", "not_a_number", "is not a number"),
    ("abc", "en", "not_a_number", "“abc” is not a number"),
    ("12abc", "en", "not_a_number", "is not a number"),
    ("0x10", "en", "not_a_number", "is not a number"),
    ("1_000", "en", "not_a_number", "is not a number"),
    ("1/2", "en", "not_a_number", "is not a number"),
    ("1½", "en", "not_a_number", "is not a number"),
    ("10²", "en", "not_a_number", "is not a number"),  # folding it would make it 102
    ("10⁵", "en", "not_a_number", "is not a number"),
    ("十二", "zh_Hans", "not_a_number", "is not a number"),
    ("12.5 %", "en", "not_a_number", "is not a number"),  # the sign is the matter of cbi.reading
]


@pytest.mark.parametrize(("text", "locale", "code", "words"), REFUSED)
def test_refused(text, locale, code, words):
    with pytest.raises(NumberError) as caught:
        read_number(text, locale)
    assert caught.value.code == code
    assert words in caught.value.sentence.text()


@given(st.text(max_size=20), st.sampled_from(["en", "de", "fr", "zh_Hans", "ar_EG", "en_IN"]))
def test_any_text_is_a_finite_number_or_refused(text, locale):
    try:
        assert read_number(text, locale).is_finite()
    except NumberError as error:
        assert error.sentence.text()


@given(st.text("0123456789.,' -+eE%亩", max_size=12), st.sampled_from(["en", "de", "fr", "de_CH"]))
def test_nothing_that_was_typed_is_lost(text, locale):
    """The digits of what is read are the digits of the text, whatever stands between them."""
    try:
        number = read_number(text, locale)
    except NumberError:
        return
    mantissa = text.upper().partition("E")[0]
    typed = "".join(character for character in mantissa if character.isdigit()).lstrip("0")
    assert "".join(map(str, number.as_tuple().digits)).lstrip("0") == typed


LOCALES = sorted(locale_identifiers())
FIGURES = st.decimals(allow_nan=False, allow_infinity=False, places=None, min_value=-(10**12), max_value=10**12).map(
    lambda number: number.quantize(Decimal("0.000001")).normalize() + 0
)


@given(st.sampled_from(LOCALES), FIGURES, st.booleans())
def test_text_to_number_to_text_is_stable(locale, number, grouped):
    text = write_number(number, locale, grouped=grouped)
    back = read_number(text, locale)
    assert back == number
    assert write_number(back, locale, grouped=grouped) == text


def test_every_locale_reads_what_it_writes():
    for locale in LOCALES:
        for number in (Decimal("1234567.89"), Decimal("-1205.5"), Decimal("0.05")):
            assert read_number(write_number(number, locale), locale) == number, locale


@pytest.mark.parametrize(
    ("value", "decimals", "rounded"),
    [
        ("6.94", 1, "6.9"),
        ("6.95", 1, "7.0"),
        ("6.949999999999999999999999999999999999", 1, "6.9"),
        ("20.04", 1, "20.0"),
        ("20.05", 1, "20.1"),
        ("0.95", 1, "1.0"),
        ("0.4", 0, "0"),
        ("0.5", 0, "1"),
        ("2.5", 0, "3"),
        ("-0.4", 0, "0"),
        ("-0.5", 0, "-1"),
        ("200.49", 0, "200"),
    ],
)
def test_rounding(value, decimals, rounded):
    assert str(round_half_up(Decimal(value), decimals)) == rounded


def test_rounding_of_a_fraction_without_end():
    assert round_half_up(Fraction(139, 10) + Fraction(1, 20) - Fraction(1, 10**40), 1) == Decimal("13.9")
    assert round_half_up(Fraction(2, 3), 1) == Decimal("0.7")


def _half_up_by_digits(whole: int, digits: str, decimals: int) -> str:
    """Round as at school: look at the first digit that is dropped, and carry one if it is 5 or more."""
    kept, dropped = digits[:decimals], digits[decimals : decimals + 1]
    carried = int(f"{whole}{kept}") + (1 if dropped >= "5" else 0)
    text = str(carried).rjust(decimals + 1, "0")
    return f"{text[:-decimals]}.{text[-decimals:]}" if decimals else text


@given(st.integers(0, 10**9), st.text("0123456789", min_size=6, max_size=25), st.integers(0, 5), st.booleans())
def test_half_up_equals_rounding_by_digits(whole, digits, decimals, negative):
    sign = "-" if negative else ""
    expected = _half_up_by_digits(whole, digits, decimals)
    assert round_half_up(Decimal(f"{sign}{whole}.{digits}"), decimals) == Decimal(sign + expected)


@given(st.fractions(min_value=-(10**6), max_value=10**6), st.integers(0, 5))
def test_half_up_equals_rounding_by_integers(value, decimals):
    scaled = abs(value) * 10**decimals
    below = scaled.numerator // scaled.denominator
    nearest = below if scaled - below < Fraction(1, 2) else below + 1
    assert Fraction(round_half_up(value, decimals)) == (1 if value >= 0 else -1) * Fraction(nearest, 10**decimals)


@given(st.fractions(min_value=0, max_value=10**6), st.integers(0, 5))
def test_round_up_is_enough_and_no_more(value, decimals):
    rounded = Fraction(round_up(value, decimals))
    assert value <= rounded < value + Fraction(1, 10**decimals)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Fraction("67.70018"), "67.70018"),
        (Fraction(1, 4), "0.25"),
        (Fraction(2, 3), "0.66666"),  # cut off, not rounded
        (Fraction("6.94999999999999"), "6.94999"),  # never looks as if it had reached 6.95
        (Fraction(100), "100"),
        (Fraction(-5), "-5"),
    ],
)
def test_exact_text(value, text):
    assert exact_text(value) == text


@pytest.mark.parametrize(
    ("value", "text"), [("24.30", "24.3"), ("24", "24"), ("100", "100"), ("1E+5", "100000"), ("0.0", "0")]
)
def test_plain_text(value, text):
    assert plain_text(Decimal(value)) == text


@pytest.mark.parametrize(
    ("locale", "text"),
    [("en", "1,205.51"), ("de", "1.205,51"), ("fr", "1\u202f205,51"), ("zh_Hans", "1,205.51"), ("de_CH", "1’205.51")],
)
def test_write(locale, text):
    assert write_number(Decimal("1205.51"), locale) == text


# Numbers within sentences


@pytest.mark.parametrize(
    ("language", "numbers", "said"),
    [
        ("en", None, "1,205.50 km² and −7"),
        ("en", "de", "1.205,50 km² and −7"),
        ("en", "fr", "1\u202f205,50 km² and −7"),
        ("zh_Hans", None, "1,205.50 km²与−7"),
        ("zh_Hans", "de", "1.205,50 km²与−7"),
    ],
)
def test_a_sentence_writes_its_numbers_as_its_reader_does(language: str, numbers: str | None, said: str) -> None:
    area, change = Printed((Decimal("1205.50"),), "km²"), printed(Decimal(-7))
    assert say("{first} and {second}", first=area, second=change).text(language, numbers) == said
    assert (str(area), str(change)) == ("1205.50 km²", "-7")  # for programs: digit for digit


def test_a_list_within_a_sentence_and_what_is_no_number() -> None:
    assert Printed((Decimal(12000), Decimal("0.5")), "ha").text("en", "de") == "12.000; 0,5 ha"
    assert Printed((Decimal("NaN"),)).text() == "NaN"
    assert Printed(("elements",)).text("en", "de") == "elements"


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15))
def test_without_babel_both_languages_are_written_as_babel_does(number: Decimal) -> None:
    whole, _, decimals = f"{number:f}".partition(".")
    for locale in LANGUAGES:
        expected = format_decimal(Decimal(whole), locale=locale, decimal_quantization=False)
        assert write_number(number, locale) == f"{expected}.{decimals}"

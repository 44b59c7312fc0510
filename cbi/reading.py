"""From what a person typed to a figure: number, unit, rung, checklist – or a sentence that says what would be right."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from cbi.amounts import WHOLE_KINDS
from cbi.assessment import Answer, Assessment, Entry, Given, Reason
from cbi.definitions.edition import Edition
from cbi.definitions.models import Indicator, Item, OwnInput, Rung
from cbi.i18n import Sentence, listed, listed_apart, say
from cbi.numbers import NumberError, has_raised_digits, read_number, write_number
from cbi.units import find_unit, plain, signs

_NUMBER_AND_UNIT = re.compile(
    r"(?P<number>[-+−‒–]?[\d.,'’٫٬\s]*\d[.,]?(?:[eE][+-]?\d+)?)\s*(?P<unit>(?![eE][+-]?\d+$)[^\d\s.,'’].*)", re.DOTALL
)
_MONEY_FIRST = re.compile(
    r"(?P<unit>[^\d\s.,+-][^\d+-]*?)\s*(?P<number>[-+−]?\d[\d.,'’\s]*)(?P<more>[^\d\s.,+-][^\d]*)?"
)
_RANGE = re.compile(
    r"\s*\d[\d.,'’\s]*(?![eE][-+]?\d)\D{0,12}?\s*(?:[-‒–—~～至到]|\bto\b)\s*\d[\d.,'’\s]*(?:[^\d\s‒–—-].*)?", re.DOTALL
)
"""Two figures with a dash or a word between them; a power of ten (1e-5) and a date (2024-05-01) are none."""

LONGEST_RANGE = 60
"""Signs in which a range stands; longer texts are not searched for one."""

_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_SEPARATOR = re.compile(r"[;；、\n]")
_NOTHING = ("none", "无", "-", "–", "0")


THOUSANDS = 3


class ReadingError(ValueError):
    """A text that does not answer what was asked: ``code`` for programs, ``sentence`` for people.

    ``readings`` are texts that can be read and may have been meant, with the unit that stood in the text.
    """

    def __init__(self, code: str, sentence: Sentence, readings: tuple[str, ...] = ()) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence
        self.readings = readings


def read_input(text: str, asked: OwnInput, *, unit: str = "", locale: str = "en") -> tuple[Given, str]:
    """Read what was given for an input: its value and the id of its unit (empty where there is none).

    ``unit`` is the unit given beside the text, if any; a unit may also stand in the text itself
    (``33.22 km²``, ``288.83 万亩``). ``locale`` says how numbers are written. Raises :class:`ReadingError`.
    """
    text = text.strip()
    if not text:
        raise ReadingError("empty", say("There is nothing to read: type a value."))
    if asked.kind == "text":
        return text, ""
    if asked.kind == "choice":
        return _item(text, asked.items), ""
    if asked.kind == "checklist":
        return read_checklist(text, asked.items), ""
    if asked.kind == "list of area":
        return _areas(text, unit, locale)
    if asked.kind == "amount":
        text, unit = _without_own_unit(text, unit, asked.unit or "")
    value, found = read_quantity(text, asked.kind, unit=unit, locale=locale)
    if asked.kind in WHOLE_KINDS and not found:
        _ask_about_thousands(text, value, locale)
    return value, found


def _ask_about_thousands(text: str, value: Decimal, locale: str) -> None:
    """Ask about a head count such as ``190.000``, which may be 190, or 190 000 as it is written elsewhere."""
    if value.as_tuple().exponent == -THOUSANDS:
        meant = (value.to_integral_value(), value.scaleb(THOUSANDS))
        first, second = readings = tuple(write_number(one, locale, grouped=False) for one in meant)
        raise ReadingError(
            "ambiguous_number",
            say("“{found}” can be read in two ways: {first} or {second}?", found=text, first=first, second=second),
            readings,
        )


def read_year(text: str) -> int:
    """Read a year of four digits (``2026``, ``2026年``). Raises :class:`ReadingError`."""
    if match := _YEAR.fullmatch(unicodedata.normalize("NFKC", text).strip()):
        return int(match[1])
    raise ReadingError("no_year", say("“{found}” is not a year. Write four digits, such as 2026.", found=text))


def read_finished(text: str, indicator: Indicator, *, unit: str = "", locale: str = "en") -> Given:
    """Read the finished value of an indicator: a number in the unit of its bands, or a rung of its ladder.

    A percentage may carry its sign; a ladder is answered by points, id or text. Raises :class:`ReadingError`.
    """
    if not text.strip():
        raise ReadingError("empty", say("There is nothing to read: type a value."))
    if indicator.ladder:
        return read_rung(text, indicator.ladder)
    wanted = (indicator.value.unit or "") if indicator.value else ""
    kind = "percent" if wanted == "%" else "area" if wanted == "ha" else "count"
    if kind == "count":
        text, unit = _without_own_unit(text, unit, wanted)
    value, found = read_quantity(text, kind, unit=unit or ("ha" if kind == "area" else ""), locale=locale)
    if kind == "area" and found != "ha":
        raise ReadingError(
            "wrong_unit",
            say("The finished value is wanted in {wanted}, “{found}” was found.", wanted=wanted, found=found),
        )
    return value


def _without_own_unit(text: str, unit: str, wanted: str) -> tuple[str, str]:
    """Take away the one unit that a figure may carry (mm of rain, agencies), in the text or beside it."""
    if not wanted:
        return text, unit
    bare = re.sub(rf"\s*{re.escape(wanted)}\s*$", "", text, flags=re.IGNORECASE)
    return bare, "" if plain(unit) == plain(wanted) else unit


def read_quantity(text: str, kind: str, *, unit: str = "", locale: str = "en") -> tuple[Decimal, str]:
    """Read a number with its unit for a quantity of ``kind``; returns the number as typed and the unit's id.

    Raises :class:`ReadingError`.
    """
    if len(text) <= LONGEST_RANGE and _RANGE.fullmatch(text):
        sentence = say("“{found}” is a range. Give one figure, and put the range into the note.", found=text.strip())
        raise ReadingError("range", sentence)
    number, inside = _split(text, kind)
    if kind == "money" and inside and find_unit(f"{inside} {unit}", kind):  # “5 million” with “EUR” beside it
        inside, unit = f"{inside} {unit}", ""
    for name in (inside, unit):
        if name and find_unit(name, kind) is None:
            raise _unknown_unit(name, kind)
    found, beside = find_unit(inside or unit, kind), find_unit(unit, kind)
    if inside and unit and found != beside and found and beside:
        raise ReadingError(
            "two_units",
            say(
                "Two units for one figure: “{inside}” in the value, “{unit}” beside it. Keep one.",
                inside=inside,
                unit=beside.sign or unit,
            ),
        )
    try:
        value = read_number(number, locale)
    except NumberError as error:
        readings = tuple(f"{one} {inside}".rstrip() for one in error.readings)
        raise ReadingError(error.code, error.sentence, readings) from None
    return value, found.id if found else ""


def _unknown_unit(name: str, kind: str) -> ReadingError:
    known = signs(kind)
    if kind == "money":
        sentence = say(
            "“{unit}” is not a currency that is known. Use its code, such as EUR, CNY or million USD.", unit=name
        )
    elif known:
        sentence = say("“{unit}” is not a unit that fits here. Use one of: {known}.", unit=name, known=listed(known))
    else:
        sentence = say("“{unit}” is not a unit that fits here. Give the number alone.", unit=name)
    return ReadingError("unknown_unit", sentence)


def read_rung(text: str, ladder: tuple[Rung, ...]) -> str:
    """Find the rung of a ladder by its points (0–4), its id or its text; returns its id."""
    wanted = plain(text).removesuffix(".0")
    for rung in ladder:
        if wanted in (str(rung.points), rung.id, plain(rung.text)):
            return rung.id
    raise ReadingError("unknown_rung", unknown_rung(text, ladder))


def unknown_rung(found: str, ladder: tuple[Rung, ...]) -> Sentence:
    """Say that a text is no rung of a ladder, and which there are."""
    rungs = listed_apart(f"{rung.points} = {rung.text}" for rung in ladder)
    return say("“{found}” is no rung of this ladder. Use one of: {rungs}.", found=found, rungs=rungs)


def read_checklist(text: str, items: tuple[Item, ...]) -> tuple[str, ...]:
    """Read a checklist joined by ``;`` – ids or labels; ``none`` is an empty list. Returns the ids, each once."""
    if plain(text) in _NOTHING:
        return ()
    return tuple(dict.fromkeys(_item(part, items) for part in _SEPARATOR.split(text) if part.strip()))


def _item(text: str, items: tuple[Item, ...]) -> str:
    wanted = plain(text)
    for item in items:
        if wanted in (item.id, plain(item.id.replace("_", " ")), plain(item.label)):
            return item.id
    known = listed_apart(item.label for item in items)
    raise ReadingError(
        "unknown_item", say("“{found}” is not on the list. Use: {known}.", found=text.strip(), known=known)
    )


def _areas(text: str, unit: str, locale: str) -> tuple[tuple[Decimal, ...], str]:
    """Read a list of areas joined by ``;``; all must be in one unit, given once or with each."""
    parts = [part for part in _SEPARATOR.split(text) if part.strip()]
    try:
        read = [read_quantity(part, "area", unit=unit, locale=locale) for part in parts]
    except ReadingError as error:
        if any(part.count(",") > 1 or ", " in part for part in parts):
            raise ReadingError(
                "separator", say("Join the areas of the groups with “;”, such as 410; 260; 180.")
            ) from None
        if len(parts) > 1:  # what one part may have meant is no reading of the whole list
            raise ReadingError(error.code, error.sentence) from None
        raise
    if not read:
        raise ReadingError("empty", say("There is nothing to read: type a value."))
    units = list(dict.fromkeys(found for _, found in read))
    if len(units) > 1 and not (len(units) == 2 and units[0] == "" and read[-2][1] == ""):  # “10; 20; 30 km²” is plain
        found = listed(unit or "–" for unit in units)
        raise ReadingError(
            "two_units", say("The areas of one list must be in one unit; {units} were found.", units=found)
        )
    return tuple(value for value, _ in read), units[-1]


def _split(text: str, kind: str) -> tuple[str, str]:
    """Split ``33.22 km²``, ``€ 500`` or ``EUR 5 million`` into number and unit; what holds no unit stays whole."""
    if has_raised_digits(text):
        return text, ""
    folded = unicodedata.normalize("NFKC", text).strip()
    if match := _NUMBER_AND_UNIT.fullmatch(folded):
        return match["number"].strip(), match["unit"].strip()
    if kind == "money" and (match := _MONEY_FIRST.fullmatch(folded)):
        return match["number"].strip(), f"{match['more'] or ''} {match['unit'].strip()}".strip()
    return text, ""


def assessment_from(edition: Edition, answers: Mapping[Any, Any]) -> Assessment:
    """Read a plain mapping, as programs and definition examples write it, into an assessment.

    Keys are indicators (number or id) and ``profile``; a value is a mapping of inputs, or the finished
    value, rung or count itself. Figures are numbers or texts with a unit (``"33.22 km2"``); lists are
    areas or checklist items. ``{"reason": "no_data", "note": …}`` says why there is no value, ``"way"``
    chooses a measure, ``"value"`` is the finished value beside other keys. Raises KeyError for an
    indicator or input that the edition does not ask, and :class:`ReadingError` for an unreadable text.
    """
    profile = {name: _entry(given, edition.profile_inputs[name]) for name, given in answers.get("profile", {}).items()}
    read = {}
    for key, given in answers.items():
        if key != "profile":
            indicator = edition.indicator(key)
            read[indicator.id] = _answer(edition, indicator, given)
    return Assessment(edition.id, profile=profile, answers=read)


def _answer(edition: Edition, indicator: Indicator, given: Any) -> Answer:
    if not isinstance(given, Mapping):
        given = {"value": given}
    finished = given.get("value")
    return Answer(
        inputs={
            name: _entry(value, edition.input(indicator.id, name)) for name, value in given.items() if name not in WORDS
        },
        finished=None if finished is None else Entry(read_finished(_text(finished), indicator)),
        reason=Reason(given["reason"]) if given.get("reason") else None,
        way=given.get("way", ""),
        note=given.get("note", ""),
    )


WORDS = frozenset(("value", "reason", "way", "note"))


def _entry(given: Any, asked: OwnInput) -> Entry:
    return given if isinstance(given, Entry) else Entry(*read_input(_text(given), asked))


def _text(given: Any) -> str:
    return ";".join(_text(part) for part in given) or "none" if isinstance(given, list | tuple) else f"{given}"

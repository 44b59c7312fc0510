"""What a cell means for what is asked: a figure, nothing, a reason, a mistake – or a question, never a guess."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, time
from decimal import Decimal

from cbi.amounts import AmountError, amount_of
from cbi.assessment import Entry, Reason
from cbi.i18n import LANGUAGES, say
from cbi.intake import words
from cbi.intake.asked import Asked
from cbi.intake.model import Option
from cbi.intake.understood import Figure, Manner, Nothing, Understood, Unsure, Wrong
from cbi.labels import REASONS
from cbi.reading import ReadingError
from cbi.scoring.values import ImpossibleError, checked_finished
from cbi.sheets import Cell
from cbi.units import AREA_UNITS, Unit, find_unit, plain

COMMA, POINT = "comma", "point"
_LOCALES = {COMMA: "de", POINT: "en"}
_MARKS = re.compile(r"[.,]")
_THREE = re.compile(r"[1-9]\d{0,2}[.,]\d{3}(?!\d)")

LEAVE, ZERO, LOWEST, PLAIN = "leave", "zero", "lowest", "1"


def understand(cell: Cell, asked: Asked, unit: str, manner: Manner) -> Understood:
    """Say what a cell means where ``asked`` is asked; ``unit`` is the text of the unit beside it."""
    if cell.error == "#N/A":
        return _not_sure(asked, cell.error)
    if cell.error:
        return Wrong(
            "cell_error",
            say(
                "The cell shows {error}: its formula does not work. Correct the formula, or type the figure itself.",
                error=cell.error,
            ),
        )
    if cell.is_uncalculated:
        return Wrong(
            "formula",
            say(
                "The formula “{found}” was never calculated. Open the file in your spreadsheet program and save it, "
                "or type the figure itself.",
                found=cell.formula[:100],
            ),
        )
    if cell.is_blank or not cell.text.strip():
        return Nothing()
    if asked.kind == "text":
        return Figure(cell.text.strip())
    if isinstance(cell.value, date | time):
        return _date(cell)
    found = _word(cell, asked) if isinstance(cell.value, str) else None
    if found is None:
        found = _read(cell, asked, unit, manner)
    return checked(found, asked)


def _word(cell: Cell, asked: Asked) -> Understood | None:
    text = plain(cell.text)
    if text in words.BLANK:
        return Nothing()
    if text in words.NOT_SURE:
        return _not_sure(asked, cell.text)
    if text in words.NONE and asked.kind not in ("checklist", "choice"):
        return _none(asked, cell.text)
    reason = words.reason_of(cell.text)
    return Nothing(reason) if reason is not None and asked.kind != "choice" else None


_LEFT = (Option(LEAVE, say("leave it empty")), Nothing())
_NO_DATA = (Option(Reason.NO_DATA.value, REASONS[Reason.NO_DATA]), Nothing(Reason.NO_DATA))


def _not_sure(asked: Asked, found: str) -> Unsure:
    why = Option(Reason.NOT_APPLICABLE.value, REASONS[Reason.NOT_APPLICABLE])
    return Unsure(
        "n/a",
        say("“{found}” may mean that there is no data, or that this does not apply to the city. Which?", found=found),
        (_NO_DATA, (why, Nothing(Reason.NOT_APPLICABLE)), _LEFT),
    )


def _none(asked: Asked, found: str) -> Unsure:
    if asked.kind == "ladder":
        lowest = min(asked.indicators[0].ladder, key=lambda rung: rung.points)
        step = (Option(LOWEST, f"{lowest.points} · {lowest.text}"), Figure(lowest.id))
        return Unsure(
            "none_step",
            say("“{found}” may mean the lowest step, or that it is not known. Which?", found=found),
            (step, _NO_DATA, _LEFT),
        )
    zero: tuple[tuple[Option, Figure], ...] = ()
    if asked.is_number and asked.kind != "list of area":
        unit = "ha" if asked.kind == "area" and not asked.is_finished else ""
        zero = ((Option(ZERO, "0"), Figure(Decimal(0), unit)),)
    return Unsure(
        "none",
        say("“{found}” may mean that the number is 0, or that there is no figure. Which?", found=found),
        (*zero, _NO_DATA, _LEFT),
    )


def _date(cell: Cell) -> Wrong:
    if isinstance(cell.value, date):
        first, second = f"{cell.value.day}.{cell.value.month}", f"{cell.value.month}.{cell.value.day}"
        typed = say("{first} or {second}", first=first, second=second) if first != second else first
        return Wrong(
            "date",
            say(
                "The cell holds the date {found}. Probably {typed} was typed and the spreadsheet program made a date "
                "of it. Format the cell as a number and type the figure again.",
                found=cell.text,
                typed=typed,
            ),
        )
    return Wrong(
        "date",
        say(
            "The cell holds the time of day {found}. Format the cell as a number and type the figure again.",
            found=cell.text,
        ),
    )


def _read(cell: Cell, asked: Asked, unit: str, manner: Manner) -> Understood:
    if isinstance(cell.value, bool) and asked.is_number:
        return Wrong("not_a_number", say("The cell holds yes or no where a number is asked. Type the figure."))
    if isinstance(cell.value, Decimal):
        text = f"{cell.value * 100:f} %" if cell.is_percent and asked.is_number else f"{cell.value:f}"
        return _in_unit(text if "." not in text else _without_zeros(text), asked, unit, "en")
    return _text(cell.text.strip(), asked, unit, manner)


def _without_zeros(text: str) -> str:
    number, _, sign = text.partition(" ")
    return f"{number.rstrip('0').rstrip('.')} {sign}".strip()


def _in_unit(text: str, asked: Asked, unit: str, locale: str) -> Understood:
    """Read a text with its unit; an area without unit, or with two, is asked about."""
    try:
        value, found = asked.read(text, unit, locale)
    except ReadingError as error:
        if error.code == "two_units" and asked.kind != "list of area":
            return _two_units(text, asked, unit, locale, error)
        return Wrong(error.code, error.sentence)
    if asked.kind in ("area", "list of area") and not found and not asked.is_finished:
        return Unsure(
            "unit",
            say("“{found}” names no unit. Which is it?", found=text),
            tuple((Option(one.id, one.sign), Figure(value, one.id)) for one in AREA_UNITS),
        )
    return Figure(value, found)


def _two_units(text: str, asked: Asked, unit: str, locale: str, error: ReadingError) -> Understood:
    try:
        value, inside = asked.read(text, "", locale)
    except ReadingError:
        return Wrong(error.code, error.sentence)
    beside = find_unit(unit, asked.kind)
    if beside is None or inside == beside.id:
        return Wrong(error.code, error.sentence)
    both = [find_unit(inside, asked.kind), beside]
    readings = tuple((Option(one.id or PLAIN, _called(one)), Figure(value, one.id)) for one in both if one is not None)
    return Unsure(
        f"two_units:{inside or PLAIN}:{beside.id or PLAIN}",
        say("“{found}” names a unit, and “{unit}” stands beside it. Which is right?", found=text, unit=unit),
        readings,
    )


def _called(unit: Unit) -> str:
    return unit.sign or next(iter(unit.aliases), PLAIN)


def _text(text: str, asked: Asked, unit: str, manner: Manner) -> Understood:
    """Read a text. A number whose mark may separate decimals or thousands is asked about.

    In a text file every number is a text, and the locale that the person named holds. In a workbook a number
    that stands as text is one that the program did not take for a number, so its mark is in doubt.
    """
    if not asked.is_number or not _MARKS.search(text):
        return _in_unit(text, asked, unit, manner.locale)
    own = _own_mark(manner.locale)
    found = {mark: _in_unit(text, asked, unit, locale) for mark, locale in _LOCALES.items()}
    sound = {mark: meant for mark, meant in found.items() if not isinstance(meant, Wrong)}
    if len(sound) == 2 and (manner.all_texts and not _is_headcount(asked, text)):
        return _in_unit(text, asked, unit, manner.locale)
    if len(sound) == 2 and sound[COMMA] != sound[POINT]:
        return _ask_for_mark(text, sound, asked)
    if sound and (own in sound or _says_itself(text)):
        return sound.get(own) or next(iter(sound.values()))
    if sound:
        mark = next(iter(sound))
        joined = _in_unit(text.replace("," if mark == COMMA else ".", ""), asked, unit, "en")
        both = {mark: sound[mark]} | ({_other(mark): joined} if not isinstance(joined, Wrong) else {})
        return _ask_for_mark(text, both, asked)
    return found[own] if found[own] != found[_other(own)] else _in_unit(text, asked, unit, manner.locale)


def _own_mark(locale: str) -> str:
    if locale in LANGUAGES:
        return POINT
    from babel.numbers import get_decimal_symbol

    return COMMA if get_decimal_symbol(locale) == "," else POINT


def _other(mark: str) -> str:
    return POINT if mark == COMMA else COMMA


def _says_itself(text: str) -> bool:
    """Tell whether the marks can be read in one way only: two different ones, or one that groups by threes twice."""
    marks = _MARKS.findall(text)
    return len(marks) > 1 and ";" not in text


def _is_headcount(asked: Asked, text: str) -> bool:
    """Tell whether things that come one by one are given with three digits behind a mark, as thousands are."""
    return asked.kind in ("people", "species", "count", "change") and _THREE.search(text) is not None


def _ask_for_mark(text: str, found: Mapping[str, Understood], asked: Asked) -> Understood:
    readings = []
    for mark, meant in found.items():
        if isinstance(meant, Figure | Unsure) and not isinstance(checked(meant, asked), Wrong):
            readings.append((Option(mark, _shown(meant)), meant))
    if not readings:
        return next(iter(found.values()))
    return Unsure(
        "decimal",
        say("“{found}” is a text that can be read in more than one way. Which number is meant?", found=text),
        tuple(readings),
    )


def _shown(meant: Figure | Nothing | Unsure) -> str:
    """Write the number of a reading, with the decimal mark of both languages of the program."""
    if isinstance(meant, Unsure):
        return _shown(meant.readings[0][1])
    if isinstance(meant, Nothing):
        return "–"
    parts = meant.value if isinstance(meant.value, tuple) else (meant.value,)
    return "; ".join(f"{part:f}" if isinstance(part, Decimal) else part for part in parts)


def checked(found: Understood, asked: Asked) -> Understood:
    """Refuse a figure that cannot be true by itself: a negative area, half a species, more than 100 %."""
    if not isinstance(found, Figure):
        return found
    entry = Entry(found.value, found.unit)
    try:
        if not asked.is_finished:
            amount_of(entry, asked.inputs[0])
        elif (value := asked.indicators[0].value) is not None:
            checked_finished(asked.indicators[0], value, entry)
    except (AmountError, ImpossibleError) as error:
        return Wrong(error.code, error.sentence)
    return found

"""What people type for planning: ranges, efforts, the effort of a survey – read strictly, by their number format."""

from __future__ import annotations

import re
from decimal import Decimal

from cbi.definitions import Edition
from cbi.gathering import SIGNS, Place
from cbi.i18n import say
from cbi.numbers import NumberError, read_number
from cbi.planning.effort import MOST_RECORDS
from cbi.planning.faults import PlanningError
from cbi.planning.plan import Scale
from cbi.planning.ranges import Form, Spread
from cbi.units import find_unit, plain

_BETWEEN = re.compile(r"\s*(?:\.\.|…|–|—|~|～|至|到|\bto\b)\s*")
_HYPHEN = re.compile(r"(?<=[\w%％])\s*[-−]\s*(?=[-−]?\d)")
"""A hyphen between two figures: it stands between them only where nothing plainer does, for it may be a sign."""
_AMOUNT = re.compile(r"(?P<number>[-−+]?[\d\s.,'’]*\d)\s*(?P<unit>[^\d\s].*)?")
_PERCENT = frozenset({"%", "percent", "per cent", "pct"})
_HUNDRED = Decimal(100)
_LIST_BREAK = re.compile(r"[;；、\s]+")
_MOST_SPECIES = 20_000
_YEAR = re.compile(r"(?:19|20|21)[0-9]{2}")
LONGEST_NAME = 100
"""Characters of the longest name of a scenario or a plan."""


def read_range(text: str, place: Place, numbers: str = "en", kind: str = "", unit: str = "") -> Spread:
    """Read a range for the figure in a place: ``± 5``, ``± 5 %`` or ``20 – 30``; without ± a lone number means ±.

    The unit of the figure may stand behind one of the numbers or behind both. ``numbers`` is the locale that numbers
    are written in, ``kind`` the kind of the figure and ``unit`` its unit, ``%`` where it is a share. Raises
    :class:`PlanningError`.
    """
    cleaned = text.strip()
    sized = cleaned.removeprefix("±").removeprefix("+/-").removeprefix("+-").strip()
    parts = [part for part in _BETWEEN.split(cleaned) if part]
    if len(parts) == 1:
        parts = _HYPHEN.split(cleaned, maxsplit=1)
    if sized == cleaned and len(parts) == 2:
        ends = [_split(part, kind, unit) for part in parts]
        if unit != "%" and any(percent for _, percent in ends):
            raise PlanningError(
                say("“{found}”: from one share to another has no sense here. In percent say ± 5 %.", found=text)
            )
        low, high = (_number(number, numbers) for number, _ in ends)
        if low > high:
            raise PlanningError(
                say("“{found}”: the first figure is larger than the second. Turn them round.", found=text)
            )
        return Spread(place, Form.FROM_TO, low, high)
    number, percent = _split(sized, kind, unit)
    size = _number(number, numbers)
    if size < 0:
        raise PlanningError(say("“{found}”: a range needs a size of 0 or more, such as 5 or 5 %.", found=text))
    return Spread(place, Form.PERCENT if percent else Form.PLUS_MINUS, size)


def _split(text: str, kind: str, unit: str) -> tuple[str, bool]:
    """Take the unit off an amount, and tell whether it is percent. Raises :class:`PlanningError` for another unit."""
    found = _AMOUNT.fullmatch(text.strip())
    if found is None or not found["unit"]:
        return text, False
    typed = plain(found["unit"])
    if typed in _PERCENT:
        return found["number"], True
    known = find_unit(typed, kind)
    if typed in (plain(unit), plain(SIGNS.get(unit, unit))) or (known is not None and known.id == unit):
        return found["number"], False
    raise PlanningError(
        say(
            "“{found}”: a range is given in the unit of its figure ({unit}) or in percent.",
            found=text,
            unit=SIGNS.get(unit, unit) or "–",
        )
    )


def read_efforts(text: str, scale: Scale, numbers: str = "en") -> tuple[Decimal, ...]:
    """Read the efforts of an indicator's further points: one for all of them, or one each joined by ``;``.

    An empty text gives none. Raises :class:`PlanningError` for negative numbers, and for grades that are
    not whole numbers from 1 to 5.
    """
    parts = [part for part in re.split(r"[;；]", text) if part.strip()]
    try:
        found = tuple(_number(part, numbers) for part in parts)
    except PlanningError as error:  # what one of several may have meant is no reading of them all
        raise PlanningError(error.sentence, error.readings if len(parts) == 1 else ()) from None
    if any(effort < 0 for effort in found):
        raise PlanningError(say("“{found}”: an effort is 0 or more.", found=text))
    if scale is Scale.GRADE and any(effort not in (1, 2, 3, 4, 5) for effort in found):
        raise PlanningError(say("“{found}”: a grade is 1, 2, 3, 4 or 5.", found=text))
    return found


def checked_target(points: int, asked: Edition) -> int:
    """Give a target back that an edition can have. Raises :class:`PlanningError` for another."""
    if not 0 <= points <= asked.maximum:
        raise PlanningError(say("The target is a number of points between 0 and {most}.", most=asked.maximum))
    return points


def read_count(text: str, numbers: str = "en") -> int | None:
    """Read a number of observers, days or records; None where nothing was typed. Raises :class:`PlanningError`."""
    if not text.strip():
        return None
    found = _number(text, numbers)
    if found < 0 or found != found.to_integral_value():
        raise PlanningError(say("“{found}”: only whole numbers of 0 or more can be counted.", found=text))
    return int(found)


def read_records(text: str) -> tuple[int, ...]:
    """Read the records of each species, joined by ``;`` or spaces. Raises :class:`PlanningError`."""
    parts = [part for part in _LIST_BREAK.split(text.strip()) if part]
    if not all(part.isascii() and part.isdigit() and len(part) < 10 for part in parts):
        raise PlanningError(
            say("Type the number of records of each species as whole numbers joined by “;”, such as 12; 5; 1.")
        )
    if len(parts) > _MOST_SPECIES:
        raise PlanningError(
            say("There are {count} numbers; {most} are the most.", count=len(parts), most=_MOST_SPECIES)
        )
    found = tuple(int(part) for part in parts)
    if sum(found) > MOST_RECORDS:
        raise PlanningError(
            say(
                "These are {count} records; {most} are the most that can be compared at equal effort.",
                count=sum(found),
                most=MOST_RECORDS,
            )
        )
    return found


def read_percent(text: str, numbers: str = "en") -> Decimal:
    """Read the percent of a quality grade, from 0 to 100. Raises :class:`PlanningError`."""
    found = _number(text.strip().rstrip("%％").strip(), numbers)
    if not 0 <= found <= _HUNDRED:
        raise PlanningError(say("“{found}”: a percentage between 0 and 100 is expected.", found=text))
    return found


def _number(text: str, numbers: str) -> Decimal:
    try:
        return read_number(text, numbers)
    except NumberError as error:
        raise PlanningError(error.sentence, error.readings) from None


def read_name(text: str) -> str:
    """Read the name of a scenario or a plan: one line of 1 to 100 characters. Raises :class:`PlanningError`."""
    name = " ".join(text.split())
    if not name or len(name) > LONGEST_NAME:
        raise PlanningError(say("Type a name of 1 to {most} characters.", most=LONGEST_NAME))
    return name


def read_plan_year(text: str, after: int = 0) -> int | None:
    """Read a year to come, four digits, later than ``after``; None where nothing was typed.

    Raises :class:`PlanningError`.
    """
    cleaned = text.strip()
    if not cleaned:
        return None
    if not _YEAR.fullmatch(cleaned):
        raise PlanningError(say("“{found}” is not a year: type four digits, such as 2030.", found=text))
    if int(cleaned) <= after:
        raise PlanningError(
            say(
                "{found} is not after {year}, the year that is planned from. Type a later one.",
                found=cleaned,
                year=after,
            )
        )
    return int(cleaned)

"""Figures in sentences: numbers with their units, and the words that stand beside them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from cbi.citieswithnature.lines import folded
from cbi.definitions.platform import Figure
from cbi.i18n import Sentence, say
from cbi.numbers import NumberError, read_number
from cbi.units import AREA_UNITS, PEOPLE_UNITS, find_unit

_NUMBER = r"(?<![\w.,])?[+-]?(?:\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?(?!\d)|\d+(?:[.,]\d+)*)"
_SENTENCE_END = re.compile(r"(?<=[。！？；])|(?<=[.!?;])\s+(?=[^\s\d])|\n")
_YEAR = re.compile(r"(?:19|20)\d\d")
_PERCENT = ("%", "percent", "per cent")


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence as it is written, its unit, and the words up to its neighbours."""

    written: str
    unit: str
    before: str
    after: str

    @property
    def is_percent(self) -> bool:
        """Whether it is a share in percent."""
        return self.unit in _PERCENT


@dataclass(frozen=True, slots=True)
class Found:
    """A figure that a definition looks for: the number as typed and the id of its unit – or why it is none."""

    figure: Figure
    sentence: str
    value: Decimal | None
    unit: str = ""
    wrong: Sentence | None = None


def sentences_of(text: str) -> tuple[str, ...]:
    """Split a text into sentences; a decimal point ends none."""
    return tuple(part.strip() for part in _SENTENCE_END.split(text) if part.strip())


@cache
def _quantity() -> re.Pattern[str]:
    names = {name for unit in (*AREA_UNITS, *PEOPLE_UNITS) for name in (unit.id, unit.sign, *unit.aliases) if name}
    folded_names = {folded(name) for name in (*names, *_PERCENT)}
    ordered = sorted(folded_names, key=lambda name: -len(name))
    units = "|".join(
        re.escape(name) + (r"(?![a-z0-9])" if name[-1].isascii() and name[-1].isalnum() else "") for name in ordered
    )
    return re.compile(rf"(?P<number>{_NUMBER})\s*(?P<unit>{units})?")


def quantities_of(sentence: str) -> tuple[Quantity, ...]:
    """List the numbers of a sentence, each with the words between it and its neighbours."""
    plain = unicodedata.normalize("NFKC", sentence)
    plain = re.sub(r"\s+", " ", plain).casefold()
    found = list(_quantity().finditer(plain))
    edges = [0, *(match.end() for match in found)]
    starts = [*(match.start() for match in found[1:]), len(plain)]
    return tuple(
        Quantity(match["number"], match["unit"] or "", plain[edge : match.start()], plain[match.end() : start])
        for match, edge, start in zip(found, edges, starts, strict=False)
    )


def find(figures: Sequence[Figure], text: str, numbers: str = "en") -> Iterator[Found]:
    """Look for figures in a text: each at most once, by the words that stand beside it.

    ``numbers`` is the locale that the numbers of the text are written in.
    """
    waiting = list(figures)
    for sentence in sentences_of(text):
        for quantity in quantities_of(sentence):
            figure = next((one for one in waiting if fits(one, quantity)), None)
            if figure is not None:
                waiting.remove(figure)
                yield _read(figure, quantity, sentence, numbers)


def fits(figure: Figure, quantity: Quantity) -> bool:
    """Tell whether the words of a definition stand beside a number."""
    return all(
        not words or beside(words, text)
        for words, text in ((figure.before, quantity.before), (figure.after, quantity.after))
    )


def beside(words: Sequence[str], text: str) -> bool:
    """Tell whether one of several words stands in the text beside a number."""
    return any(folded(word) in text for word in words)


def _read(figure: Figure, quantity: Quantity, sentence: str, numbers: str) -> Found:
    unit_name = "%" if quantity.is_percent else quantity.unit
    unit = find_unit(unit_name, figure.kind)
    if unit is None or (figure.kind in ("area", "percent") and not unit_name):
        given = f"{quantity.written} {quantity.unit}".strip()
        return Found(
            figure, sentence, None, wrong=say("“{found}” does not carry the unit that is due here.", found=given)
        )
    try:
        return Found(figure, sentence, read_figure(quantity.written, numbers), "" if unit.id == "%" else unit.id)
    except NumberError as error:
        return Found(figure, sentence, None, wrong=error.sentence)


def read_figure(written: str, numbers: str) -> Decimal:
    """Read a number of a profile as people write it in ``numbers``, or else in English, as the platform does.

    A city may have typed some figures its own way while others are the platform's. Raises
    :class:`cbi.numbers.NumberError` for a number that neither can be.
    """
    try:
        return read_number(written, numbers)
    except NumberError:
        return read_number(written)


def has_figures(sentence: str) -> bool:
    """Tell whether a sentence holds a number that is not just a year."""
    return any(one.unit or not _YEAR.fullmatch(one.written) for one in quantities_of(sentence))

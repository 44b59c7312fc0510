"""What was typed over cells of our template that take no entry, because they show or work something out."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from cbi.definitions import EDITIONS, edition
from cbi.definitions.edition import EARLIER, home
from cbi.definitions.models import Indicator, SharedInput
from cbi.draft import FINISHED
from cbi.i18n import Sentence, say
from cbi.problems import Problem, Severity
from cbi.sheets import Cell
from cbi.sheets.model import place_of
from cbi.workbook import words

Answered = tuple[str, str]
"""An input that an entry is given for: ``profile`` or the id of an indicator, and its input or ``=``."""


_FIGURE = re.compile(r"\s*[-+−]?[\d\s.,'’]*\d\s*%?\s*")


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """A cell that takes no entry: the value of an indicator, or (without owner) a figure that is entered elsewhere."""

    sheet: str
    cell: Cell
    owner: str = ""


def typed_over(cells: Sequence[WorkedOut], answered: Collection[Answered]) -> Iterator[Problem]:
    """Name what was typed over such cells; ``answered`` names the inputs that entries are given for.

    A sheet without any formula was copied as values, or its format does not tell formulas: there only a number
    that nothing else in the file gives must have been typed.
    """
    live = {one.sheet for one in cells if one.cell.formula}
    for one in cells:
        cell = one.cell
        if cell.is_blank or cell.formula:
            continue
        alone = bool(one.owner) and _FIGURE.fullmatch(cell.text) is not None and not _is_fed(one.owner, answered)
        if one.sheet not in live and not alone:
            continue
        severity = Severity.WARNING if any(owner == one.owner for owner, _ in answered) else Severity.ERROR
        where = place_of(one.sheet, cell)
        yield Problem(severity, "typed_over", where, _sentence(one), one.owner or None)


def _sentence(one: WorkedOut) -> Sentence:
    found = one.cell.text[:100]
    if not one.owner:
        return say(
            "The cell shows a figure that is entered elsewhere, and “{found}” was typed over it. It was not taken: "
            "type it where the row says.",
            found=found,
        )
    return say(
        "The cell works its value out by itself, and “{found}” was typed over it. It was not taken: type figures in "
        "the yellow cells below, or a reason in the column “{reason}”.",
        found=found,
        reason=words.HEADINGS["reason"],
    )


def _is_fed(owner: str, answered: Collection[Answered]) -> bool:
    """Tell whether the value of an indicator is given, or all that one of its ways to the value needs."""
    known = [one for name in EDITIONS if (one := edition(name).find(owner)) is not None]
    return (owner, FINISHED) in answered or any(
        all(_is_known(indicator, name, answered) for name in way.of.values())
        for indicator in known
        for way in indicator.ways
    )


def _is_known(indicator: Indicator, name: str, answered: Collection[Answered]) -> bool:
    """Tell whether an input is given, or stands in an earlier year of the city."""
    given = indicator.inputs[name]
    is_earlier = isinstance(given, SharedInput) and given.from_ in EARLIER
    return is_earlier or home(indicator.id, name, given) in answered

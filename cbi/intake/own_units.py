"""Units that stand in the cell of a value of our template, beside one that the template only offered."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from cbi.i18n import LANGUAGES, say
from cbi.intake.asked import asked_for
from cbi.intake.model import Line
from cbi.problems import Problem, Severity
from cbi.units import find_unit
from cbi.workbook import units

LONGEST_FIGURE = 60
"""Signs in which a number and its unit stand."""

_BEFORE_UNIT = re.compile(r"^\s*[-+−]?\d[\d\s.,'’]*")
_PARTS = re.compile(r"[;；、\n]")


def with_own_units(lines: Sequence[Line], edition_id: str) -> tuple[list[Line], list[Problem]]:
    """Let a unit that stands in the cell go before the one that was only offered beside it; each is told.

    Offered is what stands beside empty values. Where another unit was chosen the two contradict each other,
    which is asked about later.
    """
    offered = {line.text("unit") for line in lines if line.text("unit") and not line.text("value")}
    offered |= {units.usual(kind, language) for kind in ("area", "people") for language in LANGUAGES}
    settled, problems = [], []
    for line in lines:
        if line.text("unit") not in offered or not _names_unit(line, edition_id):
            settled.append(line)
            continue
        sentence = say(
            "The unit that stands in the cell was taken, “{value}”; “{unit}” beside it was only offered.",
            value=line.text("value"),
            unit=line.text("unit"),
        )
        problems.append(Problem(Severity.NOTE, "own_unit", line.where(), sentence, line.indicator, line.name))
        cells = {name: cell for name, cell in line.cells.items() if name != "unit"}
        settled.append(replace(line, cells=cells))
    return settled, problems


def _names_unit(line: Line, edition_id: str) -> bool:
    """Tell whether a unit that fits stands in the cell of the value; of a list of areas the last one counts."""
    asked = asked_for(edition_id, line.owner, line.name, "en")
    parts = [part for part in _PARTS.split(line.text("value")[:LONGEST_FIGURE]) if part.strip()]
    unit = _BEFORE_UNIT.sub("", parts[-1]) if parts else ""
    return asked is not None and any(sign.isalpha() for sign in unit) and find_unit(unit, asked.kind) is not None

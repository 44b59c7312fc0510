"""Lines of the hidden sheet that works out the points, and the addresses that its formulas use."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from cbi.workbook.parts import CALCULATION, Code, Column, Layout, Row

IMPOSSIBLE = '"!"'
NOTHING = '""'


@dataclass(frozen=True, slots=True)
class Live:
    """What the visible sheets refer to, by the id of the indicator or the code of the row.

    ``steps`` are the lines of the hidden sheet: label and formula. The rest are addresses: ``own`` of the amount
    that was entered, ``amounts`` of the amount that counts (which may be known from an earlier year), ``values`` of
    the value as read (or ``!``), ``points`` of the points.
    """

    steps: list[tuple[str, str]] = field(default_factory=list)
    own: dict[str, str] = field(default_factory=dict)
    amounts: dict[str, str] = field(default_factory=dict)
    values: dict[str, str] = field(default_factory=dict)
    points: dict[str, str] = field(default_factory=dict)

    def step(self, label: str, formula: str) -> str:
        """Add a line and give its address."""
        self.steps.append((label, formula))
        return f"{CALCULATION}!$B${len(self.steps)}"


class Addresses:
    """Where the entries of a layout stand, as a formula refers to them."""

    def __init__(self, layout: Layout, lists: Mapping[str, Sequence[str]], factors: Mapping[str, str]) -> None:
        self.layout = layout
        self.lists = lists
        self.factors = factors
        self.codes = layout.codes

    def has(self, code: Code | str) -> bool:
        """Tell whether the workbook asks for this."""
        return str(code) in self.codes

    def cell(self, code: Code | str, column: str = "value") -> str:
        """Give the address of an entry, with its sheet."""
        sheet, line, _ = self.codes[str(code)]
        return f"{sheet_ref(sheet.name)}!${letter_of(sheet.columns, column)}${line}"

    def row(self, code: Code | str) -> Row:
        """Give the row of a code."""
        return self.codes[str(code)][2]

    def kind(self, code: Code | str) -> str:
        """Give the kind of what is asked for."""
        return self.row(code).asks


def sheet_ref(name: str) -> str:
    """Write the name of a sheet as a formula takes it."""
    return "'" + name.replace("'", "''") + "'"


def letter_of(columns: Sequence[Column], column_id: str) -> str:
    """Give the letter of a column by its id; a sheet of the template has fewer than 26."""
    return next(chr(ord("A") + place) for place, one in enumerate(columns) if one.id == column_id)

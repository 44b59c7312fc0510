"""What each cell of a sheet of the template holds: an entry, a text, a formula; and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from cbi.assessment import Assessment
from cbi.workbook import units, words
from cbi.workbook.filling import filled_row, last_time_text
from cbi.workbook.page import breakable, shortened
from cbi.workbook.parts import Column, Layout, Row, RowKind, Sheet
from cbi.workbook.steps import IMPOSSIBLE, NOTHING, Addresses, Live, letter_of

Value = Decimal | int | str | None


class Content(NamedTuple):
    """What stands in a cell, the name of its look, and whether it is a formula of ours."""

    value: Value
    look: str
    is_formula: bool = False


@dataclass(frozen=True, slots=True)
class Contents:
    """All that the contents of a workbook's cells come from.

    ``prefill`` fills the entries, ``last_time`` stands beside them; ``area_unit`` is what empty areas are offered in.
    """

    layout: Layout
    at: Addresses
    live: Live
    prefill: Assessment | None
    last_time: Assessment | None
    area_unit: str

    def of_row(self, sheet: Sheet, line: int, row: Row, entries: list[int]) -> list[Content | None]:
        """Give the contents of a row, column by column; ``entries`` are the lines of its indicator's entries.

        The column of last time's values is hidden where there are none, and then holds nothing at all.
        """
        filled = filled_row(self.layout.edition, row, self.prefill) if self.prefill and row.code else {}
        return [
            None
            if column.id == "last_time" and self.last_time is None
            else self._cell(sheet, line, row, column, filled, entries)
            for column in sheet.columns
        ]

    def _cell(
        self, sheet: Sheet, line: int, row: Row, column: Column, filled: Mapping[str, Value], entries: list[int]
    ) -> Content:
        if column.id in row.entries:
            value = filled.get(column.id)
            if value is None and column.id == "unit":
                value = self._offered_unit(row)
            return Content(_fit(value), _ENTRY_LOOKS.get(column.id, "entry"))
        formula = self._formula(sheet, line, row, column.id, entries)
        if formula is None:
            return self._text(row, column)
        looks = _RESULT_LOOKS if row.kind is RowKind.INDICATOR else _SIGN_LOOKS
        return Content(f"={formula}", looks[column.id], is_formula=True)

    def _offered_unit(self, row: Row) -> str:
        if row.units == units.LISTS["area"]:
            return self.area_unit
        return units.usual(row.asks, self.layout.language)

    def _text(self, row: Row, column: Column) -> Content:
        """Give what a cell without entry or formula says."""
        is_head = row.kind is RowKind.INDICATOR
        ground = "counts" if is_head else "label"
        if column.id == "number":
            number = int(row.number) if row.number else None
            return Content(number, "number of indicator" if is_head else "grey number")
        if column.id == "indicator":
            return self._title(row, column)
        if column.id == "asked":
            return Content(row.asked, "quiet" if row.kind is RowKind.SHOWN else ground)
        if column.id == "unit":
            return Content(row.unit, "result unit" if is_head else "unit")
        if column.id == "last_time" and self.last_time and row.code:
            text = last_time_text(self.layout.edition, row, self.last_time)
            return Content(text, "counts" if is_head else "quiet")
        if column.id == "code":
            return Content(row.code, "code")
        return Content(None, ground)

    def _title(self, row: Row, column: Column) -> Content:
        """Give the title of the indicator: in full in its green row, on one line beside each of its entries."""
        if row.kind is RowKind.INDICATOR:
            return Content(breakable(row.title, column.width, self.layout.language), "indicator")
        if row.number:
            return Content(shortened(row.title, column.width, self.layout.language), "grey")
        return Content(row.title, "quiet")

    def _formula(self, sheet: Sheet, line: int, row: Row, column: str, entries: list[int]) -> str | None:
        """Give the formula of a cell, where it has one."""
        if row.kind is RowKind.SHOWN:
            return self._shown(row, column)
        if row.kind is RowKind.INDICATOR:
            formulas = {
                "points": lambda: self.live.points[row.code],
                "value": lambda: self._state(sheet, line, row, entries),
            }
            return formulas[column]() if column in formulas else None
        if row.kind is RowKind.CHECKLIST:
            return self.live.amounts[row.code] if column == "value" else None
        if column == "points" and row.code in self.live.own:
            entered = f"{letter_of(sheet.columns, 'value')}{line}"
            sign = f'IF(ISNUMBER({self.live.own[row.code]}),"{words.UNDERSTOOD}","{words.LOOK_AGAIN}")'
            return f"IF({entered}={NOTHING},{NOTHING},{sign})"
        return None

    def _shown(self, row: Row, column: str) -> str | None:
        """Show the value that is entered elsewhere, and its unit where one is chosen there."""
        if column == "value" or (column == "unit" and self.at.row(row.shows).units):
            address = self.at.cell(row.shows, column)
            filled = f"{self.at.cell(row.shows)}={NOTHING}"
            return f"IF({filled},{NOTHING},{address})"
        return None

    def _state(self, sheet: Sheet, line: int, row: Row, entries: list[int]) -> str:
        """Show the value as read; else say in words why there are no points."""
        language = self.layout.language
        states = (words.CHECK, words.INCOMPLETE, words.REASON_GIVEN)
        check, incomplete, given = (f'"{state.text(language)}"' for state in states)
        points, value = letter_of(sheet.columns, "points"), letter_of(sheet.columns, "value")
        reason = f"{letter_of(sheet.columns, 'reason')}{line}"
        read = self.live.values.get(row.code)
        wrong = [f'COUNTIF({points}{entries[0]}:{points}{entries[-1]},"{words.LOOK_AGAIN}")>0']
        wrong += [f"{read}={IMPOSSIBLE}"] if read else []
        begun = "+".join(f"({value}{one}<>{NOTHING})" for one in entries)
        unfinished = f"IF({begun}>0,{incomplete},{NOTHING})"
        none = f"IF(OR({','.join(wrong)}),{check},IF({reason}<>{NOTHING},{given},{unfinished}))"
        return f"IF(ISNUMBER({points}{line}),{read or NOTHING},{none})"


_ENTRY_LOOKS = {"data_year": "year", "unit": "unit entry"}
_RESULT_LOOKS = {"points": "points", "value": "result"}
_SIGN_LOOKS = {"points": "sign", "value": "shown", "unit": "unit"}


def _fit(value: Value) -> Value:
    """Keep a number as a number, but as a text where a binary number would not hold its digits."""
    if isinstance(value, Decimal) and Decimal(repr(float(value))) != value:
        return f"{value:f}"
    return value


def entry_lines(sheet: Sheet) -> dict[str, list[int]]:
    """Find the lines of a sheet that take a value, by the indicator (or profile) under which they stand."""
    blocks: dict[str, list[int]] = {}
    for line, row in sheet.lines:
        if "value" in row.entries:
            blocks.setdefault(row.block, []).append(line)
    return blocks

"""The lists that cells of the template are chosen from, by name."""

from __future__ import annotations

from collections.abc import Iterable

from cbi.assessment import Quality, Reason
from cbi.definitions.edition import Edition
from cbi.labels import QUALITIES, REASONS
from cbi.workbook import units, words
from cbi.workbook.parts import Row, RowKind, Sheet, parse_code

YES_NO, QUALITY, REASON = "yes_no", "quality", "reason"


def ladder_list(indicator: str) -> str:
    """Name the list that holds the steps of an indicator's ladder."""
    return f"ladder_{indicator}"


def way_list(indicator: str) -> str:
    """Name the list that holds the measures of an indicator."""
    return f"way_{indicator}"


def choice_list(owner: str, name: str) -> str:
    """Name the list that holds the choices of an input."""
    return f"choice_{owner}_{name}"


def lists_of(edition: Edition, sheets: Iterable[Sheet]) -> dict[str, tuple[str, ...]]:
    """Give every list that the rows of these sheets are chosen from: its name and its texts in order."""
    language = edition.language
    lists = {
        QUALITY: tuple(QUALITIES[one].text(language) for one in Quality),
        REASON: tuple(REASONS[one].text(language) for one in Reason),
    }
    for row in (row for sheet in sheets for row in sheet.rows):
        if row.choices and row.choices not in lists:
            lists[row.choices] = _choices(edition, row)
        if row.units:
            lists[row.units] = units.offered(row.asks, language)
    return lists


def _choices(edition: Edition, row: Row) -> tuple[str, ...]:
    code = parse_code(row.code)
    if row.kind is RowKind.ITEM:
        return words.YES.text(edition.language), words.NO.text(edition.language)
    if row.kind is RowKind.LADDER:
        return tuple(rung.text for rung in edition.indicator(code.owner).ladder)
    if row.kind is RowKind.WAY:
        return tuple(way.label for way in edition.indicator(code.owner).ways)
    return tuple(item.label for item in edition.input(code.owner, code.name).items)

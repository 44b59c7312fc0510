"""What an assessment puts into the cells of a template, and what stands there as last time's value."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal

from cbi.assessment import Answer, Assessment, Entry
from cbi.definitions.edition import EARLIER, PROFILE, Edition, home
from cbi.definitions.models import Indicator, SharedInput
from cbi.gathering import gather, place_of
from cbi.labels import QUALITIES, REASONS
from cbi.workbook import units, words
from cbi.workbook.parts import FINISHED, Layout, Row, RowKind, parse_code

Filled = Mapping[str, Decimal | int | str]
"""What stands in the entries of one row, by column."""


def filled_row(edition: Edition, row: Row, given: Assessment) -> Filled:
    """Give what an assessment puts into the entries of a row; nothing where it says nothing there."""
    code = parse_code(row.code)
    answer = given.answers.get(code.owner)
    if row.kind is RowKind.INDICATOR:
        return _why_not(answer, edition.language) if answer else {}
    if row.kind is RowKind.WAY:
        label = next((way.label for way in edition.indicator(code.owner).ways if answer and way.id == answer.way), "")
        return {"value": label} if label else {}
    entry = entry_of(edition, given, row.code)
    if entry is None:
        return {}
    if row.kind is RowKind.CHECKLIST:
        return _record(entry, edition.language)
    if row.kind is RowKind.ITEM:
        ticked = isinstance(entry.value, tuple) and code.item in entry.value
        return {"value": (words.YES if ticked else words.NO).text(edition.language)}
    unit = {"unit": units.shown(entry.unit, row.asks, edition.language)} if row.units else {}
    return {"value": _value(edition, row, entry), **unit, **_record(entry, edition.language)}


def entry_of(edition: Edition, given: Assessment, code: str) -> Entry | None:
    """Find the entry that belongs in a row, wherever the city gave it."""
    parsed = parse_code(code)
    answer = given.answers.get(parsed.owner)
    if parsed.name == FINISHED:
        return answer.finished if answer else None
    if parsed.owner != PROFILE and answer and parsed.name in answer.inputs:
        return answer.inputs[parsed.name]
    if parsed.owner == PROFILE and parsed.name in given.profile:
        return given.profile[parsed.name]
    for indicator in edition.indicators:
        for name, asked in indicator.inputs.items():
            is_here = isinstance(asked, SharedInput) and asked.from_ not in EARLIER
            if is_here and home(indicator.id, name, asked) == (parsed.owner, parsed.name):
                using = given.answers.get(indicator.id)
                if using and name in using.inputs:
                    return using.inputs[name]
    return None


def _why_not(answer: Answer, language: str) -> Filled:
    reason = {"reason": REASONS[answer.reason].text(language)} if answer.reason is not None else {}
    texts = {"source": answer.source, "note": answer.note}
    return {**reason, **{column: text for column, text in texts.items() if text}}


def _record(entry: Entry, language: str) -> Filled:
    year = {"data_year": entry.data_year} if entry.data_year is not None else {}
    quality = {"quality": QUALITIES[entry.quality].text(language)} if entry.quality is not None else {}
    texts = {"source": entry.source, "note": entry.note}
    return {**year, **quality, **{column: text for column, text in texts.items() if text}}


def _value(edition: Edition, row: Row, entry: Entry) -> Decimal | str:
    if row.kind is RowKind.LADDER:
        ladder = edition.indicator(parse_code(row.code).owner).ladder
        return next((rung.text for rung in ladder if entry.value in (rung.id, rung.points)), str(entry.value))
    if row.asks == "choice":
        code = parse_code(row.code)
        items = edition.input(code.owner, code.name).items
        return next((item.label for item in items if item.id == entry.value), str(entry.value))
    if isinstance(entry.value, tuple):
        return "; ".join(f"{part:f}" if isinstance(part, Decimal) else part for part in entry.value)
    return entry.value


def last_time_text(edition: Edition, row: Row, before: Assessment) -> str:
    """Say in one cell what was given last time for this row, with its unit; empty where nothing was."""
    filled = filled_row(edition, row, before)
    if row.kind is RowKind.INDICATOR:
        return str(filled.get("reason", ""))
    value = filled.get("value", "")
    text = f"{value:f}" if isinstance(value, Decimal) else str(value)
    return f"{text} {filled.get('unit', row.unit)}".strip() if text else ""


def earlier_counts(layout: Layout, baseline: Assessment | None, previous: Assessment | None) -> dict[str, Decimal]:
    """Find the species counts of earlier years that the live points need, by the code of the row that asks them."""
    edition = layout.edition
    blank = Assessment(edition.id)
    known = gather(edition, blank, baseline, previous).known
    counts = {}
    for one in layout.indicators:
        indicator: Indicator = edition.indicator(one)
        for name, asked in indicator.inputs.items():
            place = place_of(indicator, name)
            if isinstance(asked, SharedInput) and asked.from_ in EARLIER and place in known:
                counts[f"{one}.{name}"] = Decimal(str(known[place].amount))
    return counts


def needed_rows(edition: Edition, given: Assessment | None) -> tuple[frozenset[str], frozenset[str]]:
    """Name the indicators that were answered by a chosen measure, and those answered by a finished value."""
    answers = given.answers if given else {}
    known = {name: answer for name, answer in answers.items() if edition.find(name)}
    ways = frozenset(name for name, answer in known.items() if answer.way)
    return ways, frozenset(name for name, answer in known.items() if answer.finished is not None)

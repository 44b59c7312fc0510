"""Writing assessments as a plain table that reads back as the same; no spreadsheet program runs its texts."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator
from decimal import Decimal

from cbi.assessment import Answer, Assessment, Entry, Given
from cbi.definitions.edition import PROFILE
from cbi.sheets.cell_text import writable
from cbi.tables.columns import COLUMNS
from cbi.tables.marks import guarded

Cell = Decimal | int | str
"""What one cell of the plain table holds: a figure, a year, or a text as it was typed."""


def write_table(assessments: Iterable[Assessment]) -> str:
    """Write assessments as CSV in the long form, a row a figure; numbers with a point and every digit."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in table_rows(assessments):
        writer.writerows([{column: _in_csv(cell) for column, cell in row.items()}])
    return out.getvalue()


def write_records(assessments: Iterable[Assessment]) -> str:
    """Write assessments as JSON records with the columns of the plain table; figures are texts, to keep every digit."""
    records = [{column: _in_json(cell) for column, cell in row.items()} for row in table_rows(assessments)]
    return json.dumps(records, ensure_ascii=False, indent=1)


def table_rows(assessments: Iterable[Assessment]) -> Iterator[dict[str, Cell]]:
    """Give the rows of the plain table by column, texts as they were typed; empty cells are left out."""
    for one in assessments:
        shared: dict[str, Cell] = {"city": one.city or "", "year": one.year or "", "edition": one.edition}
        for row in _rows(one):
            yield {column: cell for column, cell in (shared | row).items() if cell != ""}


def _in_csv(cell: Cell) -> str:
    return guarded(writable(cell)) if isinstance(cell, str) else f"{cell:f}" if isinstance(cell, Decimal) else str(cell)


def _in_json(cell: Cell) -> int | str:
    return f"{cell:f}" if isinstance(cell, Decimal) else writable(cell) if isinstance(cell, str) else cell


def _rows(assessment: Assessment) -> Iterator[dict[str, Cell]]:
    for name, entry in assessment.profile.items():
        yield {"indicator": PROFILE, "input": name, **_entry(entry)}
    for indicator, answer in assessment.answers.items():
        for row in _answer(answer):
            yield {"indicator": indicator, **row}


def _answer(answer: Answer) -> Iterator[dict[str, Cell]]:
    if answer.reason is not None or answer.note or answer.source:
        reason = answer.reason.value if answer.reason is not None else ""
        yield {"reason": reason, "note": answer.note, "source": answer.source}
    if answer.way:
        yield {"input": "way", "value": answer.way}
    if answer.finished is not None:
        yield _entry(answer.finished)
    for name, entry in answer.inputs.items():
        yield {"input": name, **_entry(entry)}


def _entry(entry: Entry) -> dict[str, Cell]:
    return {
        "value": _value(entry.value),
        "unit": entry.unit,
        "data_year": entry.data_year or "",
        "quality": entry.quality.value if entry.quality else "",
        "source": entry.source,
        "note": entry.note,
    }


def _value(value: Given) -> Cell:
    if isinstance(value, Decimal | str):
        return value
    return ";".join(f"{part:f}" if isinstance(part, Decimal) else part for part in value) or "none"

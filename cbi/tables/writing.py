"""Writing assessments as a plain table that reads back as the same; no spreadsheet program runs its texts."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Iterator
from decimal import Decimal

from cbi.assessment import Answer, Assessment, Entry, Given
from cbi.definitions.edition import PROFILE
from cbi.tables.shapes import COLUMNS

_RISKY = re.compile(r"'*[=+\-@\t\r]")


def write_table(assessments: Iterable[Assessment]) -> str:
    """Write assessments as CSV in the long form, a row a figure; numbers with a point and every digit."""
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for one in assessments:
        shared = {"city": _guarded(one.city or ""), "year": one.year or "", "edition": one.edition}
        writer.writerows({**shared, **row} for row in _rows(one))
    return out.getvalue()


def _rows(assessment: Assessment) -> Iterator[dict[str, object]]:
    for name, entry in assessment.profile.items():
        yield {"indicator": PROFILE, "input": name, **_entry(entry)}
    for indicator, answer in assessment.answers.items():
        for row in _answer(answer):
            yield {"indicator": indicator, **row}


def _answer(answer: Answer) -> Iterator[dict[str, object]]:
    if answer.reason is not None or answer.note or answer.source:
        reason = answer.reason.value if answer.reason is not None else ""
        yield {"reason": reason, "note": _guarded(answer.note), "source": _guarded(answer.source)}
    if answer.way:
        yield {"input": "way", "value": answer.way}
    if answer.finished is not None:
        yield _entry(answer.finished)
    for name, entry in answer.inputs.items():
        yield {"input": name, **_entry(entry)}


def _entry(entry: Entry) -> dict[str, object]:
    return {
        "value": _value(entry.value),
        "unit": entry.unit,
        "data_year": entry.data_year or "",
        "quality": entry.quality.value if entry.quality else "",
        "source": _guarded(entry.source),
        "note": _guarded(entry.note),
    }


def _value(value: Given) -> str:
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, str):
        return _guarded(value)
    return ";".join(f"{part:f}" if isinstance(part, Decimal) else part for part in value) or "none"


def _guarded(text: str) -> str:
    """Mark a text that a spreadsheet program would take for a formula; reading takes the mark away."""
    return f"'{text}" if _RISKY.match(text) else text

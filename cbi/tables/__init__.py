"""The plain table: the one simple form that everything can read – CSV, JSON records or a sheet.

Columns ``city, year, edition, indicator, input, value, unit, data_year, quality, source, note, reason``;
only ``indicator`` and ``value`` (or ``reason``) are needed. Also understood: years as columns, and one row
a city and year with columns ``1 … 28`` or ``I1 … I28``. What cannot be read is listed with its line;
everything beside it is kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from cbi.assessment import Assessment
from cbi.definitions import EDITIONS
from cbi.i18n import say
from cbi.problems import Problem, Severity, has_errors
from cbi.tables.columns import COLUMNS
from cbi.tables.files import TableFileError, read_rows
from cbi.tables.rows import RowReader
from cbi.tables.shapes import long_rows
from cbi.tables.writing import table_rows, write_records, write_table


@dataclass(frozen=True, slots=True)
class Table:
    """What a plain table holds: an assessment for each city, year and edition, and what could not be read."""

    assessments: tuple[Assessment, ...]
    problems: tuple[Problem, ...]


def read_table(
    source: Path | bytes, *, name: str = "", edition_id: str = EDITIONS[0], locale: str = "en", language: str = "en"
) -> Table:
    """Read a plain table from a file or its bytes.

    ``name`` is what messages call it (and its ending tells the form) when bytes are given; ``edition_id``
    holds where a row names no edition; ``locale`` says how numbers are written; ``language`` in which
    language labels may stand. Never raises for what is in the file.
    """
    name = name or (source.name if isinstance(source, Path) else "table.csv")
    try:
        head, body, found = read_rows(source, name)
    except TableFileError as error:
        return Table((), (Problem(Severity.ERROR, error.code, name, error.sentence),))
    rows, wrong = long_rows(name, head, body)
    reader = RowReader(edition_id, locale, language)
    for row in rows:
        reader.take(row)
    if not rows and not wrong and not has_errors(found):
        sentence = say("The table names its columns but holds no figure below them. Add a row for each figure.")
        wrong.append(Problem(Severity.ERROR, "no_rows", name, sentence))
    return Table(reader.assessments(), (*found, *wrong, *reader.problems))


__all__ = ["COLUMNS", "Table", "read_table", "table_rows", "write_records", "write_table"]

"""Which sheets of a workbook hold the plain table."""

from __future__ import annotations

from collections.abc import Sequence

from cbi.tables.columns import COLUMNS
from cbi.tables.files import Cells


def joined(sheets: Sequence[list[Cells]]) -> list[Cells]:
    """Give the rows of the plain table in a workbook, its headings first.

    Sheets whose headings are those of the plain table in full belong together, such as the years of an export.
    Where there is none, the first sheet that holds anything is taken. Nothing for a workbook without rows.
    """
    full = [rows for rows in sheets if rows and tuple(_trimmed(rows[0].texts)) == COLUMNS]
    if full:
        return [full[0][0], *(row for rows in full for row in rows[1:])]
    return next((rows for rows in sheets if rows), [])


def _trimmed(texts: Sequence[str]) -> list[str]:
    found = [text.strip() for text in texts]
    while found and not found[-1]:
        found.pop()
    return found

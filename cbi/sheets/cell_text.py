"""Texts that people typed, made fit for the cell of a workbook, and read back from one."""

from __future__ import annotations

import re

MOST_UNITS = 32_767
"""What one cell holds, in UTF-16 units (ECMA-376, part 1, 18.3.1.4; the limit of every spreadsheet program)."""

CUT = " […]"
"""Stands at the end of a text that was cut."""

_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")
_LOOKS_ESCAPED = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


def for_cell(text: str) -> str:
    """Make a text fit for a cell: without signs that XML cannot hold, and cut where a cell ends.

    What looks like an escape of the file format (``_x0041_``) is escaped itself, so that it stays what it is.
    A formula is no matter here: the cell must be written as a string.
    """
    fit = writable(text)
    if len(fit) > MOST_UNITS // 2 and len(fit.encode("utf-16-le")) // 2 > MOST_UNITS:
        kept = fit.encode("utf-16-le")[: 2 * (MOST_UNITS - len(CUT))]
        fit = kept.decode("utf-16-le", errors="ignore") + CUT
    return _LOOKS_ESCAPED.sub("_x005F_", fit)


def writable(text: str) -> str:
    """Take out of a text what no file of ours can hold: control signs and halves of signs; lines end as on Unix."""
    return _LINE_END.sub("\n", _NOT_IN_XML.sub("", text))


def from_cell(text: str) -> str:
    """Read the text of a cell: the escapes of the file format become the signs that they stand for."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text


def is_risky(text: str) -> bool:
    """Tell whether a spreadsheet program might take the text for a formula when a person edits the cell."""
    return text.startswith(("=", "+", "-", "@", "\t", "\r", "'"))

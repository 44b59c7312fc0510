"""Tables and headings for the terminal: aligned in every script, coloured only where a person looks."""

from __future__ import annotations

import re
import textwrap
import unicodedata
from collections.abc import Iterable, Sequence

import typer

WIDTH = 100
_PIECE = re.compile(r"\d(?:[\d.,]*\d)?(?: ?%)?|[A-Za-z_-]{1,40}|.", re.DOTALL)
"""What one line holds together: a number with its percent sign, a word of Latin letters, any single sign."""


def width_of(text: str) -> int:
    """Give the columns that a text takes on a terminal; Chinese signs take two."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text
    )


def clipped(text: str, width: int) -> str:
    """Cut a text to at most ``width`` columns, with an ellipsis where something was cut."""
    if width_of(text) <= width:
        return text
    while width_of(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"


def table(head: Sequence[str], rows: Iterable[Sequence[str]], right: Sequence[int] = ()) -> str:
    """Lay out a table with its columns aligned; ``right`` names the columns set to the right."""
    cells = [list(head), *(list(row) for row in rows)]
    widths = [max(width_of(row[column]) for row in cells) for column in range(len(head))]
    lines = []
    for row in cells:
        padded = []
        for column, text in enumerate(row):
            gap = " " * (widths[column] - width_of(text))
            padded.append(gap + text if column in right else text + gap)
        lines.append("  ".join(padded).rstrip())
    lines.insert(1, "  ".join("─" * width for width in widths))
    return "\n".join(lines)


def paragraph(text: str, indent: str = "") -> str:
    """Break a text into lines for the terminal; Chinese is broken by columns, not by spaces."""
    if width_of(text) <= len(text) * 1.3:
        return textwrap.fill(text, WIDTH, initial_indent=indent, subsequent_indent=indent)
    lines, line = [], ""
    for piece in _PIECE.findall(text):
        if width_of(indent + line + piece) > WIDTH and piece not in "，。；：、！？）”》":
            kept = line.rstrip("（“《")  # an opening mark goes to the next line with what it opens
            lines.append(indent + kept.rstrip())
            line = line[len(kept) :].lstrip()
        if line or not lines or piece != " ":
            line += piece
    return "\n".join([*lines, indent + line])


def bold(text: str) -> str:
    """Set a text in bold; :func:`typer.echo` takes the colour away where no terminal is."""
    return typer.style(text, bold=True)


def coloured(text: str, severity: str) -> str:
    """Colour the word for a severity; the word itself says it too."""
    return typer.style(text, fg={"error": "red", "warning": "yellow"}.get(severity, "cyan"), bold=severity == "error")

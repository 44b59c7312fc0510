"""Tables and headings for the terminal: aligned in every script, coloured only where a person looks."""

from __future__ import annotations

import re
import sys
import textwrap
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import typer

WIDTH = 100
_PIECE = re.compile(r"\d(?:[\d.,]*\d)?(?: ?%)?|[A-Za-z_-]{1,40}|.", re.DOTALL)
"""What one line holds together: a number with its percent sign, a word of Latin letters, any single sign."""
_ORDER = re.compile(
    "(\x1b\\[(?:0|1|31|33|36)m)|[\u202a-\u202e\u2066-\u2069]|[\x00-\x08\x0b-\x1f\x7f-\x9f]|[\ud800-\udfff]"
)
"""What a terminal obeys in place of showing it: our own bold and colours, marks that turn a line, control signs."""


def calm(text: str) -> str:
    """Take every order to the terminal out of a text, but for the bold and the colours that are set here.

    Orders in what people typed could move the cursor, empty the screen or make one text look like another.
    """
    return _ORDER.sub(lambda found: found[1] or ("" if "\u202a" <= found[0] <= "\u2069" else "\ufffd"), text)


class _Calm:
    """A stream to a terminal on which nothing but text arrives."""

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        self._stream.write(calm(text))
        return len(text)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


@contextmanager
def calm_streams() -> Iterator[None]:
    """Let nothing but text arrive where a person looks; what goes into a file or a pipe stays as it is."""
    before = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = (_Calm(one) if one is not None and one.isatty() else one for one in before)
    try:
        yield
    finally:
        sys.stdout, sys.stderr = before


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

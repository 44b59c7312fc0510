"""The mark that keeps a text in CSV from being worked out as a formula, and the text again without it.

``'`` before what a spreadsheet program would take for the beginning of a formula, as such programs do it themselves.
Every mark that is set is taken away when the file is read here, so that nothing is lost.
"""

from __future__ import annotations

import re

_SIGNS = "=+\\-@＝＋－＠"
"""What begins a formula, also in the wide forms that programs for Chinese and Japanese understand."""
_NUMBER = r"[+-]?\d+(?:[.,]\d+)?(?:[;\t]|$)"
_AT_BEGINNING = rf"(?='*\s*[{_SIGNS}]|'*[\t\r\n])"
_IN_NEXT_CELL = rf"(?!'*{_NUMBER})(?='*[{_SIGNS}])"
"""Where semicolons part the columns, as in most of Europe, a program begins a cell within the text; numbers may."""

_RISKY = re.compile(f"^{_AT_BEGINNING}|(?<=[;\\t]){_IN_NEXT_CELL}")
_FIRST_MARK = re.compile(f"^'{_AT_BEGINNING}")
_MARK_WITHIN = re.compile(f"(?<=[;\\t])'{_IN_NEXT_CELL}")


def guarded(text: str) -> str:
    """Mark a text wherever a spreadsheet program would take it for a formula."""
    return _RISKY.sub("'", text)


def unguarded(text: str) -> str:
    """Take the marks away again; those within first, for the one at the beginning was set by the text without them."""
    return _FIRST_MARK.sub("", _MARK_WITHIN.sub("", text)) if "'" in text else text

"""What the printed texts share: heads of tables in the reader's language, and the width of titles."""

from __future__ import annotations

from cbi.i18n import Sentence

TITLE_WIDTH = 46


def heads(language: str, *words: Sentence) -> list[str]:
    """Give the head of a table in words of ``language``."""
    return [word.text(language) for word in words]

"""Laying a translation over definitions: the same shape, with nothing but the texts.

Lists become mappings by ``id`` in a translation, so that moving a line does not lose its words.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

TEXT_KEYS = frozenset(
    ("title", "question", "why", "counts", "label", "help", "text", "message", "held_by", "evidence", "section",
     "rounding", "baseline", "publisher", "unit")
)  # fmt: skip
"""The keys whose values people read. ``authors`` are names and stay as they are."""

SYMBOLS = frozenset(("%", "ha", "km²", "mm", "m"))
"""Units that are written alike in every language."""

Path = tuple[str, ...]


def texts(data: Any, path: Path = ()) -> Iterator[Path]:
    """List the place of every text that a translation owes, in the order of the file."""
    if isinstance(data, Mapping):
        for key, value in data.items():
            here = (*path, key)
            if isinstance(value, str):
                if (key in TEXT_KEYS and value not in SYMBOLS) or path[-1:] == ("trust_words",):
                    yield here
            elif key != "examples":
                yield from texts(value, here)
    elif isinstance(data, tuple):
        for item in data:
            if isinstance(item, Mapping) and "id" in item:
                yield from texts({key: value for key, value in item.items() if key != "id"}, (*path, item["id"]))


def lay_over(data: Any, translation: Any) -> Any:
    """Give the definitions with every text that the translation has; the rest stays as it is."""
    if isinstance(data, Mapping) and isinstance(translation, Mapping):
        return {key: lay_over(value, translation[key]) if key in translation else value for key, value in data.items()}
    if isinstance(data, tuple) and isinstance(translation, Mapping):
        return tuple(
            lay_over(item, translation.get(item["id"])) if isinstance(item, Mapping) and "id" in item else item
            for item in data
        )
    return translation if isinstance(data, str) and isinstance(translation, str) else data

"""What a paper holds: plain data, written as one JSON text and read back the same.

Taken is what JSON keeps exactly: texts, whole numbers, true and false, nothing, lists, and mappings whose keys
are texts. Numbers with decimals are written as texts, because 12.10 is not 12.1.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from cbi.store.contents import ContentError

PaperContent = Mapping[str, Any]

LARGEST_PAPER = 1024 * 1024
"""Bytes of the longest text that a paper may take."""

_DEEPEST = 100


def write_paper(content: PaperContent | None) -> str | None:
    """Write what a paper holds as JSON text, the same text for the same content; None for a withdrawn one.

    Raises :class:`ContentError` for what JSON does not keep exactly, with its place.
    """
    if content is None:
        return None
    if not isinstance(content, Mapping):
        raise ContentError(f"a paper holds a mapping, not a {type(content).__name__}")
    try:
        return json.dumps(_plain(content, ()), sort_keys=True, separators=(",", ":"))
    except ContentError:
        raise
    except ValueError as error:  # a whole number of thousands of digits
        raise ContentError(str(error)) from None


def read_paper(text: str | None) -> PaperContent | None:
    """Read what :func:`write_paper` wrote."""
    found: PaperContent | None = None if text is None else json.loads(text)
    return found


def _plain(data: Any, where: tuple[str, ...]) -> Any:
    """Give data as JSON knows it; tuples become lists."""
    if len(where) > _DEEPEST:
        raise ContentError(f"a paper has at most {_DEEPEST} layers")
    if data is None or isinstance(data, str | int):
        return data
    if isinstance(data, list | tuple):
        return [_plain(one, (*where, str(number))) for number, one in enumerate(data)]
    if isinstance(data, Mapping):
        if strange := [key for key in data if not isinstance(key, str)]:
            raise ContentError(f"the key {strange[0]!r} in “{'.'.join(where)}” is no text")
        return {key: _plain(one, (*where, key)) for key, one in data.items()}
    raise ContentError(
        f"“{'.'.join(where)}” is a {type(data).__name__}: write numbers with decimals, dates and the like as texts"
    )

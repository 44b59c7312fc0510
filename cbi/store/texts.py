"""Texts as every database can keep them, and the digest that finds a text of any length."""

from __future__ import annotations

import hashlib
import re

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")  # what PostgreSQL or UTF-8 cannot hold


def free_text(text: str) -> str:
    """Give a text without the signs that no database can keep; line breaks stay."""
    return _UNKEEPABLE.sub("\ufffd", text).strip()


def one_line(text: str, most: int | None = None) -> str:
    """Give a text on one line with single spaces, cut to ``most`` characters."""
    return " ".join(_UNKEEPABLE.sub("\ufffd", text).split())[:most]


def digest(data: str | bytes) -> str:
    """Give the SHA-256 of a text or of bytes, in 64 hexadecimal digits."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()

"""Texts as every database can keep them, names of files, and the digest that finds a text of any length."""

from __future__ import annotations

import hashlib
import re
from pathlib import PurePosixPath, PureWindowsPath

LONGEST_FILE_NAME, LONGEST_ENDING = 200, 20

_UNKEEPABLE = re.compile("[\x00\ud800-\udfff]")  # what PostgreSQL or UTF-8 cannot hold


def free_text(text: str) -> str:
    """Give a text without the signs that no database can keep; line breaks stay."""
    return _UNKEEPABLE.sub("\ufffd", text).strip()


def one_line(text: str, most: int | None = None) -> str:
    """Give a text on one line with single spaces, cut to ``most`` characters."""
    return " ".join(_UNKEEPABLE.sub("\ufffd", text).split())[:most]


_UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""Control signs, and marks that turn a line: with one, ``photo[mark]gpj.exe`` would look like a picture."""


def file_name(name: str) -> str:
    """Give the name of a file without the folders that a browser may have sent along, as it is.

    A long one loses the end of its stem and keeps its ending.
    """
    bare = PurePosixPath(PureWindowsPath(_UNSEEN.sub(" ", name)).as_posix())
    ending = one_line(bare.suffix) if len(bare.suffix) <= LONGEST_ENDING else ""
    stem = one_line(bare.name.removesuffix(bare.suffix) if ending else bare.name)
    return f"{stem[: LONGEST_FILE_NAME - len(ending)].rstrip()}{ending}" or "file"


def digest(data: str | bytes) -> str:
    """Give the SHA-256 of a text or of bytes, in 64 hexadecimal digits."""
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()

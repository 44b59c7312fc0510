"""Archives that are the same bytes for the same content: fixed order and times, no compression that could differ."""

from __future__ import annotations

import hashlib
import io
import zipfile
from collections.abc import Mapping

EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The first moment that an archive can name: it stands for no time at all."""


def pack(files: Mapping[str, bytes]) -> bytes:
    """Put files into a zip archive, in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        for name, data in files.items():
            member = zipfile.ZipInfo(name, EARLIEST)
            member.create_system = 3
            member.external_attr = 0o644 << 16
            archive.writestr(member, data)
    return out.getvalue()


def digest(data: bytes) -> str:
    """Give the SHA-256 of some bytes in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def encoded(text: str) -> bytes:
    """Give a text in UTF-8; half a sign that some program left behind becomes a question mark."""
    return text.encode("utf-8", "replace")

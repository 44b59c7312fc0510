"""The name of the person who works here, asked once and kept. It is never invented."""

from __future__ import annotations

import os
from pathlib import Path

from cbi.store.database import DEFAULT_FILE, address, file_of
from cbi.store.errors import StoreError
from cbi.store.texts import one_line

VARIABLE = "CBI_PERSON"
FILE_NAME = "person.txt"


def file_of_name() -> Path:
    """Give the file that keeps the name: beside the database file, or in ``data/`` where the database is a server."""
    return (file_of(address()) or DEFAULT_FILE).with_name(FILE_NAME)


def remembered_name(file: Path | None = None) -> str:
    """Give the name that is kept on this machine: ``CBI_PERSON``, else the file; empty if nobody said one.

    Where people sign in, the name of the signed-in user goes before this.
    """
    if name := one_line(os.environ.get(VARIABLE, ""), 200):
        return name
    try:
        return one_line((file or file_of_name()).read_text("utf-8"), 200)
    except (OSError, UnicodeDecodeError, StoreError):
        return ""


def remember_name(name: str, file: Path | None = None) -> None:
    """Keep the name on this machine; an empty one forgets it. Raises OSError if the folder cannot be written."""
    file = file or file_of_name()
    file.parent.mkdir(exist_ok=True)
    file.write_text(one_line(name, 200) + "\n", "utf-8")

"""The name of the person who works here, asked once and kept. It is never invented, and nobody gets another's."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from cbi.store.database import DEFAULT_FILE, address, file_of
from cbi.store.errors import StoreError
from cbi.store.texts import one_line

VARIABLE = "CBI_PERSON"
FILE_NAME, PEOPLE_NAME = "person.txt", "people.json"
MOST_BROWSERS = 500
"""Browsers whose names are kept; those that said theirs longest ago are forgotten first."""


def file_of_name() -> Path:
    """Give the file that keeps the name: beside the database file, or in ``data/`` where the database is a server."""
    return (file_of(address()) or DEFAULT_FILE).with_name(FILE_NAME)


def remembered_name(file: Path | None = None) -> str:
    """Give the name that is kept on this machine: ``CBI_PERSON``, else the file; empty if nobody said one.

    Where people sign in, the name of the signed-in user goes before this.
    """
    if name := one_line(os.environ.get(VARIABLE, "")):
        return name
    try:
        return one_line((file or file_of_name()).read_text("utf-8"))
    except (OSError, UnicodeDecodeError, StoreError):
        return ""


def remember_name(name: str, file: Path | None = None) -> None:
    """Keep the name on this machine; an empty one forgets it. Raises OSError if the folder cannot be written."""
    file = file or file_of_name()
    file.parent.mkdir(exist_ok=True)
    file.write_text(one_line(name) + "\n", "utf-8")


class People:
    """Who works in which browser, while the app runs; what they said is kept for the next time beside the name.

    A browser that said a name has that name. The name kept on this machine holds without asking for one more:
    the first browser that comes, unless other names are known as well – then nobody can tell who it is. Every
    other browser has no name until its person says one. ``file`` is that of :func:`file_of_name`.
    """

    def __init__(self, file: Path) -> None:
        self._file = file
        self._lock = Lock()
        self._unasked: str | None = None  # the browser that has the kept name unasked; "" when there is none any more

    def name_of(self, browser: str) -> str:
        """Give the name of the person at a browser; empty if they have to be asked.

        ``browser`` is a text that tells browsers apart; empty where nothing does: then all are one person.
        """
        kept = remembered_name(self._file)
        if not browser:
            return kept
        with self._lock:
            said = self._said()
            if self._unasked is None:
                self._unasked = browser if kept and set(said.values()) <= {kept} else ""
            return said.get(browser) or (kept if browser == self._unasked else "")

    def keep(self, browser: str, name: str) -> None:
        """Keep the name that a person said at a browser; an empty one forgets it.

        The name kept on this machine changes only if there is none yet, or if it was said at this very browser.
        Raises OSError if the folder cannot be written.
        """
        name = one_line(name)
        if not browser:
            remember_name(name, self._file)
            return
        with self._lock:
            kept, said = remembered_name(self._file), self._said()
            before = said.pop(browser, "")
            if browser == self._unasked or self._unasked is None:
                self._unasked = ""
            self._write({**said, **({browser: name} if name else {})})
            if not kept or before == kept:
                remember_name(name, self._file)

    def names(self) -> tuple[str, ...]:
        """List the names that are known on this machine, the one said last first."""
        with self._lock:
            known = [remembered_name(self._file), *self._said().values()]
        return tuple(dict.fromkeys(name for name in reversed(known) if name))

    def _said(self) -> dict[str, str]:
        try:
            found = json.loads(self._file.with_name(PEOPLE_NAME).read_text("utf-8"))
        except (OSError, ValueError, RecursionError):
            return {}
        return {key: one_line(name) for key, name in found.items()} if _is_texts(found) else {}

    def _write(self, said: Mapping[str, str]) -> None:
        """Write beside and swap, so that a reader never sees half a file."""
        file = self._file.with_name(PEOPLE_NAME)
        file.parent.mkdir(exist_ok=True)
        beside = file.with_suffix(".new")
        beside.write_text(json.dumps(dict(list(said.items())[-MOST_BROWSERS:]), ensure_ascii=False), "utf-8")
        beside.replace(file)


def _is_texts(found: object) -> bool:
    return isinstance(found, dict) and all(isinstance(name, str) for name in found.values())

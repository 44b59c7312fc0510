"""Faults in definition files: each says file, line, place in the file, what is wrong and what would be right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from cbi.i18n import Sentence


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one definition file."""

    file: Path
    line: int
    path: str
    what: Sentence
    cure: Sentence

    def text(self, language: str = "en") -> str:
        """Print the fault as ``file:line: path: what; cure``."""
        place = f"{self.path}: " if self.path else ""
        return f"{shown(self.file)}:{self.line}: {place}{self.what.text(language)}; {self.cure.text(language)}"


def shown(file: Path) -> str:
    """Give a path as a person at the terminal would type it: relative where that is shorter."""
    try:
        return file.resolve().relative_to(Path.cwd()).as_posix()
    except ValueError:
        return str(file)


class DefinitionError(Exception):
    """The definitions cannot be used; ``faults`` holds all that is wrong, in every file."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        super().__init__("\n".join(fault.text() for fault in faults))
        self.faults = tuple(faults)

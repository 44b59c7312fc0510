"""A problem is data: what is wrong, where, what was found and what would be right.

It is made where it is noticed and put into words as late as possible, in the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from cbi.i18n import Sentence


class Severity(StrEnum):
    """How much a problem matters: an error keeps something out of the score, a warning asks to look."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that a person should know about their data.

    ``code`` is a stable word for programs; ``where`` a file and line, a sheet and cell, or an indicator.
    ``indicator`` and ``input`` are ids that let a form show the problem beside the field it belongs to.
    """

    severity: Severity
    code: str
    where: str
    sentence: Sentence
    indicator: str | None = None
    input: str | None = None

    def to_dict(self, language: str = "en") -> dict[str, str]:
        """Give severity, code, place and message as the scorecard's JSON lists them."""
        return {
            "severity": self.severity.value,
            "code": self.code,
            "where": self.where,
            "message": self.sentence.text(language),
        }


def has_errors(problems: Iterable[Problem]) -> bool:
    """Tell whether any of the problems is an error."""
    return any(problem.severity is Severity.ERROR for problem in problems)

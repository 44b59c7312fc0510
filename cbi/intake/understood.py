"""What a cell can turn out to be: a figure, nothing, something wrong, or a question with its readings."""

from __future__ import annotations

from dataclasses import dataclass

from cbi.assessment import Given, Reason
from cbi.i18n import Sentence
from cbi.intake.model import Option


@dataclass(frozen=True, slots=True)
class Manner:
    """How a file is to be read: the locale of its numbers, and whether texts are read by it, as in CSV and exports."""

    locale: str = "en"
    all_texts: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure was understood."""

    value: Given
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Nothing was given; ``reason`` where the cell says why."""

    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Wrong:
    """The cell holds something that cannot be meant: what, and what would be right."""

    code: str
    sentence: Sentence


@dataclass(frozen=True, slots=True)
class Unsure:
    """The cell can be read in more than one way: each with the key that answers the question.

    A reading may leave another question open: first which number is meant, then in which unit.
    """

    group: str
    sentence: Sentence
    readings: tuple[tuple[Option, Figure | Nothing | Unsure], ...]

    def answered(self, key: str) -> Figure | Nothing | Unsure | None:
        """Give the reading with this key; None if there is none."""
        return next((meant for option, meant in self.readings if option.key == key), None)


Understood = Figure | Nothing | Wrong | Unsure

"""What was understood of a file that somebody sent: items, problems, questions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from cbi.assessment import Entry, Reason
from cbi.definitions.edition import PROFILE
from cbi.draft import FINISHED
from cbi.i18n import Sentence
from cbi.intake.forms import UnknownForm
from cbi.problems import Problem
from cbi.sheets import Cell
from cbi.sheets.model import place_of

REASON, WAY = "reason", "way"
"""What a line may give in place of a figure: why there is none (with note and source), or which measure counts."""


class FormKind(StrEnum):
    """What kind of file it is."""

    TEMPLATE = "template"
    TABLE = "table"
    MAPPED = "mapped"
    UNKNOWN = "unknown"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Statement:
    """What is said of an indicator as a whole: why it has no value, with note and source.

    ``instead_of`` is the input (or ``=``) in whose cell it stood, empty where it is said of the whole indicator.
    """

    reason: Reason | None = None
    note: str = ""
    source: str = ""
    instead_of: str = field(default="", compare=False)


Content = Entry | Statement | str
"""What an item becomes: a figure, a statement, or the id of the measure that counts."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that a file gives for one input.

    ``id`` is stable within the file. ``place`` is ``profile.city_area`` or the id of an indicator, ``input`` the
    id of its input, ``=`` for the finished value, ``reason`` or ``way``. ``found`` is the text as it stood,
    ``becomes`` what was understood.
    """

    id: str
    where: str
    place: str
    input: str
    label: str
    found: str
    becomes: str | Sentence
    content: Content

    @property
    def target(self) -> tuple[str, str]:
        """What it is for: two items with the same target speak of the same thing."""
        return self.place, self.input

    @property
    def owner(self) -> str:
        """``profile`` or the id of the indicator that it belongs to."""
        return PROFILE if self.place.startswith(f"{PROFILE}.") else self.place


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to a question: its key, and what it means in the reader's words."""

    key: str
    meaning: str | Sentence


@dataclass(frozen=True, slots=True)
class Question:
    """Something that can be read in more than one way. It is asked, never guessed.

    It is answered by its ``id`` for this cell alone, or by its ``group`` for all cells of the file that pose
    the same question: ``{"Governance!E14": "comma"}`` or ``{"decimal": "comma"}``. Until then the cell is left
    out.
    """

    id: str
    group: str
    where: str
    place: str
    input: str
    label: str
    found: str
    sentence: Sentence
    options: tuple[Option, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """What a file gives for one input, still as cells.

    ``owner`` is ``profile`` or the id of an indicator; ``name`` the id of an input, ``=``, ``way``, or empty for
    the indicator as a whole. ``cells`` are the cells of its row by column (value, unit, data_year, quality,
    source, note, reason); ``ticks`` the answers to the items of a checklist. ``usual_unit`` is what the form
    means where it names no unit; with ``hectares`` an area without any is one in hectares, as the plain table
    has it.
    """

    owner: str
    name: str
    sheet: str
    cells: Mapping[str, Cell]
    ticks: Mapping[str, Cell] = field(default_factory=dict)
    usual_unit: str = ""
    hectares: bool = False

    def text(self, column: str) -> str:
        """Give the text of a column, empty where there is none."""
        cell = self.cells.get(column)
        return cell.text.strip() if cell is not None else ""

    def where(self, column: str = "value") -> str:
        """Name the cell of a column, or the first of the row: ``Governance!E14``."""
        cells = [self.cells.get(column), *self.ticks.values(), *self.cells.values()]
        return next((place_of(self.sheet, cell) for cell in cells if cell is not None), self.sheet)

    @property
    def indicator(self) -> str | None:
        """The id of the indicator that it belongs to; None for the profile."""
        return None if self.owner == PROFILE else self.owner

    @property
    def place(self) -> str:
        """The place that it belongs to: ``profile.city_area`` or the id of an indicator."""
        return f"{PROFILE}.{self.name}" if self.owner == PROFILE else self.owner


@dataclass(frozen=True, slots=True)
class Received:
    """What a file holds for one city in one year under one edition, as far as it was understood.

    Nothing here has changed anything. ``name`` is what the file is called. ``city`` and ``year`` are None where
    the file does not say. ``unknown`` describes a form that nobody has mapped yet, ``mapped`` one that was read
    with the mapping of its fingerprint.
    """

    name: str
    form: FormKind
    edition: str
    city: str | None = None
    year: int | None = None
    items: tuple[Item, ...] = ()
    problems: tuple[Problem, ...] = ()
    questions: tuple[Question, ...] = ()
    unknown: UnknownForm | None = None
    mapped: UnknownForm | None = None


__all__ = [
    "FINISHED",
    "REASON",
    "WAY",
    "Content",
    "FormKind",
    "Item",
    "Line",
    "Option",
    "Question",
    "Received",
    "Statement",
]

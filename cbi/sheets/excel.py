"""Workbooks of Excel (.xlsx, .xlsm) in one streaming pass: values, formulas, formats, comments, hidden and merged.

Macros are ignored, links to other files are never followed, and fonts, colours and charts are not looked at.
"""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from cbi.i18n import say
from cbi.problems import Problem, Severity
from cbi.sheets.cell_text import from_cell
from cbi.sheets.excel_cells import SheetCells, Styles
from cbi.sheets.guards import SheetFileError, chunks, damaged, not_a_workbook, open_archive
from cbi.sheets.model import Book, Cell, Sheet, position_of
from cbi.sheets.xml import local, read_xml

MOST_TEXTS = 30_000_000
"""The largest list of shared texts, in bytes; the 300 questions of a form take 0.2 MB."""

MOST_SHEETS = 100


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sheet lies in the archive."""

    name: str
    member: str
    hidden: bool


@dataclass(slots=True)
class Excel:
    """An opened archive, its sheets by place, and what all of them share."""

    archive: zipfile.ZipFile
    places: tuple[Place, ...]
    since_1904: bool
    parts: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def size(self, member: str) -> int:
        """Tell how many bytes a member unpacks to; 0 if it is not there."""
        try:
            return self.archive.getinfo(member).file_size
        except KeyError:
            return 0

    def styles(self) -> Styles:
        """Read which style shows numbers in which format."""
        styles = Styles(self.since_1904)
        for member in self.parts.get("styles", ()):
            read_xml(chunks(self.archive, member), styles.start, styles.end)
        return styles

    def texts(self) -> list[str]:
        """Read the texts that the sheets share."""
        found = _SharedTexts()
        for member in self.parts.get("sharedStrings", ()):
            if self.size(member) > MOST_TEXTS:
                raise SheetFileError(
                    "too_large",
                    say("The workbook holds more text than any form of the index. Is it the right file?"),
                )
            read_xml(chunks(self.archive, member), found.start, found.end)
        return found.texts


def read_excel(data: bytes, name: str) -> Book:
    """Read a workbook. Raises :class:`SheetFileError` for one that cannot be read."""
    book = open_excel(data)
    styles, texts = book.styles(), book.texts()
    problems = []
    if any(member.startswith("xl/externalLinks/") for member in book.archive.namelist()):
        sentence = say("The workbook takes figures from other files. Their last known values were read; check them.")
        problems.append(Problem(Severity.NOTE, "external_links", name, sentence))
    return Book(name, tuple(_sheet(book, place, styles, texts) for place in book.places), tuple(problems))


def open_excel(data: bytes) -> Excel:
    """Open a workbook and find its sheets. Raises :class:`SheetFileError`."""
    archive = open_archive(data)
    top = _relations(archive, "_rels/.rels", "")
    main = next((target for _, kind, target in top if kind == "officeDocument"), "xl/workbook.xml")
    if main not in archive.namelist():
        raise not_a_workbook()
    folder, _, file = main.rpartition("/")
    relations = _relations(archive, f"{folder}/_rels/{file}.rels", folder)
    frame = _Frame()
    read_xml(chunks(archive, main), frame.start, frame.end)
    targets = {key: target for key, _, target in relations}
    kinds = {key: kind for key, kind, _ in relations}
    members = set(archive.namelist())
    places = tuple(
        Place(title, targets[key], hidden)
        for title, key, hidden in frame.sheets[:MOST_SHEETS]
        if kinds.get(key) == "worksheet" and targets[key] in members
    )
    if not places:
        raise damaged("sheets")
    parts: dict[str, tuple[str, ...]] = {}
    for _, kind, target in relations:
        if kind in ("styles", "sharedStrings") and target in members:
            parts[kind] = (target,)
    return Excel(archive, places, frame.since_1904, parts)


def _sheet(book: Excel, place: Place, styles: Styles, texts: list[str]) -> Sheet:
    reader = SheetCells(styles, texts)
    read_xml(chunks(book.archive, place.member), reader.start, reader.end)
    cells = reader.cells
    for position, comment in _comments(book, place.member).items():
        cells[position] = replace(cells.get(position) or Cell(*position), comment=comment)
    return Sheet(place.name, cells, place.hidden, reader.cut)


def _comments(book: Excel, sheet: str) -> dict[tuple[int, int], str]:
    folder, _, file = sheet.rpartition("/")
    found: dict[tuple[int, int], str] = {}
    for _, kind, target in _relations(book.archive, f"{folder}/_rels/{file}.rels", folder):
        if kind == "comments" and target in book.archive.namelist():
            comments = _Comments()
            read_xml(chunks(book.archive, target), comments.start, comments.end)
            found |= comments.found
    return found


def _relations(archive: zipfile.ZipFile, member: str, folder: str) -> list[tuple[str, str, str]]:
    """List what a part refers to inside the file: id, kind, member. What lies outside is left out."""
    found: list[tuple[str, str, str]] = []

    def start(name: str, attributes: Mapping[str, str], before: str) -> None:
        if name == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            path = target[1:] if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
            found.append((attributes.get("Id", ""), attributes.get("Type", "").rpartition("/")[2], path))

    if member in archive.namelist():
        read_xml(chunks(archive, member), start, _nothing)
    return found


def _nothing(name: str, text: str) -> None:
    pass


class _Frame:
    """The sheets in their order, and from which year dates are counted."""

    def __init__(self) -> None:
        self.sheets: list[tuple[str, str, bool]] = []
        self.since_1904 = False

    def start(self, name: str, attributes: Mapping[str, str], before: str) -> None:
        if name == "sheet":
            given = local(attributes)
            state = given.get("state", "visible")
            self.sheets.append((given.get("name", ""), given.get("id", ""), state != "visible"))
        elif name == "workbookPr":
            self.since_1904 = attributes.get("date1904") in ("1", "true")

    def end(self, name: str, text: str) -> None:
        pass


class _SharedTexts:
    """Texts that cells refer to by number, their parts of different font joined, without readings beside them."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self._parts: list[str] = []
        self._aside = False

    def start(self, name: str, attributes: Mapping[str, str], before: str) -> None:
        if name == "si":
            self._parts = []
        elif name == "rPh":
            self._aside = True

    def end(self, name: str, text: str) -> None:
        if name == "t" and not self._aside:
            self._parts.append(text)
        elif name == "si":
            self.texts.append(from_cell("".join(self._parts)))
        elif name == "rPh":
            self._aside = False


class _Comments:
    """Comments by the cell that they belong to."""

    def __init__(self) -> None:
        self.found: dict[tuple[int, int], str] = {}
        self._at: tuple[int, int] | None = None
        self._parts: list[str] = []

    def start(self, name: str, attributes: Mapping[str, str], before: str) -> None:
        if name == "comment":
            self._at, self._parts = position_of(attributes.get("ref", "")), []

    def end(self, name: str, text: str) -> None:
        if name == "t":
            self._parts.append(text)
        elif name == "comment" and self._at is not None:
            self.found[self._at] = from_cell("".join(self._parts)).strip()

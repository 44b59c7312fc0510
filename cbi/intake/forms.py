"""A form that nobody knows yet: its sheets, its columns, its fields – headings and labels, without the figures."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cbi.sheets import Book, Cell, Sheet
from cbi.sheets.model import place_of
from cbi.units import plain

MOST_FIELDS = 400
FURTHEST_HEAD = 20
MOST_CELLS = 40_000
LONGEST = 300
"""The most signs that a label or what was found is shown with."""

ROWS, COLUMNS = "rows", "columns"
"""Whether a sheet asks down its rows, or across its columns."""

ROLES: Mapping[str, tuple[str, ...]] = {
    "value": ("value", "figure", "answer", "amount", "result", "data", "entry", "response",
              "数值", "值", "填报值", "结果", "数据", "填写内容", "填报内容", "答案", "指标值"),
    "unit": ("unit", "units", "unit of measure", "单位", "计量单位"),
    "data_year": ("year", "year of the data", "data year", "reference year", "年份", "数据年份", "年度"),
    "quality": ("quality", "data quality", "quality of the data", "reliability", "质量", "数据质量"),
    "source": ("source", "sources", "data source", "reference", "来源", "数据来源", "资料来源", "出处"),
    "note": ("note", "notes", "remark", "remarks", "comment", "comments", "explanation", "备注", "说明", "注"),
    "number": ("no", "no.", "nr", "nr.", "number", "#", "id", "indicator no.", "序号", "编号", "指标编号"),
    "label": ("indicator", "item", "question", "description", "name", "variable", "what", "data item",
              "指标", "指标名称", "项目", "名称", "内容", "填报项", "问题"),
}  # fmt: skip
"""What the columns of a form are often called."""

_YEAR = re.compile(r"(?:19|20)\d\d")
_FIGURE = re.compile(r"[\d\s.,;:%+\-–/()'’]*")


@dataclass(frozen=True, slots=True)
class Field:
    """One thing that a form asks: the key of its label on the sheet, the label, where it stands, what was answered."""

    key: str
    label: str
    where: str
    found: str
    number: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class FormSheet:
    """One sheet of a form. ``headings`` are its columns by key, ``roles`` what they seem to hold, by role."""

    name: str
    layout: str
    headings: Mapping[str, str]
    roles: Mapping[str, str]
    fields: tuple[Field, ...]


@dataclass(frozen=True, slots=True)
class UnknownForm:
    """A form as it was found. ``fingerprint`` is the same for every file of this form, whatever its figures."""

    fingerprint: str
    sheets: tuple[FormSheet, ...]


def key_of(text: str) -> str:
    """Fold a heading or label so that it is found again: a year in it may be another one next time."""
    return _YEAR.sub("#", plain(text[:LONGEST]))


def form_of_book(book: Book) -> UnknownForm:
    """Describe the form of a book, sheet by sheet. A sheet of very many cells is data, not a form."""
    small = [sheet for sheet in book.sheets if len(sheet.cells) <= MOST_CELLS]
    sheets = tuple(found for sheet in small if (found := _form_sheet(sheet)) is not None)
    return UnknownForm(_fingerprint(sheets), sheets)


def _fingerprint(sheets: Sequence[FormSheet]) -> str:
    digest = hashlib.sha256()
    for sheet in sheets:
        parts = (sheet.name, sheet.layout, *sheet.headings, "", *(field.key for field in sheet.fields))
        digest.update("\n".join(key_of(part) for part in parts).encode() + b"\0")
    return f"form:{digest.hexdigest()[:24]}"


def _form_sheet(sheet: Sheet) -> FormSheet | None:
    """Describe a sheet the way that finds more labels in one line: down its rows or across its columns."""
    down, across = _described(sheet, ROWS), _described(turned(sheet), COLUMNS)
    found = max((down, across), key=lambda one: len(one.fields) if one else 0)
    return found if found is not None and found.fields else None


def turned(sheet: Sheet) -> Sheet:
    """Give a sheet with rows and columns exchanged; its cells keep their addresses."""
    return Sheet(sheet.name, {(column, row): cell for (row, column), cell in sheet.cells.items()}, sheet.hidden)


def view_of(sheet: Sheet, layout: str) -> Sheet:
    """Give a sheet so that what it asks stands one below the other."""
    return sheet if layout == ROWS else turned(sheet)


def columns_of(view: Sheet) -> tuple[int, dict[str, int]]:
    """Find the line that heads the columns, and the columns by their keys.

    A column without heading has its number as key. A view that heads no columns has the line 0.
    """
    head = _head(view)
    columns: dict[str, int] = {}
    for column in sorted({column for (row, column) in view.cells if row >= head}):
        text = view.at(head, column).text.strip() if head else ""
        key = key_of(text) if text else f"({column})"
        columns[key if key not in columns else f"{key} ({column})"] = column
    return head, columns


def _head(view: Sheet) -> int:
    """Find the heading line: among the first ones, that with the most words that columns are often called."""
    first = set(sorted({row for row, _ in view.cells})[:FURTHEST_HEAD])
    counts = Counter(
        row
        for (row, _), cell in view.cells.items()
        if row in first and isinstance(cell.value, str) and _role(cell.text)
    )
    best, most = max(counts.items(), key=lambda one: (one[1], -one[0]), default=(0, 0))
    return best if most > 1 else 0


def _role(text: str) -> str | None:
    wanted = key_of(text)
    if not wanted:
        return None
    if wanted == "#":
        return "value"
    bare = re.sub(r"\s*[(（\[].*$", "", wanted).rstrip(" :：*")
    return next((role for role, names in ROLES.items() if wanted in names or bare in names), None)


def _described(view: Sheet, layout: str) -> FormSheet | None:
    head, columns = columns_of(view)
    roles = _roles(view, head, columns)
    if "label" not in roles or "value" not in roles:
        return None
    fields = tuple(field for field, _ in field_rows(view, layout, head, columns, roles))
    letters = {number: key for key, number in columns.items()}
    headings = {letters[number]: view.at(head, number).text.strip() if head else "" for number in sorted(letters)}
    return FormSheet(view.name, layout, headings, roles, fields[:MOST_FIELDS])


def _roles(view: Sheet, head: int, columns: Mapping[str, int]) -> dict[str, str]:
    """Guess what the columns hold: by their headings, else labels where most texts stand, the value right of them."""
    roles: dict[str, str] = {}
    for key, column in columns.items():
        role = _role(view.at(head, column).text) if head else None
        if role is not None and (role not in roles or (role == "value" and key_of(view.at(head, column).text) == "#")):
            roles[role] = key
    below = [(column, cell) for (row, column), cell in view.cells.items() if row > head]
    labels = Counter(column for column, cell in below if _is_label(cell))
    filled = Counter(column for column, cell in below if not cell.is_blank)
    taken = {roles[role] for role in roles if role != "label"}
    if "label" not in roles or labels[columns[roles["label"]]] < max(labels.values(), default=0) / 3:
        free = [key for key, column in columns.items() if key not in taken and labels[column]]
        if not free:
            return roles
        roles["label"] = max(free, key=lambda key: (labels[columns[key]], -columns[key]))
    if "value" not in roles:
        right = [key for key, column in columns.items() if column > columns[roles["label"]] and key not in taken]
        if right:
            roles["value"] = max(right, key=lambda key: (filled[columns[key]], -columns[key]))
    return roles


def _is_label(cell: Cell) -> bool:
    return isinstance(cell.value, str) and len(cell.text.strip()) > 1 and not _FIGURE.fullmatch(cell.text)


def field_rows(
    view: Sheet, layout: str, head: int, columns: Mapping[str, int], roles: Mapping[str, str]
) -> list[tuple[Field, int]]:
    """List the fields of a view, each with its line; a label that comes again is counted."""
    seen: dict[str, int] = {}
    found = []
    for row in sorted({row for row, _ in view.cells if row > head}):
        label = view.at(row, columns[roles["label"]])
        if not _is_label(label):
            continue
        key = key_of(label.text)
        seen[key] = seen.get(key, 0) + 1
        key = key if seen[key] == 1 else f"{key} ({seen[key]})"
        value = at_view(view, layout, row, columns[roles["value"]])
        number, unit = (
            view.at(row, columns[roles[role]]).text.strip() if role in roles else "" for role in ("number", "unit")
        )
        found.append(
            (Field(key, label.text.strip(), place_of(view.name, value), value.text.strip(), number, unit), row)
        )
    return found


def at_view(view: Sheet, layout: str, row: int, column: int) -> Cell:
    """Give a cell of a view with its true address, also where nothing stands."""
    found = view.cells.get((row, column))
    if found is not None:
        return found
    return Cell(row, column) if layout == ROWS else Cell(column, row)

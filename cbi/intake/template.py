"""Reading our own template back: any version and language, whatever was moved, renamed, inserted or sorted.

A row is known by its code and a column by its heading, never by where they stand. Where the code is gone, the row
is known by its number and what it asks; an entry that cannot be placed is named. The hidden sheet says which
headings the workbook was written with; where it was lost, the headings of both languages are tried.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from cbi.definitions import EDITIONS, edition
from cbi.i18n import LANGUAGES, say
from cbi.intake.asked import asked_for
from cbi.intake.model import Line
from cbi.intake.own_units import with_own_units
from cbi.intake.typed_over import WorkedOut, typed_over
from cbi.intake.uncoded import FEWEST_HEADINGS, OURS, Known, codes_by_text, is_lost, known_rows
from cbi.problems import Problem, Severity
from cbi.sheets import Book, Cell, Sheet
from cbi.sheets.model import place_of
from cbi.units import plain
from cbi.workbook import words
from cbi.workbook.parts import CALCULATION, HIDDEN, START, VERSION, WAY, Code, parse_code

READ = ("value", "unit", "data_year", "quality", "source", "note", "reason")
"""The columns that take entries; what stands in others is only shown."""

FEWEST_CODES = 2
"""So many known codes in one column make a template, also where the hidden sheet was lost."""

FURTHEST_HEAD = 40
"""The row by which the headings of a sheet without codes must have come."""

_CODE = re.compile(r"[a-z][a-z0-9_]*(\.([a-z][a-z0-9_]*|=)(:[a-z][a-z0-9_]*)?)?")
_YEAR = re.compile(r"((?:19|20)\d\d)(?:\.0+|年)?")


@dataclass(frozen=True, slots=True)
class Template:
    """What the workbook says of itself, its lines, and what was noticed."""

    edition: str
    city: str | None
    year: int | None
    lines: tuple[Line, ...]
    problems: tuple[Problem, ...]


@dataclass(slots=True)
class _Found:
    is_text: bool = False
    lines: dict[tuple[str, str, int], Line] = field(default_factory=dict)
    start: dict[str, Cell] = field(default_factory=dict)
    worked_out: list[WorkedOut] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def placed(self, cell: Cell) -> Cell:
        """Give a cell as it is told where it stands: in a text file by its line alone."""
        return replace(cell, column=0) if self.is_text else cell


def is_template(book: Book) -> bool:
    """Tell whether a workbook is our template: it says so, its rows carry our codes, or it has our headings."""
    if "template" in _facts(book).get("workbook", {}):
        return True
    headings = _headings({})
    return any(_code_column(sheet, FEWEST_CODES) or _has_our_head(sheet, headings) for sheet in book.sheets)


def _has_our_head(sheet: Sheet, headings: Mapping[str, str]) -> bool:
    first = Sheet(sheet.name, {place: cell for place, cell in sheet.cells.items() if place[0] <= FURTHEST_HEAD})
    columns = _head(first, [], headings)[1]
    return columns.keys() >= OURS and len(columns) >= FEWEST_HEADINGS


def read_template(book: Book, edition_id: str = EDITIONS[0]) -> Template:
    """Read the lines of a template, or of a single sheet of it that was saved as CSV.

    ``edition_id`` holds where neither the hidden sheet nor the codes tell the edition. What the edition does not
    ask is named and left out.
    """
    facts = _facts(book)
    workbook = facts.get("workbook", {})
    headings = _headings(facts.get("column", {}))
    found = _Found(book.is_text)
    edition_id = workbook["edition"] if workbook.get("edition") in EDITIONS else _likely_edition(book, edition_id)
    known = known_rows(edition_id, workbook.get("indicators", ""))
    for sheet in book.sheets:
        if sheet.name not in (HIDDEN, CALCULATION):
            _read_sheet(sheet, edition_id, headings, known, found)
    lines, told = with_own_units(tuple(found.lines.values()), edition_id)
    found.problems += told
    found.problems += typed_over(found.worked_out, {(one.owner, one.name) for one in lines if _is_answered(one)})
    found.problems += _about(book.name, workbook, edition_id)
    city = found.start["city"].text.strip() if "city" in found.start else workbook.get("city", "")
    return Template(edition_id, city or None, _year(found, workbook), tuple(lines), tuple(found.problems))


def _is_answered(line: Line) -> bool:
    return bool(line.text("value")) or any(cell.text.strip() for cell in line.ticks.values())


def _facts(book: Book) -> dict[str, dict[str, str]]:
    """Read the hidden sheet: what, key, text. It may have been renamed, so it is known by its first facts."""
    for sheet in book.sheets:
        if sheet.at(1, 1).text != "what" or sheet.at(1, 2).text != "key":
            continue
        facts: dict[str, dict[str, str]] = {}
        for row, _ in sheet.rows[1:]:
            what, key, text = (sheet.at(row, column).text.strip() for column in (1, 2, 3))
            if what and key:
                facts.setdefault(what, {})[key] = text
        return facts
    return {}


def _headings(columns: Mapping[str, str]) -> dict[str, str]:
    """Give the column that each heading names: those of the workbook itself, then those of every language."""
    known = {plain(heading.text(one)): name for one in LANGUAGES for name, heading in words.HEADINGS.items()}
    return known | {plain(heading): key.rpartition(".")[2] for key, heading in columns.items() if heading}


def _code_column(sheet: Sheet, fewest: int = 1) -> int | None:
    """Find the column that holds codes: the one with the most, and at least ``fewest``.

    In a workbook that is known to be ours one code is enough: a department may be asked a single thing.
    """
    counts: dict[int, int] = {}
    for (_, column), cell in sheet.cells.items():
        if isinstance(cell.value, str) and "." in cell.value and _is_known(cell.value.strip()):
            counts[column] = counts.get(column, 0) + 1
    best = max(counts, key=lambda column: counts[column], default=None)
    return best if best is not None and counts[best] >= fewest else None


def _is_known(text: str) -> bool:
    return bool(_CODE.fullmatch(text)) and any(_is_asked(one, parse_code(text)) for one in EDITIONS)


def _is_asked(edition_id: str, code: Code) -> bool:
    """Tell whether an edition asks what a code names."""
    if code.owner == START:
        return code.name in ("city", "year", "contact")
    if not code.name or code.name == WAY:
        return edition(edition_id).find(code.owner) is not None
    asked = asked_for(edition_id, code.owner, code.name, "en")
    if asked is None or not code.item:
        return asked is not None
    return any(item.id == code.item for item in asked.inputs[0].items)


def _likely_edition(book: Book, otherwise: str) -> str:
    """Find the edition that asks the most of what the codes name; of two that ask as much ``otherwise`` holds."""
    texts = [
        cell.value.strip() for sheet in book.sheets for cell in sheet.cells.values() if isinstance(cell.value, str)
    ]
    codes = [parse_code(text) for text in texts if _CODE.fullmatch(text)]
    return max(EDITIONS, key=lambda one: (sum(_is_asked(one, code) for code in codes), one == otherwise))


def _read_sheet(sheet: Sheet, edition_id: str, headings: Mapping[str, str], known: Known, found: _Found) -> None:
    at = _code_column(sheet)
    codes: dict[int, Code | None] = {}
    if at is not None:
        coded = ((row, sheet.at(row, at).text.strip()) for row, _ in sheet.rows)
        codes = {row: parse_code(text) for row, text in coded if _CODE.fullmatch(text)}
    head, columns = _head(sheet, list(codes), headings)
    if not codes and not columns.keys() >= OURS:
        return
    if "value" not in columns:
        sentence = say(
            "The sheet holds our codes, but no column is headed “{value}”. Put the row with the headings back above "
            "the entries.",
            value=words.HEADINGS["value"],
        )
        found.problems.append(Problem(Severity.ERROR, "no_headings", f"{sheet.name}!A1", sentence))
        return
    if sheet.hidden:
        sentence = say("The sheet is hidden. Its entries were read; check that they still hold.")
        found.problems.append(Problem(Severity.NOTE, "hidden", sheet.name, sentence))
    left = [row for row, _ in sheet.rows if row > head and row not in codes]
    codes |= _without_code(sheet, left, columns, known, found)
    for row, code in sorted(codes.items()):
        if code is not None:
            _take_row(sheet, row, code, columns, edition_id, found)
        else:
            found.worked_out.append(WorkedOut(sheet.name, found.placed(sheet.at(row, columns["value"]))))


def _without_code(
    sheet: Sheet, rows: list[int], columns: Mapping[str, int], known: Known, found: _Found
) -> dict[int, Code | None]:
    """Find rows without code by what they ask; an entry in a row that cannot be told is named."""
    codes = codes_by_text(sheet, rows, columns, known)
    for row in rows:
        cell = is_lost(columns, sheet, row)
        if cell is not None and row not in codes:
            sentence = say(
                "The cell holds “{found}”, but the code of its row is gone, and what the row asks is not known. "
                "Nothing was taken: put the code back, or copy the entry into its row of a new workbook.",
                found=cell.text[:100],
            )
            found.problems.append(
                Problem(Severity.ERROR, "no_code", place_of(sheet.name, found.placed(cell)), sentence)
            )
    told = [row for row, code in codes.items() if code is not None and is_lost(columns, sheet, row)]
    if told:
        sentence = say(
            "Entries whose code is gone: {count}. Their rows were known by number and label; check that each stands "
            "where it belongs.",
            count=len(told),
        )
        found.problems.append(Problem(Severity.NOTE, "known_by_label", sheet.name, sentence))
    return codes


def _head(sheet: Sheet, rows: list[int], headings: Mapping[str, str]) -> tuple[int, dict[str, int]]:
    """Find the row that holds the most headings, and its columns by them; the first of two equal ones holds."""
    best: tuple[int, dict[str, int]] = (0, {})
    for row, cells in sheet.rows:
        if row in rows[1:]:
            break
        named: dict[str, int] = {}
        for cell in cells:
            name = headings.get(plain(cell.text))
            if name is not None:
                named.setdefault(name, cell.column)
        if len(named) > len(best[1]):
            best = row, named
    return best


def _take_row(sheet: Sheet, row: int, code: Code, columns: Mapping[str, int], edition_id: str, found: _Found) -> None:
    cells = {name: found.placed(sheet.at(row, columns[name])) for name in READ if name in columns}
    if code.owner == START:
        found.start[code.name] = cells["value"]
        return
    if not _is_asked(edition_id, code):
        if not cells["value"].is_blank and code.name:
            sentence = say(
                "The {edition} edition does not ask “{code}”. The entry was left out.", edition=edition_id, code=code
            )
            found.problems.append(
                Problem(Severity.WARNING, "not_asked", place_of(sheet.name, cells["value"]), sentence)
            )
        return
    if code.item:
        _tick(sheet, code, cells, found)
        return
    asked = asked_for(edition_id, code.owner, code.name, "en") if code.name not in ("", WAY) else None
    if not code.name or (asked is not None and asked.kind == "checklist"):
        found.worked_out.append(WorkedOut(sheet.name, cells.pop("value"), code.owner))
        cells.pop("unit", None)
    key = (code.owner, code.name, 0)
    if key in found.lines and found.lines[key].ticks and not found.lines[key].cells:
        found.lines[key] = Line(code.owner, code.name, sheet.name, cells, found.lines[key].ticks)
        return
    while key in found.lines:
        key = (*key[:2], key[2] + 1)
    found.lines[key] = Line(code.owner, code.name, sheet.name, cells)


def _tick(sheet: Sheet, code: Code, cells: Mapping[str, Cell], found: _Found) -> None:
    """Add the answer to an item of a checklist to the line of the checklist, whichever row comes first."""
    key = (code.owner, code.name, 0)
    line = found.lines.get(key) or Line(code.owner, code.name, sheet.name, {})
    found.lines[key] = Line(line.owner, line.name, line.sheet, line.cells, {**line.ticks, code.item: cells["value"]})


def _about(name: str, workbook: Mapping[str, str], edition_id: str) -> Iterator[Problem]:
    """Say where the workbook is of another time than the program."""
    version = workbook.get("template", "")
    if version.isdigit() and int(version) > VERSION:
        sentence = say(
            "The workbook was made by a newer version of the program. What this version does not know was left out."
        )
        yield Problem(Severity.WARNING, "newer_template", name, sentence)
    definitions = workbook.get("definitions", "")
    if definitions and definitions != edition(edition_id).hash:
        sentence = say(
            "The definitions of the index have changed since the workbook was made. "
            "Its figures are scored by today's definitions."
        )
        yield Problem(Severity.NOTE, "definitions_changed", name, sentence)


def _year(found: _Found, workbook: Mapping[str, str]) -> int | None:
    cell = found.start.get("year")
    text = cell.text.strip() if cell is not None else workbook.get("year", "")
    if match := _YEAR.fullmatch(text):
        return int(match[1])
    if text:
        sentence = say("“{found}” is not a year. Write four digits, such as 2026.", found=text)
        found.problems.append(Problem(Severity.WARNING, "not_a_year", f"{START}.year", sentence))
    return None

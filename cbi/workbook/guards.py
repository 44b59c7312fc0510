"""What cells accept and how they answer: lists, limits, messages, and colours that stand beside a word or sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from openpyxl.formatting.formatting import ConditionalFormattingList
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation

from cbi.workbook import words
from cbi.workbook.lists import QUALITY, REASON
from cbi.workbook.parts import Sheet
from cbi.workbook.steps import letter_of
from cbi.workbook.styles import AMBER, LIGHT_GREEN

LIMITS: Mapping[str, tuple[str, str, str]] = {
    "area": ("decimal", "greaterThanOrEqual", "0"),
    "people": ("decimal", "greaterThanOrEqual", "0"),
    "money": ("decimal", "greaterThanOrEqual", "0"),
    "amount": ("decimal", "greaterThanOrEqual", "0"),
    "species": ("whole", "greaterThanOrEqual", "0"),
    "count": ("whole", "greaterThanOrEqual", "0"),
    "change": ("whole", "between", "-1000000"),
    "percent": ("decimal", "between", "0"),
    "year": ("whole", "between", "1900"),
}
"""Type, operator and lower limit by the kind of what is asked. The cell takes nothing else."""

_UPPER = {"change": "1000000", "percent": "100", "year": "2099"}


def list_name(name: str) -> str:
    """Give the name by which a validation refers to a list."""
    return f"cbi_{name}"


def validations(sheet: Sheet, language: str) -> Iterable[DataValidation]:
    """Give the validations of a sheet, one for all cells that take the same."""
    kinds: dict[str, list[str]] = {}
    lists: dict[tuple[str, str], list[str]] = {}
    for line, row in sheet.lines:
        for column in row.entries:
            cell = f"{letter_of(sheet.columns, column)}{line}"
            if column == "value" and row.choices:
                lists.setdefault((row.choices, "list"), []).append(cell)
            elif column == "value" and row.asks in LIMITS:
                kinds.setdefault(row.asks, []).append(cell)
            elif column == "unit":
                lists.setdefault((row.units, "currency" if row.asks == "money" else "unit"), []).append(cell)
            elif column == "data_year":
                kinds.setdefault("year", []).append(cell)
            elif column in (QUALITY, REASON):
                lists.setdefault((column, "list"), []).append(cell)
    for kind, cells in kinds.items():
        yield limited(kind, cells, language)
    for (name, message), cells in lists.items():
        yield _listed(name, message, cells, language)


def limited(kind: str, cells: Iterable[str], language: str) -> DataValidation:
    """Make the validation of numbers of a kind."""
    form, operator, low = LIMITS[kind]
    made = DataValidation(type=form, operator=operator, formula1=low, formula2=_UPPER.get(kind))
    return _with_messages(made, kind, cells, language)


def _listed(name: str, message: str, cells: Iterable[str], language: str) -> DataValidation:
    made = DataValidation(type="list", formula1=list_name(name))
    if message == "currency":
        made.errorStyle = "warning"  # there are more currencies than a list can offer
    return _with_messages(made, message, cells, language)


def _with_messages(made: DataValidation, kind: str, cells: Iterable[str], language: str) -> DataValidation:
    title, message = (one.text(language) for one in words.MESSAGES[kind])
    made.allow_blank = True
    made.showErrorMessage = made.showInputMessage = True
    made.errorTitle, made.error, made.promptTitle, made.prompt = title, message, title, message
    made.sqref = " ".join(cells)
    return made


def colours(formatting: ConditionalFormattingList, sheet: Sheet, language: str) -> None:
    """Colour what is scored, what is understood, and what needs another look; each stands there as a word too."""
    first, last = sheet.lines[0][0], sheet.lines[-1][0]
    points, value = (letter_of(sheet.columns, column) for column in ("points", "value"))
    scored = PatternFill(bgColor=LIGHT_GREEN, fill_type="solid")
    wrong = PatternFill(bgColor=AMBER, fill_type="solid")
    rules = [
        (points, f'{points}{first}="{words.LOOK_AGAIN}"', wrong),
        (points, f"ISNUMBER({points}{first})", scored),
        (value, f'{value}{first}="{words.CHECK.text(language)}"', wrong),
    ]
    for letter, condition, fill in rules:
        rule = FormulaRule(formula=[condition], fill=fill, font=Font(bold=True))
        formatting.add(f"{letter}{first}:{letter}{last}", rule)

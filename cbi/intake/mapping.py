"""Which field of a form is which input of the index: said once by a person, remembered for every file of the form."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cbi.definitions import EDITIONS
from cbi.i18n import Sentence, say
from cbi.intake.asked import asked_for
from cbi.intake.forms import (
    COLUMNS,
    ROLES,
    ROWS,
    Field,
    UnknownForm,
    at_view,
    columns_of,
    field_rows,
    form_of_book,
    view_of,
)
from cbi.intake.model import WAY, Line
from cbi.sheets import Book


class MappingError(ValueError):
    """Data that is no mapping: ``sentence`` says what is wrong."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.text())
        self.sentence = sentence


@dataclass(frozen=True, slots=True)
class Target:
    """What a field is: ``owner`` is ``profile`` or the id of an indicator, ``name`` its input or ``=``."""

    owner: str
    name: str
    unit: str = ""
    """The unit that the form means where it names none, such as ``km2``."""


@dataclass(frozen=True, slots=True)
class SheetMapping:
    """What the columns of a sheet hold, by role, and what its fields are, by the key of their label."""

    layout: str
    roles: Mapping[str, str]
    fields: Mapping[str, Target]


@dataclass(frozen=True, slots=True)
class FormMapping:
    """A mapping of a whole form, bound to its fingerprint; plain data, so that it can be kept and looked at."""

    fingerprint: str
    edition: str
    sheets: Mapping[str, SheetMapping]
    name: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Give the mapping as plain data for JSON."""
        return {
            "fingerprint": self.fingerprint,
            "name": self.name,
            "edition": self.edition,
            "sheets": {
                name: {
                    "layout": sheet.layout,
                    "roles": dict(sheet.roles),
                    "fields": {
                        key: {"owner": target.owner, "input": target.name}
                        | ({"unit": target.unit} if target.unit else {})
                        for key, target in sheet.fields.items()
                    },
                }
                for name, sheet in self.sheets.items()
            },
        }

    @staticmethod
    def from_dict(data: Any) -> FormMapping:
        """Read a mapping from plain data. Raises :class:`MappingError` for anything else."""
        edition = _text(data, "edition")
        if edition not in EDITIONS:
            raise MappingError(say("The mapping names no edition that is known: “{found}”.", found=edition))
        sheets = _mapping(data, "sheets")
        return FormMapping(
            _text(data, "fingerprint"),
            edition,
            {name: _sheet_from(sheet, edition) for name, sheet in sheets.items()},
            str(data.get("name", "")),
        )


def _text(data: Any, key: str) -> str:
    found = data.get(key) if isinstance(data, dict) else None
    if not isinstance(found, str) or not found:
        raise MappingError(say("This is no mapping of a form: “{key}” is missing.", key=key))
    return found


def _mapping(data: Any, key: str) -> dict[str, Any]:
    found = data.get(key) if isinstance(data, dict) else None
    if not isinstance(found, dict):
        raise MappingError(say("This is no mapping of a form: “{key}” is missing.", key=key))
    return found


def _sheet_from(data: Any, edition: str) -> SheetMapping:
    layout, roles = _text(data, "layout"), _mapping(data, "roles")
    if layout not in (ROWS, COLUMNS) or not roles.keys() <= ROLES.keys() or not {"label", "value"} <= roles.keys():
        raise MappingError(say("This is no mapping of a form: “{key}” is missing.", key="roles"))
    fields = {}
    for key, given in _mapping(data, "fields").items():
        unit = given.get("unit", "") if isinstance(given, dict) else ""
        target = Target(_text(given, "owner"), _text(given, "input"), str(unit))
        if target.name != WAY and asked_for(edition, target.owner, target.name, "en") is None:
            sentence = say(
                "The {edition} edition does not ask “{code}”. Correct the mapping.",
                edition=edition,
                code=f"{target.owner}.{target.name}",
            )
            raise MappingError(sentence)
        fields[key] = target
    return SheetMapping(layout, {role: str(key) for role, key in roles.items()}, fields)


def mapped_lines(book: Book, mapping: FormMapping) -> Iterator[Line]:
    """Give the lines of a file of a mapped form. Fields that are mapped to nothing give none."""
    for sheet in book.sheets:
        known = mapping.sheets.get(sheet.name)
        if known is None:
            continue
        view = view_of(sheet, known.layout)
        head, columns = columns_of(view)
        roles = {role: key for role, key in known.roles.items() if key in columns}
        if not {"label", "value"} <= roles.keys():
            continue
        for field, row in field_rows(view, known.layout, head, columns, roles):
            target = known.fields.get(field.key)
            if target is None:
                continue
            cells = {
                role: at_view(view, known.layout, row, columns[key])
                for role, key in roles.items()
                if role not in ("label", "number")
            }
            yield Line(target.owner, target.name, sheet.name, cells, usual_unit=target.unit)


def left_out(form: UnknownForm, mapping: FormMapping) -> tuple[Field, ...]:
    """List the fields of a form that a mapping does not read."""
    return tuple(
        field
        for sheet in form.sheets
        for field in sheet.fields
        if sheet.name not in mapping.sheets or field.key not in mapping.sheets[sheet.name].fields
    )


def fits(book: Book, mapping: FormMapping) -> bool:
    """Tell whether a book is of the form that a mapping was made for."""
    return form_of_book(book).fingerprint == mapping.fingerprint


__all__ = ["FormMapping", "MappingError", "SheetMapping", "Target", "fits", "left_out", "mapped_lines"]

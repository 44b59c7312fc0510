"""What the fields of an unknown form may be: by titles, labels and numbers in either language, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from cbi.definitions.edition import PROFILE
from cbi.draft import FINISHED
from cbi.i18n import Sentence, say
from cbi.intake.called import BRACKET, Name, bare, names_of, number_in
from cbi.intake.forms import Field, UnknownForm
from cbi.intake.mapping import FormMapping, SheetMapping, Target
from cbi.units import find_unit

LEAST = 75
"""The likeness in percent below which nothing is suggested."""

SURE = 88
"""The likeness from which on a suggestion is put into the mapping that a person then looks over."""

BY_NUMBER = 8
"""What the likeness gains where the number of the indicator stands beside."""

MOST = 3
"""Suggestions for one field."""

LEAST_OF_OTHERS = 90
"""The likeness in percent below which a name that cities use is not taken for the same."""

LEAST_OF_HEADS = 60
"""The likeness in percent that two Chinese labels must have without the word for the kind of figure."""

_KINDS = {
    "area": ("area", "list of area"),
    "percent": ("percent",),
    "count": ("species", "count", "change"),
    "people": ("people", "count"),
    "money": ("money",),
}
"""The kinds of the definitions that can be given in a unit of an area, in percent, in things counted and so on."""

_UNITS = {"percent": "percent", "count": "count", "people": "people"}
_LOWER_CODE = re.compile(r"[a-z]{3}")
"""Three small letters are more often a word (nos, pcs) than the code of a currency."""

_LAST_WORDS = {
    "area": re.compile(r"面积$|\barea$"),
    "percent": re.compile(r"(率|占比|比例|百分比)$|\b(share|percentage|percent|proportion)$"),
    "count": re.compile(r"(种数|物种数|次数|场次|项目数)$|^number of (?!inhabitants|residents|people)"),
}
_LAST_SIGNS = re.compile(r"(总面积|面积|物种数|种数|种种数|数量|次数|场次|个数|数|占比|比例|百分比|率)$")
_UNIT_IN_VALUE = re.compile(r"[\d\s.,'’]+\s*([^\d\s.,].*)")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What a field may be, how alike in percent, and why."""

    sheet: str
    key: str
    where: str
    label: str
    target: Target
    likeness: int
    why: Sentence


def suggest(form: UnknownForm, edition_id: str, language: str = "en") -> tuple[Suggestion, ...]:
    """Suggest what the fields of a form are, the likeliest first for each field."""
    names = names_of(edition_id, language)
    return tuple(
        suggestion
        for sheet in form.sheets
        for field in sheet.fields
        for suggestion in _for_field(sheet.name, field, names)
    )


def suggested_mapping(form: UnknownForm, edition_id: str, suggestions: Iterable[Suggestion]) -> FormMapping:
    """Make a mapping of what is all but sure; each field is given one input, and each input one field."""
    fields: dict[tuple[str, str], Target] = {}
    taken: set[tuple[str, str]] = set()
    for one in sorted(suggestions, key=lambda one: -one.likeness):
        place, named = (one.sheet, one.key), (one.target.owner, one.target.name)
        if one.likeness >= SURE and place not in fields and named not in taken:
            fields[place] = one.target
            taken.add(named)
    return FormMapping(
        form.fingerprint,
        edition_id,
        {
            sheet.name: SheetMapping(
                sheet.layout, sheet.roles, {key: target for (name, key), target in fields.items() if name == sheet.name}
            )
            for sheet in form.sheets
        },
    )


def _for_field(sheet: str, field: Field, names: tuple[Name, ...]) -> list[Suggestion]:
    label, number = bare(field.label), number_in(field.number) or number_in(field.label)
    unit, printed_unit = _unit_of(field)
    unit = unit or _told_by(label)
    best: dict[Target, tuple[int, Name]] = {}
    for name in names:
        likeness = _likeness(label, name.text)
        if name.is_other:  # a name among others: another wording of it tells nothing
            likeness = 0 if likeness < LEAST_OF_OTHERS else min(likeness, SURE - 1) if name.is_loose else likeness
        if number and name.number == number:
            likeness = min(likeness + BY_NUMBER, 100) if likeness >= LEAST - BY_NUMBER else LEAST
            if likeness == LEAST and not name.is_title:
                continue
        if likeness >= LEAST and likeness > best.get(name.target, (0, name))[0]:
            best[name.target] = (likeness, name)
    fitting = _fitting(best, unit, names)
    ranked = sorted(fitting.items(), key=lambda one: -one[1][0])[:MOST]
    return [
        Suggestion(
            sheet,
            field.key,
            field.where,
            field.label,
            replace(target, unit=printed_unit) if name.kind == "area" and target.name != FINISHED else target,
            likeness,
            _why(field, name, target, label, number),
        )
        for target, (likeness, name) in ranked
    ]


def _fitting(
    best: dict[Target, tuple[int, Name]], unit: str, names: tuple[Name, ...]
) -> dict[Target, tuple[int, Name]]:
    """Leave out what the unit of the field does not fit; an area under a title is an input of that indicator."""
    fitting = {target: found for target, found in best.items() if _fits(found[1].kind, unit)}
    for target, (likeness, title) in best.items():
        if target in fitting or not title.is_title or unit != "area":
            continue
        inputs = [name for name in names if name.target.owner == target.owner and name.kind == "area"]
        own = next((name for name in inputs if not name.is_title), None)
        if own is not None and fitting.get(own.target, (0, own))[0] < likeness - 2:
            fitting[own.target] = (likeness - 2, replace(title, kind=own.kind))
    return fitting


def _fits(kind: str, unit: str) -> bool:
    """Tell whether what is asked can be given in a unit; what names no unit may be anything."""
    return not unit or kind in _KINDS[unit]


def _told_by(label: str) -> str:
    """Tell what a label without unit must be, by its last words: an area, a share, a count."""
    return next((unit for unit, words in _LAST_WORDS.items() if words.search(label)), "")


def _unit_of(field: Field) -> tuple[str, str]:
    """Tell what kind of unit the field has, by its column, label or figure; and the id of an area unit."""
    bracket = BRACKET.search(field.label)
    inside = _UNIT_IN_VALUE.fullmatch(field.found[:60])
    for found in (field.unit, bracket[1] if bracket else "", inside[1] if inside else ""):
        text = found.strip()
        area = find_unit(text, "area") if text else None
        if area is not None:
            return "area", area.id
        for kind, unit in _UNITS.items():
            if text and find_unit(text, kind) is not None:
                return unit, ""
        if text and not _LOWER_CODE.fullmatch(text) and find_unit(text, "money") is not None:
            return "money", ""
    return "", ""


def _likeness(label: str, name: str) -> int:
    """Tell how alike two names are, in percent; words in another order, or some left out, cost little."""
    from rapidfuzz import fuzz  # only when a form is unknown

    found = max(fuzz.ratio(label, name), fuzz.token_sort_ratio(label, name))
    if label.count(" ") > 1 and name.count(" ") > 1:
        found = max(found, 0.6 * fuzz.token_set_ratio(label, name) + 0.4 * fuzz.token_sort_ratio(label, name))
    elif not label.isascii() and min(len(label), len(name)) >= 4:
        if fuzz.ratio(_head(label), _head(name)) < LEAST_OF_HEADS:
            return 0  # 公园绿地面积 and 棕地面积 are alike in nothing but “面积”
        found = max(found, 0.6 * fuzz.partial_ratio(label, name) + 0.4 * fuzz.ratio(label, name))
    return 100 if label == name else min(round(found), 99)


def _head(label: str) -> str:
    """Give a Chinese label without the word at its end that only says what kind of figure it is."""
    return _LAST_SIGNS.sub("", label)


def _why(field: Field, name: Name, target: Target, label: str, number: str) -> Sentence:
    facts = {"label": field.label, "title": name.printed, "number": name.number}
    if name.is_other:
        return _why_other(field, name)
    if number == name.number and _likeness(label, name.text) < LEAST - BY_NUMBER:
        return say("It carries the number {number}, that of “{title}”.", **facts)
    is_same = label == name.text
    if name.is_title and target != name.target:
        return say("It gives an area and is called like “{title}”, indicator {number}.", **facts)
    if name.is_title:
        if is_same:
            return say("It says “{label}”, the title of indicator {number}.", **facts)
        return say("“{label}” is close to “{title}”, the title of indicator {number}.", **facts)
    place = say("the city profile") if target.owner == PROFILE else say("indicator {number}", number=name.number)
    if is_same:
        return say("It says “{label}”, which is asked for {place}.", label=field.label, place=place)
    return say("“{label}” is close to “{title}”, which is asked for {place}.", **facts, place=place)


def _why_other(field: Field, name: Name) -> Sentence:
    facts = {"label": field.label, "what": name.printed}
    if name.is_loose:
        return say("“{label}” is near to “{what}”, but may count something else. Check it.", **facts)
    return say("“{label}” is what cities often call “{what}”.", **facts)

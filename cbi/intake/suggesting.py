"""What the fields of an unknown form may be: by titles, labels and numbers in either language, each with its reason."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from cbi.definitions import edition
from cbi.definitions.edition import PROFILE
from cbi.definitions.models import OwnInput
from cbi.draft import FINISHED
from cbi.i18n import LANGUAGES, Sentence, say
from cbi.intake.asked import asked_for
from cbi.intake.forms import Field, UnknownForm
from cbi.intake.mapping import FormMapping, SheetMapping, Target
from cbi.units import find_unit, plain

LEAST = 75
"""The likeness in percent below which nothing is suggested."""

SURE = 88
"""The likeness from which on a suggestion is put into the mapping that a person then looks over."""

BY_NUMBER = 8
"""What the likeness gains where the number of the indicator stands beside."""

MOST = 3
"""Suggestions for one field."""

_FIRST_NUMBER = re.compile(r"\s*(?:indicator|ind\.?|i|指标|第)?\s*0?([12]\d|[1-9])\s*(?:[.:：、)）\s]|$)")
_BRACKET = re.compile(r"\s*[(（\[]([^)）\]]*)[)）\]]\s*[:：*]*$")
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


@dataclass(frozen=True, slots=True)
class _Name:
    """A name by which the index calls something: folded, and as it is printed. ``number`` is empty for the profile."""

    text: str
    target: Target
    kind: str
    number: str
    printed: str
    is_title: bool


def suggest(form: UnknownForm, edition_id: str, language: str = "en") -> tuple[Suggestion, ...]:
    """Suggest what the fields of a form are, the likeliest first for each field."""
    names = _names(edition_id, language)
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


def _for_field(sheet: str, field: Field, names: tuple[_Name, ...]) -> list[Suggestion]:
    label, number = _bare(field.label), _number_of(field)
    unit, printed_unit = _unit_of(field)
    best: dict[Target, tuple[int, _Name]] = {}
    for name in names:
        likeness = _likeness(label, name.text)
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
    best: dict[Target, tuple[int, _Name]], unit: str, names: tuple[_Name, ...]
) -> dict[Target, tuple[int, _Name]]:
    """Leave out what the unit of the field does not fit; an area under a title is an input of that indicator."""
    fitting = {target: found for target, found in best.items() if _fits(found[1].kind, unit)}
    for target, (likeness, title) in best.items():
        if target in fitting or not title.is_title or unit != "area":
            continue
        inputs = [name for name in names if name.target.owner == target.owner and name.kind == "area"]
        own = next((name for name in inputs if not name.is_title), None)
        if own is not None and own.target not in fitting:
            fitting[own.target] = (likeness - 2, replace(title, kind=own.kind))
    return fitting


def _fits(kind: str, unit: str) -> bool:
    if unit == "area":
        return kind in ("area", "list of area")
    return unit != "percent" or kind == "percent"


def _unit_of(field: Field) -> tuple[str, str]:
    """Tell whether the field is an area or a share, by its unit; and the id of the unit that its label names."""
    bracket = _BRACKET.search(field.label)
    inside = _UNIT_IN_VALUE.fullmatch(field.found[:60])
    for text in (field.unit, bracket[1] if bracket else "", inside[1] if inside else ""):
        area = find_unit(text, "area") if text.strip() else None
        if area is not None:
            return "area", area.id
        if text.strip() and find_unit(text, "percent") is not None:
            return "percent", ""
    return "", ""


def _likeness(label: str, name: str) -> int:
    """Tell how alike two names are, in percent; words in another order, or some left out, cost little."""
    from rapidfuzz import fuzz  # only when a form is unknown

    found = max(fuzz.ratio(label, name), fuzz.token_sort_ratio(label, name))
    if label.count(" ") > 1 and name.count(" ") > 1:
        found = max(found, 0.6 * fuzz.token_set_ratio(label, name) + 0.4 * fuzz.token_sort_ratio(label, name))
    elif not label.isascii() and min(len(label), len(name)) >= 4:
        found = max(found, 0.6 * fuzz.partial_ratio(label, name) + 0.4 * fuzz.ratio(label, name))
    return 100 if label == name else min(round(found), 99)


def _why(field: Field, name: _Name, target: Target, label: str, number: str) -> Sentence:
    facts = {"label": field.label, "title": name.printed, "number": name.number}
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


def _bare(text: str) -> str:
    """Fold a label: without its number, what stands in brackets at its end, and marks."""
    text = _FIRST_NUMBER.sub("", plain(text), count=1) or plain(text)
    text = _BRACKET.sub("", text)
    return re.sub(r"[\s:：*.。?？]+$", "", text).strip()


def _number_of(field: Field) -> str:
    for text in (field.number, field.label):
        if match := _FIRST_NUMBER.match(plain(text)):
            return match[1]
    return ""


@cache
def _names(edition_id: str, language: str) -> tuple[_Name, ...]:
    """List every title, label and id of an edition, in the reader's language first."""
    names = []
    for one in (language, *(other for other in LANGUAGES if other != language)):
        asked = edition(edition_id, one)
        for name, given in asked.profile_inputs.items():
            target = Target(PROFILE, name)
            names.append(_Name(_bare(given.label), target, given.kind, "", given.label, False))
            names.append(_Name(name.replace("_", " "), target, given.kind, "", given.label, False))
        for indicator in asked.indicators:
            number, target = str(indicator.number), Target(indicator.id, FINISHED)
            finished = asked_for(edition_id, indicator.id, FINISHED, one)
            kind = finished.kind if finished else ""
            names.append(_Name(_bare(indicator.title), target, kind, number, indicator.title, True))
            names.append(_Name(indicator.id.replace("_", " "), target, kind, number, indicator.title, True))
            for name, own in indicator.inputs.items():
                if isinstance(own, OwnInput):
                    target = Target(indicator.id, name)
                    names.append(_Name(_bare(own.label), target, own.kind, number, own.label, False))
    return tuple(names)

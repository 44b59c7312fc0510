"""Changes to the form: each takes a draft and gives a new one.

What reaches a draft from a list of choices is an id or nothing: a word that is no id of the edition (a label
of another language, a choice of another edition) leaves the draft as it is.
"""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from cbi.assessment import LONGEST_FIGURE, LONGEST_TEXT, Given, Quality, Reason
from cbi.definitions.edition import PROFILE, Edition
from cbi.definitions.models import OwnInput
from cbi.draft import (
    BLANK,
    FINISHED,
    TWO_UNITS,
    Draft,
    Typed,
    chosen_way,
    offered_ways,
    read_finished_typed,
    read_typed,
    text_of,
)
from cbi.reading import ReadingError, read_input
from cbi.standing import quotes
from cbi.units import find_unit

# Fields


def with_text(draft: Draft, edition: Edition, owner: str, name: str, text: str, unit: str = "") -> Draft:
    """Give the draft with another text in a field.

    ``unit`` is the unit that the form shows beside a field that has none yet. A unit typed into the text
    itself (``288.83 万亩``) wins over it and moves to its own place, so that the form shows one figure with
    one unit.
    """
    is_text = name != FINISHED and edition.input(owner, name).kind == "text"
    most = LONGEST_TEXT if is_text else LONGEST_FIGURE
    typed = replace(draft.typed(owner, name), text=text[:most])
    typed = replace(typed, unit=typed.unit or unit)
    if name != FINISHED:
        typed = _with_own_unit(typed, edition.input(owner, name), draft.number_format)
    return _answered(draft, edition, owner, name, typed)


def _with_own_unit(typed: Typed, asked: OwnInput, number_format: str) -> Typed:
    """Move a unit that stands in the text to its own place; it wins over the one that stands there."""
    try:
        value, own = read_input(typed.text, asked, locale=number_format)
    except ReadingError:
        return typed
    if asked.kind == "money" and own and isinstance(value, Decimal):
        return _with_own_money(typed, value, own, number_format)
    try:
        _, unit = read_input(typed.text, asked, unit=typed.unit, locale=number_format)
    except ReadingError as error:
        return replace(typed, text=text_of(value, number_format), unit=own) if error.code == TWO_UNITS else typed
    return replace(typed, text=text_of(value, number_format), unit=unit) if own else typed


def _with_own_money(typed: Typed, value: Decimal, own: str, number_format: str) -> Typed:
    """Write out an amount of money typed with a multiple (``48 million``, ``4800万元``): only its currency moves.

    A multiple that moved to the place of the currency would silently count for whatever is typed there later.
    One that stands there already, because somebody chose it, stays.
    """
    found, beside = find_unit(own, "money"), find_unit(typed.unit, "money")
    if found is None:
        return typed
    currency = found.currency or (beside.currency if beside else "")
    if beside is not None and beside.factor == found.factor and currency == beside.currency:
        return replace(typed, text=text_of(value, number_format), unit=beside.id)
    amount = value * int(found.factor)
    whole = amount.to_integral_value()
    return replace(typed, text=text_of(whole if whole == amount else amount, number_format), unit=currency)


def _answered(draft: Draft, edition: Edition, owner: str, name: str, typed: Typed) -> Draft:
    """Put something into a field; an indicator that is answered is no longer “not started”."""
    changed = draft.with_typed(owner, name, typed)
    if owner == PROFILE or not typed.filled or changed.answer(owner).reason != Reason.NOT_STARTED:
        return changed
    if name != FINISHED and edition.input(owner, name).optional:
        return changed
    return changed.with_answer(owner, replace(changed.answer(owner), reason=""))


def with_unit(draft: Draft, edition: Edition, owner: str, name: str, unit: str) -> Draft:
    """Give the draft with another unit beside a figure; a unit that is not known changes nothing, but for money."""
    asked = edition.input(owner, name)
    found = find_unit(unit, asked.kind)
    if found is None and asked.kind != "money":
        return draft
    known = unit[:LONGEST_FIGURE] if asked.kind == "money" or found is None else found.id
    typed = _with_own_unit(replace(draft.typed(owner, name), unit=known), asked, draft.number_format)
    return draft.with_typed(owner, name, typed)


def with_pick(draft: Draft, edition: Edition, owner: str, name: str, picked: str) -> Draft:
    """Give the draft with another choice or rung; an empty id says that there is no answer."""
    if picked and picked not in _ids(edition, owner, name):
        return draft
    typed = replace(draft.typed(owner, name), picks=(picked,) if picked else None)
    return _answered(draft, edition, owner, name, typed)


def with_tick(draft: Draft, edition: Edition, owner: str, name: str, item: str | None, ticked: bool) -> Draft:
    """Give the draft with one item of a checklist ticked or not; no item stands for “none of these”.

    With the last tick gone the checklist is unanswered again: nothing ticked is not the same as none.
    """
    typed = draft.typed(owner, name)
    if item is None:
        picks: tuple[str, ...] | None = () if ticked else None
    elif item not in _ids(edition, owner, name):
        return draft
    else:
        rest = tuple(one for one in typed.picks or () if one != item)
        picks = (*rest, item) if ticked else rest or None
    return _answered(draft, edition, owner, name, replace(typed, picks=picks))


def _ids(edition: Edition, owner: str, name: str) -> set[str]:
    """List the ids that may be picked in a field."""
    if name == FINISHED:
        return {rung.id for rung in edition.indicator(owner).ladder}
    return {item.id for item in edition.input(owner, name).items}


def with_way(draft: Draft, edition: Edition, owner: str, way: str) -> Draft:
    """Give the draft with another way opened; :data:`FINISHED` for who knows the value itself.

    It scores once one of its fields is filled; until then the way that scored goes on scoring.
    """
    answer, indicator = draft.answer(owner), edition.indicator(owner)
    if way not in offered_ways(indicator, answer):
        return draft
    return draft.with_answer(owner, replace(answer, way=chosen_way(indicator, answer), open=way))


def with_reason(draft: Draft, owner: str, part: str, text: str) -> Draft:
    """Give the draft with another ``reason`` why there is no value, or another ``note`` or ``source`` for it."""
    if part == "reason" and text and text not in set(Reason):
        return draft
    return draft.with_answer(owner, replace(draft.answer(owner), **{part: text[:LONGEST_TEXT]}))  # type: ignore[arg-type]


def with_record(draft: Draft, owner: str, name: str, part: str, text: str) -> Draft:
    """Give the draft with one part of a record (``data_year``, ``quality``, ``source``, ``note``) changed.

    In the profile it belongs to the figure ``name``; under an indicator to the answer as a whole, so that
    it replaces what single figures had.
    """
    if part == "quality" and text and text not in set(Quality):
        return draft
    changed = {part: text[:LONGEST_TEXT]}
    if owner == PROFILE:
        typed = draft.typed(owner, name)
        return draft.with_typed(owner, name, replace(typed, own=replace(typed.own or BLANK, **changed)))
    answer = draft.answer(owner)
    inputs = {
        key: typed if typed.own is None else replace(typed, own=replace(typed.own, **changed))
        for key, typed in answer.inputs.items()
    }
    return draft.with_answer(owner, replace(answer, inputs=inputs, record=replace(answer.record, **changed)))


def without_source(draft: Draft, spot: tuple[str, str]) -> Draft:
    """Give the draft without the source of a figure, and without its note if that quotes a text on another figure."""
    owner, name = spot
    changed = with_record(draft, owner, name, "source", "")
    if owner == PROFILE:
        own = draft.typed(owner, name).own
        note = own.note if own else ""
    else:
        note = draft.answer(owner).agreed("note") or ""
    return with_record(changed, owner, name, "note", "") if quotes(note) else changed


# The form as a whole


def rewritten(draft: Draft, edition: Edition, number_format: str) -> Draft:
    """Give the draft with every number written in another number format.

    A text that cannot be read stays as it was typed; figures stay exactly the same.
    """
    if number_format == draft.number_format:
        return draft

    def rewrite(owner: str, name: str, typed: Typed) -> Typed:
        return _in_format(typed, edition, owner, name, draft.number_format, number_format)

    return replace(
        draft,
        number_format=number_format,
        profile={name: rewrite(PROFILE, name, typed) for name, typed in draft.profile.items()},
        answers={
            owner: replace(answer, inputs={name: rewrite(owner, name, typed) for name, typed in answer.inputs.items()})
            for owner, answer in draft.answers.items()
        },
    )


def _in_format(typed: Typed, edition: Edition, owner: str, name: str, before: str, after: str) -> Typed:
    def read(one: Typed, number_format: str) -> tuple[Given, str]:
        if name == FINISHED:
            return read_finished_typed(one, edition.indicator(owner), number_format), one.unit
        return read_typed(one, edition.input(owner, name), number_format)

    if not typed.text.strip():
        return typed
    try:
        value, unit = read(typed, before)
        changed = replace(typed, text=text_of(value, after), unit=unit)
        return changed if read(changed, after) == (value, unit) else typed
    except ReadingError:
        return typed

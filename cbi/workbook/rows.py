"""The rows of a template: what is asked, in the order that people are asked."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence

from cbi.amounts import WHOLE_KINDS
from cbi.definitions.edition import EARLIER, PROFILE, Edition, home
from cbi.definitions.models import Indicator, OwnInput, SharedInput
from cbi.draft import FINISHED
from cbi.workbook import units, words
from cbi.workbook.lists import YES_NO, choice_list, ladder_list, way_list
from cbi.workbook.parts import RECORD, WAY, Code, Row, RowKind


def profile_rows(edition: Edition, chosen: Sequence[Indicator] | None) -> tuple[Row, ...]:
    """Give the rows of the profile: what the chosen indicators use of it; the whole of it where ``chosen`` is None."""
    needed = None if chosen is None else {name for one in chosen for name in _from_profile(one)}
    return tuple(
        row
        for section in edition.profile
        for name, asked in section.inputs.items()
        if needed is None or name in needed
        for row in _input_rows(edition, Code(PROFILE, name), PROFILE, "", section.title, asked)
    )


def _from_profile(indicator: Indicator) -> Iterator[str]:
    for name, given in indicator.inputs.items():
        owner, there = home(indicator.id, name, given)
        if owner == PROFILE:
            yield there


def component_rows(
    edition: Edition, chosen: Sequence[Indicator], *, ways: Collection[str], finished: Collection[str]
) -> dict[str, tuple[Row, ...]]:
    """Give the rows of each chosen indicator by its id.

    A figure that belongs to an indicator which is not chosen is asked at the first one that uses it.
    """
    places = {Code(one.id, name): one for one in chosen for name, given in one.inputs.items() if _is_own(given)}
    for one in chosen:
        for name, given in one.inputs.items():
            owner, there = home(one.id, name, given)
            if owner != PROFILE:
                places.setdefault(Code(owner, there), one)
    return {one.id: tuple(_indicator_rows(edition, one, places, one.id in ways, one.id in finished)) for one in chosen}


def _is_own(given: OwnInput | SharedInput) -> bool:
    return isinstance(given, OwnInput)


def _indicator_rows(
    edition: Edition, indicator: Indicator, places: dict[Code, Indicator], asks_way: bool, asks_finished: bool
) -> Iterator[Row]:
    language, number, title = edition.language, str(indicator.number), indicator.title
    yield Row(
        RowKind.INDICATOR,
        indicator.id,
        indicator.id,
        number,
        title,
        f"{indicator.question}\n{indicator.counts}",
        entries=("reason", "source", "note"),
        unit=(indicator.value.unit or "") if indicator.value else "",
    )
    if indicator.ladder:
        yield Row(
            RowKind.LADDER,
            str(Code(indicator.id, FINISHED)),
            indicator.id,
            number,
            title,
            _steps_of(indicator, language),
            asks="ladder",
            entries=("value", *RECORD),
            choices=ladder_list(indicator.id),
        )
    if len(indicator.ways) > 1 and (asks_way or (indicator.value and indicator.value.choose)):
        code = str(Code(indicator.id, WAY))
        asked = words.WAY.text(language)
        choices = way_list(indicator.id)
        yield Row(RowKind.WAY, code, indicator.id, number, title, asked, asks=WAY, entries=("value",), choices=choices)
    for name in indicator.inputs:
        yield from _rows_of(edition, indicator, name, places)
    asks_for_it = any(way.measure == "as_given" for way in indicator.ways)
    if indicator.value and (asks_finished or not asks_for_it):
        yield Row(
            RowKind.FINISHED,
            str(Code(indicator.id, FINISHED)),
            indicator.id,
            number,
            title,
            words.FINISHED.text(language),
            asks=_finished_kind(indicator),
            entries=("value", *RECORD),
            unit=indicator.value.unit or "",
        )


def _steps_of(indicator: Indicator, language: str) -> str:
    """Ask for the step of a ladder, and show all of them with their points: on paper no list can be opened."""
    return "\n".join([words.STEP.text(language), *(f"{rung.points} · {rung.text}" for rung in indicator.ladder)])


def _rows_of(edition: Edition, indicator: Indicator, name: str, places: dict[Code, Indicator]) -> Iterator[Row]:
    """Give the rows of one input: asked here, asked here for an indicator that is not, or shown from elsewhere."""
    given, language = indicator.inputs[name], edition.language
    asked = edition.input(indicator.id, name)
    head = (indicator.id, str(indicator.number), indicator.title)
    if isinstance(given, SharedInput) and given.from_ in EARLIER:
        label = words.earlier(asked.label, given.from_).text(language)
        yield from _input_rows(edition, Code(indicator.id, name), *head, OwnInput(label=label, kind=asked.kind))
        return
    code = Code(*home(indicator.id, name, given))
    place = places.get(code)
    if place is indicator:
        yield from _input_rows(edition, code, *head, asked)
    elif place is not None:
        label = words.at_indicator(asked.label, place.number).text(language)
        yield Row(RowKind.SHOWN, "", *head, label, shows=str(code))
    else:
        label = words.on_profile(asked.label).text(language)
        yield Row(RowKind.SHOWN, "", *head, label, shows=str(code))


def _input_rows(edition: Edition, code: Code, block: str, number: str, title: str, asked: OwnInput) -> Iterator[Row]:
    """Give the row of an input, and of each item for a checklist."""
    language, kind = edition.language, asked.kind
    text = _asked_text(asked, language)
    if kind == "checklist":
        yield Row(RowKind.CHECKLIST, str(code), block, number, title, text, asks="checklist", entries=RECORD)
        for item in asked.items:
            one = str(Code(code.owner, code.name, item.id))
            yield Row(
                RowKind.ITEM, one, block, number, title, item.label, asks="item", entries=("value",), choices=YES_NO
            )
        return
    listed = units.LISTS.get(kind, "")
    yield Row(
        RowKind.INPUT,
        str(code),
        block,
        number,
        title,
        text,
        asks=kind,
        entries=("value", *(("unit",) if listed else ()), *RECORD),
        choices=choice_list(code.owner, code.name) if kind == "choice" else "",
        units=listed,
        unit="" if listed else asked.unit or units.fixed(kind, language),
    )


def _asked_text(asked: OwnInput, language: str) -> str:
    label = words.optional(asked.label) if asked.optional else asked.label
    how = [asked.help, words.HOW_TO_ENTER.get(asked.kind)]
    sentences = [sentence for sentence in how if sentence]
    if not sentences:
        return label if isinstance(label, str) else label.text(language)
    help_text = words.one_after_another(*sentences) if len(sentences) > 1 else sentences[0]
    return words.with_help(label, help_text).text(language)


def _finished_kind(indicator: Indicator) -> str:
    """Name the kind of number that a finished value is: a share, a change, a count, or any amount."""
    if indicator.value and indicator.value.unit == "%":
        return "percent"
    given = [indicator.inputs[name] for way in indicator.ways for name in way.of.values()]
    kinds = {one.kind for one in given if isinstance(one, OwnInput)}
    if "change" in kinds:
        return "change"
    ratio = any(way.measure == "per_head" for way in indicator.ways)
    counted = indicator.value and indicator.value.decimals == 0 and kinds & (WHOLE_KINDS | {"checklist"}) and not ratio
    return "count" if counted else "amount"

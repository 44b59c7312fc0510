"""Items put into an assessment: only what they speak of changes, and what a file leaves blank clears nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from cbi.amounts import AmountError, amount_of
from cbi.assessment import Answer, Assessment, Entry, Reason
from cbi.definitions import crosswalk, edition
from cbi.definitions.edition import PROFILE
from cbi.draft import FINISHED
from cbi.intake.asked import asked_for
from cbi.intake.model import REASON, WAY, Content, Item, Statement

BLANK = Answer()


def content_now(assessment: Assessment, item: Item) -> Content | None:
    """Give what stands now where an item would go; None where nothing does."""
    if item.owner == PROFILE:
        return assessment.profile.get(item.input)
    answer = assessment.answers.get(item.owner, BLANK)
    if item.input == REASON:
        given = Statement(answer.reason, answer.note, answer.source)
        return given if given != Statement() else None
    if item.input == WAY:
        return answer.way or None
    return answer.finished if item.input == FINISHED else answer.inputs.get(item.input)


def figures_of(answer: Answer) -> dict[str, Entry]:
    """Give every figure of an answer by its input, the finished value as ``=``."""
    return {**answer.inputs} | ({FINISHED: answer.finished} if answer.finished is not None else {})


def given_for(items: Iterable[Item], owner: str) -> frozenset[str]:
    """Name the inputs of an indicator that items give figures for."""
    return frozenset(item.input for item in items if item.owner == owner and isinstance(item.content, Entry))


def figures_gone(answer: Answer, said: Statement, given: Collection[str]) -> Mapping[str, Entry]:
    """Give the figures that stand and go, because it is said now that there are none.

    ``given`` names the figures that are given beside it: these stay. “Not started” takes nothing away, for it
    says no more than that nobody has looked yet. Where the reason stands in the cell of one input, that figure
    goes, and with the last input the finished value too, which is the same figure given in another way.
    """
    if said.reason in (None, Reason.NOT_STARTED):
        return {}
    going = {name: entry for name, entry in figures_of(answer).items() if name not in given}
    if not said.instead_of:
        return going
    left = (set(answer.inputs) | set(given)) - {said.instead_of, FINISHED}
    names = (said.instead_of,) if left or said.instead_of == FINISHED else (said.instead_of, FINISHED)
    return {name: entry for name, entry in going.items() if name in names}


def statement_after(answer: Answer, said: Statement, given: Collection[str]) -> Statement:
    """Give what is said of an indicator afterwards; “not started” is not taken where a figure stands already."""
    before = Statement(answer.reason, answer.note, answer.source)
    stands = figures_of(answer).keys() - set(given)
    if said.reason is Reason.NOT_STARTED and stands:
        said = replace(said, reason=None)
    after = content_after(before, said)
    return after if isinstance(after, Statement) else before


def content_after(before: Content | None, given: Content) -> Content:
    """Give what stands afterwards.

    For the same figure, what the file does not say again (year, quality, source, note) stays; another figure
    comes with its own record only. A statement adds to the one that stands.
    """
    if isinstance(given, Entry) and isinstance(before, Entry) and is_same_figure(given, before):
        return Entry(
            before.value,
            before.unit,
            given.data_year if given.data_year is not None else before.data_year,
            given.quality if given.quality is not None else before.quality,
            given.source or before.source,
            given.note or before.note,
        )
    if isinstance(given, Statement) and isinstance(before, Statement):
        reason = given.reason if given.reason is not None else before.reason
        return Statement(reason, given.note or before.note, given.source or before.source)
    return given


def is_same_figure(one: Entry, other: Entry) -> bool:
    """Tell whether two entries hold the same number in the same unit, whatever record they carry.

    A spreadsheet program does not keep the zero at the end of 12.10, and an area without unit is in hectares.
    """
    return one.value == other.value and (one.unit == other.unit or {one.unit, other.unit} == {"", "ha"})


def agree(one: Item, other: Item, edition_id: str) -> bool:
    """Tell whether two items say the same of the same thing: 33.22 km² and 3 322 ha do."""
    first, second = one.content, other.content
    if isinstance(first, Entry) and isinstance(second, Entry):
        if is_same_figure(first, second):
            return True
        asked = asked_for(edition_id, one.owner, one.input, "en")
        if asked is None or asked.is_finished:
            return False
        try:
            return amount_of(first, asked.inputs[0]) == amount_of(second, asked.inputs[0])
        except AmountError:
            return False
    if isinstance(first, Statement) and isinstance(second, Statement):
        return all(
            not left or not right or left == right
            for left, right in (
                (first.reason, second.reason),
                (first.note, second.note),
                (first.source, second.source),
            )
        )
    return first == second


def with_items(assessment: Assessment, items: Iterable[Item]) -> Assessment:
    """Put items into an assessment, the later ones last; everything else stays.

    Where a figure comes for an indicator that had a reason why there is none, the reason goes, unless an item
    states it again. Where a reason comes for an indicator that had figures, these go (:func:`figures_gone`),
    unless an item gives them again.
    """
    items = list(items)
    stated = {item.owner for item in items if isinstance(item.content, Statement) and item.content.reason}
    for item in items:
        if isinstance(item.content, Statement) and item.owner != PROFILE:
            told = _stated(assessment.answers.get(item.owner, BLANK), item.content, given_for(items, item.owner))
            assessment = replace(assessment, answers={**assessment.answers, item.owner: told})
            continue
        content = content_after(content_now(assessment, item), item.content)
        if item.owner == PROFILE:
            if isinstance(content, Entry):
                assessment = replace(assessment, profile={**assessment.profile, item.input: content})
            continue
        answer = _with(assessment.answers.get(item.owner, BLANK), item, content, item.owner in stated)
        assessment = replace(assessment, answers={**assessment.answers, item.owner: answer})
    return assessment


def _stated(answer: Answer, said: Statement, given: Collection[str]) -> Answer:
    gone, after = figures_gone(answer, said, given), statement_after(answer, said, given)
    return replace(
        answer,
        inputs={name: entry for name, entry in answer.inputs.items() if name not in gone},
        finished=None if FINISHED in gone else answer.finished,
        reason=after.reason,
        note=after.note,
        source=after.source,
    )


def _with(answer: Answer, item: Item, content: Content, keeps_reason: bool) -> Answer:
    if isinstance(content, str):
        return replace(answer, way=content)
    if not isinstance(content, Entry):
        return answer
    reason = answer.reason if keeps_reason else None
    if item.input == FINISHED:
        return replace(answer, finished=content, reason=reason, unreadable=False)
    return replace(answer, inputs={**answer.inputs, item.input: content}, reason=reason, unreadable=False)


def why_not_carried(item: Item, from_edition: str, to_edition: str, language: str) -> str | None:
    """Say why an item of another edition cannot be used here; None if it can. An empty text says it is not asked."""
    asked = edition(to_edition, language)
    if item.owner == PROFILE:
        return None if item.input in asked.profile_inputs else ""
    pair = next((one for one in crosswalk(language).pairs if one.id == item.owner), None)
    if pair is None or asked.find(item.owner) is None:
        return next((one.why for one in crosswalk(language).only if one.id == item.owner), "")
    if item.input == FINISHED:
        return None if pair.carries == "inputs and value" else pair.why
    if item.input in (REASON, WAY):
        return None
    carried = pair.inputs is None or item.input in pair.inputs
    return None if carried and item.input in asked.indicator(item.owner).inputs else pair.why

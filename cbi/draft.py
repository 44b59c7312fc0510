"""The form as data: what a person has typed, kept as it was typed, whether or not it can be read.

A :class:`Draft` holds texts in one number format. :func:`draft_of` writes an assessment into a form,
:func:`read_draft` reads the form back: what is readable becomes the assessment, what is not becomes a
sentence for the very field, and nothing is lost beside it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from cbi.assessment import Answer, Assessment, Entry, Given, Quality, Reason
from cbi.definitions.edition import PROFILE, Edition
from cbi.definitions.models import Indicator, OwnInput, Way
from cbi.i18n import Sentence, say
from cbi.numbers import write_number
from cbi.reading import ReadingError, read_checklist, read_finished, read_input, read_rung

FINISHED = "="
"""The place of an indicator's finished value among its inputs, and the way that a person takes who knows it."""

LONGEST = 5_000
"""The most characters that a field keeps."""

AREAS = frozenset(("area", "list of area"))
PICKED = frozenset(("choice", "checklist"))

_YEAR = re.compile(r"((?:19|20)\d\d)年?")
_EARLIEST_USUAL_UNIT = "km2"


@dataclass(frozen=True, slots=True)
class Record:
    """What makes a figure defensible, as typed: year of the data, quality, source, note."""

    data_year: str = ""
    quality: str = ""
    source: str = ""
    note: str = ""


BLANK = Record()


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in one field: a text and the id of its unit, or what was picked from a list.

    ``picks`` is None while nothing was answered; an empty tuple says “none of these”. ``own`` is the
    record of this figure where it differs from the record of its answer.
    """

    text: str = ""
    unit: str = ""
    picks: tuple[str, ...] | None = None
    own: Record | None = None

    @property
    def filled(self) -> bool:
        """Whether anything was given here, readable or not."""
        return bool(self.text.strip()) or self.picks is not None


NOTHING = Typed()


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """What stands in the form of one indicator.

    ``inputs`` holds its fields by the id of the input, the finished value under :data:`FINISHED`. ``record``
    belongs to every figure that has none of its own; ``note`` and ``source`` to the reason.
    """

    inputs: Mapping[str, Typed] = field(default_factory=dict)
    way: str = ""
    reason: str = ""
    note: str = ""
    source: str = ""
    record: Record = BLANK

    def typed(self, name: str) -> Typed:
        """Give what stands in one field, blank if nothing was typed yet."""
        return self.inputs.get(name, NOTHING)

    def agreed(self, part: str) -> str | None:
        """Give the part of the record (such as ``source``) that all figures share; None where they differ."""
        records = {typed.own or self.record for typed in self.inputs.values() if typed.filled} or {self.record}
        parts = {str(getattr(record, part)) for record in records}
        return parts.pop() if len(parts) == 1 else None


UNANSWERED = AnswerDraft()


@dataclass(frozen=True, slots=True)
class Draft:
    """The form of one city in one year; ``number_format`` is the locale that its numbers are written in."""

    edition: str
    city: str | None = None
    year: int | None = None
    number_format: str = "en"
    profile: Mapping[str, Typed] = field(default_factory=dict)
    answers: Mapping[str, AnswerDraft] = field(default_factory=dict)

    def answer(self, indicator: str) -> AnswerDraft:
        """Give what stands in the form of an indicator, blank if nothing was typed yet."""
        return self.answers.get(indicator, UNANSWERED)

    def typed(self, owner: str, name: str) -> Typed:
        """Give what stands in a field; ``owner`` is ``profile`` or the id of an indicator."""
        return self.profile.get(name, NOTHING) if owner == PROFILE else self.answer(owner).typed(name)

    def with_answer(self, indicator: str, answer: AnswerDraft) -> Draft:
        """Give the draft with another answer to one indicator."""
        return replace(self, answers={**self.answers, indicator: answer})

    def with_typed(self, owner: str, name: str, typed: Typed) -> Draft:
        """Give the draft with something else in one field."""
        if owner == PROFILE:
            return replace(self, profile={**self.profile, name: typed})
        answer = self.answer(owner)
        return self.with_answer(owner, replace(answer, inputs={**answer.inputs, name: typed}))

    @property
    def usual_area_unit(self) -> str:
        """The unit that a new area is offered in: that of the city's own area."""
        return self.typed(PROFILE, "city_area").unit or _EARLIEST_USUAL_UNIT


class Spot(NamedTuple):
    """A place in the form that a sentence belongs to; ``part`` is ``value`` or ``data_year``."""

    owner: str
    name: str
    part: str = "value"


@dataclass(frozen=True, slots=True)
class Reading:
    """What a form says: the assessment, and a sentence for each field that could not be read."""

    assessment: Assessment
    unread: Mapping[Spot, Sentence]


# Writing an assessment into a form


def draft_of(assessment: Assessment, edition: Edition, number_format: str = "en") -> Draft:
    """Write an assessment into a form.

    ``number_format`` is the locale that numbers are written in (a CLDR id such as ``de``). Figures for
    inputs that the edition does not ask are left out. Reading the draft again gives the same figures.
    """
    return Draft(
        edition=assessment.edition,
        city=assessment.city,
        year=assessment.year,
        number_format=number_format,
        profile={
            name: replace(_written(entry, edition.profile_inputs[name].kind, number_format), own=_record(entry))
            for name, entry in assessment.profile.items()
            if name in edition.profile_inputs
        },
        answers={
            name: _answer_written(answer, edition, indicator, number_format)
            for name, answer in assessment.answers.items()
            if (indicator := edition.find(name)) is not None
        },
    )


def _answer_written(answer: Answer, edition: Edition, indicator: Indicator, number_format: str) -> AnswerDraft:
    entries = {name: entry for name, entry in answer.inputs.items() if name in indicator.inputs}
    inputs = {
        name: _written(entry, edition.input(indicator.id, name).kind, number_format) for name, entry in entries.items()
    }
    if answer.finished is not None:
        entries[FINISHED] = answer.finished
        inputs[FINISHED] = _finished_written(answer.finished, indicator, number_format)
    shared = _shared_record(entries.values())
    return AnswerDraft(
        inputs={
            name: replace(typed, own=None if _record(entries[name]) == shared else _record(entries[name]))
            for name, typed in inputs.items()
        },
        way=answer.way,
        reason=answer.reason.value if answer.reason else "",
        note=answer.note,
        source=answer.source,
        record=shared,
    )


def _record(entry: Entry) -> Record:
    year = "" if entry.data_year is None else str(entry.data_year)
    return Record(year, entry.quality.value if entry.quality else "", entry.source, entry.note)


def _shared_record(entries: Iterable[Entry]) -> Record:
    """Find what the records of several figures have in common."""
    records = {_record(entry) for entry in entries}
    parts = {part: {getattr(record, part) for record in records} for part in Record.__slots__}
    return Record(**{part: next(iter(texts)) for part, texts in parts.items() if len(texts) == 1})


def _written(entry: Entry, kind: str, number_format: str) -> Typed:
    if kind == "choice":
        return Typed(picks=(str(entry.value),))
    if kind == "checklist" and isinstance(entry.value, tuple):
        return Typed(picks=tuple(str(item) for item in entry.value))
    return Typed(_text(entry.value, number_format), entry.unit)


def _finished_written(entry: Entry, indicator: Indicator, number_format: str) -> Typed:
    rungs = [rung.id for rung in indicator.ladder if entry.value in (rung.id, rung.points)]
    return Typed(picks=tuple(rungs)) if rungs else Typed(_text(entry.value, number_format), entry.unit)


def _text(value: Given, number_format: str) -> str:
    if isinstance(value, Decimal):
        return write_number(value, number_format)
    if isinstance(value, tuple):
        return "; ".join(_text(part, number_format) for part in value)
    return value


# Reading a form


def read_draft(draft: Draft, edition: Edition) -> Reading:
    """Read a form strictly, in its own number format.

    A field that cannot be read is left out of the assessment and named in ``unread`` with the sentence that
    says what would be right; every field beside it is kept.
    """
    unread: dict[Spot, Sentence] = {}
    profile = {}
    for name, typed in draft.profile.items():
        year = _year(typed.own or BLANK, Spot(PROFILE, name, "data_year"), unread)
        entry = _entry(draft, edition, Spot(PROFILE, name), typed.own or BLANK, year, unread)
        if entry is not None:
            profile[name] = entry
    answers = {name: _answer(draft, edition, name, unread) for name in draft.answers}
    return Reading(Assessment(draft.edition, draft.city, draft.year, profile, answers), unread)


def _answer(draft: Draft, edition: Edition, owner: str, unread: dict[Spot, Sentence]) -> Answer:
    answer = draft.answer(owner)
    shared_year = _year(answer.record, Spot(owner, "", "data_year"), unread)
    entries = {}
    for name, typed in answer.inputs.items():
        spot = Spot(owner, name)
        year = shared_year if typed.own is None else _year(typed.own, Spot(owner, "", "data_year"), unread)
        entry = _entry(draft, edition, spot, typed.own or answer.record, year, unread)
        if entry is not None:
            entries[name] = entry
    return Answer(
        finished=entries.pop(FINISHED, None),
        inputs=entries,
        reason=Reason(answer.reason) if answer.reason in set(Reason) else None,
        way="" if answer.way == FINISHED else answer.way,
        note=answer.note,
        source=answer.source,
        unreadable=any(spot.owner == owner and spot.name in answer.inputs for spot in unread),
    )


def _entry(
    draft: Draft, edition: Edition, spot: Spot, record: Record, year: int | None, unread: dict[Spot, Sentence]
) -> Entry | None:
    typed = draft.typed(spot.owner, spot.name)
    if not typed.filled:
        return None
    try:
        if spot.name == FINISHED:
            value, unit = _read_finished(typed, edition.indicator(spot.owner), draft.number_format), typed.unit
        else:
            value, unit = read_typed(typed, edition.input(spot.owner, spot.name), draft.number_format)
    except ReadingError as error:
        unread[spot] = error.sentence
        return None
    quality = Quality(record.quality) if record.quality in set(Quality) else None
    return Entry(value, unit, year, quality, record.source, record.note)


def read_typed(typed: Typed, asked: OwnInput, number_format: str) -> tuple[Given, str]:
    """Read what stands in the field of an input: its value and the id of its unit.

    Raises :class:`cbi.reading.ReadingError` with the sentence to show beside the field.
    """
    if asked.kind == "checklist" and typed.picks is not None:
        return read_checklist(";".join(typed.picks) or "none", asked.items), ""
    if asked.kind == "choice" and typed.picks:
        return read_input(typed.picks[0], asked)
    return read_input(typed.text, asked, unit=typed.unit, locale=number_format)


def _read_finished(typed: Typed, indicator: Indicator, number_format: str) -> Given:
    if typed.picks:
        return read_rung(typed.picks[0], indicator.ladder)
    return read_finished(typed.text, indicator, unit=typed.unit, locale=number_format)


def _year(record: Record, spot: Spot, unread: dict[Spot, Sentence]) -> int | None:
    text = unicodedata.normalize("NFKC", record.data_year).strip()
    if not text:
        return None
    if match := _YEAR.fullmatch(text):
        return int(match[1])
    unread[spot] = say("“{found}” is not a year. Write four digits, such as 2026.", found=record.data_year)
    return None


# Changing a form


def with_text(draft: Draft, edition: Edition, owner: str, name: str, text: str, unit: str = "") -> Draft:
    """Give the draft with another text in a field.

    ``unit`` is the unit that the form shows beside a field that has none yet. A unit typed into the text
    itself (``288.83 万亩``) moves to its own place, so that the form shows one figure with one unit.
    """
    typed = replace(draft.typed(owner, name), text=text[:LONGEST])
    typed = replace(typed, unit=typed.unit or unit)
    if name != FINISHED:
        asked = edition.input(owner, name)
        try:
            value, found = read_input(typed.text, asked, locale=draft.number_format)
        except ReadingError:
            found = ""
        if found:
            typed = replace(typed, text=_text(value, draft.number_format), unit=found)
    return draft.with_typed(owner, name, typed)


def with_unit(draft: Draft, owner: str, name: str, unit: str) -> Draft:
    """Give the draft with another unit beside a figure."""
    return draft.with_typed(owner, name, replace(draft.typed(owner, name), unit=unit[:LONGEST]))


def with_pick(draft: Draft, owner: str, name: str, picked: str) -> Draft:
    """Give the draft with another choice or rung; an empty id says that there is no answer."""
    return draft.with_typed(owner, name, replace(draft.typed(owner, name), picks=(picked,) if picked else None))


def with_tick(draft: Draft, owner: str, name: str, item: str | None, ticked: bool) -> Draft:
    """Give the draft with one item of a checklist ticked or not; no item stands for “none of these”.

    With the last tick gone the checklist is unanswered again: nothing ticked is not the same as none.
    """
    typed = draft.typed(owner, name)
    if item is None:
        picks: tuple[str, ...] | None = () if ticked else None
    else:
        rest = tuple(one for one in typed.picks or () if one != item)
        picks = (*rest, item) if ticked else rest or None
    return draft.with_typed(owner, name, replace(typed, picks=picks))


def with_way(draft: Draft, owner: str, way: str) -> Draft:
    """Give the draft with another way to the value of an indicator; :data:`FINISHED` for who knows the value itself."""
    return draft.with_answer(owner, replace(draft.answer(owner), way=way))


def with_reason(draft: Draft, owner: str, part: str, text: str) -> Draft:
    """Give the draft with another ``reason`` why there is no value, or another ``note`` or ``source`` for it."""
    return draft.with_answer(owner, replace(draft.answer(owner), **{part: text[:LONGEST]}))  # type: ignore[arg-type]


def with_record(draft: Draft, owner: str, name: str, part: str, text: str) -> Draft:
    """Give the draft with one part of a record (``data_year``, ``quality``, ``source``, ``note``) changed.

    In the profile it belongs to the figure ``name``; under an indicator to the answer as a whole, so that
    it replaces what single figures had.
    """
    changed = {part: text[:LONGEST]}
    if owner == PROFILE:
        typed = draft.typed(owner, name)
        return draft.with_typed(owner, name, replace(typed, own=replace(typed.own or BLANK, **changed)))
    answer = draft.answer(owner)
    inputs = {
        key: typed if typed.own is None else replace(typed, own=replace(typed.own, **changed))
        for key, typed in answer.inputs.items()
    }
    return draft.with_answer(owner, replace(answer, inputs=inputs, record=replace(answer.record, **changed)))


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
            return _read_finished(one, edition.indicator(owner), number_format), one.unit
        return read_typed(one, edition.input(owner, name), number_format)

    if not typed.text.strip():
        return typed
    try:
        value, unit = read(typed, before)
        changed = replace(typed, text=_text(value, after), unit=unit)
        return changed if read(changed, after) == (value, unit) else typed
    except ReadingError:
        return typed


# Ways to a value


def offered_ways(indicator: Indicator, answer: AnswerDraft) -> tuple[str, ...]:
    """List the ways to the value that the form offers: those of the definition, then the finished value.

    Where a way already asks for the value itself (a count, a net change), the finished value would ask
    the same again; it is offered there only if it was given.
    """
    ways = tuple(way.id for way in indicator.ways)
    asks_for_it = any(way.measure == "as_given" for way in indicator.ways)
    if indicator.value is None or (asks_for_it and not answer.typed(FINISHED).filled):
        return ways
    return (*ways, FINISHED)


def shown_way(indicator: Indicator, answer: AnswerDraft) -> str:
    """Choose the way that the form shows: the one chosen, else one that has been begun, else the first."""
    ways = offered_ways(indicator, answer)
    if answer.way in ways:
        return answer.way
    for way in indicator.ways:
        if any(answer.typed(name).filled for name in way.of.values()):
            return way.id
    if answer.typed(FINISHED).filled and FINISHED in ways:
        return FINISHED
    return ways[0] if ways else ""


def way_of(indicator: Indicator, way_id: str) -> Way | None:
    """Give a way of the definition by its id; None for the finished value."""
    return next((way for way in indicator.ways if way.id == way_id), None)

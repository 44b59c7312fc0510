"""The form as data: what a person has typed, kept as it was typed, whether or not it can be read.

A :class:`Draft` holds texts in one number format. :func:`draft_of` writes an assessment into a form,
:func:`read_draft` reads the form back: what is readable becomes the assessment, what is not becomes a
sentence for the very field, and nothing is lost beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import NamedTuple

from cbi.assessment import Answer, Assessment, Entry, Given, Quality, Reason
from cbi.definitions.edition import PROFILE, Edition
from cbi.definitions.models import Indicator, OwnInput, SharedInput, Way
from cbi.i18n import Sentence
from cbi.numbers import write_number
from cbi.reading import ReadingError, read_checklist, read_finished, read_input, read_rung, read_year
from cbi.scoring.values import ImpossibleError, checked_finished

FINISHED = "="
"""The place of an indicator's finished value among its inputs, and the way that a person takes who knows it."""

AREAS = frozenset(("area", "list of area"))
PICKED = frozenset(("choice", "checklist"))

TWO_UNITS = "two_units"

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

    ``inputs`` holds its fields by the id of the input, the finished value under :data:`FINISHED`. ``way`` is the
    way that scores, ``open`` the one that is looked at (which scores once one of its fields is filled); both
    are ids. ``record`` belongs to every figure that has none of its own; ``note`` and ``source`` to the reason.
    """

    inputs: Mapping[str, Typed] = field(default_factory=dict)
    way: str = ""
    open: str = ""
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
    """The form of one city in one year.

    ``number_format`` is the locale that numbers are written in.
    """

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

    def holds(self, owner: str, name: str) -> bool:
        """Tell whether anything was done in a field: one that was emptied, or got a unit only, counts too."""
        return name in (self.profile if owner == PROFILE else self.answer(owner).inputs)

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
    """What a form says: the assessment, and a sentence for each field that could not be read.

    ``kept`` holds the sentences of fields that stand in a way which is not shown: they rule nothing.
    """

    assessment: Assessment
    unread: Mapping[Spot, Sentence]
    kept: Mapping[Spot, Sentence] = field(default_factory=dict)


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
    return Typed(text_of(entry.value, number_format), entry.unit)


def _finished_written(entry: Entry, indicator: Indicator, number_format: str) -> Typed:
    rungs = [rung.id for rung in indicator.ladder if entry.value in (rung.id, rung.points)]
    return Typed(picks=tuple(rungs)) if rungs else Typed(text_of(entry.value, number_format), entry.unit)


def text_of(value: Given, number_format: str) -> str:
    """Write what a field holds, its numbers by locale."""
    if isinstance(value, Decimal):
        return write_number(value, number_format)
    if isinstance(value, tuple):
        return "; ".join(text_of(part, number_format) for part in value)
    return value


# Reading a form


def read_draft(draft: Draft, edition: Edition) -> Reading:
    """Read a form strictly, in its own number format.

    A field that cannot be read is left out of the assessment and named in ``unread`` with the sentence that
    says what would be right; every field beside it is kept.
    """
    unread: dict[Spot, Sentence] = {}
    kept: dict[Spot, Sentence] = {}
    profile = {}
    for name, typed in draft.profile.items():
        spot = Spot(PROFILE, name)
        data_year = _year((typed.own or BLANK).data_year, spot._replace(part="data_year"), unread)
        entry = _entry(draft, edition, spot, typed.own or BLANK, data_year, unread)
        if entry is not None:
            profile[name] = entry
    answers = {name: _answer(draft, edition, name, unread, kept) for name in draft.answers}
    return Reading(Assessment(draft.edition, draft.city, draft.year, profile, answers), unread, kept)


def _answer(
    draft: Draft, edition: Edition, owner: str, unread: dict[Spot, Sentence], kept: dict[Spot, Sentence]
) -> Answer:
    answer, indicator = draft.answer(owner), edition.indicator(owner)
    year_spot = Spot(owner, "", "data_year")
    shared_year = _year(answer.record.data_year, year_spot, unread)
    entries = {}
    for name, typed in answer.inputs.items():
        year = shared_year if typed.own is None else _year(typed.own.data_year, year_spot, unread)
        wrong = kept if is_hidden(indicator, answer, name) else unread
        entry = _entry(draft, edition, Spot(owner, name), typed.own or answer.record, year, wrong)
        if entry is not None:
            entries[name] = entry
    finished = entries.pop(FINISHED, None)
    if finished is not None and is_hidden(indicator, answer, FINISHED) and entries:
        finished = _possible(finished, indicator, kept)
    return Answer(
        finished=finished,
        inputs=entries,
        reason=Reason(answer.reason) if answer.reason in set(Reason) else None,
        way=chosen_way(indicator, answer),
        note=answer.note,
        source=answer.source,
        unreadable=any(spot.owner == owner and spot.name in answer.inputs for spot in unread),
    )


def _possible(finished: Entry, indicator: Indicator, kept: dict[Spot, Sentence]) -> Entry | None:
    """Leave out a finished value that cannot be true, where it stands hidden behind figures that are shown."""
    if indicator.value is None:
        return finished
    try:
        checked_finished(indicator, indicator.value, finished)
    except ImpossibleError as error:
        kept[Spot(indicator.id, FINISHED)] = error.sentence
        return None
    return finished


def _entry(
    draft: Draft, edition: Edition, spot: Spot, record: Record, year: int | None, unread: dict[Spot, Sentence]
) -> Entry | None:
    if not draft.typed(spot.owner, spot.name).filled:
        return None
    try:
        value, unit = _given(draft, edition, spot)
    except ReadingError as error:
        unread[spot] = error.sentence
        return None
    quality = Quality(record.quality) if record.quality in set(Quality) else None
    return Entry(value, unit, year, quality, record.source, record.note)


def read_typed(typed: Typed, asked: OwnInput, number_format: str) -> tuple[Given, str]:
    """Read what stands in the field of an input: its value and the id of its unit.

    A unit in the text wins over the one beside it. Raises :class:`cbi.reading.ReadingError` with the sentence
    to show beside the field.
    """
    if asked.kind == "checklist" and typed.picks is not None:
        return read_checklist(";".join(typed.picks) or "none", asked.items), ""
    if asked.kind == "choice" and typed.picks:
        return read_input(typed.picks[0], asked)
    try:
        return read_input(typed.text, asked, unit=typed.unit, locale=number_format)
    except ReadingError as error:
        if error.code != TWO_UNITS:
            raise
    return read_input(typed.text, asked, locale=number_format)


def read_finished_typed(typed: Typed, indicator: Indicator, number_format: str) -> Given:
    """Read what stands in the field of a finished value; raises :class:`cbi.reading.ReadingError`."""
    if typed.picks:
        return read_rung(typed.picks[0], indicator.ladder)
    return read_finished(typed.text, indicator, unit=typed.unit, locale=number_format)


def readings_of(draft: Draft, edition: Edition, spot: Spot) -> tuple[str, ...]:
    """Give the texts that may have been meant in a field that cannot be read; empty where nobody can tell."""
    try:
        _given(draft, edition, spot)
    except ReadingError as error:
        return error.readings
    return ()


def _given(draft: Draft, edition: Edition, spot: Spot) -> tuple[Given, str]:
    """Read what stands in a field, with its unit; raises :class:`cbi.reading.ReadingError`."""
    typed = draft.typed(spot.owner, spot.name)
    if spot.name == FINISHED:
        return read_finished_typed(typed, edition.indicator(spot.owner), draft.number_format), typed.unit
    return read_typed(typed, edition.input(spot.owner, spot.name), draft.number_format)


def _year(typed: str, spot: Spot, unread: dict[Spot, Sentence]) -> int | None:
    if not typed.strip():
        return None
    try:
        return read_year(typed)
    except ReadingError as error:
        unread[spot] = error.sentence
        return None


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


def is_begun(way: Way, answer: AnswerDraft) -> bool:
    """Tell whether one of the fields of a way is filled under its own indicator, readable or not."""
    return any(answer.typed(name).filled for name in way.of.values())


def chosen_way(indicator: Indicator, answer: AnswerDraft) -> str:
    """Tell which way the person chose to be scored by; empty while none is chosen.

    A way that was only opened counts as chosen once one of its fields is filled.
    """
    opened, earlier = way_of(indicator, answer.open), way_of(indicator, answer.way)
    if opened is not None and is_begun(opened, answer):
        return opened.id
    if earlier is None:
        return ""
    only_shared = all(isinstance(indicator.inputs[name], SharedInput) for name in earlier.of.values())
    return earlier.id if only_shared or is_begun(earlier, answer) else ""


def shown_way(indicator: Indicator, answer: AnswerDraft, last: AnswerDraft | None = None) -> str:
    """Choose the way that the form shows: the one opened or chosen, else one that was begun.

    Where nothing was done yet, it is the way of ``last`` time's answer, else the first.
    """
    ways = offered_ways(indicator, answer)
    for way_id in (answer.open, answer.way):
        if way_id in ways:
            return way_id
    for way in indicator.ways:
        if is_begun(way, answer):
            return way.id
    if answer.typed(FINISHED).filled and FINISHED in ways:
        return FINISHED
    before = shown_way(indicator, last) if last else ""
    if before in ways:
        return before
    return ways[0] if ways else ""


def is_hidden(indicator: Indicator, answer: AnswerDraft, name: str) -> bool:
    """Tell whether a field stands in a way that the form does not show now."""
    shown = shown_way(indicator, answer)
    if name == FINISHED:
        return not indicator.ladder and shown != FINISHED
    homes = {way.id for way in indicator.ways if name in way.of.values()}
    return bool(homes) and shown not in homes


def way_of(indicator: Indicator, way_id: str) -> Way | None:
    """Give a way of the definition by its id; None for the finished value."""
    return next((way for way in indicator.ways if way.id == way_id), None)

"""The end of a report: all figures as they were given, notes in full, how the points come about."""

from __future__ import annotations

from collections.abc import Iterator

from cbi.assessment import Entry
from cbi.definitions.models import OwnInput
from cbi.i18n import say, translate
from cbi.labels import QUALITIES
from cbi.report.cited import Register
from cbi.report.content import Fact, Figure, FigureGroup, Note
from cbi.report.indicators import LONGEST_NOTE, noted, notes_of
from cbi.report.setting import Setting
from cbi.report.telling import given, given_finished, outcome
from cbi.standing import cites_the_same
from cbi.version import VERSION
from cbi.wording import points_of


def figures_of(setting: Setting, register: Register) -> tuple[FigureGroup, ...]:
    """Give every figure of the assessment as it was given: the profile, then indicator by indicator."""
    asked = setting.edition.profile_inputs
    rows = [
        _row(setting, register, _label(setting, name), setting.opened.profile[name], asked[name])
        for name in asked
        if name in setting.opened.profile
    ]
    groups = [FigureGroup(translate("City profile", setting.language), "", tuple(rows))] if rows else []
    return (*groups, *_indicator_groups(setting, register))


def _label(setting: Setting, name: str) -> str:
    """Name a figure of the profile; one that is only last time's is marked."""
    label = setting.edition.profile_inputs[name].label
    if name not in setting.opened.carried:
        return label
    return say("{label} – carried over, not confirmed", label=label).text(setting.language)


def _indicator_groups(setting: Setting, register: Register) -> Iterator[FigureGroup]:
    for result in setting.card.results:
        indicator, answer = result.indicator, setting.answer(result)
        rows = []
        for name, entry in answer.inputs.items():
            if name in indicator.inputs:
                definition = setting.edition.input(indicator.id, name)
                rows.append(_row(setting, register, definition.label, entry, definition))
        if answer.finished is not None:
            figure = given_finished(setting.voice, indicator, answer.finished)
            label = (say("Rung of the ladder") if indicator.ladder else say("Finished value")).text(setting.language)
            rows.append(_written(setting, register, label, figure, answer.finished))
        told = outcome(setting.voice, result)
        if result.is_scored:
            points = points_of(result, setting.language)
            told = (
                points
                if indicator.ladder
                else say("{value}: {points}", value=told, points=points).text(setting.language)
            )
        yield FigureGroup(f"{indicator.number} · {indicator.title}", told, tuple(rows))


def _row(setting: Setting, register: Register, label: str, entry: Entry, asked: OwnInput) -> Figure:
    return _written(setting, register, label, given(setting.voice, entry, asked), entry)


def _written(setting: Setting, register: Register, label: str, figure: str, entry: Entry) -> Figure:
    quality = QUALITIES[entry.quality].text(setting.language) if entry.quality else ""
    return Figure(label, figure, str(entry.data_year or ""), quality, _source(setting, register, entry))


def _source(setting: Setting, register: Register, entry: Entry) -> str:
    """Give the number of a figure's source, and for which other figure it was given, if so."""
    numbers, other = register.numbers([entry.source]), setting.other_figure(entry, cites_the_same)
    return say("{source} given for {figure}", source=numbers, figure=other).text(setting.language) if other else numbers


def profile_notes(setting: Setting) -> tuple[Note, ...]:
    """Give the notes on figures of the profile, each once, in full."""
    about: dict[str, list[str]] = {}
    for name, entry in setting.opened.profile.items():
        if entry.note and name in setting.edition.profile_inputs:
            label = noted(setting, setting.edition.profile_inputs[name].label, entry)
            about.setdefault(entry.note, []).append(label)
    return tuple(Note("; ".join(labels), text) for text, labels in about.items())


def long_notes(setting: Setting) -> tuple[Note, ...]:
    """Give in full the notes that were shortened beside their indicators."""
    found = []
    for result in setting.card.results:
        indicator, answer = result.indicator, setting.answer(result)
        if not any(note.shortened for note in notes_of(setting, answer, indicator)):
            continue
        entries = [*answer.inputs.values(), *filter(None, [answer.finished])]
        texts = dict.fromkeys([*(entry.note for entry in entries), answer.note])
        found += [Note(f"{indicator.number} · {indicator.title}", text) for text in texts if _is_long(text)]
    return tuple(found)


def _is_long(text: str) -> bool:
    return len(text) > LONGEST_NOTE or text.count("\n") >= 8


def method_of(setting: Setting) -> tuple[Fact, ...]:
    """Say how the points come about, in plain words; the rules of the index in the words of its definitions."""
    language, frame = setting.language, setting.edition.frame
    books = "\n".join(f"{book.authors} ({book.year}): {book.title}. {book.publisher}." for book in frame.documents)
    missing = translate(
        "An indicator without an answer has no points and is never counted as zero. So every total says how many "
        "indicators were scored, how many points these could have had, 4 each, and between which totals the city can "
        "still end up this year.",
        language,
    )
    comparing = translate(
        "A city is compared with itself. Two years are compared over the indicators that were scored in both. Points "
        "of two editions are never subtracted: the older year is scored again under the newer edition, as far as its "
        "own figures allow.",
        language,
    )
    exact = translate(
        "Figures are kept with the digits they were given with, and worked with as exact fractions. Nothing is "
        "rounded before the last step.",
        language,
    )
    again = say(
        "The same figures under the same definitions give the same points on every machine. Version of the program: "
        "{version}. The definitions are named by the digest below.",
        version=VERSION,
    ).text(language)
    return tuple(
        Fact(label.text(language), text)
        for label, text in (
            (say("The index"), f"{frame.title}\n{books}"),
            (say("What is missing"), missing),
            (say("Rounding"), frame.rounding),
            (say("Exact figures"), exact),
            (say("Baseline"), frame.baseline),
            (say("Comparing years"), comparing),
            (say("Doing it again"), again),
        )
    )

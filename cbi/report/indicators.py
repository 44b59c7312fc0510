"""The chapters of the components: each indicator with what was given, what came of it, and how far to trust it."""

from __future__ import annotations

from collections.abc import Iterator

from cbi.assessment import Answer, Entry
from cbi.definitions.edition import EARLIER
from cbi.definitions.models import Indicator, OwnInput, SharedInput
from cbi.i18n import Sentence, counted, labelled, listed, listed_apart, say, translate
from cbi.labels import QUALITIES, SEVERITIES, TO_BE_CHECKED, citation, trust_of
from cbi.problems import Problem
from cbi.report.cited import Register, sources_of
from cbi.report.content import Bar, ComponentPart, Fact, IndicatorPart, Note, Notice, PastYear, Strip
from cbi.report.setting import Setting
from cbi.report.telling import change_of, clipped, given, given_finished, outcome, points_change
from cbi.scoring import Result, Status, Totals
from cbi.standing import quotes_the_same
from cbi.wording import (
    band_label,
    band_reached,
    bullet_in_words,
    capital,
    name_of,
    next_step,
    place_in_band,
    points_of,
    points_scored,
    rounding,
    signed,
    strip_in_words,
    totals_line,
)

LONGEST_NOTE = 420
"""Signs of a note that stand beside the indicator; a longer one is shown whole at the end of the report."""


def component_parts(setting: Setting, register: Register) -> tuple[ComponentPart, ...]:
    """Give the three components with their indicators."""
    return tuple(
        ComponentPart(
            component.id,
            component.title,
            component_bar(setting, component.id, component.title),
            tuple(
                indicator_part(setting, register, result)
                for result in setting.card.results
                if result.indicator.component == component.id
            ),
        )
        for component in setting.edition.components
    )


def component_bar(setting: Setting, component: str, title: str) -> Bar:
    """Give the bar of a component, with its change since the baseline."""
    count = sum(result.indicator.component == component for result in setting.card.results)
    return _bar(setting, title, setting.card.components[component], count, component)


def total_bar(setting: Setting) -> Bar:
    """Give the bar of the whole index."""
    title = translate("Total", setting.language)
    return _bar(setting, title, setting.card.total, len(setting.card.results), None)


def _bar(setting: Setting, title: str, totals: Totals, count: int, component: str | None) -> Bar:
    before, change, alt = None, "", bullet_in_words(title, totals, setting.language)
    compared = [one for one in setting.changes.values() if component in (None, one.component)]
    if setting.step is not None and compared:
        moved = setting.step.points(component)
        before = totals.points - moved
        change = say(
            "{change} since {year}, like for like over {indicators}",
            change=points_change(setting.voice, moved),
            year=setting.step.from_year,
            indicators=counted("{count} indicator", "{count} indicators", len(compared)),
        ).text(setting.language)
        alt = say("{first}; {second}", first=alt, second=change).text(setting.language)
    line = totals_line(totals, count, setting.language)
    shown = points_scored(totals)
    return Bar(
        title, totals.points, totals.attainable, totals.maximum, totals.highest, before, line, change, alt, shown
    )


def indicator_part(setting: Setting, register: Register, result: Result) -> IndicatorPart:
    """Give everything that a report says of one indicator."""
    indicator, voice = result.indicator, setting.voice
    problems = [problem for problem in setting.card.problems if problem.indicator == indicator.id]
    trust = capital(trust_of(indicator, voice.language))
    if not indicator.confirmed:
        trust = listed_apart([trust, TO_BE_CHECKED]).text(voice.language)
    return IndicatorPart(
        id=indicator.id,
        number=indicator.number,
        title=indicator.title,
        question=indicator.question,
        status=result.status.value,
        value=outcome(voice, result),
        points=result.points,
        points_text=points_of(result, voice.language),
        strip=_strip(setting, result),
        change=_points_change(setting, result),
        facts=tuple(_facts(setting, register, result)),
        notes=notes_of(setting, setting.answer(result), indicator),
        notices=tuple(notice(setting, problem) for problem in problems),
        trust=trust,
        held_by=indicator.held_by,
        steps=_steps(setting, indicator),
        past=tuple(_past(setting, indicator)),
        about=tuple(_about(setting, indicator)),
    )


def _steps(setting: Setting, indicator: Indicator) -> tuple[str, ...]:
    if indicator.ladder:
        return tuple(rung.text for rung in sorted(indicator.ladder, key=lambda rung: rung.points))
    bands = sorted(indicator.bands, key=lambda band: band.points)
    return tuple(band_label(setting.voice, indicator, band) for band in bands)


def _past(setting: Setting, indicator: Indicator) -> Iterator[PastYear]:
    for card in setting.alike:
        result = card.result(indicator.id)
        if result.is_scored:
            yield PastYear(card.year or 0, outcome(setting.voice, result), result.points)


def _about(setting: Setting, indicator: Indicator) -> Iterator[Fact]:
    """Say what counts, why it matters, who holds it and where it is printed: in the words of the definitions."""
    language = setting.language
    targets = say(
        "Kunming-Montreal targets {gbf} · Sustainable Development Goals {sdg}",
        gbf=listed(map(str, indicator.links.gbf)),
        sdg=listed(indicator.links.sdg),
    )
    for label, text in (
        (say("Why it matters"), indicator.why),
        (say("What counts and what does not"), indicator.counts),
        (say("Who usually holds the data"), indicator.held_by),
        (say("What serves as evidence"), indicator.evidence),
        (say("Linked targets"), targets.text(language)),
        (say("Where it is printed"), citation(setting.edition, indicator).text(language)),
    ):
        yield Fact(label.text(language), text)


def _strip(setting: Setting, result: Result) -> Strip:
    voice, bands = setting.voice, sorted(result.indicator.bands, key=lambda band: band.points)
    change = setting.changes.get(result.indicator.id)
    before = None if change is None else change.before.points
    if not bands:
        rungs = [rung.text for rung in sorted(result.indicator.ladder, key=lambda rung: rung.points)]
        alt = strip_in_words(voice, result, rungs) if result.points is None else band_reached(voice, result)
        return Strip((), result.points, 0.5, before, alt)
    labels = tuple(band_label(voice, result.indicator, band, with_unit=False) for band in bands)
    place = 0.5 if result.points is None else place_in_band(bands, bands[result.points], result.value)
    return Strip(labels, result.points, place, before, strip_in_words(voice, result, labels))


def _facts(setting: Setting, register: Register, result: Result) -> Iterator[Fact]:
    """Give the lines beside the strip; a line without a text is left out."""
    answer, language = setting.answer(result), setting.language
    entries = list(entries_of(setting, result))
    beside = list(_beside(setting, result, entries))
    sources = {*sources_of(answer), *(entry.source for _, entry, _ in entries)} - {""}
    cited = register if len(sources) > 1 else None
    figures = say("Worked out from") if result.is_scored else say("Given")
    lines: tuple[tuple[Sentence, str], ...] = (
        (figures, _joined(_figures(setting, result, entries, cited), language)),
        (say("Also given, not scored"), _joined(_figures(setting, result, beside, cited), language)),
        (say("Read as"), rounding(setting.voice, result)),
        (say("Change"), _change(setting, result)),
        (say("Next point"), next_step(setting.voice, result)),
        (say("Year of the data"), _years(entries, language)),
        (say("Quality"), _quality(entries, language)),
        (say("Source"), register.titles(sources)),
    )
    yield from (Fact(label.text(language), text) for label, text in lines if text)


def entries_of(setting: Setting, result: Result) -> Iterator[tuple[str, Entry, OwnInput | None]]:
    """Give the figures behind a result – or, where there is none, those that were given – with label and input."""
    indicator, answer = result.indicator, setting.answer(result)
    ways = {way.id: tuple(way.of.values()) for way in indicator.ways}
    names = list(ways.get(result.way, ())) if result.is_scored else list(result.used)
    if result.status is Status.NOT_SCORED:
        names = [name for name in names if name in answer.inputs]
    names += [name for name in answer.inputs if name in indicator.inputs and _is_text(setting, indicator, name)]
    for name in dict.fromkeys(names):
        if name in result.used:
            known = result.used[name]
            yield _label(indicator, name, known.asked.label, setting.language), known.entry, known.asked
    if answer.finished is not None and not (result.is_scored and result.way):
        yield translate("Finished value", setting.language), answer.finished, None


def _beside(
    setting: Setting, result: Result, entries: list[tuple[str, Entry, OwnInput | None]]
) -> Iterator[tuple[str, Entry, OwnInput | None]]:
    """Give the figures of a scored answer that its value does not come from: no source is cited without its figure.

    They are those of another way, a finished value beside inputs, and what is recorded beside the score.
    """
    if not result.is_scored:
        return
    indicator, answer = result.indicator, setting.answer(result)
    shown = [entry for _, entry, _ in entries]
    for name, entry in answer.inputs.items():
        if name in indicator.inputs and not any(entry is one for one in shown):
            asked = setting.edition.input(indicator.id, name)
            yield _label(indicator, name, asked.label, setting.language), entry, asked
    if answer.finished is not None and not any(answer.finished is one for one in shown):
        yield translate("Finished value", setting.language), answer.finished, None


def _label(indicator: Indicator, name: str, label: str, language: str) -> str:
    """Name an input; one of an earlier year with that year."""
    given_there = indicator.inputs[name]
    if isinstance(given_there, SharedInput) and given_there.from_ in EARLIER:
        year = {"baseline": say("in the baseline year"), "previous": say("in the previous survey")}[given_there.from_]
        return say("{label} {year}", label=label, year=year).text(language)
    return label


def _is_text(setting: Setting, indicator: Indicator, name: str) -> bool:
    return setting.edition.input(indicator.id, name).kind == "text"


def _figures(
    setting: Setting, result: Result, entries: list[tuple[str, Entry, OwnInput | None]], cited: Register | None
) -> Iterator[Sentence | str]:
    """Write the figures behind a result, each with the number of its source where ``cited``; a rung says itself."""
    for label, entry, asked in entries:
        if asked is not None:
            figure = given(setting.voice, entry, asked)
        elif not result.indicator.ladder:
            figure = given_finished(setting.voice, result.indicator, entry)
        else:
            continue
        source = cited.numbers([entry.source]) if cited else ""
        yield say("{label} {figure}", label=label, figure=f"{figure} {source}".strip())


def _points_change(setting: Setting, result: Result) -> str:
    difference = setting.changes.get(result.indicator.id)
    return "" if difference is None else signed(setting.voice, difference.points or 0)


def _joined(parts: Iterator[Sentence | str], language: str) -> str:
    """List figures; nothing, where there is none, rather than the dash of an empty list."""
    found = list(parts)
    return listed_apart(found).text(language) if found else ""


def _change(setting: Setting, result: Result) -> str:
    """Say the change since the baseline, like for like; empty where there is nothing to compare."""
    difference = setting.changes.get(result.indicator.id)
    if difference is None or setting.step is None:
        return ""
    return say("{change} since {year}", change=change_of(setting.voice, difference), year=setting.step.from_year).text(
        setting.language
    )


def _years(entries: list[tuple[str, Entry, OwnInput | None]], language: str) -> str:
    years = sorted({entry.data_year for _, entry, _ in entries if entry.data_year})
    return listed(map(str, years)).text(language) if years else ""


def _quality(entries: list[tuple[str, Entry, OwnInput | None]], language: str) -> str:
    found = {entry.quality for _, entry, _ in entries if entry.quality}
    words = [word for quality, word in QUALITIES.items() if quality in found]
    return listed(words).text(language) if words else ""


def notes_of(setting: Setting, answer: Answer, indicator: Indicator) -> tuple[Note, ...]:
    """Give the notes of an answer, each once, with the figures it belongs to; long ones shortened."""
    about: dict[str, list[str]] = {}
    for name, entry in answer.inputs.items():
        if entry.note and name in indicator.inputs:
            label = noted(setting, setting.edition.input(indicator.id, name).label, entry)
            about.setdefault(entry.note, []).append(label)
    if answer.finished is not None and answer.finished.note:
        named = noted(setting, "", answer.finished)
        about.setdefault(answer.finished.note, []).extend([named] if named else [])
    if answer.note:
        about.setdefault(answer.note, [])
    return tuple(
        _note(listed_apart(labels).text(setting.language) if labels else "", text) for text, labels in about.items()
    )


def noted(setting: Setting, label: str, entry: Entry) -> str:
    """Name the figure that a note is about; one that quotes a text on another figure is not printed as its proof."""
    other = setting.other_figure(entry, quotes_the_same)
    if not other:
        return label
    told = say("quoted for {figure}, not for the figure that stands here", figure=other).text(setting.language)
    return labelled(label, told, setting.language) if label else told


def _note(about: str, text: str) -> Note:
    if len(text) <= LONGEST_NOTE and text.count("\n") < 8:
        return Note(about, text)
    return Note(about, clipped(" ".join(text[: LONGEST_NOTE * 2].split()), LONGEST_NOTE), shortened=True)


def notice(setting: Setting, problem: Problem) -> Notice:
    """Put a problem into words."""
    language = setting.language
    place = name_of(setting.card, problem.indicator, language)
    told = problem.sentence.text(language, setting.voice.numbers)
    return Notice(problem.severity.value, SEVERITIES[problem.severity].text(language), place, told)

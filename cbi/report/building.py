"""From a city's years to a report: :func:`report_content`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from cbi.assessment import Assessment
from cbi.corrections import NO_BANDS, CityBands
from cbi.i18n import listed_apart, say, translate
from cbi.labels import SEVERITIES
from cbi.planning.findings import Beside
from cbi.problems import Problem
from cbi.report import appendix, indicators, summary
from cbi.report.cited import Register
from cbi.report.content import Notice, Report
from cbi.report.doing import actions_of
from cbi.report.onepage import SHORT, page_of
from cbi.report.plain import Action, SourceDetail
from cbi.report.planning import planning_chapter
from cbi.report.platform import platform_chapter
from cbi.report.setting import Setting, setting_of
from cbi.report.words import words_of
from cbi.report.years import years_of
from cbi.version import VERSION


def report_content(
    history: Sequence[Assessment],
    opened: Assessment,
    *,
    baseline: int | None = None,
    bands: CityBands = NO_BANDS,
    language: str = "en",
    numbers: str | None = None,
    actions: Iterable[Action] = (),
    sources: Sequence[SourceDetail] = (),
    problems: Sequence[Problem] = (),
    beside: Beside | None = None,
    issued: date | None = None,
) -> Report:
    """Put a city's assessment into the words and figures of a report.

    ``history`` holds the years of the city (others are left aside), ``opened`` is the one to report on; later
    years do not enter. ``baseline`` is the baseline year, by default the earliest; ``bands`` what the
    city says of the printed bands. ``language`` is a code of
    :data:`cbi.i18n.LANGUAGES`, ``numbers`` the locale that numbers are written in, by default that of the
    language. ``problems`` are those met while the figures were read. ``beside`` is what planning keeps (ranges,
    scenarios, plans, surveys); without it there is no chapter on what comes next, which only the full report has.
    ``issued`` is the day printed on the cover; without it there is none, for a report takes nothing from the clock.
    Raises :class:`cbi.comparison.UnknownBaselineError` if the city did not assess the baseline year.
    """
    setting = setting_of(history, opened, baseline, language, numbers or language, bands)
    register = Register(setting)
    card = setting.card
    city = card.city or translate("City without a name", language)
    notices = tuple(_notices(setting, problems))
    named = say("{edition} edition", edition=card.edition.id).text(language)
    return Report(
        language=language,
        city=city,
        year=card.year,
        edition=card.edition.id,
        edition_title=card.edition.frame.title,
        heading=" · ".join(filter(None, [city, str(card.year or ""), named])),
        issued=issued,
        fingerprint=card.edition.hash,
        program=VERSION,
        points=card.total.points,
        maximum=card.total.maximum,
        attainable=card.total.attainable,
        total=indicators.total_bar(setting),
        cover_line=_cover_line(setting),
        tiles=summary.tiles_of(setting),
        tiles_titles=summary.short_titles(setting),
        tiles_alt=_tiles_in_words(setting),
        summary=summary.summary_of(setting),
        page=page_of(setting, notices),
        short_page=page_of(setting, notices, SHORT),
        components=indicators.component_parts(setting, register),
        missing=tuple(
            (component.title, found)
            for component in card.edition.components
            if (found := summary.missing_of(setting, component.id))
        ),
        years=years_of(setting),
        planning=None if beside is None else planning_chapter(setting, history, baseline, bands, beside),
        notices=notices,
        trust=summary.trust_of_card(setting),
        actions=actions_of(setting, actions),
        platform=platform_chapter(card),
        method=appendix.method_of(setting),
        figures=appendix.figures_of(setting, register),
        profile_notes=appendix.profile_notes(setting),
        sources=register.listed(sources),
        long_notes=appendix.long_notes(setting),
        words=words_of(language),
    )


def _cover_line(setting: Setting) -> str:
    total = setting.card.total
    if not total.scored:
        return translate("Nothing is scored yet.", setting.language)
    return say(
        "{scored} of {count} indicators scored. With these, {attainable} points were attainable.",
        scored=total.scored,
        count=len(setting.card.results),
        attainable=total.attainable,
    ).text(setting.language)


def _tiles_in_words(setting: Setting) -> str:
    """Say what the picture of the whole shows: the points of every indicator."""
    told = listed_apart(
        f"{result.indicator.number}: {'–' if result.points is None else result.points}"
        for result in setting.card.results
    )
    return say("Points of each indicator: {points}", points=told).text(setting.language)


def _notices(setting: Setting, problems: Sequence[Problem]) -> Iterable[Notice]:
    """List what is wrong, errors first; what was met while reading stands with its place in the file."""
    order = list(SEVERITIES)
    read = [
        Notice(
            one.severity.value,
            SEVERITIES[one.severity].text(setting.language),
            one.where,
            one.sentence.text(setting.language, setting.voice.numbers),
        )
        for one in problems
    ]
    found = [*read, *(indicators.notice(setting, problem) for problem in setting.card.problems)]
    return sorted(found, key=lambda one: [grave.value for grave in order].index(one.severity))

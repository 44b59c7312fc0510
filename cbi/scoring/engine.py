"""Answers to indicator results to scorecard: the engine that the definitions drive.

The steps, for each indicator: gather what is known of its inputs (its own, the profile's, those of other
indicators and earlier years), take the first way that is complete, form the exact value, round it
half-up to the printed decimals, and read the points off the band. What is missing is never zero.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cbi import checks, standing
from cbi.assessment import Answer, Assessment, Reason
from cbi.definitions.edition import EARLIER, Edition
from cbi.definitions.models import Indicator, OwnInput, SharedInput
from cbi.gathering import Gathered, Known, figure, gather, where
from cbi.i18n import Sentence, listed_apart, say
from cbi.numbers import printed, round_half_up
from cbi.problems import Problem, Severity
from cbi.reading import assessment_from, unknown_rung
from cbi.scoring.next_band import next_band, next_rung
from cbi.scoring.scorecard import Result, Scorecard, Status
from cbi.scoring.values import Formed, ImpossibleError, Notice, checked_finished, from_inputs

NO_ANSWER = Answer()


def score(
    edition: Edition,
    answers: Assessment | Mapping[str, object],
    *,
    baseline: Assessment | None = None,
    previous: Assessment | None = None,
) -> Scorecard:
    """Score what a city answered under an edition.

    ``answers`` is an :class:`Assessment`, or a plain mapping as :func:`cbi.reading.assessment_from` reads
    it: ``{"profile": {"city_area": "33.22 km2"}, "natural_areas": {"natural_area": "22.49 km2"}, 11: 71.97}``.
    ``baseline`` is the city's baseline year and ``previous`` its survey before this one: they hold the
    species counts that changes are measured against; without them this is a first application.
    What a city answered never stops it: what is wrong is listed under ``problems`` and not scored. Only a
    plain mapping that names an indicator or input that is not asked raises KeyError, and one with a text
    that cannot be read :class:`cbi.reading.ReadingError`.
    """
    assessment = answers if isinstance(answers, Assessment) else assessment_from(edition, answers)
    gathered = gather(edition, assessment, baseline, previous)
    years = {"baseline": baseline is not None, "previous": previous is not None}
    results, problems = [], [*gathered.problems, *standing.doubts(edition, assessment)]
    for indicator in edition.indicators:
        answer = assessment.answers.get(indicator.id, NO_ANSWER)
        result, noticed = _score_indicator(indicator, answer, gathered, years)
        results.append(_with_word_of_the_city(result, edition))
        problems.extend(noticed)
    warnings = list(checks.run(edition, assessment, gathered, previous))
    problems = _without_echoes(edition, problems, warnings)
    return Scorecard(edition, assessment.city, assessment.year, tuple(results), tuple(problems))


def _with_word_of_the_city(result: Result, edition: Edition) -> Result:
    """Say on a result that its bands were checked, or are the city's own."""
    check = edition.band_checks.get(result.indicator.id)
    correction = edition.band_corrections.get(result.indicator.id)
    return replace(result, check=check, correction=correction) if check or correction else result


def score_example(
    edition: Edition, indicator: Indicator, answers: Mapping[str, object]
) -> tuple[Result, list[Problem]]:
    """Score one indicator by itself, with every input given under it: how the examples of definitions are proved."""
    assessment = assessment_from(edition, {indicator.id: answers})
    gathered = gather(edition, assessment)
    result, problems = _score_indicator(
        indicator, assessment.answers[indicator.id], gathered, dict.fromkeys(EARLIER, False)
    )
    return result, [*gathered.problems, *problems]


def _without_echoes(edition: Edition, problems: list[Problem], warnings: list[Problem]) -> list[Problem]:
    """Say once what two rules noticed: an impossible share, or a stated share that differs from its inputs."""
    relations = {check.id: check.relation for check in edition.checks}
    impossible = {(problem.indicator, problem.input) for problem in problems if problem.code == "part_exceeds_whole"}
    explained = {warning.indicator for warning in warnings if relations[warning.code] == "share_of"}
    kept = [problem for problem in problems if not (problem.code == "value_differs" and problem.indicator in explained)]
    return kept + [
        warning
        for warning in warnings
        if not (relations[warning.code] == "at_most" and (warning.indicator, warning.input) in impossible)
    ]


def _score_indicator(
    indicator: Indicator, answer: Answer, gathered: Gathered, years: Mapping[str, bool]
) -> tuple[Result, list[Problem]]:
    """Score one indicator; ``years`` says which earlier years there are (baseline, previous)."""
    noticed: list[Problem] = []

    def notice(severity: Severity, code: str, sentence: Sentence, name: str | None = None) -> None:
        at = where(gathered.edition, indicator.id)
        noticed.append(Problem(severity, code, at, sentence, indicator.id, name))

    known = gathered.of(indicator)
    try:
        result = _on_ladder(indicator, answer) if indicator.ladder else _on_bands(indicator, answer, known, notice)
    except ImpossibleError as error:
        notice(Severity.ERROR, error.code, error.sentence, error.input)
        return Result(indicator, Status.NOT_SCORED, used=known), noticed
    if result is None:
        return _without_points(indicator, answer, gathered, years, notice), noticed
    if answer.reason is not None:
        notice(
            Severity.WARNING,
            "value_and_reason",
            say("There is a value and also a reason why there is none. The value is scored; remove one of the two."),
        )
    _ask_for_names(indicator, known, notice)
    return result, noticed


def _on_ladder(indicator: Indicator, answer: Answer) -> Result | None:
    """Read the points off the rung that the city stands on; None without an answer."""
    if answer.finished is None:
        return None
    for rung in indicator.ladder:
        if answer.finished.value in (rung.id, rung.points):
            return Result(
                indicator,
                Status.SCORED,
                points=rung.points,
                band=rung.text,
                rung=rung.id,
                next=next_rung(indicator, rung.points),
            )
    raise ImpossibleError("unknown_rung", unknown_rung(str(figure(answer.finished)), indicator.ladder))


def _on_bands(indicator: Indicator, answer: Answer, known: Mapping[str, Known], notice: Notice) -> Result | None:
    """Form the value and read its band; None if neither inputs nor a finished value are there."""
    value = indicator.value
    if value is None:
        return None
    formed = from_inputs(indicator, value, answer, known, notice)
    if answer.finished is not None:
        stated = checked_finished(indicator, value, answer.finished)
        if formed is None:
            formed = Formed(stated, None)
        elif round_half_up(stated, value.decimals) != round_half_up(formed.exact, value.decimals):
            notice(
                Severity.WARNING,
                "value_differs",
                say(
                    "The finished value {stated} differs from what the inputs give, {formed}. The inputs are scored.",
                    stated=printed(stated),
                    formed=printed(formed.exact),
                ),
            )
    if formed is None:
        return None
    read = round_half_up(formed.exact, value.decimals)
    band = next(band for band in indicator.bands if band.holds(read, value.decimals))
    return Result(
        indicator,
        Status.SCORED,
        value=read,
        exact=formed.exact,
        points=band.points,
        band=band.label(value.decimals, value.unit or ""),
        way=formed.way.id if formed.way else "",
        next=next_band(indicator, value, band.points, formed.exact, formed.way, known),
        used=known,
    )


def _without_points(
    indicator: Indicator, answer: Answer, gathered: Gathered, years: Mapping[str, bool], notice: Notice
) -> Result:
    """Say why an indicator has no points: first application, a reason, something missing – or not started."""
    known = gathered.of(indicator)
    earlier = {
        name: given
        for name, given in indicator.inputs.items()
        if isinstance(given, SharedInput) and given.from_ in EARLIER
    }
    if earlier and not any(years[given.from_] for given in earlier.values()):
        if not any(name in known for given in earlier.values() if (name := given.input)):
            notice(
                Severity.NOTE,
                "no_baseline_count",
                say(
                    "This first application sets the species baseline, but has no species count yet. "
                    "Enter it in the profile."
                ),
            )
        return Result(indicator, Status.BASELINE_YEAR, reason=answer.reason, used=known)
    if answer.reason is not None:
        if answer.reason is not Reason.NOT_STARTED and not answer.note:
            notice(Severity.NOTE, "reason_without_note", say("Say in a note why there is no value."))
        return Result(indicator, Status.NOT_SCORED, reason=answer.reason, used=known)
    if answer.unreadable:
        return Result(indicator, Status.NOT_SCORED, used=known)
    if earlier and any(name in known for given in earlier.values() if (name := given.input)):
        _ask_for_earlier_count(earlier, notice)
        return Result(indicator, Status.NOT_SCORED, used=known)
    own = [name for name in answer.inputs if name in indicator.inputs and not _is_optional(indicator, name)]
    if not own:
        return Result(indicator, Status.NOT_SCORED, reason=Reason.NOT_STARTED, used=known)
    _say_what_is_missing(indicator, answer.way, gathered, known, own, notice)
    return Result(indicator, Status.NOT_SCORED, used=known)


def _ask_for_earlier_count(earlier: Mapping[str, SharedInput], notice: Notice) -> None:
    """Say that the year to compare with holds no species count."""
    against = {"baseline": say("the baseline year"), "previous": say("the previous survey")}
    year = next(against[given.from_] for given in earlier.values())
    notice(
        Severity.WARNING,
        "no_earlier_count",
        say(
            "Not scored yet: {year} holds no species count to compare with. Enter it in the profile of that year.",
            year=year,
        ),
    )


def _say_what_is_missing(
    indicator: Indicator,
    chosen_way: str,
    gathered: Gathered,
    known: Mapping[str, Known],
    own: list[str],
    notice: Notice,
) -> None:
    """Name the inputs that the chosen or nearest way still lacks; what is blocked by an error was said already."""
    chosen = [way for way in indicator.ways if chosen_way in ("", way.id)]
    started = [way for way in chosen if set(own) & set(way.of.values())] or chosen
    if not started:
        return
    nearest = min(started, key=lambda way: sum(name not in known for name in way.of.values()))
    if gathered.is_blocked(indicator, nearest.of.values()):
        return
    labels = [gathered.edition.input(indicator.id, name).label for name in nearest.of.values() if name not in known]
    notice(Severity.WARNING, "incomplete", say("Not scored yet: {missing} is missing.", missing=listed_apart(labels)))


def _is_optional(indicator: Indicator, name: str) -> bool:
    asked = indicator.inputs[name]
    return isinstance(asked, OwnInput) and asked.optional


def _ask_for_names(indicator: Indicator, known: Mapping[str, Known], notice: Notice) -> None:
    """Ask for a text that belongs to the answer, such as the taxonomic group that was followed."""
    for name, asked in indicator.inputs.items():
        if isinstance(asked, OwnInput) and asked.kind == "text" and not asked.optional and name not in known:
            notice(
                Severity.NOTE,
                "not_named",
                say("{label}: not named. Name it, so that years can be compared.", label=asked.label),
                name,
            )

"""From a profile to answers that a person may accept one by one, each with the sentence that it stands in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from cbi.assessment import Assessment
from cbi.citieswithnature.accepting import Confidence, Suggestion, applied
from cbi.citieswithnature.catalogue import Catalogue, catalogue
from cbi.citieswithnature.figures import has_figures, sentences_of
from cbi.citieswithnature.finding import Finding, entry_of, findings_of, source_of, told_by
from cbi.citieswithnature.lost import lost_headings, named
from cbi.citieswithnature.measured import Measured, Noticed
from cbi.citieswithnature.plausibility import index_not_started, noticed
from cbi.citieswithnature.records import Profile
from cbi.definitions.edition import PROFILE
from cbi.definitions.platform import Evidence, Figure
from cbi.gathering import where
from cbi.i18n import say
from cbi.problems import Problem, Severity
from cbi.scoring import Scorecard, score


@dataclass(frozen=True, slots=True)
class Suggestions:
    """All that a profile suggests.

    ``warnings`` hold for the profile as a whole, ``good_signs`` are checks that it passes. ``answered`` lists the
    indicators that have a figure for their value, ``scored`` those of them that can be scored as they stand.
    """

    items: tuple[Suggestion, ...] = ()
    warnings: tuple[Problem, ...] = ()
    good_signs: tuple[Problem, ...] = ()
    answered: tuple[str, ...] = ()
    scored: tuple[str, ...] = ()


def suggested(profile: Profile, language: str = "en", numbers: str = "en") -> Suggestions:
    """Suggest answers for the edition that the mapping speaks of, each with the checks that it fails.

    ``language`` is the language of sources and cautions (``en`` or ``zh_Hans``); the sentences are those of the
    profile, and ``numbers`` is the locale that their figures are written in, such as ``de``.
    """
    known = catalogue(language)
    findings = findings_of(profile, known, language, numbers)
    unread = tuple(_unreadable(one, known) for one in findings if one.found.wrong is not None)
    read = [one for one in findings if one.found.value is not None]
    measured = [Measured(one.id, one.found, entry_of(one), one.part, one.known) for one in read]
    items = tuple(map(_suggestion, read, measured))
    card = score(known.edition, applied(_first_of_each(items), Assessment(known.platform.edition)))
    answered = _answered(items, known)
    scored = tuple(name for name in answered if card.result(name).is_scored)
    evidence = tuple(_evidence(profile, known, language))
    seen = (*noticed(profile, known, measured, numbers), *lost_headings(profile, known, [*items, *evidence]))
    if profile.index.not_started and answered:
        seen = (*seen, index_not_started(profile, known, answered, scored))
    rules = _by_rules(card, known)
    kept = _without_repetition(items, measured)
    found = (*(_with_problems(one, rules, seen) for one in kept), *(_with_problems(one, (), seen) for one in evidence))
    return Suggestions(
        items=tuple(sorted(found, key=lambda one: _number(one, known))),
        warnings=(*(one.problem for one in seen if not one.good), *unread, *_unused(profile, findings)),
        good_signs=tuple(one.problem for one in seen if one.good),
        answered=answered,
        scored=scored,
    )


def _number(one: Suggestion, known: Catalogue) -> int:
    """Put the city profile first and then the indicators in the order of the index."""
    return known.edition.indicator(one.indicator).number if one.indicator else 0


def _by_rules(card: Scorecard, known: Catalogue) -> tuple[Problem, ...]:
    """Give what the rules of the edition say; figures that are alike are told for the whole profile instead."""
    alike = {check.id for check in known.edition.checks if check.relation == "different"}
    return tuple(problem for problem in card.problems if problem.code not in alike)


def _suggestion(one: Finding, measured: Measured) -> Suggestion:
    figure = one.found.figure
    return Suggestion(
        id=one.id,
        place=place_of(figure),
        input="" if figure.owner == PROFILE else figure.input or "",
        entry=measured.entry,
        sentence=one.found.sentence,
        source=one.source,
        caution=figure.help,
        confidence=Confidence(figure.confidence),
        where=one.where,
        action=one.action.key if one.action else "",
        updated=one.updated,
    )


def place_of(figure: Figure | Evidence) -> str:
    """Give the place in the store that a figure or a piece of evidence belongs to."""
    name = figure.input if isinstance(figure, Figure) else None
    return f"{PROFILE}.{name}" if figure.owner == PROFILE else figure.owner


def _without_repetition(items: Sequence[Suggestion], measured: Sequence[Measured]) -> tuple[Suggestion, ...]:
    """Leave out what says the same of an input as an earlier suggestion."""
    kept: dict[tuple[object, ...], Suggestion] = {}
    for item, one in zip(items, measured, strict=True):
        kept.setdefault((one.input, one.amount), item)
    return tuple(kept.values())


def _first_of_each(items: Sequence[Suggestion]) -> tuple[Suggestion, ...]:
    """Take the surest suggestion for each input, the first of equals."""
    order = list(Confidence)
    chosen: dict[tuple[str, str], Suggestion] = {}
    for one in sorted(items, key=lambda item: order.index(item.confidence)):
        chosen.setdefault((one.place, one.input), one)
    return tuple(chosen.values())


def _with_problems(one: Suggestion, rules: Sequence[Problem], seen: Sequence[Noticed]) -> Suggestion:
    """Give a suggestion what the rules say of its input or of its indicator as a whole, and what was noticed."""
    name = one.place.removeprefix(f"{PROFILE}.") if one.indicator is None else one.input or None
    own = [problem for problem in rules if problem.indicator == one.indicator and problem.input in (name, None)]
    own += [noted.problem for noted in seen if one.id in noted.concerns]
    return replace(one, problems=tuple(own), confidence=Confidence.LOW) if own else one


def _evidence(profile: Profile, known: Catalogue, language: str) -> Iterator[Suggestion]:
    for told in told_by(profile, known):
        if told.doubt == "in_description":
            continue
        for one in told.known.evidence:
            yield Suggestion(
                id=f"{told.action.key}.{one.id}",
                place=place_of(one),
                input="",
                entry=None,
                sentence=told.statement.text,
                source=source_of(profile, told.action, told.statement, language),
                caution=one.help,
                confidence=Confidence.LOW,
                where=told.statement.place,
                action=told.action.key,
                updated=told.statement.updated,
            )


def _answered(items: Iterable[Suggestion], known: Catalogue) -> tuple[str, ...]:
    """List the indicators that have a figure which their value is formed from, in the order of the index."""
    have: dict[str, set[str]] = {}
    for one in items:
        if one.indicator is not None:
            have.setdefault(one.indicator, set()).add(one.input)
    return tuple(
        indicator.id
        for indicator in known.edition.indicators
        if have.get(indicator.id, set()) & {"", *(name for way in indicator.ways for name in way.of.values())}
    )


# What could not be used


def _unreadable(one: Finding, known: Catalogue) -> Problem:
    owner = one.found.figure.owner
    return Problem(
        Severity.WARNING,
        "unreadable_figure",
        where(known.edition, owner),
        say("{wrong} It stands in: “{sentence}”", wrong=one.found.wrong, sentence=one.found.sentence),
        None if owner == PROFILE else owner,
        one.found.figure.input,
    )


def _unused(profile: Profile, findings: Sequence[Finding]) -> Iterator[Problem]:
    """Name the baselines with figures that no definition of the mapping looks for."""
    used = {(one.action.key, one.found.sentence) for one in findings if one.action}
    for action in profile.actions:
        for sentence in sentences_of(action.baseline.text) if action.baseline else ():
            if has_figures(sentence) and (action.key, sentence) not in used:
                yield Problem(
                    Severity.NOTE,
                    "unused_figure",
                    named(action),
                    say("No indicator asks for the figures of this baseline: “{sentence}”", sentence=sentence),
                )

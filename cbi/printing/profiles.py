"""A CitiesWithNature profile as text for people at the terminal: what it holds and what it tells the index."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from cbi.citieswithnature import Catalogue, IndicatorScore, Place, Profile, Suggestion, Suggestions
from cbi.citieswithnature.accepting import Confidence
from cbi.definitions.edition import PROFILE
from cbi.gathering import figure
from cbi.i18n import Sentence, listed, say, translate, translate_number
from cbi.labels import SEVERITIES
from cbi.numbers import write_number
from cbi.printing.layout import TITLE_WIDTH, heads
from cbi.terminal import WIDTH, bold, clipped, coloured, paragraph, table

Places = Callable[[Place], str]
"""Names a place of the file for people."""

CONFIDENCE = {
    Confidence.HIGH: say("high"),
    Confidence.MEDIUM: say("medium"),
    Confidence.LOW: say("low"),
}
SAID_BELOW = {
    "same_figure": say("The same figure stands for something else too; see below."),
    "two_boundaries": say("The profile measures within different boundaries; see below."),
    "does_not_add_up": say("It does not fit the figures beside it; see below."),
    "two_figures": say("Another place of the profile says something else; see below."),
}
"""What is said at each figure of problems that are told once for the whole profile."""

QUOTED = 160
"""Columns up to which a sentence of the profile is quoted here; it is kept in full."""


def profile_report(profile: Profile, found: Suggestions, known: Catalogue, language: str) -> str:
    """Print a profile: overview, counts, actions, suggested answers, what agrees, what was not understood."""
    places = places_of(profile, language)
    chapters = [
        _overview(profile, known, language),
        _actions(profile, known, language),
        _suggestions(found, known, language, places),
        _good_signs(found, language),
        _not_understood(profile, language, places),
    ]
    return "\n\n".join("\n".join(lines) for chapter in chapters if (lines := list(chapter)))


def _overview(profile: Profile, known: Catalogue, language: str) -> Iterator[str]:
    day = profile.date.isoformat() if profile.date else ""
    name = profile.name or translate("City without a name", language)
    yield bold(" · ".join(filter(None, [name, translate("City profile from CitiesWithNature", language), day])))
    people = ""
    if profile.population is not None:
        people = say("{count} people", count=write_number(profile.population, language)).text(language)
    facts = [people, profile.country, profile.region, profile.head_of_government]
    if any(facts):
        yield " · ".join(filter(None, facts))
    yield counts_line(profile).text(language)
    yield pathway_line(profile).text(language)
    yield from _index(profile, known, language)
    yield say("Tools and resources: {count}", count=len(profile.tools)).text(language)
    yield from _achievements(profile, known, language)


def counts_line(profile: Profile) -> Sentence:
    """Count the actions of a profile beside the number that it states, their commitments, baselines and targets."""
    actions = list(profile.actions)
    stated = say("{count} stated", count=profile.stated_actions) if profile.stated_actions is not None else None
    return say(
        "Actions: {found} found ({stated}), in {commitments} commitments; {baselines} with a baseline, {targets} "
        "with a target",
        found=len(actions),
        stated=stated or say("no number stated"),
        commitments=sum(1 for _ in profile.commitments),
        baselines=sum(action.baseline is not None for action in actions),
        targets=sum(action.target is not None for action in actions),
    )


def pathway_line(profile: Profile) -> Sentence:
    """Say how many steps of the Nature Pathway have uploads."""
    return say(
        "Nature Pathway: {linked} of {steps} steps have uploads",
        linked=sum(bool(step.uploads) for step in profile.pathway),
        steps=len(profile.pathway),
    )


def _index(profile: Profile, known: Catalogue, language: str) -> Iterator[str]:
    titles: dict[str, str] = {one.id: one.title for one in known.edition.components}
    if profile.index.total:
        whole = sum(known.platform.components.values())
        told = say("City Biodiversity Index: {points} of {maximum} points", points=profile.index.total, maximum=whole)
        yield told.text(language)
    for one in profile.index.components:
        title = titles.get(one.component, one.component)
        sentence = say("{title}: {points} of {maximum} points", title=title, points=one.points, maximum=one.maximum)
        if not one.started:
            sentence = say("{component} (the city has not started)", component=sentence)
        yield sentence.text(language)
        for scored in profile.index.indicators:
            if scored.component == one.component:
                yield f"  {_scored(scored, known, language)}"


def _scored(one: IndicatorScore, known: Catalogue, language: str) -> str:
    """Say what the index chapter prints of an indicator: its points, its state, or both."""
    told = translate_number("{count} point", "{count} points", 1 if one.points == "1" else 2, language)
    parts = [told.format(count=one.points) if one.points else "", known.title(one.state) if one.state else ""]
    value = " · ".join(filter(None, parts))
    return say("{label}: {value}", label=one.title, value=value or "–").text(language)


def _achievements(profile: Profile, known: Catalogue, language: str) -> Iterator[str]:
    awards = dict.fromkeys(one.award for one in profile.achievements)
    if not awards:
        return
    levels = [phrase.id for phrase in known.phrases("level")]
    reached = {(one.award, one.level): f"{one.percent} %" for one in profile.achievements}
    head = [translate("Achievements", language), *(known.title(level) for level in levels)]
    rows = [[known.title(award), *(reached.get((award, level), "–") for level in levels)] for award in awards]
    yield ""
    yield table(head, rows, right=range(1, len(head)))


def _actions(profile: Profile, known: Catalogue, language: str) -> Iterator[str]:
    if not any(profile.actions):
        return
    yield bold(translate("Actions", language))
    head = heads(language, say("Action"), say("Baseline of the action"), say("Target"), say("Moves indicators"))
    rows = []
    for action in profile.actions:
        numbers = [known.edition.indicator(name).number for name in known.moved_by(action)]
        rows.append(
            [
                clipped(known.called(action.title) or translate("without a title", language), TITLE_WIDTH),
                _day(action.baseline),
                _day(action.target),
                listed(sorted(numbers)).text(language),
            ]
        )
    yield table(head, rows)


def _day(statement: object) -> str:
    if statement is None:
        return "–"
    updated = getattr(statement, "updated", None)
    return updated.isoformat() if updated else "✓"


def _suggestions(found: Suggestions, known: Catalogue, language: str, places: Places) -> Iterator[str]:
    if not found.items:
        return
    yield bold(translate("Suggested answers", language))
    for one in found.items:
        yield ""
        yield from _suggestion(one, known, language, places)


def _suggestion(one: Suggestion, known: Catalogue, language: str, places: Places) -> Iterator[str]:
    answer = translate("evidence", language)
    if one.entry is not None:
        sign = "%" if one.is_percent(known.edition) else ""
        answer = f"{figure(one.entry).text(language)} {sign}".strip()
    day = say("updated {date}", date=one.updated.isoformat()).text(language) if one.updated else ""
    trust = say("confidence {word}", word=CONFIDENCE[one.confidence]).text(language)
    yield bold(_asked(one, known, language))
    yield "  " + " · ".join(filter(None, [answer, day, trust, places(one.where)]))
    if any(sign.isalpha() for sign in one.sentence):
        yield paragraph(f"“{clipped(one.sentence, QUOTED)}”", "    ")
    yield paragraph(one.caution, "    ")
    for problem in one.problems:
        grave = SEVERITIES[problem.severity].text(language)
        sentence = SAID_BELOW.get(problem.code, problem.sentence)
        text = paragraph(f"{grave}  {sentence.text(language)}", "    ")
        yield text.replace(grave, coloured(grave, problem.severity), 1)


def _asked(one: Suggestion, known: Catalogue, language: str) -> str:
    """Name the input that is answered: the label of a profile figure, or number, indicator and label."""
    if one.indicator is None:
        label = known.edition.profile_inputs[one.place.removeprefix(f"{PROFILE}.")].label
        profile = translate("City profile", language)
        return f"{profile} · {label}"
    indicator = known.edition.indicator(one.indicator)
    label = known.edition.input(indicator.id, one.input).label if one.input else ""
    return f"{indicator.number} {clipped(indicator.title, TITLE_WIDTH)}" + (f" · {label}" if label else "")


def places_of(profile: Profile, language: str) -> Places:
    """Give what names a place for people: the page where the file has several, else the line."""
    paged = any(place.page > 1 for place in (*(one.place for one in profile.actions), profile.population_place))
    by_page, by_line = say("page {page}"), say("line {line}")

    def named(place: Place) -> str:
        if not place.line:
            return ""
        words = by_page if paged else by_line
        return Sentence(words.template, {"page": place.page, "line": place.line}).text(language)

    return named


def _good_signs(found: Suggestions, language: str) -> Iterator[str]:
    if found.good_signs:
        yield bold(translate("What agrees", language))
        yield from (paragraph(f"✓ {problem.sentence.text(language)}", "  ") for problem in found.good_signs)


def _not_understood(profile: Profile, language: str, places: Places) -> Iterator[str]:
    if profile.not_understood:
        yield bold(translate("Not understood", language))
        for one in profile.not_understood:
            text = clipped(one.text.replace("\n", " "), WIDTH - 24)
            yield f"  {places(one.place)}: {text}"

"""Scorecards, comparisons, explanations and checks as text for people at the terminal."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal

from cbi.comparison import Comparison, Step
from cbi.definitions import EDITIONS, DefinitionError, Edition, Fault, TrustWord, crosswalk, edition, untranslated
from cbi.definitions.models import Indicator, OwnInput
from cbi.definitions.reader import INDICATORS
from cbi.i18n import LANGUAGES, Sentence, say, translate, translate_number
from cbi.labels import ASPECTS, SEVERITIES, TO_BE_CHECKED, TRUST, state_of
from cbi.problems import Problem
from cbi.proof import failing_examples
from cbi.scoring import Result, Scorecard, Status, Totals
from cbi.terminal import bold, clipped, coloured, paragraph, table
from cbi.units import signs

TITLE_WIDTH = 46


def scorecard(card: Scorecard, language: str) -> str:
    """Print a scorecard: totals, components, every indicator, and what must be checked before publishing."""
    head = _heading(card, language)
    total = card.total
    lines = [
        bold(head),
        say(
            "{points} of {maximum} points · {scored} of {all} indicators scored · attainable so far {attainable} · "
            "still possible {lowest}–{highest}",
            points=total.points,
            maximum=total.maximum,
            scored=total.scored,
            all=len(card.results),
            attainable=total.attainable,
            lowest=total.lowest,
            highest=total.highest,
        ).text(language),
        "",
        _components(card, language),
        "",
        _indicators(card, language),
    ]
    if card.to_be_checked:
        counted = ", ".join(f"{TRUST[word].text(language)} {count}" for word, count in card.trust.items())
        lines += [
            "",
            say(
                "* {caution}: {count} of {scored} scored indicators ({counted}).",
                caution=TO_BE_CHECKED,
                count=len(card.to_be_checked),
                scored=total.scored,
                counted=counted,
            ).text(language),
        ]
    return "\n".join(lines)


def _heading(card: Scorecard, language: str) -> str:
    city = card.city or translate("City without a name", language)
    named = say("{edition} edition", edition=card.edition.id).text(language)
    return " · ".join(filter(None, [city, str(card.year or ""), named]))


def _components(card: Scorecard, language: str) -> str:
    head = _head(
        language,
        say("Component"),
        say("Points"),
        say("Scored"),
        say("Attainable"),
        say("Maximum"),
        say("Still possible"),
    )
    rows = [_component_row(one.title, card.components[one.id]) for one in card.edition.components]
    rows.append(_component_row(translate("Total", language), card.total))
    return table(head, rows, right=(1, 2, 3, 4, 5))


def _head(language: str, *words: Sentence) -> list[str]:
    return [word.text(language) for word in words]


def _component_row(title: str, totals: Totals) -> list[str]:
    possible = f"{totals.lowest}–{totals.highest}"
    return [title, str(totals.points), str(totals.scored), str(totals.attainable), str(totals.maximum), possible]


def _indicators(card: Scorecard, language: str) -> str:
    head = _head(
        language,
        say("No."),
        say("Indicator"),
        say("Exact"),
        say("Reads as"),
        say("Points"),
        say("Band"),
        say("Trust, or why not"),
    )
    return table(head, [_indicator_row(result, language) for result in card.results], right=(0, 2, 3, 4))


def _indicator_row(result: Result, language: str) -> list[str]:
    given = result.to_dict()
    is_ladder = bool(result.indicator.ladder)
    exact, value = (given["exact"], given["value"]) if result.is_scored and not is_ladder else ("", "")
    mark = "" if result.indicator.confirmed or not result.is_scored else " *"
    return [
        str(result.indicator.number),
        clipped(result.indicator.title, TITLE_WIDTH),
        exact or "",
        value or "",
        "–" if result.points is None else str(result.points),
        clipped(result.band or "", 40),
        state_of(result).text(language) + mark,
    ]


def problems(found: Iterable[Problem], language: str) -> str:
    """Print problems one a line: how grave, where, what was found and what would be right."""
    order = list(SEVERITIES)
    listed = sorted(found, key=lambda problem: order.index(problem.severity))
    lines = []
    for problem in listed:
        grave = coloured(SEVERITIES[problem.severity].text(language), problem.severity)
        lines.append(f"{grave}  {problem.where}: {problem.sentence.text(language)}")
    return "\n".join(lines)


def comparison(found: Comparison, language: str) -> str:
    """Print the years of a city side by side, then each against the baseline and the year before."""
    name = found.city or translate("City without a name", language)
    lines = [
        bold(say("{city}: compared with itself, baseline {year}", city=name, year=found.baseline).text(language)),
        "",
    ]
    head = _head(language, say("Year"), say("Edition"), say("Points"), say("Scored"), say("Attainable"), say("Maximum"))
    rows = [
        [
            str(card.year),
            card.edition.id,
            str(card.total.points),
            str(card.total.scored),
            str(card.total.attainable),
            str(card.total.maximum),
        ]
        for card in found.scorecards
    ]
    lines.append(table(head, rows, right=(2, 3, 4, 5)))
    for step in found.against_baseline:
        lines += [
            "",
            "",
            *_step(
                step,
                say("{to} against the baseline {from_}", to=step.to_year, from_=step.from_year).text(language),
                language,
            ),
        ]
    done = {(step.from_year, step.to_year) for step in found.against_baseline}
    for step in found.against_previous:
        if (step.from_year, step.to_year) not in done:
            lines += [
                "",
                "",
                *_step(
                    step, say("{to} against {from_}", to=step.to_year, from_=step.from_year).text(language), language
                ),
            ]
    return "\n".join(lines)


def _step(step: Step, title: str, language: str) -> Iterator[str]:
    yield bold(title)
    yield say(
        "{points} points, like for like, over the {count} indicators scored in both years",
        points=_change(step.points()),
        count=len(step.compared),
    ).text(language)
    if step.rescored_year is not None:
        yield paragraph(
            say(
                "{year} was assessed under the {older} edition. Points of two editions are never subtracted: "
                "{year} was scored "
                "again under the {newer} edition from its own inputs, as far as the crosswalk allows: "
                "indicators {numbers}.",
                year=step.rescored_year,
                older=step.older_edition,
                newer=step.edition.id,
                numbers=_numbers(step),
            ).text(language)
        )
        older = edition(step.older_edition, language)
        for name, why in (step.not_carried or {}).items():
            asked = older.indicator(name)
            yield paragraph(f"{asked.number} {asked.title}: {why}", "  ")
    yield ""
    head = [
        *_head(language, say("No."), say("Indicator")),
        str(step.from_year),
        str(step.to_year),
        *_head(language, say("Change in value"), say("Change in points")),
    ]
    rows = []
    for one in step.compared:
        change = one.value
        rows.append(
            [
                str(one.number),
                clipped(one.after.indicator.title, TITLE_WIDTH),
                _points(one.before),
                _points(one.after),
                "" if change is None else _change(change),
                _change(one.points or 0),
            ]
        )
    for component in step.edition.components:
        rows.append(["", component.title, "", "", "", _change(step.points(component.id))])
    yield table(head, rows, right=(0, 2, 3, 4, 5))
    if step.left_out:
        yield ""
        yield translate("Not compared, because one of the years has no points:", language)
        for one in step.left_out:
            states = say(
                "{number} {title} ({from_}: {before}; {to}: {after})",
                number=one.number,
                title=one.after.indicator.title,
                from_=step.from_year,
                before=_state(one.before, step, step.from_year),
                to=step.to_year,
                after=_state(one.after, step, step.to_year),
            )
            yield paragraph(states.text(language), "  ")


def _numbers(step: Step) -> str:
    return ", ".join(str(step.edition.indicator(name).number) for name in step.rescored) or "–"


def _change(change: Decimal | int) -> str:
    return f"{Decimal(change):+f}" if change else "0"


def _points(result: Result) -> str:
    return "–" if result.points is None else str(result.points)


def _state(result: Result, step: Step, year: int) -> object:
    """Say what became of an indicator in one year; what an older edition never asked was not left unstarted."""
    if result.is_scored:
        return say("{points} of 4 points", points=result.points)
    if year == step.rescored_year and result.status is Status.NOT_SCORED:
        if edition(step.older_edition).find(result.indicator.id) is None:
            return say("not asked by the {edition} edition", edition=step.older_edition)
        if result.indicator.id in (step.not_carried or {}):
            return say("not carried over")
    return state_of(result)


def explanation(asked: Edition, indicator: Indicator, language: str) -> str:
    """Print all that the definitions say of one indicator."""
    component = next(one.title for one in asked.components if one.id == indicator.component)
    lines = [
        bold(f"{indicator.number}  {indicator.title}"),
        f"{component} · {asked.frame.title} · {indicator.id}",
        "",
        paragraph(indicator.question),
    ]
    for title, text in (
        (say("Why it matters"), indicator.why),
        (say("What counts and what does not"), indicator.counts),
        (say("Who usually holds the data"), indicator.held_by),
        (say("What serves as evidence"), indicator.evidence),
    ):
        lines += ["", bold(title.text(language)), paragraph(text, "  ")]
    if indicator.inputs:
        lines += ["", bold(translate("What is entered", language)), *_inputs(asked, indicator, language)]
    lines += ["", bold(translate("Points", language)), *_bands(indicator)]
    trust = ", ".join(
        f"{ASPECTS[aspect].text(language)}: {TRUST[word].text(language)}" for aspect, word in indicator.trust.items()
    )
    document = asked.document(indicator.source.document)
    lines += ["", bold(translate("How far this is trusted", language)), f"  {trust}"]
    for word in dict.fromkeys(indicator.trust.values()):
        lines.append(paragraph(f"{TRUST[word].text(language)} – {asked.frame.trust_words[word]}", "  "))
    if not indicator.confirmed:
        lines.append(f"  {TO_BE_CHECKED.text(language).capitalize()}.")
    lines.append(paragraph(f"{document.citation} {indicator.source.section}.", "  "))
    targets = say(
        "Kunming-Montreal targets {gbf} · Sustainable Development Goals {sdg}",
        gbf=", ".join(map(str, indicator.links.gbf)),
        sdg=", ".join(indicator.links.sdg),
    )
    lines += ["", targets.text(language)]
    return "\n".join(lines)


def _inputs(asked: Edition, indicator: Indicator, language: str) -> Iterator[str]:
    for name, given in indicator.inputs.items():
        definition = asked.input(indicator.id, name)
        place = "" if isinstance(given, OwnInput) else " ← " + given.from_
        units = ", ".join(signs(definition.kind))
        optional = translate("recorded beside the score", language) if definition.optional else ""
        yield "  " + " · ".join(filter(None, [f"{name}{place}", definition.label, units, optional]))
        for item in definition.items:
            yield f"      {item.id} · {item.label}"


def _bands(indicator: Indicator) -> Iterator[str]:
    for rung in indicator.ladder:
        yield f"  {rung.points}  {rung.text}  [{rung.id}]"
    if indicator.value is not None:
        for band in sorted(indicator.bands, key=lambda one: one.points):
            yield f"  {band.points}  {band.label(indicator.value.decimals, indicator.value.unit or '')}"


def check_report(language: str) -> tuple[str, bool]:
    """Prove all definitions; returns the report for people and whether everything holds."""
    lines: list[str] = []
    faults: list[Fault] = []
    for name in EDITIONS:
        try:
            asked = edition(name)
        except DefinitionError as error:
            faults += error.faults
            continue
        wrong = failing_examples(asked)
        faults += wrong
        lines += _edition_lines(asked, len(wrong), language)
        for other in LANGUAGES:
            if other != "en":
                more, translation_faults = _translation_lines(name, other, language)
                lines += more
                faults += translation_faults
        lines.append("")
    try:
        walk = crosswalk()
        lines.append(
            say(
                "Crosswalk {older} → {newer}: {pairs} indicators in both, {only} in one only",
                older=walk.older,
                newer=walk.newer,
                pairs=len(walk.pairs),
                only=len(walk.only),
            ).text(language)
        )
    except DefinitionError as error:
        faults += error.faults
    lines += [fault.text(language) for fault in faults]
    sound = not faults
    lines.append(
        bold(translate("All definitions hold.", language))
        if sound
        else bold(
            translate_number("{count} fault.", "{count} faults.", len(faults), language).format(count=len(faults))
        )
    )
    return "\n".join(lines), sound


def _edition_lines(asked: Edition, wrong: int, language: str) -> Iterator[str]:
    maxima = "/".join([*(str(one.maximum) for one in asked.components), str(asked.maximum)])
    yield bold(
        say(
            "{edition} edition: {count} indicators, maxima {maxima}",
            edition=asked.id,
            count=len(asked.indicators),
            maxima=maxima,
        ).text(language)
    )
    counted = Counter(indicator.weakest_trust for indicator in asked.indicators)
    words = ", ".join(f"{TRUST[word].text(language)} {counted[word]}" for word in TrustWord)
    yield "  " + say("trust: {words}", words=words).text(language)
    examples = sum(len(indicator.examples) for indicator in asked.indicators)
    yield "  " + say("examples: {count}, of which {wrong} do not come out", count=examples, wrong=wrong).text(language)
    yield f"  {asked.hash}"


def _translation_lines(name: str, other: str, language: str) -> tuple[list[str], list[Fault]]:
    try:
        lacking, surplus = untranslated(INDICATORS / name, other)
    except DefinitionError as error:
        return [], list(error.faults)
    if not lacking and not surplus:
        return ["  " + say("translation {language}: complete", language=other).text(language)], []
    lines = [
        "  " + say("translation {language} lacks: {path}", language=other, path=path).text(language) for path in lacking
    ]
    lines += [
        "  " + say("translation {language} has for nothing: {path}", language=other, path=path).text(language)
        for path in surplus
    ]
    return lines, []

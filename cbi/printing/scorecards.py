"""Scorecards and problems as text for people at the terminal."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cbi.i18n import listed, say, translate
from cbi.labels import OWN_BANDS, SEVERITIES, TO_BE_CHECKED, TRUST, checked_by, corrected_by, state_of
from cbi.numbers import MINUS
from cbi.printing.layout import TITLE_WIDTH, heads
from cbi.problems import Problem
from cbi.scoring import Result, Scorecard, Totals
from cbi.terminal import bold, clipped, coloured, paragraph, table


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
    lines += own_bands([card], language)
    lines += _checks(card, language)
    if card.to_be_checked:
        counted = listed(say("{word} {count}", word=TRUST[word], count=count) for word, count in card.trust.items())
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


def own_bands(cards: Sequence[Scorecard], language: str) -> list[str]:
    """Name, below scorecards of a city, the indicators that are read by its own bands; nothing where none is."""
    found = {
        (card.edition.id, result.indicator.number): result.correction
        for card in cards
        for result in card.corrected
        if result.correction is not None
    }
    several = len({edition for edition, _ in found}) > 1
    lines = [
        say("{number}: {told}", number=f"{edition}/{number}" if several else number, told=corrected_by(correction))
        for (edition, number), correction in sorted(found.items())
    ]
    if not lines:
        return []
    head = say("† {own} in place of the definition's", own=OWN_BANDS).text(language)
    return ["", head, *(paragraph(line.text(language), "  ") for line in lines)]


def _checks(card: Scorecard, language: str) -> list[str]:
    """Name the scored indicators whose bands a person of the city checked."""
    lines = [
        say("{number}: {told}", number=result.indicator.number, told=checked_by(result.check)).text(language)
        for result in card.checked
        if result.check is not None and result.is_scored
    ]
    return ["", *lines] if lines else []


def _heading(card: Scorecard, language: str) -> str:
    city = card.city or translate("City without a name", language)
    named = say("{edition} edition", edition=card.edition.id).text(language)
    return " · ".join(filter(None, [city, str(card.year or ""), named]))


def _components(card: Scorecard, language: str) -> str:
    head = heads(
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


def _component_row(title: str, totals: Totals) -> list[str]:
    possible = f"{totals.lowest}–{totals.highest}"
    return [title, str(totals.points), str(totals.scored), str(totals.attainable), str(totals.maximum), possible]


def _indicators(card: Scorecard, language: str) -> str:
    head = heads(
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
    mark = " †" if result.correction else " *" if result.is_scored and not result.vouched_for else ""
    return [
        str(result.indicator.number),
        clipped(result.indicator.title, TITLE_WIDTH),
        (exact or "").replace("-", MINUS),
        (value or "").replace("-", MINUS),
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

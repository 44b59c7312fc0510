"""The page for those who read one page only: where the city stands, what changed, what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbi.comparison import Difference
from cbi.i18n import listed, say, translate, translate_number
from cbi.labels import TO_BE_CHECKED, TRUST
from cbi.problems import Severity
from cbi.report.content import Fact, Missing, Summary, Tile
from cbi.report.indicators import component_bar
from cbi.report.setting import Setting
from cbi.report.telling import points_change, state
from cbi.scoring import Result
from cbi.wording import SHORT_TITLES, capital, compared_indicators, points_scored

MOST_CHANGES = 5
MOST_MISSING = 5


def summary_of(setting: Setting) -> Summary:
    """Give the summary."""
    language = setting.language
    missing = missing_of(setting)
    gains, losses = _moved(setting, 1), _moved(setting, -1)
    rest = len(missing) - MOST_MISSING
    return Summary(
        figures=tuple(_figures(setting)),
        bars=tuple(component_bar(setting, one.id, one.title) for one in setting.edition.components),
        longest=max(one.maximum for one in setting.edition.components),
        bars_legend=_legend(setting),
        against=_against(setting),
        gains=_largest(setting, gains),
        gains_rest=_others(setting, gains),
        losses=_largest(setting, losses),
        losses_rest=_others(setting, losses),
        missing_line=_missing_line(setting, len(missing)),
        missing=missing[:MOST_MISSING],
        missing_rest=say("and {count} more", count=rest).text(language) if rest > 0 else "",
        trust=tuple(_trust(setting)),
    )


def _figures(setting: Setting) -> Iterator[Fact]:
    language, total = setting.language, setting.card.total
    of = say("{points} of {maximum}", points=points_scored(total), maximum=total.maximum)
    yield Fact(translate("Total points", language), of.text(language))
    scored = say("{points} of {maximum}", points=total.scored, maximum=len(setting.card.results))
    yield Fact(translate("Indicators scored", language), scored.text(language))
    attainable = say("{points} of {maximum}", points=total.points, maximum=total.attainable)
    yield Fact(translate("Of what is scored", language), attainable.text(language) if total.scored else "–")
    yield Fact(
        translate("Still possible", language),
        f"{total.lowest}–{total.highest}" if total.highest > total.lowest else str(total.lowest),
    )


def _legend(setting: Setting) -> str:
    parts = [
        translate(
            "Thin bar: points. Wide bar: attainable with what is scored so far, 4 points each. Outline: maximum.",
            setting.language,
        )
    ]
    if setting.changes:
        parts.append(
            translate("Diamond: today's points without the change since the baseline, like for like.", setting.language)
        )
    return " ".join(parts)


def _against(setting: Setting) -> str:
    """Say in one sentence how today stands against the baseline."""
    language = setting.language
    if setting.step is None:
        return translate(
            "There is no earlier year to compare with. This year can become the city's own baseline.", language
        )
    if not setting.changes:
        return say(
            "No indicator was scored both in {year} and today, so nothing can be compared yet.",
            year=setting.step.from_year,
        ).text(language)
    return say(
        "{change} since {year}, like for like over {indicators}.",
        change=points_change(setting.voice, setting.step.points()),
        year=setting.step.from_year,
        indicators=compared_indicators(len(setting.changes)),
    ).text(language)


def _moved(setting: Setting, sign: int) -> list[Difference]:
    """Give what gained (``sign`` 1) or lost (−1) points since the baseline, the largest change first."""
    moved = [one for one in setting.changes.values() if (one.points or 0) * sign > 0]
    return sorted(moved, key=lambda one: (-abs(one.points or 0), one.number))


def _largest(setting: Setting, moved: Sequence[Difference]) -> tuple[str, ...]:
    return tuple(
        f"{points_change(setting.voice, one.points or 0)} · {one.number} {one.after.indicator.title}"
        for one in moved[:MOST_CHANGES]
    )


def _others(setting: Setting, moved: Sequence[Difference]) -> str:
    """Say how many more changed, and which by number; empty where all are named."""
    others = sorted(one.number for one in moved[MOST_CHANGES:])
    if not others:
        return ""
    return say("and {count} more: {numbers}", count=len(others), numbers=listed(map(str, others))).text(
        setting.language
    )


def _missing_line(setting: Setting, count: int) -> str:
    if not count:
        return translate("Nothing: every indicator that can be scored this year is scored.", setting.language)
    return translate_number(
        "{count} indicator could still be scored this year.",
        "{count} indicators could still be scored this year.",
        count,
        setting.language,
    ).format(count=count)


def missing_of(setting: Setting, component: str | None = None) -> tuple[Missing, ...]:
    """List the indicators without points that could have some, with who usually holds the data."""
    return tuple(
        Missing(result.indicator.number, result.indicator.title, state(setting.voice, result), result.indicator.held_by)
        for result in setting.card.results
        if result.in_range and component in (None, result.indicator.component)
    )


def trust_line(setting: Setting) -> str:
    """Say in plain words how far the total can be trusted."""
    language, card = setting.language, setting.card
    if not card.total.scored:
        return translate("Nothing is scored yet.", language)
    if card.to_be_checked:
        return say(
            "{count} of {scored} scored indicators: {caution}.",
            count=len(card.to_be_checked),
            scored=card.total.scored,
            caution=TO_BE_CHECKED,
        ).text(language)
    if all(result.indicator.confirmed for result in card.results if result.is_scored):
        return translate("All scored indicators stand on confirmed rules and bands.", language)
    return translate(
        "All scored indicators stand on bands that are confirmed, or that the city compared with the handbook.",
        language,
    )


def _trust(setting: Setting) -> Iterator[str]:
    """Say how far the total can be trusted, and what is wrong with the data."""
    language, card = setting.language, setting.card
    yield trust_line(setting)
    errors = sum(problem.severity is Severity.ERROR for problem in card.problems)
    warnings = sum(problem.severity is Severity.WARNING for problem in card.problems)
    if errors or warnings:
        yield say(
            "Errors in the figures: {errors}. Warnings: {warnings}.",
            errors=errors,
            warnings=warnings,
        ).text(language)
    else:
        yield translate("No errors and no warnings.", language)


def trust_of_card(setting: Setting) -> tuple[Fact, ...]:
    """Count the scored indicators by trust word, with what each word means."""
    meanings = setting.edition.frame.trust_words
    return tuple(
        Fact(f"{count} × {TRUST[word].text(setting.language)}", meanings[word])
        for word, count in setting.card.trust.items()
    )


def tiles_of(setting: Setting) -> tuple[tuple[Tile, ...], ...]:
    """Give the picture of the whole: a row of tiles for each component, one for each indicator."""

    def row(component: str) -> Iterator[Result]:
        return (one for one in setting.card.results if one.indicator.component == component)

    return tuple(
        tuple(Tile(one.indicator.number, one.points, one.in_range) for one in row(component.id))
        for component in setting.edition.components
    )


def short_titles(setting: Setting) -> tuple[str, ...]:
    """Name the components in one or two words."""
    return tuple(capital(SHORT_TITLES[one.id].text(setting.language)) for one in setting.edition.components)

"""All years of a city: totals over time, and the points of every indicator in every year."""

from __future__ import annotations

from collections.abc import Callable

import pandas as pd
import streamlit as st

from cbi.i18n import Sentence, listed, listed_apart, say, translate
from cbi.report.telling import outcome
from cbi.scoring import Scorecard, Totals
from cbi.views import charts_of_change, charts_over_time, words
from cbi.views.basics import fold, plain
from cbi.views.charts_over_time import YearTotals
from cbi.views.downloads import download
from cbi.views.layers import LIGHT, Spec, colours
from cbi.views.years import Years
from cbi.wording import Voice

TALL, LOW = 260, 200
"""Heights of the chart of the total and of those of the components, in pixels."""

Part = tuple[str, Callable[[Scorecard], Totals]]


# Totals over time


def totals(years: Years) -> None:
    """Show total and components over all years, as they were assessed."""
    language = years.language
    st.header(translate("Total and components over time", language), anchor=False)
    st.markdown(
        translate(
            "As assessed each year. Fewer answers lower the bar of what was attainable: fewer points in a lower bar "
            "are no decline.",
            language,
        )
    )
    st.caption(" ".join(filter(None, [_legend(years), _marks(years)])))
    if years.scored_again:
        st.markdown(
            translate(
                "No line leads from one edition to another: their points do not measure the same. The table of all "
                "indicators below has the years under one edition.",
                language,
            )
        )
    parts = _parts(years)
    _chart(years, parts[0], TALL)
    for place, part in zip(years.places(len(parts) - 1), parts[1:], strict=True):
        with place:
            _chart(years, part, LOW)
    head, rows = _figures(years)
    download("totals-over-time", years.city, language, head, rows, lambda: _picture(years))
    fold(
        translate("The figures as a table", language),
        "compare/totals/table",
        lambda: _table(years),
        icon=":material/table:",
    )


def _legend(years: Years) -> str:
    return translate(
        "Marks: points. Bars: attainable with what was scored, the figure below each year. Outlines: maximum.",
        years.language,
    )


def _marks(years: Years) -> str:
    """Say which mark belongs to which edition; empty where all years were assessed under one."""
    if not years.scored_again:
        return ""
    older = min(one.edition for one in years.assessments)
    told = say("Round marks: {newer} edition. Square marks: {older} edition.", newer=years.newest, older=older)
    return told.text(years.language)


def _parts(years: Years) -> list[Part]:
    """Name the total and the components, each with how to read it off a scorecard."""
    language = years.language
    parts: list[Part] = [(translate("Total", language), lambda card: card.total)]
    for one in years.alike[-1].edition.components:
        title = words.SHORT_TITLES[one.id].text(language)
        parts.append((title, lambda card, name=one.id: card.components[name]))  # type: ignore[misc]
    return parts


def _chart(years: Years, part: Part, height: int) -> None:
    title, _ = part
    rows = _rows(years, part)
    st.markdown(f"**{title}**")
    alt = listed_apart(row.said for row in rows).text(years.language)
    st.vega_lite_chart(charts_over_time.totals(rows, colours(), height), alt=f"{title}: {alt}")


def _rows(years: Years, part: Part) -> list[YearTotals]:
    rows = []
    for card in years.cards:
        found = part[1](card)
        said = say(
            "{year} ({edition} edition): {points} points, {attainable} attainable so far, {maximum} at most",
            year=card.year,
            edition=card.edition.id,
            points=found.points,
            attainable=found.attainable,
            maximum=found.maximum,
        ).text(years.language)
        rows.append(YearTotals(card.year or 0, card.edition.id, found.points, found.attainable, found.maximum, said))
    return rows


def _picture(years: Years) -> Spec:
    charts = {part[0]: charts_over_time.totals(_rows(years, part), LIGHT, TALL) for part in _parts(years)}
    title = say("{city}: total and components over time", city=years.city).text(years.language)
    return charts_over_time.side_by_side(charts, title, " ".join(filter(None, [_legend(years), _marks(years)])), 2)


COLUMNS = (
    say("Year"), say("Edition"), say("Part"), say("Points"), say("Scored"), say("Attainable"), say("Maximum"),
)  # fmt: skip


def _figures(years: Years) -> tuple[list[str], list[list[object]]]:
    rows: list[list[object]] = []
    for card in years.cards:
        for title, read in _parts(years):
            found = read(card)
            numbers = (found.points, found.scored, found.attainable, found.maximum)
            rows.append([card.year, card.edition.id, title, *numbers])
    return _titles(COLUMNS, years), rows


def _titles(titles: tuple[Sentence, ...], years: Years) -> list[str]:
    return [title.text(years.language) for title in titles]


def _table(years: Years) -> None:
    head, rows = _figures(years)
    st.table(
        pd.DataFrame([[str(value) for value in row] for row in rows], columns=head),
        border="horizontal",
        hide_index=True,
        alt=translate("Total and components over time", years.language),
    )


# Every indicator in every year


def points(years: Years) -> None:
    """Show the points of every indicator in every year, under the newest edition of them all."""
    language = years.language
    st.header(translate("Every indicator in every year", language), anchor=False)
    st.markdown(
        translate(
            "Points from 0 to 4: the more points, the more a cell stands out. A dash: no points, which is never a "
            "zero.",
            language,
        )
    )
    if years.scored_again:
        st.markdown(_again(years))
    names = [years.name(one) for one in years.assessments]
    rows = [[card.results[place].points for card in years.alike] for place in range(len(years.alike[-1].results))]
    columns = [translate("Indicator", language), *names]
    cells = [["–" if count is None else str(count) for count in row] for row in rows]
    named = [[plain(name), *row] for name, row in zip(_indicators(years), cells, strict=True)]
    styles = pd.DataFrame([[ROOM_FOR_NAMES, *(_style(count) for count in row)] for row in rows], columns=columns)
    st.table(
        pd.DataFrame(named, columns=columns).style.apply(lambda _: styles, axis=None),
        border="horizontal",
        hide_index=True,
        alt=translate("Points of every indicator in every year", language),
    )
    _download_points(years, names, rows)


def _again(years: Years) -> str:
    """Say which years were scored again, so that all stand under one edition; empty where none was."""
    if not years.scored_again:
        return ""
    return say(
        "All years under the rules of the {edition} edition. Scored again from their own figures, as far as these "
        "carry over: {years}.",
        edition=years.newest,
        years=listed(years.scored_again),
    ).text(years.language)


def _indicators(years: Years) -> list[str]:
    return [f"{one.indicator.number} · {one.indicator.title}" for one in years.alike[-1].results]


PADDED = "padding: 0.25rem 0.75rem"
ROOM_FOR_NAMES = "min-width: 9rem"
"""Keeps the names of indicators readable on a phone: many years are then reached by moving the table sideways."""


def _style(count: int | None) -> str:
    """Colour a cell by its points: one hue from pale to full, so that the order is seen without colour vision."""
    if count is None:
        return PADDED
    ground, ink = colours().cells[count]
    return f"background-color: {ground}; color: {ink}; {PADDED}"


def _download_points(years: Years, names: list[str], rows: list[list[int | None]]) -> None:
    language = years.language
    title = say("{city}: points of every indicator ({edition} edition)", city=years.city, edition=years.newest)
    titles = (
        say("Year"), say("Edition"), say("Scored under"), say("No."), say("Indicator"), say("Component"),
        say("Points"), say("Value or state"),
    )  # fmt: skip
    figures: list[list[object]] = [
        [
            card.year, given.edition, card.edition.id, result.indicator.number, result.indicator.title,
            words.SHORT_TITLES[result.indicator.component].text(language), result.points,
            outcome(Voice(card.edition, "en"), result),
        ]
        for given, card in zip(years.assessments, years.alike, strict=True)
        for result in card.results
    ]  # fmt: skip
    download(
        "points-by-year",
        years.city,
        language,
        _titles(titles, years),
        figures,
        lambda: charts_of_change.points_table(
            names, list(zip(_indicators(years), rows, strict=True)), title.text(language), _again(years)
        ),
    )

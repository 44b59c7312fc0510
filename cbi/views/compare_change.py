"""What made the difference between two years, indicator by indicator, and what could not be compared."""

from __future__ import annotations

from itertools import groupby

import pandas as pd
import streamlit as st

from cbi.i18n import Sentence, listed, listed_apart, say, translate
from cbi.over_time import Moved, like_for_like, state_in, waterfall
from cbi.report.telling import change_of, outcome, points_change
from cbi.scoring import Result
from cbi.views import charts_of_change, words
from cbi.views.basics import fold, plain
from cbi.views.charts_of_change import Fall
from cbi.views.downloads import download
from cbi.views.layers import LIGHT, Colours, Spec, colours, titled
from cbi.views.years import Pair
from cbi.wording import compared_indicators, signed

PICTURE_WIDTH = 720


def difference(pair: Pair) -> None:
    """Show the way from the earlier year's points to the later one's."""
    language, step = pair.language, pair.step
    st.subheader(translate("What made the difference", language), anchor=False)
    moved = waterfall(step)
    if moved:
        st.vega_lite_chart(_waterfall(pair, moved, colours()), alt=_in_words(pair, moved))
        st.caption(
            translate(
                "Filled bars add points, outlined bars take points away. The scale begins at the lowest total shown.",
                language,
            )
        )
    else:
        st.markdown(translate("No indicator changed its points.", language))
    same = [one.number for one in step.compared if not one.points]
    if same and moved:
        st.markdown(say("Same points in both years: {numbers}.", numbers=listed(same)).text(language))
    head, rows = _figures(pair)
    if moved:
        name = "-".join(("change", *pair.names))
        download(name, pair.years.city, language, head, rows, lambda: _picture(pair, moved))
    label = translate("The figures as a table", language)
    fold(label, "compare/change/table", lambda: _table(pair), icon=":material/table:")


# The waterfall


def _waterfall(pair: Pair, moved: tuple[Moved, ...], on: Colours) -> Spec:
    total = like_for_like(pair.step)
    first, last = (
        say("{year}: {points} points", year=year, points=points).text(pair.language)
        for year, points in zip(pair.names, (total.before, total.after), strict=True)
    )
    rows = []
    for component, members in groupby(moved, key=lambda one: one.indicator.component):
        title = words.SHORT_TITLES[component].text(pair.language)
        rows.append(Fall(f"{title} {signed(pair.voice, pair.step.points(component))}"))
        rows += [_fall(pair, one) for one in members]
    return charts_of_change.waterfall(first, last, total.before, total.after, rows, on)


def _fall(pair: Pair, one: Moved) -> Fall:
    name = f"{one.indicator.number} · {one.indicator.title}"
    label = signed(pair.voice, one.change)
    return Fall(name, one.start, one.end, label, f"{name}: {points_change(pair.voice, one.change)}")


def _in_words(pair: Pair, moved: tuple[Moved, ...]) -> str:
    total = like_for_like(pair.step)
    before, after = pair.names
    told = say(
        "From {start} points in {from_} to {end} points in {to}, over {indicators}.",
        start=total.before,
        from_=before,
        end=total.after,
        to=after,
        indicators=compared_indicators(total.compared),
    ).text(pair.language)
    each = listed_apart(
        f"{one.indicator.number} {one.indicator.title}: {signed(pair.voice, one.change)}" for one in moved
    )
    return f"{told} {each.text(pair.language)}"


def _picture(pair: Pair, moved: tuple[Moved, ...]) -> Spec:
    told = say(
        "Like for like, over {indicators}, under the {edition} edition",
        indicators=compared_indicators(len(pair.step.compared)),
        edition=pair.step.edition.id,
    )
    title = titled(f"{pair.years.city}: {pair.title}", told.text(pair.language))
    return {**_waterfall(pair, moved, LIGHT), "width": PICTURE_WIDTH, "title": title}


# Its figures


def _figures(pair: Pair) -> tuple[list[str], list[list[object]]]:
    """List every indicator with points and values of both years, for programs."""
    before, after = pair.names
    titles = (
        say("No."), say("Indicator"), say("Component"),
        say("Points {year}", year=before), say("Points {year}", year=after), say("Change in points"),
        say("Value {year}", year=before), say("Value {year}", year=after), say("Unit"),
        say("State {year}", year=before), say("State {year}", year=after),
    )  # fmt: skip
    rows: list[list[object]] = [
        [
            one.number, one.after.indicator.title, words.SHORT_TITLES[one.component].text(pair.language),
            one.before.points, one.after.points, one.points, one.before.value, one.after.value,
            one.after.indicator.value.unit if one.after.indicator.value else None,
            state_in(pair.step, one.before, pair.step.from_year).text(pair.language),
            state_in(pair.step, one.after, pair.step.to_year).text(pair.language),
        ]
        for one in pair.step.differences
    ]  # fmt: skip
    return [title.text(pair.language) for title in titles], rows


def _table(pair: Pair) -> None:
    columns = [translate("Indicator", pair.language), *pair.names, translate("Change", pair.language)]
    rows = [
        [
            plain(f"{one.number} · {one.after.indicator.title}"),
            plain(_outcome(pair, one.before)),
            plain(_outcome(pair, one.after)),
            change_of(pair.voice, one),
        ]
        for one in pair.step.compared
    ]
    st.table(pd.DataFrame(rows, columns=columns), border="horizontal", hide_index=True, alt=pair.title)


def _outcome(pair: Pair, result: Result) -> str:
    told = say(
        "{value} ({points})",
        value=outcome(pair.voice, result),
        points=words.points(result.points or 0, pair.language),
    )
    return told.text(pair.language)


# What could not be compared


def left_out(pair: Pair) -> None:
    """List what was scored in one of the years only, beside the difference, and by number what was in neither."""
    step, language = pair.step, pair.language
    once = [one for one in step.left_out if one.before.is_scored or one.after.is_scored]
    neither = [one.number for one in step.left_out if one not in once]
    if once:
        title = translate("Scored in only one of the two years", language)
        st.subheader(title, anchor=False)
        st.caption(translate("Not part of the difference above.", language))
        rows = [
            [
                plain(f"{one.number} · {one.after.indicator.title}"),
                _said(state_in(step, one.before, step.from_year), language),
                _said(state_in(step, one.after, step.to_year), language),
            ]
            for one in once
        ]
        columns = [translate("Indicator", language), *pair.names]
        st.table(pd.DataFrame(rows, columns=columns), border="horizontal", hide_index=True, alt=title)
    if neither:
        told = say("scored in neither year: {numbers}", numbers=listed(neither))
        st.caption(_said(told, language))


def _said(sentence: Sentence, language: str) -> str:
    return plain(words.capital(sentence.text(language)))

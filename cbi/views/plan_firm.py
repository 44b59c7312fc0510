"""How firm the points are: ranges of figures, chances of points, and points that hang on rounding."""

from __future__ import annotations

from fractions import Fraction

import pandas as pd
import streamlit as st

from cbi.i18n import in_a_row, listed, say, translate
from cbi.numbers import exact_text
from cbi.planning import keeping
from cbi.planning.figures import Figure, figures_of
from cbi.planning.firmness import Firm, percent_text
from cbi.planning.ranges import NO_RANGE, Spread, checked_for
from cbi.planning.rounding import on_the_edge
from cbi.planning.telling import (
    CHANCES,
    chance_text,
    coverage_text,
    edge_text,
    firm_text,
    grades_text,
    in_words,
    method_text,
    spread_text,
)
from cbi.planning.typed import read_range
from cbi.store.records import Kind
from cbi.views import charts_of_plan, plan_figure, visit, words
from cbi.views.basics import fold, plain
from cbi.views.charts_of_plan import Chance
from cbi.views.downloads import download
from cbi.views.layers import LIGHT, Spec, colours, titled
from cbi.views.planned import Planned, attempt, firm_of, put, tell_outcome, text_field, typed

PICTURE_WIDTH = 720
PLACE = "plan/firm"


def section(planned: Planned) -> None:
    """Show how firm the points of the year are."""
    language = planned.language
    st.header(translate("How firm are the points?", language), anchor=False)
    st.markdown(
        translate(
            "Figures are never quite exact. Say how far off a figure may be, or give it a quality grade on the page "
            "“Enter”: then the chance of each number of points follows.",
            language,
        )
    )
    firm = firm_of(planned)
    _total(planned, firm)
    if firm.indicators:
        _picture(planned, firm)
        fold(translate("The chances as a table", language), "plan/firm/table", lambda: _table(planned, firm),
             icon=":material/table:")  # fmt: skip
    _edges(planned)
    _ranges(planned)
    fold(translate("How this is worked out", language), "plan/firm/method", lambda: _method(planned, firm),
         icon=":material/functions:")  # fmt: skip


def _total(planned: Planned, firm: Firm) -> None:
    language = planned.language
    if not firm.indicators:
        told = firm_text(planned.voice, planned.shown.card.total.points, firm, planned.coverage)
        st.info(told, icon=":material/info:")
        return
    low, high = firm.likely()
    unknown = coverage_text(planned.voice, planned.coverage)
    if unknown:
        st.warning(unknown, icon=":material/help:")
    with st.grid(3, min_column_width=190):
        st.metric(translate("Points today", language), planned.shown.card.total.points, border=True)
        st.metric(translate("In nine of ten cases", language), _between(low, high), border=True)
        st.metric(translate("Least and most that came out", language), _between(firm.lowest, firm.highest), border=True)
    if unknown:
        st.caption(translate("Both ranges of points count only what is known; the true ones may be wider.", language))


def _between(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} – {high}"


# The picture


def _picture(planned: Planned, firm: Firm) -> None:
    language, city = planned.language, planned.shown.card.city or ""
    title = translate("How likely each number of points is", language)
    st.subheader(title, anchor=False)
    rows = [
        Chance(in_words(one.result), {points: float(chance) for points, chance in one.chances.items()},
               one.result.points or 0)
        for one in firm.indicators
    ]  # fmt: skip
    told = "; ".join(f"{in_words(one.result)}: {_listed(planned, firm, number)}" for number, one in
                     enumerate(firm.indicators))  # fmt: skip
    st.vega_lite_chart(charts_of_plan.chances(rows, colours()), alt=f"{title}. {told}")
    st.caption(CHANCES.text(language))
    head = [
        *(one.text(language) for one in (say("No."), say("Indicator"))),
        *(words.points(count, language) for count in range(5)),
    ]
    table: list[list[object]] = [
        [
            one.result.indicator.number,
            one.result.indicator.title,
            *(percent_text(one.chances[count]) if count in one.chances else None for count in range(5)),
        ]
        for one in firm.indicators
    ]

    def picture() -> Spec:
        return {**charts_of_plan.chances(rows, LIGHT), "width": PICTURE_WIDTH, "title": titled(title, city)}

    download("firmness", city, language, head, table, picture)


def _listed(planned: Planned, firm: Firm, number: int) -> str:
    one = firm.indicators[number]
    return listed(
        f"{words.points(points, planned.language)} {chance_text(planned.voice, chance, exact=one.exact)}"
        for points, chance in sorted(one.chances.items())
    ).text(planned.language)


def _table(planned: Planned, firm: Firm) -> None:
    language = planned.language
    rows = [
        [
            plain(in_words(one.result)),
            *(
                chance_text(planned.voice, one.chances[count], exact=one.exact) if count in one.chances else ""
                for count in range(5)
            ),
            translate("exact", language) if one.exact else translate("sampled", language),
        ]
        for one in firm.indicators
    ]
    columns = [translate("Indicator", language), *(words.points(count, language) for count in range(5)),
               translate("Method", language)]  # fmt: skip
    st.table(pd.DataFrame(rows, columns=columns), border="horizontal", hide_index=True,
             alt=translate("The chances as a table", language))  # fmt: skip


# Rounding


def _edges(planned: Planned) -> None:
    """Name the points that hang on rounding."""
    language, found = planned.language, on_the_edge(planned.shown.card)
    st.subheader(translate("Points that hang on rounding", language), anchor=False)
    if not found:
        st.markdown(translate("None: every value lies well within its band.", language))
        return
    lines = (
        say("{name}: {told}", name=f"- **{plain(in_words(one.result))}**", told=plain(edge_text(planned.voice, one)))
        for one in found
    )
    st.markdown("\n".join(one.text(language) for one in lines))


# Ranges


def _ranges(planned: Planned) -> None:
    """Ask for ranges of figures, and list those that were given."""
    language = planned.language
    st.subheader(translate("How far off may a figure be?", language), anchor=False)
    figures = {
        figure.place: figure
        for figure in figures_of(planned.shown.card, planned.assessment)
        if figure.entry is not None and figure.kind not in NO_RANGE
    }
    figure = plan_figure.choose(planned, figures, "plan/firm/figure")
    if figure is not None:
        place = f"{PLACE}/{planned.name}/range"
        with st.container(horizontal=True, vertical_alignment="bottom"):
            text_field(place, translate("Range", language), width=320, help_="± 5 · ± 5 % · 20 – 30")
            st.button(
                translate("Keep this range", language),
                key=f"{PLACE}/keep",
                disabled=planned.locked,
                icon=":material/add:",
                on_click=_kept,
                args=(planned, figure, place),
            )
        st.caption(_unit_said(figure, language))
    tell_outcome(PLACE, language)
    _given(planned, figures)
    _grades(planned)


def _unit_said(figure: Figure, language: str) -> str:
    if figure.kind == "list of area":
        return translate("For a list of areas in percent only: all of them alike, such as ± 5 %.", language)
    return translate("In the unit of the figure: so much more or less, or from one figure to another.", language)


def _kept(planned: Planned, figure: Figure, place: str) -> None:

    def keep() -> None:
        numbers = planned.shown.draft.number_format
        spread = read_range(typed(place), figure.place, numbers, figure.kind, figure.unit)
        checked_for(spread, figure.kind)
        others = tuple(one for one in planned.kept.spreads if one.place != figure.place)
        _save(planned, (*others, spread))
        put(place, "")

    attempt(PLACE, keep)


def _save(planned: Planned, spreads: tuple[Spread, ...]) -> None:
    head = planned.shown.desk.head
    keeping.keep_spreads(
        visit.store(),
        head,
        spreads,
        based_on=planned.kept.version(Kind.SETTING, keeping.ranges_key(head)),
        person=visit.person(),
    )


def _given(planned: Planned, figures: dict[tuple[str, str], Figure]) -> None:
    language = planned.language
    for spread in planned.kept.spreads:
        figure = figures.get(spread.place)
        if figure is None:
            continue
        unit = figure.entry.unit if figure.entry else ""
        with st.container(horizontal=True, vertical_alignment="center"):
            told = say("{name}: {told}", name=f"**{plain(figure.label)}**",
                       told=plain(spread_text(planned.voice, spread, unit)))  # fmt: skip
            outside = [
                one for one in planned.uncertain if one.place == spread.place and not one.low <= one.now <= one.high
            ]
            beside = say("{told} – today's figure lies outside this range", told=told) if outside else told
            st.markdown(beside.text(language), width="stretch")
            st.button(
                translate("Remove", language),
                key=f"{PLACE}/remove/{'/'.join(spread.place)}",
                icon=":material/close:",
                type="tertiary",
                disabled=planned.locked,
                on_click=_removed,
                args=(planned, spread.place),
            )


def _removed(planned: Planned, place: tuple[str, str]) -> None:
    attempt(PLACE, lambda: _save(planned, tuple(one for one in planned.kept.spreads if one.place != place)))


def _grades(planned: Planned) -> None:
    changed = translate("The page “Settings” changes these.", planned.language)
    st.caption(in_a_row((grades_text(planned.voice, planned.kept.grades), changed)))


# The method


def _method(planned: Planned, firm: Firm) -> None:
    language = planned.language
    st.markdown(plain(method_text(planned.voice, firm)))
    lines = []
    for one in planned.uncertain:
        facts = {"label": one.label, "low": _amount(planned, one.low), "high": _amount(planned, one.high)}
        if one.scales:
            told = say("{label}: all areas from {low} to {high} times as large", **facts)
        else:
            told = say("{label}: from {low} to {high}", **facts)
        lines.append(f"- {plain(told.text(language))}")
    if lines:
        st.markdown(translate("Areas are in hectares here.", language))
        st.markdown("\n".join(lines))


def _amount(planned: Planned, amount: Fraction) -> str:
    return planned.shown.number(exact_text(amount))

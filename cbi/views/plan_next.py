"""The next point of every scored indicator, and how far it is from losing one."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from cbi.i18n import Sentence, listed, say, translate
from cbi.planning.findings import thin_of
from cbi.planning.firmness import Firm
from cbi.planning.next_point import Outlook, Shift, outlooks
from cbi.planning.rounding import on_the_edge
from cbi.planning.telling import also_moves, coverage_text, first_move, in_words, is_small, shift_text, thin_count
from cbi.scoring.scorecard import MOST_POINTS
from cbi.views import charts_of_plan
from cbi.views.basics import fold, plain
from cbi.views.charts_of_plan import Distance
from cbi.views.downloads import download
from cbi.views.layers import LIGHT, Spec, colours, titled
from cbi.views.planned import Planned, firm_of
from cbi.wording import capital

MOST_BARS = 10
PICTURE_WIDTH = 720
HUNDRED = 100


def section(planned: Planned) -> None:
    """Show what the next point of each indicator takes."""
    language = planned.language
    st.header(translate("What does the next point take?", language), anchor=False)
    st.markdown(
        translate(
            "For each scored indicator: the smallest change of a figure that brings one more point, and the smallest "
            "that costs one. A little less than stated does not do it. What is not scored yet is left out here.",
            language,
        )
    )
    found = outlooks(planned.shown.card)
    if not found:
        st.info(translate("Nothing is scored yet.", language), icon=":material/info:")
        return
    _figures(planned, found, firm_of(planned))
    _picture(planned, found)
    _table(planned, found)
    label = translate("By other figures", language)
    fold(label, "plan/next/others", lambda: _others(planned, found), icon=":material/call_split:")


def _figures(planned: Planned, found: tuple[Outlook, ...], firm: Firm) -> None:
    language, card = planned.language, planned.shown.card
    near = [one for one in found if _is_near(one)]
    thin = thin_of(card, firm, on_the_edge(card))
    with st.grid(3, min_column_width=190):
        st.metric(
            translate("Points today", language),
            say("{points} of {maximum}", points=card.total.points, maximum=card.total.maximum).text(language),
            border=True,
        )
        st.metric(translate("Next points near at hand", language), len(near), border=True)
        st.metric(translate("Indicators on thin ice", language), thin_count(len(thin), planned.coverage), border=True)
    told = [
        _with_numbers(
            say("Near at hand: one step of a ladder, one more, or at most a tenth of a figure."),
            [one.result.indicator.number for one in near],
        ),
        _with_numbers(
            say("On thin ice: kept by rounding only, or at least one chance in ten of fewer points."),
            [card.result(name).indicator.number for name in thin],
        ),
    ]
    lines = [*(one.text(language) for one in told), coverage_text(planned.voice, planned.coverage)]
    st.caption("  \n".join(filter(None, lines)))


def _is_near(outlook: Outlook) -> bool:
    move = first_move(outlook)
    return move is not None and is_small(move)


def _with_numbers(meaning: Sentence, numbers: Sequence[int]) -> Sentence:
    """Say what a word means, and which indicators it is said of; nothing more where it is said of none."""
    return say("{meaning} No. {numbers}.", meaning=meaning, numbers=listed(numbers)) if numbers else meaning


# The picture


def _rows(planned: Planned, found: tuple[Outlook, ...]) -> list[tuple[Outlook, Shift]]:
    """List the next points that a single figure can bring: all that are near at hand, then others up to ten."""
    moves = [(one, move) for one in found if (move := first_move(one)) is not None and move.share is not None]
    moves.sort(key=lambda pair: pair[1].share or 0)
    near = [pair for pair in moves if is_small(pair[1])]
    far = [pair for pair in moves if not is_small(pair[1])]
    return [*near, *far[: max(MOST_BARS - len(near), 0)]]


def _picture(planned: Planned, found: tuple[Outlook, ...]) -> None:
    language, rows = planned.language, _rows(planned, found)
    if not rows:
        return
    title = translate("The nearest next points, as a share of today's figure", language)
    st.subheader(title, anchor=False)
    bars = [_bar(planned, *row) for row in rows]
    alt = "; ".join(f"{bar.name}: {bar.label}" for bar in bars)
    st.vega_lite_chart(charts_of_plan.distances(bars, colours()), alt=f"{title}. {alt}")
    st.caption(translate("Filled: near at hand. A full bar stands for the whole of today's figure or more.", language))
    drawn = {one.result.indicator.number for one, _ in rows}
    steps = [one.result.indicator.number for one in found if _is_near(one) and one.result.indicator.number not in drawn]
    if steps:
        told = say("Near at hand too, but no share of a figure: no. {numbers}.", numbers=listed(steps))
        st.caption(told.text(language))
    head = [one.text(language) for one in (say("No."), say("Indicator"), say("Change"), say("Unit"))]
    table: list[list[object]] = [
        [one.result.indicator.number, one.result.indicator.title, move.change, move.unit] for one, move in rows
    ]

    def picture() -> Spec:
        spec = charts_of_plan.distances(bars, LIGHT)
        return {**spec, "width": PICTURE_WIDTH, "title": titled(title, planned.shown.card.city or "")}

    download("next-points", planned.shown.card.city or "", language, head, table, picture)


def _bar(planned: Planned, outlook: Outlook, move: Shift) -> Distance:
    share = float(move.share or 0)
    percent = round(share * HUNDRED)
    small = say("under {percent} %", percent=1).text(planned.language)
    label = f"{planned.shown.number(percent)} %" if percent else small
    return Distance(in_words(outlook.result), share, label, is_small(move))


# The table


def _table(planned: Planned, found: tuple[Outlook, ...]) -> None:
    language = planned.language
    titles = (say("Indicator"), say("Points"), say("One more takes"), say("One is lost by"))
    rows = [
        [
            plain(in_words(one.result)),
            str(one.result.points),
            plain(_first(planned, one, one.up, at_end=one.result.points == MOST_POINTS)),
            plain(_first(planned, one, one.down, at_end=one.result.points == 0)),
        ]
        for one in found
    ]
    title = translate("Every scored indicator", language)
    st.subheader(title, anchor=False)
    frame = pd.DataFrame(rows, columns=[one.text(language) for one in titles])
    st.table(frame, border="horizontal", hide_index=True, alt=title)


def _first(planned: Planned, outlook: Outlook, shifts: tuple[Shift, ...], *, at_end: bool) -> str:
    if at_end:
        return "–"
    if not shifts:
        return capital(translate("no single figure can do it alone", planned.language))
    return _said(planned, outlook, shifts[0])


def _said(planned: Planned, outlook: Outlook, shift: Shift) -> str:
    told = capital(shift_text(planned.voice, outlook.result.indicator, shift))
    also = also_moves(planned.voice, shift)
    return say("{told} ({also})", told=told, also=also).text(planned.language) if also else told


def _others(planned: Planned, found: tuple[Outlook, ...]) -> None:
    """List the changes of other figures, such as an area or a population, that move an indicator as well."""
    language = planned.language
    lines = []
    for one in found:
        for title, shifts in ((say("one more"), one.up[1:]), (say("one less"), one.down[1:])):
            lines += [
                say(
                    "- **{name}**, {title}: {told}",
                    name=plain(in_words(one.result)),
                    title=title,
                    told=plain(_said(planned, one, shift)),
                ).text(language)
                for shift in shifts
            ]
    st.markdown("\n".join(lines) or translate("There are none.", language))

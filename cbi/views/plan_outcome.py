"""What would come of a scenario: totals, the picture beside today and the baseline, and the indicators that move."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cbi.i18n import labelled, listed_apart, say, translate
from cbi.planning.scenario import Outcome
from cbi.problems import Severity
from cbi.report.telling import outcome
from cbi.scoring import Result, Scorecard, Totals
from cbi.views import charts_of_plan, words
from cbi.views.basics import plain
from cbi.views.charts_of_plan import Beside
from cbi.views.downloads import download
from cbi.views.layers import LIGHT, Colours, Spec, colours, titled
from cbi.views.planned import Planned
from cbi.wording import signed

PICTURE_WIDTH = 720


def show(planned: Planned, found: Outcome) -> None:
    """Show what would come of a scenario."""
    language, base = planned.language, planned.shown.base_card
    st.subheader(translate("What would come of it", language), anchor=False)
    _unscored(planned, found)
    _problems(planned, found)
    with st.grid(4, min_column_width=150):
        _metric(planned, translate("Total", language), found.then.total, found.points)
        for name, totals in found.then.components.items():
            moved = totals.points - found.today.components[name].points
            _metric(planned, words.SHORT_TITLES[name].text(language), totals, moved)
    _picture(planned, found, base)
    _moved(planned, found, base)


def _metric(planned: Planned, label: str, totals: Totals, moved: int) -> None:
    told = say("{points} of {maximum}", points=totals.points, maximum=totals.maximum).text(planned.language)
    # A true minus sign is none to Streamlit: what falls is told to be red and to point down.
    st.metric(
        label,
        told,
        signed(planned.voice, moved),
        delta_arrow="up" if moved > 0 else "down" if moved < 0 else "off",
        delta_color="normal" if moved > 0 else "inverse" if moved < 0 else "off",
        border=True,
    )


def _unscored(planned: Planned, found: Outcome) -> None:
    """Say which indicators have no points in the scenario though they have some today: that is no loss of nature."""
    lost = [name for name in found.moved if found.then.result(name).points is None]
    if lost:
        names = listed_apart(f"{one.number} · {one.title}" for one in map(planned.shown.edition.indicator, lost))
        told = say(
            "With these figures there is nothing to score: {names}. Their points are missing from the totals below; "
            "they are not lost.",
            names=names,
        )
        st.warning(plain(told.text(planned.language)), icon=":material/block:")


def _rows(planned: Planned, found: Outcome, base: Scorecard | None) -> list[Beside]:
    language = planned.language
    total = (translate("Total", language), base.total if base else None, found.today.total, found.then.total)
    parts = [total] + [
        (
            words.SHORT_TITLES[name].text(language),
            base.components[name] if base else None,
            found.today.components[name],
            totals,
        )
        for name, totals in found.then.components.items()
    ]
    return [
        Beside(name, was.points if was else None, now.points, then.points, then.maximum)
        for name, was, now, then in parts
    ]


def _labels(planned: Planned) -> tuple[str, str, str]:
    language = planned.language
    return translate("baseline", language), translate("today", language), translate("scenario", language)


def _picture(planned: Planned, found: Outcome, base: Scorecard | None) -> None:
    language, rows, labels = planned.language, _rows(planned, found, base), _labels(planned)
    told = "; ".join(
        say("{name}: {today} today, {then} in the scenario", name=row.name, today=row.today, then=row.then).text(
            language
        )
        for row in rows
    )
    st.vega_lite_chart(charts_of_plan.beside(rows, labels, colours()), alt=told)
    if base is not None:
        mark = say(
            "The upright line marks the points of the baseline {year}, as far as they carry over.", year=base.year
        )
        st.caption(mark.text(language))
    head = [one.text(language) for one in (say("Component"), say("Baseline"), say("Today"), say("Scenario"))]
    table: list[list[object]] = [[row.name, row.base, row.today, row.then] for row in rows]

    def picture(on: Colours = LIGHT) -> Spec:
        title = titled(found.scenario.name or translate("New scenario", language), planned.shown.card.city or "")
        return {**charts_of_plan.beside(rows, labels, on), "width": PICTURE_WIDTH, "title": title}

    download("scenario", planned.shown.card.city or "", language, head, table, picture)


def _moved(planned: Planned, found: Outcome, base: Scorecard | None) -> None:
    """List the indicators that the scenario moves."""
    language = planned.language
    if not found.moved:
        st.markdown(translate("No indicator changes its points.", language))
        return
    rows = []
    for name in found.moved:
        now, then = found.today.result(name), found.then.result(name)
        was = base.result(name).points if base else None
        change = "–" if then.points is None else signed(planned.voice, then.points - (now.points or 0))
        rows.append(
            [
                plain(f"{now.indicator.number} · {now.indicator.title}"),
                "–" if was is None else str(was),
                plain(_said(planned, now)),
                plain(_said(planned, then)),
                change,
            ]
        )
    heads = (say("Indicator"), say("Baseline"), say("Today"), say("Scenario"), say("Change in points"))
    title = translate("Indicators that move", language)
    frame = pd.DataFrame(rows, columns=[one.text(language) for one in heads])
    st.table(frame, border="horizontal", hide_index=True, alt=title)


def _said(planned: Planned, result: Result) -> str:
    told = outcome(planned.voice, result)
    return told if result.points is None else f"{told} ({words.points(result.points, planned.language)})"


def _problems(planned: Planned, found: Outcome) -> None:
    """Say what is wrong in the scenario and not today: it keeps an indicator out of the score."""
    known = {(one.code, one.indicator, one.input) for one in found.today.problems}
    for problem in found.then.problems:
        if (problem.code, problem.indicator, problem.input) not in known and problem.severity is not Severity.NOTE:
            name = words.name_of(found.then, problem.indicator, planned.language)
            st.warning(
                plain(labelled(name, problem.sentence.text(planned.language), planned.language)),
                icon=":material/warning:",
            )

"""What would come of a scenario: totals, the picture beside today and the baseline, and the indicators that move."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cbi.i18n import labelled, say, translate
from cbi.planning.scenario import Outcome
from cbi.problems import Severity
from cbi.report.telling import outcome
from cbi.scoring import Result, Scorecard
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
    with st.grid(4, min_column_width=150):
        st.metric(
            translate("Total", language),
            say("{points} of {maximum}", points=found.then.total.points, maximum=found.then.total.maximum).text(
                language
            ),
            f"{found.points:+d}" if found.points else "0",
            delta_arrow="auto" if found.points else "off",
            delta_color="normal" if found.points else "off",
            border=True,
        )
        for name, totals in found.then.components.items():
            moved = totals.points - found.today.components[name].points
            st.metric(
                words.SHORT_TITLES[name].text(language),
                say("{points} of {maximum}", points=totals.points, maximum=totals.maximum).text(language),
                f"{moved:+d}" if moved else "0",
                delta_arrow="auto" if moved else "off",
                delta_color="normal" if moved else "off",
                border=True,
            )
    _picture(planned, found, base)
    _moved(planned, found, base)
    _problems(planned, found)


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
        change = (then.points or 0) - (now.points or 0)
        rows.append(
            [
                plain(f"{now.indicator.number} · {now.indicator.title}"),
                "–" if was is None else str(was),
                plain(_said(planned, now)),
                plain(_said(planned, then)),
                signed(planned.voice, change),
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

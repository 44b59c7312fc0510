"""Why the total changed since the baseline: real change, area and population, what is scored, the edition."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from cbi.i18n import say, translate
from cbi.planning.attribution import Attribution, Part
from cbi.planning.findings import since_baseline
from cbi.planning.telling import PARTS, parts_told, unsplit_text
from cbi.report.telling import points_change
from cbi.views import charts_of_change
from cbi.views.basics import fold, plain
from cbi.views.charts_of_change import Fall
from cbi.views.downloads import download
from cbi.views.layers import LIGHT, Colours, Spec, colours, titled
from cbi.views.planned import Planned
from cbi.wording import signed

PICTURE_WIDTH = 720

MEANINGS = {
    Part.REAL: say("What the city did or lost: the figures of the indicators scored in both years."),
    Part.DENOMINATOR: say(
        "The same figures held against another area or population. The earlier year is scored with today's; what that "
        "moves stands here."
    ),
    Part.NEWLY_SCORED: say(
        "Indicators that had no points then and have some now. Mostly more is known, not more achieved; a change of "
        "species since an earlier survey is scored from the second year on only."
    ),
    Part.NO_LONGER_SCORED: say("Indicators that had points then and have none now."),
    Part.EDITION: say("The earlier answers under other rules: what carries over, and with which points."),
}
"""What each part means."""


def section(planned: Planned) -> None:
    """Show where the change since the baseline comes from."""
    language = planned.language
    st.header(translate("Why has the total changed?", language), anchor=False)
    found = since_baseline(
        planned.assessment, planned.years, planned.shown.card, planned.baseline, planned.shown.history.bands
    )
    if found is None:
        st.info(translate("There is no earlier baseline to set this year against.", language), icon=":material/info:")
        return
    st.markdown(
        say(
            "Between {from_} and {to} the total went from {before} to {after} points ({change}). Not all of that is "
            "real change. The parts below add up to the whole.",
            from_=found.from_year,
            to=found.to_year,
            before=found.before,
            after=found.after,
            change=points_change(planned.voice, found.change),
        ).text(language)
    )
    _picture(planned, found)
    _parts(planned, found)
    if told := unsplit_text(planned.voice, found):
        st.caption(plain(told))
    fold(translate("Indicator by indicator", language), "plan/since/indicators", lambda: _shares(planned, found),
         icon=":material/list:")  # fmt: skip


def _picture(planned: Planned, found: Attribution) -> None:
    language, city = planned.language, planned.shown.card.city or ""
    title = translate("From the baseline to today", language)
    falls = _falls(planned, found)
    told = "; ".join(f"{fall.name}: {fall.label}" for fall in falls)
    st.vega_lite_chart(_waterfall(planned, found, falls, colours()), alt=f"{title}. {told}")
    head = [one.text(language) for one in (say("Part"), say("Points"), say("Indicators"))]
    rows: list[list[object]] = [
        [PARTS[part].text(language), points, ", ".join(str(one.number) for one in found.of(part))]
        for part, points in parts_told(found)
    ]

    def picture() -> Spec:
        return {**_waterfall(planned, found, falls, LIGHT), "width": PICTURE_WIDTH, "title": titled(city, title)}

    download("why", city, language, head, rows, picture)


def _falls(planned: Planned, found: Attribution) -> list[Fall]:
    falls, total = [], found.before
    for part, points in parts_told(found):
        if points:
            name = PARTS[part].text(planned.language)
            label = signed(planned.voice, points)
            falls.append(Fall(name, total, total + points, label, f"{name}: {label}"))
            total += points
    return falls


def _waterfall(planned: Planned, found: Attribution, falls: list[Fall], on: Colours) -> Spec:
    first, last = (
        say("{year}: {points} points", year=year, points=points).text(planned.language)
        for year, points in ((found.from_year, found.before), (found.to_year, found.after))
    )
    return charts_of_change.waterfall(first, last, found.before, found.after, falls, on)


def _parts(planned: Planned, found: Attribution) -> None:
    language = planned.language
    rows = [
        [
            PARTS[part].text(language),
            signed(planned.voice, points),
            ", ".join(str(one.number) for one in found.of(part)) or "–",
            MEANINGS[part].text(language),
        ]
        for part, points in parts_told(found)
    ]
    rows.append([translate("Together", language), signed(planned.voice, found.change), "", ""])
    heads = (say("Part"), say("Points"), say("Indicators"), say("What it is"))
    title = translate("The parts of the change", language)
    frame = pd.DataFrame(rows, columns=[one.text(language) for one in heads])
    st.table(frame, border="horizontal", hide_index=True, alt=title)


def _shares(planned: Planned, found: Attribution) -> None:
    language = planned.language
    lines = []
    for part, _ in parts_told(found):
        shares = found.of(part)
        if shares:
            lines += ["", f"**{PARTS[part].text(language)}**", ""]
            lines += [
                f"- {one.number} · {plain(planned.shown.card.edition.indicator(one.indicator).title)}: "
                f"{signed(planned.voice, one.points)}"
                for one in shares
            ]
    st.markdown("\n".join(lines) or translate("No indicator changed its points.", language))

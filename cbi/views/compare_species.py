"""Counts of species over the years, each with what is known of the survey behind it."""

from __future__ import annotations

from itertools import pairwise

import streamlit as st

from cbi.i18n import listed_apart, say, translate
from cbi.labels import QUALITIES
from cbi.over_time import SpeciesCount, SpeciesGroup, species_counts
from cbi.report.telling import given
from cbi.store.contents import profile_place
from cbi.views import charts_over_time
from cbi.views.basics import plain
from cbi.views.charts_over_time import YearCount
from cbi.views.downloads import download
from cbi.views.layers import LIGHT, Colours, Spec, colours
from cbi.views.years import Years
from cbi.wording import Voice, signed

HEIGHT = 180
SpeciesKey = tuple[int, str]
"""A count of a group: its year and edition."""


def section(years: Years) -> None:
    """Show the species counts of every year with the surveys behind them."""
    language = years.language
    groups = species_counts(years.assessments, language)
    st.header(translate("Species counts", language), anchor=False)
    st.markdown(
        translate(
            "A count also rises when more people look, for longer or in more places. Before reading a rise as a gain, "
            "see whether the surveys are alike: people, days, places, method. Note them beside the count in the city "
            "profile.",
            language,
        )
    )
    if not any(group.known for group in groups):
        st.caption(translate("No species were counted yet: enter the counts in the city profile.", language))
        return
    for place, group in zip(years.places(len(groups)), groups, strict=True):
        with place:
            _group(years, group)
    st.caption(translate("The scales do not begin at zero, so that small changes can be seen.", language))
    head, rows = _figures(years, groups)
    download("species-counts", years.city, language, head, rows, lambda: _picture(years, groups))


def _group(years: Years, group: SpeciesGroup) -> None:
    st.markdown(f"**{plain(group.label)}**")
    rows = _rows(years, group)
    if rows:
        alt = listed_apart(row.said for row in rows).text(years.language)
        st.vega_lite_chart(charts_over_time.species(rows, colours(), HEIGHT), alt=f"{group.label}: {alt}")
    changes = _changes(group)
    st.caption("\n".join(_line(years, group, one, changes.get(_key(one))) for one in group.counts))


def _rows(years: Years, group: SpeciesGroup) -> list[YearCount]:
    return [
        YearCount(
            one.year,
            one.count,
            years.shown.number(one.count),
            say("{year}: {value}", year=one.year, value=years.shown.number(one.count)).text(years.language),
        )
        for one in group.known
        if one.count is not None
    ]


def _changes(group: SpeciesGroup) -> dict[SpeciesKey, int]:
    """Give the change of each count since the one before it."""
    return {_key(now): (now.count or 0) - (then.count or 0) for then, now in pairwise(group.known)}


def _key(one: SpeciesCount) -> SpeciesKey:
    return one.year, one.edition


def _line(years: Years, group: SpeciesGroup, one: SpeciesCount, change: int | None) -> str:
    """Say one count, and on the line below what is known of its survey."""
    voice = Voice(years.shown.edition, years.shown.draft.number_format)
    count = "–" if one.count is None else voice.number(one.count)
    told = f"- **{one.year}: {count}**"
    if change is not None:
        told += f" ({signed(voice, change)})"
    survey = " · ".join(plain(part) for part in _survey(years, group, one))
    return f"{told}  \n  {survey}" if survey else told


def _survey(years: Years, group: SpeciesGroup, one: SpeciesCount) -> list[str]:
    """List what is known of the survey behind a count: what was counted, how well, by whom, with what effort."""
    language = years.language
    voice = Voice(years.shown.edition, years.shown.draft.number_format)
    parts = []
    if one.label != group.label:
        parts.append(say("Counted: {what}", what=one.label))
    parts += [
        say("{label}: {value}", label=asked.label, value=given(voice, entry, asked)) for asked, entry in one.beside
    ]
    entry = one.entry
    if entry is not None:
        if entry.quality is not None:
            parts.append(say("Quality: {quality}", quality=QUALITIES[entry.quality]))
        if entry.data_year is not None and entry.data_year != one.year:
            parts.append(say("Data of {year}", year=entry.data_year))
    parts += [say("Source: {source}", source=text) for text in _texts(entry.source if entry else "", one.source)]
    notes = _texts(entry.note if entry else "", one.note)
    parts += [say("Note: {note}", note=text) for text in notes]
    if entry is not None and not notes:
        parts.append(say("No note on the effort of the survey"))
    if _is_carried(years, group, one):
        parts.append(say("Carried over from the year before, not counted anew"))
    return [part.text(language) for part in parts]


def _texts(*texts: str) -> list[str]:
    return list(dict.fromkeys(text.strip() for text in texts if text.strip()))


def _is_carried(years: Years, group: SpeciesGroup, one: SpeciesCount) -> bool:
    """Tell whether a count of the open year was only carried over when the year was started."""
    head = years.shown.desk.head
    carried = profile_place(group.id) in years.shown.desk.stored.carried
    return carried and (one.year, one.edition) == (head.year, head.edition)


def _figures(years: Years, groups: tuple[SpeciesGroup, ...]) -> tuple[list[str], list[list[object]]]:
    titles = (say("Group"), say("Year"), say("Edition"), say("Species"), say("Change"), say("Survey"))
    rows: list[list[object]] = []
    for group in groups:
        changes = _changes(group)
        rows += [
            [
                group.label, one.year, one.edition, one.count, changes.get(_key(one)),
                listed_apart(_survey(years, group, one)).text(years.language),
            ]
            for one in group.counts
        ]  # fmt: skip
    return [title.text(years.language) for title in titles], rows


def _picture(years: Years, groups: tuple[SpeciesGroup, ...]) -> Spec:
    charts = {group.label: _drawn(years, group, LIGHT) for group in groups if group.known}
    title = say("{city}: species counts", city=years.city).text(years.language)
    told = translate("The scales do not begin at zero, so that small changes can be seen.", years.language)
    return charts_over_time.side_by_side(charts, title, told, columns=3)


def _drawn(years: Years, group: SpeciesGroup, on: Colours) -> Spec:
    return charts_over_time.species(_rows(years, group), on, HEIGHT)

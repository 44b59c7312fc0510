"""Real change or more looking? Counts of species over the years beside the effort of their surveys."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from cbi.i18n import say, translate
from cbi.over_time import SpeciesGroup, species_counts
from cbi.planning import keeping
from cbi.planning.effort import Effort, Looking, Survey, curve, looked
from cbi.planning.telling import EFFORTS, doubt_text, equal_text, too_few_text
from cbi.planning.typed import read_count, read_records
from cbi.store.records import Kind
from cbi.views import charts_of_plan, charts_over_time, visit
from cbi.views.basics import fold, plain
from cbi.views.charts_of_plan import Curve
from cbi.views.charts_over_time import YearCount
from cbi.views.downloads import download
from cbi.views.layers import LIGHT, Spec, colours, titled
from cbi.views.planned import Planned, attempt, pick_field, put, tell_outcome, text_field, typed
from cbi.wording import capital

PICTURE_WIDTH, HEIGHT = 720, 180
PLACE = "plan/species"


def section(planned: Planned) -> None:
    """Show each group of species with the effort behind its counts."""
    language = planned.language
    st.header(translate("Real change, or more looking?", language), anchor=False)
    st.markdown(
        translate(
            "More people who look for longer find more species, even where nothing has changed. Say here how much was "
            "looked: observers, days, records. With the records of each species, two surveys can be compared as if "
            "both had been equally large.",
            language,
        )
    )
    groups = [group for group in species_counts(planned.years, language) if group.known]
    if not groups:
        st.info(
            translate("No species were counted yet: enter the counts in the city profile.", language),
            icon=":material/info:",
        )
        return
    for group in groups:
        _group(planned, group)
    fold(translate("Enter the effort of a survey", language), "plan/species/enter", lambda: _enter(planned, groups),
         icon=":material/edit_note:")  # fmt: skip
    tell_outcome(PLACE, language)
    fold(translate("What “at equal effort” means", language), "plan/species/method", partial(_method, language),
         icon=":material/functions:")  # fmt: skip


def _group(planned: Planned, group: SpeciesGroup) -> None:
    steps = looked(group, planned.kept.surveys)
    st.subheader(plain(group.label), anchor=False)
    for one in steps:
        if told := doubt_text(planned.voice, one):
            st.warning(plain(told), icon=":material/visibility:")
    for count in group.known:
        if told := too_few_text(planned.voice, count, _survey(planned, group, count.year)):
            st.warning(plain(told), icon=":material/warning:")
    _table(planned, group)
    compared = [one for one in steps if one.equal is not None]
    if compared:
        _curves(planned, group, compared[-1])
    else:
        _counts(planned, group)
    for one in compared:
        st.markdown(plain(equal_text(planned.voice, one)))


def _survey(planned: Planned, group: SpeciesGroup, year: int) -> Survey:
    return planned.kept.surveys.get((year, group.id), Survey())


def _table(planned: Planned, group: SpeciesGroup) -> None:
    language = planned.language
    rows = []
    for one in group.counts:
        known = _survey(planned, group, one.year).known
        count = "–" if one.count is None else planned.shown.number(one.count)
        amounts = (planned.shown.number(known[effort]) if effort in known else "–" for effort in Effort)
        rows.append([str(one.year), count, *amounts])
    columns = [translate("Year", language), translate("Species", language),
               *(capital(EFFORTS[effort].text(language)) for effort in Effort)]  # fmt: skip
    st.table(pd.DataFrame(rows, columns=columns), border="horizontal", hide_index=True, alt=group.label)


def _counts(planned: Planned, group: SpeciesGroup) -> None:
    """Draw the counts over the years."""
    rows = [
        YearCount(one.year, one.count, planned.shown.number(one.count), f"{one.year}: {one.count}")
        for one in group.known
        if one.count is not None
    ]
    alt = "; ".join(row.said for row in rows)
    st.vega_lite_chart(charts_over_time.species(rows, colours(), HEIGHT), alt=f"{group.label}: {alt}")
    st.caption(translate("The scale does not begin at zero, so that small changes can be seen.", planned.language))
    head = [translate("Year", planned.language), translate("Species", planned.language)]

    def picture() -> Spec:
        spec = charts_over_time.species(rows, LIGHT, HEIGHT)
        return {**spec, "width": PICTURE_WIDTH, "title": titled(group.label, planned.shown.card.city or "")}

    table: list[list[object]] = [[row.year, row.count] for row in rows]
    download(f"counts-{group.id}", planned.shown.card.city or "", planned.language, head, table, picture)


def _curves(planned: Planned, group: SpeciesGroup, one: Looking) -> None:
    """Draw how many species a smaller number of records would have shown, for both surveys."""
    language, equal = planned.language, one.equal
    if equal is None:
        return
    rows = []
    for count in (one.before, one.after):
        counted = _survey(planned, group, count.year).per_species
        rows.append(Curve(str(count.year), curve(counted)))
    title = translate("Species against records drawn at random", language)
    st.vega_lite_chart(
        charts_of_plan.curves(rows, equal.records, colours()), alt=f"{title}. {equal_text(planned.voice, one)}"
    )
    st.caption(
        translate(
            "Along the bottom: records drawn at random from a survey; upwards: species that they show on average. The "
            "broken line marks the size at which both surveys are compared.",
            language,
        )
    )
    head = [one_.text(language) for one_ in (say("Year"), say("Records"), say("Species"))]
    table: list[list[object]] = [[row.name, *point] for row in rows for point in row.points]

    def picture() -> Spec:
        spec = charts_of_plan.curves(rows, equal.records, LIGHT)
        return {**spec, "width": PICTURE_WIDTH, "title": titled(group.label, title)}

    download(f"curve-{group.id}", planned.shown.card.city or "", language, head, table, picture)


# Entering the effort


def _enter(planned: Planned, groups: list[SpeciesGroup]) -> None:
    """Ask for the effort behind one count; it may also be said of a year that is closed."""
    language = planned.language
    names = {group.id: group.label for group in groups}
    years = {str(one.year): str(one.year) for one in groups[0].counts}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        base = f"{PLACE}/{planned.name}"
        group = pick_field(f"{base}/group", translate("Species", language), names, language, next(iter(names)))
        year = pick_field(f"{base}/year", translate("Year", language), years, language, str(planned.assessment.year),
                          width=150)  # fmt: skip
    survey = planned.kept.surveys.get((int(year), group), Survey())
    places = {part: f"{base}/{group}/{year}/{part}" for part in (*(one.value for one in Effort), "per_species")}
    with st.container(horizontal=True):
        for effort in Effort:
            known = getattr(survey, effort.value)
            text_field(
                places[effort.value], capital(EFFORTS[effort].text(language)), _written(planned, known), width=150
            )
    text_field(
        places["per_species"],
        translate("Records of each species, joined by “;”, where they were counted", language),
        "; ".join(str(one) for one in survey.per_species),
        help_="12; 5; 3; 1",
    )
    with st.container(horizontal=True):
        st.button(
            translate("Keep this effort", language),
            key=f"{PLACE}/keep",
            disabled=planned.locked,
            icon=":material/add:",
            on_click=_kept,
            args=(planned, group, int(year), places),
        )
        if not survey.empty:
            st.button(
                translate("Remove this effort", language),
                key=f"{PLACE}/remove",
                disabled=planned.locked,
                icon=":material/close:",
                type="tertiary",
                on_click=_removed,
                args=(planned, group, int(year), places),
            )


def _written(planned: Planned, known: int | None) -> str:
    return "" if known is None else planned.shown.number(known)


def _kept(planned: Planned, group: str, year: int, places: dict[str, str]) -> None:
    def keep() -> None:
        numbers, old = planned.shown.draft.number_format, planned.kept.surveys.get((year, group), Survey())
        amounts = [
            read_count(typed(places[effort.value], _written(planned, getattr(old, effort.value))), numbers)
            for effort in Effort
        ]
        counted = read_records(typed(places["per_species"], "; ".join(str(one) for one in old.per_species)))
        _save(planned, group, year, Survey(amounts[0], amounts[1], amounts[2], counted))

    attempt(PLACE, keep, say("The effort is kept."))


def _removed(planned: Planned, group: str, year: int, places: dict[str, str]) -> None:
    def remove() -> None:
        _save(planned, group, year, Survey())
        for place in places.values():
            put(place, "")

    attempt(PLACE, remove, say("The effort was removed; it stays in the history."))


def _save(planned: Planned, group: str, year: int, survey: Survey) -> None:
    """Keep the effort behind one count beside those behind the other counts of its year; an empty one is left out."""
    surveys = {other: one for (when, other), one in planned.kept.surveys.items() if when == year}
    surveys[group] = survey
    keeping.keep_surveys(
        visit.store(),
        planned.shown.desk.head.city.id,
        year,
        {one: effort for one, effort in surveys.items() if not effort.empty},
        based_on=planned.kept.version(Kind.SETTING, keeping.surveys_key(year)),
        person=visit.person(),
    )


def _method(language: str) -> None:
    st.markdown(
        translate(
            "A larger survey shows more species because it is larger. So as many records as the smaller survey has are "
            "drawn at random from the larger one, and the species among them are counted – on average over all draws "
            "that are possible, which is worked out exactly. This is called rarefaction (Hurlbert 1971). It assumes "
            "that records were made alike in both surveys.",
            language,
        )
    )

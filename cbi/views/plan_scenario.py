"""What if? Figures changed in a scenario, scored beside today and the baseline, and kept apart from the answers."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

import pandas as pd
import streamlit as st

from cbi.i18n import mark, say, translate
from cbi.planning import keeping
from cbi.planning.faults import PlanningError
from cbi.planning.figures import Figure, figure_at, figures_of
from cbi.planning.scenario import Outcome, Scenario, played
from cbi.planning.typed import read_name
from cbi.store.records import Kind
from cbi.views import plan_figure, plan_outcome, visit, words
from cbi.views.basics import feed, plain, state_of
from cbi.views.planned import Planned, attempt, pick_field, put, tell_at, tell_outcome, text_field, typed
from cbi.wording import signed

PLACE = "plan/scenario"


def section(planned: Planned) -> None:
    """Show a scenario beside today, and all that are kept beside one another."""
    language = planned.language
    st.header(translate("What if a figure were another?", language), anchor=False)
    st.markdown(
        translate(
            "Change any figures here and see what would come of it. Your answers stay as they are: a scenario is kept "
            "beside them and never counted. An area or the population moves every indicator that uses it.",
            language,
        )
    )
    figures = {figure.place: figure for figure in figures_of(planned.shown.card, planned.assessment)}
    name = _chosen(planned)
    scenario = scenario_of(planned, name)
    if not _is_locked(planned, scenario):
        plan_figure.ask(planned, figures, scenario, PLACE, lambda one: change(planned, scenario.with_change(one)))
    tell_outcome(PLACE, language)
    _changes(planned, scenario, figures)
    if scenario.changes:
        found = _played(planned, scenario)
        plan_outcome.show(planned, found)
    _note(planned, scenario)
    _keep(planned, scenario)
    _compared(planned)


# Which scenario


def _chosen(planned: Planned) -> str:
    """Let the person choose a kept scenario, or a new one."""
    language = planned.language
    names = {"": translate("New scenario", language), **{one.name: one.name for one in planned.kept.scenarios}}
    place = f"{PLACE}/{planned.name}/chosen"
    if len(names) == 1:
        return ""
    return pick_field(place, translate("Scenario", language), names, language, "", width=320)


def _draft_key(planned: Planned) -> str:
    return f"{PLACE}/{planned.name}/draft"


def scenario_of(planned: Planned, name: str) -> Scenario:
    """Give a kept scenario, or the one that is being made."""
    kept = next((one for one in planned.kept.scenarios if one.name == name), None)
    return kept or cast("Scenario", st.session_state.get(_draft_key(planned), Scenario("")))


def change(planned: Planned, scenario: Scenario) -> None:
    """Take a changed scenario: one with a name is saved at once, one without waits for its name."""
    if not scenario.name:
        st.session_state[_draft_key(planned)] = scenario
        return
    keeping.keep_scenario(
        visit.store(),
        planned.shown.desk.head.id,
        scenario,
        based_on=planned.kept.version(Kind.SCENARIO, scenario.name),
        person=visit.person(),
    )


def _is_locked(planned: Planned, scenario: Scenario) -> bool:
    """Tell whether the person may only look at a scenario: each change of one with a name is kept at once."""
    return planned.locked and bool(scenario.name)


# What is changed


def _changes(planned: Planned, scenario: Scenario, figures: dict[tuple[str, str], Figure]) -> None:
    """List the figures of the scenario beside today's, each to be taken back."""
    language = planned.language
    for one in scenario.changes:
        figure = figures.get(one.place) or figure_at(planned.shown.card, planned.assessment, one.place)
        if figure is None:
            continue  # the edition does not ask for it, so it changes nothing
        today = "–" if figure.entry is None else plan_figure.entry_text(planned, figure, figure.entry)
        then = plan_figure.entry_text(planned, figure, one.entry)
        with st.container(horizontal=True, vertical_alignment="center"):
            told = say("{name}: {told}", name=f"**{plain(figure.label)}**", told=f"{plain(today)} → {plain(then)}")
            st.markdown(told.text(language), width="stretch")
            st.button(
                translate("Take back", language),
                key=f"{PLACE}/back/{'/'.join(one.place)}",
                icon=":material/undo:",
                type="tertiary",
                disabled=_is_locked(planned, scenario),
                on_click=_take_back,
                args=(planned, scenario, one.place),
            )


def _take_back(planned: Planned, scenario: Scenario, place: tuple[str, str]) -> None:
    attempt(PLACE, lambda: change(planned, scenario.without(place)))


# What comes of it


def _played(planned: Planned, scenario: Scenario) -> Outcome:
    history = planned.shown.history
    return played(scenario, planned.shown.card, planned.assessment, planned.years, planned.baseline, history.bands)


# Keeping and comparing


def _note(planned: Planned, scenario: Scenario) -> None:
    """Ask what the scenario is for, as soon as it holds a figure."""
    if not scenario.changes:
        return
    key = f"{PLACE}/{planned.name}/{scenario.name}/note"
    feed(key, scenario.note)
    st.text_input(
        translate("What it is for", planned.language),
        key=key,
        autocomplete="off",
        disabled=_is_locked(planned, scenario),
        on_change=_noted,
        args=(planned, scenario, key),
    )


def _noted(planned: Planned, scenario: Scenario, key: str) -> None:
    attempt(PLACE, lambda: change(planned, replace(scenario, note=state_of(key).strip())))


def _keep(planned: Planned, scenario: Scenario) -> None:
    language = planned.language
    if scenario.name:
        st.button(
            translate("Withdraw this scenario", language),
            key=f"{PLACE}/withdraw",
            icon=":material/delete:",
            type="tertiary",
            disabled=planned.locked,
            on_click=_withdraw,
            args=(planned, scenario),
        )
    elif scenario.changes:
        place = f"{PLACE}/{planned.name}/name"
        with st.container(horizontal=True, vertical_alignment="bottom"):
            text_field(place, translate("Name of the scenario", language), width=320)
            st.button(
                translate("Keep this scenario", language),
                key=f"{PLACE}/keep",
                icon=":material/bookmark_add:",
                type="primary",
                disabled=planned.locked,
                on_click=_kept,
                args=(planned, place),
            )
        tell_outcome(place, language)
        st.caption(translate("Not kept yet: it needs a name, else it is gone when this page is closed.", language))


def _kept(planned: Planned, place: str) -> None:
    try:
        name = read_name(typed(place))
    except PlanningError as error:
        tell_at(place, error)
        return

    def keep() -> None:
        change(planned, replace(scenario_of(planned, ""), name=name))
        st.session_state.pop(_draft_key(planned), None)
        put(place, "")
        put(f"{PLACE}/{planned.name}/chosen", name)

    attempt(PLACE, keep, say("The scenario is kept beside your answers."))


def _withdraw(planned: Planned, scenario: Scenario) -> None:
    def drop() -> None:
        keeping.drop_scenario(
            visit.store(),
            planned.shown.desk.head.id,
            scenario.name,
            based_on=planned.kept.version(Kind.SCENARIO, scenario.name),
            person=visit.person(),
        )

    attempt(PLACE, drop, say("The scenario was withdrawn; it stays in the history."))


def _compared(planned: Planned) -> None:
    """Set all kept scenarios beside today."""
    language, card = planned.language, planned.shown.card
    if not planned.kept.scenarios:
        return
    title = translate("All scenarios beside today", language)
    st.subheader(title, anchor=False)
    components = [words.SHORT_TITLES[one.id].text(language) for one in card.edition.components]
    rows = [
        [translate("Today", language), str(card.total.points), *(str(one.points) for one in card.components.values()),
         ""]
    ]  # fmt: skip
    for scenario in planned.kept.scenarios:
        found = _played(planned, scenario)
        total = f"{found.then.total.points} ({signed(planned.voice, found.points)})"
        parts = (str(one.points) for one in found.then.components.values())
        rows.append([plain(scenario.name), total, *parts, plain(scenario.note)])
    columns = [*(translate(one, language) for one in (mark("Scenario"), mark("Total"))), *components,
               translate("What it is for", language)]  # fmt: skip
    st.table(pd.DataFrame(rows, columns=columns), border="horizontal", hide_index=True, alt=title)

"""Choosing a figure and saying what it would be, in a form that is sent with a button or with Enter."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import streamlit as st

from cbi.assessment import Entry
from cbi.draft import Typed, read_finished_typed, read_typed, text_of
from cbi.gathering import Place
from cbi.i18n import listed, say, translate
from cbi.planning.faults import PlanningError
from cbi.planning.figures import Figure
from cbi.planning.scenario import Change, Scenario
from cbi.reading import ReadingError
from cbi.report.telling import given, given_finished
from cbi.views import visit, words
from cbi.views.basics import feed, plain
from cbi.views.planned import Planned, attempt, pick_field
from cbi.views.widgets import AREA_CHOICES, PEOPLE_CHOICES, UNIT_WIDTH


def ask(
    planned: Planned, figures: Mapping[Place, Figure], scenario: Scenario, place: str, put: Callable[[Change], None]
) -> None:
    """Ask for a figure of a scenario; what cannot be read is said in ``place``, what can is handed to ``put``."""
    figure = choose(planned, figures, "plan/scenario/figure")
    if figure is None:
        return
    language = planned.language
    known = scenario.entry(figure.place) or figure.entry
    with st.form(f"plan/scenario/form/{'/'.join(figure.place)}", border=False):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            keys = _fields(planned, figure, known)
        st.form_submit_button(
            translate("Put into the scenario", language),
            icon=":material/add:",
            on_click=_take,
            args=(planned, figure, place, put, *keys),
        )


def choose(planned: Planned, figures: Mapping[Place, Figure], place: str) -> Figure | None:
    """Let the person choose one of some figures; says below what stands there today and who uses it."""
    language = planned.language
    labels = {"/".join(one): _label(figure) for one, figure in figures.items()}
    if not labels:
        st.info(translate("There is no figure yet.", language), icon=":material/info:")
        return None
    chosen = pick_field(f"{place}/{planned.name}", translate("Figure", language), labels, language, next(iter(labels)))
    figure = next(figure for one, figure in figures.items() if "/".join(one) == chosen)
    today = translate("no figure yet", language) if figure.entry is None else entry_text(planned, figure, figure.entry)
    told = [say("Today: {value}", value=today)]
    if len(figure.indicators) > 1:
        told.append(say("moves no. {numbers}", numbers=listed(figure.indicators)))
    st.caption(plain(" · ".join(one.text(language) for one in told)))
    return figure


def _label(figure: Figure) -> str:
    numbers = ", ".join(str(number) for number in figure.indicators)
    return f"{numbers} · {figure.label}"


def entry_text(planned: Planned, figure: Figure, entry: Entry) -> str:
    """Write an entry of a figure as readers know it: with its unit, or as the text of its rung."""
    if figure.indicator is not None:
        return given_finished(planned.voice, figure.indicator, entry)
    return given(planned.voice, entry, figure.asked)


def _fields(planned: Planned, figure: Figure, known: Entry | None) -> tuple[str, str]:
    """Show the fields that the kind of figure asks for; gives their keys."""
    language = planned.language
    place = f"plan/scenario/new/{planned.name}/{'/'.join(figure.place)}"
    key, unit_key = f"{place}/value/{language}", f"{place}/unit/{language}"
    label = translate("What if it were", language)
    if figure.kind == "ladder" and figure.indicator is not None:
        rungs = {rung.id: f"{rung.points} · {rung.text}" for rung in figure.indicator.ladder}
        if key not in st.session_state and known is not None and known.value in rungs:
            feed(key, known.value)
        st.selectbox(label, list(rungs), key=key, format_func=rungs.__getitem__)
    elif figure.kind == "checklist" and figure.asked is not None:
        items = {item.id: item.label for item in figure.asked.items}
        if key not in st.session_state:
            ticked = known.value if known is not None and isinstance(known.value, tuple) else ()
            feed(key, [one for one in ticked if one in items])
        st.multiselect(label, list(items), key=key, format_func=items.__getitem__,
                       placeholder=translate("Choose from the list", language))  # fmt: skip
    else:
        if key not in st.session_state:
            feed(key, text_of(known.value, planned.shown.draft.number_format) if known else "")
        st.text_input(label, key=key, autocomplete="off", width=320)
        _unit(planned, figure, known, unit_key)
    return key, unit_key


def _unit(planned: Planned, figure: Figure, known: Entry | None, key: str) -> None:
    choices = {"area": AREA_CHOICES, "list of area": AREA_CHOICES, "people": PEOPLE_CHOICES}.get(figure.kind, ())
    unit = known.unit if known else ""
    if figure.kind == "value" and figure.indicator is not None and figure.indicator.value is not None:
        st.markdown(plain(figure.indicator.value.unit or ""), width="content")
    if figure.kind == "money":
        choices = (unit,) if unit else ()
    if not choices:
        return
    if key not in st.session_state:
        feed(key, unit if unit in choices else planned.shown.draft.usual_area_unit if figure.kind != "people" else "")
    st.selectbox(
        translate("Unit", planned.language),
        choices,
        key=key,
        format_func=lambda one: words.unit_name(one, planned.language),
        width=UNIT_WIDTH,
    )


def _take(planned: Planned, figure: Figure, place: str, put: Callable[[Change], None], key: str, unit_key: str) -> None:
    held = visit.undisturbed()
    attempt(
        place,
        lambda: put(Change(figure.place, _entry(planned, figure, held.get(key), str(held.get(unit_key) or "")))),
    )


def _entry(planned: Planned, figure: Figure, found: object, unit: str) -> Entry:
    """Read what was put into the fields; raises :class:`PlanningError`."""
    numbers = planned.shown.draft.number_format
    if figure.kind == "ladder":
        return Entry(str(found))
    if figure.kind == "checklist":
        return Entry(tuple(str(one) for one in found) if isinstance(found, list | tuple) else ())
    typed = Typed(str(found or ""), unit)
    try:
        if figure.asked is None and figure.indicator is not None:
            return Entry(read_finished_typed(typed, figure.indicator, numbers))
        if figure.asked is not None:
            return Entry(*read_typed(typed, figure.asked, numbers))
    except ReadingError as error:
        raise PlanningError(error.sentence) from None
    raise PlanningError(say("There is no figure yet."))

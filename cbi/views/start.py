"""Start: which city, which year? Go on, start the next year, begin with a city of one's own, or look at a demo."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import streamlit as st

from cbi.comparison import score_years
from cbi.definitions import EDITIONS
from cbi.definitions.edition import PROFILE
from cbi.demo import DEMOS
from cbi.i18n import in_a_row, say, translate, translate_number
from cbi.reading import ReadingError, read_year
from cbi.reminders import day_said
from cbi.scoring import Scorecard
from cbi.store.readable import STATES
from cbi.store.records import City, Head, State
from cbi.store.rights import Right
from cbi.views import from_file, saving, session, visit, year_steps
from cbi.views.basics import leading, plain, told_errors
from cbi.views.shown import Shown
from cbi.views.visit import VIEW

WIDTH = 1080
OVERVIEW, ENTER, IMPORT, WORK = (
    str(Path(__file__).with_name(f"{name}.py")) for name in ("overview", "enter", "imports", "work")
)
CITY, NEW_CITY, NEW_YEAR, NEW_EDITION = "start/city", "start/new city", "start/new year", "start/new edition"


def page(shown: Shown) -> None:
    """Show the page from top to bottom."""
    language = shown.language
    st.title(translate("Which city, which year?", language), anchor=False)
    with told_errors(language):
        _waiting(language)
        cities, may_add = visit.own_store().cities(), visit.own_granted().may(Right.ADD_CITY)
        if cities:
            _own_cities(shown, cities)
        elif not may_add:
            st.info(translate("No city was given to you yet. Ask an administrator.", language), icon=":material/lock:")
        if cities and may_add:
            another = translate("Begin with another city", language)
            with st.expander(another, icon=":material/add_location:", expanded=bool(from_file.carried())):
                _new_city(language)
        elif may_add:
            with st.container(border=True):
                st.header(translate("Begin with your city", language), anchor=False)
                _new_city(language)
    _demo(shown)


def _waiting(language: str) -> None:
    """Say what was asked of the person and waits, with the next due date, and lead to it."""
    waiting = [one for one in visit.own_store().assignments.mine() if not one.done]
    if not waiting:
        return
    count = sum(len(one.left) for one in waiting)
    told = translate_number("{count} answer waits for you.", "{count} answers wait for you.", count, language).format(
        count=count
    )
    due = min((one.due for one in waiting if one.due), default=None)
    until = say("The first is due on {day}.", day=day_said(due, language)).text(language) if due else ""
    with st.container(border=True, horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f":material/assignment_late: {in_a_row((told, until))}", width="content")
        st.page_link(WORK, label=translate("To your work", language), icon=":material/assignment_ind:")


# Cities of one's own


def _own_cities(shown: Shown, cities: tuple[City, ...]) -> None:
    """Show the years of a city, the newest first, each with what can be done with it."""
    language = shown.language
    names = {city.id: city.name for city in cities}
    here = shown.desk.head.city.id
    if st.session_state.get(CITY) not in names:
        st.session_state[CITY] = cities[0].id if shown.is_demo or here not in names else here
    if len(cities) > 1:
        st.selectbox(translate("City", language), list(names), key=CITY, format_func=names.__getitem__)
    city_id = st.session_state[CITY]
    heads = visit.own_store().heads(city_id)
    history = visit.own_store().history_of(city_id)
    cards = score_years(history.assessments, history.baseline, language, history.bands)
    st.header(plain(names[city_id]), anchor=False)
    carried = [len(one.carried) for one in history.assessments]
    for head, card, waiting in sorted(zip(heads, cards, carried, strict=True), key=lambda one: -one[0].year):
        _year(shown, head, card, waiting)
    if visit.own_granted().may(Right.START_YEAR, city_id):
        _next_year(shown, heads, city_id)


def _year(shown: Shown, head: Head, card: Scorecard, carried: int) -> None:
    language = shown.language
    with st.container(border=True):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            with st.container(width="content"):
                st.markdown(f"**{head.year}** · {_line(head, card, language)}")
                with st.container(horizontal=True, gap="small"):
                    st.badge(STATES[head.state].text(language), icon=_ICONS[head.state], color="gray")
                    if head.is_baseline:
                        st.badge(translate("baseline", language), icon=":material/flag:", color="green")
            if st.button(
                translate("Open", language), key=f"open/{head.id}", type=leading(), icon=":material/folder_open:"
            ):
                session.open_year(head.id)
                st.switch_page(ENTER if head.open and not card.total.scored else OVERVIEW)
        year_steps.steps(head, carried, language)


_ICONS = {
    State.IN_PROGRESS: ":material/edit:",
    State.SUBMITTED: ":material/outgoing_mail:",
    State.LOCKED: ":material/lock:",
}


def _line(head: Head, card: Scorecard, language: str) -> str:
    return say(
        "{edition} edition · {points} of {maximum} points · {scored} of {count} indicators scored",
        edition=head.edition,
        points=card.total.points,
        maximum=card.total.maximum,
        scored=card.total.scored,
        count=len(card.results),
    ).text(language)


def _next_year(shown: Shown, heads: tuple[Head, ...], city_id: int) -> None:
    """Start another year from an earlier one: its profile is carried over, its answers stand beside the fields."""
    language = shown.language
    with st.expander(translate("Start another year", language), icon=":material/add:", key=f"next/{city_id}"):
        told = say(
            "The city profile and the sources are carried over. Last time's answers stand beside the fields and are "
            "taken over only when you confirm them."
        )
        st.markdown(told.text(language))
        with st.form(f"next year/{city_id}", border=False):
            newest = max((head.year for head in heads), default=0)
            year = _year_field(f"next/{city_id}/year", max(newest + 1, _this_year()), language)
            known = {head.id: head for head in heads}
            earlier = st.selectbox(
                translate("Start from", language),
                sorted(known, key=lambda one: -known[one].year),
                format_func=lambda one: f"{known[one].year} ({known[one].edition})",
                key=f"next/{city_id}/from",
            )
            edition_id = _edition_field(f"next/{city_id}/edition", language)
            if st.form_submit_button(translate("Start the year", language), type=leading()):
                st.session_state[VIEW] = PROFILE  # what is carried over waits there to be confirmed
                _start(city_id, year, edition_id, language, earlier)


def _start(
    city_id: int, year: str, edition_id: str, language: str, from_id: int | None = None, then: str = ENTER
) -> None:
    number = _year_of(year, language)
    if number is None:
        return
    with told_errors(language):
        person = visit.person_named()
        head = visit.own_store().start_year(city_id, number, edition_id, person=person, from_id=from_id)
        session.open_year(head.id)
        st.switch_page(then)


def _year_of(text: str, language: str) -> int | None:
    """Read the year of an assessment; says what is wrong with what is none."""
    try:
        return read_year(text)
    except ReadingError as error:
        st.error(plain(error.sentence.text(language)), icon=":material/error:")
        return None


# A new city


def _new_city(language: str) -> None:
    from_file.fold_of(language, from_file.Fields(NEW_CITY, NEW_YEAR, NEW_EDITION))
    with st.form("new city", border=False):
        name = st.text_input(translate("Name of the city", language), key=NEW_CITY, autocomplete="off")
        year = _year_field(NEW_YEAR, _this_year(), language)
        person = visit.person_named()
        if not visit.signs_in():
            person = st.text_input(translate("Your name", language), person, key="start/name", autocomplete="name")
        with st.expander(translate("Edition of the index", language), type="compact"):
            edition_id = _edition_field(NEW_EDITION, language)
        if st.form_submit_button(translate("Begin", language), type=leading(), icon=":material/arrow_forward:"):
            _begin(name, year, person, edition_id, language)
    if not visit.signs_in():
        told = translate("Everything stays on this computer. Your name goes with every change that you make.", language)
        st.caption(told)


def _this_year() -> int:
    return date.today().year


def _year_field(key: str, proposed: int, language: str) -> str:
    if key not in st.session_state:
        st.session_state[key] = str(proposed)
    return str(st.text_input(translate("Year of the assessment", language), key=key, autocomplete="off"))


def _edition_field(key: str, language: str) -> str:
    words = {"2021": translate("2021: 28 indicators, 112 points", language)}
    words["2014"] = translate("2014: 23 indicators, 92 points – to go on with an older baseline", language)
    return str(st.radio(translate("Edition", language), EDITIONS, key=key, format_func=lambda one: words.get(one, one)))


def _begin(name: str, year: str, person: str, edition_id: str, language: str) -> None:
    number = _year_of(year, language)
    if number is None:
        return
    if not visit.signs_in():
        saving.name_person(person)
    if not visit.person_named():
        told = translate("Every change carries the name of the person who makes it. Say your name first.", language)
        st.error(told, icon=":material/error:")
        return
    with told_errors(language):
        city = visit.own_store().add_city(name, person=visit.person_named())
        st.session_state[VIEW] = PROFILE
        _start(city.id, year, edition_id, language, then=IMPORT if from_file.bring_along() else ENTER)


# A demo


def _demo(shown: Shown) -> None:
    language = shown.language
    with st.container(border=True):
        st.header(translate("Look around with a demo city", language), anchor=False)
        st.markdown(
            translate(
                "Libo County in China shows what a real city profile gives, slips included. The example city is "
                "invented and has answered everything in three years. What you change in a demo is not kept.",
                language,
            )
        )
        with st.container(horizontal=True):
            for demo_id, demo in DEMOS.items():
                if st.button(
                    f"{translate(demo.city, language)} · {demo.year}",
                    key=f"demo/{demo_id}",
                    icon=":material/play_circle:",
                ):
                    session.open_demo(demo_id)
                    st.switch_page(OVERVIEW)
        if shown.is_demo:
            _other_years(shown)


def _other_years(shown: Shown) -> None:
    """Offer the other years of the demo city that is open."""
    here = shown.desk.head
    others = [head for head in visit.store().heads(here.city.id) if head.id != here.id]
    if others:
        st.caption(
            say("Other years of {city}", city=plain(translate(here.city.name, shown.language))).text(shown.language)
        )
        with st.container(horizontal=True):
            for head in others:
                if st.button(f"{head.year} ({head.edition})", key=f"demo year/{head.id}"):
                    session.open_in_place(head.id)
                    st.switch_page(OVERVIEW)


with st.container(width=WIDTH):
    page(session.shown())

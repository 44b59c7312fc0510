"""Work: who does what until when? What was asked of people and departments, what is left of it, and reminders."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from pathlib import Path

import streamlit as st

from cbi.definitions import edition
from cbi.definitions.edition import PROFILE
from cbi.i18n import listed_apart, mark, say, translate, translate_number
from cbi.reminders import day_said, reminder, work_said
from cbi.store import StoreError
from cbi.store.assignments import places_of
from cbi.store.contents import PROFILE_PREFIX
from cbi.store.records import Assignment
from cbi.store.rights import Right
from cbi.views import assigning, filters, session, steps, visit, words
from cbi.views.basics import feed, fold, plain, state_of, told_errors
from cbi.views.shown import Shown

WIDTH = 1080
ENTER = str(Path(__file__).with_name("enter.py"))
SHOW, PLACE = "work/show", "work/list"
FILTERS = {"open": mark("Still open"), "overdue": mark("Overdue"), "done": mark("Done"), "all": mark("All")}


def page(shown: Shown) -> None:
    """Show the page from top to bottom."""
    language, today = shown.language, datetime.now(words.zone()).date()
    st.title(translate("Who does what until when?", language), anchor=False)
    st.caption(words.heading(shown))
    with told_errors(language):
        found = visit.store().assignments.of_city(shown.desk.head.city.id)
        mine = visit.store().assignments.mine()
        assigning.fold_of(shown, found)
        steps.told(PLACE, language)
        if not found and not mine:
            st.markdown(
                translate(
                    "Nothing is assigned in this city yet. What you give to people and departments stands here, with "
                    "what is open, overdue and done, and a reminder to copy for each.",
                    language,
                )
            )
            return
        _counts(found, today, language)
        wanted = _wanted(language)
        if mine:
            st.header(translate("Assigned to you", language), anchor=False)
            _list(shown, [one for one in mine if _passes(one, wanted, today)], today, "mine")
        own = {one.id for one in mine}
        for name, group in _groups(one for one in found if one.id not in own):
            _group(shown, name, group, wanted, today)
        st.caption(
            translate(
                "Work is done when all of it is answered this year; last time's values count once they are confirmed. "
                "An assignment gives no right by itself, and a right no work. No mail is sent from here.",
                language,
            )
        )


def _counts(found: Sequence[Assignment], today: date, language: str) -> None:
    done, late = sum(one.done for one in found), sum(one.overdue(today) for one in found)
    parts = [
        say("open: {count}", count=len(found) - done),
        *([say("of these overdue: {count}", count=late)] if late else []),
        say("done: {count}", count=done),
    ]
    st.markdown(words.capital(" · ".join(part.text(language) for part in parts)))


# Which are shown


def _wanted(language: str) -> str:
    if st.session_state.get(SHOW) not in FILTERS:
        st.session_state[SHOW] = "open"
    key = f"{SHOW}/{language}"
    feed(key, st.session_state[SHOW])
    st.segmented_control(
        translate("Show", language),
        list(FILTERS),
        key=key,
        required=True,
        format_func=lambda one: translate(FILTERS[one], language),
        on_change=_take_wanted,
        args=(key,),
    )
    return str(st.session_state[SHOW])


def _take_wanted(key: str) -> None:
    if st.session_state.get(key) in FILTERS:
        st.session_state[SHOW] = st.session_state[key]


def _passes(one: Assignment, wanted: str, today: date) -> bool:
    return {"open": not one.done, "overdue": one.overdue(today), "done": one.done, "all": True}[wanted]


# By person and department


def _groups(found: Iterable[Assignment]) -> list[tuple[str, list[Assignment]]]:
    """Put together what is asked of the same person or department, by name; a department is no person of its name."""
    groups: dict[tuple[str, str], list[Assignment]] = {}
    for one in found:
        groups.setdefault((one.assignee.casefold(), one.key), []).append(one)
    return [(group[0].assignee, group) for _, group in sorted(groups.items())]


def _group(shown: Shown, name: str, group: Sequence[Assignment], wanted: str, today: date) -> None:
    """Show what is asked of a person or a department, with a reminder to copy."""
    language = shown.language
    passing = [one for one in group if _passes(one, wanted, today)]
    if not passing:
        return
    sign = ":material/person:" if group[0].key else ":material/apartment:"
    st.header(f"{sign} {plain(words.clipped(name, 80))}", anchor=False)
    _list(shown, passing, today, "all")
    text = reminder(group, today, language, address=visit.public_address(), sender=visit.person_named())
    if text:
        fold(
            translate("A reminder to copy", language),
            f"work/reminder/{group[0].id}",
            lambda: _reminder(text, language),
            icon=":material/content_copy:",
        )


def _reminder(text: str, language: str) -> None:
    st.code(text, language=None, wrap_lines=True)
    st.caption(translate("Copy it into a letter or a message: no mail is sent from here.", language))


def _list(shown: Shown, found: Sequence[Assignment], today: date, where: str) -> None:
    if not found:
        st.caption(translate("Nothing of this kind.", shown.language))
    for one in found:
        with st.container(border=True, gap="xsmall"):
            _assignment(shown, one, today, where)


def _assignment(shown: Shown, one: Assignment, today: date, where: str) -> None:
    """Show one assignment: what, how far, until when, what is left, and where to go on."""
    language, here = shown.language, one.head.id == shown.desk.head.id
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        st.markdown(f"**{plain(work_said(one, language))}**", width="content")
        _badge(one, today, language)
    facts = [_elsewhere(shown, one), _until(one, language), _progress(one, language)]
    facts.append(say("asked by {person}", person=one.person).text(language))
    st.caption(plain(" · ".join(filter(None, facts))))
    if one.note:
        st.markdown(plain(one.note))
    if one.left and one.left != (one.work,):
        st.markdown(plain(say("Left: {places}", places=listed_apart(_left(one, language))).text(language)))
    with st.container(horizontal=True):
        asks = bool(one.left) and (where == "mine" or not one.key) and _may_answer(one)
        if st.button(
            translate("Go and answer", language) if asks else translate("Look at it", language),
            key=f"work/{where}/{one.id}/go",
            icon=":material/edit_note:" if asks else ":material/visibility:",
            type="tertiary",
        ):
            _go(one, here=here)
        if shown.may(Right.ASSIGN):
            st.button(
                translate("Take back", language),
                key=f"work/{where}/{one.id}/back",
                icon=":material/undo:",
                type="tertiary",
                on_click=_take_back,
                args=(one,),
            )
    if shown.may(Right.ASSIGN) and not one.done:
        fold(
            translate("Change the day or the note", language),
            f"work/{where}/{one.id}/change",
            lambda: _change(one, where, language),
            icon=":material/edit_calendar:",
        )


def _may_answer(one: Assignment) -> bool:
    """Tell whether whoever looks may answer what is left of it."""
    return visit.own_granted().may(Right.ANSWER, one.head.city.id, one.left, one.head.edition) and one.head.open


def _badge(one: Assignment, today: date, language: str) -> None:
    """Say how it stands in words, with a sign and a colour."""
    if one.done:
        st.badge(translate("done", language), icon=":material/check_circle:", color="green")
    elif one.overdue(today) and one.due is not None:
        days = (today - one.due).days
        late = translate_number("{count} day overdue", "{count} days overdue", days, language).format(count=days)
        st.badge(late, icon=":material/alarm:", color="red")
    else:
        st.badge(translate("open", language), icon=":material/radio_button_unchecked:", color="gray")


def _elsewhere(shown: Shown, one: Assignment) -> str:
    """Name city and year of what does not belong to the open year."""
    if one.head.id == shown.desk.head.id:
        return ""
    city = "" if one.head.city.id == shown.desk.head.city.id else one.head.city.name
    return " ".join(filter(None, (city, f"{one.head.year} ({one.head.edition})")))


def _until(one: Assignment, language: str) -> str:
    if one.due is None:
        return translate("no due date", language)
    return say("until {day}", day=day_said(one.due, language)).text(language)


def _progress(one: Assignment, language: str) -> str:
    every = len(places_of(edition(one.head.edition), one.work))
    return (
        say("{done} of {count} answered", done=every - len(one.left), count=every).text(language) if every > 1 else ""
    )


def _left(one: Assignment, language: str) -> list[str]:
    """Name what waits for an answer: indicators by number and title, figures of the profile by their labels."""
    asked, names = edition(one.head.edition, language), []
    for place in one.left:
        if place.startswith(PROFILE_PREFIX):
            names.append(asked.profile_inputs[place.removeprefix(PROFILE_PREFIX)].label)
        else:
            indicator = asked.indicator(place)
            names.append(f"{indicator.number} {indicator.title}")
    return names


def _go(one: Assignment, *, here: bool) -> None:
    """Open the page Enter with what is left of it, or all of it where it is done."""
    if not here:
        session.open_year(one.head.id)
    places = one.left or places_of(edition(one.head.edition), one.work)
    indicators = [place for place in places if not place.startswith(PROFILE_PREFIX)]
    component = edition(one.head.edition).indicator(indicators[0]).component if indicators else PROFILE
    filters.show_only(one.head.id, indicators, component)
    st.switch_page(ENTER)


def _change(one: Assignment, where: str, language: str) -> None:
    """Ask for another due date and another note."""
    key = f"work/{where}/{one.id}/{one.due}/{one.note}"
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.date_input(
            translate("Until (optional)", language),
            one.due,
            assigning.FIRST_DAY,
            assigning.LAST_DAY,
            key=f"{key}/due",
            format="YYYY-MM-DD",
            width=200,
        )
        st.text_input(translate("Note (optional)", language), one.note, key=f"{key}/new note", autocomplete="off")
        st.button(translate("Keep this", language), key=f"{key}/keep", on_click=_changed, args=(one, key))


def _changed(one: Assignment, key: str) -> None:
    due = visit.undisturbed().get(f"{key}/due")
    note, store = state_of(f"{key}/new note"), visit.store()
    try:
        store.assignments.change(
            one.id, due=due if isinstance(due, date) else None, note=note, seen=one, person=visit.person()
        )
    except StoreError as error:
        steps.tell_later(PLACE, error.sentence, done=False)
    else:
        steps.tell_later(PLACE, say("Changed."), done=True)


def _take_back(one: Assignment) -> None:
    try:
        visit.store().assignments.take_back(one.id, person=visit.person())
    except StoreError as error:
        steps.tell_later(PLACE, error.sentence, done=False)
    else:
        steps.tell_later(PLACE, say("Taken back. It stays in the audit trail."), done=True)


with st.container(width=WIDTH):
    page(session.shown())

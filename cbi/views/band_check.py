"""Comparing bands with the printed handbook: they are the same and a person says so, or the city enters its own."""

from __future__ import annotations

from datetime import date, datetime
from typing import cast

import streamlit as st

from cbi.corrections import BandCheck, BandCorrection, CorrectionError, fingerprint, key_of
from cbi.corrections.keeping import keep_check, newest_version, said_in, versions, withdraw
from cbi.definitions import edition
from cbi.i18n import Sentence, say, translate
from cbi.labels import checked_by, corrected_by
from cbi.scoring import Result
from cbi.store import StoreError
from cbi.store.records import Kind, Paper
from cbi.store.rights import Right
from cbi.views import band_correction, courtesy, steps, visit, words
from cbi.views.basics import bold, feed, leading, plain, state_of, told_errors
from cbi.views.shown import Shown

SAME, OTHER = "same", "other"
ANSWERS = {SAME: say("Yes, the same"), OTHER: say("No, others")}


def compare_with_print(shown: Shown, result: Result) -> None:
    """Ask whether the handbook prints the same bands, and keep what the person says."""
    language = shown.language
    name = result.indicator.id
    with st.container(border=True):
        st.subheader(translate("Compare with the printed handbook", language), anchor=False)
        with told_errors(language):
            papers = versions(visit.store(), shown.desk.head.city.id, shown.edition.id, name)
            _stands(shown, result, papers)
            if not courtesy.allowed(shown, Right.CORRECT_BANDS):
                answer = ""
            else:
                answer = _answer(shown, name) if result.correction is None else _change(language, name)
            if answer == SAME:
                _check(shown, result, newest_version(papers, Kind.BAND_CHECK))
            elif answer == OTHER:
                band_correction.enter(shown, result, newest_version(papers, Kind.BAND_CORRECTION))
            _history(shown, papers)


# What stands


def _stands(shown: Shown, result: Result, papers: tuple[Paper, ...]) -> None:
    """Say what the city has said of these bands, with a way to take it back."""
    language, name = shown.language, result.indicator.id
    if result.correction is not None:
        told, kind = corrected_by(result.correction), Kind.BAND_CORRECTION
        note = result.correction.note
    elif result.check is not None:
        told, kind = checked_by(result.check), Kind.BAND_CHECK
        note = result.check.note
    else:
        return
    st.markdown(bold(plain(words.capital(told.text(language)))) + (f"  \n{plain(note)}" if note else ""))
    if not shown.may(Right.CORRECT_BANDS):
        return
    labels = {Kind.BAND_CORRECTION: say("Withdraw the city's own bands"), Kind.BAND_CHECK: say("Withdraw the check")}
    st.button(
        labels[kind].text(language),
        key=f"handbook/withdraw/{name}",
        icon=":material/undo:",
        on_click=_withdraw,
        args=(shown.edition.id, name, kind, newest_version(papers, kind)),
    )


def _withdraw(edition_id: str, name: str, kind: Kind, based_on: int) -> None:
    city_id = visit.current_desk().head.city.id
    try:
        withdraw(visit.store(), city_id, kind, key_of(edition_id, name), based_on=based_on, person=visit.person())
    except StoreError as error:
        steps.tell_later(band_correction.place_of(name), error.sentence, done=False)
    else:
        band_correction.forget(name)
        steps.tell_later(band_correction.place_of(name), say("Withdrawn. It stays in the history below."), done=True)


# The question


def _change(language: str, name: str) -> str:
    """Offer to change the city's own bands."""
    wanted = st.toggle(translate("Change the city's own bands", language), key=f"handbook/change/{name}")
    return OTHER if wanted else ""


def _answer(shown: Shown, name: str) -> str:
    language = shown.language
    labels = {one: sentence.text(language) for one, sentence in ANSWERS.items()}
    kept = f"handbook/answer/{name}"
    key = f"{kept}/{language}"
    feed(key, st.session_state.get(kept))
    st.segmented_control(
        translate("Does your handbook print the same bands?", language),
        list(labels),
        key=key,
        format_func=labels.__getitem__,
        on_change=_take_answer,
        args=(kept, key),
    )
    return str(st.session_state.get(kept) or "")


def _take_answer(kept: str, key: str) -> None:
    st.session_state[kept] = st.session_state.get(key)


# They are the same


def _check(shown: Shown, result: Result, based_on: int) -> None:
    """Ask who checked, when and where it is printed."""
    language, name = shown.language, result.indicator.id
    key = f"handbook/check/{name}"
    today = datetime.now(words.zone()).date()
    with st.form(key, border=False):
        with st.container(horizontal=True):
            st.text_input(
                translate("Who checked", language), visit.person_named(), key=f"{key}/person", autocomplete="name"
            )
            st.date_input(
                translate("Date of the check", language),
                today,
                key=f"{key}/on",
                max_value=today,
                format="YYYY-MM-DD",
                width=160,
            )
        st.text_input(
            translate("Printing and page of the handbook", language), key=f"{key}/printing", autocomplete="off"
        )
        st.text_input(translate("Note", language), key=f"{key}/note", autocomplete="off")
        st.form_submit_button(
            translate("Record the check", language),
            icon=":material/task_alt:",
            type=leading(),
            on_click=_record,
            args=(shown.edition.id, name, key, today, based_on),
        )


def _record(edition_id: str, name: str, key: str, today: date, based_on: int) -> None:
    asked = edition(edition_id)
    check = BandCheck(
        edition=edition_id,
        indicator=name,
        person=state_of(f"{key}/person").strip(),
        on=cast("date", st.session_state.get(f"{key}/on") or today),
        bands=fingerprint(asked, name),
        printing=state_of(f"{key}/printing").strip(),
        note=state_of(f"{key}/note").strip(),
    )
    try:
        keep_check(
            visit.store(),
            visit.current_desk().head.city.id,
            asked,
            check,
            today=today,
            based_on=based_on,
            person=steps.name_of_the_person(check.person),
        )
    except (StoreError, CorrectionError) as error:
        steps.tell_later(band_correction.place_of(name), error.sentence, done=False)
    else:
        st.session_state.pop(f"handbook/answer/{name}", None)
        steps.tell_later(band_correction.place_of(name), say("Recorded: {told}.", told=checked_by(check)), done=True)


# History


def _history(shown: Shown, papers: tuple[Paper, ...]) -> None:
    """List what was said and withdrawn, the newest first."""
    if not papers:
        return
    language = shown.language
    lines = [
        f"- {words.when(paper.time)} · {plain(paper.person)} · {plain(_line(paper).text(language))}"
        for paper in reversed(papers)
    ]
    st.markdown("\n".join([bold(translate("History", language)), "", *lines]))


def _line(paper: Paper) -> Sentence:
    said = said_in(paper)
    if isinstance(said, BandCheck):
        return checked_by(said)
    if isinstance(said, BandCorrection):
        return say("{told} ({bands})", told=corrected_by(said), bands="; ".join(said.lines()))
    if paper.content is None:
        return say("check withdrawn") if paper.kind is Kind.BAND_CHECK else say("the city's own bands withdrawn")
    return say("cannot be read")

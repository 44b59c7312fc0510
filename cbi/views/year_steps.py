"""What can be done with a year as a whole: submit it, lock it, reopen it, make it the baseline."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cbi.definitions import EDITIONS
from cbi.i18n import mark, say, translate, translate_number
from cbi.reading import ReadingError, read_year
from cbi.store import StoreError
from cbi.store.readable import STATES
from cbi.store.records import Head, State
from cbi.store.rights import Right
from cbi.views import visit
from cbi.views.basics import plain
from cbi.wording import capital


def steps(head: Head, carried: int, language: str) -> None:
    """Offer what can be done with a year as a whole; each step is kept with name, time and reason.

    ``carried`` counts the figures that are only last time's: with such, submitting asks first.
    """
    store, granted = visit.own_store(), visit.own_granted()

    def may(right: Right) -> bool:
        return granted.may(right, head.city.id)

    if not any(map(may, (Right.SUBMIT, Right.LOCK, Right.REOPEN, Right.SET_BASELINE, Right.CORRECT_YEAR))):
        return
    with st.expander(translate("Submit, lock, reopen, baseline", language), key=f"steps/{head.id}", type="compact"):
        told = st.session_state.pop(_told(head.id), None)
        if told is not None:
            st.error(plain(told.text(language)), icon=":material/error:")
        _states(head, language)
        reopens = not head.open and may(Right.REOPEN)
        why = mark("Reason (needed to reopen)") if reopens else mark("Remark for the history (may stay empty)")
        st.text_input(translate(why, language), key=_reason(head.id), autocomplete="off")
        with st.container(horizontal=True):
            if head.open and carried and may(Right.SUBMIT):
                st.button(translate("Submit", language), key=f"step/{head.id}/submit", on_click=_ask, args=(head.id,))
            elif head.open and may(Right.SUBMIT):
                _step(translate("Submit", language), store.submit, head)
            if head.state is State.SUBMITTED and may(Right.LOCK):
                _step(translate("Lock as baseline", language), store.lock_as_baseline, head)
            if reopens:
                _step(translate("Reopen", language), store.reopen, head)
            if not head.is_baseline and may(Right.SET_BASELINE):
                _step(translate("Make it the baseline", language), store.set_baseline, head)
        if head.open and carried and st.session_state.get(_asked(head.id)):
            _ask_about_carried(head, carried, language)
        if head.open and may(Right.CORRECT_YEAR):
            _correction(head, language)


def _states(head: Head, language: str) -> None:
    """Say the three states of a year in their order, the one it is in now in bold, with what each means."""
    meant = {
        State.IN_PROGRESS: say("open for answers"),
        State.SUBMITTED: say("takes no change until it is reopened"),
        State.LOCKED: say("submitted, and the year that all others are compared with; a city has one"),
    }
    here, lines = translate("now", language), []
    for state, means in meant.items():
        line = capital(say("{state}: {means}", state=STATES[state], means=means).text(language))
        lines.append(f"1. **{line}** ← {here}" if state is head.state else f"1. {line}")
    st.markdown("\n".join(lines))


def _correction(head: Head, language: str) -> None:
    """Let the person correct the number or the edition of a year that was started by mistake."""
    with st.form(f"correct/{head.id}", border=False), st.container(horizontal=True, vertical_alignment="bottom"):
        key = f"correct/{head.id}/{head.year}/{head.edition}"
        label = translate("Year of the assessment", language)
        typed = st.text_input(label, str(head.year), key=f"{key}/year", autocomplete="off")
        chosen = st.selectbox(
            translate("Edition", language), EDITIONS, EDITIONS.index(head.edition), key=f"{key}/edition"
        )
        if st.form_submit_button(translate("Correct year or edition", language)):
            _correct(head, typed, chosen)


def _correct(head: Head, typed: str, edition_id: str) -> None:
    try:
        year = read_year(typed)
        visit.own_store().correct_year(head.id, year, edition_id, person=visit.person_named())
    except (ReadingError, StoreError) as error:
        st.session_state[_told(head.id)] = error.sentence
    st.rerun()


def _ask_about_carried(head: Head, carried: int, language: str) -> None:
    """Ask whether a year is to be submitted although some of its figures are only last time's."""
    told = translate_number(
        "{count} figure of {year} is only carried over from an earlier year. Confirm or replace it on the page "
        "“Enter” – or submit anyway: it stays marked as carried over in reports and exports.",
        "{count} figures of {year} are only carried over from an earlier year. Confirm or replace them on the page "
        "“Enter” – or submit anyway: they stay marked as carried over in reports and exports.",
        carried,
        language,
    )
    st.warning(told.format(count=carried, year=head.year), icon=":material/history:")
    with st.container(horizontal=True):
        _step(translate("Submit anyway", language), visit.own_store().submit, head, "submit anyway")
        st.button(translate("Not yet", language), key=f"step/{head.id}/not yet", on_click=_forget, args=(head.id,))


def _asked(head_id: int) -> str:
    return f"step/{head_id}/asked"


def _ask(head_id: int) -> None:
    st.session_state[_asked(head_id)] = True


def _forget(head_id: int) -> None:
    st.session_state.pop(_asked(head_id), None)


def _reason(head_id: int) -> str:
    return f"step/{head_id}/reason"


def _told(head_id: int) -> str:
    return f"step/{head_id}/told"


def _step(label: str, step: Callable[..., Head], head: Head, name: str = "") -> None:
    st.button(label, key=f"step/{head.id}/{name or step.__name__}", on_click=_take_step, args=(step, head.id))


def _take_step(step: Callable[..., Head], head_id: int) -> None:
    reason = str(st.session_state.get(_reason(head_id)) or "")
    try:
        step(head_id, person=visit.person_named(), reason=reason)
        st.session_state[_reason(head_id)] = ""
        _forget(head_id)
    except StoreError as error:
        st.session_state[_told(head_id)] = error.sentence

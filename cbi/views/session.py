"""How a visit begins, which year lies on its desk, and what follows from that for the pages.

The form on the desk is the single truth of a page. Widgets are fed from it and write back into it through
callbacks (:mod:`cbi.views.saving`), and every change is saved at once.
"""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import cast

import streamlit as st

from cbi import desk as desks
from cbi.comparison import Step, baseline_of, score_in_history, step_between
from cbi.corrections import corrected
from cbi.definitions import edition
from cbi.demo import DEMOS, assessment_of_demo, open_demo_store
from cbi.desk import Desk
from cbi.draft import Reading, draft_of, read_draft
from cbi.i18n import Sentence
from cbi.scoring import Scorecard
from cbi.store import StoreError
from cbi.store.records import CityHistory
from cbi.views import language, visit, visitor
from cbi.views.shown import Shown
from cbi.views.visit import (
    AROUND,
    DEMO_FOLDER,
    DESK,
    LANGUAGE,
    NUMBER_FORMAT,
    PERSON,
    SHOWN,
    STORE,
    TROUBLE,
    VIEW,
    Around,
    LaidOut,
)

NOT_OPENED = "start/not opened"
"""Set where the address named a year that could not be opened, until the page Start has said so."""
YEAR_PARAMETER, DEMO_PARAMETER, VIEW_PARAMETER = "assessment", "demo", "part"
"""What the address of a page names, so that a reload comes back to the same year and part of the index."""


def begin() -> None:
    """Begin the visit: language, number format, the name of the person; later runs change nothing."""
    state = st.session_state
    if LANGUAGE not in state:
        state[LANGUAGE] = "zh_Hans" if (st.context.locale or "").lower().startswith("zh") else "en"
    if VIEW not in state and VIEW_PARAMETER in st.query_params:
        state[VIEW] = st.query_params[VIEW_PARAMETER]
    if NUMBER_FORMAT not in state:
        state[NUMBER_FORMAT] = state[LANGUAGE]
    if PERSON not in state:
        state[PERSON] = visitor.name()


def open_desk() -> None:
    """Lay out the year to go on with; later runs change nothing.

    Raises :class:`cbi.store.StoreError` where the store cannot be opened.
    """
    if DESK not in st.session_state:
        language.recall()
        _open_first()


def _open_first() -> None:
    """Open the year that the address names, else the one that was changed last, else a demo city."""
    demo = st.query_params.get(DEMO_PARAMETER)
    latest = visit.own_store().latest()
    if demo in DEMOS or latest is None:
        open_demo(demo if demo is not None and demo in DEMOS else next(iter(DEMOS)))
        return
    named = st.query_params.get(YEAR_PARAMETER, "")
    try:
        open_year(int(named) if named.isascii() and named.isdigit() and len(named) < 10 else latest)
    except StoreError:
        st.session_state[NOT_OPENED] = True
        open_year(latest)


def open_year(assessment_id: int) -> None:
    """Lay a year of this machine's store on the desk. Raises :class:`cbi.store.StoreError`."""
    desk = desks.opened(visit.own_store(), assessment_id, st.session_state[NUMBER_FORMAT])
    st.session_state[STORE] = visit.own_store()
    st.session_state.pop(DEMO_FOLDER, None)
    _lay(desk)


def open_demo(demo_id: str) -> None:
    """Lay a demo city on the desk, in a store of its own that is thrown away with the visit."""
    state = st.session_state
    if not visit.is_demo():
        folder = TemporaryDirectory(prefix="cbi-demo-", ignore_cleanup_errors=True)
        state[STORE], state[DEMO_FOLDER] = open_demo_store(Path(folder.name)), folder
    _lay(desks.opened(visit.store(), assessment_of_demo(visit.store(), DEMOS[demo_id]), state[NUMBER_FORMAT]))


def open_in_place(assessment_id: int) -> None:
    """Lay another year of the store that this visit works in on the desk."""
    _lay(desks.opened(visit.store(), assessment_id, visit.number_format()))


def _lay(desk: Desk) -> None:
    st.session_state[DESK] = LaidOut(desks.with_waiting(visit.store(), desk, visit.person()))


def refresh() -> Shown:
    """Take in what others saved, read the form and score it: once a run, before anything is shown."""
    state = st.session_state
    state[TROUBLE] = None
    here, laid = visit.store(), cast("LaidOut", state[DESK])
    try:
        laid.desk = desks.refreshed(here, laid.desk)
        around = _around(visit.current_desk())
    except StoreError as error:
        state[TROUBLE] = error.sentence
        around = state.get(AROUND) or Around(None, CityHistory(visit.current_desk().head.city, (), None), None, ())
    desk, language = visit.current_desk(), visit.chosen_language()
    asked = corrected(edition(desk.head.edition, language), around.history.bands)
    reading = desks.marked(desk, read_draft(desk.draft, asked))
    card, since = _scored(around.history, reading, language)
    found = Shown(
        language,
        asked,
        desk,
        reading,
        card,
        around.history,
        around.last,
        draft_of(around.last.assessment, asked, desk.draft.number_format) if around.last else None,
        since,
        desks.own_places(desk, reading),
        visit.is_demo(),
        visit.granted(),
    )
    state[SHOWN] = found
    _name_in_address(desk)
    return found


def _around(desk: Desk) -> Around:
    """Give what lies around the year on the desk, read again only when something has changed."""
    mark = (id(visit.store()), desk.head.id, desk.seen)
    known = cast("Around | None", st.session_state.get(AROUND))
    if known is None or known.mark != mark:
        here = desk.head.id
        city = desk.head.city.id
        known = Around(
            mark,
            visit.store().history_of(city),
            visit.store().last_time(here),
            visit.store().last_change(here),
            visit.store().sources.of_city(city),
        )
        st.session_state[AROUND] = known
    return known


def _scored(history: CityHistory, reading: Reading, language: str) -> tuple[Scorecard, Step | None]:
    """Score the form as it stands, with the other years of its city, and set it beside an earlier baseline."""
    mine = reading.assessment
    years = [one for one in history.assessments if (one.year, one.edition) != (mine.year, mine.edition)]
    years.append(mine)
    year = history.baseline if history.baseline in {one.year for one in years} else None
    card = score_in_history(mine, years, year, language, history.bands)
    base = baseline_of(years, year)
    if base is None or base is mine or (base.year or 0, base.edition) > (mine.year or 0, mine.edition):
        return card, None
    step = step_between(base, mine, years, year, language, history.bands)
    return card, step if step.edition.id == mine.edition else None


def _name_in_address(desk: Desk) -> None:
    wanted = {DEMO_PARAMETER: _demo_id(desk)} if visit.is_demo() else {YEAR_PARAMETER: str(desk.head.id)}
    if VIEW in st.session_state:
        wanted[VIEW_PARAMETER] = str(st.session_state[VIEW])
    if wanted != st.query_params.to_dict():
        st.query_params.from_dict(wanted)


def _demo_id(desk: Desk) -> str:
    return next(one for one, demo in DEMOS.items() if demo.city == desk.head.city.name)


def shown() -> Shown:
    """Give what :func:`refresh` worked out in this run."""
    return cast("Shown", st.session_state[SHOWN])


def trouble() -> Sentence | None:
    """Give what is wrong with the store now: why it cannot be read, or why the last save failed."""
    return cast("Sentence | None", st.session_state.get(TROUBLE)) or visit.current_desk().trouble

"""What a visit to the app holds: the store, the desk, the language, the number format – and what follows from them.

The form on the desk is the single truth of a page. Widgets are fed from it and write back into it through
callbacks, and every change is saved at once.

Streamlit breaks a run off when the next entry arrives, and each look into ``st.session_state`` is a place
where it may do so – even between saving an entry and taking note of it, which would leave a person in conflict
with herself. Changes therefore begin with :func:`undisturbed`, and change what is laid out in place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, cast

import streamlit as st

from cbi import desk as desks
from cbi.comparison import Step, baseline_of, score_in_history, step_between
from cbi.corrections import corrected
from cbi.definitions import Edition, edition
from cbi.demo import DEMOS, assessment_of_demo, open_demo_store
from cbi.demo import PERSON as DEMO_PERSON
from cbi.desk import Desk
from cbi.draft import Draft, Reading, draft_of, read_draft
from cbi.editing import rewritten
from cbi.i18n import LANGUAGES, Sentence
from cbi.scoring import Result, Scorecard
from cbi.store import Store, StoreError, open_store
from cbi.store.contents import Content, contents_of, profile_place
from cbi.store.database import address
from cbi.store.paper_contents import PaperContent
from cbi.store.records import CityHistory, Kind, LastTime, Line, StoredSource
from cbi.views import visitor
from cbi.wording import Voice

NUMBER_FORMATS = {"en": "English", "zh_Hans": "简体中文", "de": "Deutsch", "fr": "Français", "es": "Español"}
"""Locales that numbers can be written in, each with the name that its readers know it by."""

LANGUAGE, NUMBER_FORMAT, PERSON, SHOWN = "language", "number_format", "person", "shown"
STORE, DEMO_FOLDER, DESK, AROUND, TROUBLE = "store", "demo folder", "desk", "around", "trouble"
"""The store of the visit, a demo's folder, what is laid out, the years around it, why the store fails."""
VIEW = "enter view"
"""The part of the index that the page Enter shows: a component or the profile."""
YEAR_PARAMETER, DEMO_PARAMETER, VIEW_PARAMETER = "assessment", "demo", "part"
"""What the address of a page names, so that a reload comes back to the same year and part of the index."""


@dataclass(frozen=True)
class Shown:
    """All that a page shows, worked out once a run. ``edition`` goes by the city's own bands where it has some.

    ``last`` is what was answered last time, ``last_draft`` the same as a form; ``since`` is the step from the
    baseline to this year under this edition, if there is one; ``own`` are the places that are not saved yet.
    """

    language: str
    edition: Edition
    desk: Desk
    reading: Reading
    card: Scorecard
    history: CityHistory
    last: LastTime | None
    last_draft: Draft | None
    since: Step | None
    own: Mapping[str, Content | None]
    is_demo: bool

    @property
    def draft(self) -> Draft:
        """The form as it stands."""
        return self.desk.draft

    @property
    def closed(self) -> bool:
        """Whether the year takes no change."""
        return not self.desk.head.open

    @property
    def waiting(self) -> tuple[str, ...]:
        """The places where last time's value was neither confirmed nor replaced."""
        if self.last is None:
            return ()
        stored = self.desk.stored
        offered = contents_of(self.last.assessment)
        return tuple(sorted(stored.carried | {place for place in offered if not stored.version(place)}))

    @property
    def waiting_counts(self) -> tuple[str, ...]:
        """Those that wait and are held against earlier years: each is confirmed by itself, never with all the rest."""
        compared = {profile_place(name) for name in self.edition.compared_inputs}
        return tuple(place for place in self.waiting if place in compared)

    def base(self, indicator: str) -> Result | None:
        """Give an indicator as it was scored in the baseline year; None where there is none or no points."""
        found = self.base_card.result(indicator) if self.base_card else None
        return found if found and found.is_scored else None

    @property
    def base_card(self) -> Scorecard | None:
        """The scorecard of the baseline year under this edition; None in the baseline year itself."""
        return self.since.before if self.since else None

    def number(self, value: Decimal | int | str) -> str:
        """Write a number in the chosen number format, with the digits that it has."""
        return Voice(self.edition, self.draft.number_format).number(value)

    def exact(self, value: Fraction) -> str:
        """Write a value before rounding; three dots stand for digits that were cut off."""
        return Voice(self.edition, self.draft.number_format).exact(value)


@dataclass(slots=True)
class LaidOut:
    """The desk as it stands, and by place the reasons that wait for the next change there; changed in place."""

    desk: Desk
    reasons: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Around:
    """What lies around the year on the desk: all years of the city, last time's answers, the last change."""

    mark: object
    history: CityHistory
    last: LastTime | None
    undoable: tuple[Line, ...]
    sources: tuple[StoredSource, ...] = ()


# The store and what lies on the desk


@st.cache_resource(show_spinner=False)
def _store_at(url: str) -> Store:
    return open_store(url)


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
        _recall_speech()
        _open_first()


def own_store() -> Store:
    """Give the store of this machine, one for all visits. Raises :class:`cbi.store.StoreError`."""
    return _store_at(address().render_as_string(hide_password=False))


def store() -> Store:
    """Give the store that this visit works in: that of the machine, or that of a demo."""
    return cast("Store", st.session_state[STORE])


def is_demo() -> bool:
    """Tell whether this visit looks at a demo city, whose changes are thrown away."""
    return DEMO_FOLDER in st.session_state


def _open_first() -> None:
    """Open the year that the address names, else the one that was changed last, else a demo city."""
    demo = st.query_params.get(DEMO_PARAMETER)
    latest = own_store().latest()
    if demo in DEMOS or latest is None:
        open_demo(demo if demo is not None and demo in DEMOS else next(iter(DEMOS)))
        return
    named = st.query_params.get(YEAR_PARAMETER, "")
    try:
        open_year(int(named) if named.isascii() and named.isdigit() and len(named) < 10 else latest)
    except StoreError:
        open_year(latest)


def open_year(assessment_id: int) -> None:
    """Lay a year of this machine's store on the desk. Raises :class:`cbi.store.StoreError`."""
    desk = desks.opened(own_store(), assessment_id, st.session_state[NUMBER_FORMAT])
    st.session_state[STORE] = own_store()
    st.session_state.pop(DEMO_FOLDER, None)
    _lay(desk)


def open_demo(demo_id: str) -> None:
    """Lay a demo city on the desk, in a store of its own that is thrown away with the visit."""
    state = st.session_state
    if not is_demo():
        folder = TemporaryDirectory(prefix="cbi-demo-", ignore_cleanup_errors=True)
        state[STORE], state[DEMO_FOLDER] = open_demo_store(Path(folder.name)), folder
    _lay(desks.opened(store(), assessment_of_demo(store(), DEMOS[demo_id]), state[NUMBER_FORMAT]))


def open_in_place(assessment_id: int) -> None:
    """Lay another year of the store that this visit works in on the desk."""
    _lay(desks.opened(store(), assessment_id, number_format()))


def _lay(desk: Desk) -> None:
    st.session_state[DESK] = LaidOut(desks.with_waiting(store(), desk, person()))


def current_desk() -> Desk:
    """Give the desk as it stands."""
    return cast("LaidOut", st.session_state[DESK]).desk


def undisturbed() -> dict[str, Any]:
    """Give all that the visit and its widgets hold, looked up in a way that never breaks a run off."""
    return st.session_state.to_dict()


# Once a run


def refresh() -> Shown:
    """Take in what others saved, read the form and score it: once a run, before anything is shown."""
    state = st.session_state
    state[TROUBLE] = None
    here, laid = store(), cast("LaidOut", state[DESK])
    try:
        laid.desk = desks.refreshed(here, laid.desk)
        around = _around(current_desk())
    except StoreError as error:
        state[TROUBLE] = error.sentence
        around = state.get(AROUND) or Around(None, CityHistory(current_desk().head.city, (), None), None, ())
    desk, language = current_desk(), chosen_language()
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
        is_demo(),
    )
    state[SHOWN] = found
    _name_in_address(desk)
    return found


def _around(desk: Desk) -> Around:
    """Give what lies around the year on the desk, read again only when something has changed."""
    mark = (id(store()), desk.head.id, desk.seen)
    known = cast("Around | None", st.session_state.get(AROUND))
    if known is None or known.mark != mark:
        here = desk.head.id
        city = desk.head.city.id
        known = Around(
            mark,
            store().history_of(city),
            store().last_time(here),
            store().last_change(here),
            store().sources.of_city(city),
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
    wanted = {DEMO_PARAMETER: _demo_id(desk)} if is_demo() else {YEAR_PARAMETER: str(desk.head.id)}
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
    return cast("Sentence | None", st.session_state.get(TROUBLE)) or current_desk().trouble


# Changes


def edit(change: Callable[[Draft, Edition], Draft]) -> None:
    """Change the form and save what has changed; ``change`` takes it with its edition and gives the new one."""
    held = undisturbed()
    laid = _laid(held)
    if laid.desk.head.open:
        laid.desk = replace(laid.desk, draft=change(laid.desk.draft, edition(laid.desk.draft.edition)))
        _save(held)


def save() -> None:
    """Save all that is not saved yet and can be read."""
    _save(undisturbed())


def _laid(held: Mapping[str, Any]) -> LaidOut:
    return cast("LaidOut", held[DESK])


def _save(held: Mapping[str, Any]) -> None:
    laid = _laid(held)
    before = laid.desk.stored
    laid.desk = desks.saved(held[STORE], laid.desk, _person(held), laid.reasons)
    after = laid.desk.stored
    laid.reasons = {place: why for place, why in laid.reasons.items() if after.version(place) == before.version(place)}


def give_reason(place: str, why: str) -> None:
    """Keep why a place is about to be changed; it goes into the history with the next change there."""
    laid = _laid(undisturbed())
    laid.reasons = {**laid.reasons, place: why}


def reason_given(place: str) -> str:
    """Give the reason that waits for the next change of a place."""
    return cast("LaidOut", st.session_state[DESK]).reasons.get(place, "")


def try_again() -> None:
    """Reach for the store again, and save what could not be saved; a store that is gone is never made anew."""
    if DESK in st.session_state:
        if attempt(lambda: store().reconnect()):
            save()
        return
    with suppress(StoreError):  # the run that follows says what is still wrong
        own_store().reconnect()


def keep_mine(place: str) -> None:
    """After a conflict: save one's own value over the other's."""
    held = undisturbed()
    laid = _laid(held)
    laid.desk = desks.kept_mine(held[STORE], laid.desk, place, _person(held))


def retake(place: str) -> None:
    """Put what the store holds now in one place into the form."""
    held = undisturbed()
    laid = _laid(held)

    def take() -> None:
        laid.desk = desks.retaken(held[STORE], laid.desk, place)

    attempt(take)


def last_change() -> tuple[Line, ...]:
    """Give the last change of this year, which :func:`undo` would undo; empty if there is none or no store."""
    return cast("Around", st.session_state[AROUND]).undoable if AROUND in st.session_state else ()


def sources() -> tuple[StoredSource, ...]:
    """List the city's register of sources."""
    around = cast("Around | None", st.session_state.get(AROUND))
    return around.sources if around else ()


def lines_of(place: str) -> tuple[Line, ...]:
    """Give the history of a place, the oldest line first; nothing while the store cannot be read."""
    try:
        return store().history(current_desk().head.id, place)
    except StoreError:
        return ()


def undo() -> None:
    """Undo the last change of this year, whoever made it, if it still is the one that was shown."""
    held = undisturbed()
    seen, here = held[AROUND].undoable if AROUND in held else (), _laid(held).desk.head.id
    if seen and attempt(lambda: held[STORE].undo(here, seen, person=_person(held))):
        for line in seen:
            retake(line.place)


def restore(place: str, version: int) -> None:
    """Put an earlier version of a place in force again."""
    held = undisturbed()
    desk = _laid(held).desk
    based_on = desk.stored.version(place)
    person_here = _person(held)
    if attempt(lambda: held[STORE].restore(desk.head.id, place, version, based_on=based_on, person=person_here)):
        retake(place)


def confirm(places: tuple[str, ...] | None = None) -> None:
    """Confirm that last time's values still hold: those of ``places``, or all that wait."""
    held = undisturbed()
    attempt(lambda: held[STORE].confirm(_laid(held).desk.head.id, places, person=_person(held)))
    for place in places or ():
        retake(place)


def attempt(step: Callable[[], object]) -> bool:
    """Do something with the store; what it cannot do is kept for the page to say."""
    try:
        step()
    except StoreError as error:
        laid = _laid(undisturbed())
        laid.desk = replace(laid.desk, trouble=error.sentence)
        return False
    return True


# Who, and how the page speaks


def person() -> str:
    """Give the name of the person who works here; in a demo nobody needs to say one."""
    return person_named() or (DEMO_PERSON if is_demo() else "")


def _person(held: Mapping[str, Any]) -> str:
    return str(held.get(PERSON) or "") or (DEMO_PERSON if DEMO_FOLDER in held else "")


def person_named() -> str:
    """Give the name that the person has said; empty if none."""
    return str(st.session_state.get(PERSON) or "")


def name_person(name: str) -> None:
    """Keep the name of the person, and save what has waited for it."""
    st.session_state[PERSON] = name.strip()
    visitor.keep_name(name)
    if DESK in st.session_state:
        save()


def chosen_language() -> str:
    """Give the language that the page speaks."""
    return str(st.session_state[LANGUAGE])


def number_format() -> str:
    """Give the locale that numbers are read and written in."""
    return str(st.session_state[NUMBER_FORMAT])


def on_phone() -> bool:
    """Tell whether the browser says that it runs on a phone."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def is_elsewhere() -> bool:
    """Tell whether the reader's browser runs on another computer than this program."""
    return st.context.ip_address is not None


def choose_language(language: str) -> None:
    """Speak another language; numbers follow, unless the person chose a format of their own."""
    if language not in LANGUAGES:
        return
    st.session_state[LANGUAGE] = language
    if number_format() in LANGUAGES:
        choose_number_format(language)
    else:
        _keep_speech()


def choose_number_format(wanted: str) -> None:
    """Write every number in another format from now on."""
    if wanted not in NUMBER_FORMATS:
        return
    st.session_state[NUMBER_FORMAT] = wanted
    _keep_speech()
    if DESK in st.session_state:
        laid = _laid(undisturbed())
        draft = rewritten(laid.desk.draft, edition(laid.desk.draft.edition), wanted)
        laid.desk = replace(laid.desk, draft=draft)


def _keep_speech() -> None:
    """Keep language and number format for the next visit of this person; a store that cannot is no trouble here."""
    name = person_named()
    if not name:
        return
    speech: PaperContent = {LANGUAGE: chosen_language(), NUMBER_FORMAT: number_format()}
    with suppress(StoreError):
        papers = own_store().papers
        known = papers.get(Kind.SETTING, _key_of_speech(name))
        papers.save(Kind.SETTING, _key_of_speech(name), speech, based_on=known.version if known else 0, person=name)


def _key_of_speech(name: str) -> str:
    return f"speech of {name}"[:200]


def _recall_speech() -> None:
    """Speak as this person chose in an earlier visit."""
    name = person_named()
    kept = own_store().papers.get(Kind.SETTING, _key_of_speech(name)) if name else None
    content = kept.content if kept and kept.content else {}
    if content.get(LANGUAGE) in LANGUAGES and content.get(NUMBER_FORMAT) in NUMBER_FORMATS:
        st.session_state.update({LANGUAGE: content[LANGUAGE], NUMBER_FORMAT: content[NUMBER_FORMAT]})

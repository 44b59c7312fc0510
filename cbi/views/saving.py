"""Changes to what lies on the desk, each saved at once; all begin undisturbed (see :mod:`cbi.views.visit`)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import Any, cast

import streamlit as st

from cbi import desk as desks
from cbi.definitions import Edition, edition
from cbi.draft import Draft
from cbi.store import StoreError
from cbi.store.errors import DatabaseError
from cbi.views import visit, visitor
from cbi.views.visit import AROUND, DESK, PERSON, STORE, LaidOut


def edit(change: Callable[[Draft, Edition], Draft]) -> None:
    """Change the form and save what has changed; ``change`` takes it with its edition and gives the new one."""
    held = visit.undisturbed()
    laid = visit.laid(held)
    if laid.desk.head.open:
        laid.desk = replace(laid.desk, draft=change(laid.desk.draft, edition(laid.desk.draft.edition)))
        _save(held)


def save() -> None:
    """Save all that is not saved yet and can be read."""
    _save(visit.undisturbed())


def _save(held: Mapping[str, Any]) -> None:
    laid = visit.laid(held)
    before = laid.desk.stored
    laid.desk = desks.saved(held[STORE], laid.desk, visit.person_of(held), laid.reasons)
    after = laid.desk.stored
    laid.reasons = {place: why for place, why in laid.reasons.items() if after.version(place) == before.version(place)}


def give_reason(place: str, why: str) -> None:
    """Keep why a place is about to be changed; it goes into the history with the next change there."""
    laid = visit.laid(visit.undisturbed())
    laid.reasons = {**laid.reasons, place: why}


def reason_given(place: str) -> str:
    """Give the reason that waits for the next change of a place."""
    return cast("LaidOut", st.session_state[DESK]).reasons.get(place, "")


def try_again() -> None:
    """Reach for the store again, and save what could not be saved; a store that is gone is never made anew."""
    if DESK in st.session_state:
        if attempt(lambda: visit.store().reconnect()):
            save()
        return
    with suppress(StoreError):  # the run that follows says what is still wrong
        visit.own_store().reconnect()


def is_out_of_reach() -> bool:
    """Tell whether the database of this visit cannot be reached now; asked anew each time."""
    try:
        (visit.store() if DESK in st.session_state else visit.own_store()).granted()
    except DatabaseError:
        return True
    except StoreError:
        return False
    return False


def save_what_waits() -> None:
    """Save what could not be saved while the database was away, if there is a form already."""
    if DESK in st.session_state:
        save()


def keep_mine(place: str) -> None:
    """After a conflict: save one's own value over the other's."""
    held = visit.undisturbed()
    laid = visit.laid(held)
    laid.desk = desks.kept_mine(held[STORE], laid.desk, place, visit.person_of(held))


def retake(place: str) -> None:
    """Put what the store holds now in one place into the form."""
    held = visit.undisturbed()
    laid = visit.laid(held)

    def take() -> None:
        laid.desk = desks.retaken(held[STORE], laid.desk, place)

    attempt(take)


def put_aside(places: Sequence[str]) -> None:
    """Show what the store holds in these places again, instead of what could not be saved there."""
    laid = visit.laid(visit.undisturbed())
    laid.desk = replace(laid.desk, trouble=None)
    for place in places:
        retake(place)


def undo() -> None:
    """Undo the last change of this year, whoever made it, if it still is the one that was shown."""
    held = visit.undisturbed()
    seen, here = held[AROUND].undoable if AROUND in held else (), visit.laid(held).desk.head.id
    if seen and attempt(lambda: held[STORE].undo(here, seen, person=visit.person_of(held))):
        for line in seen:
            retake(line.place)


def restore(place: str, version: int) -> None:
    """Put an earlier version of a place in force again."""
    held = visit.undisturbed()
    desk = visit.laid(held).desk
    based_on = desk.stored.version(place)
    person_here = visit.person_of(held)
    if attempt(lambda: held[STORE].restore(desk.head.id, place, version, based_on=based_on, person=person_here)):
        retake(place)


def confirm(places: tuple[str, ...] | None = None) -> None:
    """Confirm that last time's values still hold: those of ``places``, or all that wait."""
    held = visit.undisturbed()
    attempt(lambda: held[STORE].confirm(visit.laid(held).desk.head.id, places, person=visit.person_of(held)))
    for place in places or ():
        retake(place)


def hold(place: str) -> None:
    """Confirm that the sources of a place hold for the figures that stand there now."""
    held = visit.undisturbed()
    desk = visit.laid(held).desk
    based_on = desk.stored.version(place)
    if attempt(lambda: held[STORE].hold(desk.head.id, place, based_on=based_on, person=visit.person_of(held))):
        retake(place)


def attempt(step: Callable[[], object]) -> bool:
    """Do something with the store; what it cannot do is kept for the page to say."""
    try:
        step()
    except StoreError as error:
        laid = visit.laid(visit.undisturbed())
        laid.desk = replace(laid.desk, trouble=error.sentence)
        return False
    return True


def name_person(name: str) -> None:
    """Keep the name of the person, and save what has waited for it."""
    st.session_state[PERSON] = name.strip()
    visitor.keep_name(name)
    if DESK in st.session_state:
        save()

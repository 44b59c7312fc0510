"""Who was asked for an answer of the open year, and until when, in a few words."""

from __future__ import annotations

from collections.abc import Iterable

from cbi.i18n import listed_apart, say
from cbi.reminders import day_said
from cbi.store.records import Assignment
from cbi.views import visit
from cbi.views.basics import told_errors
from cbi.views.shown import Shown


def of_year(shown: Shown) -> tuple[Assignment, ...]:
    """List what is asked of whom in the open year."""
    head = shown.desk.head
    with told_errors(shown.language):
        return tuple(one for one in visit.store().assignments.of_city(head.city.id) if one.head.id == head.id)
    return ()


def at(found: Iterable[Assignment], place: str, language: str) -> str:
    """Say who was asked for a place that waits for its answer, and until when; empty where nobody was."""
    here = [one for one in found if place in one.left]
    if not here:
        return ""
    told = (
        one.assignee
        if one.due is None
        else say("{name}, until {day}", name=one.assignee, day=day_said(one.due, language))
        for one in here
    )
    return say("asked of {people}", people=listed_apart(told)).text(language)

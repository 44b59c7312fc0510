"""Reminders of what people were asked to answer, as texts to copy into a letter; nothing is sent from here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from cbi.definitions import edition
from cbi.definitions.edition import PROFILE
from cbi.i18n import Sentence, say, translate, translate_number
from cbi.store.records import Assignment


def work_said(one: Assignment, language: str) -> str:
    """Name what was asked: an indicator with its number, a component, or the profile."""
    asked = edition(one.head.edition, language)
    if one.work == PROFILE:
        return translate("City profile", language)
    indicator = asked.find(one.work)
    if indicator is not None:
        return f"{indicator.number} {indicator.title}"
    return next((component.title for component in asked.components if component.id == one.work), one.work)


def day_said(day: date, language: str) -> str:
    """Write a day in the words of a language."""
    from babel.dates import format_date

    return format_date(day, "long", locale=language)


def reminder(
    assignments: Sequence[Assignment], today: date, language: str, *, address: str = "", sender: str = ""
) -> str:
    """Word a reminder of what one person or department has not answered; empty if nothing is left.

    It names each year once, with what waits there, until when, and how long it is overdue on ``today``; then the
    ``address`` at which the program is found, and who sends it.
    """
    waiting = [one for one in assignments if not one.done]
    if not waiting:
        return ""
    lines = [say("Dear {name},", name=waiting[0].assignee).text(language)]
    for head in dict.fromkeys(one.head for one in waiting):
        mine = [one for one in waiting if one.head == head]
        opening = say(
            "these answers to the City Biodiversity Index of {city} for {year} still wait for you:",
            city=head.city.name,
            year=head.year,
        )
        lines += ["", opening.text(language), *(f"– {_line(one, today, language)}" for one in mine)]
    if address:
        lines += ["", say("They are entered here: {address}", address=address).text(language)]
    return "\n".join([*lines, "", translate("Thank you.", language), *filter(None, [sender])])


def _line(one: Assignment, today: date, language: str) -> str:
    told = work_said(one, language)
    if one.left != (one.work,):
        told = say("{work} ({left})", work=told, left=_count(len(one.left), language)).text(language)
    if one.due is not None:
        told = _until(one, one.due, today, language, told).text(language)
    return say("{work} – {note}", work=told, note=one.note).text(language) if one.note else told


def _count(left: int, language: str) -> str:
    return translate_number("{count} answer left", "{count} answers left", left, language).format(count=left)


def _until(one: Assignment, due: date, today: date, language: str, told: str) -> Sentence:
    facts = {"work": told, "day": day_said(due, language)}
    if not one.overdue(today):
        return say("{work}, until {day}", **facts)
    days = (today - due).days
    late = translate_number("{count} day overdue", "{count} days overdue", days, language).format(count=days)
    return say("{work}, until {day} ({late})", **facts, late=late)

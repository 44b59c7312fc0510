"""Figures that count and yet stand less firmly than they look: only carried over, or beside the source of another."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

from cbi.assessment import Answer, Assessment, Entry
from cbi.definitions.edition import PROFILE, Edition
from cbi.gathering import Place, figure, owner_id, where
from cbi.i18n import Sentence, listed_apart, say
from cbi.numbers import Printed
from cbi.problems import Problem, Severity
from cbi.units import find_unit

OTHER_SOURCE = "source_of_another_figure"
"""The code of the warning that a source was given for another figure than the one it stands beside."""
_KINDS = ("area", "people", "money")


def doubts(edition: Edition, assessment: Assessment) -> Iterator[Problem]:
    """Warn of figures that are only last time's, and of sources that were given for other figures."""
    yield from _carried(edition, assessment)
    yield from _given_for_another(edition, assessment)


def _carried(edition: Edition, assessment: Assessment) -> Iterator[Problem]:
    """Name the figures that count although they are only last time's, so that no page or report passes them for new."""
    names = [name for name in edition.profile_inputs if name in assessment.carried and name in assessment.profile]
    if not names:
        return
    asked = edition.profile_inputs
    told = listed_apart(
        say("{label} ({figure})", label=asked[name].label, figure=figure(assessment.profile[name], asked[name]))
        for name in names
    )
    sentence = say(
        "Only carried over from an earlier year and not confirmed: {names}. "
        "Confirm or replace them in the city profile.",
        names=told,
    )
    yield Problem(Severity.WARNING, "carried_over", where(edition, PROFILE), sentence, None, None)


def _given_for_another(edition: Edition, assessment: Assessment) -> Iterator[Problem]:
    for (owner, name), before in assessment.given_for.items():
        now = figure_at(assessment, (owner, name))
        if now is None or not _is_asked(edition, owner, name):
            continue
        told = say(
            "{was}, and the figure is {now}",
            was=said_at(edition, owner, name, before),
            now=said_at(edition, owner, name, now),
        )
        label = label_at(edition, owner, name)
        if cites_the_same(before, now):
            sentence = say(
                "The source of “{label}” was given for {told}. Confirm that it holds for that too, or name another.",
                label=label,
                told=told,
            )
        else:
            sentence = say(
                "The note on “{label}” quotes a text on {told}. Confirm that it holds for that too, or write another.",
                label=label,
                told=told,
            )
        yield Problem(Severity.WARNING, OTHER_SOURCE, where(edition, owner), sentence, owner_id(owner), name or None)


def _is_asked(edition: Edition, owner: str, name: str) -> bool:
    if owner == PROFILE:
        return name in edition.profile_inputs
    indicator = edition.find(owner)
    return indicator is not None and (not name or name in indicator.inputs)


def label_at(edition: Edition, owner: str, name: str) -> str:
    """Name the figure of a place: its input, or the indicator whose finished value it is."""
    return edition.input(owner, name).label if name else edition.indicator(owner).title


def said_at(edition: Edition, owner: str, name: str, entry: Entry) -> Printed | Sentence:
    """Write a figure of a place, with its unit; a rung by its points."""
    if name:
        return figure(entry, edition.input(owner, name))
    indicator = edition.indicator(owner)
    for rung in indicator.ladder:
        if entry.value in (rung.id, rung.points):
            return say("rung {points}", points=rung.points)
    unit = (indicator.value.unit or "") if indicator.value else ""
    return figure(entry if entry.unit else replace(entry, unit=unit))


# Which figure a source speaks of


def figure_at(assessment: Assessment, place: Place) -> Entry | None:
    """Find the figure of a place (``profile`` or an indicator, id of the input or empty); None where there is none."""
    owner, name = place
    if owner == PROFILE:
        return assessment.profile.get(name)
    answer = assessment.answers.get(owner)
    return entries(answer).get(name) if answer else None


def entries(content: Entry | Answer | None) -> dict[str, Entry]:
    """List the numbers of a place by the names of their inputs, and a finished value or rung under no name.

    A figure of the profile has no name in its own place either. Words and ticks are no numbers: what speaks for them
    is not told by comparing.
    """
    if content is None:
        return {}
    if isinstance(content, Entry):
        return {"": content} if _is_number(content) else {}
    finished = {"": content.finished} if content.finished is not None else {}
    return {name: entry for name, entry in content.inputs.items() if _is_number(entry)} | finished


def _is_number(entry: Entry) -> bool:
    parts = entry.value if isinstance(entry.value, tuple) else (entry.value,)
    return bool(parts) and all(isinstance(part, Decimal) for part in parts)


def backed(before: Entry | None, now: Entry) -> Entry:
    """Give the figure that source and note speak of, after a figure or its record was changed by hand.

    ``before`` is the one that they spoke of until then. As long as its source, or a note that quotes, stands beside
    another figure, they go on speaking of it.
    """
    if before is None or is_same_figure(before, now):
        return now
    return before if cites_the_same(before, now) or quotes_the_same(before, now) else now


def cites_the_same(one: Entry, other: Entry) -> bool:
    """Tell whether both name the same source."""
    return bool(one.source) and one.source == other.source


def quotes_the_same(one: Entry, other: Entry) -> bool:
    """Tell whether both carry the same note, and it quotes a text."""
    return quotes(one.note) and one.note == other.note


def quotes(note: str) -> bool:
    """Tell whether a note is a quotation, as a profile brings it along: a text that speaks of one figure and no other.

    A word in quotation marks within a note makes it none.
    """
    return note.lstrip().startswith("“")


def is_same_figure(one: Entry, other: Entry) -> bool:
    """Tell whether two figures are the same amount, in whatever units: 2.5 km² is 250 ha."""
    if one.unit == other.unit or not isinstance(one.value, Decimal) or not isinstance(other.value, Decimal):
        return (one.value, one.unit) == (other.value, other.unit)
    if not (one.value.is_finite() and other.value.is_finite()):
        return False
    for kind in _KINDS:
        first, second = find_unit(one.unit, kind), find_unit(other.unit, kind)
        if first is not None and second is not None and first.currency == second.currency:
            return first.factor * Fraction(one.value) == second.factor * Fraction(other.value)
    return False

"""What the pages say of results: in the reader's language, with numbers in the reader's format."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import streamlit as st
from babel.core import get_global

from cbi.draft import FINISHED, Spot
from cbi.i18n import say, translate, translate_number
from cbi.labels import state_of
from cbi.scoring import Result, Status, Totals
from cbi.store import readable
from cbi.store.contents import PROFILE_PREFIX
from cbi.store.records import Line
from cbi.units import AREA_UNITS, PEOPLE_UNITS
from cbi.views.basics import plain
from cbi.views.shown import Shown
from cbi.wording import (
    SHORT_TITLES,
    band_label,
    band_reached,
    capital,
    name_of,
    next_step,
    points,
    points_of,
    rounding,
    totals_line,
    value_of,
)

__all__ = [
    "SHORT_TITLES", "band_label", "band_reached", "capital", "name_of", "next_step", "points", "points_of", "rounding",
    "totals_line", "value_of",
]  # fmt: skip

AREA_SIGNS = {unit.id: unit.sign for unit in AREA_UNITS}
PEOPLE_SIGNS = {unit.id: unit.sign for unit in PEOPLE_UNITS}
CURRENCIES = frozenset(
    code for used in get_global("territory_currencies").values() for code, _, end, tender in used if tender and not end
)
"""The currencies that are in use today, by Unicode CLDR."""
BOTH_SCRIPTS = {"mu": "mu 亩", "wan_mu": "wan mu 万亩", "wan": "wan 万"}


def heading(shown: Shown) -> str:
    """Name city, year and edition in one line, the city's name kept from being taken for Markdown."""
    city = plain(shown.card.city or translate("City without a name", shown.language))
    named = say("{edition} edition", edition=shown.edition.id).text(shown.language)
    return " · ".join(filter(None, [city, str(shown.card.year or ""), named]))


MULTIPLES = {"thousand": say("thousand"), "million": say("million")}


def unit_name(unit: str, language: str) -> str:
    """Name a unit in a list of choices."""
    if unit == "":
        return translate("persons", language)
    if unit in MULTIPLES:
        return MULTIPLES[unit].text(language)
    if unit in BOTH_SCRIPTS:
        sign = AREA_SIGNS.get(unit) or PEOPLE_SIGNS[unit]
        return sign if language == "zh_Hans" else BOTH_SCRIPTS[unit]
    return translate(AREA_SIGNS.get(unit, unit), language)


def field_name(shown: Shown, spot: Spot) -> str:
    """Name a field of the form as its label does."""
    year = translate("Year of the data", shown.language)
    if not spot.name:
        return year
    if spot.name == FINISHED:
        return translate("Finished value", shown.language)
    label = shown.edition.input(spot.owner, spot.name).label
    return f"{label} – {year}" if spot.part == "data_year" else label


def state(shown: Shown, result: Result) -> str:
    """Say in a few words why an indicator has no points, starting with a capital."""
    if any(spot.owner == result.indicator.id for spot in shown.reading.unread):
        return translate("Not scored: an entry cannot be read", shown.language)
    if result.status is Status.NOT_SCORED and result.reason is None:
        return translate("Not scored yet", shown.language)
    return capital(state_of(result).text(shown.language))


# The baseline


def base_totals(shown: Shown, totals: Totals | None) -> str:
    """Say the points of the baseline and on how many indicators they stand; empty where there is no baseline."""
    if totals is None:
        return ""
    return say(
        "Baseline {year}: {points} points, {scored} scored",
        year=shown.history.baseline,
        points=totals.points,
        scored=totals.scored,
    ).text(shown.language)


def base_value(shown: Shown, base: Result | None) -> str:
    """Say value and points of an indicator in the baseline year; empty where it was not scored."""
    if base is None or base.points is None:
        return ""
    said = ", ".join(filter(None, [value_of(shown, base), points(base.points, shown.language)]))
    return say("Baseline {year}: {value}", year=shown.history.baseline, value=said).text(shown.language)


# The store


def place_name(shown: Shown, place: str) -> str:
    """Name a place of the store: an indicator by number and title, a figure of the profile by its label."""
    if place.startswith(PROFILE_PREFIX):
        name = place.removeprefix(PROFILE_PREFIX)
        asked = shown.edition.profile_inputs.get(name)
        return asked.label if asked else name
    indicator = shown.edition.find(place)
    return f"{indicator.number} · {indicator.title}" if indicator else place


def when(time: datetime) -> str:
    """Write a moment to the minute, in the time of the reader's browser."""
    return f"{time.astimezone(zone()):%Y-%m-%d %H:%M}"


def zone() -> tzinfo:
    """Give the time zone of the reader's browser; UTC where it is not known."""
    try:
        return ZoneInfo(st.context.timezone or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return UTC


def act_line(shown: Shown, lines: Sequence[Line]) -> str:
    """Say in one line what an act changed, by whom and when; of an act in several places, how many they are."""
    if len(lines) == 1:
        return change_line(shown, lines[0])
    told = translate_number(
        "{count} figure or answer: {act}, {person}, {time}",
        "{count} figures and answers: {act}, {person}, {time}",
        len(lines),
        shown.language,
    )
    act = readable.ACTS[lines[0].act].text(shown.language)
    return told.format(count=len(lines), act=act, person=lines[0].person, time=when(lines[0].time))


def change_line(shown: Shown, line: Line) -> str:
    """Say in one line what changed, by whom and when: the figure, else whatever else of the answer is another now."""
    changed = readable.changes(line.place, line.before, line.after, shown.edition)
    first = next((one for one in changed if one.part == "value"), changed[0] if changed else None)
    if first is None:
        act = readable.ACTS[line.act]
        named = place_name(shown, line.place)
        told = say("{place}: {act}, {person}, {time}", place=named, act=act, person=line.person, time=when(line.time))
        return told.text(shown.language)
    of_profile = line.place.startswith(PROFILE_PREFIX)
    label = first.label if isinstance(first.label, str) else first.label.text(shown.language)
    place = place_name(shown, line.place)
    what = place if first.part == "value" else label if of_profile else f"{place}, {label}"
    return say(
        "{place}: {before} → {after}, {person}, {time}",
        place=what,
        before=clipped(first.before),
        after=clipped(first.after),
        person=line.person,
        time=when(line.time),
    ).text(shown.language)


def named_source(title: str, most: int = 90) -> str:
    """Shorten the title of a source for a line; titles of one series differ at their ends, so the middle goes."""
    flat = " ".join(title.split())
    if len(flat) <= most:
        return flat
    first, last = flat[: most // 2], flat[len(flat) - most // 2 :]
    # At a space where one is near: a Chinese title has none, and is cut between its characters.
    first = first[: max(first.rfind(" "), most // 3)]
    last = last[space + 1 :] if 0 <= (space := last.find(" ")) < most // 6 else last
    return f"{first.rstrip(' ,;:–-')} … {last.lstrip(' ,;:–-')}"


def clipped(text: str, most: int = 40) -> str:
    """Shorten a text for a line."""
    return text if len(text) <= most else f"{text[:most].rstrip()}…"

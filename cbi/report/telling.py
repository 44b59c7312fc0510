"""Short wordings that several parts of a report use: changes with their sign, figures as given, states."""

from __future__ import annotations

from decimal import Decimal
from unicodedata import east_asian_width

from cbi.assessment import Entry
from cbi.comparison import Difference
from cbi.definitions.models import Indicator, OwnInput
from cbi.gathering import SIGNS
from cbi.i18n import listed_apart, say
from cbi.labels import state_of
from cbi.numbers import measured
from cbi.report.setting import Setting
from cbi.scoring import Result, Status
from cbi.wording import Voice, band_reached, capital, change_in_points, signed, value_of


def points_change(voice: Voice, change: int) -> str:
    """Say a change of points: ``+1 point``, ``−2 points``, ``0 points``."""
    return change_in_points(change, signed(voice, change)).text(voice.language)


def change_of(voice: Voice, difference: Difference) -> str:
    """Say how an indicator changed: its points, and its value where there is one."""
    told = points_change(voice, difference.points or 0)
    value = difference.value
    asked = difference.after.indicator.value
    if value is None or asked is None:
        return told
    if asked.unit == "%":
        moved = say("{change} percentage points", change=signed(voice, value))
    else:
        moved = say("{change} {unit}", change=signed(voice, value), unit=asked.unit or "")
    return say("{points}; value {change}", points=told, change=moved.text(voice.language).strip()).text(voice.language)


def outcome(voice: Voice, result: Result) -> str:
    """Give the value as read with its unit, the rung reached, or in a few words why there is none."""
    if not result.is_scored:
        return state(voice, result)
    return value_of(voice, result) or band_reached(voice, result)


def state(voice: Voice, result: Result) -> str:
    """Say in a few words why an indicator has no points, starting with a capital."""
    if result.status is Status.NOT_SCORED and result.reason is None:
        return say("Not scored yet").text(voice.language)
    return capital(state_of(result).text(voice.language))


def given(voice: Voice, entry: Entry, asked: OwnInput | None) -> str:
    """Write a figure with the digits it was given with, in the reader's number format and words."""
    unit = SIGNS.get(entry.unit, entry.unit)
    if asked is not None and asked.kind in ("area", "list of area"):
        unit = unit or "ha"
    if asked is not None and asked.kind == "amount":
        unit = unit or asked.unit or ""
    items = {item.id: item.label for item in asked.items} if asked is not None else {}
    if isinstance(entry.value, Decimal):
        return measured(_number(voice, entry.value), unit, voice.language)
    if isinstance(entry.value, str):
        return items.get(entry.value, entry.value)
    parts = [items.get(part, part) if isinstance(part, str) else _number(voice, part) for part in entry.value]
    return measured(listed_apart(parts).text(voice.language), unit, voice.language)


def _number(voice: Voice, value: Decimal) -> str:
    return voice.number(value) if value.is_finite() else f"{value}"


def given_finished(voice: Voice, indicator: Indicator, entry: Entry) -> str:
    """Write a finished value as it was given, or the text of the rung."""
    for rung in indicator.ladder:
        if entry.value in (rung.id, rung.points):
            return rung.text
    unit = (indicator.value.unit or "") if indicator.value else ""
    return f"{given(voice, entry, None)} {'' if entry.unit else unit}".strip()


def indicator_names(setting: Setting, ids: tuple[str, ...]) -> str:
    """List indicators by number and title; what the edition does not ask is left out."""
    found = [setting.edition.find(name) for name in ids]
    names = [f"{one.number} {one.title}" for one in sorted(filter(None, found), key=lambda one: one.number)]
    return listed_apart(dict.fromkeys(names)).text(setting.language) if names else ""


def clipped(text: str, most: int) -> str:
    """Shorten a text to ``most`` narrow signs, at a space where there is one; a Chinese character takes two."""
    taken = 0
    for position, sign in enumerate(text):
        taken += 2 if east_asian_width(sign) in "WF" else 1
        if taken > most:
            cut = text[: max(position - 1, 0)]
            space = cut.rfind(" ")
            return f"{cut[: space if space > len(cut) // 2 else len(cut)].rstrip(' ,;–-')}…"
    return text

"""The fields of the form. Each is fed from the draft and writes back into it when it is changed.

A widget's state is set only where it differs from the draft: setting it anew in every run would wipe out
what a person is just typing in another field. Slots for sentences stand at fixed places for the same reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from cbi.assessment import LONGEST_TEXT
from cbi.definitions.edition import PROFILE
from cbi.definitions.models import OwnInput
from cbi.draft import FINISHED, Spot, readings_of
from cbi.editing import with_pick, with_text, with_tick, with_unit
from cbi.i18n import say, translate
from cbi.problems import Problem
from cbi.units import AREA_UNITS, OFFERED_MONEY, PEOPLE_UNITS
from cbi.views import past, saving, words
from cbi.views.basics import feed, key_of, key_of_list, plain, state_of, tell, tell_unread
from cbi.views.shown import Shown

UNIT_WIDTH = 132

AREA_CHOICES = tuple(unit.id for unit in AREA_UNITS)
PEOPLE_CHOICES = tuple(unit.id for unit in PEOPLE_UNITS)
MONEY_CHOICES = ("", *OFFERED_MONEY, *sorted(words.CURRENCIES - set(OFFERED_MONEY)))
"""Currencies that are offered, those of the index's cities first, then every one in use today."""

# Fields


def field(shown: Shown, owner: str, name: str, problems: Sequence[Problem] = (), hint: str = "") -> None:
    """Ask for one input of an indicator or of the profile, with its help and what is wrong about it right below.

    ``hint`` is said after the help.
    """
    asked = shown.edition.input(owner, name)
    match asked.kind:
        case "checklist":
            _checklist(shown, owner, name, asked)
        case "choice":
            _choice(shown, owner, name, asked)
        case "text" if owner == PROFILE:
            _text_area(shown, owner, name, asked.label)
        case _:
            _text(shown, owner, name, _label(asked), asked.kind)
    if asked.help or hint:
        st.caption(" ".join(filter(None, (plain(asked.help or ""), hint))))
    with st.container(gap="xsmall"):
        past.last_time(shown, owner, name)
        _unread(shown, owner, name)
        for problem in problems:
            tell(problem, shown.language)


def finished_field(shown: Shown, owner: str) -> None:
    """Ask for the finished value of an indicator, in the unit of its bands."""
    value = shown.edition.indicator(owner).value
    unit = value.unit if value and value.unit else ""
    _text(shown, owner, FINISHED, say("Finished value ({unit})", unit=unit).text(shown.language), "")
    with st.container(gap="xsmall"):
        past.last_time(shown, owner, FINISHED)
        _unread(shown, owner, FINISHED)


def _unread(shown: Shown, owner: str, name: str) -> None:
    """Say why a field cannot be read, and offer what may have been meant, to be chosen by a click."""
    spot = Spot(owner, name)
    tell_unread(shown.reading.unread.get(spot), shown.language)
    meant = readings_of(shown.draft, shown.edition, spot) if spot in shown.reading.unread else ()
    if not meant:
        return
    with st.container(horizontal=True):
        for reading in meant:
            st.button(
                say("It means {figure}", figure=plain(reading)).text(shown.language),
                key=key_of(owner, name, f"reading {reading}"),
                disabled=shown.locked(owner, name),
                on_click=_take_reading,
                args=(owner, name, reading),
            )
    told = say(
        "Numbers are read here in the form {pattern}. Do you write them otherwise? Settings has other number formats.",
        pattern=shown.number(Decimal("1234.5")),
    )
    st.caption(told.text(shown.language))


def _label(asked: OwnInput) -> str:
    unit = "%" if asked.kind == "percent" else asked.unit
    return f"{asked.label} ({unit})" if unit else asked.label


def _text(shown: Shown, owner: str, name: str, label: str, kind: str) -> None:
    typed = shown.draft.typed(owner, name)
    key, unit_key = key_of(owner, name, "text"), key_of_list(shown, owner, name, "unit")
    choices = _unit_choices(kind)
    unit = _unit_shown(shown, owner, name, kind)
    feed(key, typed.text)
    placeholder = (
        translate("one figure for each group, joined by ;", shown.language) if kind == "list of area" else None
    )
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.text_input(
            label,
            key=key,
            placeholder=placeholder,
            autocomplete="off",
            disabled=shown.locked(owner, name),
            on_change=_take_text,
            args=(owner, name, key, unit if choices else ""),
        )
        if choices:
            feed(unit_key, unit)
            st.selectbox(
                translate("Currency and unit", shown.language)
                if kind == "money"
                else translate("Unit", shown.language),
                choices if unit in choices else (*choices, unit),
                key=unit_key,
                format_func=lambda one: "–" if kind == "money" and not one else words.unit_name(one, shown.language),
                width=UNIT_WIDTH,
                disabled=shown.locked(owner, name),
                on_change=_take_unit,
                args=(owner, name, unit_key),
            )


def _text_area(shown: Shown, owner: str, name: str, label: str) -> None:
    key = key_of(owner, name, "text")
    feed(key, shown.draft.typed(owner, name).text)
    st.text_area(
        label,
        key=key,
        height="content",
        max_chars=LONGEST_TEXT,
        disabled=shown.locked(owner, name),
        on_change=_take_text,
        args=(owner, name, key, ""),
    )


def _unit_choices(kind: str) -> tuple[str, ...]:
    if kind in ("area", "list of area"):
        return AREA_CHOICES
    return {"people": PEOPLE_CHOICES, "money": MONEY_CHOICES}.get(kind, ())


def _unit_shown(shown: Shown, owner: str, name: str, kind: str) -> str:
    """Give the unit beside a figure: beside one that nobody has touched yet, the unit of last time's figure.

    An area that came without a unit was read in hectares, and says so.
    """
    typed = shown.draft.typed(owner, name)
    if shown.last_draft is not None and not shown.draft.holds(owner, name):
        typed = shown.last_draft.typed(owner, name)
    if typed.unit or kind not in ("area", "list of area"):
        return typed.unit
    return "ha" if typed.filled else shown.draft.usual_area_unit


def _checklist(shown: Shown, owner: str, name: str, asked: OwnInput) -> None:
    picks = shown.draft.typed(owner, name).picks
    st.markdown(asked.label)
    with st.container(gap="xsmall"):
        for item in asked.items:
            key = key_of(owner, name, f"tick {item.id}")
            feed(key, picks is not None and item.id in picks)
            st.checkbox(
                item.label,
                key=key,
                disabled=shown.locked(owner, name),
                on_change=_take_tick,
                args=(owner, name, item.id, key),
            )
        none = key_of(owner, name, "none")
        feed(none, picks == ())
        st.checkbox(
            translate("None of these", shown.language),
            key=none,
            disabled=shown.locked(owner, name),
            on_change=_take_tick,
            args=(owner, name, None, none),
        )


def _choice(shown: Shown, owner: str, name: str, asked: OwnInput) -> None:
    picks = shown.draft.typed(owner, name).picks
    labels = {"": translate("Not answered", shown.language)} | {item.id: item.label for item in asked.items}
    key = key_of_list(shown, owner, name, "pick")
    feed(key, picks[0] if picks and picks[0] in labels else "")
    st.selectbox(
        asked.label,
        list(labels),
        key=key,
        format_func=labels.__getitem__,
        disabled=shown.locked(owner, name),
        on_change=_take_pick,
        args=(owner, name, key),
    )


def ladder(shown: Shown, owner: str) -> None:
    """Ask for the rung of a ladder, every rung with its full text and its points."""
    indicator = shown.edition.indicator(owner)
    picks = shown.draft.typed(owner, FINISHED).picks
    labels = {"": translate("Not answered", shown.language)}
    labels |= {rung.id: f"**{rung.points}** – {plain(rung.text)}" for rung in indicator.ladder}
    key = key_of_list(shown, owner, FINISHED, "pick")
    feed(key, picks[0] if picks and picks[0] in labels else "")
    st.radio(
        translate("Highest step that is wholly true today", shown.language),
        list(labels),
        key=key,
        format_func=labels.__getitem__,
        disabled=shown.locked(owner),
        on_change=_take_pick,
        args=(owner, FINISHED, key),
    )
    with st.container(gap="xsmall"):
        past.last_time(shown, owner, FINISHED)
        tell_unread(shown.reading.unread.get(Spot(owner, FINISHED)), shown.language)


# Callbacks: from a widget into the draft


def _take_text(owner: str, name: str, key: str, unit: str) -> None:
    text = state_of(key)
    saving.edit(lambda draft, edition: with_text(draft, edition, owner, name, text, unit))


def _take_reading(owner: str, name: str, reading: str) -> None:
    saving.edit(lambda draft, edition: with_text(draft, edition, owner, name, reading))


def _take_unit(owner: str, name: str, key: str) -> None:
    unit = state_of(key)
    saving.edit(lambda draft, edition: with_unit(draft, edition, owner, name, unit))


def _take_pick(owner: str, name: str, key: str) -> None:
    picked = state_of(key)
    saving.edit(lambda draft, edition: with_pick(draft, edition, owner, name, picked))


def _take_tick(owner: str, name: str, item: str | None, key: str) -> None:
    ticked = bool(state_of(key))
    saving.edit(lambda draft, edition: with_tick(draft, edition, owner, name, item, ticked))

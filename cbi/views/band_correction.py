"""Entering the bands that the handbook prints: proved while they are typed, with what they change in each year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any, cast

import streamlit as st

from cbi.corrections import BandCorrection, CorrectionError, PrintedRung
from cbi.corrections.effect import effects
from cbi.corrections.keeping import keep_correction
from cbi.corrections.proof import MOST_DECIMALS
from cbi.corrections.typed import (
    FORM_NAMES,
    FORMS,
    Read,
    Typed,
    TypedBand,
    read_typed,
    rewritten,
    says_the_same,
    typed_as,
)
from cbi.definitions import Indicator, edition
from cbi.i18n import say, translate
from cbi.scoring import Result
from cbi.scoring.scorecard import MOST_POINTS
from cbi.store import StoreError
from cbi.views import band_effect, steps, visit, words
from cbi.views.basics import feed, leading, state_of, tell_unread
from cbi.views.shown import Shown
from cbi.views.visit import NUMBER_FORMAT

DRAFTS = "handbook/drafts"
"""What is typed of corrections and not kept yet, by indicator."""

FORM_WIDTH, EDGE_WIDTH, BOTH_EDGES = 150, 130, 300

Change = Callable[[Typed], Typed]


def enter(shown: Shown, result: Result, based_on: int) -> None:
    """Ask for the printed bands, prove them, show what they change, and offer to keep them."""
    language, name = shown.language, result.indicator.id
    typed = _draft(shown, result)
    asked = edition(shown.edition.id, language)
    read = read_typed(asked, name, typed, visit.person_named(), datetime.now(words.zone()).replace(microsecond=0))
    st.markdown(translate("Enter the bands exactly as your handbook prints them.", language))
    if typed.rungs:
        _rungs(shown, typed, asked.indicator(name))
    else:
        _decimals(shown, result, typed)
        for band in typed.bands:
            _band(shown, name, band, read)
    with st.container(gap="xsmall"):
        for sentence in read.wrong:
            tell_unread(sentence, language)
    _where(shown, name, typed)
    with st.container():
        _outcome(shown, result, read, based_on)


# What is typed


def _drafts() -> dict[str, Typed]:
    return cast("dict[str, Typed]", st.session_state.setdefault(DRAFTS, {}))


def _key(shown: Shown, name: str) -> str:
    return f"{shown.desk.head.city.id}/{shown.edition.id}/{name}"


def _draft(shown: Shown, result: Result) -> Typed:
    """Give what is typed of a correction; at first what the indicator is read by now."""
    key, number_format = _key(shown, result.indicator.id), str(st.session_state[NUMBER_FORMAT])
    typed = _drafts().get(key)
    if typed is None:
        typed = typed_as(result.indicator, number_format, result.correction)
    if typed.number_format != number_format:
        typed = rewritten(typed, number_format)
    _drafts()[key] = typed
    return typed


def place_of(name: str) -> str:
    """Name the place of an indicator, where it is said what the last step came to."""
    return f"handbook/{name}"


def forget(name: str) -> None:
    """Throw away what is typed of a correction of an indicator."""
    st.session_state[DRAFTS] = {key: typed for key, typed in _drafts().items() if not key.endswith(f"/{name}")}


def _change(key: str, change: Change) -> None:
    _drafts()[key] = change(_drafts()[key])


def _take_band(key: str, points: int, part: str, widget: str) -> None:
    found: dict[str, Any] = {part: state_of(widget)}

    def change(typed: Typed) -> Typed:
        bands = tuple(replace(band, **found) if band.points == points else band for band in typed.bands)
        return replace(typed, bands=bands)

    _change(key, change)


def _take_rung(key: str, rung_id: str, part: str, widget: str) -> None:
    found: dict[str, Any] = {part: st.session_state.get(widget)}

    def change(typed: Typed) -> Typed:
        rungs = tuple(replace(rung, **found) if rung.id == rung_id else rung for rung in typed.rungs)
        return replace(typed, rungs=rungs)

    _change(key, change)


def _take(key: str, part: str, widget: str) -> None:
    found: dict[str, Any] = {part: st.session_state.get(widget)}
    _change(key, lambda typed: replace(typed, **found))


# Bands


def _decimals(shown: Shown, result: Result, typed: Typed) -> None:
    key = _key(shown, result.indicator.id)
    widget = f"handbook/correct/{key}/decimals"
    feed(widget, typed.decimals)
    unit = result.indicator.value.unit if result.indicator.value else ""
    st.selectbox(
        say("Decimals that the bands are printed with ({unit})", unit=unit or "–").text(shown.language),
        list(range(MOST_DECIMALS + 1)),
        key=widget,
        width=FORM_WIDTH + 2 * EDGE_WIDTH,
        on_change=_take,
        args=(key, "decimals", widget),
    )


def _band(shown: Shown, name: str, band: TypedBand, read: Read) -> None:
    """Ask for the form and the limits of one band, with what is wrong about it right below."""
    language, key = shown.language, _key(shown, name)
    place = f"handbook/correct/{key}/{band.points}"
    wanted = words.points(band.points, language)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form = f"{place}/form/{language}"
        feed(form, band.form)
        st.selectbox(
            wanted,
            list(FORMS),
            key=form,
            format_func=lambda one: FORM_NAMES[one].text(language),
            width=FORM_WIDTH,
            on_change=_take_band,
            args=(key, band.points, "form", form),
        )
        labels = (say("lower limit"), say("upper limit")) if band.form == "between" else (say("limit"),)
        with st.container(horizontal=True, width=BOTH_EDGES if len(labels) > 1 else EDGE_WIDTH):
            for part, label in zip(("first", "second"), labels, strict=False):
                widget = f"{place}/{part}"
                feed(widget, getattr(band, part))
                st.text_input(
                    say("{points}, {limit}", points=wanted, limit=label).text(language),
                    key=widget,
                    autocomplete="off",
                    width=EDGE_WIDTH,
                    on_change=_take_band,
                    args=(key, band.points, part, widget),
                )
    with st.container(gap="xsmall"):
        tell_unread(read.beside.get(band.points), language)


# Ladders


def _rungs(shown: Shown, typed: Typed, defined: Indicator) -> None:
    """Ask for the points and the printed text of each step."""
    st.caption(
        translate(
            "Each step keeps its answers. Where the handbook says something else at a step, write its text here and "
            "look at the answers again.",
            shown.language,
        )
    )
    texts = {rung.id: rung.text for rung in defined.ladder}
    for rung in typed.rungs:
        _rung(shown, defined.id, rung, texts[rung.id])


def _rung(shown: Shown, name: str, rung: PrintedRung, defined: str) -> None:
    key = _key(shown, name)
    place = f"handbook/correct/{key}/{rung.id}"
    with st.container(horizontal=True, vertical_alignment="top"):
        feed(f"{place}/points", rung.points)
        st.selectbox(
            translate("Points", shown.language),
            list(range(MOST_POINTS + 1)),
            key=f"{place}/points",
            width=90,
            on_change=_take_rung,
            args=(key, rung.id, "points", f"{place}/points"),
        )
        feed(f"{place}/text", rung.text)
        st.text_area(
            translate("As it is printed, where it differs", shown.language),
            key=f"{place}/text",
            placeholder=defined,
            height="content",
            on_change=_take_rung,
            args=(key, rung.id, "text", f"{place}/text"),
        )


# Where it is printed, and what comes of it


def _where(shown: Shown, name: str, typed: Typed) -> None:
    language, key = shown.language, _key(shown, name)
    place = f"handbook/correct/{key}"
    labels = {
        "source": translate("Printing and page of the handbook", language),
        "note": translate("Note", language),
    }
    if not visit.person_named():
        st.text_input(translate("Your name", language), key=f"{place}/person", autocomplete="name")
    for part, label in labels.items():
        feed(f"{place}/{part}", getattr(typed, part))
        st.text_input(
            label, key=f"{place}/{part}", autocomplete="off", on_change=_take, args=(key, part, f"{place}/{part}")
        )


def _outcome(shown: Shown, result: Result, read: Read, based_on: int) -> None:
    """Show what the bands change, and offer to keep them; nothing while they are not proved."""
    language, correction = shown.language, read.correction
    if correction is None:
        return
    if says_the_same(edition(shown.edition.id, language), result.indicator, correction):
        st.caption(translate("So far these are the bands that are in force.", language))
        return
    band_effect.table(shown, effects(shown.history, correction, language))
    st.button(
        translate("Keep as the city's own bands", language),
        key=f"handbook/keep/{result.indicator.id}",
        icon=":material/edit_note:",
        type=leading(),
        on_click=_keep,
        args=(shown.edition.id, correction, f"handbook/correct/{_key(shown, result.indicator.id)}", based_on),
    )


def _keep(edition_id: str, correction: BandCorrection, place: str, based_on: int) -> None:
    name = correction.indicator
    person = steps.name_of_the_person(state_of(f"{place}/person").strip())
    mine = replace(correction, person=person)
    city_id = visit.current_desk().head.city.id
    try:
        keep_correction(visit.store(), city_id, edition(edition_id), mine, based_on=based_on, person=person)
    except (StoreError, CorrectionError) as error:
        steps.tell_later(place_of(name), error.sentence, done=False)
    else:
        forget(name)
        st.session_state.pop(f"handbook/answer/{name}", None)
        st.session_state.pop(f"handbook/change/{name}", None)
        steps.tell_later(
            place_of(name), say("Kept. From now on all years are scored by the city's own bands."), done=True
        )

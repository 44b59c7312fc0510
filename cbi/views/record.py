"""What makes a figure defensible: year of the data, quality, source, note – folded away beside it."""

from __future__ import annotations

from collections.abc import Callable

import streamlit as st

from cbi.assessment import LONGEST_TEXT, Quality
from cbi.definitions.edition import PROFILE
from cbi.draft import Spot
from cbi.editing import with_record
from cbi.i18n import translate
from cbi.labels import QUALITIES
from cbi.views import saving, visit, words
from cbi.views.basics import feed, fold, key_of, key_of_list, plain, state_of, tell_unread
from cbi.views.shown import Shown


def fold_of(shown: Shown, owner: str, name: str = "") -> None:
    """Fold away what makes a figure defensible, with a line that says what is recorded already.

    In the profile it belongs to the figure ``name``, under an indicator to the answer as a whole.
    """
    fold(
        translate("Year, source, quality", shown.language),
        key_of(owner, name, "record"),
        lambda: _record(shown, owner, name),
        icon=":material/fact_check:",
        summary=_record_summary(shown, owner, name),
    )
    with st.container():
        tell_unread(shown.reading.unread.get(Spot(owner, name, "data_year")), shown.language)


def _record(shown: Shown, owner: str, name: str) -> None:
    language = shown.language

    def stands(part: str) -> str | None:
        if owner == PROFILE:
            own = shown.draft.typed(owner, name).own
            return str(getattr(own, part)) if own else ""
        return shown.draft.answer(owner).agreed(part)

    several = translate("differs between the figures", language)

    def text(part: str, label: str) -> None:
        key = key_of(owner, name, part)
        value = stands(part)
        feed(key, value or "")
        st.text_input(
            label,
            key=key,
            max_chars=LONGEST_TEXT,
            autocomplete="off",
            placeholder=several if value is None else None,
            disabled=shown.locked(owner, name),
            on_change=_take_record,
            args=(owner, name, part, key),
        )

    with st.container(horizontal=True):
        text("data_year", translate("Year of the data", language))
        qualities = {"": "–"} | {quality.value: words_for.text(language) for quality, words_for in QUALITIES.items()}
        key = key_of_list(shown, owner, name, "quality")
        quality = stands("quality")
        feed(key, quality if quality in qualities else "")
        st.selectbox(
            translate("Quality", language),
            list(qualities),
            key=key,
            format_func=qualities.__getitem__,
            disabled=shown.locked(owner, name),
            on_change=_take_record,
            args=(owner, name, "quality", key),
        )
    _source(shown, owner, name, text)
    text("note", translate("Note", language))
    if not _has_figure(shown, owner, name):
        st.caption(translate("Saved together with the figure.", language))


def _has_figure(shown: Shown, owner: str, name: str) -> bool:
    if owner == PROFILE:
        return shown.draft.typed(owner, name).filled
    return any(typed.filled for typed in shown.draft.answer(owner).inputs.values())


def _source(shown: Shown, owner: str, name: str, text: Callable[[str, str], None]) -> None:
    """Ask for the source: typed, or one of the city's register; a new one the register takes up."""
    known = [one.source.title for one in visit.sources()]
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text("source", translate("Source", shown.language))
        if known:
            key = key_of_list(shown, owner, name, "known source")
            st.selectbox(
                translate("Take one of the city's sources", shown.language),
                known,
                index=None,
                key=key,
                placeholder=translate("Choose", shown.language),
                format_func=lambda one: words.named_source(one, 110),
                disabled=shown.locked(owner, name),
                on_change=_take_known_source,
                args=(owner, name, key),
            )
    st.caption(translate("Several sources: put a semicolon (;) between their titles.", shown.language))


def _record_summary(shown: Shown, owner: str, name: str) -> str:
    """Say in one short line what is recorded of a figure: year, quality, source."""
    if owner == PROFILE:
        own = shown.draft.typed(owner, name).own
        year, quality, source = (own.data_year, own.quality, own.source) if own else ("", "", "")
    else:
        answer = shown.draft.answer(owner)
        year, quality, source = (answer.agreed(part) or "" for part in ("data_year", "quality", "source"))
    known = QUALITIES[Quality(quality)].text(shown.language) if quality in set(Quality) else ""
    return " · ".join(filter(None, (plain(year), known, plain(words.named_source(source, 110)))))


def _take_record(owner: str, name: str, part: str, key: str) -> None:
    text = state_of(key)
    saving.edit(lambda draft, _: with_record(draft, owner, name, part, text))


def _take_known_source(owner: str, name: str, key: str) -> None:
    chosen = state_of(key)
    st.session_state[key] = None
    saving.edit(lambda draft, _: with_record(draft, owner, name, "source", chosen))

"""The fields of the form. Each is fed from the draft and writes back into it when it is changed.

A widget's state is set only where it differs from the draft: setting it anew in every run would wipe out
what a person is just typing in another field. Slots for sentences stand at fixed places for the same reason.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import streamlit as st

from cbi.assessment import Quality
from cbi.definitions.edition import PROFILE
from cbi.definitions.models import OwnInput
from cbi.draft import FINISHED, Draft, Spot
from cbi.editing import with_pick, with_record, with_text, with_tick, with_unit
from cbi.i18n import Sentence, say, translate
from cbi.labels import QUALITIES
from cbi.problems import Problem, Severity
from cbi.units import AREA_UNITS, PEOPLE_UNITS
from cbi.views import session, words
from cbi.views.session import Shown

UNIT_WIDTH = 132

AREA_CHOICES = tuple(unit.id for unit in AREA_UNITS)
PEOPLE_CHOICES = tuple(unit.id for unit in PEOPLE_UNITS)
MONEY_CHOICES = (
    "",
    "CNY",
    "万 CNY",
    "亿 CNY",
    "EUR",
    "million EUR",
    "USD",
    "million USD",
    "INR",
    "million INR",
    "SGD",
    "million SGD",
)
"""Currencies that are offered; any other may be typed."""

ICONS = {Severity.ERROR: ":material/error:", Severity.WARNING: ":material/warning:", Severity.NOTE: ":material/info:"}


def feed(key: str, value: object) -> None:
    """Let the widget with this key show ``value``, leaving alone a widget that shows it already."""
    if key not in st.session_state or st.session_state[key] != value:
        st.session_state[key] = value


def key_of(owner: str, name: str, part: str) -> str:
    """Make the key of a widget from the place in the form that it belongs to."""
    return f"{owner}/{name}/{part}"


def key_of_list(shown: Shown, owner: str, name: str, part: str) -> str:
    """Make the key of a widget that offers worded options; another one in each language and edition.

    A browser names a chosen option by its words. Under one key it would still send those of the language
    before, which are no option any more and would pass for something new.
    """
    return f"{key_of(owner, name, part)}/{shown.edition.id}/{shown.language}"


def tell(problem: Problem, language: str, before: str = "") -> None:
    """Show a problem in a box whose colour, icon and words all say how grave it is."""
    box = {Severity.ERROR: st.error, Severity.WARNING: st.warning, Severity.NOTE: st.info}[problem.severity]
    box(f"{before}{plain(problem.sentence.text(language))}", icon=ICONS[problem.severity])


def tell_unread(sentence: Sentence | None, language: str) -> None:
    """Show beside a field why it could not be read; nothing if it could."""
    if sentence is not None:
        st.error(plain(sentence.text(language)), icon=ICONS[Severity.ERROR])


def plain(text: str) -> str:
    """Keep what people typed from being taken for Markdown."""
    for sign in "\\`*_[]$~<>#":
        text = text.replace(sign, f"\\{sign}")
    return text


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
    with st.container():
        tell_unread(shown.reading.unread.get(Spot(owner, name)), shown.language)
        for problem in problems:
            tell(problem, shown.language)


def finished_field(shown: Shown, owner: str) -> None:
    """Ask for the finished value of an indicator, in the unit of its bands."""
    value = shown.edition.indicator(owner).value
    unit = value.unit if value and value.unit else ""
    _text(shown, owner, FINISHED, say("Finished value ({unit})", unit=unit).text(shown.language), "")
    with st.container():
        tell_unread(shown.reading.unread.get(Spot(owner, FINISHED)), shown.language)


def _label(asked: OwnInput) -> str:
    unit = "%" if asked.kind == "percent" else asked.unit
    return f"{asked.label} ({unit})" if unit else asked.label


def _text(shown: Shown, owner: str, name: str, label: str, kind: str) -> None:
    typed = shown.draft.typed(owner, name)
    key, unit_key = key_of(owner, name, "text"), key_of_list(shown, owner, name, "unit")
    choices = _unit_choices(kind)
    unit = _unit_shown(shown.draft, owner, name, kind)
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
            on_change=_take_text,
            args=(owner, name, key, unit if choices else ""),
        )
        if choices:
            feed(unit_key, unit)
            st.selectbox(
                translate("Currency", shown.language) if kind == "money" else translate("Unit", shown.language),
                choices if unit in choices else (*choices, unit),
                key=unit_key,
                format_func=lambda one: words.unit_name(one, shown.language) if kind != "money" else one or "–",
                accept_new_options=kind == "money",
                width=UNIT_WIDTH,
                on_change=_take_unit,
                args=(owner, name, unit_key),
            )


def _text_area(shown: Shown, owner: str, name: str, label: str) -> None:
    key = key_of(owner, name, "text")
    feed(key, shown.draft.typed(owner, name).text)
    st.text_area(label, key=key, height="content", on_change=_take_text, args=(owner, name, key, ""))


def _unit_choices(kind: str) -> tuple[str, ...]:
    if kind in ("area", "list of area"):
        return AREA_CHOICES
    return {"people": PEOPLE_CHOICES, "money": MONEY_CHOICES}.get(kind, ())


def _unit_shown(draft: Draft, owner: str, name: str, kind: str) -> str:
    """Give the unit beside a figure; an area that came without one was read in hectares, and says so."""
    typed = draft.typed(owner, name)
    if typed.unit or kind not in ("area", "list of area"):
        return typed.unit
    return "ha" if typed.filled else draft.usual_area_unit


def _checklist(shown: Shown, owner: str, name: str, asked: OwnInput) -> None:
    picks = shown.draft.typed(owner, name).picks
    st.markdown(asked.label)
    with st.container(gap="xsmall"):
        for item in asked.items:
            key = key_of(owner, name, f"tick {item.id}")
            feed(key, picks is not None and item.id in picks)
            st.checkbox(item.label, key=key, on_change=_take_tick, args=(owner, name, item.id, key))
        none = key_of(owner, name, "none")
        feed(none, picks == ())
        st.checkbox(
            translate("None of these", shown.language), key=none, on_change=_take_tick, args=(owner, name, None, none)
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
        on_change=_take_pick,
        args=(owner, FINISHED, key),
    )
    with st.container():
        tell_unread(shown.reading.unread.get(Spot(owner, FINISHED)), shown.language)


# Records


def record_fold(shown: Shown, owner: str, name: str = "") -> None:
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
            autocomplete="off",
            placeholder=several if value is None else None,
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
            on_change=_take_record,
            args=(owner, name, "quality", key),
        )
    text("source", translate("Source", language))
    text("note", translate("Note", language))


def _record_summary(shown: Shown, owner: str, name: str) -> str:
    """Say in one short line what is recorded of a figure: year, quality, source."""
    if owner == PROFILE:
        own = shown.draft.typed(owner, name).own
        year, quality, source = (own.data_year, own.quality, own.source) if own else ("", "", "")
    else:
        answer = shown.draft.answer(owner)
        year, quality, source = (answer.agreed(part) or "" for part in ("data_year", "quality", "source"))
    known = QUALITIES[Quality(quality)].text(shown.language) if quality in set(Quality) else ""
    return " · ".join(filter(None, (plain(year), known, clipped(source, 110))))


def clipped(text: str, most: int = 60) -> str:
    """Shorten a text for a label of one line, and keep it from being taken for Markdown."""
    return plain(text if len(text) <= most else f"{text[:most].rstrip()}…")


# Callbacks: from a widget into the draft


def _take_text(owner: str, name: str, key: str, unit: str) -> None:
    text = _state(key)
    session.edit(lambda draft, edition: with_text(draft, edition, owner, name, text, unit))


def _take_unit(owner: str, name: str, key: str) -> None:
    unit = _state(key)
    session.edit(lambda draft, edition: with_unit(draft, edition, owner, name, unit))


def _take_pick(owner: str, name: str, key: str) -> None:
    picked = _state(key)
    session.edit(lambda draft, edition: with_pick(draft, edition, owner, name, picked))


def _take_tick(owner: str, name: str, item: str | None, key: str) -> None:
    ticked = bool(st.session_state.get(key))
    session.edit(lambda draft, edition: with_tick(draft, edition, owner, name, item, ticked))


def _take_record(owner: str, name: str, part: str, key: str) -> None:
    text = _state(key)
    session.edit(lambda draft, _: with_record(draft, owner, name, part, text))


def _state(key: str) -> str:
    return str(st.session_state.get(key) or "")


def fold(label: str, key: str, inside: Callable[[], None], *, icon: str | None = None, summary: str = "") -> None:
    """Show a fold whose inside is made only while it is open, which keeps long pages quick.

    ``label`` must stay the same while people type inside: a fold with another label is another fold, and
    would close on them. What changes goes into ``summary``, shown while the fold is closed.
    """
    folded = st.expander(label, key=key, icon=icon, type="compact", on_change="rerun")
    with st.container():
        if not folded.open and summary:
            st.caption(summary)
    if folded.open:
        with folded:
            inside()

"""Action areas, their commitments and their actions, each with the indicators that it moves; all to be edited."""

from __future__ import annotations

import datetime
from dataclasses import replace

import streamlit as st

from cbi.citieswithnature import Action, ActionArea, Commitment, Statement
from cbi.citieswithnature.editing import (
    add_action,
    add_commitment,
    edit_action,
    edit_commitment,
    remove_action,
    remove_commitment,
)
from cbi.definitions.platform import KnownAction
from cbi.i18n import listed, say, translate
from cbi.views import keeping, words
from cbi.views.basics import fold, plain
from cbi.views.keeping import Opened, Step, WrongEntryError
from cbi.views.shown import Shown

FIRST_DAY, LAST_DAY = datetime.date(1990, 1, 1), datetime.date(2099, 12, 31)
NO_TITLE = say("Give it a title first.")
BASELINE = say("Baseline of the action")
"""Where an action begins; not the baseline year of the index."""


def text(given: str) -> str:
    """Show a text of several lines as it was typed."""
    return plain(given.strip()).replace("\n", "  \n")


def areas(shown: Shown, of: Opened) -> None:
    """Show all areas with their commitments and actions."""
    language = shown.language
    st.header(translate("Actions", language), anchor=False)
    st.markdown(
        translate(
            "Which indicators an action moves is our own mapping; change it where the city knows better.", language
        )
    )
    for position, area in enumerate(of.profile.areas):
        number = f"{area.number} · " if area.number else ""
        called = of.known.area_called(area) or translate("Other actions", language)
        st.subheader(f"{number}{plain(called)}", anchor=False)
        for commitment in area.commitments:
            _commitment(shown, of, area, commitment)
        name = f"new commitment {position}"
        if keeping.is_editing(of, name):
            _new_commitment(of, name, position, area, language)
        else:
            keeping.edit_button(of, name, translate("Add a commitment", language), ":material/add:")


# Commitments


def _commitment(shown: Shown, of: Opened, area: ActionArea, commitment: Commitment) -> None:
    language, adding = shown.language, f"new action {commitment.key}"
    with st.container(border=True):
        if keeping.is_editing(of, f"commitment {commitment.key}"):
            _commitment_form(of, commitment, language)
        else:
            without = translate("Commitment without a heading", language)
            st.markdown(f"**{plain(of.known.commitment_called(commitment)) or without}**")
        with st.container(gap="xsmall"):
            for action in commitment.actions:
                _action(shown, of, action)
        if keeping.is_editing(of, adding):
            _action_form(shown, of, adding, Action(""), commitment.key, _offered(of, area, commitment))
        else:
            with st.container(horizontal=True):
                keeping.edit_button(of, adding, translate("Add an action", language), ":material/add:")
                keeping.edit_button(of, f"commitment {commitment.key}", translate("Edit the commitment", language))


def _commitment_form(of: Opened, commitment: Commitment, language: str) -> None:
    key = of.field(f"commitment {commitment.key}")

    def save() -> Step:
        title = _typed(key)
        return lambda one: edit_commitment(one, commitment.key, title)

    with keeping.form(
        of, f"commitment {commitment.key}", language, save, lambda one: remove_commitment(one, commitment.key)
    ):
        st.text_input(translate("Title", language), commitment.title, key=key, autocomplete="off")
        if commitment.actions:
            st.caption(translate("Its actions are removed with it.", language))


def _new_commitment(of: Opened, name: str, position: int, area: ActionArea, language: str) -> None:
    key = of.field(name)
    here = next((one.id for one in of.known.platform.areas if one.number == area.number), None)
    offered = [one.title for one in of.known.platform.commitments if here in (None, one.area)]

    def save() -> Step:
        title = _typed(key)
        return lambda one: add_commitment(one, position, Commitment(title))

    with keeping.form(of, name, language, save):
        _title_field(key, offered, language)


def _title_field(key: str, offered: list[str], language: str) -> None:
    """Ask for a title: one of those that the platform offers, or one of the city's own, which goes before."""
    st.selectbox(
        translate("One of the platform's titles", language),
        offered,
        index=None,
        key=_of_the_platform(key),
        placeholder=translate("Choose", language),
    )
    st.text_input(translate("Or a title of your own", language), key=key, autocomplete="off")


def _of_the_platform(key: str) -> str:
    return f"{key}/offered"


def _typed(key: str) -> str:
    given = (st.session_state.get(one) for one in (key, _of_the_platform(key)))
    title = next((text for one in given if (text := " ".join(str(one or "").split()))), "")
    if not title:
        raise WrongEntryError(NO_TITLE)
    return title


# Actions


def _action(shown: Shown, of: Opened, action: Action) -> None:
    language = shown.language
    moved = of.known.moved_by(action)
    numbers = [one.number for one in of.known.edition.indicators if one.id in moved]
    told = [
        translate("has a baseline", language) if action.baseline else "",
        translate("has a target", language) if action.target else "",
        say("moves {numbers}", numbers=listed(numbers)).text(language) if numbers else "",
    ]
    title = plain(of.known.called(action.title)) or translate("without a title", language)
    with st.container(gap=None):
        fold(
            f"**{title}**",
            of.key(f"action {action.key}"),
            lambda: _inside(shown, of, action),
            summary=" · ".join(filter(None, told)),
        )


def _inside(shown: Shown, of: Opened, action: Action) -> None:
    language, name = shown.language, f"action form {action.key}"
    if keeping.is_editing(of, name):
        _action_form(shown, of, name, action)
        return
    if of.known.called(action.title) != action.title:
        st.caption(plain(action.title))
    if action.description:
        _part(translate("What the city does", language), action.description, action.updated, language)
    for label, part in ((BASELINE, action.baseline), (say("Target"), action.target)):
        if part is not None:
            _part(label.text(language), part.text, part.updated, language)
    _moved(shown, of, action)
    keeping.edit_button(of, name, translate("Edit", language))


def _part(label: str, given: str, updated: datetime.date | None, language: str) -> None:
    day = say("updated {date}", date=updated.isoformat()).text(language) if updated else ""
    head = " · ".join(filter(None, (f"**{label}**", day)))
    st.markdown(f"{head}  \n{text(given) or '–'}")


def _moved(shown: Shown, of: Opened, action: Action) -> None:
    """List the indicators that an action moves, with the points of today beside them."""
    language, moved = shown.language, of.known.moved_by(action)
    lines = []
    for one in of.known.edition.indicators:
        if one.id in moved:
            here = shown.edition.find(one.id)
            title = here.title if here else one.title
            lines.append(f"- {one.number} · {plain(title)} · {_today(shown, one.id)}")
    label = translate("Moves the indicators", language)
    st.markdown("\n".join([f"**{label}**\n", *(lines or [translate("none that we know of", language)])]))


def _today(shown: Shown, indicator: str) -> str:
    """Say the points of an indicator as they stand today."""
    here = shown.card.result(indicator) if shown.edition.find(indicator) else None
    if here is None or here.points is None:
        return translate("no points yet", shown.language)
    points = words.points_of(here, shown.language)
    told = say("today {points} points", points=points).text(shown.language)
    return f"**{told}**"


def _offered(of: Opened, area: ActionArea, commitment: Commitment) -> dict[str, KnownAction]:
    """Offer the actions of the platform that belong to a commitment, else those of its area; by title."""
    platform = of.known.platform
    known = of.known.commitment(commitment.title)
    ids = {one.id for one in platform.commitments if one == known or one.title == commitment.title}
    area_ids = {one.id for one in platform.areas if one.number == area.number}
    ids = ids or {one.id for one in platform.commitments if one.area in area_ids}
    return {one.title: one for one in platform.actions if one.commitment in ids}


def _action_form(
    shown: Shown,
    of: Opened,
    name: str,
    action: Action,
    commitment: str = "",
    offered: dict[str, KnownAction] | None = None,
) -> None:
    """Ask for all that an action says; a new one goes into the commitment with the key ``commitment``."""
    language, is_new = shown.language, offered is not None
    remove: Step | None = None if is_new else lambda one: remove_action(one, action.key)

    def save() -> Step:
        changed = _read_action(of, name, action, offered or {})
        if is_new:
            return lambda one: add_action(one, commitment, changed)
        return lambda one: edit_action(one, changed)

    with keeping.form(of, name, language, save, remove):
        if is_new:
            _title_field(of.field(f"{name} title"), list(offered or {}), language)
        else:
            st.text_input(translate("Title", language), action.title, key=of.field(f"{name} title"), autocomplete="off")
        parts = {
            "description": (say("What the city does"), action.description, action.updated),
            "baseline": (BASELINE, *_stated(action.baseline)),
            "target": (say("Target"), *_stated(action.target)),
        }
        for part, (label, given, day) in parts.items():
            words_field, day_field = st.columns([3, 1])
            words_field.text_area(label.text(language), given, key=of.field(f"{name} {part}"), height="content")
            day_field.date_input(
                say("{part}: last update", part=label).text(language), day, FIRST_DAY, LAST_DAY,
                key=of.field(f"{name} {part} day"), format="YYYY-MM-DD",
            )  # fmt: skip
        titles = {one.id: f"{one.number} · {one.title}" for one in of.known.edition.indicators}
        st.multiselect(
            translate("Moves the indicators", language),
            list(titles),
            list(of.known.moved_by(action)),
            format_func=titles.__getitem__,
            key=of.field(f"{name} moves/{language}"),
            placeholder=translate("as the platform's action does, if one is chosen above", language)
            if is_new
            else None,
        )


def _stated(part: Statement | None) -> tuple[str, datetime.date | None]:
    return (part.text, part.updated) if part else ("", None)


def _read_action(of: Opened, name: str, action: Action, offered: dict[str, KnownAction]) -> Action:
    """Read an action from the fields of its form; links that are those of the mapping stay left to it."""
    state = st.session_state
    title = _typed(of.field(f"{name} title"))
    chosen = tuple(state.get(of.field(f"{name} moves/{of.known.language}")) or ())
    if not chosen and title in offered:
        chosen = offered[title].moves
    changed = replace(
        action,
        title=title,
        description=str(state.get(of.field(f"{name} description")) or "").strip(),
        updated=state.get(of.field(f"{name} description day")),
        baseline=_statement(of, f"{name} baseline", action.baseline),
        target=_statement(of, f"{name} target", action.target),
    )
    mapped = set(of.known.moved_by(replace(changed, indicators=None)))
    return replace(changed, indicators=None if set(chosen) == mapped else chosen)


def _statement(of: Opened, name: str, before: Statement | None) -> Statement | None:
    said, day = str(st.session_state.get(of.field(name)) or "").strip(), st.session_state.get(of.field(f"{name} day"))
    if not said and day is None:
        return None
    return replace(before or Statement(""), text=said, updated=day)

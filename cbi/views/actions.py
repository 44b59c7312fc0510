"""Actions: what do we do for nature? The city's profile: achievements, commitments, actions, pathway, tools."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import streamlit as st

from cbi.citieswithnature import Achievement, Profile
from cbi.i18n import say, translate
from cbi.numbers import NumberError, read_number, write_number
from cbi.store.rights import Right
from cbi.views import action_lists, courtesy, keeping, pathway, session, words
from cbi.views.basics import plain, told_errors
from cbi.views.keeping import Opened, Step, WrongEntryError
from cbi.views.shown import Shown

WIDTH = 1080
IMPORT = str(Path(__file__).with_name("imports.py"))
SHORT = 320
"""Signs up to which the text about the city stands open."""


def page(shown: Shown) -> None:
    """Show the page from top to bottom."""
    language = shown.language
    st.title(translate("What do we do for nature?", language), anchor=False)
    st.caption(words.heading(shown))
    with told_errors(language):
        of = keeping.opened(shown)
        courtesy.allowed(shown, Right.KEEP_PROFILE)
        keeping.tell(of, language)
        _beginning(shown, of)
        _counts(of, language)
        _overview(shown, of)
        _achievements(shown, of)
        action_lists.areas(shown, of)
        pathway.steps(shown, of)
        pathway.tools(shown, of)
        keeping.history(of, shown)


def _beginning(shown: Shown, of: Opened) -> None:
    """Say where the profile comes from, or how to begin one."""
    language = shown.language
    if of.kept is None and not of.editable:
        st.info(translate("No profile is kept with this city yet.", language), icon=":material/info:")
        return
    if of.kept is None:
        st.info(
            translate(
                "No profile is kept with this city yet. Upload the one that you downloaded from CitiesWithNature, or "
                "begin here by hand.",
                language,
            ),
            icon=":material/info:",
        )
        if shown.may(Right.IMPORT):
            st.page_link(IMPORT, label=translate("Upload a profile", language), icon=":material/upload_file:")
        return
    parts = [say("Last saved {time} by {person}", time=words.when(of.kept.time), person=of.kept.person)]
    if of.profile.date:
        parts.insert(0, say("City profile from CitiesWithNature, downloaded {date}", date=of.profile.date.isoformat()))
    st.caption(" · ".join(plain(part.text(language)) for part in parts))


def _counts(of: Opened, language: str) -> None:
    actions = list(of.profile.actions)
    moved = {name for action in actions for name in of.known.moved_by(action)}
    with st.grid(4, min_column_width=150):
        st.metric(translate("Actions", language), len(actions), border=True)
        st.metric(translate("Commitments", language), sum(1 for _ in of.profile.commitments), border=True)
        st.metric(translate("With a target", language), sum(one.target is not None for one in actions), border=True)
        total = len(of.known.edition.indicators)
        st.metric(
            translate("Indicators moved", language),
            say("{points} of {maximum}", points=len(moved), maximum=total).text(language),
            border=True,
        )


# Overview


def _overview(shown: Shown, of: Opened) -> None:
    language, profile = shown.language, of.profile
    st.header(translate("About the city", language), anchor=False)
    if keeping.is_editing(of, "overview"):
        _overview_form(shown, of)
        return
    labels = _labels(language)
    facts = {name: getattr(profile, name) for name in labels if name not in ("about", "population")}
    given = {labels[name]: plain(text) for name, text in facts.items() if text}
    if profile.population is not None:
        people = write_number(profile.population, shown.draft.number_format)
        given = {labels["population"]: people, **given}
    if given:
        lines = (say("**{label}**: {value}", label=label, value=text) for label, text in given.items())
        st.markdown("  \n".join(line.text(language) for line in lines))
    about = action_lists.text(profile.about)
    if len(about) > SHORT:
        with st.expander(labels["about"], type="compact"):
            st.markdown(about)
    elif about:
        st.markdown(about)
    if not given and not about:
        st.caption(translate("Nothing is said of the city yet.", language))
    keeping.edit_button(of, "overview", translate("Edit what is said of the city", language))


def _labels(language: str) -> Mapping[str, str]:
    return {
        "population": translate("Population", language),
        "country": translate("Country", language),
        "region": translate("Region", language),
        "head_of_government": translate("Head of government", language),
        "about": translate("In the city's own words", language),
    }


def _overview_form(shown: Shown, of: Opened) -> None:
    language, profile = shown.language, of.profile
    numbers = shown.draft.number_format

    def save() -> Step:
        texts = {name: _state(of, name).strip() for name in _labels(language)}
        try:
            people = read_number(texts["population"], numbers) if texts["population"] else None
        except NumberError as error:
            raise WrongEntryError(error.sentence) from None
        others = {name: text for name, text in texts.items() if name != "population"}
        return lambda one: replace(one, population=people, **others)  # type: ignore[arg-type]

    with keeping.form(of, "overview", language, save):
        for name, label in _labels(language).items():
            given = getattr(profile, name)
            if name == "about":
                st.text_area(label, given, key=of.field(f"overview {name}"), height="content")
            else:
                stands = write_number(given, numbers) if name == "population" and given is not None else given
                st.text_input(label, str(stands or ""), key=of.field(f"overview {name}"), autocomplete="off")


def _state(of: Opened, name: str) -> str:
    return str(st.session_state.get(of.field(f"overview {name}")) or "")


# Achievements


def _achievements(shown: Shown, of: Opened) -> None:
    language, known = shown.language, of.known
    st.header(translate("Achievements", language), anchor=False)
    awards = {phrase.id: known.title(phrase.id) for phrase in known.phrases("award")}
    levels = {phrase.id: known.title(phrase.id) for phrase in known.phrases("level")}
    if keeping.is_editing(of, "achievements"):
        _achievements_form(of, language, awards, levels)
        return
    reached = {(one.award, one.level): f"{one.percent} %" for one in of.profile.achievements}
    if reached:
        head = translate("Achievements", language)
        rows = [
            {head: title, **{levels[one]: reached.get((award, one), "–") for one in levels}}
            for award, title in awards.items()
        ]
        st.table(rows, hide_index=True, border="horizontal")
    else:
        st.caption(translate("No achievement on CitiesWithNature is recorded yet.", language))
    keeping.edit_button(of, "achievements", translate("Edit the achievements", language))


def _achievements_form(of: Opened, language: str, awards: Mapping[str, str], levels: Mapping[str, str]) -> None:
    reached = {(one.award, one.level): str(one.percent) for one in of.profile.achievements}

    def save() -> Step:
        found = [
            Achievement(award, level, percent)
            for award in awards
            for level in levels
            if (percent := _percent(str(st.session_state.get(of.field(f"{award} {level}")) or ""))) is not None
        ]
        return lambda one: _with_achievements(one, tuple(found))

    with keeping.form(of, "achievements", language, save):
        st.caption(translate("In percent, from 0 to 100; empty where it is not known.", language))
        for award, title in awards.items():
            st.markdown(f"**{title}**")
            with st.container(horizontal=True):
                for level, name in levels.items():
                    st.text_input(
                        f"{name} (%)", reached.get((award, level), ""), key=of.field(f"{award} {level}"), width=150,
                        autocomplete="off",
                    )  # fmt: skip


def _with_achievements(profile: Profile, achievements: tuple[Achievement, ...]) -> Profile:
    return replace(profile, achievements=achievements)


def _percent(text: str) -> int | None:
    """Read a whole percentage; None where nothing is typed."""
    plain_text = unicodedata.normalize("NFKC", text).strip().removesuffix("%").strip()
    if not plain_text:
        return None
    if not re.fullmatch(r"[0-9]{1,3}", plain_text) or int(plain_text) > 100:
        raise WrongEntryError(say("“{found}” is not a whole percentage from 0 to 100.", found=text.strip()))
    return int(plain_text)


with st.container(width=WIDTH):
    page(session.shown())

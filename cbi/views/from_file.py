"""Beginning a city from a file: an Excel workbook, a table, or a CitiesWithNature profile.

Name, year and edition come from the file into the fields. Its figures follow on the page Import, where they are
looked at before anything is saved.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import streamlit as st

from cbi.i18n import Sentence, listed_apart, say, translate
from cbi.intake import FormKind, Received, named, receive_each
from cbi.store.document import is_document
from cbi.views import profiles, visit
from cbi.views.basics import plain, tell
from cbi.views.taking import BROUGHT, TABLES, round_key

IMPORT = str(Path(__file__).with_name("imports.py"))
TAKEN, CARRIED = "start/file/taken", "start/file/carried"
"""The files whose name and year stand in the fields, where a person may correct them; and the files that a person
carried here from a demo."""

File = tuple[str, bytes]
"""Name and bytes of a file."""


@dataclass(frozen=True, slots=True)
class Fields:
    """The keys of the fields that a file fills: name of the city, year of the assessment, edition."""

    city: str
    year: str
    edition: str


@dataclass(frozen=True, slots=True)
class Told:
    """What a file says of itself: city, year and edition as far as it names them, and the same in words."""

    sentence: Sentence
    city: str | None = None
    year: int | None = None
    edition: str | None = None


def carry(files: Sequence[File]) -> None:
    """Carry files to the page Start, to begin a city of one's own with them."""
    st.session_state[CARRIED] = tuple(files)


def carried() -> tuple[File, ...]:
    """Give the files that were carried here."""
    return cast("tuple[File, ...]", st.session_state.get(CARRIED, ()))


def bring_along() -> bool:
    """Take the files of the fold along to the page Import; tells whether there are any."""
    taken = st.session_state.pop(TAKEN, None)
    st.session_state.pop(CARRIED, None)
    if taken is not None:
        st.session_state[BROUGHT] = taken
    return taken is not None


def fold_of(language: str, fields: Fields) -> None:
    """Show the fold that takes a file and puts what it says of itself into the fields."""
    label = translate("Begin from an Excel workbook, a table or a CitiesWithNature profile", language)
    with st.expander(label, icon=":material/upload_file:", type="compact", expanded=bool(carried())):
        st.markdown(
            translate(
                "Upload what your city has. Its name and year come into the fields below; after “Begin” you see "
                "every figure that it holds, and nothing is saved before you agree.",
                language,
            )
        )
        uploaded = st.file_uploader(
            translate("Excel workbook, table (CSV), or city profile (PDF, text or Markdown)", language),
            type=[*TABLES, *profiles.ENDINGS],
            key=round_key("start/file"),
        )
        files = ((uploaded.name, uploaded.getvalue()),) if uploaded is not None else carried()
        if not files:
            st.session_state.pop(TAKEN, None)
            return
        if uploaded is None:
            without = translate("Begin without this file", language)
            st.button(without, icon=":material/close:", on_click=carry, args=((),))
        _take(files, language, fields)


def _take(files: tuple[File, ...], language: str, fields: Fields) -> None:
    """Put what the first file says of itself into the fields, once; what a person corrects there is left alone."""
    told = [found for name, data in files if (found := _told(name, data, language)) is not None]
    if not told:
        st.session_state.pop(TAKEN, None)
        return
    if st.session_state.get(TAKEN) != files:
        st.session_state[TAKEN] = files
        known = {fields.city: told[0].city, fields.year: told[0].year, fields.edition: told[0].edition}
        st.session_state.update({key: str(value) for key, value in known.items() if value is not None})
    for one in told:
        st.success(plain(one.sentence.text(language)), icon=":material/check_circle:")


def _told(name: str, data: bytes, language: str) -> Told | None:
    """Read what a file says of itself; says what is wrong with one that cannot begin a city."""
    if profiles.is_profile_name(name):
        return _of_profile(name, data, language)
    if is_document(data):
        _lead_to_import(name, data, language)
        return None
    return _of_tables(_received(data, name, visit.number_format(), language), language)


# Profiles


def _of_profile(name: str, data: bytes, language: str) -> Told | None:
    reading, _ = profiles.read(data, name, language)
    if reading.profile is None:
        for problem in reading.problems:
            tell(problem, language)
        return None
    profile = reading.profile
    count = sum(1 for _ in profile.actions)
    sentence = say("Read: {city}, {count} actions.", city=profile.name or "–", count=count)
    return Told(sentence, profile.name, profile.date.year if profile.date else None)


# Workbooks and tables


@st.cache_data(max_entries=8, show_spinner=False)
def _received(data: bytes, name: str, locale: str, language: str) -> tuple[Received, ...]:
    """Read a workbook or a table: once a file, however often the page runs."""
    return receive_each(data, name, locale=locale, language=language)


def _of_tables(found: tuple[Received, ...], language: str) -> Told | None:
    """Take the newest year of a file; a form that nobody has mapped yet names neither city nor year."""
    newest = max(found, key=lambda one: (one.year or 0, one.edition))
    if newest.form is FormKind.REFUSED or not (newest.items or newest.questions or newest.unknown):
        for problem in newest.problems:
            tell(problem, language)
        return None
    if newest.unknown is not None:
        return Told(
            say(
                "{name} is a form that the program does not know yet. Type name and year below; after “Begin” you say "
                "once what its fields are.",
                name=newest.name,
            )
        )
    sentence = say("Read: {what}. Figures and answers: {count}.", what=named(newest), count=len(newest.items))
    if len(found) > 1:
        sentence = say(
            "The file holds several years: {known}. You begin with {chosen}; start the others afterwards and import "
            "the file for each.",
            known=listed_apart(named(one) for one in found),
            chosen=named(newest),
        )
    return Told(sentence, newest.city, newest.year, newest.edition)


# Exports of this program


def _lead_to_import(name: str, data: bytes, language: str) -> None:
    """Say that an export brings its cities along, and lead to the page that takes it in."""
    told = say(
        "{name} is an export of this program and brings its cities along. No city needs to be begun for it.", name=name
    )
    st.info(plain(told.text(language)), icon=":material/info:")
    if st.button(translate("Look at it on the page Import", language), icon=":material/arrow_forward:"):
        st.session_state[BROUGHT] = ((name, data),)
        st.session_state.pop(CARRIED, None)
        st.switch_page(IMPORT)

"""Settings: how the program speaks, who works here, and where the figures are kept."""

from __future__ import annotations

import platform
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory

import streamlit as st

from cbi.definitions import EDITIONS, edition
from cbi.i18n import say, translate
from cbi.store import exchange
from cbi.store.backup import backup
from cbi.store.database import file_of
from cbi.store.rights import Right
from cbi.views import courtesy, grade_ranges, session, speech, visit
from cbi.views.basics import plain, told_errors

WIDTH = 760
BACKUP = "settings/backup"


def page(language: str) -> None:
    """Show the page from top to bottom."""
    st.title(translate("How should the program work for you?", language), anchor=False)
    st.header(translate("Language and numbers", language), anchor=False)
    speech.language_field("settings")
    speech.number_format_field("settings")
    _name(language)
    with told_errors(language):
        _city(language)
    with told_errors(language):
        grade_ranges.fields(language)
        _database(language)
    _about(language)


def _name(language: str) -> None:
    """Let the person say their name; where people sign in, that of the account counts."""
    st.header(translate("Who works here?", language), anchor=False)
    if visit.signs_in():
        st.markdown(f":material/person: {plain(visit.person_named())}")
        st.caption(translate("The name of your account. It goes with every change.", language))
        return
    speech.name_field("settings")
    st.caption(translate("Your name goes with every change. Language and numbers are kept under it.", language))


def _city(language: str) -> None:
    """Let the person correct the name of the open city; a demo keeps its own."""
    shown = session.shown()
    if shown.is_demo:
        return
    city = shown.desk.head.city
    st.header(translate("What is the city called?", language), anchor=False)
    with st.form("settings/city", border=False):
        key = f"settings/city/{city.id}/{city.name}"
        locked = not shown.may(Right.RENAME_CITY)
        label = translate("Name of the city", language)
        name = st.text_input(label, city.name, key=key, autocomplete="off", disabled=locked)
        if st.form_submit_button(translate("Rename", language), disabled=locked):
            visit.store().rename_city(city.id, name, person=visit.person())
            st.rerun()
    if courtesy.allowed(shown, Right.RENAME_CITY):
        st.caption(translate("All years of the city go by the new name. The old one stays in the history.", language))


def _database(language: str) -> None:
    st.header(translate("Where are the figures kept?", language), anchor=False)
    granted = visit.own_granted()
    if not granted.may(Right.BACKUP):  # nor is it anybody else's business where the database stands
        st.markdown(translate("On the server of your administration, with the history of every change.", language))
        courtesy.tell(Right.BACKUP, language)
        return
    store = visit.own_store()
    file = file_of(store.database.url)
    where = str(file.resolve()) if file else store.database.url.render_as_string(hide_password=True)
    st.code(where, language=None, wrap_lines=True)
    held = say("cities: {count}", count=len(store.cities()))
    size = say("{size} MB", size=f"{file.stat().st_size / 1024**2:.1f}") if file and file.exists() else say("a server")
    st.caption(f"{held.text(language)} · {size.text(language)}")
    st.subheader(translate("Backup", language), anchor=False)
    st.markdown(
        translate(
            "A backup holds everything: cities, years, history, sources and files. It can be taken while others work.",
            language,
        )
    )
    if visit.signs_in():
        st.markdown(translate("To bring it back, your IT follows “Restore” in docs/server.md.", language))
    else:
        st.markdown(translate("To bring it back, stop the program and run this, with the name of the file:", language))
        st.code("python -m cbi restore cbi-backup.sqlite3 --yes", language=None)
    with st.container(horizontal=True):
        if st.button(translate("Take a backup", language), icon=":material/save:"):
            st.session_state[BACKUP] = _backup()
        if BACKUP in st.session_state:
            st.download_button(
                translate("Download the backup", language),
                st.session_state[BACKUP],
                file_name="cbi-backup.sqlite3",
                mime="application/vnd.sqlite3",
                on_click="ignore",
                icon=":material/download:",
            )
        st.download_button(
            translate("Export everything as JSON", language),
            lambda: exchange.export(store),
            file_name="cbi-store.json",
            mime="application/json",
            on_click="ignore",
            icon=":material/data_object:",
        )


def _backup() -> bytes:
    with TemporaryDirectory(prefix="cbi-backup-") as folder:
        file = Path(folder) / "backup.sqlite3"
        backup(visit.own_store(), file)
        return file.read_bytes()


def _about(language: str) -> None:
    st.header(translate("About", language), anchor=False)
    st.markdown(
        translate(
            "A calculator for the City Biodiversity Index, also called the Singapore Index on Cities' Biodiversity. It "
            "asks nothing of the internet.",
            language,
        )
    )
    for edition_id in EDITIONS:
        asked = edition(edition_id, language)
        counted = say(
            "{edition} edition: {count} indicators, {maximum} points, definitions {digest}",
            edition=edition_id,
            count=len(asked.indicators),
            maximum=asked.maximum,
            digest=asked.hash[:19],
        )
        st.markdown(f"- {plain(counted.text(language))}")
        for document in asked.frame.documents:
            st.caption(plain(f"{document.authors} ({document.year}): {document.title}. {document.publisher}."))
    if visit.signs_in() and not visit.own_granted().may(Right.SETTINGS):
        return  # what a server is made of is for those who run it
    parts = ", ".join(f"{name} {version(name)}" for name in ("streamlit", "SQLAlchemy", "pydantic"))
    st.caption(plain(f"Python {platform.python_version()}, {parts}"))


with st.container(width=WIDTH):
    page(visit.chosen_language())

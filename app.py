"""The app: page config, services of the visit, the side, and the pages. Start it with ``streamlit run app.py``."""

import os
from pathlib import Path

import streamlit as st

from cbi.i18n import mark, translate
from cbi.serving import logs
from cbi.store import StoreError
from cbi.views import door, session, trouble
from cbi.views.menu import left_out
from cbi.views.sidebar import sidebar

VIEWS = Path(__file__).parent / "cbi" / "views"
PAGES = (
    ("start", mark("Start"), ":material/location_city:"),
    ("overview", mark("Overview"), ":material/monitoring:"),
    ("enter", mark("Enter"), ":material/edit_note:"),
    ("work", mark("Work"), ":material/assignment_ind:"),
    ("imports", mark("Import"), ":material/upload_file:"),
    ("compare", mark("Compare"), ":material/trending_up:"),
    ("plan", mark("Plan"), ":material/flag:"),
    ("report", mark("Report"), ":material/description:"),
    ("actions", mark("Actions"), ":material/park:"),
    ("evidence", mark("Evidence"), ":material/fact_check:"),
    ("handbook", mark("Handbook"), ":material/menu_book:"),
    ("people", mark("People"), ":material/group:"),
    ("settings", mark("Settings"), ":material/settings:"),
)
"""File, title and icon of each page, in the order of the menu."""

st.set_page_config(page_title="City Biodiversity Index", page_icon=str(VIEWS / "icon.svg"), layout="wide")
logs.begin(os.environ)
session.begin()
try:
    door.admit()
    session.open_desk()
except StoreError as error:
    trouble.page(error)
    st.stop()
shown = session.refresh()
hidden = left_out(shown)
menu = st.navigation(
    [
        st.Page(
            VIEWS / f"{name}.py",
            title=translate(title, shown.language),
            icon=icon,
            url_path=name,
            default=name == PAGES[0][0],
            visibility="hidden" if name in hidden else "visible",
        )
        for name, title, icon in PAGES
    ],
    expanded=True,
)
sidebar(shown)
trouble.banner(shown)
menu.run()

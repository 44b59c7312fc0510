"""The app: page config, services of the visit, the side, and the pages. Start it with ``streamlit run app.py``."""

from pathlib import Path

import streamlit as st

from cbi.i18n import translate
from cbi.views import session
from cbi.views.sidebar import sidebar

VIEWS = Path(__file__).parent / "cbi" / "views"

st.set_page_config(page_title="City Biodiversity Index", page_icon=str(VIEWS / "icon.svg"), layout="wide")
session.begin()
shown = session.refresh()
sidebar(shown)
st.navigation(
    [
        st.Page(
            VIEWS / "overview.py",
            title=translate("Overview", shown.language),
            icon=":material/monitoring:",
            url_path="overview",
            default=True,
        ),
        st.Page(
            VIEWS / "enter.py", title=translate("Enter", shown.language), icon=":material/edit_note:", url_path="enter"
        ),
    ]
).run()

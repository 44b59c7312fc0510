"""The app on a city that has answered all 28 indicators, as the keystroke benchmark drives it.

With ``CBI_WITHOUT_LOGIC`` set, the same widgets are drawn from what the first run read and scored, and
nothing is read, saved or scored again. A line at the side counts the runs, so that both end alike on screen.
"""

import os
import runpy
from pathlib import Path
from typing import cast

import streamlit as st

from cbi.views import saving, session, shown, visit

READ_AND_SCORE = session.__dict__.setdefault("read_and_score", session.refresh)


def _as_at_first() -> shown.Shown:
    if visit.SHOWN not in st.session_state:
        READ_AND_SCORE()
    return cast("shown.Shown", st.session_state[visit.SHOWN])


if os.environ.get("CBI_WITHOUT_LOGIC"):
    session.refresh = _as_at_first
    saving._save = lambda held: None
runpy.run_path(str(Path(__file__).parents[1] / "app.py"))
st.session_state["runs"] = st.session_state.get("runs", 0) + 1
st.sidebar.caption(f"run {st.session_state['runs']}")

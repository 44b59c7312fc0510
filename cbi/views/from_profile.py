"""Beginning a city from its CitiesWithNature profile: name and year come from it, its figures follow on Import."""

from __future__ import annotations

import streamlit as st

from cbi.i18n import say, translate
from cbi.views import profiles
from cbi.views.basics import plain, tell
from cbi.views.taking import BROUGHT, round_key

TAKEN = "start/profile/taken"
"""The file whose name and year stand in the fields; what a person corrects there is left alone."""


def bring_along() -> bool:
    """Take the profile that was uploaded here along to the page Import; tells whether there is one."""
    taken = st.session_state.pop(TAKEN, None)
    if taken is not None:
        st.session_state[BROUGHT] = taken
    return taken is not None


def fold_of(language: str, city_key: str, year_key: str) -> None:
    """Show the fold that takes a profile and puts its name and year into the fields with these keys."""
    label = translate("Begin from a CitiesWithNature profile", language)
    with st.expander(label, icon=":material/upload_file:", type="compact"):
        st.markdown(
            translate(
                "Upload the profile that your city downloaded. Its name and year come into the fields below; after "
                "“Begin” you see which answers it suggests, and accept them one by one.",
                language,
            )
        )
        file = st.file_uploader(
            translate("City profile (PDF, text or Markdown)", language),
            type=profiles.ENDINGS,
            key=round_key("start/profile/file"),
        )
        if file is None:
            st.session_state.pop(TAKEN, None)
        else:
            _take(file.name, file.getvalue(), language, city_key, year_key)


def _take(name: str, data: bytes, language: str, city_key: str, year_key: str) -> None:
    reading, _ = profiles.read(data, name, language)
    if reading.profile is None:
        st.session_state.pop(TAKEN, None)
        for problem in reading.problems:
            tell(problem, language)
        return
    profile = reading.profile
    if st.session_state.get(TAKEN) != (name, data):
        st.session_state[TAKEN] = (name, data)
        st.session_state[city_key] = profile.name
        if profile.date:
            st.session_state[year_key] = str(profile.date.year)
    count = sum(1 for _ in profile.actions)
    told = say("Read: {city}, {count} actions.", city=profile.name or "–", count=count)
    st.success(plain(told.text(language)), icon=":material/check_circle:")

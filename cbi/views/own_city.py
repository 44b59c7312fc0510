"""In a demo: that nothing of it is kept, and the way to a city of one's own, with the files at hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import streamlit as st

from cbi.i18n import say, translate
from cbi.views import from_file
from cbi.views.basics import leading, plain
from cbi.views.from_file import File
from cbi.views.shown import Shown

START = str(Path(__file__).with_name("start.py"))


def offer(shown: Shown, files: Sequence[File] = ()) -> None:
    """Say in a demo that nothing is kept, and lead to a city of one's own; ``files`` come along to begin it."""
    if not shown.is_demo:
        return
    language = shown.language
    told = say(
        "You are looking at a demo city, {city}. What you enter or import here is not kept.",
        city=translate(shown.desk.head.city.name, language),
    )
    with st.container(border=True, gap="small"):
        st.markdown(f":material/theater_comedy: {plain(told.text(language))}")
        label = (
            translate("Begin your own city with what you uploaded", language)
            if files
            else translate("Begin with your own city", language)
        )
        if st.button(label, key="own city", type=leading() if files else "secondary", icon=":material/add_location:"):
            from_file.carry(files)
            st.switch_page(START)

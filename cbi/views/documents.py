"""An exported store on the page Import: what it would add here, and adding it once that is agreed to."""

from __future__ import annotations

import streamlit as st

from cbi.i18n import say, translate
from cbi.store import exchange
from cbi.store.console import preview_text
from cbi.store.document import read_document
from cbi.views import visit
from cbi.views.basics import leading, plain, told_errors
from cbi.views.shown import Shown
from cbi.views.taking import next_round


def section(shown: Shown, name: str, data: bytes) -> None:
    """Show what an exported document would add to the store, and add it when that is agreed to."""
    language = shown.language
    with st.container(border=True), told_errors(language):
        st.subheader(plain(name), anchor=False)
        incoming = read_document(data, name)
        plan = exchange.preview(visit.own_store(), incoming, name)
        st.code(preview_text(plan, language), language=None)
        if not plan.empty and st.button(
            translate("Import it", language), key=f"import/document/{name}", type=leading()
        ):
            exchange.apply(visit.own_store(), incoming, name, seen=plan, person=visit.person_named())
            next_round(say("Saved: {name}.", name=name))
            st.rerun()

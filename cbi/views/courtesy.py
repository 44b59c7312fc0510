"""What a person may not do, said before they try it: one plain line with the role that it takes.

The store checks every call by itself; a button that is missing here only spares somebody a refusal.
"""

from __future__ import annotations

import streamlit as st

from cbi.i18n import Sentence, say
from cbi.store.rights import LEAST, OF_THE_SERVER, RIGHTS, ROLES, Right
from cbi.views.basics import plain
from cbi.views.shown import Shown


def takes(right: Right) -> Sentence:
    """Say which role a right takes."""
    facts = {"role": ROLES[LEAST[right]], "what": RIGHTS[right]}
    if right in OF_THE_SERVER:
        return say("It takes the role “{role}” for the whole server to {what}.", **facts)
    return say("It takes the role “{role}” to {what}.", **facts)


def tell(right: Right, language: str) -> None:
    """Say in one line which role a right takes."""
    st.caption(f":material/lock_person: {plain(takes(right).text(language))}")


def allowed(shown: Shown, right: Right) -> bool:
    """Tell whether the person has a right in the open city, and say what it takes if not."""
    if shown.may(right):
        return True
    tell(right, shown.language)
    return False

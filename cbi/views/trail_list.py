"""The audit trail: who signed in, gave roles, locked, imported, exported; to read, and as a table to take away."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pandas as pd
import streamlit as st

from cbi.i18n import mark, say, translate
from cbi.printing.people import nobody, trail_csv
from cbi.store.readable import DEEDS
from cbi.store.records import Trace
from cbi.store.rights import ROLES, Deed, Role
from cbi.store.signing_in import REFUSALS
from cbi.views import roles, visit, words
from cbi.views.basics import plain
from cbi.views.downloads import file_name
from cbi.views.shown import Shown
from cbi.views.taken_away import KINDS, noted

MOST_LINES = 200
"""Lines that the page lists; all of them are in the file to download."""
KIND = "people/trail/kind"

WHY_REFUSED = {
    "incomplete": mark("the sign-in said too little"),
    "unknown": mark("not invited"),
    "switched_off": mark("switched off"),
    "signed_out": mark("signed out since"),
    "not_verified": mark("address not confirmed"),
    "other_sign_in": mark("address of another sign-in"),
    "other_account": mark("address of another person"),
}
"""In short, why a sign-in was refused, by the word that the trail keeps."""
assert WHY_REFUSED.keys() == REFUSALS.keys()


def section(shown: Shown, city_id: int | None) -> None:
    """List what was done in a city, or (None) on the whole server, the newest first."""
    language = shown.language
    st.header(translate("What was done", language), anchor=False)
    traces = visit.own_store().trail.of(city_id)
    if not traces:
        st.caption(translate("Nothing is written down yet.", language))
        return
    kind = _kind(traces, language)
    found = [one for one in reversed(traces) if kind in ("", one.deed.value)]
    titles = [say("Time"), say("Who"), say("What"), say("Whom"), say("City and year"), say("Detail")]
    rows = [_row(one, language) for one in found[:MOST_LINES]]
    if visit.on_phone():
        st.markdown("\n".join(_as_line(row, language) for row in rows))
    else:
        table = pd.DataFrame(rows, columns=[title.text(language) for title in titles])
        st.table(table.map(plain), hide_index=True, border="horizontal")
    if len(found) > MOST_LINES:
        st.caption(say("… and {count} more", count=len(found) - MOST_LINES).text(language))
    name, data = shown.desk.head.city.name if city_id is not None else "server", lambda: _csv(found)
    st.download_button(
        translate("Download as table (CSV)", language),
        _noted_of_server(data) if city_id is None else noted(shown, "audit trail", data),
        file_name=f"{file_name(name, 'audit')}.csv",
        mime="text/csv",
        key=f"people/trail/{city_id}",
        icon=":material/download:",
        on_click="ignore",
    )
    told = say("Times here are those of your browser ({zone}); in the file they are in UTC.", zone=words.zone())
    st.caption(plain(told.text(language)))


def _csv(found: Sequence[Trace]) -> bytes:
    return trail_csv(reversed(found)).encode("utf-8-sig")


def _kind(traces: Sequence[Trace], language: str) -> str:
    """Let one kind of deed be chosen, of those that were done; empty for all."""
    there = {one.deed for one in traces}
    offered = {"": translate("Everything", language)}
    offered |= {deed.value: words.capital(DEEDS[deed].text(language)) for deed in Deed if deed in there}
    key = f"{KIND}/{language}"
    if st.session_state.get(key) not in offered:
        st.session_state[key] = ""
    return str(
        st.selectbox(translate("Show", language), list(offered), key=key, format_func=offered.__getitem__, width=320)
    )


def _row(one: Trace, language: str) -> list[str]:
    year = f"{one.year} ({one.edition})" if one.year else ""
    return [
        words.when(one.time).replace("-", "\u2011"),
        one.person or nobody(one).text(language),
        DEEDS[one.deed].text(language),
        one.about_person,
        " · ".join(filter(None, (one.city.name if one.city else "", year))),
        _detail(one, language),
    ]


def _as_line(row: list[str], language: str) -> str:
    """Put a row of the table into lines of a list, for a window that is too narrow for a table."""
    time, who, what, whom, where, detail = map(plain, row)
    about, circumstances = " · ".join(filter(None, (whom, detail))), " · ".join(filter(None, (time, who, where)))
    head = say("{label}: {value}", label=f"**{what}**", value=about).text(language) if about else f"**{what}**"
    return f"- {head}  \n  {circumstances}"


def _noted_of_server(make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Give what makes the trail of the whole server and writes down that it was taken."""
    trail = visit.own_store().trail

    def taken() -> bytes:
        data = make()
        trail.taken()
        return data

    return taken


def _detail(one: Trace, language: str) -> str:
    """Put what the trail keeps beside a deed into words; what it does not know stands as it is kept."""
    if one.deed is Deed.SIGN_IN_REFUSED:
        return translate(WHY_REFUSED.get(one.detail, one.detail), language)
    if one.deed in (Deed.ASSIGNED, Deed.TAKEN_BACK):
        return roles.place_title(one.detail, language)
    if one.deed in (Deed.INVITED, Deed.ROLE_GIVEN):
        word, _, places = one.detail.partition(": ")
        role = ROLES[Role[word.upper()]].text(language) if word.upper() in Role.__members__ else word
        named = [roles.place_title(place, language) for place in places.split(", ") if place]
        return say("{role}; may answer: {places}", role=role, places="; ".join(named)).text(language) if named else role
    if one.deed in (Deed.EXPORTED, Deed.IMPORTED):
        return translate(KINDS.get(one.detail, one.detail), language)
    return one.detail

"""Evidence: what the figures rest on, and who changed what."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pandas as pd
import streamlit as st

from cbi.definitions import edition
from cbi.i18n import say, translate
from cbi.reading import ReadingError, read_year
from cbi.store.contents import PROFILE_PREFIX
from cbi.store.readable import ACTS, HAPPENINGS, changes
from cbi.store.records import Attachment, Changes, Line, Source, StoredSource
from cbi.tables.writing import guarded
from cbi.views import session, words
from cbi.views.basics import fold, plain, told_errors
from cbi.views.session import Shown

WIDTH = 1080
MOST_LINES = 200
"""Changes that the page lists; all of them are in the file to download."""


def page(shown: Shown) -> None:
    """Show the page from top to bottom."""
    st.title(translate("What do the figures rest on?", shown.language), anchor=False)
    st.caption(words.heading(shown))
    with told_errors(shown.language):
        _sources(shown)
    with told_errors(shown.language):
        _changes(shown)


# Sources


def _sources(shown: Shown) -> None:
    language = shown.language
    st.header(translate("Sources", language), anchor=False)
    st.markdown(
        translate(
            "Every source that an answer names is kept here once, for all years of the city. Add where it can be "
            "found, and attach the file itself.",
            language,
        )
    )
    found = session.store().sources.of_city(shown.desk.head.city.id)
    if not found:
        st.caption(translate("No source yet. Name one beside a figure on the page “Enter”, or add one here.", language))
    with st.container(gap="xxsmall"):
        for source in found:
            fold(
                plain(words.clipped(source.source.title, 90)),
                f"source/{source.id}",
                lambda source=source: _source(shown, source),  # type: ignore[misc]
                icon=":material/description:",
                summary=_summary(source, language),
            )
    with st.expander(translate("Add a source", language), icon=":material/add:", key="source/new"):
        _details(shown, None)


def _summary(source: StoredSource, language: str) -> str:
    known = source.source
    parts = [known.organisation, str(known.year or ""), known.licence]
    if source.attachments:
        parts.append(say("files: {count}", count=len(source.attachments)).text(language))
    return plain(" · ".join(part for part in parts if part))


def _source(shown: Shown, source: StoredSource) -> None:
    language = shown.language
    st.markdown(f"**{plain(source.source.title)}**")
    _details(shown, source)
    places = session.store().sources.cited_by(source.id)
    here = [words.place_name(shown, place) for year, place in places if year == shown.desk.head.id]
    told = say("Cited this year by: {places}", places=plain("; ".join(here)) or "–")
    st.caption(told.text(language))
    _files(source, language)


def _details(shown: Shown, source: StoredSource | None) -> None:
    """Ask for what is known of a source; its title stays, because answers refer to it by its title."""
    language = shown.language
    known = source.source if source else Source("")
    key = f"source/{source.id}/{source.version}" if source else "source/new"
    with st.form(key, border=False, clear_on_submit=source is None):
        title = known.title
        if source is None:
            title = st.text_input(translate("Title", language), key=f"{key}/title", autocomplete="off")
        organisation = st.text_input(
            translate("Organisation", language), known.organisation, key=f"{key}/organisation", autocomplete="off"
        )
        year = st.text_input(
            translate("Year of publication", language), str(known.year or ""), key=f"{key}/year", autocomplete="off"
        )
        link = st.text_input(translate("Link", language), known.link, key=f"{key}/link", autocomplete="off")
        licence = st.text_input(translate("Licence", language), known.licence, key=f"{key}/licence", autocomplete="off")
        if st.form_submit_button(translate("Save", language)):
            _save(shown, title, organisation, year, link, licence, source.version if source else 0)


def _save(shown: Shown, title: str, organisation: str, year: str, link: str, licence: str, based_on: int) -> None:
    with told_errors(shown.language):
        try:
            number = read_year(year) if year.strip() else None
        except ReadingError as error:
            st.error(plain(error.sentence.text(shown.language)), icon=":material/error:")
            return
        changed = Source(title, organisation, number, link, licence)
        city_id = shown.desk.head.city.id
        session.store().sources.save(city_id, changed, based_on=based_on, person=session.person())
        st.rerun()


def _files(source: StoredSource, language: str) -> None:
    store = session.store()  # a file is read when it is asked for, and then there is no visit to ask for its store
    for file in source.attachments:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/attach_file: {plain(file.name)} · {_size(file.size)}")
            st.download_button(
                translate("Download", language),
                data=lambda file=file: store.sources.file(file.sha256),  # type: ignore[misc]
                file_name=file.name,
                mime="application/octet-stream",
                key=f"file/{file.id}/get",
                on_click="ignore",
            )
            st.button(translate("Remove", language), key=f"file/{file.id}/remove", on_click=_detach, args=(file,))
    taken = st.file_uploader(
        translate("Attach a file (at most 20 MB)", language), key=f"source/{source.id}/file/{len(source.attachments)}"
    )
    if taken is not None:
        with told_errors(language):
            media = taken.type or "application/octet-stream"
            session.store().sources.attach(source.id, taken.name, taken.getvalue(), media, person=session.person())
            st.rerun()


def _size(size: int) -> str:
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{-(-size // 1024)} kB"


def _detach(file: Attachment) -> None:
    session.attempt(lambda: session.store().sources.detach(file.id, person=session.person()))


# Changes


def _changes(shown: Shown) -> None:
    language = shown.language
    st.header(translate("What changed between two dates?", language), anchor=False)
    today = datetime.now(words.zone()).date()
    with st.container(horizontal=True):
        start = st.date_input(
            translate("From", language), today - timedelta(days=30), key="changes/from", format="YYYY-MM-DD"
        )
        end = st.date_input(translate("To, that day included", language), today, key="changes/to", format="YYYY-MM-DD")
    found = session.store().changes_between(
        shown.desk.head.city.id, _midnight(start), _midnight(end) + timedelta(days=1)
    )
    rows = _rows(shown, found)
    if not rows:
        st.caption(translate("Nothing changed in this time.", language))
        return
    titles = [say("Time"), say("Person"), say("Year"), say("What"), say("Before"), say("After"), say("Reason")]
    table = pd.DataFrame(rows, columns=[title.text(language) for title in titles])
    st.table(table.head(MOST_LINES).map(plain), hide_index=True, border="horizontal")
    if len(rows) > MOST_LINES:
        st.caption(say("… and {count} more", count=len(rows) - MOST_LINES).text(language))
    st.download_button(
        translate("Download as table (CSV)", language),
        table.map(guarded).to_csv(index=False).encode("utf-8-sig"),
        file_name=f"changes-{start}-{end}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), words.zone()).astimezone(UTC)


def _rows(shown: Shown, found: Changes) -> list[list[str]]:
    """List changes and events, the newest first, a row for each thing that changed."""
    heads = {head.id: head for head in session.store().heads(shown.desk.head.city.id)}
    years = {head_id: f"{head.year} ({head.edition})" for head_id, head in heads.items()}
    rows: list[tuple[datetime, list[str]]] = []
    for line in found.lines:
        asked = edition(heads[line.assessment_id].edition, shown.language)
        for change in changes(line.place, line.before, line.after, asked):
            label = change.label if isinstance(change.label, str) else change.label.text(shown.language)
            is_figure = line.place.startswith(PROFILE_PREFIX)  # its name is its label already
            what = label if is_figure else f"{words.place_name(shown, line.place)}: {label}"
            who = [_unbroken(words.when(line.time)), line.person, years[line.assessment_id]]
            row = [*who, what, change.before, change.after, _why(line, shown.language)]
            rows.append((line.time, row))
    for event in found.events:
        told = HAPPENINGS[event.kind].text(shown.language)
        year = years.get(event.assessment_id or 0, "")
        rows.append((event.time, [_unbroken(words.when(event.time)), event.person, year, told, "", "", event.reason]))
    return [row for _, row in sorted(rows, key=lambda one: one[0], reverse=True)]


def _unbroken(moment: str) -> str:
    """Keep the date of a moment on one line."""
    return moment.replace("-", "\u2011")


def _why(line: Line, language: str) -> str:
    return " · ".join(filter(None, (ACTS[line.act].text(language), line.reason)))


with st.container(width=WIDTH):
    page(session.shown())

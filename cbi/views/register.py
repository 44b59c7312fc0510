"""The register of sources: what is known of each, its files, also those that were removed, and its history."""

from __future__ import annotations

from functools import partial

import streamlit as st

from cbi.addresses import is_web_address
from cbi.i18n import labelled, say, translate
from cbi.reading import ReadingError, read_year
from cbi.store.readable import source_changes
from cbi.store.records import Attachment, Source, StoredSource
from cbi.store.rights import Right
from cbi.views import courtesy, saving, visit, words
from cbi.views.basics import fold, plain, told_errors
from cbi.views.shown import Shown
from cbi.views.taken_away import noted

ADDED = "source/added"
"""How many sources this visit has added: each makes a new, empty form for the next."""

LONGEST_HEADING = 300
"""Signs of a title as a heading; the field to correct it has the whole."""


def sources(shown: Shown) -> None:
    """List the register of the city, each source with what is known of it, its files and its history; take new ones."""
    language = shown.language
    st.header(translate("Sources", language), anchor=False)
    st.markdown(
        translate(
            "Every source that an answer names is kept here once, for all years of the city. Add where it can be "
            "found, and attach the file itself.",
            language,
        )
    )
    found = visit.store().sources.of_city(shown.desk.head.city.id)
    if not found:
        st.caption(translate("No source yet. Name one beside a figure on the page “Enter”, or add one here.", language))
    with st.container(gap="xxsmall"):
        for source in found:
            fold(
                plain(words.named_source(source.source.title)),
                f"source/{source.id}",
                lambda source=source: _source(shown, source),  # type: ignore[misc]
                icon=":material/description:",
                summary=_summary(source, language),
            )
    if courtesy.allowed(shown, Right.ADD_SOURCE):
        with st.expander(translate("Add a source", language), icon=":material/add:", key="source/new"):
            _details(shown, None, locked=False)


def _summary(source: StoredSource, language: str) -> str:
    known = source.source
    parts = [known.organisation, str(known.year or ""), known.licence]
    if source.attachments:
        parts.append(say("files: {count}", count=len(source.attachments)).text(language))
    return plain(" · ".join(part for part in parts if part))


def _source(shown: Shown, source: StoredSource) -> None:
    language = shown.language
    locked = not _may_change(shown, source)
    st.markdown(f"**{plain(words.clipped(source.source.title, LONGEST_HEADING))}**")
    _details(shown, source, locked=locked)
    if locked and shown.may(Right.ADD_SOURCE):
        courtesy.tell(Right.CHANGE_SOURCE, language)
    if shown.may(Right.CORRECT_TITLE):
        fold(
            translate("Correct the title", language),
            f"source/{source.id}/correct",
            lambda: _title(source, language),
            icon=":material/edit:",
        )
    places = visit.store().sources.cited_by(source.id)
    here = [words.place_name(shown, place) for year, place in places if year == shown.desk.head.id]
    told = say("Cited this year by: {places}", places=plain("; ".join(here)) or "–")
    st.caption(told.text(language))
    last = say("Last changed by {person}, {time}", person=plain(source.person), time=words.when(source.time))
    st.caption(last.text(language))
    _files(shown, source, language)
    fold(
        translate("History", language),
        f"source/{source.id}/history",
        lambda: _history(source, language),
        icon=":material/history:",
    )


def _may_change(shown: Shown, source: StoredSource) -> bool:
    """Tell whether the person may change a source: an editor each, a contributor what nobody else had a hand in."""
    if shown.may(Right.CHANGE_SOURCE):
        return True
    versions = visit.store().sources.history(source.id) if shown.may(Right.ADD_SOURCE) else ()
    return bool(versions) and all(one.person == visit.person() for one in versions)


def _details(shown: Shown, source: StoredSource | None, *, locked: bool) -> None:
    """Ask for what is known of a source; its title stays, because answers refer to it by its title."""
    language = shown.language
    known = source.source if source else Source("")
    key = f"source/{source.id}/{source.version}" if source else f"source/new/{st.session_state.get(ADDED, 0)}"
    with st.form(key, border=False):
        title = known.title
        if source is None:
            title = st.text_input(translate("Title", language), key=f"{key}/title", autocomplete="off")
        organisation = st.text_input(
            translate("Organisation", language),
            known.organisation,
            key=f"{key}/organisation",
            autocomplete="off",
            disabled=locked,
        )
        year = st.text_input(
            translate("Year of publication", language),
            str(known.year or ""),
            key=f"{key}/year",
            autocomplete="off",
            disabled=locked,
        )
        link = st.text_input(
            translate("Link", language), known.link, key=f"{key}/link", autocomplete="off", disabled=locked
        )
        if link.strip() and not is_web_address(link.strip()):
            told = translate(
                "This is kept as text: only an address such as https://example.org can be opened.", language
            )
            st.caption(f":material/link_off: {told}")
        licence = st.text_input(
            translate("Licence", language), known.licence, key=f"{key}/licence", autocomplete="off", disabled=locked
        )
        if st.form_submit_button(translate("Save", language), disabled=locked):
            _save(shown, title, organisation, year, link, licence, source.version if source else 0)


def _title(source: StoredSource, language: str) -> None:
    """Let the person correct the title, by which answers refer to the source."""
    told = translate(
        "The answers of open years will cite the new title, with its details and files. Closed years and the history "
        "keep the old one; so it stays in this list.",
        language,
    )
    st.caption(told)
    with st.form(f"source/{source.id}/title", border=False):
        key = f"source/{source.id}/title/text"
        title = st.text_input(translate("Title", language), source.source.title, key=key, autocomplete="off")
        if st.form_submit_button(translate("Correct the title", language)):
            with told_errors(language):
                visit.store().sources.correct_title(source.id, title, person=visit.person())
                st.rerun()


def _save(shown: Shown, title: str, organisation: str, year: str, link: str, licence: str, based_on: int) -> None:
    with told_errors(shown.language):
        try:
            number = read_year(year) if year.strip() else None
        except ReadingError as error:
            st.error(plain(error.sentence.text(shown.language)), icon=":material/error:")
            return
        changed = Source(title, organisation, number, link, licence)
        city_id = shown.desk.head.city.id
        visit.store().sources.save(city_id, changed, based_on=based_on, person=visit.person())
        if not based_on:
            st.session_state[ADDED] = st.session_state.get(ADDED, 0) + 1  # the form for the next one is empty
        st.rerun()


def _history(source: StoredSource, language: str) -> None:
    """List all that was ever known of a source, the newest version first."""
    versions = visit.store().sources.history(source.id)
    for before, now in reversed(list(zip([None, *versions[:-1]], versions, strict=True))):
        lines = [f"**{words.when(now.time)}** · {plain(now.person)}"]
        if before is None:
            lines.append(translate("added", language))
        for one in source_changes(before.source if before else None, now.source):
            label = one.label if isinstance(one.label, str) else one.label.text(language)
            lines.append(labelled(plain(label), f"{plain(one.before)} → **{plain(one.after)}**", language))
        st.markdown("  \n".join(lines))


def _files(shown: Shown, source: StoredSource, language: str) -> None:
    store = visit.store()  # a file is read when it is asked for, and then there is no visit to ask for its store
    for file in source.attachments:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(f":material/attach_file: {plain(file.name)} · {_size(file.size)}")
            st.download_button(
                translate("Download", language),
                data=noted(shown, "file of a source", partial(store.sources.file, file.sha256)),
                file_name=file.name,
                mime="application/octet-stream",
                key=f"file/{file.id}/get",
                on_click="ignore",
            )
            if _may_remove(shown, file):
                st.button(translate("Remove", language), key=f"file/{file.id}/remove", on_click=_detach, args=(file,))
    if source.removed:
        _removed(shown, source, language)
    if not shown.may(Right.ADD_SOURCE):
        return
    taken = st.file_uploader(
        translate("Attach a file (at most 20 MB)", language), key=f"source/{source.id}/file/{len(source.attachments)}"
    )
    st.caption(
        translate(
            "A larger file is not taken and gets a red mark: keep it elsewhere, and give its link as the link of the "
            "source.",
            language,
        )
    )
    if taken is not None:
        with told_errors(language):
            media = taken.type or "application/octet-stream"
            visit.store().sources.attach(source.id, taken.name, taken.getvalue(), media, person=visit.person())
            st.rerun()


def _may_remove(shown: Shown, file: Attachment) -> bool:
    """Tell whether the person may take a file away, or bring it back: an editor each, a contributor their own."""
    mine = {file.person, file.removed_by or file.person} == {visit.person()}
    return shown.may(Right.CHANGE_SOURCE) or (mine and shown.may(Right.ADD_SOURCE))


def _removed(shown: Shown, source: StoredSource, language: str) -> None:
    """Fold away the files that were removed: who did it, when, and a way back."""
    label = say("Removed files: {count}", count=len(source.removed)).text(language)
    with st.expander(label, key=f"source/{source.id}/removed", icon=":material/delete:", type="compact"):
        for file in source.removed:
            with st.container(horizontal=True, vertical_alignment="center"):
                told = say(
                    "{name}, removed by {person}, {time}",
                    name=plain(file.name),
                    person=plain(file.removed_by or "–"),
                    time=words.when(file.removed_at or file.time),
                )
                st.markdown(told.text(language))
                if file.kept and _may_remove(shown, file):
                    back = translate("Bring back", language)
                    st.button(back, key=f"file/{file.id}/back", on_click=_bring_back, args=(file,))


def _size(size: int) -> str:
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{-(-size // 1024)} kB"


def _detach(file: Attachment) -> None:
    saving.attempt(lambda: visit.store().sources.detach(file.id, person=visit.person()))


def _bring_back(file: Attachment) -> None:
    saving.attempt(lambda: visit.store().sources.bring_back(file.id, person=visit.person()))

"""The nine steps of the Nature Pathway with what is linked to them, and the city's tools and resources."""

from __future__ import annotations

import streamlit as st

from cbi.addresses import is_web_address
from cbi.citieswithnature import Step as PathwayStep
from cbi.citieswithnature import Tool, Upload
from cbi.citieswithnature.editing import add_tool, add_upload, edit_tool, edit_upload, remove_tool, remove_upload
from cbi.i18n import translate
from cbi.views import keeping
from cbi.views.action_lists import NO_TITLE, text
from cbi.views.basics import plain
from cbi.views.keeping import Opened, Step, WrongEntryError
from cbi.views.shown import Shown


def steps(shown: Shown, of: Opened) -> None:
    """Show the three phases side by side, each with its three steps."""
    language, known = shown.language, of.known
    st.header(translate("Nature Pathway", language), anchor=False)
    phases = [phrase.id for phrase in known.phrases("phase")]
    for column, phase in zip(st.columns(len(phases), gap="medium"), phases, strict=True):
        with column:
            st.subheader(plain(known.title(phase)), anchor=False)
            for step in of.profile.pathway:
                if step.phase == phase:
                    _step(of, step, language)


def _step(of: Opened, step: PathwayStep, language: str) -> None:
    with st.container(border=True, gap="xsmall"):
        st.markdown(f"**{step.number} · {plain(of.known.title(step.id))}**")
        for upload in step.uploads:
            _upload(of, step, upload, language)
        if not step.uploads:
            st.caption(translate("Nothing is linked yet.", language))
        name = f"new upload {step.id}"
        if keeping.is_editing(of, name):
            _upload_form(of, name, step, Upload(""), language)
        else:
            keeping.edit_button(of, name, translate("Add a document", language), ":material/add:")


def _upload(of: Opened, step: PathwayStep, upload: Upload, language: str) -> None:
    name = f"upload {upload.key}"
    if keeping.is_editing(of, name):
        _upload_form(of, name, step, upload, language)
        return
    _linked(upload.title, upload.link)
    keeping.edit_button(of, name, translate("Edit", language))


def _upload_form(of: Opened, name: str, step: PathwayStep, upload: Upload, language: str) -> None:
    def save() -> Step:
        changed = Upload(*_named(of, name), key=upload.key)
        if not upload.key:
            return lambda one: add_upload(one, step.id, changed)
        return lambda one: edit_upload(one, changed)

    remove: Step | None = (lambda one: remove_upload(one, upload.key)) if upload.key else None
    with keeping.form(of, name, language, save, remove):
        _link_fields(of, name, upload.title, upload.link, language)


# Tools and resources


def tools(shown: Shown, of: Opened) -> None:
    """Show the tools and resources that the city shares."""
    language = shown.language
    st.header(translate("Tools and resources", language), anchor=False)
    if not of.profile.tools:
        st.caption(translate("No tool or resource is recorded yet.", language))
    for tool in of.profile.tools:
        name = f"tool {tool.key}"
        with st.container(border=True, gap="xsmall"):
            if keeping.is_editing(of, name):
                _tool_form(of, name, tool, language)
                continue
            _linked(tool.title, tool.link)
            if tool.description:
                st.markdown(text(tool.description))
            keeping.edit_button(of, name, translate("Edit", language))
    if keeping.is_editing(of, "new tool"):
        _tool_form(of, "new tool", Tool(""), language)
    else:
        keeping.edit_button(of, "new tool", translate("Add a tool or resource", language), ":material/add:")


def _tool_form(of: Opened, name: str, tool: Tool, language: str) -> None:
    def save() -> Step:
        description = str(st.session_state.get(of.field(f"{name} description")) or "").strip()
        changed = Tool(*_named(of, name), description, tool.key)
        return (lambda one: edit_tool(one, changed)) if tool.key else (lambda one: add_tool(one, changed))

    remove: Step | None = (lambda one: remove_tool(one, tool.key)) if tool.key else None
    with keeping.form(of, name, language, save, remove):
        _link_fields(of, name, tool.title, tool.link, language)
        st.text_area(
            translate("Description", language), tool.description, key=of.field(f"{name} description"), height="content"
        )


# Titles with links


def _linked(title: str, link: str) -> None:
    """Show a title with its link: clickable if it leads into the web, else as it was typed."""
    if is_web_address(link):
        st.link_button(plain(title or link), link, icon=":material/open_in_new:", type="tertiary")
    else:
        st.markdown("  \n".join(filter(None, (plain(title), plain(link)))))


def _link_fields(of: Opened, name: str, title: str, link: str, language: str) -> None:
    st.text_input(translate("Title", language), title, key=of.field(f"{name} title"), autocomplete="off")
    st.text_input(
        translate("Link", language), link, key=of.field(f"{name} link"), autocomplete="off", placeholder="https://"
    )


def _named(of: Opened, name: str) -> tuple[str, str]:
    title, link = (
        " ".join(str(st.session_state.get(of.field(f"{name} {part}")) or "").split()) for part in ("title", "link")
    )
    if not title and not link:
        raise WrongEntryError(NO_TITLE)
    return title, link

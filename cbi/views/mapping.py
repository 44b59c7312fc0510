"""A form that nobody has mapped yet: which field is which input of the index? Asked once, remembered for the form."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from cbi.definitions import edition
from cbi.definitions.edition import PROFILE, Edition
from cbi.definitions.models import OwnInput
from cbi.draft import FINISHED
from cbi.i18n import say, translate
from cbi.intake import FormMapping, Received, SheetMapping, Suggestion, Target, suggest, suggested_mapping
from cbi.intake.forms import FormSheet, UnknownForm
from cbi.intake.kept_forms import KeptForm, forget_form, keep_form
from cbi.intake.mapping import left_out
from cbi.intake.printing import not_read, read_with
from cbi.views import visit
from cbi.views.basics import leading, plain
from cbi.views.shown import Shown

NOTHING = ""
ROLES = ("label", "value", "unit", "data_year", "source", "note")
"""The columns that a person may have to point out."""


CHANGING = "import/changing"
"""The fingerprint of the form whose mapping is being corrected."""


def ask_each(shown: Shown, received: Sequence[Received]) -> None:
    """Ask about every unknown form once, however many files of it were sent."""
    forms = {one.unknown.fingerprint: one for one in reversed(received) if one.unknown is not None}
    for one in reversed(forms.values()):
        if one.unknown is None:
            continue
        suggestions = suggest(one.unknown, shown.edition.id, shown.language)
        opening = translate(
            "This form is not known yet. Say what its fields are; what is left open is not read. The answer is "
            "remembered for every file of this form.",
            shown.language,
        )
        _ask(shown, one.name, one.unknown, suggested_mapping(one.unknown, shown.edition.id, suggestions), opening)


def tell_each(shown: Shown, received: Sequence[Received], kept: Mapping[str, KeptForm]) -> None:
    """Say of every form that was read with which mapping it was, and let the person change or forget it."""
    told: dict[str, list[Received]] = {}
    for one in received:
        if one.mapped is not None and one.mapped.fingerprint in kept:
            told.setdefault(one.mapped.fingerprint, []).append(one)
    for fingerprint, files in told.items():
        form = files[0].mapped
        if form is not None:
            _tell(shown, ", ".join(one.name for one in files), form, kept[fingerprint])


def _tell(shown: Shown, name: str, form: UnknownForm, kept: KeptForm) -> None:
    language, mapping = shown.language, kept.mapping
    with st.container(border=True):
        st.markdown(plain(read_with(name, mapping, kept).text(language)))
        left = left_out(form, mapping)
        if left:
            st.markdown(plain(not_read(left).text(language)))
        with st.container(horizontal=True):
            st.button(
                translate("Change the mapping", language),
                key=f"map/change {form.fingerprint}",
                icon=":material/edit:",
                on_click=_begin,
                args=(form.fingerprint,),
            )
            if st.button(
                translate("Forget the mapping", language),
                key=f"map/forget {form.fingerprint}",
                icon=":material/delete:",
            ):
                forget_form(visit.store(), form.fingerprint, person=visit.person())
                _begin("")
                st.rerun()
    if st.session_state.get(CHANGING) == form.fingerprint:
        opening = translate("Say what the fields are; what is left open is not read.", language)
        _ask(shown, name, form, mapping, opening)


def _begin(fingerprint: str) -> None:
    st.session_state[CHANGING] = fingerprint


def _ask(shown: Shown, name: str, form: UnknownForm, stands: FormMapping, opening: str) -> None:
    """Show the fields of a form with what they may be and why, and let the person decide."""
    language = shown.language
    suggestions = suggest(form, stands.edition, language)
    with st.container(border=True):
        st.subheader(plain(name), anchor=False)
        st.markdown(opening)
        chosen = {sheet.name: _sheet(shown, form, sheet, stands, suggestions) for sheet in form.sheets}
        if st.button(translate("Remember and read the file", language), key=f"map/{form.fingerprint}", type=leading()):
            _remember(name, form, stands, chosen)


def _sheet(
    shown: Shown, form: UnknownForm, sheet: FormSheet, proposed: FormMapping, suggestions: tuple[Suggestion, ...]
) -> tuple[dict[str, str], dict[str, Target]]:
    """Ask for the columns and the fields of one sheet."""
    language = shown.language
    st.markdown(f"**{plain(sheet.name)}**")
    targets, key = _targets(edition(proposed.edition, language), language), f"map/{form.fingerprint}/{sheet.name}"
    stood = proposed.sheets.get(sheet.name)
    with st.expander(translate("Columns", language), type="compact", key=f"{key}/columns"):
        roles = _roles(language, sheet, stood.roles if stood else sheet.roles, key)
    fields: dict[str, Target] = {}
    for field in sheet.fields:
        likely = [one for one in suggestions if (one.sheet, one.key) == (sheet.name, field.key)]
        given = stood.fields.get(field.key) if stood else None
        stands = _key(given) if given else NOTHING
        first = [_key(one.target) for one in likely]
        options = list(dict.fromkeys([NOTHING, *first, *targets]))
        picked = st.selectbox(
            f"{plain(field.where)} · {plain(field.label)} ({plain(field.found) or '–'})",
            options,
            index=options.index(stands),
            format_func=lambda one: targets.get(one, translate("not read", language)),
            key=f"{key}/{field.key}/{language}",
        )
        if likely:
            st.caption(plain(likely[0].why.text(language)))
        if picked:
            owner, name = str(picked).split(".", 1)
            fields[field.key] = given if given and _key(given) == picked else Target(owner, name, _unit(likely, picked))
    return roles, fields


def _roles(language: str, sheet: FormSheet, known: Mapping[str, str], key: str) -> dict[str, str]:
    titles = {
        "label": translate("What is asked", language),
        "value": translate("The figures", language),
        "unit": translate("Unit", language),
        "data_year": translate("Year of the data", language),
        "source": translate("Source", language),
        "note": translate("Note", language),
    }
    roles = dict(known)
    columns = {NOTHING: "–", **sheet.headings}
    for role in ROLES:
        stands = roles.pop(role, NOTHING)
        picked = st.selectbox(
            titles[role],
            list(columns),
            index=list(columns).index(stands) if stands in columns else 0,
            format_func=columns.__getitem__,
            key=f"{key}/role {role}/{language}",
        )
        if picked:
            roles[role] = str(picked)
    return roles


def _targets(asked: Edition, language: str) -> Mapping[str, str]:
    """List what the edition asks, by ``owner.input``, in words."""
    profile = translate("City profile", language)
    found = {f"{PROFILE}.{name}": f"{profile} · {one.label}" for name, one in asked.profile_inputs.items()}
    for indicator in asked.indicators:
        value = say("{number} · {title}: the value itself", number=indicator.number, title=indicator.title)
        found[f"{indicator.id}.{FINISHED}"] = value.text(language)
        for name, one in indicator.inputs.items():
            if isinstance(one, OwnInput):
                found[f"{indicator.id}.{name}"] = f"{indicator.number} · {one.label}"
    return found


def _key(target: Target) -> str:
    return f"{target.owner}.{target.name}"


def _unit(likely: list[Suggestion], picked: str) -> str:
    return next((one.target.unit for one in likely if _key(one.target) == picked), "")


def _remember(
    name: str,
    form: UnknownForm,
    stands: FormMapping,
    chosen: Mapping[str, tuple[dict[str, str], dict[str, Target]]],
) -> None:
    layouts = {sheet.name: sheet.layout for sheet in form.sheets}
    sheets = {one: SheetMapping(layouts[one], roles, fields) for one, (roles, fields) in chosen.items()}
    named = replace(stands, sheets=sheets, name=stands.name or name)
    keep_form(visit.store(), named, person=visit.person())
    _begin("")
    st.rerun()

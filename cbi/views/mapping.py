"""A form that nobody has mapped yet: which field is which input of the index? Asked once, remembered for the form."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from cbi.definitions.edition import PROFILE
from cbi.definitions.models import OwnInput
from cbi.draft import FINISHED
from cbi.i18n import say, translate
from cbi.intake import FormMapping, Received, Suggestion, Target, suggest, suggested_mapping
from cbi.intake.forms import FormSheet, UnknownForm
from cbi.store.records import Kind
from cbi.views import session
from cbi.views.basics import plain
from cbi.views.session import Shown

NOTHING = ""
ROLES = ("label", "value", "unit", "data_year", "source", "note")
"""The columns that a person may have to point out."""


def ask(shown: Shown, received: Received) -> None:
    """Show the fields of an unknown form with what they may be and why, and let the person decide."""
    form, language = received.unknown, shown.language
    if form is None:
        return
    suggestions = suggest(form, shown.edition.id, language)
    proposed = suggested_mapping(form, shown.edition.id, suggestions)
    with st.container(border=True):
        st.subheader(plain(received.name), anchor=False)
        st.markdown(
            translate(
                "This form is not known yet. Say what its fields are; what is left open is not read. The answer is "
                "remembered for every file of this form.",
                language,
            )
        )
        chosen = {sheet.name: _sheet(shown, sheet, proposed, suggestions) for sheet in form.sheets}
        if st.button(translate("Remember and read the file", language), key=f"map/{form.fingerprint}", type="primary"):
            _remember(shown, received, form, proposed, chosen)


def _sheet(
    shown: Shown, sheet: FormSheet, proposed: FormMapping, suggestions: tuple[Suggestion, ...]
) -> tuple[dict[str, str], dict[str, Target]]:
    """Ask for the columns and the fields of one sheet."""
    language = shown.language
    st.markdown(f"**{plain(sheet.name)}**")
    targets = _targets(shown)
    with st.expander(translate("Columns", language), type="compact", key=f"map/{sheet.name}/columns"):
        roles = _roles(shown, sheet)
    fields: dict[str, Target] = {}
    for field in sheet.fields:
        likely = [one for one in suggestions if (one.sheet, one.key) == (sheet.name, field.key)]
        given = proposed.sheets[sheet.name].fields.get(field.key)
        stands = _key(given) if given else NOTHING
        first = [_key(one.target) for one in likely]
        options = list(dict.fromkeys([NOTHING, *first, *targets]))
        picked = st.selectbox(
            f"{plain(field.where)} · {plain(field.label)} ({plain(field.found) or '–'})",
            options,
            index=options.index(stands),
            format_func=lambda one: targets.get(one, translate("not read", language)),
            key=f"map/{sheet.name}/{field.key}/{language}",
        )
        if likely:
            st.caption(plain(likely[0].why.text(language)))
        if picked:
            owner, name = str(picked).split(".", 1)
            fields[field.key] = given if given and _key(given) == picked else Target(owner, name, _unit(likely, picked))
    return roles, fields


def _roles(shown: Shown, sheet: FormSheet) -> dict[str, str]:
    language = shown.language
    titles = {
        "label": translate("What is asked", language),
        "value": translate("The figures", language),
        "unit": translate("Unit", language),
        "data_year": translate("Year of the data", language),
        "source": translate("Source", language),
        "note": translate("Note", language),
    }
    roles = dict(sheet.roles)
    columns = {NOTHING: "–", **sheet.headings}
    for role in ROLES:
        stands = roles.pop(role, NOTHING)
        picked = st.selectbox(
            titles[role],
            list(columns),
            index=list(columns).index(stands) if stands in columns else 0,
            format_func=columns.__getitem__,
            key=f"map/{sheet.name}/role {role}/{language}",
        )
        if picked:
            roles[role] = str(picked)
    return roles


def _targets(shown: Shown) -> Mapping[str, str]:
    """List what the edition asks, by ``owner.input``, in words."""
    asked = shown.edition
    profile = translate("City profile", shown.language)
    found = {f"{PROFILE}.{name}": f"{profile} · {one.label}" for name, one in asked.profile_inputs.items()}
    for indicator in asked.indicators:
        value = say("{number} · {title}: the value itself", number=indicator.number, title=indicator.title)
        found[f"{indicator.id}.{FINISHED}"] = value.text(shown.language)
        for name, one in indicator.inputs.items():
            if isinstance(one, OwnInput):
                found[f"{indicator.id}.{name}"] = f"{indicator.number} · {one.label}"
    return found


def _key(target: Target) -> str:
    return f"{target.owner}.{target.name}"


def _unit(likely: list[Suggestion], picked: str) -> str:
    return next((one.target.unit for one in likely if _key(one.target) == picked), "")


def _remember(
    shown: Shown,
    received: Received,
    form: UnknownForm,
    proposed: FormMapping,
    chosen: Mapping[str, tuple[dict[str, str], dict[str, Target]]],
) -> None:
    sheets = {
        name: replace(proposed.sheets[name], roles=roles, fields=fields) for name, (roles, fields) in chosen.items()
    }
    named = replace(proposed, sheets=sheets, name=received.name)
    papers = session.store().papers
    known = papers.get(Kind.FORM_MAPPING, form.fingerprint)
    papers.save(
        Kind.FORM_MAPPING,
        form.fingerprint,
        named.to_dict(),
        based_on=known.version if known else 0,
        person=session.person(),
    )
    st.rerun()

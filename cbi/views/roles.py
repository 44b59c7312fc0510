"""Roles as people choose them: what each may do, and which places a contributor answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import streamlit as st

from cbi.definitions import EDITIONS, edition
from cbi.definitions.edition import PROFILE, Edition
from cbi.i18n import Listing, listed, listed_apart, say, translate
from cbi.store.rights import BY_PLACE, LEAST, OF_THE_SERVER, RIGHTS, ROLES, Member, Right, Role, Scope
from cbi.views import visit, words
from cbi.views.basics import plain
from cbi.views.shown import Shown

NOWHERE = Scope()
"""The places of whoever is no contributor."""


# What each role may do


def may_do(role: Role, *, everywhere: bool) -> Listing:
    """Say what a role may do beyond the one before it; ``everywhere`` for a role on the whole server."""
    own = [right for right in Right if LEAST.get(right) is role]
    parts: list[object] = [say("all that “{role}” may", role=ROLES[Role(role - 1)])] if role > Role.VIEWER else []
    chosen = [RIGHTS[right] for right in own if right in BY_PLACE]
    parts += [say("where it was given to them: {what}", what=listed(chosen))] if chosen else []
    parts += [RIGHTS[right] for right in own if right not in BY_PLACE and right not in OF_THE_SERVER]
    parts += [RIGHTS[right] for right in own if right in OF_THE_SERVER and everywhere]
    return listed_apart(parts)


def all_roles(language: str) -> None:
    """List all roles, from the one that may least."""
    lines = []
    for role in Role:
        named = f"**{plain(words.capital(ROLES[role].text(language)))}**"
        lines.append(f"- {named} – {plain(may_do(role, everywhere=False).text(language))}")
    for_server = listed(RIGHTS[right] for right in Right if right in OF_THE_SERVER)
    lines.append(
        "- " + plain(say("An administrator of the whole server may also: {what}", what=for_server).text(language))
    )
    st.markdown("\n".join(lines))


def tell(role: Role, language: str, *, everywhere: bool) -> None:
    """Say in one line what a role may do."""
    st.caption(plain(words.capital(may_do(role, everywhere=everywhere).text(language))))


def role_field(key: str, language: str, usual: Role) -> Role:
    """Let a role be chosen."""
    label, own = translate("Role", language), f"{key}/{language}"
    if own not in st.session_state:
        st.session_state[own] = usual
    chosen = st.selectbox(label, list(Role), key=own, format_func=lambda one: words.capital(ROLES[one].text(language)))
    return Role(chosen or Role.VIEWER)


def chosen_role(key: str, language: str) -> Role:
    """Give the role that stands in a field, to a callback."""
    return Role(visit.undisturbed().get(f"{key}/{language}", Role.VIEWER))


# Places


def titles(shown: Shown, also: Iterable[str] = ()) -> Mapping[str, str]:
    """Name all that can be given to somebody: the profile, the components, the indicators of the open year.

    ``also`` are ids that have to be among them, if only another edition knows them.
    """
    found = places_of_edition(shown.edition)
    for name in also:
        found.setdefault(name, place_title(name, shown.language))
    return found


def places_of_edition(asked: Edition) -> dict[str, str]:
    """Name the profile, the components and the indicators of an edition, by their ids."""
    found = {PROFILE: translate("City profile", asked.language)}
    found |= {one.id: say("all of: {title}", title=one.title).text(asked.language) for one in asked.components}
    return found | {one.id: f"{one.number} · {one.title}" for one in asked.indicators}


def place_title(name: str, language: str) -> str:
    """Name a place by the newest edition that knows it."""
    for edition_id in EDITIONS:
        found = places_of_edition(edition(edition_id, language))
        if name in found:
            return found[name]
    return name


def scope_field(shown: Shown, key: str, scope: Scope) -> None:
    """Let the places be chosen that a contributor answers."""
    given = [*sorted(scope.components), *sorted(scope.indicators), *([PROFILE] if scope.profile else [])]
    offered, own = titles(shown, given), _scope_key(shown, key)
    if own not in st.session_state:
        st.session_state[own] = [one for one in offered if one in given]
    chosen = st.multiselect(
        translate("May answer", shown.language),
        list(offered),
        key=own,
        format_func=offered.__getitem__,
        placeholder=translate("Indicators, whole components, the city profile", shown.language),
        filter_mode="contains",
        select_all=False,  # a slip of the Enter key must not give every right
    )
    if chosen:
        told = say(
            "They may answer this and nothing else: {works}.", works=listed_apart(offered[one] for one in chosen)
        )
        st.caption(plain(told.text(shown.language)))


def chosen_scope(shown: Shown, key: str) -> Scope:
    """Give the places that stand in a field, to a callback."""
    return scope_of(visit.undisturbed().get(_scope_key(shown, key)) or ())


def _scope_key(shown: Shown, key: str) -> str:
    return f"{key}/{shown.edition.id}/{shown.language}"


def scope_of(names: Iterable[str]) -> Scope:
    """Tell indicators, components and the profile apart."""
    chosen = frozenset(names)
    components = {one.id for edition_id in EDITIONS for one in edition(edition_id).components}
    return Scope(chosen - components - {PROFILE}, chosen & components, PROFILE in chosen)


def member_said(member: Member, where: str, language: str) -> str:
    """Say a role with its place, and for a contributor what they may answer."""
    facts: dict[str, object] = {"role": ROLES[member.role], "where": where}
    told = words.capital(say("{role}, {where}", **facts).text(language))
    if member.role is not Role.CONTRIBUTOR:
        return told
    scope = member.scope
    names = [*sorted(scope.components), *scope.indicators, *([PROFILE] if scope.profile else [])]
    places = sorted((place_title(name, language) for name in names), key=_by_number)
    return say("{role}; may answer: {places}", role=told, places=listed_apart(places)).text(language)


def _by_number(title: str) -> tuple[int, str]:
    """Put numbered titles in the order of their numbers, those without a number first."""
    number = title.split(" ", maxsplit=1)[0]
    return (int(number), title) if number.isdecimal() else (0, title)

"""People with their roles and the audit trail as text for people at the terminal, and as CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping

from cbi.definitions.edition import PROFILE
from cbi.i18n import Listing, Sentence, listed, listed_apart, say
from cbi.printing.layout import heads
from cbi.store.readable import DEEDS, moment
from cbi.store.records import Account, Trace
from cbi.store.rights import ROLES, Deed, Member
from cbi.tables.marks import guarded
from cbi.terminal import table

COLUMNS = ("time", "account", "person", "deed", "about", "about_person", "city", "year", "edition", "detail")
"""The columns of the audit trail as CSV; times in UTC, deeds in the words of the program."""


def people(found: Iterable[Account], cities: Mapping[int, str], language: str) -> str:
    """Lay out people with their addresses, their roles by city, and whether they can sign in."""
    head = heads(language, say("No."), say("Name"), say("Address"), say("Roles"), say("State"))
    rows = [
        [str(one.number), one.label, one.address or "–", _roles(one, cities).text(language), _state(one).text(language)]
        for one in found
    ]
    return table(head, rows, right=(0,)) if rows else say("Nobody is invited yet.").text(language)


def _roles(one: Account, cities: Mapping[int, str]) -> Listing:
    return listed_apart(_role(member, cities) for member in one.members)


def _role(member: Member, cities: Mapping[int, str]) -> Sentence:
    where = say("whole server") if member.city_id is None else cities.get(member.city_id, "–")
    places = [*sorted(member.scope.indicators), *sorted(member.scope.components)]
    places += [PROFILE] if member.scope.profile else []
    facts = {"role": ROLES[member.role], "where": where, "places": listed(places)}
    return say("{role}, {where}: {places}", **facts) if places else say("{role}, {where}", **facts)


def _state(one: Account) -> Sentence:
    if one.removed_at is not None:
        return say("removed")
    if not one.active:
        return say("switched off")
    return say("has signed in") if one.linked else say("invited")


def nobody(one: Trace) -> Sentence:
    """Say who did something of whom no account is known: somebody at the machine, or a stranger at the door."""
    return say("somebody unknown") if one.deed is Deed.SIGN_IN_REFUSED else say("at the machine")


def trail(traces: Iterable[Trace], language: str) -> str:
    """Lay out the audit trail."""
    head = heads(language, say("Time"), say("Who"), say("What"), say("Whom"), say("City"), say("Year"), say("Detail"))
    rows = [
        [
            moment(one.time),
            one.person or nobody(one).text(language),
            DEEDS[one.deed].text(language),
            one.about_person,
            one.city.name if one.city else "",
            f"{one.year} ({one.edition})" if one.year else "",
            one.detail,
        ]
        for one in traces
    ]
    return table(head, rows) if rows else say("Nothing is written down yet.").text(language)


def trail_csv(traces: Iterable[Trace]) -> str:
    """Write the audit trail as CSV; no spreadsheet program takes a text in it for a formula."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in traces:
        city, year = one.city.name if one.city else "", str(one.year or "")
        who, whom = [str(one.number or ""), one.person], [str(one.about or ""), one.about_person]
        cells = [one.time.isoformat(), *who, one.deed.value, *whom, city, year, one.edition, one.detail]
        writer.writerow(map(guarded, cells))
    return out.getvalue()

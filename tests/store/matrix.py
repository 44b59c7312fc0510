"""Who may do what, written down by hand from what was asked for: a row for each thing that a service does.

The signs stand for: viewer, contributor (only “budget”), editor, approver and administrator of Libo County,
administrator of the whole server, administrator of another city, and an administrator of the server who was
switched off. ``+`` is done, ``-`` is refused and changes nothing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

from cbi.assessment import Answer, Assessment, Entry
from cbi.citieswithnature.kept import keep_profile, kept_profile, versions_kept
from cbi.citieswithnature.records import Profile
from cbi.corrections import fingerprint
from cbi.corrections.keeping import keep_check, keep_correction, withdraw
from cbi.definitions import edition
from cbi.definitions.city_bands import BandCheck
from cbi.intake.kept_forms import kept_forms
from cbi.planning.keeping import kept
from cbi.store import backup, exchange
from cbi.store.records import Kind, Source
from cbi.store.rights import Role, Scope
from tests.corrections.given import correction

WHO = ("viewer", "contributor", "editor", "approver", "administrator", "server", "elsewhere", "off")
BUDGET = Answer(finished=Entry(Decimal("1.5"), "%"))
WOODS = Answer({"natural_area": Entry(Decimal("22.49"), "km2")})
LONG_AGO, FAR_OFF = datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)
TABLE = [Assessment("2021", "Libo County", 2026, answers={"budget": BUDGET, "projects": BUDGET})]
NEW_YEAR = [Assessment("2021", "Libo County", 2030, answers={"budget": BUDGET})]
NEW_CITY = [Assessment("2021", "Chengdu", 2026, answers={"budget": BUDGET})]
BY = {"person": "Somebody"}


def _imported(store, s, incoming):
    """Import without a preview of one's own, which would be refused already."""
    return exchange.apply(store, incoming, "t.csv", seen=exchange.preview(s.machine, incoming, "t.csv"), **BY)


def _paper(kind, **owner):
    return lambda store, s: store.papers.save(
        kind, "a", {"n": 1}, based_on=0, **BY, **{name: getattr(s, one) for name, one in owner.items()}
    )


def _check(store, s):
    asked = edition("2021")
    check = BandCheck("2021", "budget", "Somebody", date(2026, 11, 1), fingerprint(asked, "budget"), "page 1")
    return keep_check(store, s.city, asked, check, today=date(2026, 11, 26), based_on=0, **BY)


def _correction(store, s):
    return keep_correction(store, s.city, edition("2021"), correction(), based_on=0, **BY)


def _asked(s):
    return next(one for one in s.machine.assignments.of_city(s.city) if one.id == s.assignment)


IN_CITY = {"city_id": "city"}
IN_YEAR = {"assessment_id": "year"}
ROWS = [
    # Everybody who has a role in a city sees all of it and exports it; nobody sees another one.
    ("+ + + + + + - -", "heads", lambda store, s: store.heads(s.city)),
    ("+ + + + + + - -", "assessment", lambda store, s: store.assessment(s.year)),
    ("+ + + + + + - -", "history_of", lambda store, s: store.history_of(s.city)),
    ("+ + + + + + - -", "mark", lambda store, s: store.mark(s.city)),
    ("+ + + + + + - -", "last_time", lambda store, s: store.last_time(s.year)),
    ("+ + + + + + - -", "history", lambda store, s: store.history(s.year, "budget")),
    ("+ + + + + + - -", "last_change", lambda store, s: store.last_change(s.year)),
    ("+ + + + + + - -", "changes_between", lambda store, s: store.changes_between(s.city, LONG_AGO, FAR_OFF)),
    ("+ + + + + + - -", "events", lambda store, s: store.events(s.city)),
    ("+ + + + + + - -", "sources.of_city", lambda store, s: store.sources.of_city(s.city)),
    ("+ + + + + + - -", "sources.history", lambda store, s: store.sources.history(s.source)),
    ("+ + + + + + - -", "sources.cited_by", lambda store, s: store.sources.cited_by(s.source)),
    ("+ + + + + + - -", "sources.file", lambda store, s: store.sources.file(s.sha256)),
    ("+ + + + + + - -", "papers.of", lambda store, s: store.papers.of(Kind.PLAN, city_id=s.city)),
    ("+ + + + + + - -", "papers.get", lambda store, s: store.papers.get(Kind.PLAN, "a", assessment_id=s.year)),
    ("+ + + + + + - -", "papers.history", lambda store, s: store.papers.history(Kind.PLAN, "a", city_id=s.city)),
    ("+ + + + + + - -", "papers.get", lambda store, s: kept(store, s.head)),
    ("+ + + + + + - -", "papers.get", lambda store, s: kept_profile(store, s.city)),
    ("+ + + + + + - -", "papers.history", lambda store, s: versions_kept(store, s.city)),
    ("+ + + + + + - -", "assignments.of_city", lambda store, s: store.assignments.of_city(s.city)),
    ("+ + + + + + - -", "exchange.export_city", lambda store, s: exchange.export_city(store, s.city)),
    ("+ + + + + + - -", "trail.exported", lambda store, s: store.trail.exported(s.city, "report")),
    # What is one's own, and what belongs to no city, is for everybody who is not switched off.
    ("+ + + + + + + -", "cities", lambda store, s: store.cities()),
    ("+ + + + + + + -", "find_city", lambda store, s: store.find_city("Libo County")),
    ("+ + + + + + + -", "latest", lambda store, s: store.latest()),
    ("+ + + + + + + -", "granted", lambda store, s: store.granted()),
    ("+ + + + + + + -", "sign_out", lambda store, s: store.sign_out()),
    ("+ + + + + + + -", "people.me", lambda store, s: store.people.me()),
    ("+ + + + + + + -", "assignments.mine", lambda store, s: store.assignments.mine()),
    ("+ + + + + + + -", "papers.of", lambda store, s: kept_forms(store)),
    (
        "+ + + + + + + -",
        "papers.save",
        lambda store, s: store.papers.save(Kind.SETTING, f"speech of {store.signature}", {}, based_on=0, **BY),
    ),
    # A contributor fills in what was given to them, adds sources and files, and nothing else.
    ("- + + + + + - -", "save", lambda store, s: store.save(s.year, "budget", BUDGET, based_on=2, **BY)),
    ("- + + + + + - -", "confirm", lambda store, s: store.confirm(s.year, ["budget"], **BY)),
    ("- + + + + + - -", "confirm", lambda store, s: store.confirm(s.year, **BY)),
    ("- + + + + + - -", "restore", lambda store, s: store.restore(s.year, "budget", 1, based_on=2, **BY)),
    ("- + + + + + - -", "hold", lambda store, s: store.hold(s.year, "budget", based_on=2, **BY)),
    ("- + + + + + - -", "undo", lambda store, s: store.undo(s.year, s.last_change, **BY)),
    ("- + + + + + - -", "sources.save", lambda store, s: store.sources.save(s.city, Source("New"), based_on=0, **BY)),
    (
        "- + + + + + - -",
        "sources.attach",
        lambda store, s: store.sources.attach(s.source, "a.pdf", b"a", "application/pdf", **BY),
    ),
    # An editor fills in all of it, with plans and imports, and starts and submits years.
    ("- - + + + + - -", "save", lambda store, s: store.save(s.year, "natural_areas", WOODS, based_on=0, **BY)),
    (
        "- - + + + + - -",
        "save",
        lambda store, s: store.save(s.year, "profile.city_area", Entry(Decimal(2), "km2"), based_on=1, **BY),
    ),
    ("- - + + + + - -", "confirm", lambda store, s: store.confirm(s.year, ["profile.city_area"], **BY)),
    ("- - + + + + - -", "restore", lambda store, s: store.restore(s.next, "projects", 1, based_on=2, **BY)),
    ("- - + + + + - -", "hold", lambda store, s: store.hold(s.next, "projects", based_on=2, **BY)),
    ("- - + + + + - -", "undo", lambda store, s: store.undo(s.next, s.last_change_next, **BY)),
    (
        "- - + + + + - -",
        "sources.save",
        lambda store, s: store.sources.save(s.city, Source("A report", "Office"), based_on=1, **BY),
    ),
    ("- - + + + + - -", "sources.correct_title", lambda store, s: store.sources.correct_title(s.source, "Other", **BY)),
    ("- - + + + + - -", "sources.detach", lambda store, s: store.sources.detach(s.attachment, **BY)),
    ("- - + + + + - -", "sources.bring_back", lambda store, s: store.sources.bring_back(s.removed, **BY)),
    ("- - + + + + - -", "papers.save", _paper(Kind.PLAN, **IN_CITY)),
    ("- - + + + + - -", "papers.save", _paper(Kind.SCENARIO, **IN_YEAR)),
    ("- - + + + + - -", "papers.save", _paper(Kind.SETTING, **IN_CITY)),
    (
        "+ + + + + + - -",
        "papers.save",
        lambda store, s: store.papers.save(
            Kind.SETTING, f"not readable yet, of {store.signature}", {}, based_on=0, assessment_id=s.year, **BY
        ),
    ),
    (
        "- - + + + + - -",
        "papers.save",
        lambda store, s: store.papers.save(
            Kind.SETTING, "not readable yet, of account:0123456789abcdef", {}, based_on=0, assessment_id=s.year, **BY
        ),
    ),
    ("- - + + + + - -", "papers.save", _paper(Kind.ACTION_LIST, **IN_CITY)),
    ("- - + + + + - -", "papers.save", lambda store, s: keep_profile(store, s.city, Profile("Libo"), based_on=0, **BY)),
    ("- - + + + + - -", "exchange.preview", lambda store, s: exchange.preview(store, TABLE, "t.csv")),
    ("- - + + + + - -", "exchange.apply", lambda store, s: _imported(store, s, TABLE)),
    ("- - + + + + - -", "exchange.apply", lambda store, s: _imported(store, s, NEW_YEAR)),
    ("- - + + + + - -", "start_year", lambda store, s: store.start_year(s.city, 2031, **BY)),
    ("- - + + + + - -", "correct_year", lambda store, s: store.correct_year(s.year, 2025, "2021", **BY)),
    ("- - + + + + - -", "submit", lambda store, s: store.submit(s.year, **BY)),
    ("- - + + + + - -", "people.colleagues", lambda store, s: store.people.colleagues(s.city)),
    (
        "- - + + + + - -",
        "assignments.assign",
        lambda store, s: store.assignments.assign(s.year, "budget", key=s.mate, **BY),
    ),
    ("- - - - - + - -", "trail.taken", lambda store, s: store.trail.taken()),
    ("- - + + + + - -", "trail.profile_kept", lambda store, s: store.trail.profile_kept(s.city)),
    (
        "- - + + + + - -",
        "assignments.lacking",
        lambda store, s: store.assignments.lacking(s.year, ["budget"], s.mate),
    ),
    (
        "- - + + + + - -",
        "assignments.change",
        lambda store, s: store.assignments.change(
            s.assignment, due=date(2026, 12, 24), note="by Christmas", seen=_asked(s), **BY
        ),
    ),
    ("- - + + + + - -", "assignments.take_back", lambda store, s: store.assignments.take_back(s.assignment, **BY)),
    # How a form is read is kept for all cities by whoever imports into one.
    ("- - + + + + + -", "papers.save", _paper(Kind.FORM_MAPPING)),
    # An approver locks and reopens, and says which bands hold.
    ("- - - + + + - -", "lock_as_baseline", lambda store, s: store.lock_as_baseline(s.submitted, **BY)),
    ("- - - + + + - -", "reopen", lambda store, s: store.reopen(s.submitted, reason="a slip", **BY)),
    ("- - - + + + - -", "set_baseline", lambda store, s: store.set_baseline(s.year, **BY)),
    ("- - - + + + - -", "papers.save", _check),
    ("- - - + + + - -", "papers.save", _correction),
    (
        "- - - + + + - -",
        "papers.save",
        lambda store, s: withdraw(store, s.city, Kind.BAND_CHECK, s.checked, based_on=1, **BY),
    ),
    # An administrator of a city has its people, its name and its audit trail.
    ("- - - - + + - -", "rename_city", lambda store, s: store.rename_city(s.city, "Libo", **BY)),
    ("- - - - + + - -", "people.of", lambda store, s: store.people.of(s.city)),
    ("- - - - + + - -", "people.governed", lambda store, s: store.people.governed(s.city)),
    (
        "- - - - + + - -",
        "people.invite",
        lambda store, s: store.people.invite("new@libo.example", "New", Role.VIEWER, s.city, **BY),
    ),
    (
        "- - - - + + - -",
        "people.give_role",
        lambda store, s: store.people.give_role(
            s.mate, Role.CONTRIBUTOR, s.city, Scope(components=frozenset({"governance"})), **BY
        ),
    ),
    ("- - - - + + - -", "people.take_role", lambda store, s: store.people.take_role(s.mate, s.city, **BY)),
    ("- - - - + + - -", "people.switch_off", lambda store, s: store.people.switch_off(s.mate, **BY)),
    ("- - - - + + - -", "people.switch_on", lambda store, s: store.people.switch_on(s.mate, **BY)),
    ("- - - - + + - -", "people.forget", lambda store, s: store.people.forget(s.mate, **BY)),
    ("- - - - + + - -", "trail.of", lambda store, s: store.trail.of(s.city)),
    # What reaches beyond one city is for the administrators of the whole server.
    ("- - - - - + - -", "people.of", lambda store, s: store.people.of()),
    (
        "- - - - - + - -",
        "people.invite",
        lambda store, s: store.people.invite("new@libo.example", "New", Role.ADMINISTRATOR, **BY),
    ),
    ("- - - - - + - -", "people.give_role", lambda store, s: store.people.give_role(s.mate, Role.VIEWER, **BY)),
    ("- - - - - + - -", "people.take_role", lambda store, s: store.people.take_role(s.mate, **BY)),
    ("- - - - - + - -", "people.switch_off", lambda store, s: store.people.switch_off(s.both, **BY)),
    ("- - - - - + - -", "people.switch_on", lambda store, s: store.people.switch_on(s.both, **BY)),
    ("- - - - - + - -", "people.forget", lambda store, s: store.people.forget(s.both, **BY)),
    ("- - - - - + - -", "trail.of", lambda store, s: store.trail.of()),
    ("- - - - - + - -", "add_city", lambda store, s: store.add_city("Chengdu", **BY)),
    ("- - - - - + - -", "papers.save", _paper(Kind.SETTING)),
    ("- - - - - + - -", "papers.save", _paper(Kind.PLAN)),
    ("- - - - - + - -", "exchange.apply", lambda store, s: _imported(store, s, NEW_CITY)),
    ("- - - - - + - -", "exchange.export", lambda store, s: exchange.export(store)),
    ("- - - - - + - -", "exchange.preview", lambda store, s: exchange.preview(store, s.document, "all.json")),
    ("- - - - - + - -", "exchange.apply", lambda store, s: _imported(store, s, s.document)),
    ("- - - - - + - -", "backup.backup", lambda store, s: backup.backup(store, s.new_file())),
    ("- - - - - + - -", "backup.restore_into", lambda store, s: backup.restore_into(store, s.backup)),
    # The administrators of another city have it there and only there.
    ("- - - - - + + -", "heads", lambda store, s: store.heads(s.other_city)),
    ("- - - - - + + -", "sources.file", lambda store, s: store.sources.file(s.other_sha256)),
    ("- - - - - + + -", "rename_city", lambda store, s: store.rename_city(s.other_city, "Arau", **BY)),
    ("- - - - - + + -", "save", lambda store, s: store.save(s.other_year, "budget", BUDGET, based_on=0, **BY)),
    ("- - - - - + + -", "start_year", lambda store, s: store.start_year(s.other_city, 2031, **BY)),
    ("- - - - - + + -", "trail.of", lambda store, s: store.trail.of(s.other_city)),
    # Only whoever sits at the machine, and the program when somebody signs in, does these.
    ("- - - - - - - -", "people.first", lambda store, s: store.people.first("first@libo.example", force=True)),
    ("- - - - - - - -", "sign_in", lambda store, s: store.sign_in("https://id", "9", "mate@libo.example", "", True)),
]

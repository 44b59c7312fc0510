"""Moving the store out and in: one JSON document, plain tables, and a preview before anything is saved."""

from __future__ import annotations

from collections import Counter
from contextlib import suppress

from cbi.i18n import say
from cbi.store import exporting, merging, years
from cbi.store.document import Document, write_document
from cbi.store.errors import OutdatedError, ReadOnlyError
from cbi.store.gate import SERVER, Visit, in_city
from cbi.store.import_plan import PaperChange, PlaceChange, Plan
from cbi.store.merging import Incoming
from cbi.store.rights import Deed, Right
from cbi.store.store import Store

__all__ = ["Incoming", "PaperChange", "PlaceChange", "Plan", "apply", "export", "export_city", "preview"]


class _TakenBackError(Exception):
    """Ends the transaction of a preview, and carries what it would do."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


def export(store: Store) -> bytes:
    """Write the whole store, with its history, files and people, as one JSON document in UTF-8."""
    data = store.gate.read(
        Right.EXPORT_STORE, SERVER, lambda visit: write_document(exporting.document_of(visit.connection))
    )
    with suppress(ReadOnlyError):  # written down when it is done; a store that may only be read keeps no trail
        store.gate.write(Right.EXPORT_STORE, SERVER, "machine", lambda _: None)
    return data


def export_city(store: Store, city_id: int) -> bytes:
    """Write one city as such a document; of people it holds only the names of those who signed something in it."""
    data = store.gate.read(
        Right.EXPORT,
        in_city(city_id),
        lambda visit: write_document(exporting.document_of_city(visit.connection, city_id)),
    )
    store.trail.exported(city_id, "document")
    return data


def preview(store: Store, incoming: Incoming, name: str) -> Plan:
    """Tell what an import would add and change; nothing is saved.

    ``incoming`` is a document (:func:`cbi.store.document.read_document`) or the assessments of a plain table,
    ``name`` the file that they come from. It takes the rights that the import takes.
    """

    def look(visit: Visit) -> Plan:
        _require(visit, incoming)
        raise _TakenBackError(visit.named(merging.merge(visit.connection, incoming, visit.who, name)))

    try:  # its work is taken back, so nobody is named by it
        return store.gate.write(Right.OWN, SERVER, "preview", look)
    except _TakenBackError as found:
        return found.plan


def apply(store: Store, incoming: Incoming, name: str, *, seen: Plan, person: str) -> Plan:
    """Import what the person has seen in the preview, whole or not at all.

    A table takes the right to import in each of its cities, and to add those that are new; a document, which
    brings history that others signed, that to merge stores. Raises :class:`OutdatedError` if the store has changed
    so that the import would do something else.
    """

    def take(visit: Visit) -> Plan:
        _require(visit, incoming)
        plan = visit.named(merging.merge(visit.connection, incoming, visit.who, name))
        if plan != seen:
            raise OutdatedError(
                say("The store has changed since the preview. Nothing was saved: look at the new preview first.")
            )
        _write_down(visit, incoming, plan)
        return plan

    return store.gate.write(Right.OWN, SERVER, person, take)


def _require(visit: Visit, incoming: Incoming) -> None:
    if isinstance(incoming, Document):
        visit.require(Right.MERGE_STORE)
        return
    for name in dict.fromkeys(one.city for one in incoming if one.city):
        city = years.find_city(visit.connection, name)
        if city is None:
            visit.require(Right.ADD_CITY)
        else:
            visit.require(Right.IMPORT, city.id)


def _write_down(visit: Visit, incoming: Incoming, plan: Plan) -> None:
    """Write into the audit trail what came in: how much of it, and no values."""
    if plan.empty:
        return
    if isinstance(incoming, Document):
        visit.write_down(Deed.STORE_IMPORTED, detail=f"cities: {len(incoming.cities)}, lines: {plan.lines}")
        return
    lines = Counter(change.city for change in plan.changes)
    for name in dict.fromkeys([*plan.new_cities, *(city for city, _, _ in plan.new_years), *lines]):
        city = years.find_city(visit.connection, name)
        if city is not None and name in plan.new_cities:
            visit.write_down(Deed.CITY_ADDED, city_id=city.id)
        if city is not None:
            visit.write_down(Deed.IMPORTED, city_id=city.id, detail=f"places: {lines[name]}")

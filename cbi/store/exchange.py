"""Moving the store out and in: one JSON document, plain tables, and a preview before anything is saved."""

from __future__ import annotations

from cbi.i18n import say
from cbi.store import exporting, merging
from cbi.store.document import write_document
from cbi.store.errors import OutdatedError
from cbi.store.import_plan import PaperChange, PlaceChange, Plan
from cbi.store.merging import Incoming
from cbi.store.rows import By
from cbi.store.store import Store

__all__ = ["Incoming", "PaperChange", "PlaceChange", "Plan", "apply", "export", "preview"]


class _TakenBackError(Exception):
    """Ends the transaction of a preview."""


def export(store: Store) -> bytes:
    """Write the whole store, with its history and files, as one JSON document in UTF-8."""
    with store.database.reading() as connection:
        return write_document(exporting.document_of(connection))


def preview(store: Store, incoming: Incoming, name: str) -> Plan:
    """Tell what an import would add and change; nothing is saved.

    ``incoming`` is a document (:func:`cbi.store.document.read_document`) or the assessments of a plain table,
    ``name`` the file that they come from.
    """
    who, plan = By("preview", store.clock()), Plan()  # its work is taken back, so nobody is named by it
    try:
        with store.database.writing() as connection:
            plan = merging.merge(connection, incoming, who, name)
            raise _TakenBackError
    except _TakenBackError:
        return plan


def apply(store: Store, incoming: Incoming, name: str, *, seen: Plan, person: str) -> Plan:
    """Import what the person has seen in the preview, whole or not at all.

    Raises :class:`OutdatedError` if the store has changed so that the import would do something else.
    """
    who = store.by(person)
    with store.database.writing() as connection:
        plan = merging.merge(connection, incoming, who, name)
        if plan != seen:
            raise OutdatedError(
                say("The store has changed since the preview. Nothing was saved: look at the new preview first.")
            )
        return plan

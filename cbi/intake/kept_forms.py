"""Mappings of forms as the store keeps them: one for each form, found again by its fingerprint."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from cbi.intake.mapping import FormMapping, MappingError
from cbi.store.records import Kind
from cbi.store.store import Store


@dataclass(frozen=True, slots=True)
class KeptForm:
    """A mapping that is kept: what it says, its version, and who gave it."""

    mapping: FormMapping
    version: int
    person: str


def kept_forms(store: Store) -> Mapping[str, KeptForm]:
    """Give the forms that somebody has mapped, by fingerprint; one that does not hold any more is left out."""
    known = {}
    for paper in store.papers.of(Kind.FORM_MAPPING):
        try:
            known[paper.key] = KeptForm(FormMapping.from_dict(paper.content), paper.version, paper.person)
        except MappingError:
            continue
    return known


def keep_form(store: Store, mapping: FormMapping, *, person: str) -> None:
    """Keep a mapping for every file of its form, in the place of the one that stands.

    Raises :class:`cbi.store.errors.StoreError` for what the store cannot do.
    """
    known = store.papers.get(Kind.FORM_MAPPING, mapping.fingerprint)
    store.papers.save(
        Kind.FORM_MAPPING,
        mapping.fingerprint,
        mapping.to_dict(),
        based_on=known.version if known else 0,
        person=person,
    )


def forget_form(store: Store, fingerprint: str, *, person: str) -> None:
    """Withdraw the mapping of a form: its files are asked about again. Does nothing where none is kept.

    Raises :class:`cbi.store.errors.StoreError` for what the store cannot do.
    """
    known = store.papers.get(Kind.FORM_MAPPING, fingerprint)
    if known is not None:
        store.papers.save(Kind.FORM_MAPPING, fingerprint, None, based_on=known.version, person=person)

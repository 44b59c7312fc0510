"""A target that was begun and is not kept as a plan yet: what was typed for it, as it was typed.

It lies beside the answers as a small paper of one person and one year, so that a reload or another day brings it back.
"""

from __future__ import annotations

from collections.abc import Mapping

from cbi.store import Store
from cbi.store.records import Head, Kind

TEXTS = "texts"
KEY = "target begun"
"""How the keys of such papers begin."""


def keep(store: Store, head: Head, person: str, texts: Mapping[str, str]) -> None:
    """Keep what a person typed for a target, by the name of the field, in place of what was kept.

    Raises :class:`cbi.store.StoreError`.
    """
    key, city = _key_of(store, head, person), head.city.id
    known = store.papers.get(Kind.SETTING, key, city_id=city)
    if known is None and not texts:
        return
    content = {TEXTS: dict(texts)} if texts else None
    store.papers.save(Kind.SETTING, key, content, based_on=known.version if known else 0, person=person, city_id=city)


def kept(store: Store, head: Head, person: str) -> dict[str, str]:
    """Give what a person typed for a target of a year; raises :class:`cbi.store.StoreError`."""
    paper = store.papers.get(Kind.SETTING, _key_of(store, head, person), city_id=head.city.id)
    texts = (paper.content or {}).get(TEXTS) if paper else None
    if not isinstance(texts, Mapping):  # a paper may have come from another program
        return {}
    return {str(name): text for name, text in texts.items() if isinstance(text, str)}


def _key_of(store: Store, head: Head, person: str) -> str:
    """Give the key of what a person began: of their account where they signed in, else of their name."""
    return f"{KEY} {head.year} ({head.edition}), of {store.signature or person}"[:200]

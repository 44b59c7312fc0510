"""Which pages the menu leaves out for a person; each of them also says itself what it takes."""

from __future__ import annotations

from cbi.store.rights import Right
from cbi.views import visit
from cbi.views.shown import Shown


def left_out(shown: Shown) -> frozenset[str]:
    """Name the pages that are of no use to the person of this visit."""
    found = set()
    if not (visit.signs_in() and visit.own_granted().may_somewhere(Right.PEOPLE)):
        found.add("people")
    if not shown.may(Right.IMPORT):
        found.add("imports")
    return frozenset(found)

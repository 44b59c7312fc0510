"""Who holds the data: the office that a definition names first, and what waits for each of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cbi.definitions.models import Indicator
from cbi.scoring import Result

NAMED_FIRST = re.compile(r"[^,;(.，、；（。]+")


def first_holder(indicator: Indicator) -> str:
    """Give the office that ``held_by`` names first, in the language of the definition: the one to ask first."""
    found = NAMED_FIRST.match(indicator.held_by)
    return found.group().strip() if found else indicator.held_by


def by_holder(results: Iterable[Result]) -> tuple[tuple[str, tuple[Result, ...]], ...]:
    """Group results by the office to ask first; who holds most comes first, then by number of the indicator."""
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(first_holder(result.indicator), []).append(result)
    ordered = sorted(groups.items(), key=lambda one: (-len(one[1]), one[1][0].indicator.number))
    return tuple((holder, tuple(members)) for holder, members in ordered)

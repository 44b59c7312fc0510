"""Roles as rows hold them: the scope of a contributor as JSON text, and back."""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any

from cbi.store.rights import Scope


def write_scope(scope: Scope) -> str:
    """Write a scope as JSON text, the same text for the same scope; an empty one as an empty text."""
    if scope == Scope():
        return ""
    data: dict[str, Any] = {"indicators": sorted(scope.indicators), "components": sorted(scope.components)}
    return json.dumps(data | {"profile": scope.profile}, separators=(",", ":"))


@lru_cache(maxsize=500)
def scope_from(text: str) -> Scope:
    """Read what :func:`write_scope` wrote."""
    if not text:
        return Scope()
    data = json.loads(text)
    return Scope(frozenset(data["indicators"]), frozenset(data["components"]), data["profile"])

"""A profile as plain data for JSON, to be kept with the city and read back sign for sign."""

from __future__ import annotations

from functools import cache
from typing import Any

from pydantic import ConfigDict, TypeAdapter, ValidationError, with_config

from cbi.citieswithnature.records import Profile

FORM = 1
"""The form of the data; it is raised when a later version can no longer read an earlier one."""


class ProfileDataError(ValueError):
    """Data that is no profile: the message says what was found where."""


@cache
def _adapter() -> TypeAdapter[Profile]:
    return TypeAdapter(with_config(ConfigDict(extra="forbid"))(Profile))


def to_data(profile: Profile) -> dict[str, Any]:
    """Give a profile as plain data: numbers as texts, days as ``2026-05-16``."""
    data: dict[str, Any] = _adapter().dump_python(profile, mode="json")
    return {"form": FORM, **data}


def from_data(data: Any) -> Profile:
    """Read a profile from what :func:`to_data` gave. Raises :class:`ProfileDataError` for anything else."""
    if not isinstance(data, dict) or data.get("form") != FORM:
        raise ProfileDataError(f"a profile is a mapping with “form”: {FORM}")
    try:
        return _adapter().validate_python({key: value for key, value in data.items() if key != "form"})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise ProfileDataError(f"{place}: {first['msg']}") from None

"""What the sign-in says of a person, and how long that holds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

HOURS = "CBI_SIGN_IN_HOURS"
"""How many hours a sign-in holds, up to :data:`MOST_HOURS`; :data:`USUAL_HOURS` if it is not set."""
USUAL_HOURS, MOST_HOURS = 10.0, 24.0 * 7
ADDRESS_CLAIM = "CBI_OIDC_ADDRESS_CLAIM"
"""Under which name the sign-in gives a person's address; usually ``email``, with some ``preferred_username``."""
VOUCHED = "CBI_OIDC_ADDRESSES_ARE_VERIFIED"
"""Set to ``yes`` where the sign-in gives addresses of its own people only and does not say that it verified them."""


@dataclass(frozen=True, slots=True)
class SignedIn:
    """A person as the sign-in knows them: who says so, their number there, address and name, and until when."""

    issuer: str
    subject: str
    address: str
    name: str
    address_verified: bool
    since: datetime
    until: datetime


def signed_in(user: Mapping[str, Any], environment: Mapping[str, str]) -> SignedIn | None:
    """Read what Streamlit gives of a person after it has proved the token; None if nobody signed in.

    The hours count from the moment at which the token was issued; a token that does not tell it holds no longer.
    """
    if user.get("is_logged_in") is not True:
        return None
    address = str(user.get(environment.get(ADDRESS_CLAIM, "").strip() or "email") or "")
    vouched = environment.get(VOUCHED, "").strip().casefold() == "yes"
    since = _moment(user.get("iat"))
    return SignedIn(
        issuer=str(user.get("iss") or ""),
        subject=str(user.get("sub") or ""),
        address=address,
        name=str(user.get("name") or ""),
        address_verified=vouched or user.get("email_verified") in (True, "true"),
        since=since,
        until=since + timedelta(hours=_hours(environment)),
    )


def is_hours(text: str) -> bool:
    """Tell whether a text is a number of hours that a sign-in may hold."""
    try:
        return 0 < float(text) <= MOST_HOURS
    except ValueError:
        return False


def _hours(environment: Mapping[str, str]) -> float:
    text = environment.get(HOURS, "")
    return float(text) if is_hours(text) else USUAL_HOURS


def _moment(issued: object) -> datetime:
    """Read seconds since 1970; the beginning of time for anything else, and for a moment that is none."""
    try:
        return datetime.fromtimestamp(float(str(issued)), UTC)
    except (ValueError, OverflowError, OSError):
        return datetime.fromtimestamp(0, UTC)

"""Who may sign in: only who was invited, each address with the one sign-in that came with it first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, select, update

from cbi.i18n import Sentence, mark, say
from cbi.store import accounts, tables
from cbi.store.errors import NotPermittedError, SignInRefusedError
from cbi.store.gate import Visit, is_over
from cbi.store.records import Account
from cbi.store.rights import Deed
from cbi.store.texts import one_line

_ACCOUNT = tables.account

REFUSALS = {
    "incomplete": mark("The sign-in says nothing by which a person can be known. Ask the people who run it."),
    "unknown": mark("{address} was not invited here. Ask an administrator to invite this address."),
    "switched_off": mark("Your access was switched off. Ask an administrator to switch it on again."),
    "signed_out": mark("You have signed out since this sign-in began. Sign in again."),
    "not_verified": mark(
        "Your sign-in does not say that the address {address} is yours. Have it confirmed where you sign in, then try "
        "again."
    ),
    "other_sign_in": mark(
        "{address} belongs to another sign-in here, and nobody was let in. Ask an administrator: if the person has a "
        "new account, their old one has to be removed and the address invited anew."
    ),
    "other_account": mark(
        "You signed in as a person who is known here by another address than {address}, which is another person's. Ask "
        "an administrator."
    ),
}


@dataclass(frozen=True, slots=True)
class Claims:
    """What the identity provider says of a person; its signature was proved before."""

    issuer: str
    subject: str
    address: str
    name: str
    address_verified: bool
    since: datetime


def sign_out(visit: Visit) -> None:
    """End every sign-in of whoever acts, in all browsers."""
    if visit.account_id is not None:
        mine = _ACCOUNT.c.id == visit.account_id
        visit.connection.execute(update(_ACCOUNT).where(mine).values(signed_out_at=visit.who.time))
        visit.write_down(Deed.SIGNED_OUT)


def sign_in(visit: Visit, claims: Claims) -> Account | SignInRefusedError:
    """Let a person in, or give the refusal; either is written into the audit trail.

    The sign-in that first comes with an invited address, proved to be the person's, is linked to the account. From
    then on the sign-in is what counts, and another one with the same address is refused.
    """
    if not visit.granted.unrestricted:
        raise NotPermittedError(say("Only the program itself lets people in."))
    if not one_line(claims.issuer) or not one_line(claims.subject):
        return _refused(visit, "incomplete", claims, None)
    address = accounts.folded(claims.address)
    known, invited = _by_subject(visit, claims), _by_address(visit, address)
    if known is None:
        if invited is None:
            return _refused(visit, "unknown", claims, None)
        if not claims.address_verified:
            return _refused(visit, "not_verified", claims, invited)
        if invited.subject is not None:
            return _refused(visit, "other_sign_in", claims, invited)
        known = invited
    elif invited is not None and invited.id != known.id:
        return _refused(visit, "other_account", claims, known)
    if not known.active:
        return _refused(visit, "switched_off", claims, known)
    if is_over(known.signed_out_at, claims.since):
        return _refused(visit, "signed_out", claims, known)
    if known.signed_in_at != claims.since:  # another page of the same sign-in is nothing new
        values = {"issuer": claims.issuer, "subject": claims.subject, "signed_in_at": claims.since}
        values |= {"name": known.name or one_line(claims.name, 200)}
        visit.connection.execute(update(_ACCOUNT).where(_ACCOUNT.c.id == known.id).values(**values))
        visit.account_id = known.id
        visit.write_down(Deed.SIGNED_IN)
    return accounts.one(visit.connection, known.key)


def _by_subject(visit: Visit, claims: Claims) -> Row[Any] | None:
    mine = _ACCOUNT.c.issuer == claims.issuer, _ACCOUNT.c.subject == claims.subject
    return visit.connection.execute(select(_ACCOUNT).where(*mine)).one_or_none()


def _by_address(visit: Visit, address: str) -> Row[Any] | None:
    query = select(_ACCOUNT).where(_ACCOUNT.c.address == address).with_for_update()
    return visit.connection.execute(query).one_or_none() if address else None


def _refused(visit: Visit, reason: str, claims: Claims, known: Row[Any] | None) -> SignInRefusedError:
    visit.write_down(Deed.SIGN_IN_REFUSED, about_id=known.id if known is not None else None, detail=reason)
    sentence: Sentence = say(REFUSALS[reason], address=one_line(claims.address, 254) or "–")
    return SignInRefusedError(reason, sentence)

"""How history names people who sign in: by a reference that stays when their name and address are removed.

What is signed by an account holds ``account:`` and the account's key. The name is put in when it is read, so that
a removed one is gone everywhere at once. Names that people typed where nobody signs in stand as they were typed.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields, is_dataclass, replace
from typing import Any, TypeVar, cast

from cbi.assessment import Answer, Assessment, Entry
from cbi.i18n import say

T = TypeVar("T")

_KEY = re.compile(r"[0-9a-f]{16}")
_PREFIX = "account:"
_REFERENCE = re.compile(_PREFIX + _KEY.pattern)
_WITHOUT_PEOPLE = (Entry, Answer, Assessment)
"""What answers hold is never a signature, so that nothing in it is looked through."""


def new_key() -> str:
    """Make the key of a new account: it says nothing about the person and is another one everywhere."""
    return secrets.token_hex(8)


def reference(key: str) -> str:
    """Give the signature of an account."""
    return _PREFIX + key


def key_of(person: str) -> str | None:
    """Give the key of the account that signed; None for a name that was typed."""
    return person.removeprefix(_PREFIX) if _REFERENCE.fullmatch(person) else None


@dataclass(frozen=True, slots=True)
class Signer:
    """What is shown of an account: its number in this store, its name and address; both are empty once removed."""

    key: str
    number: int
    name: str
    address: str | None


def labels(
    signers: Iterable[Signer], language: str, *, with_addresses: bool = True, own: str | None = None
) -> dict[str, str]:
    """Give the words that stand for each reference: the name, with the address where two have the same name.

    ``with_addresses`` tells whether the reader manages people. To others the address of nobody is shown but their own
    (``own`` is their key): who has no name there, or one that another has too, is told apart by a number.
    """
    listed = list(signers)
    names = [one.name for one in listed]
    return {
        reference(one.key): _label(one, names.count(one.name) > 1, language, with_addresses or one.key == own)
        for one in listed
    }


def _label(one: Signer, is_shared: bool, language: str, with_address: bool) -> str:
    if not (one.name or one.address):
        return say("a former colleague (no. {number})", number=one.number).text(language)
    if not with_address:
        called = one.name or say("a colleague").text(language)
        if one.name and not is_shared:
            return called
        return say("{name} (no. {number})", name=called, number=one.number).text(language)
    if one.name and one.address and is_shared:
        return f"{one.name} ({one.address})"
    return one.name or one.address or ""


def references_in(value: Any) -> Iterator[str]:
    """List the references in anything that the store hands out."""
    if isinstance(value, str):
        if value.startswith(_PREFIX) and key_of(value):
            yield value
    elif isinstance(value, Mapping):
        for one in value.values():
            yield from references_in(one)
    elif isinstance(value, tuple | list | frozenset | set):
        for one in value:
            yield from references_in(one)
    elif is_dataclass(value) and not isinstance(value, _WITHOUT_PEOPLE):
        for field in fields(value):
            yield from references_in(getattr(value, field.name))


def named(value: T, names: Mapping[str, str]) -> T:
    """Put names in the place of references; what holds none is given as it is."""
    return cast("T", _named(value, names))


def _named(value: Any, names: Mapping[str, str]) -> Any:
    if isinstance(value, str):
        return names.get(value, value)
    if isinstance(value, Mapping):
        return {key: _named(one, names) for key, one in value.items()}
    if isinstance(value, tuple | list | frozenset | set):
        return type(value)(_named(one, names) for one in value)
    if not is_dataclass(value) or isinstance(value, (type, *_WITHOUT_PEOPLE)):
        return value
    old = {field.name: getattr(value, field.name) for field in fields(value) if field.init}
    changed = {name: new for name, one in old.items() if (new := _named(one, names)) != one}
    return replace(value, **changed) if changed else value

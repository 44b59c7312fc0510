"""An edition that passed every check, kept for the next start beside Python's own compiled files.

To parse and prove the files anew takes a sixth of the time of a command. What passed is therefore written down
as plain data where Python keeps compiled modules: in ``__pycache__``, or below ``PYTHONPYCACHEPREFIX``, and nowhere
with ``PYTHONDONTWRITEBYTECODE``. Who may write there may change the program itself, so nothing new is trusted.
It is taken only while it was made of the very bytes that would be read now; whatever else lies there is as if it
were not there, and can be deleted at any time.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from decimal import Decimal
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from cbi.definitions import models
from cbi.definitions.edition import Edition
from cbi.definitions.models import TrustWord
from cbi.version import VERSION

HERE = Path(__file__).resolve().parent

KIND = "="
"""The key that tells what an object of the text is; no field of a definition is called so."""

MODELS: Mapping[str, type[BaseModel]] = {
    name: found for name, found in vars(models).items() if isinstance(found, type) and issubclass(found, BaseModel)
}
SCALARS: Mapping[str, type[Decimal | TrustWord]] = {"Decimal": Decimal, "TrustWord": TrustWord}


def kept_or_read(folder: Path, language: str) -> Edition:
    """Give an edition as it was kept, or read and prove it, and keep it.

    Raises :class:`cbi.definitions.faults.DefinitionError` with every fault; what has a fault is never kept.
    """
    place, made_of = _place(folder, language), _made_of(folder, language)
    found = _recalled(place, made_of, language)
    if found is None:
        from cbi.definitions.reader import read_edition  # brings the parser of YAML with it

        found = read_edition(folder, language)
        if _made_of(folder, language) == made_of:  # nobody saved a file in the meantime
            _keep(found, place, made_of)
    return found


def _place(folder: Path, language: str) -> Path:
    compiled = Path(cache_from_source(__file__))
    return compiled.with_name(f"{folder.name}.{language}.{sys.implementation.cache_tag}.json")


def _made_of(folder: Path, language: str) -> bytes:
    """Digest all that an edition hangs on: its files, what reads and proves them, the program and Python itself."""
    digest = hashlib.sha256(f"{VERSION} {sys.version} {language}".encode())
    for file in _sources(folder):
        try:
            content = file.read_bytes()
        except OSError:  # the reader says what is wrong with it
            content = b""
        digest.update(f"\n{file.name} {len(content)}\n".encode() + content)
    return digest.digest()


def _sources(folder: Path) -> Iterator[Path]:
    yield from sorted(folder.glob("*.yaml"))
    yield from sorted(HERE.glob("*.py"))
    yield HERE.parent / "measures.py"


def _recalled(place: Path, made_of: bytes, language: str) -> Edition | None:
    """Give what is kept; None if there is nothing, or nothing that is whole and made of the same."""
    try:
        seal, _, text = place.read_bytes().partition(b"\n")
    except OSError:
        return None
    if seal != _seal(made_of, text):
        return None
    return Edition(**json.loads(text, object_hook=_built), language=language)


def _keep(edition: Edition, place: Path, made_of: bytes) -> None:
    """Write an edition down, whole or not at all; where that cannot be done it is read anew the next time."""
    if sys.dont_write_bytecode:
        return
    parts = ("frame", "profile", "checks", "indicators", "files")
    text = json.dumps({part: _plain(getattr(edition, part)) for part in parts}).encode()
    beside = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(_seal(made_of, text) + b"\n" + text)
        beside.replace(place)


def _seal(made_of: bytes, text: bytes) -> bytes:
    return hashlib.sha256(made_of + text).hexdigest().encode()


def _plain(value: Any) -> Any:
    """Put a part of an edition into plain data; of a model, the fields that its file gave."""
    if isinstance(value, BaseModel):
        given = [name for name in type(value).model_fields if name in value.model_fields_set]
        return {KIND: type(value).__name__, **{name: _plain(getattr(value, name)) for name in given}}
    if isinstance(value, Decimal | TrustWord):
        return {KIND: type(value).__name__, "of": str(value)}
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _built(plain: dict[str, Any]) -> Any:
    """Turn an object of the text back into what it was; its lists were tuples."""
    kind = plain.pop(KIND, None)
    if kind in SCALARS:
        return SCALARS[kind](plain["of"])
    for key, value in plain.items():
        if isinstance(value, list):
            plain[key] = _unchanging(value)
    return MODELS[kind].model_construct(**plain) if kind else plain


def _unchanging(value: Any) -> Any:
    return tuple(map(_unchanging, value)) if isinstance(value, list) else value

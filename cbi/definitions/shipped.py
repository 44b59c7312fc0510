"""What the program ships of the index: both editions, how they answer to one another, other names for what they ask.

Each is opened when it is first asked for, and only then.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from cbi.definitions import kept
from cbi.definitions.edition import Edition
from cbi.definitions.models import AlsoCalled, Crosswalk, OtherName

INDICATORS = Path(__file__).resolve().parents[2] / "indicators"
"""The folder that holds one folder an edition."""

EDITIONS = ("2021", "2014")
"""The editions that the program ships, the default first."""


def edition(name: str = "2021", language: str = "en") -> Edition:
    """Give a shipped edition (``2021`` or ``2014``) in a language (``en`` or ``zh_Hans``).

    Raises :class:`DefinitionError` with every fault if its files cannot be used, and ValueError for an
    edition that is not shipped.
    """
    if name not in EDITIONS:
        raise ValueError(f"no edition {name!r}: choose one of {', '.join(EDITIONS)}")
    return _edition(name, language)


def crosswalk(language: str = "en") -> Crosswalk:
    """Give how the two editions answer to one another; raises :class:`DefinitionError` with every fault."""
    return _crosswalk(language)


@cache
def other_names() -> tuple[OtherName, ...]:
    """Give what cities often call what the index asks; raises :class:`DefinitionError` with every fault.

    Nothing of it touches a score, so it is no part of the hash of an edition.
    """
    from cbi.definitions.reader import read_definition

    return read_definition(AlsoCalled, INDICATORS / "also_called.yaml").names


@cache
def _edition(name: str, language: str) -> Edition:
    return kept.kept_or_read(INDICATORS / name, language)


@cache
def _crosswalk(language: str) -> Crosswalk:
    from cbi.definitions.reader import read_definition

    return read_definition(Crosswalk, INDICATORS / "crosswalk.yaml", language)

"""An edition of the index, ready to score with: its indicators, its profile and its checks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from cbi.definitions.city_bands import BandCheck, BandCorrection
from cbi.definitions.models import (
    Check,
    ComponentDef,
    Document,
    EditionFile,
    Indicator,
    OwnInput,
    ProfileSection,
    SharedInput,
)

PROFILE = "profile"
EARLIER = ("baseline", "previous")


@dataclass(frozen=True)
class Edition:
    """One edition in one language. ``files`` holds the name and text of every definition file.

    ``band_checks`` and ``band_corrections`` are what a city says of the bands of an indicator, by its id; the
    bands that a city corrected already stand in ``indicators``, and are part of ``files``.
    """

    frame: EditionFile
    profile: tuple[ProfileSection, ...]
    checks: tuple[Check, ...]
    indicators: tuple[Indicator, ...]
    files: tuple[tuple[str, str], ...]
    language: str
    band_checks: Mapping[str, BandCheck] = field(default_factory=dict)
    band_corrections: Mapping[str, BandCorrection] = field(default_factory=dict)

    @property
    def id(self) -> str:
        """The year that names the edition."""
        return self.frame.id

    @cached_property
    def compared_inputs(self) -> frozenset[str]:
        """The figures of the profile that indicators hold against earlier years, such as counts of species."""
        return frozenset(
            given.input or name
            for indicator in self.indicators
            for name, given in indicator.inputs.items()
            if isinstance(given, SharedInput) and given.from_ in EARLIER
        )

    @property
    def maximum(self) -> int:
        """The points of the whole index: 112 in 2021, 92 in 2014."""
        return self.frame.maximum

    @property
    def components(self) -> tuple[ComponentDef, ...]:
        """The three core components in the order of the index."""
        return self.frame.components

    @cached_property
    def hash(self) -> str:
        """A digest that pins the definition files and a city's own bands, whatever the language: ``sha256:…``."""
        import hashlib  # brings OpenSSL with it: only when the digest is asked for

        digest = hashlib.sha256()
        for name, text in sorted(self.files):
            digest.update(f"{name}\n{text.replace(chr(13), '')}\n".encode())
        return f"sha256:{digest.hexdigest()}"

    @cached_property
    def profile_inputs(self) -> Mapping[str, OwnInput]:
        """Every input of Part I by its id."""
        return {name: given for section in self.profile for name, given in section.inputs.items()}

    @cached_property
    def _by_key(self) -> Mapping[str, Indicator]:
        by_id = {indicator.id: indicator for indicator in self.indicators}
        return by_id | {str(indicator.number): indicator for indicator in self.indicators}

    def find(self, key: str | int) -> Indicator | None:
        """Find an indicator by its number or its id; None if the edition has none of that name."""
        return self._by_key.get(str(key))

    def indicator(self, key: str | int) -> Indicator:
        """Give an indicator by its number or its id; raises KeyError if the edition has none."""
        return self._by_key[str(key)]

    def input(self, owner: str, name: str) -> OwnInput:
        """Give an input as it is asked, wherever that is.

        ``owner`` is ``profile`` or the id of an indicator. Raises KeyError for a name that is not asked.
        """
        if owner == PROFILE:
            return self.profile_inputs[name]
        given = self.indicator(owner).inputs[name]
        if isinstance(given, OwnInput):
            return given
        return self.input(*home(owner, name, given))

    def document(self, document_id: str) -> Document:
        """Give a printed source by its id; raises KeyError if the edition names none."""
        return next(document for document in self.frame.documents if document.id == document_id)


def home(owner: str, name: str, given: OwnInput | SharedInput) -> tuple[str, str]:
    """Tell where an input is asked: (``profile`` or indicator id, its id there)."""
    if isinstance(given, OwnInput):
        return owner, name
    place = PROFILE if given.from_ in EARLIER else given.from_
    return place, given.input or name

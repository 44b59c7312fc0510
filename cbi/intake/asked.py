"""What a line is asked for, in every language: a person may answer a form of one language in another."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cbi.amounts import NUMBER_KINDS
from cbi.assessment import Entry, Given
from cbi.definitions import edition
from cbi.definitions.edition import PROFILE, Edition
from cbi.definitions.models import Indicator, OwnInput
from cbi.draft import FINISHED
from cbi.gathering import figure
from cbi.i18n import LANGUAGES
from cbi.reading import ReadingError, read_finished, read_input, read_quantity
from cbi.units import plain

_FIRST_DIGIT = re.compile(r"([0-4])\s*[·.:：、）)–—-]\s*\S.*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked at one place: an input, or the finished value (``=``) of an indicator.

    ``inputs`` and ``indicators`` hold the same definition in the reader's language and in every other.
    ``kind`` is a kind of the definitions, or ``ladder``.
    """

    owner: str
    name: str
    kind: str
    label: str
    inputs: tuple[OwnInput, ...] = ()
    indicators: tuple[Indicator, ...] = ()

    @property
    def is_number(self) -> bool:
        """Whether a number is due, or numbers in a list of areas."""
        return self.kind in NUMBER_KINDS or self.kind == "list of area"

    @property
    def is_finished(self) -> bool:
        """Whether it is the finished value of an indicator."""
        return self.name == FINISHED

    def read(self, text: str, unit: str, locale: str) -> tuple[Given, str]:
        """Read a text: value and id of its unit. Raises :class:`cbi.reading.ReadingError`, in the reader's language."""
        if self.kind in NUMBER_KINDS and not self.is_finished:
            for wanted in filter(None, (asked.unit for asked in self.inputs)):
                text = re.sub(rf"\s*{re.escape(wanted)}\s*$", "", text, flags=re.IGNORECASE)
                unit = "" if plain(unit) == plain(wanted) else unit
            return read_quantity(text, self.kind, unit=unit, locale=locale)
        try:
            return self._read_in(0, text, unit, locale)
        except ReadingError as error:
            return self._read_elsewhere(text, unit, locale, error)

    def _read_elsewhere(self, text: str, unit: str, locale: str, wrong: ReadingError) -> tuple[Given, str]:
        """Read a text as an answer in another language, or a rung with its points before it."""
        for number in range(1, len(LANGUAGES)):
            try:
                return self._read_in(number, text, unit, locale)
            except ReadingError:
                continue
        if self.kind == "ladder" and (match := _FIRST_DIGIT.fullmatch(text.strip())):
            return self._read_in(0, match[1], "", locale)
        raise wrong

    def _read_in(self, number: int, text: str, unit: str, locale: str) -> tuple[Given, str]:
        if self.is_finished:
            return read_finished(text, self.indicators[number], unit=unit, locale=locale), ""
        return read_input(text, self.inputs[number], unit=unit, locale=locale)

    def written(self, entry: Entry) -> str:
        """Write what was understood so that people can compare it with what they meant."""
        if self.is_finished:
            indicator = self.indicators[0]
            rungs = {rung.id: f"{rung.points} · {rung.text}" for rung in indicator.ladder}
            unit = (indicator.value.unit or "") if indicator.value else ""
            return rungs.get(str(entry.value)) or f"{figure(entry)} {unit}".strip()
        asked = self.inputs[0]
        labels = {item.id: item.label for item in asked.items}
        if asked.kind == "choice":
            return labels.get(str(entry.value), str(entry.value))
        if asked.kind == "checklist" and isinstance(entry.value, tuple):
            return "; ".join(labels.get(str(part), str(part)) for part in entry.value)
        if asked.kind == "amount":
            return f"{figure(entry)} {asked.unit or ''}".strip()
        return str(figure(entry, asked))


@cache
def asked_for(edition_id: str, owner: str, name: str, language: str) -> Asked | None:
    """Find what is asked at a place; None if the edition does not ask it.

    ``owner`` is ``profile`` or the id of an indicator; ``name`` the id of an input, or ``=``.
    """
    editions = _editions(edition_id, language)
    if owner == PROFILE:
        if name not in editions[0].profile_inputs:
            return None
        inputs = tuple(one.profile_inputs[name] for one in editions)
        return Asked(owner, name, inputs[0].kind, inputs[0].label, inputs)
    indicator = editions[0].find(owner)
    if indicator is None:
        return None
    indicators = tuple(one.indicator(owner) for one in editions)
    if name == FINISHED:
        return Asked(owner, name, _finished_kind(indicator), indicator.title, indicators=indicators)
    if name not in indicator.inputs:
        return None
    inputs = tuple(one.input(owner, name) for one in editions)
    return Asked(owner, name, inputs[0].kind, inputs[0].label, inputs, indicators)


def _editions(edition_id: str, language: str) -> tuple[Edition, ...]:
    others = [one for one in LANGUAGES if one != language]
    return tuple(edition(edition_id, one) for one in (language, *others))


def _finished_kind(indicator: Indicator) -> str:
    if indicator.ladder or indicator.value is None:
        return "ladder"
    return {"%": "percent", "ha": "area"}.get(indicator.value.unit or "", "count")

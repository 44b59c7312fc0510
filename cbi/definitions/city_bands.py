"""What a city says of the printed bands: that it has checked them, or that the handbook prints others."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from cbi.definitions.bands import Band


@dataclass(frozen=True, slots=True)
class BandCheck:
    """A named person compared the bands of an indicator with the printed handbook, and they are the same.

    ``bands`` is the fingerprint of the definition's bands as they were checked: a check holds as long as they
    stay so. ``printing`` says which printing and page of the handbook.
    """

    edition: str
    indicator: str
    person: str
    on: date
    bands: str
    printing: str = ""
    note: str = ""

    def to_dict(self) -> dict[str, Any]:
        """Give the check as the scorecard's JSON lists it."""
        return {"person": self.person, "on": self.on.isoformat(), "printing": self.printing, "note": self.note}


@dataclass(frozen=True, slots=True)
class PrintedRung:
    """A step of a ladder as the handbook prints it; without a text the definition's own text stays."""

    id: str
    points: int
    text: str = ""


@dataclass(frozen=True, slots=True)
class BandCorrection:
    """The bands that a city read in the printed handbook, which take the place of the definition's.

    An indicator with a value has ``bands`` and the ``decimals`` that they are printed with, a ladder ``rungs``.
    ``definition`` is the fingerprint of the definition's bands that they were set against, ``source`` the printing
    and page of the handbook, ``time`` a moment with a time zone.
    """

    edition: str
    indicator: str
    person: str
    time: datetime
    definition: str
    source: str
    note: str = ""
    decimals: int = 0
    bands: tuple[Band, ...] = ()
    rungs: tuple[PrintedRung, ...] = ()

    @property
    def on(self) -> date:
        """The day on which it was entered."""
        return self.time.date()

    def lines(self) -> tuple[str, ...]:
        """Print it line by line, points first: the same text for the same bands, whatever the language."""
        bands = sorted(self.bands, key=lambda band: band.points)
        rungs = sorted(self.rungs, key=lambda rung: rung.points)
        return (
            *(f"{band.points}: {band.label(self.decimals)}" for band in bands),
            *(f"{rung.points}: {rung.id} {rung.text}".rstrip() for rung in rungs),
        )

    def to_dict(self) -> dict[str, Any]:
        """Give the correction as the scorecard's JSON lists it."""
        kept = {"person": self.person, "on": self.on.isoformat(), "source": self.source, "note": self.note}
        return {**kept, "bands": list(self.lines())}

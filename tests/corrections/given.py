"""What the tests of corrections share: printed bands as data, and a correction made of them."""

from datetime import UTC, date, datetime
from decimal import Decimal

from cbi.corrections import BandCheck, BandCorrection, PrintedRung, fingerprint
from cbi.definitions import Edition, edition
from cbi.definitions.bands import Band

ASKED = edition("2021")
TIME = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
DAY = date(2026, 11, 20)


def bands(*printed: str) -> tuple[Band, ...]:
    """Make bands from how they are printed: ``< 10``, ``10–24.9``, ``= 3``, ``≥ 80``; points from 0 upwards."""
    return tuple(_band(points, text) for points, text in enumerate(printed))


def _band(points: int, text: str) -> Band:
    forms = {"<": "below", "≤": "at_most", "=": "exactly", "≥": "at_least", ">": "above"}
    if text[0] in forms:
        return Band.model_validate({"points": points, forms[text[0]]: Decimal(text[1:].strip())})
    low, high = text.split("–")
    return Band.model_validate({"points": points, "from": Decimal(low), "to": Decimal(high)})


TREES = bands("< 10", "10–24.9", "25–39.9", "40–79.9", "≥ 80")
"""Other bands for the share under tree canopy: 72.0 % has 3 points, and not 4."""


def correction(
    name: str = "climate_regulation", printed: tuple[Band, ...] = TREES, **changed: object
) -> BandCorrection:
    """Make a correction; ``changed`` holds what is otherwise than usual."""
    usual: dict[str, object] = {
        "edition": "2021",
        "indicator": name,
        "person": "Mei Yang",
        "time": TIME,
        "definition": fingerprint(ASKED, name),
        "source": "2021 printing, p. 60",
        "decimals": 1,
        "bands": printed,
    }
    return BandCorrection(**{**usual, **changed})  # type: ignore[arg-type]


def ladder(name: str = "green_infrastructure", *points: int, **texts: str) -> BandCorrection:
    """Make a correction of a ladder: the points of its steps in their order, and texts by their ids."""
    rungs = ASKED.indicator(name).ladder
    wanted = points or tuple(range(len(rungs)))
    printed = tuple(
        PrintedRung(rung.id, count, texts.get(rung.id, "")) for rung, count in zip(rungs, wanted, strict=True)
    )
    return correction(name, (), rungs=printed, decimals=0)


def check(name: str = "park_access", asked: Edition = ASKED, **changed: object) -> BandCheck:
    """Make a check of the bands as they are defined."""
    usual: dict[str, object] = {
        "edition": "2021",
        "indicator": name,
        "person": "Mei Yang",
        "on": DAY,
        "bands": fingerprint(asked, name),
        "printing": "2021 printing, p. 66",
    }
    return BandCheck(**{**usual, **changed})  # type: ignore[arg-type]

"""Bands as a person types them from the printed page, read strictly and proved while they type."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal

from cbi.corrections.proof import MOST_DECIMALS, faults
from cbi.corrections.said import fingerprint
from cbi.definitions import Edition, Indicator
from cbi.definitions.bands import Band
from cbi.definitions.city_bands import BandCorrection, PrintedRung
from cbi.i18n import Sentence, say
from cbi.numbers import NumberError, read_number, write_number

FORMS: Mapping[str, tuple[str, ...]] = {
    "below": ("below",),
    "at_most": ("at_most",),
    "between": ("from_", "to"),
    "exactly": ("exactly",),
    "at_least": ("at_least",),
    "above": ("above",),
}
"""The six forms that bands are printed in, each with the limits that it takes."""

FORM_NAMES = {
    "below": say("below (<)"),
    "at_most": say("at most (≤)"),
    "between": say("from – to"),
    "exactly": say("exactly (=)"),
    "at_least": say("at least (≥)"),
    "above": say("above (>)"),
}

LARGEST = Decimal(10) ** 15


@dataclass(frozen=True, slots=True)
class TypedBand:
    """One band as it is typed: its form (a key of :data:`FORMS`) and the texts of its limits."""

    points: int
    form: str
    first: str = ""
    second: str = ""


@dataclass(frozen=True, slots=True)
class Typed:
    """A correction as it is typed, with numbers as they are written in ``number_format`` (a CLDR id)."""

    number_format: str
    decimals: int = 0
    bands: tuple[TypedBand, ...] = ()
    rungs: tuple[PrintedRung, ...] = ()
    source: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Read:
    """What became of what was typed: the correction once it is proved, else what is wrong.

    ``beside`` holds what is wrong with one band or step, by its points; ``wrong`` what is wrong with them together.
    """

    correction: BandCorrection | None
    beside: Mapping[int, Sentence] = field(default_factory=dict)
    wrong: tuple[Sentence, ...] = ()


def typed_as(indicator: Indicator, number_format: str, now: BandCorrection | None = None) -> Typed:
    """Write the bands that an indicator is read by as a person would type them; ``now`` is the correction in force.

    The steps of a ladder hold a text only where the city has given one.
    """
    source, note = (now.source, now.note) if now else ("", "")
    if indicator.value is None:
        own = {rung.id: rung.text for rung in now.rungs} if now else {}
        rungs = tuple(PrintedRung(rung.id, rung.points, own.get(rung.id, "")) for rung in indicator.ladder)
        return Typed(number_format, rungs=rungs, source=source, note=note)
    bands = sorted(indicator.bands, key=lambda band: band.points)
    typed = tuple(_typed_band(band, indicator.value.decimals, number_format) for band in bands)
    return Typed(number_format, indicator.value.decimals, typed, source=source, note=note)


def _typed_band(band: Band, decimals: int, number_format: str) -> TypedBand:
    form = next(form for form, names in FORMS.items() if all(getattr(band, name) is not None for name in names))
    step = Decimal(1).scaleb(-decimals)
    texts = [write_number(edge.quantize(step), number_format) for edge in band.edges()]
    return TypedBand(band.points, form, *texts)


def rewritten(typed: Typed, number_format: str) -> Typed:
    """Write the numbers anew in another format; what could not be read stays as it was typed."""

    def text(found: str) -> str:
        try:
            return write_number(read_number(found, typed.number_format), number_format)
        except NumberError:
            return found

    bands = tuple(replace(band, first=text(band.first), second=text(band.second)) for band in typed.bands)
    return replace(typed, number_format=number_format, bands=bands)


def read_typed(asked: Edition, indicator_id: str, typed: Typed, person: str, time: datetime) -> Read:
    """Read what was typed and prove it against the indicator as it is defined (``asked``)."""
    beside: dict[int, Sentence] = {}
    bands = [band for one in typed.bands if (band := _read_band(one, typed.number_format, beside)) is not None]
    if beside:
        return Read(None, beside)
    correction = BandCorrection(
        edition=asked.id,
        indicator=indicator_id,
        person=person,
        time=time,
        definition=fingerprint(asked, indicator_id),
        source=typed.source,
        note=typed.note,
        decimals=typed.decimals,
        bands=tuple(bands),
        rungs=_own_texts(asked.indicator(indicator_id), typed.rungs),
    )
    found = faults(asked, correction)
    for seam in found:
        if bands and len(bands) > seam.band:
            beside.setdefault(bands[seam.band].points, say("{what}; {cure}", what=seam.what, cure=seam.cure))
    told = tuple(say("{what}; {cure}", what=seam.what, cure=seam.cure) for seam in found if not bands)
    return Read(None if found else correction, beside, told)


def _own_texts(indicator: Indicator, rungs: tuple[PrintedRung, ...]) -> tuple[PrintedRung, ...]:
    """Leave out the texts that are the definition's, so that they stay in the language of each reader."""
    texts = {rung.id: rung.text for rung in indicator.ladder}
    return tuple(replace(one, text="" if one.text.strip() == texts.get(one.id) else one.text.strip()) for one in rungs)


def _read_band(typed: TypedBand, number_format: str, beside: dict[int, Sentence]) -> Band | None:
    """Read the limits of a band; what is wrong with them goes to ``beside``."""
    edges = {}
    for name, text in zip(FORMS[typed.form], (typed.first, typed.second), strict=False):
        try:
            edges[name] = _read_edge(text, number_format)
        except NumberError as error:
            beside[typed.points] = error.sentence
            return None
    if typed.form == "between" and edges["from_"] > edges["to"]:
        beside[typed.points] = say("the lower limit is larger than the upper one: swap them")
        return None
    return Band(points=typed.points, **edges)


def _read_edge(text: str, number_format: str) -> Decimal:
    edge = read_number(text, number_format)
    exponent = edge.as_tuple().exponent
    if abs(edge) >= LARGEST or not isinstance(exponent, int) or exponent < -MOST_DECIMALS:
        raise NumberError("beyond_reason", say("“{found}” has more digits than a limit can have.", found=text))
    return edge


def says_the_same(asked: Edition, indicator: Indicator, correction: BandCorrection) -> bool:
    """Tell whether a correction is what an indicator is read by anyway; ``asked`` is the edition as it is defined."""
    if indicator.value is None:
        texts = {rung.id: rung.text for rung in asked.indicator(indicator.id).ladder}
        mine = sorted((rung.points, rung.id, rung.text or texts[rung.id]) for rung in correction.rungs)
        return mine == sorted((rung.points, rung.id, rung.text) for rung in indicator.ladder)
    decimals = correction.decimals
    return indicator.value.decimals == decimals and _labels(correction.bands, decimals) == _labels(
        indicator.bands, decimals
    )


def _labels(bands: Sequence[Band], decimals: int) -> list[tuple[int, str]]:
    return sorted((band.points, band.label(decimals)) for band in bands)

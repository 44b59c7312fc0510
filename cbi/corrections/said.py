"""All that a city says of bands, and an edition that goes by it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from cbi.corrections.proof import faults, rungs_of
from cbi.definitions import Edition, Indicator, edition
from cbi.definitions.bands import FORMS_BY_KEY, Band
from cbi.definitions.city_bands import BandCheck, BandCorrection
from cbi.i18n import Sentence, say
from cbi.problems import Problem, Severity


@dataclass(frozen=True, slots=True)
class CityBands:
    """The checks and corrections of a city, over all editions; ``problems`` names what of them cannot be read."""

    checks: tuple[BandCheck, ...] = ()
    corrections: tuple[BandCorrection, ...] = ()
    problems: tuple[Problem, ...] = ()

    def with_correction(self, correction: BandCorrection) -> CityBands:
        """Give the same with another correction, which takes the place of the one for its indicator."""
        place = correction.edition, correction.indicator
        kept = tuple(one for one in self.corrections if (one.edition, one.indicator) != place)
        return replace(self, corrections=(*kept, correction))


NO_BANDS = CityBands()
"""What is said of bands where nobody says anything: for files, and for cities without checks."""


def key_of(edition_id: str, indicator_id: str) -> str:
    """Give the key of the papers that speak of an indicator: ``2021/protected_areas``."""
    return f"{edition_id}/{indicator_id}"


def fingerprint(asked: Edition, indicator_id: str) -> str:
    """Give a digest of an indicator's bands as the definition has them: ``sha256:…``, whatever the language.

    It covers points, limits, decimals and unit of each band, or points and text of each step of a ladder. Raises
    KeyError for an indicator that the edition does not have.
    """
    import hashlib  # brings OpenSSL with it: only when the digest is asked for

    in_english = asked if asked.language == "en" else edition(asked.id)
    text = "\n".join(_lines(in_english.indicator(indicator_id)))
    return f"sha256:{hashlib.sha256(text.encode()).hexdigest()}"


def _lines(indicator: Indicator) -> Iterator[str]:
    for rung in sorted(indicator.ladder, key=lambda one: one.points):
        yield f"{rung.points}: {rung.id} {' '.join(rung.text.split())}"
    if indicator.value is not None:
        for band in sorted(indicator.bands, key=lambda one: one.points):
            yield f"{band.points}: {band.label(indicator.value.decimals, indicator.value.unit or '')}"


def corrected(asked: Edition, said: CityBands) -> Edition:
    """Give an edition that goes by what a city says of its bands; without anything said, the edition itself.

    ``asked`` is the edition as it is defined. A correction that fails its proof is left out, and a check that is
    void as well (:func:`problems_of` says so). Corrected bands enter the digest of the edition as if they were a
    further file, so that scores by them can be told apart.
    """
    corrections = {one.indicator: one for one in said.corrections if one.edition == asked.id and not faults(asked, one)}
    checks = {
        one.indicator: one
        for one in said.checks
        if one.edition == asked.id and one.indicator not in corrections and _holds(asked, one)
    }
    if not corrections and not checks:
        return asked
    return replace(
        asked,
        indicators=tuple(_with_bands(one, corrections.get(one.id)) for one in asked.indicators),
        files=(*asked.files, *((f"city/{name}", "\n".join(one.lines())) for name, one in corrections.items())),
        band_checks=checks,
        band_corrections=corrections,
    )


def _holds(asked: Edition, check: BandCheck) -> bool:
    return asked.find(check.indicator) is not None and check.bands == fingerprint(asked, check.indicator)


def _with_bands(indicator: Indicator, correction: BandCorrection | None) -> Indicator:
    if correction is None:
        return indicator
    if indicator.value is None:
        return indicator.model_copy(update={"ladder": rungs_of(indicator, correction.rungs)})
    value = indicator.value.model_copy(update={"decimals": correction.decimals})
    bands = tuple(_printed(band, correction.decimals) for band in sorted(correction.bands, key=lambda one: one.points))
    return indicator.model_copy(update={"value": value, "bands": bands})


def _printed(band: Band, decimals: int) -> Band:
    """Give a band with its limits written to the printed decimals: 20 as 20.0."""
    edges = {name: edge for name in FORMS_BY_KEY if (edge := getattr(band, name)) is not None}
    return band.model_copy(update={name: edge.quantize(Decimal(1).scaleb(-decimals)) for name, edge in edges.items()})


def problems_of(asked: Edition, said: CityBands) -> tuple[Problem, ...]:
    """Say what of a city's checks and corrections does not hold under an edition, as it is defined.

    A correction that fails its proof is an error; one that was set against other bands than the definition has
    now is a warning; a check of other bands than it has now is void, and a note.
    """
    return (
        *said.problems,
        *(problem for one in said.corrections if one.edition == asked.id for problem in _of_correction(asked, one)),
        *(
            _problem(asked, one.indicator, Severity.NOTE, "check_void", _void(one))
            for one in said.checks
            if one.edition == asked.id and not _holds(asked, one)
        ),
    )


def _of_correction(asked: Edition, correction: BandCorrection) -> Iterator[Problem]:
    for seam in faults(asked, correction)[:1]:
        told = say(
            "The city's own bands cannot be used, and the definition's hold: {what}; {cure}.",
            what=seam.what,
            cure=seam.cure,
        )
        yield _problem(asked, correction.indicator, Severity.ERROR, "correction_unusable", told)
        return
    if correction.definition != fingerprint(asked, correction.indicator):
        told = say(
            "The definition's bands have changed since {person} entered the city's own on {date}. The city's own still "
            "hold: compare both with the handbook.",
            person=correction.person,
            date=correction.on,
        )
        yield _problem(asked, correction.indicator, Severity.WARNING, "definition_changed", told)


def _void(check: BandCheck) -> Sentence:
    return say(
        "{person} checked the bands on {date}, but the definition's bands have changed since. Check them again.",
        person=check.person,
        date=check.on,
    )


def _problem(asked: Edition, name: str, severity: Severity, code: str, told: Sentence) -> Problem:
    indicator = asked.find(name)
    where = f"{indicator.number} {indicator.id}" if indicator else name
    return Problem(severity, code, where, told, indicator.id if indicator else None)

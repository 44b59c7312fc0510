"""The proof of a correction: the very one that definition files must pass."""

from __future__ import annotations

from datetime import date

from cbi.definitions import Edition, Indicator
from cbi.definitions.bands import Seam, faults_of_tiling
from cbi.definitions.city_bands import BandCheck, BandCorrection, PrintedRung
from cbi.definitions.models import Rung
from cbi.definitions.rules import of_ladder
from cbi.i18n import Sentence, listed, say

MOST_DECIMALS = 6


class CorrectionError(ValueError):
    """A check or a correction that cannot be kept or used; ``sentence`` says what would be right."""

    def __init__(self, sentence: Sentence) -> None:
        super().__init__(sentence.text())
        self.sentence = sentence


def faults(asked: Edition, correction: BandCorrection) -> tuple[Seam, ...]:
    """Prove a correction against the indicator that it is meant for; nothing when the proof holds.

    The bands must leave no gap and no overlap at the printed decimals, and give each of 0 to 4 points once; so
    must the steps of a ladder, which have to be the steps of the definition.
    """
    indicator = asked.find(correction.indicator)
    if correction.edition != asked.id or indicator is None:
        return (_not_asked(asked, correction.indicator),)
    if indicator.ladder:
        return _faults_of_rungs(indicator, correction)
    if not correction.bands or correction.rungs:
        return (
            Seam(0, say("this indicator is read by bands, and the correction holds none"), say("enter five bands")),
        )
    if not 0 <= correction.decimals <= MOST_DECIMALS:
        wrong = say("{found} is out of range", found=correction.decimals)
        return (Seam(0, wrong, say("the limit is {limit}", limit=MOST_DECIMALS)),)
    return tuple(faults_of_tiling(correction.bands, correction.decimals))


def _not_asked(asked: Edition, name: str) -> Seam:
    return Seam(
        0,
        say("the {edition} edition has no indicator “{name}”", edition=asked.id, name=name),
        say("withdraw what was entered for it"),
    )


def _faults_of_rungs(indicator: Indicator, correction: BandCorrection) -> tuple[Seam, ...]:
    wanted = [rung.id for rung in indicator.ladder]
    if correction.bands or sorted(rung.id for rung in correction.rungs) != sorted(wanted):
        return (
            Seam(
                0,
                say("this indicator is a ladder, and the correction does not hold its five steps"),
                say("give points to each of: {names}", names=listed(wanted)),
            ),
        )
    return tuple(Seam(0, broken.what, broken.cure) for broken in of_ladder(rungs_of(indicator, correction.rungs)))


def rungs_of(indicator: Indicator, printed: tuple[PrintedRung, ...]) -> tuple[Rung, ...]:
    """Give the ladder as it is printed, the lowest step first; a step without a text keeps the definition's."""
    texts = {rung.id: rung.text for rung in indicator.ladder}
    rungs = (
        Rung.model_construct(points=rung.points, id=rung.id, text=rung.text.strip() or texts[rung.id])
        for rung in printed
    )
    return tuple(sorted(rungs, key=lambda rung: rung.points))


def proved_check(asked: Edition, check: BandCheck, today: date) -> BandCheck:
    """Give back a check that can be kept; raises :class:`CorrectionError` without a name or from the future."""
    if check.edition != asked.id or asked.find(check.indicator) is None:
        raise CorrectionError(_not_asked(asked, check.indicator).what)
    if not check.person.strip():
        raise CorrectionError(say("Say who compared the bands with the handbook."))
    if check.on > today:
        raise CorrectionError(say("{date} is still to come. Give the day of the check.", date=check.on))
    return check


def proved(asked: Edition, correction: BandCorrection) -> BandCorrection:
    """Give back a correction that can be kept.

    Raises :class:`CorrectionError` with the first fault of the proof, without a name, or without a source.
    """
    if not correction.person.strip():
        raise CorrectionError(say("Say who read these bands in the handbook."))
    if not correction.source.strip():
        raise CorrectionError(say("Say where these bands are printed: printing and page of the handbook."))
    for seam in faults(asked, correction):
        raise CorrectionError(say("{what}; {cure}", what=seam.what, cure=seam.cure))
    return correction

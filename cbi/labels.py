"""What the program's own words are called for people: reasons, states, qualities, severities, trust, units."""

from __future__ import annotations

from cbi.assessment import Quality, Reason
from cbi.definitions import Edition, Indicator, TrustWord
from cbi.definitions.city_bands import BandCheck, BandCorrection
from cbi.i18n import Sentence, listed, say
from cbi.problems import Severity
from cbi.scoring import Result, Status

REASONS = {
    Reason.NOT_STARTED: say("not started"),
    Reason.NO_DATA: say("no data"),
    Reason.NOT_APPLICABLE: say("not applicable to this city"),
    Reason.INCLUDED_ELSEWHERE: say("counted elsewhere"),
    Reason.CONFIDENTIAL: say("confidential"),
}

QUALITIES = {Quality.HIGH: say("high"), Quality.MEDIUM: say("medium"), Quality.LOW: say("low")}

SEVERITIES = {Severity.ERROR: say("error"), Severity.WARNING: say("warning"), Severity.NOTE: say("note")}

TRUST = {
    TrustWord.CONFIRMED: say("confirmed"),
    TrustWord.IMPLEMENTED: say("implemented"),
    TrustWord.RECALLED: say("recalled"),
    TrustWord.CARRIED: say("carried"),
    TrustWord.RECONSTRUCTED: say("reconstructed"),
}

ASPECTS = {
    "rule": say("rule"),
    "bands": say("bands"),
    "choice": say("choice of measure"),
    "top_rung": say("top rung"),
}
"""What a trust word speaks of."""


def trust_of(indicator: Indicator, language: str) -> str:
    """Say how far rule and bands of an indicator are trusted: ``rule: confirmed, bands: implemented``."""
    words = [say("{aspect}: {word}", aspect=ASPECTS[name], word=TRUST[word]) for name, word in indicator.trust.items()]
    return listed(words).text(language)


def citation(asked: Edition, indicator: Indicator) -> Sentence:
    """Cite where the rule of an indicator is printed."""
    document = asked.document(indicator.source.document)
    return say(
        "{authors} ({year}): {title}. {publisher}. {section}.",
        authors=document.authors,
        year=document.year,
        title=document.title,
        publisher=document.publisher,
        section=indicator.source.section,
    )


TO_BE_CHECKED = say("bands to be checked against the handbook before publishing")


OWN_BANDS = say("the city's own bands")


def trust_in(result: Result) -> Sentence:
    """Say how far the bands of a result are trusted: the definition's own word, and the city's beside it."""
    word = TRUST[result.indicator.weakest_trust]
    if result.correction is not None:
        return say("{word}; the city's own bands", word=word)
    return say("{word}; bands checked", word=word) if result.check is not None else word


def checked_by(check: BandCheck) -> Sentence:
    """Say who checked the bands against the handbook, when and where."""
    facts = {"person": check.person, "date": check.on.isoformat(), "printing": check.printing}
    if check.printing:
        return say("bands checked by {person} on {date} against the handbook ({printing})", **facts)
    return say("bands checked by {person} on {date} against the handbook", **facts)


def corrected_by(correction: BandCorrection) -> Sentence:
    """Say that the bands are the city's own, who entered them, when and from where."""
    return say(
        "the city's own bands, entered by {person} on {date} from: {source}",
        person=correction.person,
        date=correction.on.isoformat(),
        source=correction.source,
    )


def word_on_bands(result: Result) -> Sentence | None:
    """Say what stands behind the bands of a result beside the trust words; None for those quoted as printed."""
    if result.correction is not None:
        return corrected_by(result.correction)
    if result.check is not None:
        return checked_by(result.check)
    return None if result.indicator.confirmed else TO_BE_CHECKED


def state_of(result: Result) -> Sentence:
    """Say in a few words why an indicator has no points; for a scored one, how far its bands are trusted."""
    if result.status is Status.SCORED:
        return trust_in(result)
    if result.status is Status.BASELINE_YEAR:
        return say("sets the baseline this year")
    return REASONS[result.reason] if result.reason else say("not scored: see the messages")


def reading_of(result: Result) -> Sentence | None:
    """Say how a value was read when rounding changed it (“6.95 % reads as 7.0 %”); None when it did not."""
    if not result.was_rounded or result.exact is None:
        return None
    given = result.to_dict()
    unit = f" {given['unit']}" if given["unit"] else ""
    return say("{exact}{unit} reads as {value}{unit}", exact=given["exact"], value=given["value"], unit=unit)

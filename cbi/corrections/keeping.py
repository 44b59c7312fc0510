"""Keeping checks and corrections: papers of the city, proved before they are saved, with all their versions."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from cbi.corrections.contents import check_from, correction_from, to_content
from cbi.corrections.proof import CorrectionError, proved, proved_check
from cbi.corrections.said import key_of
from cbi.definitions import Edition
from cbi.definitions.city_bands import BandCheck, BandCorrection
from cbi.store import Store
from cbi.store.records import Kind, Paper

KINDS = (Kind.BAND_CHECK, Kind.BAND_CORRECTION)


def keep_check(
    store: Store, city_id: int, asked: Edition, check: BandCheck, *, today: date, based_on: int, person: str
) -> Paper:
    """Keep a check with the city; ``based_on`` is the version of the paper that the person saw.

    Raises :class:`CorrectionError` for a check that cannot be kept, and what the store raises.
    """
    content = to_content(proved_check(asked, check, today))
    key = key_of(check.edition, check.indicator)
    return store.papers.save(Kind.BAND_CHECK, key, content, based_on=based_on, person=person, city_id=city_id)


def keep_correction(
    store: Store, city_id: int, asked: Edition, correction: BandCorrection, *, based_on: int, person: str
) -> Paper:
    """Keep a correction with the city; from now on its years are scored by it.

    ``asked`` is the edition as it is defined. Raises as :func:`keep_check`.
    """
    content = to_content(proved(asked, correction))
    key = key_of(correction.edition, correction.indicator)
    return store.papers.save(Kind.BAND_CORRECTION, key, content, based_on=based_on, person=person, city_id=city_id)


def withdraw(store: Store, city_id: int, kind: Kind, key: str, *, based_on: int, person: str) -> Paper:
    """Take a check or a correction back; it stays in the history."""
    return store.papers.save(kind, key, None, based_on=based_on, person=person, city_id=city_id)


def versions(store: Store, city_id: int, edition_id: str, indicator_id: str) -> tuple[Paper, ...]:
    """Give all that was ever said of the bands of an indicator, the oldest first."""
    key = key_of(edition_id, indicator_id)
    found = [paper for kind in KINDS for paper in store.papers.history(kind, key, city_id=city_id)]
    return tuple(sorted(found, key=lambda paper: (paper.time, paper.kind, paper.version)))


def newest_version(papers: Iterable[Paper], kind: Kind) -> int:
    """Give the version that a save of this kind is based on; 0 where nothing was ever saved."""
    return max((paper.version for paper in papers if paper.kind is kind), default=0)


def said_in(paper: Paper) -> BandCheck | BandCorrection | None:
    """Read what a version says; None where it withdraws, or cannot be read."""
    if paper.content is None:
        return None
    try:
        return (check_from if paper.kind is Kind.BAND_CHECK else correction_from)(paper.content)
    except CorrectionError:
        return None

"""The profile that is kept with a city: a paper of the store, each change a new version."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from cbi.citieswithnature.catalogue import Catalogue
from cbi.citieswithnature.data import ProfileDataError, from_data, to_data
from cbi.citieswithnature.records import Profile
from cbi.citieswithnature.reported import reported_actions
from cbi.i18n import say
from cbi.report.plain import Action as ReportedAction
from cbi.store import Store, StoreError
from cbi.store.records import Kind, Paper

KEY = "profile"


class UnreadableProfileError(StoreError):
    """The profile that is kept cannot be read by this version of the program."""

    code = "unreadable_profile"


@dataclass(frozen=True, slots=True)
class Kept:
    """The profile of a city as it stands, with its version and who saved it when."""

    profile: Profile
    version: int
    person: str
    time: datetime


def kept_profile(store: Store, city_id: int) -> Kept | None:
    """Give the profile that is kept with a city; None if there is none.

    Raises :class:`UnreadableProfileError` for one that a later version of the program wrote.
    """
    paper = store.papers.get(Kind.PROFILE, KEY, city_id=city_id)
    return kept_of(paper) if paper else None


def kept_of(paper: Paper) -> Kept:
    """Read a version of the paper. Raises :class:`UnreadableProfileError`."""
    try:
        return Kept(from_data(paper.content), paper.version, paper.person, paper.time)
    except ProfileDataError as error:
        raise UnreadableProfileError(
            say("The profile that is kept cannot be read ({detail}). Is this an older program?", detail=error)
        ) from None


def keep_profile(store: Store, city_id: int, profile: Profile, *, based_on: int, person: str) -> Kept:
    """Keep a profile with a city as a new version; the same again adds nothing.

    ``based_on`` is the version that the person saw, 0 where there was none. Raises
    :class:`cbi.store.errors.OutdatedPaperError` if another person saved meanwhile, and as
    :meth:`cbi.store.beside.Papers.save` does.
    """
    saved = store.papers.save(Kind.PROFILE, KEY, to_data(profile), based_on=based_on, person=person, city_id=city_id)
    return Kept(profile, saved.version, saved.person, saved.time)


def versions_kept(store: Store, city_id: int) -> tuple[Paper, ...]:
    """Give every version of a city's profile, the oldest first."""
    return store.papers.history(Kind.PROFILE, KEY, city_id=city_id)


def kept_actions(store: Store, city_id: int, known: Catalogue) -> Iterable[ReportedAction]:
    """Give the actions of the profile that is kept with a city, as a report takes them; none without a profile."""
    kept = kept_profile(store, city_id)
    return reported_actions(kept.profile, known) if kept else ()

"""What the pages show: one moment of a visit, worked out once a run and handed to every part of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from cbi.comparison import Step
from cbi.definitions import Edition
from cbi.desk import Desk, place_of
from cbi.draft import Draft, Reading, Spot
from cbi.scoring import Result, Scorecard
from cbi.store.contents import Content, contents_of, profile_place
from cbi.store.records import CityHistory, LastTime
from cbi.store.rights import EVERYTHING, Granted, Right
from cbi.wording import Voice


@dataclass(frozen=True)
class Shown:
    """All that a page shows, worked out once a run. ``edition`` goes by the city's own bands where it has some.

    ``last`` is what was answered last time, ``last_draft`` the same as a form; ``since`` is the step from the
    baseline to this year under this edition, if there is one; ``own`` are the places that are not saved yet,
    ``granted`` is what the person may do here.
    """

    language: str
    edition: Edition
    desk: Desk
    reading: Reading
    card: Scorecard
    history: CityHistory
    last: LastTime | None
    last_draft: Draft | None
    since: Step | None
    own: Mapping[str, Content | None]
    is_demo: bool
    granted: Granted = EVERYTHING

    @property
    def draft(self) -> Draft:
        """The form as it stands."""
        return self.desk.draft

    @property
    def closed(self) -> bool:
        """Whether the year takes no change."""
        return not self.desk.head.open

    def may(self, right: Right, places: Iterable[str] = ()) -> bool:
        """Whether the person has a right in this city. The store checks it again; this only spares them a refusal."""
        return self.granted.may(right, self.desk.head.city.id, places, self.desk.head.edition)

    def locked(self, owner: str, name: str = "") -> bool:
        """Whether a field cannot be changed: the year is closed, or the person was not given it."""
        return self.locked_at(place_of(Spot(owner, name)))

    def locked_at(self, place: str) -> bool:
        """Whether a place of the store cannot be changed by this person now."""
        return self.closed or not self.may(Right.ANSWER, [place])

    @property
    def waiting(self) -> tuple[str, ...]:
        """The places where last time's value was neither confirmed nor replaced."""
        if self.last is None:
            return ()
        stored = self.desk.stored
        offered = contents_of(self.last.assessment)
        return tuple(sorted(stored.carried | {place for place in offered if not stored.version(place)}))

    @property
    def waiting_counts(self) -> tuple[str, ...]:
        """Those that wait and are held against earlier years: each is confirmed by itself, never with all the rest."""
        compared = {profile_place(name) for name in self.edition.compared_inputs}
        return tuple(place for place in self.waiting if place in compared)

    def base(self, indicator: str) -> Result | None:
        """Give an indicator as it was scored in the baseline year; None where there is none or no points."""
        found = self.base_card.result(indicator) if self.base_card else None
        return found if found and found.is_scored else None

    @property
    def base_card(self) -> Scorecard | None:
        """The scorecard of the baseline year under this edition; None in the baseline year itself."""
        return self.since.before if self.since else None

    def number(self, value: Decimal | int | str) -> str:
        """Write a number in the chosen number format, with the digits that it has."""
        return Voice(self.edition, self.draft.number_format).number(value)

    def exact(self, value: Fraction) -> str:
        """Write a value before rounding; three dots stand for digits that were cut off."""
        return Voice(self.edition, self.draft.number_format).exact(value)

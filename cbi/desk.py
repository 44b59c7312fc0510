"""A person's desk: an assessment as they last saw it in the store, and the form that lies over it.

What is typed goes into the form first and is saved place by place. What cannot be saved (unreadable, the year
is closed, the disk is full, somebody was quicker) stays in the form and is named; nothing is overwritten.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace

from cbi import unread
from cbi.assessment import Answer, Assessment, Entry
from cbi.definitions import edition
from cbi.definitions.edition import PROFILE
from cbi.draft import FINISHED, NOTHING, Draft, Reading, Spot, draft_of, read_draft
from cbi.i18n import Sentence
from cbi.store import ConflictError, Store, StoreError
from cbi.store.contents import (
    PROFILE_PREFIX,
    Content,
    assessment_of,
    carried_figures,
    changed_places,
    contents_of,
    profile_place,
    write_content,
)
from cbi.store.records import Head, Mark, Stored


@dataclass(frozen=True, slots=True)
class Desk:
    """What lies before one person.

    ``stored`` is the assessment as the person last saw or saved it, ``seen`` the mark of the city then. ``shown``
    is what the form says of it where nothing was changed: places that differ from it are the person's own.
    ``conflicts`` holds the places that somebody else saved meanwhile, ``trouble`` why the last save failed,
    ``waits`` what is kept for the person because it cannot be read yet (:mod:`cbi.unread`).
    """

    stored: Stored
    seen: Mark
    draft: Draft
    shown: Assessment
    conflicts: Mapping[str, ConflictError] = field(default_factory=dict)
    trouble: Sentence | None = None
    waits: tuple[unread.Field, ...] = ()

    @property
    def head(self) -> Head:
        """City, year, edition and state of the assessment."""
        return self.stored.head


def opened(store: Store, assessment_id: int, number_format: str) -> Desk:
    """Lay an assessment of the store on the desk, its numbers written in a number format (a CLDR id)."""
    stored = store.assessment(assessment_id)
    seen = store.mark(stored.head.city.id)
    asked = edition(stored.head.edition)
    draft = draft_of(stored.assessment, asked, number_format)
    return Desk(stored, seen, draft, read_draft(draft, asked).assessment)


def with_waiting(store: Store, desk: Desk, person: str) -> Desk:
    """Lay over the form what this person typed earlier and nobody could read; a closed year takes none.

    Raises :class:`cbi.store.StoreError`.
    """
    if not person or not desk.head.open:
        return desk
    waits = unread.kept(store, desk.head.id, person)
    return replace(desk, draft=unread.laid_over(desk.draft, edition(desk.draft.edition), waits), waits=waits)


# Saving


def place_of(spot: Spot) -> str:
    """Give the place in the store that a spot of the form belongs to."""
    return profile_place(spot.name) if spot.owner == PROFILE else spot.owner


def own_places(desk: Desk, reading: Reading) -> dict[str, Content | None]:
    """Find what the form says otherwise than the store, each place with its content; None where it was cleared.

    A figure that cannot be read leaves in force what the store holds of it.
    """
    changed = changed_places(desk.shown, _readable(reading, desk.stored.assessment))
    return {place: content for place, content in changed.items() if not _is_stored(desk, place, content)}


def marked(desk: Desk, reading: Reading) -> Reading:
    """Mark what the form says with what came over from an earlier year, and with sources of other figures.

    What was changed here and is not saved yet bears no mark.
    """
    own = own_places(desk, reading).keys()
    carried = carried_figures(desk.stored.carried - own)
    given_for = _given_for_elsewhere(desk.stored.assessment, own)
    return replace(reading, assessment=replace(reading.assessment, carried=carried, given_for=given_for))


def _given_for_elsewhere(assessment: Assessment, places: Collection[str]) -> dict[tuple[str, str], Entry]:
    """Give what is known of sources that were given for other figures, but for these places."""
    return {at: entry for at, entry in assessment.given_for.items() if place_of(Spot(*at)) not in places}


def _is_stored(desk: Desk, place: str, content: Content | None) -> bool:
    return write_content(contents_of(desk.stored.assessment).get(place)) == write_content(content)


def _readable(reading: Reading, stored: Assessment) -> Assessment:
    """Put what the store holds in the place of each figure that cannot be read."""
    profile, answers = dict(reading.assessment.profile), dict(reading.assessment.answers)
    for spot in reading.unread:
        if spot.owner == PROFILE:
            kept = stored.profile.get(spot.name)
            if spot.part == "value" and kept is not None:
                profile[spot.name] = kept
            elif spot.part == "data_year" and spot.name in profile:
                profile[spot.name] = _with_year_of(kept, profile[spot.name])
        else:
            earlier = stored.answers.get(spot.owner, Answer())
            answers[spot.owner] = _with_kept(answers[spot.owner], earlier, spot)
    return replace(reading.assessment, profile=profile, answers=answers)


def _with_kept(answer: Answer, earlier: Answer, spot: Spot) -> Answer:
    if spot.part == "data_year":
        inputs = {name: _with_year_of(earlier.inputs.get(name), entry) for name, entry in answer.inputs.items()}
        finished = answer.finished and _with_year_of(earlier.finished, answer.finished)
        return replace(answer, inputs=inputs, finished=finished)
    if spot.name == FINISHED:
        return replace(answer, finished=earlier.finished)
    kept = earlier.inputs.get(spot.name)
    return answer if kept is None else replace(answer, inputs={**answer.inputs, spot.name: kept})


def _with_year_of(kept: Entry | None, entry: Entry) -> Entry:
    return entry if kept is None else replace(entry, data_year=kept.data_year)


def saved(store: Store, desk: Desk, person: str, reasons: Mapping[str, str] | None = None) -> Desk:
    """Save whatever the form says otherwise than the store; ``reasons`` holds why, by place.

    Each place is a save of its own: what one cannot take keeps no other back. A place with a conflict waits
    until the person has chosen.
    """
    reading = read_draft(desk.draft, edition(desk.draft.edition))
    desk = replace(desk, trouble=None)
    for place, content in own_places(desk, reading).items():
        if place not in desk.conflicts:
            desk = _save_one(
                store, desk, place, content, desk.stored.version(place), person, (reasons or {}).get(place, "")
            )
    return _with_kept_texts(store, desk, unread.waiting(desk.draft, reading), person)


def _with_kept_texts(store: Store, desk: Desk, waits: tuple[unread.Field, ...], person: str) -> Desk:
    """Keep for the person what cannot be read, so that it is there again when they come back."""
    if waits == desk.waits:
        return desk
    try:
        unread.keep(store, desk.head.id, person, waits)
    except StoreError as error:
        return replace(desk, trouble=error.sentence)
    return replace(desk, waits=waits)


def _save_one(
    store: Store, desk: Desk, place: str, content: Content | None, based_on: int, person: str, reason: str = ""
) -> Desk:
    try:
        done = store.save(desk.head.id, place, content, based_on=based_on, person=person, reason=reason)
    except ConflictError as error:
        return replace(desk, conflicts={**desk.conflicts, place: error})
    except StoreError as error:
        return replace(desk, trouble=error.sentence)
    return replace(
        desk,
        stored=_with_place(desk.stored, place, content, done.version, person),
        shown=_with_content(desk.shown, place, content),
        conflicts={one: error for one, error in desk.conflicts.items() if one != place},
    )


def _with_place(stored: Stored, place: str, content: Content | None, version: int, person: str) -> Stored:
    return replace(
        stored,
        assessment=_with_content(stored.assessment, place, content),
        versions={**stored.versions, place: version},
        carried=stored.carried - {place},
        persons={**stored.persons, place: person},
    )


def _with_content(assessment: Assessment, place: str, content: Content | None) -> Assessment:
    contents = {**contents_of(assessment), place: content}
    changed = assessment_of(assessment.edition, assessment.city, assessment.year, contents)
    return replace(changed, given_for=_given_for_elsewhere(assessment, [place]))


# Two people


def refreshed(store: Store, desk: Desk) -> Desk:
    """Take in what was saved since the person last looked; what they have typed and not saved stays theirs.

    A place of theirs keeps the version that they saw, so that a save of it tells that somebody was quicker.
    """
    if store.mark(desk.head.city.id) == desk.seen:
        return desk
    fresh = opened(store, desk.head.id, desk.draft.number_format)
    asked = edition(desk.draft.edition)
    reading = read_draft(desk.draft, asked)
    unreadable = {place_of(spot) for spot in reading.unread}
    kept = own_places(desk, reading).keys() | unreadable | desk.conflicts.keys()
    if fresh.head.edition != desk.head.edition:
        return fresh  # it was started under a wrong one and has no answers yet
    draft = replace(desk.draft, city=fresh.draft.city, year=fresh.draft.year)  # both may have been corrected
    stored, shown = fresh.stored, fresh.shown
    for place, version in fresh.stored.versions.items():
        if place not in kept and version != desk.stored.version(place):
            draft = with_place_of(draft, fresh.draft, place)
    for place in kept:
        mine = contents_of(desk.stored.assessment).get(place)
        version = desk.stored.version(place)
        stored = replace(
            stored,
            assessment=_with_content(stored.assessment, place, mine),
            versions={**stored.versions, place: version},
        )
        shown = _with_content(shown, place, contents_of(desk.shown).get(place))
    return replace(desk, stored=stored, seen=fresh.seen, draft=draft, shown=shown)


def with_place_of(draft: Draft, other: Draft, place: str) -> Draft:
    """Give a form with what another one says in one place."""
    if place.startswith(PROFILE_PREFIX):
        name = place.removeprefix(PROFILE_PREFIX)
        return draft.with_typed(PROFILE, name, other.profile.get(name, NOTHING))
    return draft.with_answer(place, other.answer(place))


def kept_mine(store: Store, desk: Desk, place: str, person: str) -> Desk:
    """Save one's own value over that of the other person, who was shown; the other stays in the history."""
    conflict = desk.conflicts[place]
    desk = replace(desk, trouble=None)
    return _save_one(store, desk, place, conflict.mine.content, conflict.theirs.version, person)


def retaken(store: Store, desk: Desk, place: str) -> Desk:
    """Put what the store holds now in one place into the form: after an undo, or where another's value shall stand."""
    fresh = opened(store, desk.head.id, desk.draft.number_format)
    now = fresh.stored
    content, person = contents_of(now.assessment).get(place), now.persons.get(place, "")
    stored = _with_place(desk.stored, place, content, now.version(place), person)
    if place in now.carried:
        stored = replace(stored, carried=stored.carried | {place})
    return replace(
        desk,
        draft=with_place_of(desk.draft, fresh.draft, place),
        stored=stored,
        shown=_with_content(desk.shown, place, contents_of(fresh.shown).get(place)),
        conflicts={one: error for one, error in desk.conflicts.items() if one != place},
    )

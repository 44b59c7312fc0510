"""Finding the figures of a profile: in the baselines of its actions, in its overview, in the text about the city."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from cbi.assessment import Entry
from cbi.citieswithnature.catalogue import Catalogue
from cbi.citieswithnature.figures import Found, find
from cbi.citieswithnature.records import Action, Place, Profile, Statement
from cbi.definitions.platform import KnownAction
from cbi.i18n import say


@dataclass(frozen=True, slots=True)
class Finding:
    """A figure of the profile with where it stands, and the action that it belongs to.

    ``part`` names the part of the profile for people.
    """

    found: Found
    where: Place
    updated: date | None
    source: str
    action: Action | None = None
    known: KnownAction | None = None
    part: object = ""

    @property
    def id(self) -> str:
        """The id of the suggestion that it becomes: that of the figure, behind the key of its action."""
        return f"{self.action.key}.{self.found.figure.id}" if self.action else self.found.figure.id


def findings_of(profile: Profile, known: Catalogue, language: str) -> tuple[Finding, ...]:
    """Find every figure that the mapping looks for, in the order of the file, the overview last."""
    return (*_from_actions(profile, known, language), *_from_overview(profile, known, language))


def _from_actions(profile: Profile, known: Catalogue, language: str) -> Iterator[Finding]:
    for action in profile.actions:
        entry = known.action(action.title)
        if entry is None or action.baseline is None:
            continue
        source = source_of(profile, action, action.baseline, language)
        for found in find(entry.figures, action.baseline.text):
            yield Finding(
                found,
                action.baseline.place,
                action.baseline.updated,
                source,
                action,
                entry,
                _called(action, entry, language),
            )


def _called(action: Action, entry: KnownAction, language: str) -> str:
    """Call an action by its own title, which is English; for readers of another language by that of the mapping."""
    return action.title if language == "en" else entry.title


def _from_overview(profile: Profile, known: Catalogue, language: str) -> Iterator[Finding]:
    overview, about = say("overview"), say("text about the city")
    source = _named(profile, overview, language)
    figure = known.platform.population
    if profile.population is not None:
        found = Found(figure, f"{profile.population:f}", profile.population)
        yield Finding(found, profile.population_place, None, source, part=overview)
    for found in find(known.platform.about, profile.about):
        yield Finding(found, profile.about_place, None, _named(profile, about, language), part=about)


def _named(profile: Profile, part: object, language: str) -> str:
    name = profile.name or say("the city")
    if profile.date is None:
        sentence = say("CitiesWithNature city profile of {city}, {part}", city=name, part=part)
    else:
        sentence = say(
            "CitiesWithNature city profile of {city}, downloaded {date}, {part}",
            city=name,
            date=profile.date.isoformat(),
            part=part,
        )
    return sentence.text(language).replace(";", ",").replace("；", "，")


def source_of(profile: Profile, action: Action, statement: Statement, language: str) -> str:
    """Cite the profile with its date and the action; without the sign that parts one source from another."""
    if statement.updated is None:
        part = say("Action Platform: {title}", title=action.title)
    else:
        part = say("Action Platform: {title} (updated {date})", title=action.title, date=statement.updated.isoformat())
    return _named(profile, part, language)


def entry_of(one: Finding) -> Entry:
    """Write a figure down with all that defends it: year, source, and the sentence as a note."""
    value = one.found.value if one.found.value is not None else ""
    year = one.updated.year if one.updated else None
    is_sentence = any(sign.isalpha() for sign in one.found.sentence)
    note = f"“{one.found.sentence}”" if is_sentence else ""
    return Entry(value, one.found.unit, year, None, one.source, note)

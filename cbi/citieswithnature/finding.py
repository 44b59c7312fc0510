"""Finding the figures of a profile: in its actions, in its overview, in the text about the city."""

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


@dataclass(frozen=True, slots=True)
class Told:
    """What an action tells the index: the statement, and what the mapping looks for in it.

    ``doubt`` is empty for a baseline under its title, else the code of what makes it doubtful.
    """

    action: Action
    statement: Statement
    known: KnownAction
    doubt: str = ""


def told_by(profile: Profile, known: Catalogue) -> tuple[Told, ...]:
    """List what the actions of a profile tell, in the order of the file.

    Where headings are lost, a baseline is known by its fixed words; without any baseline the description is
    looked through.
    """
    return tuple(one for action in profile.actions if (one := _told(action, known)) is not None)


def _told(action: Action, known: Catalogue) -> Told | None:
    entry, baseline = known.action(action.title), action.baseline
    if baseline is None or not baseline.text:
        described = Statement(action.description, action.updated, action.place)
        return Told(action, described, entry, "in_description") if entry else None
    other = known.by_baseline(baseline.text)
    if not action.title:
        return Told(action, baseline, other, "title_lost") if other else None
    if other and other is not entry and not known.baseline_likeness(action.title, baseline.text):
        return Told(action, baseline, other, "other_baseline")
    return Told(action, baseline, entry, "baseline_heading_lost" if baseline.heading_lost else "") if entry else None


def findings_of(profile: Profile, known: Catalogue, language: str, numbers: str = "en") -> tuple[Finding, ...]:
    """Find every figure that the mapping looks for, in the order of the file, the overview last.

    ``numbers`` is the locale that the figures in sentences are written in.
    """
    return (*_from_actions(profile, known, language, numbers), *_from_overview(profile, known, language, numbers))


def _from_actions(profile: Profile, known: Catalogue, language: str, numbers: str) -> Iterator[Finding]:
    for told in told_by(profile, known):
        action, statement = told.action, told.statement
        source = source_of(profile, action, statement, language)
        for found in find(told.known.figures, statement.text, numbers):
            yield Finding(
                found,
                statement.place,
                statement.updated,
                source,
                action,
                told.known,
                _called(action, told.known, language),
            )


def _called(action: Action, entry: KnownAction, language: str) -> str:
    """Call an action by its own title, which is English; for readers of another language by that of the mapping."""
    return action.title if action.title and language == "en" else entry.title


def _from_overview(profile: Profile, known: Catalogue, language: str, numbers: str) -> Iterator[Finding]:
    overview, about = say("overview"), say("text about the city")
    source = _named(profile, overview, language)
    figure = known.platform.population
    if profile.population is not None:
        found = Found(figure, f"{profile.population:f}", profile.population)
        yield Finding(found, profile.population_place, None, source, part=overview)
    for found in find(known.platform.about, profile.about, numbers):
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
    title = action.title or say("without a title")
    if statement.updated is None:
        part = say("Action Platform: {title}", title=title)
    else:
        part = say("Action Platform: {title} (updated {date})", title=title, date=statement.updated.isoformat())
    return _named(profile, part, language)


def entry_of(one: Finding) -> Entry:
    """Write a figure down with all that defends it: year, source, and the sentence as a note."""
    value = one.found.value if one.found.value is not None else ""
    year = one.updated.year if one.updated else None
    is_sentence = any(sign.isalpha() for sign in one.found.sentence)
    note = f"“{one.found.sentence}”" if is_sentence else ""
    return Entry(value, one.found.unit, year, None, one.source, note)

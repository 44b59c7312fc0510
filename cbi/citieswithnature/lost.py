"""What headings that are lost from the file make doubtful: each told once, and beside each figure that it concerns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cbi.citieswithnature.accepting import Suggestion
from cbi.citieswithnature.catalogue import Catalogue
from cbi.citieswithnature.finding import Told, told_by
from cbi.citieswithnature.measured import Noticed
from cbi.citieswithnature.records import Action, Profile
from cbi.i18n import Sentence, say
from cbi.problems import Problem, Severity

LONGEST_NAME = 60


def lost_headings(profile: Profile, known: Catalogue, items: Sequence[Suggestion]) -> Iterator[Noticed]:
    """Say where a figure was found although a heading is lost, or outside a baseline; with what it concerns."""
    for told in told_by(profile, known):
        concerned = frozenset(one.id for one in items if one.action == told.action.key)
        if told.doubt and concerned:
            problem = Problem(Severity.WARNING, told.doubt, named(told.action), _sentence(told))
            yield Noticed(problem, concerned)


def named(action: Action) -> str:
    """Call an action by its title; where that is lost, by the beginning of what it says."""
    said = action.title or action.description or (action.baseline.text if action.baseline else "")
    flat = " ".join(said.split())
    return flat if action.title or len(flat) <= LONGEST_NAME else f"{flat[:LONGEST_NAME].rstrip()}…"


def _sentence(told: Told) -> Sentence:
    title = told.action.title
    match told.doubt:
        case "title_lost":
            return say(
                "The title of this action is lost. Its baseline reads like that of “{title}”: look whether it is.",
                title=told.known.title,
            )
        case "other_baseline":
            return say(
                "This baseline stands under “{title}” and reads like that of “{other}”: headings may be lost. Look "
                "where it belongs.",
                title=title,
                other=told.known.title,
            )
        case "baseline_heading_lost":
            return say(
                "The heading of the baseline of “{title}” is lost; the baseline was known by its words. Look whether "
                "it is one.",
                title=title,
            )
        case _:
            return say(
                "“{title}” has no baseline; the figure stands in its description. Look whether it is the state of "
                "today.",
                title=title,
            )

"""The mapping of ``indicators/citieswithnature.yaml``: which title is which action, and what it tells the index."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache, cached_property
from pathlib import Path
from typing import TypeVar, get_args

from cbi.citieswithnature.figures import find
from cbi.citieswithnature.form import Form
from cbi.citieswithnature.lines import folded
from cbi.citieswithnature.records import Action, ActionArea, Commitment, Profile
from cbi.definitions import DefinitionError, Edition, Fault, edition
from cbi.definitions.edition import PROFILE
from cbi.definitions.platform import Evidence, Figure, Heading, KnownAction, Phrase, Platform, Sign
from cbi.definitions.reader import read_definition, untranslated_definition
from cbi.definitions.shipped import INDICATORS
from cbi.definitions.yaml_reader import YamlFile
from cbi.i18n import Sentence, listed, say

FILE = INDICATORS / "citieswithnature.yaml"
LONGEST_TITLE = 300
"""Signs beyond which a paragraph is not taken for a title."""

MOST_LIKE = 1_000
"""How much a text reads like a baseline that is its fixed sentence."""

SIGNS = get_args(Sign)

_Known = TypeVar("_Known", Heading, KnownAction)


class Catalogue:
    """The mapping in one language: titles found by their words, and the phrases of a profile."""

    def __init__(self, platform: Platform, language: str) -> None:
        self.platform = platform
        self.language = language
        self.form = Form(platform)

    @cached_property
    def edition(self) -> Edition:
        """The edition of the index that the mapping speaks of."""
        return edition(self.platform.edition, self.language)

    def action(self, title: str) -> KnownAction | None:
        """Find the action that a title names; None for one that the mapping does not know."""
        return _best(self.platform.actions, title)

    def action_of(self, action: Action) -> KnownAction | None:
        """Find what the mapping knows of an action: by its title, or where that is lost by its baseline sentence."""
        if action.title or action.baseline is None:
            return self.action(action.title)
        return self.by_baseline(action.baseline.text)

    def by_baseline(self, text: str) -> KnownAction | None:
        """Find the one action whose fixed baseline sentence a text is; None if it is that of none or of several."""
        fitting = [one for one in self.platform.actions if _holds_baseline(one, text)]
        return fitting[0] if len(fitting) == 1 else None

    def baseline_likeness(self, title: str, text: str) -> int:
        """Tell how much a text reads like the baseline of an action, though no heading says so; 0 for not at all.

        Its fixed sentence tells it, else the number of its figures; without a ``title`` the sentence of any action.
        """
        if not title:
            return MOST_LIKE if self.by_baseline(text) else 0
        known = self.action(title)
        if known is None:
            return 0
        return MOST_LIKE if _holds_baseline(known, text) else sum(1 for _ in find(known.figures, text))

    def commitment(self, title: str) -> Heading | None:
        """Find the commitment that a title names; None for one that the mapping does not know."""
        return _best(self.platform.commitments, title)

    def area(self, title: str) -> Heading | None:
        """Find the action area that a title names; None for one that the mapping does not know."""
        return _best(self.platform.areas, title)

    def is_heading(self, title: str) -> bool:
        """Tell whether a title names a commitment or an action area."""
        return self.commitment(title) is not None or self.area(title) is not None

    def phrases(self, sign: str) -> tuple[Phrase, ...]:
        """List the phrases of one meaning: the steps of the pathway, or the levels of an award."""
        return tuple(phrase for phrase in self.platform.phrases if phrase.sign == sign)

    def title(self, phrase_id: str) -> str:
        """Give what pages call an award, a level, a phase or a step; the id itself if the mapping has no word."""
        return next((one.title for one in self.platform.phrases if one.id == phrase_id and one.title), phrase_id)

    def called(self, title: str) -> str:
        """Give what readers of this language call an action.

        That is its own title, which is English on the platform; for readers of another language the mapping's.
        A title that the mapping does not know stays as the city wrote it.
        """
        known = None if self.language == "en" else self.action(title)
        return known.title if known else title

    def commitment_called(self, commitment: Commitment) -> str:
        """Give what readers call a commitment; one whose heading is lost is known by its first known action."""
        entry = self.commitment(commitment.title)
        if commitment.title:
            return entry.title if entry and self.language != "en" else commitment.title
        actions = map(self.action_of, commitment.actions)
        named = next((one.commitment for one in actions if one), "")
        return next((one.title for one in self.platform.commitments if one.id == named), "")

    def area_called(self, area: ActionArea) -> str:
        """Give what readers call an area: its own title in English, else that of the mapping for its number."""
        titles = {one.number: one.title for one in self.platform.areas}
        ours = titles.get(area.number, area.title)
        return area.title or ours if self.language == "en" else ours

    def moved_by(self, action: Action) -> tuple[str, ...]:
        """List the ids of the indicators that an action moves: those linked by hand, else those of the mapping."""
        if action.indicators is not None:
            return action.indicators
        known = self.action_of(action)
        return known.moves if known else ()

    def moving(self, profile: Profile, indicator: str) -> tuple[Action, ...]:
        """List the actions of a profile that move an indicator, in the order of the profile."""
        return tuple(action for action in profile.actions if indicator in self.moved_by(action))


def _best(known: Sequence[_Known], title: str) -> _Known | None:
    """Find the entry whose words fit a title: the first begins it, all stand in it; the most exact one wins."""
    plain = folded(title)
    if len(plain) > LONGEST_TITLE:
        return None
    fitting = [one for one in known if _fits([folded(word) for word in one.words], plain)]
    return max(fitting, key=lambda one: sum(map(len, one.words)), default=None)


def _fits(words: Sequence[str], title: str) -> bool:
    return title.startswith(words[0]) and all(word in title for word in words[1:])


def _holds_baseline(known: KnownAction, text: str) -> bool:
    plain = folded(text)
    return bool(known.baseline) and all(folded(word) in plain for word in known.baseline)


def catalogue(language: str = "en") -> Catalogue:
    """Give the shipped mapping in a language (``en`` or ``zh_Hans``).

    Raises :class:`cbi.definitions.DefinitionError` with every fault if its file cannot be used.
    """
    return _shipped(language)


@cache
def _shipped(language: str) -> Catalogue:
    return read_catalogue(FILE, language)


def read_catalogue(file: Path, language: str = "en") -> Catalogue:
    """Read and prove a mapping; its translation stands beside it as ``citieswithnature.<language>.yaml``."""
    platform = read_definition(Platform, file, language)
    opened = YamlFile(file)
    faults = [
        Fault(file, opened.line_of(path), ".".join(map(str, path)), what, cure)
        for path, what, cure in _broken(platform, edition(platform.edition))
    ]
    if faults:
        raise DefinitionError(faults)
    return Catalogue(platform, language)


def untranslated(language: str) -> tuple[list[str], list[str]]:
    """Compare the translation with the mapping: the texts that it lacks, and those that it has for nothing."""
    return untranslated_definition(FILE, language)


# What the mapping must agree on beyond the shape of each part

_Path = tuple[str | int, ...]
_Broken = tuple[_Path, Sentence, Sentence]


def _broken(platform: Platform, asked: Edition) -> Iterator[_Broken]:
    yield from _repeated(platform)
    missing = [sign for sign in SIGNS if sign not in {phrase.sign for phrase in platform.phrases}]
    if missing:
        yield (
            ("phrases",),
            say("no phrase has the meaning {names}", names=listed(missing)),
            say("add a phrase for each meaning"),
        )
    areas, commitments = ({one.id for one in known} for known in (platform.areas, platform.commitments))
    for position, commitment in enumerate(platform.commitments):
        if commitment.area not in areas:
            yield _unknown(("commitments", position, "area"), commitment.area, areas)
    for position, action in enumerate(platform.actions):
        path: _Path = ("actions", position)
        if action.commitment not in commitments:
            yield _unknown((*path, "commitment"), action.commitment, commitments)
        yield from _broken_action(path, action, asked)
    for place, figure in _loose_figures(platform):
        yield from _broken_figure(place, figure, asked)


def _loose_figures(platform: Platform) -> Iterator[tuple[_Path, Figure]]:
    yield ("population",), platform.population
    yield from ((("about", position), figure) for position, figure in enumerate(platform.about))


def _repeated(platform: Platform) -> Iterator[_Broken]:
    groups: Mapping[str, Sequence[Phrase | Heading | KnownAction]] = {
        "phrases": platform.phrases,
        "areas": platform.areas,
        "commitments": platform.commitments,
        "actions": platform.actions,
    }
    for name, known in groups.items():
        ids = [one.id for one in known]
        for position, one in enumerate(ids):
            if one in ids[:position]:
                yield (
                    (name, position, "id"),
                    say("the id “{id}” is repeated", id=one),
                    say("give each an id of its own"),
                )


def _broken_action(path: _Path, action: KnownAction, asked: Edition) -> Iterator[_Broken]:
    ids = {one.id for one in asked.indicators}
    for position, moved in enumerate(action.moves):
        if moved not in ids:
            yield _unknown((*path, "moves", position), moved, ids)
    for position, evidence in enumerate(action.evidence):
        if evidence.owner not in ids:
            yield _unknown((*path, "evidence", position, "owner"), evidence.owner, ids)
    for position, figure in enumerate(action.figures):
        yield from _broken_figure((*path, "figures", position), figure, asked)
    figures = {figure.id for figure in action.figures}
    for position, one in enumerate(action.sums):
        for name in (one.whole, *one.parts):
            if name not in figures:
                yield _unknown((*path, "sums", position), name, figures)


def _broken_figure(path: _Path, figure: Figure, asked: Edition) -> Iterator[_Broken]:
    if not figure.before and not figure.after and path != ("population",):
        yield path, say("the figure has no words beside it"), say("write before, after, or both")
    owners = {PROFILE, *(one.id for one in asked.indicators)}
    if figure.owner not in owners:
        yield _unknown((*path, "owner"), figure.owner, owners)
        return
    if figure.input is None:
        indicator = asked.find(figure.owner)
        if indicator is None or indicator.value is None or indicator.value.unit != "%" or figure.kind != "percent":
            yield path, say("there is no finished value in percent there"), say("name an input")
        return
    try:
        kind = asked.input(figure.owner, figure.input).kind
    except KeyError:
        known = asked.profile_inputs if figure.owner == PROFILE else asked.indicator(figure.owner).inputs
        yield _unknown((*path, "input"), figure.input, known)
        return
    if kind != figure.kind:
        yield (
            (*path, "kind"),
            say("“{name}” is of kind {kind}", name=figure.input, kind=kind),
            say("write {kind}", kind=kind),
        )


def _unknown(path: _Path, found: object, known: Mapping[str, object] | set[str]) -> _Broken:
    return path, say("there is no “{found}”", found=found), say("name one of: {names}", names=listed(sorted(known)))


__all__ = ["Catalogue", "Evidence", "Figure", "KnownAction", "catalogue", "read_catalogue", "untranslated"]

"""What ``indicators/citieswithnature.yaml`` may say: how a city profile is laid out, and what it tells the index."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cbi.definitions.bands import Exact
from cbi.definitions.models import Component, Id, Model, Prose

Chapter = Literal["cover", "overview", "actions", "pathway", "index", "tools", "end"]
Sign = Literal[
    "cover", "chapter", "title", "closing",
    "about", "overview", "population", "country", "region", "head_of_government", "stated_actions", "heading",
    "award", "level", "percent",
    "area", "commitment", "description", "baseline", "target", "updated",
    "phase", "step", "no_uploads",
    "component", "component_total", "total", "not_started", "state",
    "no_tools",
]  # fmt: skip
"""What a fixed phrase of a profile means to its reader."""

Confidence = Literal["high", "medium", "low"]


class Phrase(Model):
    """Fixed words of a profile that stand on a line of their own, and what they mean.

    ``forms`` are the ways they are written; ``{number}``, ``{points}``, ``{maximum}``, ``{date}``, ``{text}``
    and ``{more}`` stand for what changes. A phrase holds in its ``chapter``, or anywhere if it ``opens`` one:
    onwards only, unless it may also lead ``back``.
    """

    id: Id
    sign: Sign
    forms: tuple[Prose, ...]
    chapter: Chapter | None = None
    opens: Chapter | None = None
    back: bool = False
    title: Prose | None = Field(default=None, description="what pages call it, in our own words or by its name")
    number: int | None = None
    phase: Id | None = Field(default=None, description="the phase that a step of the pathway belongs to")


class Heading(Model):
    """An action area or a commitment: known by words of its title, the first of which begin it."""

    id: Id
    title: Prose
    words: tuple[Prose, ...]
    area: Id | None = Field(default=None, description="the action area of a commitment")
    number: int | None = None


class Figure(Model):
    """A figure in a fixed sentence: what stands before or after it there, and which input it answers.

    ``owner`` is ``profile`` or the id of an indicator; without ``input`` it is the finished value. ``before``
    and ``after`` list alternatives; one of each must stand beside the figure where they are given.
    """

    id: Id
    owner: Id
    input: Id | None = None
    kind: Literal["area", "people", "count", "percent"]
    before: tuple[Prose, ...] = ()
    after: tuple[Prose, ...] = ()
    confidence: Confidence
    help: Prose


class Evidence(Model):
    """An indicator that a sentence says something about without a figure that could be scored."""

    owner: Id
    id: Id
    help: Prose


class Sum(Model):
    """Figures of one sentence that must add up."""

    whole: Id
    parts: tuple[Id, ...]


class KnownAction(Model):
    """An action of the Action Platform: the indicators it moves, and what its baseline tells the index.

    ``baseline`` are words that all stand in its fixed baseline sentence and, together, in that of no other
    action: they tell it where its heading or its title is lost.
    """

    id: Id
    commitment: Id
    title: Prose
    words: tuple[Prose, ...]
    moves: tuple[Id, ...]
    baseline: tuple[Prose, ...] = ()
    figures: tuple[Figure, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    sums: tuple[Sum, ...] = ()


class Shares(Model):
    """How free text says that an area is a share of the whole city, so that the two imply its size."""

    before: tuple[Prose, ...]
    after: tuple[Prose, ...]


class Platform(Model):
    """``citieswithnature.yaml``: the layout of a city profile and its bearing on an edition of the index."""

    edition: str
    tolerance: Annotated[Exact, Field(gt=0, description="percent by which two figures for one whole may differ")]
    phrases: tuple[Phrase, ...]
    prose: tuple[Prose, ...] = Field(description="how sentences begin that the platform prints in every profile")
    components: dict[Component, int] = Field(description="maximum points by which a component is known")
    areas: tuple[Heading, ...]
    commitments: tuple[Heading, ...]
    population: Figure
    about: tuple[Figure, ...]
    shares: Shares
    actions: tuple[KnownAction, ...]

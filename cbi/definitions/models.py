"""What a definition file may say: the models that every file in ``indicators/`` is checked against."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Discriminator, Field, StringConstraints, Tag

from cbi.definitions.bands import Band, Exact, Points

ID_PATTERN = r"^[a-z][a-z0-9_]*$"
SDG_PATTERN = r"^([1-9]|1[0-7])\.[0-9a-d]+$"

Id = Annotated[str, StringConstraints(pattern=ID_PATTERN)]
Prose = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Component = Literal["native_biodiversity", "ecosystem_services", "governance"]
Kind = Literal[
    "area", "people", "species", "count", "change", "money", "percent", "amount",
    "ladder", "checklist", "choice", "list of area", "text",
]  # fmt: skip


class TrustWord(StrEnum):
    """How far a rule can be trusted, the strongest word first."""

    CONFIRMED = "confirmed"
    IMPLEMENTED = "implemented"
    RECALLED = "recalled"
    CARRIED = "carried"
    RECONSTRUCTED = "reconstructed"


class Model(BaseModel):
    """Frozen, strict about types, and closed: a key that is not known is a fault."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True, defer_build=True)


class Item(Model):
    """One entry of a checklist or a list of choices."""

    id: Id
    label: Prose


class OwnInput(Model):
    """Something that staff are asked for under this indicator, or once in the profile."""

    label: Prose
    kind: Kind
    help: Prose | None = None
    unit: str | None = Field(default=None, description="unit of an amount, such as mm or m")
    items: tuple[Item, ...] = ()
    optional: bool = Field(default=False, description="recorded beside the score, not needed for it")


class SharedInput(Model):
    """An input that is asked elsewhere: in the profile, at another indicator, or in an earlier year."""

    from_: Id = Field(alias="from", description="profile, baseline, previous, or the id of another indicator")
    input: Id | None = Field(default=None, description="its id there, if it differs from its id here")


def _input_form(value: Any) -> str:
    shared = isinstance(value, SharedInput) or (isinstance(value, dict) and "from" in value)
    return "shared" if shared else "own"


Input = Annotated[Annotated[OwnInput, Tag("own")] | Annotated[SharedInput, Tag("shared")], Discriminator(_input_form)]


class Way(Model):
    """One way to the value: a measure and the inputs that fill its roles."""

    id: Id
    label: Prose
    measure: Id
    of: dict[str, Id]


class Value(Model):
    """How the value is formed, its unit, and the decimals that the bands are printed with.

    Either one ``measure`` and its ``of``, or several ``ways``, the preferred one first. With ``choose``
    the city must say which way it goes by when it has answered more than one.
    """

    measure: Id | None = None
    of: dict[str, Id] = {}
    ways: tuple[Way, ...] = ()
    choose: bool = False
    unit: str | None = None
    decimals: Annotated[int, Field(ge=0, le=6)]


class Rung(Model):
    """One of the five steps of a ladder."""

    points: Points
    id: Id
    text: Prose


class Source(Model):
    """Where the rule is printed."""

    document: str
    section: Prose


class Links(Model):
    """Targets of the Kunming-Montreal Global Biodiversity Framework and of the Sustainable Development Goals."""

    gbf: tuple[Annotated[int, Field(ge=1, le=23)], ...]
    sdg: tuple[Annotated[str, StringConstraints(pattern=SDG_PATTERN)], ...]


class Example(Model):
    """A case worked out by hand: inputs (areas in hectares) or a finished value, and what they must give."""

    inputs: dict[str, Any] = {}
    given: Exact | Id | None = Field(default=None, description="a finished value, or the rung of a ladder")
    way: Id | None = None
    value: Exact | None = None
    points: Points


class Indicator(Model):
    """One indicator of one edition: whoever reads its file knows the indicator."""

    id: Id
    number: Annotated[int, Field(ge=1)]
    component: Component
    title: Prose
    question: Prose
    why: Prose
    counts: Prose
    inputs: dict[Id, Input] = {}
    value: Value | None = None
    bands: tuple[Band, ...] = ()
    ladder: tuple[Rung, ...] = ()
    trust: dict[Id, Annotated[TrustWord, Field(strict=False)]]
    source: Source
    held_by: Prose
    evidence: Prose
    links: Links
    examples: tuple[Example, ...]

    @property
    def ways(self) -> tuple[Way, ...]:
        """Every way to the value, the preferred one first; a ladder has none."""
        if self.value is None:
            return ()
        if self.value.measure is not None:
            measure, of = self.value.measure, self.value.of
            return (Way.model_construct(id="value", label=self.title, measure=measure, of=of),)  # all checked already
        return self.value.ways

    @property
    def weakest_trust(self) -> TrustWord:
        """The weakest of its trust words: what is known least well decides."""
        order = list(TrustWord)
        return max(self.trust.values(), key=order.index)

    @property
    def confirmed(self) -> bool:
        """Whether a public source quotes rule and bands as printed."""
        return self.weakest_trust is TrustWord.CONFIRMED


class ComponentDef(Model):
    """One of the three core components."""

    id: Component
    title: Prose
    maximum: int


class Document(Model):
    """A printed source that definitions refer to."""

    id: str
    title: Prose
    authors: Prose
    publisher: Prose
    year: int


class EditionFile(Model):
    """``edition.yaml``: what holds for the edition as a whole."""

    id: str
    title: Prose
    indicators: int
    maximum: int
    components: tuple[ComponentDef, ...]
    documents: tuple[Document, ...]
    rounding: Prose
    baseline: Prose
    trust_words: dict[Annotated[TrustWord, Field(strict=False)], Prose]


class ProfileSection(Model):
    """A chapter of Part I."""

    id: Id
    title: Prose
    inputs: dict[Id, OwnInput]


class ProfileFile(Model):
    """``profile.yaml``: Part I of the index, asked once and shared by the indicators."""

    sections: tuple[ProfileSection, ...]


class Check(Model):
    """A rule over a whole assessment, as data: its inputs, a relation between them, and its sentence.

    Relations: ``at_most`` (the first input is not larger than the second), ``equal`` (they agree within
    ``tolerance`` percent), ``different`` (quantities that must not carry the very same figure), ``share_of``
    (the stated share, the part and the whole agree within ``tolerance`` percent of the whole),
    ``like_last_time`` (each figure by itself is less than ``factor`` times that of last time, or the reverse).
    """

    id: Id
    relation: Literal["at_most", "equal", "different", "share_of", "like_last_time"]
    inputs: tuple[str, ...] = Field(
        description="input ids; indicator.input where it is not the profile's; indicator for a finished value"
    )
    tolerance: Exact | None = None
    factor: Exact | None = None
    message: Prose


class ChecksFile(Model):
    """``checks.yaml``: the plausibility rules of the edition."""

    checks: tuple[Check, ...]


class Pair(Model):
    """An indicator that both editions ask, and what of an older answer the newer one can use."""

    id: Id
    numbers: dict[str, int]
    carries: Literal["inputs and value", "inputs"]
    inputs: tuple[Id, ...] | None = Field(default=None, description="which inputs carry; all of them if not said")
    why: Prose


class Unpaired(Model):
    """An indicator that only one edition asks."""

    id: Id
    edition: str
    number: int
    why: Prose


class Crosswalk(Model):
    """``crosswalk.yaml``: how the 2014 and the 2021 edition answer to one another."""

    older: str
    newer: str
    pairs: tuple[Pair, ...]
    only: tuple[Unpaired, ...]


class OtherName(Model):
    """What cities often call something that the index asks, in each language of the program."""

    of: str = Field(description="profile.<input>, <indicator>.<input>, or <indicator>.value for the finished value")
    check: bool = Field(default=False, description="it often counts something slightly else: only suggested")
    en: tuple[Prose, ...] = ()
    zh_hans: tuple[Prose, ...] = Field(default=(), alias="zh_Hans")


class AlsoCalled(Model):
    """``also_called.yaml``: other names, for suggestions where a form of somebody's own is read."""

    names: tuple[OtherName, ...]


Translation = Mapping[str, Any]
"""``zh_Hans.yaml``: the same shape as the definitions, with nothing but the texts."""

"""Bands as the handbook prints them, and the proof that they cover the number line.

A printed band has gaps at the printed precision (1.0–6.9, 7.0–13.9). A value is first rounded half-up to
that precision, so on the grid of printed numbers five bands must tile the line: no gap, no overlap.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator
from pydantic_core import PydanticCustomError

from cbi.i18n import Sentence, say


def _to_decimal(value: Any) -> Any:
    return Decimal(value) if isinstance(value, int) and not isinstance(value, bool) else value


Exact = Annotated[Decimal, BeforeValidator(_to_decimal)]
"""A number of a definition file: an exact decimal, never a binary float."""

Points = Annotated[int, Field(ge=0, le=4)]


class Band(BaseModel):
    """The values that earn a number of points, in one of the six forms that tables are printed in."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid", populate_by_name=True, defer_build=True)

    points: Points
    below: Exact | None = None
    at_most: Exact | None = None
    from_: Exact | None = Field(default=None, alias="from")
    to: Exact | None = None
    exactly: Exact | None = None
    at_least: Exact | None = None
    above: Exact | None = None

    @model_validator(mode="after")
    def _one_form(self) -> Self:
        given = frozenset(name for name in FORMS_BY_KEY if getattr(self, name) is not None)
        if given not in FORMS:
            raise PydanticCustomError("band_form", "not one form")
        if self.from_ is not None and self.to is not None and self.from_ > self.to:
            raise PydanticCustomError("band_order", "from is larger than to")
        return self

    def edges(self) -> Iterator[Decimal]:
        """Give the numbers that the band prints."""
        for name in FORMS_BY_KEY:
            edge = getattr(self, name)
            if edge is not None:
                yield edge

    def span(self, decimals: int) -> tuple[Decimal | None, Decimal | None]:
        """Give the first and last printed number in the band; None where it has no end."""
        step = Decimal(1).scaleb(-decimals)
        low = high = None
        if self.below is not None:
            high = self.below - step
        elif self.at_most is not None:
            high = self.at_most
        elif self.exactly is not None:
            low = high = self.exactly
        elif self.at_least is not None:
            low = self.at_least
        elif self.above is not None:
            low = self.above + step
        else:
            low, high = self.from_, self.to
        return low, high

    def holds(self, value: Decimal, decimals: int) -> bool:
        """Tell whether the band holds ``value``, which must be rounded to ``decimals`` already."""
        low, high = self.span(decimals)
        return (low is None or value >= low) and (high is None or value <= high)

    def label(self, decimals: int, unit: str = "", write: Any = None) -> str:
        """Print the band as tables do: ``< 1.0 %``, ``7.0–13.9 %``, ``≥ 4 species``.

        ``write`` turns a number into text (for other locales); without it the plain form is used.
        """

        def number(edge: Decimal | None) -> str:
            shown = (edge if edge is not None else Decimal()).quantize(Decimal(1).scaleb(-decimals))
            return write(shown) if write else f"{shown:f}"

        if self.from_ is not None:
            text = f"{number(self.from_)}–{number(self.to)}"
        elif self.exactly is not None:
            text = number(self.exactly)
        else:
            sign = next(sign for name, sign in SIGNS.items() if getattr(self, name) is not None)
            text = f"{sign} {number(next(self.edges()))}"
        return f"{text} {unit}" if unit else text


SIGNS = {"below": "<", "at_most": "≤", "at_least": "≥", "above": ">"}
FORMS_BY_KEY = ("below", "at_most", "from_", "to", "exactly", "at_least", "above")
FORMS = frozenset(
    frozenset(form) for form in (("below",), ("at_most",), ("from_", "to"), ("exactly",), ("at_least",), ("above",))
)


@dataclass(frozen=True, slots=True)
class Seam:
    """A place where the tiling fails: position of the band in its list, what is wrong, and the cure."""

    band: int
    what: Sentence
    cure: Sentence


def faults_of_tiling(bands: Sequence[Band], decimals: int) -> list[Seam]:
    """Prove that five bands tile the line of numbers printed with ``decimals`` places.

    Returns what is wrong with them; nothing when the proof holds.
    """
    step = Decimal(1).scaleb(-decimals)
    faults = list(_faults_of_print(bands, decimals))
    if faults:
        return faults
    below_all = Decimal("-Infinity")
    spans = sorted(
        ((position, *band.span(decimals)) for position, band in enumerate(bands)),
        key=lambda span: below_all if span[1] is None else span[1],
    )
    for (_, _, before), (position, after, _) in pairwise(spans):
        faults.extend(_faults_between(position, before, after, step))
    (first, low, _), (last, _, high) = spans[0], spans[-1]
    if low is not None:
        faults.append(
            Seam(
                first,
                say("no band holds values below {edge}", edge=low),
                say("let the lowest band have no lower limit: below (<) or at_most (≤)"),
            )
        )
    if high is not None:
        faults.append(
            Seam(
                last,
                say("no band holds values above {edge}", edge=high),
                say("let the highest band have no upper limit: above (>) or at_least (≥)"),
            )
        )
    order = [bands[position].points for position, _, _ in spans]
    if not faults and order not in ([0, 1, 2, 3, 4], [4, 3, 2, 1, 0]):
        faults.append(
            Seam(0, say("along the line the points go {order}", order=order), say("let them rise or fall steadily"))
        )
    return faults


def _faults_of_print(bands: Sequence[Band], decimals: int) -> Iterator[Seam]:
    step = Decimal(1).scaleb(-decimals)
    for position, band in enumerate(bands):
        for edge in band.edges():
            if edge != edge.quantize(step):
                yield Seam(
                    position,
                    say(
                        "the edge {edge} has more decimals than the value, which is read to {decimals}",
                        edge=edge,
                        decimals=decimals,
                    ),
                    say("print the edge with as many decimals as the value"),
                )
    points = sorted(band.points for band in bands)
    if points != [0, 1, 2, 3, 4]:
        yield Seam(
            0,
            say("the bands give the points {points}", points=points),
            say("give each of 0, 1, 2, 3 and 4 points to one band"),
        )


def _faults_between(position: int, before: Decimal | None, after: Decimal | None, step: Decimal) -> Iterator[Seam]:
    """Compare the last number of one band with the first number of the next."""
    if before is None or after is None or after <= before:
        yield Seam(
            position,
            say("two bands overlap: both hold {edge}", edge=before if after is None else after),
            say("let each value belong to one band"),
        )
    elif after > before + step:
        yield Seam(
            position,
            say(
                "there is a gap between {before} and {after}: no band holds {missing}",
                before=before,
                after=after,
                missing=before + step,
            ),
            say(
                "let this band begin at {missing}, or the one before it end at {end}",
                missing=before + step,
                end=after - step,
            ),
        )

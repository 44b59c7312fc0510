"""The index as a book to look things up in: finding an indicator, its formula, and examples at the edges."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from cbi.definitions import Edition, Indicator, edition
from cbi.definitions.edition import EARLIER
from cbi.definitions.models import SharedInput
from cbi.i18n import LANGUAGES, Sentence, say
from cbi.numbers import round_half_up
from cbi.scoring import Result
from cbi.scoring.engine import score_example

FORMULAS = {
    "percentage": say("{part} ÷ {whole} × 100"),
    "share_of_sum": say("{part} ÷ ({part} + {rest}) × 100"),
    "per_thousand": say("{amount} in hectares ÷ {people} × 1 000"),
    "per_head": say("{amount} ÷ {people}"),
    "difference": say("{gain} − {loss}"),
    "as_given": say("{amount}"),
    "number_of": say("how many of the list are ticked: {items}"),
    "effective_mesh_size": say("sum of the squares of {groups} ÷ their sum"),
    "coherence": say("sum of the squares of {groups} ÷ the square of their sum × 100"),
}
"""The arithmetic of each measure, with the labels of the inputs in place of its roles."""


def formulas(asked: Edition, indicator: Indicator, language: str) -> Iterator[str]:
    """Say how the value of an indicator is formed, a line for each way; none for a ladder."""
    for way in indicator.ways:
        labels = {role: f"“{label_of(asked, indicator, name, language)}”" for role, name in way.of.items()}
        formula = Sentence(FORMULAS[way.measure].template, labels).text(language)
        head = f"{way.label}: " if len(indicator.ways) > 1 else ""
        yield f"{head}{formula}"


def label_of(asked: Edition, indicator: Indicator, name: str, language: str) -> str:
    """Name an input of an indicator, and the earlier year that it comes from, if it does."""
    given, label = indicator.inputs[name], asked.input(indicator.id, name).label
    if isinstance(given, SharedInput) and given.from_ in EARLIER:
        year = {"baseline": say("in the baseline year"), "previous": say("in the previous survey")}[given.from_]
        return say("{label} {year}", label=label, year=year).text(language)
    return label


# Finding


def found(asked: Edition, query: str) -> tuple[Indicator, ...]:
    """Find indicators by their number, or by words of title, question and what counts, in any language.

    Every word of the query must occur; an empty query finds all. A number alone finds the indicator that has it.
    """
    words = _folded(query).split()
    if len(words) == 1 and (one := asked.find(words[0])) is not None:
        return (one,)
    if not words:
        return asked.indicators
    texts = [edition(asked.id, language) for language in LANGUAGES]
    return tuple(
        one
        for one in asked.indicators
        if _holds_all(words, " ".join([_text(one), *(_text(other.indicator(one.id)) for other in texts)]))
    )


def _text(indicator: Indicator) -> str:
    rungs = " ".join(rung.text for rung in indicator.ladder)
    return _folded(f"{indicator.id} {indicator.title} {indicator.question} {indicator.counts} {rungs}")


def _holds_all(words: list[str], text: str) -> bool:
    return all(word in text for word in words)


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()


# Examples


@dataclass(frozen=True, slots=True)
class Edge:
    """A value beside the edge of a band: as it comes, as it is read, and the points that it has."""

    value: Decimal
    read: Decimal
    points: int


def edges(indicator: Indicator) -> tuple[Edge, ...]:
    """Give, for every edge between two bands, the last value below it and the first one above, from low to high.

    Values come with one decimal more than the bands are printed with, to show how they are rounded. A ladder
    has none.
    """
    value = indicator.value
    if value is None:
        return ()
    step = Decimal(1).scaleb(-value.decimals)
    starts = sorted(low for band in indicator.bands if (low := band.span(value.decimals)[0]) is not None)
    near = [start - part for start in starts for part in (step / 2 + step / 10, step / 2)]
    return tuple(_edge(indicator, exact, round_half_up(exact, value.decimals), value.decimals) for exact in near)


def _edge(indicator: Indicator, exact: Decimal, read: Decimal, decimals: int) -> Edge:
    points = next(band.points for band in indicator.bands if band.holds(read, decimals))
    return Edge(exact, read, points)


@dataclass(frozen=True, slots=True)
class Worked:
    """A case worked out: the inputs by their ids (areas in hectares), and what they give."""

    inputs: Mapping[str, Any]
    result: Result


def worked_examples(asked: Edition, indicator: Indicator) -> tuple[Worked, ...]:
    """Work out examples of the definition by the bands in force, one for each number of points, from inputs."""
    chosen: dict[int, Worked] = {}
    for example in indicator.examples:
        if example.inputs:
            result, _ = score_example(asked, indicator, {**example.inputs, "way": example.way or ""})
            if result.points is not None:
                chosen.setdefault(result.points, Worked(example.inputs, result))
    return tuple(chosen[points] for points in sorted(chosen))

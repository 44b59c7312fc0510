"""What views and reports say of results: in the reader's language, with numbers in the reader's format."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Protocol

from cbi.amounts import WHOLE_KINDS
from cbi.definitions import Edition
from cbi.definitions.bands import Band
from cbi.definitions.models import Indicator
from cbi.i18n import Counted, Sentence, counted, say, translate, translate_number
from cbi.numbers import MINUS, exact_text, measured, printed_number, round_up
from cbi.scoring import Result, Scorecard, Totals
from cbi.scoring.scorecard import MOST_POINTS


class Reader(Protocol):
    """Whom something is said to: the edition in their language, and how they write numbers."""

    @property
    def language(self) -> str:
        """A code of :data:`cbi.i18n.LANGUAGES`."""

    @property
    def edition(self) -> Edition:
        """The edition that is spoken of, in that language."""

    def number(self, value: Decimal | int | str) -> str:
        """Write a number with the digits that it has."""

    def exact(self, value: Fraction) -> str:
        """Write a value before rounding."""


@dataclass(frozen=True, slots=True)
class Voice:
    """A reader of an edition; ``numbers`` is the locale that numbers are written in."""

    edition: Edition
    numbers: str

    @property
    def language(self) -> str:
        """The language of the edition."""
        return self.edition.language

    def number(self, value: Decimal | int | str) -> str:
        """Write a number with the digits that it has."""
        return printed_number(Decimal(value), self.numbers)

    def exact(self, value: Fraction) -> str:
        """Write a value before rounding; three dots stand for digits that were cut off."""
        text = exact_text(value)
        return self.number(text) + ("" if Fraction(text) == value else "…")


SHORT_TITLES: Mapping[str, Sentence] = {
    "native_biodiversity": say("Native biodiversity"),
    "ecosystem_services": say("Ecosystem services"),
    "governance": say("Governance"),
}
"""The components in one or two words, for where there is little room."""


def signed(reader: Reader, change: Decimal | int) -> str:
    """Write a change with its sign, as readers print it: ``+3``, ``−2``, ``0``."""
    number = reader.number(abs(Decimal(change)))
    return f"{'+' if change > 0 else MINUS}{number}" if change else reader.number(0)


def change_in_points(change: int, written: str) -> Sentence:
    """Say a change of points that is written already: ``+1 point``, ``−2 points``, ``0 points``."""
    return say("{change} point", change=written) if abs(change) == 1 else say("{change} points", change=written)


def compared_indicators(count: int) -> Counted:
    """Name the indicators that a change like for like counts."""
    return counted("the one indicator scored in both years", "the {count} indicators scored in both years", count)


def points(count: int, language: str) -> str:
    """Say so many points: ``1 point``, ``3 points``."""
    return translate_number("{count} point", "{count} points", count, language).format(count=count)


def points_of(result: Result, language: str) -> str:
    """Say the points of an indicator out of four; a dash where there are none."""
    return (
        "–"
        if result.points is None
        else say("{points} of {most}", points=result.points, most=MOST_POINTS).text(language)
    )


def points_scored(totals: Totals) -> str:
    """Print the points of a total; a dash where nothing is scored, for missing is never zero."""
    return str(totals.points) if totals.scored else "–"


def totals_line(totals: Totals, count: int, language: str) -> str:
    """Say of ``count`` indicators how many are scored, what these could have, and what is still possible."""
    parts = [
        say("{scored} of {count} indicators scored", scored=totals.scored, count=count),
        say("{attainable} points attainable so far", attainable=totals.attainable),
    ]
    if totals.highest > totals.lowest:
        parts.append(say("{lowest} to {highest} still possible", lowest=totals.lowest, highest=totals.highest))
    return " · ".join(part.text(language) for part in parts)


def band_label(reader: Reader, indicator: Indicator, band: Band, *, with_unit: bool = True) -> str:
    """Print a band as tables do, in the reader's number format."""
    if indicator.value is None:
        return ""
    unit = (indicator.value.unit or "") if with_unit else ""
    only_one = band.exactly == 1 or band.from_ == band.to == 1
    return band.label(indicator.value.decimals, ONE.get(unit, unit) if only_one else unit, reader.number)


def band_reached(reader: Reader, result: Result) -> str:
    """Print the band or the rung that a result reached."""
    if not result.indicator.bands:
        return result.band or ""
    return next(
        (band_label(reader, result.indicator, band) for band in result.indicator.bands if band.points == result.points),
        "",
    )


def value_of(reader: Reader, result: Result) -> str:
    """Write the value as read, with its unit; empty for a ladder and where there is none."""
    if result.value is None or result.indicator.value is None:
        return ""
    return f"{reader.number(result.value)} {unit_of(result.indicator, result.value)}".strip()


def rounding(reader: Reader, result: Result) -> str:
    """Say how a value was read where rounding changed it; empty where it did not."""
    if not result.was_rounded or result.exact is None or result.value is None or result.indicator.value is None:
        return ""
    unit = result.indicator.value.unit or ""
    return say(
        "{exact} {unit} reads as {value} {unit}",
        exact=reader.exact(result.exact),
        value=reader.number(result.value),
        unit=unit,
    ).text(reader.language)


def next_step(reader: Reader, result: Result) -> str:
    """Say what the next point takes; empty at the top and where no value is known."""
    step = result.next
    if step is None:
        return ""
    wanted = points(step.points, reader.language)
    if step.value is None or step.change is None or result.exact is None or result.indicator.value is None:
        return say("{points}: {rung}", points=wanted, rung=step.band).text(reader.language)
    rising, unit = step.change > 0, result.indicator.value.unit or ""
    if is_counted(reader.edition, result.indicator):
        return _next_count(reader, result, wanted, Decimal(step.value), result.exact)
    edge = f"{reader.number(step.value)} {unit}".strip()
    decimals = result.indicator.value.decimals + 2
    if step.input is None or step.input_change is None:
        reach = _reached(result.exact + step.change, decimals, rising=rising)
        value = f"{reader.number(reach)} {unit}".strip()
        if Decimal(step.value) == reach:
            return say("{points} from {edge}", points=wanted, edge=edge).text(reader.language)
        return say("{points} from {value}, which reads as {edge}", points=wanted, value=value, edge=edge).text(
            reader.language
        )
    size = reader.number(_outwards(step.change, decimals))
    gap = say("{change} percentage points", change=size).text(reader.language) if unit == "%" else f"{size} {unit}"
    line = _gap(wanted, edge, gap.strip(), rising=rising)
    sign = "+" if step.input_change > 0 else MINUS
    amount = measured(f"{sign}{reader.number(abs(step.input_change))}", step.unit, reader.language)
    label = reader.edition.input(result.indicator.id, step.input).label
    return say("{line}, that is {amount} “{label}”", line=line, amount=amount, label=label).text(reader.language)


def _next_count(reader: Reader, result: Result, wanted: str, edge: Decimal, exact: Fraction) -> str:
    """Say how many more (or fewer) of what comes one by one the next point takes."""
    change = Fraction(edge) - exact
    named = f"{reader.number(edge)} {unit_of(result.indicator, edge)}"
    size = reader.number(_outwards(change, 0))
    return _gap(wanted, named, size, rising=change > 0).text(reader.language)


def _gap(wanted: str, edge: str, change: str, *, rising: bool) -> Sentence:
    if rising:
        return say("{points} from {edge}: {change} more", points=wanted, edge=edge, change=change)
    return say("{points} from {edge} down: {change} less", points=wanted, edge=edge, change=change)


def _reached(value: Fraction, decimals: int, *, rising: bool) -> Decimal:
    """Write the value that reaches a band with a few decimals, so that it surely does: never nearer than it is."""
    size = round_up(value, decimals) if rising else -round_up(-value, decimals)
    return Decimal(f"{size:f}".rstrip("0").rstrip(".") if decimals else f"{size:f}")


def _outwards(change: Fraction, decimals: int) -> str:
    """Write the size of a change in full if it is short, else rounded so that it surely suffices."""
    text = f"{round_up(abs(change), decimals):f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


ONE = {
    "functions": "function",
    "responses": "response",
    "agencies": "agency",
    "partners": "partner",
    "projects": "project",
    "events": "event",
    "programmes": "programme",
    "visits per child per year": "visit per child per year",
}
"""The English units of counts, for one of them; the Chinese have one form."""


def is_counted(asked: Edition, indicator: Indicator) -> bool:
    """Tell whether the value of an indicator is a count of whole things: events, agencies, species, functions."""
    names = {name for way in indicator.ways for name in way.of.values()}
    kinds = {asked.input(indicator.id, name).kind for name in names}
    measures = {way.measure for way in indicator.ways}
    whole = indicator.value is not None and indicator.value.decimals == 0
    return whole and "per_head" not in measures and kinds <= WHOLE_KINDS | {"checklist"}


def unit_of(indicator: Indicator, value: Decimal) -> str:
    """Name the unit of a value, in the singular for one."""
    unit = (indicator.value.unit or "") if indicator.value else ""
    return ONE.get(unit, unit) if value == 1 else unit


def capital(text: str) -> str:
    """Start a sentence with a capital."""
    return text[:1].upper() + text[1:]


def place_in_band(bands: Sequence[Band], band: Band, value: Decimal | None) -> float:
    """Tell where in a band a value lies, from the worse end (0) to the better (1); in the middle of an open band.

    ``bands`` are the five bands by points. The place is for drawing only: nothing is scored with it.
    """
    if value is None or band.from_ is None or band.to is None or band.from_ == band.to:
        return 0.5
    share = float((value - band.from_) / (band.to - band.from_))
    less_is_better = bands[-1].below is not None or bands[-1].at_most is not None
    return 0.1 + 0.8 * (1 - share if less_is_better else share)


def strip_in_words(reader: Reader, result: Result, labels: Sequence[str]) -> str:
    """Say what the strip of an indicator's bands shows; ``labels`` are the bands from 0 to 4 points."""
    listed = "; ".join(f"{points(count, reader.language)} {label}" for count, label in enumerate(labels))
    if result.points is None:
        return say("No value yet. Bands: {bands}", bands=listed).text(reader.language)
    return say(
        "{value} is in the band of {points}. Bands: {bands}",
        value=value_of(reader, result),
        points=points(result.points, reader.language),
        bands=listed,
    ).text(reader.language)


def bullet_in_words(title: str, totals: Totals, language: str) -> str:
    """Say what the bar of a total shows: points, attainable so far, maximum."""
    return say(
        "{title}: {points} points, {attainable} attainable so far, {maximum} at most",
        title=title,
        points=totals.points,
        attainable=totals.attainable,
        maximum=totals.maximum,
    ).text(language)


def name_of(card: Scorecard, indicator_id: str | None, language: str) -> str:
    """Name the place of a problem: number and title of its indicator, or the city profile."""
    if indicator_id is None:
        return translate("City profile", language)
    indicator = card.result(indicator_id).indicator
    return f"{indicator.number} · {indicator.title}"

"""What the pages say of results: in the reader's language, with numbers in the reader's format."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from cbi.amounts import WHOLE_KINDS
from cbi.definitions import Edition
from cbi.definitions.bands import Band
from cbi.definitions.models import Indicator
from cbi.draft import FINISHED, Spot
from cbi.i18n import Sentence, say, translate, translate_number
from cbi.labels import state_of
from cbi.numbers import round_up
from cbi.scoring import Result, Scorecard, Status, Totals
from cbi.scoring.scorecard import MOST_POINTS
from cbi.units import AREA_UNITS, PEOPLE_UNITS
from cbi.views.session import Shown

AREA_SIGNS = {unit.id: unit.sign for unit in AREA_UNITS}
PEOPLE_SIGNS = {unit.id: unit.sign for unit in PEOPLE_UNITS}
SHORT_TITLES: Mapping[str, Sentence] = {
    "native_biodiversity": say("Native biodiversity"),
    "ecosystem_services": say("Ecosystem services"),
    "governance": say("Governance"),
}
"""The components in one or two words, for where there is little room."""

BOTH_SCRIPTS = {"mu": "mu 亩", "wan_mu": "wan mu 万亩", "wan": "wan 万"}


def heading(shown: Shown) -> str:
    """Name city, year and edition in one line."""
    city = shown.card.city or translate("City without a name", shown.language)
    named = say("{edition} edition", edition=shown.edition.id).text(shown.language)
    return " · ".join(filter(None, [city, str(shown.card.year or ""), named]))


MULTIPLES = {"thousand": say("thousand"), "million": say("million")}


def unit_name(unit: str, language: str) -> str:
    """Name a unit in a list of choices."""
    if unit == "":
        return translate("persons", language)
    if unit in MULTIPLES:
        return MULTIPLES[unit].text(language)
    if unit in BOTH_SCRIPTS:
        sign = AREA_SIGNS.get(unit) or PEOPLE_SIGNS[unit]
        return sign if language == "zh_Hans" else BOTH_SCRIPTS[unit]
    return AREA_SIGNS.get(unit, unit)


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


def totals_line(totals: Totals, count: int, language: str) -> str:
    """Say of ``count`` indicators how many are scored, what these could have, and what is still possible."""
    parts = (
        say("{scored} of {count} indicators scored", scored=totals.scored, count=count),
        say("{attainable} points attainable so far", attainable=totals.attainable),
        say("{lowest} to {highest} still possible", lowest=totals.lowest, highest=totals.highest),
    )
    return " · ".join(part.text(language) for part in parts)


def band_label(shown: Shown, indicator: Indicator, band: Band, *, with_unit: bool = True) -> str:
    """Print a band as tables do, in the reader's number format."""
    if indicator.value is None:
        return ""
    unit = (indicator.value.unit or "") if with_unit else ""
    only_one = band.exactly == 1 or band.from_ == band.to == 1
    return band.label(indicator.value.decimals, ONE.get(unit, unit) if only_one else unit, shown.number)


def band_reached(shown: Shown, result: Result) -> str:
    """Print the band or the rung that a result reached."""
    if not result.indicator.bands:
        return result.band or ""
    return next(
        (band_label(shown, result.indicator, band) for band in result.indicator.bands if band.points == result.points),
        "",
    )


def value_of(shown: Shown, result: Result) -> str:
    """Write the value as read, with its unit; empty for a ladder and where there is none."""
    if result.value is None or result.indicator.value is None:
        return ""
    return f"{shown.number(result.value)} {unit_of(result.indicator, result.value)}".strip()


def rounding(shown: Shown, result: Result) -> str:
    """Say how a value was read where rounding changed it; empty where it did not."""
    if not result.was_rounded or result.exact is None or result.value is None or result.indicator.value is None:
        return ""
    unit = result.indicator.value.unit or ""
    return say(
        "{exact} {unit} reads as {value} {unit}",
        exact=shown.exact(result.exact),
        value=shown.number(result.value),
        unit=unit,
    ).text(shown.language)


def next_step(shown: Shown, result: Result) -> str:
    """Say what the next point takes; empty at the top and where no value is known."""
    step = result.next
    if step is None:
        return ""
    wanted = points(step.points, shown.language)
    if step.value is None or step.change is None or result.exact is None or result.indicator.value is None:
        return say("{points}: {rung}", points=wanted, rung=step.band).text(shown.language)
    rising, unit = step.change > 0, result.indicator.value.unit or ""
    if is_counted(shown.edition, result.indicator):
        return _next_count(shown, result, wanted, Decimal(step.value), result.exact)
    edge = f"{shown.number(step.value)} {unit}".strip()
    size = _outwards(step.change, result.indicator.value.decimals + 2)
    if step.input is None or step.input_change is None:
        reach = result.exact + (Fraction(size) if rising else -Fraction(size))
        value = f"{shown.exact(reach)} {unit}".strip()
        if Fraction(step.value) == reach:
            return say("{points} from {edge}", points=wanted, edge=edge).text(shown.language)
        return say("{points} from {value}, which reads as {edge}", points=wanted, value=value, edge=edge).text(
            shown.language
        )
    line = _gap(wanted, edge, shown.number(size), rising=rising)
    amount = f"{'+' if step.input_change > 0 else ''}{shown.number(step.input_change)} {step.unit}".strip()
    label = shown.edition.input(result.indicator.id, step.input).label
    return say("{line}, that is {amount} “{label}”", line=line, amount=amount, label=label).text(shown.language)


def _next_count(shown: Shown, result: Result, wanted: str, edge: Decimal, exact: Fraction) -> str:
    """Say how many more (or fewer) of what comes one by one the next point takes."""
    change = Fraction(edge) - exact
    named = f"{shown.number(edge)} {unit_of(result.indicator, edge)}"
    size = shown.number(_outwards(change, 0))
    return _gap(wanted, named, size, rising=change > 0).text(shown.language)


def _gap(wanted: str, edge: str, change: str, *, rising: bool) -> Sentence:
    if rising:
        return say("{points} from {edge}: {change} more", points=wanted, edge=edge, change=change)
    return say("{points} from {edge} down: {change} less", points=wanted, edge=edge, change=change)


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


def field_name(shown: Shown, spot: Spot) -> str:
    """Name a field of the form as its label does."""
    if spot.part == "year":
        return translate("Year of the assessment", shown.language)
    year = translate("Year of the data", shown.language)
    if not spot.name:
        return year
    if spot.name == FINISHED:
        return translate("Finished value", shown.language)
    label = shown.edition.input(spot.owner, spot.name).label
    return f"{label} – {year}" if spot.part == "data_year" else label


def state(shown: Shown, result: Result) -> str:
    """Say in a few words why an indicator has no points, starting with a capital."""
    if any(spot.owner == result.indicator.id for spot in shown.reading.unread):
        return translate("Not scored: an entry cannot be read", shown.language)
    if result.status is Status.NOT_SCORED and result.reason is None:
        return translate("Not scored yet", shown.language)
    return capital(state_of(result).text(shown.language))


def capital(text: str) -> str:
    """Start a sentence with a capital."""
    return text[:1].upper() + text[1:]


def name_of(card: Scorecard, indicator_id: str | None, language: str) -> str:
    """Name the place of a problem: number and title of its indicator, or the city profile."""
    if indicator_id is None:
        return translate("City profile", language)
    indicator = card.result(indicator_id).indicator
    return f"{indicator.number} · {indicator.title}"

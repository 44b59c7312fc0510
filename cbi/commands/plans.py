"""``plan``: what the score means, and what a target takes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Annotated, Any

import typer

from cbi.assessment import Assessment
from cbi.commands.options import (
    Baseline,
    CityName,
    EditionName,
    File,
    Json,
    Language,
    Numbers,
    Years,
    given,
    is_locale,
    of_the_store,
    print_json,
    print_problems,
    unknown_baseline,
    unknown_locale,
)
from cbi.comparison import UnknownBaselineError
from cbi.definitions import Edition, edition
from cbi.definitions.edition import PROFILE
from cbi.draft import FINISHED
from cbi.gathering import place_of
from cbi.i18n import listed, mark, say
from cbi.planning.faults import PlanningError
from cbi.planning.figures import figure_in
from cbi.planning.findings import Beside, Findings, findings_of
from cbi.planning.plan import Scale
from cbi.planning.ranges import Spread, checked_for
from cbi.planning.target import Proposal, candidates_of, least_effort, may_move
from cbi.planning.typed import checked_target, read_efforts, read_range
from cbi.printing.plans import planning
from cbi.problems import has_errors
from cbi.scoring import Scorecard

commands = typer.Typer()

Target = Annotated[
    int | None, typer.Option("--target", metavar="POINTS", help=mark("Points to reach with the least effort."))
]
YearToPlanFrom = Annotated[
    int | None, typer.Option("--year", metavar="YEAR", help=mark("Year to plan from; by default the latest."))
]
Efforts = Annotated[
    list[str] | None,
    typer.Option(
        "--effort",
        metavar="INDICATOR=EFFORT",
        help=mark("Effort of a point, such as 8=3, or of each further point, 8=3;5. Without it, the highest given."),
    ),
]
Only = Annotated[
    str | None, typer.Option("--only", metavar="LIST", help=mark("Indicators that may move, such as 8,16,24."))
]
Keep = Annotated[
    str | None, typer.Option("--keep", metavar="LIST", help=mark("Indicators that must stay as they are."))
]
Ranges = Annotated[
    list[str] | None,
    typer.Option(
        "--range",
        metavar="PLACE=RANGE",
        help=mark("How uncertain a figure is: natural_areas.natural_area=5%, profile.city_area=300..320, 11=2."),
    ),
]


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked of a plan, as it was typed; ``numbers`` is the locale that its numbers are written in."""

    target: int | None
    efforts: Sequence[str]
    only: str | None
    keep: str | None
    ranges: Sequence[str]
    numbers: str


Planned = tuple[Findings, Proposal | None]
"""What planning says of one year, and the proposal for a target, where one was asked for."""


@commands.command(
    help=mark("What a score means: the next point of each indicator, what a target takes, how firm the points are.")
)
def plan(
    file: File = None,
    target: Target = None,
    year: YearToPlanFrom = None,
    effort: Efforts = None,
    only: Only = None,
    keep: Keep = None,
    ranges: Ranges = None,
    city: CityName = None,
    edition_id: EditionName = "2021",
    baseline: Baseline = None,
    numbers: Numbers = "en",
    language: Language = "en",
    as_json: Json = False,
) -> None:
    """Plan from a file, or from the store with the scenarios, ranges and plans that it keeps."""
    if not is_locale(numbers):
        raise unknown_locale(numbers, language)
    wish = Wish(target, effort or (), only, keep, ranges or (), numbers)
    read = given(file, city, edition_id=edition_id, baseline=baseline, numbers=numbers, language=language)
    kept = {} if file is not None else of_the_store(lambda: _kept(city, year), language)
    found = []
    for years, history in _cities(read.years):
        opened = _opened(history, year, language)
        beside = kept.get((opened.city, opened.year, opened.edition), Beside())
        found.append(_planned(opened, history, years, beside, wish, language))
    problems = [*read.problems, *(problem for findings, _ in found for problem in findings.card.problems)]
    _print(found, numbers, language, as_json=as_json)
    print_problems(problems, language)
    unreached = any(proposal is not None and proposal.steps is None for _, proposal in found)
    raise typer.Exit(1 if has_errors(problems) or unreached or not found else 0)


def _planned(
    opened: Assessment, history: Sequence[Assessment], years: Years, beside: Beside, wish: Wish, language: str
) -> Planned:
    """Work out a year of a city as it was wished; a wish that cannot be read is wrong usage."""
    try:
        beside = _with_ranges(beside, opened, edition(opened.edition, language), wish)
        findings = findings_of(opened, history, years.baseline, language, years.bands, beside)
        return findings, _proposal(findings.card, wish)
    except UnknownBaselineError as error:
        raise unknown_baseline(error, language) from None
    except PlanningError as error:
        raise typer.BadParameter(error.sentence.text(language)) from None


def _cities(read: Sequence[Years]) -> Iterator[tuple[Years, list[Assessment]]]:
    """Give the years of each city by itself."""
    for years in read:
        for name in dict.fromkeys(one.city for one in years.assessments):
            yield years, [one for one in years.assessments if one.city == name]


def _print(found: Sequence[Planned], numbers: str, language: str, *, as_json: bool) -> None:
    if as_json:
        print_json([_data(findings, proposal) for findings, proposal in found])
    else:
        typer.echo("\n\n".join(planning(*one, numbers=numbers, language=language) for one in found))


def _data(findings: Findings, proposal: Proposal | None) -> dict[str, Any]:
    return {**findings.to_dict(), "proposal": None if proposal is None else proposal.to_dict()}


def _opened(history: Sequence[Assessment], year: int | None, language: str) -> Assessment:
    """Choose the year to plan from; one that was not assessed is wrong usage."""
    dated = sorted(history, key=lambda one: (one.year or 0, one.edition))
    found = [one for one in dated if year in (None, one.year)]
    if not found:
        years = listed(str(one.year) for one in dated if one.year is not None)
        message = say("The year {year} was not assessed. Assessed: {years}.", year=year, years=years)
        raise typer.BadParameter(message.text(language))
    return found[-1]


def _kept(city: str | None, year: int | None) -> dict[tuple[str | None, int | None, str], Beside]:
    """Read what the store keeps for planning, by city, year and edition."""
    from cbi.planning.keeping import beside_of, kept
    from cbi.store import open_store

    store = open_store()
    try:
        return {
            (head.city.name, head.year, head.edition): beside_of(kept(store, head))
            for one in store.cities()
            if city in (None, one.name)
            for head in store.heads(one.id)
            if year in (None, head.year)
        }
    finally:
        store.close()


# What was asked for


def _indicator_id(asked: Edition, key: str) -> str:
    found = asked.find(key.strip().casefold())
    if found is None:
        raise PlanningError(
            say("There is no indicator “{found}” in the {edition} edition.", found=key.strip(), edition=asked.id)
        )
    return found.id


def _indicator_ids(asked: Edition, keys: str) -> set[str]:
    return {_indicator_id(asked, key) for key in keys.split(",") if key.strip()}


def _with_ranges(beside: Beside, opened: Assessment, asked: Edition, wish: Wish) -> Beside:
    """Put ranges of the command line in the place of kept ones."""
    typed = [_range(opened, asked, text, wish.numbers) for text in wish.ranges]
    places = {one.place for one in typed}
    return replace(beside, spreads=(*(one for one in beside.spreads if one.place not in places), *typed))


def _range(opened: Assessment, asked: Edition, text: str, numbers: str) -> Spread:
    """Read a range with the place of its figure, such as ``profile.city_area=300..320``; its unit may follow."""
    key, _, said = text.partition("=")
    owner, _, name = key.strip().partition(".")
    if owner == PROFILE:
        if name not in asked.profile_inputs:
            raise PlanningError(say("The profile asks for no “{found}”.", found=name))
        place = (owner, name)
    else:
        indicator = asked.indicator(_indicator_id(asked, owner))
        if name and name not in indicator.inputs:
            raise PlanningError(say("Indicator {number} asks for no “{found}”.", number=owner, found=name))
        place = place_of(indicator, name) if name else (indicator.id, FINISHED)
    figure = figure_in(asked, opened, place)
    return checked_for(read_range(said, place, numbers, figure.kind, figure.unit), figure.kind)


def _proposal(card: Scorecard, wish: Wish) -> Proposal | None:
    """Propose the least effort for the target; None without one."""
    if wish.target is None:
        return None
    checked_target(wish.target, card.edition)
    movable: dict[str, tuple[Decimal, ...]] = {one.indicator.id: () for one in card.results if may_move(one)}
    if wish.only is not None:
        only = _indicator_ids(card.edition, wish.only)
        movable = {name: known for name, known in movable.items() if name in only}
    if wish.keep is not None:
        kept = _indicator_ids(card.edition, wish.keep)
        movable = {name: known for name, known in movable.items() if name not in kept}
    for text in wish.efforts:
        key, _, said = text.partition("=")
        name, efforts = _indicator_id(card.edition, key), read_efforts(said, Scale.OWN, wish.numbers)
        if name in movable:
            movable[name] = efforts
    return least_effort(candidates_of(card, movable), card.total.points, wish.target)

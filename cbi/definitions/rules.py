"""What the files of an edition must agree on beyond the shape of each: references, numbers, edges."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence, Set
from decimal import Decimal
from typing import NamedTuple

from cbi.definitions.bands import faults_of_tiling
from cbi.definitions.edition import EARLIER, PROFILE
from cbi.definitions.models import Check, EditionFile, Indicator, OwnInput, ProfileFile, Rung, SharedInput, Value
from cbi.i18n import Sentence, listed, say
from cbi.measures import MEASURES

Path = tuple[str | int, ...]


class Broken(NamedTuple):
    """A rule that a file breaks: place in the file, what is wrong, what would be right."""

    path: Path
    what: Sentence
    cure: Sentence


def of_indicator(
    indicator: Indicator,
    frame: EditionFile | None,
    profile: Mapping[str, OwnInput],
    others: Mapping[str, Indicator],
    unread: Set[str] = frozenset(),
) -> Iterator[Broken]:
    """Check one indicator against the edition it belongs to.

    ``unread`` names what could not be read (``profile`` or ids of indicators) and has its own faults: what
    refers to it is left alone.
    """
    yield from _form(indicator)
    yield from _inputs(indicator, profile, others, unread)
    if indicator.value is not None:
        yield from _ways(indicator, profile, others)
        if indicator.bands:
            for seam in faults_of_tiling(indicator.bands, indicator.value.decimals):
                yield Broken(("bands", seam.band), seam.what, seam.cure)
            yield from _edges_have_examples(indicator, indicator.value)
    if missing := {"rule", "bands"} - set(indicator.trust):
        yield Broken(
            ("trust",),
            say("{names} has no trust word", names=listed(sorted(missing))),
            say("say for rule and bands how far each is trusted"),
        )
    if frame is not None:
        documents = [document.id for document in frame.documents]
        if indicator.source.document not in documents:
            yield Broken(
                ("source", "document"),
                say("edition.yaml has no document “{name}”", name=indicator.source.document),
                say("name one of: {names}", names=listed(documents)),
            )


def _form(indicator: Indicator) -> Iterator[Broken]:
    if indicator.ladder:
        if indicator.value or indicator.bands:
            yield Broken(
                ("ladder",), say("a ladder stands beside value or bands"), say("keep the ladder, or value and bands")
            )
        yield from of_ladder(indicator.ladder)
        shown = {str(example.given) for example in indicator.examples}
        for rung in indicator.ladder:
            if rung.id not in shown:
                yield Broken(("examples",), say("no example shows the rung “{rung}”", rung=rung.id), say("add one"))
    elif not indicator.value or not indicator.bands:
        yield Broken(
            (),
            say("the indicator has neither a ladder nor value and bands"),
            say("add bands with a value, or a ladder"),
        )


def of_ladder(ladder: Sequence[Rung]) -> Iterator[Broken]:
    """Check the five steps of a ladder: from 0 to 4 points, each with an id of its own."""
    points = [rung.points for rung in ladder]
    if points != [0, 1, 2, 3, 4]:
        yield Broken(
            ("ladder",),
            say("the rungs give the points {points}", points=points),
            say("list five rungs from 0 to 4 points"),
        )
    ids = [rung.id for rung in ladder]
    if len(set(ids)) != len(ids):
        yield Broken(("ladder",), say("two rungs have the same id"), say("give each rung an id of its own"))


def _inputs(
    indicator: Indicator, profile: Mapping[str, OwnInput], others: Mapping[str, Indicator], unread: Set[str]
) -> Iterator[Broken]:
    for name, given in indicator.inputs.items():
        if isinstance(given, SharedInput):
            place = PROFILE if given.from_ in EARLIER else given.from_
            if place not in unread and _home_of(name, given, profile, others) is None:
                yield Broken(
                    ("inputs", name, "from"),
                    say("“{place}” asks for no input “{name}”", place=given.from_, name=given.input or name),
                    say("name an input of the profile, or of another indicator"),
                )
        else:
            yield from _items(("inputs", name), given)


def _items(path: Path, given: OwnInput) -> Iterator[Broken]:
    if given.kind in ("checklist", "choice") and not given.items:
        yield Broken(path, say("a {kind} needs items", kind=given.kind), say("list items, each with id and label"))


def of_profile(profile: ProfileFile) -> Iterator[Broken]:
    """Check Part I: what is chosen from a list has one."""
    for position, section in enumerate(profile.sections):
        for name, given in section.inputs.items():
            yield from _items(("sections", position, "inputs", name), given)


def _home_of(
    name: str, given: SharedInput, profile: Mapping[str, OwnInput], others: Mapping[str, Indicator]
) -> OwnInput | None:
    there = given.input or name
    if given.from_ in (PROFILE, *EARLIER):
        return profile.get(there)
    other = others.get(given.from_)
    found = other.inputs.get(there) if other else None
    return found if isinstance(found, OwnInput) else None


def _ways(indicator: Indicator, profile: Mapping[str, OwnInput], others: Mapping[str, Indicator]) -> Iterator[Broken]:
    value = indicator.value
    if value is None:
        return
    if (value.measure is None) == (not value.ways):
        yield Broken(
            ("value",),
            say("the value has no measure, or has both a measure and ways"),
            say("name one measure and its inputs, or list ways"),
        )
        return
    for position, way in enumerate(indicator.ways):
        path: Path = ("value",) if value.measure is not None else ("value", "ways", position)
        measure = MEASURES.get(way.measure)
        if measure is None:
            yield Broken(
                (*path, "measure"),
                say("there is no measure “{name}”", name=way.measure),
                say("name one of: {names}", names=listed(MEASURES)),
            )
            continue
        if set(way.of) != set(measure.roles):
            yield Broken(
                (*path, "of"),
                say("{measure} is given {found}", measure=way.measure, found=listed(way.of)),
                say("fill exactly these: {names}", names=listed(measure.roles)),
            )
            continue
        for role, name in way.of.items():
            given = indicator.inputs.get(name)
            asked = _home_of(name, given, profile, others) if isinstance(given, SharedInput) else given
            if given is None:
                yield Broken(
                    (*path, "of", role),
                    say("the indicator has no input “{name}”", name=name),
                    say("name one of: {names}", names=listed(indicator.inputs)),
                )
            elif asked is not None and asked.kind not in measure.roles[role]:
                yield Broken(
                    (*path, "of", role),
                    say("“{name}” is of kind {kind}", name=name, kind=asked.kind),
                    say("{role} takes: {kinds}", role=role, kinds=listed(measure.roles[role])),
                )


def _edges_have_examples(indicator: Indicator, value: Value) -> Iterator[Broken]:
    shown = {example.value for example in indicator.examples}
    for position, band in enumerate(indicator.bands):
        for edge in band.span(value.decimals):
            if edge is not None and edge not in shown:
                yield Broken(
                    ("bands", position),
                    say("no example shows the edge {edge}", edge=edge),
                    say("add an example whose value is {edge}", edge=edge),
                )


def of_edition(frame: EditionFile, indicators: Sequence[Indicator]) -> Iterator[Broken]:
    """Check that the indicators make up the edition: numbers without a gap, components, maxima."""
    numbers = sorted(indicator.number for indicator in indicators)
    if numbers != list(range(1, frame.indicators + 1)):
        yield Broken(
            ("indicators",),
            say("the files number the indicators {numbers}", numbers=listed(map(str, numbers))),
            say("number them 1 to {last} without gap or repetition", last=frame.indicators),
        )
    for position, component in enumerate(frame.components):
        points = 4 * sum(indicator.component == component.id for indicator in indicators)
        if points != component.maximum:
            yield Broken(
                ("components", position, "maximum"),
                say("the indicators of {name} add up to {points} points", name=component.id, points=points),
                say("state {points}, or correct the component of an indicator", points=points),
            )
    total = sum(component.maximum for component in frame.components)
    if total != frame.maximum:
        yield Broken(
            ("maximum",), say("the components add up to {total}", total=total), say("state {total}", total=total)
        )


INPUTS_OF = {"at_most": (2, 2), "equal": (2, 2), "different": (2, 99), "share_of": (3, 3), "like_last_time": (1, 99)}
FIELDS_OF = {
    "at_most": {"part", "part_value", "whole", "whole_value"},
    "equal": {"first", "first_value", "second", "second_value"},
    "different": {"names", "figure"},
    "share_of": {"share", "part", "part_value", "whole", "whole_value", "implied"},
    "like_last_time": {"label", "now", "then", "year", "times"},
}


def of_check(
    check: Check, profile: Mapping[str, OwnInput], others: Mapping[str, Indicator], unread: Set[str] = frozenset()
) -> Iterator[Broken]:
    """Check one plausibility rule: its inputs exist, their number fits, its sentence uses known fields.

    ``unread`` is as for :func:`of_indicator`.
    """
    least, most = INPUTS_OF[check.relation]
    if not least <= len(check.inputs) <= most:
        yield Broken(
            ("inputs",),
            say("{relation} names {count} inputs", relation=check.relation, count=len(check.inputs)),
            say("name {count} inputs", count=least),
        )
    for position, reference in enumerate(check.inputs):
        if not _known(reference, profile, others, unread):
            yield Broken(
                ("inputs", position),
                say("there is no input “{name}”", name=reference),
                say("write an input of the profile, indicator.input, or =indicator"),
            )
        elif check.relation != "like_last_time" and reference.startswith("=") != (
            check.relation == "share_of" and position == 0
        ):
            yield Broken(
                ("inputs", position),
                say("“{name}” stands in the wrong place", name=reference),
                say("write =indicator as the first input of share_of, in like_last_time, and nowhere else"),
            )
    if check.relation in ("equal", "share_of") and (check.tolerance is None or check.tolerance < Decimal(0)):
        yield Broken(
            ("tolerance",),
            say("{relation} has no tolerance", relation=check.relation),
            say("state it in percent, such as 1.0"),
        )
    if check.relation == "like_last_time" and (check.factor is None or check.factor <= 1):
        yield Broken(
            ("factor",),
            say("{relation} has no factor above 1", relation=check.relation),
            say("state how many times as much is too much, such as 8"),
        )
    try:
        check.message.format(**dict.fromkeys(FIELDS_OF[check.relation], ""))
    except (KeyError, IndexError, ValueError) as error:
        yield Broken(
            ("message",),
            say("the sentence has a field that is not known: {name}", name=error),
            say("use: {names}", names=listed(sorted(FIELDS_OF[check.relation]))),
        )


def _known(reference: str, profile: Mapping[str, OwnInput], others: Mapping[str, Indicator], unread: Set[str]) -> bool:
    if reference.startswith("="):
        return reference[1:] in others or reference[1:] in unread
    owner, dot, name = reference.partition(".")
    if not dot:
        return reference in profile or PROFILE in unread
    return owner in unread or (owner in others and name in others[owner].inputs)

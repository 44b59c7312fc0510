"""Checks and corrections as papers hold them: plain data whose numbers with decimals are texts, and back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypeVar

from pydantic import ValidationError

from cbi.corrections.proof import CorrectionError
from cbi.corrections.said import CityBands
from cbi.definitions.bands import FORMS_BY_KEY, Band
from cbi.definitions.city_bands import BandCheck, BandCorrection, PrintedRung
from cbi.i18n import say
from cbi.problems import Problem, Severity

T = TypeVar("T")

Content = Mapping[str, Any]

_EDGE = re.compile(r"-?\d{1,15}(\.\d{1,6})?")
"""A limit of a band; what is longer is no limit of an index."""


def to_content(one: BandCheck | BandCorrection) -> dict[str, Any]:
    """Give a check or a correction as a paper holds it."""
    if isinstance(one, BandCheck):
        return {
            "edition": one.edition,
            "indicator": one.indicator,
            "person": one.person,
            "on": one.on.isoformat(),
            "bands": one.bands,
            "printing": one.printing,
            "note": one.note,
        }
    return {
        "edition": one.edition,
        "indicator": one.indicator,
        "person": one.person,
        "time": one.time.isoformat(),
        "definition": one.definition,
        "source": one.source,
        "note": one.note,
        "decimals": one.decimals,
        "bands": [_of_band(band) for band in one.bands],
        "rungs": [{"id": rung.id, "points": rung.points, "text": rung.text} for rung in one.rungs],
    }


def _of_band(band: Band) -> dict[str, Any]:
    edges = {name: getattr(band, name) for name in FORMS_BY_KEY}
    return {
        "points": band.points,
        **{name.rstrip("_"): f"{edge:f}" for name, edge in edges.items() if edge is not None},
    }


def check_from(content: Content) -> BandCheck:
    """Read a check from a paper; raises :class:`CorrectionError` for what is none."""
    return BandCheck(
        edition=_text(content, "edition"),
        indicator=_text(content, "indicator"),
        person=_text(content, "person"),
        on=_moment(content, "on", date.fromisoformat),
        bands=_text(content, "bands"),
        printing=_text(content, "printing", ""),
        note=_text(content, "note", ""),
    )


def correction_from(content: Content) -> BandCorrection:
    """Read a correction from a paper; raises :class:`CorrectionError` for what is none.

    What is read was not proved yet: see :func:`cbi.corrections.faults`.
    """
    return BandCorrection(
        edition=_text(content, "edition"),
        indicator=_text(content, "indicator"),
        person=_text(content, "person"),
        time=_moment(content, "time", datetime.fromisoformat),
        definition=_text(content, "definition"),
        source=_text(content, "source", ""),
        note=_text(content, "note", ""),
        decimals=_whole(content, "decimals"),
        bands=tuple(_band(one) for one in _list(content, "bands")),
        rungs=tuple(_rung(one) for one in _list(content, "rungs")),
    )


def read_city_bands(checks: Iterable[Content], corrections: Iterable[Content]) -> CityBands:
    """Read the checks and corrections of a city from its papers; what cannot be read is named, the rest holds."""
    problems: list[Problem] = []
    return CityBands(
        tuple(_read(checks, check_from, problems)),
        tuple(_read(corrections, correction_from, problems)),
        tuple(problems),
    )


def _read(contents: Iterable[Content], read: Callable[[Content], T], problems: list[Problem]) -> Iterable[T]:
    for content in contents:
        try:
            yield read(content)
        except CorrectionError as error:
            where = str(content.get("indicator", "")) if isinstance(content, Mapping) else ""
            problems.append(Problem(Severity.ERROR, "city_bands_unreadable", where or "–", error.sentence))


def _fault(name: str, found: object) -> CorrectionError:
    return CorrectionError(
        say(
            "What the city says of these bands cannot be read: “{found}” stands as {name}. Enter it again.",
            found=str(found)[:60],
            name=name,
        )
    )


def _text(content: Content, name: str, otherwise: str | None = None) -> str:
    found = content.get(name, otherwise)
    if not isinstance(found, str) or (otherwise is None and not found.strip()):
        raise _fault(name, found)
    return found


def _whole(content: Content, name: str) -> int:
    found = content.get(name, 0)
    if not isinstance(found, int) or isinstance(found, bool):
        raise _fault(name, found)
    return found


def _moment(content: Content, name: str, read: Callable[[str], T]) -> T:
    found = _text(content, name)
    try:
        return read(found)
    except ValueError:
        raise _fault(name, found) from None


def _list(content: Content, name: str) -> list[Content]:
    found = content.get(name, [])
    if not isinstance(found, list | tuple) or not all(isinstance(one, Mapping) for one in found):
        raise _fault(name, found)
    return list(found)


def _band(content: Content) -> Band:
    edges = {}
    for name, found in content.items():
        if name != "points":
            if not isinstance(found, str) or not _EDGE.fullmatch(found):
                raise _fault(name, found)
            edges[name] = Decimal(found)
    try:
        return Band.model_validate({"points": _whole(content, "points"), **edges})
    except ValidationError:
        raise _fault("band", dict(content)) from None


def _rung(content: Content) -> PrintedRung:
    return PrintedRung(_text(content, "id"), _whole(content, "points"), _text(content, "text", ""))

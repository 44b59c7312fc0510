"""What stands in one place of an assessment, written as JSON text and read back digit for digit.

A place is one figure of the profile (``profile.city_area``) or one indicator (``protected_areas``). A
figure of the profile is an :class:`Entry`, an indicator's answer an :class:`Answer`; None says that the
place is empty. Numbers are written as texts, because 12.10 is not 12.1.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from decimal import Decimal, InvalidOperation
from typing import Any, TypeVar

from cbi.assessment import Answer, Assessment, Entry, Given, Quality, Reason
from cbi.definitions.edition import PROFILE

Content = Entry | Answer

PROFILE_PREFIX = f"{PROFILE}."

_Word = TypeVar("_Word", Reason, Quality)

_PLACE = re.compile(r"(profile\.)?[a-z][a-z0-9_]{0,99}")


class ContentError(ValueError):
    """Data that is no content: the message says what was found where."""


def profile_place(name: str) -> str:
    """Give the place of a profile figure: ``profile.city_area`` for ``city_area``."""
    return PROFILE_PREFIX + name


def check_place(place: str, content: Content | None) -> None:
    """Raise :class:`ContentError` for a place that is none, or that cannot hold such a content."""
    if not _PLACE.fullmatch(place) or place == PROFILE:
        raise ContentError(f"{place!r} is no place: use profile.<input> or the id of an indicator")
    wanted = Entry if place.startswith(PROFILE_PREFIX) else Answer
    if content is not None and not isinstance(content, wanted):
        raise ContentError(f"{place} holds an {wanted.__name__}, not an {type(content).__name__}")


def contents_of(assessment: Assessment) -> dict[str, Content]:
    """Take an assessment apart into its places; places without content are left out."""
    profile: dict[str, Content] = {profile_place(name): entry for name, entry in assessment.profile.items()}
    return profile | {name: answer for name, answer in assessment.answers.items() if not _is_blank(answer)}


def _is_blank(answer: Answer) -> bool:
    """Tell whether an answer holds nothing to keep; that something was unreadable is told where it was read."""
    return replace(answer, unreadable=False) == Answer()


def assessment_of(
    edition: str,
    city: str | None,
    year: int | None,
    contents: Mapping[str, Content | None],
    carried: Iterable[str] = (),
) -> Assessment:
    """Put the places of an assessment together; the opposite of :func:`contents_of`.

    ``carried`` holds the places that came over from an earlier year and were not confirmed.
    """
    profile = {
        place.removeprefix(PROFILE_PREFIX): content
        for place, content in contents.items()
        if place.startswith(PROFILE_PREFIX) and isinstance(content, Entry)
    }
    answers = {place: content for place, content in contents.items() if isinstance(content, Answer)}
    return Assessment(edition, city, year, profile, answers, carried_figures(carried))


def carried_figures(places: Iterable[str]) -> frozenset[str]:
    """Give the figures of the profile among places, by the names of their inputs; answers are never carried."""
    return frozenset(place.removeprefix(PROFILE_PREFIX) for place in places if place.startswith(PROFILE_PREFIX))


def changed_places(before: Assessment, after: Assessment) -> dict[str, Content | None]:
    """Find the places whose content differs, each with its content afterwards; None where it was cleared.

    Digits count: 12.1 and 12.10 are different contents.
    """
    old, new = contents_of(before), contents_of(after)
    return {
        place: new.get(place) for place in (old | new) if write_content(old.get(place)) != write_content(new.get(place))
    }


def cited(content: Content | None) -> tuple[str, ...]:
    """List the texts that name a source anywhere in a content, each once."""
    if content is None:
        return ()
    if isinstance(content, Entry):
        return (content.source,) if content.source.strip() else ()
    entries = [*content.inputs.values(), *([content.finished] if content.finished else [])]
    texts = [content.source, *(entry.source for entry in entries)]
    return tuple(dict.fromkeys(text for text in texts if text.strip()))


# Writing


def write_content(content: Content | None) -> str | None:
    """Write a content as JSON text, the same text for the same content; None where there is none."""
    if content is None or (isinstance(content, Answer) and _is_blank(content)):
        return None
    return json.dumps(content_data(content), sort_keys=True, separators=(",", ":"))


def content_data(content: Content) -> dict[str, Any]:
    """Give a content as plain data for JSON; what is empty is left out."""
    if isinstance(content, Entry):
        return _entry_data(content)
    data = {
        "inputs": {name: _entry_data(entry) for name, entry in content.inputs.items()},
        "finished": _entry_data(content.finished) if content.finished is not None else None,
        "reason": content.reason.value if content.reason is not None else None,
        "way": content.way,
        "note": content.note,
        "source": content.source,
    }
    return {key: given for key, given in data.items() if key == "inputs" or given not in (None, "")}


def _entry_data(entry: Entry) -> dict[str, Any]:
    data = {
        "value": _value_data(entry.value),
        "unit": entry.unit,
        "data_year": entry.data_year,
        "quality": entry.quality.value if entry.quality is not None else None,
        "source": entry.source,
        "note": entry.note,
    }
    return {key: given for key, given in data.items() if given not in (None, "")}


def _value_data(value: Given) -> dict[str, Any]:
    if isinstance(value, Decimal):
        return {"number": str(value)}
    if isinstance(value, str):
        return {"text": value}
    if value and isinstance(value[0], Decimal):
        return {"numbers": [str(part) for part in value]}
    return {"texts": list(value)}


# Reading


def read_content(text: str | None) -> Content | None:
    """Read what :func:`write_content` wrote. Raises :class:`ContentError` for anything else."""
    if text is None:
        return None
    try:
        return content_from(json.loads(text))
    except (json.JSONDecodeError, RecursionError) as error:
        raise ContentError(f"not JSON: {error}") from None


def content_from(data: Any) -> Content | None:
    """Read a content from plain data as :func:`content_data` gives it.

    Raises :class:`ContentError` for unknown keys, wrong types and texts that are no number.
    """
    if data is None:
        return None
    if isinstance(data, dict) and "inputs" not in data:
        return _entry_from(data)
    given = _keys(data, "an answer", {"inputs", "finished", "reason", "way", "note", "source"})
    inputs = given["inputs"]
    if not isinstance(inputs, dict):
        raise ContentError("“inputs” must be a mapping")
    return Answer(
        inputs={name: _entry_from(entry) for name, entry in inputs.items()},
        finished=_entry_from(given["finished"]) if given.get("finished") is not None else None,
        reason=_one_of(Reason, given.get("reason")),
        way=_text(given, "way"),
        note=_text(given, "note"),
        source=_text(given, "source"),
    )


def _entry_from(data: Any) -> Entry:
    given = _keys(data, "an entry", {"value", "unit", "data_year", "quality", "source", "note"})
    if "value" not in given:
        raise ContentError("an entry needs a “value”")
    year = given.get("data_year")
    if year is not None and (isinstance(year, bool) or not isinstance(year, int)):
        raise ContentError(f"“data_year” must be a whole number, not {year!r}")
    return Entry(
        _value_from(given["value"]),
        _text(given, "unit"),
        year,
        _one_of(Quality, given.get("quality")),
        _text(given, "source"),
        _text(given, "note"),
    )


def _value_from(data: Any) -> Given:
    match data:
        case {"number": str(number)}:
            return _number(number)
        case {"text": str(text)}:
            return text
        case {"numbers": list(numbers)} if all(isinstance(part, str) for part in numbers):
            return tuple(_number(part) for part in numbers)
        case {"texts": list(texts)} if all(isinstance(part, str) for part in texts):
            return tuple(texts)
    raise ContentError(f"a value is number, text, numbers or texts, not {str(data)[:80]}")


def _number(text: str) -> Decimal:
    try:
        return Decimal(text)
    except InvalidOperation:
        raise ContentError(f"{text[:80]!r} is no number") from None


def _keys(data: Any, what: str, known: set[str]) -> dict[str, Any]:
    if not isinstance(data, dict):
        raise ContentError(f"{what} must be a mapping, not {str(data)[:80]}")
    if unknown := sorted(data.keys() - known):
        raise ContentError(f"{what} has no {unknown[0]!r}")
    return data


def _text(data: Mapping[str, Any], key: str) -> str:
    text = data.get(key, "")
    if not isinstance(text, str):
        raise ContentError(f"“{key}” must be a text, not {str(text)[:80]}")
    return text


def _one_of(words: type[_Word], text: Any) -> _Word | None:
    if text is None:
        return None
    try:
        return words(text)
    except ValueError:
        raise ContentError(f"{str(text)[:80]!r} is none of {', '.join(words)}") from None

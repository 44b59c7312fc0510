"""The strict reader of ``indicators/``: an edition, or every fault of every file at once."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, TypeVar, get_args

from pydantic import BaseModel, ValidationError

from cbi.definitions import rules
from cbi.definitions.edition import PROFILE, Edition
from cbi.definitions.faults import DefinitionError, Fault
from cbi.definitions.models import (
    ID_PATTERN,
    SDG_PATTERN,
    ChecksFile,
    EditionFile,
    Indicator,
    ProfileFile,
)
from cbi.definitions.shipped import INDICATORS
from cbi.definitions.translation import lay_over, texts
from cbi.definitions.yaml_reader import YamlFile
from cbi.i18n import Sentence, listed, say

FRAME_FILES = ("edition.yaml", "profile.yaml", "checks.yaml")

M = TypeVar("M", bound=BaseModel)


def read_definition(model: type[M], file: Path, language: str = "en") -> M:
    """Read a file that stands by itself, with its translation beside it (``crosswalk.zh_Hans.yaml``).

    Raises :class:`DefinitionError` with every fault.
    """
    faults: list[Fault] = []
    words = _open(_translation_of(file, language), faults).data if language != "en" else None
    found = _validated(model, _open(file, faults), faults, words)
    if found is None or faults:
        raise DefinitionError(faults)
    return found


def _translation_of(file: Path, language: str) -> Path:
    return file.with_name(f"{file.stem}.{language}.yaml")


def read_edition(folder: Path, language: str = "en") -> Edition:
    """Read and prove one edition from its folder; raises :class:`DefinitionError` with every fault."""
    faults: list[Fault] = []
    files = {file.name: _open(file, faults) for file in _files(folder)}
    translation = _open(folder / f"{language}.yaml", faults) if language != "en" else None
    words = _words_of(translation, faults)

    frame = _validated(EditionFile, files["edition.yaml"], faults, words.get("edition"))
    profile = _validated(ProfileFile, files["profile.yaml"], faults, words.get("profile"))
    checks = _validated(ChecksFile, files["checks.yaml"], faults, words.get("checks"), key="checks")
    indicators = {}
    for name, file in files.items():
        if name in FRAME_FILES:
            continue
        stem = _id_of(name)
        indicator = _validated(Indicator, file, faults, words.get("indicators", {}).get(stem))
        if indicator is not None:
            indicators[name] = indicator
            if name != f"{indicator.number:02d}_{indicator.id}.yaml":
                faults.append(
                    _fault(
                        file,
                        ("id",),
                        say("the file is called {name}", name=name),
                        say("call it {number:02d}_{id}.yaml", number=indicator.number, id=indicator.id),
                    )
                )
    profile_inputs = (
        {name: given for section in profile.sections for name, given in section.inputs.items()} if profile else {}
    )
    by_id = {indicator.id: indicator for indicator in indicators.values()}
    unread = {_id_of(name) for name in files if name not in FRAME_FILES} - set(by_id)
    if profile is None:
        unread.add(PROFILE)
    else:
        faults += [_fault(files["profile.yaml"], *broken) for broken in rules.of_profile(profile)]
    for name, indicator in indicators.items():
        faults += [
            _fault(files[name], *broken)
            for broken in rules.of_indicator(indicator, frame, profile_inputs, by_id, unread)
        ]
    if frame and len(indicators) == len(files) - len(FRAME_FILES):
        faults += [
            _fault(files["edition.yaml"], *broken) for broken in rules.of_edition(frame, list(indicators.values()))
        ]
    for position, check in enumerate(checks.checks if checks else ()):
        for path, what, cure in rules.of_check(check, profile_inputs, by_id, unread):
            faults.append(_fault(files["checks.yaml"], ("checks", position, *path), what, cure))
    if faults or frame is None or profile is None or checks is None:
        raise DefinitionError(sorted(faults, key=lambda fault: (str(fault.file), fault.line)))
    return Edition(
        frame=frame,
        profile=profile.sections,
        checks=checks.checks,
        indicators=tuple(sorted(indicators.values(), key=lambda indicator: indicator.number)),
        files=tuple((name, file.text) for name, file in files.items()),
        language=language,
    )


def _words_of(translation: YamlFile | None, faults: list[Fault]) -> dict[str, Mapping[str, Any]]:
    """Give the chapters of a translation (edition, profile, checks, indicators); none without one."""
    if translation is None or not isinstance(translation.data, Mapping):
        return {}
    for key, chapter in translation.data.items():
        if not isinstance(chapter, Mapping):
            wrong = say("“{found}” has the wrong shape", found=str(chapter)[:60])
            faults.append(_fault(translation, (key,), wrong, say("write keys with values")))
    return {key: chapter for key, chapter in translation.data.items() if isinstance(chapter, Mapping)}


def untranslated(folder: Path, language: str) -> tuple[list[str], list[str]]:
    """Compare a translation with its definitions.

    Returns the places of texts that it lacks, and of texts that it has for nothing; both empty when it
    is complete. Raises :class:`DefinitionError` if its file cannot be read.
    """
    owed: set[tuple[str, ...]] = set()
    for file in _files(folder):
        data = YamlFile(file).data
        name = file.name
        root = ("indicators", _id_of(name)) if name not in FRAME_FILES else (name.removesuffix(".yaml"),)
        data = data["checks"] if name == "checks.yaml" else data
        owed.update((*root, *path) for path in texts(data))
    return _compared(owed, folder / f"{language}.yaml")


def untranslated_crosswalk(language: str) -> tuple[list[str], list[str]]:
    """Compare a translation of the crosswalk with it, as :func:`untranslated` does for an edition."""
    return untranslated_definition(INDICATORS / "crosswalk.yaml", language)


def untranslated_definition(file: Path, language: str) -> tuple[list[str], list[str]]:
    """Compare the translation of a file that stands by itself with it, as :func:`untranslated` does."""
    return _compared(set(texts(YamlFile(file).data)), _translation_of(file, language))


def _compared(owed: set[tuple[str, ...]], translation: Path) -> tuple[list[str], list[str]]:
    faults: list[Fault] = []
    data = _open(translation, faults).data
    if faults:
        raise DefinitionError(faults)
    have = {path for path, text in _leaves(data) if isinstance(text, str) and text.strip()}
    return sorted(".".join(path) for path in owed - have), sorted(".".join(path) for path in have - owed)


def _leaves(data: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], Any]]:
    if isinstance(data, Mapping):
        for key, value in data.items():
            yield from _leaves(value, (*path, key))
    else:
        yield path, data


def _files(folder: Path) -> list[Path]:
    found = sorted(file for file in folder.glob("[0-9][0-9]_*.yaml"))
    return [folder / name for name in FRAME_FILES] + found


def _id_of(name: str) -> str:
    return name[3:].removesuffix(".yaml")


def _open(file: Path, faults: list[Fault]) -> YamlFile:
    opened = YamlFile(file)
    faults.extend(opened.faults)
    if not opened.faults and not isinstance(opened.data, Mapping):
        faults.append(_fault(opened, (), say("the file holds no keys"), say("write key: value")))
    return opened


def _fault(file: YamlFile, path: tuple[str | int, ...], what: Sentence, cure: Sentence) -> Fault:
    return Fault(file.file, file.line_of(path), ".".join(map(str, path)), what, cure)


def _validated(model: type[M], file: YamlFile, faults: list[Fault], words: Any = None, key: str = "") -> M | None:
    """Check one file against its model; what is wrong goes to ``faults``."""
    if not isinstance(file.data, Mapping):
        return None
    data = lay_over(file.data, {key: words} if key else words) if words else file.data
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for one in error.errors(include_url=False):
            path = tuple(step for step in one["loc"] if step not in ("own", "shared", "[key]"))
            what, cure = _in_words(model, one, path)
            faults.append(_fault(file, path, what, cure))
        return None


def _in_words(model: type[BaseModel], error: Any, path: tuple[str | int, ...]) -> tuple[Sentence, Sentence]:
    """Put a fault that pydantic found into our own words."""
    kind, found, context = error["type"], error["input"], error.get("ctx", {})
    if kind == "extra_forbidden":
        known = _keys_at(model, path[:-1])
        near = difflib.get_close_matches(str(path[-1]), known, 1)
        if near:
            return say("the key “{key}” is not known", key=path[-1]), say("did you mean “{near}”?", near=near[0])
        return say("the key “{key}” is not known", key=path[-1]), say("use: {names}", names=listed(known))
    if kind == "missing":
        return say("“{key}” is missing", key=path[-1]), say("add it")
    if kind in ("literal_error", "enum"):
        return say("“{found}” is not one of the words allowed here", found=found), say(
            "write {expected}", expected=context["expected"]
        )
    if kind == "band_form":
        return (
            say("the band has no form, or more than one"),
            say("write one of: below | at_most | from and to | exactly | at_least | above"),
        )
    if kind == "band_order":
        return say("from is larger than to"), say("swap them")
    if kind in ("string_type", "string_too_short", "string_pattern_mismatch"):
        return say("“{found}” is not the text expected here", found=found), {
            "string_type": say("write text; put quotation marks around a number that is meant as text"),
            "string_too_short": say("write a sentence"),
            "string_pattern_mismatch": CURES.get(context.get("pattern"), say("write it as the others are written")),
        }[kind]
    if kind == "int_type":
        return say("“{found}” is not a whole number", found=found), say(
            "write digits alone, without leading zeros, decimal point or quotation marks"
        )
    if kind in ("decimal_type", "is_instance_of", "decimal_parsing"):
        return say("“{found}” is not a number", found=found), say(
            "write digits with a decimal point, without quotation marks"
        )
    if kind in ("greater_than_equal", "less_than_equal"):
        limit = context.get("ge", context.get("le"))
        return say("{found} is out of range", found=found), say("the limit is {limit}", limit=limit)
    if kind in ("tuple_type", "dict_type", "model_type", "model_attributes_type", "bool_type"):
        return say("“{found}” has the wrong shape", found=str(found)[:60]), {
            "tuple_type": say("write a list"),
            "bool_type": say("write true or false"),
        }.get(kind, say("write keys with values"))
    return say("{found} cannot be used", found=str(found)[:60]), say("{message}", message=error["msg"])


CURES = {
    ID_PATTERN: say("begin with a small letter and go on with small letters, digits and _"),
    SDG_PATTERN: say("write a target of the goals 1 to 17, such as 15.5 or 15.a"),
}
"""What would be right for a text that must have a certain form."""


def _keys_at(model: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """List the keys that the model knows at a place in the file."""
    here: list[Any] = [model]
    for step in path:
        models = [one for one in here if isinstance(one, type) and issubclass(one, BaseModel)]
        fields = [field for one in models for field in one.model_fields.items()]
        inner = [info.annotation for name, info in fields if step in (name, info.alias)]
        here = [found for annotation in inner for found in _models_in(annotation)] or here
    keys = [info.alias or name for one in here for name, info in one.model_fields.items()]
    return list(dict.fromkeys(keys))


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for inner in get_args(annotation):
        yield from _models_in(inner)

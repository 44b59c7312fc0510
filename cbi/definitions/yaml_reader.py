"""Strict YAML: only plain mappings, lists, texts, whole numbers and exact decimals, each with its line.

YAML's own guesses are off (``NO`` is text, ``1:30`` is text, a date is text); a repeated key is a fault.
Nodes come from the C parser of PyYAML, values are made here.
"""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from cbi.definitions.faults import Fault
from cbi.i18n import say

_Parser: Any = yaml.cyaml.CParser if yaml.__with_libyaml__ else yaml.BaseLoader  # type: ignore[attr-defined]
_WHOLE = re.compile(r"-?(0|[1-9][0-9]*)")
_DECIMAL = re.compile(r"-?(0|[1-9][0-9]*)\.[0-9]+")
_WORDS = {"true": True, "false": False, "null": None, "~": None, "": None}

Path_ = tuple[str | int, ...]


class _Loader(_Parser):  # type: ignore[misc]
    """The parser without YAML's guesses at types: every scalar stays what it was written as."""

    def resolve(self, kind: type, value: object, implicit: object) -> str:
        return ""

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        pass

    def ascend_resolver(self) -> None:
        pass


class YamlFile:
    """One file as data, with the line of every part of it and the faults found on the way."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self.text = ""
        self.data: Any = None
        self.faults: list[Fault] = []
        self._root: yaml.Node | None = None
        self._read()

    def _read(self) -> None:
        try:
            self.text = self.file.read_text(encoding="utf-8")
            self._root = _Loader(self.text).get_single_node()
        except UnicodeDecodeError:
            self._fault(1, (), say("the file is not UTF-8"), say("save it as UTF-8"))
        except FileNotFoundError:
            self._fault(1, (), say("the file is missing"), say("add it, or take it from an earlier version"))
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            found = getattr(error, "problem", None) or str(error)
            self._fault(mark.line + 1 if mark else 1, (), say("this is not YAML: {found}", found=found),
                        say("look at the indentation, colons and quotation marks of this line"))  # fmt: skip
        if self._root is not None:
            self.data = self._value(self._root, ())

    def _fault(self, line: int, path: Path_, what: Any, cure: Any) -> None:
        self.faults.append(Fault(self.file, line, ".".join(map(str, path)), what, cure))

    def _value(self, node: yaml.Node, path: Path_) -> Any:
        if isinstance(node, yaml.ScalarNode):
            return node.value if node.style else self._scalar(node.value)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._value(child, (*path, position)) for position, child in enumerate(node.value))
        mapping: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = key_node.value
            if not isinstance(key, str):
                self._fault(
                    key_node.start_mark.line + 1, path, say("a key is not a plain word"), say("write key: value")
                )
            elif key in mapping:
                self._fault(key_node.start_mark.line + 1, (*path, key), say("the key “{key}” is repeated", key=key),
                            say("keep one of the two"))  # fmt: skip
            else:
                mapping[key] = self._value(value_node, (*path, key))
        return mapping

    @staticmethod
    def _scalar(text: str) -> Any:
        if text in _WORDS:
            return _WORDS[text]
        if _WHOLE.fullmatch(text):
            return int(text)
        if _DECIMAL.fullmatch(text):
            return Decimal(text)
        return text

    def line_of(self, path: Path_) -> int:
        """Give the line (from 1) of the part at ``path``, or of the nearest part around it."""
        node, line = self._root, 1
        for step in path:
            children = _children(node)
            if step not in children:
                return line
            line, node = children[step]
        return line


def _children(node: yaml.Node | None) -> dict[str | int, tuple[int, yaml.Node]]:
    if isinstance(node, yaml.MappingNode):
        return {key.value: (key.start_mark.line + 1, value) for key, value in node.value if isinstance(key.value, str)}
    if isinstance(node, yaml.SequenceNode):
        return {position: (value.start_mark.line + 1, value) for position, value in enumerate(node.value)}
    return {}

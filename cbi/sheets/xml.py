"""XML from outside, read as a stream: no document types, no entities, and it stops where the reader says so."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from cbi.i18n import say
from cbi.sheets.guards import SheetFileError, damaged

Start = Callable[[str, Mapping[str, str], str], None]
End = Callable[[str, str], None]

DEEPEST = 200
"""How deep elements may lie in one another; workbooks stay below 30."""


class Enough(Exception):  # noqa: N818 – it is no error
    """Raised by a handler that needs no more of the document."""


def read_xml(pieces: Iterable[bytes], start: Start, end: End) -> None:
    """Read a document piece by piece; names come without their namespace.

    ``start`` is called with name, attributes and the text before the tag, ``end`` with name and the text since
    the last tag. Entities and document types, which no workbook needs and every XML bomb does, are refused
    before they do anything.
    Raises :class:`SheetFileError`.
    """
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    texts: list[str] = []
    names: dict[str, str] = {}
    depth = 0

    def started(name: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            raise damaged("depth")
        before = ""
        if texts:
            before = "".join(texts)
            texts.clear()
        if name not in names:
            names[name] = name.rpartition(" ")[2]
        start(names[name], attributes, before)

    def ended(name: str) -> None:
        nonlocal depth
        depth -= 1
        text = ""
        if texts:
            text = "".join(texts)
            texts.clear()
        end(names[name], text)

    def refused(*_: object) -> None:
        raise SheetFileError(
            "xml_entities",
            say("The workbook holds XML entities, as only harmful files do, and was not read. Save it anew as .xlsx."),
        )

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.CharacterDataHandler = texts.append
    parser.StartDoctypeDeclHandler = refused
    parser.EntityDeclHandler = refused
    try:
        for piece in pieces:
            parser.Parse(piece, False)
        parser.Parse(b"", True)
    except Enough:
        return
    except (expat.ExpatError, ValueError, LookupError, UnicodeError) as error:
        if isinstance(error, SheetFileError):
            raise
        raise damaged(type(error).__name__) from None


def local(attributes: Mapping[str, str]) -> dict[str, str]:
    """Give attributes by their names without namespace."""
    return {name.rpartition(" ")[2]: value for name, value in attributes.items()}

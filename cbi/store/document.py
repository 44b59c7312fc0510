"""The whole store as one JSON document: its shape, strictly read, and the same bytes for the same store."""

from __future__ import annotations

import base64
import binascii
import json
import re
from collections.abc import Mapping
from datetime import date, datetime
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    AwareDatetime,
    BaseModel,
    ConfigDict,
    Field,
    PlainSerializer,
    PlainValidator,
    ValidationError,
)

from cbi.i18n import say
from cbi.store.contents import Content, content_data, content_from
from cbi.store.errors import DocumentError
from cbi.store.paper_contents import LARGEST_PAPER, PaperContent, write_paper
from cbi.store.records import Act, Happening, Kind, State
from cbi.store.rights import Deed, Role
from cbi.store.texts import digest, one_line

FORMAT = "cbi-store"
VERSION = 4
"""Version 1 had no papers, version 2 no years that were corrected, version 3 no people; all are still read."""

_REFERENCE = re.compile(rb'"(account:[0-9a-f]{16})"')


def _decoded(text: Any) -> bytes:
    try:
        return text if isinstance(text, bytes) else base64.b64decode(str(text), validate=True)
    except binascii.Error:
        raise ValueError("is not base64") from None


def _sound_paper(data: Any) -> PaperContent | None:
    if len(write_paper(data) or "") > LARGEST_PAPER:
        raise ValueError("is larger than a paper may be")
    content: PaperContent | None = data
    return content


def _sound_key(key: str) -> str:
    if one_line(key) != key:
        raise ValueError("is not on one line with single spaces")
    return key


Moment = Annotated[AwareDatetime, PlainSerializer(datetime.isoformat)]
Held = Annotated[
    Any,
    PlainValidator(lambda data: content_from(data) if data is None or isinstance(data, dict) else data),
    PlainSerializer(lambda content: None if content is None else content_data(content)),
]
"""A :data:`Content` or None."""
Bytes = Annotated[bytes, PlainValidator(_decoded), PlainSerializer(lambda data: base64.b64encode(data).decode())]
Name = Annotated[str, Field(min_length=1, max_length=200)]
Key = Annotated[Name, AfterValidator(_sound_key)]
OnPaper = Annotated[Any, PlainValidator(_sound_paper)]
"""A :data:`PaperContent` or None."""
Signature = Annotated[str, Field(pattern=r"^account:[0-9a-f]{16}$")]
Day = Annotated[date, PlainSerializer(date.isoformat)]
Digest = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class Record(BaseModel):
    """What all parts of the document share: no unknown key, no change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class YearKey(Record):
    """Which assessment of a city is meant."""

    year: Annotated[int, Field(ge=1900, le=2099)]
    edition: Annotated[str, Field(min_length=1, max_length=20)]


class LineRecord(Record):
    """A line of a place's history."""

    place: Annotated[str, Field(pattern=r"^(profile\.)?[a-z][a-z0-9_]{0,99}$")]
    version: Annotated[int, Field(ge=1)]
    content: Held = None
    act: Act
    person: Name
    time: Moment
    reason: str = ""
    carried: bool = False
    of_version: int | None = None


class PaperRecord(Record):
    """A version of a paper; without content it was withdrawn."""

    kind: Kind
    key: Key
    version: Annotated[int, Field(ge=1)]
    content: OnPaper = None
    person: Name
    time: Moment


class AssignmentRecord(Record):
    """Work that a person or a department was asked to do, also what was taken back."""

    work: Name
    account: Signature | None = None
    department: Annotated[str, Field(max_length=200)] = ""
    due: Day | None = None
    note: str = ""
    person: Name
    time: Moment
    ended_by: Name | None = None
    ended_at: Moment | None = None


class YearRecord(YearKey):
    """An assessment with the history of all its places, in the order in which they were saved, and what is beside."""

    definitions: Annotated[str, Field(max_length=100)]
    state: State
    started_from: YearKey | None = None
    history: tuple[LineRecord, ...] = ()
    papers: tuple[PaperRecord, ...] = ()
    assignments: tuple[AssignmentRecord, ...] = ()


class EventRecord(Record):
    """Something that happened to the city or one of its years as a whole."""

    kind: Happening
    of: YearKey | None = None
    person: Name
    time: Moment
    reason: str = ""


class SourceVersion(Record):
    """What was known of a source from then on."""

    organisation: str = ""
    year: int | None = None
    link: str = ""
    licence: str = ""
    person: Name
    time: Moment


class AttachmentRecord(Record):
    """A file beside a source, or the trace of one that was removed."""

    sha256: Digest
    name: Name
    person: Name
    time: Moment
    removed_by: str | None = None
    removed_at: Moment | None = None


class SourceRecord(Record):
    """A source of the register with all that was ever known of it."""

    title: Annotated[str, Field(min_length=1)]
    versions: Annotated[tuple[SourceVersion, ...], Field(min_length=1)]
    attachments: tuple[AttachmentRecord, ...] = ()


class CityRecord(Record):
    """A city with its years, sources and papers."""

    name: Name
    baseline: YearKey | None = None
    sources: tuple[SourceRecord, ...] = ()
    years: tuple[YearRecord, ...] = ()
    events: tuple[EventRecord, ...] = ()
    papers: tuple[PaperRecord, ...] = ()


class FileRecord(Record):
    """The bytes of a file, once."""

    sha256: Digest
    media_type: Annotated[str, Field(max_length=200)] = ""
    bytes: Bytes


class RoleRecord(Record):
    """What a person may do in a city, or without one on the whole server."""

    city: Name | None = None
    role: Annotated[int, Field(ge=Role.VIEWER, le=Role.ADMINISTRATOR)]
    indicators: tuple[Name, ...] = ()
    components: tuple[Name, ...] = ()
    profile: bool = False


class AccountRecord(Record):
    """A person who signs in. In the export of a single city only signature and name are given."""

    signature: Signature
    number: Annotated[int, Field(ge=1)] | None = None
    name: Annotated[str, Field(max_length=200)] = ""
    address: Annotated[str, Field(min_length=1, max_length=254)] | None = None
    issuer: Annotated[str, Field(max_length=500)] | None = None
    subject: Annotated[str, Field(max_length=255)] | None = None
    active: bool = False
    invited_by: Annotated[str, Field(max_length=200)] = ""
    invited_at: Moment | None = None
    removed_at: Moment | None = None
    roles: tuple[RoleRecord, ...] = ()


class TraceRecord(Record):
    """A line of the audit trail."""

    time: Moment
    account: Signature | None = None
    deed: Deed
    about: Signature | None = None
    city: Name | None = None
    of: YearKey | None = None
    detail: Annotated[str, Field(max_length=300)] = ""


class Document(Record):
    """Everything that a store or one of its cities holds; the papers here are those that belong to no city."""

    format: Literal["cbi-store"]
    version: Literal[1, 2, 3, 4]
    accounts: tuple[AccountRecord, ...] = ()
    cities: tuple[CityRecord, ...] = ()
    files: tuple[FileRecord, ...] = ()
    papers: tuple[PaperRecord, ...] = ()
    trail: tuple[TraceRecord, ...] = ()


def content_of(line: LineRecord) -> Content | None:
    """Give the content of a line of history."""
    content: Content | None = line.content
    return content


def write_document(document: Document) -> bytes:
    """Write a document as JSON in UTF-8: the same bytes for the same store."""
    data = document.model_dump(exclude_defaults=True)
    try:
        return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()
    except UnicodeEncodeError:  # half a sign that some program left behind in a text
        return (json.dumps(data, indent=1) + "\n").encode()


def is_document(data: bytes) -> bool:
    """Tell whether a file is meant to be such a document, sound or not."""
    return data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and f'"{FORMAT}"'.encode() in data[:200]


def read_document(data: bytes, name: str) -> Document:
    """Read a document strictly; ``name`` is what messages call it.

    Raises :class:`DocumentError` with the place of the first fault, for a file that is cut off, changed by
    hand, or written by a newer version.
    """
    try:
        found = json.loads(data)
    except (UnicodeDecodeError, json.JSONDecodeError, RecursionError) as error:
        raise _unsound(name, str(error)) from None
    version = found.get("version") if isinstance(found, dict) else None
    if isinstance(version, int) and version > VERSION:
        raise DocumentError(
            say("{name} was written by a newer version of this program. Update the program, then import it.", name=name)
        )
    try:
        document = Document.model_validate(found)
    except ValidationError as error:
        first = error.errors(include_url=False, include_input=False)[0]
        where = ".".join(str(part) for part in first["loc"])
        raise _unsound(name, f"{where}: {first['msg']}") from None
    known = {one.signature for one in document.accounts}
    if unknown := sorted(signatures_in(data) - known):
        raise _unsound(name, f"it is signed by {unknown[0]}, whose account is not in it")
    for file in document.files:
        if digest(file.bytes) != file.sha256:
            raise _unsound(name, f"the bytes of the file {file.sha256[:12]}… are not those that were written")
    return document


def signatures_in(document: bytes) -> frozenset[str]:
    """Give the signatures of accounts that a written document holds."""
    return frozenset(found.decode() for found in _REFERENCE.findall(document))


def signed_by_others(document: Document, others: Mapping[str, str]) -> Document:
    """Give a document with other signatures in the place of some: of people who are known by another key here."""
    text = write_document(document).decode()
    for old, new in others.items():
        text = text.replace(f'"{old}"', f'"{new}"')
    return Document.model_validate(json.loads(text))


def _unsound(name: str, detail: str) -> DocumentError:
    return DocumentError(
        say(
            "{name} is no sound export of a store: {detail}. Export it again and import the fresh file. Nothing was "
            "saved.",
            name=name,
            detail=detail,
        )
    )

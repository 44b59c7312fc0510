"""What a file from outside must pass before it is read: its size, its true form, what it unpacks to."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from enum import StrEnum

from cbi.i18n import Sentence, say

MOST_BYTES = 20_000_000
MOST_UNPACKED = 100_000_000
MOST_MEMBERS = 2_000
MOST_RATIO = 200
"""How many times a file may grow when it is unpacked; workbooks of real figures stay below 40."""

SMALL = 5_000_000
"""What unpacks to less is harmless whatever its ratio."""

CHUNK = 1 << 16

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
_OTHERS = {
    b"%PDF": "PDF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"{\\rtf": "RTF",
    b"Rar!": "RAR",
    b"7z\xbc\xaf": "7z",
    b"\x1f\x8b": "gzip",
}


class SheetFileError(ValueError):
    """A file that cannot be read: ``code`` for programs, ``sentence`` for people."""

    def __init__(self, code: str, sentence: Sentence) -> None:
        super().__init__(code)
        self.code = code
        self.sentence = sentence


class Form(StrEnum):
    """The true form of a file, whatever its name says."""

    EXCEL = "xlsx"
    OPEN_DOCUMENT = "ods"
    OLD_EXCEL = "xls"
    TEXT = "text"


def too_large() -> SheetFileError:
    """The refusal of a file that is, or unpacks to, more than any table of indicators."""
    return SheetFileError(
        "too_large",
        say(
            "The file is larger than {most} MB. A table of indicators is far smaller: is it the right file?",
            most=MOST_BYTES // 1_000_000,
        ),
    )


def damaged(found: str) -> SheetFileError:
    """The refusal of a workbook that breaks off or contradicts itself; ``found`` is a word for programmers."""
    return SheetFileError(
        "damaged",
        say("The workbook is damaged and cannot be opened ({found}). Save it anew in your program.", found=found),
    )


def another_form(called: str) -> SheetFileError:
    """The refusal of a file that may be sound, but holds no table."""
    return SheetFileError(
        "not_a_table",
        say("This is a {form} file, whatever its name says. Send the table itself: .xlsx, .ods or .csv.", form=called),
    )


def encrypted() -> SheetFileError:
    """The refusal of a workbook that only a password opens."""
    return SheetFileError(
        "encrypted",
        say("The workbook is protected by a password. Open it, remove the password, save it, and send it again."),
    )


def form_of(data: bytes) -> Form:
    """Tell the form of a file by its content. Raises :class:`SheetFileError` for forms that hold no table."""
    if len(data) > MOST_BYTES:
        raise too_large()
    if not data.strip():
        raise SheetFileError("empty_file", say("The file is empty."))
    for first, called in _OTHERS.items():
        if data.startswith(first):
            raise another_form(called)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise encrypted()
        if _WORD in data:
            raise another_form("Word")
        return Form.OLD_EXCEL
    return _zip_form(data) if data.startswith(b"PK") else Form.TEXT


def _zip_form(data: bytes) -> Form:
    names = open_archive(data).namelist()
    if "content.xml" in names:
        return Form.OPEN_DOCUMENT
    for folder, called in (("word/", "Word"), ("ppt/", "PowerPoint")):
        if any(name.startswith(folder) for name in names):
            raise another_form(called)
    if any(name.endswith("workbook.bin") for name in names):
        raise SheetFileError(
            "binary_workbook", say("Binary workbooks (.xlsb) are not read. Save the workbook as .xlsx.")
        )
    if any(name.endswith(".iwa") for name in names) or "Index.zip" in names:
        raise SheetFileError(
            "numbers_file",
            say("Files of Numbers are not read. In Numbers choose Export to, Excel, and send that file."),
        )
    return Form.EXCEL


def not_a_workbook() -> SheetFileError:
    """The refusal of a file that is named like a workbook and is none."""
    return SheetFileError("damaged", say("This is not a workbook, whatever its name says. Save it anew as .xlsx."))


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a zip file whose directory promises no bomb. Names with path parts do no harm: nothing is unpacked to disk.

    Raises :class:`SheetFileError`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except Exception:  # a damaged archive raises more than BadZipFile
        raise not_a_workbook() from None
    unpacked = sum(member.file_size for member in members)
    if len(members) > MOST_MEMBERS or unpacked > MOST_UNPACKED:
        raise too_large()
    if unpacked > SMALL and unpacked > MOST_RATIO * len(data):
        raise SheetFileError(
            "bomb",
            say(
                "The file unpacks to {times} times its size, as no real workbook does, and was not opened. "
                "Save it anew in your spreadsheet program.",
                times=unpacked // len(data),
            ),
        )
    if any(member.flag_bits & 1 for member in members):
        raise encrypted()
    return archive


def chunks(archive: zipfile.ZipFile, name: str) -> Iterator[bytes]:
    """Unpack a member piece by piece, and never more than the directory promised.

    Raises :class:`SheetFileError` for one that is missing, damaged or packed in an unknown way.
    """
    try:
        size = archive.getinfo(name).file_size
        with archive.open(name) as member:
            while piece := member.read(CHUNK):
                size -= len(piece)
                if size < 0:
                    raise too_large()
                yield piece
    except (KeyError, zipfile.BadZipFile, zlib.error, EOFError, OSError, RuntimeError, NotImplementedError) as error:
        raise damaged(type(error).__name__) from None

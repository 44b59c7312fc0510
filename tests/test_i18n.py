"""Every sentence of the program in every language, and the compiled catalogues no older than the written ones."""

from __future__ import annotations

import io
import re
import string
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po

from cbi.i18n import LANGUAGES, LOCALE_FOLDER, say, translate, translate_number

HOME = Path(__file__).parents[1]
KEYWORDS = {"say": None, "mark": None, "translate": None, "translate_number": (1, 2)}
OTHERS = [language for language in LANGUAGES if language != "en"]


def _source_sentences() -> set[object]:
    found = set()
    for folder in (HOME / "cbi",):
        for _, _, message, _, _ in extract_from_dir(folder, keywords=KEYWORDS):
            found.add(message)
    return found


def _catalogue(language: str) -> Catalog:
    with (LOCALE_FOLDER / language / "LC_MESSAGES" / "cbi.po").open("rb") as file:
        return read_po(file)


def _fields(text: str) -> set[str | None]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(language):
    have = {message.id for message in _catalogue(language) if message.id and all(_forms(message.string))}
    assert sorted(map(str, _source_sentences() - have)) == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_left_over_or_doubtful(language):
    catalogue = _catalogue(language)
    assert (
        sorted(str(message.id) for message in catalogue if message.id and message.id not in _source_sentences()) == []
    )
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []


def _forms(text: str | tuple[str, ...]) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_every_field(language):
    wrong = [
        (message.id, form)
        for message in _catalogue(language)
        if message.id
        for form in _forms(message.string)
        if _fields(form) != _fields(_forms(message.id)[-1])
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_compiled_catalogue_is_current(language):
    fresh = io.BytesIO()
    write_mo(fresh, _catalogue(language))
    with (LOCALE_FOLDER / language / "LC_MESSAGES" / "cbi.mo").open("rb") as file:
        compiled = read_mo(file)
    expected = read_mo(io.BytesIO(fresh.getvalue()))
    assert {m.id: m.string for m in compiled if m.id} == {m.id: m.string for m in expected if m.id}


def test_chinese_is_written_with_chinese_punctuation():
    wrong = [
        form
        for message in _catalogue("zh_Hans")
        if message.id
        for form in _forms(message.string)
        if re.search(r"[\u4e00-\u9fff][,;:?!](?:\s|$)|[\u4e00-\u9fff]\.$", form)
    ]
    assert wrong == []


def test_a_reader_of_chinese_reads_chinese():
    assert translate("Points", "zh_Hans") != "Points"
    assert translate("Points", "en") == "Points"
    assert translate("a sentence that nobody wrote", "zh_Hans") == "a sentence that nobody wrote"
    inner = say("{exact}{unit} reads as {value}{unit}", exact="6.95", value="7.0", unit=" %")
    assert inner.text("en") == "6.95 % reads as 7.0 %"
    assert "6.95" in inner.text("zh_Hans")
    assert "reads" not in inner.text("zh_Hans")


def test_one_and_many():
    one = translate_number("{count} fault.", "{count} faults.", 1, "en").format(count=1)
    many = translate_number("{count} fault.", "{count} faults.", 2, "en").format(count=2)
    assert (one, many) == ("1 fault.", "2 faults.")

"""Every sentence of the program in every language, and the compiled catalogues no older than the written ones."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir, extract_from_file
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po

from cbi.i18n import LANGUAGES, LOCALE_FOLDER, counted, say, translate, translate_number

HOME = Path(__file__).parents[1]
KEYWORDS = {"say": None, "mark": None, "translate": None, "translate_number": (1, 2), "counted": (1, 2)}
OTHERS = [language for language in LANGUAGES if language != "en"]


@cache
def _source_sentences() -> set[object]:
    found = {_plain(message) for _, _, message, _, _ in extract_from_dir(HOME / "cbi", keywords=KEYWORDS)}
    return found | {_plain(message) for _, message, _, _ in extract_from_file("python", HOME / "app.py", KEYWORDS)}


def _plain(message: object) -> object:
    """A sentence with a plural is a pair; make it one that can be looked up."""
    return tuple(message) if isinstance(message, list) else message


def _messages(language: str) -> dict[object, Message]:
    with (LOCALE_FOLDER / language / "LC_MESSAGES" / "cbi.po").open("rb") as file:
        return {_plain(message.id): message for message in read_po(file) if message.id}


def _forms(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text)


def _fields(text: str) -> set[str | None]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field is not None}


@pytest.mark.parametrize("language", OTHERS)
def test_every_sentence_is_translated(language):
    have = {sentence for sentence, message in _messages(language).items() if all(_forms(message.string))}
    assert sorted(map(str, _source_sentences() - have)) == []


def test_no_sentence_hides_from_the_translators():
    """Inside an f-string Babel does not see a call, so that its sentence would never be translated."""
    seen = {form for sentence in _source_sentences() for form in _forms(sentence)}
    hidden = [
        f"{file.name}:{call.lineno}: {call.args[0].value}"
        for file in [*(HOME / "cbi").rglob("*.py"), HOME / "app.py"]
        for call in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id in KEYWORDS
        if call.args and isinstance(call.args[0], ast.Constant) and call.args[0].value not in seen
    ]
    assert hidden == []


@pytest.mark.parametrize("language", OTHERS)
def test_no_translation_is_left_over_or_doubtful(language):
    messages = _messages(language)
    assert sorted(map(str, set(messages) - _source_sentences())) == []
    assert [sentence for sentence, message in messages.items() if message.fuzzy] == []


@pytest.mark.parametrize("language", OTHERS)
def test_translations_keep_every_field(language):
    wrong = [
        (sentence, form)
        for sentence, message in _messages(language).items()
        for form in _forms(message.string)
        if _fields(form) != _fields(_forms(sentence)[-1])
    ]
    assert wrong == []


@pytest.mark.parametrize("language", OTHERS)
def test_compiled_catalogue_is_current(language):
    with (LOCALE_FOLDER / language / "LC_MESSAGES" / "cbi.mo").open("rb") as file:
        compiled = {_plain(message.id): _forms(message.string) for message in read_mo(file) if message.id}
    written = {sentence: _forms(message.string) for sentence, message in _messages(language).items()}
    assert compiled == written


def test_chinese_is_written_with_chinese_punctuation():
    wrong = [
        form
        for message in _messages("zh_Hans").values()
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


def test_a_phrase_inside_a_sentence_takes_the_form_that_fits_its_number():
    def told(count, language):
        return say("over {indicators}", indicators=counted("{count} indicator", "{count} indicators", count)).text(
            language
        )

    assert [told(count, "en") for count in (0, 1, 17)] == [
        "over 0 indicators",
        "over 1 indicator",
        "over 17 indicators",
    ]
    assert "17项指标" in told(17, "zh_Hans")


def test_one_and_many():
    one = translate_number("{count} fault.", "{count} faults.", 1, "en").format(count=1)
    many = translate_number("{count} fault.", "{count} faults.", 2, "en").format(count=2)
    assert (one, many) == ("1 fault.", "2 faults.")

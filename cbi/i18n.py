"""Languages: every sentence that a person reads passes through gettext here.

English is the language of the source. A translation is a pair of files,
``cbi/locale/<language>/LC_MESSAGES/cbi.po`` (to read and correct) and ``cbi.mo`` (to run). The words of
the index itself are not here but beside its numbers, in ``indicators/<edition>/<language>.yaml``.
"""

from __future__ import annotations

import gettext
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

LANGUAGES = {"en": "English", "zh_Hans": "简体中文"}
"""Language codes that people may choose, each with the name that its readers know it by."""

LOCALE_FOLDER = Path(__file__).parent / "locale"


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    return gettext.translation("cbi", LOCALE_FOLDER, languages=[language], fallback=True)


def translate(sentence: str, language: str) -> str:
    """Give an English sentence of the source in ``language``; one without translation stays English."""
    return _catalogue(language).gettext(sentence) if sentence else ""


def mark(sentence: str) -> str:
    """Mark a sentence for the translators where it must stay a plain text; :func:`translate` turns it later."""
    return sentence


def translate_number(one: str, many: str, count: int, language: str) -> str:
    """Give the form of a sentence that fits ``count`` (one indicator, two indicators) in ``language``."""
    return _catalogue(language).ngettext(one, many, count)


class Worded(ABC):
    """What is put into words late, when it is known who reads it."""

    __slots__ = ()

    @abstractmethod
    def text(self, language: str = "en", numbers: str | None = None) -> str:
        """Put it into words of ``language`` (a code of :data:`LANGUAGES`).

        ``numbers`` is the locale that numbers are written in (a CLDR id), by default that of the language.
        """


@dataclass(frozen=True, slots=True)
class Sentence(Worded):
    """A sentence with its facts, put into words late: an English template and the values of its fields.

    A value may be a sentence, a listing, a counted phrase or a number itself; it is put into the same language.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def text(self, language: str = "en", numbers: str | None = None) -> str:
        """Put the sentence into words, and the numbers of its values into the reader's format."""
        filled = {name: _worded(value, language, numbers) for name, value in self.values.items()}
        return translate(self.template, language).format(**filled)


@dataclass(frozen=True, slots=True)
class Listing(Worded):
    """Things named one after the other, with what stands between them in the reader's language."""

    items: tuple[object, ...]
    between: Sentence

    def text(self, language: str = "en", numbers: str | None = None) -> str:
        """Put the list into words; a dash for an empty one."""
        return self.between.text(language).join(str(_worded(item, language, numbers)) for item in self.items) or "–"


@dataclass(frozen=True, slots=True)
class Counted(Worded):
    """A phrase in the form that fits a number (one indicator, two indicators); ``{count}`` stands for the number."""

    one: str
    many: str
    count: int

    def text(self, language: str = "en", numbers: str | None = None) -> str:
        """Put the phrase into words."""
        return translate_number(self.one, self.many, self.count, language).format(count=self.count)


def _worded(value: object, language: str, numbers: str | None) -> object:
    return value.text(language, numbers) if isinstance(value, Worded) else value


def say(template: str, /, **values: object) -> Sentence:
    """Make a :class:`Sentence`; translators find its template by this call."""
    return Sentence(template, values)


def in_a_row(sentences: Iterable[str]) -> str:
    """Set whole sentences after one another, with no blank after the full stop of Chinese; empty ones are left out."""
    told = [sentence for sentence in sentences if sentence]
    return "".join(one if one.endswith(("。", "！", "？")) else f"{one} " for one in told).rstrip()


def counted(one: str, many: str, count: int, /) -> Counted:
    """Make a :class:`Counted`; translators find both forms by this call."""
    return Counted(one, many, count)


def labelled(label: str, value: str, language: str) -> str:
    """Put a label before what it names, with the colon of ``language``."""
    return say("{label}: {value}", label=label, value=value).text(language)


def listed(items: Iterable[object]) -> Listing:
    """List short things: words, numbers, ids."""
    return Listing(tuple(items), say(", "))


def listed_apart(items: Iterable[object]) -> Listing:
    """List longer things that may hold commas themselves: labels, figures with their names."""
    return Listing(tuple(items), say("; "))

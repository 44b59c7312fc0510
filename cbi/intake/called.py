"""By which names the index calls what it asks, and by which others cities do: held against the labels of forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from cbi.definitions import edition, other_names
from cbi.definitions.edition import PROFILE
from cbi.definitions.models import OwnInput
from cbi.draft import FINISHED
from cbi.i18n import LANGUAGES
from cbi.intake.asked import asked_for
from cbi.intake.mapping import Target
from cbi.units import plain

_FIRST_NUMBER = re.compile(r"\s*(?:indicator|ind\.?|i|指标|第)?\s*0?([12]\d|[1-9])\s*(?:[.:：、)）\s]|$)")
BRACKET = re.compile(r"\s*[(（\[]([^)）\]]*)[)）\]]\s*[:：*]*$")


@dataclass(frozen=True, slots=True)
class Name:
    """A name of something that is asked: folded, and as it is printed.

    ``number`` is that of the indicator, empty for the profile. ``is_other`` tells a name that cities use, and
    ``is_loose`` that it often counts something slightly else.
    """

    text: str
    target: Target
    kind: str
    number: str
    printed: str
    is_title: bool = False
    is_other: bool = False
    is_loose: bool = False


def bare(text: str) -> str:
    """Fold a label: without its number, what stands in brackets at its end, and marks."""
    text = _FIRST_NUMBER.sub("", plain(text), count=1) or plain(text)
    text = BRACKET.sub("", text)
    return re.sub(r"[\s:：*.。?？]+$", "", text).strip()


def number_in(text: str) -> str:
    """Give the number of an indicator that a text begins with, empty if it does not."""
    match = _FIRST_NUMBER.match(plain(text))
    return match[1] if match else ""


@cache
def names_of(edition_id: str, language: str) -> tuple[Name, ...]:
    """List every name of what an edition asks, in the reader's language first, those that cities use last."""
    names = []
    for one in (language, *(other for other in LANGUAGES if other != language)):
        asked = edition(edition_id, one)
        for name, given in asked.profile_inputs.items():
            target = Target(PROFILE, name)
            names.append(Name(bare(given.label), target, given.kind, "", given.label))
            names.append(Name(name.replace("_", " "), target, given.kind, "", given.label))
        for indicator in asked.indicators:
            number, target = str(indicator.number), Target(indicator.id, FINISHED)
            finished = asked_for(edition_id, indicator.id, FINISHED, one)
            kind = finished.kind if finished else ""
            names.append(Name(bare(indicator.title), target, kind, number, indicator.title, is_title=True))
            names.append(Name(indicator.id.replace("_", " "), target, kind, number, indicator.title, is_title=True))
            for name, own in indicator.inputs.items():
                if isinstance(own, OwnInput):
                    names.append(Name(bare(own.label), Target(indicator.id, name), own.kind, number, own.label))
    return (*names, *_other_names(edition_id, language))


def _other_names(edition_id: str, language: str) -> list[Name]:
    names = []
    for other in other_names():
        owner, _, name = other.of.partition(".")
        target = Target(owner, FINISHED if name == "value" and owner != PROFILE else name)
        asked = asked_for(edition_id, target.owner, target.name, language)
        if asked is None:
            continue  # the other edition asks it
        number = str(asked.indicators[0].number) if asked.indicators else ""
        for text in (*other.en, *other.zh_hans):
            names.append(Name(bare(text), target, asked.kind, number, asked.label, is_other=True, is_loose=other.check))
    return names

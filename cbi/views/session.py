"""What a visit to the app holds: the draft, the language, the number format – and what follows from them.

The draft is the single truth. Widgets are fed from it and write back into it through callbacks, so a
value survives changes of page, view, language and number format.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import cast

import streamlit as st

from cbi.assessment import Assessment
from cbi.comparison import score_years
from cbi.definitions import EDITIONS, Edition, edition
from cbi.draft import Draft, Reading, draft_of, read_draft, rewritten
from cbi.i18n import LANGUAGES
from cbi.numbers import exact_text, write_number
from cbi.problems import Problem
from cbi.scoring import Scorecard
from cbi.tables import read_table

DEMO = Path(__file__).resolve().parents[2] / "data" / "demo" / "libo-county-2026.csv"

NUMBER_FORMATS = {"en": "English", "zh_Hans": "简体中文", "de": "Deutsch", "fr": "Français", "es": "Español"}
"""Locales that numbers can be written in, each with the name that its readers know it by."""

LANGUAGE, NUMBER_FORMAT, DRAFT, SHOWN, FILE_PROBLEMS = "language", "number_format", "draft", "shown", "file_problems"


@dataclass(frozen=True)
class Shown:
    """All that a page shows, worked out once a run."""

    language: str
    edition: Edition
    draft: Draft
    reading: Reading
    card: Scorecard
    file_problems: tuple[Problem, ...]

    def number(self, value: Decimal | int | str) -> str:
        """Write a number in the chosen number format, with the digits that it has."""
        return write_number(Decimal(value), self.draft.number_format)

    def exact(self, value: Fraction) -> str:
        """Write a value before rounding; three dots stand for digits that were cut off."""
        text = exact_text(value)
        return self.number(text) + ("" if Fraction(text) == value else "…")


def begin() -> None:
    """Open the visit on the demo city, in the language of the browser; later runs change nothing."""
    state = st.session_state
    if LANGUAGE not in state:
        state[LANGUAGE] = "zh_Hans" if (st.context.locale or "").lower().startswith("zh") else "en"
    if NUMBER_FORMAT not in state:
        state[NUMBER_FORMAT] = state[LANGUAGE]
    if DRAFT not in state:
        table = read_table(DEMO)
        first = table.assessments[0] if table.assessments else Assessment(EDITIONS[0])
        state[FILE_PROBLEMS] = table.problems
        state[DRAFT] = draft_of(first, edition(first.edition), state[NUMBER_FORMAT])


def refresh() -> Shown:
    """Read the draft and score it: once a run, before anything is shown."""
    language = chosen_language()
    draft = current_draft()
    asked = edition(draft.edition, language)
    reading = read_draft(draft, asked)
    (card,) = score_years([reading.assessment], language=language)
    found = Shown(language, asked, draft, reading, card, tuple(st.session_state[FILE_PROBLEMS]))
    st.session_state[SHOWN] = found
    return found


def shown() -> Shown:
    """Give what :func:`refresh` worked out in this run."""
    return cast("Shown", st.session_state[SHOWN])


def chosen_language() -> str:
    """Give the language that the page speaks."""
    language = st.session_state[LANGUAGE]
    return language if language in LANGUAGES else "en"


def current_draft() -> Draft:
    """Give the form as it stands."""
    return cast("Draft", st.session_state[DRAFT])


def edit(change: Callable[[Draft, Edition], Draft]) -> None:
    """Change the draft; ``change`` takes it with its edition and gives the new one."""
    draft = current_draft()
    st.session_state[DRAFT] = change(draft, edition(draft.edition))


def on_phone() -> bool:
    """Tell whether the browser says that it runs on a phone."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


def follow_language() -> None:
    """After a change of language: numbers follow, unless the person chose a format of their own."""
    if st.session_state[NUMBER_FORMAT] in LANGUAGES:
        st.session_state[NUMBER_FORMAT] = chosen_language()
        follow_number_format()


def follow_number_format() -> None:
    """After a change of number format: write every number of the form anew."""
    wanted = st.session_state[NUMBER_FORMAT]
    if wanted in NUMBER_FORMATS:
        edit(lambda draft, asked: rewritten(draft, asked, wanted))

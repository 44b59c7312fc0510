"""What a visit to the app holds: the draft, the language, the number format – and what follows from them.

The draft is the single truth. Widgets are fed from it and write back into it through callbacks, so a
value survives changes of page, view, language and number format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple, cast

import streamlit as st

from cbi.assessment import Assessment
from cbi.comparison import score_years
from cbi.definitions import EDITIONS, Edition, edition
from cbi.draft import Draft, Reading, draft_of, read_draft
from cbi.editing import Left, rewritten, with_edition
from cbi.i18n import LANGUAGES
from cbi.numbers import exact_text, write_number
from cbi.problems import Problem
from cbi.scoring import Scorecard
from cbi.tables import read_table

DEMO_FOLDER = Path(__file__).resolve().parents[2] / "data" / "demo"
DEMO = DEMO_FOLDER / "libo-county-2026.csv"
"""The file that a visit opens on."""


class Demo(NamedTuple):
    """A city that is shipped with the program: the file that holds it, its name and the year."""

    file: str
    city: str
    year: int


DEMOS: Mapping[str, Demo] = {
    "libo-2026": Demo("libo-county-2026.csv", "Libo County", 2026),
    "example-2016": Demo("example-city.csv", "Example City", 2016),
    "example-2021": Demo("example-city.csv", "Example City", 2021),
    "example-2024": Demo("example-city.csv", "Example City", 2024),
}

NUMBER_FORMATS = {"en": "English", "zh_Hans": "简体中文", "de": "Deutsch", "fr": "Français", "es": "Español"}
"""Locales that numbers can be written in, each with the name that its readers know it by."""

LANGUAGE, NUMBER_FORMAT, DRAFT, SHOWN, FILE_PROBLEMS = "language", "number_format", "draft", "shown", "file_problems"
HISTORY, EDITED, LEFT = "history", "edited", "left out"
"""The other years of the city, whether figures were changed since it was opened, what an edition left out."""


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
        _open_file(DEMO)


def open_demo(demo_id: str) -> None:
    """Fill the form with a demo city; the other years of its file are what it is compared with."""
    demo = DEMOS.get(demo_id)
    if demo is None:
        return
    _open_file(DEMO_FOLDER / demo.file, demo.year)


def _open_file(file: Path, year: int | None = None) -> None:
    """Fill the form with the first city of a file, or with that of a year."""
    table = read_table(file)
    first = next((one for one in table.assessments if year in (None, one.year)), Assessment(EDITIONS[0]))
    others = tuple(one for one in table.assessments if one.city == first.city and one is not first)
    _open(draft_of(first, edition(first.edition), st.session_state[NUMBER_FORMAT]), others, table.problems)


def open_empty() -> None:
    """Start with a form that holds nothing, under the edition that is shown."""
    _open(Draft(current_draft().edition, number_format=current_draft().number_format))


def _open(draft: Draft, history: Sequence[Assessment] = (), problems: Sequence[Problem] = ()) -> None:
    state = st.session_state
    state[DRAFT], state[HISTORY], state[FILE_PROBLEMS] = draft, tuple(history), tuple(problems)
    state[EDITED], state[LEFT] = False, None


def refresh() -> Shown:
    """Read the draft and score it: once a run, before anything is shown."""
    language = chosen_language()
    draft = current_draft()
    asked = edition(draft.edition, language)
    reading = read_draft(draft, asked)
    history = [replace(one, city=draft.city) for one in st.session_state.get(HISTORY, ())]
    card = score_years([*history, reading.assessment], language=language)[-1]
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
    st.session_state[EDITED] = True


def change_edition(wanted: str) -> None:
    """Ask under another edition, and remember what it leaves out."""
    draft = current_draft()
    if wanted not in EDITIONS or wanted == draft.edition:
        return
    changed, left = with_edition(draft, edition(draft.edition), edition(wanted))
    st.session_state[DRAFT], st.session_state[EDITED] = changed, True
    st.session_state[LEFT] = (draft.edition, left) if left else None


def left_out() -> tuple[str, tuple[Left, ...]] | None:
    """Give the edition that the form stood under before, and what was left out of it; None if nothing was."""
    return cast("tuple[str, tuple[Left, ...]] | None", st.session_state.get(LEFT))


def is_edited() -> bool:
    """Tell whether figures were changed since the form was opened."""
    return bool(st.session_state.get(EDITED))


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
        draft = current_draft()
        st.session_state[DRAFT] = rewritten(draft, edition(draft.edition), wanted)

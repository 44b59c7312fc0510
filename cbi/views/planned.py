"""What the sections of the page “Plan” work on: the open year, the years around it, and what is kept for planning."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Literal

import streamlit as st

from cbi.assessment import Assessment
from cbi.i18n import Sentence, say
from cbi.planning import keeping
from cbi.planning.faults import PlanningError
from cbi.planning.firmness import Firm, firmness
from cbi.planning.keeping import Kept
from cbi.planning.ranges import Coverage, Uncertain, coverage_of, uncertain_of
from cbi.problems import Severity
from cbi.store.rights import Right
from cbi.views import saving, visit
from cbi.views.basics import ICONS, feed, plain, tell, tell_unread
from cbi.views.shown import Shown
from cbi.wording import Voice

FIRM, WRONG, DONE = "plan/firm", "plan/wrong", "plan/done"
"""What was worked out last of how firm the year is, what of the last step could not be taken, what it came to."""


@dataclass(frozen=True)
class Planned:
    """The open year for planning.

    ``years`` are all years of the city, the open one as its form stands now; ``baseline`` is the baseline year.
    """

    shown: Shown
    kept: Kept
    years: tuple[Assessment, ...]
    baseline: int | None

    @property
    def language(self) -> str:
        """The language of the reader."""
        return self.shown.language

    @property
    def locked(self) -> bool:
        """Whether the person may keep nothing here; trying things out is open to everybody."""
        return not self.shown.may(Right.PLAN)

    @property
    def voice(self) -> Voice:
        """The reader of the edition that the year goes by."""
        return Voice(self.shown.edition, self.shown.draft.number_format)

    @property
    def assessment(self) -> Assessment:
        """The answers of the open year, as the form stands now."""
        return self.shown.reading.assessment

    @property
    def name(self) -> str:
        """Name city and year for keys: another year, other widgets."""
        return f"{'demo' if self.shown.is_demo else 'own'}/{self.shown.desk.head.id}"

    @property
    def uncertain(self) -> tuple[Uncertain, ...]:
        """The uncertain figures of the year."""
        return uncertain_of(self.shown.card, self.assessment, self.kept.spreads, self.kept.grades)

    @property
    def coverage(self) -> Coverage:
        """How many scored indicators have no range at all."""
        return coverage_of(self.shown.card, self.assessment, self.kept.spreads, self.kept.grades)


def planned_of(shown: Shown) -> Planned:
    """Read what is kept for the open year. Raises :class:`cbi.store.StoreError`."""
    mine = shown.reading.assessment
    others = [one for one in shown.history.assessments if (one.year, one.edition) != (mine.year, mine.edition)]
    years = tuple(sorted([*others, mine], key=lambda one: (one.year or 0, one.edition)))
    baseline = shown.history.baseline if shown.history.baseline in {one.year for one in years} else None
    return Planned(shown, keeping.kept(visit.store(), shown.desk.head), years, baseline)


def firm_of(planned: Planned) -> Firm:
    """Give how firm the year is; worked out anew only when figures, ranges or bands have changed."""
    kept, shown = planned.kept, planned.shown
    key = (planned.assessment, kept.spreads, dict(kept.grades), shown.edition.hash, shown.language, shown.card.total)
    known = st.session_state.get(FIRM)
    if known is None or known[0] != key:
        known = (key, firmness(shown.card, planned.uncertain))
        st.session_state[FIRM] = known
    found: Firm = known[1]
    return found


# Steps that may fail


def attempt(place: str, step: Callable[[], object], done: Sentence | None = None) -> bool:
    """Do what a person asked for; what cannot be taken is kept, to be said in this place by :func:`tell_outcome`."""
    st.session_state.pop(WRONG, None)
    st.session_state.pop(DONE, None)
    try:
        sound = saving.attempt(step)
    except PlanningError as error:
        st.session_state[WRONG] = (place, error.sentence)
        return False
    if sound and done is not None:
        st.session_state[DONE] = (place, done)
    return sound


def tell_at(place: str, error: PlanningError) -> None:
    """Keep why something that was typed cannot be taken, to be said in its place."""
    st.session_state[WRONG] = (place, error.sentence)


def tell_outcome(place: str, language: str) -> None:
    """Say in a place what the last step there came to: once, or as long as it stands uncorrected."""
    wrong, done = st.session_state.get(WRONG), st.session_state.get(DONE)
    with st.container(gap="xsmall"):
        if wrong is not None and wrong[0] == place:
            st.error(plain(wrong[1].text(language)), icon=ICONS[Severity.ERROR])
        if done is not None and done[0] == place:
            st.success(plain(done[1].text(language)), icon=":material/check_circle:")
            st.session_state.pop(DONE)


def tell_problems(planned: Planned) -> None:
    """Say what of the kept papers cannot be read."""
    for problem in planned.kept.problems:
        tell(problem, planned.language, f"{plain(problem.where)}: ")


# What is typed and not kept yet: it stays when another question is looked at


def typed(place: str, usual: str = "") -> str:
    """Give what was typed in a place of the page."""
    return str(st.session_state.get(place, usual))


def text_field(place: str, label: str, usual: str = "", *, width: int | None = None, help_: str = "") -> str:
    """Ask for a text in a place of the page, and give what stands there."""
    key = f"{place}/field"
    feed(key, typed(place, usual))
    wide: int | Literal["stretch"] = width or "stretch"
    st.text_input(label, key=key, autocomplete="off", width=wide, placeholder=help_ or None, on_change=take,
                  args=(place, key))  # fmt: skip
    return typed(place, usual)


def tell_wrong(place: str, error: PlanningError, language: str) -> None:
    """Say right below a field why it cannot be read, and offer what may have been meant, to be chosen by a click."""
    tell_unread(error.sentence, language)
    for reading in error.readings:
        st.button(
            say("It means {figure}", figure=plain(reading)).text(language),
            key=f"{place}/reading {reading}",
            on_click=put,
            args=(place, reading),
        )


def pick_field(
    place: str, label: str, options: Mapping[str, str], language: str, usual: str, *, width: int | None = None
) -> str:
    """Let the person choose one of some options, by id; gives the id that is chosen."""
    if st.session_state.get(place) not in options:
        st.session_state[place] = usual
    key = f"{place}/field/{language}"
    feed(key, st.session_state[place])
    wide: int | Literal["stretch"] = width or "stretch"
    st.selectbox(
        label, list(options), key=key, format_func=options.__getitem__, on_change=take, args=(place, key), width=wide
    )
    return str(st.session_state[place])


def take(place: str, key: str) -> None:
    """Keep what a widget holds in its place."""
    st.session_state[place] = visit.undisturbed().get(key)


def put(place: str, text: str) -> None:
    """Put a text into a place, as if it had been typed."""
    st.session_state[place] = text

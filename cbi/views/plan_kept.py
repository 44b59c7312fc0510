"""The plans that are kept: who sees to each step and by when, and what later years achieved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from cbi.i18n import say, translate
from cbi.planning import keeping
from cbi.planning.findings import under_edition
from cbi.planning.plan import Achieved, Plan, PlannedStep, achieved
from cbi.planning.target import may_move
from cbi.planning.telling import achieved_text, in_words, step_takes_text
from cbi.planning.typed import read_plan_year
from cbi.scoring import Scorecard
from cbi.scoring.scorecard import MOST_POINTS
from cbi.store.records import Kind
from cbi.views import visit
from cbi.views.basics import feed, plain, state_of
from cbi.views.planned import Planned, attempt, pick_field, tell_outcome

OPEN = "plan/kept/open"
"""The plan whose steps are open."""


def section(planned: Planned) -> None:
    """Show the kept plans, each with its steps; they can be adjusted also when the year is closed."""
    language = planned.language
    if not planned.kept.plans:
        return
    st.header(translate("Plans that are kept", language), anchor=False)
    for plan in planned.kept.plans:
        _plan(planned, plan)


def _plan(planned: Planned, plan: Plan) -> None:
    language = planned.language
    bands, shown = planned.shown.history.bands, planned.shown
    cards = under_edition(planned.years, plan.edition, planned.baseline, language, bands)
    done = achieved(plan, cards)
    gain = sum(step.end - step.start for step in plan.steps)
    with st.container(border=True):
        st.subheader(plain(plan.name), anchor=False)
        facts = [
            say("Target: {target} points", target=plan.target),
            *([say("by {year}", year=plan.by)] if plan.by else []),
            say("made from {year}", year=plan.made_in),
            say("steps: {count}, points more: {gain}", gain=gain, count=len(plan.steps)),
            say("steps reached: {reached} of {count}", reached=sum(one.reached is not None for one in done),
                count=len(done)),
        ]  # fmt: skip
        st.caption(" · ".join(one.text(language) for one in facts))
        _note(planned, plan)
        for number, one in enumerate(done):
            _step(planned, plan, number, one)
        _another(planned, plan, cards)
        _short(plan, gain, cards, language)
        st.button(
            translate("Withdraw this plan", language),
            key=f"plan/kept/{plan.name}/withdraw",
            icon=":material/delete:",
            type="tertiary",
            disabled=planned.locked,
            on_click=_withdraw,
            args=(planned, plan),
        )
        tell_outcome(_place(plan), shown.language)


def _note(planned: Planned, plan: Plan) -> None:
    key = f"plan/kept/{planned.name}/{plan.name}/note"
    feed(key, plan.note)
    st.text_input(
        translate("What it is for", planned.language),
        key=key,
        autocomplete="off",
        disabled=planned.locked,
        on_change=_noted,
        args=(planned, plan, key),
    )


def _noted(planned: Planned, plan: Plan, key: str) -> None:
    attempt(_place(plan), lambda: _keep(planned, replace(plan, note=state_of(key).strip()), plan.steps))


def _another(planned: Planned, plan: Plan, cards: Sequence[Scorecard]) -> None:
    """Offer the indicators that the plan leaves as they are, to be added as a step from where they stood."""
    language, known = planned.language, {step.indicator for step in plan.steps}
    made = next((card for card in cards if card.year == plan.made_in), None)
    if made is None:
        return
    free = {one.indicator.id: one for one in made.results if may_move(one) and one.indicator.id not in known}
    if not free:
        return
    place = f"plan/kept/{planned.name}/{plan.name}/another"
    labels = {name: in_words(one) for name, one in free.items()}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        chosen = pick_field(place, translate("Another step", language), labels, language, next(iter(labels)), width=420)
        one = free[chosen]
        start = one.points or 0
        step = PlannedStep(chosen, start, start + 1, year=plan.by, scored=one.is_scored)
        st.button(
            translate("Add this step", language),
            key=f"{place}/add",
            icon=":material/add:",
            disabled=planned.locked,
            on_click=_save,
            args=(planned, plan, (*plan.steps, step)),
        )


def _short(plan: Plan, gain: int, cards: Sequence[Scorecard], language: str) -> None:
    """Say what the adjusted steps lack to the target."""
    start = next((card.total.points for card in cards if card.year == plan.made_in), None)
    if start is not None and start + gain < plan.target:
        told = say("With these steps {points} points are reached: {missing} are missing.", points=start + gain,
                   missing=plan.target - start - gain)  # fmt: skip
        st.warning(told.text(language), icon=":material/warning:")


def _step(planned: Planned, plan: Plan, number: int, one: Achieved) -> None:
    """Show a step with its fields, and what became of it."""
    language, step = planned.language, one.step
    place = f"plan/kept/{planned.name}/{plan.name}/{step.indicator}"
    asked = planned.shown.edition.find(step.indicator)
    name = f"{asked.number} · {asked.title}" if asked else step.indicator
    lines = [f"**{plain(name)}**", plain(achieved_text(one).text(language))]
    if takes := step_takes_text(planned.voice, planned.shown.card, plan, one):
        lines.append(plain(takes))
    st.markdown("  \n".join(lines))
    with st.container(horizontal=True, vertical_alignment="bottom"):
        ends = list(range(step.start + 1, MOST_POINTS + 1))
        key = f"{place}/end"
        feed(key, step.end)
        now = say("Points (now {start})", start=step.start) if step.scored else say("Points (not scored)")
        st.selectbox(
            now.text(language),
            ends,
            key=key,
            width=150,
            disabled=planned.locked,
            on_change=_take_end,
            args=(planned, plan, number, key),
        )
        for part, label, width in (
            ("owner", translate("Who sees to it", language), 260),
            ("year", translate("By which year", language), 150),
            ("note", translate("How, and with whom", language), 360),
        ):
            key = f"{place}/{part}"
            feed(key, str(getattr(step, part) or ""))
            st.text_input(
                label,
                key=key,
                width=width,
                autocomplete="off",
                disabled=planned.locked,
                on_change=_take,
                args=(planned, plan, number, part, key),
            )
        st.button(
            translate("Remove", language),
            key=f"{place}/remove",
            icon=":material/close:",
            type="tertiary",
            disabled=planned.locked,
            on_click=_save,
            args=(planned, plan, (*plan.steps[:number], *plan.steps[number + 1 :])),
        )


# Changes


def _take_end(planned: Planned, plan: Plan, number: int, key: str) -> None:
    end = visit.undisturbed().get(key)
    if isinstance(end, int):
        _save(planned, plan, _with(plan, number, replace(plan.steps[number], end=end)))


def _take(planned: Planned, plan: Plan, number: int, part: str, key: str) -> None:
    text, step = state_of(key).strip(), plan.steps[number]

    def changed() -> PlannedStep:
        if part == "year":
            return replace(step, year=read_plan_year(text, plan.made_in))
        return replace(step, owner=text) if part == "owner" else replace(step, note=text)

    attempt(_place(plan), lambda: _keep(planned, plan, _with(plan, number, changed())))


def _with(plan: Plan, number: int, step: PlannedStep) -> tuple[PlannedStep, ...]:
    return (*plan.steps[:number], step, *plan.steps[number + 1 :])


def _save(planned: Planned, plan: Plan, steps: tuple[PlannedStep, ...]) -> None:
    attempt(_place(plan), lambda: _keep(planned, plan, steps))


def _keep(planned: Planned, plan: Plan, steps: tuple[PlannedStep, ...]) -> None:
    keeping.keep_plan(
        visit.store(),
        planned.shown.desk.head.city.id,
        replace(plan, steps=steps),
        based_on=planned.kept.version(Kind.PLAN, plan.name),
        person=visit.person(),
    )


def _place(plan: Plan) -> str:
    """Name the place of a plan, where it is said what the last step there came to."""
    return f"plan/kept/{plan.name}"


def _withdraw(planned: Planned, plan: Plan) -> None:
    attempt(
        "plan/target",
        lambda: keeping.drop_plan(
            visit.store(),
            planned.shown.desk.head.city.id,
            plan.name,
            based_on=planned.kept.version(Kind.PLAN, plan.name),
            person=visit.person(),
        ),
        say("The plan was withdrawn; it stays in the history."),
    )

"""A target: which indicators may move, at what effort, and the least effort that reaches it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from decimal import Decimal
from typing import TypeVar

import pandas as pd
import streamlit as st

from cbi.i18n import Sentence, listed_apart, say, translate
from cbi.numbers import exact_text
from cbi.planning import begun, keeping
from cbi.planning.faults import PlanningError
from cbi.planning.plan import Plan, Scale, proposed, with_steps
from cbi.planning.target import Proposal, Step, may_move
from cbi.planning.telling import (
    SCALES,
    assumed_text,
    in_words,
    lift_text,
    no_efforts_text,
    out_of_reach_text,
    step_effort_text,
    takes_text,
    target_title,
)
from cbi.planning.typed import checked_target, read_count, read_efforts, read_name, read_plan_year
from cbi.scoring import Result
from cbi.scoring.scorecard import MOST_POINTS
from cbi.store import StoreError
from cbi.store.records import Kind
from cbi.views import charts_of_change, plan_kept, visit, words
from cbi.views.basics import feed, fold, plain
from cbi.views.charts_of_change import Fall
from cbi.views.downloads import download
from cbi.views.layers import LIGHT, Colours, Spec, colours, titled
from cbi.views.planned import Planned, attempt, pick_field, put, take, tell_outcome, tell_wrong, text_field, typed
from cbi.wording import capital, signed

PICTURE_WIDTH = 720
SHORT = 150
MOVABLE = "movable"
T = TypeVar("T")
STEP = 8
"""How many points beyond today's the page proposes as a target at first."""


def section(planned: Planned) -> None:
    """Ask for a target, and propose the least effort."""
    language = planned.language
    st.header(translate("What does a target take?", language), anchor=False)
    st.markdown(
        translate(
            "Say how many points you want, which indicators may move and what a point costs you. The program proposes "
            "a choice with the least effort that reaches the target.",
            language,
        )
    )
    plan = _asked(planned)
    if plan is not None:
        proposal = proposed(plan, planned.shown.card)
        _proposal(planned, plan, proposal)
        if proposal.steps:
            _keep(planned, plan, proposal)
    tell_outcome("plan/target", language)
    plan_kept.section(planned)


# What is asked


def _place(planned: Planned, part: str) -> str:
    return f"plan/target/{planned.name}/{part}"


def _asked(planned: Planned) -> Plan | None:
    """Ask for all that a proposal needs; None while the target itself cannot be read."""
    language, card = planned.language, planned.shown.card
    usual = min(card.total.points + STEP, card.edition.maximum)
    _take_up(planned)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        target = text_field(_place(planned, "target"), translate("Target in points", language), str(usual), width=SHORT)
        by = text_field(_place(planned, "by"), translate("To be reached by", language), width=SHORT,
                        help_=translate("year", language))  # fmt: skip
        scale = Scale(
            pick_field(
                _place(planned, "scale"),
                translate("Effort is told in", language),
                {one.value: title.text(language) for one, title in SCALES.items()},
                language,
                Scale.OWN.value,
                width=220,
            )
        )
        unit = ""
        if scale is Scale.COST:
            unit = text_field(_place(planned, "unit"), translate("Currency", language), width=SHORT)
    with st.container(gap="xsmall"):
        points = _read(planned, "target", lambda: _target(planned, target))
        year = _read(planned, "by", lambda: read_plan_year(by, card.year or 0))
    movable = _movable(planned)
    efforts = _efforts(planned, movable, scale)
    _keep_begun(planned)
    if points is None:
        return None
    return Plan("", card.edition.id, card.year or 0, points, year, scale, unit, efforts)


def _read(planned: Planned, part: str, reader: Callable[[], T]) -> T | None:
    """Read what was typed in a place; what cannot be read is said here, right below its row."""
    try:
        return reader()
    except PlanningError as error:
        tell_wrong(_place(planned, part), error, planned.language)
        return None


def _target(planned: Planned, text: str) -> int:
    found = read_count(text, planned.shown.draft.number_format)
    return checked_target(-1 if found is None else found, planned.shown.edition)


# What was begun comes back after a reload


def _take_up(planned: Planned) -> None:
    """Put what the person typed here on another day back into its places, once a visit."""
    known, person = _place(planned, "begun"), visit.person()
    if not person or st.session_state.get(known) is not None:
        return
    texts = begun.kept(visit.store(), planned.shown.desk.head, person)
    for part, text in texts.items():
        if part == MOVABLE:
            st.session_state.setdefault(_place(planned, part), text.split())
        else:
            st.session_state.setdefault(_place(planned, part), text)
    st.session_state[known] = texts


def _keep_begun(planned: Planned) -> None:
    """Keep what stands in the places now, where it is not what is kept already."""
    known, person = _place(planned, "begun"), visit.person()
    if not person:
        return
    efforts = [f"effort {one.indicator.id}" for one in planned.shown.card.results]
    texts = {part: typed(_place(planned, part)) for part in ("target", "by", "scale", "unit", *efforts)}
    texts[MOVABLE] = " ".join(st.session_state.get(_place(planned, MOVABLE)) or ())
    texts = {part: text for part, text in texts.items() if text.strip()}
    if texts.get("scale") == Scale.OWN:
        del texts["scale"]
    if texts != st.session_state.get(known, {}):
        with suppress(StoreError):  # the banner says what is wrong with the store; the next run tries again
            begun.keep(visit.store(), planned.shown.desk.head, person, texts)
            st.session_state[known] = texts


def _movable(planned: Planned) -> list[str]:
    """Let the person choose which indicators may move; all that can gain points, while none is chosen."""
    language = planned.language
    titles = {one.indicator.id: _named(one, language) for one in planned.shown.card.results if may_move(one)}
    place = _place(planned, MOVABLE)
    chosen = [one for one in st.session_state.get(place) or () if one in titles]
    key = f"{place}/field/{language}"
    feed(key, chosen)
    st.multiselect(
        translate("Indicators that may move (all, if none is chosen)", language),
        list(titles),
        key=key,
        format_func=titles.__getitem__,
        on_change=take,
        args=(place, key),
        placeholder=translate("Choose indicators", language),
    )
    return chosen or list(titles)


def _named(result: Result, language: str) -> str:
    """Name an indicator, and mark the one that is not scored yet."""
    return in_words(result) if result.is_scored else say("{name} (not scored)", name=in_words(result)).text(language)


def _efforts(planned: Planned, movable: list[str], scale: Scale) -> dict[str, tuple[Decimal, ...]]:
    """Ask for the effort of a point of each indicator that may move; one that cannot be read counts as not given."""
    language, numbers = planned.language, planned.shown.draft.number_format
    places = {name: _place(planned, f"effort {name}") for name in movable}
    found: dict[str, tuple[Decimal, ...]] = {}
    wrong: dict[str, PlanningError] = {}
    for name, place in places.items():
        try:
            found[name] = read_efforts(typed(place), scale, numbers)
        except PlanningError as error:
            found[name], wrong[name] = (), error
    given = sum(bool(efforts) for efforts in found.values())
    fold(
        translate("Effort of each point", language),
        "plan/target/efforts",
        lambda: _effort_fields(planned, places, wrong),
        icon=":material/fitness_center:",
        summary=say("given for {count} of {all} indicators", count=given, all=len(places)).text(language),
    )
    if wrong:
        names = listed_apart(in_words(planned.shown.card.result(name)) for name in wrong)
        told = say("Efforts that cannot be read, and count as not given: {names}.", names=names)
        st.error(plain(told.text(language)), icon=":material/error:")
    return found


def _effort_fields(planned: Planned, places: dict[str, str], wrong: dict[str, PlanningError]) -> None:
    language = planned.language
    st.caption(
        translate(
            "One figure for every further point, or one for each of them, joined by “;”: 2; 3; 5. What you leave empty "
            "counts as the highest effort that you give elsewhere.",
            language,
        )
    )
    with st.grid(3, min_column_width=240):
        for name, place in places.items():
            with st.container(gap="xsmall"):
                text_field(place, words.clipped(_named(planned.shown.card.result(name), planned.language)))
                if name in wrong:
                    tell_wrong(place, wrong[name], language)


# What is proposed


def _proposal(planned: Planned, plan: Plan, proposal: Proposal) -> None:
    language = planned.language
    if proposal.steps is None:
        told = out_of_reach_text(planned.shown.card, proposal)
        st.warning(told.text(language), icon=":material/warning:")
        return
    if not proposal.steps:
        st.success(translate("Reached already.", language), icon=":material/check_circle:")
        return
    st.subheader(target_title(proposal).text(language), anchor=False)
    if not proposal.efforts_given:
        st.warning(no_efforts_text().text(language), icon=":material/warning:")
    if (assumed := assumed_text(planned.voice, proposal)) is not None:
        st.warning(plain(assumed.text(language)), icon=":material/warning:")
    with st.grid(3, min_column_width=190):
        st.metric(translate("Points if all steps succeed", language), proposal.end, border=True)
        st.metric(translate("Effort", language), effort_text(planned, plan, proposal), border=True)
        st.metric(translate("Indicators that move", language), len(proposal.steps), border=True)
    _picture(planned, plan, proposal)
    unscored = [step for step in proposal.steps if not step.scored]
    if unscored:
        counted = say(
            "{count} of these points come from indicators that are not scored yet, counted from 0: they may have "
            "points already, or may not reach so many.",
            count=sum(step.gain for step in unscored),
        )
        st.info(plain(counted.text(language)), icon=":material/info:")
        _steps(planned, proposal, [step for step in proposal.steps if step.scored], say("Indicators that are scored"))
        _steps(planned, proposal, unscored, say("Not scored yet: answer these first, for they may have points already"))
    else:
        _steps(planned, proposal, proposal.steps, say("The steps"))
    st.caption(
        translate(
            "Each step is looked at by itself. Where one figure serves several indicators, “What if?” shows what it "
            "moves together.",
            language,
        )
    )


def _steps(planned: Planned, proposal: Proposal, steps: Sequence[Step], title: Sentence) -> None:
    """List steps under a title; nothing where there are none."""
    if not steps:
        return
    language = planned.language
    heads = (say("Indicator"), say("Points"), say("Effort"), say("What it takes"))
    frame = pd.DataFrame(
        [_row(planned, proposal, step) for step in steps], columns=[one.text(language) for one in heads]
    )
    st.markdown(f"**{title.text(language)}**")
    st.table(frame, border="horizontal", hide_index=True, alt=title.text(language))


def effort_text(planned: Planned, plan: Plan, proposal: Proposal) -> str:
    """Write the effort of a proposal, with its currency where there is one."""
    if not proposal.efforts_given:
        return translate("not given", planned.language)
    return f"{planned.shown.number(exact_text(proposal.effort))} {plan.unit}".strip()


def _row(planned: Planned, proposal: Proposal, step: Step) -> list[str]:
    result = planned.shown.card.result(step.indicator)
    return [
        plain(in_words(result)),
        lift_text(step),
        step_effort_text(planned.voice, proposal, step),
        plain(capital(takes_text(planned.voice, planned.shown.card, step.indicator, step.end))),
    ]


# The picture


def _picture(planned: Planned, plan: Plan, proposal: Proposal) -> None:
    language, city = planned.language, planned.shown.card.city or ""
    title = say("From {start} to {end} points", start=proposal.start, end=proposal.end).text(language)
    told = "; ".join(f"{fall.name}: {fall.label}" for fall in _falls(planned, proposal))
    st.vega_lite_chart(_waterfall(planned, plan, proposal, colours()), alt=f"{title}. {told}")
    head = [one.text(language) for one in (say("No."), say("Indicator"), say("From"), say("To"), say("Effort"))]
    rows: list[list[object]] = [
        [
            one.number,
            planned.shown.edition.indicator(one.indicator).title,
            one.start if one.scored else None,
            one.end,
            exact_text(one.effort) if proposal.efforts_given else None,
        ]
        for one in proposal.steps or ()
    ]

    def picture() -> Spec:
        spec = _waterfall(planned, plan, proposal, LIGHT)
        return {**spec, "width": PICTURE_WIDTH, "title": titled(city, title)}

    download("target", city, language, head, rows, picture)


def _falls(planned: Planned, proposal: Proposal) -> list[Fall]:
    falls, total = [], proposal.start
    for step in proposal.steps or ():
        name = in_words(planned.shown.card.result(step.indicator))
        label = signed(planned.voice, step.gain)
        falls.append(Fall(name, total, total + step.gain, label, f"{name}: {label}"))
        total += step.gain
    return falls


def _waterfall(planned: Planned, plan: Plan, proposal: Proposal, on: Colours) -> Spec:
    language = planned.language
    first = say("{year}: {points} points", year=plan.made_in, points=proposal.start).text(language)
    last = say("Target: {target} points", target=proposal.end)
    if plan.by is not None:
        last = say("{year}: {points} points", year=plan.by, points=proposal.end)
    falls = _falls(planned, proposal)
    return charts_of_change.waterfall(first, last.text(language), proposal.start, proposal.end, falls, on)


# Keeping it


def _keep(planned: Planned, plan: Plan, proposal: Proposal) -> None:
    """Offer to keep the proposal as a plan, with a name; its steps get owners and years below."""
    language, place = planned.language, _place(planned, "name")
    usual = say("{target} points", target=plan.target).text(language)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        text_field(place, translate("Name of the plan", language), usual, width=320)
        st.button(
            translate("Keep this plan", language),
            icon=":material/bookmark_add:",
            type="primary",
            key="plan/target/keep",
            disabled=planned.locked,
            on_click=_kept,
            args=(planned, plan, proposal, place, usual),
        )


def _kept(planned: Planned, plan: Plan, proposal: Proposal, place: str, usual: str) -> None:
    def keep() -> None:
        name = read_name(typed(place, usual))
        known = next((one for one in planned.kept.plans if one.name == name), None)
        steps = [one for one in proposal.steps or () if one.end <= MOST_POINTS]
        kept = with_steps(
            Plan(name, plan.edition, plan.made_in, plan.target, plan.by, plan.scale, plan.unit, plan.efforts,
                 known.steps if known else (), known.note if known else ""), steps,
        )  # fmt: skip
        keeping.keep_plan(
            visit.store(),
            planned.shown.desk.head.city.id,
            kept,
            based_on=planned.kept.version(Kind.PLAN, name),
            person=visit.person(),
        )
        put(plan_kept.OPEN, name)

    attempt("plan/target", keep, say("The plan is kept."))

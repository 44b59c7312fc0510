"""Enter: what do you know? One component at a time, one card an indicator, and the city profile."""

from __future__ import annotations

import streamlit as st

from cbi.definitions.edition import PROFILE
from cbi.definitions.models import SharedInput
from cbi.i18n import Sentence, listed, say, translate, translate_number
from cbi.problems import Problem
from cbi.standing import OTHER_SOURCE
from cbi.store.contents import profile_place
from cbi.store.readable import STATES
from cbi.store.rights import Right
from cbi.views import courtesy, filters, own_city, past, record, session, visit, widgets, words
from cbi.views.basics import feed, key_of, plain
from cbi.views.card import card
from cbi.views.shown import Shown
from cbi.views.visit import VIEW

WIDTH = 1080


def page(shown: Shown) -> None:
    """Show the page from top to bottom."""
    st.title(translate("What do you know?", shown.language), anchor=False)
    st.caption(words.heading(shown))
    with st.container():
        own_city.offer(shown)
        _closed(shown)
        past.all_still_hold(shown)
    view = _view(shown)
    if view != PROFILE:
        filters.choose(shown)
    if view == PROFILE:
        _profile(shown)
    else:
        _component(shown, view)
    _totals_in_sight(shown, view)


def _closed(shown: Shown) -> None:
    """Say that a submitted or locked year takes no change, and how to open it again."""
    if shown.closed:
        told = say("This year is {state} and takes no change.", state=STATES[shown.desk.head.state])
        cure = (
            say("To correct it, reopen it on the page “Start” and give the reason.")
            if shown.may(Right.REOPEN)
            else courtesy.takes(Right.REOPEN)
        )
        st.info(plain(f"{told.text(shown.language)} {cure.text(shown.language)}"), icon=":material/lock:")
    elif (given := _given(shown)) is not None:
        st.info(plain(given.text(shown.language)), icon=":material/lock_person:")


def _given(shown: Shown) -> Sentence | None:
    """Say what a person may change who may not change everything; None for everybody else."""
    numbers = [one.number for one in shown.edition.indicators if not shown.locked(one.id)]
    profile = not shown.locked(PROFILE, next(iter(shown.edition.profile_inputs)))
    if len(numbers) == len(shown.edition.indicators) and profile:
        return None
    parts = [say("no. {numbers}", numbers=listed(map(str, numbers)))] if numbers else []
    parts += [say("the city profile")] if profile else []
    if not parts:
        return say("You may look at everything here and change nothing.")
    return say("You may change {given}; the rest you can look at.", given=listed(parts))


def _view(shown: Shown) -> str:
    """Let the person choose a component or the profile."""
    language = shown.language
    labels: dict[str, str] = {one.id: words.SHORT_TITLES[one.id].text(language) for one in shown.edition.components}
    labels[PROFILE] = translate("City profile", language)
    if st.session_state.get(VIEW) not in labels:
        st.session_state[VIEW] = shown.edition.components[0].id
    key = f"{VIEW}/{language}"
    feed(key, st.session_state[VIEW])
    st.segmented_control(
        translate("Part of the index", language),
        list(labels),
        key=key,
        required=True,
        format_func=labels.__getitem__,
        label_visibility="collapsed",
        on_change=_take_view,
        args=(key, tuple(labels)),
    )
    return str(st.session_state[VIEW])


def _take_view(key: str, views: tuple[str, ...]) -> None:
    if st.session_state.get(key) in views:
        st.session_state[VIEW] = st.session_state[key]


def _totals_in_sight(shown: Shown, view: str) -> None:
    """Keep the totals at the foot of a phone's window, where the side is folded away."""
    if not visit.on_phone():
        return
    language, card = shown.language, shown.card
    lines = [say("Total: **{points}** of {maximum}", points=card.total.points, maximum=card.total.maximum)]
    if view in card.components:
        title, totals = words.SHORT_TITLES[view], card.components[view]
        lines.append(
            say("{title}: **{points}** of {maximum}", title=title, points=totals.points, maximum=totals.maximum)
        )
    st.bottom.markdown(" · ".join(line.text(language) for line in lines))


def _component(shown: Shown, component: str) -> None:
    indicators = [indicator for indicator in shown.edition.indicators if indicator.component == component]
    wanted = filters.wanted(shown)
    totals = shown.card.components[component]
    st.header(next(one.title for one in shown.edition.components if one.id == component), anchor=False)
    st.markdown(
        say("**{points} of {maximum} points** · {line}", points=totals.points, maximum=totals.maximum,
            line=words.totals_line(totals, len(indicators), shown.language)).text(shown.language)
    )  # fmt: skip
    picked = [indicator for indicator in indicators if wanted is None or indicator.id in wanted]
    for indicator in picked:
        card(shown, indicator)
    if not picked:
        st.info(translate("No indicator of this part is on the list. Choose another part or show all.", shown.language))


# The city profile


def _profile(shown: Shown) -> None:
    """Ask for Part I of the index: first what indicators need, the rest folded by section."""
    language = shown.language
    needed = _needed_by(shown)
    st.markdown(
        translate("Asked once, used by several indicators. Measure everything within the same boundary.", language)
    )
    with st.container(border=True):
        st.subheader(translate("Needed for the score", language), anchor=False)
        for name, numbers in needed.items():
            hint = translate_number(
                "Used by indicator {numbers}.", "Used by indicators {numbers}.", len(numbers), language
            )
            _profile_field(shown, name, hint.format(numbers=", ".join(map(str, numbers))))
    for section in shown.edition.profile:
        rest = [name for name in section.inputs if name not in needed]
        if rest:
            fold = st.expander(section.title, key=key_of(PROFILE, section.id, "section"), on_change="rerun")
            with fold:
                for name in rest if fold.open else ():
                    _profile_field(shown, name)


def _needed_by(shown: Shown) -> dict[str, list[int]]:
    """List the profile's inputs that indicators use, each with the numbers of these indicators."""
    needed: dict[str, list[int]] = {}
    for indicator in shown.edition.indicators:
        for name, given in indicator.inputs.items():
            if isinstance(given, SharedInput) and given.from_ == PROFILE:
                needed.setdefault(given.input or name, []).append(indicator.number)
    order = list(shown.edition.profile_inputs)
    return {name: needed[name] for name in sorted(needed, key=order.index)}


def _profile_field(shown: Shown, name: str, hint: str = "") -> None:
    place = profile_place(name)
    with st.container():
        past.conflict(shown, place)
    widgets.field(shown, PROFILE, name, _problems(shown, name), hint)
    with st.container():
        past.still_holds(shown, place)
        past.source_of_another(shown, place)
    with st.container(gap="xxsmall"):
        record.fold_of(shown, PROFILE, name)
        past.history(shown, place)


def _problems(shown: Shown, name: str) -> list[Problem]:
    own = [problem for problem in shown.card.problems if problem.indicator is None and problem.input == name]
    return [problem for problem in own if problem.code != OTHER_SOURCE]  # asked below the field, with its buttons


with st.container(width=WIDTH):
    page(session.shown())

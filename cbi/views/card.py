"""The card of one indicator: on the left what is asked, on the right what comes of it."""

from __future__ import annotations

from collections.abc import Iterator

import streamlit as st

from cbi.assessment import LONGEST_TEXT, Reason
from cbi.definitions.edition import EARLIER, PROFILE, home
from cbi.definitions.models import Indicator, OwnInput, SharedInput
from cbi.draft import FINISHED, AnswerDraft, Spot, offered_ways, shown_way, way_of
from cbi.editing import with_reason, with_way
from cbi.gathering import figure
from cbi.i18n import labelled, say, translate
from cbi.labels import REASONS, trust_of, word_on_bands
from cbi.problems import Problem
from cbi.scoring import Result
from cbi.standing import OTHER_SOURCE
from cbi.views import charts, counts, past, record, saving, widgets, words
from cbi.views.basics import clipped, feed, fold, key_of, key_of_list, plain, state_of, tell
from cbi.views.shown import Shown


def card(shown: Shown, indicator: Indicator) -> None:
    """Show one indicator with its fields, its points and what is wrong about it."""
    result = shown.card.result(indicator.id)
    problems = [
        problem
        for problem in shown.card.problems
        if problem.indicator == indicator.id and problem.code != OTHER_SOURCE  # asked below the fields, with buttons
    ]
    with st.container(border=True):
        st.subheader(f"{indicator.number} · {indicator.title}", anchor=False)
        st.markdown(indicator.question)
        with st.container():
            past.conflict(shown, indicator.id)
        asked, outcome = st.columns([3, 2], gap="medium")
        with asked:
            elsewhere = _fields(shown, indicator, problems)
            with st.container():
                past.still_holds(shown, indicator.id)
                past.source_of_another(shown, indicator.id)
        with outcome:
            _outcome(shown, result)
            for problem in elsewhere:
                tell(problem, shown.language)
        with st.container(gap="xxsmall"):
            _folds(shown, indicator)


# What is asked


def _fields(shown: Shown, indicator: Indicator, problems: list[Problem]) -> list[Problem]:
    """Show the fields of the chosen way; returns the problems that belong to none of them."""
    if indicator.ladder:
        widgets.ladder(shown, indicator.id)
        names: list[str] = []
    else:
        names = list(_way_fields(shown, indicator))
        for name in names:
            widgets.field(shown, indicator.id, name, [problem for problem in problems if problem.input == name])
        with st.container():
            _kept_elsewhere(shown, indicator)
    optional = [name for name, given in indicator.inputs.items() if isinstance(given, OwnInput) and given.optional]
    if optional:
        _optional_fields(shown, indicator, optional, problems)
    return [problem for problem in problems if problem.input not in (*names, *optional) or problem.input is None]


def _way_fields(shown: Shown, indicator: Indicator) -> Iterator[str]:
    """Show the choice of ways and what the chosen one takes from elsewhere; gives the fields that remain to ask."""
    answer = shown.draft.answer(indicator.id)
    offered = offered_ways(indicator, answer)
    chosen = _way_open(shown, indicator)
    if len(offered) > 1:
        _ways(shown, indicator, offered, chosen)
    way = way_of(indicator, chosen)
    if way is None:
        widgets.finished_field(shown, indicator.id)
    for name in way.of.values() if way else ():
        if _is_asked_here(indicator, answer, name):
            yield name
        else:
            st.caption(_elsewhere(shown, indicator, name))
    in_ways = {name for one in indicator.ways for name in one.of.values()}
    for name, given in indicator.inputs.items():
        if isinstance(given, OwnInput) and not given.optional and name not in in_ways:
            yield name


def _way_open(shown: Shown, indicator: Indicator) -> str:
    """Give the way that the card shows; an indicator without an answer opens as last time's answer stood."""
    last = shown.last_draft.answer(indicator.id) if shown.last_draft else None
    return shown_way(indicator, shown.draft.answer(indicator.id), last)


def _is_asked_here(indicator: Indicator, answer: AnswerDraft, name: str) -> bool:
    return isinstance(indicator.inputs[name], OwnInput) or answer.typed(name).filled


def _ways(shown: Shown, indicator: Indicator, offered: tuple[str, ...], chosen: str) -> None:
    labels = _way_labels(shown, indicator)
    key = key_of_list(shown, indicator.id, "", "way")
    feed(key, chosen)
    if len(offered) > 2:
        st.radio(
            translate("Which way?", shown.language),
            offered,
            key=key,
            format_func=labels.__getitem__,
            disabled=shown.locked(indicator.id),
            on_change=_take_way,
            args=(indicator.id, key),
        )
    else:
        st.segmented_control(
            translate("Which way?", shown.language),
            offered,
            key=key,
            required=True,
            format_func=labels.__getitem__,
            label_visibility="collapsed",
            wrap=True,
            disabled=shown.locked(indicator.id),
            on_change=_take_way,
            args=(indicator.id, key),
        )


def _way_labels(shown: Shown, indicator: Indicator) -> dict[str, str]:
    labels = {way.id: way.label for way in indicator.ways}
    if len(labels) == 1:
        labels = dict.fromkeys(labels, translate("Work it out from figures", shown.language))
    return labels | {FINISHED: translate("I know the finished value", shown.language)}


def _take_way(owner: str, key: str) -> None:
    way = state_of(key)
    saving.edit(lambda draft, edition: with_way(draft, edition, owner, way))


def _kept_elsewhere(shown: Shown, indicator: Indicator) -> None:
    """Hint at what cannot be read in a way that is not shown now."""
    labels = _way_labels(shown, indicator)
    names = [spot.name for spot in shown.reading.kept if spot.owner == indicator.id]
    homes = [way.id for way in indicator.ways if any(name in way.of.values() for name in names)]
    for way_id in (*homes, FINISHED) if FINISHED in names else homes:
        hint = say("Something that cannot be used is kept under “{way}”.", way=labels[way_id])
        st.caption(f":material/info: {hint.text(shown.language)}")


def _elsewhere(shown: Shown, indicator: Indicator, name: str) -> str:
    """Say what a figure that is asked elsewhere is today, and where it is changed."""
    given = indicator.inputs[name]
    label = shown.edition.input(indicator.id, name).label
    known = shown.card.result(indicator.id).used.get(name)
    if isinstance(given, SharedInput) and given.from_ in EARLIER:
        year = {"baseline": say("in the baseline year"), "previous": say("in the previous survey")}[given.from_]
        if known is None:
            earlier = say("{label} {year}: this first application sets it", label=label, year=year)
        else:
            stands = figure(known.entry).text(shown.language, shown.draft.number_format)
            earlier = say("{label} {year}: {figure}", label=label, year=year, figure=plain(stands))
        return earlier.text(shown.language)
    owner, there = home(indicator.id, name, given)
    where = _place_name(shown, owner)
    typed = shown.draft.typed(owner, there)
    if not typed.filled:
        return say("{label}: not given yet – enter it in {place}", label=label, place=where).text(shown.language)
    unit = words.unit_name(typed.unit, shown.language) if typed.unit else ""
    text = plain(f"{typed.text} {unit}".strip())
    if Spot(owner, there) in shown.reading.unread or Spot(owner, there) in shown.reading.kept:
        return say(
            "{label}: “{found}” cannot be read – correct it in {place}", label=label, found=text, place=where
        ).text(shown.language)
    return say("{label}: **{figure}** – to be changed in {place}", label=label, figure=text, place=where).text(
        shown.language
    )


def _place_name(shown: Shown, owner: str) -> str:
    if owner == PROFILE:
        return translate("the city profile", shown.language)
    return say("indicator {number}", number=shown.edition.indicator(owner).number).text(shown.language)


def _optional_fields(shown: Shown, indicator: Indicator, names: list[str], problems: list[Problem]) -> None:
    wrong = [problem for problem in problems if problem.input in names]

    def fields() -> None:
        for name in names:
            widgets.field(shown, indicator.id, name, [problem for problem in wrong if problem.input == name])

    key = key_of(indicator.id, "", "more")
    label = translate("More, recorded beside the score", shown.language)
    given = [_given(shown, indicator.id, name) for name in names if shown.draft.typed(indicator.id, name).filled]
    fold(label, key, fields, summary=" · ".join(given))
    with st.container():
        for problem in wrong if not st.session_state.get(key) else ():
            tell(problem, shown.language)


def _given(shown: Shown, owner: str, name: str) -> str:
    typed = shown.draft.typed(owner, name)
    unit = words.unit_name(typed.unit, shown.language) if typed.unit else ""
    return labelled(shown.edition.input(owner, name).label, clipped(f"{typed.text} {unit}".strip()), shown.language)


# What comes of it


def _outcome(shown: Shown, result: Result) -> None:
    """Show points, the strip of bands, the value as read, what the next point takes, and how far all is trusted."""
    language = shown.language
    st.metric(translate("Points", language), words.points_of(result, language))
    if result.indicator.bands:
        base = shown.base(result.indicator.id)
        charts.strip(shown, result, base)
        if base is not None:
            st.caption(f"△ {plain(words.base_value(shown, base))}")
    st.markdown("  \n".join(line for line in _lines(shown, result) if line))
    trust = words.capital(trust_of(result.indicator, language))
    told = word_on_bands(result)
    st.caption(f":material/menu_book: {trust}" + (f"  \n{plain(words.capital(told.text(language)))}" if told else ""))


def _lines(shown: Shown, result: Result) -> Iterator[str]:
    if not result.is_scored:
        yield f"**{words.state(shown, result)}**"
        return
    if result.indicator.ladder:
        return
    value, band = words.value_of(shown, result), words.band_reached(shown, result)
    yield say("Value **{value}**, band {band}", value=plain(value), band=plain(band)).text(shown.language)
    yield plain(words.rounding(shown, result))
    yield _scored_way(shown, result)
    following = words.next_step(shown, result)
    if following:
        yield f":material/trending_up: {plain(following)}"


def _scored_way(shown: Shown, result: Result) -> str:
    """Say by which way the value came, where the form shows another; empty where it shows the same."""
    scored = result.way or FINISHED
    if scored == _way_open(shown, result.indicator):
        return ""
    if scored == FINISHED:
        return translate("The finished value is scored.", shown.language)
    label = plain(_way_labels(shown, result.indicator)[scored])
    return say("The value from “{way}” is scored.", way=label).text(shown.language)


# What is folded away


def _folds(shown: Shown, indicator: Indicator) -> None:
    language = shown.language
    record.fold_of(shown, indicator.id)
    answer = shown.draft.answer(indicator.id)
    reason = words.capital(REASONS[Reason(answer.reason)].text(language)) if answer.reason in set(Reason) else ""
    fold(
        translate("No value? Say why", language),
        key_of(indicator.id, "", "why"),
        lambda: _reason(shown, indicator.id, answer),
        icon=":material/help:",
        summary=" · ".join(filter(None, (reason, clipped(answer.note, 110)))),
    )
    fold(
        translate("What counts, and why it matters", language),
        key_of(indicator.id, "", "counts"),
        lambda: counts.what_counts(shown, indicator),
        icon=":material/menu_book:",
    )
    past.history(shown, indicator.id)


def _reason(shown: Shown, owner: str, answer: AnswerDraft) -> None:
    language = shown.language
    labels = {"": "–"} | {reason.value: words.capital(REASONS[reason].text(language)) for reason in Reason}
    key = key_of_list(shown, owner, "", "reason")
    feed(key, answer.reason if answer.reason in labels else "")
    st.selectbox(
        translate("Why there is no value", language),
        list(labels),
        key=key,
        format_func=labels.__getitem__,
        disabled=shown.locked(owner),
        on_change=_take_answer,
        args=(owner, "reason", key),
    )
    for part, label in (("note", translate("Note on the reason", language)), ("source", translate("Source", language))):
        key = key_of(owner, "", f"reason {part}")
        feed(key, getattr(answer, part))
        st.text_input(
            label,
            key=key,
            max_chars=LONGEST_TEXT,
            autocomplete="off",
            disabled=shown.locked(owner),
            on_change=_take_answer,
            args=(owner, part, key),
        )


def _take_answer(owner: str, part: str, key: str) -> None:
    text = state_of(key)
    saving.edit(lambda draft, _: with_reason(draft, owner, part, text))

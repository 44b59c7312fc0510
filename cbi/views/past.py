"""What stood in a place before: last time's value, what another person saved meanwhile, and the whole history."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import reduce

import streamlit as st

from cbi.assessment import Reason
from cbi.definitions.edition import PROFILE
from cbi.desk import place_of
from cbi.draft import FINISHED, Spot
from cbi.editing import without_source
from cbi.i18n import Sentence, labelled, say, translate
from cbi.labels import REASONS
from cbi.standing import OTHER_SOURCE
from cbi.store.contents import Content
from cbi.store.readable import ACTS, Change, changes
from cbi.store.records import Line
from cbi.views import saving, visit, words
from cbi.views.basics import feed, fold, plain, state_of, tell
from cbi.views.shown import Shown


def last_time(shown: Shown, owner: str, name: str) -> None:
    """Say beside a field what stood in it last time."""
    if shown.last is None or shown.last_draft is None:
        return
    typed = shown.last_draft.typed(owner, name)
    if not typed.filled:
        return
    if typed.picks is None:
        unit = words.unit_name(typed.unit, shown.language) if typed.unit else ""
        text = f"{typed.text} {unit}".strip()
    else:
        text = _picked(shown, owner, name, typed.picks)
    told = say("{year}: {value}", year=shown.last.year, value=plain(text))
    st.caption(f":material/history: {told.text(shown.language)}")


def _picked(shown: Shown, owner: str, name: str, picks: tuple[str, ...]) -> str:
    if name == FINISHED:
        return "; ".join(
            f"{rung.points} – {rung.text}" for rung in shown.edition.indicator(owner).ladder if rung.id in picks
        )
    labels = [item.label for item in shown.edition.input(owner, name).items if item.id in picks]
    return "; ".join(labels) or translate("None of these", shown.language)


def still_holds(shown: Shown, place: str) -> None:
    """Offer to confirm that last time's value of a place still holds, and mark one that is only carried over."""
    if shown.last is None or place not in shown.waiting:
        return
    language, year = shown.language, shown.last.year
    with st.container(horizontal=True, vertical_alignment="center"):
        if place in shown.desk.stored.carried:
            carried = say("Carried over from {year}, not confirmed yet", year=year).text(language)
            st.badge(carried, icon=":material/history:", color="orange")
        if not shown.locked_at(place):
            st.button(
                say("{year} still holds", year=year).text(language),
                key=f"confirm/{place}",
                icon=":material/check:",
                on_click=saving.confirm,
                args=((place,),),
            )


def all_still_hold(shown: Shown) -> None:
    """Say how much of last time waits for the person, and offer to confirm all of it but the counts of species."""
    waiting = [place for place in shown.waiting if not shown.locked_at(place)]
    if shown.last is None or not waiting:
        return
    language, year = shown.language, shown.last.year
    counts = [place for place in shown.waiting_counts if place in waiting]
    told = [
        say(
            "{count} figures and answers of {year} are not confirmed yet. Answers count only once you confirm or "
            "replace them; figures of the city profile were carried over and count, marked as carried.",
            count=len(waiting),
            year=year,
        )
    ]
    if counts:
        told.append(
            say(
                "Counts of species are compared with earlier years, so last time's are never taken over together with "
                "the rest: enter this year's, or confirm each in the city profile."
            )
        )
    together = len(waiting) - len(counts)
    with st.container(border=True):
        st.markdown(f":material/history: {' '.join(one.text(language) for one in told)}")
        if together and st.toggle(
            say("Everything of {year} still holds", year=year).text(language), key=f"all hold/{year}"
        ):
            st.button(
                say("Yes, take over all {count}", count=together).text(language),
                key="confirm all",
                icon=":material/done_all:",
                on_click=saving.confirm,
            )


# Sources of other figures


def source_of_another(shown: Shown, place: str) -> None:
    """Ask whether a source, given for another figure than the one that stands here by now, holds for that too."""
    given_for = shown.reading.assessment.given_for
    spots = [at for at in given_for if place_of(Spot(*at)) == place]
    asked = [one for one in shown.card.problems if one.code == OTHER_SOURCE]
    told = [one for one in asked if (one.indicator or PROFILE, one.input or "") in spots]
    if not told:
        return
    language = shown.language
    with st.container(border=True):
        for one in told:
            tell(one, language)
        for text in dict.fromkeys(given_for[at].source or given_for[at].note for at in spots):
            st.caption(f":material/menu_book: {plain(words.clipped(text, 200))}")
        if shown.locked_at(place):
            return
        with st.container(horizontal=True):
            st.button(
                translate("It holds for this figure too", language),
                key=f"hold/{place}",
                icon=":material/check:",
                on_click=saving.hold,
                args=(place,),
            )
            st.button(
                translate("Take the source away", language),
                key=f"no source/{place}",
                icon=":material/link_off:",
                on_click=_take_source_away,
                args=(spots,),
            )


def _take_source_away(spots: Sequence[tuple[str, str]]) -> None:
    saving.edit(lambda draft, _: reduce(without_source, spots, draft))


# Two people


def conflict(shown: Shown, place: str) -> None:
    """Show both values where another person was quicker, and let the person choose."""
    found = shown.desk.conflicts.get(place)
    if found is None:
        return
    language, theirs = shown.language, found.theirs
    with st.container(border=True):
        told = say(
            "{person} saved this at {time}, after you had begun. Nothing was overwritten: choose which one holds.",
            person=plain(theirs.person),
            time=words.when(theirs.time),
        )
        st.warning(told.text(language), icon=":material/group:")
        apart = [one.label for one in changes(place, theirs.after, found.mine.content, shown.edition)]
        left, right = st.columns(2)
        with left:
            _stands(shown, place, found.mine.content, translate("Yours", language), apart)
            st.button(translate("Keep yours", language), key=f"mine/{place}", on_click=saving.keep_mine, args=(place,))
        with right:
            _stands(shown, place, theirs.after, plain(theirs.person), apart)
            taken = say("Take what {person} saved", person=plain(theirs.person)).text(language)
            st.button(taken, key=f"theirs/{place}", on_click=saving.retake, args=(place,))


def _stands(shown: Shown, place: str, content: Content | None, title: str, apart: Collection[str | Sentence]) -> None:
    """Show what one of the two says; what they say otherwise (``apart``) with a sign before it and in bold."""
    lines = [f"**{title}**"]
    for one in changes(place, None, content, shown.edition):
        line = say("{label}: {value}", label=one.label, value=plain(one.after)).text(shown.language)
        lines.append(f":material/compare_arrows: **{line}**" if one.label in apart else line)
    st.markdown("  \n".join(lines if len(lines) > 1 else [*lines, "–"]))


# History


def history(shown: Shown, place: str) -> None:
    """Fold away who changed a place, when, from what to what and why, with a way back to each line."""
    fold(
        translate("History", shown.language),
        f"{place}//history",
        lambda: _lines(shown, place),
        icon=":material/history:",
    )


def _lines(shown: Shown, place: str) -> None:
    language = shown.language
    if not shown.locked_at(place):
        key = f"{place}//change reason"
        feed(key, saving.reason_given(place))
        st.text_input(
            translate("Reason for the next change here", language),
            key=key,
            autocomplete="off",
            placeholder=translate("kept in the history with it", language),
            on_change=_take_reason,
            args=(place, key),
        )
    lines = visit.lines_of(place)
    if not lines:
        st.caption(translate("Nothing was saved here yet.", language))
    for line in reversed(lines):
        _line(shown, line, is_last=line is lines[-1])


def _take_reason(place: str, key: str) -> None:
    saving.give_reason(place, state_of(key))


def _line(shown: Shown, line: Line, *, is_last: bool) -> None:
    language = shown.language
    head = f"**{words.when(line.time)}** · {plain(line.person)} · {ACTS[line.act].text(language)}"
    parts = [_change(shown, one) for one in changes(line.place, line.before, line.after, shown.edition)]
    why = [say("Reason: {reason}", reason=plain(line.reason)).text(language)] if line.reason else []
    with st.container(horizontal=True, vertical_alignment="top"):
        with st.container():
            st.markdown("  \n".join([head, *parts, *why]))
        if not is_last and not shown.locked_at(line.place):
            st.button(
                translate("Restore", language),
                key=f"restore/{line.place}/{line.version}",
                icon=":material/settings_backup_restore:",
                width="content",
                on_click=saving.restore,
                args=(line.place, line.version),
            )


def _change(shown: Shown, change: Change) -> str:
    before, after = (
        plain(REASONS[Reason(one)].text(shown.language))
        if change.part == "reason" and one in set(Reason)
        else plain(one)
        for one in (change.before, change.after)
    )
    return labelled(_said(change.label, shown), f"{before} → **{after}**", shown.language)


def _said(label: str | Sentence, shown: Shown) -> str:
    return plain(label if isinstance(label, str) else label.text(shown.language))

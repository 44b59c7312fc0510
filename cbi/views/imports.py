"""Import: what has come back? Files are read, shown piece by piece, and saved only as far as agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import streamlit as st

from cbi.i18n import Sentence, labelled, say, translate, translate_number
from cbi.intake import (
    FormKind,
    Preview,
    Proposal,
    Received,
    applied,
    preview,
    receive,
)
from cbi.intake.kept_forms import KeptForm, kept_forms
from cbi.intake.preview import State
from cbi.intake.printing import record_text
from cbi.intake.shown import Change, RecordChange, are_several, changes_of, place_of, record_of
from cbi.problems import Severity
from cbi.store.document import is_document
from cbi.store.rights import Right
from cbi.views import courtesy, documents, handout, mapping, own_city, profiles, session, visit, words
from cbi.views.basics import leading, plain, tell, told_errors
from cbi.views.shown import Shown
from cbi.views.taking import ANSWERS, TABLES, brought, next_round, round_key, save_touched, tell_done

WIDTH = 1080
ENDINGS = [*TABLES, *profiles.ENDINGS]


def page(shown: Shown) -> None:
    """Show the page from top to bottom."""
    language = shown.language
    st.title(translate("What has come back?", language), anchor=False)
    st.caption(words.heading(shown))
    if not courtesy.allowed(shown, Right.IMPORT):
        return
    handout.fold_of(shown)
    tell_done(language)
    files = st.file_uploader(
        translate("Workbooks, tables, and profiles of CitiesWithNature: several at once, if you like", language),
        type=ENDINGS,
        accept_multiple_files=True,
        key=round_key("import/files"),
    )
    st.caption(
        translate(
            "Nothing is saved before you agree. Our template, plain tables, and forms of your own are read. A profile "
            "is read as it was downloaded: PDF, text or Markdown.",
            language,
        )
    )
    named = [*brought(), *((file.name, file.getvalue()) for file in files)]
    with st.container():
        own_city.offer(shown, named)
    tables = []
    for name, data in dict.fromkeys(named):
        if profiles.is_profile_name(name):
            profiles.section(shown, name, data)
        elif is_document(data):
            documents.section(shown, name, data)
        else:
            tables.append((name, data))
    if tables:
        with told_errors(language):
            _tables(shown, tables)


# Workbooks and tables


def _tables(shown: Shown, files: Sequence[tuple[str, bytes]]) -> None:
    kept = kept_forms(visit.store())
    received = [_received(shown, name, data, kept) for name, data in files]
    mapping.ask_each(shown, [one for one in received if one.unknown is not None])
    mapping.tell_each(shown, [one for one in received if one.mapped is not None], kept)
    known = [one for one in received if one.form is not FormKind.UNKNOWN]
    if not known:
        return
    found = preview(
        known,
        shown.desk.stored.assessment,
        shown.history.assessments,
        baseline=shown.history.baseline,
        bands=shown.history.bands,
        language=shown.language,
    )
    _problems(shown, found)
    _questions(shown, found)
    choices = _conflicts(shown, found)
    _proposals(shown, found, choices, ", ".join(name for name, _ in files))


def _received(shown: Shown, name: str, data: bytes, kept: Mapping[str, KeptForm]) -> Received:
    head = shown.desk.head
    return receive(
        data,
        name,
        edition_id=head.edition,
        locale=shown.draft.number_format,
        language=shown.language,
        mappings={fingerprint: one.mapping for fingerprint, one in kept.items()},
        answers=st.session_state.get(ANSWERS, {}),
        city=head.city.name,
        year=head.year,
    )


def _problems(shown: Shown, found: Preview) -> None:
    """Tell what is wrong, the gravest first, each with its cell."""
    order = list(Severity)
    for problem in sorted(found.problems, key=lambda one: order.index(one.severity)):
        of_card = problem.indicator is not None and "!" not in problem.where
        where = words.name_of(shown.card, problem.indicator, shown.language) if of_card else problem.where
        tell(problem, shown.language, before=f"**{plain(where)}**  \n")


def _questions(shown: Shown, found: Preview) -> None:
    """Ask what can be read in more than one way: once for all cells that pose the same question."""
    language = shown.language
    groups = dict.fromkeys(question.group for question in found.questions)
    if not groups:
        return
    st.header(translate("What is meant?", language), anchor=False)
    for group in groups:
        asked = [question for question in found.questions if question.group == group]
        first = asked[0]
        with st.container(border=True):
            cells = ", ".join(plain(f"{one.where} “{words.clipped(one.found)}”") for one in asked[:6])
            more = say(" … and {count} more", count=len(asked) - 6).text(language) if len(asked) > 6 else ""
            st.markdown(f"**{plain(first.sentence.text(language))}**  \n{cells}{more}")
            meanings = {option.key: _said(option.meaning, language) for option in first.options}
            key = f"import/question/{group}/{language}"
            st.radio(
                translate("It means", language),
                list(meanings),
                index=None,
                key=key,
                format_func=lambda one, meanings=meanings: plain(meanings[one]),  # type: ignore[misc]
                on_change=_answer,
                args=(group, key),
            )


def _answer(group: str, key: str) -> None:
    chosen = st.session_state.get(key)
    if chosen is not None:
        st.session_state[ANSWERS] = {**st.session_state.get(ANSWERS, {}), group: str(chosen)}


def _conflicts(shown: Shown, found: Preview) -> dict[str, str]:
    """Show side by side what several files say differently, and let the person choose."""
    language, choices = shown.language, {}
    if found.conflicts:
        st.header(translate("The files disagree", language), anchor=False)
    for conflict in found.conflicts:
        with st.container(border=True):
            now = say("now: {value}", value=plain(_said(conflict.now, language))).text(language)
            options = {one.id: _side(found, one, language) for one in conflict.proposals}
            chosen = st.radio(
                f"{plain(conflict.label)} ({now})",
                list(options),
                index=None,
                key=f"import/conflict/{conflict.id}/{language}",
                format_func=options.__getitem__,
            )
            if chosen is not None:
                choices[conflict.id] = str(chosen)
    return choices


def _side(found: Preview, one: Proposal, language: str) -> str:
    where = place_of(one, with_file=True)
    parts = [f"**{plain(_said(one.after, language))}** – {plain(where)}"]
    return " · ".join([*parts, *_record(record_of(found.now, [one.item]), language)])


# What would change


def _proposals(shown: Shown, found: Preview, choices: dict[str, str], name: str) -> None:
    """List every cell that would change something; all or some of them are applied."""
    language = shown.language
    st.header(translate("What would change", language), anchor=False)
    points = say(
        "Total: {before} → {after} points",
        before=found.before.total.points,
        after=found.after.total.points,
    )
    changes, several = changes_of(found), are_several(found)
    count = translate_number("{count} change", "{count} changes", len(changes), language)
    st.markdown(f"{count.format(count=len(changes))} · {points.text(language)}")
    chosen = [change for change in changes if _change(shown, change, several)]
    same = [one for one in found.proposals if one.state is State.UNCHANGED]
    if same:
        label = translate_number(
            "{count} cell says what stands here already",
            "{count} cells say what stands here already",
            len(same),
            language,
        )
        with st.expander(label.format(count=len(same))):
            st.markdown("\n".join(f"- {plain(_line(one, several, language))}" for one in same))
    _agree(shown, found, changes, chosen, choices, name)


def _change(shown: Shown, change: Change, several: bool) -> bool:
    """Show one change: cells, what was found, what it becomes, what stands now, what is saved beside it, points."""
    language, one = shown.language, change.first
    changed = [effect for effect in one.effects if effect.before != effect.after]
    effects = ", ".join(f"{one.number}: {_points(one.before)} → {_points(one.after)}" for one in changed)
    places = plain(", ".join(change.places(with_file=several)))
    parts = [
        f"**{places}** · {plain(one.item.label)}",
        say("found “{found}”", found=plain(words.clipped(change.found, 80))).text(language),
        f"**{plain(_said(one.after, language))}**",
        say("now: {value}", value=plain(_said(one.now, language))).text(language),
    ]
    if one.only_record:
        parts.append(translate("only year, quality, source or note change", language))
    parts += _record(change.record, language)
    if effects:
        parts.append(say("points {effects}", effects=effects).text(language))
    return st.checkbox(" · ".join(parts), value=True, key=f"import/take/{one.id}", disabled=shown.closed)


def _record(record: Sequence[RecordChange], language: str) -> list[str]:
    """Write out what is saved beside a figure: year of the data, quality, source, note."""
    return [plain(record_text(one, language)) for one in record]


def _line(one: Proposal, several: bool, language: str) -> str:
    return labelled(f"{place_of(one, with_file=several)} · {one.item.label}", _said(one.after, language), language)


def _points(points: int | None) -> str:
    return "–" if points is None else str(points)


def _said(text: str | Sentence, language: str) -> str:
    return text if isinstance(text, str) else text.text(language)


def _agree(
    shown: Shown,
    found: Preview,
    every: Sequence[Change],
    chosen: Sequence[Change],
    choices: dict[str, str],
    name: str,
) -> None:
    language = shown.language
    with st.container(horizontal=True):
        if st.button(
            say("Apply all ({count})", count=len(every) + len(choices)).text(language),
            type=leading(),
            disabled=shown.closed or not (every or choices),
            icon=":material/done_all:",
        ):
            _apply(shown, found, every, choices, name)
        if len(chosen) < len(every) and st.button(
            say("Apply these ({count})", count=len(chosen) + len(choices)).text(language),
            disabled=shown.closed or not (chosen or choices),
            icon=":material/done:",
        ):
            _apply(shown, found, chosen, choices, name)
        st.button(translate("Cancel", language), on_click=next_round, icon=":material/close:")
    undecided = len(found.conflicts) - len(choices)
    if undecided:
        told = translate_number(
            "{count} disagreement is not decided and changes nothing.",
            "{count} disagreements are not decided and change nothing.",
            undecided,
            language,
        )
        st.caption(told.format(count=undecided))
    st.session_state["import/seen"] = _seen(found)


def _apply(shown: Shown, found: Preview, chosen: Sequence[Change], choices: dict[str, str], name: str) -> None:
    """Save what was agreed to, if what stands in the store still is what the person saw beside it."""
    if st.session_state.get("import/seen") != _seen(found):
        st.warning(
            translate(
                "The store has changed since the preview. Nothing was saved: look at the new preview first.",
                shown.language,
            ),
            icon=":material/group:",
        )
        return
    ids = [one for change in chosen for one in change.ids]
    after = applied(found, ids, choices)
    taken = {*ids, *choices.values()}
    save_touched(shown, after, {one.item.place for one in found.proposals if one.id in taken}, name)
    next_round(say("Saved from {name}: {count}", name=name, count=len(chosen) + len(choices)))
    st.rerun()


def _seen(found: Preview) -> tuple[tuple[str, str], ...]:
    return tuple((one.id, _said(one.now, "en")) for one in found.proposals)


with st.container(width=WIDTH):
    page(session.shown())

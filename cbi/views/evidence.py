"""Evidence: what the figures rest on, and who changed what."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pandas as pd
import streamlit as st

from cbi import unread
from cbi.definitions import edition
from cbi.i18n import Sentence, labelled, say, translate
from cbi.planning import begun
from cbi.planning.keeping import GRADES, RANGES, SURVEYS
from cbi.planning.kept_told import told
from cbi.store.contents import PROFILE_PREFIX
from cbi.store.readable import ACTS, FILE_ACTS, HAPPENINGS, KINDS, changes, paper_act, source_changes
from cbi.store.records import Changes, FileChange, Kind, Line, Paper, SourceChange
from cbi.tables.marks import guarded
from cbi.views import register, session, visit, words
from cbi.views.basics import clipped, told_errors, whole
from cbi.views.shown import Shown
from cbi.views.taken_away import noted
from cbi.wording import Voice

WIDTH = 1080
MOST_LINES = 200
"""Changes that the page lists; all of them are in the file to download."""
MOST_SIGNS = 500
"""Signs of a cell that the page shows."""


def page(shown: Shown) -> None:
    """Show the page from top to bottom."""
    st.title(translate("What do the figures rest on?", shown.language), anchor=False)
    st.caption(words.heading(shown))
    with told_errors(shown.language):
        register.sources(shown)
    with told_errors(shown.language):
        _changes(shown)


# Changes


def _changes(shown: Shown) -> None:
    language = shown.language
    st.header(translate("What changed between two dates?", language), anchor=False)
    today = datetime.now(words.zone()).date()
    with st.container(horizontal=True):
        start = st.date_input(
            translate("From", language), today - timedelta(days=30), key="changes/from", format="YYYY-MM-DD"
        )
        end = st.date_input(translate("To, that day included", language), today, key="changes/to", format="YYYY-MM-DD")
    found = visit.store().changes_between(shown.desk.head.city.id, _midnight(start), _midnight(end) + timedelta(days=1))
    rows = _rows(shown, found)
    if not rows:
        st.caption(translate("Nothing changed in this time.", language))
        return
    titles = [say("Time"), say("Person"), say("Year"), say("What"), say("Before"), say("After"), say("Reason")]
    table = pd.DataFrame(
        [[whole(cell) for cell in row] for row in rows], columns=[title.text(language) for title in titles]
    )
    if visit.on_phone():
        st.markdown("\n".join(_as_lines(row) for row in rows[:MOST_LINES]))
    else:
        st.table(table.head(MOST_LINES).map(_shortened), hide_index=True, border="horizontal")
    if len(rows) > MOST_LINES:
        st.caption(say("… and {count} more", count=len(rows) - MOST_LINES).text(language))
    st.download_button(
        translate("Download as table (CSV)", language),
        noted(shown, "changes", lambda: table.map(guarded).to_csv(index=False).encode("utf-8-sig")),
        file_name=f"changes-{start}-{end}.csv",
        mime="text/csv",
        on_click="ignore",
    )


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), words.zone()).astimezone(UTC)


Row = tuple[datetime, list[str]]
"""A moment, and beside it the cells of the table from time to reason."""


def _rows(shown: Shown, found: Changes) -> list[list[str]]:
    """List everything that changed, the newest first, a row for each thing: answers, years, papers, sources, files."""
    heads = {head.id: head for head in visit.store().heads(shown.desk.head.city.id)}
    years = {head_id: f"{head.year} ({head.edition})" for head_id, head in heads.items()}
    language = shown.language
    rows: list[Row] = []
    for line in found.lines:
        rows += _rows_of_line(shown, line, heads[line.assessment_id].edition, years[line.assessment_id])
    for event in found.events:
        happened = HAPPENINGS[event.kind].text(language)
        year = years.get(event.assessment_id or 0, "")
        rows.append(_row(event.time, event.person, year, happened, reason=event.reason))
    finished = [paper for paper in found.papers if not _is_unfinished(paper)]
    rows += [_row_of_paper(shown, paper, years.get(paper.assessment_id or 0, "")) for paper in finished]
    for change in found.sources:
        rows += _rows_of_source(change, language)
    rows += [_row_of_file(file, language) for file in found.files]
    return [row for _, row in sorted(rows, key=lambda one: one[0], reverse=True)]


def _row(time: datetime, person: str, year: str, what: str, before: str = "", after: str = "", reason: str = "") -> Row:
    return time, [_unbroken(words.when(time)), person, year, what, before, after, reason]


def _rows_of_line(shown: Shown, line: Line, edition_id: str, year: str) -> list[Row]:
    """Give a row for each part of an answer that changed; one for a line that only confirms."""
    why, rows = _why(line, shown.language), []
    for change in changes(line.place, line.before, line.after, edition(edition_id, shown.language)):
        label = _text(change.label, shown.language)
        is_figure = line.place.startswith(PROFILE_PREFIX)  # its name is its label already
        what = label if is_figure else labelled(words.place_name(shown, line.place), label, shown.language)
        rows.append(_row(line.time, line.person, year, what, change.before, change.after, why))
    return rows or [_row(line.time, line.person, year, words.place_name(shown, line.place), reason=why)]


def _is_unfinished(paper: Paper) -> bool:
    """Tell whether a paper only holds what somebody has typed and not finished: no change of the city's figures."""
    return paper.kind is Kind.SETTING and paper.key.startswith((unread.KEY, begun.KEY))


def _row_of_paper(shown: Shown, paper: Paper, year: str) -> Row:
    """Name a paper by its kind; one on the bands of an indicator by the indicator as well."""
    about = next((words.place_name(shown, part) for part in paper.key.split("/") if shown.edition.find(part)), "")
    what = ": ".join(filter(None, [KINDS[paper.kind].text(shown.language), about or _name_of(paper, shown.language)]))
    voice = Voice(shown.edition, shown.draft.number_format)
    before, after = (told(voice, paper.kind, paper.key, one) for one in (paper.before, paper.content))
    act = paper_act(paper).text(shown.language)
    return _row(paper.time, paper.person, year, what, before, labelled(act, after, shown.language) if after else act)


def _name_of(paper: Paper, language: str) -> str:
    """Give the name of a scenario or a plan, and say which setting of planning was changed."""
    if paper.kind in (Kind.SCENARIO, Kind.PLAN):
        return paper.key
    names = {RANGES: say("ranges of figures"), SURVEYS: say("effort of surveys"), GRADES: say("quality grades")}
    return next((name.text(language) for key, name in names.items() if paper.key.startswith(key)), "")


def _rows_of_source(change: SourceChange, language: str) -> list[Row]:
    title = say("Source “{title}”", title=change.after.title).text(language)
    new = translate("added", language) if change.before is None else ""
    rows = [
        _row(
            change.time, change.person, "", labelled(title, _text(one.label, language), language), one.before, one.after
        )
        for one in source_changes(change.before, change.after)
    ]
    return [*([_row(change.time, change.person, "", title, after=new)] if new else []), *rows]


def _row_of_file(change: FileChange, language: str) -> Row:
    title = say("Source “{title}”", title=change.source).text(language)
    return _row(
        change.time,
        change.person,
        "",
        title,
        after=labelled(FILE_ACTS[change.act].text(language), change.file.name, language),
    )


def _text(label: str | Sentence, language: str) -> str:
    return label if isinstance(label, str) else label.text(language)


def _shortened(cell: str) -> str:
    """Show the beginning of a long text; the table to download has it whole."""
    return clipped(cell, MOST_SIGNS)


def _as_lines(row: list[str]) -> str:
    """Put a row of the table into lines of a list, for a window that is too narrow for a table."""
    time, person, year, what, before, after, reason = (_shortened(" ".join(cell.split())) for cell in row)
    change = f": {before or '–'} → **{after or '–'}**" if before or after else ""
    return f"- {what}{change}  \n  {' · '.join(filter(None, (time, person, year, reason)))}"


def _unbroken(moment: str) -> str:
    """Keep the date of a moment on one line."""
    return moment.replace("-", "\u2011")


def _why(line: Line, language: str) -> str:
    return " · ".join(filter(None, (ACTS[line.act].text(language), line.reason)))


with st.container(width=WIDTH):
    page(session.shown())

"""Overview: where do we stand? From the total down to every single indicator."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

import pandas as pd
import streamlit as st

from cbi.assessment import Entry
from cbi.comparison import Difference
from cbi.definitions.edition import PROFILE
from cbi.holders import by_holder
from cbi.i18n import labelled, listed, listed_apart, say, translate, translate_number
from cbi.labels import SEVERITIES, TO_BE_CHECKED, TRUST, trust_in, word_on_bands
from cbi.problems import Problem, Severity
from cbi.scoring import Result
from cbi.store.records import Assignment
from cbi.views import asked, charts, printout, session, visit, words
from cbi.views.basics import plain, tell
from cbi.views.shown import Shown
from cbi.wording import change_in_points, compared_indicators, signed

WIDTH = 1080


def page(shown: Shown) -> None:
    """Show the page from top to bottom."""
    st.title(translate("Where do we stand?", shown.language), anchor=False)
    st.caption(words.heading(shown))
    printout.page_button(shown, [replace(problem, where=place) for place, problem in _unread(shown)])
    _total(shown)
    _components(shown)
    _moved(shown)
    _missing(shown)
    _problems(shown)
    _trust(shown)
    _table(shown)


def _total(shown: Shown) -> None:
    language, total = shown.language, shown.card.total
    with st.grid(4, min_column_width=150):
        st.metric(
            translate("Total points", language),
            say("{points} of {maximum}", points=total.points, maximum=total.maximum).text(language),
            border=True,
        )
        st.metric(
            translate("Indicators scored", language),
            say("{points} of {maximum}", points=total.scored, maximum=len(shown.card.results)).text(language),
            border=True,
        )
        st.metric(
            translate("Of what is scored", language),
            say("{points} of {maximum}", points=total.points, maximum=total.attainable).text(language),
            border=True,
        )
        st.metric(translate("Still possible", language), f"{total.lowest}–{total.highest}", border=True)


def _components(shown: Shown) -> None:
    language = shown.language
    st.header(translate("The three components", language), anchor=False)
    longest = max(component.maximum for component in shown.edition.components)
    for component in shown.edition.components:
        totals = shown.card.components[component.id]
        count = sum(result.indicator.component == component.id for result in shown.card.results)
        with st.container(gap="xxsmall"):
            st.markdown(
                say(
                    "**{title}: {points} of {maximum} points**",
                    title=component.title,
                    points=totals.points,
                    maximum=totals.maximum,
                ).text(language)
            )
            base = shown.base_card.components[component.id] if shown.base_card else None
            charts.bullet(shown, component.title, totals, longest, base)
            line = [words.totals_line(totals, count, language), words.base_totals(shown, base)]
            st.caption(" · ".join(filter(None, line)))
    legend = [
        translate(
            "Thin bar: points. Wide bar: attainable with what is scored so far, 4 points each. Outline: maximum.",
            language,
        )
    ]
    if shown.base_card:
        legend.append(translate("Upright line: points of the baseline year.", language))
    st.caption(" ".join(legend))


# What moved


MOST_MOVED = 5


def _moved(shown: Shown) -> None:
    """List what moved most since the baseline, like for like: only indicators that were scored in both years."""
    if shown.since is None:
        return
    language, step = shown.language, shown.since
    st.header(translate("What moved most since the baseline", language), anchor=False)
    told = say(
        "Like for like, {before} → {after}: {change} over {indicators}.",
        before=step.from_year,
        after=step.to_year,
        change=change_in_points(step.points(), signed(shown, step.points())),
        indicators=compared_indicators(len(step.compared)),
    )
    st.markdown(told.text(language))
    moved = sorted((one for one in step.compared if one.points), key=lambda one: (-abs(one.points or 0), one.number))
    if not moved:
        st.caption(translate("No indicator changed its points.", language))
    st.markdown("\n".join(_moved_line(shown, one) for one in moved[:MOST_MOVED]))
    if len(moved) > MOST_MOVED:
        st.caption(say("… and {count} more", count=len(moved) - MOST_MOVED).text(language))
    if step.rescored_year:
        again = say(
            "{year} was assessed under the {edition} edition and scored again from its own figures.",
            year=step.rescored_year,
            edition=step.older_edition,
        )
        st.caption(again.text(language))


def _moved_line(shown: Shown, one: Difference) -> str:
    indicator = shown.edition.indicator(one.indicator)
    sign = ":material/trending_up:" if (one.points or 0) > 0 else ":material/trending_down:"
    points = signed(shown, one.points or 0)
    was, now = (words.value_of(shown, year) or words.band_reached(shown, year) for year in (one.before, one.after))
    return f"- {sign} **{points}** · {one.number} · " + labelled(
        plain(indicator.title), f"{plain(was)} → {plain(now)}", shown.language
    )


# How far it can be trusted


def _trust(shown: Shown) -> None:
    language, card = shown.language, shown.card
    st.header(translate("How far can this be trusted?", language), anchor=False)
    if not card.total.scored:
        st.markdown(translate("Nothing is scored yet.", language))
        return
    count = len(card.to_be_checked)
    if count:
        st.warning(
            say(
                "{count} of {scored} scored indicators: {caution}.",
                count=count,
                scored=card.total.scored,
                caution=TO_BE_CHECKED,
            ).text(language),
            icon=":material/menu_book:",
        )  # fmt: skip
    else:
        st.success(
            _nothing_to_check(shown),
            icon=":material/check_circle:",
        )
    _word_of_the_city(shown)
    with st.expander(translate("What the words mean", language)):
        for word, number in card.trust.items():
            st.markdown(f"**{number} × {TRUST[word].text(language)}** – {shown.edition.frame.trust_words[word]}")


def _nothing_to_check(shown: Shown) -> str:
    if all(result.indicator.confirmed for result in shown.card.results if result.is_scored):
        return translate("All scored indicators stand on confirmed rules and bands.", shown.language)
    return translate(
        "All scored indicators stand on bands that are confirmed, or that the city compared with the handbook.",
        shown.language,
    )


def _word_of_the_city(shown: Shown) -> None:
    """Name the indicators that are read by the city's own bands, and those whose bands were checked."""
    language, card = shown.language, shown.card
    own = [_vouched(result, language) for result in card.corrected]
    if own:
        head = say("Read by the city's own bands: {count}", count=len(own)).text(language)
        st.info("\n".join([f"**{head}**", "", *own]), icon=":material/edit_note:")
    checked = [_vouched(result, language) for result in card.checked if result.is_scored]
    if checked:
        head = say("Bands checked by the city: {count}", count=len(checked)).text(language)
        st.success("\n".join([f"**{head}**", "", *checked]), icon=":material/task_alt:")


def _vouched(result: Result, language: str) -> str:
    told = word_on_bands(result)
    indicator = result.indicator
    name = f"{indicator.number} · {indicator.title}"
    return "- " + say("{label}: {value}", label=name, value=plain(told.text(language)) if told else "–").text(language)


# What is wrong


def _problems(shown: Shown) -> None:
    """List what is wrong, errors first, each with the indicator that it is about; notes are folded away."""
    language = shown.language
    found = [
        *_unread(shown),
        *((words.name_of(shown.card, one.indicator, language), one) for one in shown.card.problems),
    ]
    grave = [one for one in found if one[1].severity is not Severity.NOTE]
    notes = [one for one in found if one[1].severity is Severity.NOTE]
    st.header(translate("What needs attention", language), anchor=False)
    if not grave:
        st.markdown(translate("No errors and no warnings.", language))
    for name, problem in sorted(grave, key=lambda one: _order(shown, one[1])):
        tell(problem, language, before=f"**{plain(name)}**  \n")
    if notes:
        label = translate_number("{count} note", "{count} notes", len(notes), language).format(count=len(notes))
        with st.expander(label):
            for name, problem in notes:
                st.markdown(f"**{plain(name)}**  \n{plain(problem.sentence.text(language, shown.draft.number_format))}")


def _order(shown: Shown, problem: Problem) -> tuple[int, int]:
    """Put errors before warnings, and within them the city profile before the indicators by number."""
    indicator = shown.edition.find(problem.indicator or "")
    return list(SEVERITIES).index(problem.severity), indicator.number if indicator else 0


def _unread(shown: Shown) -> list[tuple[str, Problem]]:
    """Turn what could not be read in the form into problems, so that it is listed with the others."""
    found = []
    for spot, sentence in shown.reading.unread.items():
        owner = None if spot.owner == PROFILE else spot.owner
        problem = Problem(Severity.ERROR, "unread", spot.owner, sentence, owner)
        place = words.name_of(shown.card, owner, shown.language)
        found.append((f"{place} – {words.field_name(shown, spot)}", problem))
    return found


# What is missing


MOST_HOLDERS = 5


def _missing(shown: Shown) -> None:
    """List the indicators without points that could have some: by the office to ask first, then one by one."""
    language = shown.language
    missing = [result for result in shown.card.results if result.in_range]
    st.header(translate("What is missing, and who usually holds it", language), anchor=False)
    if not missing:
        st.markdown(translate("Nothing: every indicator that can be scored this year is scored.", language))
        return
    line = translate_number(
        "{count} indicator could still be scored this year.",
        "{count} indicators could still be scored this year.",
        len(missing),
        language,
    )
    st.markdown(line.format(count=len(missing)))
    found = asked.of_year(shown)
    _by_holder(missing, found, language)
    for component in shown.edition.components:
        rows = [result for result in missing if result.indicator.component == component.id]
        if rows:
            with st.expander(f"{component.title} ({len(rows)})"):
                st.markdown("\n".join(_missing_line(shown, result, found) for result in rows))


def _by_holder(missing: list[Result], found: Sequence[Assignment], language: str) -> None:
    """Name the offices that can give most, each with its indicators; the others in one line."""
    groups = by_holder(missing)
    lines = [
        say(
            "{label}: {value}",
            label=f"**{plain(holder)}**",
            value=listed_apart(_named(one, found, language) for one in members),
        ).text(language)
        for holder, members in groups[:MOST_HOLDERS]
    ]
    st.markdown("\n".join(f"- {line}" for line in lines))
    rest = [
        say("{holder} ({numbers})", holder=holder, numbers=listed(one.indicator.number for one in members))
        for holder, members in groups[MOST_HOLDERS:]
    ]
    if rest:
        st.markdown(
            say("Others, with the numbers of their indicators: {holders}.", holders=listed_apart(rest)).text(language)
        )


def _named(result: Result, found: Sequence[Assignment], language: str) -> str:
    name = f"{result.indicator.number} · {result.indicator.title}"
    given = asked.at(found, result.indicator.id, language)
    return plain(say("{name} ({told})", name=name, told=given).text(language) if given else name)


def _missing_line(shown: Shown, result: Result, found: Sequence[Assignment]) -> str:
    state = words.state(shown, result)
    given = asked.at(found, result.indicator.id, shown.language)
    beside = f"  \n  :material/assignment_ind: {plain(words.capital(given))}" if given else ""
    line = f"- **{result.indicator.number} · {result.indicator.title}** ({state})  \n  {result.indicator.held_by}"
    return f"{line}{beside}"


# All indicators


def _table(shown: Shown) -> None:
    language = shown.language
    st.header(translate("All indicators", language), anchor=False)
    columns = [
        translate("No.", language),
        translate("Indicator", language),
        translate("Value", language),
        translate("Points", language),
        translate("Band", language),
        translate("Status and trust", language),
        translate("Year of the data", language),
    ]
    rows = [_row(shown, result) for result in shown.card.results]
    if visit.on_phone():
        st.markdown("\n".join(_as_lines(row, shown.card.results[place], shown) for place, row in enumerate(rows)))
    else:
        st.table(
            pd.DataFrame(rows, columns=columns),
            border="horizontal",
            hide_index=True,
            alt=translate("All indicators with value, points, band, status, trust and year of the data", language),
        )
    st.caption(translate("The sources stand on the pages “Evidence” and “Enter”.", language))


def _row(shown: Shown, result: Result) -> list[object]:
    return [
        str(result.indicator.number),
        plain(result.indicator.title),
        _unbroken(words.value_of(shown, result)),
        "–" if result.points is None else str(result.points),
        plain(_unbroken(words.band_reached(shown, result)) if result.indicator.bands else result.band or ""),
        _status(shown, result),
        ", ".join(_years(shown, result)),
    ]


def _as_lines(row: list[object], result: Result, shown: Shown) -> str:
    """Put a row of the table into lines of a list, for a window that is too narrow for a table."""
    number, title, value, _, band, status, years = map(str, row)
    points = "–" if result.points is None else words.points(result.points, shown.language)
    facts = " · ".join(filter(None, (value, band, status, years)))
    return f"- **{labelled(f'{number} · {title}', points, shown.language)}**  \n  {facts}"


def _unbroken(text: str) -> str:
    """Keep a number with its unit on one line where they are short, and the digits of a number always."""
    return re.sub(r"(?<=\d) (?=\d)" if len(text) > 15 else " ", "\u00a0", text)


def _status(shown: Shown, result: Result) -> str:
    """Say how far a score can be trusted, or why there is none."""
    if not result.is_scored:
        return words.state(shown, result)
    return say("scored, {trust}", trust=trust_in(result)).text(shown.language)


def _years(shown: Shown, result: Result) -> list[str]:
    """List the years of the figures that went into a result, each once."""
    answer = shown.reading.assessment.answers.get(result.indicator.id)
    entries: list[Entry] = [known.entry for known in result.used.values()]
    if answer and answer.finished:
        entries.append(answer.finished)
    return sorted({str(entry.data_year) for entry in entries if entry.data_year})


with st.container(width=WIDTH):
    page(session.shown())

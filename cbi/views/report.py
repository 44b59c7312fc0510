"""Report: what do we hand out? A preview, and downloads as PDF, Excel, CSV, JSON and open data."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import cast

import streamlit as st

from cbi.assessment import Assessment
from cbi.citieswithnature import catalogue
from cbi.citieswithnature.kept import kept_actions
from cbi.i18n import say, translate
from cbi.planning.findings import Beside
from cbi.planning.keeping import beside_of, kept
from cbi.report import (
    LICENCES,
    Action,
    Form,
    Paper,
    Report,
    SourceDetail,
    draw_pages,
    platform_chapter,
    report_content,
    write_datapackage,
    write_packet,
    write_pdf,
)
from cbi.report.plain import details_of
from cbi.views import session, visit, words
from cbi.views.basics import told_errors
from cbi.views.printout import file_name, years_of
from cbi.views.shown import Shown
from cbi.views.taken_away import noted
from cbi.workbook.exports import exports

WIDTH = 1080


def page(shown: Shown) -> None:
    """Show the page from top to bottom."""
    language = shown.language
    st.title(translate("What do we hand out?", language), anchor=False)
    st.caption(words.heading(shown))
    history, baseline = years_of(shown)
    form, paper, indicator = _choices(shown)
    actions, sources = _actions(shown), details_of(visit.sources())
    beside = _beside(shown) if form == "full" else None
    content = _content(shown, history, baseline, actions, sources, beside)
    with st.container(horizontal=True):
        _download(
            shown,
            "report",
            translate("Download the PDF", language),
            lambda: write_pdf(content(), form=form, paper=paper, indicator=indicator),
            file_name(shown, f"-{form}.pdf"),
            "application/pdf",
        )
        st.toggle(translate("Show the pages here", language), key="report/preview")
    if st.session_state.get("report/preview"):
        _preview(shown, content(), form, paper, indicator)
    _data(shown, Handed(history, baseline, actions, sources))
    _platform(shown)


def _choices(shown: Shown) -> tuple[Form, Paper, str | None]:
    language = shown.language
    forms = {
        "full": translate("Full report", language),
        "short": translate("Two pages", language),
        "page": translate("One page", language),
        "indicator": translate("One indicator", language),
    }
    with st.container(horizontal=True, vertical_alignment="bottom"):
        form = st.segmented_control(
            translate("Form", language),
            list(forms),
            default="full",
            required=True,
            format_func=forms.__getitem__,
            key=f"report/form/{language}",
        )
        papers = {"a4": "A4", "us-letter": "Letter"}
        paper = st.segmented_control(
            translate("Paper", language),
            list(papers),
            default="a4",
            required=True,
            format_func=papers.__getitem__,
            key=f"report/paper/{language}",
        )
    indicator = None
    if form == "indicator":
        titles = {one.id: f"{one.number} · {one.title}" for one in shown.edition.indicators}
        indicator = st.selectbox(
            translate("Indicator", language),
            list(titles),
            format_func=titles.__getitem__,
            key=f"report/indicator/{shown.edition.id}/{language}",
        )
    return cast("Form", form), cast("Paper", paper), indicator


def _actions(shown: Shown) -> tuple[Action, ...]:
    """Give the actions of the profile that is kept with the city."""
    with told_errors(shown.language):
        return tuple(kept_actions(visit.store(), shown.desk.head.city.id, catalogue(shown.language)))
    return ()


def _beside(shown: Shown) -> Beside | None:
    """Give what is kept beside the figures for the chapter on planning: ranges, scenarios, plans, survey effort."""
    with told_errors(shown.language):
        return beside_of(kept(visit.store(), shown.desk.head))
    return None


def _content(
    shown: Shown,
    history: Sequence[Assessment],
    baseline: int | None,
    actions: Sequence[Action],
    sources: Sequence[SourceDetail],
    beside: Beside | None,
) -> Callable[[], Report]:
    """Give what puts the city's years into the words of a report, in the reader's language and number format.

    A file to download is made when it is asked for, and then there is no visit to ask for its store: all that a
    report takes is gathered before.
    """
    return partial(
        report_content,
        history,
        shown.reading.assessment,
        baseline=baseline,
        bands=shown.history.bands,
        language=shown.language,
        numbers=shown.draft.number_format,
        actions=actions,
        sources=sources,
        beside=beside,
        issued=datetime.now(words.zone()).date(),
    )


def _preview(shown: Shown, content: Report, form: Form, paper: Paper, indicator: str | None) -> None:
    pages = draw_pages(content, form=form, paper=paper, indicator=indicator)
    told = say("Page {page} of {count}", page="{page}", count=len(pages)).text(shown.language)
    for number, picture in enumerate(pages, 1):
        with st.container(border=True):
            st.image(picture, width="stretch", alt=told.format(page=number))


def _download(shown: Shown, what: str, label: str, data: Callable[[], bytes], name: str, mime: str) -> None:
    """Offer a file; ``what`` is its kind for the audit trail."""
    st.download_button(
        label,
        noted(shown, what, data),
        file_name=name,
        mime=mime,
        key=f"report/{name}",
        icon=":material/download:",
        on_click="ignore",
    )


# Data


@dataclass(frozen=True)
class Handed:
    """What all exports take: the years of the city, its baseline, the actions and the sources that go with them."""

    history: Sequence[Assessment]
    baseline: int | None
    actions: Sequence[Action]
    sources: Sequence[SourceDetail]


def _data(shown: Shown, handed: Handed) -> None:
    """Offer the figures themselves: to read back, as open data, and for auditors."""
    language = shown.language
    st.header(translate("Data", language), anchor=False)
    st.markdown(
        translate(
            "All years of the city, digit for digit. Excel, CSV and JSON can be read back on the page Import.", language
        )
    )
    with st.container(horizontal=True):
        _exports(shown, handed)
    with st.expander(translate("Open data, and a packet for auditors", language), icon=":material/public:"):
        _open_data(shown, handed)
        _packet(shown, handed)


def _exports(shown: Shown, handed: Handed) -> None:
    language = shown.language

    def export(ending: str) -> Callable[[], bytes]:
        return lambda: exports(
            handed.history,
            baseline=handed.baseline,
            bands=shown.history.bands,
            language=language,
            actions=handed.actions,
            sources=handed.sources,
        )[ending]

    excel = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    _download(shown, "workbook", "Excel", export("xlsx"), file_name(shown, ".xlsx"), excel)
    _download(shown, "table", "CSV", export("csv"), file_name(shown, ".csv"), "text/csv")
    _download(shown, "JSON", "JSON", export("json"), file_name(shown, ".json"), "application/json")


def _open_data(shown: Shown, handed: Handed) -> None:
    language = shown.language
    st.markdown(
        translate(
            "The open-data package holds scores and answers with their meanings (Frictionless Data). Choose the "
            "licence that the city gives its data.",
            language,
        )
    )
    licence = str(st.selectbox(translate("Licence", language), list(LICENCES), key="report/licence"))
    _download(
        shown,
        "open data",
        translate("Download open data", language),
        lambda: write_datapackage(
            handed.history,
            licence=licence,
            baseline=handed.baseline,
            bands=shown.history.bands,
            language=language,
            actions=handed.actions,
            sources=handed.sources,
        ),
        file_name(shown, "-open-data.zip"),
        "application/zip",
    )


def _packet(shown: Shown, handed: Handed) -> None:
    language = shown.language
    st.markdown(
        translate(
            "From the packet another machine scores the same points: python -m cbi score PACKET.zip. It holds the "
            "answers, the digests of attached files and definitions, and the version of the program.",
            language,
        )
    )
    _download(
        shown,
        "packet",
        translate("Download the packet", language),
        partial(write_packet, handed.history, baseline=handed.baseline, sources=handed.sources),
        file_name(shown, "-packet.zip"),
        "application/zip",
    )


def _platform(shown: Shown) -> None:
    """Show the chapter of the index in the platform's own order, to be carried over by hand."""
    language = shown.language
    with st.expander(translate("For CitiesWithNature, to copy", language), icon=":material/content_copy:"):
        st.code(platform_chapter(shown.card).text(), language=None, wrap_lines=True)


with st.container(width=WIDTH):
    page(session.shown())

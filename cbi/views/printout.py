"""What is handed out of the open year: its years as a report takes them, names of files, the overview on one page."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import streamlit as st

from cbi.assessment import Assessment
from cbi.i18n import translate
from cbi.problems import Problem
from cbi.views import words
from cbi.views.shown import Shown
from cbi.views.taken_away import noted


def years_of(shown: Shown) -> tuple[tuple[Assessment, ...], int | None]:
    """Give the years of the city, the open one as it stands in the form, and the baseline year."""
    mine = shown.reading.assessment
    others = [one for one in shown.history.assessments if (one.year, one.edition) != (mine.year, mine.edition)]
    years = tuple(sorted([*others, mine], key=lambda one: (one.year or 0, one.edition)))
    return years, shown.history.baseline


def file_name(shown: Shown, ending: str) -> str:
    """Name a file after city and year, in signs that every system takes."""
    city = "".join(sign if sign.isalnum() else "-" for sign in shown.desk.head.city.name).strip("-")
    return f"{city[:60] or 'city'}-{shown.desk.head.year}{ending}"


def page_button(shown: Shown, unread: Sequence[Problem] = ()) -> None:
    """Offer the overview as a PDF of one page, made when it is asked for.

    A browser prints a page of the app on five sheets, with its menu and with closed folds. ``unread`` are the entries
    of the form that could not be read: they stand on the page with the other errors.
    """
    history, baseline = years_of(shown)
    today = datetime.now(words.zone()).date()

    def page() -> bytes:
        from cbi.report import report_content, write_pdf  # not needed to show the overview

        content = report_content(
            history,
            shown.reading.assessment,
            baseline=baseline,
            bands=shown.history.bands,
            language=shown.language,
            numbers=shown.draft.number_format,
            problems=unread,
            issued=today,
        )
        return write_pdf(content, form="page")

    st.download_button(
        translate("Print this page (PDF)", shown.language),
        noted(shown, "report", page),
        file_name=file_name(shown, "-page.pdf"),
        mime="application/pdf",
        key="overview/page",
        icon=":material/print:",
        on_click="ignore",
    )

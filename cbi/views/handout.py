"""Handing out a workbook: the template for all offices, or for one of them, with what is known already."""

from __future__ import annotations

import streamlit as st

from cbi.comparison import baseline_of
from cbi.i18n import translate
from cbi.views.shown import Shown
from cbi.views.taken_away import noted


def fold_of(shown: Shown) -> None:
    """Show the fold that makes a workbook for an office."""
    language = shown.language
    with st.expander(translate("Hand out a workbook", language), icon=":material/table_view:", key="handout"):
        st.markdown(
            translate(
                "A department fills it without this program. Choose the indicators that it knows; the profile figures "
                "that these need come along.",
                language,
            )
        )
        titles = {one.id: f"{one.number} · {one.title}" for one in shown.edition.indicators}
        chosen = st.multiselect(
            translate("Indicators (all, if none is chosen)", language),
            list(titles),
            format_func=titles.__getitem__,
            key=f"handout/indicators/{shown.edition.id}/{language}",
        )
        filled = st.toggle(
            translate("With the answers that are here already", language), value=True, key="handout/fill"
        )
        contact = st.text_input(
            translate("Whom to ask, and where to send it back", language), key="handout/contact", autocomplete="off"
        )
        papers = {"A4": "A4", "Letter": "Letter"}
        paper = st.segmented_control(
            translate("Paper", language), list(papers), default="A4", required=True, key="handout/paper"
        )
        st.download_button(
            translate("Download the workbook", language),
            noted(shown, "template", lambda: _template(shown, chosen, contact, str(paper), filled=filled)),
            file_name=_name(shown, chosen),
            mime="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            icon=":material/download:",
            on_click="ignore",
        )


def _name(shown: Shown, chosen: list[str]) -> str:
    """Name the workbook after city, year and what it asks, so that those of several offices stay apart."""
    city = "".join(sign if sign.isalnum() else "-" for sign in shown.desk.head.city.name).strip("-")
    numbers = "-".join(str(shown.edition.indicator(one).number) for one in chosen)
    return "-".join(filter(None, [city[:60] or "city", str(shown.desk.head.year), numbers])) + ".xlsx"


def _template(shown: Shown, chosen: list[str], contact: str, paper: str, *, filled: bool) -> bytes:
    from cbi.workbook.template import write_template  # openpyxl loads slowly

    head = shown.desk.head
    last = shown.last.assessment if shown.last else None
    earlier = [one for one in shown.history.assessments if (one.year or 0) < head.year]
    known = any(one.year == shown.history.baseline for one in earlier)
    base = baseline_of(earlier, shown.history.baseline if known else None)
    return write_template(
        shown.edition,
        city=head.city.name,
        year=head.year,
        indicators=chosen or None,
        prefill=shown.desk.stored.assessment if filled else None,
        last_time=last,
        baseline=base,
        contact=contact,
        paper=paper,
    )

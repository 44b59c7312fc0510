"""What is taken away from the pages as a file: written into the audit trail at the moment when it is taken."""

from __future__ import annotations

from collections.abc import Callable

from cbi.i18n import mark
from cbi.views import visit
from cbi.views.shown import Shown

KINDS = {
    "report": mark("report (PDF)"),
    "workbook": mark("all years (Excel)"),
    "table": mark("all years (CSV)"),
    "JSON": mark("all years (JSON)"),
    "open data": mark("open data"),
    "packet": mark("packet for auditors"),
    "template": mark("workbook for a department"),
    "chart": mark("chart"),
    "changes": mark("list of changes"),
    "file of a source": mark("file of a source"),
    "audit trail": mark("audit trail"),
    "document": mark("the city as a document"),
    "profile": mark("CitiesWithNature profile"),
}
"""What can be taken away or brought in, by the word that the trail keeps."""


def noted(shown: Shown, what: str, make: Callable[[], bytes]) -> Callable[[], bytes]:
    """Give what makes a file of the open city and writes down that it was taken; ``what`` is its kind.

    It runs when the button is clicked, and then there is no visit to ask for anything. Somebody who was switched off
    meanwhile gets no file. A demo is nobody's data.
    """
    if shown.is_demo:
        return make
    trail, city_id = visit.store().trail, shown.desk.head.city.id

    def taken() -> bytes:
        data = make()
        trail.exported(city_id, what)
        return data

    return taken

"""Figures that are only carried over are named wherever the year is scored, printed, reported or exported."""

from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl import load_workbook

from cbi.assessment import Entry
from cbi.cli import main
from cbi.comparison import score_years
from cbi.report import report_content
from cbi.store import Store, open_store
from cbi.workbook.export import write_export

TOLD = "Only carried over from an earlier year and not confirmed: Total area of the city (33.22 km²)."


@pytest.fixture
def store() -> Store:
    """Hold 2023, and 2026 started from it, in the store of the program."""
    store = open_store()
    city = store.add_city("Riverton", person="Mei")
    first = store.start_year(city.id, 2023, person="Mei").id
    store.save(first, "profile.city_area", Entry(Decimal("33.22"), "km2"), based_on=0, person="Mei")
    store.start_year(city.id, 2026, person="Mei", from_id=first)
    return store


def test_the_scorecard_warns_of_the_year_that_carries_and_of_no_other(store: Store) -> None:
    history = store.history_of(1)
    assert [one.carried for one in history.assessments] == [frozenset(), {"city_area"}]
    cards = score_years(history.assessments, history.baseline)
    said = [[one.sentence.text() for one in card.problems if one.code == "carried_over"] for card in cards]
    assert [len(one) for one in said] == [0, 1]
    assert said[1][0].startswith(TOLD)


def test_confirming_takes_the_mark_away(store: Store) -> None:
    store.confirm(2, person="Li")
    assert store.assessment(2).assessment.carried == frozenset()
    assert store.history_of(1).assessments[1].carried == frozenset()


def test_the_report_names_them_and_marks_their_row(store: Store) -> None:
    history = store.history_of(1)
    report = report_content(history.assessments, history.assessments[1], baseline=history.baseline)
    assert any(one.text.startswith(TOLD) for one in report.notices)
    assert [row.label for row in report.figures[0].rows] == ["Total area of the city – carried over, not confirmed"]
    earlier = report_content(history.assessments[:1], history.assessments[0])
    assert [row.label for row in earlier.figures[0].rows] == ["Total area of the city"]


def test_the_export_and_the_command_line_name_them(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    history = store.history_of(1)
    book = load_workbook(BytesIO(write_export(history.assessments, baseline=history.baseline)))
    cells = [str(cell.value) for row in book["Warnings"].iter_rows() for cell in row]
    assert any(cell.startswith(TOLD) for cell in cells)
    with pytest.raises(SystemExit):
        main(["score"])
    assert TOLD in " ".join(capsys.readouterr().err.split())

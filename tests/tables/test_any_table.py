"""Whatever is in a file, reading it is calm; what is written reads as the same."""

import csv
import io
import json

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from cbi import edition, score
from cbi.assessment import Assessment
from cbi.comparison import score_years
from cbi.tables import COLUMNS, Table
from tests.effort import examples
from tests.tables.drawn import assessments, written
from tests.tables.given import (
    DEMO,
    ROWS,
    read,
    workbook,
)

CELLS = st.text(max_size=12) | st.sampled_from(
    ["1", "8", "profile", "natural_areas", "city_area", "natural_area", "5", "12,5", "5 km2", "=1", "no_data", "2026",
     "2014", "way", "group_areas", "1;2;3", '"', "none", "none;none", "-1", "1e9", "2021", "²", "I", "０"]
)  # fmt: skip
SHAPES = st.sampled_from([",".join(COLUMNS), "indicator,value", "indicator,input,2023,2026", "city,1,I2,28,population"])


def assert_calm(table: Table) -> None:
    """Whatever was read can be scored, and every problem can be told."""
    for one in table.assessments:
        score(edition(one.edition), one).to_dict()
    for problem in table.problems:
        assert problem.where
        assert problem.sentence.text()


@given(st.binary(max_size=400), st.sampled_from(["t.csv", "t.json", "t.xlsx", "t.xls", ""]))
def test_any_bytes_can_be_read(data: bytes, name: str) -> None:
    assert_calm(read(data, name))


@given(SHAPES, st.lists(st.lists(CELLS, max_size=13), max_size=6), st.sampled_from([",", ";", "\t"]))
def test_any_cells_can_be_read(head: str, rows: list[list[str]], mark: str) -> None:
    text = head.replace(",", mark) + "\n" + "\n".join(mark.join(row) for row in rows)
    assert_calm(read(text.encode("utf-8", "replace")))


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | CELLS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(COLUMNS) | st.text(max_size=5), inner, max_size=5)
    ),
    max_leaves=12,
)


@given(ANYTHING)
def test_any_json_can_be_read(data: object) -> None:
    assert_calm(read(json.dumps(data), "t.json"))
    assert_calm(read(json.dumps([data]), "t.json"))


SOUND_BOOK = workbook([[*ROWS[0]], *([*row] for row in ROWS[1:])])


@given(st.integers(0, len(SOUND_BOOK) - 1), st.binary(min_size=1, max_size=8))
def test_a_workbook_with_any_bytes_changed_can_be_read(position: int, change: bytes) -> None:
    assert_calm(read(SOUND_BOOK[:position] + change + SOUND_BOOK[position + len(change) :], "t.xlsx"))


def scorecards(rows: list[list[str]]) -> dict[object, object]:
    file = io.StringIO()
    csv.writer(file).writerows([COLUMNS, *rows])
    table = read(file.getvalue())
    assert table.problems == ()
    return {(card.city, card.year): card.to_dict() for card in score_years(table.assessments)}


EXAMPLE = list(csv.reader((DEMO / "example-city.csv").read_text(encoding="utf-8").splitlines()))[1:]


@settings(max_examples=examples(15))
@given(st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(random: object) -> None:
    shuffled = list(EXAMPLE)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert scorecards(shuffled) == scorecards(EXAMPLE)


@settings(max_examples=examples(40))
@given(assessments())
def test_what_is_written_as_a_long_table_reads_as_the_same_assessment(assessment: Assessment) -> None:
    assume(assessment.profile or assessment.answers)
    table = read(written(assessment))
    assert table.problems == ()
    (again,) = table.assessments
    assert again == assessment
    asked = edition(assessment.edition)
    assert score(asked, again).to_dict() == score(asked, assessment).to_dict()

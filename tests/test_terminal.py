"""Text on a terminal: lines of Chinese are broken by columns, and no number is torn apart."""

from hypothesis import given
from hypothesis import strategies as st

from cbi.terminal import WIDTH, paragraph, width_of


@given(st.integers(30, 60))
def test_no_number_is_torn_apart(count):
    """Wherever the line ends, 1766.7% stands on one line; each Chinese sign takes two columns."""
    text = "占" * count + "达到1766.7%，请核实" + "边界" * 20
    lines = paragraph(text, "    ").splitlines()
    assert sum("1766.7%" in line for line in lines) == 1
    assert all(width_of(line) <= WIDTH + 2 for line in lines)
    assert "".join(line.strip() for line in lines) == text


def test_words_of_latin_letters_stay_whole():
    text = "数" * 46 + "CitiesWithNature平台" + "数" * 30
    lines = paragraph(text).splitlines()
    assert lines[0] == "数" * 46
    assert lines[1].startswith("CitiesWithNature")

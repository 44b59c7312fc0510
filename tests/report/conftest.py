"""What the tests of reports share: the demo cities, and what a PDF says and is made of."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pypdfium2
import pytest

from cbi.tables import read_table

DEMO = Path(__file__).parents[2] / "data" / "demo"


@pytest.fixture(scope="session")
def libo():
    """The one year of Libo County."""
    return read_table(DEMO / "libo-county-2026.csv").assessments


@pytest.fixture(scope="session")
def example():
    """The three years of the example city: 2016 under the 2014 edition, 2021 and 2024 under that of 2021."""
    return read_table(DEMO / "example-city.csv").assessments


def pages_of(pdf: bytes) -> list[str]:
    """Give the text of each page, with single spaces."""
    document = pypdfium2.PdfDocument(pdf)
    return [" ".join(page.get_textpage().get_text_range().split()) for page in document]


def text_of(pdf: bytes) -> str:
    """Give the whole text; a word that was broken at the end of a line is whole again."""
    return " ".join(pages_of(pdf))


def parts_of(pdf: bytes) -> pypdf.PdfReader:
    """Open a PDF to look at what it is made of."""
    return pypdf.PdfReader(io.BytesIO(pdf))

"""The same profile as a PDF: the same figures, titles and text, and one clear problem for a PDF that cannot be read."""

import threading

import pytest
from reportlab.lib.pagesizes import A4, A6, landscape

from cbi.citieswithnature import read_profile
from cbi.citieswithnature.pdf import MOST_PAGES, text_of

from .paper import locked, many_pages, picture_pdf, profile_pdf
from .port_alder import FIGURES, LINES, TEXT, figures, read

TITLES = [LINES[place - 2] for place, line in enumerate(LINES) if line.startswith("Description of how")]


@pytest.mark.parametrize("size", [A4, A6, landscape(A6)], ids=["A4", "A6", "A6 landscape"])
@pytest.mark.parametrize("titles", [TITLES, ()], ids=["large titles", "plain titles"])
def test_a_pdf_reads_like_its_text(size, titles):
    reading = read_profile(profile_pdf(LINES, titles, size=size), "port_alder.pdf")
    found, wanted = reading.profile, read(TEXT)
    assert figures(found) == FIGURES
    assert [action.title for action in found.actions] == TITLES
    assert [one.title for one in found.commitments] == [one.title for one in wanted.commitments]
    assert (found.name, found.date, found.stated_actions) == (wanted.name, wanted.date, 9)
    assert found.index == wanted.index
    assert found.achievements == wanted.achievements
    assert [action.last_update for action in found.actions] == [action.last_update for action in wanted.actions]
    assert found.not_understood == ()


def test_pages_are_told():
    found = read_profile(profile_pdf(LINES, TITLES), "port_alder.pdf").profile
    pages = [action.place.page for action in found.actions]
    assert pages == sorted(pages)
    assert pages[0] < pages[-1]


def test_chinese_text_is_kept():
    found = read_profile(profile_pdf(LINES, TITLES), "port_alder.pdf").profile
    assert [action.description for action in found.actions][1] == "湿地を守る条例を定めた。"


def only_problem(data):
    reading = read_profile(data, "file.pdf")
    assert reading.profile is None
    [problem] = reading.problems
    assert problem.where == "file.pdf"
    return problem


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (locked(LINES), "encrypted", "asks for a password"),
        (picture_pdf(), "no_text", "pictures of pages and no text"),
        (many_pages(MOST_PAGES + 1), "too_many_pages", "has 401 pages"),
        (b"%PDF-1.7\nnothing that holds", "damaged", "cannot be opened"),
        (profile_pdf(["A letter", "With kind regards"]), "not_a_profile", "does not look like a city profile"),
    ],
    ids=["locked", "picture", "many pages", "damaged", "letter"],
)
def test_pdfs_that_cannot_be_read(data, code, words):
    problem = only_problem(data)
    assert problem.code == code
    assert words in problem.sentence.text()


@pytest.mark.parametrize("part", [0.1, 0.5, 0.9, 0.99])
def test_a_pdf_cut_off_never_raises(part):
    data = profile_pdf(LINES, TITLES)
    reading = read_profile(data[: int(len(data) * part)], "cut.pdf")
    assert reading.profile is not None or len(reading.problems) == 1


def test_several_people_at_once():
    data = profile_pdf(LINES, TITLES)
    wanted, texts = text_of(data), []
    threads = [threading.Thread(target=lambda: texts.append(text_of(data))) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert texts == [wanted] * 6

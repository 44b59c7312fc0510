"""Heads, feet and page numbers of a printed profile: no action, upload or quoted sentence is made of them."""

import io
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from reportlab.lib.pagesizes import A4, A5
from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate, Paragraph

from cbi.citieswithnature import read_profile
from tests.effort import examples

from .paper import ASIAN, BODY
from .port_alder import FIGURES, LINES, TEXT, figures, instead, read

HEADS_AND_FEET = [
    (["Port Alder"], []),
    ([], ["Port Alder"]),
    (["Port Alder | CitiesWithNature city profile"], ["{page}"]),
    ([], ["Port Alder | CitiesWithNature city profile", "{page}"]),
    ([], ["CitiesWithNature - Port Alder - {page}/{pages}"]),
    (["www.citieswithnature.org"], ["Page {page} of {pages}"]),
    (["Port Alder", "3 March 2026"], ["City profile", "– {page} –"]),
    (["City profile downloaded from CitiesWithNature"], []),
    (["{later}"], []),
]
"""Lines at the head and at the foot of every page; ``later`` is a page number that begins elsewhere than at 1."""


def printed(ends, head, foot):
    """The text cut into pages behind the lines that ``ends`` names, with head and foot on each."""
    cuts = [0, *ends, len(LINES)]
    pages = [LINES[start:stop] for start, stop in pairwise(cuts)]

    def filled(lines, page):
        return [line.format(page=page, pages=len(pages), later=page + 40) for line in lines]

    return "\f".join(
        "\n".join([*filled(head, page), *lines, *filled(foot, page)]) for page, lines in enumerate(pages, start=1)
    )


def told(profile):
    """All that a profile says, without where it stands."""
    return (
        profile.name,
        profile.date,
        profile.region,
        profile.about,
        [(one.title, one.description, one.baseline and one.baseline.text) for one in profile.actions],
        [(one.target.text, one.target.updated) for one in profile.actions if one.target],
        [(step.number, [upload.title for upload in step.uploads]) for step in profile.pathway],
        profile.index,
        [tool.title for tool in profile.tools],
        profile.not_understood,
    )


TEN_LINES = range(len(LINES) // 10)


@settings(max_examples=examples(25))
@given(st.lists(st.sampled_from(TEN_LINES[1:]), min_size=4, max_size=14, unique=True))
@pytest.mark.parametrize(("head", "foot"), HEADS_AND_FEET, ids=str)
def test_heads_and_feet_change_nothing(head, foot, ends):
    """A page holds ten lines or more, the first the cover; only where a sentence is cut may its space change."""
    ends = [end for end in sorted(10 * end for end in ends) if not LINES[end - 1] or not LINES[end]]
    if len(ends) < 3:
        return
    assert told(read(printed(ends, head, foot))) == told(read(TEXT))


def test_what_was_put_aside_is_kept_with_the_words_of_the_platform():
    found = read(printed(range(20, 260, 20), ["Port Alder"], ["Page {page} of {pages}"]))
    assert "Page 2 of 13" in found.platform_text
    assert found.platform_text.count("Port Alder") == 13


def test_a_figure_at_the_foot_of_a_page_is_no_page_number():
    """The 9 actions of the overview end page 2; the pages are numbered nowhere."""
    stop = LINES.index("Actions made on the Action Platform") - 1
    assert LINES[stop - 1] == "9"
    found = read(printed([20, stop, stop + 40, stop + 80], ["Port Alder"], []))
    assert found.stated_actions == 9


def pdf(head, foot, size):
    """The profile as a PDF whose heads and feet are drawn after the text of each page, as browsers do."""
    out = io.BytesIO()

    def drawn(canvas, document):
        canvas.setFont("Helvetica", 8)
        canvas.drawCentredString(size[0] / 2, size[1] - 30, head)
        canvas.drawCentredString(size[0] / 2, 25, foot.format(page=document.page))

    document = BaseDocTemplate(out, pagesize=size, invariant=1)
    frame = Frame(60, 60, size[0] - 120, size[1] - 120)
    document.addPageTemplates(PageTemplate(frames=[frame], onPageEnd=drawn))
    story = []
    for line in filter(str.strip, LINES):
        style = ASIAN if any(sign > "\u2fff" for sign in line) else BODY
        story.append(Paragraph(line.replace("**", "").replace("&", "&amp;"), style))
    document.build(story)
    return out.getvalue()


@pytest.mark.parametrize("size", [A4, A5], ids=["A4", "A5"])
@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("Port Alder | CitiesWithNature city profile", "{page}"),
        ("Port Alder", "CitiesWithNature - Port Alder - {page}/9"),
    ],
)
def test_a_pdf_with_heads_and_feet(head, foot, size):
    reading = read_profile(pdf(head, foot, size), "port_alder.pdf")
    found = reading.profile
    assert found.name == "Port Alder"
    assert [one.title for one in found.actions] == [one.title for one in read(TEXT).actions]
    assert [step.number for step in found.pathway if step.uploads] == [1, 4]
    assert figures(found) == FIGURES
    assert found.not_understood == ()
    assert "action_count" not in [problem.code for problem in reading.problems]


def test_an_action_too_many_is_named():
    """A line of the page that was taken for an action is named, instead of an excuse."""
    stray = "Increase protected areas\n\nDescription of how city is taking action\n\n湿地"
    text = instead(stray, f"Guide to the harbour\n\nDescription of how city is taking action\n\nBoats.\n\n{stray}")
    [problem] = [one for one in read_profile(text.encode(), "port_alder.txt").problems if one.code == "action_count"]
    said = problem.sentence.text()
    assert "The overview counts 9 actions, 10 stand in this file." in said
    assert "“Guide to the harbour”" in said
    assert "after" not in said

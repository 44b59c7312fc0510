"""The reproducible packet: the same points elsewhere, the same bytes here, and no silence about what differs."""

from __future__ import annotations

import io
import json
import zipfile
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cbi
from cbi.assessment import Answer, Assessment, Entry, Reason
from cbi.comparison import score_years
from cbi.report import PacketError, SourceDetail, SourceFile, read_packet, write_packet
from cbi.report.archive import digest, pack
from tests.effort import examples


def digits(assessments, baseline=None):
    """Everything that a scorecard says in figures."""
    cards = [card.to_dict() for card in score_years(assessments, baseline)]
    return [{key: card[key] for key in ("city", "year", "points", "components", "indicators")} for card in cards]


def opened(data):
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return json.loads(archive.read("packet.json")), archive.read("answers.csv")


def changed(data, **parts):
    manifest, answers = opened(data)
    manifest |= parts
    return pack({"packet.json": json.dumps(manifest).encode(), "answers.csv": answers})


@pytest.mark.parametrize("baseline", [None, 2021])
def test_same_points_elsewhere(example, baseline):
    packet = read_packet(write_packet(example, baseline=baseline), "a.zip")
    assert packet.problems == ()
    assert packet.baseline == baseline
    assert digits(packet.assessments, packet.baseline) == digits(example, baseline)


def test_libo_too(libo):
    packet = read_packet(write_packet(libo), "a.zip")
    assert digits(packet.assessments) == digits(libo)


def test_same_answers_same_bytes(example):
    assert write_packet(example) == write_packet(example)


def test_the_manifest_pins_everything(example):
    detail = SourceDetail("Map", files=(SourceFile("map.pdf", "cd" * 32, 5),))
    manifest, answers = opened(write_packet(example, sources=[detail]))
    assert manifest["definitions"] == {name: cbi.edition(name).hash for name in ("2014", "2021")}
    assert manifest["answers"] == digest(answers)
    assert manifest["sources"][0]["files"] == [{"name": "map.pdf", "sha256": "cd" * 32, "size": 5}]
    assert [year["points"] for year in manifest["years"]] == [38, 63, 88]


def test_a_year_without_answers_comes_back():
    packet = read_packet(write_packet([Assessment("2021", "Town", 2026)]), "a.zip")
    assert packet.assessments == (Assessment("2021", "Town", 2026),)
    assert packet.problems == ()


def test_other_definitions_are_a_warning(libo):
    data = changed(write_packet(libo), definitions={"2021": "sha256:00"})
    [problem] = read_packet(data, "a.zip").problems
    assert (problem.severity, problem.code) == ("warning", "other_definitions")


def test_changed_answers_are_an_error(libo):
    manifest, answers = opened(write_packet(libo))
    tampered = answers.replace(b"22.49", b"29.49", 1)
    data = pack({"packet.json": json.dumps(manifest).encode(), "answers.csv": tampered})
    packet = read_packet(data, "a.zip")
    assert packet.problems[0].code == "answers_changed"
    assert packet.assessments


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"not a zip",
        pack({}),
        pack({"packet.json": b"{}", "answers.csv": b""}),
        pack({"packet.json": b"[" * 100_000, "answers.csv": b""}),
        pack({"packet.json": b'{"format": "cbi-packet", "version": 9}', "answers.csv": b""}),
        pack({"packet.json": b"\xff\xfe", "answers.csv": b""}),
    ],
    ids=["empty", "text", "no files", "no manifest", "deep", "newer", "no text"],
)
def test_what_is_no_packet_is_refused(data):
    with pytest.raises(PacketError) as refused:
        read_packet(data, "a.zip")
    assert "a.zip" in refused.value.sentence.text()


def test_a_bomb_is_not_unpacked():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("packet.json", b" " * 50_000_000)
        archive.writestr("answers.csv", b"")
    with pytest.raises(PacketError) as refused:
        read_packet(out.getvalue(), "a.zip")
    assert "too large" in refused.value.sentence.text()


def test_a_note_longer_than_a_cell_costs_no_figure():
    entry = Entry(Decimal("12"), note="n" * 100_000, source="=" * 6000)
    year = Assessment("2021", "Town", 2026, answers={"awareness": Answer({"events": entry}, note="m" * 6000)})
    packet = read_packet(write_packet([year]), "a.zip")
    assert packet.problems == ()
    assert digits(packet.assessments) == digits([year])


NOTES = st.text(st.characters(codec="utf-8", exclude_categories=["Cc"]), max_size=60)
AMOUNTS = st.decimals(0, 100_000, places=3)


@settings(max_examples=examples(40))
@given(amounts=st.lists(AMOUNTS, min_size=3, max_size=3), note=NOTES, reason=st.sampled_from(Reason))
def test_any_figures_and_notes(amounts, note, reason):
    area, part, events = amounts
    year = Assessment(
        "2021",
        "Town",
        2026,
        {"city_area": Entry(area, "km2", note=note)},
        {
            "natural_areas": Answer({"natural_area": Entry(part, "wan_mu", source=note)}),
            "awareness": Answer(finished=Entry(events)),
            "budget": Answer(reason=reason, note=note),
        },
    )
    packet = read_packet(write_packet([year]), "a.zip")
    assert digits(packet.assessments) == digits([year])

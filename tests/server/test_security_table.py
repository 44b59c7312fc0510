"""The table of docs/security.md: every requirement of level 1 once, and every place that it names is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "security.md").read_text("utf-8")

LEVEL_1 = {
    "1.2": (1, 2, 3, 4, 5), "1.3": (1, 2), "1.5": (1,), "2.1": (1,), "2.2": (1, 2), "2.3": (1,), "3.2": (1, 2),
    "3.3": (1,), "3.4": (1, 2), "3.5": (1, 2, 3), "4.1": (1,), "4.4": (1,), "5.2": (1, 2), "5.3": (1, 2), "6.1": (1,),
    "6.2": (1, 2, 3, 4, 5, 6, 7, 8), "6.3": (1, 2), "6.4": (1, 2), "7.2": (1, 2, 3, 4), "7.4": (1, 2), "8.1": (1,),
    "8.2": (1, 2), "8.3": (1,), "9.1": (1, 2, 3), "9.2": (1,), "10.4": (1, 2, 3, 4, 5), "11.3": (1, 2), "11.4": (1,),
    "12.1": (1,), "12.2": (1, 2), "13.4": (1,), "14.2": (1,), "14.3": (1,), "15.1": (1,), "15.2": (1,), "15.3": (1,),
}  # fmt: skip
"""The requirements of level 1 of ASVS 5.0.0, 70 in all, by section: from the table that OWASP publishes with it."""


def numbers() -> list[str]:
    """Give the numbers in the first column; ``6.2.1–6.2.8`` stands for all between."""
    found = []
    for cell in re.findall(r"^\| (\d[\d., –]*) \|", TEXT, re.MULTILINE):
        for part in cell.split(", "):
            first, _, last = part.partition("–")
            section, _, low = first.rpartition(".")
            high = int(last.rpartition(".")[2]) if last else int(low)
            found += [f"{section}.{number}" for number in range(int(low), high + 1)]
    return found


def test_every_requirement_of_level_1_stands_there_once():
    asked = [f"{section}.{number}" for section, all_ in LEVEL_1.items() for number in all_]
    assert len(asked) == 70
    listed = numbers()
    assert len(listed) == len(set(listed))
    assert set(asked) <= set(listed)
    assert set(listed) - set(asked) == {"6.8.1", "6.8.4", "10.1.2", "10.2.1", "10.5.1", "10.5.2", "10.5.3", "10.5.4"}


@pytest.mark.parametrize(
    "place", sorted(set(re.findall(r"`((?:cbi|tests|deploy|indicators|\.streamlit)/[^`]*)`", TEXT)))
)
def test_every_place_that_is_named_is_there(place):
    assert (ROOT / place).exists()


def test_what_is_met_has_a_place_and_a_test_or_says_why_not():
    for row in re.findall(r"^\| \d.*\|$", TEXT, re.MULTILINE):
        _, number, _, state, where, test, _ = [cell.strip() for cell in row.split("|")]
        assert state in ("met", "seen", "sign-in", "yours", "nothing", "partly", "no"), number
        if state == "met":
            assert where != "–", number
            assert test.startswith("`tests/"), number


def test_nginx_says_what_the_table_tells_of_it():
    lines = [line.strip() for line in (ROOT / "deploy" / "nginx.conf").read_text("utf-8").splitlines()]
    assert "ssl_protocols TLSv1.2 TLSv1.3;" in lines
    assert 'add_header Strict-Transport-Security "max-age=31536000" always;' in lines  # 365 days of 86 400 seconds
    assert "add_header X-Content-Type-Options nosniff always;" in lines
    assert "return 301 https://$host$request_uri;" in lines
    listens = [line for line in lines if line.startswith("listen ")]
    assert listens == ["listen 80;", "listen 443 ssl http2;"]
    starts = [number for number, line in enumerate(lines) if line.startswith("location ")]
    assert not any(line.startswith("add_header") for line in lines[starts[0] :])  # one in there would hide all others

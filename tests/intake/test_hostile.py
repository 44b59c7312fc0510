"""Hostile and broken files: one clear problem within 300 MB, and never a traceback.

That it comes within two seconds is measured in `benchmarks/test_intake.py`.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from cbi.i18n import LANGUAGES
from cbi.intake import FormKind, receive
from tests.intake.hostile import CORPUS

MEGABYTES = 300
ROOT = Path(__file__).parents[2]

WORST = [
    "a zip bomb", "a billion laughs", "a million empty rows", "a million empty cells", "a cell in the far corner",
    "16 384 columns, empty, many times", "repeated for ever in LibreOffice", "texts without end", "JSON without end",
    "a million empty rows below a template",
]  # fmt: skip


def test_there_are_enough_of_them() -> None:
    assert len(CORPUS) >= 40


@pytest.mark.parametrize("case", CORPUS)
def test_one_clear_problem(case: str) -> None:
    name, make, words = CORPUS[case]
    data = make()
    received = receive(data, name)
    errors = [problem for problem in received.problems if problem.severity == "error"]
    texts = [problem.sentence.text() for problem in errors]
    if not words:
        assert not texts
        assert received.items
        return
    assert any(words in text for text in texts), texts
    assert received.form is not FormKind.REFUSED or len(errors) == 1
    for problem in received.problems:
        assert "Traceback" not in problem.sentence.text()
        assert "/" not in problem.where
        assert all(problem.sentence.text(language) for language in LANGUAGES)


READER = """
import sys
from cbi.intake import receive
receive(open(sys.argv[1], "rb").read(), sys.argv[2])
peak = next(line for line in open("/proc/self/status") if line.startswith("VmHWM:"))
print(int(peak.split()[1]) / 1024)
"""


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak of memory is read where Linux tells it")
@pytest.mark.long
@pytest.mark.parametrize("case", WORST)
def test_the_worst_in_a_process_of_their_own(case: str, tmp_path: Path) -> None:
    """The whole process, with all that it imports, stays below 300 MB."""
    name, make, _ = CORPUS[case]
    file = tmp_path / "file"
    file.write_bytes(make())
    done = subprocess.run(
        [sys.executable, "-c", READER, str(file), name], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert float(done.stdout) < MEGABYTES

"""LibreOffice without its window: many workbooks in one conversion."""

import csv
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

import pytest

SOFFICE = shutil.which("soffice")
EVERY_SHEET = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"

needs_office = [pytest.mark.long, pytest.mark.skipif(SOFFICE is None, reason="LibreOffice (soffice) is not installed")]


def convert(files: list[Path], to: str, folder: Path) -> None:
    """Convert workbooks into ``folder``, with a profile of its own so that an open LibreOffice does not matter."""
    done = subprocess.run(
        [
            str(SOFFICE),
            f"-env:UserInstallation={(Path(tempfile.gettempdir()) / f'cbi-office-{os.getpid()}').as_uri()}",
            "--headless",
            "--convert-to",
            to,
            "--outdir",
            str(folder),
            *map(str, files),
        ],
        capture_output=True,
        text=True,
        check=True,
        timeout=170,
    )
    assert "rror" not in done.stdout + done.stderr, done.stdout + done.stderr


def calculated(books: dict[str, bytes], folder: Path) -> dict[str, dict[str, list[list[str]]]]:
    """Let LibreOffice calculate workbooks: the rows of every sheet, by the name of the workbook and of the sheet."""
    folder.mkdir()
    files = []
    for number, data in enumerate(books.values()):  # LibreOffice takes plain names in every locale
        files.append(folder / f"{number}.xlsx")
        files[-1].write_bytes(data)
    out = folder / "calculated"
    convert(files, EVERY_SHEET, out)
    found: dict[str, dict[str, list[list[str]]]] = {name: {} for name in books}
    for file in out.glob("*.csv"):
        book, sheet = re.fullmatch(r"(.+?)-(.+)", file.stem).groups()
        with file.open(encoding="utf-8", newline="") as text:
            found[list(books)[int(book)]][sheet] = list(csv.reader(text))
    return found

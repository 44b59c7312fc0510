"""The pictures in ``docs/screenshots`` are those of the pages that the app has, in both languages and themes."""

import re
from pathlib import Path

from cbi.i18n import LANGUAGES

ROOT = Path(__file__).parents[1]
PAGES = re.findall(r'^    \("(\w+)", mark', (ROOT / "app.py").read_text(encoding="utf-8"), re.MULTILINE)


def test_every_page_has_its_pictures_and_no_picture_is_left_of_a_page_that_is_gone() -> None:
    everybody_s = [page for page in PAGES if page != "people"]  # only in the menu where people sign in
    wanted = {
        f"{page}-{language}-{theme}.png"
        for page in everybody_s
        for language in LANGUAGES
        for theme in ("light", "dark")
    }
    assert {file.name for file in (ROOT / "docs" / "screenshots").glob("*.png")} == wanted

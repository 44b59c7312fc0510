"""Make the fonts of the report from the packages that Google Fonts are published in: ``make fonts``.

A PDF must look alike on every machine and be allowed to embed what it shows, so the program brings its own
fonts. Noto Sans (Latin, Greek, Cyrillic, Devanagari) is kept whole. Noto Sans SC is cut down: the regular weight
holds every character of GBK and those of the List of Commonly Used Standard Chinese Characters (2013) beyond it –
names of birds and plants need them – and the heavier weight, meant for headings, those of GB 2312. Hinting and
the tables for vertical text are left out. Beside the fonts stands ``coverage.txt``: what they can show.

Usage: ``python tools/subset_fonts.py FOLDER_OF_NOTO_SANS FOLDER_OF_NOTO_SANS_SC``, the two unpacked packages.
"""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

FONTS = Path(__file__).resolve().parents[1] / "cbi" / "report" / "fonts"
BEYOND_GBK = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠"
    "䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮"
)
FIRST_SEEN = 0x20
"""The space: what lies before it are control characters."""
WEIGHTS = {"400Regular": "gbk", "600SemiBold": "gb2312"}


def main(latin: Path, chinese: Path) -> None:
    """Write the four fonts, their licences and their coverage."""
    covered: set[int] = set()
    for weight, encoding in WEIGHTS.items():
        own = FONTS / f"NotoSans-{weight[3:]}.ttf"
        covered |= cut(latin / weight / f"NotoSans_{weight}.ttf", None, own)
        wanted = set(characters(encoding)) | {ord(sign) for sign in BEYOND_GBK}
        covered |= cut(chinese / weight / f"NotoSansSC_{weight}.ttf", wanted, FONTS / f"NotoSansSC-{weight[3:]}.ttf")
    shutil.copy(latin / "LICENSE_FONT", FONTS / "OFL-NotoSans.txt")
    shutil.copy(chinese / "LICENSE_FONT", FONTS / "OFL-NotoSansSC.txt")
    lines = (f"{first:04X}-{last:04X}\n" for first, last in ranges(sorted(covered)))
    (FONTS / "coverage.txt").write_text("".join(lines), encoding="ascii")


def characters(encoding: str) -> Iterator[int]:
    """Give every character that an encoding of Chinese can write, and plain ASCII."""
    for code in range(0x20, 0x10000):
        try:
            chr(code).encode(encoding)
        except UnicodeError:
            continue
        yield code


def cut(source: Path, wanted: set[int] | None, target: Path) -> set[int]:
    """Cut a font down to ``wanted`` characters (all of them for None); gives those that it holds then."""
    font = TTFont(source, recalcTimestamp=False)
    held = set(font.getBestCmap())
    kept = held if wanted is None else held & wanted
    options = subset.Options()
    options.hinting = False
    options.name_IDs = ["*"]
    options.layout_features = ["kern", "mark", "mkmk", "ccmp", "locl", "abvm", "blwm"] if wanted is None else ["kern"]
    options.drop_tables += ["vhea", "vmtx", "VORG"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=kept)
    cutter.subset(font)
    font.save(target)
    return {code for code in TTFont(target).getBestCmap() if code >= FIRST_SEEN}


def ranges(codes: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Join codes that follow one another."""
    first = last = -1
    for code in codes:
        if code != last + 1:
            if first >= 0:
                yield first, last
            first = code
        last = code
    yield first, last


if __name__ == "__main__":
    main(*map(Path, sys.argv[1:3]))

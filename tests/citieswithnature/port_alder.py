"""An invented profile, in the form of those that the platform gives, and what stands in it – typed by hand."""

from pathlib import Path

from cbi.citieswithnature import read_profile, suggested

TEXT = Path(__file__).with_name("port_alder.txt").read_text(encoding="utf-8")
LINES = TEXT.splitlines()

FIGURES = {
    ("profile.city_area", "", "84.50", "km2", 2025),
    ("profile.population", "", "412305", "", None),
    ("natural_areas", "natural_area", "54.25", "km2", 2025),
    ("natural_areas", "converted_area", "30.25", "km2", 2025),
    ("connectivity", "effective_mesh_size", "21.7", "km2", 2025),
    ("protected_areas", "number_of_areas", "12", "", 2025),
    ("protected_areas", "protected_area", "9.3", "km2", 2025),
    ("climate_regulation", "", "31.4", "", 2025),
    ("recreation", "park_area", "612.5", "ha", 2025),
    ("park_access", "", "63", "", 2025),
    ("institutional_capacity", "staff", "41", "", 2025),
    ("awareness", "events", "74", "", 2025),
}
"""Place, input, digits, unit and year of every figure that the profile tells the index."""


def read(text):
    """Read a text as a profile; fails if it is not taken for one."""
    reading = read_profile(text.encode(), "port_alder.txt")
    assert reading.profile is not None, reading.problems
    return reading.profile


def figures(profile):
    """The figures of a profile in the shape of FIGURES."""
    return {
        (one.place, one.input, str(one.entry.value), one.entry.unit, one.entry.data_year)
        for one in suggested(profile).items
        if one.entry is not None
    }


def with_line(after, *lines):
    """The text with lines put behind the first line that equals ``after``."""
    place = LINES.index(after) + 1
    return "\n".join([*LINES[:place], *lines, *LINES[place:]])


def instead(before, after):
    """The text with one part exchanged."""
    assert TEXT.count(before) == 1, before
    return TEXT.replace(before, after)

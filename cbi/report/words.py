"""The fixed words of the templates, by the keys that they are called with there."""

from __future__ import annotations

from collections.abc import Mapping

from cbi.i18n import mark, translate

_WORDS = {
    "title": mark("Report on the City Biodiversity Index"),
    "contents": mark("Contents"),
    "reading": mark("How to read this report"),
    "summary": mark("Where do we stand?"),
    "points": mark("points"),
    "components": mark("The three components"),
    "since": mark("Since the baseline"),
    "moved": mark("What moved most since the baseline"),
    "gains": mark("More points"),
    "losses": mark("Fewer points"),
    "no_gains": mark("No indicator has more points."),
    "no_losses": mark("No indicator has fewer points."),
    "missing": mark("What is missing, and who usually holds it"),
    "trust": mark("How far can this be trusted?"),
    "held_by": mark("Data held by"),
    "note": mark("Note"),
    "note_continued": mark("The whole note stands at the end of the report."),
    "note_on_sheet": mark("The whole note stands in the full report."),
    "years": mark("The city over the years"),
    "year": mark("Year"),
    "edition": mark("Edition"),
    "scored": mark("Scored"),
    "attainable": mark("Attainable"),
    "maximum": mark("Maximum"),
    "points_head": mark("Points"),
    "change": mark("Change"),
    "matrix": mark("Points indicator by indicator"),
    "matrix_note": mark("Every year under the rules of one edition. A dash: not scored, so nothing is compared."),
    "left_out": mark("Not compared, because one of the years has no points"),
    "planning": mark("What the score means, and what comes next"),
    "next": mark("The next point, and the last one"),
    "one_more": mark("One more takes"),
    "one_less": mark("One is lost by"),
    "firm": mark("How firm are the points?"),
    "edges": mark("Points that hang on rounding"),
    "why": mark("Why has the total changed?"),
    "surveys": mark("Real change, or more looking?"),
    "scenarios": mark("What if?"),
    "plans": mark("Plans that are kept"),
    "attention": mark("What needs attention"),
    "no_problems": mark("No errors and no warnings."),
    "actions": mark("What the city does"),
    "action": mark("Action"),
    "target": mark("Target"),
    "moves": mark("Indicators"),
    "platform": mark("For the CitiesWithNature platform"),
    "platform_note": mark(
        "In the order of the chapter “City Biodiversity Index” of the city's profile, to be carried over by hand."
    ),
    "method": mark("How the points come about"),
    "words": mark("What the words of trust mean"),
    "figures": mark("All figures as they were given"),
    "figures_note": mark("Numbers in square brackets stand for the sources in the next chapter."),
    "label": mark("Figure"),
    "value": mark("Value"),
    "quality": mark("Quality"),
    "source": mark("Source"),
    "sources": mark("Sources"),
    "no_sources": mark("No source is named yet."),
    "cited_by": mark("cited by"),
    "long_notes": mark("Long notes in full"),
    "profile_notes": mark("Notes on the profile"),
    "number": mark("No."),
    "indicator": mark("Indicator"),
    "page": mark("Page"),
    "all": mark("All indicators"),
    "over_years": mark("Over the years"),
    "tile_scored": mark("scored: one cell for each point"),
    "tile_possible": mark("not scored yet: points may still come"),
    "tile_closed": mark("cannot be scored this year, or does not apply"),
    "read_strip": mark(
        "Each strip shows the five bands of an indicator, from 0 to 4 points. The dark band is the one reached, the "
        "black triangle shows where in it the value lies, and the white diamond marks the points of the baseline."
    ),
    "read_missing": mark(
        "A dash means that there are no points. It never means zero: what is missing is left out of every total."
    ),
    "undrawn": mark(
        "The fonts of this report do not hold every script. {count} signs that they lack are shown as □; the data "
        "package holds the texts in full."
    ),
}  # fmt: skip


def words_of(language: str) -> Mapping[str, str]:
    """Give the fixed words of the templates in a language; ``undrawn`` keeps its field for the count."""
    return {key: translate(sentence, language) for key, sentence in _WORDS.items()}

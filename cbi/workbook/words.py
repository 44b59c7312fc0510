"""The words of the template: sheets, headings, steps, messages."""

from __future__ import annotations

from collections.abc import Mapping

from cbi.i18n import Sentence, say

SHEETS: Mapping[str, Sentence] = {
    "start": say("Start"),
    "profile": say("City profile"),
    "native_biodiversity": say("Native biodiversity"),
    "ecosystem_services": say("Ecosystem services"),
    "governance": say("Governance"),
}
"""What the sheets are called; a workbook takes 31 signs."""

HEADINGS: Mapping[str, Sentence] = {
    "number": say("No."),
    "indicator": say("Indicator"),
    "asked": say("What to enter"),
    "value": say("Value"),
    "unit": say("Unit"),
    "points": say("Points"),
    "last_time": say("Last time"),
    "reason": say("Why there is no value"),
    "data_year": say("Year of the data"),
    "quality": say("Quality"),
    "source": say("Source"),
    "note": say("Note"),
    "code": say("Code"),
}
SECTION = say("Part of the profile")
READ = say("Read")

YES, NO = say("yes"), say("no")

# What is asked

FINISHED = say("Or the finished value, if only that is known")
STEP = say("The highest step that is wholly true today")
WAY = say("Which of the measures counts")

HOW_TO_ENTER: Mapping[str, Sentence] = {
    "checklist": say("Answer yes or no in each row below."),
    "list of area": say("Put “;” between the figures, such as 410; 260; 180."),
}


def last_time_of(year: int) -> Sentence:
    """Head the column of last time's values."""
    return say("Last time ({year})", year=year)


def optional(label: str) -> Sentence:
    """Mark an input that is not needed for the points."""
    return say("{label} (optional)", label=label)


def with_help(label: object, help_text: object) -> Sentence:
    """Set the help of an input behind its label."""
    return say("{label}. {help}", label=label, help=help_text)


def one_after_another(first: object, second: object) -> Sentence:
    """Set two sentences one after the other."""
    return say("{first} {second}", first=first, second=second)


def on_profile(label: str) -> Sentence:
    """Name a figure that is shown beside an indicator and entered in the profile."""
    return say("{label} (entered on the sheet “{sheet}”)", label=label, sheet=SHEETS["profile"])


def at_indicator(label: str, number: int) -> Sentence:
    """Name a figure that is shown beside an indicator and entered at another one."""
    return say("{label} (entered at indicator {number})", label=label, number=number)


def earlier(label: str, year: str) -> Sentence:
    """Ask the count of an earlier year: ``baseline`` or ``previous``."""
    if year == "baseline":
        return say("{label}: the count of the baseline year", label=label)
    return say("{label}: the count of the previous survey", label=label)


# States

CHECK = say("check the figures")
INCOMPLETE = say("not complete yet")
REASON_GIVEN = say("reason given")
UNDERSTOOD, LOOK_AGAIN = "✓", "!"

# The start sheet

TITLE = say("City Biodiversity Index: workbook to fill in")
CITY, YEAR, EDITION, CONTACT = say("City"), say("Year"), say("Edition"), say("Contact")
WHAT_IT_IS = say("What this is")
ABOUT = (
    say("This workbook collects the figures from which the City Biodiversity Index of a city is worked out."),
    say("Each sheet holds one part. Fill in what you know and leave the rest empty: an empty cell is never a zero."),
)
HOW = say("How to fill it in")
STEPS = (
    say("1. Yellow cells take entries. All other cells are locked."),
    say("2. Enter numbers as plain numbers and choose the unit beside them."),
    say("3. Begin with the city profile: its areas, population and species counts are used by many indicators."),
    say("4. Where there is no value, choose the reason in the green row of the indicator and explain it in the note."),
    say("5. Add the year of the data, the quality and the source, so that every figure can be defended later."),
    say("6. “✓” means that an entry was understood; “!” that it needs another look: a number, its unit, 0 or more."),
    say(
        "7. Points appear while you fill in. They are provisional: the program works them out again when it reads this."
    ),
    say("8. Save the workbook as .xlsx and send it back to the contact below."),
)
THIS_WORKBOOK = say("This workbook")
SO_FAR = say("Points so far")
PART = say("Component")
SCORED = say("Indicators scored")
OF = say("Indicators in this workbook")
MOST = say("Points at most")
TOTAL = say("Total")
SUBTITLE = say("Fill in the yellow cells. Choose from the list where a cell offers one.")


def title_of(city: str) -> Sentence:
    """Head the workbook of a city."""
    return say("City Biodiversity Index: workbook of {city}", city=city)


def footer(page: str, pages: str) -> Sentence:
    """Number the printed pages."""
    return say("Page {page} of {pages}", page=page, pages=pages)


# What a cell says before and after a wrong entry, by kind: title (at most 32 signs), message (at most 255)

MESSAGES: Mapping[str, tuple[Sentence, Sentence]] = {
    "area": (say("An area"), say("A number, 0 or more, in digits. Choose its unit in the next cell.")),
    "people": (
        say("A number of people"),
        say("A number, 0 or more, in digits. Choose in the next cell what it counts."),
    ),
    "species": (say("A number of species"), say("A whole number, 0 or more. Leave it empty if it is not known.")),
    "count": (say("A count"), say("A whole number, 0 or more. Leave it empty if it is not known.")),
    "change": (say("A change"), say("A whole number. Put a minus sign before it if there are fewer than before.")),
    "money": (say("An amount of money"), say("A number, 0 or more, in digits. The currency stands in the next cell.")),
    "percent": (say("A share in percent"), say("A number from 0 to 100, such as 12.3 for 12.3 %.")),
    "amount": (say("A number"), say("A number, 0 or more, in digits.")),
    "list": (say("A list"), say("Choose from the list. To take an answer back, clear the cell.")),
    "unit": (say("A unit"), say("Choose from the list. The number stands in the cell before.")),
    "currency": (
        say("A currency"),
        say("Choose from the list, or write the code of another currency, such as KES or million KES."),
    ),
    "year": (say("A year"), say("Four digits, such as 2026.")),
}

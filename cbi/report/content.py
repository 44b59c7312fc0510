"""What a report says, as plain data: every text worded, every number written, every mark of a chart in its place.

Nothing is worked out after this: the templates only lay it out, and the same data give the same report.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from cbi.report.platform import PlatformChapter

if TYPE_CHECKING:
    from cbi.report.planning import PlanningChapter


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of two columns: what it is about, and what is said."""

    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Bar:
    """The points of a component or of the whole as a bar; ``alt`` says in words what it shows.

    ``before`` holds the points of the baseline where they can be set beside today's, else None. ``points_text`` is
    how the points are printed: a dash where nothing is scored, which is not zero.
    """

    title: str
    points: int
    attainable: int
    maximum: int
    highest: int
    before: int | None
    line: str
    change: str
    alt: str
    points_text: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The five bands of an indicator, 0 to 4 points: their labels (empty for a ladder) and where the city stands.

    ``place`` (0 to 1) is where in its band the value lies; ``before`` are the baseline's points, like for like.
    """

    labels: tuple[str, ...]
    reached: int | None
    place: float
    before: int | None
    alt: str


@dataclass(frozen=True, slots=True)
class Tile:
    """An indicator in the picture of the whole: its number, its points, and whether points may still come."""

    number: int
    points: int | None
    possible: bool


@dataclass(frozen=True, slots=True)
class Notice:
    """A problem in words; ``severity`` is a code of :class:`cbi.problems.Severity`."""

    severity: str
    called: str
    place: str
    text: str


@dataclass(frozen=True, slots=True)
class Note:
    """What the city wrote beside a figure; ``shortened`` if the whole stands among the long notes at the end."""

    about: str
    text: str
    shortened: bool = False


@dataclass(frozen=True, slots=True)
class PastYear:
    """An indicator in one year under the rules of the opened edition: its value or rung in words, and its points."""

    year: int
    value: str
    points: int | None


@dataclass(frozen=True, slots=True)
class IndicatorPart:
    """One indicator as a chapter shows it; ``value`` is as read, with its unit, or the rung, or why there is none.

    ``steps`` are its five bands or rungs from 0 to 4 points; ``about`` is what the single sheet says beyond that.
    """

    id: str
    number: int
    title: str
    question: str
    status: str
    value: str
    points: int | None
    points_text: str
    strip: Strip
    change: str
    facts: tuple[Fact, ...]
    notes: tuple[Note, ...]
    notices: tuple[Notice, ...]
    trust: str
    held_by: str
    steps: tuple[str, ...]
    past: tuple[PastYear, ...]
    about: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class ComponentPart:
    """A component with its total and its indicators."""

    id: str
    title: str
    bar: Bar
    indicators: tuple[IndicatorPart, ...]


@dataclass(frozen=True, slots=True)
class Missing:
    """An indicator that could still be scored this year, and who usually holds the data."""

    number: int
    title: str
    state: str
    held_by: str


@dataclass(frozen=True, slots=True)
class Summary:
    """The page for those who read one page only.

    ``gains`` and ``losses`` are the largest changes; ``gains_rest`` and ``losses_rest`` name the others by number.
    """

    figures: tuple[Fact, ...]
    bars: tuple[Bar, ...]
    longest: int
    bars_legend: str
    against: str
    gains: tuple[str, ...]
    gains_rest: str
    losses: tuple[str, ...]
    losses_rest: str
    missing_line: str
    missing: tuple[Missing, ...]
    missing_rest: str
    trust: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moved:
    """An indicator that moved since the baseline: its points in both years, and its values where it has some.

    ``alt`` says in words what its two rows of dots show.
    """

    number: int
    title: str
    change: str
    rises: bool
    before: int
    after: int
    value: str
    alt: str


@dataclass(frozen=True, slots=True)
class Holder:
    """An office to ask, and the missing indicators whose data it usually holds.

    ``indicators`` have their number as label and their title as text; ``numbers`` lists the numbers only.
    """

    office: str
    indicators: tuple[Fact, ...]
    numbers: str


@dataclass(frozen=True, slots=True)
class OnePage:
    """What stands on the one page beyond the summary; ``worst`` are errors first, then warnings."""

    moved: tuple[Moved, ...]
    moved_none: str
    moved_rest: str
    scored_again: str
    holders: tuple[Holder, ...]
    attention: str
    worst: tuple[Notice, ...]
    worst_rest: str
    trust: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A component over the years, like for like."""

    title: str
    points: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Lines:
    """Points over the years of the indicators that were scored in every one of them."""

    years: tuple[int, ...]
    lines: tuple[Line, ...]
    highest: int
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class Fall:
    """One step of the waterfall: an indicator and what its points changed by."""

    label: str
    change: int


@dataclass(frozen=True, slots=True)
class Waterfall:
    """From the points of the baseline to those of today, indicator by indicator, like for like."""

    start_label: str
    start: int
    end_label: str
    end: int
    steps: tuple[Fall, ...]
    caption: str
    alt: str


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """The points of an indicator in each year; None where it was not scored."""

    number: int
    title: str
    points: tuple[int | None, ...]
    change: str


@dataclass(frozen=True, slots=True)
class Years:
    """The city beside itself: its years as they were scored, and as far as they can be compared."""

    baseline: int
    table: tuple[tuple[str, ...], ...]
    lines: Lines | None
    waterfall: Waterfall | None
    matrix_years: tuple[int, ...]
    matrix: tuple[MatrixRow, ...]
    remarks: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ActionPart:
    """An action: its baseline, its target and the indicators that it moves are facts; ``updated`` says when it was."""

    title: str
    description: str
    updated: str
    facts: tuple[Fact, ...]


@dataclass(frozen=True, slots=True)
class CommitmentPart:
    """The actions under one commitment; ``title`` is empty where the city names none."""

    title: str
    actions: tuple[ActionPart, ...]


@dataclass(frozen=True, slots=True)
class ActionArea:
    """An action area with its commitments; ``title`` is empty where the city names none."""

    title: str
    commitments: tuple[CommitmentPart, ...]


@dataclass(frozen=True, slots=True)
class BriefArea:
    """An action area for readers of another language: rows of title, target and numbers of the indicators moved."""

    title: str
    rows: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True)
class Actions:
    """What the city does, area by area, in its own words or in brief; ``line`` counts it."""

    line: str
    areas: tuple[ActionArea, ...] = ()
    brief: tuple[BriefArea, ...] = ()


@dataclass(frozen=True, slots=True)
class Figure:
    """A row of the full data table; ``source`` holds numbers of the list of sources."""

    label: str
    figure: str
    year: str
    quality: str
    source: str


@dataclass(frozen=True, slots=True)
class FigureGroup:
    """The figures given in the profile or under one indicator, and what came of them."""

    title: str
    outcome: str
    rows: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class CitedFile:
    """A file beside a source: its name and its SHA-256 in hexadecimal."""

    name: str
    digest: str


@dataclass(frozen=True, slots=True)
class Cited:
    """A source by its number in the report, with what is known of it and where it is cited.

    ``link`` is an address of the web, or empty.
    """

    number: int
    title: str
    detail: str
    link: str
    files: tuple[CitedFile, ...]
    cited_by: str


@dataclass(frozen=True, slots=True)
class Report:
    """A whole report. ``words`` holds the fixed words of the templates by their keys."""

    language: str
    city: str
    year: int | None
    edition: str
    edition_title: str
    heading: str
    issued: date | None
    fingerprint: str
    program: str
    points: int
    maximum: int
    attainable: int
    total: Bar
    cover_line: str
    tiles: tuple[tuple[Tile, ...], ...]
    tiles_titles: tuple[str, ...]
    tiles_alt: str
    summary: Summary
    page: OnePage
    short_page: OnePage
    components: tuple[ComponentPart, ...]
    missing: tuple[tuple[str, tuple[Missing, ...]], ...]
    years: Years | None
    planning: PlanningChapter | None
    notices: tuple[Notice, ...]
    trust: tuple[Fact, ...]
    actions: Actions
    platform: PlatformChapter
    method: tuple[Fact, ...]
    figures: tuple[FigureGroup, ...]
    profile_notes: tuple[Note, ...]
    sources: tuple[Cited, ...]
    long_notes: tuple[Note, ...]
    words: Mapping[str, str]

"""A figure and, beside it, a reason why there is none: the two contradict one another, so it is asked which holds."""

from __future__ import annotations

from cbi.assessment import Reason
from cbi.i18n import Listing, say
from cbi.intake import words
from cbi.intake.model import Line, Option, Question
from cbi.labels import REASONS

FIGURE, NO_FIGURE, BOTH = "figure", "reason", "both"
"""The answers: the figure holds, there is none, or both stay as they stand."""

ALL = "figure_or_reason"
"""What answers all such questions of a file at once."""


def reason_on(line: Line) -> Reason | None:
    """Give the reason that stands in the column for it; None where none is known."""
    text = line.text("reason")
    return words.reason_of(text) if text else None


def contradicts(reason: Reason | None) -> bool:
    """Tell whether a figure cannot stand beside a reason; “not started” says no more than that nobody has looked."""
    return reason not in (None, Reason.NOT_STARTED)


def which_holds(line: Line, label: str, figure: str | Listing, reason: Reason) -> Question:
    """Ask whether the figure of a line holds, or the reason beside it; each line is asked about by itself."""
    where, found = line.where("reason"), line.text("reason")
    return Question(
        f"{where}#{ALL}",
        f"{ALL}:{where}",
        where,
        line.place,
        line.name,
        label,
        found,
        say(
            "{label}: {figure} stands beside “{found}”, which says that there is no figure. Which holds?",
            label=label,
            figure=figure,
            found=found,
        ),
        (
            Option(FIGURE, say("the figure: {figure}", figure=figure)),
            Option(NO_FIGURE, say("no figure: {reason}", reason=REASONS[reason])),
            Option(BOTH, say("both for now: the figure is scored, with a warning")),
        ),
    )

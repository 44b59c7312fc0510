"""Reading what people send back: our workbooks, plain tables, forms of their own; shown before anything changes.

:func:`receive` says what a file holds, :func:`preview` sets it beside what stands now, and :func:`applied` gives
the assessment with what was agreed to. None of them saves anything.
"""

from cbi.intake.mapping import FormMapping, MappingError, SheetMapping, Target
from cbi.intake.model import FormKind, Item, Option, Question, Received, Statement
from cbi.intake.preview import Conflict, Effect, Preview, Proposal, applied, preview
from cbi.intake.receiving import named, receive, receive_each
from cbi.intake.suggesting import Suggestion, suggest, suggested_mapping

__all__ = [
    "Conflict",
    "Effect",
    "FormKind",
    "FormMapping",
    "Item",
    "MappingError",
    "Option",
    "Preview",
    "Proposal",
    "Question",
    "Received",
    "SheetMapping",
    "Statement",
    "Suggestion",
    "Target",
    "applied",
    "named",
    "preview",
    "receive",
    "receive_each",
    "suggest",
    "suggested_mapping",
]

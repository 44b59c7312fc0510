"""What the export holds beside figures, as a report says it: warnings, actions, sources, method."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cbi.definitions import edition
from cbi.i18n import Sentence, listed
from cbi.report.content import Report
from cbi.report.plain import Action
from cbi.workbook import export_words as words


@dataclass(frozen=True, slots=True)
class ToldSheet:
    """A sheet of texts: its name, its title, and a table with the widths of its columns in digits."""

    id: str
    name: Sentence
    title: Sentence
    heads: Sequence[Sentence]
    rows: Sequence[Sequence[object]]
    widths: Sequence[float]


def told_sheets(content: Report, actions: Sequence[Action], language: str) -> Iterator[ToldSheet]:
    """Give the sheets of texts; one that would be empty is left out."""
    warnings = [(one.called, one.place, one.text) for one in content.notices]
    doing = [_action(one, content.edition, language) for one in actions]
    sources = [
        (one.number, one.title, one.detail, "\n".join(f"{file.name} {file.digest}" for file in one.files), one.cited_by)
        for one in content.sources
    ]
    method = [(one.label, one.text) for one in content.method]
    city = content.city
    sheets = (
        ToldSheet(
            "warnings", words.WARNINGS, words.what_needs_attention(city), words.WARNING_COLUMNS, warnings, (12, 46, 90)
        ),
        ToldSheet(
            "actions", words.ACTIONS, words.what_it_does(city), words.ACTION_COLUMNS, doing,
            (26, 30, 40, 70, 12, 50, 12, 50, 12, 30),
        ),
        ToldSheet(
            "sources", words.SOURCES, words.where_figures_come_from(city), words.SOURCE_COLUMNS, sources,
            (6, 70, 50, 40, 24),
        ),
        ToldSheet("method", words.METHOD, words.HOW_POINTS_COME_ABOUT, words.METHOD_COLUMNS, method, (28, 110)),
    )  # fmt: skip
    yield from (sheet for sheet in sheets if sheet.rows)


def _action(one: Action, asked: str, language: str) -> Sequence[object]:
    """Give an action as a line; the indicators that it moves by their numbers in the edition."""
    moved = sorted(found.number for name in one.indicators if (found := edition(asked, language).find(name)))
    said = (one.description, one.baseline, one.target)
    days = [part.updated.isoformat() if part.updated else "" for part in said]
    texts = [cell for part, day in zip(said, days, strict=True) for cell in (part.text, day)]
    return [one.area, one.commitment, one.title, *texts, listed(map(str, moved)).text(language) if moved else ""]

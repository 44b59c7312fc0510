"""What a reader is shown of a preview: equal proposals as one, and the record that is saved with a figure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cbi.assessment import Assessment, Entry
from cbi.i18n import Sentence, say
from cbi.intake.merging import content_after, content_now
from cbi.intake.model import Content, Item, Statement
from cbi.intake.preview import NOTHING, Preview, Proposal
from cbi.labels import QUALITIES
from cbi.workbook.words import HEADINGS

RECORD = ("data_year", "quality", "source", "note")
"""What stands beside a figure, as the template calls its columns."""


@dataclass(frozen=True, slots=True)
class RecordChange:
    """One part of the record that is saved with a figure: what stands there now and what will."""

    part: str
    before: str | Sentence
    after: str | Sentence

    @property
    def title(self) -> Sentence:
        """What people call this part."""
        return HEADINGS[self.part]

    @property
    def value(self) -> str | Sentence:
        """What will stand there, with what stood there before where that is another."""
        if self.before in ("", self.after):
            return self.after
        return say("{before} → {after}", before=self.before, after=self.after or NOTHING)


@dataclass(frozen=True, slots=True)
class Change:
    """One change that a reader decides on: all proposals that make the same of the same thing.

    Two departments that send the same figure are one change, with a cell in each of their files.
    """

    proposals: tuple[Proposal, ...]
    record: tuple[RecordChange, ...]

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of its proposals."""
        return tuple(one.id for one in self.proposals)

    @property
    def first(self) -> Proposal:
        """The proposal that speaks for all."""
        return self.proposals[0]

    @property
    def found(self) -> str:
        """What was found, each text once."""
        return " / ".join(dict.fromkeys(one.item.found for one in self.proposals))

    def places(self, *, with_file: bool) -> tuple[str, ...]:
        """Name its cells, each with its file where several were sent."""
        return tuple(place_of(one, with_file=with_file) for one in self.proposals)


def place_of(one: Proposal, *, with_file: bool) -> str:
    """Name the cell of a proposal: ``Governance!D17``, or ``finance.xlsx Governance!D17``.

    The place in a plain table is the name of the file already.
    """
    where = one.item.where
    return f"{one.file} {where}" if with_file and not where.startswith(one.file) else where


def are_several(shown: Preview) -> bool:
    """Tell whether a preview is made of several files, so that a cell must name its own."""
    return len({one.file for one in shown.proposals}) > 1


def changes_of(shown: Preview) -> tuple[Change, ...]:
    """Give every change of a preview once, in the order of the files."""
    groups: dict[tuple[tuple[str, str], str], list[Proposal]] = {}
    for one in shown.changes:
        groups.setdefault((one.item.target, str(one.after)), []).append(one)
    return tuple(Change(tuple(group), record_of(shown.now, [one.item for one in group])) for group in groups.values())


def record_of(now: Assessment, items: Sequence[Item]) -> tuple[RecordChange, ...]:
    """Give the record that is saved with a figure or a statement, part by part; what stays empty is left out.

    ``items`` speak of the same thing, and each adds to the one before.
    """
    before = content_now(now, items[0])
    after = before
    for item in items:
        after = content_after(after, item.content)
    old, new = _parts(before), _parts(after)
    return tuple(
        RecordChange(part, old.get(part, ""), new.get(part, "")) for part in RECORD if old.get(part) or new.get(part)
    )


def _parts(content: Content | None) -> dict[str, str | Sentence]:
    if isinstance(content, Entry):
        year = str(content.data_year) if content.data_year is not None else ""
        quality = QUALITIES[content.quality] if content.quality is not None else ""
        return {"data_year": year, "quality": quality, "source": content.source, "note": content.note}
    if isinstance(content, Statement):
        return {"source": content.source, "note": content.note}
    return {}

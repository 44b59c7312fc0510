"""The preview and the suggestions as text for people, and as data for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any

from cbi.assessment import Assessment
from cbi.i18n import Sentence, listed_apart, say, translate
from cbi.intake.forms import Field, UnknownForm
from cbi.intake.kept_forms import KeptForm
from cbi.intake.mapping import FormMapping, left_out
from cbi.intake.model import Question, Received
from cbi.intake.preview import Conflict, Effect, Preview, Proposal, State
from cbi.intake.shown import Change, RecordChange, are_several, changes_of, place_of, record_of
from cbi.intake.suggesting import Suggestion, suggest, suggested_mapping
from cbi.terminal import clipped, table

NARROW, WIDE = 26, 34

_HEAD = (say("Cell"), say("What"), say("Found"), say("Now"), say("Becomes"), say("Points"))


def words(text: str | Sentence, language: str) -> str:
    """Put a text or a sentence into the reader's language, on one line."""
    return " ".join((text.text(language) if isinstance(text, Sentence) else text).split())


def preview_text(shown: Preview, language: str) -> str:
    """Put a preview into words: each change with its cell, what disagrees side by side, what is asked."""
    now = shown.now
    title = say("{city} {year}, {edition} edition", city=now.city or "–", year=now.year or "–", edition=now.edition)
    blocks = [title.text(language)]
    several = are_several(shown)
    changes = changes_of(shown)
    if changes:
        blocks.append(table([one.text(language) for one in _HEAD], [_row(one, several, language) for one in changes]))
    blocks.append(_records_text(changes, several, language))
    unchanged = sum(one.state is State.UNCHANGED for one in shown.proposals)
    if unchanged:
        blocks.append(say("Unchanged: {count}", count=unchanged).text(language))
    blocks += [_conflict_text(conflict, now, language) for conflict in shown.conflicts]
    blocks += [_question_text(question, language) for question in shown.questions]
    for group, count in Counter(question.group for question in shown.questions).items():
        if count > 1:
            at_once = say("One answer for all {count} such cells: --answer '{group}=…'", count=count, group=group)
            blocks.append(at_once.text(language))
    before, after = shown.before.total, shown.after.total
    blocks.append(
        say(
            "Points: {before} of {attainable_before} → {after} of {attainable_after}",
            before=before.points,
            attainable_before=before.attainable,
            after=after.points,
            attainable_after=after.attainable,
        ).text(language)
    )
    return "\n\n".join(block for block in blocks if block)


def _row(change: Change, several: bool, language: str) -> list[str]:
    one = change.first
    where = ", ".join(change.places(with_file=several))
    texts = (where, one.item.label, change.found, words(one.now, language), words(one.after, language))
    cells = [clipped(words(text, language), NARROW if place else WIDE) for place, text in enumerate(texts)]
    return [*cells, effects_text(one.effects)]


def _records_text(changes: Iterable[Change], several: bool, language: str) -> str:
    """Write out what is saved beside the figures; of a figure that several files give, all of its cells."""
    lines = []
    for change in changes:
        places = change.places(with_file=several)
        if not change.record and len(places) == 1:
            continue
        lines.append(f"{', '.join(places)}  {words(change.first.item.label, language)}")
        lines += [f"  {record_text(one, language)}" for one in change.record]
    title = translate("Saved beside the figures:", language)
    return "\n".join([title, *lines]) if lines else ""


def record_text(one: RecordChange, language: str) -> str:
    """Write one part of a record: ``Source: accounts``."""
    said = say("{title}: {value}", title=one.title, value=words(one.value, language))
    return said.text(language)


def effects_text(effects: Iterable[Effect]) -> str:
    """Write the points that change, by the number of the indicator: ``1: – → 4``."""
    return ", ".join(
        f"{one.number}: {_points(one.before)} → {_points(one.after)}" for one in effects if one.before != one.after
    )


def _points(points: int | None) -> str:
    return "–" if points is None else str(points)


def _conflict_text(conflict: Conflict, now: Assessment, language: str) -> str:
    lines = [
        say("{label}: the files disagree. Now: {now}. Choose one:", label=conflict.label, now=conflict.now).text(
            language
        )
    ]
    for one in conflict.proposals:
        points = effects_text(one.effects)
        where = place_of(one, with_file=True)
        lines.append(f"  {where}  {words(one.after, language)}  {points}".rstrip())
        lines += [f"    {record_text(part, language)}" for part in record_of(now, [one.item])]
        lines.append(f"    --choose '{conflict.id}={one.id}'")
    return "\n".join(lines)


def _question_text(question: Question, language: str) -> str:
    lines = [f"{question.where}  {question.label}", f"  {question.sentence.text(language)}"]
    lines += [f"    --answer '{question.id}={one.key}'  {words(one.meaning, language)}" for one in question.options]
    return "\n".join(lines)


def preview_data(shown: Preview, language: str) -> dict[str, Any]:
    """Give a preview as data for programs."""
    now = shown.now
    return {
        "city": now.city,
        "year": now.year,
        "edition": now.edition,
        "points": {"before": shown.before.total.points, "after": shown.after.total.points},
        "items": [_proposal_data(one, shown, language) for one in shown.proposals],
        "conflicts": [
            {"id": one.id, "label": one.label, "proposals": [proposal.id for proposal in one.proposals]}
            for one in shown.conflicts
        ],
        "questions": [_question_data(one, language) for one in shown.questions],
    }


def _proposal_data(one: Proposal, shown: Preview, language: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "file": one.file,
        "where": one.item.where,
        "place": one.item.place,
        "input": one.item.input,
        "label": one.item.label,
        "found": one.item.found,
        "state": one.state.value,
        "now": words(one.now, language),
        "becomes": words(one.after, language),
        "record": {
            part.part: {"now": words(part.before, language), "becomes": words(part.after, language)}
            for part in record_of(shown.now, [one.item])
        },
        "points": [
            {"number": effect.number, "id": effect.indicator, "before": effect.before, "after": effect.after}
            for effect in one.effects
        ],
    }


def _question_data(one: Question, language: str) -> dict[str, Any]:
    return {
        "id": one.id,
        "group": one.group,
        "where": one.where,
        "place": one.place,
        "input": one.input,
        "found": one.found,
        "question": one.sentence.text(language),
        "options": {option.key: words(option.meaning, language) for option in one.options},
    }


MOST_NAMED = 6
"""Fields left out that are named one by one; the rest is counted."""


def form_text(name: str, form: UnknownForm, mapping: FormMapping, kept: KeptForm | None, language: str) -> str:
    """Say with which mapping a form was read, and which of its fields are not read."""
    lines = [read_with(name, mapping, kept).text(language)]
    left = left_out(form, mapping)
    if left:
        lines.append(not_read(left).text(language))
    return "\n".join(lines)


def read_with(name: str, mapping: FormMapping, kept: KeptForm | None) -> Sentence:
    """Say with which mapping a form was read, and whose it is where it was kept."""
    if kept is None:
        return say("{file}: read with the mapping that was given.", file=name)
    return say(
        "{file}: read with the mapping that {person} gave for “{name}”.",
        file=name,
        person=kept.person,
        name=mapping.name or "–",
    )


def not_read(left: Sequence[Field]) -> Sentence:
    """Count and name the fields of a form that its mapping does not read."""
    named = listed_apart(words(field.label, "en") for field in left[:MOST_NAMED])
    if len(left) > MOST_NAMED:
        return say("Fields that are not read: {count}, among them {names}", count=len(left), names=named)
    return say("Fields that are not read: {count} ({names})", count=len(left), names=named)


def form_data(name: str, form: UnknownForm, mapping: FormMapping) -> dict[str, Any]:
    """Give the mapping that a form was read with as data for programs, with the fields that it does not read."""
    return {
        "file": name,
        "fingerprint": form.fingerprint,
        "not_read": [{"where": field.where, "label": field.label} for field in left_out(form, mapping)],
        "mapping": mapping.to_dict(),
    }


def unknown_form(received: Received, language: str) -> str:
    """List what the fields of an unknown form may be, the likeliest of each."""
    if received.unknown is None:
        return ""
    title = say("{file}: a form that is not known yet", file=received.name).text(language)
    lines = [
        f"{one.where}  {clipped(words(one.label, language), WIDE)}  =  {one.target.owner}.{one.target.name}\n"
        f"    {words(one.why, language)}"
        for one in _best(suggest(received.unknown, received.edition, language))
    ]
    if not lines:
        return f"{title}\n" + translate("Nothing in it is called like anything in the index.", language)
    return "\n".join([title, "", *lines])


def unknown_data(received: Received, language: str) -> dict[str, Any]:
    """Give an unknown form as data for programs, with a mapping to correct and use."""
    if received.unknown is None:
        return {}
    suggestions = suggest(received.unknown, received.edition, language)
    return {
        "file": received.name,
        "fingerprint": received.unknown.fingerprint,
        "suggestions": [
            {
                "where": one.where,
                "label": one.label,
                "owner": one.target.owner,
                "input": one.target.name,
                "likeness": one.likeness,
                "why": one.why.text(language),
            }
            for one in suggestions
        ],
        "mapping": suggested_mapping(received.unknown, received.edition, suggestions).to_dict(),
    }


def _best(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    """Keep the likeliest of each field."""
    best: dict[tuple[str, str], Suggestion] = {}
    for one in suggestions:
        best.setdefault((one.sheet, one.key), one)
    return list(best.values())

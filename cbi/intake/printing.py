"""The preview and the suggestions as text for people, and as data for programs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Any

from cbi.i18n import Sentence, say, translate
from cbi.intake.model import Question, Received
from cbi.intake.preview import Conflict, Effect, Preview, Proposal, State
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
    several = len({one.file for one in shown.proposals}) > 1
    rows = [_row(one, several, language) for one in shown.changes]
    if rows:
        blocks.append(table([one.text(language) for one in _HEAD], rows))
    unchanged = sum(one.state is State.UNCHANGED for one in shown.proposals)
    if unchanged:
        blocks.append(say("Unchanged: {count}", count=unchanged).text(language))
    blocks += [_conflict_text(conflict, language) for conflict in shown.conflicts]
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
    return "\n\n".join(blocks)


def _row(one: Proposal, several: bool, language: str) -> list[str]:
    where = f"{one.file} {one.item.where}" if several else one.item.where
    texts = (where, one.item.label, one.item.found, words(one.now, language), words(one.after, language))
    cells = [clipped(words(text, language), NARROW if place else WIDE) for place, text in enumerate(texts)]
    return [*cells, effects_text(one.effects)]


def effects_text(effects: Iterable[Effect]) -> str:
    """Write the points that change, by the number of the indicator: ``1: – → 4``."""
    return ", ".join(
        f"{one.number}: {_points(one.before)} → {_points(one.after)}" for one in effects if one.before != one.after
    )


def _points(points: int | None) -> str:
    return "–" if points is None else str(points)


def _conflict_text(conflict: Conflict, language: str) -> str:
    lines = [
        say("{label}: the files disagree. Now: {now}. Choose one:", label=conflict.label, now=conflict.now).text(
            language
        )
    ]
    for one in conflict.proposals:
        points = effects_text(one.effects)
        where = f"{one.file} {one.item.where}"
        lines.append(f"  {where}  {words(one.after, language)}  {points}".rstrip())
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
        "items": [_proposal_data(one, language) for one in shown.proposals],
        "conflicts": [
            {"id": one.id, "label": one.label, "proposals": [proposal.id for proposal in one.proposals]}
            for one in shown.conflicts
        ],
        "questions": [_question_data(one, language) for one in shown.questions],
    }


def _proposal_data(one: Proposal, language: str) -> dict[str, Any]:
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

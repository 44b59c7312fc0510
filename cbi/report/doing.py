"""What the city does: its actions under their areas and commitments, each statement with a day of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cbi.i18n import say, translate, translate_number
from cbi.report.content import ActionArea, ActionPart, Actions, CommitmentPart, Fact
from cbi.report.plain import Action, Said
from cbi.report.setting import Setting
from cbi.report.telling import indicator_names


def actions_of(setting: Setting, actions: Iterable[Action]) -> Actions:
    """Put the city's actions into words, in their order: area, commitment, action with the indicators it moves."""
    told = tuple(actions)
    areas = groupby(told, lambda action: action.area)
    return Actions(
        _counted(told, setting.language) if told else "",
        tuple(ActionArea(area, tuple(_commitments(setting, list(group)))) for area, group in areas),
    )


def _commitments(setting: Setting, actions: Sequence[Action]) -> Iterator[CommitmentPart]:
    """Group the actions of an area; those without a commitment are set apart from those before them."""
    first = True
    for commitment, group in groupby(actions, lambda action: action.commitment):
        title = commitment if commitment or first else translate("Other actions", setting.language)
        yield CommitmentPart(title, tuple(_action(setting, action) for action in group))
        first = False


def _action(setting: Setting, action: Action) -> ActionPart:
    language = setting.language
    target = action.target
    if target.text and same_words(target.text, action.description.text):
        target = Said(translate("as described above", language), target.updated)
    lines = (
        (say("Baseline of the action"), _dated(action.baseline, language)),
        (say("Target"), _dated(target, language)),
        (say("Moves the indicators"), indicator_names(setting, action.indicators)),
    )
    facts = tuple(Fact(label.text(language), text) for label, text in lines if text)
    updated = _updated(action.description, language) if action.description.text else ""
    title = action.title or translate("without a title", language)
    return ActionPart(title, action.description.text, updated, facts)


def _dated(said: Said, language: str) -> str:
    """Give what is said with the day on which just this was updated."""
    updated = _updated(said, language)
    if not said.text or not updated:
        return said.text
    return say("{text} ({updated})", text=said.text, updated=updated).text(language)


def _updated(said: Said, language: str) -> str:
    return say("updated {day}", day=said.updated.isoformat()).text(language) if said.updated else ""


def _counted(actions: Sequence[Action], language: str) -> str:
    """Say how many actions there are, and how many can be measured by where they begin and where they lead."""
    count = len(actions)
    return translate_number(
        "{count} action. With a baseline: {baselines}; with a target: {targets}.",
        "{count} actions. With a baseline: {baselines}; with a target: {targets}.",
        count,
        language,
    ).format(
        count=count,
        baselines=sum(bool(action.baseline.text) for action in actions),
        targets=sum(bool(action.target.text) for action in actions),
    )


def same_words(one: str, other: str) -> bool:
    """Tell whether two texts say the same in the same words, whatever their spaces, case and marks."""
    return _letters(one) == _letters(other)


def _letters(text: str) -> str:
    return "".join(sign for sign in unicodedata.normalize("NFKC", text).casefold() if sign.isalnum())

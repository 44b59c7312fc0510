"""What the city does: its actions under their areas and commitments, each statement with a day of its own."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from cbi.i18n import say, translate, translate_number
from cbi.report.content import ActionArea, ActionPart, Actions, BriefArea, CommitmentPart, Fact
from cbi.report.plain import Action, Said
from cbi.report.setting import Setting
from cbi.report.telling import clipped, indicator_names

SHOWN_SIGNS = 150
"""Signs of a target that a report in another language shows."""


def actions_of(setting: Setting, actions: Iterable[Action]) -> Actions:
    """Put the city's actions into words, in their order: area, commitment, action with the indicators it moves.

    They are the city's own words. Where these are written in another script than the report, its reader gets what can
    be looked up – title, target, indicators – and is told where the whole stands.
    """
    told = tuple(actions)
    areas = [(area, list(group)) for area, group in groupby(told, lambda action: action.area)]
    line = _counted(told, setting.language) if told else ""
    if not _is_foreign(told, setting.language):
        return Actions(line, tuple(ActionArea(area, tuple(_commitments(setting, group))) for area, group in areas))
    brief = translate(
        "They stand here in the language they were written in, with title, target and indicators only. The "
        "whole texts are in the report in that language, in the workbook and in the open data.",
        setting.language,
    )
    rows = tuple(BriefArea(area, tuple(_brief(setting, action) for action in group)) for area, group in areas)
    return Actions(f"{line}\n{brief}", brief=rows)


def _is_foreign(actions: Iterable[Action], language: str) -> bool:
    """Tell whether most letters of the actions belong to another script than that of a language."""
    said = (part for one in actions for part in (one.title, one.description.text, one.baseline.text, one.target.text))
    letters = [sign for text in said for sign in text if sign.isalpha()]
    chinese = sum(unicodedata.east_asian_width(sign) in "WF" for sign in letters)
    # A Chinese character says what two or three Latin letters say.
    return bool(letters) and (2 * chinese < len(letters) - chinese) == (language == "zh_Hans")


def _brief(setting: Setting, action: Action) -> tuple[str, str, str]:
    """Give title, target and the numbers of the indicators that an action moves."""
    found = [setting.edition.find(name) for name in action.indicators]
    numbers = sorted({one.number for one in found if one is not None})
    title = action.title or translate("without a title", setting.language)
    return title, clipped(action.target.text, SHOWN_SIGNS), ", ".join(map(str, numbers))


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

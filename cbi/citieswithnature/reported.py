"""The actions of a profile as a report takes them."""

from __future__ import annotations

from cbi.citieswithnature.catalogue import Catalogue
from cbi.citieswithnature.records import Action, Commitment, Profile, Statement
from cbi.report.plain import Action as ReportedAction


def reported_actions(profile: Profile, known: Catalogue) -> tuple[ReportedAction, ...]:
    """Give every action with its commitment and the indicators that it moves, in the order of the profile.

    Titles that the mapping knows are in its language. A commitment whose heading is lost is called by the mapping
    where the action is known; days are ISO dates.
    """
    return tuple(
        ReportedAction(
            title=known.called(action.title),
            commitment=_commitment(commitment, action, known),
            description=action.description,
            baseline=_text(action.baseline),
            target=_text(action.target),
            date=action.last_update.isoformat() if action.last_update else "",
            indicators=known.moved_by(action),
        )
        for commitment in profile.commitments
        for action in commitment.actions
    )


def _commitment(commitment: Commitment, action: Action, known: Catalogue) -> str:
    entry = known.action(action.title)
    if commitment.title or entry is None:
        return known.commitment_called(commitment)
    return next(one.title for one in known.platform.commitments if one.id == entry.commitment)


def _text(statement: Statement | None) -> str:
    return statement.text if statement else ""

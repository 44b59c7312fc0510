"""The actions of a profile as a report takes them."""

from __future__ import annotations

from cbi.citieswithnature.catalogue import Catalogue
from cbi.citieswithnature.records import Action, Commitment, Profile, Statement
from cbi.report.plain import NOTHING, Said
from cbi.report.plain import Action as ReportedAction


def reported_actions(profile: Profile, known: Catalogue) -> tuple[ReportedAction, ...]:
    """Give every action with its area, its commitment and the indicators that it moves, in the order of the profile.

    Titles that the mapping knows are in its language. A commitment whose heading is lost is called by the mapping
    where the action is known. Description, baseline and target each keep the day of their own last update.
    """
    return tuple(
        ReportedAction(
            title=known.called(action.title),
            area=known.area_called(area),
            commitment=_commitment(commitment, action, known),
            description=Said(action.description, action.updated),
            baseline=_said(action.baseline),
            target=_said(action.target),
            indicators=known.moved_by(action),
        )
        for area in profile.areas
        for commitment in area.commitments
        for action in commitment.actions
    )


def _commitment(commitment: Commitment, action: Action, known: Catalogue) -> str:
    entry = known.action(action.title)
    if commitment.title or entry is None:
        return known.commitment_called(commitment)
    return next(one.title for one in known.platform.commitments if one.id == entry.commitment)


def _said(statement: Statement | None) -> Said:
    return Said(statement.text, statement.updated) if statement else NOTHING

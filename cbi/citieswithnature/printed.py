"""A profile and what it suggests as data for programs: what ``profile FILE --json`` prints."""

from __future__ import annotations

from typing import Any

from cbi.citieswithnature.accepting import Suggestion
from cbi.citieswithnature.catalogue import Catalogue
from cbi.citieswithnature.data import to_data
from cbi.citieswithnature.reading import ProfileReading
from cbi.citieswithnature.suggestions import Suggestions


def profile_data(read: ProfileReading, found: Suggestions, known: Catalogue, language: str = "en") -> dict[str, Any]:
    """Give a profile that was read, with counts, suggestions and problems; figures are texts, digit for digit."""
    if read.profile is None:
        return {"profile": None, "problems": [problem.to_dict(language) for problem in read.problems]}
    actions = list(read.profile.actions)
    return {
        "profile": to_data(read.profile),
        "counts": {
            "stated_actions": read.profile.stated_actions,
            "actions": len(actions),
            "commitments": sum(1 for _ in read.profile.commitments),
            "baselines": sum(action.baseline is not None for action in actions),
            "targets": sum(action.target is not None for action in actions),
            "uploads": sum(1 for _ in read.profile.uploads),
            "tools": len(read.profile.tools),
            "not_understood": len(read.profile.not_understood),
        },
        "moves": {action.key: list(known.moved_by(action)) for action in actions},
        "edition": known.edition.id,
        "answered": list(found.answered),
        "scored": list(found.scored),
        "suggestions": [_suggestion(one, language) for one in found.items],
        "good_signs": [problem.to_dict(language) for problem in found.good_signs],
        "problems": [problem.to_dict(language) for problem in (*read.problems, *found.warnings)],
    }


def _suggestion(one: Suggestion, language: str) -> dict[str, Any]:
    entry = one.entry
    return {
        "id": one.id,
        "place": one.place,
        "input": one.input,
        "value": str(entry.value) if entry else None,
        "unit": entry.unit if entry else None,
        "data_year": entry.data_year if entry else None,
        "updated": one.updated.isoformat() if one.updated else None,
        "source": one.source,
        "sentence": one.sentence,
        "caution": one.caution,
        "confidence": one.confidence.value,
        "action": one.action or None,
        "line": one.where.line,
        "page": one.where.page,
        "problems": [problem.to_dict(language) for problem in one.problems],
    }

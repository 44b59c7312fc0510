"""City profiles of CitiesWithNature: reading one, what it suggests to the index, keeping and changing it."""

from cbi.citieswithnature.accepting import Confidence, Suggestion, applied
from cbi.citieswithnature.catalogue import Catalogue, catalogue
from cbi.citieswithnature.data import ProfileDataError, from_data, to_data
from cbi.citieswithnature.reading import ProfileReading, explained_count, read_profile
from cbi.citieswithnature.records import (
    Achievement,
    Action,
    ActionArea,
    Commitment,
    ComponentScore,
    IndexChapter,
    IndicatorScore,
    Place,
    Profile,
    Statement,
    Step,
    Tool,
    Unread,
    Upload,
)
from cbi.citieswithnature.suggestions import Suggestions, suggested

__all__ = [
    "Achievement",
    "Action",
    "ActionArea",
    "Catalogue",
    "Commitment",
    "ComponentScore",
    "Confidence",
    "IndexChapter",
    "IndicatorScore",
    "Place",
    "Profile",
    "ProfileDataError",
    "ProfileReading",
    "Statement",
    "Step",
    "Suggestion",
    "Suggestions",
    "Tool",
    "Unread",
    "Upload",
    "applied",
    "catalogue",
    "explained_count",
    "from_data",
    "read_profile",
    "suggested",
    "to_data",
]

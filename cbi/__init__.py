"""A calculator for the City Biodiversity Index (the Singapore Index on Cities' Biodiversity).

>>> import cbi
>>> edition = cbi.edition("2021")
>>> card = cbi.score(edition, {"profile": {"city_area": "33.22 km2"}, "natural_areas": {"natural_area": "22.49 km2"}})
>>> card.total.points
4
"""

from cbi.definitions import edition
from cbi.scoring import score

__all__ = ["edition", "score"]

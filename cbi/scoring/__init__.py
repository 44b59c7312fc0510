"""From answers to a scorecard."""

from cbi.scoring.engine import score
from cbi.scoring.scorecard import Result, Scorecard, Status, Totals

__all__ = ["Result", "Scorecard", "Status", "Totals", "score"]

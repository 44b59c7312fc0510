"""Scorecards, comparisons, explanations and proofs as text for people at the terminal."""

from cbi.printing.comparisons import comparison
from cbi.printing.explanations import explanation, profile_explanation
from cbi.printing.plans import planning
from cbi.printing.proofs import check_report
from cbi.printing.scorecards import problems, scorecard

__all__ = ["check_report", "comparison", "explanation", "planning", "problems", "profile_explanation", "scorecard"]

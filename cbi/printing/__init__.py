"""Scorecards, comparisons, explanations and proofs as text for people at the terminal; each command opens its own."""

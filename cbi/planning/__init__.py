"""What a score means: the next point, what-if, a target, how firm it is, and where its change comes from.

Nothing here changes an answer: every room takes scorecards and assessments, and gives data.
"""

"""What a plan cannot take: a sentence for people, never a traceback."""

from __future__ import annotations

from cbi.i18n import Sentence


class PlanningError(ValueError):
    """Something typed or kept for planning that cannot be used.

    ``sentence`` says what would be right, ``readings`` what may have been meant.
    """

    def __init__(self, sentence: Sentence, readings: tuple[str, ...] = ()) -> None:
        super().__init__(sentence.text())
        self.sentence = sentence
        self.readings = readings

"""The examples of the definitions, run through the engine: what a file claims must come out."""

from __future__ import annotations

from pathlib import Path

from cbi.definitions import Edition, Fault
from cbi.definitions.models import Example, Indicator
from cbi.definitions.shipped import INDICATORS
from cbi.definitions.yaml_reader import YamlFile
from cbi.i18n import Sentence, say
from cbi.problems import Severity
from cbi.reading import ReadingError
from cbi.scoring.engine import score_example


def failing_examples(edition: Edition, folder: Path | None = None) -> list[Fault]:
    """Run every example of an edition; gives a fault for each that does not come out as it claims.

    ``folder`` holds the files of the edition, for the lines of faults; by default the shipped ones.
    """
    folder = folder or INDICATORS / edition.id
    faults = []
    for indicator in edition.indicators:
        wrong = [
            (position, found)
            for position, example in enumerate(indicator.examples)
            if (found := _found(edition, indicator, example)) is not None
        ]
        if wrong:
            file = YamlFile(folder / f"{indicator.number:02d}_{indicator.id}.yaml")
            faults += [
                Fault(file.file, file.line_of(("examples", position)), f"examples.{position}", *found)
                for position, found in wrong
            ]
    return faults


def _found(edition: Edition, indicator: Indicator, example: Example) -> tuple[Sentence, Sentence] | None:
    """Say what came out instead of what the example claims; None if it comes out."""
    answers = {**example.inputs, "way": example.way or "", "value": example.given}
    try:
        result, problems = score_example(edition, indicator, answers)
    except (KeyError, ReadingError) as error:
        found = error.sentence if isinstance(error, ReadingError) else say("there is no input {name}", name=error)
        return found, say("correct the inputs of the example")
    errors = [problem.sentence for problem in problems if problem.severity is Severity.ERROR]
    if errors:
        return errors[0], say("correct the inputs of the example")
    if result.points != example.points or (example.value is not None and result.value != example.value):
        return (
            say(
                "the example claims {value} and {points} points, but gives {found_value} and {found_points}",
                value=example.value if example.value is not None else "–",
                points=example.points,
                found_value=result.value if result.value is not None else "–",
                found_points=result.points,
            ),
            say("correct the example, or the bands"),
        )
    return None

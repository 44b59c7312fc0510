"""The facts of the index as printed, from ``facts.csv``, and how to read points off them without the program."""

import csv
import re
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

with (Path(__file__).parent / "facts.csv").open(encoding="utf-8", newline="") as opened:
    FACTS = list(csv.DictReader(opened))

LADDERS = [fact for fact in FACTS if not fact["unit"]]
MEASURED = [fact for fact in FACTS if fact["unit"]]


def name_of(fact):
    return f"{fact['edition']}-{fact['number']}-{fact['id']}"


def holds(printed, value):
    """Tell whether a printed band (``<1.0``, ``7.0–13.9``, ``3``, ``≥4``) holds a value of its precision."""
    if match := re.fullmatch(r"([<≤≥>])(.+)", printed):
        edge = Decimal(match[2])
        return {"<": value < edge, "≤": value <= edge, "≥": value >= edge, ">": value > edge}[match[1]]
    low, _, high = printed.partition("–")
    return Decimal(low) <= value <= Decimal(high or low)


def as_read(fact, value):
    """Round a value half-up to the printed precision, in integers."""
    scaled = abs(Fraction(value)) * 10 ** int(fact["decimals"])
    whole = scaled.numerator // scaled.denominator
    nearest = whole if scaled - whole < Fraction(1, 2) else whole + 1
    return Fraction(nearest if value >= 0 else -nearest, 10 ** int(fact["decimals"]))


def printed_points(fact, value):
    """Read the points of a value off the printed table."""
    [points] = [points for points in range(5) if holds(fact[str(points)], as_read(fact, value))]
    return points

"""The live points: what the engine works out, said once more as plain formulas for the person who fills.

Every step has a line of its own on the hidden sheet ``_points``: the amount of each figure in its plain unit, the
value by each way, the value as read, the points. A step that cannot be worked out yet is an empty text, and one
that cannot be true is ``!``; neither is ever a zero. The formulas keep to functions that every spreadsheet program
has had for many years. Spreadsheets calculate in binary; a value is therefore rounded to ten decimals before it is
rounded half-up to the printed ones, so that 13.95 is not taken for 13.949999999999999.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal

from cbi.definitions.bands import Band
from cbi.definitions.edition import EARLIER, home
from cbi.definitions.models import Indicator, SharedInput, Value, Way
from cbi.measures import MEASURES
from cbi.workbook.amounts import AMOUNTS, format_of, next_line, write_plain_format
from cbi.workbook.lists import ladder_list, way_list
from cbi.workbook.parts import FINISHED, WAY, Code
from cbi.workbook.steps import IMPOSSIBLE, NOTHING, Addresses, Live

FINE = 10
"""Decimals that a value is rounded to before it is rounded to those of its bands."""


def live_points(at: Addresses, earlier: Mapping[str, Decimal]) -> Live:
    """Work out the formulas of every indicator that a workbook asks.

    ``earlier`` holds the species counts of earlier years that are known, by their code
    (``bird_species_change.earlier_bird_species``).
    """
    live = Live()
    write_plain_format(live)
    for code, (_, _, row) in at.codes.items():
        if row.asks in AMOUNTS and is_input(code):
            live.own[code] = live.amounts[code] = AMOUNTS[row.asks](live, at, code)
    for code, count in earlier.items():
        if code in live.amounts:
            live.amounts[code] = _with_earlier(live, at, code, count)
    for name in at.layout.indicators:
        indicator = at.layout.edition.indicator(name)
        if indicator.ladder:
            _on_ladder(live, at, indicator)
        elif indicator.value:
            _on_bands(live, at, indicator, indicator.value)
    return live


def is_input(code: str) -> bool:
    """Tell whether a code names an input, not a finished value or a measure."""
    return not code.endswith((f".{FINISHED}", f".{WAY}"))


def _with_earlier(live: Live, at: Addresses, code: str, count: Decimal) -> str:
    """Take the count of an earlier year that is known; an entry beside it must say the same."""
    entered, amount = at.cell(code), live.amounts[code]
    same = f"IF({amount}={count},{amount},{NOTHING})"
    return live.step(f"{code}: known count", f'=IF({entered}="",{count},{same})')


def _on_ladder(live: Live, at: Addresses, indicator: Indicator) -> None:
    entered, steps = at.cell(Code(indicator.id, FINISHED)), at.lists[ladder_list(indicator.id)]
    points = _first_of(entered, [(step, str(rung.points)) for step, rung in zip(steps, indicator.ladder, strict=True)])
    live.points[indicator.id] = live.step(f"{indicator.id}: points", f"={points}")


def _first_of(entered: str, choices: Sequence[tuple[str, str]]) -> str:
    """Say which of the choices was entered, by address, as nested conditions; nothing for anything else."""
    found = NOTHING
    for address, result in reversed(choices):
        found = f"IF({entered}={address},{result},{found})"
    return found


def _on_bands(live: Live, at: Addresses, indicator: Indicator, value: Value) -> None:
    ways = [_way(live, at, indicator, value, way) for way in indicator.ways]
    formed = live.step(f"{indicator.id}: from inputs", f"={_formed(at, indicator, value, ways)}")
    finished = Code(indicator.id, FINISHED)
    exact = formed
    if at.has(finished):
        stated = _stated(live, at, finished, indicator)
        either = f"IF({formed}={NOTHING},{stated},{formed})"
        exact = live.step(
            f"{indicator.id}: value",
            f"=IF(OR({formed}={IMPOSSIBLE},{stated}={IMPOSSIBLE}),{IMPOSSIBLE},{either})",
        )
    read = f"IF(ISNUMBER({exact}),{_rounded(exact, value.decimals)},{exact})"
    read = live.values[indicator.id] = live.step(f"{indicator.id}: as read", f"={read}")
    points = _points(read, indicator.bands, value.decimals)
    live.points[indicator.id] = live.step(f"{indicator.id}: points", f"=IF(ISNUMBER({read}),{points},{NOTHING})")


def _rounded(exact: str, decimals: int) -> str:
    return f"ROUND(ROUND({exact},{FINE}),{decimals})"


def _points(read: str, bands: Sequence[Band], decimals: int) -> str:
    """Read the points off the bands, from the lowest band up."""
    spans = sorted((band.span(decimals) for band in bands), key=lambda span: (span[0] is not None, span[0] or 0))
    lows = [low for low, _ in spans[1:]]
    points = {band.span(decimals)[0]: band.points for band in bands}
    text = str(points[lows[-1]])
    for low, below in zip(reversed(lows), reversed([None, *lows[:-1]]), strict=True):
        text = f"IF({read}<{low},{points[below]},{text})"
    return text


def _formed(at: Addresses, indicator: Indicator, value: Value, ways: Sequence[str]) -> str:
    """Take the way that was chosen, else the first that is complete; ``!`` where one is impossible."""
    first = NOTHING
    for way in reversed(ways):
        first = f"IF({way}<>{NOTHING},{way},{first})"
    if len(ways) > 1:
        several = f"COUNT({','.join(ways)})>1" if value.choose else ""
        impossible = [f"{way}={IMPOSSIBLE}" for way in ways]
        first = f"IF(OR({','.join([*impossible, several] if several else impossible)}),{IMPOSSIBLE},{first})"
    choice = Code(indicator.id, WAY)
    if not at.has(choice):
        return first
    entered, labels = at.cell(choice), at.lists[way_list(indicator.id)]
    chosen = IMPOSSIBLE
    for label, way in zip(reversed(labels), reversed(ways), strict=True):
        chosen = f"IF({entered}={label},{way},{chosen})"
    return f'IF({entered}="",{first},{chosen})'


def _stated(live: Live, at: Addresses, code: Code, indicator: Indicator) -> str:
    """Take the finished value; ``!`` for one that cannot be true. A share may be typed as 12.3 or as 12.3 %."""
    cell, kind = at.cell(code), at.kind(code)
    percent = f"{cell}*100" if kind == "percent" else IMPOSSIBLE
    is_percentage, is_date = format_of(live, cell, f"{indicator.id}: finished")
    plain = f"IF({is_date},{NOTHING},IF({is_percentage},{percent},{cell}))"
    number = live.step(f"{indicator.id}: finished number", f"=IF(ISNUMBER({cell}),{plain},{NOTHING})")
    wrong = {
        "percent": f"OR({number}<0,ROUND({number},{FINE})>100)",
        "count": f"OR({number}<0,{number}<>ROUND({number},0))",
        "change": f"{number}<>ROUND({number},0)",
    }.get(kind, f"{number}<0")
    possible = f"IF({wrong},{IMPOSSIBLE},{number})"
    return live.step(f"{indicator.id}: finished", f"=IF(ISNUMBER({number}),{possible},{number})")


# Ways


def _way(live: Live, at: Addresses, indicator: Indicator, value: Value, way: Way) -> str:
    """Form the value by one way: nothing while it is incomplete, ``!`` where it cannot be true."""
    codes = {role: _home(indicator, name) for role, name in way.of.items()}
    if not all(code in live.amounts for code in codes.values()):
        return live.step(f"{indicator.id}: by {way.id}", f"={NOTHING}")
    amounts = {role: live.amounts[code] for role, code in codes.items()}
    measure = MEASURES[way.measure]
    exact, divisor = _ARITHMETIC[way.measure](amounts)
    if divisor:
        exact = f"IF({divisor}=0,{IMPOSSIBLE},{exact})"
    if measure.same_currency and all(at.kind(code) == "money" for code in codes.values()):
        one, other = (next_line(amount) for amount in amounts.values())
        exact = f"IF({one}<>{other},{IMPOSSIBLE},{exact})"
    missing = ",".join(f"{amount}={NOTHING}" for amount in amounts.values())
    raw = live.step(f"{indicator.id}: by {way.id}", f"=IF(OR({missing}),{NOTHING},{exact})")
    if measure.highest is None:
        return raw
    over = f"IF({_rounded(raw, value.decimals)}>{measure.highest},{IMPOSSIBLE},{raw})"
    return live.step(f"{indicator.id}: by {way.id}, if possible", f"=IF(ISNUMBER({raw}),{over},{raw})")


def _home(indicator: Indicator, name: str) -> str:
    """Give the code of the row that an input of an indicator is entered in."""
    given = indicator.inputs[name]
    if isinstance(given, SharedInput) and given.from_ in EARLIER:
        return str(Code(indicator.id, name))
    return str(Code(*home(indicator.id, name, given)))


Formula = tuple[str, str]
"""A value, and what it divides by (empty where it divides by nothing)."""

_ARITHMETIC: Mapping[str, Callable[[Mapping[str, str]], Formula]] = {
    "percentage": lambda of: (f"{of['part']}*100/{of['whole']}", of["whole"]),
    "share_of_sum": lambda of: (f"{of['part']}*100/({of['part']}+{of['rest']})", f"({of['part']}+{of['rest']})"),
    "per_thousand": lambda of: (f"{of['amount']}*1000/{of['people']}", of["people"]),
    "per_head": lambda of: (f"{of['amount']}/{of['people']}", of["people"]),
    "difference": lambda of: (f"{of['gain']}-{of['loss']}", ""),
    "as_given": lambda of: (of["amount"], ""),
    "number_of": lambda of: (of["items"], ""),
    "effective_mesh_size": lambda of: (f"{next_line(of['groups'])}/{of['groups']}", of["groups"]),
    "coherence": lambda of: (f"{next_line(of['groups'])}*100/{of['groups']}/{of['groups']}", of["groups"]),
}
"""Every measure of the definitions, as a formula over the amounts of its roles."""

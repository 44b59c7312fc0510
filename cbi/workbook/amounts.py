"""From an entry of the template to its amount in the plain unit, as formulas; empty where it cannot be used."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from cbi.amounts import LARGEST_POWER
from cbi.workbook.lists import YES_NO
from cbi.workbook.parts import CALCULATION
from cbi.workbook.steps import IMPOSSIBLE, NOTHING, Addresses, Live

PLAIN_FORMAT = f"{CALCULATION}!$B$1"
"""Where it stands what this spreadsheet program calls the format of a plain number."""

MOST_GROUPS = 60
"""Areas of one list that the formulas add up; with more there are no live points."""


def write_plain_format(live: Live) -> None:
    """Write the first line: the letter by which this program calls the format of a plain number."""
    assert live.step("format of a plain number", f"={_format(f'{CALCULATION}!$A$1')}") == PLAIN_FORMAT


def _format(cell: str) -> str:
    return f'IFERROR(LEFT(CELL("format",{cell}),1),"G")'


def format_of(live: Live, cell: str, label: str) -> tuple[str, str]:
    """Give two conditions: whether a cell is formatted as a percentage, and whether as a date, a time or yes and no.

    Excel calls a date D and a plain number G; LibreOffice calls a date G and a plain number F. A program that tells
    nothing takes no cell for either.
    """
    letter = live.step(f"{label}: format", f"={_format(cell)}")
    return f'{letter}="P"', f'OR({letter}="D",AND({letter}="G",{PLAIN_FORMAT}<>"G"))'


def _number(live: Live, cell: str, code: str) -> str:
    """The number in a cell, if it is one: no text, no date, no percentage."""
    percentage, date = format_of(live, cell, code)
    plain = f"IF(OR({percentage},{date}),{NOTHING},{cell})"
    return live.step(f"{code}: number", f"=IF(ISNUMBER({cell}),{plain},{NOTHING})")


def _at_least_zero(number: str, then: str) -> str:
    return f"IF(ISNUMBER({number}),IF(AND({number}>=0,{number}<1E{LARGEST_POWER + 1}),{then},{NOTHING}),{NOTHING})"


def _area(live: Live, at: Addresses, code: str) -> str:
    number = _number(live, at.cell(code), code)
    return live.step(f"{code}: ha", f"={_at_least_zero(number, _times_factor(at, code, number, 'area'))}")


def _times_factor(at: Addresses, code: str, number: str, kind: str) -> str:
    unit, table = at.cell(code, "unit"), at.factors[kind]
    return f"IFERROR({number}*VLOOKUP({unit},{table},2,FALSE)/VLOOKUP({unit},{table},3,FALSE),{NOTHING})"


def _people(live: Live, at: Addresses, code: str) -> str:
    number, unit = _number(live, at.cell(code), code), at.cell(code, "unit")
    times = f'IF({unit}="",{number},{_times_factor(at, code, number, "people")})'
    amount = live.step(f"{code}: persons before rounding", f"={_at_least_zero(number, times)}")
    return _whole(live, code, amount)


def _whole(live: Live, code: str, amount: str) -> str:
    """Only whole ones can be counted; a millionth off is binary dust."""
    whole = f"IF(ABS({amount}-ROUND({amount},0))<0.000001,ROUND({amount},0),{NOTHING})"
    return live.step(f"{code}: whole", f"=IF(ISNUMBER({amount}),{whole},{NOTHING})")


def _count(live: Live, at: Addresses, code: str) -> str:
    number = _number(live, at.cell(code), code)
    return _whole(live, code, live.step(f"{code}: count", f"={_at_least_zero(number, number)}"))


def _change(live: Live, at: Addresses, code: str) -> str:
    return _whole(live, code, _number(live, at.cell(code), code))


def _money(live: Live, at: Addresses, code: str) -> str:
    """An amount in one of its currency, and that currency on the next line."""
    number, unit, table = _number(live, at.cell(code), code), at.cell(code, "unit"), at.factors["money"]
    factor = f'IF({unit}="",1,IFERROR(VLOOKUP({unit},{table},2,FALSE),IF(LEN({unit})=3,1,{NOTHING})))'
    factor = live.step(f"{code}: multiple", f"={factor}")
    times = f"IF(ISNUMBER({factor}),{number}*{factor},{NOTHING})"
    amount = live.step(f"{code}: amount", f"={_at_least_zero(number, times)}")
    live.step(f"{code}: currency", f'=IF({unit}="",{NOTHING},IFERROR(VLOOKUP({unit},{table},4,FALSE),UPPER({unit})))')
    return amount


def _plain(live: Live, at: Addresses, code: str) -> str:
    number = _number(live, at.cell(code), code)
    return live.step(f"{code}: amount", f"={_at_least_zero(number, number)}")


def _groups(live: Live, at: Addresses, code: str) -> str:
    """Take a list of areas apart and add it up: their sum in hectares; :func:`squares_of` gives the sum of squares.

    A single area may be a plain number; several are a text with “;” between them.
    """
    cell = at.cell(code)
    number = _number(live, cell, code)
    folded = f'SUBSTITUTE(SUBSTITUTE(SUBSTITUTE({cell},"；",";"),"、",";"),CHAR(10),";")'
    text = live.step(f"{code}: text", f"=IF(ISTEXT({cell}),{folded},{NOTHING})")
    parts = [
        live.step(f"{code}: part {place + 1}", f'=TRIM(MID(SUBSTITUTE({text},";",REPT(" ",99)),{place * 99 + 1},99))')
        for place in range(MOST_GROUPS)
    ]
    numbers = [live.step(f"{code}: area {place}", _part(part)) for place, part in enumerate(parts, 1)]
    span = f"{numbers[0]}:{numbers[-1].partition('!')[2]}"
    few = f'LEN({text})-LEN(SUBSTITUTE({text},";",""))<{MOST_GROUPS}'
    good = f'AND({few},COUNTIF({span},"!")=0,COUNT({span})>0)'
    total = live.step(f"{code}: sum", f"=IF(ISNUMBER({number}),{number},IF({good},SUM({span}),{NOTHING}))")
    unit, table = at.cell(code, "unit"), at.factors["area"]
    factor = f"VLOOKUP({unit},{table},2,FALSE)/VLOOKUP({unit},{table},3,FALSE)"
    factor = live.step(f"{code}: hectares in one", f"=IFERROR({factor},{NOTHING})")
    known = f"AND(ISNUMBER({total}),ISNUMBER({factor}))"
    amount = live.step(f"{code}: ha", f"=IF({known},{_at_least_zero(total, f'{total}*{factor}')},{NOTHING})")
    squares = f"IF(ISNUMBER({number}),{number}*{number},SUMSQ({span}))"
    live.step(f"{code}: ha squared", f"=IF(ISNUMBER({amount}),{squares}*{factor}*{factor},{NOTHING})")
    return amount


def _part(part: str) -> str:
    """One area of a list, its decimals after a point whatever the computer's own sign is; ``!`` for anything else."""
    point = f'IFERROR(FIND(".",{part}),LEN({part}))'
    digits = f'SUBSTITUTE({part},".","",1)'
    strange = f'SUMPRODUCT(--ISNUMBER(FIND({{",","/","-","+",":","%"," ","E","e","$","."}},{digits})))>0'
    number = f"IF({strange},{IMPOSSIBLE},IFERROR(VALUE({digits})/10^(LEN({part})-{point}),{IMPOSSIBLE}))"
    return f'=IF({part}="",{NOTHING},{number})'


def next_line(address: str) -> str:
    """Give the address of the line below: the currency of an amount, the squares of a list of areas."""
    sheet, _, line = address.rpartition("$")
    return f"{sheet}${int(line) + 1}"


def _ticked(live: Live, at: Addresses, code: str) -> str:
    """How many items of a checklist have a yes; none yet while some are open and none has a yes."""
    items = [one for one in at.codes if one.startswith(f"{code}:")]
    yes, no = at.lists[YES_NO]
    span = f"{at.cell(items[0])}:{at.cell(items[-1]).rpartition('!')[2]}"
    open_yet = f"IF(COUNTIF({span},{no})={len(items)},0,{NOTHING})"
    return live.step(f"{code}: yes", f"=IF(COUNTIF({span},{yes})>0,COUNTIF({span},{yes}),{open_yet})")


AMOUNTS: Mapping[str, Callable[[Live, Addresses, str], str]] = {
    "area": _area,
    "people": _people,
    "species": _count,
    "count": _count,
    "change": _change,
    "money": _money,
    "percent": _plain,
    "amount": _plain,
    "list of area": _groups,
    "checklist": _ticked,
}
"""The steps from an entry to its amount, by the kind of what is asked."""

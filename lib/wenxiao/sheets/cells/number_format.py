"""Number formats: how many decimals a numeric cell is printed with, whether in per cent, and the unit it shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from wenxiao.model import Unit, unit_named

_LITERAL = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]')
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Format:
    """How a number is printed: `places` decimals (of what is shown), in `percent` or not, before `unit`."""

    places: int
    percent: bool = False
    unit: Unit | None = None


@lru_cache(maxsize=4096)
def format_of(code: str) -> Format | None:
    """What a number format says of the digits, or None where it says nothing (General, text, dates, fractions).

    >>> format_of("0.00%"), format_of('#,##0"栋"').unit.symbol, format_of("General")
    (Format(places=2, percent=True, unit=None), '栋', None)
    """
    section = _first_section(code)
    literals = "".join(match[1] or match[2] or "" for match in _LITERAL.finditer(section))
    bare = _LITERAL.sub("", section)
    if "!" in bare or re.search(r"[A-Za-z@?/E]", bare) or not re.search(r"[0#]", bare):
        return None
    digits = bare.strip().rstrip("%").rstrip()
    scaled = len(digits) - len(digits.rstrip(","))
    decimals = digits.rstrip(",").partition(".")[2]
    places = sum(sign in "0#" for sign in decimals)
    unit = unit_named(literals.strip()) if literals.strip() else None
    outside = re.sub(r"[0#.,%\s+\-()¥$￥]", "", bare)
    if unit is None and outside:
        unit = unit_named(outside)
    return Format(places - 3 * scaled, "%" in bare, unit)


def built_in(number: int) -> Format | None:
    """The format behind a built-in number of SpreadsheetML and BIFF, None where it tells no precision."""
    code = _BUILT_IN.get(number)
    return None if code is None else format_of(code)


def _first_section(code: str) -> str:
    quoted = False
    for index, sign in enumerate(code):
        if sign == '"':
            quoted = not quoted
        elif sign == ";" and not quoted and (index == 0 or code[index - 1] != "\\"):
            return code[:index]
    return code

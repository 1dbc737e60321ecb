"""Number formats: what a numeric cell shows of its value, how many decimals, in per cent or thousands, with which unit."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from wenxiao.model import Unit, unit_named
from wenxiao.model.units import RATIO

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"?|[\\!](?P<escaped>.)|(?P<gap>_.|\*.)|\[(?P<bracket>[^\]]*)\]|(?P<general>General|G/通用格式)'
    r"|(?P<sign>.)",
    re.IGNORECASE | re.DOTALL,
)
_BUILT_IN = {
    1: "0", 2: "0.00", 3: "#,##0", 4: "#,##0.00", 9: "0%", 10: "0.00%", 37: "#,##0", 38: "#,##0", 39: "#,##0.00",
    40: "#,##0.00", 41: "#,##0", 42: "#,##0", 43: "#,##0.00", 44: "#,##0.00",
}  # fmt: skip
_CONDITION = re.compile(r"(<=|>=|<>|<|>|=)\s*(-?\d+(?:\.\d+)?)")
_MAGNITUDE = re.compile(r"[十百千万亿]|[kKmM]$")
_SAYS_NOTHING = frozenset("()（）- +¥￥$€  :：~约")
_OWN_SIGNS = {"%": 2, "‰": 3}


@dataclass(frozen=True, slots=True)
class Format:
    """How a number is printed.

    places   the decimals of what is shown, None where the value decides (General)
    percent  whether the program multiplies by a hundred and writes %
    unit     the unit it writes behind the digits
    scale    what is shown is the value divided by ten to this power (trailing commas, a point written into the digits)
    unclear  why what is shown is not the value in one unit, '' where it is
    width    the digits it shows before the point at least, those in front as zeros
    others   for values that a section of their own shows: the condition, its bound, the format
    """

    places: int | None
    percent: bool = False
    unit: Unit | None = None
    scale: int = 0
    unclear: str = ""
    width: int = 0
    others: tuple[tuple[str, float, Format | None], ...] = ()

    def of(self, value: float) -> Format | None:
        """The format of one value, by its size or sign."""
        for condition, bound, form in self.others:
            if _meets(value, condition, bound):
                return form
        return replace(self, others=()) if self.others else self


@lru_cache(maxsize=4096)
def format_of(code: str) -> Format | None:
    """What a number format says of the digits, or None where it says nothing (General, text, dates, fractions).

    >>> format_of("0.00%").percent, format_of('#,##0"栋"').unit.symbol, format_of("General")
    (True, '栋', None)
    >>> format_of("#,##0,").scale, format_of('0!.0,"万元"').scale, format_of('0"."0000').scale
    (3, 4, 4)
    """
    others: list[tuple[str, float, Format | None]] = []
    rest: Format | None = None
    sections = _sections(code)[:3]
    stated = any(_CONDITION.search(bracket) for section in sections for bracket in _brackets(section))
    for number, section in enumerate(sections):
        form = _section(section)
        found = next(filter(None, map(_CONDITION.search, _brackets(section))), None)
        if found is not None:
            others.append((found[1], float(found[2]), form))
        elif number == 1 and (not stated or len(sections) == 3):
            others.append(("<", 0.0, _negative(section, form)))
        elif number == 2 and not stated:
            if form is None or form.unclear:
                others.append(("=", 0.0, form))
        else:
            rest = form
    if all(form == rest for _, _, form in others):
        return rest
    return replace(rest or Format(None), others=tuple(others))


def _brackets(section: str) -> list[str]:
    return [token["bracket"] for token in _TOKEN.finditer(section) if token["bracket"] is not None]


def _negative(section: str, form: Format | None) -> Format | None:
    """The format of negative values: one that shows no sign, no bracket and no colour shows another number."""
    signed = re.search(r"[-−(（]", section) or any(_brackets(section)) or form is None or form.unclear
    return form if signed or form is None else replace(form, unclear="不显示负号")


def built_in(number: int) -> Format | None:
    """The format behind a built-in number of SpreadsheetML and BIFF, None where it tells no precision."""
    code = _BUILT_IN.get(number)
    return None if code is None else format_of(code)


def _section(section: str) -> Format | None:
    """What one section shows; None where it is a date, a fraction, a text or General without anything else."""
    if not section.strip():
        return Format(None, unclear="不显示任何内容")
    digits, literals, general = "", "", False
    inner = 0  # digits behind a point that is a literal within the digits
    for token in _TOKEN.finditer(section):
        literal = token["quoted"] or token["escaped"] or ""
        if token["general"]:
            general = True
            digits += "0"
        elif literal == "." and re.search(r"[0#?]", digits):
            inner = -1
            digits += "‧"
        elif literal:
            literals += literal
        elif token["bracket"] is not None:
            literals += token["bracket"][1:].partition("-")[0] if token["bracket"].startswith("$") else ""
        elif token["sign"]:
            digits += token["sign"]
    if general:
        unit, scale, unclear = _literal(literals)
        return None if unit is None and not unclear else Format(None, False, unit, scale, unclear)
    outside = re.sub(r"[0#?.,%‧\s+\-()]", "", digits)
    if re.search(r"[ymdhsegbaYMDHSEGBA@/]", outside) or "E" in outside.upper():
        return None
    literals += outside
    bare = re.sub(r"[^0#?.,%‧]", "", digits)
    if not re.search(r"[0#?]", bare):
        # A section of signs only, such as "-" for nothing, shows no figure of its own.
        shown = (literals + digits).strip(" _*()")
        return Format(0) if shown in ("-", "—", "–", "--", "0") else Format(None, unclear=f"只显示“{shown}”")
    core = bare.replace("%", "")
    commas = len(core) - len(core.rstrip(","))
    whole, _, decimals = core.rstrip(",").partition(".")
    places = sum(sign in "0#?" for sign in decimals)
    if inner:
        head, _, tail = whole.partition("‧")
        inner = sum(sign in "0#?" for sign in tail)
        if decimals or "‧" in tail or not head:
            return Format(places, unclear="在数字中间写了不止一个小数点")
        places = inner
    unit, shift, unclear = _literal(literals)
    if bare.count("%") + bool(shift) > 1:
        unclear = "百分号不止一个"
    return Format(places, "%" in bare, unit, 3 * commas + inner + shift, unclear, whole.count("0"))


def _literal(text: str) -> tuple[Unit | None, int, str]:
    """The unit that the signs around the digits are, what a per cent sign among them divides by, and what is unclear."""
    word = "".join(sign for sign in text if sign not in _SAYS_NOTHING).strip()
    if not word:
        return None, 0, ""
    if word in _OWN_SIGNS:
        return RATIO, _OWN_SIGNS[word], ""
    unit = unit_named(word)
    if unit is not None:
        return unit, 0, ""
    if re.search(r"\d", word) or _MAGNITUDE.search(word):
        return None, 0, f"在数字旁写“{word}”"
    return None, 0, ""


def _meets(value: float, condition: str, bound: float) -> bool:
    return {
        "<": value < bound,
        ">": value > bound,
        "<=": value <= bound,
        ">=": value >= bound,
        "=": value == bound,
        "<>": value != bound,
    }[condition]


def _sections(code: str) -> list[str]:
    """The sections of a format, cut at the semicolons that are neither quoted nor escaped."""
    sections = [""]
    for token in _TOKEN.finditer(code):
        if token[0] == ";":
            sections.append("")
        else:
            sections[-1] += token[0]
    return sections

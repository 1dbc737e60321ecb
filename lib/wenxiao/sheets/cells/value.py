"""What one text stands for where a number is expected: the number, its unit, its qualifier, or why there is none."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import lru_cache

from wenxiao.model import Missing, Unit, unit_named
from wenxiao.model.units import RATIO
from wenxiao.sheets.cells.wording import ALL_DONE, MARKS, compact, narrow, without_mark

_NUMBER = r"[+\-]?(?:[0-9]{1,3}(?:[, ][0-9]{3})+(?![0-9])|[0-9]{1,20})(?:\.[0-9]{1,18})?|[+\-]?\.[0-9]{1,18}"
QUALIFIERS = {
    "约": "约", "大约": "约", "近": "近", "≈": "约", "≥": "≥", "≧": "≥", ">=": "≥", "=>": "≥", "不低于": "≥",
    "不少于": "≥", "大于等于": "≥", "至少": "≥", "≤": "≤", "≦": "≤", "<=": "≤", "=<": "≤", "不超过": "≤", "不高于": "≤",
    "小于等于": "≤", "至多": "≤", ">": ">", "大于": ">", "高于": ">", "超过": ">", "超": ">", "<": "<", "小于": "<",
    "低于": "<", "=": "=", "共": "", "共计": "", "合计": "", "总计": "", "达到": "", "达": "", "¥": "", "￥": "",
    "人民币": "", "(总)": "",
}  # fmt: skip
_QUALIFIER = "|".join(re.escape(word) for word in sorted(QUALIFIERS, key=len, reverse=True))
_UNIT = r"[^\d\s.,;:，。；：、()<>≥≤=~～\-–—+*×#整余多来几]{1,8}?\d?"
_SINGLE = re.compile(
    rf"(?P<qualifier>(?:{_QUALIFIER})*)\s*(?P<number>{_NUMBER})(?P<about>\s*[余多来几](?={_UNIT}))?\s*(?P<unit>{_UNIT})?"
    rf"(?P<whole>整)?(?P<tail>以上|以下|左右|以内)?\s*(?P<remark>\([^()]*\))?"
)
_SCIENTIFIC = re.compile(r"[+\-]?\d(?:\.\d{1,16})?[eE][+\-]?\d{1,2}")
_ACCOUNTING = re.compile(r"\(\s*(?P<number>(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?)\s*\)")
_RANGE = re.compile(
    rf"(?P<prefix>\([^()]{{1,4}}\))?\s*(?P<low>{_NUMBER})\s*(?P<low_unit>{_UNIT})?\s*(?:-|–|—|~|～|至|到)\s*"
    rf"(?P<high>{_NUMBER})\s*(?P<unit>{_UNIT})?"
)
_CALENDAR = re.compile(r"^[年月日号时届第期]|星期|季度")
_TAILS = {"以上": "≥", "以下": "≤", "左右": "约", "以内": "≤"}
_PERCENT = {"%": -2, "百分比": -2, "百分之": -2, "‰": -3}
FORMULA_FAILED = "公式出错"
_ERROR = re.compile(r"#[^\s#]{1,30}[!?]|#[A-Z]{1,4}/[A-Z0-9]{1,4}|#NV|#GETTING_DATA|Err:\d{3}", re.IGNORECASE)
"""What programs write where a formula failed, in their languages and versions: #DIV/0!, #值!, #SPILL!, #BEZUG!, Err:502."""
_TOO_NARROW = re.compile(r"#{2,}")
_HAN_UNIT = re.compile(r"[\u4e00-\u9fff]{1,6}(?:[/·][\u4e00-\u9fff㎡]{1,4})?")
_NO_UNIT = frozenset("注附见详含另即因无未已整余多来几约")


@dataclass(frozen=True, slots=True)
class Reading:
    """One text as a figure.

    number     as printed, in `unit` (a percentage as a fraction), None where there is none
    places     the printed decimals, counted on `number`
    unit       the unit that stands behind the digits, None where none does
    qualifier  约, ≥, … or the words it was read from
    missing    why there is no number: a mark of absence, or UNREADABLE
    why        for an unreadable text, what is wrong with it; for a range read as its second number, a remark
    """

    number: Decimal | None = None
    places: int = 0
    unit: Unit | None = None
    qualifier: str = ""
    missing: Missing | None = None
    why: str = ""
    code: str = "sheet-not-a-number"


@lru_cache(maxsize=65536)
def reading(text: str) -> Reading:
    """The figure a text stands for.

    Sources of the forms: RULES, "What municipal sheets look like". Percent comes from the sign, never from the size.

    >>> reading("约２，０３３．２３万元").number, reading("≥90%").number, reading("（总）5-5个").number
    (Decimal('2033.23'), Decimal('0.90'), Decimal('5'))
    >>> reading("…").missing, reading("待核").missing
    (<Missing.TOO_SMALL: 6>, <Missing.UNREADABLE: 8>)
    """
    line = narrow(text)
    mark = MARKS.get(line, MARKS.get(compact(line)))
    if mark is not None:
        return Reading(missing=mark)
    if _ERROR.fullmatch(line):
        return Reading(missing=Missing.UNREADABLE, why=FORMULA_FAILED)
    if _TOO_NARROW.fullmatch(line):
        return Reading(missing=Missing.UNREADABLE, why="列太窄，导出的只有井号")
    if (bare := without_mark(line)) != line:
        read = reading(bare)
        return read if read.number is None else replace(read, why="数后的注号不读入", code="sheet-mark")
    if (match := _SINGLE.fullmatch(line)) is not None:
        return _single(match)
    if (match := _SCIENTIFIC.fullmatch(line)) is not None:
        return _figure(line, None, "")
    if (match := _ACCOUNTING.fullmatch(line)) is not None:
        if "." in match["number"] or "," in match["number"]:
            return _figure("-" + match["number"], None, "")
        return Reading(missing=Missing.UNREADABLE, why="括号中的整数可能是负数，也可能是编号")
    if (match := _RANGE.fullmatch(line)) is not None:
        return _range(match)
    if compact(line) in ALL_DONE:
        return Reading(missing=Missing.NOT_PROVIDED, qualifier=compact(line))
    return Reading(missing=Missing.UNREADABLE, why="不是数字")


def _single(match: re.Match[str]) -> Reading:
    unit = match["unit"]
    if unit and _CALENDAR.search(unit):
        return Reading(missing=Missing.UNREADABLE, why="是日期或期次，不是数字")
    if unit and not _is_unit(unit):
        return Reading(missing=Missing.UNREADABLE, why=f"数后的“{unit}”不是单位")
    if match["whole"] and (unit is None or unit_named(unit) is None):
        return Reading(missing=Missing.UNREADABLE, why="数后的“整”不是单位")
    words = re.findall(_QUALIFIER, match["qualifier"])
    signs = [QUALIFIERS[word] for word in words if QUALIFIERS[word]]
    if match["tail"]:
        signs.append(_TAILS[match["tail"]])
    if match["about"]:
        signs.append("约")
    return _figure(match["number"], match["unit"], "".join(dict.fromkeys(signs)))


def _range(match: re.Match[str]) -> Reading:
    if match["unit"] and not _is_unit(match["unit"]):
        return Reading(missing=Missing.UNREADABLE, why=f"数后的“{match['unit']}”不是单位")
    low, high = _figure(match["low"], match["unit"], ""), _figure(match["high"], match["unit"], "")
    if match["unit"] and _CALENDAR.search(match["unit"]):
        return Reading(missing=Missing.UNREADABLE, why="是时间范围，不是数字")
    if low.number == high.number and match["low_unit"] in (None, match["unit"]):
        words = (match["prefix"] or "").strip("()")
        return Reading(high.number, high.places, high.unit, words, None, "按后一个数读取", "sheet-range")
    return Reading(missing=Missing.UNREADABLE, why="是一个范围，不是一个数")


def _is_unit(word: str) -> bool:
    """Whether what stands behind digits is a unit: a known one, or a Chinese word that counts and says nothing else."""
    if word in _PERCENT or unit_named(word) is not None:
        return True
    return _HAN_UNIT.fullmatch(word) is not None and not _NO_UNIT & set(word)


def _figure(digits: str, unit: str | None, qualifier: str) -> Reading:
    number = Decimal(digits.replace(",", "").replace(" ", ""))
    places = -int(number.as_tuple().exponent)
    if unit is None:
        return Reading(number, places, None, qualifier)
    if unit in _PERCENT:
        shift = _PERCENT[unit]
        return Reading(number.scaleb(shift), places - shift, RATIO, qualifier)
    return Reading(number, places, unit_named(unit) or Unit(unit, unit), qualifier)

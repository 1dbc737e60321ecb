"""The months of the year that a header, a title or the name of a row speaks of."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from wenxiao.fields.wording import tidy

_NUMERALS = {word: n for n, word in enumerate("一二三四五六七八九十", 1)} | {"十一": 11, "十二": 12}
_NUMBER = r"(?:1[0-2]|0?[1-9]|十[一二]|[一二三四五六七八九十])"
_DAY = r"(?:2[89]|3[01])日"  # of other days a month is not over
_TO = r"[-—–~至到]{1,2}"
_YEAR = r"(?:(?:19|20)\d{2}年?度?[-—–~至./]?)?"
_FORMS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(rf"{_YEAR}(?<![\d.])({_NUMBER})月?份?{_TO}{_YEAR}({_NUMBER})月(?:份|底|末|{_DAY})?"), "span"),
    (re.compile(rf"{_YEAR}(?:第)?([1-4一二三四]){_TO}([1-4一二三四])季度"), "quarters"),
    (re.compile(rf"(?:截[至止])?{_YEAR}(?<![\d.])({_NUMBER})月份?(?:底|末|{_DAY})"), "to"),
    (re.compile(rf"截[至止]{_YEAR}(?<![\d.])({_NUMBER})月份?(?!\d)"), "to"),
    (re.compile(rf"{_YEAR}前([1-9]|1[0-2]|[一二三四五六七八九十]|十[一二])个月"), "to"),
    (re.compile(rf"{_YEAR}前([1-4一二三四])个?季度"), "to-quarter"),
    (re.compile(rf"{_YEAR}(?:第?([1-4一二三四])季度|Q([1-4]))"), "quarter"),
    (re.compile(rf"{_YEAR}([上下])半年"), "half"),
    (re.compile(rf"{_YEAR}(?<![\d.])({_NUMBER})月份?(?!\d)"), "month"),
)
_ORNAMENTS = re.compile(r"累计|[各分每当本单](?:月份?|季度?)|[本当今]年(?:度)?|年度")
_OTHER_YEAR = re.compile(r"[上去前]年|同期|上期")


@dataclass(frozen=True, slots=True)
class Months:
    """From the first month to the last; what a text says beside them; `summed` where it says that it sums up to the last."""

    first: int
    last: int
    rest: str
    summed: bool = False


@lru_cache(maxsize=4096)
def months_in(text: str) -> Months | None:
    """The months that a text names; None where it names none, those of another year, or several spans.

    >>> months_in("1-6月累计支出")
    Months(first=1, last=6, rest='支出', summed=True)
    >>> [(each.first, each.last) for each in map(months_in, ("3月", "第二季度", "截至2025年8月底", "前三季度", "十一月份"))]
    [(3, 3), (4, 6), (1, 8), (1, 9), (11, 11)]
    >>> months_in("上年同期1月"), months_in("全年"), months_in("12个月"), months_in("3月和5月")
    (None, None, None, None)
    """
    line = tidy(text)
    if of_another_year(line):
        return None
    for pattern, form in _FORMS:
        found = pattern.search(line)
        if found is None:
            continue
        first, last = _ends(form, [each for each in found.groups() if each])
        rest = line[: found.start()] + line[found.end() :]
        if first > last or any(other.search(rest) for other, _ in _FORMS):
            return None
        summed = (
            "累计" in rest or form in ("to", "to-quarter") or (first == 1 and form in ("span", "quarters"))
        )
        return Months(1 if summed else first, last, _ORNAMENTS.sub("", rest), summed)
    return None


def of_another_year(text: str) -> bool:
    """Whether a text speaks of the year before."""
    return _OTHER_YEAR.search(text) is not None


SPANS = (
    *((month, month) for month in range(1, 13)),
    *((first, first + 2) for first in (4, 7, 10)),
    *((1, last) for last in range(2, 13)),
    (7, 12),
)
"""The spans of a year that columns give: each month, quarter and half, and what sums up to a month."""


_BY_PERIOD = "_by_period"


def keys_by_period(key: str) -> tuple[str, ...]:
    """The keys of the fields that a key stands for: one for each span of the year where it ends so, else itself.

    >>> keys_by_period("spent_by_period")[:2], keys_by_period("spent"), span_of("spent_1_6"), span_of("spent")
    (('spent_1_1', 'spent_2_2'), ('spent',), (1, 6), None)
    """
    base = key.removesuffix(_BY_PERIOD)
    return (key,) if base == key else tuple(f"{base}_{first}_{last}" for first, last in SPANS)


def span_words(first: int, last: int) -> str:
    """A span of months as headers call it.

    >>> span_words(3, 3), span_words(4, 6), span_words(1, 6), span_words(7, 12)
    ('3月', '二季度', '1—6月', '下半年')
    """
    if first == last:
        return f"{first}月"
    if first == 1:
        return f"1—{last}月"
    return "下半年" if last - first > 2 else f"{'一二三四'[first // 3]}季度"


def span_of(key: str | None) -> tuple[int, int] | None:
    """The span of months whose field has a key; None for other fields."""
    found = _KEY.fullmatch(key or "")
    return (int(found[1]), int(found[2])) if found else None


_KEY = re.compile(r"[a-z_]+_(\d{1,2})_(\d{1,2})")


def _ends(form: str, said: list[str]) -> tuple[int, int]:
    numbers = [_NUMERALS.get(word) or int(word) for word in said if word not in "上下"]
    match form:
        case "span":
            return numbers[0], numbers[1]
        case "quarters":
            return 3 * numbers[0] - 2, 3 * numbers[1]
        case "to":
            return 1, numbers[0]
        case "to-quarter":
            return 1, 3 * numbers[0]
        case "quarter":
            return 3 * numbers[0] - 2, 3 * numbers[0]
        case "half":
            return (1, 6) if said[0] == "上" else (7, 12)
        case _:
            return numbers[0], numbers[0]


Day = tuple[int, int, int]

_DATE = re.compile(r"((?:19|20)\d{2})\s*[年./-]?\s*(?:(\d{1,2})\s*[月./-]?\s*(?:(\d{1,2})\s*日?)?)?")


def days_in(text: str) -> tuple[Day, Day] | None:
    """The first and the last day a date can mean: 2023-06 is any day of June."""
    match = _DATE.search(text)
    if match is None:
        return None
    year, month, day = (int(part) if part else 0 for part in match.groups())
    if month > 12 or day > 31:
        return None
    return (year, month or 1, day or 1), (year, month or 12, day or 31)

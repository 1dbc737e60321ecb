"""What changed between two runs: one thing with its sides and, between figures, the exact difference."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from wenxiao.model import decimal_text, shown
from wenxiao.reports.figure_records import FigureRecord

_PLACES = 6
"""So many decimals of a difference are read; the exact one is in the data."""


class Part(Enum):
    """The part of the results a change is in, in the order they are told."""

    VERDICT = "评价结论"
    SCORECARD = "评分表"
    RANKING = "名次"
    MEASURE = "指标"
    FINDING = "核对差异"
    INPUT = "资料与规则"
    PARAMETER = "参数"
    VERSION = "软件版本"


class Kind(Enum):
    """Whether a thing is there on one side only, or different."""

    ADDED = "新增"
    GONE = "消失"
    CHANGED = "改变"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that is not the same: what it is, both sides as a reader sees them ('' where it is not there).

    `difference` is after − before, exact, where both are figures; `text` says it in words, a rate in percentage points.
    """

    part: Part
    what: str
    before: str
    after: str
    kind: Kind = Kind.CHANGED
    difference: Fraction | None = None
    rate: bool = False

    @property
    def text(self) -> str:
        """The difference as people read it, with a sign; empty without one.

        >>> Change(Part.MEASURE, "预算执行率", "50.00%", "53.63%", difference=Fraction("0.0363"), rate=True).text
        '+3.63 个百分点'
        """
        if self.difference is None:
            return ""
        number = self.difference * (100 if self.rate else 1)
        size = shown(abs(number), _PLACES).rstrip("0").rstrip(".")
        if size == "0" and number:
            size = f"不到 0.{'0' * (_PLACES - 1)}1"
        sign = "+" if number > 0 else "−" if number < 0 else ""
        return f"{sign}{size}{' 个百分点' if self.rate else ''}"

    @property
    def record(self) -> dict[str, str | None]:
        """The change as data."""
        return {
            "part": self.part.name.lower(),
            "kind": self.kind.name.lower(),
            "what": self.what,
            "before": self.before,
            "after": self.after,
            "difference": None if self.difference is None else decimal_text(self.difference),
        }


def figures(part: Part, what: str, before: FigureRecord | None, after: FigureRecord | None) -> Change | None:
    """The change of a figure; None where its exact value, or why there is none, and its text are the same."""
    if before is None or after is None:
        if before is after:
            return None
        kind = Kind.ADDED if before is None else Kind.GONE
        return Change(part, what, before.text if before else "", after.text if after else "", kind)
    if (before.value, before.missing, before.text) == (after.value, after.missing, after.text):
        return None
    if before.value is None or after.value is None:
        return Change(part, what, before.text, after.text)
    difference = Fraction(after.value) - Fraction(before.value)
    if difference == 0 and before.text == after.text:
        return None  # 84 and 84.00 are one number
    rate = before.text.endswith("%") and after.text.endswith("%")
    return Change(part, what, before.text, after.text, difference=difference, rate=rate)


def words(part: Part, what: str, before: str | None, after: str | None) -> Change | None:
    """The change of words; None where they are the same. None on a side is a thing that is not there."""
    if before == after:
        return None
    kind = Kind.ADDED if before is None else Kind.GONE if after is None else Kind.CHANGED
    return Change(part, what, before or "", after or "", kind)

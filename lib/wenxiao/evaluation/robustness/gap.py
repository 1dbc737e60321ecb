"""Where a gap comes from, by indicator: that of two districts, to the mean, to full marks; and how scores spread."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from wenxiao.evaluation.robustness.integers import fitted, largest
from wenxiao.evaluation.robustness.matrix import ScoreMatrix
from wenxiao.model import Missing, shown

_NAMED = 6
"""A sentence names this many indicators, those that matter most first, and adds up the rest."""

ADJUSTMENT = "得分调整"
"""What the points are called that a profile adds before ranking; no indicator bears them."""

_SHOWN = Fraction(1, 200)
"""What rounds to less than 0.01 is not said to be 0.00."""


@dataclass(frozen=True, slots=True)
class GapPart:
    """One indicator's part of a gap, in points: own less other. Points of an adjustment are a part without full marks."""

    path: tuple[str, ...]
    label: str
    weight: Fraction
    own: Fraction
    other: Fraction

    @property
    def difference(self) -> Fraction:
        """What this indicator adds to the gap; negative where it narrows it."""
        return self.own - self.other


@dataclass(frozen=True, slots=True)
class Gap:
    """The gap of a district to `against`, and its parts by indicator; 未提供 where only totals are known."""

    district: str
    against: str
    own: Fraction
    other: Fraction
    parts: tuple[GapPart, ...] | Missing

    @property
    def total(self) -> Fraction:
        """Own total less the other."""
        return self.own - self.other

    @property
    def residual(self) -> Fraction | Missing:
        """What the parts leave unexplained: exactly 0, since nothing is rounded."""
        if isinstance(self.parts, Missing):
            return self.parts
        return self.total - sum((part.difference for part in self.parts), Fraction(0))

    @property
    def sentence(self) -> str:
        """What it says, in Chinese: the gap, then its parts, largest first."""
        lead = f"{self.district}{_compared(self.against, self.total)}"
        if isinstance(self.parts, Missing):
            return f"{lead}；分项得分{self.parts.label}，无法分解。"
        moved = sorted((p for p in self.parts if p.difference), key=lambda p: -abs(p.difference))
        if not moved:
            return f"{lead}，各项得分均相同。"
        named, rest = moved[:_NAMED], moved[_NAMED:]
        words = [f"“{part.label}”{_signed(part.difference)}" for part in named]
        if rest:
            left = sum((part.difference for part in rest), Fraction(0))
            words.append(f"其余 {len(rest)} 项合计{_signed(left)}")
        return f"{lead}：{'，'.join(words)}。"


def gap_between(matrix: ScoreMatrix, first: str, second: str, level: int | None = None) -> Gap:
    """The gap of two districts by indicator, at the leaves or at a level of the tree (1 is 一级)."""
    view = matrix if level is None else matrix.at(level)
    other = view.position(second)
    scores = [view.points(s) for s in view.scores[other]]
    return _gap(view, first, second, scores, view.points(view.totals[other]), view.offset(other))


def gap_to_mean(matrix: ScoreMatrix, district: str, level: int | None = None) -> Gap:
    """The gap of a district to the plain mean of all districts of the matrix, by indicator."""
    view = matrix if level is None else matrix.at(level)
    n = len(view)
    sums = fitted(view.scores, largest(view.scores) * n).sum(axis=0)
    means = [view.points(s) / n for s in sums]
    offset = sum((view.offset(row) for row in range(n)), Fraction(0)) / n
    return _gap(view, district, "平均分", means, view.points(sum(map(int, view.totals))) / n, offset)


def lost_points(matrix: ScoreMatrix, district: str, level: int | None = None) -> Gap:
    """What a district lost against full marks, by indicator: 100 − T = Σ (w − s), with the sign of a gap (≤ 0)."""
    view = matrix if level is None else matrix.at(level)
    return _gap(view, district, "满分", [leaf.weight for leaf in view.leaves], view.full)


def _gap(
    view: ScoreMatrix,
    district: str,
    against: str,
    others: Sequence[Fraction],
    other: Fraction,
    offset: Fraction = Fraction(0),
) -> Gap:
    row = view.position(district)
    parts = tuple(
        GapPart(leaf.path, label, leaf.weight, view.points(score), value)
        for leaf, label, score, value in zip(view.leaves, view.labels, view.scores[row], others, strict=True)
    )
    if parts and (view.offset(row) or offset):
        parts += (GapPart((ADJUSTMENT,), ADJUSTMENT, Fraction(0), view.offset(row), offset),)
    return Gap(district, against, view.points(view.totals[row]), other, parts or Missing.NOT_PROVIDED)


def _compared(against: str, gap: Fraction) -> str:
    return f"与{against}持平" if gap == 0 else f"比{against}{_signed(gap)}"


def _signed(gap: Fraction) -> str:
    if gap == 0:
        return "相抵"
    way = "高" if gap > 0 else "低"
    return f"{way}不足 0.01 分" if abs(gap) < _SHOWN else f"{way} {shown(abs(gap), 2)} 分"


@dataclass(frozen=True, slots=True)
class SpreadPart:
    """One indicator: the share of the differences it accounts for, beside its share of the full marks."""

    path: tuple[str, ...]
    label: str
    nominal: Fraction
    share: Fraction

    @property
    def sentence(self) -> str:
        """What it says, in Chinese."""
        start = f"“{self.label}”占分值的 {shown(self.nominal * 100, 1)}%，" if self.nominal else self.label
        if self.share < 0:
            return f"{start}缩小了总分差异（{shown(self.share * 100, 1)}%）。"
        return f"{start}占总分差异的 {shown(self.share * 100, 1)}%。"


@dataclass(frozen=True, slots=True)
class Spread:
    """The indicators in source order; their shares sum to exactly 1."""

    parts: tuple[SpreadPart, ...]

    @property
    def widest(self) -> SpreadPart:
        """The indicator that accounts for most."""
        return max(self.parts, key=lambda part: part.share)

    @property
    def sentence(self) -> str:
        """What it says, in Chinese."""
        top = self.widest
        marks = f"占分值的 {shown(top.nominal * 100, 1)}%，" if top.nominal else ""
        return f"拉开差距最多的是“{top.label}”：{marks}占总分差异的 {shown(top.share * 100, 1)}%。"


def spread_of(matrix: ScoreMatrix, level: int | None = None) -> Spread | Missing:
    """What each indicator adds to the variance of the totals: c_j = Cov(s_j, T) ÷ Var(T), which sum to 1.

    未提供 where only totals are known; 不适用 where the totals do not differ. A negative share narrows the differences.
    Points that the profile adds outside the indicators are a part of their own, without full marks.
    Source: the natural decomposition of variance (Shorrocks, Econometrica 50, 1982).
    """
    view = matrix if level is None else matrix.at(level)
    if not view.detailed:
        return Missing.NOT_PROVIDED
    n = len(view)
    apart = view.offsets is not None
    columns = view.scores if view.offsets is None else np.column_stack([view.scores, view.offsets])
    bound = 2 * n * n * max(largest(columns), 1) * max(largest(view.totals), 1)
    scores, totals = fitted(columns, bound), fitted(view.totals, bound * (len(view.leaves) + 1))
    variance = n * int((totals * totals).sum()) - int(totals.sum()) ** 2
    if variance == 0:
        return Missing.NOT_APPLICABLE
    joint = n * (scores * totals[:, None]).sum(axis=0) - scores.sum(axis=0) * totals.sum()
    named = [
        (leaf.path, label, leaf.weight / view.full)
        for leaf, label in zip(view.leaves, view.labels, strict=True)
    ]
    named += [((ADJUSTMENT,), ADJUSTMENT, Fraction(0))] if apart else []
    return Spread(
        tuple(SpreadPart(*each, Fraction(int(c), variance)) for each, c in zip(named, joint, strict=True))
    )

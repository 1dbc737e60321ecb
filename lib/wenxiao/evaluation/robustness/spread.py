"""What spreads the districts: how much of the differences between totals each indicator accounts for."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from wenxiao.evaluation.robustness.gap import ADJUSTMENT
from wenxiao.evaluation.robustness.integers import fitted, largest
from wenxiao.evaluation.robustness.matrix import ScoreMatrix
from wenxiao.model import Missing, shown


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

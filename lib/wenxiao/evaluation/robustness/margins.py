"""What rounding leaves open: how near each district is to a cut-off, and the ranks that the digits behind the printed ones could give."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from wenxiao.evaluation.grade import Grade, grade_of
from wenxiao.evaluation.robustness.integers import fitted, largest, places_of
from wenxiao.evaluation.robustness.matrix import ScoreMatrix
from wenxiao.model import Exact, decimal_text, shown
from wenxiao.project.profile import Profile


@dataclass(frozen=True, slots=True)
class GradeMargin:
    """The grade of one district and its distance to the nearest cut-off.

    `on_rounding` says that the score before rounding may lie on the other side of a cut-off; `grade.close` that the
    distance is within the profile's margin (0.5 by default); `other` is the grade on the other side of the cut-off.
    """

    district: str
    score: Fraction
    grade: Grade
    other: str
    on_rounding: bool
    close_within: Exact

    @property
    def flagged(self) -> bool:
        """Whether the grade deserves a second look."""
        return self.on_rounding or self.grade.close

    @property
    def sentence(self) -> str:
        """What it says, in Chinese."""
        side = "高出" if self.grade.margin >= 0 else "低于"
        cut = f"分数线 {decimal_text(self.grade.cut_off)} 分"
        start = f"{self.district}得 {shown(self.score, 2)} 分，等级为“{self.grade.label}”"
        off = f"{side}{cut} {shown(abs(self.grade.margin), 2)} 分"
        near = off if self.grade.margin else f"恰在{cut}上"
        if self.on_rounding:
            return (
                f"{start}，{near}，在四舍五入的误差以内，舍入前可能为“{self.other}”，须以舍入前的得分复核。"
            )
        if self.grade.close:
            return f"{start}，{near}，在 {decimal_text(self.close_within)} 分以内，宜复核后定级。"
        return f"{start}，{near}。"


def grade_margins(matrix: ScoreMatrix, profile: Profile) -> tuple[GradeMargin, ...]:
    """The grade margin of every district, in the matrix's order.

    A printed total x stands for [x − u/2, x + u/2), so rounding decides where a cut-off lies strictly inside.
    """
    halves = [matrix.points(half) for half in matrix.total_halves]
    totals = [matrix.points(total) for total in matrix.totals]
    return tuple(
        _margin(name, total, half, profile)
        for name, total, half in zip(matrix.districts, totals, halves, strict=True)
    )


def _margin(district: str, score: Fraction, half: Fraction, profile: Profile) -> GradeMargin:
    grade = grade_of(score, profile)
    bands = [band.label for band in profile.grades]
    upper = next(i for i, band in enumerate(profile.grades) if Fraction(band.lowest) == grade.cut_off)
    other = bands[upper + 1] if grade.margin >= 0 else bands[upper]
    return GradeMargin(district, score, grade, other, abs(grade.margin) < half, profile.flags.grade_margin)


@dataclass(frozen=True, slots=True)
class RankInterval:
    """The rank of one district on the printed scores, and the best and worst that rounding allows."""

    district: str
    rank: int
    best: int
    worst: int

    @property
    def certain(self) -> bool:
        """Whether rounding leaves only one rank."""
        return self.best == self.worst

    @property
    def sentence(self) -> str:
        """What it says, in Chinese."""
        if self.certain:
            return f"{self.district}的名次为第 {self.rank}，不受四舍五入影响。"
        return (
            f"{self.district}的名次为第 {self.rank}；得分经四舍五入，"
            f"按舍入前的得分可能在第 {self.best} 至第 {self.worst} 之间。"
        )


def rank_intervals(matrix: ScoreMatrix, *, rounded_scores: bool = False) -> tuple[RankInterval, ...]:
    """The rank interval of every district, in the matrix's order.

    A printed total x stands for [x − u/2, x + u/2), u the unit of its last printed place; best = 1 + #{k : loₖ ≥ hiᵢ},
    worst = n − #{k : hiₖ ≤ loᵢ}. With `rounded_scores` each indicator's score stands for such an interval and a total for
    the sum of them; otherwise the scores are exact by rule and only the total is taken as rounded.
    Source: Rising, Uncertainty in Ranking (2021), with half-open intervals, which is how half up rounds.
    """
    halves = matrix.total_halves
    if rounded_scores and matrix.detailed:
        halves = matrix.halves.sum(axis=1)
    bound = largest(matrix.totals) + largest(halves)
    totals, halves = fitted(matrix.totals, bound), fitted(halves, bound)
    low, high = totals - halves, totals + halves
    n = len(matrix)
    best = 1 + n - np.searchsorted(np.sort(low), high, side="left")
    worst = n - np.searchsorted(np.sort(high), low, side="right")
    return tuple(
        RankInterval(name, int(rank), int(top), int(bottom))
        for name, rank, top, bottom in zip(matrix.districts, places_of(totals), best, worst, strict=True)
    )
